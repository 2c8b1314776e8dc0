//! What each structure was given: how many objectives, and what they weigh together.

use std::collections::HashMap;

use traguardo_domain::figure::Figure;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::unit::UnitId;
use traguardo_domain::weight::Weight;

use super::page::Page;

/// The most structures without objectives that are named.
const MOST_NAMES: usize = 12;

/// What one structure was given.
#[derive(Default)]
struct Load {
    objectives: usize,
    percent: Option<Figure>,
    classes: usize,
    unweighed: usize,
}

impl Load {
    fn add(&mut self, weight: Option<&Weight>) {
        self.objectives = self.objectives.saturating_add(1);
        match weight {
            Some(Weight::Percent { percent }) => {
                let sum = self.percent.unwrap_or(Figure::ZERO).number().checked_add(percent.number());
                self.percent = sum.and_then(Figure::new).or(self.percent);
            }
            Some(Weight::Class { .. }) => self.classes = self.classes.saturating_add(1),
            Some(Weight::Unclear) | None => self.unweighed = self.unweighed.saturating_add(1),
        }
    }

    /// What they weigh together, and what is to be said of it.
    fn weights(&self) -> String {
        let sum = self.percent.map_or_else(|| "—".to_owned(), written);
        let mut notes = Vec::new();
        let beyond = self.percent.and_then(|sum| sum.number().checked_sub(Figure::HUNDRED.number()));
        match beyond.and_then(Figure::new) {
            Some(beyond) if beyond > Figure::ZERO => notes.push(format!("{} in più", written(beyond))),
            Some(beyond) if beyond < Figure::ZERO => {
                notes.push(format!("mancano {}", written(beyond).trim_start_matches('-')));
            }
            Some(_) | None => {}
        }
        if self.classes > 0 {
            notes.push(format!("{} per classe", self.classes));
        }
        if self.unweighed > 0 {
            notes.push(format!("{} senza", self.unweighed));
        }
        if notes.is_empty() { sum } else { format!("{sum} ({})", notes.join(", ")) }
    }
}

/// Writes a row for each structure with objectives.
pub(super) fn write(document: &PlanDocument, page: &mut Page) {
    let mut loads: HashMap<UnitId, Load> = HashMap::new();
    let mut nowhere = Load::default();
    for objective in &document.objectives {
        for assignment in &objective.facts.assignments {
            let weight = assignment.facts.weight.as_ref().map(|said| &said.value);
            loads.entry(assignment.facts.unit).or_default().add(weight);
        }
        if objective.facts.assignments.is_empty() {
            nowhere.add(None);
        }
    }
    let mut rows = vec![["codice", "struttura", "obiettivi", "somma dei pesi"].map(str::to_owned).to_vec()];
    for unit in &document.units {
        if let Some(load) = loads.get(&unit.id) {
            rows.push(row(unit.facts.code.as_str(), unit.facts.name.as_str(), load));
        }
    }
    if nowhere.objectives > 0 {
        rows.push(row("", "(nessuna struttura)", &nowhere));
    }
    if rows.len() > 1 {
        page.heading("STRUTTURE");
        page.columns(&rows, &[2], 1);
    }
    let idle = document.units.iter().filter(|unit| !loads.contains_key(&unit.id));
    let names: Vec<&str> = idle.map(|unit| unit.facts.name.as_str()).collect();
    match names.len() {
        0 => {}
        count if count > MOST_NAMES => {
            page.hanging("  ", &format!("Altre {count} strutture non hanno obiettivi propri."));
        }
        _ => page.hanging("  ", &format!("Senza obiettivi propri: {}.", names.join("; "))),
    }
}

fn written(figure: Figure) -> String {
    figure.to_string().replace('.', ",")
}

fn row(code: &str, name: &str, load: &Load) -> Vec<String> {
    vec![code.to_owned(), name.to_owned(), load.objectives.to_string(), load.weights()]
}
