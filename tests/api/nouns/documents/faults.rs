//! What is wrong with a document: everything at once, each fault in its place.

use serde_json::{Value, json};

use super::super::with;
use super::filled;

#[test]
fn the_faults_of_a_document_are_told_at_once_with_their_places() {
    let draft = filled();
    let (mut document, tag) = draft.document();
    document["comune"] = json!("F471");
    document["plan"]["title"] = json!(" ");
    document["objectives"][0]["phases"][0]["indicators"][0]["name"] = json!("");
    document["objectives"][1]["external_id"] = json!("-");
    document["objectives"][2]["assignments"] = json!([{"unit_code": "NESSUNA"}]);
    document["sections"][1]["body"] = json!("");
    document["units"][1]["code"] = json!("due parole");
    let refused = draft.put_at("/document", &tag, &document);
    assert_eq!(refused.refused(422), "invalid");
    let mut places = refused.pointers();
    places.sort();
    let mut once = places.clone();
    once.dedup();
    assert_eq!(places, once, "each fault once");
    assert!(
        ["/comune", "/plan/title", "/units/1/code"]
            .iter()
            .all(|place| places.iter().any(|told| told == place)),
        "{places:?}"
    );
    document["plan"]["title"] = json!("Titolo");
    document["comune"] = json!("L454");
    document["units"][1]["code"] = json!("AREA-1.1");
    let refused = draft.put_at("/document", &tag, &document);
    assert_eq!(refused.refused(422), "invalid");
    let mut places = refused.pointers();
    places.sort();
    let expected = [
        "/objectives/0/phases/0/indicators/0/name",
        "/objectives/1/external_id",
        "/objectives/2/assignments/0/unit_code",
        "/sections/1/body",
    ];
    assert_eq!(places, expected);
    let twice = |document: &Value| draft.put_at("/document", &tag, document).refused(422);
    let (good, _) = draft.document();
    let mut doubled = good.clone();
    let copy = doubled["objectives"][0].clone();
    doubled["objectives"].as_array_mut().unwrap().push(copy);
    assert_eq!(twice(&doubled), "invalid");
    let mut other = good.clone();
    other["plan"]["external_id"] = json!("ALTRA");
    let misnamed = draft.put_at("/document", &tag, &other);
    assert_eq!(
        (misnamed.refused(422), misnamed.pointers()),
        ("invalid".into(), vec!["/plan/external_id".into()])
    );
    for wrong in [
        json!({}),
        json!([]),
        with(&good, &json!({"format": "traguardo.plan.v9"})),
        with(&good, &json!({"colour": "red"})),
    ] {
        assert_eq!(twice(&wrong), "invalid");
    }
    assert_eq!(draft.document(), (good, tag));
}

#[test]
fn what_a_rule_refuses_in_a_document_is_told_where_it_stands_in_it() {
    let draft = filled();
    let (mut document, tag) = draft.document();
    let put = |document: &Value| draft.put_at("/document", &tag, document);
    let twice = document["objectives"][0]["assignments"][0]["unit"].clone();
    document["objectives"][1]["assignments"] = json!([{"unit": twice}, {"unit": twice}]);
    let refused = put(&document);
    assert_eq!(
        (refused.refused(422), refused.pointers()),
        ("invalid".into(), vec!["/objectives/1/assignments/1/unit".into()])
    );
    let (mut document, _) = draft.document();
    document["units"].as_array_mut().unwrap().reverse();
    let area =
        document["units"].as_array().unwrap().iter().position(|unit| unit["code"] == "AREA-1").unwrap();
    document["units"][area]["valid_to"] = json!("2024-06-30");
    let refused = put(&document);
    assert_eq!(
        (refused.refused(422), refused.pointers()),
        ("invalid".into(), vec![format!("/units/{area}/valid_to")])
    );
    // The order of structures alone says nothing: nothing is changed, and no version need be named.
    document["units"][area].as_object_mut().unwrap().remove("valid_to");
    let same = draft.put_at("/document", "*", &document);
    assert_eq!((same.status, same.etag()), (200, tag.as_str()));
}
