//! Several things in one cell: whether what is measured, its targets and its times have as many parts.

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::{Outline, indicators};
use super::words::listed;
use crate::deadline::Deadline;
use crate::indicator::Indicator;
use crate::objective::Objective;
use crate::said::Words;
use crate::target::Target;

/// Words before a number that is one of something else.
const REFERRING: [&str; 5] = ["articolo", "comma", "lettera", "numero", "punto"];

/// Where something of an indicator is written, and in how many parts.
struct Parts<'a> {
    place: &'static str,
    count: usize,
    numbering: Numbering,
    words: &'a str,
}

/// Finds indicators whose numbered parts do not match those of their target or of their times (`E16`), or whose numbering lost
/// a number. What has one part only stands for all of them.
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for (at, objective) in outline.objectives() {
        for (pointer, indicator) in indicators(at, objective) {
            let said = parts_of(objective, indicator);
            let several = said.iter().filter(|parts| parts.count > 1).count();
            let message = differing(&said).or_else(|| said.iter().find_map(|parts| parts.damaged(several)));
            let Some(message) = message else { continue };
            let words = said.first().map(|parts| parts.words);
            let remark = Remark::new(FindingCode::PartsDiffer, pointer, message).quoting(words);
            remarks.push(
                remark.proposing("Dividere in più indicatori, ciascuno con il suo valore e il suo termine."),
            );
        }
    }
}

/// The indicator, its target and its times.
fn parts_of<'a>(objective: &'a Objective, indicator: &'a Indicator) -> Vec<Parts<'a>> {
    let name = indicator.facts.name.as_str();
    let numbering = Numbering::of(name);
    let mut said = vec![Parts { place: "nell'indicatore", count: numbering.count(), numbering, words: name }];
    let mut say = |place, read: usize, words: Option<&'a str>| {
        let words = words.unwrap_or_default();
        let numbering = Numbering::of(words);
        said.push(Parts { place, count: read.max(numbering.count()), numbering, words });
    };
    if let Some(target) = &indicator.facts.target {
        say("nel valore atteso", in_target(&target.value), target.words.as_ref().map(Words::as_str));
    }
    if let Some(times) = indicator.facts.deadline.as_ref().or_else(|| shared_deadline(objective)) {
        say("nei tempi", in_deadline(&times.value), times.words.as_ref().map(Words::as_str));
    }
    said
}

/// What is wrong when not all that has several parts has as many.
fn differing(said: &[Parts<'_>]) -> Option<String> {
    let several: Vec<&Parts<'_>> = said.iter().filter(|parts| parts.count > 1).collect();
    if several.iter().all(|parts| several.first().is_some_and(|first| first.count == parts.count)) {
        return None;
    }
    let counts: Vec<String> =
        several.iter().map(|parts| format!("{} {}", parts.count, parts.place)).collect();
    Some(format!("Le parti numerate non corrispondono: {}.", counts.join(", ")))
}

impl Parts<'_> {
    /// What is wrong when its own numbering lost a number. One that does not begin with the first is believed only where
    /// something else has several parts too.
    fn damaged(&self, several: usize) -> Option<String> {
        let believed = match self.numbering.marks.first() {
            Some(1) => self.count > 1,
            Some(_) => several > 1,
            None => false,
        };
        let lost = self.numbering.lost(self.count);
        if !believed || lost.is_empty() {
            return None;
        }
        let verb = if lost.len() == 1 { "manca" } else { "mancano" };
        Some(format!("Nella numerazione delle parti {verb} {} {}.", listed(&lost), self.place))
    }
}

/// The numbers in front of the parts of a text: `1) .. 2) ..` or `1. .. 2. ..`.
struct Numbering {
    marks: Vec<usize>,
}

impl Numbering {
    /// Each number at the start of a word, and larger than the one before by one, so that `9.500` numbers nothing. A bracket
    /// may come late, when that of the first was lost, unless the word before it refers to something: `comma 2)`.
    fn of(text: &str) -> Self {
        let mut marks: Vec<usize> = Vec::new();
        let mut words = text.split_whitespace().peekable();
        let mut refers = false;
        while let Some(word) = words.next() {
            let digits = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
            let Some((number, rest)) = word.split_at_checked(digits) else { continue };
            let Ok(number) = number.parse::<usize>() else {
                refers = word.ends_with('.') || REFERRING.contains(&word);
                continue;
            };
            let reached = marks.last().copied().unwrap_or_default();
            let bracket = rest.starts_with(')');
            let is_next = number == reached.saturating_add(1);
            let is_late = bracket && marks.is_empty() && matches!(number, 2 | 3) && !refers;
            refers = word.ends_with('.') || REFERRING.contains(&word);
            if (is_next && (bracket || (rest == "." && words.peek().is_some()))) || is_late {
                marks.push(number);
            }
        }
        Self { marks }
    }

    /// How many parts it says there are.
    fn count(&self) -> usize {
        self.marks.last().copied().unwrap_or(1)
    }

    /// The numbers up to this one that are not there.
    fn lost(&self, up_to: usize) -> Vec<usize> {
        (1..=up_to).filter(|number| !self.marks.contains(number)).collect()
    }
}

/// The deadline of an objective is that of its indicator when there is only one.
fn shared_deadline(objective: &Objective) -> Option<&crate::said::Said<Deadline>> {
    let is_only = objective.facts.phases.is_empty() && objective.facts.indicators.len() == 1;
    objective.facts.deadline.as_ref().filter(|_| is_only)
}

const fn in_target(target: &Target) -> usize {
    match target {
        Target::Parts { parts } => parts.len(),
        Target::Bound { .. }
        | Target::Range { .. }
        | Target::Fraction { .. }
        | Target::Change { .. }
        | Target::Done
        | Target::By { .. }
        | Target::Text => 1,
    }
}

const fn in_deadline(deadline: &Deadline) -> usize {
    match deadline {
        Deadline::Parts { parts } => parts.len(),
        Deadline::Date { .. }
        | Deadline::Month { .. }
        | Deadline::Span { .. }
        | Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Recurring { .. }
        | Deadline::Continuous
        | Deadline::Impossible { .. }
        | Deadline::Text => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_parts_are_counted_in_turn() {
        for (text, count) in [
            ("1) a 2) b 3) c", 3),
            ("9.500 veicoli", 1),
            ("art. 2) comma", 1),
            ("come dice il comma 2) del regolamento", 1),
            ("1. a 2. b", 2),
            ("1 . a 2 . b", 1),
            ("atti avviati 2) atti conclusi", 2),
            ("", 1),
        ] {
            assert_eq!(Numbering::of(text).count(), count, "{text}");
        }
    }

    #[test]
    fn a_numbering_says_which_numbers_it_lost() {
        assert_eq!(Numbering::of("atti avviati 2) atti conclusi").lost(2), [1]);
        assert_eq!(Numbering::of("1) 12 2) 5 3 20").lost(3), [3]);
        assert_eq!(Numbering::of("1) a 2) b").lost(2), [0; 0]);
    }
}
