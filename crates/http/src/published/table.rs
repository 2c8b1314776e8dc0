//! The table of facts: its columns, its rows as CSV (RFC 4180), and its description (CSVW).

use std::borrow::Cow;

use chrono::SecondsFormat;
use serde_json::{Value, json};
use traguardo_persistence::published::{Named, Place, PublicFact};

use super::offered::LICENCE;

/// A column: its name, its type in CSVW, what it holds.
type Column = (&'static str, &'static str, &'static str);

const COLUMNS: [Column; 13] = [
    ("comune", "string", "Codice catastale del comune."),
    ("comune_name", "string", "Nome del comune."),
    ("province", "string", "Sigla della provincia o città metropolitana."),
    ("region", "string", "Codice ISTAT della regione."),
    ("indicator", "string", "Codice dell'indicatore condiviso."),
    ("indicator_name", "string", "Che cosa misura l'indicatore."),
    (
        "definition",
        "integer",
        "Numero della definizione dell'indicatore: valori di definizioni diverse non si confrontano.",
    ),
    ("year", "gYear", "Anno a cui il valore si riferisce."),
    ("value", "decimal", "Valore, nell'unità dell'indicatore."),
    ("unit", "string", "Unità di misura."),
    (
        "score",
        "decimal",
        "Quanto di ciò che il piano del comune si attendeva è stato raggiunto, in centesimi; vuoto se non è noto.",
    ),
    ("grade", "string", "Qualità del dato: A senza mancanze, B una, C due, D di più."),
    ("published_at", "dateTime", "Quando il comune l'ha pubblicato."),
];

/// The first line.
pub(super) fn heading() -> String {
    let mut line = COLUMNS.map(|(name, ..)| name).join(",");
    line.push_str("\r\n");
    line
}

/// The line of a fact.
pub(super) fn line(fact: &PublicFact, place: Option<&Place>, called: Option<&Named>) -> String {
    let (definition, year) = (fact.definition.to_string(), fact.year.to_string());
    let published = fact.published_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    let of_place = |read: fn(&Place) -> &str| place.map(read).unwrap_or_default();
    let cells: [&str; 13] = [
        &fact.comune,
        of_place(|place| &place.name),
        of_place(|place| &place.province),
        of_place(|place| &place.region),
        &fact.indicator,
        called.map(|called| called.name.as_str()).unwrap_or_default(),
        &definition,
        &year,
        &fact.value,
        called.map(|called| called.measure.as_str()).unwrap_or_default(),
        fact.score.as_deref().unwrap_or_default(),
        &fact.grade,
        &published,
    ];
    let mut line = cells.map(cell).join(",");
    line.push_str("\r\n");
    line
}

/// A cell, between quotes where something in it would be taken for the end of it.
fn cell(text: &str) -> Cow<'_, str> {
    if text.contains(['"', ',', '\r', '\n']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// The description of the table, for programs (CSV on the Web).
pub(super) fn description(year: i16) -> Value {
    let columns: Vec<Value> = COLUMNS
        .iter()
        .map(|(name, datatype, meaning)| {
            let required = *name != "score";
            json!({
                "name": name, "titles": [name], "datatype": datatype, "required": required,
                "dc:description": {"@value": meaning, "@language": "it"},
            })
        })
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "it"}],
        "url": "facts",
        "dc:title": format!("Indicatori condivisi della performance dei comuni, {year}"),
        "dc:license": {"@id": LICENCE},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": true, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns, "primaryKey": ["comune", "indicator", "year"]},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_cannot_end_itself() {
        assert_eq!(cell("Reggio nell'Emilia"), "Reggio nell'Emilia");
        assert_eq!(cell("a,\"b\"\r\nc"), "\"a,\"\"b\"\"\r\nc\"");
    }

    #[test]
    fn every_column_of_the_heading_is_described() {
        let described = description(2025);
        let columns = described["tableSchema"]["columns"].as_array().unwrap();
        let names: Vec<_> = columns.iter().map(|column| column["name"].as_str().unwrap()).collect();
        assert_eq!(heading(), format!("{}\r\n", names.join(",")));
    }
}
