//! What must hold of every file, whatever is in it: it is refused, or becomes a draft that accounts for each of its lines and
//! whose plan can be put. Shared by the property tests, the fuzz target and the program that needs no nightly toolchain.

use std::collections::HashSet;

use traguardo_documents::draft::{Draft, DraftRequest};
use traguardo_documents::import::{ImportFile, ImportRefusal, ProfileChoice, draft_of};
use traguardo_documents::plan::{Before, PlanBody};
use traguardo_documents::profile::{Profile, shipped};
use traguardo_documents::reader::Reader;
use traguardo_documents::source::{self, SourceHint};
use traguardo_domain::Faults;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::period::Year;
use traguardo_domain::plan::PlanKind;
use uuid::Uuid;

/// What is read with, and as what.
pub(crate) struct Readers {
    /// The profiles that come with the program.
    pub(crate) profiles: Vec<Profile>,
    request: DraftRequest,
}

/// What one file came to, read in every way.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Came {
    /// Lines of the file.
    pub(crate) lines: usize,
    /// Drafts that came of it.
    pub(crate) drafts: usize,
    /// Times it was refused.
    pub(crate) refused: usize,
}

impl Readers {
    /// All that come with the program.
    ///
    /// # Errors
    /// Never: they are written with it.
    pub(crate) fn shipped() -> Result<Self, String> {
        let profiles = shipped().map_err(|error| error.to_string())?;
        let comune = ComuneCode::parse("L454").map_err(|refused| refused.detail)?;
        let year = Year::parse(2026).map_err(|refused| refused.detail)?;
        Ok(Self { profiles, request: DraftRequest { comune, year, kind: PlanKind::Standalone, title: None } })
    }

    /// Reads a file with each profile, and with the one that is found for it.
    ///
    /// # Errors
    /// What does not hold, in words.
    pub(crate) fn check(&self, bytes: &[u8]) -> Result<Came, String> {
        let lines = source::read(bytes, &SourceHint::default()).map(|source| source.lines().len());
        let mut came = Came { lines: lines.unwrap_or_default(), ..Came::default() };
        let named = self.profiles.iter().map(|one| (one.name.as_str(), ProfileChoice::Named(one)));
        for (name, choice) in named.chain([("detect", ProfileChoice::Detect(&self.profiles))]) {
            match self.read(bytes, choice) {
                Ok(draft) => {
                    came.drafts = came.drafts.saturating_add(1);
                    holds(&draft, came.lines).map_err(|what| format!("{name}: {what}"))?;
                }
                Err(
                    ImportRefusal::Source(_)
                    | ImportRefusal::Plan(_)
                    | ImportRefusal::NoProfile
                    | ImportRefusal::TooMany { .. },
                ) => {
                    came.refused = came.refused.saturating_add(1);
                }
            }
        }
        Ok(came)
    }

    fn read(&self, bytes: &[u8], choice: ProfileChoice<'_>) -> Result<Draft, ImportRefusal> {
        let file = ImportFile { bytes, hint: SourceHint::default() };
        draft_of(file, choice, &self.request, &mut counted(), &mut |_| {})
    }
}

/// Ids that are the same every time.
fn counted() -> impl FnMut() -> Uuid {
    let mut last = 0_u128;
    move || {
        last = last.saturating_add(1);
        Uuid::from_u128(last)
    }
}

/// Whether a draft accounts for so many lines, and its plan can be put and is then the same.
fn holds(draft: &Draft, lines: usize) -> Result<(), String> {
    let certificate = &draft.certificate;
    let accounted: usize = certificate.lines.values().sum();
    if [draft.lines.len(), certificate.lines_in, accounted] != [lines; 3] {
        let (told, counted) = (draft.lines.len(), certificate.lines_in);
        return Err(format!(
            "of {lines} lines {told} are told of, {counted} counted, {accounted} accounted for"
        ));
    }
    draft.document.check().map_err(|violation| format!("no plan: {violation:?}"))?;
    let written = serde_json::to_value(&draft.document).map_err(|error| error.to_string())?;
    if let Some(trace) = draft.traces.iter().find(|trace| written.pointer(&trace.pointer).is_none()) {
        return Err(format!("nothing stands at {}, where {:?} is said to be", trace.pointer, trace.words));
    }
    let mut names = HashSet::new();
    if let Some(twice) = certificate.findings.iter().find(|finding| !names.insert(&finding.id)) {
        return Err(format!("two findings are called {}", twice.id));
    }
    let body: PlanBody = serde_json::from_value(written).map_err(|error| error.to_string())?;
    let mut faults = Faults::new();
    let read = body.read(&mut Reader::new(&mut faults), &Before::default(), &mut counted());
    let read = faults.finish(read).map_err(|faults| format!("refused when it is put: {faults:?}"))?;
    if read == draft.document { Ok(()) } else { Err("another plan when it is put".to_owned()) }
}
