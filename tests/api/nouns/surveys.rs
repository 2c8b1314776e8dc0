//! Surveys of what users think, over HTTP.

use serde_json::{Value, json};

use super::{column, walk, with};
use crate::world::{Reply, World};

/// A survey that is refused by nothing.
fn survey() -> Value {
    json!({
        "service": "Biblioteca", "period": {"from": "2025-05-01", "to": "2025-05-31"}, "scale": {"from": 1, "to": 5},
        "answers": [{"point": 1, "count": 2}, {"point": 2, "count": 3}, {"point": 3, "count": 5}, {"point": 4, "count": 20},
            {"point": 5, "count": 10}],
        "concluded": "2025-06-10", "report": "https://comune.example.it/rapporto"
    })
}

fn put(world: &World, key: &str, members: &Value) -> Reply {
    let call = world.call("integratore", "PUT", "L454", &format!("/surveys/{key}"));
    call.json(&with(&survey(), members)).send()
}

fn get(world: &World, key: &str) -> Reply {
    world.call("responsabile", "GET", "L454", &format!("/surveys/{key}")).send()
}

#[test]
fn a_survey_is_kept_by_its_key_read_changed_and_removed() {
    let world = World::new();
    let created = put(&world, "BIB", &json!({}));
    let kept = created.expect(201);
    let whole = with(&survey(), &json!({"key": "BIB", "respondents": 40, "version": 1}));
    assert_eq!((created.etag(), &kept), ("\"1\"", &whole));
    assert_eq!(get(&world, "BIB").expect(200), kept);
    assert_eq!(put(&world, "BIB", &json!({})).expect(200)["version"], 1);
    let invited = json!({"invited": 200});
    assert_eq!(put(&world, "BIB", &invited).refused(428), "precondition-required");
    let call = world.call("segretario", "PUT", "L454", "/surveys/BIB");
    let changed = call.json(&with(&survey(), &invited)).if_match("\"1\"").send().expect(200);
    assert_eq!((&changed["version"], &changed["invited"]), (&json!(2), &json!(200)));
    let delete =
        |etag: &str| world.call("segretario", "DELETE", "L454", "/surveys/BIB").if_match(etag).send();
    assert_eq!(delete("\"1\"").refused(412), "stale");
    delete("\"2\"").expect(204);
    assert_eq!(get(&world, "BIB").refused(404), "not-found");
}

#[test]
fn what_is_wrong_with_a_survey_is_told_by_its_places() {
    let world = World::new();
    let cases = [
        (json!({"service": " "}), vec!["/service"]),
        (json!({"scale": {"from": 1, "to": 1}}), vec!["/scale"]),
        (json!({"scale": {"from": 1, "to": 4}}), vec!["/answers/4/point"]),
        (json!({"answers": [{"point": 3, "count": 1}, {"point": 3, "count": 2}]}), vec!["/answers/1/point"]),
        (json!({"invited": 39}), vec!["/invited"]),
        (json!({"concluded": "2025-05-30"}), vec!["/concluded"]),
        (json!({"concluded": null}), vec!["/report"]),
        (json!({"report": "nel cassetto"}), vec!["/report"]),
        (json!({"period": {"from": "2025-05-01", "to": "2025-04-01"}}), vec!["/period/to"]),
        (json!({"unit": "ext:nessuna"}), vec!["/unit"]),
        (json!({"key": "ALTRA"}), vec!["/key"]),
    ];
    for (members, places) in cases {
        let refused = put(&world, "BIB", &members);
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
}

#[test]
fn many_are_written_at_once_and_listed_from_the_first_begun() {
    let world = World::new();
    let item = |key: &str, from: &str, members: Value| {
        let own = json!({"key": key, "period": {"from": from, "to": "2025-05-31"}});
        with(&with(&survey(), &own), &members)
    };
    let items = [
        item("B", "2025-02-01", json!({})),
        item("A", "2025-03-01", json!({"unit": "ext:demo:area-1.1"})),
        item("C", "2025-01-01", json!({"concluded": null, "report": null})),
    ];
    let send = || {
        let call = world.call("rpct", "POST", "L454", "/surveys-bulk");
        call.json(&json!({ "items": items })).send().expect(200)
    };
    assert_eq!(send()["written"], 3);
    assert!(
        send()["items"].as_array().unwrap().iter().all(|one| one["version"] == 1 && one["status"] == 200)
    );
    let keys = |query: &str| {
        let path = format!("/v1/comuni/L454/surveys?{query}");
        column(&walk(&world, &world.token("L454", "nucleo"), &path).0, "key")
    };
    assert_eq!(keys("limit=1"), ["C", "B", "A"]);
    // The one under way matters still.
    assert_eq!(keys("from=2025-07-01"), ["C"]);
    let unit =
        world.call("segretario", "GET", "L454", "/units/ext:demo:area-1").send().expect(200)["id"].clone();
    assert_eq!(keys(&format!("unit={}", unit.as_str().unwrap())), ["A"]);
    let refused = world.call("lettore", "GET", "L454", "/surveys").send();
    assert_eq!(refused.refused(403), "forbidden");
}

#[test]
fn surveys_of_different_scales_come_to_one_mean_and_one_share() {
    let world = World::new();
    put(&world, "BIB", &json!({})).expect(201);
    // Ten 10s are worth 5 each, twenty 7s 1 + 4x6/9 = 3.6667: with the 153 of the library 276.3333 of 70 answers.
    let desk = json!({"service": "Anagrafe", "scale": {"from": 1, "to": 10}, "report": null,
        "answers": [{"point": 10, "count": 10}, {"point": 7, "count": 20}]});
    put(&world, "ANA", &desk).expect(201);
    put(&world, "MUS", &json!({"service": "Museo", "answers": [{"point": 5, "count": 29}]})).expect(201);
    world.move_to("2026-01-20");
    let told = world.call("responsabile", "GET", "L454", "/figures?year=2025").send().expect(200);
    let found = |indicator: &str| {
        let figures = told["figures"].as_array().unwrap();
        figures
            .iter()
            .find(|one| one["indicator"] == indicator)
            .unwrap_or_else(|| panic!("{indicator}"))
            .clone()
    };
    let (mean, positive, surveys) = (found("T8.mean"), found("T8.positive"), found("T8.surveys"));
    assert_eq!(
        (&mean["value"], &mean["denominator"], &mean["counted"]),
        (&json!("3.95"), &json!("70"), &json!(2))
    );
    assert_eq!((&positive["value"], &positive["numerator"]), (&json!("57.14"), &json!("40")));
    assert_eq!((&surveys["value"], &surveys["left_out"][0]["why"]), (&json!("2"), &json!("without_report")));
    assert_eq!(
        (&mean["left_out"][0]["why"], &mean["left_out"][0]["count"]),
        (&json!("too_few_answers"), &json!(1))
    );
}
