//! The reader of documents, as the API calls it.

use traguardo_documents::draft::{self, Draft, DraftRequest, Settlement};
use traguardo_documents::import::{ImportFile, ImportRefusal, ProfileChoice, draft_of as read_draft};
use traguardo_documents::profile::Profile;
use traguardo_documents::source::{self, SourceHint, SourceRefusal};
use traguardo_domain::Fault;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::import::{ImportFacts, Unreadable};

use super::Fresh;

/// How many faults of a document are told in words; whoever mends these finds the others.
const TOLD: usize = 10;

/// Whether a file is, by its first bytes, of a form that is read.
pub(super) fn glance(bytes: &[u8]) -> Result<(), Unreadable> {
    source::glance(bytes).map_err(|refusal| of_source(&refusal))
}

/// What is asked of a file.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Whose plan it is.
    pub(super) comune: ComuneCode,
    /// What was said of it.
    pub(super) facts: &'a ImportFacts,
    /// The profiles to read it with.
    pub(super) profiles: &'a [Profile],
}

/// The draft of a file.
pub(super) fn draft_of(
    bytes: &[u8],
    asked: &Asked<'_>,
    fresh: Fresh<'_>,
    said: &dyn Fn(u8),
) -> Result<Draft, Unreadable> {
    let Asked { comune, facts, profiles } = *asked;
    let hint = SourceHint {
        file_name: facts.file_name.as_ref().map(traguardo_domain::text::Line::as_str),
        content_type: Some(facts.media_type.as_str()),
    };
    let request = DraftRequest { comune, year: facts.year, kind: facts.kind, title: facts.title.clone() };
    let named = profiles.iter().find(|profile| profile.name == facts.profile.as_str());
    let choice = match named {
        Some(profile) => ProfileChoice::Named(profile),
        None if facts.profile.is_detect() => ProfileChoice::Detect(profiles),
        None => return Err(gone(facts.profile.as_str())),
    };
    let file = ImportFile { bytes, hint };
    let draft = read_draft(file, choice, &request, fresh, &mut |progress| said(progress.per_cent));
    draft.map_err(|refused| unreadable(&refused))
}

/// A draft after these decisions.
pub(super) fn settle(
    draft: Draft,
    settlements: &[Settlement],
    fresh: Fresh<'_>,
) -> Result<Draft, Vec<Fault>> {
    draft::settle(draft, settlements, fresh)
}

fn unreadable(refused: &ImportRefusal) -> Unreadable {
    match refused {
        ImportRefusal::Source(refusal) => of_source(refusal),
        ImportRefusal::Plan(faults) => {
            let words = faults.iter().take(TOLD).map(|fault| format!("{}: {}", fault.pointer, fault.detail));
            let more = faults.len().saturating_sub(TOLD);
            let more = (more > 0).then(|| format!("E altri {more} errori."));
            let detail = words.chain(more).collect::<Vec<_>>().join(" ");
            Unreadable { code: "faulty_plan".to_owned(), detail: cut(&detail) }
        }
        ImportRefusal::TooMany { what, found, most } => {
            let detail =
                format!("Nel file si riconoscono {found} {what}; un piano ne tiene al massimo {most}.");
            Unreadable { code: "too_many".to_owned(), detail }
        }
        ImportRefusal::NoProfile => {
            let detail = "Nessun profilo riconosce in questo file qualcosa di un piano: GET /v1/import-profiles dice quali ci sono, e un \
                 comune può scriverne uno proprio.";
            Unreadable { code: "no_profile".to_owned(), detail: detail.to_owned() }
        }
    }
}

fn of_source(refusal: &SourceRefusal) -> Unreadable {
    Unreadable { code: refusal.code().to_owned(), detail: cut(&refusal.detail()) }
}

fn gone(name: &str) -> Unreadable {
    let detail = format!("Il profilo {name} non c'è più.");
    Unreadable { code: "no_such_profile".to_owned(), detail }
}

fn cut(text: &str) -> String {
    text.chars().take(2_000).collect()
}
