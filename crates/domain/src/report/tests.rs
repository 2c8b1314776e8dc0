use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::assignment::AssignmentId;
use crate::figure::Figure;
use crate::indicator::IndicatorId;
use crate::measurement::{Subject, Value};
use crate::plan::document::PlanDocument;
use crate::rulebook::{Shipped, shipped};
use crate::score::{Results, Sterilisation};

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128((kind << 64) | u128::try_from(number).unwrap())
}

/// Objectives of one structure; some are assigned to nothing, some have nothing to measure.
fn plan(objectives: &[(bool, bool)]) -> PlanDocument {
    let objective = |(number, (assigned, measurable)): (usize, &(bool, bool))| {
        let assignments =
            if *assigned { json!([{"id": id(2, number), "unit": id(1, 0)}]) } else { json!([]) };
        let indicators = if *measurable {
            json!([{"id": id(4, number), "name": "Quanto", "formula": "higher", "target": {"value":
                {"type": "bound", "comparison": "at_least", "figure": "100"}, "words": "almeno 100"}}])
        } else {
            json!([])
        };
        json!({"id": id(3, number), "title": format!("Obiettivo {number}"), "assignments": assignments,
            "indicators": indicators})
    };
    let objectives: Vec<_> = objectives.iter().enumerate().map(objective).collect();
    serde_json::from_value(json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"id": id(0, 0), "year": 2024, "kind": "standalone", "title": "Piano"},
        "units": [{"id": id(1, 0), "code": "A1", "name": "Area 1", "kind": "area", "valid_from": "2020-01-01"}],
        "objectives": objectives,
    }))
    .unwrap()
}

fn made(document: &PlanDocument, results: &Results) -> Report {
    let rulebook = shipped(Shipped::ThreeLevels).unwrap();
    report(&Material {
        document,
        plan_version: 1,
        plan_digest: Digest::of(b"plan"),
        rulebook: &rulebook,
        edition: None,
        results,
        at: "2025-02-01".parse().unwrap(),
        certified: false,
        variations: &[],
    })
}

proptest! {
    #[test]
    fn no_objective_of_the_plan_can_be_missing_and_none_changes_its_place(
        objectives in proptest::collection::vec((any::<bool>(), any::<bool>()), 0..30),
        measured in proptest::collection::vec(any::<bool>(), 30),
        judged in proptest::collection::vec(0..4_usize, 30),
    ) {
        let document = plan(&objectives);
        let mut results = Results { values: HashMap::new(), judgements: HashMap::new() };
        for (number, _) in objectives.iter().enumerate() {
            if measured[number] {
                let subject = Subject::Indicator(IndicatorId(id(4, number)));
                results.values.insert((subject, None), Value::Number { figure: Figure::whole(50) });
            }
            let words = Words::parse("Perché sì").unwrap();
            let judgement = match judged[number] {
                0 => continue,
                1 => Judgement::Certified,
                2 => Judgement::NotEvaluable { reason: words },
                _ => serde_json::from_value(json!({"type": "sterilised", "cause": "Legge cambiata",
                    "effect": Sterilisation::Redistributed, "reason": "law_changed"})).unwrap(),
            };
            results.judgements.insert(AssignmentId(id(2, number)), judgement);
        }
        let report = made(&document, &results);
        let told: Vec<ObjectiveId> = report.objectives.iter().map(|line| line.id).collect();
        let planned: Vec<ObjectiveId> = document.objectives.iter().map(|one| one.id).collect();
        prop_assert_eq!(told, planned);
        for (line, objective) in report.objectives.iter().zip(&document.objectives) {
            prop_assert_eq!(line.assignments.len(), objective.facts.assignments.len());
        }
        let written = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(serde_json::from_str::<Report>(&written).unwrap(), report);
    }
}

#[test]
fn what_was_never_measured_and_what_is_nobodys_is_told() {
    let report = made(&plan(&[(true, true), (false, true)]), &Results::default());
    let told: Vec<_> = report
        .findings
        .iter()
        .filter(|finding| finding.code == crate::review::FindingCode::ReportComplete)
        .map(|finding| (finding.pointer.as_str(), finding.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("/objectives/0", "Di «Obiettivo 0» non è stato inserito nessun valore."),
            ("/objectives/1", "«Obiettivo 1» non è assegnato a nessuna struttura: non ha un risultato."),
        ]
    );
}

#[test]
fn a_line_says_what_was_expected_what_was_measured_and_how_far_it_is() {
    let subject = Subject::Indicator(IndicatorId(id(4, 0)));
    let value = Value::Number { figure: Figure::whole(72) };
    let results =
        Results { values: HashMap::from([((subject, None), value.clone())]), judgements: HashMap::new() };
    let report = made(&plan(&[(true, true)]), &results);
    let line = &report.objectives[0].assignments[0];
    assert_eq!(
        (line.result.shown.as_deref(), line.result.deviation.as_deref()),
        (Some("72.00"), Some("28.00"))
    );
    assert_eq!(line.result.band_label.as_deref(), Some("Raggiunto in parte"));
    assert_eq!(line.measured[0].expected.as_ref().map(Words::as_str), Some("almeno 100"));
    assert_eq!(line.measured[0].value, Some(value));
    assert_eq!(report.units[0].result.shown.as_deref(), Some("72.00"));
}
