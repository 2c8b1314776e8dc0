//! Codes of structures printed before their names: `01-02-03-Ufficio tributi`, `03-02 Servizio patrimonio`.

use std::fmt;

/// The most levels a code has.
const MOST_GROUPS: usize = 4;

/// A code by its groups of figures: `01-02-03`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(Vec<String>);

impl Code {
    /// How many groups it has.
    #[must_use]
    pub const fn depth(&self) -> usize {
        self.0.len()
    }

    /// The code of the structure `depth` levels from the top that this one is part of.
    #[must_use]
    pub fn up_to(&self, depth: usize) -> Option<Self> {
        self.0.get(..depth).map(|groups| Self(groups.to_vec()))
    }

    /// Whether each of its groups counts from one; a group of zeros is a slip.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.0.iter().all(|group| group.chars().any(|figure| figure != '0'))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        form.write_str(&self.0.join("-"))
    }
}

/// The code a cell begins with, and the name after it.
#[must_use]
pub fn leading(cell: &str) -> Option<(Code, String)> {
    let cell = cell.trim_start();
    let (code, rest) = groups(cell)?;
    let name = rest.trim_start_matches(|mark: char| mark.is_whitespace() || "-–—.:".contains(mark));
    Some((code, name.trim_end().to_owned()))
}

/// The code with most groups anywhere in a text; the first of equals.
#[must_use]
pub fn anywhere(text: &str) -> Option<Code> {
    let mut best: Option<Code> = None;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_digit()
            && !before.is_alphanumeric()
            && !"-./".contains(before)
            && let Some((code, _)) = text.get(at..).and_then(groups)
            && best.as_ref().is_none_or(|best| best.depth() < code.depth())
        {
            best = Some(code);
        }
        before = letter;
    }
    best
}

/// Groups of one or two figures joined by dashes, at least two; and what follows.
fn groups(text: &str) -> Option<(Code, &str)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&figures) {
            break;
        }
        let (group, after) = rest.split_at_checked(figures)?;
        found.push(group.to_owned());
        rest = after;
        match after.strip_prefix('-') {
            Some(next) if found.len() < MOST_GROUPS && next.starts_with(|c: char| c.is_ascii_digit()) => {
                rest = next;
            }
            Some(_) | None => break,
        }
    }
    let ended = !rest.starts_with(|letter: char| letter.is_alphanumeric() || letter == '/');
    (found.len() >= 2 && ended).then_some((Code(found), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cell: &str) -> Option<(String, String)> {
        leading(cell).map(|(code, name)| (code.to_string(), name))
    }

    #[test]
    fn codes_are_read_whatever_stands_between_them_and_the_name() {
        let read_as = |code: &str, name: &str| Some((code.to_owned(), name.to_owned()));
        assert_eq!(read("01-02-03-Ufficio tributi"), read_as("01-02-03", "Ufficio tributi"));
        assert_eq!(read("03-02 Servizio patrimonio"), read_as("03-02", "Servizio patrimonio"));
        assert_eq!(read("04-01- Trasparenza"), read_as("04-01", "Trasparenza"));
        assert_eq!(read("01-0-01-Ufficio"), read_as("01-0-01", "Ufficio"));
        assert_eq!(read("Ufficio 01-02"), None);
        assert_eq!(read("2-Servizio"), None);
        assert_eq!(read("31-12-2024"), None);
        assert_eq!(read("12/31"), None);
    }

    #[test]
    fn codes_inside_damaged_words_are_found() {
        assert_eq!(
            anywhere("vizio 02-03-01- attività").map(|code| code.to_string()).as_deref(),
            Some("02-03-01")
        );
        assert_eq!(anywhere("dal 01/02-03 al 04-05-06"), leading("04-05-06").map(|(code, _)| code));
        assert_eq!(anywhere("nessuno"), None);
        assert!(!leading("01-0-01").is_some_and(|(code, _)| code.is_sound()));
    }
}
