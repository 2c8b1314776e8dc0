//! Values by several dimensions, as separated values and as JSON-stat 2.0 write them.

use std::fmt::Write as _;

use serde_json::json;

use crate::problem::{Kind, Problem};

/// What a dimension is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// What is measured.
    Metric,
    /// When.
    Time,
    /// Where.
    Geo,
}

/// A dimension.
pub(crate) struct Dimension {
    /// Its name among the columns.
    pub(crate) id: &'static str,
    /// Its name for people.
    pub(crate) label: &'static str,
    /// What it is of.
    pub(crate) role: Role,
    /// Its categories: a code and a label each.
    pub(crate) categories: Vec<(String, String)>,
}

/// A value, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A figure as it is spelled.
    Told(String),
    /// Why it is not told.
    KeptBack(&'static str),
    /// There is none.
    Absent,
}

/// Values by dimensions: the last dimension changes first.
pub(crate) struct Cube {
    pub(crate) label: String,
    pub(crate) updated: Option<String>,
    pub(crate) notes: Vec<String>,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) cells: Vec<Cell>,
}

impl Cube {
    /// A line for each value that is or is kept back: the codes, their labels, the value, why there is none (RFC 4180).
    pub(crate) fn csv(&self) -> String {
        let mut text = String::new();
        for dimension in &self.dimensions {
            let _ = write!(text, "{},{}_label,", dimension.id, dimension.id);
        }
        text.push_str("value,status\r\n");
        for (at, cell) in self.cells.iter().enumerate() {
            let (value, status) = match cell {
                Cell::Absent => continue,
                Cell::Told(value) => (value.as_str(), ""),
                Cell::KeptBack(why) => ("", *why),
            };
            for (code, label) in self.categories_at(at) {
                let _ = write!(text, "{},{},", field(code), field(label));
            }
            let _ = write!(text, "{value},{status}\r\n");
        }
        text
    }

    /// The categories of the value at a place.
    fn categories_at(&self, at: usize) -> Vec<(&str, &str)> {
        let mut rest = at;
        let mut found = Vec::with_capacity(self.dimensions.len());
        for dimension in self.dimensions.iter().rev() {
            let size = dimension.categories.len();
            let category = rest.checked_rem(size).and_then(|place| dimension.categories.get(place));
            found.push(category.map_or(("", ""), |(code, label)| (code.as_str(), label.as_str())));
            rest = rest.checked_div(size).unwrap_or(0);
        }
        found.reverse();
        found
    }

    /// The same as a dataset of JSON-stat 2.0. Its values are numbers, and so are written as they are spelled.
    ///
    /// # Errors
    /// 500 when it cannot be written.
    pub(crate) fn json_stat(&self) -> Result<String, Problem> {
        let ids: Vec<&str> = self.dimensions.iter().map(|dimension| dimension.id).collect();
        let sizes: Vec<usize> = self.dimensions.iter().map(|dimension| dimension.categories.len()).collect();
        let with = |role: Role| {
            let of = self.dimensions.iter().filter(|dimension| dimension.role == role);
            of.map(|dimension| dimension.id).collect::<Vec<_>>()
        };
        let mut head = json!({
            "version": "2.0", "class": "dataset", "label": self.label, "note": self.notes,
            "id": ids, "size": sizes, "dimension": self.dimension_members(),
            "role": { "metric": with(Role::Metric), "time": with(Role::Time), "geo": with(Role::Geo) },
            "status": self.statuses(),
        });
        if let (Some(updated), Some(members)) = (&self.updated, head.as_object_mut()) {
            members.insert("updated".to_owned(), json!(updated));
        }
        let text = serde_json::to_string(&head).map_err(|error| {
            log::error!("an answer cannot be written: {error}");
            Problem::of(Kind::Internal)
        })?;
        let mut whole = text.strip_suffix('}').unwrap_or(&text).to_owned();
        whole.push_str(",\"value\":[");
        for (at, cell) in self.cells.iter().enumerate() {
            if at > 0 {
                whole.push(',');
            }
            whole.push_str(match cell {
                Cell::Told(value) => value,
                Cell::KeptBack(_) | Cell::Absent => "null",
            });
        }
        whole.push_str("]}");
        Ok(whole)
    }

    fn dimension_members(&self) -> serde_json::Map<String, serde_json::Value> {
        let member = |dimension: &Dimension| {
            let index: Vec<&str> = dimension.categories.iter().map(|(code, _)| code.as_str()).collect();
            let labels = dimension.categories.iter().map(|(code, label)| (code.clone(), json!(label)));
            let labels: serde_json::Map<_, _> = labels.collect();
            let content =
                json!({ "label": dimension.label, "category": { "index": index, "label": labels } });
            (dimension.id.to_owned(), content)
        };
        self.dimensions.iter().map(member).collect()
    }

    /// Why there is no value, by the place it would have.
    fn statuses(&self) -> serde_json::Map<String, serde_json::Value> {
        let kept = self.cells.iter().enumerate().filter_map(|(at, cell)| match cell {
            Cell::KeptBack(why) => Some((at.to_string(), json!(why))),
            Cell::Told(_) | Cell::Absent => None,
        });
        kept.collect()
    }
}

/// A field of a line: no program that opens the file may take it for a formula.
fn field(text: &str) -> String {
    let guarded =
        if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains(['"', ',', '\n', '\r']) {
        return format!("\"{}\"", guarded.replace('"', "\"\""));
    }
    guarded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cube() -> Cube {
        let category = |code: &str, label: &str| (code.to_owned(), label.to_owned());
        let years = vec![category("2024", "2024"), category("2025", "2025")];
        let comuni = vec![category("A001", "=Uno, \"due\""), category("A002", "Due")];
        Cube {
            label: "Prova".to_owned(),
            updated: None,
            notes: Vec::new(),
            dimensions: vec![
                Dimension { id: "year", label: "Anno", role: Role::Time, categories: years },
                Dimension { id: "comune", label: "Comune", role: Role::Geo, categories: comuni },
            ],
            cells: vec![
                Cell::Told("-1.50".to_owned()),
                Cell::KeptBack("grade"),
                Cell::Absent,
                Cell::Told("3".to_owned()),
            ],
        }
    }

    #[test]
    fn a_line_has_its_codes_and_no_formula() {
        let lines = "year,year_label,comune,comune_label,value,status\r\n\
             2024,2024,A001,\"'=Uno, \"\"due\"\"\",-1.50,\r\n2024,2024,A002,Due,,grade\r\n2025,2025,A002,Due,3,\r\n";
        assert_eq!(cube().csv(), lines);
    }

    #[test]
    fn json_stat_has_as_many_values_as_its_sizes_say() {
        let read: serde_json::Value = serde_json::from_str(&cube().json_stat().unwrap()).unwrap();
        assert_eq!(read["value"], json!([-1.5, null, null, 3]));
        assert_eq!(read["size"], json!([2, 2]));
        assert_eq!(read["status"], json!({ "1": "grade" }));
        assert_eq!(read["dimension"]["comune"]["category"]["index"], json!(["A001", "A002"]));
        assert_eq!(read["role"]["geo"], json!(["comune"]));
    }
}
