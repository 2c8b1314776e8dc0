//! What everybody may read without a token, and what nobody may: drafts, what is not published, what a comune does not show.

mod compared;
mod data;
mod pages;
mod reported;

use serde_json::{Value, json};

use super::drafts::{Draft, TO_APPROVED, said, whole};
use super::{NOBODY, column};
use crate::operations::difference;
use crate::world::{Reply, World};

/// Reads a public path, as anybody.
fn read(world: &World, path: &str) -> Reply {
    world.anonymous("GET", &format!("/v1/public{path}")).send()
}

/// The id of the plan being written.
fn id_of(draft: &Draft) -> String {
    draft.get("").expect(200)["id"].as_str().unwrap().to_owned()
}

/// The paths of a plan.
fn paths(plan: &str) -> [String; 5] {
    let below = |path: &str| format!("/comuni/L454/plans/{plan}{path}");
    ["/comuni/L454/plans".to_owned(), below(""), below("/document"), below("/results"), below("/report")]
}

fn sealed_with(draft: &Draft) -> Value {
    draft.get("/versions/current/seal").expect(200)
}

#[test]
fn before_it_is_published_a_plan_is_answered_as_one_that_is_not_there() {
    let draft = Draft::new();
    draft.add(&whole());
    let plan = id_of(&draft);
    let hidden = |state: &str| {
        for (there, nowhere) in paths(&plan).iter().zip(paths(NOBODY)) {
            let (there, nowhere) = (read(&draft.world, there), read(&draft.world, &nowhere));
            assert_eq!(there.refused(404), "not-found", "{state}");
            assert_eq!(difference(&there, &nowhere), None, "{state}");
        }
        assert_eq!(draft.get("").expect(200)["state"], state);
    };
    hidden("draft");
    for (transition, state) in TO_APPROVED.into_iter().zip(["proposed", "under_review", "approved"]) {
        draft.walk(&[transition]);
        hidden(state);
    }
    draft.walk(&["publish"]);
    assert_eq!(read(&draft.world, &paths(&plan)[1]).expect(200)["state"], "published");
}

#[test]
fn a_comune_that_published_nothing_is_answered_as_one_that_is_not_here() {
    let world = World::new();
    for comune in ["L454", "Z000", "A999", "l454", "L45", "L454%00"] {
        let (told, nowhere) =
            (read(&world, &format!("/comuni/{comune}/plans")), read(&world, "/comuni/B999/plans"));
        assert_eq!(told.refused(404), "not-found", "{comune}");
        assert_eq!(difference(&told, &nowhere), None, "{comune}");
    }
}

#[test]
fn a_published_plan_is_told_with_its_act_and_its_digest_and_not_with_its_keys() {
    let draft = Draft::new();
    draft.add(&whole());
    draft.walk(&TO_APPROVED);
    draft.walk(&["publish"]);
    let (plan, seal) = (id_of(&draft), sealed_with(&draft));
    let header = read(&draft.world, &paths(&plan)[1]).expect(200);
    assert_eq!((&header["digest"], &header["act"]), (&seal["digest"], &seal["act"]));
    assert_eq!((&header["version"], &header["sealed_at"]), (&json!(1), &seal["sealed_at"]));
    assert_eq!((&header["comune"], &header["year"]), (&json!("L454"), &json!(2025)));
    assert!(header["external_id"].is_null() && header["_links"]["report"].is_null(), "{header}");
    let list = read(&draft.world, "/comuni/L454/plans").expect(200);
    assert_eq!(list, json!({"items": [header]}));
    for link in ["self", "document"] {
        let address = header["_links"][link].as_str().unwrap();
        assert_eq!(crate::world::Request::new("GET", address).send().status, 200, "{address}");
    }
    for other in ["ext:demo:plan-2025", "x", NOBODY] {
        assert_eq!(read(&draft.world, &paths(other)[1]).refused(404), "not-found", "{other}");
    }
    // A plan of one comune is not another's.
    let elsewhere = read(&draft.world, &format!("/comuni/F471/plans/{plan}"));
    assert_eq!(elsewhere.refused(404), "not-found");
}

#[test]
fn the_document_is_the_sealed_one_byte_for_byte_under_its_digest() {
    let draft = Draft::new();
    draft.add(&whole());
    draft.walk(&TO_APPROVED);
    draft.walk(&["publish"]);
    let (seal, path) = (sealed_with(&draft), format!("{}/document", paths(&id_of(&draft))[1]));
    let (public, sealed) = (read(&draft.world, &path), draft.get("/versions/current"));
    assert_eq!((public.status, &public.body), (200, &sealed.body));
    let digest = seal["digest"].as_str().unwrap();
    assert_eq!(public.etag(), format!("\"{digest}\""));
    let computed = traguardo_domain::digest::Digest::of(&public.body).to_string();
    assert_eq!(computed, digest, "the tag is the SHA-256 of the bytes");
    assert_eq!(public.header("cache-control"), Some("public, max-age=86400"));
    assert!(public.header("last-modified").unwrap().ends_with("GMT"), "{public}");
    let licence = "<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\"";
    assert_eq!(public.header("link"), Some(licence));
    let asked = |tag: &str| {
        let request = draft.world.anonymous("GET", &format!("/v1/public{path}"));
        request.header("If-None-Match", tag).send()
    };
    for held in [public.etag().to_owned(), format!("W/{}", public.etag()), "*".to_owned()] {
        let reply = asked(&held);
        assert_eq!((reply.status, reply.body.len()), (304, 0), "{held}: {reply}");
        assert_eq!((reply.etag(), reply.header("link")), (public.etag(), Some(licence)));
    }
    assert_eq!(asked("\"x\"").body, sealed.body);
    assert_eq!(asked("x").refused(400), "invalid-header");
}

#[test]
fn while_a_plan_is_varied_nothing_of_what_is_being_written_is_told() {
    let draft = Draft::new();
    draft.add(&whole());
    draft.walk(&TO_APPROVED);
    draft.walk(&["publish", "start"]);
    let plan = id_of(&draft);
    let told = || paths(&plan).map(|path| read(&draft.world, &path));
    let before = told();
    draft.walk(&["open_variation"]);
    draft.add(&json!({"title": "Segreto finché non è approvato"}));
    let header = json!({"year": 2025, "kind": "piao_performance", "title": "Segreto"});
    draft.put_at("", "*", &header).expect(200);
    let during = told();
    for reply in &during {
        assert!(!reply.text().to_lowercase().contains("segreto"), "{reply}");
    }
    assert_eq!(before[2].body, during[2].body, "the document is the approved one");
    let (mut one, mut other) = (before[1].expect(200), during[1].expect(200));
    assert_eq!(other["state"], "in_variation");
    (one["state"], other["state"]) = (Value::Null, Value::Null);
    assert_eq!(one, other);
    draft.step("segretario", &said("approve_variation")).expect(200);
    let after = told();
    assert_eq!(after[1].expect(200)["title"], "Segreto");
    assert!(after[2].text().contains("Segreto finché"), "{}", after[2]);
    assert_ne!(before[2].etag(), after[2].etag());
}

#[test]
fn the_plans_of_a_comune_are_told_from_the_newest() {
    let draft = Draft::new();
    for year in [2027, 2026] {
        let copied = draft.post("/copies", &json!({"year": year})).expect(201);
        let path = format!("/plans/{}", copied["id"].as_str().unwrap());
        let call = |method: &str, below: &str, body: &Value| {
            draft.world.call("segretario", method, "L454", &format!("{path}{below}")).json(body).send()
        };
        call("POST", "/objectives", &json!({"title": "Uno"})).expect(201);
        for transition in ["propose", "open_review", "approve", "publish"] {
            call("POST", "/transitions", &said(transition)).expect(200);
        }
    }
    let list = read(&draft.world, "/comuni/L454/plans").expect(200);
    let years: Vec<_> = list["items"].as_array().unwrap().iter().map(|plan| plan["year"].clone()).collect();
    assert_eq!(years, [json!(2027), json!(2026)]);
    assert_eq!(column(list["items"].as_array().unwrap(), "state"), ["published", "published"]);
}
