//! What objectives are about, told by the shared objective they follow or by their words.

use super::outline::indicators;
use super::words::folded;
use crate::indicator::Profile;
use crate::objective::Objective;

/// A subject the law wants objectives on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Theme {
    /// The times commercial invoices are paid in.
    PaymentTimes,
    /// The training of the staff.
    Training,
    /// Transparency.
    Transparency,
    /// Measures against corruption.
    Anticorruption,
    /// Accessibility for persons with disabilities.
    Accessibility,
}

impl Theme {
    /// The code of the shared objective on it, where there is one.
    const fn template(self) -> Option<&'static str> {
        match self {
            Self::PaymentTimes => Some("T1"),
            Self::Transparency => Some("T3"),
            Self::Anticorruption => Some("T4"),
            Self::Training => Some("T7"),
            Self::Accessibility => None,
        }
    }

    /// How its words begin: one of each group must be in the same text.
    const fn beginnings(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::PaymentTimes => &[&["pagament"], &["tempest", "tempi", "tempo", "fattur", "ritard"]],
            Self::Training => &[&["formazion", "formativ"]],
            Self::Transparency => &[&["trasparen"]],
            Self::Anticorruption => &[&["anticorruz", "corruz", "corruttiv", "ptpct", "rpct"]],
            Self::Accessibility => &[&["accessibil"]],
        }
    }

    /// Whether a text is about it.
    fn is_in(self, text: &str) -> bool {
        let text = folded(text);
        let begins = |beginnings: &&[&str]| {
            text.split_whitespace().any(|word| beginnings.iter().any(|beginning| word.starts_with(beginning)))
        };
        self.beginnings().iter().all(begins)
    }
}

/// Whether an objective is about a theme.
pub(super) fn is_about(objective: &Objective, theme: Theme) -> bool {
    let follows =
        objective.facts.template.as_ref().is_some_and(|code| Some(code.as_str()) == theme.template());
    let measured = theme == Theme::Accessibility
        && indicators(0, objective)
            .any(|(_, indicator)| indicator.facts.profile == Some(Profile::Accessibility));
    follows || measured || texts(objective).any(|text| theme.is_in(text))
}

/// The texts that say what an objective is about.
pub(super) fn texts(objective: &Objective) -> impl Iterator<Item = &str> {
    let facts = &objective.facts;
    let purpose = facts.purpose.as_ref().map(super::super::text::Text::as_str);
    let result = facts.expected_result.as_ref().map(super::super::text::Text::as_str);
    let named = indicators(0, objective).map(|(_, indicator)| indicator.facts.name.as_str());
    std::iter::once(facts.title.as_str()).chain(purpose).chain(result).chain(named)
}
