//! Plans fed from registers, over HTTP: what is recorded, what takes the place of what, what is told and left as it is.

mod demo;
mod facts;
mod settings;

use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use super::column;
use super::drafts::{Draft, TO_ITS_YEAR};
use crate::world::Reply;
use facts::{access_request, bill, procedure};

/// The plan of 2025, which follows shared objectives on payments, access and procedures, in its year.
fn following() -> Draft {
    let draft = Draft::new();
    for (template, key, units) in [
        ("T1", "PAG", vec!["AREA-1", "AREA-2"]),
        ("T5", "ACC", vec!["AREA-1"]),
        ("T6", "PROC", vec!["AREA-1", "AREA-2"]),
    ] {
        let units: Vec<Value> = units.into_iter().map(|code| json!({"unit_code": code})).collect();
        let body = json!({"template": template, "external_id": key, "units": units});
        draft.post("/adoptions", &body).expect(201);
    }
    draft.walk(&TO_ITS_YEAR);
    draft.world.move_to("2026-04-15");
    draft
}

fn unit(draft: &Draft, code: &str) -> String {
    let path = format!("/units/ext:demo:{}", code.to_lowercase());
    let unit = draft.world.call("segretario", "GET", "L454", &path).send().expect(200);
    unit["id"].as_str().unwrap().to_owned()
}

/// Facts of the year: of two requests one was answered late; of three procedures, one each in an area and in a service of it, one in
/// the other.
fn facts_of_the_year(draft: &Draft) {
    let (first, below, second) = (unit(draft, "AREA-1"), unit(draft, "AREA-1.1"), unit(draft, "AREA-2"));
    access_request(draft, "A1", "2025-03-03", "2025-03-20");
    access_request(draft, "A2", "2025-05-05", "2025-07-20");
    procedure(draft, "P1", &first, "2025-02-01", "2025-02-20");
    procedure(draft, "P2", &below, "2025-02-01", "2025-04-20");
    procedure(draft, "P3", &second, "2025-02-01", "2025-02-11");
}

fn feed(draft: &Draft, body: &Value) -> Reply {
    draft.post("/feeds", body)
}

/// The items of a feed for a shared indicator, in the order of the plan.
fn items<'f>(feed: &'f Value, indicator: &str) -> Vec<&'f Value> {
    let all = feed["items"].as_array().unwrap().iter();
    all.filter(|item| item["indicator"] == indicator).collect()
}

fn item<'f>(feed: &'f Value, indicator: &str) -> &'f Value {
    let [one] = items(feed, indicator)[..] else { panic!("{indicator}: not one in {feed}") };
    one
}

fn measurement(draft: &Draft, item: &Value) -> Value {
    draft.get(&format!("/measurements/{}", item["measurement"].as_str().unwrap())).expect(200)
}

fn ratio(numerator: &str, denominator: &str) -> Value {
    json!({"type": "ratio", "numerator": numerator, "denominator": denominator})
}

#[test]
fn what_registers_come_to_is_recorded_with_where_it_comes_from() {
    let draft = following();
    facts_of_the_year(&draft);
    let fed = feed(&draft, &json!({})).expect(200);
    assert_eq!((&fed["number"], &fed["kept"]), (&json!(1), &json!(true)));
    let shares: Vec<_> = items(&fed, "T6.in_term").iter().map(|item| item["value"].clone()).collect();
    assert_eq!(shares, [ratio("1", "2"), ratio("1", "1")], "an area with its services, and the other one");
    let whole = item(&fed, "T5.in_term");
    assert!(whole["assignment"].is_null(), "one figure of the comune");
    let measured = measurement(&draft, whole);
    assert_eq!(measured["value"], ratio("1", "2"));
    assert_eq!((&measured["origin"], &measured["standing"]), (&json!("feeder"), &json!("final")));
    assert_eq!(measured["period"], json!({"from": "2025-01-01", "to": "2025-12-31"}));
    let source = measured["source"].as_str().unwrap();
    assert!(
        source.starts_with("Registro degli accessi, metodo ") && source.ends_with(", versione 2"),
        "{source}"
    );
    let note = measured["note"].as_str().unwrap();
    assert!(note.contains("Valore 50 per cento: numeratore 1, denominatore 2."), "{note}");
    let state =
        fed["registers"].as_array().unwrap().iter().find(|state| state["register"] == "access_requests");
    assert_eq!(measured["evidence"][0]["digest"], state.unwrap()["digest"]);
    let unseen = item(&fed, "T5.register");
    assert_eq!((&unseen["outcome"], &unseen["why"]), (&json!("not_computable"), &json!("no_facts")));
    assert_eq!(draft.get("/feeds/1").expect(200), fed);
    assert_eq!(draft.get("/feeds/current").expect(200), fed);
}

#[test]
fn updates_of_the_published_register_of_requests_are_counted_as_checks_tell_them() {
    let draft = following();
    let check = |key: &str, on: &str, days: &[&str]| {
        let body = json!({"year": 2025, "obligation": "21.06", "checked_on": on, "up_to_date": true, "updated_on": days});
        let path = format!("/publication-checks/{key}");
        let told = draft.world.call("rpct", "PUT", "L454", &path).json(&body).send().expect(201);
        assert_eq!(told["updated_on"], json!(days));
    };
    check("maggio", "2025-05-31", &["2025-01-15"]);
    let first = feed(&draft, &json!({})).expect(200);
    let first = item(&first, "T5.register");
    assert_eq!(first["value"], json!({"type": "number", "figure": "1"}));
    assert_eq!(measurement(&draft, first)["standing"], "provisional", "nobody looked at the end of the year");
    check("dicembre", "2025-12-31", &["2025-01-15", "2025-07-15"]);
    let last = feed(&draft, &json!({})).expect(200);
    let last = item(&last, "T5.register");
    assert_eq!(
        (&last["value"]["figure"], &last["stood"]["measurement"]),
        (&json!("2"), &first["measurement"])
    );
    let measured = measurement(&draft, last);
    assert_eq!(measured["standing"], "final");
    assert!(measured["note"].as_str().unwrap().contains("Valore 2"), "{}", measured["note"]);
}

#[test]
fn feeding_twice_changes_nothing_and_a_corrected_fact_supersedes_the_measurement() {
    let draft = following();
    facts_of_the_year(&draft);
    let first = feed(&draft, &json!({})).expect(200);
    let again = feed(&draft, &json!({})).expect(200);
    assert_eq!(
        (&again["kept"], &item(&again, "T5.in_term")["outcome"]),
        (&json!(false), &json!("unchanged"))
    );
    access_request(&draft, "A2", "2025-05-05", "2025-05-20");
    let corrected = feed(&draft, &json!({})).expect(200);
    assert_eq!((&corrected["number"], &corrected["kept"]), (&json!(2), &json!(true)));
    let (before, after) = (item(&first, "T5.in_term"), item(&corrected, "T5.in_term"));
    assert_eq!((&after["outcome"], &after["value"]), (&json!("recorded"), &ratio("2", "2")));
    assert_eq!(after["stood"]["measurement"], before["measurement"]);
    assert_eq!(measurement(&draft, before)["superseded_by"], after["measurement"]);
    assert_eq!(measurement(&draft, after)["stands"], true);
    let unmoved = items(&corrected, "T6.in_term");
    assert!(unmoved.iter().all(|item| item["outcome"] == "unchanged"), "{unmoved:?}");
    let listed = draft.get("/feeds").expect(200);
    let numbers: Vec<_> =
        listed["items"].as_array().unwrap().iter().map(|feed| feed["number"].clone()).collect();
    assert_eq!(numbers, [json!(2), json!(1)]);
}

#[test]
fn a_trial_records_nothing_and_says_what_would_be() {
    let draft = following();
    facts_of_the_year(&draft);
    let tried = feed(&draft, &json!({"dry_run": true})).expect(200);
    assert_eq!((&tried["kept"], &item(&tried, "T5.in_term")["outcome"]), (&json!(false), &json!("recorded")));
    assert!(draft.get("/measurements").expect(200)["items"].as_array().unwrap().is_empty());
    assert!(draft.get("/feeds").expect(200)["items"].as_array().unwrap().is_empty());
    draft.get("/feeds/current").refused(404);
}

#[test]
fn what_a_person_entered_is_told_and_stays() {
    let draft = following();
    facts_of_the_year(&draft);
    let subject = draft.get("/objectives/ext:ACC").expect(200)["indicators"][0]["id"].clone();
    let entered = json!({
        "subject": format!("ext:ACC/indicators/{}", subject.as_str().unwrap()), "value": ratio("9", "10"), "standing": "final",
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
    });
    let entered = draft.post("/measurements", &entered).expect(201);
    let fed = feed(&draft, &json!({})).expect(200);
    let refused = item(&fed, "T5.in_term");
    assert_eq!((&refused["outcome"], &refused["why"]), (&json!("refused"), &json!("entered_by_hand")));
    assert_eq!((&refused["value"], &refused["stood"]["measurement"]), (&ratio("1", "2"), &entered["id"]));
    assert_eq!(
        draft.get(&format!("/measurements/{}", entered["id"].as_str().unwrap())).expect(200)["stands"],
        true
    );
}

#[test]
fn certified_results_are_flagged_and_not_moved() {
    let draft = following();
    facts_of_the_year(&draft);
    let first = feed(&draft, &json!({})).expect(200);
    let before = draft.get("/measurements").expect(200);
    let certified = "update plans set state = 'evaluated' where comune = 'L454'";
    draft.world.stored.administrator().batch_execute(certified).unwrap();
    assert_eq!(feed(&draft, &json!({})).expect(200)["kept"], false, "nothing differs");
    access_request(&draft, "A2", "2025-05-05", "2025-05-20");
    let fed = feed(&draft, &json!({})).expect(200);
    let flagged = item(&fed, "T5.in_term");
    assert_eq!((&flagged["outcome"], &flagged["why"]), (&json!("flagged"), &json!("results_certified")));
    assert_eq!((&flagged["value"], &flagged["measurement"]), (&ratio("2", "2"), &Value::Null));
    assert_eq!(flagged["stood"]["measurement"], item(&first, "T5.in_term")["measurement"]);
    assert_eq!(draft.get("/measurements").expect(200)["items"], before["items"]);
    assert_eq!(feed(&draft, &json!({})).expect(200)["kept"], false, "it was told once");
}

#[test]
fn a_figure_of_part_of_the_year_is_provisional_and_seen_from_its_day() {
    let draft = following();
    facts_of_the_year(&draft);
    let body = json!({"to": "2025-06-30", "on": "2025-06-30", "complete": false});
    let fed = feed(&draft, &body).expect(200);
    let early = measurement(&draft, item(&fed, "T5.in_term"));
    assert_eq!((&early["standing"], &early["period"]["to"]), (&json!("provisional"), &json!("2025-06-30")));
    let whole = feed(&draft, &json!({})).expect(200);
    assert_eq!(item(&whole, "T5.in_term")["stood"]["measurement"], early["id"]);
    assert_eq!(
        measurement(&draft, item(&whole, "T5.in_term"))["supersedes"],
        Value::Null,
        "both stay, of their days"
    );
}

#[test]
fn the_certified_delay_is_recorded_and_the_computed_one_is_the_forecast() {
    let draft = following();
    bill(&draft, "F1", ("2025-01-10", "2025-02-09", "10000.00"), Some("2025-02-04"));
    bill(&draft, "F2", ("2025-01-20", "2025-02-19", "4000.00"), Some("2025-03-06"));
    let fed = feed(&draft, &json!({})).expect(200);
    assert_eq!(item(&fed, "T1.irp")["value"], json!({"type": "number", "figure": "0.714286"}));
    assert_eq!(
        (&fed["forecast"]["outcome"], &fed["forecast"]["delay_days"]),
        (&json!("recorded"), &json!("0.714286"))
    );
    let times = draft.get("/payment-time").expect(200);
    assert_eq!(
        (&times["forecast"]["delay_days"], &times["decides"]),
        (&json!("0.714286"), &json!("forecast"))
    );
    let sworn = json!({"delay_days": "8.81", "source": "Piattaforma dei crediti commerciali", "day": "2026-02-10", "act": "Verbale n. 4"});
    draft.call("revisore", "PUT", "/payment-time/certified").json(&sworn).send().expect(201);
    let fed = feed(&draft, &json!({})).expect(200);
    let irp = item(&fed, "T1.irp");
    assert_eq!((&irp["value"]["figure"], &irp["computed"]), (&json!("8.81"), &json!("0.714286")));
    let measured = measurement(&draft, irp);
    assert_eq!((&measured["origin"], &measured["supersedes"].is_null()), (&json!("external"), &false));
    assert_eq!(fed["forecast"]["outcome"], "unchanged");
}

#[test]
fn whoever_feeds_may_and_the_plan_must_be_followed() {
    let draft = Draft::new();
    assert_eq!(feed(&draft, &json!({})).refused(409), "nothing-collected");
    let draft = following();
    for role in ["lettore", "responsabile", "nucleo"] {
        draft.call(role, "POST", "/feeds").json(&json!({})).send().refused(403);
    }
    draft.call("rpct", "POST", "/feeds").json(&json!({"on": "2026-04-16"})).send().refused(422);
    draft.call("rpct", "POST", "/feeds").json(&json!({"to": "2026-01-01"})).send().refused(422);
    draft.call("rpct", "POST", "/feeds").json(&json!({})).send().expect(200);
    draft.get("/feeds/1").expect(200);
    draft.get("/feeds/2").refused(404);
}

#[test]
fn figures_are_told_of_the_comune_and_of_a_structure_with_those_below_it() {
    let draft = following();
    facts_of_the_year(&draft);
    let figures = |query: &str| {
        let path = format!("/figures?year=2025{query}");
        draft.world.call("rpct", "GET", "L454", &path).send().expect(200)
    };
    let find = |figures: &Value, indicator: &str| {
        let all = figures["figures"].as_array().unwrap();
        all.iter().find(|one| one["indicator"] == indicator).cloned().unwrap()
    };
    let whole = find(&figures(""), "T6.in_term");
    assert_eq!(
        (&whole["numerator"], &whole["denominator"], &whole["value"]),
        (&json!("2"), &json!("3"), &json!("66.67"))
    );
    let area = figures(&format!("&unit={}", unit(&draft, "AREA-1")));
    assert_eq!(find(&area, "T6.in_term")["value"], "50");
    let words = find(&area, "T6.in_term")["explanation"].as_str().unwrap().to_owned();
    assert!(words.contains("Riguarda la struttura AREA-1"), "{words}");
    let registers = column(figures("")["registers"].as_array().unwrap(), "register");
    assert_eq!(registers, ["access_requests", "procedures"]);
    let nothing = find(&figures("&on=2025-01-31"), "T6.in_term");
    assert_eq!((&nothing["value"], nothing["why"].is_null()), (&Value::Null, false));
    let nowhere = figures(&format!("&unit={}", super::NOBODY));
    assert_eq!(find(&nowhere, "T6.in_term")["why"], "no_facts");
    draft.world.call("lettore", "GET", "L454", "/figures").send().refused(403);
}
