use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::Value;
use traguardo_domain::Faults;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::digest::Digest;
use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::period::Year;
use traguardo_domain::plan::PlanKind;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::FindingCode;
use traguardo_domain::section::SectionKind;
use traguardo_domain::unit::UnitKind;
use uuid::Uuid;

use super::*;
use crate::gathered::{Fields, Found, Gathered, GatheredObjective, GatheredSection, GatheredUnit, Noticed};
use crate::plan::{Before, PlanBody};
use crate::profile::{Field, Layout, Profile};
use crate::reader::Reader;
use crate::source::{LineForm, Place, Source, SourceLine};

mod any;
mod assembled;
mod settled;
mod whole;

/// A change of what is gathered.
type Change = Box<dyn FnOnce(&mut Gathered)>;

/// A source of which a plan is gathered word by word, every word in a cell of its own.
struct Bench {
    cells: Vec<Vec<String>>,
    gathered: Vec<Change>,
}

impl Bench {
    fn new() -> Self {
        Self { cells: Vec::new(), gathered: Vec::new() }
    }

    /// A line of these cells, gathered as values of these fields.
    fn line(&mut self, cells: &[(Field, &str)]) -> Fields {
        let line = self.cells.len();
        self.cells.push(cells.iter().map(|(_, words)| (*words).to_owned()).collect());
        self.gathered.push(Box::new(move |gathered| gathered.put(line, Use::Value)));
        let mut fields = Fields::default();
        for (cell, (field, words)) in cells.iter().enumerate() {
            fields.add(*field, Found::new(*words, Place { line, cell }));
        }
        fields
    }

    /// A line nobody understands.
    fn strange(&mut self, words: &str) {
        self.cells.push(vec![words.to_owned()]);
    }

    fn add(&mut self, change: impl FnOnce(&mut Gathered) + 'static) {
        self.gathered.push(Box::new(change));
    }

    fn unit(&mut self, kind: UnitKind, parent: Option<usize>, cells: &[(Field, &str)]) {
        let fields = self.line(cells);
        self.add(move |gathered| gathered.units.push(GatheredUnit::new(kind, fields, parent)));
    }

    fn objective(&mut self, units: &[usize], cells: &[(Field, &str)]) {
        let fields = self.line(cells);
        let units = units.to_vec();
        self.add(move |gathered| {
            gathered.objectives.push(GatheredObjective { units, fields, ..GatheredObjective::default() });
        });
    }

    fn phase(&mut self, cells: &[(Field, &str)]) {
        let fields = self.line(cells);
        self.add(move |gathered| gathered.objectives.last_mut().unwrap().phases.push(fields));
    }

    fn indicator(&mut self, cells: &[(Field, &str)]) {
        let fields = self.line(cells);
        self.add(move |gathered| gathered.objectives.last_mut().unwrap().indicators.push(fields));
    }

    fn end(self) -> (Source, Gathered) {
        let lines =
            (1..).zip(self.cells).map(|(number, cells)| SourceLine::new(number, 0, LineForm::Row, cells));
        let source =
            Source::new(SourceFormat::Text, "UTF-8", Digest::of(b"a plan"), Vec::new(), lines.collect());
        let mut gathered = Gathered::nothing_of(&source);
        self.gathered.into_iter().for_each(|change| change(&mut gathered));
        (source, gathered)
    }

    fn draft(self) -> Draft {
        let (source, gathered) = self.end();
        draft_of(&source, &profile(), &gathered)
    }
}

fn profile() -> Profile {
    serde_json::from_value(serde_json::json!({
        "name": "prova", "title": "Prova", "layout": Layout::Table,
        "kinds": [{"words": "Obiettivo strategico trasversale", "kinds": ["strategic", "transversal"]}],
        "scale": [{"code": "1", "label": "rilevante operativo", "coefficient": "1", "kind": "operational"},
                  {"code": "2", "label": "rilevante strategico", "coefficient": "2", "kind": "strategic"}]
    }))
    .unwrap()
}

fn request() -> DraftRequest {
    DraftRequest {
        comune: ComuneCode::parse("L454").unwrap(),
        year: Year::parse(2025).unwrap(),
        kind: PlanKind::Standalone,
        title: None,
    }
}

fn ids() -> impl FnMut() -> Uuid {
    let mut ids = (1u128..).map(Uuid::from_u128);
    move || ids.next().unwrap()
}

fn draft_of(source: &Source, profile: &Profile, gathered: &Gathered) -> Draft {
    assemble(&request(), source, profile, gathered, &mut ids())
}

/// The document as it is read when somebody puts it, or the faults.
fn put(document: &PlanDocument) -> Result<PlanDocument, Vec<String>> {
    let written = serde_json::to_value(document).unwrap();
    let body: PlanBody = serde_json::from_value(written).map_err(|error| vec![error.to_string()])?;
    let mut faults = Faults::new();
    let read = body.read(&mut Reader::new(&mut faults), &Before::default(), &mut ids());
    let words = |faults: Vec<traguardo_domain::Fault>| {
        faults.into_iter().map(|fault| format!("{}: {}", fault.pointer, fault.detail)).collect()
    };
    faults.finish(read).map_err(words)
}

fn found(draft: &Draft, code: FindingCode) -> Vec<&DraftFinding> {
    draft.certificate.findings.iter().filter(|finding| finding.code == code).collect()
}

fn at<'v>(document: &'v Value, pointer: &str) -> &'v Value {
    document.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
}
