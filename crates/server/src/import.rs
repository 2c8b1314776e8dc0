//! `traguardo import FILE`: a plan read from the file a comune has. With `--dry-run` here, with no server and no database;
//! otherwise by the service, where it becomes a draft and, when asked, a plan.

use std::io::Read as _;
use std::path::Path;

use traguardo_documents::draft::{Certificate, Draft};

use crate::commands::say;
use crate::failure::Failure;
use crate::review::ReviewFormat;

mod findings;
mod next;
mod options;
mod page;
mod places;
mod progress;
mod reading;
mod structures;
mod table;
mod upload;

pub use options::ImportOptions;
use page::Page;
use progress::Bar;

/// The largest file read: what the API takes, and no more.
const MOST_BYTES: u64 = 20 * 1_048_576;

/// Reads the file, or has it read, and tells what was understood.
///
/// # Errors
/// When it cannot be read as a plan, or the service refuses it; findings are no errors.
pub fn run(options: &ImportOptions) -> Result<(), Failure> {
    let server = match (options.dry_run, &options.sending.server) {
        (true, _) => None,
        (false, Some(server)) => Some(server),
        (false, None) => {
            let asked = "--dry-run to only read the file, or --server (TRAGUARDO_URL) to send it";
            return Err(Failure::Configuration(format!("say what to do: {asked}")));
        }
    };
    let bytes = read(&options.file)?;
    let bar = Bar::shown(options.format == ReviewFormat::Table);
    let reading = match server {
        None => reading::read(&bytes, options, &bar),
        Some(server) => upload::run(server, &bytes, options, &bar),
    };
    bar.finish();
    let reading = reading?;
    if let Some(out) = &options.document {
        write(out, &reading.draft)?;
    }
    match options.format {
        ReviewFormat::Table => say(&table::told(&reading, options, Page::for_output())),
        ReviewFormat::Json => say(&in_json(&reading.draft.certificate)?),
    }
}
fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let failed = || Failure::io(format!("cannot read {}", file.display()));
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(failed())?;
    opened.take(MOST_BYTES.saturating_add(1)).read_to_end(&mut bytes).map_err(failed())?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MOST_BYTES {
        return Err(Failure::Refused(format!("{}: il file supera i 20 MB", file.display())));
    }
    Ok(bytes)
}

/// Writes the plan's document where it was asked for.
fn write(out: &Path, draft: &Draft) -> Result<(), Failure> {
    let mut text =
        serde_json::to_string_pretty(&draft.document).map_err(|error| Failure::Refused(error.to_string()))?;
    text.push('\n');
    std::fs::write(out, text).map_err(Failure::io(format!("cannot write {}", out.display())))
}

fn in_json(certificate: &Certificate) -> Result<String, Failure> {
    serde_json::to_string_pretty(certificate).map_err(|error| Failure::Refused(error.to_string()))
}
