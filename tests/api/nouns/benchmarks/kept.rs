//! Comparisons somebody keeps: the tenant's own, asked again.

use serde_json::{Value, json};

use super::country::Country;
use crate::world::{Reply, Request};

fn call(country: &Country, comune: &str, method: &str, path: &str) -> Request {
    let role = if method == "GET" { "lettore" } else { "segretario" };
    let token = country.world.token(comune, role);
    country.world.anonymous(method, &format!("/v1/saved-queries{path}")).token(&token)
}

fn body(name: &str) -> Value {
    json!({"name": name, "question": {"indicators": ["T1.itp"], "years": [2025], "group": "region:03", "figures": "statistics"}})
}

fn keep(country: &Country, name: &str) -> Reply {
    call(country, "L454", "POST", "").json(&body(name)).send()
}

#[test]
fn a_comparison_is_kept_read_changed_asked_again_and_removed() {
    let country = Country::new();
    country.have(&["1", "2", "3", "4", "5"]);
    let made = keep(&country, "Pagamenti");
    let kept = made.expect(201);
    let path = format!("/{}", kept["id"].as_str().unwrap());
    assert_eq!((&kept["question"], made.etag()), (&body("")["question"], "\"1\""));
    let read = call(&country, "L454", "GET", &path).send();
    assert_eq!((read.expect(200), read.etag()), (kept.clone(), "\"1\""));
    let result = call(&country, "L454", "GET", &format!("{path}/result")).send().expect(200);
    assert_eq!(result["values"][4], "3");
    let csv = call(&country, "L454", "GET", &format!("{path}/result")).header("Accept", "text/csv").send();
    assert!(csv.text().starts_with("indicator,"), "{csv:?}");
    let change = call(&country, "L454", "PUT", &path).json(&body("Altro nome"));
    assert_eq!(change.send().refused(428), "precondition-required");
    let changed = call(&country, "L454", "PUT", &path).if_match("\"1\"").json(&body("Altro nome")).send();
    assert_eq!((&changed.expect(200)["name"], changed.etag()), (&json!("Altro nome"), "\"2\""));
    let stale = call(&country, "L454", "DELETE", &path).if_match("\"1\"").send();
    assert_eq!(stale.refused(412), "stale");
    call(&country, "L454", "DELETE", &path).if_match("\"2\"").send().expect(204);
    assert_eq!(call(&country, "L454", "GET", &path).send().refused(404), "not-found");
}

#[test]
fn what_one_comune_keeps_is_nothing_to_another() {
    let country = Country::new();
    let kept = keep(&country, "Solo nostro").expect(201);
    let path = format!("/{}", kept["id"].as_str().unwrap());
    for (method, path) in [("GET", path.clone()), ("GET", format!("{path}/result"))] {
        assert_eq!(call(&country, "F471", method, &path).send().refused(404), "not-found");
    }
    let change = call(&country, "F471", "PUT", &path).if_match("\"1\"").json(&body("Preso")).send();
    assert_eq!(change.refused(404), "not-found");
    assert_eq!(call(&country, "F471", "DELETE", &path).if_match("\"1\"").send().refused(404), "not-found");
    let list = call(&country, "F471", "GET", "").send().expect(200);
    assert_eq!(list["items"], json!([]));
    let own = call(&country, "L454", "GET", "").send().expect(200);
    assert_eq!(own["items"][0], kept);
}

#[test]
fn a_question_that_is_none_is_not_kept() {
    let country = Country::new();
    let mut wrong = body("Sbagliato");
    wrong["question"]["years"] = json!([1]);
    let reply = call(&country, "L454", "POST", "").json(&wrong).send();
    assert_eq!(
        (reply.refused(422).as_str(), reply.pointers()),
        ("invalid", vec!["/question/years/0".to_owned()])
    );
    let nameless = keep(&country, "  ");
    assert_eq!((nameless.refused(422).as_str(), nameless.pointers()), ("invalid", vec!["/name".to_owned()]));
}
