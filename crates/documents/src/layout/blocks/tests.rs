use proptest::prelude::*;

use super::*;
use crate::gathered::GatheredObjective;
use crate::layout::structures::name_among;
use crate::layout::testing::{not_understood, shipped_profile, source_of, uses, words};

fn read(text: &str) -> Gathered {
    gather(&source_of(text), shipped_profile("key_value_blocks"))
}

fn all(objective: &GatheredObjective, field: Field) -> Vec<&str> {
    objective.fields.all(field).map(|found| found.words.as_str()).collect()
}

fn parts(parts: &[Fields]) -> Vec<Vec<&str>> {
    parts.iter().map(|part| part.iter().map(|(_, found)| found.words.as_str()).collect()).collect()
}

fn names(gathered: &Gathered) -> Vec<&str> {
    gathered.units.iter().map(|unit| words(name_among(&unit.fields))).collect()
}

#[test]
fn a_plan_of_named_lines_is_read() {
    let gathered = read(include_str!("../../../fixtures/blocks_lines.txt"));
    assert_eq!(words(gathered.title.as_ref()), "PIANO DEGLI OBIETTIVI 2026");
    assert_eq!(gathered.sections[0].body(), "Le schede che seguono dicono che cosa si farà.");
    assert_eq!(names(&gathered), ["Lavori pubblici e verde", "Servizi demografici"]);
    assert_eq!(words(gathered.units[0].fields.get(Field::Responsible)), "capo settore tecnico");
    let [bridge, green, card] = gathered.objectives.as_slice() else { panic!("{:?}", gathered.objectives) };
    assert_eq!((&bridge.units[..], &green.units[..], &card.units[..]), (&[0][..], &[0][..], &[1][..]));
    assert_eq!(all(bridge, Field::Title), ["Riaprire il ponte pedonale"]);
    assert_eq!(all(bridge, Field::Weight), ["40%"]);
    assert_eq!(parts(&bridge.indicators), [["Giorni di chiusura", "<= 30"], ["Collaudo", "sì"]]);
    assert_eq!(all(bridge, Field::Deadline), ["30/09/2026"]);
    let description = "Il ponte è chiuso dalla piena. Si rifanno le spalle e poi l'impalcato.";
    assert_eq!(all(bridge, Field::Description), [description]);
    assert_eq!(all(green, Field::Deadline), ["31.12.2026"]);
    assert_eq!(all(green, Field::Notes), [""; 0]);
    assert_eq!(
        parts(&card.indicators),
        [["Giorni medi", "2", "30/06/2026"], ["Sportelli aperti il sabato", "almeno 1", "31/12/2026"]]
    );
    assert_eq!(all(card, Field::Weight), ["100% Questa riga resta sola"]);
    assert_eq!(not_understood(&gathered), [42]);
    assert_eq!(uses(&gathered)[&Use::Decoration], 1);
}

#[test]
fn a_plan_of_forms_with_names_in_the_first_column_is_read() {
    let gathered = read(include_str!("../../../fixtures/blocks_forms.txt"));
    assert_eq!(not_understood(&gathered), [0_usize; 0]);
    assert_eq!(names(&gathered), ["Biblioteca", "Tributi"]);
    let [classes, taxes, evening] = gathered.objectives.as_slice() else {
        panic!("{:?}", gathered.objectives)
    };
    assert_eq!((&classes.units[..], &taxes.units[..], &evening.units[..]), (&[0][..], &[1][..], &[0][..]));
    assert_eq!(all(classes, Field::Number), ["1"]);
    assert_eq!(all(classes, Field::Weight), ["30%"]);
    assert_eq!(all(classes, Field::Description), ["Un libro al mese, scelto con gli insegnanti"]);
    assert_eq!(
        parts(&classes.steps),
        [["Scegliere i libri", "gennaio"], ["Portarli nelle classi", "da febbraio"]]
    );
    assert_eq!(parts(&taxes.indicators), [["Risposte in tempo", "95%"]]);
    assert_eq!(all(taxes, Field::Deadline), [""; 0]);
    assert_eq!(parts(&evening.indicators), [["Sere di apertura", "40"]]);
}

#[test]
fn blocks_begin_again_with_what_they_began_with() {
    let gathered = read("Numero: 1\nObiettivo: Primo\nNumero: 2\nObiettivo: Secondo\n");
    let numbers: Vec<_> = gathered.objectives.iter().map(|objective| all(objective, Field::Number)).collect();
    assert_eq!(numbers, [["1"], ["2"]]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_lines_are_read_and_none_is_lost(lines in prop::collection::vec(prop_oneof![
        4 => prop::sample::select(vec![
            "", "Obiettivo: uno", "Peso: 5%", "Indicatore:", "parole e altre parole", "Settore: Verde", "Scheda n. 3",
            "Target\t3", "Fase 1: prima", "PREMESSA", "PIANO DELLA PERFORMANCE", "\tsolo\tcelle", "....", "Ufficio: X",
        ]).prop_map(str::to_owned),
        1 => "[^\n\r]{0,30}",
    ], 0..40)) {
        let source = source_of(&lines.join("\n"));
        let gathered = gather(&source, shipped_profile("key_value_blocks"));
        prop_assert_eq!(gathered.uses().len(), source.lines().len());
    }
}

#[test]
fn a_large_source_is_read_whole() {
    let block = "Obiettivo: Primo\nPeso: 10%\nIndicatore: Giorni\nTarget: 3\nche segue\n";
    let gathered = read(&block.repeat(2_000));
    assert_eq!(gathered.objectives.len(), 2_000);
}
