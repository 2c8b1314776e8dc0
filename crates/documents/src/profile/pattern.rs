//! Patterns: the words a layout is known by, written as the people who know the layout would write them.
//!
//! A pattern is plain text; `{field}` takes what stands there, `[...]` may be missing, `(a|b)` is one of them, `~` is any run of
//! spaces, commas, colons and dashes, `*` any words. Capitals, accents, kinds of dashes and quotes, letters of other alphabets
//! that look Latin, bold and italic make no difference.

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};
use traguardo_domain::fault::{FaultKind, Refused};

use super::field::Field;
use super::spellings::spellings;
use crate::markup::{Folded, fold};

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
        let (source, fields) = translate(written).ok_or_else(|| refused("Modello non interpretabile"))?;
        let compile = |end: &str| {
            let built = RegexBuilder::new(&format!(r"^\s*(?:{source}){end}")).size_limit(MOST_BYTES).build();
            built.map_err(|_| refused("Modello non interpretabile"))
        };
        let (whole, start) = (compile(r"\s*$")?, compile(r"(?:$|\b|\s)")?);
        Ok(Self { written: written.to_owned(), whole, start, fields })
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
        self.taken(&self.whole, &fold(text))
    }

    /// What it takes of a text folded before that it matches whole.
    #[must_use]
    pub fn whole_of(&self, folded: &Folded) -> Option<Taken> {
        self.taken(&self.whole, folded)
    }

    /// What it takes of a text that begins as it says.
    #[must_use]
    pub fn start(&self, text: &str) -> Option<Taken> {
        self.taken(&self.start, &fold(text))
    }

    /// Whether it matches the whole text; spaces a scan put inside words make no difference.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.is_folded(&fold(text))
    }

    /// Whether it matches the whole of a text folded before.
    #[must_use]
    pub fn is_folded(&self, folded: &Folded) -> bool {
        self.whole.is_match(folded.as_str()) || self.whole.is_match(&folded.squeezed())
    }

    fn taken(&self, program: &Regex, folded: &Folded) -> Option<Taken> {
        let found = program.captures(folded.as_str())?;
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

/// What a field looks like, where that says more than "some words".
const fn shape(field: Field) -> &'static str {
    match field {
        Field::Number => r"[0-9]{1,4}(?:\.[0-9]{1,3})*\.?",
        Field::Code => r"[^\s]{1,20}",
        Field::Weight | Field::CardWeight | Field::Percentage => r"\(?[0-9]{1,3}(?:[.,][0-9]+)?\s*%\)?",
        Field::Year => r"(?:19|20)[0-9]{2}",
        Field::Posts | Field::Women | Field::Men => r"[0-9]{1,5}(?:[.,][0-9]+)?",
        Field::Title
        | Field::Description
        | Field::Purpose
        | Field::Stakeholders
        | Field::Impact
        | Field::Result
        | Field::Indicator
        | Field::Target
        | Field::Deadline
        | Field::TargetOrDeadline
        | Field::SummaryTitle
        | Field::Kind
        | Field::Step
        | Field::StepTimes
        | Field::Profile
        | Field::Programme
        | Field::DupObjective
        | Field::StrategicLine
        | Field::Cup
        | Field::Responsible
        | Field::Delegate
        | Field::Interim
        | Field::Unit
        | Field::Department
        | Field::Area
        | Field::Sector
        | Field::Service
        | Field::Office
        | Field::Qualification
        | Field::Category
        | Field::Actual
        | Field::Notes
        | Field::Ignored => ".+?",
    }
}

/// The pattern as a regular expression over folded text, and the fields it takes in their order.
fn translate(written: &str) -> Option<(String, Vec<Field>)> {
    let (mut source, mut fields) = (String::new(), Vec::new());
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..)?;
        match c {
            '{' => {
                let (name, after) = rest.split_once('}')?;
                rest = after;
                let field: Field = serde_json::from_value(name.into()).ok()?;
                source.extend(["(?P<f", &fields.len().to_string(), ">", shape(field), ")"]);
                fields.push(field);
            }
            '[' | '(' => source.push_str("(?:"),
            ']' => source.push_str(")?"),
            ')' | '|' => source.push(c),
            '~' => source.push_str(r"[\s,;:.\-]*"),
            '*' => source.push_str(".*?"),
            '\\' => {
                let plain = rest.chars().next()?;
                rest = rest.get(plain.len_utf8()..)?;
                source.push_str(&regex::escape(fold(&plain.to_string()).as_str()));
            }
            c if c.is_whitespace() => source.push_str(r"\s*"),
            c => source.push_str(&regex::escape(fold(&c.to_string()).as_str())),
        }
    }
    Some((source, fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(written: &str) -> Pattern {
        Pattern::parse(written).unwrap()
    }

    #[test]
    fn a_heading_gives_its_fields_as_they_are_written() {
        let heading = pattern("STRUTTURA: {unit}[~RESPONSABILE: {responsible}]");
        let taken = heading.whole("## STRUTTURA".trim_start_matches("## ")).map(|_| ());
        assert_eq!(taken, None);
        let taken = heading.whole("**Struttura: Area Tecnica, responsabile: Sindaco**").unwrap();
        assert_eq!(taken.get(Field::Unit), Some("Area Tecnica"));
        assert_eq!(taken.get(Field::Responsible), Some("Sindaco"));
        let alone = heading.whole("STRUTTURA: SEGRETERIA - SEGRETARIO COMUNALE").unwrap();
        assert_eq!(alone.get(Field::Unit), Some("SEGRETERIA - SEGRETARIO COMUNALE"));
        assert_eq!(alone.get(Field::Responsible), None);
    }

    #[test]
    fn spaces_accents_and_look_alikes_make_no_difference() {
        assert!(pattern("Tempi di realizzazione").is("Тетрі di realizzazion e"));
        assert!(
            pattern("Attività consolidata").is("ATTIVITA' CONSOLIDATA")
                || pattern("Attivit(a|a')").is("ATTIVITA'")
        );
        assert!(pattern("Peso in % [\\(a\\)]").is("Peso in %(a)"));
    }

    #[test]
    fn a_beginning_leaves_its_rest() {
        let taken = pattern("AMBITO ORGANIZZATIVO").start("AMBITO ORGANIZZATIVO Dipartimento").unwrap();
        assert_eq!(taken.rest, "Dipartimento");
        assert_eq!(pattern("NR").start("NRX"), None);
    }

    #[test]
    fn a_broken_pattern_is_refused() {
        for broken in ["{unit", "{nothing}", "(a", "a]", "x\\"] {
            assert!(Pattern::parse(broken).is_err(), "{broken}");
        }
    }
}
