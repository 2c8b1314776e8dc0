//! From the bytes of a file to a draft: the one way in, for the API and for the command line.

use traguardo_domain::Fault;
use uuid::Uuid;

use crate::detect::{Proposal, detect};
use crate::draft::{Draft, DraftRequest, assemble, from_plan};
use crate::gathered::Gathered;
use crate::layout::gather;
use crate::plan::{MOST_OBJECTIVES, MOST_UNITS};
use crate::profile::Profile;
use crate::source::{self, Source, SourceFormat, SourceHint, SourceRefusal};

/// A file, with what is said of it.
#[derive(Debug, Clone, Copy)]
pub struct ImportFile<'f> {
    /// What is in it.
    pub bytes: &'f [u8],
    /// What who sends it says it is.
    pub hint: SourceHint<'f>,
}

/// Which profile a source is read with.
#[derive(Debug, Clone, Copy)]
pub enum ProfileChoice<'p> {
    /// This one.
    Named(&'p Profile),
    /// Of these, the one that understands it best.
    Detect(&'p [Profile]),
}

/// How far the reading of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Its bytes become lines.
    Reading,
    /// A profile is looked for.
    Detecting,
    /// Its words are put together.
    Gathering,
    /// They are understood.
    Understanding,
    /// The plan is reviewed.
    Reviewing,
    /// The draft is there.
    Done,
}

/// How far the reading of a file is, for whoever waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How much of the whole is behind, from nothing to one hundred.
    pub per_cent: u8,
}

impl Stage {
    const fn progress(self) -> Progress {
        let per_cent = match self {
            Self::Reading => 0,
            Self::Detecting => 20,
            Self::Gathering => 40,
            Self::Understanding => 60,
            Self::Reviewing => 80,
            Self::Done => 100,
        };
        Progress { stage: self, per_cent }
    }
}

/// Why a file becomes no draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportRefusal {
    /// It is no document that is read.
    Source(SourceRefusal),
    /// It is a document of the service, with faults; their pointers are into it.
    Plan(Vec<Fault>),
    /// No profile understands any of it.
    NoProfile,
    /// There is more in it than a plan holds: no plan of a comune is as long.
    TooMany {
        /// Of what, in Italian.
        what: &'static str,
        /// How many were found.
        found: usize,
        /// How many a plan holds.
        most: usize,
    },
}

impl ImportRefusal {
    /// Refuses what no plan holds, before it is understood and reviewed.
    fn of_size(gathered: &Gathered) -> Result<(), Self> {
        let counts = [
            ("obiettivi", gathered.objectives.len(), MOST_OBJECTIVES),
            ("strutture", gathered.units.len(), MOST_UNITS),
        ];
        let over = counts.into_iter().find(|(_, found, most)| found > most);
        over.map_or(Ok(()), |(what, found, most)| Err(Self::TooMany { what, found, most }))
    }
}

/// The draft a file becomes. `progress` is told what begins.
///
/// # Errors
/// When the file is no document, a document of the service with faults, or none of the profiles understands any of it.
pub fn draft_of(
    file: ImportFile<'_>,
    choice: ProfileChoice<'_>,
    request: &DraftRequest,
    fresh: &mut dyn FnMut() -> Uuid,
    progress: &mut dyn FnMut(Progress),
) -> Result<Draft, ImportRefusal> {
    progress(Stage::Reading.progress());
    let source = source::read(file.bytes, &file.hint).map_err(ImportRefusal::Source)?;
    let draft = if source.format == SourceFormat::Plan {
        progress(Stage::Reviewing.progress());
        from_plan(request, &source, fresh).map_err(ImportRefusal::Plan)?
    } else {
        let Read { profile, gathered, proposals } = read(&source, choice, progress)?;
        ImportRefusal::of_size(&gathered)?;
        progress(Stage::Understanding.progress());
        let mut draft = assemble(request, &source, profile, &gathered, fresh);
        draft.certificate.proposals = proposals;
        draft
    };
    progress(Stage::Done.progress());
    Ok(draft)
}

/// A source as a profile reads it.
struct Read<'p> {
    profile: &'p Profile,
    gathered: Gathered,
    /// The profiles that were tried.
    proposals: Vec<Proposal>,
}

fn read<'p>(
    source: &Source,
    choice: ProfileChoice<'p>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Read<'p>, ImportRefusal> {
    let (profile, proposals) = match choice {
        ProfileChoice::Named(profile) => (profile, Vec::new()),
        ProfileChoice::Detect(profiles) => {
            progress(Stage::Detecting.progress());
            let proposals = detect(source, profiles);
            let best = proposals.first().filter(|best| best.understands());
            let best = best.and_then(|best| profiles.iter().find(|profile| profile.name == best.profile));
            (best.ok_or(ImportRefusal::NoProfile)?, proposals)
        }
    };
    progress(Stage::Gathering.progress());
    Ok(Read { profile, gathered: gather(source, profile), proposals })
}

#[cfg(test)]
mod tests {
    use traguardo_domain::comune::ComuneCode;
    use traguardo_domain::period::Year;
    use traguardo_domain::plan::PlanKind;

    use super::*;

    fn read(text: &str, year: i32) -> Result<Draft, ImportRefusal> {
        read_as(text, ProfileChoice::Detect(&[]), year)
    }

    fn read_as(text: &str, choice: ProfileChoice<'_>, year: i32) -> Result<Draft, ImportRefusal> {
        let request = DraftRequest {
            comune: ComuneCode::parse("L454").unwrap(),
            year: Year::parse(year).unwrap(),
            kind: PlanKind::Standalone,
            title: None,
        };
        let mut ids = (1u128..).map(Uuid::from_u128);
        let mut fresh = || ids.next().unwrap();
        let file = ImportFile { bytes: text.as_bytes(), hint: SourceHint::default() };
        draft_of(file, choice, &request, &mut fresh, &mut |_| {})
    }

    const PLAN: &str = r#"{
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"year": 2025, "kind": "peg_pdo", "title": "Piano"},
        "objectives": [{"title": "Uno", "deadline": {"words": "31.06.2025"}}]
    }"#;

    #[test]
    fn a_document_of_the_service_is_read_as_it_is() {
        let draft = read(PLAN, 2025).unwrap();
        assert_eq!(draft.certificate.counts.objectives, 1);
        assert_eq!(
            (draft.certificate.coverage.as_str(), draft.certificate.format),
            ("1.0000", SourceFormat::Plan)
        );
        assert!(draft.certificate.findings.iter().any(|finding| finding.safe));
    }

    #[test]
    fn a_document_with_faults_or_of_another_year_is_refused_with_all_of_them() {
        let Err(ImportRefusal::Plan(faults)) = read(PLAN, 2026) else { panic!("read") };
        assert_eq!(faults[0].pointer, "/plan/year");
        let Err(ImportRefusal::Plan(faults)) = read(&PLAN.replace("\"Uno\"", "\"\""), 2025) else {
            panic!("read")
        };
        assert_eq!(faults[0].pointer, "/objectives/0/title");
    }

    #[test]
    fn more_objectives_than_a_plan_holds_are_refused_before_they_are_understood() {
        let header = "Settore: Tecnico\n";
        let objective = |number: usize| format!("Obiettivo: Fare {number}\nPeso: 1%\n");
        let text: String =
            std::iter::once(header.to_owned()).chain((0..=MOST_OBJECTIVES).map(objective)).collect();
        let profiles = crate::profile::shipped().unwrap();
        let blocks = profiles.iter().find(|profile| profile.name == "key_value_blocks").unwrap();
        let refused = read_as(&text, ProfileChoice::Named(blocks), 2025);
        let most = MOST_OBJECTIVES;
        assert_eq!(
            refused,
            Err(ImportRefusal::TooMany { what: "obiettivi", found: most.saturating_add(1), most })
        );
    }

    #[test]
    fn a_text_no_profile_understands_is_refused() {
        assert_eq!(read("Una lettera", 2025), Err(ImportRefusal::NoProfile));
    }
}
