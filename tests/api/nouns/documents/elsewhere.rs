//! A document taken from one comune to another: everything arrives.

use serde_json::{Value, json};

use super::super::drafts::Draft;
use super::super::objectives::as_written;
use super::super::with;
use super::{filled, stripped};

fn put(draft: &Draft, comune: &str, path: &str, etag: Option<&str>, document: &Value) -> crate::world::Reply {
    let request = draft.world.call("segretario", "PUT", comune, path).json(document);
    etag.map_or_else(|| request.clone(), |etag| request.clone().if_match(etag)).send()
}

#[test]
fn a_document_goes_into_the_empty_plan_of_another_comune_without_loss() {
    let draft = filled();
    let own = stripped(&draft.document().0);
    let path = "/plans/ext:demo:plan-2024/document";
    let there = draft.world.call("segretario", "GET", "F471", path).send();
    let mut moved = own.clone();
    moved["comune"] = json!("F471");
    moved["plan"] = there.expect(200)["plan"].clone();
    let arrived = put(&draft, "F471", path, Some(there.etag()), &moved).expect(200);
    assert_eq!(arrived["plan"], there.json()["plan"]);
    assert_eq!(arrived["units"], there.json()["units"], "the comune keeps the ids it has");
    for list in ["sections", "objectives"] {
        assert_eq!(as_written(&arrived[list]), as_written(&own[list]), "{list}");
    }
    let read = draft.world.call("lettore", "GET", "F471", path).send();
    let again = put(&draft, "F471", path, Some("*"), &read.expect(200));
    assert_eq!((again.expect(200), again.etag()), (arrived, read.etag()));
}

#[test]
fn a_document_with_its_ids_goes_into_a_comune_that_has_nothing_yet() {
    let draft = filled();
    let comune = json!({"name": "Bergamo", "province": "BG", "region": "03"});
    draft.world.platform("platform_admin", "PUT", "/v1/comuni/A794").json(&comune).send().expect(201);
    let member = |role: &str, label: &str| json!({"kind": "person", "label": label, "roles": [role]});
    let admin =
        draft.world.platform("platform_admin", "PUT", "/v1/comuni/A794/members/ext:demo:amministratore");
    admin.json(&member("amministratore", "Amministratore")).send().expect(201);
    for role in ["segretario", "lettore"] {
        let put = draft.world.call("amministratore", "PUT", "A794", &format!("/members/ext:demo:{role}"));
        put.json(&member(role, role)).send().expect(201);
    }
    let (own, _) = draft.document();
    let moved = with(&own, &json!({"comune": "A794"}));
    let path = "/plans/ext:demo:plan-2025/document";
    let created = put(&draft, "A794", path, None, &moved).expect(201);
    assert_eq!(created, moved, "ids included");
    let back = draft.world.call("lettore", "GET", "A794", path).send().expect(200);
    assert_eq!(back, moved);
    let (still, _) = draft.document();
    assert_eq!(still, own, "where it came from nothing has changed");
}

#[test]
fn the_ids_of_another_comunes_units_do_not_double_those_there_are() {
    let draft = filled();
    let (own, _) = draft.document();
    let path = "/plans/ext:P25/document";
    let mut moved = with(&own, &json!({"comune": "F471"}));
    moved["plan"]["external_id"] = json!("P25");
    let reply = put(&draft, "F471", path, None, &moved);
    // The same codes in the same days are other units: said, not mixed up.
    assert_eq!(reply.status, 409, "{reply}");
    let units = draft.world.call("lettore", "GET", "F471", "/units").send().expect(200);
    assert_eq!(units["items"].as_array().unwrap().len(), 4);
}

#[test]
fn a_document_with_a_new_tree_of_units_brings_it_along() {
    let draft = filled();
    let (mut document, tag) = draft.document();
    let ufficio = json!({"code": "UFF", "name": "Ufficio", "kind": "office", "parent_code": "SET", "valid_from": "2025-01-01"});
    let settore = json!({"code": "SET", "name": "Settore", "kind": "sector", "valid_from": "2025-01-01", "responsible": "Capo settore", "interim": true,
        "staff": [{"qualification": "Istruttore", "category": "C", "posts": "1.5", "women": "1", "men": "0.5"}], "activities": "- una\n- due"});
    document["units"].as_array_mut().unwrap().extend([ufficio, settore.clone()]);
    document["objectives"][1]["assignments"] = json!([{"unit_code": "UFF"}]);
    let after = draft.put_at("/document", &tag, &document).expect(200);
    let unit = |code: &str| {
        let units = after["units"].as_array().unwrap();
        units.iter().find(|unit| unit["code"] == code).cloned().unwrap_or_else(|| panic!("{after}"))
    };
    assert_eq!(unit("UFF")["parent"], unit("SET")["id"]);
    assert_eq!(as_written(&unit("SET")), settore);
    assert_eq!(after["objectives"][1]["assignments"][0]["unit"], unit("UFF")["id"]);
    let ring = json!([
        {"code": "R1", "name": "Uno", "kind": "office", "parent_code": "R2", "valid_from": "2025-01-01"},
        {"code": "R2", "name": "Due", "kind": "office", "parent_code": "R1", "valid_from": "2025-01-01"}
    ]);
    let (document, tag) = draft.document();
    let refused = draft.put_at("/document", &tag, &with(&document, &json!({"units": ring})));
    assert!([409, 422].contains(&refused.status), "{refused}");
    assert_eq!(draft.document(), (document, tag));
}
