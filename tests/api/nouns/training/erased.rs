//! Training past its time: erased, with a trail that goes on verifying.

use chrono::NaiveDate;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::audit::Occasion;
use traguardo_persistence::audit;
use traguardo_server::{commands, retention};

use super::*;
use crate::nouns::sheets::rows_with;

fn erase(world: &World, before: &str) -> usize {
    let before: NaiveDate = before.parse().unwrap();
    retention::erase_training(&world.database, ComuneCode::parse("L454").unwrap(), before).unwrap()
}

#[test]
fn years_that_ended_before_the_day_go_and_later_ones_stay() {
    let world = World::new();
    let older = json!({"person": "D-7341", "year": 2019, "service_from": "2019-01-01", "courses": []});
    put(&world, "2019-1", &older).expect(201);
    put(&world, "2025-1", &json!({})).expect(201);
    let call = world.call("integratore", "POST", "L454", "/training-bulk");
    let again = with(&with(&entry(), &older), &json!({"key": "2019-2"}));
    call.json(&json!({ "items": [again] })).key("di-nuovo").send().expect(200);
    assert_eq!(erase(&world, "2019-12-31"), 0, "the year ends on that day");
    assert_eq!(erase(&world, "2020-01-01"), 2);
    assert_eq!(erase(&world, "2020-01-01"), 0);
    assert_eq!(get(&world, "2019-1").refused(404), "not-found");
    get(&world, "2025-1").expect(200);
    for text in ["D-7341", "2019-1", "2019-2"] {
        assert_eq!(rows_with(&world, text), Vec::<String>::new(), "{text}");
    }
    let comune = ComuneCode::parse("L454").unwrap();
    let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
    let verified = world.database.tenant(&Doorkeeper.look_up(comune), occasion, audit::verify).unwrap();
    assert!(verified.is_ok(), "{verified:?}");
    let path = "/audit?object=register";
    let last = world.call("revisore", "GET", "L454", path).send().expect(200)["items"][0].clone();
    assert_eq!((&last["action"], &last["actor"]), (&json!("erase_training"), &json!("operator")));
}
