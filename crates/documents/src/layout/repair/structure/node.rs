//! The tree below the top: every code that is printed, with the names printed beside it, and every name without a code.

use std::collections::HashMap;

use crate::gathered::Found;
use crate::source::Place;

use super::names::Known;
use super::top::Tops;
use super::{Code, Counts, Level, Row, Said, Top, most};

/// The most forms of one name that are compared with others.
const MOST_FORMS: usize = 12;

/// A structure below the top.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) level: usize,
    pub(super) code: Option<Code>,
    /// The structure at the top it belongs to.
    pub(super) top: Option<usize>,
    /// The structure between it and the top.
    pub(super) parent: Option<usize>,
    /// Where it is first met.
    pub(super) place: Place,
    /// Its names with their code, and those beside a code below it.
    names: [Counts<String>; 2],
    founds: HashMap<String, Found>,
    telling: Vec<Vec<String>>,
}

impl Node {
    /// The name it is printed with most often; with its code before those without.
    pub(super) fn name(&self) -> Option<&Found> {
        let [own, beside] = &self.names;
        let order = |name: &String| (std::cmp::Reverse(name.chars().count()), name.clone());
        let name = most(own, order).or_else(|| most(beside, order))?;
        self.founds.get(&name)
    }

    fn call(&mut self, said: &Said, beside: bool) -> bool {
        let [own, others] = &mut self.names;
        let names = if beside { others } else { own };
        let count = names.entry(said.name.clone()).or_default();
        *count = count.saturating_add(1);
        let found = Found { words: said.name.clone(), ..said.found.clone() };
        self.founds.entry(said.name.clone()).or_insert(found);
        let new = self.telling.len() < MOST_FORMS && !self.telling.contains(&said.telling);
        if new {
            self.telling.push(said.telling.clone());
        }
        new
    }
}

/// The structures below the top.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    by_code: HashMap<(usize, Code), usize>,
    /// The names of each level below each top structure.
    shelves: HashMap<(usize, Option<usize>), Known>,
    /// How many groups the codes of each level have, where it has any.
    pub(super) depths: Vec<Option<usize>>,
}

impl Tree {
    /// The tree that the codes of all rows make.
    pub(super) fn of(rows: &[Row], levels: &[Level<'_>], tops: &Tops) -> Self {
        let depth = |level: usize| {
            let mut counts = Counts::new();
            for said in rows.iter().filter_map(|row| row.said(level)).filter(|_| level > 0) {
                if let Some(code) = said.code.as_ref().filter(|code| code.is_sound()) {
                    let count: &mut usize = counts.entry(code.depth()).or_default();
                    *count = count.saturating_add(1);
                }
            }
            // A level below may be printed with the codes of the one above: the deeper counts, unless it is a slip.
            let all: usize = counts.values().sum();
            counts.retain(|_, count| count.saturating_mul(5) >= all);
            counts.into_keys().max()
        };
        let mut tree = Self { depths: (0..levels.len()).map(depth).collect(), ..Self::default() };
        for row in rows {
            for (level, said) in row.below().filter(|(_, said)| !said.is_doubtful()) {
                if let Some(code) = tree.own_code(level, said) {
                    let node = tree.node(level, &code, said.found.place, tops);
                    tree.call(node, said, false);
                }
            }
        }
        for row in rows {
            tree.beside(row, tops);
        }
        tree
    }

    /// The code a cell prints, when it is one of its level.
    pub(super) fn own_code(&self, level: usize, said: &Said) -> Option<Code> {
        let depth = self.depths.get(level).copied().flatten()?;
        said.code.clone().filter(|code| code.depth() == depth && code.is_sound())
    }

    /// A name without a code beside the code of something below it is its name too.
    fn beside(&mut self, row: &Row, tops: &Tops) {
        let coded = row.below().rev().find_map(|(level, said)| Some((level, self.own_code(level, said)?)));
        let Some((lowest, code)) = coded else { return };
        for (level, said) in row.below().filter(|(level, said)| *level < lowest && said.code.is_none()) {
            let above = self.depths.get(level).copied().flatten().and_then(|depth| code.up_to(depth));
            if let Some(above) =
                above.filter(|_| !said.telling.is_empty() && !said.everyone && !said.is_doubtful())
            {
                let node = self.node(level, &above, said.found.place, tops);
                self.call(node, said, true);
            }
        }
    }

    /// The structure with a code, with those above it.
    pub(super) fn node(&mut self, level: usize, code: &Code, place: Place, tops: &Tops) -> usize {
        if let Some(known) = self.by_code.get(&(level, code.clone())) {
            return *known;
        }
        let above = level.checked_sub(1).filter(|above| *above > 0);
        let above_code = above.and_then(|above| self.depths.get(above).copied().flatten());
        let above_code = above_code.filter(|depth| *depth < code.depth()).and_then(|depth| code.up_to(depth));
        let parent = above.zip(above_code).map(|(above, code)| self.node(above, &code, place, tops));
        let top = code.up_to(tops.depth).and_then(|prefix| tops.owners.get(&prefix).copied());
        let node = self.add(level, Some(code.clone()), (top, parent), place);
        self.by_code.insert((level, code.clone()), node);
        node
    }

    /// The structure with a name and no code, new when there is none below the same one.
    pub(super) fn named(
        &mut self,
        level: usize,
        said: &Said,
        top: Option<usize>,
        parent: Option<usize>,
    ) -> usize {
        let known = self.find(level, &said.telling, top);
        let known = known.filter(|known| self.nodes.get(*known).is_some_and(|node| node.parent == parent));
        let node = known.unwrap_or_else(|| self.add(level, None, (top, parent), said.found.place));
        self.call(node, said, false);
        node
    }

    fn add(
        &mut self,
        level: usize,
        code: Option<Code>,
        (top, parent): (Option<usize>, Option<usize>),
        place: Place,
    ) -> usize {
        let node = Node {
            level,
            code,
            top,
            parent,
            place,
            names: [Counts::new(), Counts::new()],
            founds: HashMap::new(),
            telling: Vec::new(),
        };
        self.nodes.push(node);
        self.nodes.len().saturating_sub(1)
    }

    /// Counts a name of a structure; one `beside` a code of another level counts less than its own.
    pub(super) fn call(&mut self, node: usize, said: &Said, beside: bool) {
        let Some(called) = self.nodes.get_mut(node).filter(|_| !said.telling.is_empty()) else { return };
        let (level, top) = (called.level, called.top);
        if called.call(said, beside) {
            self.shelves.entry((level, top)).or_default().add(&said.telling, node);
        }
    }

    /// The structure of a level below a top structure that is called so, or almost.
    pub(super) fn find(&self, level: usize, telling: &[String], top: Option<usize>) -> Option<usize> {
        self.shelves.get(&(level, top))?.find(telling)
    }

    /// The structure of a level below a top structure whose name has most of these words.
    pub(super) fn likest(&self, level: usize, telling: &[String], top: Option<usize>) -> Option<usize> {
        self.shelves.get(&(level, top))?.likest(telling)
    }

    /// Whether one of a structure's names has just these words.
    pub(super) fn is_called(&self, node: usize, telling: &[String]) -> bool {
        self.nodes.get(node).is_some_and(|node| node.telling.iter().any(|known| known.as_slice() == telling))
    }
}

/// The top structure of a row, when it is one.
pub(super) const fn one(top: Top) -> Option<usize> {
    match top {
        Top::One(top) => Some(top),
        Top::Everyone | Top::Unknown => None,
    }
}
