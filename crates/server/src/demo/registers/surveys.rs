//! Invented answers of users.

use traguardo_domain::measurement::Span;
use traguardo_domain::survey::{AnswerCount, AnswerScale, SurveyEntry};
use traguardo_domain::text::{ExternalId, Line};

use super::{Comune, YEAR};
use crate::demo::dice::Dice;
use crate::demo::{day, unfit};
use crate::failure::Failure;

/// Services users are asked about.
const SERVICES: [&str; 3] = ["Sportello al cittadino", "Servizi scolastici", "Sportello unico"];

/// How many more users of a comune, in a hundred, are content with a service.
const CONTENT: [u64; 5] = [30, 10, 20, 40, 0];

/// The surveys of the year: two in each structure.
pub(super) fn of(comune: &Comune) -> Result<Vec<SurveyEntry>, Failure> {
    let mut dice = Dice::of(comune.number, 6);
    let units = u64::try_from(comune.units.len()).unwrap_or_default();
    let content = usize::try_from(comune.number).ok().and_then(|number| CONTENT.get(number)).copied();
    let survey = |number: u64| {
        let place = usize::try_from(number.checked_rem(3).unwrap_or_default()).unwrap_or_default();
        let first_half = number < units;
        let (from, to) = if first_half {
            (day(YEAR, 3, 1), day(YEAR, 5, 31))
        } else {
            (day(YEAR, 9, 1), day(YEAR, 11, 30))
        };
        let answers = (1..=5).map(|point| AnswerCount { point, count: count(&mut dice, point, content) });
        Ok(SurveyEntry {
            key: ExternalId::parse(&format!("{YEAR}-IND-{number}")).map_err(unfit)?,
            service: Line::parse(SERVICES.get(place).copied().unwrap_or_default()).map_err(unfit)?,
            unit: comune.unit(number),
            period: Span { from, to },
            scale: AnswerScale { from: 1, to: 5 },
            invited: None,
            answers: answers.collect(),
            concluded: Some(to),
            report: Some(Line::parse("https://comune.example/rapporto").map_err(unfit)?),
        })
    };
    (0..units.saturating_mul(2)).map(survey).collect()
}

/// How many chose a point of five.
fn count(dice: &mut Dice, point: i16, content: Option<u64>) -> u32 {
    let more = if point >= 4 { content.unwrap_or_default().checked_div(2).unwrap_or_default() } else { 0 };
    let usual = if point >= 3 { 16 } else { 4 };
    u32::try_from(dice.below(8).saturating_add(usual).saturating_add(more)).unwrap_or_default()
}
