//! The whole plan, out and in, as one document.

mod copies;
mod elsewhere;
mod faults;
mod order;

use serde_json::{Value, json};

use super::drafts::{Draft, PLAN, TO_APPROVED, whole};
use super::{NOBODY, with};

/// A plan with something of everything.
fn filled() -> Draft {
    let draft = Draft::new();
    draft.add(&whole());
    draft.add_to("AREA-1.1", "OB2");
    draft.add(&json!({"title": "Senza chiave", "indicators": [{"name": "Uno"}, {"name": "Due"}]}));
    draft
        .post(
            "/sections",
            &json!({"external_id": "S1", "kind": "mandate", "title": "Mandato", "body": "Testo"}),
        )
        .expect(201);
    draft.post("/sections", &json!({"kind": "other", "title": "Altro", "body": "Testo"})).expect(201);
    draft
}

#[test]
fn the_document_says_the_whole_plan() {
    let draft = filled();
    let reply = draft.get("/document");
    let document = reply.expect(200);
    assert_eq!((&document["format"], &document["comune"]), (&json!("traguardo.plan.v1"), &json!("L454")));
    let header = draft.get("").expect(200);
    let plan = json!({"id": header["id"], "external_id": "demo:plan-2025", "year": 2025, "kind": header["kind"], "title": header["title"]});
    assert_eq!(with(&document["plan"], &json!({"scale": null})), plan);
    assert_eq!(document["units"].as_array().unwrap().len(), 4);
    assert_eq!(document["sections"][0]["title"], "Mandato");
    for (index, key) in ["ext:PAGAMENTI", "ext:OB2"].iter().enumerate() {
        let objective = draft.get(&format!("/objectives/{key}")).expect(200);
        assert_eq!(document["objectives"][index], with(&objective, &json!({"version": null})), "{key}");
    }
}

#[test]
fn a_document_put_where_it_came_from_changes_nothing() {
    let draft = filled();
    let (document, tag) = draft.document();
    let trail =
        || draft.world.call("nucleo", "GET", "L454", "/audit?limit=200").send().expect(200)["items"].clone();
    let before = trail();
    for path in [
        "/document".to_owned(),
        draft.get("").json()["id"].as_str().map(|id| format!("/plans/{id}/document")).unwrap(),
    ] {
        let request = if path == "/document" {
            draft.call("integratore", "PUT", &path)
        } else {
            draft.world.call("integratore", "PUT", "L454", &path).if_match(&tag)
        };
        let put = request.json(&document).send();
        assert_eq!((put.expect(200), put.etag()), (document.clone(), tag.as_str()), "{path}");
    }
    assert_eq!(draft.put_at("/document", "*", &document).etag(), tag);
    assert_eq!(trail(), before, "and leaves no trace");
    assert_eq!(draft.get("/objectives/ext:PAGAMENTI").etag(), "\"1\"");
    let without_ids = draft.put_at("/document", &tag, &stripped(&document));
    assert_eq!(
        (without_ids.expect(200), without_ids.etag()),
        (document, tag.as_str()),
        "keys and places say which is which"
    );
}

/// The same document as somebody writes it who never saw an id: units by their codes.
fn stripped(document: &Value) -> Value {
    fn without_ids(value: &Value) -> Value {
        match value {
            Value::Object(members) => members
                .iter()
                .filter(|(name, _)| name.as_str() != "id")
                .map(|(name, value)| (name.clone(), without_ids(value)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            Value::Array(items) => items.iter().map(without_ids).collect(),
            other => other.clone(),
        }
    }
    let code = |id: &Value| {
        let units = document["units"].as_array().unwrap();
        units.iter().find(|unit| unit["id"] == *id).map(|unit| unit["code"].clone()).unwrap()
    };
    let mut bare = without_ids(document);
    for unit in bare["units"].as_array_mut().unwrap() {
        if let Some(parent) = unit.as_object_mut().unwrap().remove("parent") {
            unit["parent_code"] = code(&parent);
        }
    }
    for objective in bare["objectives"].as_array_mut().unwrap() {
        for assignment in objective.get_mut("assignments").and_then(Value::as_array_mut).into_iter().flatten()
        {
            let unit = assignment.as_object_mut().unwrap().remove("unit").unwrap();
            assignment["unit_code"] = code(&unit);
        }
    }
    bare
}

#[test]
fn a_changed_document_changes_what_it_says_and_keeps_the_rest() {
    let draft = filled();
    let (mut document, tag) = draft.document();
    document["plan"]["title"] = json!("Un altro titolo");
    document["objectives"][1]["title"] = json!("Un altro obiettivo");
    document["objectives"].as_array_mut().unwrap().remove(2);
    document["objectives"].as_array_mut().unwrap().push(json!({"external_id": "NUOVO", "title": "Nuovo"}));
    document["sections"].as_array_mut().unwrap().remove(1);
    document["units"][0]["responsible"] = json!("Segretario comunale");
    let put = draft.put_at("/document", &tag, &document);
    let after = put.expect(200);
    assert_ne!(put.etag(), tag);
    document["objectives"][2]["id"] = after["objectives"][2]["id"].clone();
    assert_eq!(after, document);
    assert_eq!((draft.document().0, draft.document().1.as_str()), (after, put.etag()));
    assert_eq!(draft.get("").expect(200)["title"], "Un altro titolo");
    assert_eq!(draft.get("/objectives/ext:PAGAMENTI").etag(), "\"1\"", "as it was");
    assert_eq!(draft.get("/objectives/ext:OB2").etag(), "\"2\"");
    assert_eq!(draft.get("/objectives/ext:NUOVO").etag(), "\"1\"");
    let emptied = with(&document, &json!({"objectives": [], "sections": []}));
    let last = draft.put_at("/document", "*", &emptied).expect(200);
    assert_eq!((&last["objectives"], &last["sections"]), (&json!([]), &json!([])));
}

#[test]
fn the_tag_of_the_document_turns_with_everything_in_it() {
    let draft = filled();
    let mut tags = vec![draft.document().1];
    let unit = draft.world.call("lettore", "GET", "L454", "/units/ext:demo:area-2").send().expect(200);
    let unit = with(&unit, &json!({"id": null, "version": null, "name": "Area tecnica e ambiente"}));
    let unit = || {
        draft
            .world
            .call("segretario", "PUT", "L454", "/units/ext:demo:area-2")
            .json(&unit)
            .if_match("*")
            .send()
    };
    let header = json!({"external_id": "demo:plan-2025", "year": 2025, "kind": "piao_performance", "title": "Altro titolo"});
    let writes: [&dyn Fn() -> u16; 8] = [
        &|| draft.post("/objectives/ext:OB2/indicators", &json!({"name": "X"})).status,
        &|| draft.put_at("/objectives/ext:OB2", "*", &json!({"title": "X"})).status,
        &|| draft.delete("/objectives/ext:OB2").status,
        &|| draft.post("/sections", &json!({"kind": "other", "title": "T", "body": "B"})).status,
        &|| draft.delete("/sections/ext:S1").status,
        &|| draft.put_at("", "*", &header).status,
        &|| unit().status,
        &|| {
            draft
                .post(
                    "/objectives-bulk",
                    &json!({"items": [{"operation": "put", "path": "ext:B", "value": {"title": "B"}}]}),
                )
                .status
        },
    ];
    for (index, write) in writes.iter().enumerate() {
        let status = write();
        assert!(status < 300, "{index}: {status}");
        let tag = draft.document().1;
        assert!(!tags.contains(&tag), "{index}: {tag} of {tags:?}");
        tags.push(tag);
    }
}

#[test]
fn a_document_is_read_and_written_under_its_tag() {
    let draft = filled();
    let (document, tag) = draft.document();
    let read = |held: &str| draft.call("giunta", "GET", "/document").header("If-None-Match", held).send();
    let same = read(&tag);
    assert_eq!((same.expect(304), same.etag()), (Value::Null, tag.as_str()));
    assert_eq!(read(&format!("\"0\", W/{tag}")).status, 304);
    read("\"0\"").expect(200);
    let other = with(&document, &json!({"objectives": []}));
    assert_eq!(draft.put("/document", &other).refused(428), "precondition-required");
    let stale = draft.put_at("/document", "\"1\"", &other);
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", tag.as_str()));
    let only_new =
        draft.call("segretario", "PUT", "/document").header("If-None-Match", "*").json(&other).send();
    assert_eq!(only_new.refused(412), "already-there");
    draft.put_at("/document", &tag, &other).expect(200);
    assert_eq!(read(&tag).status, 200);
    for role in ["responsabile", "nucleo", "giunta", "lettore", "amministratore"] {
        let refused = draft.call(role, "PUT", "/document").json(&other).if_match("*").send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    let mut nobodys = other.clone();
    nobodys["plan"].as_object_mut().unwrap().remove("id");
    let none = draft.world.call("segretario", "PUT", "L454", &format!("/plans/{NOBODY}/document"));
    let none = none.json(&nobodys);
    assert_eq!(none.if_match("*").send().status, 404);
}

#[test]
fn a_document_put_under_a_new_key_begins_a_plan() {
    let draft = filled();
    let mut document = stripped(&draft.document().0);
    document["plan"] = json!({"year": 2026, "kind": "peg_pdo", "title": "PEG 2026"});
    let put = || {
        draft.world.call("integratore", "PUT", "L454", "/plans/ext:PEG-2026/document").json(&document).send()
    };
    let created = put();
    let made = created.expect(201);
    assert_eq!(
        (&made["plan"]["external_id"], &made["plan"]["title"]),
        (&json!("PEG-2026"), &json!("PEG 2026"))
    );
    let at =
        format!("{}/v1/comuni/L454/plans/{}/document", draft.world.url, made["plan"]["id"].as_str().unwrap());
    assert_eq!(created.header("Location"), Some(at.as_str()));
    assert_eq!(made["units"], draft.document().0["units"], "the comune's own");
    assert_eq!(
        super::objectives::as_written(&made["objectives"]),
        super::objectives::as_written(&document["objectives"])
    );
    let again = put();
    assert_eq!((again.expect(200), again.etag()), (made, created.etag()));
}

#[test]
fn a_sealed_plan_and_a_unit_in_use_stay() {
    let draft = filled();
    let delete = |path: &str| draft.world.call("segretario", "DELETE", "L454", path).if_match("*").send();
    assert_eq!(delete("/units/ext:demo:area-1.2").refused(409), "unit-in-use");
    draft.delete("/objectives/ext:PAGAMENTI").expect(204);
    delete("/units/ext:demo:area-1.2").expect(204);
    draft.walk(&TO_APPROVED);
    assert_eq!(delete(PLAN).refused(409), "plan-sealed");
    draft.get("/document").expect(200);
    let other = json!({"external_id": "P26", "year": 2026, "kind": "standalone", "title": "Piano"});
    draft.world.call("segretario", "POST", "L454", "/plans").json(&other).send().expect(201);
    let path = "/plans/ext:P26/objectives/ext:OB1";
    let body = json!({"title": "X", "phases": [{"title": "F"}], "assignments": [{"unit_code": "AREA-2"}]});
    draft.world.call("segretario", "PUT", "L454", path).json(&body).send().expect(201);
    delete("/plans/ext:P26").expect(204);
    assert_eq!(draft.world.call("lettore", "GET", "L454", path).send().refused(404), "not-found");
    delete("/units/ext:demo:area-2").expect(204);
}
