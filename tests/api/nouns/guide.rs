//! The guide of the documentation page, followed: its ten calls made one by one.

use serde_json::{Value, json};
use traguardo_http::document::guide;

use super::drafts::{Draft, TO_ITS_YEAR};
use crate::world::Reply;

/// The names of whoever follows it.
struct Names(Vec<(&'static str, String)>);

impl Names {
    fn fill(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    fn filled(&self, value: &Value) -> Value {
        serde_json::from_str(&self.fill(&value.to_string())).unwrap()
    }
}

/// Whether a value has everything another says: a list, something of each.
fn holds(value: &Value, said: &Value) -> bool {
    match (value, said) {
        (Value::Object(value), Value::Object(said)) => {
            said.iter().all(|(name, said)| value.get(name).is_some_and(|value| holds(value, said)))
        }
        (Value::Array(values), Value::Array(said)) => {
            said.iter().all(|said| values.iter().any(|value| holds(value, said)))
        }
        (value, said) => value == said,
    }
}

#[test]
fn the_ten_calls_of_the_guide_lead_from_facts_to_a_comparison() {
    let draft = Draft::new();
    let world = &draft.world;
    let secret = world.call("amministratore", "POST", "L454", "/members/ext:demo:integratore/secrets");
    let secret = secret.json(&json!({})).send().expect(201);
    let text = |name: &str| secret[name].as_str().unwrap().to_owned();
    let names = Names(vec![
        ("comune", "L454".to_owned()),
        ("plan", "ext:demo:plan-2025".to_owned()),
        ("unit", "AREA-1".to_owned()),
        ("client_id", text("client_id")),
        ("client_secret", text("client_secret")),
    ]);
    let mut token: Option<String> = None;
    for call in guide().unwrap() {
        let mut request = world.anonymous(&call.method, &format!("/v1{}", names.fill(&call.path)));
        request = match (&call.form, &call.json) {
            (Some(form), _) => request.bytes("application/x-www-form-urlencoded", names.fill(form)),
            (None, Some(json)) => request.json(&names.filled(json)),
            (None, None) => request,
        };
        request = match (call.who.as_str(), &token) {
            ("integratore", Some(token)) => request.token(token),
            ("integratore", None) => request,
            (role, _) => request.token(&world.token("L454", role)),
        };
        let reply: Reply = request.send();
        let answer = reply.expect(call.status);
        assert!(holds(&answer, &names.filled(&call.answer)), "{}: {answer}", call.title);
        token = token.or_else(|| answer["access_token"].as_str().map(ToOwned::to_owned));
        if call.then.is_some() {
            draft.walk(&TO_ITS_YEAR);
            world.move_to("2026-04-15");
        }
    }
}
