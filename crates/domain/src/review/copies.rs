//! The same objective written again and again, once for each structure.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;
use super::words::{folded, is_filler};
use crate::objective::Objective;
use crate::unit::UnitId;

/// Titles with fewer words than these are alike only when they are equal.
const FEWEST_WORDS: usize = 5;
/// How many of a thousand words two titles share to be alike.
const ALIKE_PERMILLE: usize = 800;
/// How many other copies a message names.
const MOST_NAMED: usize = 20;
/// How many earlier titles one is compared with at most: a bound for documents made to be slow.
const MOST_COMPARED: usize = 100;

/// Objectives with the same title, or nearly.
struct Cluster {
    /// The words of its first title, as numbers that grow as words get commoner, in order.
    words: Vec<usize>,
    /// Where its objectives stand.
    members: Vec<usize>,
}

/// Finds objectives repeated across structures (`E24`): one finding for each, at its first place.
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for cluster in clusters(&outline.document.objectives) {
        let members: Vec<(usize, &Objective)> =
            outline.objectives().filter(|(at, _)| cluster.members.binary_search(at).is_ok()).collect();
        remarks.extend(repeated(outline, &members));
    }
}

fn repeated(outline: &Outline<'_>, members: &[(usize, &Objective)]) -> Option<Remark> {
    let ((at, first), others) = members.split_first()?;
    let units: BTreeSet<UnitId> = members.iter().flat_map(|(_, objective)| units_of(objective)).collect();
    let elsewhere = others.iter().any(|(_, other)| !units_of(other).eq(units_of(first)));
    if units.len() < 2 || !elsewhere {
        return None;
    }
    let mut named: Vec<String> =
        others.iter().take(MOST_NAMED).map(|(_, other)| named(outline, other)).collect();
    let unnamed = others.len().saturating_sub(named.len());
    if unnamed > 0 {
        named.push(format!("altri {unnamed}"));
    }
    let message = format!("Lo stesso obiettivo, o quasi, è scritto anche in: {}.", named.join("; "));
    let remark = Remark::new(FindingCode::ObjectiveRepeated, format!("/objectives/{at}"), message);
    let action = "Farne un solo obiettivo trasversale, assegnato a ciascuna struttura con il suo peso.";
    Some(remark.quoting(Some(first.facts.title.as_str())).proposing(action))
}

fn units_of(objective: &Objective) -> impl Iterator<Item = UnitId> {
    objective.facts.assignments.iter().map(|assignment| assignment.facts.unit)
}

/// An objective as a person would look for it: its structure and its code.
fn named(outline: &Outline<'_>, objective: &Objective) -> String {
    let unit = units_of(objective).next();
    let structure = outline.structures.iter().find(|structure| Some(structure.unit) == unit);
    let name = structure.map_or("nessuna struttura", |structure| structure.name);
    match &objective.facts.code {
        Some(code) => format!("{name} ({code})"),
        None => name.to_owned(),
    }
}

/// Gathers the objectives by title: equal ones first, then each different title with the first earlier one it is like.
fn clusters(objectives: &[Objective]) -> Vec<Cluster> {
    let titles: Vec<BTreeSet<String>> = objectives.iter().map(title_words).collect();
    let ranks = ranks(&titles);
    let mut equal: HashMap<Vec<usize>, usize> = HashMap::new();
    let mut by_word: HashMap<usize, Vec<usize>> = HashMap::new();
    let mut clusters: Vec<Cluster> = Vec::new();
    for (at, title) in titles.iter().enumerate().filter(|(_, title)| title.len() > 1) {
        let mut words: Vec<usize> =
            title.iter().filter_map(|word| ranks.get(word.as_str()).copied()).collect();
        words.sort_unstable();
        let known = equal.get(&words).copied().or_else(|| alike(&words, &by_word, &clusters));
        let home = known.unwrap_or(clusters.len());
        equal.entry(words.clone()).or_insert(home);
        if let Some(cluster) = clusters.get_mut(home) {
            cluster.members.push(at);
            continue;
        }
        for word in words.iter().take(telling(words.len())) {
            by_word.entry(*word).or_default().push(home);
        }
        clusters.push(Cluster { words, members: vec![at] });
    }
    clusters.retain(|cluster| cluster.members.len() > 1);
    clusters
}

/// The words of a title that say something; all of them, when none does.
fn title_words(objective: &Objective) -> BTreeSet<String> {
    let title = folded(objective.facts.title.as_str());
    title.split_whitespace().filter(|word| !is_filler(word)).map(str::to_owned).collect()
}

/// A number for each word: the rarer the smaller.
fn ranks(titles: &[BTreeSet<String>]) -> HashMap<&str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in titles.iter().flatten() {
        let count = counts.entry(word.as_str()).or_default();
        *count = count.saturating_add(1);
    }
    let mut by_rarity: Vec<(usize, &str)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    by_rarity.sort_unstable();
    by_rarity.into_iter().enumerate().map(|(rank, (_, word))| (word, rank)).collect()
}

/// How many of the rarest words of a title two alike titles cannot both lack: those beyond the share they must have in common.
const fn telling(words: usize) -> usize {
    let shared = words.saturating_mul(ALIKE_PERMILLE).div_ceil(1000);
    words.saturating_sub(shared).saturating_add(1)
}

/// The first earlier cluster whose title is like these words.
fn alike(words: &[usize], by_word: &HashMap<usize, Vec<usize>>, clusters: &[Cluster]) -> Option<usize> {
    if words.len() < FEWEST_WORDS {
        return None;
    }
    let rare = words.iter().take(telling(words.len()));
    let candidates: BTreeSet<usize> = rare
        .filter_map(|word| by_word.get(word))
        .flat_map(|homes| homes.iter().take(MOST_COMPARED))
        .copied()
        .collect();
    let is_alike = |home: &usize| clusters.get(*home).is_some_and(|cluster| are_alike(words, &cluster.words));
    candidates.into_iter().take(MOST_COMPARED).find(is_alike)
}

/// Whether two ordered rows of words share enough of all the words they have.
fn are_alike(one: &[usize], other: &[usize]) -> bool {
    if other.len() < FEWEST_WORDS {
        return false;
    }
    let shared = shared(one, other);
    let all = one.len().saturating_add(other.len()).saturating_sub(shared);
    shared.saturating_mul(1000) >= all.saturating_mul(ALIKE_PERMILLE)
}

/// How many words two ordered rows have in common.
fn shared(one: &[usize], other: &[usize]) -> usize {
    let (mut ours, mut theirs) = (one.iter().peekable(), other.iter().peekable());
    let mut shared = 0usize;
    while let (Some(our), Some(their)) = (ours.peek(), theirs.peek()) {
        match our.cmp(their) {
            Ordering::Less => {
                ours.next();
            }
            Ordering::Greater => {
                theirs.next();
            }
            Ordering::Equal => {
                shared = shared.saturating_add(1);
                ours.next();
                theirs.next();
            }
        }
    }
    shared
}
