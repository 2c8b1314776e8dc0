//! A result in plain Italian sentences, one for each fact, that can be read aloud to whoever asks how it came about.

use rust_decimal::Decimal;

use super::tree::{How, NodeKind, Outcome, Part, Scored};
use crate::rulebook::{BandOn, Rulebook};
use crate::text::Code;

mod judged;
mod measured;
mod targets;
mod wording;

pub(super) use targets::expected_words;
use wording::{named, plain, shown, since};

/// How a result came about: what was reached and in which band; from which parts, with which weights and sums; what was left
/// out and why; what was measured against what; what was judged, beside what was computed. What is below an objective is
/// told with it; what is below a structure or the comune only as far as it counts there.
#[must_use]
pub fn explain(scored: &Scored, rulebook: &Rulebook) -> Vec<String> {
    let mut said = Vec::new();
    tell(scored, rulebook, &mut said);
    said
}

fn tell(scored: &Scored, rulebook: &Rulebook, said: &mut Vec<String>) {
    said.push(reached(scored, rulebook));
    match &scored.how {
        How::Mean { parts, weight, counted, sum } => {
            let mean = Mean { of: scored, parts, weight: *weight, counted: *counted, sum: *sum };
            mean.tell(rulebook, said);
        }
        How::Measured { formula, value, expected, uncapped, cap } => {
            said.push(measured::formula(*formula, value, &rulebook.formulas));
            said.push(measured::value(value));
            said.extend(
                expected.as_ref().map(|words| format!("Il piano si attende: «{}».", named(words.as_str()))),
            );
            said.extend(measured::capped(*uncapped, *cap));
        }
        How::Nothing { value } => said.extend(value.as_ref().map(measured::value)),
    }
    said.extend(scored.judged.as_ref().map(|one| judged::sentence(one, scored.outcome)));
    if let (How::Mean { parts, .. }, true) = (&scored.how, is_told_whole(scored)) {
        for part in parts.iter().filter(|part| !is_empty(&part.scored)) {
            tell(&part.scored, rulebook, said);
        }
    }
}

/// Whether what is below it is told with it.
const fn is_told_whole(scored: &Scored) -> bool {
    matches!(scored.node.kind, NodeKind::Assignment | NodeKind::Phase)
}

/// Whether there is no more to say of a part than that it has no result.
const fn is_empty(scored: &Scored) -> bool {
    matches!(scored.how, How::Nothing { value: None })
}

/// What a node is called, as the subject of a sentence.
fn subject(scored: &Scored) -> String {
    let name = named(&scored.node.label);
    match scored.node.kind {
        NodeKind::Comune => "Il comune".to_owned(),
        NodeKind::Unit => format!("La struttura «{name}»"),
        NodeKind::Assignment => format!("L'obiettivo «{name}»"),
        NodeKind::Phase => format!("La fase «{name}»"),
        NodeKind::Indicator => format!("L'indicatore «{name}»"),
    }
}

fn reached(scored: &Scored, rulebook: &Rulebook) -> String {
    let subject = subject(scored);
    match scored.outcome {
        Outcome::Absent { why } => format!("{subject} non ha un risultato: {}.", since(why)),
        Outcome::Reached { percent } => {
            let reached = format!("{subject} raggiunge {} su 100", shown(percent));
            let Some(band) = &scored.band else { return format!("{reached}.") };
            let on = match rulebook.band_on {
                BandOn::Computed => "",
                BandOn::Shown => ", decisa sul risultato arrotondato",
            };
            format!("{reached} ed è nella fascia «{}»{on}.", band_label(band, rulebook))
        }
    }
}

fn band_label<'l>(code: &'l Code, rulebook: &'l Rulebook) -> &'l str {
    let band = rulebook.bands.as_slice().iter().find(|band| band.code == *code);
    band.map_or(code.as_str(), |band| band.label.as_str())
}

/// A mean to be told.
struct Mean<'m> {
    of: &'m Scored,
    parts: &'m [Part],
    weight: Decimal,
    counted: Decimal,
    sum: Decimal,
}

impl Mean<'_> {
    fn tell(&self, rulebook: &Rulebook, said: &mut Vec<String>) {
        said.push(self.made_of());
        // A single part that is told right after need not be told twice.
        let alone = is_told_whole(self.of) && self.parts.len() == 1;
        let again = |part: &Part| alone && !is_empty(&part.scored) && part.counts == part.scored.percent();
        let counting = self.parts.iter().filter(|part| part.counts.is_some() && !again(part));
        said.extend(counting.map(|part| self.counting(part, rulebook)));
        said.extend(self.sums());
        let left_out = self.parts.iter().filter(|part| part.counts.is_none());
        said.extend(left_out.map(|part| self.left_out(part)));
    }

    /// Whether all parts weigh the same, so that weights need not be told.
    fn is_even(&self) -> bool {
        let first = self.parts.first().and_then(|part| part.weight);
        first.is_some() && self.parts.iter().all(|part| part.weight == first)
    }

    fn made_of(&self) -> String {
        let kind = self.parts.first().map(|part| part.scored.node.kind);
        let alike = self.parts.iter().all(|part| Some(part.scored.node.kind) == kind);
        let (one, many, each) = match kind.filter(|_| alike) {
            Some(NodeKind::Unit) => ("una sola struttura", "strutture", ("ciascuna", "tutte")),
            Some(NodeKind::Assignment) => ("un solo obiettivo", "obiettivi", ("ciascuno", "tutti")),
            Some(NodeKind::Phase) => ("una sola fase", "fasi", ("ciascuna", "tutte")),
            Some(NodeKind::Indicator) => ("un solo indicatore", "indicatori", ("ciascuno", "tutti")),
            Some(NodeKind::Comune) | None => ("una sola parte", "parti", ("ciascuna", "tutte")),
        };
        let (each, every) = each;
        match self.parts.len() {
            0 => "Non c'è nulla da cui possa venire un risultato.".to_owned(),
            1 => format!("Il risultato viene da {one}."),
            count if self.is_even() => {
                format!("Il risultato è la media di {count} {many}, {every} con lo stesso peso.")
            }
            count => format!("Il risultato è la media di {count} {many}, {each} secondo il suo peso."),
        }
    }

    fn weighs(&self, part: &Part) -> String {
        match part.weight {
            Some(weight) if !self.is_even() => format!("pesa {} e ", plain(weight)),
            Some(_) | None => String::new(),
        }
    }

    fn counting(&self, part: &Part, rulebook: &Rulebook) -> String {
        let (subject, weighs) = (subject(&part.scored), self.weighs(part));
        let counts = part.counts.unwrap_or(super::Percent::ZERO);
        match part.scored.outcome {
            Outcome::Absent { why } => format!("{subject} {weighs}conta zero: {}.", since(why)),
            Outcome::Reached { percent } if percent == counts => {
                format!("{subject} {weighs}raggiunge {} su 100.", shown(percent))
            }
            Outcome::Reached { percent } => {
                let band = part.scored.band.as_ref().map_or("", |code| band_label(code, rulebook));
                let (reached, counts) = (shown(percent), shown(counts));
                format!(
                    "{subject} {weighs}raggiunge {reached} su 100, ma nella fascia «{band}» conta {counts}."
                )
            }
        }
    }

    /// The sums, exactly as they are divided.
    fn sums(&self) -> Option<String> {
        let mean = self.mean()?;
        if self.parts.len() == 1 {
            return None;
        }
        let (sum, counted) = (plain(self.sum), plain(self.counted));
        let divided = format!("{sum} diviso {counted} fa {}", shown(mean));
        let all = plain(self.weight);
        let counting = if self.counted == self.weight {
            format!("I pesi sommano a {all}")
        } else {
            format!("I pesi sommano a {all}, quelli che contano a {counted}")
        };
        Some(format!("{counting}: {divided}."))
    }

    /// The mean before it was judged.
    fn mean(&self) -> Option<super::Percent> {
        match self.of.judged.as_ref().map_or(self.of.outcome, |judged| judged.computed) {
            Outcome::Reached { percent } => Some(percent),
            Outcome::Absent { .. } => None,
        }
    }

    fn left_out(&self, part: &Part) -> String {
        let subject = subject(&part.scored);
        match (part.weight, part.scored.outcome) {
            (None, _) => format!("{subject} non conta: non ha un peso, mentre altre parti ne hanno uno."),
            (Some(_), Outcome::Absent { why }) => {
                format!("{subject} {}non conta: {}.", self.weighs(part), since(why))
            }
            (Some(_), Outcome::Reached { .. }) => format!("{subject} non conta."),
        }
    }
}

#[cfg(test)]
mod tests;
