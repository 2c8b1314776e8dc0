//! The parts of an objective: each under its own address, all under the version of their objective.

use serde_json::{Value, json};

use super::super::drafts::{Draft, at_most, percent, whole};
use super::super::{NOBODY, with};
use super::as_written;

const OBJECTIVE: &str = "/objectives/ext:OB1";

/// Each kind of part: where it is, what is written of it, and another thing to write.
fn kinds() -> [(&'static str, Value, Value); 4] {
    let indicator = || json!({"name": "Ritardo medio", "measure": "days", "target": at_most("0", "days")});
    [
        (
            "assignments",
            json!({"unit_code": "AREA-2", "weight": percent("10")}),
            json!({"unit_code": "AREA-2", "notes": "Capofila"}),
        ),
        (
            "phases",
            json!({"title": "Ricognizione", "code": "1.1", "weight": percent("50")}),
            json!({"title": "Verifica"}),
        ),
        ("indicators", indicator(), json!({"name": "Un altro"})),
        ("phases/ext:F0/indicators", indicator(), json!({"name": "Un altro"})),
    ]
}

fn draft() -> Draft {
    let draft = Draft::new();
    draft.add(&json!({"external_id": "OB1", "title": "X", "assignments": [{"unit_code": "AREA-1"}], "phases": [{"external_id": "F0", "title": "Prima"}]}));
    draft
}

#[test]
fn every_kind_of_part_is_added_read_changed_and_removed_by_id() {
    for (list, new, other) in kinds() {
        let draft = draft();
        let created = draft.post(&format!("{OBJECTIVE}/{list}"), &new);
        let part = created.expect(201);
        assert_eq!(created.etag(), "\"2\"", "{list}: the objective's version");
        assert_eq!(as_written(&part), as_written(&new), "{list}");
        let path = format!("{OBJECTIVE}/{list}/{}", part["id"].as_str().unwrap());
        assert!(created.header("Location").unwrap().ends_with(&path), "{created}");
        let read = draft.get(&path);
        assert_eq!((read.expect(200), read.etag()), (part.clone(), "\"2\""), "{list}");
        let held = draft.call("lettore", "GET", &path).header("If-None-Match", "\"2\"").send();
        assert_eq!(held.expect(304), Value::Null, "{list}");
        assert_eq!(draft.put(&path, &other).refused(428), "precondition-required", "{list}");
        let stale = draft.put_at(&path, "\"1\"", &other);
        assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""), "{list}");
        let put = draft.put_at(&path, "\"2\"", &other);
        assert_eq!((put.expect(200)["id"].clone(), put.etag()), (part["id"].clone(), "\"3\""), "{list}");
        assert_eq!(as_written(&put.json()), as_written(&other), "{list}: replaced whole");
        let delete = || draft.call("segretario", "DELETE", &path);
        assert_eq!(delete().send().refused(428), "precondition-required", "{list}");
        assert_eq!(delete().if_match("\"2\"").send().refused(412), "stale", "{list}");
        delete().if_match("\"3\"").send().expect(204);
        assert_eq!(draft.get(&path).refused(404), "not-found", "{list}");
        assert_eq!(delete().if_match("*").send().refused(404), "not-found", "{list}");
        assert_eq!(draft.get(OBJECTIVE).etag(), "\"4\"", "{list}");
    }
}

#[test]
fn every_kind_of_part_is_put_by_its_own_key_once_and_then_left() {
    for (list, new, other) in kinds() {
        let draft = draft();
        let path = format!("{OBJECTIVE}/{list}/ext:P1");
        let created = draft.put(&path, &new);
        let part = created.expect(201);
        assert_eq!((&part["external_id"], created.etag()), (&json!("P1"), "\"2\""), "{list}");
        let same = draft.put(&path, &new);
        assert_eq!((same.expect(200), same.etag()), (part.clone(), "\"2\""), "{list}: left as it is");
        assert_eq!(draft.put(&path, &part).expect(200), part, "{list}: what was read may be written back");
        assert_eq!(draft.put(&path, &other).refused(428), "precondition-required", "{list}");
        let misnamed = draft.put_at(&path, "*", &with(&other, &json!({"external_id": "P9"})));
        assert_eq!(
            (misnamed.refused(422), misnamed.pointers()),
            ("invalid".into(), vec!["/external_id".into()]),
            "{list}"
        );
        let another = draft.put_at(&path, "*", &with(&other, &json!({"id": NOBODY})));
        assert_eq!(
            (another.refused(422), another.pointers()),
            ("invalid".into(), vec!["/id".into()]),
            "{list}"
        );
        let changed = draft.put_at(&path, "\"2\"", &other).expect(200);
        assert_eq!((&changed["id"], &changed["external_id"]), (&part["id"], &json!("P1")), "{list}");
        let absent = format!("{OBJECTIVE}/{list}/ext:P2");
        assert_eq!(draft.put_at(&absent, "\"3\"", &other).refused(412), "nothing-to-change", "{list}");
        let nobody = format!("{OBJECTIVE}/{list}/{NOBODY}");
        assert_eq!(draft.put_at(&nobody, "*", &other).status, 404, "{list}");
    }
}

#[test]
fn a_part_of_an_objective_that_is_not_there_is_not_there() {
    let draft = draft();
    for (list, new, _) in kinds() {
        for objective in ["/objectives/ext:NESSUNO".to_owned(), format!("/objectives/{NOBODY}")] {
            assert_eq!(draft.post(&format!("{objective}/{list}"), &new).refused(404), "not-found", "{list}");
            assert_eq!(draft.get(&format!("{objective}/{list}/ext:P1")).refused(404), "not-found", "{list}");
        }
    }
    let indicator = json!({"name": "X"});
    let phase = format!("{OBJECTIVE}/phases/ext:NESSUNA/indicators");
    assert_eq!(draft.post(&phase, &indicator).refused(404), "not-found");
    let own = draft.post(&format!("{OBJECTIVE}/indicators"), &indicator).expect(201);
    let elsewhere = format!("{OBJECTIVE}/phases/ext:F0/indicators/{}", own["id"].as_str().unwrap());
    assert_eq!(draft.get(&elsewhere).refused(404), "not-found", "it is the objective's, not the phase's");
}

#[test]
fn the_faults_of_a_part_stand_in_the_part_that_was_sent() {
    let draft = draft();
    let body = json!({"title": " ", "weight": {}, "indicators": [{"name": "X"}, {"name": "", "target": {"value": {"type": "bound"}}}]});
    let refused = draft.post(&format!("{OBJECTIVE}/phases"), &body);
    assert_eq!(refused.refused(422), "invalid");
    let mut places = refused.pointers();
    places.sort();
    let target = "/indicators/1/target/value";
    let expected = [
        "/indicators/1/name",
        &format!("{target}/comparison"),
        &format!("{target}/figure"),
        "/title",
        "/weight",
    ];
    assert_eq!(places, expected);
    let twice = draft.post(&format!("{OBJECTIVE}/assignments"), &json!({"unit_code": "AREA-1"}));
    assert_eq!(twice.refused(422), "invalid", "assigned to that unit already");
}

#[test]
fn a_phase_put_without_its_indicators_keeps_them() {
    let draft = Draft::new();
    let before = draft.add(&whole());
    let path = "/objectives/ext:PAGAMENTI/phases/ext:F1";
    let after = draft.put_at(path, "\"1\"", &json!({"title": "Un altro titolo"})).expect(200);
    assert_eq!(after["indicators"], before["phases"][0]["indicators"]);
    let after =
        draft.put_at(path, "\"2\"", &json!({"title": "Un altro titolo", "indicators": []})).expect(200);
    assert!(after["indicators"].as_array().is_none_or(Vec::is_empty), "{after}");
}

#[test]
fn a_part_added_again_with_its_idempotency_key_is_added_once() {
    let draft = draft();
    let post = || {
        let request = draft.call("segretario", "POST", &format!("{OBJECTIVE}/indicators"));
        request.json(&json!({"name": "X"})).key("una-volta").send()
    };
    let (first, second) = (post(), post());
    assert_eq!(first.expect(201), second.expect(201));
    assert_eq!(second.header("Idempotency-Replayed"), Some("true"));
    assert_eq!(draft.get(OBJECTIVE).expect(200)["indicators"].as_array().unwrap().len(), 1);
}
