//! A draft while it is settled: its plan as it is written, changed in place and read again at the end.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use traguardo_domain::fault::Refused;
use traguardo_domain::text::{Code, ExternalId, Text};
use traguardo_domain::{Fault, FaultKind, Faults};
use uuid::Uuid;

use super::slot::{Slot, WRITABLE, is_within, moved, slot};
use super::value::value_of;
use super::{Settlement, merge, parts, split};
use crate::draft::{Draft, FindingState, Trace};
use crate::plan::{Before, PlanBody};
use crate::reader::Reader;

/// A change that may turn out not to be readable: where, and which settlement said it.
#[derive(Debug)]
struct Touched {
    pointer: String,
    said_at: String,
}

/// A draft being settled.
pub(super) struct Work {
    pub(super) draft: Draft,
    /// The plan, as it is written.
    pub(super) written: Value,
    /// The words that changed in place: what they mean is to be understood again.
    reread: BTreeSet<String>,
    touched: Vec<Touched>,
    faults: Vec<Fault>,
    at: String,
}

impl Work {
    /// The draft, ready to be settled.
    pub(super) fn on(draft: Draft) -> Result<Self, Vec<Fault>> {
        let written = serde_json::to_value(&draft.document)
            .map_err(|error| vec![Refused::new(FaultKind::Malformed, error.to_string()).at("")])?;
        let (reread, touched, faults) = (BTreeSet::new(), Vec::new(), Vec::new());
        Ok(Self { draft, written, reread, touched, faults, at: String::new() })
    }

    /// The settlement that comes now.
    pub(super) fn begin(&mut self, at: usize) {
        self.at = format!("/settlements/{at}");
    }

    /// Does what a settlement says, or notes why it cannot be done.
    pub(super) fn settle(&mut self, settlement: &Settlement, fresh: &mut dyn FnMut() -> Uuid) {
        let (member, done) = match settlement {
            Settlement::Apply { finding } => ("finding", self.apply(finding)),
            Settlement::ApplySafe {} => {
                self.apply_safe();
                ("", Ok(()))
            }
            Settlement::Dismiss { finding, reason } => match reason.as_deref().map(Text::<1000>::parse) {
                Some(Err(refused)) => ("reason", Err(refused)),
                Some(Ok(_)) | None => ("finding", self.dismiss(finding, reason.as_deref())),
            },
            Settlement::Write { pointer, words } => self.write_at(pointer, words.as_deref()),
            Settlement::MapUnit { unit, to } => self.map_unit(unit, to),
            Settlement::Bind { pointer, template } => self.bind(pointer, template.as_deref()),
            Settlement::Split { pointer } => ("pointer", split::split(self, pointer, fresh)),
            Settlement::Line { line, sheet, pointer } => {
                self.line(*line, sheet.as_deref(), pointer.as_deref())
            }
        };
        if let Err(refused) = done {
            let pointer = if member.is_empty() { self.at.clone() } else { format!("{}/{member}", self.at) };
            self.faults.push(refused.at(&pointer));
        }
    }

    /// Notes that a value changed, by the member of the settlement that says it.
    pub(super) fn touch(&mut self, pointer: &str, member: &str) {
        self.touched.push(Touched { pointer: pointer.to_owned(), said_at: format!("{}/{member}", self.at) });
        for finding in &mut self.draft.certificate.findings {
            if finding.read && finding.state == FindingState::Open && is_within(&finding.pointer, pointer) {
                finding.state = FindingState::Settled;
            }
        }
    }

    fn write_at(&mut self, pointer: &str, words: Option<&str>) -> (&'static str, Result<(), Refused>) {
        match slot(pointer) {
            None => ("pointer", Err(Refused::new(FaultKind::UnknownReference, WRITABLE))),
            Some(slot) => match words {
                Some(words) => ("words", self.write(&slot, words, "words")),
                None => ("pointer", self.remove(&slot)),
            },
        }
    }

    /// Writes words in a place.
    pub(super) fn write(&mut self, slot: &Slot, words: &str, member: &str) -> Result<(), Refused> {
        if let Some(part) = slot.part {
            let said = self.written.pointer_mut(&slot.pointer).ok_or_else(nowhere)?;
            parts::write(said, part, words)?;
            self.reread.insert(slot.pointer.clone());
        } else {
            let value = value_of(slot, words)?;
            self.put(&slot.pointer, value)?;
            self.reread.remove(&slot.pointer);
        }
        self.touch(&slot.pointer, member);
        Ok(())
    }

    fn put(&mut self, pointer: &str, value: Value) -> Result<(), Refused> {
        let (above, member) = pointer.rsplit_once('/').ok_or_else(nowhere)?;
        let is_list = ["cup", "laws", "programmes"].iter().any(|list| above.ends_with(list));
        if is_list && self.written.pointer(above).is_none() {
            self.put(above, Value::Array(Vec::new()))?;
        }
        match self.written.pointer_mut(above).ok_or_else(nowhere)? {
            Value::Object(members) => {
                members.insert(member.to_owned(), value);
            }
            Value::Array(items) => {
                let at: usize = member.parse().map_err(|_| nowhere())?;
                let many = items.len();
                if let Some(item) = items.get_mut(at) {
                    *item = value;
                } else if at == many {
                    items.push(value);
                } else {
                    return Err(nowhere());
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => return Err(nowhere()),
        }
        Ok(())
    }

    fn remove(&mut self, slot: &Slot) -> Result<(), Refused> {
        if slot.needed || slot.part.is_some() {
            return Err(Refused::new(
                FaultKind::Missing,
                "Questo valore serve: si può solo scriverne un altro.",
            ));
        }
        let (above, member) = slot.pointer.rsplit_once('/').ok_or_else(nowhere)?;
        let holder = self.written.pointer_mut(above).ok_or_else(nowhere)?;
        self.draft.traces.retain(|trace| !is_within(&trace.pointer, &slot.pointer));
        if let Value::Array(items) = holder {
            let at: usize = member.parse().ok().filter(|at| *at < items.len()).ok_or_else(nowhere)?;
            items.remove(at);
            self.shift(above, at.saturating_add(1), -1);
        } else if let Value::Object(members) = holder {
            members.remove(member);
        }
        self.reread.remove(&slot.pointer);
        self.touch(&slot.pointer, "pointer");
        Ok(())
    }

    /// Moves everything that is known of the items of a list from `from` on.
    pub(super) fn shift(&mut self, list: &str, from: usize, by: isize) {
        let change = |pointer: &mut String| {
            if let Some(new) = moved(pointer, list, from, by) {
                *pointer = new;
            }
        };
        self.draft.traces.iter_mut().for_each(|trace| change(&mut trace.pointer));
        self.draft.certificate.findings.iter_mut().for_each(|finding| change(&mut finding.pointer));
        self.touched.iter_mut().for_each(|touched| change(&mut touched.pointer));
        let reread = std::mem::take(&mut self.reread);
        self.reread =
            reread.into_iter().map(|pointer| moved(&pointer, list, from, by).unwrap_or(pointer)).collect();
    }

    fn map_unit(&mut self, unit: &str, to: &str) -> (&'static str, Result<(), Refused>) {
        let code = match Code::parse(to) {
            Ok(code) => code,
            Err(refused) => return ("to", Err(refused)),
        };
        let units = self.written.get_mut("units").and_then(Value::as_array_mut);
        let units: &mut [Value] = units.map_or(&mut [], Vec::as_mut_slice);
        let coded = |units: &[Value], code: &str| {
            units.iter().position(|unit| unit.get("code") == Some(&json!(code)))
        };
        match (coded(units, unit), coded(units, to)) {
            (None, Some(_)) => ("unit", Ok(())),
            (None, None) => (
                "unit",
                Err(Refused::new(
                    FaultKind::UnknownReference,
                    "Nella bozza non c'è una struttura con questo codice.",
                )),
            ),
            (Some(at), Some(other)) if at != other => (
                "to",
                Err(Refused::new(
                    FaultKind::Inconsistent,
                    "Un'altra struttura della bozza ha già questo codice.",
                )),
            ),
            (Some(at), Some(_) | None) => {
                if let Some(unit) = units.get_mut(at).and_then(Value::as_object_mut) {
                    unit.insert("code".to_owned(), json!(code.as_str()));
                    let key = code.as_str().replace('/', "-");
                    if ExternalId::parse(&key).is_ok() {
                        unit.insert("external_id".to_owned(), json!(key));
                    }
                }
                self.touch(&format!("/units/{at}/code"), "to");
                ("unit", Ok(()))
            }
        }
    }

    fn bind(&mut self, pointer: &str, template: Option<&str>) -> (&'static str, Result<(), Refused>) {
        let is_objective = pointer.strip_prefix("/objectives/").is_some_and(|at| !at.contains('/'));
        let objective =
            self.written.pointer_mut(pointer).filter(|_| is_objective).and_then(Value::as_object_mut);
        let Some(objective) = objective else {
            let detail = "Nella bozza non c'è un obiettivo in questo punto; per esempio /objectives/3.";
            return ("pointer", Err(Refused::new(FaultKind::UnknownReference, detail)));
        };
        match template.map(Code::parse) {
            Some(Err(refused)) => return ("template", Err(refused)),
            Some(Ok(code)) => objective.insert("template".to_owned(), json!(code.as_str())),
            None => objective.remove("template"),
        };
        ("template", Ok(()))
    }

    /// The settled draft, reviewed again; or everything that was wrong.
    pub(super) fn end(mut self, fresh: &mut dyn FnMut() -> Uuid) -> Result<Draft, Vec<Fault>> {
        for pointer in &self.reread {
            if let Some(said) = self.written.pointer_mut(pointer).and_then(Value::as_object_mut) {
                said.remove("value");
            }
        }
        let mut faults = Faults::new();
        let body: Result<PlanBody, _> = serde_json::from_value(self.written.clone());
        let document = match body {
            Ok(body) => body.read(&mut Reader::new(&mut faults), &Before::default(), fresh),
            Err(error) => {
                faults.push(Refused::new(FaultKind::Malformed, error.to_string()).at("/settlements"));
                None
            }
        };
        let read = faults
            .finish(document)
            .map_err(|faults| faults.into_iter().map(|fault| self.said(fault)).collect::<Vec<_>>());
        let document = match read {
            Ok(document) if self.faults.is_empty() => document,
            Ok(_) => return Err(self.faults),
            Err(more) => {
                self.faults.extend(more);
                return Err(self.faults);
            }
        };
        document.check().map_err(|_| {
            vec![
                Refused::new(FaultKind::Inconsistent, "Due parti del piano avrebbero lo stesso nome.")
                    .at("/settlements"),
            ]
        })?;
        Ok(merge::merge(self.draft, document))
    }

    /// A fault of the plan, as a fault of the settlement that made it.
    fn said(&self, fault: Fault) -> Fault {
        let by = self.touched.iter().rev().find(|touched| is_within(&fault.pointer, &touched.pointer));
        let pointer = by.map_or_else(|| "/settlements".to_owned(), |touched| touched.said_at.clone());
        Fault { pointer, ..fault }
    }

    /// Notes where words that were added come from.
    pub(super) fn trace(&mut self, trace: Trace) {
        self.draft.traces.push(trace);
    }
}

/// There is nothing at a pointer.
pub(super) fn nowhere() -> Refused {
    Refused::new(FaultKind::UnknownReference, "Nella bozza non c'è nulla in questo punto.")
}
