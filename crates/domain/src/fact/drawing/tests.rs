#![expect(clippy::arithmetic_side_effects, reason = "numbers of tests are small")]

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::*;
use crate::fact::Grade;
use crate::review::{Context, review};
use crate::rulebook::{Shipped, shipped};
use crate::score::Results;

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128((kind << 64) | u128::try_from(number).unwrap())
}

/// A version of `T1` with one indicator, `T1.itp`.
fn template(number: i32, definition: i32, pooling: &str, (formula, measure): (&str, &str)) -> Template {
    serde_json::from_value(json!({
        "code": "T1", "author": "traguardo", "number": number, "published_at": "2024-01-01T00:00:00Z",
        "title": "Pagare in tempo", "purpose": "Pagare in tempo i fornitori.", "scope": "comune",
        "indicators": [{
            "code": "T1.itp", "name": "Indicatore", "formula": formula, "formula_words": "Una figura.", "measure": measure,
            "direction": "higher", "perimeter": "Tutto.", "pooling": pooling,
        }],
        "definitions": [{"indicator": "T1.itp", "number": definition}],
    }))
    .unwrap()
}

/// A plan with one objective per row, each in as many structures as it says.
fn plan(objectives: &[usize]) -> Json {
    let objective = |(number, units): (usize, &usize)| {
        let assignment = |unit: usize| json!({"id": id(2, number * 10 + unit), "unit": id(1, unit)});
        json!({
            "id": id(3, number), "title": format!("Obiettivo {number}"), "template": "T1", "template_version": 1,
            "assignments": (0..*units).map(assignment).collect::<Vec<_>>(),
            "indicators": [{
                "id": id(4, number), "name": "Quanto", "template_indicator": "T1.itp",
                "target": {"value": {"type": "bound", "comparison": "at_least", "figure": "100"}},
            }],
        })
    };
    let unit = |unit: usize| json!({"id": id(1, unit), "code": format!("A{unit}"), "name": "Area", "kind": "area", "valid_from": "2020-01-01"});
    json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"id": id(0, 0), "year": 2024, "kind": "standalone", "title": "Piano", "scale": []},
        "units": (0..3).map(unit).collect::<Vec<_>>(),
        "objectives": objectives.iter().enumerate().map(objective).collect::<Vec<_>>(),
    })
}

fn number(figure: &str) -> Json {
    json!({"type": "number", "figure": figure})
}

fn ratio(numerator: &str, denominator: &str) -> Json {
    json!({"type": "ratio", "numerator": numerator, "denominator": denominator})
}

/// A final measurement of all the year, of an objective's indicator, in one of its structures or in all.
fn measured(objective: usize, unit: Option<usize>, value: &Json) -> Measurement {
    let assignment = unit.map(|unit| id(2, objective * 10 + unit));
    let own = id(5, objective * 100 + unit.unwrap_or(99));
    let mut said = json!({
        "id": own, "subject": {"type": "indicator", "id": id(4, objective)}, "objective": id(3, objective),
        "period": {"from": "2024-01-01", "to": "2024-12-31"}, "value": value, "standing": "final", "origin": "entered",
        "recorded_at": "2025-01-10T10:00:00Z", "recorded_by": id(9, 9),
    });
    if let Some(assignment) = assignment {
        said["assignment"] = json!(assignment);
    }
    serde_json::from_value(said).unwrap()
}

struct Case {
    plan: Json,
    templates: Vec<Template>,
    measurements: Vec<Measurement>,
    certified: bool,
}

impl Case {
    fn new(pooling: &str, objectives: &[usize], measurements: Vec<Measurement>) -> Self {
        let templates = vec![template(1, 1, pooling, ("ratio", "percent"))];
        Self { plan: plan(objectives), templates, measurements, certified: true }
    }

    fn drawn(&self) -> Drawn {
        let document: PlanDocument = serde_json::from_value(self.plan.clone()).unwrap();
        let at = "2025-02-01".parse().unwrap();
        let rulebook = shipped(Shipped::ThreeLevels).unwrap();
        let results = Results::known(&self.measurements, &HashMap::new(), at);
        draw(&Material {
            document: &document,
            measurements: &self.measurements,
            scorer: &Scorer::new(&document, &rulebook, &results, at),
            templates: &self.templates,
            at,
            certified: self.certified,
            findings: &review(&document, &Context::default()),
        })
    }

    /// What came of it, in one line: value, numerator, denominator, shortfalls; or why not.
    fn told(&self) -> String {
        let drawn = self.drawn();
        assert!(drawn.facts.len() < 2);
        let left = drawn.left_out.iter().map(|one| serde_json::to_value(one.why).unwrap());
        let left: Vec<String> = left.map(|why| why.as_str().unwrap().to_owned()).collect();
        let Some(fact) = drawn.facts.first() else { return left.join(" ") };
        let part = |part: Option<Figure>| part.map_or_else(|| "-".to_owned(), |part| part.to_string());
        let shortfalls = serde_json::to_value(&fact.shortfalls).unwrap().to_string();
        let figures = format!("{} {}/{}", fact.value, part(fact.numerator), part(fact.denominator));
        format!("{figures} {shortfalls} {}", left.join(" ")).trim().to_owned()
    }
}

#[test]
fn shares_of_structures_are_put_together_by_what_they_are_shares_of() {
    let values = vec![measured(0, Some(0), &ratio("9", "10")), measured(0, Some(1), &ratio("10", "90"))];
    let case = Case::new("pooled", &[2], values);
    assert_eq!(case.told(), "19 19/100 []");
    assert_eq!(case.drawn().facts[0].grade(), Grade::A);
    let nothing_asked = vec![measured(0, Some(0), &ratio("9", "10")), measured(0, Some(1), &ratio("0", "0"))];
    assert_eq!(Case::new("pooled", &[2], nothing_asked).told(), "90 9/10 []");
    let nothing = vec![measured(0, None, &ratio("0", "0"))];
    assert_eq!(Case::new("pooled", &[2], nothing).told(), "not_evaluable");
}

#[test]
fn what_a_comune_settled_of_a_method_is_another_definition() {
    let of = |origin: &str, method: &str| {
        let mut value = serde_json::to_value(measured(0, None, &ratio("9", "10"))).unwrap();
        value["origin"] = json!(origin);
        value["source"] = json!(format!("Registro della formazione, metodo {method}, versione 2"));
        let case = Case::new("pooled", &[2], vec![serde_json::from_value(value).unwrap()]);
        case.told()
    };
    assert_eq!(of("feeder", "training_threshold"), "90 9/10 []");
    let settled = "training_threshold_by_days_as_settled";
    assert_eq!(of("feeder", settled), "90 9/10 [\"old_definition\"]");
    assert_eq!(of("entered", settled), "90 9/10 []");
}

#[test]
fn shares_nobody_kept_the_denominator_of_are_a_mean_that_says_so() {
    let values = vec![measured(0, Some(0), &number("90")), measured(0, Some(1), &number("95"))];
    assert_eq!(Case::new("pooled", &[2], values).told(), "92.5 -/- [\"no_denominator\"]");
    let mixed = vec![measured(0, Some(0), &number("90")), measured(0, Some(1), &ratio("9", "10"))];
    assert_eq!(Case::new("pooled", &[2], mixed).told(), "incomplete");
}

#[test]
fn the_one_figure_of_a_comune_is_the_same_wherever_it_is_recorded() {
    let same = vec![measured(0, Some(1), &number("90")), measured(1, None, &ratio("18", "20"))];
    let case = Case::new("same", &[2, 1, 1], same);
    assert_eq!(case.told(), "90 18/20 [] no_value");
    assert_eq!(case.drawn().left_out[0].objective, ObjectiveId(id(3, 2)));
    let differing = vec![measured(0, Some(0), &number("90")), measured(1, Some(0), &number("91"))];
    assert_eq!(Case::new("same", &[1, 1], differing).told(), "disagreeing disagreeing");
}

#[test]
fn a_sum_of_some_of_the_structures_is_no_figure_of_the_comune() {
    let of = |values: Vec<Measurement>| {
        let mut case = Case::new("summed", &[2, 1], values);
        case.templates = vec![template(1, 1, "summed", ("count", "number"))];
        case.told()
    };
    let (one, two, three) = (
        measured(0, Some(0), &number("3")),
        measured(0, Some(1), &number("4")),
        measured(1, None, &number("5")),
    );
    assert_eq!(of(vec![one.clone(), two.clone(), three.clone()]), "12 -/- []");
    assert_eq!(of(vec![one.clone(), three.clone()]), "incomplete incomplete");
    assert_eq!(of(vec![one.clone(), two.clone()]), "no_value incomplete");
    let none = measured(0, Some(1), &json!({"type": "not_applicable", "reason": "Nessun ufficio."}));
    assert_eq!(of(vec![one, none, three]), "8 -/- []");
}

#[test]
fn the_value_for_all_structures_counts_once() {
    let mut case = Case::new("summed", &[3], vec![measured(0, None, &number("3"))]);
    case.templates = vec![template(1, 1, "summed", ("count", "number"))];
    assert_eq!(case.told(), "3 -/- []");
}

#[test]
fn what_is_measured_otherwise_than_the_shared_indicator_is_left_out() {
    for (member, word, why) in [
        ("measure", "days", "other_measure"),
        ("formula", "count", "other_formula"),
        ("direction", "lower", "other_direction"),
        ("template_indicator", "T1.other", "unknown"),
    ] {
        let mut case = Case::new("same", &[1], vec![measured(0, None, &number("90"))]);
        case.plan["objectives"][0]["indicators"][0][member] = json!(word);
        assert_eq!(case.told(), why);
    }
    let mut unbound = Case::new("same", &[1], vec![measured(0, None, &number("90"))]);
    unbound.plan["objectives"][0]["template_version"] = json!(2);
    assert_eq!(unbound.told(), "unknown");
}

#[test]
fn what_is_no_figure_gives_none() {
    for (value, why) in [
        (json!({"type": "text", "words": "bene"}), "not_a_figure"),
        (json!({"type": "done", "done": true}), "not_a_figure"),
        (json!({"type": "day", "day": "2024-06-30"}), "not_a_figure"),
        (json!({"type": "judgement", "percent": "80"}), "not_a_figure"),
        (json!({"type": "not_evaluable", "reason": "boh"}), "not_evaluable"),
        (json!({"type": "not_applicable", "reason": "boh"}), "not_evaluable"),
        (ratio("1", "0"), "not_evaluable"),
        (ratio("999999999999999", "0.000001"), "not_evaluable"),
    ] {
        assert_eq!(Case::new("same", &[1], vec![measured(0, None, &value)]).told(), why, "{value}");
    }
    assert_eq!(Case::new("same", &[1], Vec::new()).told(), "no_value");
    let mut done = Case::new("same", &[1], vec![measured(0, None, &json!({"type": "done", "done": true}))]);
    done.templates = vec![template(1, 1, "same", ("boolean", "number"))];
    assert_eq!(done.told(), "1 -/- []");
}

#[test]
fn every_shortfall_lowers_the_grade_by_one() {
    let mut value = measured(0, None, &number("90"));
    value.facts.period.to = "2024-09-30".parse().unwrap();
    let mut case = Case::new("same", &[1], vec![value]);
    case.certified = false;
    case.templates.push(template(2, 2, "same", ("ratio", "percent")));
    case.plan["objectives"][0]["deadline"] = json!({"words": "31/06/2024", "value": {"type": "text"}});
    let fact = case.drawn().facts.remove(0);
    let all = [
        Shortfall::OldDefinition,
        Shortfall::PartOfTheYear,
        Shortfall::Provisional,
        Shortfall::NoDenominator,
    ];
    assert!(all.iter().all(|one| fact.shortfalls.contains(one)), "{:?}", fact.shortfalls);
    assert_eq!(fact.grade(), Grade::D);
}

#[test]
fn a_newer_version_with_the_same_definition_makes_nothing_old() {
    let mut case = Case::new("same", &[1], vec![measured(0, None, &ratio("9", "10"))]);
    case.templates.push(template(2, 1, "same", ("ratio", "percent")));
    assert_eq!(case.told(), "90 9/10 []");
}

#[test]
fn figures_by_two_definitions_are_not_put_together() {
    let values = vec![measured(0, None, &ratio("9", "10")), measured(1, None, &ratio("8", "10"))];
    let mut case = Case::new("same", &[1, 1], values);
    case.templates.push(template(2, 2, "same", ("ratio", "percent")));
    case.plan["objectives"][1]["template_version"] = json!(2);
    assert_eq!(case.told(), "80 8/10 [] other_definition");
}

#[test]
fn an_error_in_the_plan_is_told_of_the_fact_it_is_in() {
    let mut case = Case::new("same", &[1], vec![measured(0, None, &ratio("9", "10"))]);
    case.plan["objectives"][0]["assignments"][0]["weight"] =
        json!({"value": {"type": "percent", "percent": "150"}});
    assert_eq!(case.told(), "90 9/10 [\"open_finding\"]");
}

#[test]
fn the_score_is_the_mean_of_what_was_achieved_in_each_structure() {
    let values = vec![measured(0, Some(0), &ratio("1", "3")), measured(0, Some(1), &ratio("2", "3"))];
    let fact = Case::new("pooled", &[2], values).drawn().facts.remove(0);
    assert_eq!(fact.value.to_string(), "50");
    assert_eq!(fact.score.unwrap().to_string(), "50");
    let values = vec![measured(0, None, &ratio("1", "3"))];
    let fact = Case::new("pooled", &[1], values).drawn().facts.remove(0);
    assert_eq!(
        (fact.value.to_string(), fact.score.unwrap().to_string()),
        ("33.333333".into(), "33.333333".into())
    );
}
