//! Which roles go together, and whose they are to give.

use serde_json::{Value, json};

use super::{NOBODY, program, put, register, revoke, with};
use crate::world::World;

#[test]
fn roles_that_do_not_go_together_are_refused_in_their_place() {
    let world = World::new();
    let elsewhere =
        world.call("lettore", "GET", "F471", "/units/ext:demo:area-1").send().expect(200)["id"].clone();
    let cases = [
        (json!({"kind": "person"}), "/roles"),
        (json!({"roles": []}), "/roles"),
        (json!({"roles": ["platform_admin"]}), "/roles"),
        (json!({"roles": ["integratore", "benchmark_reader"]}), "/roles"),
        (json!({"kind": "person", "roles": ["responsabile"]}), "/unit"),
        (json!({"unit": NOBODY}), "/unit"),
        (json!({"unit": elsewhere}), "/unit"),
        (json!({"label": "\u{0}"}), "/label"),
        (json!({"identity": {"issuer": " ", "subject": "1"}}), "/identity/issuer"),
        (json!({"external_id": "a b"}), "/external_id"),
    ];
    for (members, place) in cases {
        let refused = register(&world, &with(&program(), &members));
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), [place], "{members}");
    }
    let unknown = register(&world, &with(&program(), &json!({"roles": ["sindaco"]})));
    assert_eq!((unknown.refused(422).as_str(), unknown.pointers()), ("invalid", vec!["/roles/0".to_owned()]));
}

#[test]
fn a_person_does_not_become_a_program() {
    let world = World::new();
    let turned =
        json!({"external_id": "demo:lettore", "kind": "client", "label": "Lettore", "roles": ["lettore"]});
    let refused = put(&world, "ext:demo:lettore", &turned, "\"1\"");
    assert_eq!((refused.refused(422).as_str(), refused.pointers()), ("invalid", vec!["/kind".to_owned()]));
}

#[test]
fn a_key_and_an_identity_are_one_members() {
    let world = World::new();
    let known = |subject: &str| json!({"issuer": "https://accesso.example", "subject": subject});
    register(&world, &with(&program(), &json!({"identity": known("1")}))).expect(201);
    assert_eq!(register(&world, &program()).refused(409), "external-id-taken");
    let other = |subject: &str| with(&program(), &json!({"external_id": null, "identity": known(subject)}));
    assert_eq!(register(&world, &other("1")).refused(409), "identity-taken");
    let second = register(&world, &other("2")).expect(201);
    let key = second["id"].as_str().unwrap();
    assert_eq!(put(&world, key, &other("1"), "\"1\"").refused(409), "identity-taken");
    // A revoked member keeps its identity: whoever had it must not come back as somebody else unnoticed.
    revoke(&world, "ext:ERP").expect(200);
    assert_eq!(register(&world, &other("1")).refused(409), "identity-taken");
    let elsewhere = world.call("amministratore", "POST", "F471", "/members").json(&other("1")).send();
    assert_eq!(elsewhere.expect(201)["identity"], known("1"));
}

#[test]
fn the_platform_appoints_administrators_and_nobody_else() {
    let world = World::new();
    let register = |comune: &str, member: &Value| {
        world.platform("platform_admin", "POST", &format!("/v1/comuni/{comune}/members")).json(member).send()
    };
    let person = |role: &str| json!({"external_id": format!("P-{role}"), "kind": "person", "label": "Persona", "roles": [role]});
    register("L454", &person("amministratore")).expect(201);
    for role in ["segretario", "lettore", "nucleo"] {
        assert_eq!(register("L454", &person(role)).refused(403), "role-not-yours-to-give", "{role}");
    }
    let both = json!({"kind": "person", "label": "Persona", "roles": ["amministratore", "segretario"]});
    assert_eq!(register("L454", &both).refused(403), "role-not-yours-to-give");
    let change = |key: &str, role: &str| {
        let facts = with(&person(role), &json!({"external_id": key}));
        let path = format!("/v1/comuni/L454/members/ext:{key}");
        world.platform("platform_admin", "PUT", &path).json(&facts).if_match("*").send()
    };
    assert_eq!(change("P-amministratore", "segretario").refused(403), "role-not-yours-to-give");
    assert_eq!(change("demo:segretario", "amministratore").refused(403), "role-not-yours-to-give");
    let at_home = json!({"kind": "client", "label": "Confronti", "roles": ["benchmark_reader"]});
    register("Z000", &at_home).expect(201);
    let mixed = register("Z000", &with(&at_home, &json!({"roles": ["amministratore"]})));
    assert_eq!((mixed.refused(422).as_str(), mixed.pointers()), ("invalid", vec!["/roles".to_owned()]));
    let housed = register("Z000", &with(&at_home, &json!({"unit": NOBODY})));
    assert_eq!((housed.refused(422).as_str(), housed.pointers()), ("invalid", vec!["/unit".to_owned()]));
    assert_eq!(register("A794", &person("amministratore")).refused(404), "not-found");
}

#[test]
fn whoever_does_not_keep_members_neither_writes_nor_reads_them() {
    let world = World::new();
    for role in ["segretario", "lettore", "integratore"] {
        let refused = world.call(role, "POST", "L454", "/members").json(&program()).send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
        let refused = world.call(role, "POST", "L454", "/members/ext:demo:nucleo/revocation").send();
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    assert_eq!(world.call("lettore", "GET", "L454", "/members").send().refused(403), "forbidden");
    world.call("segretario", "GET", "L454", "/members").send().expect(200);
    let other = world.platform("benchmark_reader", "GET", "/v1/comuni/L454/members").send();
    assert_eq!(other.refused(404), "not-found");
}
