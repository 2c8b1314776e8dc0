//! Staff tables of structures, and the sums a source prints beside them.

use traguardo_domain::figure::Figure;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::text::Line;
use traguardo_domain::unit::StaffLine;

use super::desk::Desk;
use super::spill::label;
use super::units::{figure, staff_line};
use crate::gathered::{Fields, Found, GatheredUnit};
use crate::profile::Field;

/// The most lines a staff table has.
const MOST_LINES: usize = 200;

/// The staff table of a structure.
pub(super) fn assemble(desk: &mut Desk<'_>, unit: &GatheredUnit, base: &str) -> Vec<StaffLine> {
    let mut staff = Vec::new();
    for fields in &unit.staff {
        let pointer = format!("{base}/staff/{}", staff.len());
        let line = if staff.len() < MOST_LINES { one(desk, fields, &pointer) } else { None };
        match line {
            Some(line) => staff.push(line),
            None => fields.iter().for_each(|(field, found)| desk.spill(label(*field), found, false)),
        }
    }
    if let Some(total) = &unit.staff_total {
        check_total(desk, total, &staff, base);
    }
    staff
}

/// A line of it; without a number of posts it is none.
fn one(desk: &mut Desk<'_>, fields: &Fields, pointer: &str) -> Option<StaffLine> {
    let named = fields.get(Field::Qualification).or_else(|| fields.get(Field::Category))?;
    let count = |field| fields.get(field).and_then(|found| figure(&found.words));
    let (women, men) = (count(Field::Women), count(Field::Men));
    let sum = || Figure::new(women?.number().checked_add(men?.number())?);
    let posts = count(Field::Posts).or_else(sum)?;
    let qualification: Line<200> =
        desk.text(Field::Qualification, named, &format!("{pointer}/qualification"))?;
    let mut line = staff_line(qualification, posts);
    for (field, member, read) in [
        (Field::Posts, "posts", true),
        (Field::Women, "women", women.is_some()),
        (Field::Men, "men", men.is_some()),
    ] {
        if let Some(found) = desk.only(fields, field, pointer) {
            if read && figure(&found.words).is_some() {
                desk.trace(format!("{pointer}/{member}"), found, Confidence::Certain);
            } else {
                desk.spill(label(field), found, false);
            }
        }
    }
    (line.women, line.men) = (women, men);
    if fields.get(Field::Qualification).is_some() {
        line.category = desk.one(fields, Field::Category, &format!("{pointer}/category"));
    }
    for (field, found) in fields.iter() {
        let held =
            [Field::Qualification, Field::Category, Field::Posts, Field::Women, Field::Men, Field::Ignored];
        if *field == Field::Percentage {
            check_share(desk, found, &line, pointer);
        } else if !held.contains(field) {
            desk.spill(label(*field), found, false);
        }
    }
    Some(line)
}

/// A printed share must be that of the women or that of the men.
fn check_share(desk: &mut Desk<'_>, found: &Found, line: &StaffLine, pointer: &str) {
    let share = figure(found.words.trim().trim_end_matches('%')).map(Figure::number);
    let of = |count: Option<Figure>| {
        let count = count.unwrap_or(Figure::ZERO).number();
        let exact = count.checked_mul(Figure::HUNDRED.number())?.checked_div(line.posts.number())?;
        Some(exact)
    };
    // A share is printed rounded: half a unit off its last digit is still it.
    let near = |count: Option<Figure>| {
        let (Some(exact), Some(share)) = (of(count), share) else { return false };
        exact == share || exact.round_dp(share.scale()) == share
    };
    let women = line.women.or_else(|| rest(line.posts, line.men));
    let men = line.men.or_else(|| rest(line.posts, line.women));
    if near(women) || near(men) || near(Some(line.posts)) {
        desk.trace(format!("{pointer}/posts"), found, Confidence::Certain);
    } else {
        let message = "La percentuale stampata non corrisponde al numero dei posti.".to_owned();
        desk.unheard(FindingCode::FiguresDisagree, pointer, found, message);
    }
}

fn rest(posts: Figure, count: Option<Figure>) -> Option<Figure> {
    Figure::new(posts.number().checked_sub(count?.number())?)
}

/// The printed total must be the sum.
fn check_total(desk: &mut Desk<'_>, total: &Found, staff: &[StaffLine], base: &str) {
    let sum = staff
        .iter()
        .try_fold(Figure::ZERO, |sum, line| Figure::new(sum.number().checked_add(line.posts.number())?));
    let printed = total.words.split_whitespace().rev().find_map(figure);
    if printed.is_some() && printed == sum {
        desk.trace(base, total, Confidence::Certain);
    } else {
        let sum = sum.map_or_else(|| "altro".to_owned(), |sum| sum.to_string());
        let message = format!("Il totale stampato dei posti non corrisponde: le righe danno {sum}.");
        desk.unheard(FindingCode::FiguresDisagree, base, total, message);
    }
}
