//! What `traguardo demo` may be told.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::web_address;

/// What to play.
#[derive(Debug, Clone, Args)]
pub struct DemoOptions {
    /// What to play.
    #[command(subcommand)]
    pub what: Played,
}

/// What can be played with the demo.
#[derive(Debug, Clone, Subcommand)]
pub enum Played {
    /// Play the whole year of the five plans over HTTP, each step by the role it belongs to, and tell what came of it.
    ///
    /// Against a demo that runs (`make run`). Played again, it says what stands and changes nothing.
    Year(YearOptions),
}

/// Where the year is played.
#[derive(Debug, Clone, Args)]
pub struct YearOptions {
    /// The address of the demo; the one in the file of the tokens when not said.
    #[arg(long, env = "TRAGUARDO_URL", value_parser = web_address)]
    pub server: Option<String>,
    /// The file of the tokens the demo wrote.
    #[arg(long, default_value = "data/demo.env")]
    pub tokens: PathBuf,
}
