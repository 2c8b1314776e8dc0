//! Consents, over HTTP: a ledger, what follows from it, and what whoever compares finds from then on.

use serde_json::{Value, json};

use super::column;
use super::publications::Shared;
use crate::world::Reply;

fn say(shared: &Shared, body: &Value) -> Reply {
    shared.draft.world.call("segretario", "POST", "L454", "/consents").json(body).send()
}

fn read(shared: &Shared) -> Value {
    shared.draft.world.call("lettore", "GET", "L454", "/consents").send().expect(200)
}

/// How an indicator is shown today: to groups, to regions, to everybody.
fn shown(consents: &Value, indicator: &str) -> Vec<String> {
    let all = consents["indicators"].as_array().unwrap();
    let of = all.iter().find(|one| one["indicator"] == indicator);
    column(
        of.unwrap_or_else(|| panic!("{indicator} is not in {consents}"))["shown"].as_array().unwrap(),
        "today",
    )
}

#[test]
fn without_a_consent_whoever_compares_finds_nothing_and_a_withdrawal_hides_at_once() {
    let shared = Shared::measured();
    shared.publish();
    assert_eq!(shared.found_by_who_compares(), Vec::<String>::new());
    say(&shared, &json!({"audience": "group", "mode": "anonymous"})).expect(201);
    assert_eq!(shared.found_by_who_compares(), ["PROVA.atti", "PROVA.giorni", "PROVA.quota"]);
    say(&shared, &json!({"indicator": "PROVA.quota", "audience": "group", "mode": "withheld"})).expect(201);
    assert_eq!(shared.found_by_who_compares(), ["PROVA.atti", "PROVA.giorni"]);
    assert_eq!(shared.standing().len(), 3, "the facts are there, and nobody finds them");
    say(&shared, &json!({"audience": "group", "mode": "withheld"})).expect(201);
    assert_eq!(shared.found_by_who_compares(), Vec::<String>::new());
    say(&shared, &json!({"indicator": "PROVA.quota", "audience": "public", "mode": "named"})).expect(201);
    assert_eq!(
        shared.found_by_who_compares(),
        ["PROVA.quota"],
        "who is shown to everybody is shown to groups"
    );
}

#[test]
fn what_is_published_afterwards_is_shown_as_was_consented() {
    let shared = Shared::measured();
    say(&shared, &json!({"indicator": "PROVA.giorni", "audience": "region", "mode": "named"})).expect(201);
    assert_eq!(shared.found_by_who_compares(), Vec::<String>::new());
    shared.publish();
    assert_eq!(shared.found_by_who_compares(), ["PROVA.giorni"]);
}

#[test]
fn the_ledger_tells_its_entries_and_what_follows_from_them_today() {
    let shared = Shared::measured();
    let nothing = read(&shared);
    assert_eq!((&nothing["entries"], &nothing["indicators"]), (&json!([]), &json!([])));
    assert_eq!(column(nothing["general"]["shown"].as_array().unwrap(), "mode"), ["withheld"; 3]);
    let first =
        say(&shared, &json!({"audience": "group", "mode": "named", "note": "Delibera 12"})).expect(201);
    assert_eq!((&first["number"], &first["note"]), (&json!(1), &json!("Delibera 12")));
    let later = json!({"indicator": "PROVA.quota", "audience": "public", "mode": "anonymous", "embargo_until": "2026-03-01"});
    say(&shared, &later).expect(201);
    shared.publish();
    let told = read(&shared);
    assert_eq!(told["entries"][0]["number"], 2, "the last one first");
    assert_eq!(told["entries"][1], first);
    assert_eq!(
        column(told["indicators"].as_array().unwrap(), "indicator"),
        ["PROVA.atti", "PROVA.giorni", "PROVA.quota"]
    );
    assert_eq!(shown(&told, "PROVA.atti"), ["named", "withheld", "withheld"]);
    assert_eq!(shown(&told, "PROVA.quota"), ["named", "withheld", "withheld"], "the embargo lasts");
    let quota = &told["indicators"][2]["shown"];
    assert_eq!((&quota[1]["mode"], &quota[1]["from"]), (&json!("anonymous"), &json!("2026-03-01")));
    assert_eq!(quota[1]["words"], "Alle regioni: solo dentro le statistiche, dal 01/03/2026.");
    assert_eq!(
        (&quota[0]["entry"], &quota[2]["entry"], &quota[1]["entry"]),
        (&json!(1), &json!(2), &Value::Null)
    );
    shared.draft.world.move_to("2026-03-01");
    assert_eq!(shown(&read(&shared), "PROVA.quota"), ["named", "anonymous", "anonymous"]);
}

#[test]
fn a_consent_badly_said_is_refused_where_it_is() {
    let shared = Shared::new();
    let group = json!({"audience": "group", "mode": "named"});
    for (members, place) in [
        (json!({"indicator": "PROVA.nulla"}), "/indicator"),
        (json!({"indicator": "T999"}), "/indicator"),
        (json!({"embargo_until": "2026-01-15"}), "/embargo_until"),
        (json!({"embargo_until": "2026-02-30"}), "/embargo_until"),
        (json!({"mode": "withheld", "embargo_until": "2026-06-01"}), "/embargo_until"),
        (json!({"audience": "friends"}), "/audience"),
        (json!({"note": " "}), "/note"),
    ] {
        let refused = say(&shared, &super::with(&group, &members));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec![place.to_owned()]),
            "{members}"
        );
    }
    assert_eq!(read(&shared)["entries"], json!([]));
}

#[test]
fn consents_are_given_by_the_segretario_and_the_giunta_and_once_for_a_key() {
    let shared = Shared::new();
    let body = json!({"audience": "group", "mode": "named"});
    let world = &shared.draft.world;
    for role in ["lettore", "nucleo", "amministratore", "integratore", "responsabile"] {
        let refused = world.call(role, "POST", "L454", "/consents").json(&body).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    let give =
        || world.call("giunta", "POST", "L454", "/consents").json(&body).key("consenso").send().expect(201);
    assert_eq!(give(), give());
    assert_eq!(read(&shared)["entries"].as_array().unwrap().len(), 1);
}
