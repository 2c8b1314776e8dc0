//! Publications, over HTTP: what a plan's results give to comparison, how good it is, what is left out; and the row of every fact.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use serde_json::{Value, json};

use super::column;
use super::drafts::{Draft, TO_ITS_YEAR, percent};
use crate::world::administrator;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    text: String,
}

/// A year whose results are published, bound to a shared objective of its own.
pub(super) struct Shared {
    pub(super) draft: Draft,
}

/// The shared objective: a share of the comune, a figure of the comune's, a count of its structures.
fn template(number: i32, definition: i32) -> String {
    let indicator = |code: &str, formula: &str, measure: &str, direction: &str, pooling: &str| {
        json!({
            "code": code, "name": code, "formula": formula, "formula_words": "Come si dice.", "measure": measure,
            "direction": direction, "perimeter": "Tutto.", "pooling": pooling,
        })
    };
    let content = json!({
        "code": "PROVA", "author": "prova", "number": number, "published_at": "2024-12-01T09:00:00Z",
        "title": "Obiettivo di prova", "purpose": "Provare.", "scope": "comune",
        "indicators": [
            indicator("PROVA.quota", "ratio", "percent", "higher", "pooled"),
            indicator("PROVA.giorni", "lower_zero", "days", "lower", "same"),
            indicator("PROVA.atti", "count", "number", "higher", "summed"),
        ],
        "definitions": [
            {"indicator": "PROVA.quota", "number": definition}, {"indicator": "PROVA.giorni", "number": 1},
            {"indicator": "PROVA.atti", "number": 1},
        ],
    });
    format!(
        "insert into authors (comune, code, kind, name, members) values ('Z000', 'prova', 'platform', 'Prova', '[]') \
         on conflict do nothing; \
         insert into templates (comune, code, number, author, published_at, digest, content) \
         values ('Z000', 'PROVA', {number}, 'prova', now(), decode(repeat('00', 32), 'hex'), '{content}')"
    )
}

fn indicator(code: &str, members: &Value) -> Value {
    let key = code.replace("PROVA.", "");
    let target = json!({"value": {"type": "bound", "comparison": "at_least", "figure": "100"}});
    super::with(
        &json!({"external_id": key, "name": format!("Quanto: {key}"), "template_indicator": code, "target": target}),
        members,
    )
}

impl Shared {
    /// A plan in its year, bound by writing its objective; the year is over, and nothing is measured.
    pub(super) fn new() -> Self {
        let draft = Draft::new();
        draft.world.stored.administrator().batch_execute(&template(1, 1)).unwrap();
        draft.world.move_to("2025-01-20");
        let adopt = json!({"shipped": "three_levels"});
        let rulebook = draft.world.call("segretario", "POST", "L454", "/rulebooks/2025/adoptions");
        rulebook.json(&adopt).send().expect(201);
        draft.add(&json!({"external_id": "OB1", "title": "Obiettivo condiviso"}));
        let whole = json!({
            "external_id": "OB1", "title": "Obiettivo condiviso", "template": "PROVA", "template_version": 1,
            "assignments": [
                {"external_id": "A1", "unit_code": "AREA-1.2", "weight": percent("100")},
                {"external_id": "A2", "unit_code": "AREA-2", "weight": percent("100")},
            ],
            "indicators": [
                indicator("PROVA.quota", &json!({"measure": "percent"})), indicator("PROVA.giorni", &json!({})),
                indicator("PROVA.atti", &json!({})),
            ],
        });
        draft.put_at("/objectives/ext:OB1", "*", &whole).expect(200);
        draft.walk(&TO_ITS_YEAR);
        draft.world.move_to("2026-01-15");
        Self { draft }
    }

    #[track_caller]
    fn measure(&self, indicator: &str, assignment: Option<&str>, value: &Value) {
        let mut measurement = json!({
            "subject": format!("ext:OB1/indicators/ext:{indicator}"), "value": value, "standing": "final",
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
        });
        if let Some(assignment) = assignment {
            measurement["assignment"] = json!(assignment);
        }
        self.draft.post("/measurements", &measurement).expect(201);
    }

    /// Everything measured, in every structure.
    #[track_caller]
    pub(super) fn measured() -> Self {
        let shared = Self::new();
        shared.measure("quota", Some("ext:A1"), &ratio("9", "10"));
        shared.measure("quota", Some("ext:A2"), &ratio("10", "90"));
        shared.measure("giorni", None, &number("-3.5"));
        shared.measure("atti", Some("ext:A1"), &number("40"));
        shared.measure("atti", Some("ext:A2"), &number("2"));
        shared
    }

    #[track_caller]
    pub(super) fn publish(&self) -> Value {
        self.draft.post("/publications", &json!({})).expect(201)
    }

    /// A step of the end of the year, with its act.
    fn conclude(&self, role: &str, transition: &str) -> crate::world::Reply {
        let kind = if transition == "adopt_report" { "giunta_resolution" } else { "evaluation_opinion" };
        let act = json!({"kind": kind, "number": "7", "date": "2026-01-16"});
        let needs = matches!(transition, "adopt_report" | "validate_report");
        let body = if needs {
            json!({"transition": transition, "act": act})
        } else {
            json!({"transition": transition})
        };
        self.draft.step(role, &body)
    }

    /// The year concluded as far as the adopted report.
    fn to_the_report(&self) {
        self.draft.world.move_to("2026-01-20");
        self.conclude("segretario", "open_reporting").expect(200);
        let all = json!({"all_open": true});
        self.draft.call("nucleo", "POST", "/certifications").json(&all).send().expect(200);
        self.conclude("nucleo", "certify").expect(200);
        self.conclude("giunta", "adopt_report").expect(200);
    }

    fn texts(&self, query: &str) -> Vec<String> {
        let found = diesel::sql_query(query).load::<Line>(&mut self.draft.world.stored.administrator());
        found.unwrap().into_iter().map(|line| line.text).collect()
    }

    /// The facts of Truccazzano as they stand, from behind the wall.
    pub(super) fn standing(&self) -> Vec<String> {
        self.texts(
            "select concat_ws(' ', indicator, year, definition, publication, value, numerator || '/' || denominator, \
             grade, shortfalls::text, certified, region, group_mode) as text from facts where comune = 'L454' order by 1",
        )
    }

    /// The indicators of Truccazzano that whoever compares finds.
    pub(super) fn found_by_who_compares(&self) -> Vec<String> {
        let mut reader = administrator(&self.draft.world.stored.url("traguardo_service"));
        reader.batch_execute("SET ROLE traguardo_benchmark").unwrap();
        let query = "select indicator as text from facts where comune = 'L454' order by 1";
        let found = diesel::sql_query(query).load::<Line>(&mut reader);
        found.unwrap().into_iter().map(|line| line.text).collect()
    }
}

fn number(figure: &str) -> Value {
    json!({"type": "number", "figure": figure})
}

fn ratio(numerator: &str, denominator: &str) -> Value {
    json!({"type": "ratio", "numerator": numerator, "denominator": denominator})
}

fn shortfalls(fact: &Value) -> Vec<String> {
    column(fact["shortfalls"].as_array().unwrap(), "code")
}

#[test]
fn what_is_published_while_the_year_is_judged_is_provisional_and_gets_better_once_certified() {
    let shared = Shared::measured();
    let published = shared.publish();
    assert_eq!((&published["number"], &published["certified"]), (&json!(1), &json!(false)));
    assert_eq!((&published["at"], &published["plan_version"]), (&json!("2026-01-15"), &json!(1)));
    let facts = published["facts"].as_array().unwrap();
    assert_eq!(column(facts, "indicator"), ["PROVA.atti", "PROVA.giorni", "PROVA.quota"]);
    assert_eq!(column(facts, "value"), ["42", "-3.5", "19"]);
    assert_eq!(column(facts, "grade"), ["B", "B", "B"]);
    assert_eq!(shortfalls(&facts[2]), ["provisional"]);
    assert_eq!((&facts[2]["numerator"], &facts[2]["denominator"]), (&json!("19"), &json!("100")));
    assert!(facts[2]["shortfalls"][0]["words"].as_str().unwrap().contains("provvisorio"));
    assert_eq!(published["left_out"], json!([]));
    assert_eq!(
        shared.standing(),
        [
            "PROVA.atti 2025 1 1 42 B {provisional} f 03 withheld",
            "PROVA.giorni 2025 1 1 -3.5 B {provisional} f 03 withheld",
            "PROVA.quota 2025 1 1 19 19/100 B {provisional} f 03 withheld",
        ]
    );
    shared.to_the_report();
    shared.conclude("nucleo", "validate_report").expect(200);
    let list = shared.draft.get("/publications").expect(200);
    let items = list["items"].as_array().unwrap();
    assert_eq!(
        (&items[0]["number"], &items[0]["certified"], &items[0]["facts"]),
        (&json!(2), &json!(true), &json!(3))
    );
    assert_eq!((&items[1]["number"], &items[1]["certified"]), (&json!(1), &json!(false)));
    let last = shared.draft.get("/publications/current").expect(200);
    assert_eq!(column(last["facts"].as_array().unwrap(), "grade"), ["A", "A", "A"]);
    assert_eq!(last["member"], json!(shared.draft.world.member("L454", "nucleo").id.0));
    assert_eq!(shared.draft.get("/publications/1").expect(200), published, "as it was");
    assert_eq!(shared.standing()[2], "PROVA.quota 2025 1 2 19 19/100 A {} t 03 withheld");
    assert_eq!(shared.standing().len(), 3, "the former facts stand no more");
}

#[test]
fn a_publication_that_fails_leaves_the_report_as_it_was() {
    let shared = Shared::measured();
    shared.to_the_report();
    let mut behind = shared.draft.world.stored.administrator();
    behind.batch_execute("alter table publications add constraint not_now check (false) not valid").unwrap();
    assert_eq!(shared.conclude("nucleo", "validate_report").status, 500);
    assert_eq!(shared.draft.get("").expect(200)["state"], "report_adopted");
    assert_eq!(
        (shared.standing().len(), shared.texts("select number::text as text from publications").len()),
        (0, 0)
    );
    behind.batch_execute("alter table publications drop constraint not_now").unwrap();
    shared.conclude("nucleo", "validate_report").expect(200);
    assert_eq!(shared.standing().len(), 3);
}

#[test]
fn what_gives_no_fact_is_told_with_its_reason() {
    let shared = Shared::new();
    shared.measure("quota", Some("ext:A1"), &ratio("9", "10"));
    shared.measure("giorni", None, &json!({"type": "text", "words": "in linea con l'anno prima"}));
    let published = shared.publish();
    assert_eq!((&published["facts"], shared.standing()), (&json!([]), Vec::<String>::new()));
    let left = published["left_out"].as_array().unwrap();
    assert_eq!(column(left, "indicator"), ["PROVA.atti", "PROVA.giorni", "PROVA.quota"]);
    assert_eq!(column(left, "why"), ["no_value", "not_a_figure", "incomplete"]);
    assert_eq!(left[1]["words"], "Ciò che è stato misurato non è un numero.");
    let objective = shared.draft.get("/objectives/ext:OB1").expect(200)["id"].clone();
    assert_eq!(left[0]["objective"], objective);
    shared.measure("quota", Some("ext:A2"), &ratio("1", "10"));
    assert_eq!(column(shared.publish()["facts"].as_array().unwrap(), "value"), ["50"]);
    assert_eq!(shared.standing(), ["PROVA.quota 2025 1 2 50 10/20 B {provisional} f 03 withheld"]);
}

#[test]
fn a_definition_that_changed_since_is_told_of_the_fact() {
    let shared = Shared::measured();
    shared.draft.world.stored.administrator().batch_execute(&template(2, 2)).unwrap();
    let published = shared.publish();
    let facts = published["facts"].as_array().unwrap();
    assert_eq!(column(facts, "grade"), ["B", "B", "C"]);
    assert_eq!(shortfalls(&facts[2]), ["old_definition", "provisional"]);
    assert_eq!(facts[2]["definition"], 1);
}

#[test]
fn a_trial_says_what_would_be_published_and_publishes_nothing() {
    let shared = Shared::measured();
    let tried = shared.draft.post("/publications", &json!({"dry_run": true})).expect(200);
    assert_eq!((&tried["dry_run"], &tried["number"]), (&json!(true), &json!(1)));
    assert_eq!(column(tried["facts"].as_array().unwrap(), "value"), ["42", "-3.5", "19"]);
    assert_eq!(shared.draft.get("/publications").expect(200)["items"], json!([]));
    assert_eq!(shared.standing(), Vec::<String>::new());
    assert_eq!(shared.draft.get("/publications/current").refused(404), "not-found");
    assert_eq!(shared.draft.get("/publications/1").refused(404), "not-found");
}

#[test]
fn nothing_is_published_of_a_plan_whose_year_is_not_followed() {
    let draft = Draft::new();
    draft.add_to("AREA-2", "OB1");
    let publish = || draft.post("/publications", &json!({}));
    assert_eq!(publish().refused(409), "not-publishable");
    draft.walk(&["propose", "open_review", "approve", "publish"]);
    assert_eq!(publish().refused(409), "not-publishable");
    draft.walk(&["start"]);
    let published = publish().expect(201);
    assert_eq!((&published["facts"], &published["left_out"]), (&json!([]), &json!([])), "nothing is bound");
}

#[test]
fn publishing_is_the_segretarios_and_happens_once_for_a_key() {
    let shared = Shared::measured();
    for role in ["lettore", "giunta", "nucleo", "amministratore", "integratore"] {
        let refused = shared.draft.call(role, "POST", "/publications").json(&json!({})).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    let publish =
        || shared.draft.call("segretario", "POST", "/publications").json(&json!({})).key("pubblica").send();
    let first = publish();
    assert!(first.header("location").unwrap().ends_with("/publications/1"));
    assert_eq!(first.expect(201), publish().expect(201));
    assert_eq!(shared.draft.get("/publications").expect(200)["items"].as_array().unwrap().len(), 1);
}
