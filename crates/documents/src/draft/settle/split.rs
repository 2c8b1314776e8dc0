//! One indicator of several parts, divided into as many.

use serde_json::{Map, Value, json};
use traguardo_domain::deadline::Deadline;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::reading;
use traguardo_domain::said::{Said, Words};
use traguardo_domain::target::Target;
use traguardo_domain::text::ExternalId;
use uuid::Uuid;

use super::work::{Work, nowhere};
use crate::draft::Trace;
use crate::phase::MOST_INDICATORS;

/// The parts of a cell.
enum Cell {
    /// There is nothing in it.
    Empty,
    /// One thing, that stands for every part.
    One(Value),
    /// Several.
    Parts(Vec<Value>),
}

impl Cell {
    fn count(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::One(_) => 1,
            Self::Parts(parts) => parts.len(),
        }
    }

    fn part(&self, at: usize) -> Option<Value> {
        match self {
            Self::Empty => None,
            Self::One(value) => Some(value.clone()),
            Self::Parts(parts) => parts.get(at).cloned(),
        }
    }
}

/// Divides the indicator at a pointer.
pub(super) fn split(work: &mut Work, pointer: &str, fresh: &mut dyn FnMut() -> Uuid) -> Result<(), Refused> {
    let (list, at) = pointer
        .rsplit_once('/')
        .filter(|(list, _)| list.ends_with("/indicators"))
        .ok_or_else(no_indicator)?;
    let at: usize = at.parse().map_err(|_| no_indicator())?;
    let indicator =
        work.written.pointer(pointer).and_then(Value::as_object).ok_or_else(no_indicator)?.clone();
    let year = i32::from(work.draft.document.plan.facts.year.number());
    let name = indicator.get("name").and_then(Value::as_str).unwrap_or_default();
    let cells = [
        ("name", named(name)),
        ("target", targets(indicator.get("target"), year)),
        ("deadline", deadlines(indicator.get("deadline"), year)),
    ];
    let parts = cells.iter().map(|(_, cell)| cell.count()).max().unwrap_or_default();
    if parts < 2 {
        let detail = "L'indicatore ha una parte sola: non c'è nulla da dividere.";
        return Err(Refused::new(FaultKind::Inconsistent, detail));
    }
    let mut keys = keys_of(work, list);
    let items = work.written.pointer_mut(list).and_then(Value::as_array_mut).ok_or_else(nowhere)?;
    if items.len().saturating_add(parts) > MOST_INDICATORS {
        let detail = format!("Al massimo {MOST_INDICATORS} indicatori.");
        return Err(Refused::new(FaultKind::OutOfBounds, detail));
    }
    let mut made = Vec::with_capacity(parts);
    for part in 0..parts {
        let mut one = if part == 0 { indicator.clone() } else { sibling(&indicator, part, &mut keys, fresh) };
        for (member, cell) in &cells {
            match cell.part(part) {
                Some(value) => one.insert((*member).to_owned(), value),
                // A name the parts of other cells outnumber is the name of them all.
                None if *member == "name" => one.insert("name".to_owned(), json!(name)),
                None => one.remove(*member),
            };
        }
        made.push(Value::Object(one));
    }
    items.splice(at..=at, made);
    let by = isize::try_from(parts.saturating_sub(1)).unwrap_or_default();
    work.shift(list, at.saturating_add(1), by);
    traced(work, list, at, parts);
    for part in 0..parts {
        work.touch(&format!("{list}/{}", at.saturating_add(part)), "pointer");
    }
    Ok(())
}

fn no_indicator() -> Refused {
    let detail = "Nella bozza non c'è un indicatore in questo punto; per esempio /objectives/3/indicators/0.";
    Refused::new(FaultKind::UnknownReference, detail)
}

/// An indicator beside another, with an identity of its own; what is said once of both stays with the first.
fn sibling(
    first: &Map<String, Value>,
    part: usize,
    keys: &mut Vec<String>,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Map<String, Value> {
    let mut one = first.clone();
    one.insert("id".to_owned(), json!(fresh()));
    for member in ["weight", "notes", "baseline", "external_id"] {
        one.remove(member);
    }
    if let Some(key) = first.get("external_id").and_then(Value::as_str) {
        let mut number = part.saturating_add(1);
        let mut wished = format!("{key}-{number}");
        while keys.contains(&wished) {
            number = number.saturating_add(1);
            wished = format!("{key}-{number}");
        }
        if ExternalId::parse(&wished).is_ok() {
            one.insert("external_id".to_owned(), json!(wished));
        }
        keys.push(wished);
    }
    one
}

/// The keys of the indicators of the objective a list belongs to.
fn keys_of(work: &Work, list: &str) -> Vec<String> {
    let objective: Vec<&str> = list.split('/').take(3).collect();
    let Some(objective) = work.written.pointer(&objective.join("/")) else { return Vec::new() };
    let of = |holder: &Value| {
        let indicators = holder.get("indicators").and_then(Value::as_array).cloned().unwrap_or_default();
        indicators
            .iter()
            .filter_map(|one| Some(one.get("external_id")?.as_str()?.to_owned()))
            .collect::<Vec<_>>()
    };
    let phases = objective.get("phases").and_then(Value::as_array).into_iter().flatten();
    of(objective).into_iter().chain(phases.flat_map(of)).collect()
}

/// The new indicators come from where the one did.
fn traced(work: &mut Work, list: &str, at: usize, parts: usize) {
    let first = format!("{list}/{at}");
    let of = |member: &str| format!("{first}/{member}");
    let own: Vec<Trace> = work
        .draft
        .traces
        .iter()
        .filter(|trace| ["name", "target", "deadline"].iter().any(|member| trace.pointer == of(member)))
        .cloned()
        .collect();
    for part in 1..parts {
        let other = format!("{list}/{}", at.saturating_add(part));
        for trace in &own {
            let pointer = trace.pointer.replacen(&first, &other, 1);
            if work.written.pointer(&pointer).is_some() {
                work.trace(Trace { pointer, ..trace.clone() });
            }
        }
    }
}

fn targets(written: Option<&Value>, year: i32) -> Cell {
    let Some(written) = written else { return Cell::Empty };
    let read = |words: &Words| reading::target(words, Some(year)).said();
    let Some(said) = said::<Target>(written, read) else { return Cell::One(written.clone()) };
    match said.value {
        Target::Parts { parts } => {
            Cell::Parts(parts.into_iter().map(|part| part_of(part.words, &part.value)).collect())
        }
        Target::Bound { .. }
        | Target::Range { .. }
        | Target::Fraction { .. }
        | Target::Change { .. }
        | Target::Done
        | Target::By { .. }
        | Target::Text => Cell::One(written.clone()),
    }
}

fn deadlines(written: Option<&Value>, year: i32) -> Cell {
    let Some(written) = written else { return Cell::Empty };
    let read = |words: &Words| reading::deadline(words, Some(year)).said();
    let Some(said) = said::<Deadline>(written, read) else { return Cell::One(written.clone()) };
    match said.value {
        Deadline::Parts { parts } => {
            Cell::Parts(parts.into_iter().map(|part| part_of(part.words, &part.value)).collect())
        }
        Deadline::Date { .. }
        | Deadline::Month { .. }
        | Deadline::Span { .. }
        | Deadline::LegalTerm
        | Deadline::Event { .. }
        | Deadline::Relative { .. }
        | Deadline::Recurring { .. }
        | Deadline::Continuous
        | Deadline::Impossible { .. }
        | Deadline::Text => Cell::One(written.clone()),
    }
}

/// What was said, understood now where only its words are written.
fn said<T: serde::de::DeserializeOwned>(
    written: &Value,
    read: impl Fn(&Words) -> Said<T>,
) -> Option<Said<T>> {
    if written.get("value").is_some() {
        return serde_json::from_value(written.clone()).ok();
    }
    let words = written.get("words").and_then(Value::as_str)?;
    Words::parse(words).ok().map(|words| read(&words))
}

fn part_of(words: Option<Words>, value: &impl serde::Serialize) -> Value {
    let value = serde_json::to_value(value).unwrap_or_default();
    match words {
        Some(words) => json!({ "words": words, "value": value }),
        None => json!({ "value": value }),
    }
}

/// The parts of a name numbered `1) .. 2) ..` or `1. .. 2. ..`; what stands before the first begins each of them.
fn named(name: &str) -> Cell {
    let mut places = Vec::new();
    let (mut from, mut before_is_space) = (0_usize, true);
    for (at, letter) in name.char_indices() {
        let rest = name.get(at..).unwrap_or_default();
        let number = places.len().saturating_add(1).to_string();
        if before_is_space
            && at >= from
            && let Some(after) = rest.strip_prefix(&number)
            && (after.starts_with(')') || after.starts_with(". "))
        {
            from = at.saturating_add(number.len()).saturating_add(1);
            places.push((at, from));
        }
        before_is_space = letter.is_whitespace();
    }
    let [(first, _), _, ..] = places.as_slice() else { return Cell::One(json!(name)) };
    let head = name.get(..*first).unwrap_or_default().trim().trim_end_matches(':');
    let ends = places.iter().skip(1).map(|(at, _)| *at).chain(std::iter::once(name.len()));
    let parts = places.iter().zip(ends).map(|((_, start), end)| {
        let own = name.get(*start..end).unwrap_or_default().trim().trim_end_matches(';').trim();
        let whole = if head.is_empty() { own.to_owned() } else { format!("{head}: {own}") };
        json!(if own.is_empty() { name.to_owned() } else { whole })
    });
    Cell::Parts(parts.collect())
}
