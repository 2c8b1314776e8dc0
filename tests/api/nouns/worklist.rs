//! The year being followed, over HTTP: what must be filled, how fresh it is, how far the plan should be and is.

use serde_json::{Value, json};

use super::drafts::{Draft, TO_ITS_YEAR, on};
use super::{NOBODY, column};

/// A plan in its year: an objective in two structures with an indicator due in September and a phase due in March.
struct Year {
    draft: Draft,
    objective: Value,
}

impl Year {
    fn new() -> Self {
        let draft = Draft::new();
        draft.world.move_to("2025-01-20");
        let at_least = json!({"value": {"type": "bound", "comparison": "at_least", "figure": "80", "measure": "number"}});
        let objective = draft.add(&json!({
            "external_id": "OB1", "title": "Ridurre le attese",
            "assignments": [{"external_id": "A1", "unit_code": "AREA-1.1"}, {"external_id": "A2", "unit_code": "AREA-2"}],
            "phases": [{"external_id": "F1", "title": "Nuovo sportello", "deadline": on("2025-03-31")}],
            "indicators": [{"external_id": "I1", "name": "Pratiche evase", "target": at_least, "deadline": on("2025-09-30")}],
        }));
        draft.walk(&TO_ITS_YEAR);
        Self { draft, objective }
    }

    fn id(&self, pointer: &str) -> String {
        self.objective.pointer(pointer).and_then(Value::as_str).unwrap().to_owned()
    }

    /// A value until a day, recorded on a day by the segretario.
    fn measure(
        &self,
        (subject, assignment): (&str, Option<&str>),
        (to, at): (&str, &str),
        standing: &str,
        value: &Value,
    ) {
        self.draft.world.move_to(at);
        let mut measurement = json!({
            "subject": subject, "period": {"from": "2025-01-01", "to": to}, "value": value, "standing": standing,
        });
        if let Some(assignment) = assignment {
            measurement["assignment"] = assignment.into();
        }
        self.draft.post("/measurements", &measurement).expect(201);
    }

    fn round(&self, title: &str, to: &str, window: (&str, &str)) {
        let round = json!({
            "title": title, "period": {"from": "2025-01-01", "to": to}, "window": {"from": window.0, "to": window.1},
        });
        self.draft.post("/rounds", &round).expect(201);
    }

    fn list(&self, role: &str, query: &str) -> Value {
        self.draft.call(role, "GET", &format!("/worklist?{query}")).send().expect(200)
    }
}

const INDICATOR: &str = "ext:OB1/indicators/ext:I1";
const PHASE: &str = "ext:OB1/phases/ext:F1";

fn states(list: &Value) -> Vec<String> {
    column(list["items"].as_array().unwrap(), "state")
}

#[test]
fn what_is_late_comes_first_and_each_task_says_what_it_wants() {
    let year = Year::new();
    let list = year.list("segretario", "at=2025-04-10");
    assert_eq!(states(&list), ["late", "late", "open", "open"]);
    assert_eq!((&list["late"], &list["open"], &list["coming"]), (&json!(2), &json!(2), &json!(0)));
    let first = &list["items"][0];
    assert_eq!(first["subject"], json!({"type": "phase", "id": year.id("/phases/0/id")}));
    assert_eq!((&first["label"], &first["expects"]), (&json!("Nuovo sportello"), &json!("day")));
    assert_eq!((&first["opens"], &first["due"]), (&json!("2025-01-01"), &json!("2025-03-31")));
    assert_eq!((&first["objective"], &first["takes_values"]), (&year.objective["id"], &json!(true)));
    assert_eq!(list["items"][2]["expects"], "number");
    year.measure(
        (INDICATOR, None),
        ("2025-04-01", "2025-04-01"),
        "provisional",
        &json!({"type": "number", "figure": "20.5"}),
    );
    year.measure(
        (PHASE, Some("ext:A1")),
        ("2025-04-02", "2025-04-02"),
        "final",
        &json!({"type": "day", "day": "2025-03-30"}),
    );
    let list = year.list("segretario", "at=2025-04-10");
    assert_eq!(states(&list), ["late", "final", "provisional", "provisional"]);
    let told: Vec<&Value> =
        list["items"].as_array().unwrap().iter().map(|task| &task["value"]["words"]).collect();
    assert_eq!(list["items"][2]["value"]["value"], json!({"type": "number", "figure": "20.5"}));
    assert_eq!(told, [&Value::Null, &json!("fatto il 30/3/2025"), &json!("20,5"), &json!("20,5")]);
    assert_eq!(states(&year.list("segretario", "at=2025-04-10&state=late")), ["late"]);
    assert_eq!(states(&year.list("segretario", "at=2025-03-31")), ["open", "open", "open", "open"]);
}

#[test]
fn a_head_of_structure_reads_what_it_must_fill_and_may_look_elsewhere() {
    let year = Year::new();
    let units = |list: &Value| column(list["items"].as_array().unwrap(), "unit");
    let (own, other) = (year.id("/assignments/0/unit"), year.id("/assignments/1/unit"));
    assert_eq!(units(&year.list("responsabile", "at=2025-02-01")), [own.clone(), own.clone()]);
    assert_eq!(units(&year.list("lettore", "at=2025-02-01")).len(), 4);
    let named = year.list("responsabile", &format!("at=2025-02-01&unit={other}"));
    assert_eq!(units(&named), [other.clone(), other]);
    let area = year.draft.world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").send().expect(200);
    let area = area["id"].as_str().unwrap();
    assert_eq!(units(&year.list("segretario", &format!("at=2025-02-01&unit={area}"))), [own.clone(), own]);
    for (query, pointer) in [
        (format!("unit={NOBODY}"), "unit"),
        ("state=boh".to_owned(), "state"),
        ("at=2025-2-1".to_owned(), "at"),
    ] {
        let refused = year.draft.get(&format!("/worklist?{query}"));
        assert_eq!(
            (refused.refused(400).as_str(), refused.pointers()),
            ("invalid-parameter", vec![pointer.to_owned()])
        );
    }
}

#[test]
fn each_round_asks_for_its_own_value_while_its_window_is_open_or_coming() {
    let year = Year::new();
    year.round("Primo semestre", "2025-06-30", ("2025-07-01", "2025-07-31"));
    year.round("Anno", "2025-12-31", ("2026-01-01", "2026-01-31"));
    let list = year.list("segretario", "at=2025-07-10&state=open");
    assert_eq!(list["items"][0]["round"]["title"], "Primo semestre");
    assert_eq!((&list["open"], &list["coming"]), (&json!(4), &json!(4)));
    assert_eq!(
        (&list["items"][0]["due"], &list["items"][0]["deadline"]),
        (&json!("2025-07-31"), &json!("2025-09-30"))
    );
    year.measure(
        (INDICATOR, None),
        ("2025-06-30", "2025-07-05"),
        "provisional",
        &json!({"type": "number", "figure": "60"}),
    );
    let late = year.list("segretario", "at=2025-08-01&state=late");
    let words: Vec<&Value> = late["items"].as_array().unwrap().iter().map(|task| &task["label"]).collect();
    assert_eq!(words, [&json!("Nuovo sportello"), &json!("Nuovo sportello")]);
    assert_eq!(late["items"][0]["takes_values"], false);
}

#[test]
fn a_draft_takes_no_values_and_today_is_the_day_when_none_is_said() {
    let draft = Draft::new();
    draft.world.move_to("2025-05-05");
    draft.add_to("AREA-2", "OB1");
    let list = draft.get("/worklist").expect(200);
    assert_eq!((&list["at"], &list["items"][0]["takes_values"]), (&json!("2025-05-05"), &json!(false)));
    assert_eq!(draft.get("/freshness").expect(200)["at"], "2025-05-05");
    assert_eq!(draft.get("/progress").expect(200)["plan_version"], Value::Null);
}

#[test]
fn freshness_counts_the_days_and_names_what_was_never_updated() {
    let year = Year::new();
    year.measure(
        (INDICATOR, None),
        ("2025-04-01", "2025-04-01"),
        "provisional",
        &json!({"type": "number", "figure": "20"}),
    );
    let fresh = year.draft.get("/freshness?at=2025-04-11").expect(200);
    let days: Vec<(&Value, &Value)> =
        fresh["items"].as_array().unwrap().iter().map(|one| (&one["days"], &one["never_updated"])).collect();
    let (told, never) = ((&json!(10), &json!(false)), (&Value::Null, &json!(true)));
    assert_eq!(days, [told, never, told, never]);
    let unit = &fresh["units"][0];
    assert_eq!(
        (&unit["code"], &unit["measured"], &unit["updated"]),
        (&json!("AREA-1.1"), &json!(2), &json!(1))
    );
    assert_eq!((&unit["share"]["shown"], &unit["oldest"]), (&json!("50.00"), &json!("2025-04-01")));
    let before = year.draft.get("/freshness?at=2025-03-31").expect(200);
    assert_eq!(before["units"][0]["never_updated"], 2);
    let own = year.draft.get(&format!("/freshness?unit={}", year.id("/assignments/1/unit"))).expect(200);
    assert_eq!((own["units"].as_array().unwrap().len(), own["items"].as_array().unwrap().len()), (1, 2));
}

#[test]
fn progress_sets_what_is_done_beside_what_is_expected_and_warns_in_words() {
    let year = Year::new();
    year.measure(
        (INDICATOR, None),
        ("2025-05-15", "2025-05-15"),
        "provisional",
        &json!({"type": "number", "figure": "20"}),
    );
    let far = year.draft.get("/progress?at=2025-05-16").expect(200);
    assert_eq!(far["rulebook"]["shipped"], "three_levels");
    assert_eq!(far["plan_version"], 1);
    // By the shipped rulebook phases without a weight do not count where there are indicators: 136 days of 273, 20 of 80.
    assert_eq!(
        (&far["comune"]["expected"]["shown"], &far["comune"]["done"]["shown"]),
        (&json!("49.82"), &json!("25.00"))
    );
    assert_eq!(far["assignments"].as_array().unwrap().len(), 2);
    let behind = &far["warnings"][0];
    assert_eq!(
        (&behind["kind"], &behind["assignment"]),
        (&json!("behind"), &json!(year.id("/assignments/0/id")))
    );
    let words =
        "Di «Ridurre le attese» al 16/5/2025 è atteso il 49,82% ed è fatto il 25,00%: 24,82 punti in meno.";
    assert_eq!(behind["words"], words);
    let lenient = year.draft.get("/progress?at=2025-05-16&points=25").expect(200);
    assert_eq!((&lenient["warnings"], &lenient["points"]), (&json!([]), &json!("25")));
    let soon = year.draft.get("/progress?at=2025-09-20&points=100").expect(200);
    assert_eq!(column(soon["warnings"].as_array().unwrap(), "kind"), ["at_risk", "at_risk"]);
    let late = year
        .draft
        .get(&format!("/progress?at=2025-10-10&unit={}", year.id("/assignments/1/unit")))
        .expect(200);
    assert_eq!(column(late["warnings"].as_array().unwrap(), "kind"), ["late", "behind"]);
    assert_eq!((&late["comune"], &late["units"][0]["label"]), (&Value::Null, &json!("Area tecnica")));
    for query in ["days=367", "points=101", "points=-1", "days=x"] {
        assert_eq!(
            year.draft.get(&format!("/progress?{query}")).refused(400),
            "invalid-parameter",
            "{query}"
        );
    }
}
