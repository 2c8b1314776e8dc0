//! `traguardo registry FILE`: the registry of all comuni, loaded from a file handed over, as its next edition.

use std::io::Read as _;
use std::path::Path;

use traguardo_documents::registry::{self, LineFault, RegistryRefusal};
use traguardo_documents::source::limits::FILE_BYTES;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::registry::{Edition, Entry};
use traguardo_persistence::Database;
use traguardo_persistence::registry::{Origin, load};

use crate::cli::StoreOptions;
use crate::commands::{now, say};
use crate::failure::Failure;
use crate::store::Store;
use chrono::NaiveDate;
use clap::Args;
use std::path::PathBuf;
use traguardo_domain::text::Line;

/// What `registry` loads.
#[derive(Debug, Clone, Args)]
pub struct RegistryOptions {
    /// The file: UTF-8 or Windows-1252, its values separated by semicolons, commas or tabs, its first line the names of columns.
    pub file: PathBuf,
    /// Where the data is.
    #[command(flatten)]
    pub store: StoreOptions,
    /// Where the file comes from, as every comparison will tell.
    #[arg(long, value_parser = line)]
    pub source: Line<300>,
    /// The day the file tells the state of.
    #[arg(long)]
    pub state_on: NaiveDate,
    /// Only read the file and tell what is wrong in it.
    #[arg(long)]
    pub dry_run: bool,
}

fn line(text: &str) -> Result<Line<300>, String> {
    Line::parse(text).map_err(|error| error.detail)
}

/// How many faults of a file are printed; whoever mends so many runs it again.
const SHOWN: usize = 100;

/// Reads the file and, when nothing in it is wrong, puts it in the place of what the registry said.
///
/// # Errors
/// When the file is no registry, with every line that is wrong, or the database refuses.
pub fn run(options: &RegistryOptions) -> Result<(), Failure> {
    let entries = understood(&read(&options.file)?)
        .map_err(|refused| Failure::Refused(format!("{}: {refused}", options.file.display())))?;
    if options.dry_run {
        return say(&format!("{} lines, nothing wrong in them; nothing loaded", entries.len()));
    }
    let store = Store::open(&options.store)?;
    let origin = Origin { source: options.source.clone(), state_on: options.state_on };
    let occasion = Occasion { at: now(), request_id: "registry".to_owned() };
    let kept = keep(&store.database(), occasion, &entries, origin);
    store.close()?;
    let edition = kept?;
    say(&format!("Edition {} of the registry: {} lines", edition.number, edition.entries))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let failed = || Failure::io(format!("cannot read {}", file.display()));
    let limit = u64::try_from(FILE_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let opened = std::fs::File::open(file).map_err(failed())?;
    opened.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(failed())?;
    Ok(bytes)
}

/// The entries these bytes say.
///
/// # Errors
/// When anything in them is wrong; line by line, as many as anybody mends at once.
pub fn understood(bytes: &[u8]) -> Result<Vec<Entry>, Failure> {
    registry::read(bytes).map_err(|refusal| match refusal {
        RegistryRefusal::Unreadable(refusal) => Failure::Refused(refusal.to_string()),
        RegistryRefusal::Faulty(faults) => refused(&faults),
    })
}

/// Keeps entries as the next edition of the registry, by the operator.
///
/// # Errors
/// When the database refuses.
pub fn keep(
    database: &Database,
    occasion: Occasion,
    entries: &[Entry],
    origin: Origin,
) -> Result<Edition, Failure> {
    let grant = Operator.act(Action::KeepRegistry, ComuneCode::PLATFORM);
    database.tenant(&grant, occasion, |tx| Ok(load(tx, entries, origin)?))
}

/// What is wrong, in one line as every refusal of the program is.
fn refused(faults: &[LineFault]) -> Failure {
    let fault = |fault: &LineFault| {
        let column = fault.column.map(|column| format!(", {column}")).unwrap_or_default();
        format!("line {}{column}: {}", fault.line, fault.refused.detail)
    };
    let mut said: Vec<String> = faults.iter().take(SHOWN).map(fault).collect();
    let rest = faults.len().saturating_sub(SHOWN);
    if rest > 0 {
        said.push(format!("and {rest} more"));
    }
    Failure::Refused(format!("nothing loaded, {} faults; {}", faults.len(), said.join("; ")))
}

#[cfg(test)]
mod tests {
    use traguardo_domain::fault::{FaultKind, Refused};

    use super::*;

    #[test]
    fn no_more_faults_are_printed_than_anybody_mends_at_once() {
        let fault = |line| {
            let refused = Refused::new(FaultKind::Missing, "Manca il valore.");
            LineFault { line, column: Some("name"), refused }
        };
        let faults: Vec<LineFault> = (2..=121).map(fault).collect();
        let words = refused(&faults).to_string();
        assert_eq!((words.lines().count(), words.matches("Manca il valore.").count()), (1, SHOWN));
        assert!(words.contains("120 faults; line 2, name: ") && words.ends_with("; and 20 more"), "{words}");
    }
}
