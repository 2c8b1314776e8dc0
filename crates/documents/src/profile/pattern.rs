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

/// A pattern as a regular expression over folded text.
#[derive(Debug, Default)]
struct Translation {
    source: String,
    /// The fields it takes, in their order.
    fields: Vec<Field>,
    /// The longest run of letters outside brackets.
    needs: String,
    /// The run that is being read.
    run: String,
    /// How many brackets are open.
    depth: usize,
    /// Whether nothing outside brackets is in all the texts it matches.
    either: bool,
}

impl Translation {
    fn push(&mut self, source: &str) {
        self.end_run();
        self.source.push_str(source);
    }

    fn letter(&mut self, letter: char) {
        let folded = fold(&letter.to_string());
        self.source.push_str(&regex::escape(folded.as_str()));
        if self.depth == 0 {
            self.run.push_str(folded.as_str());
        }
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.len() > self.needs.len() {
            self.needs = run;
        }
    }

    fn field(&mut self, written: &str) -> Option<()> {
        let (name, form) = written.split_once(':').map_or((written, None), |(name, form)| (name, Some(form)));
        let field: Field = serde_json::from_value(name.into()).ok()?;
        let form = match form {
            Some(form) => translate(form).filter(|inner| inner.fields.is_empty())?,
            None => Self { source: shape(field).to_owned(), ..Self::default() },
        };
        self.push(&format!("(?P<f{}>(?:{}))", self.fields.len(), form.source));
        if self.depth == 0 {
            self.run = form.needs;
            self.end_run();
        }
        self.fields.push(field);
        Some(())
    }
}

fn translate(written: &str) -> Option<Translation> {
    let mut into = Translation::default();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..)?;
        match c {
            '{' => {
                let (name, after) = rest.split_once('}')?;
                rest = after;
                into.field(name)?;
            }
            '[' | '(' => {
                into.push("(?:");
                into.depth = into.depth.saturating_add(1);
            }
            ']' | ')' => {
                into.push(if c == ']' { ")?" } else { ")" });
                into.depth = into.depth.checked_sub(1)?;
            }
            '|' => {
                into.push("|");
                into.either |= into.depth == 0;
            }
            '~' => into.push(r"[\s,;:.\-]*"),
            '*' => into.push(".*?"),
            '\\' => {
                let plain = rest.chars().next()?;
                rest = rest.get(plain.len_utf8()..)?;
                into.letter(plain);
            }
            c if c.is_whitespace() => into.push(r"\s*"),
            c => into.letter(c),
        }
    }
    into.end_run();
    if into.either {
        into.needs.clear();
    }
    Some(into)
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
        assert_eq!(heading.whole("STRUTTURA"), None);
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
    fn a_pattern_may_say_what_a_field_looks_like() {
        let heading = pattern("AREA {number:(I|II|III|IV)}[ (:|-) {unit}]");
        let taken = heading.whole("Area III: Lavori").unwrap();
        assert_eq!((taken.get(Field::Number), taken.get(Field::Unit)), (Some("III"), Some("Lavori")));
        assert_eq!(pattern("OBIETTIVI {unit:segret*}").whole("Obiettivi di bilancio"), None);
    }

    #[test]
    fn a_pattern_of_nothing_but_fields_is_bare() {
        assert!(pattern("{unit}~").is_bare() && pattern("{responsible}").is_bare());
        assert!(!pattern("Responsabile {responsible}").is_bare());
    }

    #[test]
    fn a_field_may_have_a_form_of_its_own() {
        let sector = pattern("[\\(]{sector:SETTORE *}[\\)]");
        assert_eq!(
            sector.whole("(settore Biblioteca)").unwrap().get(Field::Sector),
            Some("settore Biblioteca")
        );
        assert_eq!(sector.whole("(ufficio Biblioteca)"), None);
    }

    #[test]
    fn a_broken_pattern_is_refused() {
        for broken in [
            "{unit:(}",
            "{unit:{area}}",
            "{unit",
            "{unit:(a}",
            "{sector:a{unit}",
            "{nothing}",
            "(a",
            "a]",
            "x\\",
        ] {
            assert!(Pattern::parse(broken).is_err(), "{broken}");
        }
    }
}
