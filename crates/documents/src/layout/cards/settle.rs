//! What is settled when all cards of a structure are known: which line of the summary each is, weights and codes that were lost.

use std::collections::{HashMap, HashSet};

use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;

use super::begins::{letters_of_code, number};
use super::lines::letters;
use crate::gathered::{Fields, Found, Gathered, Noticed};
use crate::layout::likeness::alike;
use crate::profile::Field;
use crate::source::Place;

/// How like two titles in the same place must be, in hundredths, to be of one objective.
const LIKE_IN_PLACE: usize = 40;
/// How like two titles must be wherever they stand.
const LIKE_ANYWHERE: usize = 60;
/// The most titles that are compared each with each.
const MOST_COMPARED: usize = 60;

/// A card that was read: its objective, and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) objective: usize,
    pub(super) begins: Place,
}

/// Settles the cards of a structure.
pub(super) fn settle(out: &mut Gathered, unit: usize, cards: &[Mark]) {
    let Some(summary) = out.units.get(unit).map(|unit| unit.summary.clone()) else { return };
    let lines = paired(out, cards, &summary);
    let letters = code_of_unit(out, unit, cards);
    let taken = cards.iter().filter_map(|card| number(code(out, card)?)).collect();
    let mut codes = Codes { unit, letters, taken };
    for (at, card) in cards.iter().enumerate() {
        let line = lines.get(at).copied().flatten();
        weigh(out, card, line.and_then(|line| summary.get(line)), summary.is_empty(), unit);
        let place = line.unwrap_or(at).saturating_add(1);
        codes.find(out, card, place);
    }
    let used: HashSet<usize> = lines.into_iter().flatten().collect();
    let left = summary.iter().enumerate().filter(|(line, _)| !used.contains(line) && !cards.is_empty());
    for (_, line) in left {
        out.noticed.extend(without_card(line, unit));
    }
}

fn code<'g>(out: &'g Gathered, card: &Mark) -> Option<&'g str> {
    Some(out.objectives.get(card.objective)?.fields.get(Field::Code)?.words.as_str())
}

/// For every card its line of the summary: by title, then by place and likeness, then by likeness, then by what is left.
fn paired(out: &Gathered, cards: &[Mark], summary: &[Fields]) -> Vec<Option<usize>> {
    let of = |fields: &Fields, field| fields.get(field).map_or(String::new(), |found| letters(&found.words));
    let title =
        |card: &Mark| out.objectives.get(card.objective).map(|objective| of(&objective.fields, Field::Title));
    let titles: Vec<String> = cards.iter().map(|card| title(card).unwrap_or_default()).collect();
    let lines: Vec<String> = summary.iter().map(|line| of(line, Field::SummaryTitle)).collect();
    let mut pairs = Pairs { lines: vec![None; titles.len()], free: vec![true; lines.len()] };
    let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
    for (line, words) in lines.iter().enumerate().rev() {
        known.entry(words).or_default().push(line);
    }
    for (card, words) in titles.iter().enumerate() {
        if let Some(line) = known.get_mut(words.as_str()).filter(|_| !words.is_empty()).and_then(Vec::pop) {
            pairs.take(card, line);
        }
    }
    for (card, (title, line)) in titles.iter().zip(&lines).enumerate() {
        if pairs.both_free(card, card) && alike(title, line) >= LIKE_IN_PLACE {
            pairs.take(card, card);
        }
    }
    pairs.by_likeness(&titles, &lines);
    pairs.what_is_left();
    pairs.lines
}

/// Which card is which line, as far as it is known.
struct Pairs {
    lines: Vec<Option<usize>>,
    free: Vec<bool>,
}

impl Pairs {
    fn take(&mut self, card: usize, line: usize) {
        if let (Some(of), Some(free)) = (self.lines.get_mut(card), self.free.get_mut(line)) {
            (*of, *free) = (Some(line), false);
        }
    }

    fn both_free(&self, card: usize, line: usize) -> bool {
        self.lines.get(card).is_some_and(Option::is_none) && self.free.get(line).is_some_and(|free| *free)
    }

    fn left(&self) -> (Vec<usize>, Vec<usize>) {
        let cards = self.lines.iter().enumerate().filter(|(_, line)| line.is_none()).map(|(card, _)| card);
        let lines = self.free.iter().enumerate().filter(|(_, free)| **free).map(|(line, _)| line);
        (cards.collect(), lines.collect())
    }

    fn by_likeness(&mut self, titles: &[String], lines: &[String]) {
        let (cards, free) = self.left();
        if cards.len() > MOST_COMPARED || free.len() > MOST_COMPARED {
            return;
        }
        let each = cards.iter().flat_map(|card| free.iter().map(move |line| (*card, *line)));
        let likeness = |(card, line): (usize, usize)| {
            let like = alike(titles.get(card)?, lines.get(line)?);
            (like >= LIKE_ANYWHERE).then_some((like, card, line))
        };
        let mut likely: Vec<(usize, usize, usize)> = each.filter_map(likeness).collect();
        likely.sort_by_key(|(like, card, _)| (std::cmp::Reverse(*like), *card));
        for (_, card, line) in likely {
            if self.both_free(card, line) {
                self.take(card, line);
            }
        }
    }

    /// As many cards as lines are left: they are each other's, in their order.
    fn what_is_left(&mut self) {
        let (cards, lines) = self.left();
        if cards.len() == lines.len() {
            cards.into_iter().zip(lines).for_each(|(card, line)| self.take(card, line));
        }
    }
}

/// The letters most codes of a structure's cards have: its own code, unless it has one.
fn code_of_unit(out: &mut Gathered, unit: usize, cards: &[Mark]) -> Option<String> {
    let mut counted: Vec<(String, usize, Place)> = Vec::new();
    for card in cards {
        let letters = code(out, card).map(letters_of_code).filter(|letters| !letters.is_empty());
        let Some(letters) = letters else { continue };
        let known = counted.iter_mut().find(|(known, _, _)| *known == letters);
        if let Some((_, count, _)) = known {
            *count = count.saturating_add(1);
        } else if counted.len() < MOST_COMPARED {
            counted.push((letters, 1, card.begins));
        }
    }
    let (letters, _, place) = counted.into_iter().rev().max_by_key(|(_, count, _)| *count)?;
    let fields = &mut out.units.get_mut(unit)?.fields;
    if fields.get(Field::Code).is_none() {
        fields.add(Field::Code, Found::new(letters.clone(), place).with(Confidence::Likely));
    }
    Some(letters)
}

/// Gives an objective its line of the summary. Where there is no summary the weight is the card's.
fn weigh(out: &mut Gathered, card: &Mark, line: Option<&Fields>, alone: bool, unit: usize) {
    let Some(objective) = out.objectives.get_mut(card.objective) else { return };
    let on_card = objective.fields.get(Field::CardWeight).cloned();
    if let (Some(weight), true) = (&on_card, alone) {
        objective.fields.add(Field::Weight, weight.clone());
    }
    let Some(line) = line else { return };
    let title = line.get(Field::SummaryTitle);
    if let Some(title) = title {
        objective.fields.add(Field::SummaryTitle, title.clone());
        if objective.fields.get(Field::Title).is_none() {
            objective.fields.add(Field::Title, title.clone().with(Confidence::Guess));
        }
    }
    let Some(weight) = line.get(Field::Weight) else { return };
    objective.fields.add(Field::Weight, weight.clone());
    if on_card.is_none() {
        out.noticed.push(Noticed {
            code: FindingCode::WeightMissing,
            place: card.begins,
            words: Some(weight.words.clone()),
            message: format!("Il peso non si legge sulla scheda: è quello del riepilogo ({}).", weight.words),
            suggestion: Some("Verificare il peso sul documento originale.".to_owned()),
            objective: Some(card.objective),
            unit: Some(unit),
        });
    }
}

/// The codes of the cards of a structure.
struct Codes {
    unit: usize,
    letters: Option<String>,
    taken: HashSet<usize>,
}

impl Codes {
    /// A card that lost its code, or the number of it, has the one of its place in the summary, if no other card has it.
    fn find(&mut self, out: &mut Gathered, card: &Mark, place: usize) {
        if code(out, card).is_some_and(|code| number(code).is_some()) || !self.taken.insert(place) {
            return;
        }
        let Some(objective) = out.objectives.get_mut(card.objective) else { return };
        let letters = self.letters.as_ref();
        let code = letters.map_or_else(|| place.to_string(), |letters| format!("{place}/{letters}"));
        let read = objective.fields.get(Field::Code).map(|found| found.words.clone());
        objective.fields.set(Field::Code, Found::new(code.clone(), card.begins).with(Confidence::Guess));
        out.noticed.push(Noticed {
            code: FindingCode::NumberOutOfSequence,
            place: card.begins,
            words: read,
            message: format!("La scheda ha perso il codice: dalla posizione nel riepilogo è {code}."),
            suggestion: Some(format!("Verificare sul documento originale che il codice sia {code}.")),
            objective: Some(card.objective),
            unit: Some(self.unit),
        });
    }
}

fn without_card(line: &Fields, unit: usize) -> Option<Noticed> {
    let title = line.get(Field::SummaryTitle)?;
    Some(Noticed {
        code: FindingCode::NumberOutOfSequence,
        place: title.place,
        words: Some(title.words.clone()),
        message: "Il riepilogo ha un obiettivo di cui non si trova la scheda.".to_owned(),
        suggestion: Some("Verificare se la scheda manca o se il titolo è di un'altra.".to_owned()),
        objective: None,
        unit: Some(unit),
    })
}
