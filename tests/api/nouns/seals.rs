//! The public check: anybody may ask whether a document is one that was published, without a token.

use serde_json::{Value, json};

use super::drafts::{Draft, TO_APPROVED, whole};
use crate::world::Reply;

fn check(draft: &Draft, body: impl Into<Vec<u8>>) -> Reply {
    draft.world.anonymous("POST", "/v1/public/seal-checks").bytes("application/json", body).send()
}

fn published() -> (Draft, Vec<u8>) {
    let draft = Draft::new();
    draft.add(&whole());
    draft.add(&json!({"title": "Perché è così: «città» € 5 / \u{1F600}"}));
    draft.walk(&TO_APPROVED);
    draft.walk(&["publish"]);
    let bytes = draft.get("/versions/1").body;
    (draft, bytes)
}

/// The same content with its members in the opposite order and every character outside ASCII escaped.
fn reversed(value: &Value) -> String {
    let text = |text: &str| {
        let units: String = text.encode_utf16().map(|unit| format!("\\u{unit:04X}")).collect();
        format!("\"{units}\"")
    };
    match value {
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .rev()
                .map(|(name, value)| format!("{} :\t{}", text(name), reversed(value)))
                .collect();
            format!("{{\r\n{}\n}}", members.join(" ,\n"))
        }
        Value::Array(items) => format!("[ {} ]", items.iter().map(reversed).collect::<Vec<_>>().join(" , ")),
        Value::String(string) => text(string),
        other => other.to_string(),
    }
}

#[test]
fn a_published_document_matches_however_it_is_laid_out() {
    let (draft, bytes) = published();
    let seal = draft.get("/versions/1/seal").expect(200);
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    let spellings =
        [bytes.clone(), serde_json::to_vec_pretty(&value).unwrap(), reversed(&value).into_bytes()];
    for spelling in spellings {
        let checked = check(&draft, spelling).expect(200);
        assert_eq!(checked, json!({"matches": true, "digest": seal["digest"], "seal": seal}));
    }
    let document = draft.get("/document").body;
    assert_eq!(
        check(&draft, document).expect(200)["matches"],
        true,
        "the plan as it is now is what was sealed"
    );
}

#[test]
fn an_altered_document_does_not_match() {
    let (draft, bytes) = published();
    let value: Value = serde_json::from_slice(&bytes).unwrap();
    let alterations: [&dyn Fn(&mut Value); 6] = [
        &|value| value["objectives"][0]["title"] = json!("Rispettare i tempi di pagamentO"),
        &|value| drop(value["objectives"].as_array_mut().unwrap().remove(1)),
        &|value| value["objectives"].as_array_mut().unwrap().reverse(),
        &|value| value["comune"] = json!("F471"),
        &|value| value["comune"] = json!(7),
        &|value| value["extra"] = json!(null),
    ];
    for (index, alter) in alterations.iter().enumerate() {
        let mut altered = value.clone();
        alter(&mut altered);
        let checked = check(&draft, altered.to_string()).expect(200);
        assert_eq!((&checked["matches"], &checked["seal"]), (&json!(false), &Value::Null), "{index}");
        assert_eq!(checked["digest"].as_str().unwrap().len(), 64);
    }
    for other in ["{}", "[]", "null", "\"L454\"", "{\"comune\":\"L454\"}", "{\"comune\":\"X999\"}"] {
        assert_eq!(check(&draft, other).expect(200)["matches"], false, "{other}");
    }
    for wrong in ["", "{", "{\"a\":1,\"a\":2}", "{\"a\":1.5}", "\u{feff}{}"] {
        let refused = check(&draft, wrong);
        assert_eq!(refused.refused(400), "malformed-body", "{wrong}");
    }
    let undeclared =
        draft.world.anonymous("POST", "/v1/public/seal-checks").bytes("text/plain", bytes).send();
    assert_eq!(undeclared.refused(415), "unsupported-media-type");
}

#[test]
fn a_plan_approved_and_not_yet_published_is_nobodys_business() {
    let draft = Draft::new();
    draft.add(&whole());
    let drafted = draft.get("/document").body;
    assert_eq!(check(&draft, drafted).expect(200)["matches"], false);
    draft.walk(&TO_APPROVED);
    let bytes = draft.get("/versions/1").body;
    assert_eq!(check(&draft, bytes.clone()).expect(200)["matches"], false, "approved only");
    draft.walk(&["publish"]);
    assert_eq!(check(&draft, bytes.clone()).expect(200)["matches"], true);
    draft.walk(&["start"]);
    assert_eq!(check(&draft, bytes).expect(200)["matches"], true);
}

#[test]
fn while_a_variation_is_written_the_approved_version_still_matches_and_the_draft_does_not() {
    let (draft, first) = published();
    draft.walk(&["start", "open_variation"]);
    draft.add(&json!({"title": "Aggiunto in variazione"}));
    assert_eq!(check(&draft, draft.get("/document").body).expect(200)["matches"], false);
    assert_eq!(check(&draft, first.clone()).expect(200)["matches"], true);
    draft.walk(&["approve_variation"]);
    let second = draft.get("/versions/2").body;
    let checked = check(&draft, second).expect(200);
    assert_eq!((&checked["matches"], &checked["seal"]["number"]), (&json!(true), &json!(2)));
    let checked = check(&draft, first).expect(200);
    assert_eq!((&checked["matches"], &checked["seal"]["number"]), (&json!(true), &json!(1)));
}

#[test]
fn a_token_of_anybody_changes_nothing_about_the_check() {
    let (draft, bytes) = published();
    let token = draft.world.token("F471", "lettore");
    let request = draft.world.anonymous("POST", "/v1/public/seal-checks").bytes("application/json", bytes);
    assert_eq!(request.token(&token).send().expect(200)["matches"], true);
}
