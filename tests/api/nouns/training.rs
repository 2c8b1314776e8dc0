//! Hours of training, over HTTP: whose they are nobody is told, and of how many they are nobody learns under five.

mod erased;
mod told;
mod walled;

use serde_json::{Value, json};

use super::{column, walk, with};
use crate::world::{Reply, World};

/// An entry that is refused by nothing.
fn entry() -> Value {
    json!({
        "person": "D-0042", "year": 2025, "role": "general", "service_from": "2025-01-01",
        "courses": [{"hours": "12.5", "certified": true, "concluded": "2025-05-20", "syllabus": false}]
    })
}

fn put(world: &World, key: &str, members: &Value) -> Reply {
    let call = world.call("integratore", "PUT", "L454", &format!("/training/{key}"));
    call.json(&with(&entry(), members)).send()
}

fn get(world: &World, key: &str) -> Reply {
    world.call("segretario", "GET", "L454", &format!("/training/{key}")).send()
}

/// One entry a person, each with so many hours.
fn staff(hours: &[&str]) -> Vec<Value> {
    let one = |(number, hours): (usize, &&str)| {
        let courses = json!([{"hours": hours, "certified": true, "concluded": "2025-06-30"}]);
        let members =
            json!({"key": format!("2025-{number}"), "person": format!("D-{number}"), "courses": courses});
        with(&entry(), &members)
    };
    hours.iter().enumerate().map(one).collect()
}

fn send(world: &World, query: &str, items: &[Value]) -> Reply {
    let call = world.call("integratore", "POST", "L454", &format!("/training-bulk{query}"));
    call.json(&json!({ "items": items })).send()
}

#[test]
fn an_entry_is_kept_by_its_key_read_changed_and_removed() {
    let world = World::new();
    let created = put(&world, "2025-1", &json!({}));
    let kept = created.expect(201);
    assert_eq!((created.etag(), &kept), ("\"1\"", &with(&entry(), &json!({"key": "2025-1", "version": 1}))));
    let at = format!("{}/v1/comuni/L454/training/2025-1", world.url);
    assert_eq!(created.header("Location"), Some(at.as_str()));
    assert_eq!(get(&world, "2025-1").expect(200), kept);
    // The same hours spelled otherwise are the same.
    let again = json!([{"hours": "12.50", "certified": true, "concluded": "2025-05-20"}]);
    assert_eq!(put(&world, "2025-1", &json!({"courses": again})).expect(200)["version"], 1);
    let away = json!({"absences": [{"from": "2025-03-01", "to": "2025-05-31"}], "unit": "ext:demo:area-1.1"});
    assert_eq!(put(&world, "2025-1", &away).refused(428), "precondition-required");
    let call = world.call("segretario", "PUT", "L454", "/training/2025-1");
    let changed = call.json(&with(&entry(), &away)).if_match("\"1\"").send().expect(200);
    assert_eq!((&changed["version"], &changed["absences"]), (&json!(2), &away["absences"]));
    let delete =
        |etag: &str| world.call("integratore", "DELETE", "L454", "/training/2025-1").if_match(etag).send();
    assert_eq!(delete("\"1\"").refused(412), "stale");
    delete("\"2\"").expect(204);
    assert_eq!(get(&world, "2025-1").refused(404), "not-found");
}

#[test]
fn what_is_wrong_with_an_entry_is_told_by_its_places() {
    let world = World::new();
    let course = |members: Value| json!({"courses": [with(&entry()["courses"][0], &members)]});
    let cases = [
        (json!({"year": 2008}), vec!["/year"]),
        (json!({"service_from": "2024-12-31"}), vec!["/service_from"]),
        (json!({"service_from": "2025-03-01", "service_to": "2025-02-01"}), vec!["/service_to"]),
        (json!({"absences": [{"from": "2025-12-01", "to": "2026-02-01"}]}), vec!["/absences/0/to"]),
        (course(json!({"hours": "0"})), vec!["/courses/0/hours"]),
        (course(json!({"hours": "dieci"})), vec!["/courses/0/hours"]),
        (course(json!({"concluded": "2026-01-10"})), vec!["/courses/0/concluded"]),
        (course(json!({"concluded": null})), vec!["/courses/0/concluded"]),
        (json!({"unit": "ext:nessuna"}), vec!["/unit"]),
        (json!({"key": "ALTRA"}), vec!["/key"]),
    ];
    for (members, places) in cases {
        let refused = put(&world, "2025-1", &members);
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
}

#[test]
fn who_the_person_is_is_refused_wherever_it_can_be_told_by_its_form() {
    let world = World::new();
    for person in [
        "XXXYYY00A01Z999X",
        "XXXYYY00A01",
        "nessuno@comune.example.it",
        "nome.cognome",
        "nome cognome",
        "cognome",
    ] {
        let refused = put(&world, "2025-1", &json!({"person": person}));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec!["/person".to_owned()])
        );
        assert!(!refused.text().contains(person), "{person} is not repeated");
    }
    let titled = json!([{"title": "Corso di XXXYYY00A01Z999X", "hours": "1", "certified": false}]);
    assert_eq!(put(&world, "2025-1", &json!({"courses": titled})).pointers(), ["/courses/0/title"]);
    assert_eq!(put(&world, "nessuno@comune.example.it", &json!({})).pointers(), ["/key"]);
}

#[test]
fn a_whole_staff_is_written_at_once_and_posting_it_again_changes_nothing() {
    let world = World::new();
    let items: Vec<Value> = staff(&vec!["40"; 300]);
    let first = send(&world, "", &items).expect(200);
    assert_eq!((&first["applied"], &first["written"]), (&json!(true), &json!(300)));
    let again = send(&world, "", &items).expect(200);
    assert_eq!((&again["items"][0]["status"], &again["items"][0]["version"]), (&json!(200), &json!(1)));
    let wrong = [with(&items[0], &json!({"key": "X", "person": "nome.cognome"})), items[1].clone()];
    assert_eq!(send(&world, "", &wrong).pointers(), ["/items/0/person"]);
    let partial = send(&world, "?mode=partial", &wrong).expect(200);
    assert_eq!((&partial["written"], &partial["refused"]), (&json!(1), &json!(1)));
    let path = "/v1/comuni/L454/training?from=2025-01-01&to=2025-12-31&limit=200";
    let (all, pages) = walk(&world, &world.token("L454", "segretario"), path);
    assert_eq!((all.len(), pages, column(&all, "key")[0].as_str()), (300, 2, "2025-0"));
    let (none, _) =
        walk(&world, &world.token("L454", "segretario"), "/v1/comuni/L454/training?from=2026-01-01");
    assert!(none.is_empty());
}
