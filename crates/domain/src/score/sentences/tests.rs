use serde_json::{Value as Json, json};

use super::*;
use crate::indicator::IndicatorId;
use crate::measurement::{Subject, Value};
use crate::rulebook::{Absence, Shipped, shipped};
use crate::score::tests::{AFTER_THE_YEAR, percents, results};
use crate::score::{Overview, Results, Scorer};

fn overview(weights: &[i32], results: &Results, which: Shipped, tell: impl Fn(&Overview<'_>, &Rulebook)) {
    let (plan, mut rulebook) = (percents(weights), shipped(which).unwrap());
    rulebook.absences.missing = Absence::Zero;
    let scorer = Scorer::new(&plan, &rulebook, results, AFTER_THE_YEAR.parse().unwrap());
    tell(&scorer.all(), &rulebook);
}

/// What is said of an indicator alone.
fn indicator(facts: &Json, value: Option<&Json>) -> Vec<String> {
    let mut plan = percents(&[100]);
    let mut written = json!({"id": plan.objectives[0].facts.indicators[0].id, "name": "Quanto"});
    written.as_object_mut().unwrap().extend(facts.as_object().unwrap().clone());
    plan.objectives[0].facts.indicators = vec![serde_json::from_value(written).unwrap()];
    let id: IndicatorId = plan.objectives[0].facts.indicators[0].id;
    let mut known = Results::default();
    if let Some(value) = value {
        let value: Value = serde_json::from_value(value.clone()).unwrap();
        known.values.insert((Subject::Indicator(id), None), value);
    }
    let rulebook = shipped(Shipped::ThreeLevels).unwrap();
    let scorer = Scorer::new(&plan, &rulebook, &known, AFTER_THE_YEAR.parse().unwrap());
    let How::Mean { parts, .. } = scorer.all().assignments[0].scored.how.clone() else { panic!() };
    explain(&parts[0].scored, &rulebook)
}

fn judged(judgement: &Json, value: Option<i32>) -> Vec<String> {
    let plan = percents(&[100]);
    let mut known = results(&[value]);
    let of = plan.objectives[0].facts.assignments[0].id;
    known.judgements.insert(of, serde_json::from_value(judgement.clone()).unwrap());
    let rulebook = shipped(Shipped::ThreeLevels).unwrap();
    let scorer = Scorer::new(&plan, &rulebook, &known, AFTER_THE_YEAR.parse().unwrap());
    explain(&scorer.all().assignments[0].scored, &rulebook)
}

#[test]
fn a_structure_is_told_by_its_objectives_their_weights_and_the_exact_division() {
    let mut known = results(&[Some(100), Some(80), Some(90), Some(100), Some(0), Some(100)]);
    let effect =
        json!({"type": "sterilised", "effect": {"type": "redistributed"}, "cause": "Fondi ritirati"});
    let of = percents(&[10; 6]).objectives[4].facts.assignments[0].id;
    known.judgements.insert(of, serde_json::from_value(effect).unwrap());
    overview(&[10, 10, 10, 10, 30, 30], &known, Shipped::ThreeLevels, |all, rulebook| {
        assert_eq!(
            explain(&all.comune, rulebook),
            [
                "Il comune raggiunge 95,71 su 100 ed è nella fascia «Raggiunto».",
                "Il risultato viene da una sola struttura.",
                "La struttura «Area 1» raggiunge 95,71 su 100.",
            ]
        );
        assert_eq!(
            explain(&all.units[0].1, rulebook),
            [
                "La struttura «Area 1» raggiunge 95,71 su 100 ed è nella fascia «Raggiunto».",
                "Il risultato è la media di 6 obiettivi, ciascuno secondo il suo peso.",
                "L'obiettivo «Obiettivo 0» pesa 10 e raggiunge 100,00 su 100.",
                "L'obiettivo «Obiettivo 1» pesa 10 e raggiunge 80,00 su 100.",
                "L'obiettivo «Obiettivo 2» pesa 10 e raggiunge 90,00 su 100.",
                "L'obiettivo «Obiettivo 3» pesa 10 e raggiunge 100,00 su 100.",
                "L'obiettivo «Obiettivo 5» pesa 30 e raggiunge 100,00 su 100.",
                "I pesi sommano a 100, quelli che contano a 70: 6700 diviso 70 fa 95,71.",
                "L'obiettivo «Obiettivo 4» pesa 30 e non conta: è stata riconosciuta una causa esterna e il peso passa agli altri.",
            ]
        );
    });
}

#[test]
fn parts_of_one_weight_are_counted_and_a_band_that_fixes_what_counts_is_named() {
    let known = results(&[Some(80), None, Some(70)]);
    overview(&[20, 20, 20], &known, Shipped::FourLevels, |all, rulebook| {
        assert_eq!(
            explain(&all.units[0].1, rulebook),
            [
                "La struttura «Area 1» raggiunge 41,67 su 100 ed è nella fascia «Mancato».",
                "Il risultato è la media di 3 obiettivi, tutti con lo stesso peso.",
                "L'obiettivo «Obiettivo 0» raggiunge 80,00 su 100, ma nella fascia «Quasi pieno» conta 75,00.",
                "L'obiettivo «Obiettivo 1» conta zero: il termine è passato e non è stato inserito alcun valore.",
                "L'obiettivo «Obiettivo 2» raggiunge 70,00 su 100, ma nella fascia «Parziale» conta 50,00.",
                "I pesi sommano a 60: 2500 diviso 60 fa 41,67.",
            ]
        );
    });
}

#[test]
fn an_indicator_is_told_by_its_formula_its_value_and_what_the_plan_expects() {
    let at_least = |figure: &str| json!({"value": {"type": "bound", "comparison": "at_least", "figure": figure, "measure": "percent"}});
    let at_most = |words: &str, figure: &str| json!({"words": words, "value": {"type": "bound", "comparison": "at_most", "figure": figure}});
    let by = json!({"value": {"type": "by", "deadline": {"type": "date", "day": "2024-06-30"}}});
    let number = |figure: &str| json!({"type": "number", "figure": figure});
    for (facts, value, said) in [
        (
            json!({"formula": "higher", "target": at_least("80")}),
            number("72"),
            vec![
                "L'indicatore «Quanto» raggiunge 90,00 su 100.",
                "La formula è: più è meglio, il valore diviso per quello atteso.",
                "Il valore misurato è 72.",
                "Il piano si attende: «almeno 80 per cento».",
            ],
        ),
        (
            json!({"formula": "lower_zero", "target": at_most("indicatore annuale pari a 0 o negativo", "0")}),
            number("0.28"),
            vec![
                "L'indicatore «Quanto» raggiunge 0,00 su 100.",
                "La formula è: zero o meno, tutto o niente.",
                "Il valore misurato è 0,28.",
                "Il piano si attende: «indicatore annuale pari a 0 o negativo».",
            ],
        ),
        (
            json!({"formula": "ratio", "target": at_least("50")}),
            json!({"type": "ratio", "numerator": "2", "denominator": "3"}),
            vec![
                "L'indicatore «Quanto» raggiunge 100,00 su 100.",
                "La formula è: rapporto, quanti su quanti a confronto con il valore atteso.",
                "Il valore misurato è 2 su 3, cioè 66,67 per cento.",
                "Il piano si attende: «almeno 50 per cento».",
                "Il calcolo darebbe 133,33, ma non si conta oltre 100.",
            ],
        ),
        (
            json!({"formula": "date", "target": by}),
            json!({"type": "day", "day": "2024-07-08"}),
            vec![
                "L'indicatore «Quanto» raggiunge 80,00 su 100.",
                "La formula è: entro una data, cento in tempo, fino a 15 giorni di ritardo 80, fino a 30 60, fino a 60 30, poi zero.",
                "È stato fatto l'8 luglio 2024.",
                "Il piano si attende: «entro il 30 giugno 2024».",
            ],
        ),
    ] {
        assert_eq!(indicator(&facts, Some(&value)), said);
    }
}

#[test]
fn an_indicator_without_a_result_says_why_and_what_is_below_nothing_is_told() {
    let at_least = |figure: &str| json!({"value": {"type": "bound", "comparison": "at_least", "figure": figure, "measure": "percent"}});
    for (facts, value, said) in [
        (
            json!({"formula": "ratio", "target": at_least("50")}),
            json!({"type": "ratio", "numerator": "0", "denominator": "0"}),
            vec![
                "L'indicatore «Quanto» non ha un risultato: non è valutabile, perché il denominatore è zero.",
                "Il valore misurato è 0 su 0.",
            ],
        ),
        (
            json!({"formula": "higher_from_baseline", "baseline": {"year": 2023, "figure": "50"}, "target": at_least("80")}),
            json!({"type": "number", "figure": "40"}),
            vec![
                "L'indicatore «Quanto» raggiunge 0,00 su 100.",
                "La formula è: progresso dalla base, la strada fatta divisa per quella da fare.",
                "Il valore misurato è 40.",
                "Il piano si attende: «almeno 80 per cento».",
                "Il calcolo darebbe -33,33, ma sotto zero si conta zero.",
            ],
        ),
        (
            json!({"target": {"words": "giornaliero", "value": {"type": "text"}}}),
            json!({"type": "not_applicable", "reason": "Nessuna richiesta nell'anno"}),
            vec![
                "L'indicatore «Quanto» non ha un risultato: in questo periodo non si applica.",
                "È stato dichiarato che non si applica: «Nessuna richiesta nell'anno».",
            ],
        ),
    ] {
        assert_eq!(indicator(&facts, Some(&value)), said);
    }
    assert_eq!(
        indicator(&json!({}), None),
        [
            "L'indicatore «Quanto» non ha un risultato: il termine è passato e non è stato inserito alcun valore."
        ]
    );
}

#[test]
fn what_was_judged_stands_beside_what_was_computed() {
    let sterilised =
        |effect: &Json| json!({"type": "sterilised", "effect": effect, "cause": "Norma cambiata"});
    let body = "L'organo di valutazione";
    for (judgement, value, said) in [
        (
            json!({"type": "certified"}),
            Some(40),
            format!("{body} ha certificato quanto calcolato; il risultato calcolato è 40,00 su 100."),
        ),
        (
            json!({"type": "override", "percent": "75.5", "reason": "Il registro prova di più"}),
            Some(40),
            format!(
                "{body} ha stabilito 75,50 su 100, perché «Il registro prova di più»; il risultato calcolato è 40,00 su 100."
            ),
        ),
        (
            json!({"type": "not_evaluable", "reason": "Dati assenti"}),
            None,
            format!(
                "{body} ha dichiarato l'obiettivo non valutabile, perché «Dati assenti»; un risultato calcolato non c'è: il termine è passato e non è stato inserito alcun valore."
            ),
        ),
        (
            sterilised(&json!({"type": "redistributed"})),
            Some(40),
            format!(
                "{body} ha riconosciuto una causa esterna, «Norma cambiata»: il peso passa agli altri; il risultato calcolato è 40,00 su 100."
            ),
        ),
        (
            sterilised(&json!({"type": "frozen", "percent": "33.3"})),
            Some(40),
            format!(
                "{body} ha riconosciuto una causa esterna, «Norma cambiata»: vale quanto era raggiunto fino ad allora, 33,30 su 100; il risultato calcolato è 40,00 su 100."
            ),
        ),
        (
            sterilised(&json!({"type": "exogenous", "percent": "50"})),
            Some(40),
            format!(
                "{body} ha riconosciuto una causa esterna, «Norma cambiata»: di quanto manca a 100 è riconosciuta la parte di 50 su 100, e il risultato sale a 70,00; il risultato calcolato è 40,00 su 100."
            ),
        ),
    ] {
        let told = judged(&judgement, value);
        assert!(told.contains(&said), "{said}\n{told:#?}");
    }
}

#[test]
fn an_objective_is_told_with_its_only_indicator_once() {
    overview(&[100], &results(&[Some(40)]), Shipped::ThreeLevels, |all, rulebook| {
        assert_eq!(
            explain(&all.assignments[0].scored, rulebook),
            [
                "L'obiettivo «Obiettivo 0» raggiunge 40,00 su 100 ed è nella fascia «Non raggiunto».",
                "Il risultato viene da un solo indicatore.",
                "L'indicatore «Quanto» raggiunge 40,00 su 100.",
                "La formula è: più è meglio, il valore diviso per quello atteso.",
                "Il valore misurato è 40.",
                "Il piano si attende: «almeno 100 per cento».",
            ]
        );
    });
}
