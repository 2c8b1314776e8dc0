//! Invented checks of what must be published: the grid of the year's campaign, and who mended what fell short.

use traguardo_domain::Vocabulary as _;
use traguardo_domain::obligation::{
    Campaign, Check, Points, QualityCriterion, campaign, edition_of, in_edition,
};
use traguardo_domain::period::Year;
use traguardo_domain::text::{Code, ExternalId};

use super::{Comune, YEAR};
use crate::demo::dice::Dice;
use crate::demo::{day, unfit};
use crate::failure::Failure;

/// How often, in a hundred, a comune publishes a thing as it should.
const CARE: [u64; 5] = [93, 97, 90, 86, 95];

/// The register of requests, among the obligations.
const ACCESS_REGISTER: &str = "21.06";

/// The checks of the year.
pub(super) fn of(comune: &Comune) -> Result<Vec<Check>, Failure> {
    let year = Year::parse(YEAR).map_err(unfit)?;
    let mut dice = Dice::of(comune.number, 2);
    let care = usize::try_from(comune.number).ok().and_then(|number| CARE.get(number)).copied().unwrap_or(90);
    let mut checks = Vec::new();
    let (Some(campaign), Some(edition)) = (campaign(year), edition_of(year)) else { return Ok(checks) };
    let attested = in_edition(edition).filter(|(_, obligation)| campaign.attests(obligation.code.as_str()));
    for ((_, obligation), number) in attested.zip(0_u64..) {
        let points = points(&campaign, &mut dice, care);
        let check = Check {
            key: key(&obligation.code, "griglia")?,
            year,
            obligation: obligation.code.clone(),
            unit: comune.unit(number),
            checked_on: campaign.state_on,
            not_applicable: None,
            points,
            up_to_date: None,
            updated_on: None,
            note: None,
        };
        let mended = !check.is_full(&campaign) && dice.happens(70);
        if mended {
            checks.push(Check {
                key: key(&obligation.code, "verifica")?,
                checked_on: day(YEAR, 11, 15),
                points: points_of(&campaign, <[u16]>::last),
                ..check.clone()
            });
        }
        if obligation.code.as_str() == ACCESS_REGISTER {
            checks.push(at_the_end_of_the_year(&check, &campaign, comune)?);
        }
        checks.push(check);
    }
    Ok(checks)
}

/// The last check of the register of requests, which says when it was brought up to date.
fn at_the_end_of_the_year(of: &Check, campaign: &Campaign, comune: &Comune) -> Result<Check, Failure> {
    let months: &[u32] = match comune.number % 3 {
        0 => &[3, 6, 9, 12],
        1 => &[6, 12],
        _ => &[4, 8, 12],
    };
    Ok(Check {
        key: key(&of.obligation, "registro")?,
        checked_on: day(YEAR, 12, 31),
        points: points_of(campaign, <[u16]>::last),
        updated_on: Some(months.iter().map(|month| day(YEAR, *month, 28)).collect()),
        ..of.clone()
    })
}

fn key(obligation: &Code, which: &str) -> Result<ExternalId, Failure> {
    ExternalId::parse(&format!("{}-{which}", obligation.as_str())).map_err(unfit)
}

/// What each criterion is given: everything, or now and then a step less.
fn points(campaign: &Campaign, dice: &mut Dice, care: u64) -> Points {
    points_of(campaign, |steps| {
        let below = u64::from(!dice.happens(care));
        steps.iter().rev().nth(usize::try_from(below).unwrap_or_default())
    })
}

fn points_of(campaign: &Campaign, mut given: impl FnMut(&[u16]) -> Option<&u16>) -> Points {
    let steps = |criterion: &QualityCriterion| campaign.scale.steps.get(criterion);
    let of = |criterion: &QualityCriterion| Some((*criterion, *given(steps(criterion)?)?));
    QualityCriterion::all().iter().filter_map(of).collect()
}
