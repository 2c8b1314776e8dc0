//! Invented requests to see acts and data, and procedures.

use traguardo_domain::access_request::{AccessKind, AccessOutcome, AccessRequest, Closing};
use traguardo_domain::procedure::Procedure;
use traguardo_domain::text::{ExternalId, Line};

use super::{Comune, YEAR};
use crate::demo::dice::{Dice, after};
use crate::demo::{day, unfit};
use crate::failure::Failure;

/// What is asked for.
const OBJECTS: [&str; 5] = [
    "Permessi di costruire rilasciati in una via",
    "Spese per la manutenzione delle strade",
    "Verbali di una commissione",
    "Contratto di affidamento di un servizio",
    "Dati sulla raccolta differenziata",
];

/// Types of procedures, and their terms.
const KINDS: [(&str, u16); 5] = [
    ("Permesso di costruire", 90),
    ("Occupazione di suolo pubblico", 30),
    ("Iscrizione all'asilo nido", 60),
    ("Contributo economico", 60),
    ("Autorizzazione commerciale", 60),
];

/// How many days, of those of its term in a hundred, a comune needs at the least.
const PACE: [u64; 5] = [35, 55, 45, 25, 60];

/// One of several, by a number.
fn one_of<T: Copy>(all: &[T], number: u64) -> Option<T> {
    let count = u64::try_from(all.len()).ok()?;
    all.get(usize::try_from(number.checked_rem(count)?).ok()?).copied()
}

/// Requests of the year.
pub(super) fn of_access(comune: &Comune) -> Result<Vec<AccessRequest>, Failure> {
    let mut dice = Dice::of(comune.number, 3);
    let count = comune.residents.checked_div(800).unwrap_or_default().saturating_add(12);
    let request = |number: u64| {
        let received = dice.within(day(YEAR, 1, 7), 330);
        let answered = after(received, dice.below(27).saturating_add(4));
        let late = dice.happens(one_of(&PACE, comune.number).unwrap_or_default().saturating_sub(20));
        let on = if late { after(answered, 14) } else { answered };
        let kinds = [AccessKind::Simple, AccessKind::Generalised, AccessKind::Documentary];
        let outcomes =
            [AccessOutcome::Granted, AccessOutcome::Granted, AccessOutcome::Partly, AccessOutcome::Refused];
        Ok(AccessRequest {
            key: ExternalId::parse(&format!("{YEAR}-ACC-{number}")).map_err(unfit)?,
            kind: one_of(&kinds, dice.below(3)).unwrap_or(AccessKind::Generalised),
            object: Line::parse(one_of(&OBJECTS, dice.below(5)).unwrap_or_default()).map_err(unfit)?,
            received,
            suspensions: Vec::new(),
            closed: one_of(&outcomes, dice.below(4)).map(|outcome| Closing { on, outcome }),
            review: None,
            unit: comune.unit(number),
        })
    };
    (0..count).map(request).collect()
}

/// Procedures of the year.
pub(super) fn procedures(comune: &Comune) -> Result<Vec<Procedure>, Failure> {
    let mut dice = Dice::of(comune.number, 4);
    let count = comune.residents.checked_div(250).unwrap_or_default().saturating_add(40);
    let pace = one_of(&PACE, comune.number).unwrap_or(40);
    let procedure = |number: u64| {
        let (kind, term) = one_of(&KINDS, dice.below(5)).unwrap_or_default();
        let started = dice.within(day(YEAR, 1, 2), 300);
        let hundredths = pace.saturating_add(dice.below(60));
        let taken = u64::from(term).saturating_mul(hundredths).checked_div(100).unwrap_or_default();
        Ok(Procedure {
            key: ExternalId::parse(&format!("{YEAR}-PROC-{number}")).map_err(unfit)?,
            kind: Line::parse(kind).map_err(unfit)?,
            started,
            term,
            suspensions: Vec::new(),
            closed: dice.happens(97).then(|| after(started, taken)),
            unit: comune.unit(number),
            sampled: false,
        })
    };
    (0..count).map(procedure).collect()
}
