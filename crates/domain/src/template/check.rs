//! What a version of a template must satisfy to be published: everything wrong with it is told at once, each thing at its place.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Field, TemplateFacts, TemplateIndicator, YearTarget};
use crate::fault::{Fault, FaultKind};
use crate::figure::Figure;
use crate::text::Code;

/// The faults found so far.
#[derive(Default)]
pub(super) struct Found(Vec<Fault>);

impl Found {
    pub(super) fn unless(&mut self, holds: bool, pointer: impl Into<String>, kind: FaultKind, detail: &str) {
        if !holds {
            self.0.push(Fault { pointer: pointer.into(), kind, detail: detail.to_owned() });
        }
    }

    fn at_most(&mut self, many: usize, most: usize, pointer: &str) {
        self.unless(many <= most, pointer, FaultKind::OutOfBounds, &format!("Al massimo {most}."));
    }

    fn hundredths(&mut self, figure: Figure, pointer: impl Into<String>) {
        let fits = figure > Figure::ZERO && figure <= Figure::HUNDRED;
        self.unless(fits, pointer, FaultKind::OutOfBounds, "Maggiore di zero, al massimo 100.");
    }
}

impl TemplateFacts {
    /// The most laws.
    pub const MOST_LAWS: usize = 20;
    /// The most other words for the same thing.
    pub const MOST_WORDS: usize = 100;
    /// The most indicators.
    pub const MOST_INDICATORS: usize = 30;
    /// The most phases.
    pub const MOST_PHASES: usize = 50;
    /// The most years an indicator has targets from.
    pub const MOST_TARGETS: usize = 50;

    /// Everything that keeps it from being published under this code; nothing when it may be.
    #[must_use]
    pub fn check(&self, code: &Code) -> Vec<Fault> {
        let mut found = Found::default();
        let detail = "Il codice di un obiettivo condiviso non contiene barre.";
        found.unless(!code.as_str().contains('/'), "", FaultKind::Malformed, detail);
        found.at_most(self.laws.len(), Self::MOST_LAWS, "/laws");
        found.at_most(self.said_also.len(), Self::MOST_WORDS, "/said_also");
        if let Some(weight) = self.weight {
            found.hundredths(weight, "/weight");
        }
        self.check_indicators(code, &mut found);
        self.check_phases(&mut found);
        self.check_locked(&mut found);
        found.0
    }

    fn check_indicators(&self, code: &Code, found: &mut Found) {
        found.at_most(self.indicators.len(), Self::MOST_INDICATORS, "/indicators");
        let mut codes = BTreeSet::new();
        for (index, indicator) in self.indicators.iter().enumerate() {
            let place = format!("/indicators/{index}");
            let at = format!("{place}/code");
            let detail =
                format!("Comincia da {}. e prosegue con una parola senza punti né barre.", code.as_str());
            found.unless(belongs(&indicator.code, code), at.as_str(), FaultKind::Malformed, &detail);
            let detail = "Un altro indicatore ha già questo codice.";
            found.unless(codes.insert(&indicator.code), at, FaultKind::Inconsistent, detail);
            indicator.check(&place, found);
        }
    }

    /// All the phases weigh something and close to a hundred, or none does.
    fn check_phases(&self, found: &mut Found) {
        found.at_most(self.phases.len(), Self::MOST_PHASES, "/phases");
        let mut sum = Decimal::ZERO;
        let mut weighed = 0usize;
        for (index, phase) in self.phases.iter().enumerate() {
            if let Some(weight) = phase.weight {
                found.hundredths(weight, format!("/phases/{index}/weight"));
                sum = sum.saturating_add(weight.number());
                weighed = weighed.saturating_add(1);
            }
        }
        let all_or_none = weighed == 0 || weighed == self.phases.len();
        let detail = "O tutte le fasi hanno un peso, o nessuna.";
        found.unless(all_or_none, "/phases", FaultKind::Inconsistent, detail);
        let closes = weighed == 0 || !all_or_none || sum == Decimal::ONE_HUNDRED;
        let detail = format!("I pesi delle fasi sommano a {}, non a 100.", sum.normalize());
        found.unless(closes, "/phases", FaultKind::Inconsistent, &detail);
    }

    /// What the template does not say nobody can be held to.
    fn check_locked(&self, found: &mut Found) {
        for field in &self.locked {
            let detail = format!(
                "È bloccato {}, di cui il testo non dice nulla.",
                crate::vocabulary::Vocabulary::word(*field)
            );
            found.unless(self.says(*field), "/locked", FaultKind::Inconsistent, &detail);
        }
    }

    /// Whether anything is said of a field.
    #[must_use]
    pub fn says(&self, field: Field) -> bool {
        match field {
            Field::Title | Field::Purpose => true,
            Field::Description => self.description.is_some(),
            Field::ExpectedResult => self.expected_result.is_some(),
            Field::Kinds => !self.kinds.is_empty(),
            Field::Laws => !self.laws.is_empty(),
            Field::Areas => !self.areas.is_empty(),
            Field::Weight => self.weight.is_some(),
            Field::Phases => !self.phases.is_empty(),
            Field::IndicatorName | Field::Indicators => !self.indicators.is_empty(),
            Field::Target => self.indicators.iter().any(|one| !one.targets.is_empty()),
            Field::Source => self.indicators.iter().any(|one| one.source.is_some()),
        }
    }
}

/// Whether the code of an indicator is its template's, a point and one word, so that no two templates have one in common.
fn belongs(indicator: &Code, template: &Code) -> bool {
    let word = indicator.as_str().strip_prefix(template.as_str()).and_then(|rest| rest.strip_prefix('.'));
    word.is_some_and(|word| !word.is_empty() && !word.contains(['.', '/']))
}

impl TemplateIndicator {
    fn check(&self, place: &str, found: &mut Found) {
        self.definition.check(place, found);
        let targets = format!("{place}/targets");
        found.at_most(self.targets.len(), TemplateFacts::MOST_TARGETS, &targets);
        let mut before: Option<&YearTarget> = None;
        for (index, one) in self.targets.iter().enumerate() {
            let at = format!("{targets}/{index}");
            let in_order = before.is_none_or(|before| before.from < one.from);
            let detail = "I valori attesi vanno in ordine di anno, uno per anno.";
            found.unless(in_order, format!("{at}/from"), FaultKind::Inconsistent, detail);
            if let Err(detail) = self.definition.admits(&one.target.value) {
                found.unless(false, format!("{at}/target"), FaultKind::Inconsistent, detail);
            }
            before = Some(one);
        }
    }
}
