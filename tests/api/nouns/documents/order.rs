//! The order of the objectives of a plan.

use serde_json::{Value, json};

use super::super::drafts::Draft;
use super::super::{NOBODY, column};

fn filled() -> (Draft, Vec<Value>) {
    let draft = Draft::new();
    let ids = ["A", "B", "C", "D"].map(|key| draft.add_to("AREA-1", key)["id"].clone()).to_vec();
    (draft, ids)
}

fn keys(draft: &Draft) -> Vec<String> {
    column(draft.document().0["objectives"].as_array().unwrap(), "external_id")
}

fn order(ids: &[&Value]) -> Value {
    json!({ "objectives": ids })
}

#[test]
fn objectives_are_put_in_order_without_being_changed() {
    let (draft, ids) = filled();
    let tag = draft.document().1;
    let wanted = order(&[&ids[2], &ids[0], &ids[3], &ids[1]]);
    draft.put_at("/order", &tag, &wanted).expect(204);
    assert_eq!(keys(&draft), ["C", "A", "D", "B"]);
    let list = draft.get("/objectives").expect(200);
    assert_eq!(column(list["items"].as_array().unwrap(), "external_id"), ["C", "A", "D", "B"]);
    for key in ["A", "B", "C", "D"] {
        assert_eq!(draft.get(&format!("/objectives/ext:{key}")).etag(), "\"1\"", "{key}");
    }
    let turned = draft.document().1;
    assert_ne!(turned, tag, "the document is another");
    draft.put_at("/order", &turned, &wanted).expect(204);
    assert_eq!(draft.document().1, turned, "the same order again changes nothing");
    draft.add_to("AREA-1", "E");
    assert_eq!(keys(&draft), ["C", "A", "D", "B", "E"], "a new one comes last");
    draft.delete("/objectives/ext:A").expect(204);
    assert_eq!(keys(&draft), ["C", "D", "B", "E"]);
}

#[test]
fn an_order_says_all_objectives_once_and_knows_the_document() {
    let (draft, ids) = filled();
    let tag = draft.document().1;
    for wrong in [
        order(&[]),
        order(&[&ids[0], &ids[1], &ids[2]]),
        order(&[&ids[0], &ids[1], &ids[2], &ids[2]]),
        order(&[&ids[0], &ids[1], &ids[2], &ids[3], &ids[3]]),
        order(&[&ids[0], &ids[1], &ids[2], &json!(NOBODY)]),
    ] {
        let refused = draft.put_at("/order", &tag, &wrong);
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec!["/objectives".into()])
        );
    }
    let all = order(&[&ids[3], &ids[2], &ids[1], &ids[0]]);
    assert_eq!(draft.put("/order", &all).refused(428), "precondition-required");
    let stale = draft.put_at("/order", "\"1\"", &all);
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", tag.as_str()));
    assert_eq!(keys(&draft), ["A", "B", "C", "D"]);
    let head = draft.call("responsabile", "PUT", "/order").json(&all).if_match("*").send();
    assert_eq!(head.refused(403), "forbidden");
}
