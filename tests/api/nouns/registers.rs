//! What is the same for every register: keys that cannot be, days in the wrong order, members nobody knows.

use serde_json::json;

use super::with;
use crate::world::World;

const REGISTERS: [&str; 5] = ["procedures", "training", "surveys", "access-requests", "publication-checks"];

#[test]
fn a_key_that_cannot_be_is_told_to_whoever_writes_it_and_names_nothing_to_whoever_reads_it() {
    let world = World::new();
    let long = "x".repeat(101);
    for register in REGISTERS {
        for key in ["2025%2F123", "a%20b", "-a", &long] {
            let path = format!("/{register}/{key}");
            let written = world.call("integratore", "PUT", "L454", &path).json(&json!({})).send();
            assert_eq!(written.refused(422), "invalid", "{path}");
            let detail = written.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
            let said = if key == long {
                "Al massimo 100 caratteri."
            } else {
                "Solo lettere e cifre ASCII e i segni ._:~@+-"
            };
            assert!(detail.starts_with(said), "{path}: {detail}");
            assert_eq!(written.pointers(), ["/key"], "{path}");
            assert_eq!(world.call("segretario", "GET", "L454", &path).send().refused(404), "not-found");
            let removed = world.call("integratore", "DELETE", "L454", &path).if_match("*").send();
            assert_eq!(removed.refused(404), "not-found", "{path}");
            let forbidden = world.call("giunta", "PUT", "L454", &path).json(&json!({})).send();
            assert_eq!(forbidden.refused(403), "forbidden", "{path}");
        }
    }
}

#[test]
fn a_list_of_days_in_the_wrong_order_is_refused() {
    let world = World::new();
    let paths = REGISTERS.map(|register| (format!("/{register}"), "from", "to"));
    let others = [
        ("/invoices".to_owned(), "received_from", "received_to"),
        ("/plans/ext:demo:plan-2025/measurements".to_owned(), "period_from", "period_to"),
        ("/plans/ext:demo:plan-2025/objectives".to_owned(), "due_from", "due_to"),
    ];
    for (path, from, to) in paths.into_iter().chain(others) {
        let list = |first: &str, last: &str| {
            world.call("segretario", "GET", "L454", &format!("{path}?{from}={first}&{to}={last}")).send()
        };
        list("2025-02-01", "2025-02-01").expect(200);
        let refused = list("2025-02-02", "2025-02-01");
        assert_eq!(refused.refused(400), "invalid-parameter", "{path}");
        assert_eq!(refused.pointers(), [from], "{path}");
        assert_eq!(refused.json()["errors"][0]["detail"], "Il periodo finisce prima di cominciare.");
    }
}

#[test]
fn a_bulk_of_checks_takes_no_versions() {
    let world = World::new();
    let check = json!({"key": "a", "year": 2022, "obligation": "16.02", "checked_on": "2022-05-31", "up_to_date": true});
    let versioned = with(&check, &json!({"version": 1}));
    let call = world.call("integratore", "POST", "L454", "/publication-checks-bulk");
    let refused = call.json(&json!({"items": [versioned]})).send();
    assert_eq!(
        (refused.refused(422), refused.pointers()),
        ("bulk-refused".into(), vec!["/items/0/version".into()])
    );
}

#[test]
fn what_a_value_had_to_be_is_told_in_italian() {
    let world = World::new();
    let words = |members: serde_json::Value| {
        let whole = json!({"kind": "Permesso di costruire", "started": "2025-02-01", "term_days": 90});
        let call = world.call("integratore", "PUT", "L454", "/procedures/A").json(&with(&whole, &members));
        call.send().json()["errors"][0]["detail"].as_str().unwrap().to_owned()
    };
    assert!(
        words(json!({"term_days": 99_999_999_999_i64}))
            .ends_with("un numero intero da -2147483648 a 2147483647.")
    );
    assert!(words(json!({"closed": "2023-02-30"})).ends_with("un giorno come 2025-01-31."));
    assert!(words(json!({"suspensions": "x"})).ends_with("un elenco."));
    assert!(words(json!({"kind": 1})).ends_with("un testo."));
    for (query, end) in [
        ("limit=99999999999", "un numero intero più piccolo."),
        ("limit=x", "un numero intero."),
        ("from=2023-02-30", "un giorno come 2025-01-31."),
        ("unit=ext:AREA-1", "un identificativo come 0193a5c0-0000-7000-8000-000000000004."),
    ] {
        let refused = world.call("segretario", "GET", "L454", &format!("/procedures?{query}")).send();
        assert_eq!(refused.refused(400), "invalid-parameter", "{query}");
        let detail = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(detail.ends_with(end), "{query}: {detail}");
    }
    for (query, end) in [("mode=foo", "uno fra atomic, partial."), ("dry_run=maybe", "true o false.")] {
        let call = world.call("integratore", "POST", "L454", &format!("/procedures-bulk?{query}"));
        let refused = call.json(&json!({"items": []})).send();
        let detail = refused.json()["errors"][0]["detail"].as_str().unwrap().to_owned();
        assert!(detail.ends_with(end), "{query}: {detail}");
    }
}
