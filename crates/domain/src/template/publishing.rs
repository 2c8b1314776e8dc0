//! How the next version of a template comes about: its number, and the numbers of what its indicators are defined by.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{Author, Defined, Template, TemplateFacts, TemplateIndicator};
use crate::text::Code;
use crate::version::{Version, Versioned};
use crate::violation::Violation;

impl Versioned for Template {
    type Facts = TemplateFacts;

    fn facts(&self) -> &TemplateFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        Version::stored(self.number)
    }
}

impl Author {
    /// Whether a member of the platform publishes for it.
    #[must_use]
    pub fn is_served_by(&self, member: Uuid) -> bool {
        self.facts.members.contains(&member)
    }
}

impl Template {
    /// The version these facts are, after the one before; none when they say what that says already.
    ///
    /// The number of an indicator's definition grows when the definition is another, and when the indicator comes back after a
    /// version without it: what was measured meanwhile, if anything, nobody defined.
    ///
    /// # Errors
    /// [`Violation::Invalid`] with every fault of the facts; [`Violation::NotYourAuthor`] when the code is another author's.
    pub fn publish(
        code: Code,
        author: Code,
        facts: TemplateFacts,
        before: Option<&Self>,
        published_at: DateTime<Utc>,
    ) -> Result<Option<Self>, Violation> {
        if before.is_some_and(|before| before.author != author) {
            return Err(Violation::NotYourAuthor);
        }
        let faults = facts.check(&code);
        if !faults.is_empty() {
            return Err(Violation::Invalid(faults));
        }
        if before.is_some_and(|before| before.facts == facts) {
            return Ok(None);
        }
        let definitions = definitions(&facts, before);
        let number = before.map_or(1, |before| before.number.saturating_add(1));
        Ok(Some(Self { code, author, number, published_at, facts, definitions }))
    }
}

/// The numbers of the definitions: of the indicators there are, in their order, then of those there were.
fn definitions(facts: &TemplateFacts, before: Option<&Template>) -> Vec<Defined> {
    let mut numbers: Vec<Defined> = facts
        .indicators
        .iter()
        .map(|one| Defined { indicator: one.code.clone(), number: number_of(one, before) })
        .collect();
    for kept in before.map_or(&[][..], |before| before.definitions.as_slice()) {
        if !numbers.iter().any(|one| one.indicator == kept.indicator) {
            numbers.push(kept.clone());
        }
    }
    numbers
}

fn number_of(indicator: &TemplateIndicator, before: Option<&Template>) -> i32 {
    let Some(before) = before else { return 1 };
    if let Some((was, number)) = before.indicator(&indicator.code) {
        return if was.definition == indicator.definition { number } else { number.saturating_add(1) };
    }
    let dropped = before.definitions.iter().find(|one| one.indicator == indicator.code);
    dropped.map_or(1, |one| one.number.saturating_add(1))
}
