//! The structures at the top: from what rows print, from the codes below, from the row above.

use std::collections::HashMap;

use crate::gathered::Found;
use traguardo_domain::review::FindingCode;

use super::names::{Form, Known, forms};
use super::{Code, Counts, Level, Notes, Row, Said, Top, most};

/// Of a hundred rows with a code, how many must print the same structure for the code to tell it.
const TELLING: usize = 90;

/// The structures at the top, and which every row is of.
#[derive(Debug)]
pub(super) struct Tops {
    /// Their names.
    pub(super) names: Vec<Found>,
    /// Of every row.
    pub(super) rows: Vec<Top>,
    /// The structure that the codes with these first figures belong to: the one most rows with it print.
    pub(super) owners: HashMap<Code, usize>,
    /// The first figures of the codes of each structure.
    pub(super) codes: Vec<Option<Code>>,
    /// How many groups of a code say whose it is.
    pub(super) depth: usize,
}

/// Finds the top structure of every row.
pub(super) fn resolve(rows: &[Row], levels: &[Level<'_>], notes: &mut Notes) -> Tops {
    let said: Vec<&Said> = rows.iter().filter_map(|row| row.said(0)).filter(|said| !said.everyone).collect();
    let forms = forms(said.iter().map(|said| (said.name.as_str(), said.telling.as_slice())));
    // As many as the structures at the top print themselves; the first, when they print no codes.
    let printed = said.iter().filter_map(|said| said.code.as_ref()).map(Code::depth);
    let depth = printed.max().unwrap_or(1);
    let prefixes = prefixes_of(rows, depth);
    let (known, wholes) = wholes(&forms, &prefixes);
    let printed: Vec<Option<usize>> = rows
        .iter()
        .map(|row| row.said(0).filter(|said| !said.everyone).and_then(|said| known.find(&said.telling)))
        .collect();
    let votes = votes(rows, &printed, depth);
    let owners: HashMap<Code, usize> = (votes.iter())
        .filter_map(|(prefix, votes)| Some((prefix.clone(), most(votes, |top| *top)?)))
        .collect();
    let telling = |prefix: &Code| {
        let votes = votes.get(prefix)?;
        let top = *owners.get(prefix)?;
        let (own, all) = (votes.get(&top).copied().unwrap_or_default(), votes.values().sum::<usize>());
        (own.saturating_mul(100) >= all.saturating_mul(TELLING)).then_some(top)
    };
    let carries = levels.first().is_some_and(|level| level.column.carries_down);
    let (mut last, mut found) = (Top::Unknown, Vec::with_capacity(rows.len()));
    for (row, printed) in rows.iter().zip(&printed) {
        let everyone = row.said(0).is_some_and(|said| said.everyone);
        let coded = || row.prefix(depth).as_ref().and_then(telling).map(Top::One);
        let top = match printed {
            Some(top) => Top::One(*top),
            None if everyone => Top::Everyone,
            None => coded().unwrap_or(if carries { last } else { Top::Unknown }),
        };
        if let (Some(said), Top::One(at)) = (row.said(0), top) {
            damaged(row, said, wholes.get(at).copied(), notes);
        }
        last = top;
        found.push(top);
    }
    let codes = own_codes(&wholes, &votes, &owners);
    let names = names_of(&wholes, &said);
    Tops { names, rows: found, owners, codes, depth }
}

/// The first figures of the codes in the rows that print each name.
fn prefixes_of(rows: &[Row], depth: usize) -> HashMap<&[String], Code> {
    let mut counts: HashMap<&[String], Counts<Code>> = HashMap::new();
    for row in rows {
        if let (Some(said), Some(prefix)) = (row.said(0), row.prefix(depth)) {
            let count = counts.entry(said.telling.as_slice()).or_default().entry(prefix).or_default();
            *count = count.saturating_add(1);
        }
    }
    counts.into_iter().filter_map(|(name, counts)| Some((name, most(&counts, Clone::clone)?))).collect()
}

/// The names that are whole: every form that is no cut or overrun form of a more frequent one. Two forms whose rows have codes of
/// different structures are two names, however like they are.
fn wholes<'f>(forms: &'f [Form], prefixes: &HashMap<&[String], Code>) -> (Known, Vec<&'f Form>) {
    let (mut known, mut wholes) = (Known::default(), Vec::<&Form>::new());
    for form in forms {
        let alike = known.find(&form.telling).and_then(|at| wholes.get(at));
        let other = alike.is_some_and(|whole| {
            let codes = (prefixes.get(whole.telling.as_slice()), prefixes.get(form.telling.as_slice()));
            form.count >= 2 && matches!(codes, (Some(one), Some(two)) if one != two)
        });
        if alike.is_none() || other {
            known.add(&form.telling, wholes.len());
            wholes.push(form);
        }
    }
    (known, wholes)
}

/// How many rows with each first figures of codes print each structure.
fn votes(rows: &[Row], printed: &[Option<usize>], depth: usize) -> HashMap<Code, Counts<usize>> {
    let mut votes: HashMap<Code, Counts<usize>> = HashMap::new();
    for (row, printed) in rows.iter().zip(printed) {
        if let (Some(prefix), Some(top)) = (row.prefix(depth), printed) {
            let count = votes.entry(prefix).or_default().entry(*top).or_default();
            *count = count.saturating_add(1);
        }
    }
    votes
}

/// The first figures each structure owns; the ones most of its rows have.
fn own_codes(
    wholes: &[&Form],
    votes: &HashMap<Code, Counts<usize>>,
    owners: &HashMap<Code, usize>,
) -> Vec<Option<Code>> {
    let mut counts: Vec<Counts<Code>> = vec![Counts::new(); wholes.len()];
    for (prefix, owner) in owners {
        let count = votes.get(prefix).and_then(|votes| votes.get(owner)).copied().unwrap_or_default();
        if let Some(counts) = counts.get_mut(*owner) {
            counts.insert(prefix.clone(), count);
        }
    }
    counts.iter().map(|counts| most(counts, Clone::clone)).collect()
}

/// The names of structures, where they are first written whole.
fn names_of(wholes: &[&Form], said: &[&Said]) -> Vec<Found> {
    let mut first: HashMap<&str, &Found> = HashMap::new();
    for said in said {
        let known = first.entry(said.name.as_str()).or_insert(&said.found);
        if known.confidence > said.found.confidence {
            *known = &said.found;
        }
    }
    let name = |form: &&Form| {
        let found = first.get(form.name.as_str());
        found.map_or_else(|| Found::new(form.name.clone(), super::NOWHERE), |found| (*found).clone())
    };
    wholes.iter().map(name).collect()
}

/// Tells of a name that is not written whole.
fn damaged(row: &Row, said: &Said, whole: Option<&Form>, notes: &mut Notes) {
    let Some(whole) = whole.filter(|whole| whole.telling != said.telling) else { return };
    let message = format!("Il nome della struttura è tagliato o guastato: letto come «{}».", whole.name);
    notes.tell(FindingCode::ColumnsShifted, row, said, (message, Some(whole.name.clone())));
}
