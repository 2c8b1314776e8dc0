//! The windows in which values are collected, over HTTP.

use serde_json::{Value, json};

use super::drafts::{Draft, PLAN, TO_ITS_YEAR};
use super::{NOBODY, column, with};

fn round() -> Value {
    json!({
        "external_id": "S1", "title": "Monitoraggio del primo semestre",
        "period": {"from": "2025-01-01", "to": "2025-06-30"}, "window": {"from": "2025-07-01", "to": "2025-07-31"}
    })
}

#[test]
fn a_round_is_added_read_changed_and_removed() {
    let draft = Draft::new();
    let created = draft.post("/rounds", &round());
    let made = created.expect(201);
    assert_eq!(made, with(&round(), &json!({"id": made["id"], "version": 1})));
    let path = format!("/rounds/{}", made["id"].as_str().unwrap());
    let location = format!("{}/v1/comuni/L454{PLAN}{path}", draft.world.url);
    assert_eq!(created.header("Location"), Some(location.as_str()));
    for path in [path.as_str(), "/rounds/ext:S1"] {
        let read = draft.get(path);
        assert_eq!((read.expect(200), read.etag()), (made.clone(), "\"1\""));
        let held = draft.call("lettore", "GET", path).header("If-None-Match", "\"1\"").send();
        assert_eq!(held.expect(304), Value::Null);
    }
    let longer = with(&round(), &json!({"window": {"from": "2025-07-01", "to": "2025-08-31"}}));
    assert_eq!(draft.put(&path, &longer).refused(428), "precondition-required");
    let put = draft.put_at(&path, "\"1\"", &longer);
    assert_eq!((&put.expect(200)["window"]["to"], put.etag()), (&json!("2025-08-31"), "\"2\""));
    let stale = draft.put_at(&path, "\"1\"", &round());
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""));
    let delete = || draft.call("segretario", "DELETE", &path);
    assert_eq!(delete().send().refused(428), "precondition-required");
    assert_eq!(delete().if_match("\"1\"").send().refused(412), "stale");
    delete().if_match("\"2\"").send().expect(204);
    assert_eq!(draft.get(&path).refused(404), "not-found");
}

#[test]
fn a_round_put_by_its_own_key_is_created_once_and_then_left() {
    let draft = Draft::new();
    let path = "/rounds/ext:S1";
    let made = draft.put(path, &round()).expect(201);
    assert_eq!(draft.put(path, &round()).expect(200), made);
    assert_eq!(draft.put(path, &made).expect(200), made, "what was read may be written back");
    let other = with(&round(), &json!({"title": "Altro"}));
    assert_eq!(draft.put(path, &other).refused(428), "precondition-required");
    assert_eq!(draft.put(&format!("/rounds/{NOBODY}"), &other).refused(404), "not-found");
    assert_eq!(draft.post("/rounds", &round()).refused(409), "external-id-taken");
    let id = draft.put_at(path, "*", &with(&other, &json!({"id": NOBODY})));
    assert_eq!((id.refused(422), id.pointers()), ("invalid".into(), vec!["/id".into()]));
    let key = draft.put_at(path, "*", &with(&other, &json!({"external_id": "S2"})));
    assert_eq!((key.refused(422), key.pointers()), ("invalid".into(), vec!["/external_id".into()]));
}

#[test]
fn rounds_are_listed_by_the_day_they_open() {
    let draft = Draft::new();
    for (key, month) in [("C", "09"), ("A", "03"), ("B", "06")] {
        let window = json!({"from": format!("2025-{month}-01"), "to": format!("2025-{month}-20")});
        draft.post("/rounds", &with(&round(), &json!({"external_id": key, "window": window}))).expect(201);
    }
    let listed = draft.get("/rounds").expect(200);
    assert_eq!(column(listed["items"].as_array().unwrap(), "external_id"), ["A", "B", "C"]);
}

#[test]
fn the_faults_of_a_round_are_told_at_once() {
    let draft = Draft::new();
    let span = |from: &str, to: &str| json!({"from": from, "to": to});
    for (members, places) in [
        (
            json!({"title": " ", "external_id": "-", "period": span("2025-02-30", "x"), "window": span("", "2025-1-1")}),
            &["/external_id", "/title", "/period/from", "/period/to", "/window/from", "/window/to"][..],
        ),
        (json!({"window": span("2024-12-31", "2025-07-31")}), &["/window/from"]),
        (json!({"window": span("2025-07-31", "2025-07-01")}), &["/window/to"]),
        (json!({"window": span("2025-07-01", "2029-01-01")}), &["/window/to"]),
        (
            json!({"period": span("2023-01-01", "2028-06-30"), "window": span("2025-01-01", "2025-12-31")}),
            &["/period/from", "/period/to"],
        ),
        (json!({"period": span("2025-06-30", "2025-01-01")}), &["/period/to"]),
    ] {
        let refused = draft.post("/rounds", &with(&round(), &members));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", places.iter().map(ToString::to_string).collect()),
            "{members}"
        );
    }
    for (member, value) in [("period", Value::Null), ("window", json!("luglio")), ("colour", json!("red"))] {
        let refused = draft.post("/rounds", &with(&round(), &json!({ member: value })));
        assert_eq!(refused.refused(422), "invalid", "{member}");
    }
}

#[test]
fn a_plan_has_few_rounds() {
    let draft = Draft::new();
    for n in 0..100 {
        draft.post("/rounds", &with(&round(), &json!({"external_id": format!("R{n}")}))).expect(201);
    }
    let refused = draft.post("/rounds", &with(&round(), &json!({"external_id": "R100"})));
    assert_eq!((refused.refused(422), refused.pointers()), ("invalid".into(), vec![String::new()]));
    draft.put("/rounds/ext:R99", &with(&round(), &json!({"external_id": null}))).expect(200);
}

#[test]
fn rounds_are_the_segretarios_to_write() {
    let draft = Draft::new();
    for role in ["amministratore", "responsabile", "nucleo", "giunta", "integratore", "ragioneria", "lettore"]
    {
        let refused = draft.call(role, "POST", "/rounds").json(&round()).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    draft.post("/rounds", &round()).expect(201);
    draft.call("dipendente", "GET", "/rounds").send().expect(200);
    draft.add_to("AREA-1", "OB1");
    draft.walk(&TO_ITS_YEAR);
    draft.put("/rounds/ext:S2", &with(&round(), &json!({"external_id": null}))).expect(201);
    draft.walk(&["open_reporting"]);
    draft.delete("/rounds/ext:S2").expect(204);
}
