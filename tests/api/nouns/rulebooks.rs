//! Rulebooks, over HTTP: adopted with one call, changed by editions, compared, with what the evaluation body thinks of them.

use serde_json::{Value, json};

use super::drafts::{Draft, TO_ITS_YEAR, whole};
use super::with;
use crate::world::{Reply, World};

const YEAR: &str = "/rulebooks/2025";

fn get(world: &World, path: &str) -> Reply {
    world.call("lettore", "GET", "L454", path).send()
}

fn put(world: &World, body: &Value) -> Reply {
    world.call("segretario", "PUT", "L454", YEAR).json(body).send()
}

fn put_at(world: &World, etag: &str, body: &Value) -> Reply {
    world.call("segretario", "PUT", "L454", YEAR).json(body).if_match(etag).send()
}

fn post(world: &World, role: &str, path: &str, body: &Value) -> Reply {
    world.call(role, "POST", "L454", path).json(body).send()
}

/// What a shipped rulebook says.
fn shipped(world: &World, which: &str) -> Value {
    let all = world.anonymous("GET", "/v1/rulebooks").send().expect(200);
    let one = all["items"].as_array().unwrap().iter().find(|one| one["shipped"] == which);
    one.unwrap()["content"].clone()
}

#[test]
fn the_shipped_rulebooks_are_told_to_anybody_and_held() {
    let world = World::new();
    let reply = world.anonymous("GET", "/v1/rulebooks").send();
    let all = reply.expect(200);
    let names: Vec<_> = all["items"].as_array().unwrap().iter().map(|one| one["shipped"].clone()).collect();
    assert_eq!(names, ["three_levels", "four_levels", "binary"]);
    let held = world.anonymous("GET", "/v1/rulebooks").header("If-None-Match", reply.etag()).send();
    assert_eq!(held.expect(304), Value::Null);
    let with_a_token = world.anonymous("GET", "/v1/rulebooks").token("nonsense").send();
    assert_eq!(with_a_token.expect(200), all);
    // Each of them is taken as it is.
    for name in ["three_levels", "four_levels", "binary"] {
        let reply = put_at(&world, "*", &shipped(&world, name));
        assert_eq!(reply.refused(412), "nothing-to-change");
        let year = format!("/rulebooks/20{}", 30 + name.len());
        let made = world.call("segretario", "PUT", "L454", &year).json(&shipped(&world, name)).send();
        assert_eq!(made.expect(201)["content"], shipped(&world, name));
    }
}

#[test]
fn one_call_adopts_a_shipped_rulebook_and_the_same_again_changes_nothing() {
    let world = World::new();
    assert_eq!(get(&world, YEAR).refused(404), "not-found");
    assert_eq!(get(&world, "/rulebooks").expect(200), json!({"items": []}));
    let adopt = |body: &Value| post(&world, "segretario", &format!("{YEAR}/adoptions"), body);
    let made = adopt(&json!({"shipped": "three_levels"}));
    let edition = made.expect(201);
    assert_eq!(
        (&edition["edition"], &edition["shipped"], made.etag()),
        (&json!(1), &json!("three_levels"), "\"1\"")
    );
    assert_eq!((&edition["content"], &edition["remarks"]), (&shipped(&world, "three_levels"), &json!([])));
    assert_eq!(made.header("Location").unwrap(), format!("{}/v1/comuni/L454{YEAR}/editions/1", world.url));
    assert_eq!(adopt(&json!({"shipped": "three_levels"})).expect(200), edition);
    let read = get(&world, YEAR);
    assert_eq!((read.expect(200), read.etag()), (edition, "\"1\""));
    let held = world.call("lettore", "GET", "L454", YEAR).header("If-None-Match", "\"1\"").send();
    assert_eq!(held.expect(304), Value::Null);
    let second = adopt(&json!({"shipped": "binary"}));
    assert_eq!((&second.expect(201)["edition"], second.etag()), (&json!(2), "\"2\""));
}

#[test]
fn a_retried_adoption_makes_one_edition() {
    let world = World::new();
    let path = format!("{YEAR}/adoptions");
    let adopt = || {
        let call = world.call("segretario", "POST", "L454", &path).key("adozione-1");
        call.json(&json!({"shipped": "three_levels"})).send().expect(201)
    };
    assert_eq!(adopt(), adopt());
    assert_eq!(get(&world, &format!("{YEAR}/editions")).expect(200)["items"].as_array().unwrap().len(), 1);
}

#[test]
fn the_rulebook_of_a_year_may_be_taken_for_the_next() {
    let world = World::new();
    let own = with(&shipped(&world, "binary"), &json!({"title": "Il nostro", "variations_until": 9}));
    put(&world, &own).expect(201);
    let next = |body: &Value| post(&world, "segretario", "/rulebooks/2026/adoptions", body);
    let made = next(&json!({"from_year": 2025})).expect(201);
    assert_eq!((&made["content"], &made["shipped"]), (&own, &Value::Null));
    for (body, pointer) in [
        (json!({"from_year": 2026}), "/from_year"),
        (json!({"from_year": 2024}), "/from_year"),
        (json!({"from_year": 1999}), "/from_year"),
        (json!({}), ""),
        (json!({"from_year": 2025, "shipped": "binary"}), "/from_year"),
    ] {
        let refused = next(&body);
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec![pointer.to_owned()])
        );
    }
    let years = get(&world, "/rulebooks").expect(200);
    let told: Vec<_> = years["items"].as_array().unwrap().iter().map(|one| one["year"].clone()).collect();
    assert_eq!(told, [2026, 2025], "the last year first");
}

#[test]
fn what_is_changed_is_the_next_edition_and_the_one_before_stays() {
    let world = World::new();
    let first = shipped(&world, "three_levels");
    put(&world, &first).expect(201);
    assert_eq!(put(&world, &first).expect(200)["edition"], 1, "the same is left");
    let mut second = first.clone();
    second["formulas"]["cap"] = json!("110");
    assert_eq!(put(&world, &second).refused(428), "precondition-required");
    let put = put_at(&world, "\"1\"", &second);
    assert_eq!((&put.expect(200)["edition"], put.etag()), (&json!(2), "\"2\""));
    assert_eq!(put_at(&world, "\"1\"", &first).refused(412), "stale");
    assert_eq!(get(&world, &format!("{YEAR}/editions/1")).expect(200)["content"], first);
    for which in ["2", "current"] {
        assert_eq!(get(&world, &format!("{YEAR}/editions/{which}")).expect(200)["content"], second);
    }
    for nothing in ["3", "0", "01", "last"] {
        assert_eq!(get(&world, &format!("{YEAR}/editions/{nothing}")).refused(404), "not-found");
    }
    let editions = get(&world, &format!("{YEAR}/editions")).expect(200);
    let numbers: Vec<_> =
        editions["items"].as_array().unwrap().iter().map(|one| one["edition"].clone()).collect();
    assert_eq!(numbers, [2, 1], "the last one first");
    assert_eq!(get(&world, "/rulebooks/1900").refused(404), "not-found");
}

#[test]
fn two_editions_are_compared_member_by_member() {
    let world = World::new();
    let first = shipped(&world, "three_levels");
    put(&world, &first).expect(201);
    let mut second = first.clone();
    second["formulas"]["cap"] = json!("110");
    second["formulas"]["late"][0]["percent"] = json!("85");
    second.as_object_mut().unwrap().remove("variations_until");
    put_at(&world, "\"1\"", &second).expect(200);
    let diff = |path: &str| get(&world, &format!("{YEAR}/editions/{path}")).expect(200);
    assert_eq!(
        diff("1/diff/2"),
        json!({"from": "1", "to": "2", "changes": [
            {"pointer": "/formulas/cap", "before": "100", "after": "110"},
            {"pointer": "/formulas/late/0/percent", "before": "80", "after": "85"},
            {"pointer": "/variations_until", "before": 10},
        ]})
    );
    assert_eq!(diff("2/diff/current"), json!({"from": "2", "to": "2", "changes": []}));
    assert_eq!(diff("1/diff/three_levels"), json!({"from": "1", "to": "three_levels", "changes": []}));
    assert_eq!(diff("current/diff/three_levels")["changes"].as_array().unwrap().len(), 3);
    assert_eq!(get(&world, &format!("{YEAR}/editions/1/diff/five_levels")).refused(404), "not-found");
}

#[test]
fn every_fault_of_a_rulebook_is_told_at_its_place() {
    let world = World::new();
    let sound = shipped(&world, "three_levels");
    let mut wrong = sound.clone();
    wrong["formulas"]["cap"] = json!("130");
    wrong["formulas"]["late"] = json!([{"days": 30, "percent": "60"}, {"days": 15, "percent": "70"}]);
    wrong["formulas"]["instead"] = json!({"lower": "lower"});
    wrong["roll_ups"]["comune"] = json!("set");
    wrong["individual"]["staff"]["components"][0]["weight"] = json!("11");
    wrong["variations_until"] = json!(13);
    let refused = put(&world, &wrong);
    assert_eq!(refused.refused(422), "invalid");
    let mut told = refused.pointers();
    told.sort();
    assert_eq!(
        told,
        [
            "/formulas/cap",
            "/formulas/instead/lower",
            "/formulas/late/1/days",
            "/formulas/late/1/percent",
            "/individual/staff/components",
            "/roll_ups/set",
            "/variations_until",
        ]
    );
    let bands = |from: &[&str]| {
        let band = |(index, from): (usize, &&str)| json!({"code": format!("f{index}"), "label": "Fascia", "from": from, "effect": {"type": "proportional"}});
        let bands: Vec<Value> = from.iter().enumerate().map(band).collect();
        let refused = put(&world, &with(&sound, &json!({"bands": bands})));
        assert_eq!(refused.refused(422), "invalid", "{from:?}");
        refused.pointers()
    };
    assert_eq!(bands(&["10", "60"]), ["/bands/0/from"], "a gap below the first");
    assert_eq!(bands(&["0", "60", "60"]), ["/bands/2/from"], "two at once");
    assert_eq!(bands(&["0", "90", "60"]), ["/bands/2/from"], "one over the other");
    assert_eq!(bands(&[]), ["/bands"]);
    assert_eq!(bands(&["0", "x"]), ["/bands/1/from"]);
    assert_eq!(bands(&["0", "101"]), ["/bands/1/from"], "nothing reaches it");
    let effect = |effect: Value| {
        let mut bands = sound["bands"].clone();
        bands[1]["effect"] = effect;
        put(&world, &with(&sound, &json!({"bands": bands}))).pointers()
    };
    assert_eq!(effect(json!({"type": "fixed"})), ["/bands/1/effect/percent"]);
    assert_eq!(effect(json!({"type": "proportional", "percent": "5"})), ["/bands/1/effect/percent"]);
    assert_eq!(effect(json!({"type": "fixed", "percent": "201"})), ["/bands/1/effect/percent"]);
    assert_eq!(put(&world, &with(&sound, &json!({"bande": []}))).pointers(), ["/bande"]);
    assert_eq!(get(&world, "/rulebooks").expect(200), json!({"items": []}), "nothing was kept");
}

#[test]
fn what_the_law_would_have_otherwise_is_remarked_and_adopted() {
    let world = World::new();
    let mut own = shipped(&world, "three_levels");
    own["individual"]["manager"]["components"] =
        json!([{"kind": "unit", "weight": "30"}, {"kind": "behaviours", "weight": "70"}]);
    let made = put(&world, &own).expect(201);
    assert_eq!(made["remarks"][0]["pointer"], "/individual/manager/components");
    assert!(made["remarks"][0]["law"].as_str().unwrap().contains("150/2009"));
}

#[test]
fn the_evaluation_body_gives_its_opinion_on_an_edition() {
    let world = World::new();
    put(&world, &shipped(&world, "three_levels")).expect(201);
    let path = format!("{YEAR}/editions/1/opinions");
    let give = |role: &str, body: &Value| post(&world, role, &path, body);
    assert_eq!(give("segretario", &json!({"verdict": "favourable"})).refused(403), "forbidden");
    assert_eq!(give("nucleo", &json!({"verdict": "contrary"})).pointers(), ["/words"], "and why?");
    let act = json!({"kind": "evaluation_opinion", "number": "3", "date": "2025-01-20"});
    let first = json!({"verdict": "with_remarks", "words": "Le fasce del ritardo sono miti", "act": act});
    let given = give("nucleo", &first).expect(201);
    let nucleo = json!(world.member("L454", "nucleo").id.0);
    assert_eq!(given, with(&first, &json!({"given_at": given["given_at"], "member": nucleo})));
    give("nucleo", &json!({"verdict": "favourable"})).expect(201);
    let told = get(&world, &path).expect(200)["items"].clone();
    assert_eq!(
        (told.as_array().unwrap().len(), &told[0], &told[1]["verdict"]),
        (2, &given, &json!("favourable"))
    );
    assert_eq!(get(&world, &format!("{YEAR}/editions/1")).expect(200)["opinions"], told);
    let nothing =
        post(&world, "nucleo", &format!("{YEAR}/editions/2/opinions"), &json!({"verdict": "favourable"}));
    assert_eq!(nothing.refused(404), "not-found");
}

#[test]
fn an_edition_says_which_plans_were_sealed_with_it_and_they_stay_with_it() {
    let world = World::new();
    put(&world, &shipped(&world, "three_levels")).expect(201);
    world.move_to("2025-03-10");
    let draft = Draft::of(world, "L454", super::drafts::PLAN);
    draft.add(&whole());
    draft.walk(&TO_ITS_YEAR);
    let plan = draft.get("").expect(200)["id"].clone();
    let sealed = |edition: i32| {
        get(&draft.world, &format!("{YEAR}/editions/{edition}")).expect(200)["sealed_with"].clone()
    };
    assert_eq!(sealed(1), json!([{"plan": plan, "version": 1}]));
    // In use or not, it is changed: what was sealed stays, and what is sealed next goes by the next.
    put_at(&draft.world, "\"1\"", &shipped(&draft.world, "binary")).expect(200);
    assert_eq!((sealed(1), sealed(2)), (json!([{"plan": plan, "version": 1}]), json!([])));
    draft.walk(&["open_variation", "approve_variation"]);
    assert_eq!(
        (sealed(1), sealed(2)),
        (json!([{"plan": plan, "version": 1}]), json!([{"plan": plan, "version": 2}]))
    );
}

#[test]
fn rulebooks_are_written_by_those_whose_they_are() {
    let world = World::new();
    let body = shipped(&world, "three_levels");
    for (role, status) in [("amministratore", 201), ("segretario", 201), ("nucleo", 403), ("lettore", 403)] {
        let path = format!("/rulebooks/20{}", 40 + role.len());
        let reply = world.call(role, "PUT", "L454", &path).json(&body).send();
        assert_eq!(reply.status, status, "{role}: {reply}");
    }
}
