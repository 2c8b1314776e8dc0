//! The reading itself: bytes, lines, a profile, a draft.

use std::path::Path;

use traguardo_documents::draft::{Draft, DraftRequest, assemble};
use traguardo_documents::gathered::{Gathered, Use};
use traguardo_documents::layout::gather;
use traguardo_documents::profile::{Profile, shipped};
use traguardo_documents::source::{self, Source, SourceHint};
use traguardo_domain::plan::PlanKind;

use super::progress::{Progress, Step};
use crate::cli::ImportOptions;
use crate::commands::new_id;
use crate::failure::Failure;

/// A file, read.
pub(super) struct Reading {
    /// The plan as far as it was understood.
    pub(super) draft: Draft,
    /// What the profile is, in Italian.
    pub(super) profile: String,
    /// Why that profile, in Italian.
    pub(super) reason: String,
    /// What is to be told of the file itself, in Italian.
    pub(super) remarks: Vec<String>,
}

/// Reads a file as a plan.
///
/// # Errors
/// When it is no file that is read, or nothing in it is laid out as the profile says.
pub(super) fn read(bytes: &[u8], options: &ImportOptions, progress: &Progress) -> Result<Reading, Failure> {
    let name = options.file.display();
    progress.at(Step::Opening);
    let file_name = options.file.file_name().and_then(|name| name.to_str());
    let hint = SourceHint { file_name, content_type: None };
    let source = source::read(bytes, &hint)
        .map_err(|refusal| Failure::Refused(format!("{name}: {}", refusal.detail())))?;
    progress.at(Step::Choosing);
    let choice = choose(&source, options.profile.as_deref())?;
    progress.at(Step::Reading);
    let (comune, year) = (options.comune, options.year);
    let request = DraftRequest { comune, year, kind: PlanKind::PiaoPerformance, title: None };
    let draft = assemble(&request, &source, &choice.profile, &choice.gathered, &mut || new_id());
    let remarks = source.remarks.iter().map(source::SourceRemark::detail).collect();
    Ok(Reading { draft, profile: choice.profile.title, reason: choice.reason, remarks })
}

/// A profile, with what it gathers from the source.
struct Choice {
    profile: Profile,
    gathered: Gathered,
    reason: String,
}

/// The profile that was asked for, or the one that makes the most of the source.
fn choose(source: &Source, asked: Option<&str>) -> Result<Choice, Failure> {
    let shipped = shipped().map_err(|error| Failure::Refused(error.to_string()))?;
    let names: Vec<String> = shipped.iter().map(|profile| profile.name.clone()).collect();
    let names = names.join(", ");
    if let Some(asked) = asked {
        let profile = if asked.ends_with(".json") {
            own_profile(Path::new(asked))?
        } else {
            let known = shipped.into_iter().find(|profile| profile.name == asked);
            known.ok_or_else(|| {
                Failure::Refused(format!("--profile: '{asked}' non esiste; ci sono {names}, o un file .json"))
            })?
        };
        let gathered = gather(source, &profile);
        return Ok(Choice { profile, gathered, reason: "chiesto con --profile".to_owned() });
    }
    let tried = shipped.into_iter().map(|profile| {
        let gathered = gather(source, &profile);
        (values(&gathered), gathered.objectives.len(), profile, gathered)
    });
    let mut tried: Vec<_> = tried.filter(|(_, objectives, _, _)| *objectives > 0).collect();
    tried.sort_by_key(|(values, _, _, _)| std::cmp::Reverse(*values));
    let next = tried.get(1).map(|(values, _, profile, _)| format!("; «{}» ne legge {values}", profile.name));
    let full = source.lines().iter().filter(|line| !line.is_blank()).count();
    match tried.into_iter().next() {
        Some((values, objectives, profile, gathered)) => {
            let reason = format!(
                "scelto perché legge più valori degli altri: {values} righe su {full}, {objectives} obiettivi{}",
                next.unwrap_or_default()
            );
            Ok(Choice { profile, gathered, reason })
        }
        None => Err(Failure::Refused(format!(
            "nessun obiettivo riconosciuto: il file non è disposto come nessuno dei profili ({names}); \
             si può indicarne uno con --profile NOME, o scriverne uno e darlo con --profile FILE.json"
        ))),
    }
}

fn own_profile(file: &Path) -> Result<Profile, Failure> {
    let text = std::fs::read(file).map_err(Failure::io(format!("cannot read {}", file.display())))?;
    serde_json::from_slice(&text)
        .map_err(|error| Failure::Refused(format!("{}: non è un profilo: {error}", file.display())))
}

/// How many lines became values of the plan.
fn values(gathered: &Gathered) -> usize {
    gathered.uses().iter().filter(|became| **became == Use::Value).count()
}
