//! Text as it may be stored: normalised, without control characters, within its length; and the codes made of it.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::fault::{FaultKind, Refused};

/// One line of text, 1 to `MAX` characters, in Unicode normal form C, trimmed, without control or invisible
/// direction-changing characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Line<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    /// Reads a line.
    ///
    /// # Errors
    /// When it is blank, too long, or holds characters that have no place in a line.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let normal: String = text.trim().nfc().collect();
        if normal.is_empty() {
            return Err(Refused::new(FaultKind::Missing, "Il testo non può essere vuoto."));
        }
        if normal.chars().count() > MAX {
            return Err(Refused::new(FaultKind::OutOfBounds, format!("Al massimo {MAX} caratteri.")));
        }
        if normal.chars().any(is_out_of_place) {
            return Err(Refused::new(
                FaultKind::ForbiddenCharacter,
                "Contiene caratteri di controllo o invisibili.",
            ));
        }
        Ok(Self(normal))
    }

    /// The line that says a number and nothing else.
    #[must_use]
    pub fn of_number(number: i16) -> Self {
        Self(number.to_string())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> fmt::Display for Line<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text of several lines, 1 to `MAX` characters, in Unicode normal form C, its line ends made one, trimmed; perhaps Markdown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Reads a text.
    ///
    /// # Errors
    /// When it is blank, too long, or holds characters that have no place in a text.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let normal: String = text.replace("\r\n", "\n").replace('\r', "\n").trim().nfc().collect();
        if normal.is_empty() {
            return Err(Refused::new(FaultKind::Missing, "Il testo non può essere vuoto."));
        }
        if normal.chars().count() > MAX {
            return Err(Refused::new(FaultKind::OutOfBounds, format!("Al massimo {MAX} caratteri.")));
        }
        if normal.chars().any(|c| !matches!(c, '\n' | '\t') && is_out_of_place(c)) {
            return Err(Refused::new(
                FaultKind::ForbiddenCharacter,
                "Contiene caratteri di controllo o invisibili.",
            ));
        }
        Ok(Self(normal))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> From<Line<MAX>> for String {
    fn from(line: Line<MAX>) -> Self {
        line.0
    }
}

impl<const MAX: usize> TryFrom<String> for Line<MAX> {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl TryFrom<String> for Code {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

impl From<ExternalId> for String {
    fn from(id: ExternalId) -> Self {
        id.0
    }
}

impl TryFrom<String> for ExternalId {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

/// Control characters, line and paragraph separators, and the marks that reorder or hide what a reader sees.
fn is_out_of_place(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The text with a space for every character that has no place in a text: what is left may be stored, if it is not too long.
#[must_use]
pub fn storable(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c| if !matches!(c, '\n' | '\t') && is_out_of_place(c) { ' ' } else { c };
    lines.trim().nfc().map(kept).collect::<String>().trim().to_owned()
}

/// Whether every character of a text may be stored.
#[must_use]
pub fn is_storable(text: &str) -> bool {
    text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control())
        || text.chars().all(|c| matches!(c, '\n' | '\r' | '\t') || !is_out_of_place(c))
}

/// A code a person assigns inside a comune (`AREA-1`, `S.02`): 1 to 40 ASCII letters, digits and `. _ / -`,
/// so that no two codes look alike and differ.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Code(String);

impl Code {
    /// The longest code.
    pub const MAX: usize = 40;

    /// Reads a code.
    ///
    /// # Errors
    /// When it is empty, too long, or holds other characters.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        ascii_key(text, Self::MAX, "._/-").map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The key an integrating program already has for an object: 1 to 100 ASCII letters, digits and `. _ : ~ @ + -`,
/// unique for its kind inside a comune.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ExternalId(String);

impl ExternalId {
    /// The longest key.
    pub const MAX: usize = 100;

    /// Reads a key.
    ///
    /// # Errors
    /// When it is empty, too long, or holds other characters.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        ascii_key(text, Self::MAX, "._:~@+-").map(Self)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn ascii_key(text: &str, max: usize, marks: &str) -> Result<String, Refused> {
    if text.is_empty() {
        return Err(Refused::new(FaultKind::Missing, "Il codice non può essere vuoto."));
    }
    if text.len() > max {
        return Err(Refused::new(FaultKind::OutOfBounds, format!("Al massimo {max} caratteri.")));
    }
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !starts_well || !text.chars().all(|c| c.is_ascii_alphanumeric() || marks.contains(c)) {
        return Err(Refused::new(
            FaultKind::Malformed,
            format!("Solo lettere e cifre ASCII e i segni {marks}, cominciando da una lettera o cifra."),
        ));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_spellings_of_one_letter_are_one_text() {
        assert_eq!(Line::<20>::parse("Citta\u{300}"), Line::<20>::parse("Citt\u{e0}"));
    }

    #[test]
    fn control_and_direction_marks_are_refused() {
        for text in ["a\0b", "a\nb", "a\u{202e}b", "a\u{200b}b", "\u{1b}[31m"] {
            assert_eq!(Line::<20>::parse(text).unwrap_err().kind, FaultKind::ForbiddenCharacter, "{text:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert!(Line::<3>::parse("àèì").is_ok());
        assert_eq!(Line::<3>::parse("àèìò").unwrap_err().kind, FaultKind::OutOfBounds);
    }

    #[test]
    fn a_cyrillic_look_alike_is_no_code() {
        assert!(Code::parse("AREA-1").is_ok());
        assert!(Code::parse("\u{410}REA-1").is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_a_parser_panic(text in any::<String>()) {
            let _ = (Line::<50>::parse(&text), Code::parse(&text), ExternalId::parse(&text));
        }

        #[test]
        fn a_parsed_line_parses_to_itself(text in any::<String>()) {
            if let Ok(line) = Line::<50>::parse(&text) {
                prop_assert_eq!(Line::<50>::parse(line.as_str()), Ok(line));
            }
        }
    }
}
