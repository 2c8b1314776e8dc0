//! How an objective departs from the version of the template it follows, and which of it is not allowed.

use serde::{Deserialize, Serialize};

use super::content::pointer;
use super::{Field, Template};
use crate::fault::{Fault, FaultKind, Refused};
use crate::figure::Figure;
use crate::objective::ObjectiveFacts;
use crate::period::Year;
use crate::text::Code;

/// One place where an objective says something other than the version it follows. It travels to the author of the template:
/// it tells fields and figures, and no word of the plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Deviation {
    /// Which field.
    pub field: Field,
    /// Of which of the template's indicators, when it is a field of an indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Code>,
    /// Whether the template locks it: it was so when the objective was bound, and may only come nearer.
    pub locked: bool,
    /// The template's figure, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<Figure>,
    /// The objective's figure, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objective: Option<Figure>,
}

/// How an objective departs from a version. Where the version is silent, whatever an objective says is no deviation.
#[must_use]
pub fn deviations(facts: &ObjectiveFacts, template: &Template, year: Year) -> Vec<Deviation> {
    let there = template.places().into_iter().filter(|place| facts.has_room_for(place));
    let departing = there.filter_map(|place| {
        let theirs = template.says(&place, year)?;
        let ours = facts.says(&place);
        (ours.as_ref() != Some(&theirs)).then(|| Deviation {
            locked: template.locks(&place),
            template: theirs.figure(),
            objective: ours.and_then(|ours| ours.figure()),
            field: place.field,
            indicator: place.indicator,
        })
    });
    departing.collect()
}

/// What writing a bound objective changes that its template locks: a locked field stays as it is, or becomes what the template
/// says, and nothing else.
#[must_use]
pub fn trespasses(
    before: &ObjectiveFacts,
    after: &ObjectiveFacts,
    template: &Template,
    year: Year,
) -> Vec<Fault> {
    let locked = template.places().into_iter().filter(|place| template.locks(place));
    let changed = locked.filter(|place| {
        let Some(theirs) = template.says(place, year) else { return false };
        let ours = after.says(place);
        after.has_room_for(place)
            && ours.as_ref() != Some(&theirs)
            && (ours != before.says(place) || !before.has_room_for(place))
    });
    changed.map(|place| locked_by(template).at(&pointer(after, &place))).collect()
}

/// The refusal of a field a template locks: who could change it.
#[must_use]
pub fn locked_by(template: &Template) -> Refused {
    let (code, number, author) = (template.code.as_str(), template.number, template.author.as_str());
    let detail = format!(
        "È bloccato da {code}, versione {number}: può cambiarlo solo l'autore «{author}», con una nuova versione."
    );
    Refused::new(FaultKind::Inconsistent, detail)
}
