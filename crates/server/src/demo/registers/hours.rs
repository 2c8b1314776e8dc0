//! Invented hours of training, of nobody.

use traguardo_domain::figure::Figure;
use traguardo_domain::period::Year;
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::training::{Course, PersonKey, TrainingEntry, TrainingRole};

use super::{Comune, YEAR};
use crate::demo::dice::Dice;
use crate::demo::{day, unfit};
use crate::failure::Failure;

/// The hours of a course are fewer than so many above the least: each comune has its own habits.
const HABITS: [u64; 5] = [10, 14, 8, 6, 16];

/// The hours of the year: in each structure six persons or more.
pub(super) fn of(comune: &Comune) -> Result<Vec<TrainingEntry>, Failure> {
    let mut dice = Dice::of(comune.number, 5);
    let year = Year::parse(YEAR).map_err(unfit)?;
    let each = comune.residents.checked_div(3_000).unwrap_or_default().saturating_add(6);
    let units = u64::try_from(comune.units.len()).unwrap_or_default();
    let most =
        usize::try_from(comune.number).ok().and_then(|number| HABITS.get(number)).copied().unwrap_or(10);
    let mut entries = Vec::new();
    for number in 0..each.saturating_mul(units) {
        let courses = if dice.happens(7) { 0 } else { dice.below(3).saturating_add(3) };
        entries.push(TrainingEntry {
            key: ExternalId::parse(&format!("{YEAR}-{number}")).map_err(unfit)?,
            person: PersonKey::parse(&format!("D-{number:04}")).map_err(unfit)?,
            year,
            unit: comune.unit(number),
            role: TrainingRole::General,
            service_from: day(YEAR, 1, 1),
            service_to: None,
            absences: Vec::new(),
            courses: (0..courses).map(|_| course(&mut dice, most)).collect::<Result<_, _>>()?,
        });
    }
    Ok(entries)
}

fn course(dice: &mut Dice, most: u64) -> Result<Course, Failure> {
    let hours = i32::try_from(dice.below(most).saturating_add(7)).unwrap_or(7);
    Ok(Course {
        title: Some(Line::parse("Corso dimostrativo").map_err(unfit)?),
        hours: Figure::whole(hours),
        certified: dice.happens(94),
        concluded: Some(dice.within(day(YEAR, 2, 1), 320)),
        syllabus: dice.happens(50),
    })
}
