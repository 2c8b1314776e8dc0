//! Which template an objective looks like, and why: by the words templates say things with, found near one another in what the
//! objective says of itself. A suggestion is for a person to take up: nothing here binds anything.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::Template;
use crate::objective::ObjectiveFacts;
use crate::text::{Code, Line};

mod generic;
mod reasons;
mod zones;

use generic::Generic;
use zones::{Zone, ZoneKind, zones_of};

/// An objective and a template it looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The template.
    pub template: Code,
    /// The version that was looked at.
    pub version: i32,
    /// Its title.
    pub title: String,
    /// How alike they are, per mille.
    pub score: u16,
    /// Whether no other template is nearly as like: what is not clear is for a person to tell apart.
    pub clear: bool,
    /// Why, in words.
    pub reasons: Vec<String>,
}

/// Below this likeness nothing is suggested.
pub const LEAST: u16 = 600;

/// How far the first must be ahead of the second to be clear.
pub const AHEAD: u16 = 100;

/// What a cue of one word counts for: it may stand in another subject's sentence.
const OF_ONE_WORD: u32 = 800;
/// What one word of a longer cue counts for at most.
const ONE_OF_SEVERAL: u32 = 450;
/// How many words may stand between those of a cue.
const BETWEEN: usize = 3;
/// What the name of an indicator counts for beside the title and the cues, in hundredths.
const OF_INDICATORS: u32 = 85;
/// What the best place counts for in the score, in hundredths; the rest is how much of the text the template explains.
const BEST: u32 = 60;
/// What the second best place adds, in hundredths.
const SECOND: u32 = 15;
/// What an indicator in the same unit and direction adds, where the unit says something.
const SAME_UNIT: u32 = 30;

/// What templates are known by, made ready once for many objectives.
#[derive(Debug)]
pub struct Suggester<'t> {
    known: Vec<Known<'t>>,
    words: Rarity,
}

#[derive(Debug)]
struct Known<'t> {
    template: &'t Template,
    cues: Vec<Cue>,
    vocabulary: BTreeSet<String>,
}

/// A phrase a template says things with.
#[derive(Debug)]
struct Cue {
    text: String,
    stems: BTreeSet<String>,
    of_indicator: bool,
}

/// What words count: nothing tells much that every plan is full of, and the rarer among templates the more.
#[derive(Debug)]
struct Rarity {
    generic: Generic,
    templates: HashMap<String, usize>,
}

/// How a template is found in one place.
struct Found<'f> {
    score: u32,
    zone: &'f Zone,
    cue: &'f Cue,
    words: Vec<&'f str>,
}

/// The templates an objective looks like, the most alike first; none below [`LEAST`].
#[must_use]
pub fn suggest(facts: &ObjectiveFacts, templates: &[Template]) -> Vec<Suggestion> {
    Suggester::of(templates).suggest(facts)
}

impl<'t> Suggester<'t> {
    /// What these templates are known by.
    #[must_use]
    pub fn of(templates: &'t [Template]) -> Self {
        let known: Vec<Known<'t>> = templates.iter().map(Known::of).collect();
        let mut count: HashMap<String, usize> = HashMap::new();
        for stem in known.iter().flat_map(|one| &one.vocabulary) {
            let count = count.entry(stem.clone()).or_default();
            *count = count.saturating_add(1);
        }
        Self { known, words: Rarity { generic: Generic::new(), templates: count } }
    }

    /// The templates an objective looks like, the most alike first; none below [`LEAST`].
    #[must_use]
    pub fn suggest(&self, facts: &ObjectiveFacts) -> Vec<Suggestion> {
        let zones = zones_of(facts);
        let mut found: Vec<(u16, &Known<'_>, Vec<Found<'_>>)> = Vec::new();
        for known in &self.known {
            let places = self.words.places(known, &zones);
            let score = self.words.score(known, &zones, &places, facts);
            if score > 0 {
                found.push((score, known, places));
            }
        }
        found.sort_by(|one, other| {
            let by_code = || one.1.template.code.cmp(&other.1.template.code);
            Reverse(one.0).cmp(&Reverse(other.0)).then_with(by_code)
        });
        let second = found.get(1).map_or(0, |(score, ..)| *score);
        let told = found.into_iter().take_while(|(score, ..)| *score >= LEAST).enumerate();
        let suggestions = told.map(|(at, (score, known, places))| Suggestion {
            template: known.template.code.clone(),
            version: known.template.number,
            title: known.template.facts.title.as_str().to_owned(),
            score,
            clear: at == 0 && score >= second.saturating_add(AHEAD),
            reasons: reasons::of(known.template, facts, &places),
        });
        suggestions.collect()
    }
}

impl<'t> Known<'t> {
    fn of(template: &'t Template) -> Self {
        let facts = &template.facts;
        let cue = |text: &str, of_indicator| Cue {
            text: text.to_owned(),
            stems: zones::stems_in_order(text).into_iter().map(|(stem, _)| stem).collect(),
            of_indicator,
        };
        let said = std::iter::once(facts.title.as_str()).chain(facts.said_also.iter().map(Line::as_str));
        let mut cues: Vec<Cue> = said.map(|text| cue(text, false)).collect();
        cues.extend(facts.indicators.iter().map(|one| cue(one.name.as_str(), true)));
        cues.retain(|cue| !cue.stems.is_empty());
        let vocabulary = cues.iter().flat_map(|cue| cue.stems.iter().cloned()).collect();
        Self { template, cues, vocabulary }
    }
}

impl Rarity {
    fn weight(&self, stem: &str) -> u32 {
        if self.generic.has(stem) {
            return 2;
        }
        match self.templates.get(stem) {
            Some(1 | 2) => 6,
            Some(3) => 5,
            Some(_) | None => 4,
        }
    }

    fn sum<'s>(&self, stems: impl IntoIterator<Item = &'s String>) -> u32 {
        stems.into_iter().fold(0, |sum, stem| sum.saturating_add(self.weight(stem)))
    }

    /// The best cue of a template in each kind of place, the best first.
    fn places<'f>(&self, known: &'f Known<'_>, zones: &'f [Zone]) -> Vec<Found<'f>> {
        let mut best: Vec<Found<'f>> = Vec::new();
        for zone in zones {
            for cue in &known.cues {
                let Some((score, words)) = self.said(cue, zone) else { continue };
                match best.iter_mut().find(|one| one.zone.kind == zone.kind) {
                    Some(one) if one.score >= score => {}
                    Some(one) => *one = Found { score, zone, cue, words },
                    None => best.push(Found { score, zone, cue, words }),
                }
            }
        }
        best.sort_by_key(|one| (Reverse(one.score), one.zone.kind));
        best
    }

    /// How well a cue is said in a place, and by which words there.
    fn said<'z>(&self, cue: &Cue, zone: &'z Zone) -> Option<(u32, Vec<&'z str>)> {
        let reach = cue.stems.len().saturating_add(BETWEEN);
        let mut best: Option<(u32, BTreeSet<&String>, Vec<&'z str>)> = None;
        for (at, _) in zone.words.iter().enumerate().filter(|(_, (stem, _))| cue.stems.contains(stem)) {
            let (mut stems, mut words) = (BTreeSet::new(), Vec::new());
            for (stem, word) in zone.words.iter().skip(at).take(reach) {
                if cue.stems.contains(stem) && stems.insert(stem) {
                    words.push(word.as_str());
                }
            }
            let weight = self.sum(stems.iter().copied());
            if best.as_ref().is_none_or(|(most, ..)| weight > *most) {
                best = Some((weight, stems, words));
            }
        }
        let (weight, stems, words) = best?;
        let whole = stems.len() == cue.stems.len();
        let tells = stems.iter().any(|stem| !self.generic.has(stem)) || (whole && stems.len() > 1);
        if !tells {
            return None;
        }
        let share = weight.saturating_mul(1000).checked_div(self.sum(&cue.stems)).unwrap_or_default();
        let share = match (cue.stems.len(), stems.len()) {
            (1, _) => OF_ONE_WORD,
            (_, 1) => share.min(ONE_OF_SEVERAL),
            (_, _) => share,
        };
        let hundredths = if cue.of_indicator { OF_INDICATORS } else { 100 };
        Some((part(part(share, hundredths, 100), zone.kind.weight(), 1000), words))
    }

    fn score(&self, known: &Known<'_>, zones: &[Zone], places: &[Found<'_>], facts: &ObjectiveFacts) -> u16 {
        let Some(best) = places.first() else { return 0 };
        let explained = zones.iter().map(|zone| self.explained(known, zone)).max().unwrap_or_default();
        let second = places.get(1).map_or(0, |one| one.score);
        let unit = if reasons::same_unit(known.template, facts).is_some() { SAME_UNIT } else { 0 };
        let score = part(best.score, BEST, 100)
            .saturating_add(part(explained.min(best.score), 100_u32.saturating_sub(BEST), 100))
            .saturating_add(part(second, SECOND, 100))
            .saturating_add(unit);
        u16::try_from(score.min(1000)).unwrap_or(1000)
    }

    /// How much of the title or the purpose is words of the template.
    fn explained(&self, known: &Known<'_>, zone: &Zone) -> u32 {
        match zone.kind {
            ZoneKind::Title | ZoneKind::Purpose => {}
            ZoneKind::RestOfTitle
            | ZoneKind::Indicator
            | ZoneKind::Result
            | ZoneKind::Description
            | ZoneKind::Phase => return 0,
        }
        let stems: BTreeSet<&String> = zone.words.iter().map(|(stem, _)| stem).collect();
        let shared = self.sum(stems.iter().copied().filter(|stem| known.vocabulary.contains(*stem)));
        let all = self.sum(stems.iter().copied());
        let share = shared.saturating_mul(1000).checked_div(all).unwrap_or_default();
        part(share, zone.kind.weight(), 1000)
    }
}

fn part(number: u32, share: u32, of: u32) -> u32 {
    number.saturating_mul(share).checked_div(of).unwrap_or_default()
}

#[cfg(test)]
mod tests;
