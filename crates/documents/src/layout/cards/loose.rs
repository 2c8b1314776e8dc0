//! The lines of a card no table claims, placed when all of the card is known: as the plan says them elsewhere, as a header just
//! before them says, as the sentence they go on with says. What none of these says stays not understood.

use traguardo_domain::reading::Confidence;

use super::card::{Card, Event, Spot};
use super::echo::Echo;
use super::lines::{letters, reads_as};
use super::words::{begins_small, breaks_off};
use crate::gathered::Found;
use crate::profile::Field;
use crate::source::Place;

/// What became of the loose lines of a card.
#[derive(Debug, Default)]
pub(super) struct Placed {
    /// Lines whose words are values.
    pub(super) values: Vec<Place>,
    /// Words that were read badly and then again, with where.
    pub(super) replaced: Vec<(Place, String)>,
    /// The columns that were named and whose words may come.
    expected: Vec<Field>,
}

/// Places the loose lines of a card.
pub(super) fn place(card: &mut Card, echo: &Echo) -> Placed {
    let mut placed = Placed::default();
    for event in std::mem::take(&mut card.events) {
        match event {
            Event::Named(fields) => placed.expect(&fields),
            Event::Loose(found, before) => {
                let known = placed.as_elsewhere(card, echo, &found);
                if known || placed.as_expected(card, &found) || goes_on(card, &found, before) {
                    placed.values.push(found.place);
                    placed.values.extend(found.more);
                }
            }
        }
    }
    placed
}

impl Placed {
    /// The columns named last come first; those of results are blank in a plan.
    fn expect(&mut self, fields: &[Field]) {
        let blank =
            [Field::Actual, Field::Notes, Field::Deadline, Field::Profile, Field::Indicator, Field::Target];
        let mut next: Vec<Field> = fields.iter().filter(|field| !blank.contains(field)).copied().collect();
        self.expected.retain(|field| !next.contains(field));
        next.append(&mut self.expected);
        self.expected = next;
    }

    /// Words the plan says elsewhere: all of a cell, after the end of one, at its beginning.
    fn as_elsewhere(&mut self, card: &mut Card, echo: &Echo, found: &Found) -> bool {
        let words = found.words.as_str();
        if echo.whole(words).is_some_and(|field| put(card, field, found, Confidence::Likely)) {
            return true;
        }
        if let Some(spot) = card.going_on(echo, words) {
            card.go_on(spot, found);
            return true;
        }
        let Some(field) = echo.begins(words) else { return false };
        put(card, field, found, Confidence::Likely) || self.read_again(card, field, found)
    }

    /// Words of a column that was named before them and has none.
    fn as_expected(&mut self, card: &mut Card, found: &Found) -> bool {
        let free = self.expected.iter().position(|field| is_free(card, *field));
        let Some(field) = free.map(|at| self.expected.remove(at)) else { return false };
        put(card, field, found, Confidence::Guess)
    }

    /// Words that a scan read badly in their cell and well outside of it.
    fn read_again(&mut self, card: &mut Card, field: Field, found: &Found) -> bool {
        let spot = card.spot(field);
        let Some(known) = card.at(spot) else { return false };
        let longer = known.words.len() > found.words.len().saturating_mul(2);
        if longer || !reads_as(&letters(&known.words), &letters(&found.words)) {
            return false;
        }
        self.replaced.push((known.place, std::mem::replace(&mut known.words, found.words.clone())));
        known.more.push(found.place);
        known.confidence = Confidence::Likely;
        true
    }
}

/// Words that begin small go on with the words just before them, where these break off.
fn goes_on(card: &mut Card, found: &Found, before: Option<Spot>) -> bool {
    let Some(spot) = before.filter(|_| begins_small(&found.words)) else { return false };
    let open = card.at(spot).is_some_and(|known| breaks_off(&known.words));
    if open {
        card.go_on(spot, found);
    }
    open
}

/// Whether nothing is known of a field: of steps, whether the last one lacks it.
fn is_free(card: &mut Card, field: Field) -> bool {
    let spot = card.spot(field);
    card.at(spot).is_none()
}

fn put(card: &mut Card, field: Field, found: &Found, confidence: Confidence) -> bool {
    if !is_free(card, field) {
        return false;
    }
    let found = found.clone().with(confidence);
    if field == Field::Step || field == Field::StepTimes {
        let last = card.objective.steps.last_mut();
        match last {
            Some(last) => last.add(field, found),
            None if field == Field::Step => card.add_step(Some(found), None),
            None => card.add_step(None, Some(found)),
        }
    } else {
        card.objective.fields.add(field, found);
    }
    true
}
