//! Where in an objective, as it is written, a place stands.

use super::Place;
use crate::objective::ObjectiveFacts;
use crate::template::Field;
use crate::text::Code;
use crate::vocabulary::Vocabulary as _;

/// The JSON pointer to a place of an objective: the list or the object around it where it is not there.
#[must_use]
pub fn pointer(facts: &ObjectiveFacts, place: &Place) -> String {
    let around = place.indicator.as_ref().map_or_else(String::new, |code| of_indicator(facts, code));
    match place.field {
        Field::IndicatorName => format!("{around}/name"),
        Field::Target | Field::Source => format!("{around}/{}", place.field.word()),
        Field::Weight => "/assignments".to_owned(),
        Field::Title
        | Field::Purpose
        | Field::Description
        | Field::ExpectedResult
        | Field::Kinds
        | Field::Laws
        | Field::Areas
        | Field::Phases
        | Field::Indicators => format!("/{}", place.field.word()),
    }
}

/// The JSON pointer to the indicator that is this one of the template's.
fn of_indicator(facts: &ObjectiveFacts, code: &Code) -> String {
    let found = indexed(facts).find(|(_, bound)| *bound == Some(code));
    found.map_or_else(|| "/indicators".to_owned(), |(pointer, _)| pointer)
}

/// Every indicator of an objective with the JSON pointer to it, and which of the template's it is.
pub(in crate::template) fn indexed(facts: &ObjectiveFacts) -> impl Iterator<Item = (String, Option<&Code>)> {
    let own = facts.indicators.iter().enumerate();
    let own = own.map(|(at, one)| (format!("/indicators/{at}"), one.facts.template_indicator.as_ref()));
    let phases = facts.phases.iter().enumerate();
    let of_phases = phases.flat_map(|(phase, one)| {
        let indicators = one.facts.indicators.iter().enumerate();
        indicators.map(move |(at, one)| {
            (format!("/phases/{phase}/indicators/{at}"), one.facts.template_indicator.as_ref())
        })
    });
    own.chain(of_phases)
}
