//! What a line of a plan made of lists is, seen alone: a heading, an item, a paragraph, a row.

use crate::layout::heading::words_of;
use crate::markup::{Folded, fold, plain};
use crate::profile::{Field, Heading, Opens, Profile, Taken};
use crate::source::{Place, SourceLine};

/// The longest heading; longer lines are paragraphs.
const LONGEST_HEADING: usize = 120;
/// The longest heading that ends as sentences do.
const LONGEST_SENTENCE: usize = 80;
/// The most words of a numbered line that may be a heading without being in capitals.
const MOST_WORDS: usize = 8;

/// The longest mark of an item, in bytes.
const LONGEST_MARK: usize = 8;

/// How the items of a list are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// By a sign: `-`, `•`.
    Sign,
    /// By a number: `1.`, `1)`.
    Number,
    /// By a letter: `a)`.
    Letter,
}

/// A heading of the profile, with what the line says.
#[derive(Debug, Clone)]
pub(super) struct Opening<'p> {
    pub(super) heading: &'p Heading,
    pub(super) taken: Taken,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub(super) struct Item<'p> {
    pub(super) style: Style,
    /// The mark of the item, where it says more than that it is one: `1)`.
    pub(super) mark: String,
    pub(super) words: String,
    /// The heading it could be as well: `1. PREMESSA`.
    pub(super) opening: Option<Opening<'p>>,
}

/// What a line is.
#[derive(Debug, Clone)]
pub(super) enum Read<'p> {
    Blank,
    Decoration,
    Heading(Opening<'p>, String),
    Item(Item<'p>),
    Prose(String),
    Row(Vec<String>),
}

/// A line read alone, and where its words begin.
#[derive(Debug, Clone)]
pub(super) struct ReadLine<'p> {
    pub(super) place: Place,
    pub(super) read: Read<'p>,
}

/// The forms of lines a profile knows.
pub(super) struct Forms<'p> {
    profile: &'p Profile,
}

impl<'p> Forms<'p> {
    pub(super) const fn of(profile: &'p Profile) -> Self {
        Self { profile }
    }

    /// Reads a line alone.
    pub(super) fn read(&self, at: usize, line: &SourceLine) -> ReadLine<'p> {
        let cell = line.cells().position(|cell| !cell.trim().is_empty()).unwrap_or_default();
        let place = Place { line: at, cell };
        if line.is_blank() {
            return ReadLine { place, read: Read::Blank };
        }
        let words = match words_of(line) {
            Some((_, words)) => words,
            None => match self.marked_cells(line) {
                Some(words) => words,
                None => return ReadLine { place, read: Read::Row(line.cells().map(plain).collect()) },
            },
        };
        ReadLine { place, read: self.read_words(words) }
    }

    fn read_words(&self, words: String) -> Read<'p> {
        let folded = fold(&words);
        let short = words.chars().count() <= LONGEST_HEADING;
        if short && self.profile.decorations.iter().any(|line| line.whole_folded(&folded).is_some()) {
            return Read::Decoration;
        }
        if let Some(item) = self.item(&words, &folded) {
            let opening = short.then(|| self.opening(&item.words)).flatten();
            return Read::Item(Item { opening, ..item });
        }
        match short.then(|| self.opening(&words)).flatten() {
            Some(opening) => Read::Heading(opening, words),
            None => Read::Prose(words),
        }
    }

    /// The words of a row that only puts the mark of an item in a cell of its own.
    fn marked_cells(&self, line: &SourceLine) -> Option<String> {
        let cells: Vec<String> = line.cells().map(plain).filter(|cell| !cell.is_empty()).collect();
        let [mark, words] = cells.as_slice() else { return None };
        let marked = mark.len() <= LONGEST_MARK && self.profile.bullets.iter().any(|bullet| bullet.is(mark));
        marked.then(|| [mark.as_str(), words.as_str()].join(" "))
    }

    fn opening(&self, words: &str) -> Option<Opening<'p>> {
        let folded = fold(words.trim_end_matches([':', '.', ' ']));
        let mut told = self.profile.headings.iter().filter(|heading| !is_bare(heading));
        told.find_map(|heading| {
            let taken = heading.line.whole_folded(&folded)?;
            may_open(heading, words).then_some(Opening { heading, taken })
        })
    }

    /// The item a line is: a mark of the profile, and words after it.
    fn item(&self, words: &str, folded: &Folded) -> Option<Item<'p>> {
        let (mark, rest) = self.marked(words, folded)?;
        let (style, mark) = style(&mark);
        if style != Style::Sign {
            return Some(Item { style, mark, words: rest, opening: None });
        }
        let inner = self.marked(&rest, &fold(&rest)).map(|(mark, words)| (self::style(&mark), words));
        match inner {
            Some(((style @ (Style::Number | Style::Letter), mark), words)) => {
                Some(Item { style, mark, words, opening: None })
            }
            Some(((Style::Sign, _), _)) | None => {
                Some(Item { style, mark: String::new(), words: rest, opening: None })
            }
        }
    }

    /// The mark a text begins with, and what follows it; words that only begin like a mark have none.
    fn marked(&self, words: &str, folded: &Folded) -> Option<(String, String)> {
        self.profile.bullets.iter().find_map(|bullet| {
            let rest = bullet.start_folded(folded)?.rest;
            let before =
                words.strip_suffix(rest.as_str()).filter(|_| rest.contains(char::is_alphanumeric))?;
            let mark = before.trim();
            let stands = !mark.chars().any(char::is_alphanumeric) || before.ends_with(char::is_whitespace);
            (stands && !mark.is_empty()).then(|| (mark.to_owned(), rest.clone()))
        })
    }
}

/// Whether a line may be this heading, or is a sentence that begins like it.
fn may_open(heading: &Heading, words: &str) -> bool {
    let sentence = words.ends_with(['.', ';', ',']);
    match heading.opens {
        Opens::Unit(_) => !sentence,
        Opens::Group(_)
        | Opens::Common(_)
        | Opens::Section(_)
        | Opens::Contents(_)
        | Opens::Activities
        | Opens::Objectives
        | Opens::Plan
        | Opens::Nothing => !sentence || words.chars().count() <= LONGEST_SENTENCE,
    }
}

/// Whether a heading is any words at all: it is one only where it stands as headings do.
pub(super) fn is_bare(heading: &Heading) -> bool {
    let written = heading.line.as_str();
    heading.line.fields().len() == 1
        && written.starts_with('{')
        && written.ends_with('}')
        && !written.contains(':')
}

/// For every line, whether the next one with something in it is an item; lines that go on with a heading, and lines that only
/// announce the items, are looked over.
pub(super) fn before_items(profile: &Profile, reads: &[ReadLine<'_>]) -> Vec<bool> {
    let continues =
        profile.headings.iter().find(|heading| is_bare(heading)).map(|heading| &heading.continues);
    let looked_over = |words: &str| {
        words.ends_with(':') || continues.is_some_and(|lines| lines.iter().any(|line| line.is(words)))
    };
    let mut follows = false;
    let mut before: Vec<bool> = Vec::with_capacity(reads.len());
    for line in reads.iter().rev() {
        before.push(follows);
        follows = match &line.read {
            Read::Blank | Read::Decoration => follows,
            Read::Item(_) => true,
            Read::Prose(words) => follows && looked_over(words),
            Read::Heading(..) | Read::Row(_) => false,
        };
    }
    before.reverse();
    before
}

/// The heading of any words a paragraph is, if it looks like one: short, and no sentence.
pub(super) fn bare<'p>(profile: &'p Profile, words: &str) -> Option<Opening<'p>> {
    let heading = profile.headings.iter().find(|heading| is_bare(heading))?;
    let fits = words.chars().count() <= LONGEST_SENTENCE
        && !words.ends_with(['.', ';', ',', ':'])
        && words.chars().next().is_some_and(char::is_uppercase);
    let taken = fits.then(|| heading.line.whole(words)).flatten()?;
    Some(Opening { heading, taken })
}

fn style(mark: &str) -> (Style, String) {
    let style = if mark.chars().any(char::is_numeric) {
        Style::Number
    } else if mark.chars().any(char::is_alphabetic) && mark.len() > 1 {
        Style::Letter
    } else {
        Style::Sign
    };
    (style, mark.to_owned())
}

impl Item<'_> {
    /// The number it has.
    pub(super) fn number(&self) -> Option<&str> {
        let number = self.mark.trim_matches(|c: char| !c.is_alphanumeric());
        (self.style == Style::Number && !number.is_empty()).then_some(number)
    }

    /// Its words with its mark, as a text keeps them.
    pub(super) fn written(&self) -> String {
        let mark = if self.mark.is_empty() { "-" } else { self.mark.as_str() };
        [mark, self.words.as_str()].join(" ")
    }

    /// Whether it looks more like a heading with a number than like an item of a list.
    pub(super) fn looks_like_a_heading(&self, among_objectives: bool) -> bool {
        let capitals = !self.words.chars().any(char::is_lowercase);
        let title = self.words.split_whitespace().count() <= MOST_WORDS
            && self.words.chars().next().is_some_and(char::is_uppercase)
            && !self.words.ends_with(['.', ';', ',']);
        self.style == Style::Number && (capitals || (title && !among_objectives))
    }

    /// The code or number it gives to a name: `A. Area tecnica`.
    pub(super) fn coded(&self) -> Option<(Field, &str, &str)> {
        if let Some(number) = self.number() {
            return Some((Field::Number, number, &self.words));
        }
        let (mark, name) = self.words.split_once(' ')?;
        let code = mark.strip_suffix(['.', ')'])?;
        let letter = code.len() == 1 && code.chars().all(|c| c.is_ascii_uppercase());
        letter.then_some((Field::Code, code, name.trim()))
    }
}
