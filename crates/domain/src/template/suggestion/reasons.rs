//! Why an objective looks like a template, in words.

use super::Found;
use crate::indicator::Direction;
use crate::measure::Measure;
use crate::objective::ObjectiveFacts;
use crate::template::Template;

/// How many places are told.
const MOST: usize = 3;

/// Why.
pub(super) fn of(template: &Template, facts: &ObjectiveFacts, places: &[Found<'_>]) -> Vec<String> {
    let mut reasons: Vec<String> = places.iter().take(MOST).map(Found::in_words).collect();
    if let Some((measure, direction)) = same_unit(template, facts) {
        reasons.push(format!("un indicatore in {}, {}", unit(measure), better(direction)));
    }
    reasons
}

impl Found<'_> {
    fn in_words(&self) -> String {
        let quoted: Vec<String> = self.words.iter().map(|word| format!("«{word}»")).collect();
        let said = if quoted.len() == 1 { "la parola" } else { "le parole" };
        let place = self.zone.kind.in_words();
        format!("{said} {} {place}: l'obiettivo condiviso dice «{}»", quoted.join(", "), self.cue.text)
    }
}

/// The unit and the direction an indicator of the objective has in common with one of the template's, where they say
/// something: percentages of which more is better are everywhere.
pub(super) fn same_unit(template: &Template, facts: &ObjectiveFacts) -> Option<(Measure, Direction)> {
    let ours = facts.all_indicators().filter_map(|one| Some((one.facts.measure?, one.facts.direction?)));
    let mut telling = ours.filter(|(measure, _)| !matches!(measure, Measure::Percent | Measure::Number));
    telling.find(|(measure, direction)| {
        let theirs = template.facts.indicators.iter().map(|one| &one.definition);
        theirs.into_iter().any(|theirs| theirs.measure == *measure && theirs.direction == *direction)
    })
}

const fn better(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "più è meglio",
        Direction::Lower => "meno è meglio",
        Direction::Within => "meglio dentro un intervallo",
    }
}

const fn unit(measure: Measure) -> &'static str {
    match measure {
        Measure::Percent => "percentuale",
        Measure::Days => "giorni",
        Measure::Months => "mesi",
        Measure::Years => "anni",
        Measure::Hours => "ore",
        Measure::Minutes => "minuti",
        Measure::Number => "numero",
        Measure::Euro => "euro",
        Measure::Points => "punti",
        Measure::KilowattHours => "kWh",
        Measure::CubicMetres => "metri cubi",
        Measure::Litres => "litri",
        Measure::Metres => "metri",
        Measure::SquareMetres => "metri quadri",
        Measure::Kilometres => "chilometri",
        Measure::Kilograms => "chilogrammi",
        Measure::Tonnes => "tonnellate",
    }
}
