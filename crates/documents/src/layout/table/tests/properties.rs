//! Whatever a source says, no line is lost, no word of a row is lost, and nothing panics.

use proptest::prelude::*;

use super::*;
use crate::markup::plain;

/// Words tables of these layouts are made of, and others.
fn cell() -> impl Strategy<Value = String> {
    let usual = [
        "",
        "",
        "1",
        "2",
        "1.1",
        "2.1.",
        "1.1)",
        "N°",
        "Peso %",
        "10%",
        "(50%)",
        "Indicatori",
        "Valori Attesi",
        "-",
        "Data Fine Attesa",
        "Descrizione Obiettivi Gestionali",
        "Fase: avvio",
        "Fase:",
        "Obiettivo uno",
        "31.12.2024",
        "STRUTTURA: AREA ROSSA",
        "OBIETTIVI AREA 2",
        "OBIETTIVI TRASVERSALI",
        "Area Verde",
        "Responsabile ad interim",
        "Peso obiettivo",
        "Obiettivi anno 2024",
        "Risultati attesi",
        "Stato attuazione",
        "Totale",
        "Note",
        "---",
        "N/P",
    ];
    prop_oneof![
        4 => prop::sample::select(usual.to_vec()).prop_map(str::to_owned),
        1 => "[a-zA-Z0-9 .,:%()<>*|àèВ\u{0}-]{0,20}",
    ]
}

fn lines() -> impl Strategy<Value = Vec<Vec<String>>> {
    let header = prop::sample::select(vec![
        "N°\tDescrizione Obiettivi Gestionali\tPeso %\tIndicatori\tValori Attesi\tData Fine Attesa",
        "\tPeso obiettivo\tObiettivi anno 2024\tRisultati attesi\tIndicatori\tStato attuazione",
    ]);
    let header = header.prop_map(|line| line.split('\t').map(str::to_owned).collect());
    let line = prop_oneof![1 => header, 8 => prop::collection::vec(cell(), 1..9)];
    prop::collection::vec(line, 0..40)
}

/// Every place words were found in, and the words found there.
fn found(gathered: &Gathered) -> Vec<(&Found, &str)> {
    let mut fields: Vec<&Fields> = Vec::new();
    let mut words: Vec<&Found> = gathered.title.iter().collect();
    for unit in &gathered.units {
        fields.push(&unit.fields);
        fields.extend(&unit.summary);
        fields.extend(&unit.staff);
        words.extend(&unit.activities);
    }
    for objective in &gathered.objectives {
        fields.push(&objective.fields);
        fields.extend(&objective.phases);
        fields.extend(&objective.indicators);
    }
    words.extend(gathered.sections.iter().flat_map(|section| section.title.iter().chain(&section.lines)));
    words.extend(fields.into_iter().flat_map(|fields| fields.iter().map(|(_, found)| found)));
    words.into_iter().map(|found| (found, found.words.as_str())).collect()
}

proptest! {
    #[test]
    fn no_word_of_a_line_that_was_understood_is_lost(lines in lines(), by_area: bool) {
        let lines = lines.into_iter().zip(1..).map(|(cells, number)| {
            let form = if cells.len() > 1 { LineForm::Row } else { LineForm::Prose };
            SourceLine::new(number, 0, form, cells)
        });
        let source = Source::new(SourceFormat::Text, "UTF-8", Digest::of(b""), Vec::new(), lines.collect());
        let name = if by_area { "table_per_area" } else { "table_with_phases" };
        let gathered = gather(&source, shared(name));
        prop_assert_eq!(gathered.uses().len(), source.lines().len());
        let found = found(&gathered);
        for (index, (line, became)) in source.lines().iter().zip(gathered.uses()).enumerate() {
            prop_assert_eq!(line.is_blank(), *became == Use::Blank);
            for (cell, words) in line.cells().enumerate().filter(|_| *became == Use::Value) {
                let (place, words) = (Place { line: index, cell }, plain(words));
                // What stands before a title may be taken off it, and other rows may go on with it.
                let bare = words.strip_prefix("Fase:").map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(&words);
                let there = |(found, said): &(&Found, &str)| {
                    let here = found.place == place || found.more.contains(&place);
here && (said.contains(bare) || words.ends_with(said))
                };
                prop_assert!(words.is_empty() || found.iter().any(there) , "{words} of {place:?}");
            }
        }
        for unit in 0..gathered.units.len() {
            prop_assert!(gathered.units[unit].parent.is_none_or(|parent| parent < unit));
        }
        prop_assert!(gathered.objectives.iter().flat_map(|own| &own.units).all(|unit| *unit < gathered.units.len()));
    }
}
