//! The reading itself: bytes, lines, a profile, a draft.

use std::path::Path;

use traguardo_documents::draft::{Draft, DraftRequest};
use traguardo_documents::import::{ImportFile, ImportRefusal, ProfileChoice, draft_of};
use traguardo_documents::profile::{Profile, shipped};
use traguardo_documents::source::{SourceFormat, SourceHint};
use traguardo_domain::plan::PlanKind;

use super::options::ImportOptions;
use super::progress::Bar;
use super::upload::Sent;
use crate::commands::new_id;
use crate::failure::Failure;

/// A file, read.
pub(super) struct Reading {
    /// The plan as far as it was understood.
    pub(super) draft: Draft,
    /// What the profile is, in Italian, when it is known here.
    pub(super) profile: Option<String>,
    /// What became of it at the service, when it was sent.
    pub(super) sent: Option<Sent>,
}

/// Reads a file as a plan.
///
/// # Errors
/// When it is no file that is read, or nothing in it is laid out as the profile says.
pub(super) fn read(bytes: &[u8], options: &ImportOptions, bar: &Bar) -> Result<Reading, Failure> {
    let mut profiles = shipped().map_err(|error| Failure::Refused(error.to_string()))?;
    if let Some(asked) = &options.profile {
        profiles = vec![asked_for(asked, profiles)?];
    }
    let choice = match (profiles.as_slice(), &options.profile) {
        ([only], Some(_)) => ProfileChoice::Named(only),
        (all, _) => ProfileChoice::Detect(all),
    };
    let file_name = options.file.file_name().and_then(|name| name.to_str());
    let file = ImportFile { bytes, hint: SourceHint { file_name, content_type: None } };
    let (comune, year) = (options.comune, options.year);
    let request = DraftRequest { comune, year, kind: PlanKind::PiaoPerformance, title: None };
    let draft = draft_of(file, choice, &request, &mut || new_id(), &mut |at| bar.at(at))
        .map_err(|refusal| refused(options, &refusal, &profiles))?;
    if draft.document.objectives.is_empty() && draft.certificate.format != SourceFormat::Plan {
        return Err(refused(options, &ImportRefusal::NoProfile, &profiles));
    }
    let profile = known_as(&draft.certificate.profile, &profiles);
    Ok(Reading { draft, profile, sent: None })
}

/// What a profile that comes with the program is.
pub(super) fn known_as(name: &str, profiles: &[Profile]) -> Option<String> {
    profiles.iter().find(|profile| profile.name == name).map(|profile| format!("{name}: {}", profile.title))
}

/// The profile somebody asked for: one of those that come with the program, or one of their own.
fn asked_for(asked: &str, shipped: Vec<Profile>) -> Result<Profile, Failure> {
    if Path::new(asked).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) {
        let text = std::fs::read(asked).map_err(Failure::io(format!("cannot read {asked}")))?;
        let unfit =
            |error: serde_json::Error| Failure::Refused(format!("{asked}: non è un profilo: {error}"));
        return serde_json::from_slice(&text).map_err(unfit);
    }
    let names = names(&shipped);
    let unknown =
        || Failure::Refused(format!("--profile: '{asked}' non c'è; ci sono {names}, o un file .json"));
    shipped.into_iter().find(|profile| profile.name == asked).ok_or_else(unknown)
}

/// Why a file is no plan, and what to do.
fn refused(options: &ImportOptions, refusal: &ImportRefusal, profiles: &[Profile]) -> Failure {
    let name = options.file.display();
    match refusal {
        ImportRefusal::Source(refusal) => Failure::Refused(format!("{name}: {}", refusal.detail())),
        ImportRefusal::Plan(faults) => {
            let lines: Vec<String> =
                faults.iter().map(|fault| format!("  {}  {}", fault.pointer, fault.detail)).collect();
            Failure::Refused(format!("{name}: il documento di piano ha degli errori:\n{}", lines.join("\n")))
        }
        ImportRefusal::TooMany { what, found, most } => Failure::Refused(format!(
            "{name}: nel file si riconoscono {found} {what}; un piano ne tiene al massimo {most}"
        )),
        ImportRefusal::NoProfile => Failure::Refused(format!(
            "{name}: nessun obiettivo riconosciuto. Il file non è disposto come nessuno dei profili ({}): \
             se ne può scrivere uno per questo comune e darlo con --profile FILE.json",
            names(profiles)
        )),
    }
}

fn names(profiles: &[Profile]) -> String {
    profiles.iter().map(|profile| profile.name.as_str()).collect::<Vec<_>>().join(", ")
}
