//! The cycle of a plan, over HTTP: what is open to whom, what it lacks, and what it leaves.

use serde_json::{Value, json};

use super::drafts::{Draft, TO_APPROVED, said, whole};
use super::{NOBODY, column};

/// The open transitions for a role: each with what it lacks.
fn open(draft: &Draft, role: &str) -> Vec<(String, Vec<String>)> {
    let all = draft.call(role, "GET", "/transitions").send().expect(200);
    let lacks = |way: &Value| {
        way["lacks"].as_array().unwrap().iter().map(|lack| lack.as_str().unwrap().to_owned()).collect()
    };
    all["open"]
        .as_array()
        .unwrap()
        .iter()
        .map(|way| (way["transition"].as_str().unwrap().to_owned(), lacks(way)))
        .collect()
}

fn ways(expected: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    expected
        .iter()
        .map(|(way, lacks)| ((*way).to_owned(), lacks.iter().map(ToString::to_string).collect()))
        .collect()
}

#[test]
fn an_empty_draft_says_what_it_lacks_to_each_role() {
    let draft = Draft::new();
    assert_eq!(open(&draft, "segretario"), ways(&[("propose", &["objectives"])]));
    assert_eq!(open(&draft, "lettore"), ways(&[("propose", &["role", "objectives"])]));
    let all = draft.get("/transitions").expect(200);
    assert_eq!((&all["state"], &all["made"]), (&json!("draft"), &json!([])));
    assert_eq!(all["open"][0]["to"], "proposed");
    assert_eq!(all["open"][0]["roles"], json!(["segretario"]));
    draft.add(&json!({"title": "X"}));
    assert_eq!(open(&draft, "segretario"), ways(&[("propose", &[])]));
    assert_eq!(open(&draft, "giunta"), ways(&[("propose", &["role"])]));
    assert_eq!(
        draft.get("/transitions").json()["open"],
        draft.call("dipendente", "GET", "/transitions").send().json()["open"]
    );
}

#[test]
fn the_whole_cycle_is_walked_by_those_whose_it_is() {
    let draft = Draft::new();
    draft.add(&whole());
    let walk = [
        ("segretario", "propose", "proposed", None),
        ("segretario", "open_review", "under_review", None),
        ("nucleo", "send_back", "draft", None),
        ("segretario", "propose", "proposed", None),
        ("giunta", "send_back", "draft", None),
        ("segretario", "propose", "proposed", None),
        ("segretario", "open_review", "under_review", None),
        ("giunta", "approve", "approved", Some(1)),
        ("segretario", "publish", "published", Some(1)),
        ("segretario", "start", "in_progress", Some(1)),
        ("segretario", "open_variation", "in_variation", Some(1)),
        ("giunta", "approve_variation", "in_progress", Some(2)),
        ("segretario", "open_variation", "in_variation", Some(2)),
        ("segretario", "approve_variation", "in_progress", Some(3)),
    ];
    for (version, (role, transition, state, sealed)) in walk.into_iter().enumerate() {
        let version = version + 2;
        let reply = draft.step(role, &said(transition));
        let plan = reply.expect(200);
        assert_eq!(
            (&plan["state"], &plan["sealed_version"]),
            (&json!(state), &json!(sealed)),
            "{transition}"
        );
        assert_eq!((&plan["version"], reply.etag()), (&json!(version), format!("\"{version}\"").as_str()));
        assert_eq!(draft.get("").expect(200), plan);
    }
    let made = draft.get("/transitions").expect(200)["made"].clone();
    let names: Vec<_> = column(made.as_array().unwrap(), "transition").into_iter().rev().collect();
    assert_eq!(names, walk.map(|step| step.1.to_owned()), "the last one first");
    let (approved, sent_back) = (&made[6], &made[11]);
    assert_eq!(approved["act"], said("approve")["act"], "{made}");
    assert_eq!(approved["member"], json!(draft.world.member("L454", "giunta").id.0));
    assert_eq!((&sent_back["reason"], &sent_back["state"]), (&said("send_back")["reason"], &json!("draft")));
    assert!(sent_back["act"].is_null());
}

#[test]
fn every_state_says_its_ways_and_what_each_lacks() {
    let draft = Draft::new();
    draft.add(&whole());
    let states: [(&str, &[(&str, &[&str])], &[(&str, &[&str])]); 8] = [
        ("propose", &[("propose", &[])], &[("propose", &["role"])]),
        (
            "open_review",
            &[("open_review", &[]), ("send_back", &["reason"])],
            &[("open_review", &["role"]), ("send_back", &["reason"])],
        ),
        (
            "approve",
            &[("send_back", &["reason"]), ("approve", &["act"])],
            &[("send_back", &["reason"]), ("approve", &["act"])],
        ),
        ("publish", &[("publish", &[])], &[("publish", &["role"])]),
        ("start", &[("start", &[])], &[("start", &["role"])]),
        (
            "open_variation",
            &[("open_variation", &["reason"]), ("open_reporting", &[])],
            &[("open_variation", &["role", "reason"]), ("open_reporting", &["role"])],
        ),
        ("approve_variation", &[("approve_variation", &["act"])], &[("approve_variation", &["act"])]),
        (
            "open_reporting",
            &[("open_variation", &["reason"]), ("open_reporting", &[])],
            &[("open_variation", &["role", "reason"]), ("open_reporting", &["role"])],
        ),
    ];
    for (next, segretario, giunta) in states {
        assert_eq!(open(&draft, "segretario"), ways(segretario), "before {next}");
        assert_eq!(open(&draft, "giunta"), ways(giunta), "before {next}");
        draft.walk(&[next]);
    }
}

#[test]
fn a_refusal_says_everything_that_is_lacking() {
    let draft = Draft::new();
    let refused = |role: &str, body: &Value| {
        let reply = draft.step(role, body);
        (reply.refused(409), reply.pointers())
    };
    let lacks = |places: &[&str]| {
        ("transition-lacks".to_owned(), places.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    assert_eq!(refused("segretario", &said("propose")), lacks(&[""]), "no objectives");
    assert_eq!(refused("nucleo", &said("propose")), lacks(&["", ""]), "nor the role");
    draft.add(&whole());
    assert_eq!(refused("segretario", &said("publish")).0, "no-way-from-here");
    draft.walk(&["propose"]);
    assert_eq!(refused("nucleo", &json!({"transition": "send_back"})), lacks(&["/reason"]));
    draft.walk(&["open_review"]);
    assert_eq!(refused("giunta", &json!({"transition": "approve"})), lacks(&["/act"]));
    assert_eq!(refused("nucleo", &json!({"transition": "approve"})), lacks(&["", "/act"]));
    draft.walk(&["approve", "publish", "start"]);
    assert_eq!(refused("giunta", &json!({"transition": "open_variation"})), lacks(&["", "/reason"]));
    draft.walk(&["open_variation"]);
    assert_eq!(refused("segretario", &json!({"transition": "approve_variation"})), lacks(&["/act"]));
    assert_eq!(refused("segretario", &said("approve")).0, "no-way-from-here");
    assert_eq!(
        draft.get("/transitions").json()["made"].as_array().unwrap().len(),
        6,
        "what was refused was not made"
    );
}

#[test]
fn a_transition_badly_said_is_refused_where_it_is() {
    let draft = Draft::new();
    draft.add(&whole());
    draft.walk(&["propose", "open_review"]);
    let act = |members: Value| json!({"transition": "approve", "act": super::with(&said("approve")["act"], &members)});
    for (body, place) in [
        (act(json!({"number": " "})), "/act/number"),
        (act(json!({"date": "2025-02-30"})), "/act/date"),
        (act(json!({"kind": "a_voce"})), "/act/kind"),
        (act(json!({"number": null})), "/act"),
        (json!({"transition": "burn"}), "/transition"),
        (json!({"transition": "send_back", "reason": " "}), "/reason"),
    ] {
        let refused = draft.step("giunta", &body);
        assert_eq!(refused.refused(422), "invalid", "{body}");
        assert!(refused.pointers().iter().any(|told| told.starts_with(place)), "{body}: {refused}");
    }
    assert_eq!(draft.get("").expect(200)["state"], "under_review");
}

#[test]
fn the_cycle_is_moved_by_those_who_may_alone_and_once_for_a_key() {
    let draft = Draft::new();
    draft.add(&whole());
    for role in ["responsabile", "integratore", "lettore", "rpct"] {
        assert_eq!(draft.step(role, &said("propose")).refused(403), "forbidden", "{role}");
    }
    let stranger = draft.world.token("F471", "segretario");
    let path = format!("/v1/comuni/L454{}/transitions", super::drafts::PLAN);
    let request = draft.world.anonymous("POST", &path).token(&stranger).json(&said("propose"));
    assert_eq!(request.send().refused(404), "not-found");
    let nowhere = draft.world.call("segretario", "POST", "L454", &format!("/plans/{NOBODY}/transitions"));
    assert_eq!(nowhere.json(&said("propose")).send().refused(404), "not-found");
    let propose = || draft.call("segretario", "POST", "/transitions").json(&said("propose")).key("p").send();
    assert_eq!(propose().expect(200), propose().expect(200));
    assert_eq!(draft.step("segretario", &said("propose")).refused(409), "no-way-from-here");
}

#[test]
fn a_plan_sent_back_is_written_again() {
    let draft = Draft::new();
    draft.add(&whole());
    draft.walk(&["propose", "open_review", "send_back"]);
    draft.add(&json!({"title": "Aggiunto dopo il rinvio"}));
    draft.walk(&TO_APPROVED);
    assert_eq!(draft.get("").expect(200)["sealed_version"], 1);
}

#[test]
fn each_transition_leaves_its_entry_in_the_trail() {
    let draft = Draft::new();
    draft.add(&whole());
    let trail = || {
        let token = draft.world.token("L454", "revisore");
        super::walk(&draft.world, &token, "/v1/comuni/L454/audit?limit=200").0
    };
    let before = trail().len();
    draft.walk(&["propose", "open_review"]);
    let now = trail();
    let made = &now[..now.len() - before];
    assert!(made.len() >= 2, "{made:?}");
    assert!(made.iter().all(|entry| entry["action"] == "move_plans"), "{made:?}");
    let member = draft.world.member("L454", "segretario").id.0.to_string();
    assert!(made.iter().all(|entry| entry["member"] == json!(member)), "{made:?}");
}
