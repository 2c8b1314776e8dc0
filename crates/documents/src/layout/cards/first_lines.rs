//! The first lines of cards: the weight before, the code and the title, whole or spoiled, printed twice or lost.

use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;

use super::begins::{Begin, begin, letters_of_code, number, weight};
use super::card::Card;
use super::cells::found;
use super::lines::{Cell, Line, letters};
use super::{Open, Reading};
use crate::gathered::{Found, Use};
use crate::layout::likeness::alike;
use crate::profile::Field;
use crate::source::Place;

/// How like two titles are, in hundredths, when a card is printed twice.
const SAME: usize = 80;

impl Reading<'_> {
    /// Takes the weight that stands before a card.
    pub(super) fn weigh(&mut self, at: usize, line: &Line) -> bool {
        let Some(cards) = &self.profile.cards else { return false };
        let Some((first, others)) = line.cells.split_first() else { return false };
        let stained = others.iter().all(|cell| cell.letters.chars().count() < 2);
        let Some(words) = weight(cards, &first.words).filter(|_| stained) else { return false };
        let later = self.lines.get(at.saturating_add(1)..).unwrap_or_default();
        let next = later.iter().take(4).find(|line| !line.is_ruled() && !line.is_stained());
        if next.is_none_or(|next| self.beginning(next).is_none()) {
            return false;
        }
        self.close_card_unless_bare();
        self.weight = Some(Found::new(words, first.place));
        self.out.put(line.at, Use::Value);
        true
    }

    /// The beginning of a card a line is, and the cells that go on with its title.
    pub(super) fn beginning<'l>(&self, line: &'l Line) -> Option<(Begin, &'l [Cell])> {
        let cards = self.profile.cards.as_ref()?;
        let (first, others) = line.cells.split_first()?;
        if let Some(begin) = begin(cards, &first.words) {
            return Some((begin, others));
        }
        let (second, others) = others.split_first()?;
        if first.letters.chars().count() > super::names::LONGEST || second.letters.chars().count() > 12 {
            return None;
        }
        Some((begin(cards, &[first.words.as_str(), &second.words].join(" "))?, others))
    }

    /// Begins a card, where a line is the first of one.
    pub(super) fn begin(&mut self, at: usize, line: &Line) -> bool {
        let Some((begin, others)) = self.beginning(line) else { return self.begin_without_code(at, line) };
        let Some(place) = line.cells.first().map(|cell| cell.place) else { return false };
        let mut title = begin.title.clone().map(|title| Found::new(title, place));
        let mut last = place.cell;
        for cell in others {
            let gap = last.saturating_add(1) < cell.place.cell;
            last = cell.place.cell;
            if gap && cell.letters.chars().count() < 2 {
                continue;
            }
            match &mut title {
                Some(title) => {
                    title.words = self.echo.join(&title.words, &cell.words);
                    title.more.push(cell.place);
                    title.confidence = Confidence::Likely;
                }
                None => title = Some(found(cell)),
            }
        }
        if self.prints_again(&begin, title.as_ref(), line) {
            return true;
        }
        self.close_card();
        self.out.put(line.at, Use::Value);
        let mut card = Card { begins: Some(place), code: Some(begin.code.clone()), ..Card::default() };
        card.objective.fields.add(Field::Code, Found::new(begin.code.clone(), place));
        let weight = begin.weight.map(|words| Found::new(words, place)).or_else(|| self.weight.take());
        if let Some(weight) = weight {
            card.objective.fields.add(Field::CardWeight, weight);
        }
        self.card = Some(card);
        if let Some(title) = title {
            self.title(title, &begin.code);
        }
        true
    }

    /// Gives the open card its title, without its code where that is printed again before it.
    fn title(&mut self, mut title: Found, code: &str) {
        let again = self.profile.cards.as_ref().and_then(|cards| begin(cards, &title.words));
        if let Some(Begin { title: Some(rest), code: again, .. }) = again
            && again == code
        {
            let message = "Il codice della scheda è ripetuto davanti al titolo: tolto.";
            self.notice(
                FindingCode::HeadingInsideData,
                title.place,
                Some(title.words.clone()),
                message.to_owned(),
            );
            title.words = rest;
        }
        if let Some(card) = &mut self.card {
            card.objective.fields.add(Field::Title, title);
        }
    }

    /// A first line that prints the open card again, before anything of it was read: one objective, not two.
    fn prints_again(&mut self, begin: &Begin, title: Option<&Found>, line: &Line) -> bool {
        let Some(card) = self.card.as_mut().filter(|card| card.is_bare()) else { return false };
        let (Some(code), Some(place)) = (card.code.clone(), card.begins) else { return false };
        let same_letters = letters_of_code(&code) == letters_of_code(&begin.code);
        let lost = number(&begin.code).is_none() || number(&code).is_none();
        let known = card.objective.fields.get(Field::Title).map(|title| letters(&title.words));
        let alike = match (&known, title) {
            (Some(known), Some(title)) => alike(known, &letters(&title.words)) >= SAME,
            (None, _) | (_, None) => true,
        };
        if !(code == begin.code || (lost && same_letters)) || !alike {
            return false;
        }
        if known.is_none()
            && let Some(title) = title
        {
            card.objective.fields.add(Field::Title, title.clone());
        }
        if number(&code).is_none() {
            card.code = Some(begin.code.clone());
            card.objective
                .fields
                .set(Field::Code, Found::new(begin.code.clone(), Place { line: line.at, cell: 0 }));
        }
        if let Some(weight) = self.weight.take() {
            card.objective.fields.add(Field::CardWeight, weight);
        }
        self.out.put(line.at, Use::Heading);
        let first = self.source.spot(place).line;
        let message = format!(
            "La prima riga della scheda è stampata due volte (la prima alla riga {first}): un solo obiettivo."
        );
        let place = Place { line: line.at, cell: 0 };
        self.notice(FindingCode::NumberOutOfSequence, place, Some(line.words()), message);
        true
    }

    /// Begins a card that lost its code: the line just above the table cards begin with, when the open card has that already.
    fn begin_without_code(&mut self, at: usize, line: &Line) -> bool {
        let next = self.headers.get(&at.saturating_add(1));
        let opening = next.is_some_and(|header| self.begins_table(header));
        let finished = match &self.card {
            Some(card) => {
                card.tables.len() > 1 && self.opening.is_some_and(|(table, _)| card.has_table(table))
            }
            None => self.open == Open::Objectives,
        };
        let title =
            line.cells.iter().max_by_key(|cell| cell.words.len()).filter(|cell| cell.letters.len() > 3);
        let Some(title) = title.filter(|_| opening && finished) else { return false };
        self.close_card();
        let place = line.cells.first().map_or(title.place, |cell| cell.place);
        let mut card = Card { begins: Some(place), ..Card::default() };
        card.objective.fields.add(Field::Title, found(title));
        if let Some(weight) = self.weight.take() {
            card.objective.fields.add(Field::CardWeight, weight);
        }
        self.card = Some(card);
        self.out.put(line.at, Use::Value);
        true
    }
}
