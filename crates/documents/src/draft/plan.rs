//! A source that is the service's own document: read as it is, or refused with everything that is wrong in it.

use traguardo_domain::fault::Refused;
use traguardo_domain::{Fault, FaultKind, Faults};
use uuid::Uuid;

use super::accounts::{self, Origin};
use super::assemble::DraftRequest;
use super::{Draft, findings};
use crate::gathered::Use;
use crate::plan::{Before, PlanBody};
use crate::reader::Reader;
use crate::source::Source;

/// What such a document is read with, in place of a profile.
const PROFILE: &str = "plan";

/// The draft of a document the service wrote. Its lines are all values; its values need no traces, their pointers are the same.
///
/// # Errors
/// Everything that is wrong in it, with pointers into it; or that it is of another comune or year.
pub fn from_plan(
    request: &DraftRequest,
    source: &Source,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Result<Draft, Vec<Fault>> {
    let cells = |line: &crate::source::SourceLine| line.cells().collect::<Vec<_>>().join("\t");
    let text = source.lines().iter().map(cells).collect::<Vec<_>>().join("\n");
    let body: PlanBody = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| vec![Refused::new(FaultKind::Malformed, error.to_string()).at("")])?;
    drop(text);
    let mut faults = Faults::new();
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), fresh);
    if let Some(document) = &document {
        if document.comune != request.comune {
            let detail = "Il documento è di un altro comune.";
            faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/comune"));
        }
        if document.plan.facts.year != request.year {
            let detail = format!("Il documento non è del {}.", request.year.number());
            faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/plan/year"));
        }
    }
    let mut document = faults.finish(document)?;
    if let Some(title) = &request.title {
        document.plan.facts.title = title.clone();
    }
    document.check().map_err(|_| {
        vec![Refused::new(FaultKind::Inconsistent, "Due parti del documento hanno lo stesso nome.").at("")]
    })?;
    let uses: Vec<Use> =
        source.lines().iter().map(|line| if line.is_blank() { Use::Blank } else { Use::Value }).collect();
    let lines = accounts::lines(source, &uses);
    let found = findings::ordered(findings::reviewed(&document, &[]));
    let origin = Origin { source, profile: PROFILE };
    let certificate = accounts::certificate(&origin, &document, &[], &lines, found);
    Ok(Draft { document, traces: Vec::new(), lines, certificate })
}
