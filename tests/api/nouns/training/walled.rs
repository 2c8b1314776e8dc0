//! Who sees the hours of a person: the few who keep them, and nobody else, wherever they look.

use std::collections::BTreeSet;

use traguardo_domain::access::{Action, Actor};
use traguardo_domain::audit::Occasion;
use traguardo_domain::measurement::Span;
use traguardo_domain::role::Role;
use traguardo_domain::text::ExternalId;
use traguardo_domain::training::TrainingEntry;
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_persistence::{Error, entries, training};
use traguardo_server::commands;

use super::*;
use crate::nouns::sheets::rows_with;

/// A pseudonym and a title that stand in training alone.
const PERSON: &str = "canarino-7341";
const TITLE: &str = "corso-riservato";

fn planted() -> World {
    let world = World::new();
    let courses = json!([{"title": TITLE, "hours": "12.5", "certified": true, "concluded": "2025-05-20"}]);
    put(&world, "2025-1", &json!({"person": PERSON, "courses": courses})).expect(201);
    world
}

#[test]
fn the_roles_that_only_see_figures_are_refused_every_entry() {
    let world = planted();
    for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
        let keeps = matches!(role, Role::Segretario | Role::Integratore);
        for path in ["/training", "/training/2025-1"] {
            let reply = world.call(role.word(), "GET", "L454", path).send();
            assert_eq!(reply.status, if keeps { 200 } else { 403 }, "{role:?} {path}");
            assert_eq!(reply.text().contains(PERSON), keeps, "{role:?} {path}");
        }
        if !keeps {
            let call = world.call(role.word(), "PUT", "L454", "/training/2025-2");
            assert_eq!(call.json(&entry()).send().refused(403), "forbidden", "{role:?}");
        }
    }
    let theirs = world.call("segretario", "GET", "F471", "/training/2025-1").send();
    assert_eq!(theirs.refused(404), "not-found");
}

#[test]
fn neither_the_trail_nor_any_other_answer_says_anything_of_a_person() {
    let world = planted();
    let items = [with(&entry(), &json!({"key": "2025-2", "person": PERSON}))];
    let call = world.call("integratore", "POST", "L454", "/training-bulk");
    call.json(&json!({ "items": items })).key("di-nuovo").send().expect(200);
    assert_eq!(rows_with(&world, PERSON), ["register_entries"]);
    assert_eq!(rows_with(&world, TITLE), ["register_entries"]);
    let paths = [
        "/audit?limit=200",
        "/training-figures?year=2025",
        "/figures?year=2025",
        "/access-requests",
        "/surveys",
        "/procedures",
    ];
    for path in paths {
        let told = world.call("amministratore", "GET", "L454", path).send();
        assert_eq!(told.status, 200, "{path}");
        assert!(!told.text().contains(PERSON) && !told.text().contains(TITLE), "{path}");
    }
    let refused = world.call("amministratore", "GET", "L454", "/audit?object=register").send().expect(200);
    assert_eq!(refused["items"][0]["object_id"], "training");
}

#[test]
fn every_other_action_opens_a_transaction_that_finds_no_entry_and_figures_find_lines_of_nobody() {
    let world = planted();
    let comune = ComuneCode::parse("L454").unwrap();
    let key = ExternalId::parse("2025-1").unwrap();
    let occasion = || Occasion { at: commands::now(), request_id: "test".to_owned() };
    let year = Span { from: "2025-01-01".parse().unwrap(), to: "2025-12-31".parse().unwrap() };
    for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
        let member = world.member("L454", role.word()).id.0;
        let actor = Actor { member, comune, roles: BTreeSet::from([role]), unit: None };
        for action in Action::ALL {
            let Ok(grant) = actor.authorize(action, comune) else { continue };
            let found = world.database.tenant(&grant, occasion(), |tx| {
                tx.leave_unchanged();
                let entry = entries::look_up::<TrainingEntry>(tx, &key)?;
                Ok::<_, Error>((entry.is_some(), training::unnamed(tx, year)?))
            });
            let (found, lines) = found.unwrap();
            assert_eq!(found, action.is_on_training(), "{role:?} {action:?}");
            assert_eq!((lines.len(), lines[0].person.as_str(), lines[0].key.as_str()), (1, "p-1", "l-1"));
        }
    }
}

#[test]
fn the_lines_of_one_person_stay_one_persons() {
    let world = planted();
    for (key, person) in [("a-1", "Z-9"), ("b-2", PERSON), ("c-3", "A-1")] {
        put(&world, key, &json!({"person": person})).expect(201);
    }
    let comune = ComuneCode::parse("L454").unwrap();
    let member = world.member("L454", "responsabile").id.0;
    let actor = Actor { member, comune, roles: BTreeSet::from([Role::Responsabile]), unit: None };
    let grant = actor.authorize(Action::ReadRegisters, comune).unwrap();
    let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
    let year = Span { from: "2025-01-01".parse().unwrap(), to: "2025-12-31".parse().unwrap() };
    let lines = world.database.tenant(&grant, occasion, |tx| training::unnamed(tx, year)).unwrap();
    let persons: BTreeSet<&str> = lines.iter().map(|line| line.person.as_str()).collect();
    assert_eq!((lines.len(), persons.len()), (4, 3));
}
