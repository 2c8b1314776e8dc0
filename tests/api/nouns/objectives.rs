//! Objectives, over HTTP: written whole, read as written, kept apart from each other.

mod editors;
mod faults;
mod filters;
mod heads;
mod parts;
mod search;

use serde_json::{Value, json};

use super::drafts::{Draft, PLAN, percent, whole};
use super::{NOBODY, column, with};

/// What a caller wrote of an object, without what the service adds to it: ids, versions, units by id instead of by name.
pub(super) fn as_written(object: &Value) -> Value {
    match object {
        Value::Object(members) => {
            let ours = ["id", "version", "unit", "unit_code"];
            let theirs = members.iter().filter(|(name, _)| !ours.contains(&name.as_str()));
            theirs
                .map(|(name, value)| (name.clone(), as_written(value)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(as_written).collect(),
        other => other.clone(),
    }
}

/// The ids of the items of a list.
fn ids(list: &Value) -> Vec<String> {
    column(list.as_array().unwrap(), "id")
}

#[test]
fn an_objective_is_added_read_changed_and_removed() {
    let draft = Draft::new();
    let created = draft.post("/objectives", &json!({"title": "Aprire lo sportello", "external_id": "OB1"}));
    let objective = created.expect(201);
    assert_eq!(created.etag(), "\"1\"");
    let id = objective["id"].as_str().unwrap();
    let location = format!("{}/v1/comuni/L454{PLAN}/objectives/{id}", draft.world.url);
    assert_eq!(created.header("Location"), Some(location.as_str()));
    let expected = json!({"id": id, "version": 1, "title": "Aprire lo sportello", "external_id": "OB1"});
    assert_eq!(objective, expected);
    let by_id = format!("/objectives/{id}");
    for path in ["/objectives/ext:OB1", by_id.as_str()] {
        let read = draft.get(path);
        assert_eq!((read.expect(200), read.etag()), (objective.clone(), "\"1\""));
        let held = |etag: &str| draft.call("giunta", "GET", path).header("If-None-Match", etag).send();
        assert_eq!((held("\"1\"").expect(304), held("\"1\"").etag()), (Value::Null, "\"1\""));
        held("\"2\"").expect(200);
    }
    let changed = json!({"title": "Aprire lo sportello il sabato"});
    assert_eq!(draft.put(&by_id, &changed).refused(428), "precondition-required");
    let put = draft.put_at(&by_id, "\"1\"", &changed);
    assert_eq!(put.expect(200), json!({"id": id, "version": 2, "title": "Aprire lo sportello il sabato"}));
    assert_eq!(put.etag(), "\"2\"");
    assert_eq!(draft.get("/objectives/ext:OB1").refused(404), "not-found");
    let delete = || draft.call("segretario", "DELETE", &by_id);
    assert_eq!(delete().send().refused(428), "precondition-required");
    let stale = delete().if_match("\"1\"").send();
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""));
    delete().if_match("\"2\"").send().expect(204);
    assert_eq!(delete().if_match("\"2\"").send().refused(404), "not-found");
    assert_eq!(draft.get(&by_id).refused(404), "not-found");
}

#[test]
fn an_objective_put_by_its_own_key_is_created_once_and_then_left_as_it_is() {
    let draft = Draft::new();
    let path = "/objectives/ext:OB1";
    let body = json!({"title": "Aprire lo sportello"});
    let created = draft.put(path, &body);
    assert_eq!(created.expect(201)["external_id"], "OB1");
    let at = created.header("Location").unwrap();
    assert!(at.ends_with(created.json()["id"].as_str().unwrap()), "{at}");
    let tag = draft.document().1;
    assert_eq!(draft.put(path, &body).expect(200)["version"], 1);
    assert_eq!(draft.document().1, tag, "writing the same again changes nothing");
    let read = draft.get(path).expect(200);
    assert_eq!(draft.put(path, &read).expect(200)["version"], 1, "what was read may be written back");
    let other = json!({"title": "Altro"});
    assert_eq!(draft.put(path, &other).refused(428), "precondition-required");
    assert_eq!(draft.put_at("/objectives/ext:OB2", "\"1\"", &other).refused(412), "nothing-to-change");
    let only_new = draft.call("segretario", "PUT", path).header("If-None-Match", "*").json(&body).send();
    assert_eq!(only_new.refused(412), "already-there");
    let misnamed = draft.put_at(path, "*", &with(&other, &json!({"external_id": "OB9"})));
    assert_eq!(
        (misnamed.refused(422).as_str(), misnamed.pointers()),
        ("invalid", vec!["/external_id".into()])
    );
    assert_eq!(draft.put_at(&format!("/objectives/{NOBODY}"), "*", &other).refused(404), "not-found");
    assert_eq!(draft.put("/objectives/ext:%20", &other).refused(404), "not-found");
}

#[test]
fn a_whole_objective_is_given_back_as_it_was_written() {
    let draft = Draft::new();
    let objective = draft.add(&whole());
    assert_eq!(as_written(&objective), as_written(&whole()));
    assert_eq!(draft.get("/objectives/ext:PAGAMENTI").expect(200), objective);
    let unit = |key: &str| {
        let path = format!("/units/ext:demo:{key}");
        draft.world.call("lettore", "GET", "L454", &path).send().expect(200)["id"].clone()
    };
    assert_eq!(objective["assignments"][0]["unit"], unit("area-1.2"), "named by its code");
    assert_eq!(objective["assignments"][1]["unit"], unit("area-2"), "named by its key");
    let by_id = json!({"title": "Per identificativo", "assignments": [{"unit": unit("area-2")}]});
    assert_eq!(draft.add(&by_id)["assignments"][0]["unit"], unit("area-2"), "named by its id");
}

#[test]
fn a_list_left_out_stays_and_an_empty_one_is_emptied() {
    let draft = Draft::new();
    let before = draft.add(&whole());
    let path = "/objectives/ext:PAGAMENTI";
    let after = draft.put_at(path, "\"1\"", &json!({"title": "Pagare"})).expect(200);
    for list in ["assignments", "phases", "indicators"] {
        assert_eq!(after[list], before[list], "{list}");
    }
    for member in ["code", "kinds", "steps", "deadline", "laws", "notes", "template"] {
        assert!(after[member].is_null(), "{member} is not a list of parts: it is replaced");
    }
    let phase = json!({"external_id": "F1", "title": "Ricognizione"});
    let after = draft.put_at(path, "\"2\"", &json!({"title": "Pagare", "phases": [phase]})).expect(200);
    assert_eq!(after["phases"][0]["indicators"], before["phases"][0]["indicators"], "inside a phase as well");
    assert_eq!(after["indicators"], before["indicators"]);
    let emptied = json!({"title": "Pagare", "assignments": [], "phases": [], "indicators": []});
    let after = draft.put_at(path, "\"3\"", &emptied).expect(200);
    for list in ["assignments", "phases", "indicators"] {
        assert!(after[list].as_array().is_none_or(Vec::is_empty), "{list}: {after}");
    }
}

#[test]
fn parts_written_again_keep_their_identity_in_whatever_order() {
    let draft = Draft::new();
    let before = draft.add(&whole());
    let path = "/objectives/ext:PAGAMENTI";
    let mut again = whole();
    again["assignments"].as_array_mut().unwrap().reverse();
    again["assignments"][1]["weight"] = percent("35");
    again["indicators"].as_array_mut().unwrap().insert(0, json!({"name": "Un altro"}));
    let after = draft.put_at(path, "\"1\"", &again).expect(200);
    let expected: Vec<_> = ids(&before["assignments"]).into_iter().rev().collect();
    assert_eq!(ids(&after["assignments"]), expected, "known by their keys");
    assert_eq!(ids(&after["phases"]), ids(&before["phases"]));
    assert_eq!(ids(&after["phases"][0]["indicators"]), ids(&before["phases"][0]["indicators"]));
    assert_eq!(after["indicators"][1]["id"], before["indicators"][0]["id"]);
    assert_ne!(after["indicators"][0]["id"], before["indicators"][0]["id"], "the new one is new");
    let mut renamed = after.clone();
    renamed["indicators"][0]["name"] = json!("Un altro nome");
    let last = draft.put_at(path, "\"2\"", &renamed).expect(200);
    assert_eq!(ids(&last["indicators"]), ids(&after["indicators"]), "known by their ids");
    assert_eq!(last["indicators"][0]["name"], "Un altro nome");
}

#[test]
fn an_id_that_is_nobodys_is_refused_where_it_stands() {
    let draft = Draft::new();
    let other = draft.add(&json!({"title": "Altro", "indicators": [{"name": "Suo"}]}));
    let part = json!({"id": NOBODY, "title": "Fase"});
    let stolen = json!({"id": other["indicators"][0]["id"], "name": "Rubato"});
    let body = json!({
        "title": "Nuovo", "phases": [part], "indicators": [stolen],
        "assignments": [{"id": NOBODY, "unit_code": "AREA-1"}]
    });
    let refused = draft.post("/objectives", &body);
    assert_eq!(refused.refused(422), "invalid");
    let mut places = refused.pointers();
    places.sort();
    assert_eq!(places, ["/assignments/0/id", "/indicators/0/id", "/phases/0/id"]);
    draft.add_to("AREA-1", "OB1");
    let mine = draft.put_at("/objectives/ext:OB1", "*", &json!({"title": "Mio", "id": other["id"]}));
    assert_eq!((mine.refused(422).as_str(), mine.pointers()), ("invalid", vec!["/id".into()]));
    let new = draft.put("/objectives/ext:OB2", &json!({"title": "Mio", "id": NOBODY}));
    assert_eq!((new.refused(422).as_str(), new.pointers()), ("invalid", vec!["/id".into()]));
    let posted = draft.post("/objectives", &json!({"title": "Mio", "id": NOBODY}));
    assert_eq!((posted.refused(422).as_str(), posted.pointers()), ("invalid", vec!["/id".into()]));
}

#[test]
fn objectives_are_listed_in_the_order_of_the_plan_page_by_page() {
    let draft = Draft::new();
    for key in ["C", "A", "B"] {
        draft.add(&json!({"external_id": key, "title": format!("Titolo {key}")}));
    }
    let token = draft.world.token("L454", "lettore");
    let keys = |query: &str| {
        let (items, pages) =
            super::walk(&draft.world, &token, &format!("/v1/comuni/L454{PLAN}/objectives{query}"));
        (column(&items, "external_id"), pages)
    };
    assert_eq!(keys("?limit=1"), (vec!["C".into(), "A".into(), "B".into()], 3));
    assert_eq!(keys("?limit=2&sort=title"), (vec!["A".into(), "B".into(), "C".into()], 2));
    assert_eq!(draft.get("/objectives?sort=code").refused(400), "invalid-parameter");
    assert_eq!(draft.get("/objectives?limit=201").refused(400), "invalid-parameter");
}

#[test]
fn only_those_who_may_write_objectives_do_and_everybody_in_the_comune_reads_them() {
    let draft = Draft::new();
    draft.add_to("AREA-1", "OB1");
    for role in
        ["amministratore", "nucleo", "giunta", "rpct", "revisore", "ragioneria", "dipendente", "lettore"]
    {
        let body = json!({"title": "Altro"});
        assert_eq!(
            draft.call(role, "POST", "/objectives").json(&body).send().refused(403),
            "forbidden",
            "{role}"
        );
        let delete = draft.call(role, "DELETE", "/objectives/ext:OB1").if_match("*").send();
        assert_eq!(delete.refused(403), "forbidden", "{role}");
        draft.call(role, "GET", "/objectives/ext:OB1").send().expect(200);
    }
    draft.call("integratore", "POST", "/objectives").json(&json!({"title": "Altro"})).send().expect(201);
    let stranger = draft.world.token("F471", "segretario");
    let path = format!("/v1/comuni/L454{PLAN}/objectives/ext:OB1");
    let read = draft.world.anonymous("GET", &path).token(&stranger).send();
    assert_eq!(read.refused(404), "not-found");
}

#[test]
fn an_external_id_is_one_objectives_in_its_plan() {
    let draft = Draft::new();
    draft.add_to("AREA-1", "OB1");
    let second = draft.add_to("AREA-1", "OB2");
    let again = draft.post("/objectives", &json!({"title": "Doppio", "external_id": "OB1"}));
    assert_eq!(again.refused(409), "external-id-taken");
    let path = format!("/objectives/{}", second["id"].as_str().unwrap());
    let taken = draft.put_at(&path, "*", &json!({"title": "Doppio", "external_id": "OB1"}));
    assert_eq!(taken.refused(409), "external-id-taken");
    let plan = json!({"external_id": "P26", "year": 2026, "kind": "standalone", "title": "Piano"});
    draft.world.call("segretario", "POST", "L454", "/plans").json(&plan).send().expect(201);
    let elsewhere = draft.world.call("segretario", "PUT", "L454", "/plans/ext:P26/objectives/ext:OB1");
    elsewhere.json(&json!({"title": "In un altro piano"})).send().expect(201);
}
