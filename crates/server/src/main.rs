//! The program `traguardo`: reads the command line and does what it says.

use std::process::ExitCode;

use clap::Parser as _;
use traguardo_server::cli::{Cli, Command, wrong_setting};
use traguardo_server::year::{self, Played};
use traguardo_server::{check, commands, failure::Failure, import, logs, registry, retention, review, serve};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return wrong_setting(&error).map_or_else(|| error.exit(), |failure| fail(&failure)),
    };
    if let Err(error) = logs::start(&cli.logs) {
        return fail(&error);
    }
    let outcome = match cli.command {
        Command::Serve(options) => serve::run(&options),
        Command::Migrate(options) => commands::migrate(&options),
        Command::Seed(options) => commands::seed(&options),
        Command::Token(options) => commands::token(&options),
        Command::Keys(options) => commands::keys(&options),
        Command::Openapi(options) => commands::openapi(&options),
        Command::Check(options) => check::run(&options),
        Command::Registry(options) => registry::run(&options),
        Command::Retention(options) => retention::run(&options),
        Command::Review(options) => review::run(&options),
        Command::Import(options) => import::run(&options),
        Command::Demo(demo) => match demo.what {
            Played::Year(options) => year::run(&options),
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &Failure) -> ExitCode {
    use std::io::Write as _;
    // Nobody is left to tell when even this cannot be written.
    drop(writeln!(std::io::stderr(), "traguardo: {error}"));
    ExitCode::FAILURE
}
