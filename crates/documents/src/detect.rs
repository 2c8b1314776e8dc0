//! Detection: which profile reads a source best, with what speaks for it. Each profile reads the source, or its beginning where
//! it is long, and is judged by what came of it; nothing is guessed from the look of the file.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::gathered::{Fields, Found, Gathered, GatheredObjective, Use};
use crate::layout;
use crate::profile::{Field, Layout, Profile};
use crate::source::Source;

#[cfg(test)]
mod tests;

/// How many lines are read to judge; a plan shows what it is long before.
const LINES: usize = 5_000;
/// The kinds of values an objective has in a plan that is read well.
const VALUES: usize = 4;
/// The whole, where shares are counted in thousandths.
const WHOLE: usize = 1_000;

/// A profile that may read a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The name of the profile.
    pub profile: String,
    /// How well it reads the source: a decimal from `0` to `1`.
    pub score: String,
    /// What it found, in Italian.
    pub reasons: Vec<String>,
}

impl Proposal {
    /// Whether anything of the source was understood.
    #[must_use]
    pub fn understands(&self) -> bool {
        self.score.bytes().any(|digit| matches!(digit, b'1'..=b'9'))
    }
}

/// The profiles by how well they read a source, the best first; of equals, the one that comes first.
#[must_use]
pub fn detect(source: &Source, profiles: &[Profile]) -> Vec<Proposal> {
    let beginning = beginning(source);
    let judged = profiles.iter().map(|profile| judge(&beginning, profile));
    let mut judged: Vec<(usize, Proposal)> = judged.collect();
    judged.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    judged.into_iter().map(|(_, proposal)| proposal).collect()
}

/// The source, or as much of it as it takes to judge.
fn beginning(source: &Source) -> Source {
    let lines = source.lines().iter().take(LINES).cloned().collect();
    Source::new(source.format, source.encoding, source.digest, source.sheets.clone(), lines)
}

fn judge(source: &Source, profile: &Profile) -> (usize, Proposal) {
    let gathered = layout::gather(source, profile);
    let seen = Seen::of(&gathered);
    let score = seen.score();
    let score_written = match score {
        WHOLE.. => "1".to_owned(),
        score => format!("0.{score:03}"),
    };
    let reasons = seen.reasons(profile.layout);
    (score, Proposal { profile: profile.name.clone(), score: score_written, reasons })
}

/// What came of reading a source with a profile, in numbers.
#[derive(Debug, Default)]
struct Seen {
    /// Lines with something in them.
    lines: usize,
    /// Lines that were understood.
    understood: usize,
    /// Understood lines that are only words of the narrative.
    narrative: usize,
    headers: usize,
    units: usize,
    objectives: usize,
    titled: usize,
    /// How many kinds of values all objectives have together, none counted for more than it should have.
    values: usize,
    phases: usize,
    indicators: usize,
}

impl Seen {
    fn of(gathered: &Gathered) -> Self {
        let mut uses: BTreeMap<&'static str, usize> = BTreeMap::new();
        for became in gathered.uses() {
            let count = uses.entry(kind_of(*became)).or_default();
            *count = count.saturating_add(1);
        }
        let count = |kind| uses.get(kind).copied().unwrap_or_default();
        let objectives = &gathered.objectives;
        Self {
            lines: count("understood").saturating_add(count("header")).saturating_add(count("lost")),
            understood: count("understood").saturating_add(count("header")),
            narrative: narrative_lines(gathered),
            headers: count("header"),
            units: gathered.units.len(),
            objectives: objectives.len(),
            titled: objectives.iter().filter(|objective| is_titled(objective)).count(),
            values: objectives.iter().map(|objective| values_of(objective).min(VALUES)).sum(),
            phases: objectives.iter().map(|objective| objective.phases.len()).sum(),
            indicators: objectives.iter().map(|objective| objective.indicators.len()).sum(),
        }
    }

    /// How well the source was read, in thousandths: how much of it, and how much of an objective was found of each. A line
    /// that is only kept as narrative speaks half for a profile, for any line can be kept so.
    fn score(&self) -> usize {
        let telling = self.understood.saturating_mul(2).saturating_sub(self.narrative);
        let coverage = share(telling, self.lines.saturating_mul(2));
        let titled = share(self.titled, self.objectives);
        let fullness = share(self.values, self.objectives.saturating_mul(VALUES));
        let objectives =
            fullness.saturating_add(WHOLE).saturating_mul(titled).div_euclid(WHOLE.saturating_mul(2));
        coverage.saturating_mul(objectives).div_euclid(WHOLE)
    }

    fn reasons(&self, layout: Layout) -> Vec<String> {
        let objectives = match layout {
            Layout::Table => "obiettivi nelle righe di tabelle",
            Layout::Cards => "schede di obiettivi",
            Layout::Lists => "obiettivi in elenchi",
            Layout::Blocks => "blocchi di obiettivi",
        };
        let mut reasons = vec![format!("coperte {} righe su {}", self.understood, self.lines)];
        let counted = [
            (self.objectives, objectives),
            (self.units, "strutture"),
            (self.headers, "intestazioni di tabella"),
            (self.phases, "fasi"),
            (self.indicators, "indicatori"),
            (self.narrative, "righe di testo narrativo"),
            (self.objectives.saturating_sub(self.titled), "obiettivi senza titolo"),
        ];
        reasons.extend(
            counted.into_iter().filter(|(count, _)| *count > 0).map(|(count, of)| format!("{of}: {count}")),
        );
        if self.objectives == 0 {
            reasons.push("nessun obiettivo".to_owned());
        }
        reasons
    }
}

const fn kind_of(became: Use) -> &'static str {
    match became {
        Use::Value | Use::Heading | Use::Total | Use::Decoration => "understood",
        Use::Header | Use::RepeatedHeader => "header",
        Use::Blank => "blank",
        Use::NotUnderstood => "lost",
    }
}

/// How many lines are only words of the narrative.
fn narrative_lines(gathered: &Gathered) -> usize {
    let places = |found: &Found| {
        let more = found.more.iter().map(|place| place.line);
        std::iter::once(found.place.line).chain(more.collect::<Vec<_>>())
    };
    let lines: HashSet<usize> =
        gathered.sections.iter().flat_map(|section| &section.lines).flat_map(places).collect();
    lines.len()
}

fn is_titled(objective: &GatheredObjective) -> bool {
    objective.fields.get(Field::Title).is_some_and(|title| title.words.chars().any(char::is_alphabetic))
}

/// How many kinds of values an objective has, its title aside; its phases, indicators and steps among them.
fn values_of(objective: &GatheredObjective) -> usize {
    let parts = objective.phases.iter().chain(&objective.indicators).chain(&objective.steps);
    let fields = parts.chain([&objective.fields]).flat_map(Fields::iter).map(|(field, _)| *field);
    let telling = fields.filter(|field| !matches!(field, Field::Title | Field::Number | Field::Ignored));
    telling.collect::<HashSet<Field>>().len()
}

fn share(part: usize, whole: usize) -> usize {
    part.saturating_mul(WHOLE).checked_div(whole).unwrap_or_default().min(WHOLE)
}
