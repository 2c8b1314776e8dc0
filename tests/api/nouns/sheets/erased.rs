//! Sheets past their time: erased, with only figures of groups left, and a trail that goes on verifying.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::audit::Occasion;
use traguardo_persistence::audit;
use traguardo_persistence::sheets::Erased;
use traguardo_server::{commands, retention};

use super::seen::rows_with;
use super::{CANARY, finished, plain, read, step, world, written};
use crate::world::World;

fn erase(world: &World, before: DateTime<Utc>) -> Erased {
    retention::erase(&world.database, ComuneCode::parse("L454").unwrap(), before).unwrap()
}

fn figures(world: &World) -> serde_json::Value {
    world.call("lettore", "GET", "L454", "/sheet-statistics?year=2025").send().expect(200)["groups"].clone()
}

#[test]
fn what_is_erased_leaves_figures_of_a_group_and_nothing_else() {
    let world = world();
    let sheets: Vec<String> = ["P1", "P2", "P3", "P4", "P5", "P6"]
        .iter()
        .zip(["10", "30", "50", "70", "90", "100"])
        .map(|(person, points)| finished(&world, person, points))
        .collect();
    let running = written(&world, "demo:dipendente", "80");
    step(&world, "responsabile", &running, &plain("share")).expect(200);
    let before = figures(&world);
    let long_ago = commands::now() - TimeDelta::days(1);
    assert_eq!(erase(&world, long_ago), Erased::default(), "nothing is past its time");
    let soon = commands::now() + TimeDelta::seconds(1);
    assert_eq!(erase(&world, soon), Erased { sheets: 6, kept: 6 });
    assert_eq!(figures(&world), before, "the figures are those they were");
    for sheet in &sheets {
        assert_eq!(read(&world, "nucleo", sheet).refused(404), "not-found");
        assert_eq!(rows_with(&world, sheet), ["audit_entries"], "only that it was");
    }
    read(&world, "dipendente", &running).expect(200);
    let comune = ComuneCode::parse("L454").unwrap();
    let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
    let verified = world.database.tenant(&Doorkeeper.look_up(comune), occasion, audit::verify).unwrap();
    assert!(verified.is_ok(), "{verified:?}");
    let path = format!("/audit?object=sheet&object_id={}", sheets[0]);
    let last = world.call("revisore", "GET", "L454", &path).send().expect(200)["items"][0].clone();
    assert_eq!((&last["action"], &last["actor"]), (&json!("erase_sheets"), &json!("operator")));
    assert!(last["after"].is_null() && last["before"].is_string(), "{last}");
}

#[test]
fn of_a_small_group_nothing_is_left() {
    let world = world();
    let sheet = finished(&world, "P1", "80");
    finished(&world, "P2", "90");
    assert_eq!(rows_with(&world, CANARY), ["persons.sheets"]);
    let soon = commands::now() + TimeDelta::seconds(1);
    assert_eq!(erase(&world, soon), Erased { sheets: 2, kept: 0 });
    assert_eq!((rows_with(&world, CANARY), figures(&world)), (Vec::new(), json!([])));
    assert_eq!(rows_with(&world, &sheet), ["audit_entries"]);
}
