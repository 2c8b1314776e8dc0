//! Plans, over HTTP.

use serde_json::{Value, json};

use super::{NOBODY, column, walk, with};
use crate::world::{Reply, World};

fn header() -> Value {
    json!({"external_id": "PIANO-2026", "year": 2026, "kind": "piao_performance", "title": "Piano della performance 2026-2028"})
}

fn draft(world: &World, plan: &Value) -> Reply {
    world.call("segretario", "POST", "L454", "/plans").json(plan).send()
}

#[test]
fn a_plan_is_drafted_read_changed_and_deleted() {
    let world = World::new();
    let created = draft(&world, &header());
    let plan = created.expect(201);
    let expected = json!({"id": plan["id"], "horizon_end": 2028, "state": "draft", "version": 1});
    assert_eq!(plan, with(&header(), &expected));
    let path = format!("/plans/{}", plan["id"].as_str().unwrap());
    assert_eq!(created.header("Location"), Some(format!("{}/v1/comuni/L454{path}", world.url).as_str()));
    let read = |etag: &str| world.call("giunta", "GET", "L454", &path).header("If-None-Match", etag).send();
    assert_eq!(read("\"7\"").expect(200), plan);
    let same = read("\"1\"");
    assert_eq!((same.expect(304), same.etag()), (Value::Null, "\"1\""));
    let put = |etag: &str, year: i32| {
        let changed = with(&header(), &json!({"year": year}));
        world.call("integratore", "PUT", "L454", &path).json(&changed).if_match(etag).send()
    };
    let changed = put("\"1\"", 2027).expect(200);
    assert_eq!((&changed["version"], &changed["horizon_end"]), (&json!(2), &json!(2029)));
    assert_eq!(read("\"1\"").expect(200)["year"], 2027);
    assert_eq!(put("\"1\"", 2028).refused(412), "stale");
    let delete = || world.call("segretario", "DELETE", "L454", &path);
    assert_eq!(delete().send().refused(428), "precondition-required");
    assert_eq!(delete().if_match("\"1\"").send().refused(412), "stale");
    delete().if_match("\"2\"").send().expect(204);
    assert_eq!(read("\"2\"").refused(404), "not-found");
    assert_eq!(delete().if_match("*").send().refused(404), "not-found");
}

#[test]
fn a_comune_has_one_plan_of_a_kind_a_year() {
    let world = World::new();
    draft(&world, &header()).expect(201);
    let again = |members: Value| draft(&world, &with(&header(), &members));
    assert_eq!(again(json!({"external_id": null})).refused(409), "plan-of-year-exists");
    assert_eq!(again(json!({"year": 2027})).refused(409), "external-id-taken");
    again(json!({"external_id": null, "kind": "peg_pdo"})).expect(201);
    again(json!({"external_id": null, "year": 2027})).expect(201);
    // By a change as well: the plan of 2027 does not become a second one of 2026.
    let key = "/plans/ext:demo:plan-2025";
    let moved =
        world.call("segretario", "PUT", "L454", key).json(&with(&header(), &json!({"external_id": null})));
    assert_eq!(moved.if_match("\"1\"").send().refused(409), "plan-of-year-exists");
    let elsewhere = world.call("segretario", "POST", "F471", "/plans").json(&header()).send();
    assert_eq!(elsewhere.expect(201)["year"], 2026);
}

#[test]
fn a_plan_with_faults_is_refused_with_each_of_them_in_its_place() {
    let world = World::new();
    let cases = [
        (json!({"year": 2008}), vec!["/year"]),
        (json!({"year": 2101}), vec!["/year"]),
        (json!({"title": "\t"}), vec!["/title"]),
        (json!({"title": "x".repeat(301)}), vec!["/title"]),
        (json!({"external_id": ""}), vec!["/external_id"]),
    ];
    for (members, places) in cases {
        let refused = draft(&world, &with(&header(), &members));
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
    for year in [2009, 2100] {
        draft(&world, &with(&header(), &json!({"external_id": null, "year": year}))).expect(201);
    }
}

#[test]
fn a_plan_put_by_its_own_key_is_created_once_and_then_left_as_it_is() {
    let world = World::new();
    let put = |plan: &Value| world.call("integratore", "PUT", "L454", "/plans/ext:PIANO-2026").json(plan);
    assert_eq!(put(&header()).send().expect(201)["version"], 1);
    assert_eq!(put(&header()).send().expect(200)["version"], 1);
    let other = with(&header(), &json!({"title": "Altro"}));
    assert_eq!(put(&other).send().refused(428), "precondition-required");
    assert_eq!(put(&other).if_match("\"1\"").send().expect(200)["title"], "Altro");
    let nowhere = world.call("integratore", "PUT", "L454", &format!("/plans/{NOBODY}")).json(&header());
    assert_eq!(nowhere.if_match("*").send().refused(404), "not-found");
}

#[test]
fn plans_are_listed_in_both_orders_page_by_page_and_filtered() {
    let world = World::new();
    let token = world.token("L454", "lettore");
    for (year, kind) in
        [(2024, "standalone"), (2026, "piao_performance"), (2026, "peg_pdo"), (2026, "standalone")]
    {
        draft(&world, &with(&header(), &json!({"external_id": null, "year": year, "kind": kind})))
            .expect(201);
    }
    let list = |query: &str| walk(&world, &token, &format!("/v1/comuni/L454/plans{query}"));
    let years = |query: &str| -> Vec<i64> {
        list(query).0.iter().map(|plan| plan["year"].as_i64().unwrap()).collect()
    };
    assert_eq!(years("?limit=2"), [2026, 2026, 2026, 2025, 2024]);
    assert_eq!(years("?limit=2&sort=year"), [2024, 2025, 2026, 2026, 2026]);
    assert_eq!(list("?limit=1&sort=year").1, 5);
    let mut ids = column(&list("?limit=1").0, "id");
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 5);
    assert_eq!(years("?year=2025"), [2025]);
    assert_eq!(years("?year=2026&kind=peg_pdo"), [2026]);
    assert_eq!(years("?kind=standalone"), [2026, 2024]);
    let cursor =
        world.call("lettore", "GET", "L454", "/plans?limit=1").send().expect(200)["next_cursor"].clone();
    let other = format!("/plans?sort=year&cursor={}", cursor.as_str().unwrap());
    assert_eq!(world.call("lettore", "GET", "L454", &other).send().refused(400), "unknown-cursor");
    let absurd = world.call("lettore", "GET", "L454", "/plans?year=2008").send();
    assert_eq!(
        (absurd.refused(400).as_str(), absurd.pointers()),
        ("invalid-parameter", vec!["year".to_owned()])
    );
}

#[test]
fn only_the_segretario_and_the_comunes_programs_write_plans() {
    let world = World::new();
    for role in ["amministratore", "responsabile", "nucleo", "giunta", "lettore"] {
        let refused = world.call(role, "POST", "L454", "/plans").json(&header()).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    world.call("integratore", "POST", "L454", "/plans").json(&header()).send().expect(201);
    for role in ["platform_admin", "template_author", "benchmark_reader"] {
        let read = world.platform(role, "GET", "/v1/comuni/L454/plans").send();
        assert_eq!(read.refused(404), "not-found", "{role}");
    }
}
