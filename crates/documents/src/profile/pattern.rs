//! Patterns: the words a layout is known by, written as the people who know the layout would write them.
//!
//! A pattern is plain text; `{field}` takes what stands there, `{field:...}` where it looks so, `[...]` may be missing,
//! `(a|b)` is one of them, `~` is any run of spaces, commas, colons and dashes, `*` any words. Capitals, accents, kinds of
//! dashes and quotes, letters of other alphabets that look Latin, bold and italic make no difference.

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use traguardo_domain::fault::{FaultKind, Refused};

use super::field::Field;
use super::spellings::spellings;
use crate::markup::{Folded, fold};

mod translation;

use translation::{Translation, translate};

/// The longest pattern.
const MOST_CHARACTERS: usize = 300;
/// The largest program a pattern may become.
const MOST_BYTES: usize = 1 << 18;

/// Words a layout is known by.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Pattern {
    written: String,
    whole: Regex,
    start: Regex,
    fields: Vec<Field>,
    /// Letters that stand in every text it matches: most texts are known not to match without trying.
    needs: String,
}

/// What a pattern took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The words of each field, as they stand in the text.
    pub fields: Vec<(Field, String)>,
    /// What follows the words of the pattern; empty when it was matched whole.
    pub rest: String,
}

impl Taken {
    /// What was taken for a field.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&str> {
        self.fields.iter().find(|(taken, _)| *taken == field).map(|(_, words)| words.as_str())
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is too long, or a bracket or field of it is none.
    pub fn parse(written: &str) -> Result<Self, Refused> {
        let refused = |detail: &str| Refused::new(FaultKind::Malformed, format!("{detail}: {written}"));
        if written.chars().count() > MOST_CHARACTERS {
            return Err(refused("Modello troppo lungo"));
        }
        let Translation { source, fields, needs, .. } =
            translate(written).ok_or_else(|| refused("Modello non interpretabile"))?;
        let compile = |end: &str| {
            let built = RegexBuilder::new(&format!(r"^\s*(?:{source}){end}")).size_limit(MOST_BYTES).build();
            built.map_err(|_| refused("Modello non interpretabile"))
        };
        let (whole, start) = (compile(r"\s*$")?, compile(r"(?:$|\b|\s)")?);
        Ok(Self { written: written.to_owned(), whole, start, fields, needs })
    }

    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// The words it matches whole, small, without accents and with nothing but letters and digits; none where they could be
    /// any. So names that a scan spoiled can be told by how little they differ.
    #[must_use]
    pub fn spellings(&self) -> Vec<String> {
        spellings(&self.written)
    }

    /// What it takes.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// What it takes of a text that it matches whole.
    #[must_use]
    pub fn whole(&self, text: &str) -> Option<Taken> {
        self.whole_folded(&fold(text))
    }

    /// The same, of a text folded before.
    #[must_use]
    pub fn whole_folded(&self, folded: &Folded) -> Option<Taken> {
        self.taken(&self.whole, folded)
    }

    /// What it takes of a text that begins as it says.
    #[must_use]
    pub fn start(&self, text: &str) -> Option<Taken> {
        self.start_folded(&fold(text))
    }

    /// What it takes of a text folded before, that begins as it says.
    #[must_use]
    pub fn start_folded(&self, folded: &Folded) -> Option<Taken> {
        self.taken(&self.start, folded)
    }

    /// Whether it matches the whole text; spaces a scan put inside words make no difference.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.is_folded(&fold(text))
    }

    /// Whether it matches the whole of a text folded before.
    #[must_use]
    pub fn is_folded(&self, folded: &Folded) -> bool {
        self.is_either(folded.as_str(), &folded.squeezed())
    }

    /// Whether it matches the whole of a folded text, or of the same without its spaces: for whoever tries many patterns.
    #[must_use]
    pub fn is_either(&self, folded: &str, squeezed: &str) -> bool {
        squeezed.contains(&self.needs)
            && (self.whole.is_match(folded) || (squeezed != folded && self.whole.is_match(squeezed)))
    }

    /// Whether all its words are those it takes: it matches nearly anything, and is no proof of what a line is.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        let mut inside = false;
        self.written.chars().all(|c| {
            inside = (inside || c == '{') && c != '}';
            inside || matches!(c, '}' | '~' | '[' | ']' | ' ')
        })
    }

    fn taken(&self, program: &Regex, folded: &Folded) -> Option<Taken> {
        let text = Some(folded.as_str()).filter(|text| text.contains(&self.needs))?;
        let found = program.captures(text)?;
        let fields = self.fields.iter().enumerate().filter_map(|(index, field)| {
            let group = found.name(&format!("f{index}"))?;
            let words = folded.original(group.range()).trim().to_owned();
            (!words.is_empty()).then_some((*field, words))
        });
        let rest = folded.original(found.get(0)?.end()..folded.as_str().len()).trim().to_owned();
        Some(Taken { fields: fields.collect(), rest })
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.written == other.written
    }
}

impl Eq for Pattern {}

impl From<Pattern> for String {
    fn from(pattern: Pattern) -> Self {
        pattern.written
    }
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        Self::parse(&written).map_err(|refused| refused.detail)
    }
}

#[cfg(test)]
mod tests;
