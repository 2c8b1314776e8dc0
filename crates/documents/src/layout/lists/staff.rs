//! Staff tables that count the posts of every structure in one place: each row goes to the structure it names.

use std::collections::{BTreeSet, HashMap};

use traguardo_domain::reading::Confidence;

use crate::gathered::{Fields, Gathered};
use crate::layout::structures::name_among;
use crate::markup::fold;
use crate::profile::Field;

/// Words that name the level of a structure, and say nothing of which one it is.
const LEVELS: [&str; 5] = ["area", "settore", "servizio", "ufficio", "dipartimento"];
/// The shortest word that says something.
const SHORTEST: usize = 4;
/// The most comparisons of names by their words; beyond it only equal names are looked for.
const MOST_COMPARISONS: usize = 1_000_000;

/// Gives the rows to the structures they name. The rows stay in the narrative, so a row that names none is not lost.
pub(super) fn assign(gathered: &mut Gathered, rows: Vec<Fields>) {
    let names: Vec<BTreeSet<String>> = gathered
        .units
        .iter()
        .map(|unit| name_among(&unit.fields).map(|name| stems(&name.words)).unwrap_or_default())
        .collect();
    let mut equal: HashMap<&BTreeSet<String>, Option<usize>> = HashMap::new();
    for (at, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
        equal.entry(name).and_modify(|known| *known = None).or_insert(Some(at));
    }
    let compares = names.len().saturating_mul(rows.len()) <= MOST_COMPARISONS;
    for row in rows {
        let Some(name) = row.get(Field::Qualification).map(|post| stems(&post.words)) else { continue };
        let found = match equal.get(&name) {
            Some(known) => known.map(|at| (at, Confidence::Likely)),
            None if compares => within(&names, &name).map(|at| (at, Confidence::Guess)),
            None => None,
        };
        if let Some((at, confidence)) = found
            && let Some(unit) = gathered.units.get_mut(at)
        {
            let mut post = Fields::default();
            for (field, found) in row.iter() {
                post.add(*field, found.clone().with(confidence));
            }
            unit.staff.push(post);
        }
    }
}

/// The only structure whose name has all the words of this one, or that has all of its words.
fn within(names: &[BTreeSet<String>], name: &BTreeSet<String>) -> Option<usize> {
    let mut fitting = names.iter().enumerate().filter(|(_, known)| {
        !known.is_empty() && !name.is_empty() && (known.is_subset(name) || name.is_subset(known))
    });
    let only = fitting.next()?.0;
    fitting.next().is_none().then_some(only)
}

/// The words of a name without their endings: `Amministrativo` and `Amministrativa` are one.
fn stems(name: &str) -> BTreeSet<String> {
    let folded = fold(name);
    let words = folded.as_str().split(|letter: char| !letter.is_alphanumeric());
    let telling = words.filter(|word| word.chars().count() >= SHORTEST && !LEVELS.contains(word));
    telling.map(|word| word.trim_end_matches(['a', 'e', 'i', 'o']).to_owned()).collect()
}
