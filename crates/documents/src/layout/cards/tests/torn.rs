//! A plan a scan tore, with the mistakes of such plans in other places than the real one has them.

use super::*;

const PLAN: &str = include_str!("../../../../fixtures/cards_torn.txt");

#[test]
fn a_torn_plan_is_put_together() {
    let gathered = read(PLAN);
    let codes: Vec<&str> = gathered.objectives.iter().map(|card| words(&card.fields, Field::Code)).collect();
    assert_eq!(codes, ["1/EN", "2/EN", "3/EN", "4/EN", "5/EN", "1/CU", "2/CU"]);
    let titles: Vec<&str> =
        gathered.objectives.iter().map(|card| words(&card.fields, Field::Title)).collect();
    assert_eq!(titles[0], "BOLLETTE CHIARE E PUNTUALI PER TUTTE LE FAMIGLIE");
    assert_eq!(
        titles[1..],
        [
            "RIMBORSI VELOCI",
            "ACCORDI CON I CONTRIBUENTI",
            "SPORTELLO ITINERANTE",
            "CENSIMENTO DEI PASSI CARRABILI",
            "PARCHI SICURI",
            "Rive pulite",
        ]
    );
    let not_understood: Vec<&str> = lines_that(&gathered, Use::NotUnderstood)
        .into_iter()
        .filter_map(|line| PLAN.lines().nth(line - 1))
        .collect();
    assert_eq!(not_understood, [""; 0]);
}

#[test]
fn weights_lost_on_cards_come_from_the_summary_and_are_told() {
    let gathered = read(PLAN);
    let weights: Vec<(&str, &str)> = gathered
        .objectives
        .iter()
        .map(|card| (words(&card.fields, Field::CardWeight), words(&card.fields, Field::Weight)))
        .collect();
    assert_eq!(
        weights,
        [
            ("30%", "30%"),
            ("25%", "25%"),
            ("", "20%"),
            ("", "15 %"),
            ("10%", "10%"),
            ("55%", "55%"),
            ("", "45%")
        ]
    );
    assert_eq!(noticed(&gathered, FindingCode::WeightMissing), ["3/EN", "4/EN", "2/CU"]);
    assert_eq!(noticed(&gathered, FindingCode::NumberOutOfSequence), ["4/EN", "2/CU"]);
    let lost = &gathered.objectives[3].fields.get(Field::Code).unwrap();
    assert_eq!(lost.confidence, traguardo_domain::reading::Confidence::Guess);
    let wrapped = words(&gathered.units[0].summary[0], Field::SummaryTitle);
    assert!(wrapped.ends_with("DELLE FRAZIONI ALTE"), "{wrapped}");
}

#[test]
fn steps_have_their_own_times_and_values_over_several_rows_are_one() {
    let gathered = read(PLAN);
    let first = card(&gathered, "1/EN");
    assert_eq!(words(&first.fields, Field::Impact), "Far capire a ogni famiglia che cosa paga e perché");
    assert_eq!(words(&first.fields, Field::Result), "Bollette riscritte in parole semplici");
    assert_eq!(words(&first.fields, Field::Stakeholders), "Famiglie, amministratori di condominio");
    assert_eq!(words(&first.fields, Field::Programme), "Gestione delle entrate");
    assert_eq!(
        words(&first.fields, Field::DupObjective),
        "Rendere leggibili gli atti che arrivano nelle case"
    );
    assert_eq!(
        column(&first.steps, Field::Step),
        ["Bozza del nuovo modello", "Prova con venti famiglie", "Invio a tutti"]
    );
    assert_eq!(column(&first.steps, Field::StepTimes), ["gen-27", "Marzo", "giu-27"]);
}

#[test]
fn indicators_over_several_rows_are_one_each() {
    let gathered = read(PLAN);
    let first = card(&gathered, "1/EN");
    assert_eq!(
        column(&first.indicators, Field::Indicator),
        [
            "Famiglie che dicono di capire la bolletta senza chiedere aiuto",
            "% Bollette spedite entro il mese di competenza"
        ]
    );
    assert_eq!(column(&first.indicators, Field::Target), ["80%", "100%"]);
    let third = card(&gathered, "3/EN");
    assert_eq!(column(&third.indicators, Field::Profile), ["Quantità (di attività)"]);
    assert_eq!(column(&third.indicators, Field::Target), ["31/10/2027 31/10/2021"]);
    let fourth = card(&gathered, "4/EN");
    assert_eq!(
        column(&fourth.indicators, Field::Indicator),
        ["Giri compiuti sul totale di quelli in calendario"]
    );
    assert_eq!(column(&fourth.indicators, Field::Target), [""]);
    assert_eq!(noticed(&gathered, FindingCode::ColumnsShifted), ["3/EN", "3/EN", "4/EN"]);
    let counts: Vec<usize> = gathered.objectives.iter().map(|card| card.indicators.len()).collect();
    assert_eq!(counts, [2, 1, 1, 1, 1, 1, 1]);
}

#[test]
fn loose_lines_find_their_place() {
    let gathered = read(PLAN);
    let second = card(&gathered, "2/EN");
    assert_eq!(
        words(&second.fields, Field::DupObjective),
        "Rendere leggibili gli atti che arrivano nelle case"
    );
    assert_eq!(noticed(&gathered, FindingCode::HeadingInsideData), ["2/EN"]);
    let third = card(&gathered, "3/EN");
    assert_eq!(words(&third.fields, Field::Programme), "Gestione delle entrate");
    assert_eq!(
        words(&third.fields, Field::DupObjective),
        "Ridurre il contenzioso con chi è in ritardo e rendere gli incassi più sicuri."
    );
    assert_eq!(column(&third.steps, Field::Step), ["Lettera di invito"]);
    assert_eq!(column(&third.steps, Field::StepTimes), ["entro il 31/10/2027"]);
    let custodians = card(&gathered, "1/CU");
    assert_eq!(words(&custodians.fields, Field::Programme), "Sicurezza");
    assert_eq!(words(&custodians.fields, Field::DupObjective), "Rendere i luoghi di tutti più accoglienti");
}
