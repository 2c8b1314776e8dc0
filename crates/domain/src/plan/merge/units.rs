//! Structures, merged. They belong to the comune and not to one plan: what is there keeps its code and its days, and none is
//! ever taken out.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::identities::Noun;
use super::keys::{KeysOf, settled};
use super::pairing::{Features, Trust, paired};
use super::values::{list, maybe};
use super::{Bench, Match, MatchedBy};
use crate::likeness::same_words;
use crate::text::Code;
use crate::unit::{Tree, Unit, UnitFacts, UnitId};

/// How often a code is tried with another ending.
const MOST_ENDINGS: u32 = 100_000;

/// The structures, merged.
pub(super) struct Structures {
    /// Those that are there, in their order, then the new ones.
    pub(super) units: Vec<Unit>,
    /// What became of each one of the file.
    pub(super) matches: Vec<Match<UnitId>>,
}

impl Structures {
    /// The id each structure of the file has in the plan.
    pub(super) fn renamed(&self) -> HashMap<UnitId, UnitId> {
        self.matches.iter().map(|one| (one.incoming, one.merged)).collect()
    }
}

/// Merges the structures of the file into those that are there, from the top of the tree down: below the same parent a name
/// says more.
pub(super) fn merged(there: Vec<Unit>, file: &[Unit], bench: &mut Bench<'_>) -> Structures {
    let mut merging = Merging::of(there, file.len());
    let mut waiting: Vec<(usize, &Unit)> = file.iter().enumerate().collect();
    while !waiting.is_empty() {
        let unplaced: HashSet<UnitId> = waiting.iter().map(|(_, unit)| unit.id).collect();
        let waits = |unit: &Unit| {
            unit.facts.parent.is_some_and(|parent| parent != unit.id && unplaced.contains(&parent))
        };
        let (later, mut level): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, unit)| waits(unit));
        waiting = later;
        if level.is_empty() {
            // Structures that are part of each other: they are merged as they come.
            level = std::mem::take(&mut waiting);
        }
        merging.level(&level, bench);
    }
    merging.finish(bench)
}

struct Merging {
    units: Vec<Unit>,
    codes: HashSet<Code>,
    keys: Vec<KeysOf>,
    /// Whether nothing of the file was found to be this one.
    free: Vec<bool>,
    matches: Vec<Option<Match<UnitId>>>,
    renamed: HashMap<UnitId, UnitId>,
}

impl Merging {
    fn of(there: Vec<Unit>, file: usize) -> Self {
        Self {
            codes: there.iter().map(|unit| unit.facts.code.clone()).collect(),
            keys: there
                .iter()
                .map(|unit| KeysOf { kept: unit.facts.external_id.clone(), said: None })
                .collect(),
            free: vec![true; there.len()],
            matches: vec![None; file],
            renamed: HashMap::new(),
            units: there,
        }
    }

    /// Merges structures of the file that hang at the same height.
    fn level(&mut self, level: &[(usize, &Unit)], bench: &mut Bench<'_>) {
        let chosen = |unit: &Unit| bench.options.units.get(&unit.id).copied();
        let by_id: HashMap<UnitId, usize> =
            self.units.iter().enumerate().map(|(at, unit)| (unit.id, at)).collect();
        let (mut found, mut asked) = (Vec::new(), Vec::new());
        for (index, unit) in level {
            match chosen(unit).and_then(|id| by_id.get(&id).copied()) {
                Some(at) => found.push((*index, *unit, Some((at, MatchedBy::Choice)))),
                None => asked.push((*index, *unit)),
            }
        }
        for (_, _, at) in &found {
            self.occupy(at.map(|(at, _)| at));
        }
        let free: Vec<usize> =
            self.free.iter().enumerate().filter(|(_, free)| **free).map(|(at, _)| at).collect();
        let there: Vec<Features> = free
            .iter()
            .filter_map(|at| self.units.get(*at))
            .map(|unit| features(unit, unit.facts.parent))
            .collect();
        let file: Vec<Features> =
            asked.iter().map(|(_, unit)| features(unit, self.parent_of(unit))).collect();
        let pairs = paired(&there, &file, Trust { keys: true, moves: true, places: false });
        for ((index, unit), pair) in asked.into_iter().zip(pairs) {
            let at = pair.and_then(|pair| Some((free.get(pair.there).copied()?, by(pair.by))));
            self.occupy(at.map(|(at, _)| at));
            found.push((index, unit, at));
        }
        for (index, unit, at) in found {
            self.place(index, unit, at, bench);
        }
    }

    fn occupy(&mut self, at: Option<usize>) {
        if let Some(free) = at.and_then(|at| self.free.get_mut(at)) {
            *free = false;
        }
    }

    /// The parent a structure of the file has, as it is called in the plan.
    fn parent_of(&self, unit: &Unit) -> Option<UnitId> {
        unit.facts.parent.map(|parent| self.renamed.get(&parent).copied().unwrap_or(parent))
    }

    fn place(&mut self, index: usize, said: &Unit, at: Option<(usize, MatchedBy)>, bench: &mut Bench<'_>) {
        let parent = self.parent_of(said);
        let there = at.and_then(|(at, by)| Some((at, by, self.units.get(at)?.clone())));
        let (merged, by, score) = match there {
            Some((at, by, had)) => {
                let score = crate::likeness::permille(had.facts.name.as_str(), said.facts.name.as_str());
                let facts = self.over(&had, &said.facts, parent);
                if let Some(unit) = self.units.get_mut(at) {
                    unit.facts = facts;
                }
                if let Some(keys) = self.keys.get_mut(at) {
                    keys.said.clone_from(&said.facts.external_id);
                }
                (had.id, by, score)
            }
            None => (self.add(said, parent, bench), MatchedBy::New, 0),
        };
        self.renamed.insert(said.id, merged);
        let existing = (by != MatchedBy::New).then_some(merged);
        if let Some(place) = self.matches.get_mut(index) {
            *place = Some(Match { index, incoming: said.id, existing, merged, by, score });
        }
    }

    /// A structure that is there, as the file says it, in the place of the tree the file says if it can stand there.
    fn over(&self, had: &Unit, said: &UnitFacts, parent: Option<UnitId>) -> UnitFacts {
        let there = &had.facts;
        let same_name = same_words(there.name.as_str(), said.name.as_str());
        let facts = UnitFacts {
            external_id: there.external_id.clone(),
            code: there.code.clone(),
            name: if same_name { there.name.clone() } else { said.name.clone() },
            kind: said.kind,
            parent: there.parent,
            validity: there.validity,
            responsible: maybe(there.responsible.as_ref(), said.responsible.clone()),
            interim: there.interim || said.interim,
            staff: list(&there.staff, said.staff.clone()),
            activities: maybe(there.activities.as_ref(), said.activities.clone()),
        };
        if parent.is_none() || parent == there.parent {
            return facts;
        }
        let places = self.units.iter().map(|unit| (unit.id, unit.facts.parent, unit.facts.validity));
        let moved = UnitFacts { parent, ..facts.clone() };
        had.change(moved, &Tree::new(places)).map_or(facts, |unit| unit.facts)
    }

    /// A new structure, with a code nobody has, that exists while its parent does.
    fn add(&mut self, said: &Unit, parent: Option<UnitId>, bench: &mut Bench<'_>) -> UnitId {
        let id = UnitId(bench.identity(Noun::Unit, said.id.0));
        let above = parent.and_then(|parent| self.units.iter().find(|unit| unit.id == parent));
        let validity = match above {
            Some(above) if !said.facts.validity.lies_within(&above.facts.validity) => above.facts.validity,
            Some(_) | None => said.facts.validity,
        };
        let code = self.free_code(&said.facts.code);
        self.codes.insert(code.clone());
        self.keys.push(KeysOf { kept: None, said: said.facts.external_id.clone() });
        self.free.push(false);
        let facts = UnitFacts { code, parent, validity, ..said.facts.clone() };
        self.units.push(Unit { id, facts, version: said.version });
        id
    }

    fn free_code(&self, code: &Code) -> Code {
        let ended = |ending: u32| {
            let ending = format!("-{ending}");
            let most = Code::MAX.saturating_sub(ending.len());
            let stem: String = code.as_str().chars().take(most).collect();
            Code::parse(&[stem, ending].concat()).ok()
        };
        if !self.codes.contains(code) {
            return code.clone();
        }
        let mut endings = (2..MOST_ENDINGS).filter_map(ended);
        endings.find(|code| !self.codes.contains(code)).unwrap_or_else(|| code.clone())
    }

    fn finish(mut self, bench: &Bench<'_>) -> Structures {
        let keys = settled(self.keys, bench.options.keys);
        self.units.iter_mut().zip(keys).for_each(|(unit, key)| unit.facts.external_id = key);
        Structures { units: self.units, matches: self.matches.into_iter().flatten().collect() }
    }
}

/// What a structure is known by: its code is its key, and its external key speaks for it only where it stands.
fn features(unit: &Unit, parent: Option<UnitId>) -> Features {
    let facts = &unit.facts;
    let homes: BTreeSet<UnitId> = parent.into_iter().collect();
    Features::new(facts.name.as_str(), Some(facts.code.as_str()), key(unit), homes)
}

fn key(unit: &Unit) -> Option<&str> {
    unit.facts.external_id.as_ref().map(crate::text::ExternalId::as_str)
}

/// How a structure was found, its code having been taken for its key.
const fn by(found: MatchedBy) -> MatchedBy {
    match found {
        MatchedBy::ExternalId => MatchedBy::Code,
        MatchedBy::Code => MatchedBy::ExternalId,
        MatchedBy::Choice | MatchedBy::Likeness | MatchedBy::Place | MatchedBy::New => found,
    }
}
