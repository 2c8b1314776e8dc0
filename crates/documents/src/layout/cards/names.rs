//! The names of columns as a profile lists them, and how they are told in what a scan made of them: with letters changed,
//! torn over several cells of a row or over several rows.

use std::collections::{HashMap, HashSet};

use super::lines::Cell;
use crate::layout::likeness::{distance, tolerance};
use crate::markup::fold;
use crate::profile::{Column, Holds, Pattern, Profile, Table};

/// The longest name of a column, in letters.
pub(super) const LONGEST: usize = 60;
/// How many letters of a name must be right at its beginning for a row to be looked at as a header.
const BEGINNING: usize = 4;
/// The shortest name that may be recognised with a letter changed where it stands alone.
const SHORTEST_ALONE: usize = 8;

/// A column of a table of the profile, by indices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Named {
    pub(super) table: usize,
    pub(super) column: usize,
}

/// The names of every column.
#[derive(Debug)]
pub(super) struct Names<'p> {
    profile: &'p Profile,
    exact: HashMap<String, Vec<Named>>,
    by_length: HashMap<usize, Vec<(String, u64, Named)>>,
    beginnings: HashSet<String>,
    wild: Vec<(&'p Pattern, Named)>,
    rows: Vec<(String, usize, usize)>,
    shapes: Vec<(&'p Pattern, Named)>,
    shape_words: Vec<String>,
}

impl<'p> Names<'p> {
    pub(super) fn of(profile: &'p Profile) -> Self {
        let mut names = Self {
            profile,
            exact: HashMap::new(),
            by_length: HashMap::new(),
            beginnings: HashSet::new(),
            wild: Vec::new(),
            rows: Vec::new(),
            shapes: Vec::new(),
            shape_words: Vec::new(),
        };
        for (table, known) in profile.tables.iter().enumerate() {
            for (column, known) in known.columns.iter().enumerate() {
                names.learn(Named { table, column }, known);
            }
            names.learn_row(table, known);
        }
        names
    }

    fn learn(&mut self, named: Named, column: &'p Column) {
        for pattern in &column.headers {
            let spellings = pattern.spellings();
            if spellings.is_empty() {
                self.wild.push((pattern, named));
                let start: String =
                    pattern.as_str().to_lowercase().chars().take_while(|c| c.is_alphanumeric()).collect();
                self.beginnings.extend(beginning(&start));
            }
            for spelling in spellings {
                self.beginnings.extend(beginning(&spelling));
                self.by_length.entry(spelling.chars().count()).or_default().push((
                    spelling.clone(),
                    letters_in(&spelling),
                    named,
                ));
                self.exact.entry(spelling).or_default().push(named);
            }
        }
        for shape in &column.shape {
            self.shape_words.extend(shape.spellings());
            self.shapes.push((shape, named));
        }
    }

    /// The names of a small table in one piece: a scan that loses the rule between its cells reads them so.
    fn learn_row(&mut self, table: usize, known: &Table) {
        if known.columns.len() > 3 {
            return;
        }
        let mut rows = vec![(String::new(), 0)];
        for column in &known.columns {
            let spellings: Vec<String> = column.headers.iter().flat_map(Pattern::spellings).collect();
            let longer = |(row, _): &(String, usize)| {
                let row = row.clone();
                spellings
                    .iter()
                    .map(move |name| ([&row, name.as_str()].concat(), name.len()))
                    .collect::<Vec<_>>()
            };
            rows = rows.iter().flat_map(longer).take(64).collect();
        }
        self.rows.extend(rows.into_iter().map(|(row, last)| (row, last, table)));
    }

    pub(super) fn table(&self, index: usize) -> Option<&'p Table> {
        self.profile.tables.get(index)
    }

    pub(super) fn column(&self, named: Named) -> Option<&'p Column> {
        self.table(named.table)?.columns.get(named.column)
    }

    /// Whether letters begin as the name of a column does.
    pub(super) fn begins(&self, letters: &str) -> bool {
        beginning(letters).is_some_and(|start| self.beginnings.contains(&start))
    }

    /// The columns some letters name, and how many letters apart each is; of each table the nearest.
    pub(super) fn named(&self, letters: &str) -> Vec<(Named, usize)> {
        if let Some(exact) = self.exact.get(letters) {
            return exact.iter().map(|named| (*named, 0)).collect();
        }
        let length = letters.chars().count();
        let most = tolerance(length);
        if most == 0 || length > LONGEST {
            return Vec::new();
        }
        let mut nearest: Vec<(Named, usize)> = Vec::new();
        let lengths = length.saturating_sub(most)..=length.saturating_add(most);
        let present = letters_in(letters);
        let most_other = u32::try_from(most.saturating_mul(2)).unwrap_or(u32::MAX);
        for (spelling, known, named) in lengths.filter_map(|length| self.by_length.get(&length)).flatten() {
            if (known ^ present).count_ones() > most_other {
                continue;
            }
            let Some(apart) = distance(letters, spelling, most) else { continue };
            match nearest.iter_mut().find(|(known, _)| known.table == named.table) {
                Some(known) if known.1 > apart => *known = (*named, apart),
                Some(_) => {}
                None => nearest.push((*named, apart)),
            }
        }
        nearest
    }

    /// The columns a cell names: by its letters, or by a pattern that no list of spellings can say.
    pub(super) fn of_cell(&self, cell: &Cell) -> Vec<(Named, usize)> {
        let mut named = self.named(&cell.letters);
        if named.is_empty() && self.begins(&cell.letters) {
            let folded = fold(&cell.words);
            let wild = self.wild.iter().filter(|(pattern, _)| pattern.is_folded(&folded));
            named.extend(wild.map(|(_, column)| (*column, 0)));
        }
        named
    }

    /// The column of a card's tables that a line of its own names.
    pub(super) fn alone(&self, letters: &str) -> Option<Named> {
        let of_card = |named: &Named| {
            self.table(named.table)
                .is_some_and(|table| matches!(table.holds, Holds::Card | Holds::Indicators))
        };
        let mut named = self.named(letters);
        named.retain(|(column, apart)| {
            of_card(column) && (*apart == 0 || letters.chars().count() >= SHORTEST_ALONE)
        });
        named.iter().min_by_key(|(_, apart)| *apart).map(|(column, _)| *column)
    }

    /// The table whose header, or the end of it, some letters are: more than the name of its last column.
    pub(super) fn row(&self, letters: &str) -> Option<usize> {
        let ends = |(row, last, _): &&(String, usize, usize)| {
            letters.len() > *last && letters.len().saturating_mul(2) > row.len() && row.ends_with(letters)
        };
        self.rows.iter().find(ends).map(|(_, _, table)| *table)
    }

    /// The column whose cells look like these words, where a column says what its cells look like.
    pub(super) fn shaped(&self, words: &str) -> Option<Named> {
        if words.chars().count() > LONGEST {
            return None;
        }
        let folded = fold(words);
        self.shapes.iter().find(|(shape, _)| shape.is_folded(&folded)).map(|(_, named)| *named)
    }

    /// Whether some letters are the beginning of what cells of some column look like: a scan lost the rest.
    pub(super) fn begins_a_shape(&self, letters: &str) -> bool {
        letters.chars().count() >= BEGINNING && self.shape_words.iter().any(|word| word.starts_with(letters))
    }
}

/// Which letters are in a text, a bit each: texts few letters apart have few other bits.
fn letters_in(text: &str) -> u64 {
    text.chars().fold(0, |bits, letter| bits | 1_u64.checked_shl(u32::from(letter) % 64).unwrap_or_default())
}

fn beginning(letters: &str) -> Option<String> {
    let start: String = letters.chars().take(BEGINNING).collect();
    (start.chars().count() == BEGINNING).then_some(start)
}
