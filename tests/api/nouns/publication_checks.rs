//! Whether what must be published is, over HTTP: the catalogue, checks, the attestation they come to.

use serde_json::{Value, json};

use super::{column, with};
use crate::world::{Reply, World};

fn points(given: [i32; 5]) -> Value {
    let [publication, content, offices, update, format] = given;
    json!({"publication": publication, "content": content, "offices": offices, "update": update, "format": format})
}

/// A row of the grid of 2022.
fn graded(obligation: &str, given: [i32; 5]) -> Value {
    json!({"year": 2022, "obligation": obligation, "checked_on": "2022-05-31", "points": points(given)})
}

fn put(world: &World, key: &str, body: &Value) -> Reply {
    world.call("rpct", "PUT", "L454", &format!("/publication-checks/{key}")).json(body).send()
}

fn get(world: &World, path: &str) -> Reply {
    world.call("nucleo", "GET", "L454", path).send()
}

fn attestation(world: &World, year: i32) -> Value {
    get(world, &format!("/attestations/{year}")).expect(200)
}

fn bulk(world: &World, query: &str, items: &[Value]) -> Reply {
    let path = format!("/publication-checks-bulk{query}");
    world.call("integratore", "POST", "L454", &path).json(&json!({"items": items})).send()
}

fn keyed(key: &str, body: &Value) -> Value {
    with(body, &json!({"key": key}))
}

#[test]
fn two_three_three_two_one_is_attested_as_eleven_of_fourteen() {
    let world = World::new();
    let made = put(&world, "a", &graded("16.02", [2, 3, 3, 2, 1])).expect(201);
    assert_eq!(
        made,
        with(&graded("16.02", [2, 3, 3, 2, 1]), &json!({"key": "a", "version": 1})),
        "a check is answered as it was sent"
    );
    let told = attestation(&world, 2022);
    assert_eq!(told["score"], json!({"points": 11, "most": 14, "percent": "78.6"}));
    assert_eq!(told["campaign"]["scale"]["full"], 14);
    assert_eq!((&told["state_on"], &told["rows"][0]["check"]), (&json!("2022-05-31"), &json!("a")));
    let short = told["shortfalls"].as_array().unwrap();
    assert_eq!(column(short, "criterion"), ["update", "format"]);
    assert_eq!((&short[1]["points"], &short[1]["most"]), (&json!(1), &json!(3)));
    let never = told["never_checked"].as_array().unwrap();
    assert!(column(never, "code").contains(&"16.01".to_owned()));
}

#[test]
fn what_does_not_apply_moves_nothing_and_an_empty_criterion_counts_nothing() {
    let world = World::new();
    put(&world, "a", &graded("16.02", [2, 3, 3, 2, 1])).expect(201);
    let why = json!({"points": null, "not_applicable": "Il comune non ha partecipazioni."});
    put(&world, "b", &with(&graded("07.02", [0; 5]), &why)).expect(201);
    let told = attestation(&world, 2022);
    assert_eq!((&told["score"]["percent"], told["rows"].as_array().unwrap().len()), (&json!("78.6"), 2));
    assert!(told["rows"][0]["score"].is_null() && told["rows"][0]["not_applicable"].is_string());
    put(&world, "c", &with(&graded("16.03", [0; 5]), &json!({"points": {"publication": 2}}))).expect(201);
    assert_eq!(attestation(&world, 2022)["score"], json!({"points": 13, "most": 28, "percent": "46.4"}));
}

#[test]
fn posting_twice_changes_nothing_and_neither_does_the_order() {
    let (one, other) = (World::new(), World::new());
    let later = with(&graded("16.02", [0; 5]), &json!({"checked_on": "2022-04-30"}));
    let items = [
        keyed("a", &graded("16.02", [2, 3, 3, 2, 1])),
        keyed("b", &graded("16.03", [2, 3, 3, 3, 3])),
        keyed("c", &later),
    ];
    let reversed: Vec<Value> = items.iter().rev().cloned().collect();
    let told = bulk(&one, "", &items).expect(200);
    assert_eq!(told["items"].as_array().unwrap().iter().filter(|item| item["status"] == 201).count(), 3);
    bulk(&other, "", &reversed).expect(200);
    let once = attestation(&one, 2022);
    assert_eq!(once, attestation(&other, 2022));
    assert_eq!(once["left_out"][0]["why"], "replaced");
    let again = bulk(&one, "", &items).expect(200);
    let left = |item: &Value| item["status"] == 200 && item["version"] == 1;
    assert!(again["items"].as_array().unwrap().iter().all(left), "{again}");
    assert_eq!(attestation(&one, 2022), once);
}

#[test]
fn a_structure_has_a_score_of_its_own_and_the_whole_comune_goes_before_it() {
    let world = World::new();
    let of = |code: &str, body: &Value| with(body, &json!({"unit_code": code}));
    let made = put(&world, "a", &of("AREA-2", &graded("16.02", [2, 3, 3, 2, 1]))).expect(201);
    put(&world, "b", &of("AREA-2", &graded("16.01", [0; 5]))).expect(201);
    put(&world, "c", &graded("16.01", [2, 3, 3, 3, 3])).expect(201);
    let told = attestation(&world, 2022);
    assert_eq!(told["score"], json!({"points": 25, "most": 28, "percent": "89.3"}));
    let units = told["units"].as_array().unwrap();
    assert_eq!((units.len(), units[0].get("unit")), (2, None));
    assert_eq!(units[1]["unit"], made["unit"]);
    assert_eq!(units[1]["score"], json!({"points": 11, "most": 28, "percent": "39.3"}));
    let filtered = format!("/publication-checks?unit={}", made["unit"].as_str().unwrap());
    let listed = get(&world, &filtered).expect(200);
    assert_eq!(column(listed["items"].as_array().unwrap(), "key"), ["a", "b"]);
}

#[test]
fn before_its_day_the_attestation_is_what_it_would_be_and_a_year_without_checks_has_none() {
    let world = World::new();
    assert_eq!(get(&world, "/attestations/2022").refused(404), "not-found");
    let early = with(&graded("16.02", [2, 3, 3, 2, 1]), &json!({"checked_on": "2022-03-01"}));
    put(&world, "a", &early).expect(201);
    put(&world, "b", &graded("16.02", [2, 3, 3, 3, 3])).expect(201);
    let seen = get(&world, "/attestations/2022?on=2022-03-15").expect(200);
    assert_eq!((&seen["state_on"], &seen["score"]["points"]), (&json!("2022-03-15"), &json!(11)));
    assert_eq!(attestation(&world, 2022)["score"]["points"], 14);
    for year in ["2023", "2016", "1500", "x"] {
        assert_eq!(get(&world, &format!("/attestations/{year}")).refused(404), "not-found", "{year}");
    }
}

#[test]
fn a_check_is_changed_by_who_knows_its_version_and_taken_away() {
    let world = World::new();
    let body = graded("16.02", [2, 3, 3, 2, 1]);
    let made = put(&world, "a", &body).expect(201);
    assert_eq!(put(&world, "a", &made).expect(200), made, "what was read may be written back");
    let better = graded("16.02", [2, 3, 3, 3, 3]);
    assert_eq!(put(&world, "a", &better).refused(428), "precondition-required");
    let path = "/publication-checks/a";
    let change = |etag: &str| world.call("rpct", "PUT", "L454", path).json(&better).if_match(etag).send();
    assert_eq!(change("\"1\"").expect(200)["version"], 2);
    assert_eq!(change("\"1\"").refused(412), "stale");
    assert_eq!(get(&world, path).etag(), "\"2\"");
    let delete = || world.call("rpct", "DELETE", "L454", path);
    assert_eq!(delete().send().refused(428), "precondition-required");
    delete().if_match("\"2\"").send().expect(204);
    assert_eq!(get(&world, path).refused(404), "not-found");
}

#[test]
fn what_is_wrong_with_a_check_is_told_where_it_is() {
    let world = World::new();
    let right = graded("16.02", [2, 3, 3, 2, 1]);
    for (members, places) in [
        (json!({"points": points([3, 3, 3, 4, 1])}), &["/points/publication", "/points/update"][..]),
        (json!({"points": points([-1, 0, 0, 0, 0])}), &["/points/publication"]),
        (json!({"points": null}), &["/points"]),
        (json!({"not_applicable": "Non riguarda il comune."}), &["/not_applicable"]),
        (json!({"up_to_date": true}), &["/up_to_date"]),
        (json!({"obligation": "10.05"}), &["/obligation"]),
        (json!({"checked_on": "2023-01-10"}), &["/checked_on"]),
        (json!({"checked_on": "31/05/2022"}), &["/checked_on"]),
        (json!({"updated_on": ["2022-05-31", "30/04/2022"]}), &["/updated_on/1"]),
        (
            json!({"updated_on": ["2022-04-30", "2022-06-01", "2022-04-30"]}),
            &["/updated_on/1", "/updated_on/2"],
        ),
        (json!({"points": null, "not_applicable": "No.", "updated_on": []}), &["/updated_on"]),
        (json!({"year": 2016, "checked_on": "2016-05-31"}), &["/year"]),
        (json!({"year": 1999}), &["/year"]),
        (json!({"unit_code": "NESSUNA"}), &["/unit_code"]),
        (json!({"unit": "ext:a", "unit_code": "AREA-1"}), &["/unit", "/unit_code"]),
        (json!({"key": "altra"}), &["/key"]),
    ] {
        let refused = put(&world, "a", &with(&right, &members));
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
    let item = keyed("b", &with(&right, &json!({"obligation": "99.99"})));
    let refused = bulk(&world, "", &[keyed("a", &right), item.clone()]);
    assert_eq!(refused.pointers(), ["/items/1/obligation"]);
    assert_eq!(get(&world, "/publication-checks/a").refused(404), "not-found");
    let partly = bulk(&world, "?mode=partial", &[keyed("a", &right), item]).expect(200);
    assert_eq!((&partly["written"], &partly["refused"]), (&json!(1), &json!(1)));
}

#[test]
fn percentages_are_the_scale_since_2023_and_say_that_they_are_not_sure() {
    let world = World::new();
    let body = json!({"year": 2025, "obligation": "16.02", "checked_on": "2025-05-31", "points": points([100, 100, 66, 33, 0])});
    put(&world, "a", &body).expect(201);
    let told = attestation(&world, 2025);
    assert_eq!(told["score"], json!({"points": 299, "most": 500, "percent": "59.8"}));
    assert_eq!(told["campaign"]["scale"]["certainty"], "unsure");
    let over = with(&body, &json!({"points": points([101, 0, 0, 0, 0])}));
    assert_eq!(put(&world, "b", &over).pointers(), ["/points/publication"]);
}

#[test]
fn checks_are_read_by_who_works_with_registers_and_kept_by_few() {
    let world = World::new();
    let path = "/publication-checks/a";
    for role in ["responsabile", "nucleo", "amministratore", "lettore", "giunta"] {
        let refused = world.call(role, "PUT", "L454", path).json(&graded("16.02", [0; 5])).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    put(&world, "a", &graded("16.02", [0; 5])).expect(201);
    for role in ["responsabile", "nucleo", "amministratore", "rpct"] {
        world.call(role, "GET", "L454", path).send().expect(200);
    }
    for path in [path, "/publication-checks", "/attestations/2022"] {
        assert_eq!(world.call("lettore", "GET", "L454", path).send().refused(403), "forbidden", "{path}");
    }
}

#[test]
fn the_catalogue_is_told_by_edition_with_the_campaigns_of_its_years() {
    let world = World::new();
    let token = world.token("L454", "lettore");
    let get = |path: &str| world.anonymous("GET", path).token(&token).send();
    let editions = get("/v1/obligations").expect(200);
    assert_eq!(column(editions["items"].as_array().unwrap(), "version"), ["2017", "2024", "2025"]);
    let codes = |version: &str| {
        let told = get(&format!("/v1/obligations/{version}")).expect(200);
        let sections = told["sections"].as_array().unwrap();
        let obligations = sections.iter().flat_map(|section| section["obligations"].as_array().unwrap());
        column(&obligations.cloned().collect::<Vec<_>>(), "code")
    };
    let (old, new) = (codes("2017"), codes("2025"));
    assert!(old.contains(&"10.01".to_owned()) && !new.contains(&"10.01".to_owned()));
    assert!(new.len() >= 60 && new.iter().all(|code| code.len() == 5));
    let campaigns = get("/v1/obligations/2017").expect(200);
    let years: Vec<i64> =
        campaigns["campaigns"].as_array().unwrap().iter().map(|one| one["year"].as_i64().unwrap()).collect();
    assert_eq!(years, (2017..=2023).collect::<Vec<_>>());
    assert_eq!(get("/v1/obligations/2018").refused(404), "not-found");
}
