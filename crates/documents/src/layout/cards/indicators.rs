//! Indicators of a card, from rows that may be torn: the profile and the target stand in one of the rows, the words of the
//! indicator go over several.

use super::lines::{letters, reads_as};
use super::names::Names;
use super::words::{begins_big, begins_small, breaks_off};
use crate::gathered::{Fields, Found};
use crate::profile::Field;

/// The indicators some rows are, each put together; rows with a profile and nothing else are none.
pub(super) fn indicators(rows: &[Fields], names: &Names<'_>) -> Vec<Fields> {
    let profiled = rows.iter().any(|row| row.get(Field::Profile).is_some());
    let anchors: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(at, row)| is_anchor(row, profiled, *at, names))
        .map(|(at, _)| at)
        .collect();
    let mut starts: Vec<usize> = Vec::with_capacity(anchors.len());
    for (order, anchor) in anchors.iter().enumerate() {
        let before = order.checked_sub(1).and_then(|order| anchors.get(order));
        starts.push(before.map_or(0, |before| start_of(rows, *before, *anchor)));
    }
    let ends = starts.iter().skip(1).copied().chain([rows.len()]);
    let starts = if anchors.is_empty() { vec![0] } else { starts.clone() };
    let groups = starts.iter().zip(ends.chain([rows.len()])).filter_map(|(start, end)| rows.get(*start..end));
    groups.map(together).filter(says_something).collect()
}

/// Whether a row has the profile of an indicator, or stands for one where there are no profiles.
fn is_anchor(row: &Fields, profiled: bool, at: usize, names: &Names<'_>) -> bool {
    let big = |field| row.get(field).is_some_and(|found| begins_big(&found.words));
    if let Some(profile) = row.get(Field::Profile) {
        let known =
            || names.begins_a_shape(&letters(&profile.words)) || names.shaped(&profile.words).is_some();
        return begins_big(&profile.words) || (begins_small(&profile.words) && known());
    }
    let measured = row.get(Field::Target).is_some();
    let first = at == 0 && !profiled;
    first || (big(Field::Indicator) && (measured || !profiled))
}

/// The first row of an indicator whose profile stands in a row: where the words of that row go on with others, the nearest row
/// above that begins as an indicator does.
fn start_of(rows: &[Fields], before: usize, anchor: usize) -> usize {
    let words = |at: usize| rows.get(at)?.get(Field::Indicator).map(|found| found.words.as_str());
    let goes_on = match words(anchor) {
        Some(words) => begins_small(words),
        None => rows.get(anchor).is_some_and(|row| row.get(Field::Target).is_some()),
    };
    let begins = |at: &usize| {
        words(*at).is_some_and(begins_big) && !at.checked_sub(1).and_then(words).is_some_and(breaks_off)
    };
    let above = (before.saturating_add(1)..anchor).rev();
    if goes_on { above.into_iter().find(begins).unwrap_or(anchor) } else { anchor }
}

/// One indicator of its rows.
fn together(rows: &[Fields]) -> Fields {
    let mut whole = Fields::default();
    for (field, found) in rows.iter().flat_map(Fields::iter) {
        whole.add_or_join(*field, found.clone());
    }
    whole
}

fn says_something(indicator: &Fields) -> bool {
    indicator.get(Field::Indicator).is_some() || indicator.get(Field::Target).is_some()
}

/// The two targets an indicator has, where one was read twice: nearly the same letters in two rows.
pub(super) fn read_twice<'f>(rows: &'f [Fields], indicator: &Fields) -> Option<(&'f Found, &'f Found)> {
    let target = indicator.get(Field::Target)?;
    let second = target.more.first()?;
    let at = |place| {
        let targets = rows.iter().filter_map(|row| row.get(Field::Target));
        targets.into_iter().find(move |found| found.place == place)
    };
    let (one, other) = (at(target.place)?, at(*second)?);
    let figures = one.words.chars().any(|sign| sign.is_ascii_digit());
    (figures && reads_as(&letters(&one.words), &letters(&other.words))).then_some((one, other))
}
