//! What an objective says of itself, place by place.

use crate::likeness::{folded, is_filler};
use crate::objective::ObjectiveFacts;
use crate::template::stem::stem;

/// Where in an objective something is said; what is said first tells most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ZoneKind {
    /// The title, up to where it begins to explain itself.
    Title,
    /// What it is for.
    Purpose,
    /// What the title goes on to say.
    RestOfTitle,
    /// What is measured.
    Indicator,
    /// What it is expected to bring.
    Result,
    /// More words on it.
    Description,
    /// What is done.
    Phase,
}

impl ZoneKind {
    /// What counts there, per mille.
    pub(super) const fn weight(self) -> u32 {
        match self {
            Self::Title => 1000,
            Self::Purpose => 900,
            Self::RestOfTitle | Self::Indicator => 750,
            Self::Result => 650,
            Self::Description => 600,
            Self::Phase => 500,
        }
    }

    /// What people call it, after *nel* or *in*.
    pub(super) const fn in_words(self) -> &'static str {
        match self {
            Self::Title | Self::RestOfTitle => "nel titolo",
            Self::Purpose => "nella finalità",
            Self::Indicator => "in un indicatore",
            Self::Result => "nel risultato atteso",
            Self::Description => "nella descrizione",
            Self::Phase => "in una fase",
        }
    }
}

/// One place, as the stems of its words in their order, each with the word.
#[derive(Debug)]
pub(super) struct Zone {
    pub(super) kind: ZoneKind,
    pub(super) words: Vec<(String, String)>,
}

/// The marks after which a title explains itself.
const MARKS: &[&str] = &[",", ";", ":", "(", " - ", "–"];

/// What an objective says of itself.
pub(super) fn zones_of(facts: &ObjectiveFacts) -> Vec<Zone> {
    let title = facts.title.as_str();
    let end = MARKS.iter().filter_map(|mark| title.find(mark)).min();
    let (head, rest) = end.and_then(|end| title.split_at_checked(end)).unwrap_or((title, ""));
    let mut zones = Vec::new();
    let mut add = |kind, text: &str| {
        let words = stems_in_order(text);
        if !words.is_empty() {
            zones.push(Zone { kind, words });
        }
    };
    if stems_in_order(head).len() < 2 {
        add(ZoneKind::Title, title);
    } else {
        add(ZoneKind::Title, head);
        add(ZoneKind::RestOfTitle, rest);
    }
    facts.purpose.iter().for_each(|text| add(ZoneKind::Purpose, text.as_str()));
    facts.expected_result.iter().for_each(|text| add(ZoneKind::Result, text.as_str()));
    facts.description.iter().for_each(|text| add(ZoneKind::Description, text.as_str()));
    facts.indicators.iter().for_each(|one| add(ZoneKind::Indicator, one.facts.name.as_str()));
    facts.phases.iter().for_each(|one| add(ZoneKind::Phase, one.facts.title.as_str()));
    zones
}

/// The stems of a text in its order, each with its word; numbers and words that carry no subject left out.
pub(super) fn stems_in_order(text: &str) -> Vec<(String, String)> {
    let text = folded(text);
    let telling = text.split_whitespace().filter(|word| !is_filler(word));
    let telling = telling.filter(|word| !word.chars().all(|letter| letter.is_ascii_digit()));
    telling.map(|word| (stem(word).to_owned(), word.to_owned())).collect()
}
