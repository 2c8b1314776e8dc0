//! What a comune settles of how its figures are computed.

use serde_json::{Value, json};

use super::{access_request, feed, following, item, measurement};
use crate::nouns::with;
use crate::world::World;

fn read(world: &World) -> (Value, String) {
    let reply = world.call("nucleo", "GET", "L454", "/feeder-settings").send();
    (reply.expect(200), reply.etag().to_owned())
}

/// What is read, with these members otherwise and without its version.
fn otherwise(settings: &Value, members: &Value) -> Value {
    with(&with(settings, members), &json!({"version": null}))
}

#[test]
fn what_nobody_settled_is_as_usual_and_whoever_knows_it_changes_it() {
    let world = World::new();
    let (usual, etag) = read(&world);
    assert_eq!((&usual["no_requests"], &usual["fewest_respondents"]), (&json!("not_evaluable"), &json!(30)));
    let columns = json!([{"column": "supplier", "heading": "P.IVA"}]);
    let body = otherwise(&usual, &json!({"fund_rounding": "any_delay", "invoice_columns": columns}));
    let put = || world.call("ragioneria", "PUT", "L454", "/feeder-settings");
    put().json(&body).send().refused(428);
    let changed = put().json(&body).if_match(&etag).send();
    assert_eq!(changed.expect(200)["invoice_columns"], columns);
    assert_eq!(read(&world), (changed.json(), changed.etag().to_owned()));
    put().json(&otherwise(&usual, &json!({}))).if_match(&etag).send().refused(412);
    put().json(&body).if_match(changed.etag()).send().expect(200);
    assert_eq!(read(&world).1, changed.etag(), "as it is");
    world.call("lettore", "PUT", "L454", "/feeder-settings").json(&body).if_match("*").send().refused(403);
}

#[test]
fn every_fault_is_told_at_its_place() {
    let world = World::new();
    let (usual, etag) = read(&world);
    let column = |name: &str| json!({"column": name, "heading": "X"});
    let columns = json!([column("supplier"), column("supplier"), column("sender")]);
    let body = otherwise(&usual, &json!({"fewest_respondents": 0, "invoice_columns": columns}));
    let reply =
        world.call("ragioneria", "PUT", "L454", "/feeder-settings").json(&body).if_match(&etag).send();
    reply.refused(422);
    let expected = ["/invoice_columns/1/column", "/invoice_columns/2/column", "/fewest_respondents"];
    assert_eq!(reply.pointers(), expected);
}

#[test]
fn a_year_without_requests_is_worth_what_the_comune_says_when_it_keeps_the_register() {
    let draft = following();
    let outcome = || item(&feed(&draft, &json!({"complete": true})).expect(200), "T5.in_term").clone();
    assert_eq!(outcome()["outcome"], "not_computable");
    let (usual, etag) = read(&draft.world);
    let body = otherwise(&usual, &json!({"no_requests": "full"}));
    let put = draft.world.call("segretario", "PUT", "L454", "/feeder-settings").json(&body);
    put.if_match(&etag).send().expect(200);
    assert_eq!((&outcome()["outcome"], &outcome()["why"]), (&json!("not_computable"), &json!("no_facts")));
    access_request(&draft, "A0", "2024-03-04", "2024-03-20");
    let recorded = outcome();
    assert_eq!(recorded["outcome"], "recorded");
    let source = measurement(&draft, &recorded)["source"].clone();
    assert!(source.as_str().unwrap().contains("metodo access_none_asked_as_settled, "), "{source}");
    assert_eq!(outcome()["outcome"], "unchanged");
}
