//! The five comuni of the demo right after the start: a year of invented facts, what was computed from them, and how they compare.

use serde_json::{Value, json};

use crate::nouns::column;
use crate::world::World;

const COMUNI: [&str; 5] = ["F471", "G004", "L454", "Z900", "Z901"];

/// Every shared indicator the registers of the demo fill.
const FILLED: [&str; 20] = [
    "T1.irp",
    "T1.itp",
    "T1.tmp",
    "T1.tmr",
    "T1.liquidated_15",
    "T3.up_to_date",
    "T3.attestation",
    "T3.follow_up",
    "T5.in_term",
    "T5.days",
    "T5.register",
    "T6.in_term",
    "T6.time_ratio",
    "T6.overdue",
    "T7.over_threshold",
    "T7.hours",
    "T7.trained",
    "T8.mean",
    "T8.positive",
    "T8.surveys",
];

#[test]
fn five_comuni_compare_by_figures_computed_from_a_year_of_facts() {
    let world = World::of_the_demo();
    let token = world.token("L454", "lettore");
    for indicator in FILLED {
        let path = format!("/v1/benchmarks/{indicator}/members?group=all&year=2025");
        let told = world.anonymous("GET", &path).token(&token).send().expect(200);
        let items = told["items"].as_array().unwrap();
        let of = |comune: &&str| items.iter().find(|item| item["comune"] == **comune);
        let found: Vec<&Value> = COMUNI.iter().filter_map(of).collect();
        assert_eq!(found.len(), COMUNI.len(), "{indicator}: {:?}", column(items, "comune"));
        assert!(found.iter().all(|item| item["grade"] == "A"), "{indicator}: {found:?}");
        let mut values = found.iter().map(|item| item["value"].as_str().unwrap()).collect::<Vec<_>>();
        values.dedup();
        assert!(values.len() > 1 || indicator == "T8.surveys", "{indicator}: all alike, {values:?}");
        let path = format!("/v1/benchmarks/{indicator}?group=all&year=2025");
        let statistics = world.anonymous("GET", &path).token(&token).send().expect(200);
        assert!(statistics["statistics"]["n"].as_i64().unwrap() >= 5, "{indicator}: {statistics}");
        assert_eq!(statistics["place"]["comune"], "L454", "{indicator}");
    }
}

#[test]
fn what_is_published_is_what_the_registers_come_to() {
    let world = World::of_the_demo();
    for comune in COMUNI {
        let get = |role: &str, path: &str| world.call(role, "GET", comune, path).send().expect(200);
        let figures = get("ragioneria", "/figures?year=2025&on=2026-04-30");
        let published = get("lettore", "/plans/ext:PEG-2025/publications/current");
        assert_eq!((&published["certified"], &published["left_out"]), (&json!(true), &json!([])), "{comune}");
        let facts = published["facts"].as_array().unwrap();
        assert_eq!(facts.len(), FILLED.len(), "{comune}");
        for indicator in ["T1.itp", "T1.irp", "T1.tmp", "T5.in_term", "T5.days", "T5.register"] {
            let find = |all: &Value, name: &str| {
                let one = all[name].as_array().unwrap().iter().find(|one| one["indicator"] == indicator);
                one.unwrap()["value"].as_str().unwrap().parse::<f64>().unwrap()
            };
            let (computed, shown) = (find(&figures, "figures"), find(&published, "facts"));
            assert!((computed - shown).abs() < 0.01, "{comune} {indicator}: {computed} {shown}");
        }
        let again = world.call("integratore", "POST", comune, "/plans/ext:PEG-2025/feeds");
        let again = again.json(&json!({"on": "2026-04-30", "dry_run": true})).send().expect(200);
        let outcomes = column(again["items"].as_array().unwrap(), "outcome");
        assert!(outcomes.iter().all(|outcome| outcome == "unchanged"), "{comune}: {again}");
    }
}
