//! Reference data over HTTP: code lists and the figures of the law, the same for whoever asks.

use serde_json::{Value, json};

use crate::world::{Reply, World};

fn get(world: &World, path: &str) -> Reply {
    world.anonymous("GET", &format!("/v1{path}")).send()
}

fn items(world: &World, path: &str) -> Vec<Value> {
    get(world, path).expect(200)["items"].as_array().unwrap().clone()
}

fn find<'i>(items: &'i [Value], member: &str, word: &str) -> Option<&'i Value> {
    items.iter().find(|item| item[member] == word)
}

#[test]
fn every_list_that_is_named_can_be_read_with_as_many_entries_as_it_says() {
    let world = World::new();
    let lists = items(&world, "/code-lists");
    assert!(find(&lists, "name", "population_tuel_156").is_some() && lists.len() >= 6);
    for list in &lists {
        let name = list["name"].as_str().unwrap();
        let read = get(&world, &format!("/code-lists/{name}")).expect(200);
        assert_eq!(read["items"].as_array().unwrap().len(), list["entries_count"], "{name}");
        for member in ["name", "title", "source"] {
            assert_eq!(read[member], list[member], "{name}");
        }
        assert!(read.get("year").is_none(), "{name}");
    }
}

#[test]
fn a_year_has_its_own_programmes() {
    let world = World::new();
    let of = |year: i32| items(&world, &format!("/code-lists/missions_and_programmes?year={year}"));
    let (before, after) = (of(2025), of(2026));
    assert_eq!(find(&before, "code", "12.11"), None);
    let nurseries = json!({
        "code": "12.11", "label": "Interventi per asili nido", "parent": "12", "valid_from": 2026,
        "note": "Dal bilancio 2026, DM 10/10/2024"
    });
    assert_eq!(find(&after, "code", "12.11"), Some(&nurseries));
    assert_eq!(find(&before, "code", "12.01").unwrap()["valid_to"], 2025);
    let all = items(&world, "/code-lists/missions_and_programmes");
    assert_eq!(all.iter().filter(|entry| entry["code"] == "12.01").count(), 2);
    assert_eq!(of(2012), Vec::<Value>::new());
}

#[test]
fn a_class_of_population_says_its_residents() {
    let world = World::new();
    let classes = items(&world, "/code-lists/population_tuel_156?year=2025");
    let sixth = find(&classes, "code", "6").unwrap();
    assert_eq!((&sixth["residents_from"], &sixth["residents_to"]), (&json!(5_000), &json!(9_999)));
    assert!(find(&classes, "code", "12").unwrap().get("residents_to").is_none());
}

#[test]
fn a_year_has_its_own_figures_of_the_law() {
    let world = World::new();
    let values = |year: i32, name: &str| {
        let items = items(&world, &format!("/legal-parameters?year={year}"));
        find(&items, "name", name).map(|parameter| parameter["values"].clone())
    };
    assert_eq!(values(2023, "training_hours"), None);
    assert_eq!(values(2024, "training_hours").unwrap()[0]["number"], "24");
    let now = values(2025, "training_hours").unwrap();
    assert_eq!((&now[0]["number"], &now[0]["unit"], now[1].is_null()), (&json!("40"), &json!("hours"), true));
    let report = values(2025, "report_deadline").unwrap();
    assert_eq!(report[0]["date"], "2026-06-30");
    assert_eq!(report[0]["due"], json!({"month": 6, "day": 30, "years_after": 1}));
    let bands = values(2025, "guarantee_fund_bands").unwrap()[0]["bands"].clone();
    assert_eq!(bands[0], json!({"days_to": 0, "percent": "0"}));
    assert_eq!(bands[4], json!({"days_from": 61, "percent": "5"}));
}

#[test]
fn without_a_year_every_value_comes_with_its_years_and_no_date() {
    let world = World::new();
    let all = items(&world, "/legal-parameters");
    let hours = &find(&all, "name", "training_hours").unwrap()["values"];
    assert_eq!((&hours[0]["valid_to"], &hours[1]["valid_from"]), (&json!(2024), &json!(2025)));
    assert!(find(&all, "name", "report_deadline").unwrap()["values"][0].get("date").is_none());
    for parameter in &all {
        for value in parameter["values"].as_array().unwrap() {
            let said = ["number", "due", "bands"].iter().filter(|name| value.get(name).is_some()).count();
            assert_eq!(said, 1, "{parameter}");
            assert_eq!(value.get("number").is_some(), value.get("unit").is_some(), "{parameter}");
        }
    }
}

#[test]
fn whoever_holds_reference_data_is_told_so_and_may_keep_them_an_hour() {
    let world = World::new();
    for path in ["/code-lists", "/code-lists/contract_areas?year=2025", "/legal-parameters"] {
        let first = get(&world, path);
        assert_eq!((first.status, first.header("cache-control")), (200, Some("public, max-age=3600")));
        assert_eq!(first.header("content-type"), Some("application/json"));
        let again =
            |etag: &str| world.anonymous("GET", &format!("/v1{path}")).header("If-None-Match", etag).send();
        let held = again(first.etag());
        assert_eq!((held.status, held.body.len(), held.etag()), (304, 0, first.etag()), "{held}");
        assert_eq!(held.header("cache-control"), Some("public, max-age=3600"));
        assert_eq!(again("\"1\"").status, 200);
        assert_eq!(again("senza virgolette").refused(400), "invalid-header");
    }
    let etag = |year: i32| get(&world, &format!("/legal-parameters?year={year}")).etag().to_owned();
    assert_ne!(etag(2024), etag(2025));
}

#[test]
fn a_list_nobody_keeps_is_not_found_and_a_wrong_query_is_named() {
    let world = World::new();
    for name in ["none", "Contract_Areas", "contract_areas%00", "%ff", "ext:contract_areas"] {
        assert_eq!(get(&world, &format!("/code-lists/{name}")).refused(404), "not-found", "{name}");
    }
    for path in ["/code-lists/contract_areas", "/legal-parameters"] {
        for year in ["x", "", "2008", "2101", "2025.0", "99999999999"] {
            let refused = get(&world, &format!("{path}?year={year}"));
            assert_eq!(refused.refused(400), "invalid-parameter", "{path} {year}");
            assert_eq!(refused.pointers(), ["year"], "{path} {year}");
        }
        assert_eq!(get(&world, &format!("{path}?anno=2025")).pointers(), ["anno"]);
        assert_eq!(get(&world, &format!("{path}?year=2024&year=2025")).pointers(), ["year"]);
    }
    assert_eq!(get(&world, "/code-lists?year=2025").pointers(), ["year"]);
}

#[test]
fn a_token_that_is_worth_nothing_takes_nothing_away() {
    let world = World::new();
    for path in ["/code-lists", "/code-lists/act_types", "/legal-parameters"] {
        let reply = world.anonymous("GET", &format!("/v1{path}")).token("x.y.z").send();
        assert_eq!(reply.expect(200), get(&world, path).expect(200));
    }
}
