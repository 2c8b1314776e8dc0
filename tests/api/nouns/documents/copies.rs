//! A plan begun by copying last year's.

use serde_json::{Value, json};

use super::super::drafts::{Draft, TO_ITS_YEAR, on};
use super::super::objectives::as_written;
use super::filled;

fn copy(draft: &Draft, body: &Value) -> crate::world::Reply {
    draft.post("/copies", body)
}

fn document(draft: &Draft, plan: &Value) -> Value {
    let path = format!("/plans/{}/document", plan["id"].as_str().unwrap());
    draft.world.call("lettore", "GET", "L454", &path).send().expect(200)
}

#[test]
fn a_copy_has_everything_moved_by_a_year_under_new_identities() {
    let draft = filled();
    draft.add(&json!({
        "external_id": "TEMPI", "title": "Tempi",
        "deadline": {"words": "entro il 29.02.2025 o 28.02.2025", "value": {"type": "date", "day": "2025-02-28"}},
        "steps": [{"how": "A", "when": {"value": {"type": "span", "from": "2024-11-01", "to": "2025-03-31"}}}],
        "phases": [{"title": "F", "deadline": {"value": {"type": "month", "month": 11, "year": 2025}}}],
        "indicators": [
            {"name": "I", "deadline": {"words": "Novembre", "value": {"type": "month", "month": 11}},
             "target": {"words": "entro il 31/12/2025", "value": {"type": "by", "deadline": {"type": "date", "day": "2025-12-31"}}}},
            {"name": "J", "target": {"words": "n. 2025 accessi", "value": {"type": "bound", "comparison": "exactly", "figure": "2025"}}}
        ]
    }));
    let reply = copy(&draft, &json!({"year": 2026, "external_id": "P26"}));
    let plan = reply.expect(201);
    let at = format!("{}/v1/comuni/L454/plans/{}", draft.world.url, plan["id"].as_str().unwrap());
    assert_eq!(reply.header("Location"), Some(at.as_str()));
    assert_eq!(
        (&plan["year"], &plan["state"], &plan["external_id"]),
        (&json!(2026), &json!("draft"), &json!("P26"))
    );
    assert_eq!(plan["title"], "Piano della performance 2026-2028");
    let (before, after) = (draft.document().0, document(&draft, &plan));
    assert_eq!(after["units"], before["units"]);
    assert_eq!(as_written(&after["sections"]), as_written(&before["sections"]));
    let (old, new) = (before["objectives"].as_array().unwrap(), after["objectives"].as_array().unwrap());
    assert_eq!(new.len(), old.len());
    for (old, new) in old.iter().zip(new) {
        assert_eq!(new["continues"], old["id"]);
        assert_ne!(new["id"], old["id"]);
        assert_eq!((&new["title"], &new["external_id"]), (&old["title"], &old["external_id"]));
        for list in ["assignments", "phases", "indicators"] {
            let pairs =
                old[list].as_array().into_iter().flatten().zip(new[list].as_array().into_iter().flatten());
            assert!(pairs.clone().all(|(old, new)| old["id"] != new["id"]), "{list}");
            assert_eq!(pairs.count(), old[list].as_array().map_or(0, Vec::len), "{list}");
        }
    }
    assert_eq!(new[0]["deadline"], on("2026-12-31"));
    assert_eq!(new[0]["phases"][0]["deadline"], on("2026-03-31"));
    assert_eq!(new[0]["indicators"][0]["deadline"], on("2027-01-31"));
    let times = &new[3];
    assert_eq!(times["deadline"]["value"]["day"], "2026-02-28");
    assert_eq!(times["deadline"]["words"], "entro il 29.02.2026 o 28.02.2026");
    assert_eq!(
        times["steps"][0]["when"]["value"],
        json!({"type": "span", "from": "2025-11-01", "to": "2026-03-31"})
    );
    assert_eq!(times["phases"][0]["deadline"]["value"], json!({"type": "month", "month": 11, "year": 2026}));
    let indicator = &times["indicators"][0];
    assert_eq!(indicator["deadline"], json!({"words": "Novembre", "value": {"type": "month", "month": 11}}));
    assert_eq!(
        indicator["target"],
        json!({"words": "entro il 31/12/2026", "value": {"type": "by", "deadline": {"type": "date", "day": "2026-12-31"}}})
    );
}

#[test]
fn a_figure_that_looks_like_a_year_stays_with_its_words() {
    let draft = Draft::new();
    let target = json!({"words": "n. 2025 accessi", "value": {"type": "bound", "comparison": "exactly", "figure": "2025"}});
    draft.add(&json!({"title": "X", "indicators": [{"name": "Accessi", "target": target}]}));
    let plan = copy(&draft, &json!({"year": 2026})).expect(201);
    let copied = &document(&draft, &plan)["objectives"][0]["indicators"][0]["target"];
    assert_eq!(*copied, target, "words and value say the same");
}

#[test]
fn a_copy_leaves_the_copied_plan_alone_and_lives_its_own_life() {
    let draft = filled();
    let before = draft.document();
    let plan = copy(&draft, &json!({"year": 2027, "kind": "standalone", "title": "Un altro"})).expect(201);
    assert_eq!(
        (&plan["kind"], &plan["title"], &plan["year"]),
        (&json!("standalone"), &json!("Un altro"), &json!(2027))
    );
    assert!(plan["external_id"].is_null(), "the key is the copied plan's");
    assert_eq!(draft.document(), before);
    let path = format!("/plans/{}/objectives/ext:OB2", plan["id"].as_str().unwrap());
    draft
        .world
        .call("segretario", "PUT", "L454", &path)
        .json(&json!({"title": "Cambiato"}))
        .if_match("*")
        .send()
        .expect(200);
    assert_eq!(draft.document(), before);
    // A sealed plan is copied as well: that is what comuni do in January.
    draft.walk(&TO_ITS_YEAR);
    let next = copy(&draft, &json!({"year": 2026})).expect(201);
    assert_eq!((&next["state"], &next["version"]), (&json!("draft"), &json!(1)));
    assert!(next["sealed_version"].is_null());
}

#[test]
fn units_that_end_do_not_follow_into_the_next_year() {
    let draft = filled();
    let area =
        draft.world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").send().expect(200)["id"].clone();
    let ended = json!({"external_id": "demo:area-1.2", "code": "AREA-1.2", "name": "Servizio ragioneria e tributi", "kind": "service", "parent": area, "valid_from": "2024-01-01", "valid_to": "2025-12-31"});
    draft
        .world
        .call("segretario", "PUT", "L454", "/units/ext:demo:area-1.2")
        .json(&ended)
        .if_match("*")
        .send()
        .expect(200);
    let plan = copy(&draft, &json!({"year": 2026})).expect(201);
    let after = document(&draft, &plan);
    assert_eq!(after["units"].as_array().unwrap().len(), 3);
    assert_eq!(
        after["objectives"][0]["assignments"].as_array().unwrap().len(),
        1,
        "the one to a unit that is still there"
    );
}

#[test]
fn a_copy_is_refused_for_its_own_year_for_a_taken_one_and_for_faults() {
    let draft = filled();
    let refused = copy(&draft, &json!({"year": 2025}));
    assert_eq!((refused.refused(422).as_str(), refused.pointers()), ("invalid", vec!["/year".into()]));
    copy(&draft, &json!({"year": 2026})).expect(201);
    assert_eq!(copy(&draft, &json!({"year": 2026})).refused(409), "plan-of-year-exists");
    let taken = copy(&draft, &json!({"year": 2027, "external_id": "demo:plan-2025"}));
    assert_eq!(taken.refused(409), "external-id-taken");
    let faults = copy(&draft, &json!({"year": 2101, "title": " ", "external_id": "-"}));
    assert_eq!(faults.refused(422), "invalid");
    let mut places = faults.pointers();
    places.sort();
    assert_eq!(places, ["/external_id", "/title", "/year"]);
    for role in ["responsabile", "giunta", "nucleo", "lettore"] {
        assert_eq!(
            draft.call(role, "POST", "/copies").json(&json!({"year": 2028})).send().refused(403),
            "forbidden",
            "{role}"
        );
    }
    let again =
        || draft.call("segretario", "POST", "/copies").json(&json!({"year": 2028})).key("copia").send();
    assert_eq!(again().expect(201), again().expect(201));
}
