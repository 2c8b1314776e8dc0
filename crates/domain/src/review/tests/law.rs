use super::*;

const UNITS: [(&str, &str); 2] = [("SF", "Settore finanziario"), ("ST", "Settore tecnico")];

fn paying(weight: &str) -> Value {
    json!({"title": "Tempestività dei pagamenti", "in": 0, "weight": percent(weight)})
}

#[test]
fn every_head_has_an_objective_on_payments_of_at_least_thirty_per_cent() {
    let other = json!({"title": "Manutenzioni", "in": 1, "weight": percent("100")});
    let light = plan(2025, &UNITS, json!([paying("10"), other]));
    let found = of(&light, "C01");
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].place.pointer, "/units/1");
    assert_eq!(found[1].words.as_deref(), Some("10%"));
    assert!(found[1].law.unwrap().starts_with("DL 13/2023, art. 4-bis, comma 2"));
    let shared = json!({"title": "Pagamento delle fatture", "assignments": [
        {"unit": 0, "weight": percent("30")}, {"unit": 1, "weight": percent("30")}]});
    assert_eq!(of(&plan(2025, &UNITS, json!([shared])), "C01"), []);
    assert_eq!(of(&plan(2022, &UNITS, json!([paying("10")])), "C01"), [], "not asked yet");
}

#[test]
fn a_template_or_a_separate_share_of_the_pay_will_do() {
    let template = json!({"title": "Debiti commerciali", "in": 0, "template": "T1", "weight": percent("30")});
    assert_eq!(of(&small(json!([template])), "C01"), []);
    let cut = json!({"title": "Ritardo dei pagamenti", "in": 0, "notes": "Decurtazione del 30% della retribuzione di risultato"});
    assert_eq!(of(&small(json!([cut])), "C01"), []);
}

#[test]
fn a_structure_under_one_that_pays_in_time_needs_no_objective_of_its_own() {
    let mut document = plan(
        2025,
        &UNITS,
        json!([paying("30"), {"title": "Manutenzioni", "in": 1, "weight": percent("100")}]),
    );
    assert_eq!(places(&document, "C01"), ["/units/1"]);
    document.units[1].facts.parent = Some(unit_id(0));
    assert_eq!(places(&document, "C01"), [""; 0]);
    document.units[0].facts.parent = Some(unit_id(1));
    assert_eq!(places(&document, "C01"), [""; 0], "a damaged tree ends too");
}

#[test]
fn a_plan_approved_after_its_deadline_is_found() {
    let late = |approved: &str, budget: Option<&str>| {
        let context = Context {
            approved_on: Some(approved.parse().unwrap()),
            budget_deadline: budget.map(|day| day.parse().unwrap()),
        };
        let found = review(&small(json!([])), &context);
        found.iter().any(|finding| finding.code == FindingCode::ApprovedInTime)
    };
    assert!(late("2025-02-01", None));
    assert!(!late("2025-01-31", None));
    assert!(!late("2025-03-30", Some("2025-02-28")));
    assert!(late("2025-03-31", Some("2025-02-28")));
    assert!(!late("2025-01-31", Some("2024-12-31")));
    assert_eq!(of(&small(json!([])), "C02"), []);
}

#[test]
fn the_training_hours_of_the_year_are_asked_for() {
    let trained = |year: i32, title: &str, indicators: Value| {
        plan(year, &UNITS, json!([{"title": title, "in": 0, "indicators": indicators}]))
    };
    let hours = |figure: &str| {
        let target = json!({"type": "bound", "comparison": "at_least", "figure": figure, "measure": "hours"});
        json!([{"name": "Formazione a persona", "target": said("almeno", target)}])
    };
    assert_eq!(places(&trained(2025, "Manutenzioni", json!([])), "C03"), [""]);
    assert_eq!(places(&trained(2025, "Formazione del personale", json!([])), "C03"), [""]);
    assert_eq!(places(&trained(2025, "Formazione", hours("24")), "C03"), ["/objectives/0"]);
    assert_eq!(places(&trained(2025, "Formazione per 24 ore", json!([])), "C03"), ["/objectives/0"]);
    for document in [
        trained(2024, "Formazione", hours("24")),
        trained(2025, "Formazione", hours("40")),
        trained(2025, "Formazione per 40h a persona", json!([])),
        trained(2022, "Manutenzioni", json!([])),
    ] {
        assert_eq!(of(&document, "C03"), []);
    }
}

#[test]
fn transparency_corruption_and_accessibility_have_their_objectives() {
    let all = json!([
        {"title": "Amministrazione trasparente aggiornata", "in": 0}, {"title": "Misure anticorruzione", "in": 0},
        {"title": "Sito", "in": 0, "indicators": [{"name": "Dichiarazione", "profile": "accessibility"}]}]);
    assert_eq!(of(&small(all.clone()), "C04"), []);
    assert_eq!(of(&small(all), "C05"), []);
    let none = small(json!([{"title": "Manutenzioni", "in": 0}]));
    assert_eq!(of(&none, "C04").len(), 2);
    assert_eq!(of(&none, "C05").len(), 1);
    let before = plan(2022, &UNITS, json!([{"title": "Manutenzioni", "in": 0}]));
    assert_eq!(of(&before, "C05"), []);
}

#[test]
fn objectives_without_programme_and_indicators_without_baseline_are_summed_up() {
    let linked = json!({"title": "Uno", "in": 0, "programmes": [{"code": "01.02"}]});
    let based = json!({"name": "Atti", "baseline": {"year": 2024, "figure": "12"}});
    let document = small(json!([linked, {"title": "Due", "in": 0, "indicators": [based, measured("Ore")]}]));
    let found = of(&document, "C07");
    assert_eq!((found.len(), found[0].place.pointer.as_str()), (1, ""));
    assert!(found[0].message.starts_with("1 obiettivi su 2"), "{}", found[0].message);
    assert!(of(&document, "C08")[0].message.starts_with("1 indicatori su 2"));
    let good =
        small(json!([{"title": "Uno", "in": 0, "dup_objective": "Efficienza", "indicators": [based]}]));
    assert_eq!((of(&good, "C07"), of(&good, "C08")), (vec![], vec![]));
}
