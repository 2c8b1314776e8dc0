//! Places as a person looks for them: the line of a text, the cell of a sheet, the object of a plan.

use std::collections::HashSet;

use traguardo_documents::source::Spot;
use traguardo_domain::plan::document::PlanDocument;

use super::page::clipped;

/// The longest name of an object of the plan.
const MOST_NAME: usize = 60;

/// Where in the source something stands.
pub(super) fn spot(spot: &Spot) -> String {
    listed([spot], 1)
}

/// Where in the source several things stand, each place once: `righe 10, 29 e 35, colonna 6`. Of more than `most` places, the
/// first, and how many there are besides.
pub(super) fn listed<'s>(spots: impl IntoIterator<Item = &'s Spot>, most: usize) -> String {
    let mut runs: Vec<(Shared<'s>, Vec<String>)> = Vec::new();
    let mut seen = HashSet::new();
    let mut left = 0usize;
    for spot in spots {
        if !seen.insert((spot.sheet.as_deref(), spot.line, spot.column)) {
            continue;
        }
        if seen.len() > most {
            left = left.saturating_add(1);
            continue;
        }
        let shared = Shared::of(spot);
        let name = spot.cell.clone().unwrap_or_else(|| spot.line.to_string());
        match runs.last_mut().filter(|(known, _)| *known == shared) {
            Some((_, names)) => names.push(name),
            None => runs.push((shared, vec![name])),
        }
    }
    let mut told: Vec<String> = runs.iter().map(|(shared, names)| shared.told(names)).collect();
    match left {
        0 => {}
        1 => told.push("e in un altro posto".to_owned()),
        left => told.push(format!("e in altri {left} posti")),
    }
    told.join("; ")
}

/// What places next to each other share, and is said once.
#[derive(PartialEq, Eq)]
struct Shared<'s> {
    sheet: Option<&'s str>,
    /// Whether the places are cells with a name of their own.
    cells: bool,
    column: u32,
}

impl<'s> Shared<'s> {
    fn of(spot: &'s Spot) -> Self {
        let cells = spot.cell.is_some();
        // The first column is where a line begins: it says nothing more than the line.
        let column = if cells || spot.column <= 1 { 0 } else { spot.column };
        Self { sheet: spot.sheet.as_deref(), cells, column }
    }

    fn told(&self, names: &[String]) -> String {
        let what = match (self.cells, names.len()) {
            (true, 1) => "cella",
            (true, _) => "celle",
            (false, 1) => "riga",
            (false, _) => "righe",
        };
        let sheet = self.sheet.map(|sheet| format!("foglio {sheet}, ")).unwrap_or_default();
        let column = if self.column > 0 { format!(", colonna {}", self.column) } else { String::new() };
        format!("{sheet}{what} {}{column}", names.join(", "))
    }
}

/// The object of the plan a pointer passes through.
pub(super) fn named(pointer: &str, document: &PlanDocument) -> Option<String> {
    let mut steps = pointer.split('/').skip(1);
    let (list, at) = (steps.next()?, steps.next()?.parse::<usize>().ok()?);
    match list {
        "objectives" => {
            let facts = &document.objectives.get(at)?.facts;
            let code = facts.code.as_ref().map(|code| format!(" {code}")).unwrap_or_default();
            Some(format!("obiettivo{code} «{}»", clipped(facts.title.as_str(), MOST_NAME)))
        }
        "units" => {
            let name = document.units.get(at)?.facts.name.as_str();
            Some(format!("struttura «{}»", clipped(name, MOST_NAME)))
        }
        "sections" => {
            let title = document.sections.get(at)?.facts.title.as_str();
            Some(format!("sezione «{}»", clipped(title, MOST_NAME)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(line: u32, column: u32) -> Spot {
        Spot { sheet: None, line, column, cell: None }
    }

    fn cell(sheet: &str, name: &str, line: u32) -> Spot {
        Spot { sheet: Some(sheet.to_owned()), line, column: 3, cell: Some(name.to_owned()) }
    }

    #[test]
    fn what_places_share_is_said_once_and_each_place_once() {
        let spots = [line(10, 6), line(29, 6), line(29, 6), line(35, 2), line(40, 1)];
        assert_eq!(listed(&spots, 9), "righe 10, 29, colonna 6; riga 35, colonna 2; riga 40");
        assert_eq!(listed(&spots, 1), "riga 10, colonna 6; e in altri 3 posti");
        let cells = [cell("Obiettivi", "C4", 4), cell("Obiettivi", "C9", 9), cell("Pesi", "C2", 2)];
        assert_eq!(listed(&cells, 9), "foglio Obiettivi, celle C4, C9; foglio Pesi, cella C2");
    }
}
