//! What `import` is asked: which file, as whose plan, and whether only to read it or to send it.

use std::path::PathBuf;

use clap::Args;
use traguardo_domain::ComuneCode;
use traguardo_domain::period::Year;

use crate::cli::{comune, web_address, year};
use crate::review::ReviewFormat;

/// What `import` reads, as what, and where it sends it.
#[derive(Debug, Clone, Args)]
pub struct ImportOptions {
    /// The file, of at most 20 MB: text with tables, Markdown, CSV, XLSX, ODS, DOCX, or a plan's document.
    pub file: PathBuf,
    /// The comune whose plan it is, by its cadastral code: `L454`.
    #[arg(long, value_parser = comune)]
    pub comune: ComuneCode,
    /// The year of the plan, the first of its three.
    #[arg(long, value_parser = year)]
    pub year: Year,
    /// Only read the file and tell what was understood; nothing is sent or stored.
    #[arg(long)]
    pub dry_run: bool,
    /// In which form to tell it: for people, or the certificate of the import as JSON.
    #[arg(long, default_value = "table")]
    pub format: ReviewFormat,
    /// Tell every finding and every place, not the first of each.
    #[arg(long)]
    pub all: bool,
    /// How the plan is laid out: the name of a profile, or a JSON file of one's own; found out when not said.
    #[arg(long, value_name = "NAME|FILE.json")]
    pub profile: Option<String>,
    /// Write the plan's document here as well, as `review` reads it.
    #[arg(long, value_name = "OUT.json")]
    pub document: Option<PathBuf>,
    /// Where to send it, and what to have done with it there.
    #[command(flatten)]
    pub sending: SendOptions,
}

/// Where a file is sent, and what becomes of it there.
#[derive(Debug, Clone, Args)]
pub struct SendOptions {
    /// The address of the service to send the file to; the token is in the environment, `TRAGUARDO_TOKEN`.
    #[arg(long, env = "TRAGUARDO_URL", value_parser = web_address)]
    pub server: Option<String>,
    /// Have the service write, in the draft, every suggestion that asks for nobody's judgement.
    #[arg(long, conflicts_with = "dry_run")]
    pub accept_safe: bool,
    /// Have the service put the draft into the plan of that year, which is begun when there is none.
    #[arg(long, conflicts_with = "dry_run")]
    pub apply: bool,
}
