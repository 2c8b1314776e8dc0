//! Units, over HTTP.

use serde_json::json;

use crate::world::World;

#[test]
fn a_unit_is_created_read_changed_and_deleted() {
    let world = World::new();
    let new = json!({"external_id": "ERP-1", "code": "S.01", "name": "Settore affari generali", "kind": "sector", "valid_from": "2025-01-01"});
    let created = world.call("segretario", "POST", "L454", "/units").json(&new).send();
    let unit = created.expect(201);
    assert_eq!(created.etag(), "\"1\"");
    let read = world.call("lettore", "GET", "L454", "/units/ext:ERP-1").send();
    assert_eq!(read.expect(200), unit);
    let mut changed = new.clone();
    changed["name"] = "Settore servizi generali".into();
    let put = |etag: &str| {
        world.call("segretario", "PUT", "L454", "/units/ext:ERP-1").json(&changed).if_match(etag).send()
    };
    assert_eq!(put("\"1\"").expect(200)["version"], 2);
    let stale = put("\"1\"");
    assert_eq!((stale.refused(412).as_str(), stale.etag()), ("stale", "\"2\""));
    world.call("segretario", "DELETE", "L454", "/units/ext:ERP-1").if_match("\"2\"").send().expect(204);
    assert_eq!(world.call("lettore", "GET", "L454", "/units/ext:ERP-1").send().refused(404), "not-found");
}
