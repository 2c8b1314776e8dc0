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
    /// Where the loose line just before went.
    last: Option<Spot>,
}

/// Places the loose lines of a card.
pub(super) fn place(card: &mut Card, echo: &Echo) -> Placed {
    let mut placed = Placed::default();
    for event in std::mem::take(&mut card.events) {
        match event {
            Event::Named(fields) => {
                placed.expect(&fields);
                placed.last = None;
            }
            Event::Loose(found, before) => {
                placed.last = placed.find(card, echo, &found, before);
                if placed.last.is_some() {
                    placed.values.push(found.place);
                    placed.values.extend(found.more);
                }
            }
        }
    }
    placed
}

impl Placed {
    fn find(&mut self, card: &mut Card, echo: &Echo, found: &Found, before: Option<Spot>) -> Option<Spot> {
        self.as_elsewhere(card, echo, found)
            .or_else(|| goes_on(card, found, self.last, |words| !words.ends_with(['.', ';', ':'])))
            .or_else(|| self.as_expected(card, found))
            .or_else(|| goes_on(card, found, before, breaks_off))
    }

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
    fn as_elsewhere(&mut self, card: &mut Card, echo: &Echo, found: &Found) -> Option<Spot> {
        let words = found.words.as_str();
        if let Some(spot) = echo.whole(words).and_then(|field| put(card, field, found, Confidence::Likely)) {
            return Some(spot);
        }
        if let Some(spot) = card.going_on(echo, words) {
            card.go_on(spot, found);
            return Some(spot);
        }
        let field = echo.begins(words)?;
        put(card, field, found, Confidence::Likely).or_else(|| self.read_again(card, field, found))
    }

    /// Words of a column that was named before them and has none.
    fn as_expected(&mut self, card: &mut Card, found: &Found) -> Option<Spot> {
        let free = self.expected.iter().position(|field| is_free(card, *field))?;
        let field = self.expected.remove(free);
        put(card, field, found, Confidence::Guess)
    }

    /// Words that a scan read badly in their cell and well outside of it.
    fn read_again(&mut self, card: &mut Card, field: Field, found: &Found) -> Option<Spot> {
        let spot = card.spot(field);
        let known = card.at(spot)?;
        let longer = known.words.len() > found.words.len().saturating_mul(2);
        if longer || !reads_as(&letters(&known.words), &letters(&found.words)) {
            return None;
        }
        self.replaced.push((known.place, std::mem::replace(&mut known.words, found.words.clone())));
        known.more.push(found.place);
        known.confidence = Confidence::Likely;
        Some(spot)
    }
}

/// Words that begin small go on with the words just before them, where these are open.
fn goes_on(
    card: &mut Card,
    found: &Found,
    before: Option<Spot>,
    open: impl Fn(&str) -> bool,
) -> Option<Spot> {
    let spot = before.filter(|_| begins_small(&found.words))?;
    let open = card.at(spot).is_some_and(|known| open(&known.words));
    if open {
        card.go_on(spot, found);
    }
    open.then_some(spot)
}

/// Whether nothing is known of a field: of steps, whether the last one lacks it.
fn is_free(card: &mut Card, field: Field) -> bool {
    let spot = card.spot(field);
    card.at(spot).is_none()
}

fn put(card: &mut Card, field: Field, found: &Found, confidence: Confidence) -> Option<Spot> {
    if !is_free(card, field) {
        return None;
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
    Some(card.spot(field))
}
