//! Grids: what the cells below a header are, when headers are repeated on every page and some of them are damaged.

use std::collections::HashSet;

use crate::markup::{fold, plain};
use crate::profile::{Column, Table};

use super::likeness::distance;

/// The most words of a cell that are looked at for names of columns; of a long one, that is no name itself, and of a short one.
const MOST_WORDS: (usize, usize) = (5, 12);
/// How long a cell may be that is nothing but names of columns, in bytes.
const LONGEST_NAMES: usize = 90;

/// The words a column is called by.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Name {
    column: usize,
    words: Vec<String>,
    /// Whether it is a whole name, and not the end of one whose beginning stands in the row above.
    whole: bool,
}

/// The names of a table's columns, the longest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names(Vec<Name>);

/// A word at the beginning of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    word: String,
    /// Whether it is written in capitals.
    capitals: bool,
    /// The byte of the plain words after it.
    end: usize,
}

/// What a cell is to the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing is written in it.
    Blank,
    /// It names these columns, and says nothing else.
    Names(Vec<usize>),
    /// It says part of the name of one of these columns, and nothing else.
    Fragment(Vec<usize>),
    /// It names these columns, and goes on.
    Spilled(Spilled),
    /// Anything else.
    Words,
}

/// Names of columns before other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spilled {
    /// The columns.
    pub columns: Vec<usize>,
    /// The names, as they stand there.
    pub names: String,
    /// The other words.
    pub rest: String,
    /// Whether the names are written in capitals.
    pub capitals: bool,
}

impl Names {
    /// The names of a table's columns.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let mut names = Vec::new();
        for (column, named) in table.columns.iter().enumerate() {
            for header in &named.headers {
                let written = header.as_str();
                if !written.contains(['(', '{', '*', '\\']) {
                    let bare: String =
                        written.chars().map(|c| if "[]~".contains(c) { ' ' } else { c }).collect();
                    let words = super::likeness::words_of(&bare);
                    let ends = (1..words.len()).filter_map(|from| words.get(from..)).map(<[String]>::to_vec);
                    names.extend(ends.map(|words| Name { column, words, whole: false }));
                    names.push(Name { column, words, whole: true });
                }
            }
        }
        names.retain(|name| !name.words.is_empty());
        names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
        Self(names)
    }

    /// The names that headers of a source use, and those that are part of one; of a column that none names, all its names.
    #[must_use]
    pub fn used<'a>(self, headers: impl Iterator<Item = &'a str>) -> Self {
        let written: HashSet<Vec<String>> = headers.map(super::likeness::words_of).collect();
        let whole: Vec<&Name> =
            self.0.iter().filter(|name| name.whole && written.contains(&name.words)).collect();
        let kept = |name: &&Name| {
            let mut own = whole.iter().filter(|whole| whole.column == name.column).peekable();
            own.peek().is_none()
                || own.any(|whole| whole.words.windows(name.words.len()).any(|run| run == name.words))
        };
        Self(self.0.iter().filter(kept).cloned().collect())
    }

    /// What a cell is to the header. `own` is the column it stands in, where that is known.
    #[must_use]
    pub fn read(&self, cell: &str, own: Option<usize>) -> Cell {
        let plain = plain(cell);
        if plain.is_empty() {
            return Cell::Blank;
        }
        let (tokens, all) = tokens(&plain);
        let Some((columns, used)) = self.leading(&tokens, own) else {
            return self.fragment(&tokens, all);
        };
        if used == tokens.len() && all {
            return Cell::Names(columns);
        }
        let end = used.checked_sub(1).and_then(|last| tokens.get(last)).map_or(0, |token| token.end);
        let capitals = tokens.iter().take(used).all(|token| token.capitals);
        let (names, rest) = plain.split_at_checked(end).unwrap_or(("", &plain));
        let (closing, rest) = marks(rest);
        let names = format!("{names}{closing}");
        Cell::Spilled(Spilled { columns, names, rest: rest.trim().to_owned(), capitals })
    }

    /// The columns a cell begins with the names of, and how many words they are.
    fn leading(&self, tokens: &[Token], own: Option<usize>) -> Option<(Vec<usize>, usize)> {
        let (mut columns, mut used) = (Vec::new(), 0_usize);
        loop {
            let rest = tokens.get(used..)?;
            let allowed = |name: &&Name| own.is_none_or(|own| own == name.column) && !rest.is_empty();
            let found = self.0.iter().filter(allowed).filter_map(|name| Some((strength(rest, name)?, name)));
            let Some((_, name)) = found.max_by_key(|(strength, _)| *strength) else { break };
            // After a name in capitals the same word in small letters is data: `TEMPI tempi di legge`.
            let capitals = |from: &[Token]| from.iter().take(name.words.len()).all(|token| token.capitals);
            if used > 0 && tokens.first().is_some_and(|first| first.capitals) && !capitals(rest) {
                break;
            }
            columns.push(name.column);
            used = used.saturating_add(name.words.len());
        }
        (used > 0).then_some((columns, used))
    }

    fn fragment(&self, tokens: &[Token], all: bool) -> Cell {
        let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        let part_of = |name: &&Name| {
            let long = words.iter().map(|word| word.len()).sum::<usize>() >= 3;
            let mut runs = name.words.windows(words.len().max(1));
            long && runs.any(|run| run.iter().map(String::as_str).eq(words.iter().copied()))
        };
        let mut columns: Vec<usize> = self.0.iter().filter(part_of).map(|name| name.column).collect();
        columns.sort_unstable();
        columns.dedup();
        if columns.is_empty() || !all { Cell::Words } else { Cell::Fragment(columns) }
    }
}

/// Closing marks at the beginning of a text, and the rest.
fn marks(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !"'’)/:.".contains(letter)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or(("", text))
}

/// How much of a name words begin with, if they do: of several the longest counts, then a whole one, then one without slips.
/// The end of a name counts only in capitals.
fn strength(tokens: &[Token], name: &Name) -> Option<(usize, bool, bool)> {
    let exact = begins(tokens, name, false);
    let capitals = || tokens.iter().take(name.words.len()).all(|token| token.capitals);
    let counts = (exact && (name.whole || capitals())) || (name.whole && begins(tokens, name, true));
    counts.then_some((name.words.len(), name.whole, exact))
}

/// Whether words begin with a name; when `roughly`, a scan may have misread a letter or two of words in capitals.
fn begins(tokens: &[Token], name: &Name, roughly: bool) -> bool {
    let long = name.words.iter().map(String::len).sum::<usize>() >= 5;
    let same = |(token, word): (&Token, &String)| {
        let most = if word.len() >= 8 { 2 } else { usize::from(word.len() >= 4) };
        token.word == *word
            || (roughly && long && token.capitals && distance(&token.word, word, most).is_some())
    };
    tokens.len() >= name.words.len() && tokens.iter().zip(&name.words).all(same)
}

/// The first words of a text, and whether they are all of them.
fn tokens(plain: &str) -> (Vec<Token>, bool) {
    let most = if plain.len() > LONGEST_NAMES { MOST_WORDS.0 } else { MOST_WORDS.1 };
    let mut found = Vec::new();
    let mut start = None;
    let ends = plain.char_indices().chain(std::iter::once((plain.len(), ' ')));
    for (at, letter) in ends {
        match (start, letter.is_alphanumeric()) {
            (None, true) if found.len() >= most => return (found, false),
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let written = plain.get(from..at).unwrap_or_default();
                let capitals = !written.chars().any(char::is_lowercase);
                found.push(Token { word: compared(written), capitals, end: at });
                start = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }
    (found, true)
}

/// A word as it is compared.
fn compared(word: &str) -> String {
    if word.is_ascii() { word.to_ascii_lowercase() } else { fold(word).as_str().to_owned() }
}

/// The columns of the table, as a header of the source orders them; `None` for a cell it does not name.
pub type Order = Vec<Option<usize>>;

/// The columns of a profile's table, in an order.
#[must_use]
pub fn columns<'p>(table: &'p Table, order: &Order) -> Vec<Option<&'p Column>> {
    order.iter().map(|column| column.and_then(|column| table.columns.get(column))).collect()
}

/// The order a header gives: a cell with two names is two columns.
#[must_use]
pub fn order(cells: &[Cell]) -> Order {
    let mut found = Order::new();
    for cell in cells {
        match cell {
            Cell::Names(named) => {
                for column in named {
                    let new = !found.contains(&Some(*column));
                    found.extend(new.then_some(Some(*column)));
                }
            }
            Cell::Spilled(spilled) => found.push(spilled.columns.first().copied()),
            Cell::Blank | Cell::Fragment(_) | Cell::Words => found.push(None),
        }
    }
    found
}

/// For every cell of a header the places in an order that its names have; `None` when the header has another order.
#[must_use]
pub fn places(cells: &[Cell], order: &Order) -> Option<Vec<Vec<usize>>> {
    let mut least = 0_usize;
    let mut found = Vec::with_capacity(cells.len());
    for cell in cells {
        let of_cell = places_of(cell, order);
        let (lowest, highest) = (of_cell.iter().min().copied(), of_cell.iter().max().copied());
        if lowest.is_some_and(|lowest| lowest < least) {
            return None;
        }
        least = highest.map_or(least, |highest| highest.saturating_add(1));
        found.push(of_cell);
    }
    Some(found)
}

/// The places in an order of what a cell names; of names before other words only those in capitals count, as others may be data.
#[must_use]
pub fn places_of(cell: &Cell, order: &Order) -> Vec<usize> {
    let named: &[usize] = match cell {
        Cell::Names(named) => named,
        Cell::Spilled(spilled) if spilled.capitals => &spilled.columns,
        Cell::Fragment(named) if named.len() == 1 => named,
        Cell::Blank | Cell::Spilled(_) | Cell::Fragment(_) | Cell::Words => &[],
    };
    let mut found: Vec<usize> = Vec::new();
    for column in named {
        let at = order.iter().position(|known| *known == Some(*column));
        found.extend(at.filter(|at| !found.contains(at)));
    }
    found
}
