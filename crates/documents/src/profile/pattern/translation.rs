//! Patterns as regular expressions over folded text.

use super::Field;
use crate::markup::fold;

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
pub(super) struct Translation {
    pub(super) source: String,
    /// The fields it takes, in their order.
    pub(super) fields: Vec<Field>,
    /// The longest run of letters outside brackets.
    pub(super) needs: String,
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

/// Translates a pattern; nothing when a bracket or field of it is none.
pub(super) fn translate(written: &str) -> Option<Translation> {
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
