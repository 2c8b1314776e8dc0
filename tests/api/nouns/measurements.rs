//! Measurements over HTTP: added, corrected by others, never altered.

mod bulk;
mod corrections;
mod heads;
mod values;
mod windows;

use serde_json::{Value, json};

use super::drafts::{Draft, TO_ITS_YEAR, at_most, on, percent};
use super::{NOBODY, column, walk, with};
use crate::world::Reply;

/// Two objectives: one of two structures, measured in every way, and one of a single structure.
fn objectives() -> [Value; 2] {
    let at_least =
        json!({"value": {"type": "bound", "comparison": "at_least", "figure": "80", "measure": "percent"}});
    let parts = json!({"type": "parts", "parts": [
        {"value": {"type": "bound", "comparison": "at_least", "figure": "3"}}, {"value": {"type": "done"}}
    ]});
    [
        json!({
            "external_id": "OB1", "title": "Rispettare i tempi di pagamento",
            "assignments": [
                {"external_id": "A1", "unit_code": "AREA-1.2", "weight": percent("30")},
                {"external_id": "A2", "unit_code": "AREA-2", "weight": percent("10")}
            ],
            "phases": [{
                "external_id": "F1", "title": "Ricognizione", "deadline": on("2025-03-31"),
                "indicators": [{"external_id": "I0", "name": "Riscontrate", "formula": "ratio", "target": at_least}]
            }],
            "indicators": [
                {"external_id": "IRP", "name": "Ritardo", "target": at_most("0", "days")},
                {"external_id": "FATTO", "name": "Regolamento", "target": {"value": {"type": "done"}}},
                {"external_id": "PARTI", "name": "Più cose", "target": {"value": parts}},
                {"external_id": "PAROLE", "name": "Altro", "target": {"value": {"type": "text"}, "words": "giornaliero"}}
            ]
        }),
        json!({
            "external_id": "OB2", "title": "Aggiornare il regolamento",
            "assignments": [{"external_id": "A1", "unit_code": "AREA-1.1"}],
            "indicators": [{"external_id": "I1", "name": "Sedute", "target": at_least}]
        }),
    ]
}

/// A plan in its year, in July.
fn in_its_year() -> Draft {
    let draft = Draft::new();
    draft.world.move_to("2025-02-10");
    for objective in objectives() {
        draft.add(&objective);
    }
    draft.walk(&TO_ITS_YEAR);
    draft.world.move_to("2025-07-10");
    draft
}

/// A number measured of the delay of payments, for the first half of the year.
fn delay(figure: &str) -> Value {
    json!({
        "subject": "ext:OB1/indicators/ext:IRP", "assignment": "ext:A1",
        "period": {"from": "2025-01-01", "to": "2025-06-30"},
        "value": {"type": "number", "figure": figure}, "standing": "provisional"
    })
}

fn record(draft: &Draft, measurement: &Value) -> Reply {
    draft.post("/measurements", measurement)
}

/// The places of what was refused as invalid.
#[track_caller]
fn faults(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.refused(422), "invalid");
    reply.pointers()
}

#[test]
fn a_measurement_is_recorded_and_read_as_it_was_said() {
    let draft = in_its_year();
    let said = with(
        &delay("-1.50"),
        &json!({
            "external_id": "PCC-1", "origin": "external", "source": "PCC", "note": "Estratto\nsemestrale",
            "evidence": [{"title": "Estratto", "link": "https://pcc.example/e", "digest": "a".repeat(64)}]
        }),
    );
    let reply = record(&draft, &said);
    let made = reply.expect(201);
    let objective = draft.get("/objectives/ext:OB1").expect(200);
    let read = with(
        &said,
        &json!({
            "id": made["id"], "subject": {"type": "indicator", "id": objective["indicators"][0]["id"]},
            "objective": objective["id"], "assignment": objective["assignments"][0]["id"],
            "value": {"type": "number", "figure": "-1.5"}, "stands": true,
            "recorded_at": "2025-07-10T09:00:00Z",
            "recorded_by": draft.world.member("L454", "segretario").id.0
        }),
    );
    let at = made["recorded_at"].as_str().unwrap();
    assert!(at.starts_with("2025-07-10T09:"), "{at}");
    assert_eq!(made, with(&read, &json!({"recorded_at": at})));
    let path = format!("/measurements/{}", made["id"].as_str().unwrap());
    assert!(reply.header("Location").unwrap().ends_with(&path));
    for path in [path.as_str(), "/measurements/ext:PCC-1"] {
        assert_eq!(draft.get(path).expect(200), made);
    }
    assert_eq!(draft.get("/measurements/ext:PCC-2").refused(404), "not-found");
    assert_eq!(draft.get(&format!("/measurements/{NOBODY}")).refused(404), "not-found");
    assert_eq!(draft.get("/measurements").expect(200)["items"], json!([made]));
}

#[test]
fn whatever_is_measured_is_named_by_its_path() {
    let draft = in_its_year();
    let objective = draft.get("/objectives/ext:OB1").expect(200);
    let id = |of: &Value| of["id"].as_str().unwrap().to_owned();
    let done = json!({"type": "done", "done": true});
    for (path, kind, wanted) in [
        ("ext:OB1".to_owned(), "objective", &objective),
        (id(&objective), "objective", &objective),
        ("ext:OB1/phases/ext:F1".to_owned(), "phase", &objective["phases"][0]),
        (
            format!("{}/phases/{}", id(&objective), id(&objective["phases"][0])),
            "phase",
            &objective["phases"][0],
        ),
        ("ext:OB1/indicators/ext:FATTO".to_owned(), "indicator", &objective["indicators"][1]),
        (
            "ext:OB1/phases/ext:F1/indicators/ext:I0".to_owned(),
            "indicator",
            &objective["phases"][0]["indicators"][0],
        ),
    ] {
        let said = with(&delay("1"), &json!({"subject": path, "assignment": null, "value": done}));
        let made = record(&draft, &said).expect(201);
        assert_eq!(made["subject"], json!({"type": kind, "id": wanted["id"]}), "{path}");
        assert_eq!((&made["objective"], made.get("assignment")), (&objective["id"], None));
    }
    for (path, assignment, place) in [
        ("ext:NESSUNO", "ext:A1", "/subject"),
        (NOBODY, "ext:A1", "/subject"),
        ("ext:OB1/indicators/ext:I0", "ext:A1", "/subject"),
        ("ext:OB1/phases/ext:F1/indicators/ext:IRP", "ext:A1", "/subject"),
        ("ext:OB1/assignments/ext:A1", "ext:A1", "/subject"),
        ("OB1", "ext:A1", "/subject"),
        ("ext:OB1", "ext:A3", "/assignment"),
        ("ext:OB2", "ext:A2", "/assignment"),
        ("ext:OB1", "A1", "/assignment"),
    ] {
        let said = with(&delay("1"), &json!({"subject": path, "assignment": assignment, "value": done}));
        assert_eq!(faults(&record(&draft, &said)), [place], "{path} {assignment}");
    }
}

#[test]
fn nothing_is_collected_before_the_year_nor_after_it() {
    let draft = Draft::new();
    draft.world.move_to("2025-02-10");
    draft.add(&objectives()[0]);
    let mut state = vec![record(&draft, &delay("1")).refused(409)];
    for transition in TO_ITS_YEAR {
        state.push(record(&draft, &delay("1")).refused(409));
        draft.walk(&[transition]);
    }
    assert!(state.iter().all(|kind| kind == "nothing-collected"), "{state:?}");
    record(&draft, &delay("1")).expect(201);
    draft.walk(&["open_variation"]);
    record(&draft, &delay("2")).expect(201);
    draft.walk(&["approve_variation"]);
    record(&draft, &delay("3")).expect(201);
    draft.walk(&["open_reporting"]);
    record(&draft, &delay("4")).expect(201);
}

#[test]
fn during_a_variation_what_is_official_and_what_is_being_added_are_both_measured() {
    let draft = in_its_year();
    draft.walk(&["open_variation"]);
    draft.delete("/objectives/ext:OB2").expect(204);
    draft
        .post("/objectives/ext:OB1/indicators", &json!({"external_id": "NUOVO", "name": "Nuovo"}))
        .expect(201);
    let of = |subject: &str| with(&delay("1"), &json!({"subject": subject, "assignment": null}));
    for subject in ["ext:OB2/indicators/ext:I1", "ext:OB1/indicators/ext:NUOVO", "ext:OB1/indicators/ext:IRP"]
    {
        record(&draft, &of(subject)).expect(201);
    }
    draft.walk(&["approve_variation"]);
    record(&draft, &of("ext:OB1/indicators/ext:NUOVO")).expect(201);
    assert_eq!(faults(&record(&draft, &of("ext:OB2/indicators/ext:I1"))), ["/subject"]);
    assert_eq!(draft.get("/measurements").expect(200)["items"].as_array().unwrap().len(), 4);
}

#[test]
fn the_same_key_and_content_are_recorded_once() {
    let draft = in_its_year();
    let said = with(&delay("1.5"), &json!({"external_id": "PCC-1"}));
    let made = record(&draft, &said).expect(201);
    let again = with(&said, &json!({"value": {"type": "number", "figure": "1.500"}}));
    assert_eq!(record(&draft, &again).expect(200), made);
    for change in [
        json!({"value": {"type": "number", "figure": "2"}}),
        json!({"standing": "final"}),
        json!({"assignment": "ext:A2"}),
        json!({"note": "Altro"}),
        json!({"period": {"from": "2025-01-01", "to": "2025-12-31"}}),
        json!({"subject": "ext:OB1/phases/ext:F1/indicators/ext:I0"}),
    ] {
        assert_eq!(record(&draft, &with(&said, &change)).refused(409), "external-id-taken", "{change}");
    }
    assert_eq!(draft.get("/measurements").expect(200)["items"], json!([made]));
    let keyed = |key: &str, body: &Value| {
        let call = draft.call("segretario", "POST", "/measurements").header("Idempotency-Key", key);
        call.json(body).send()
    };
    let one = keyed("notte-1", &delay("7"));
    let other = keyed("notte-1", &delay("7"));
    assert_eq!((one.expect(201), other.header("Idempotency-Replayed")), (other.expect(201), Some("true")));
    assert_eq!(keyed("notte-1", &delay("8")).refused(422), "idempotency-key-reused");
    assert_eq!(draft.get("/measurements").expect(200)["items"].as_array().unwrap().len(), 2);
}

#[test]
fn measurements_are_listed_as_they_came_and_narrowed() {
    let draft = in_its_year();
    for (key, members) in [
        ("M1", json!({})),
        ("M2", json!({"assignment": "ext:A2"})),
        ("M3", json!({"assignment": null})),
        ("M4", json!({"period": {"from": "2025-07-01", "to": "2025-12-31"}})),
        ("M5", json!({"subject": "ext:OB1", "value": {"type": "done", "done": false}})),
    ] {
        record(&draft, &with(&with(&delay("1"), &members), &json!({"external_id": key}))).expect(201);
    }
    draft.world.move_to("2025-07-11");
    record(&draft, &with(&delay("2"), &json!({"external_id": "M6"}))).expect(201);
    let listed = |query: &str| {
        let path = format!("/v1/comuni/L454{}/measurements{query}", super::drafts::PLAN);
        let (items, _) = walk(&draft.world, &draft.world.token("L454", "lettore"), &path);
        column(&items, "external_id").join(" ")
    };
    let second = draft.get("/objectives/ext:OB1").expect(200)["assignments"][1]["id"].clone();
    assert_eq!(listed(""), "M1 M2 M3 M4 M5 M6");
    assert_eq!(listed("?limit=2"), "M1 M2 M3 M4 M5 M6");
    assert_eq!(listed("?subject=ext:OB1/indicators/ext:IRP&limit=3"), "M1 M2 M3 M4 M6");
    assert_eq!(listed("?subject=ext:OB1"), "M5");
    assert_eq!(listed(&format!("?assignment={}", second.as_str().unwrap())), "M2");
    assert_eq!(listed("?period_from=2025-12-31"), "M4");
    assert_eq!(listed("?period_to=2025-06-30&subject=ext:OB1/indicators/ext:IRP"), "M1 M2 M3 M6");
    assert_eq!(listed("?recorded_from=2025-07-11T00:00:00Z"), "M6");
    for (query, parameter) in [
        ("?subject=ext:NESSUNO", "subject"),
        ("?subject=OB1", "subject"),
        ("?assignment=A1", "assignment"),
        ("?period_from=2025-6-1", "period_from"),
        ("?recorded_from=ieri", "recorded_from"),
        ("?colour=red", "colour"),
    ] {
        let refused = draft.get(&format!("/measurements{query}"));
        assert_eq!(
            (refused.refused(400), refused.pointers()),
            ("invalid-parameter".into(), vec![parameter.into()])
        );
    }
}

#[test]
fn values_are_recorded_by_those_who_have_them() {
    let draft = in_its_year();
    for (role, origin) in [
        ("segretario", "entered"),
        ("rpct", "entered"),
        ("ragioneria", "entered"),
        ("integratore", "integration"),
    ] {
        let made = draft.call(role, "POST", "/measurements").json(&delay("1")).send().expect(201);
        assert_eq!(made["origin"], origin, "{role}");
        assert_eq!(made["recorded_by"], json!(draft.world.member("L454", role).id.0));
    }
    for role in ["amministratore", "nucleo", "giunta", "revisore", "dipendente", "lettore"] {
        let refused = draft.call(role, "POST", "/measurements").json(&delay("1")).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
        draft.call(role, "GET", "/measurements").send().expect(200);
    }
    for method in ["PUT", "PATCH", "DELETE"] {
        let id = draft.get("/measurements").expect(200)["items"][0]["id"].as_str().unwrap().to_owned();
        let refused =
            draft.call("segretario", method, &format!("/measurements/{id}")).json(&delay("9")).send();
        assert_eq!(refused.refused(405), "method-not-allowed", "{method}");
    }
}
