//! Sealed versions, over HTTP: what was approved, as it was approved, and what changed since.

use serde_json::{Value, json};
use traguardo_domain::digest::Digest;
use traguardo_persistence::packed::unpack;

use super::drafts::{Draft, TO_APPROVED, TO_ITS_YEAR, said, whole};
use super::with;
use crate::world::Reply;

fn approved() -> Draft {
    let draft = Draft::new();
    draft.add(&whole());
    draft.add_to("AREA-1.1", "OB2");
    draft.add_to("AREA-2", "OB3");
    draft.post("/sections", &json!({"kind": "mandate", "title": "Mandato", "body": "Testo"})).expect(201);
    draft.walk(&TO_ITS_YEAR);
    draft
}

fn version(draft: &Draft, number: &str, encoding: &str) -> Reply {
    draft.call("lettore", "GET", &format!("/versions/{number}")).header("Accept-Encoding", encoding).send()
}

#[test]
fn what_is_sealed_is_the_document_that_was_approved() {
    let draft = approved();
    let document = draft.document().0;
    let sealed = version(&draft, "1", "identity");
    assert_eq!(sealed.expect(200), document);
    assert_eq!(version(&draft, "current", "identity").body, sealed.body);
    let seal = draft.get("/versions/1/seal").expect(200);
    let header = draft.get("").json();
    let expected = json!({
        "plan": header["id"], "number": 1, "algorithm": "sha-256", "canonical_form": "rfc8785", "sealed_at": seal["sealed_at"],
        "digest": Digest::of(&sealed.body).to_string(), "size": sealed.body.len(), "act": said("approve")["act"]
    });
    assert_eq!(seal, expected, "the digest is of the bytes that are sent");
    assert_eq!(sealed.etag(), format!("\"{}\"", seal["digest"].as_str().unwrap()));
    assert_eq!(draft.get("/versions").expect(200)["items"], json!([seal]));
    assert_eq!(draft.get("/versions/current/seal").expect(200), seal);
}

#[test]
fn compressed_and_plain_are_the_same_bytes() {
    let draft = approved();
    let plain = version(&draft, "1", "identity");
    assert_eq!(plain.header("Content-Encoding"), None);
    for encoding in ["gzip", "br, GZIP;q=0.5", "*"] {
        let packed = version(&draft, "1", encoding);
        assert_eq!(
            (packed.header("Content-Encoding"), packed.etag()),
            (Some("gzip"), plain.etag()),
            "{encoding}"
        );
        assert!(packed.body.len() < plain.body.len());
        assert_eq!(unpack(&packed.body).unwrap(), plain.body, "{encoding}");
    }
    for encoding in ["gzip;q=0", "br", "deflate"] {
        let reply = version(&draft, "1", encoding);
        assert_eq!((reply.header("Content-Encoding"), &reply.body), (None, &plain.body), "{encoding}");
    }
}

#[test]
fn a_version_that_is_held_is_not_sent_again() {
    let draft = approved();
    let tag = version(&draft, "1", "identity").etag().to_owned();
    let read = |number: &str, held: &str| {
        draft.call("giunta", "GET", &format!("/versions/{number}")).header("If-None-Match", held).send()
    };
    for held in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let same = read("current", &held);
        assert_eq!((same.expect(304), same.etag()), (Value::Null, tag.as_str()), "{held}");
    }
    read("1", "\"1\"").expect(200);
    assert_eq!(read("1", "senza virgolette").refused(400), "invalid-header");
}

#[test]
fn a_version_never_changes_whatever_becomes_of_the_plan() {
    let draft = approved();
    let first = version(&draft, "1", "identity");
    draft.walk(&["open_variation"]);
    draft.put_at("/objectives/ext:OB2", "*", &json!({"title": "Variato"})).expect(200);
    let unit = json!({"external_id": "demo:area-2", "code": "AREA-2", "name": "Area tecnica e ambiente", "kind": "area", "valid_from": "2024-01-01"});
    draft
        .world
        .call("segretario", "PUT", "L454", "/units/ext:demo:area-2")
        .json(&unit)
        .if_match("*")
        .send()
        .expect(200);
    draft.walk(&["approve_variation"]);
    assert_eq!(version(&draft, "1", "identity").body, first.body);
    let second = version(&draft, "2", "identity");
    assert_eq!(second.body, version(&draft, "current", "identity").body);
    assert_eq!(second.expect(200), draft.document().0);
    let seals = draft.get("/versions").expect(200)["items"].clone();
    assert_eq!((&seals[0]["number"], &seals[1]["number"]), (&json!(2), &json!(1)), "the last one first");
    assert_eq!(seals[0]["reason"], said("open_variation")["reason"], "why it was varied");
    assert!(seals[1]["reason"].is_null());
    for (seal, reply) in [(&seals[0], &second), (&seals[1], &first)] {
        assert_eq!(seal["digest"], Digest::of(&reply.body).to_string());
        assert_eq!(seal["size"], reply.body.len());
    }
}

#[test]
fn versions_that_are_not_there_are_not_found() {
    let draft = Draft::new();
    draft.add(&whole());
    assert_eq!(draft.get("/versions").expect(200)["items"], json!([]));
    for path in [
        "/versions/1",
        "/versions/current",
        "/versions/current/seal",
        "/versions/1/diff/1",
        "/versions/1/diff/current",
    ] {
        assert_eq!(draft.get(path).refused(404), "not-found", "{path}");
    }
    draft.walk(&TO_APPROVED);
    draft.get("/versions/1").expect(200);
    for number in ["0", "2", "-1", "01", "1.0", "latest", "999999999999"] {
        assert_eq!(draft.get(&format!("/versions/{number}")).refused(404), "not-found", "{number}");
    }
    assert_eq!(draft.get("/versions/1/diff/2").refused(404), "not-found");
    let stranger = draft.world.token("F471", "segretario");
    let path = format!("/v1/comuni/L454{}/versions/1", super::drafts::PLAN);
    assert_eq!(draft.world.anonymous("GET", &path).token(&stranger).send().refused(404), "not-found");
}

/// What happened to what, by name: kind, object, label.
fn summary(difference: &Value) -> Vec<(String, String, String)> {
    let text = |change: &Value, name: &str| change[name].as_str().unwrap().to_owned();
    let changes = difference["changes"].as_array().unwrap();
    changes
        .iter()
        .map(|change| (text(change, "kind"), text(change, "object"), text(change, "label")))
        .collect()
}

#[test]
fn a_variation_is_told_object_by_object_and_field_by_field() {
    let draft = approved();
    let before = version(&draft, "1", "identity").json();
    draft.walk(&["open_variation"]);
    let changed = with(&whole(), &json!({"title": "Pagare in tempo", "notes": null, "kinds": ["by_law"]}));
    draft.put_at("/objectives/ext:PAGAMENTI", "*", &changed).expect(200);
    let indicator = super::drafts::at_most("-5", "days");
    let mut other = whole()["indicators"][0].clone();
    other["target"] = indicator.clone();
    draft.put_at("/objectives/ext:PAGAMENTI/indicators/ext:IRP", "*", &other).expect(200);
    draft.post("/objectives/ext:PAGAMENTI/phases", &json!({"title": "Seconda fase"})).expect(201);
    draft.delete("/objectives/ext:OB2").expect(204);
    let added = draft.add(&json!({"external_id": "OB4", "title": "Nuovo"}));
    draft.walk(&["approve_variation"]);
    let difference = draft.get("/versions/1/diff/2").expect(200);
    assert_eq!((&difference["from"], &difference["to"]), (&json!(1), &json!(2)));
    let told: Vec<_> =
        summary(&difference).into_iter().map(|(kind, object, _)| format!("{kind} {object}")).collect();
    let mut sorted = told.clone();
    sorted.sort();
    assert_eq!(
        sorted,
        ["added objective", "added phase", "changed indicator", "changed objective", "removed objective"]
    );
    let find = |what: &str| {
        let at = told.iter().position(|one| one == what).unwrap();
        difference["changes"][at].clone()
    };
    let objective = find("changed objective");
    let id = before["objectives"][0]["id"].as_str().unwrap();
    assert_eq!(objective["pointer"], format!("/objectives/{id}"));
    assert_eq!(objective["label"], "4/SF Pagare in tempo");
    let fields = objective["fields"].as_array().unwrap();
    let mut named: Vec<_> = fields.iter().map(|field| field["field"].as_str().unwrap()).collect();
    named.sort_unstable();
    assert_eq!(named, ["kinds", "notes", "title"]);
    let field = |name: &str| fields.iter().find(|field| field["field"] == name).unwrap();
    assert_eq!(
        *field("title"),
        json!({"field": "title", "before": "Rispettare i tempi di pagamento", "after": "Pagare in tempo"})
    );
    assert_eq!(*field("notes"), json!({"field": "notes", "before": "Peso almeno 30%"}));
    let target = &find("changed indicator")["fields"];
    assert_eq!(
        *target,
        json!([{"field": "target", "before": whole()["indicators"][0]["target"], "after": indicator}])
    );
    let removed = find("removed objective");
    assert_eq!((&removed["value"]["external_id"], &removed["position"]), (&json!("OB2"), &json!(1)));
    assert_eq!(find("added objective")["value"], with(&added, &json!({"version": null})));
    assert_eq!(draft.get("/versions/1/diff/current").expect(200), difference);
    assert_eq!(draft.get("/versions/2/diff/2").expect(200)["changes"], json!([]));
    let back = draft.get("/versions/2/diff/1").expect(200);
    assert_eq!(back["changes"].as_array().unwrap().len(), 5);
}

#[test]
fn what_is_only_put_elsewhere_is_told_as_moved() {
    let draft = approved();
    draft.walk(&["open_variation"]);
    let document = draft.document().0;
    let ids: Vec<&Value> = document["objectives"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    draft.put_at("/order", "*", &json!({"objectives": [ids[2], ids[0], ids[1]]})).expect(204);
    draft.walk(&["approve_variation"]);
    let difference = draft.get("/versions/1/diff/2").expect(200);
    assert_eq!(
        summary(&difference),
        [("moved".into(), "objective".into(), "Obiettivo OB3".into())],
        "{difference}"
    );
    assert_eq!(difference["changes"][0]["position"], 0);
}
