//! Fitting words to where they are to stand: what is too long is cut between words, and what is cut off is given back.

use traguardo_domain::fault::Refused;
use traguardo_domain::text::{Line, Text, is_storable, storable};

/// A text with a longest length.
pub(super) trait Bounded: Sized {
    /// The most characters it has.
    const MOST: usize;
    /// Whether it may have several lines.
    const LINES: bool;

    /// Reads it.
    fn read(text: &str) -> Result<Self, Refused>;
}

impl<const MAX: usize> Bounded for Line<MAX> {
    const MOST: usize = MAX;
    const LINES: bool = false;

    fn read(text: &str) -> Result<Self, Refused> {
        Self::parse(text)
    }
}

impl<const MAX: usize> Bounded for Text<MAX> {
    const MOST: usize = MAX;
    const LINES: bool = true;

    fn read(text: &str) -> Result<Self, Refused> {
        Self::parse(text)
    }
}

/// Words that were made to fit.
#[derive(Debug)]
pub(super) struct Fitted<T> {
    /// What fits; nothing when there were no words.
    pub(super) value: Option<T>,
    /// What does not; empty when everything does.
    pub(super) rest: String,
    /// Whether characters that cannot be stored were left out.
    pub(super) cleaned: bool,
}

/// Makes words fit.
pub(super) fn fit<T: Bounded>(words: &str) -> Fitted<T> {
    let kept = storable(words);
    let cleaned = !is_storable(words);
    let kept = if T::LINES { kept } else { kept.replace(['\n', '\t'], " ") };
    let (head, rest) = cut(&kept, T::MOST);
    match T::read(head) {
        Ok(value) => Fitted { value: Some(value), rest: rest.to_owned(), cleaned },
        Err(_) => Fitted { value: None, rest: kept, cleaned },
    }
}

/// The first characters of a text, as many as `most` at the most, and what follows them; cut between words where there are any.
pub(super) fn cut(text: &str, most: usize) -> (&str, &str) {
    let Some((end, _)) = text.char_indices().nth(most) else { return (text, "") };
    let (head, _) = text.split_at_checked(end).unwrap_or((text, ""));
    let between = head.rfind(char::is_whitespace).filter(|at| *at > head.len().div_euclid(2));
    let (head, rest) = text.split_at_checked(between.unwrap_or(end)).unwrap_or((text, ""));
    (head.trim(), rest.trim())
}
