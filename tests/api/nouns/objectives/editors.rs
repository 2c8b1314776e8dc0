//! Two editors of one plan: on different objectives they never meet; on the same one, who comes second is told.

use serde_json::json;

use super::super::drafts::{Draft, TO_ITS_YEAR, said, whole};

#[test]
fn two_editors_of_different_objectives_do_not_disturb_each_other() {
    let draft = Draft::new();
    for key in ["A", "B"] {
        draft.add_to("AREA-1", key);
    }
    let read = |key: &str| draft.get(&format!("/objectives/ext:{key}"));
    let (first, second) = (read("A"), read("B"));
    let write = |key: &str, etag: &str, title: &str| {
        draft.put_at(&format!("/objectives/ext:{key}"), etag, &json!({"title": title}))
    };
    assert_eq!(write("A", first.etag(), "Del primo").expect(200)["version"], 2);
    assert_eq!(write("B", second.etag(), "Del secondo").expect(200)["version"], 2);
    assert_eq!(write("A", "\"2\"", "Ancora del primo").expect(200)["version"], 3);
    assert_eq!(read("B").etag(), "\"2\"");
    let plan = draft.get("").etag().to_owned();
    assert_eq!(plan, "\"1\"", "the header of the plan is another object");
}

#[test]
fn the_second_editor_of_one_objective_is_told_which_version_is_there() {
    let draft = Draft::new();
    draft.add(&whole());
    let path = "/objectives/ext:PAGAMENTI";
    draft.put_at(path, "\"1\"", &json!({"title": "Del primo"})).expect(200);
    let second = draft.put_at(path, "\"1\"", &json!({"title": "Del secondo"}));
    assert_eq!((second.refused(412).as_str(), second.etag()), ("stale", "\"2\""));
    let part = draft.put_at(&format!("{path}/phases/ext:F1"), "\"1\"", &json!({"title": "Del secondo"}));
    assert_eq!((part.refused(412).as_str(), part.etag()), ("stale", "\"2\""), "a part shares the version");
    let gone =
        draft.call("segretario", "DELETE", &format!("{path}/indicators/ext:IRP")).if_match("\"1\"").send();
    assert_eq!((gone.refused(412).as_str(), gone.etag()), ("stale", "\"2\""));
    let read = draft.get(path);
    assert_eq!((&read.json()["title"], read.etag()), (&json!("Del primo"), "\"2\""));
    draft.put_at(path, read.etag(), &json!({"title": "Del secondo, dopo aver letto"})).expect(200);
    let weak = draft.put_at(path, "W/\"3\"", &json!({"title": "Debole"}));
    assert_eq!(weak.refused(412), "stale");
}

#[test]
fn many_editors_at_once_lose_nothing() {
    let draft = Draft::new();
    for n in 0..6 {
        draft.add_to("AREA-1", &format!("OB{n}"));
    }
    std::thread::scope(|scope| {
        for n in 0..6 {
            let draft = &draft;
            scope.spawn(move || {
                for round in 1..=3 {
                    let path = format!("/objectives/ext:OB{n}");
                    let body = json!({"title": format!("Giro {round} di {n}")});
                    draft.put_at(&path, &format!("\"{round}\""), &body).expect(200);
                }
            });
        }
    });
    for n in 0..6 {
        let read = draft.get(&format!("/objectives/ext:OB{n}"));
        assert_eq!((&read.json()["title"], read.etag()), (&json!(format!("Giro 3 di {n}")), "\"4\""));
    }
    assert_eq!(draft.document().1, "\"25\"", "each write of eighteen and six turned the page once");
}

#[test]
fn of_two_writers_at_the_same_moment_one_is_told_to_read_again() {
    let draft = Draft::new();
    draft.add_to("AREA-1", "OB1");
    let mut statuses: Vec<u16> = std::thread::scope(|scope| {
        let write = |n: i32| {
            let draft = &draft;
            scope.spawn(move || {
                draft.put_at("/objectives/ext:OB1", "\"1\"", &json!({"title": format!("Di {n}")})).status
            })
        };
        let writers: Vec<_> = (0..4).map(write).collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412]);
}

#[test]
fn a_plan_that_is_not_open_is_not_written_and_says_why() {
    let draft = Draft::new();
    draft.add(&whole());
    let section = json!({"external_id": "S", "kind": "other", "title": "T", "body": "B"});
    draft.put("/sections/ext:S", &section).expect(201);
    let document = draft.document().0;
    let id = document["objectives"][0]["id"].clone();
    let objective = "/objectives/ext:PAGAMENTI";
    let phase = format!("{objective}/phases/ext:F1");
    let writes = [
        ("POST", "/objectives".to_owned(), json!({"title": "X"})),
        ("PUT", "/objectives/ext:NUOVO".to_owned(), json!({"title": "X"})),
        ("PUT", objective.to_owned(), json!({"title": "X"})),
        ("DELETE", objective.to_owned(), json!(null)),
        ("PUT", phase.clone(), json!({"title": "X"})),
        ("DELETE", phase, json!(null)),
        ("POST", format!("{objective}/indicators"), json!({"name": "X"})),
        ("POST", "/sections".to_owned(), json!({"kind": "other", "title": "X", "body": "B"})),
        ("PUT", "/sections/ext:S".to_owned(), json!({"kind": "other", "title": "X", "body": "B"})),
        ("DELETE", "/sections/ext:S".to_owned(), json!(null)),
        ("PUT", "/order".to_owned(), json!({"objectives": [id]})),
        (
            "POST",
            "/objectives-bulk".to_owned(),
            json!({"items": [{"operation": "delete", "path": "ext:PAGAMENTI", "if_match": "*"}]}),
        ),
        (
            "PUT",
            "".to_owned(),
            json!({"external_id": "demo:plan-2025", "year": 2025, "kind": "piao_performance", "title": "X"}),
        ),
        ("DELETE", "".to_owned(), json!(null)),
    ];
    for transition in TO_ITS_YEAR {
        let state = draft.step("segretario", &said(transition)).expect(200)["state"].clone();
        for (method, path, body) in &writes {
            let mut request = draft.call("segretario", method, path).json(body);
            if *method != "POST" && !path.ends_with("NUOVO") {
                request = request.if_match("*");
            }
            let refused = request.send();
            let kind = refused.refused(409);
            let sealed = (*method, path.as_str()) == ("DELETE", "")
                && !["proposed", "under_review"].contains(&state.as_str().unwrap());
            assert_eq!(
                kind,
                if sealed { "plan-sealed" } else { "plan-not-editable" },
                "{state} {method} {path}"
            );
            let way =
                if state == "proposed" || state == "under_review" { "send_back" } else { "open_variation" };
            assert!(sealed || refused.json()["detail"].as_str().unwrap().contains(way), "{refused}");
        }
        let mut other = document.clone();
        other["objectives"] = json!([]);
        assert_eq!(draft.put_at("/document", "*", &other).refused(409), "plan-not-editable", "{state}");
        assert_eq!(draft.document().0, document, "{state}");
    }
    draft.step("segretario", &said("open_variation")).expect(200);
    draft.put_at(objective, "*", &json!({"title": "In variazione"})).expect(200);
}
