//! Places as a person looks for them: the line of a text, the cell of a sheet, the object of a plan.

use traguardo_documents::draft::DraftFinding;
use traguardo_documents::source::Spot;
use traguardo_domain::plan::document::PlanDocument;

use super::page::clipped;

/// The longest name of an object of the plan.
const MOST_NAME: usize = 60;

/// Where in the source something stands.
pub(super) fn spot(spot: &Spot) -> String {
    match (&spot.sheet, &spot.cell) {
        (Some(sheet), Some(cell)) => format!("foglio {sheet}, cella {cell}"),
        (Some(sheet), None) => format!("foglio {sheet}, riga {}", spot.line),
        (None, _) if spot.column > 1 => format!("riga {}, colonna {}", spot.line, spot.column),
        (None, _) => format!("riga {}", spot.line),
    }
}

/// Where a finding is: in the source, or else in the plan; nothing when it is about the plan as a whole.
pub(super) fn of(finding: &DraftFinding, document: &PlanDocument) -> Option<String> {
    finding.spot.as_ref().map(spot).or_else(|| named(&finding.pointer, document))
}

/// The object of the plan a pointer passes through.
fn named(pointer: &str, document: &PlanDocument) -> Option<String> {
    let mut steps = pointer.split('/').skip(1);
    let (list, at) = (steps.next()?, steps.next()?.parse::<usize>().ok()?);
    match list {
        "objectives" => {
            let facts = &document.objectives.get(at)?.facts;
            let code = facts.code.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
            Some(format!("obiettivo{code} «{}»", clipped(facts.title.as_str(), MOST_NAME)))
        }
        "units" => {
            let name = document.units.get(at)?.facts.name.as_str();
            Some(format!("struttura «{}»", clipped(name, MOST_NAME)))
        }
        "sections" => {
            let title = document.sections.get(at)?.facts.title.as_str();
            Some(format!("sezione «{}»", clipped(title, MOST_NAME)))
        }
        _ => None,
    }
}
