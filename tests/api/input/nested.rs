//! Faults inside objects and lists, and names as Unicode allows and forbids them.

use serde_json::{Value, json};

use super::Complaints;
use crate::world::{Request, World};

fn comune(world: &World, body: &str) -> Request {
    world.platform("platform_admin", "PUT", "/v1/comuni/A001").bytes("application/json", body)
}

fn with(member: &str, raw: &str) -> String {
    let mut body = json!({"name": "Abano", "province": "PD", "region": "05"});
    body[member] = "@@".into();
    body.to_string().replace("\"@@\"", raw)
}

#[test]
fn a_fault_inside_a_list_or_an_object_is_pointed_at() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let good = r#"{"scheme": "istat", "value": "028001", "valid_from": "1900-01-01"}"#;
    for (member, raw, place) in [
        (
            "identifiers",
            r#"[{"scheme": "x", "value": "1", "valid_from": "1900-01-01"}]"#,
            "/identifiers/0/scheme",
        ),
        (
            "identifiers",
            r#"[{"scheme": "istat", "value": 1, "valid_from": "1900-01-01"}]"#,
            "/identifiers/0/value",
        ),
        ("identifiers", r#"[{"scheme": "istat", "value": "1"}]"#, "/identifiers/0/valid_from"),
        (
            "identifiers",
            r#"[{"scheme": "istat", "value": "", "valid_from": "1900-01-01"}]"#,
            "/identifiers/0/value",
        ),
        (
            "identifiers",
            r#"[{"scheme": "istat", "value": "1", "valid_from": "1900-01-01", "more": 1}]"#,
            "/identifiers/0/more",
        ),
        (
            "identifiers",
            r#"[{"scheme": "istat", "value": "028001", "valid_from": "0001-01-01"}]"#,
            "/identifiers/0",
        ),
        ("identifiers", r#"[["istat", "028001", "1900-01-01", null]]"#, "/identifiers/0"),
        ("identifiers", &format!("[{good}, null]"), "/identifiers/1"),
        ("identifiers", &format!("[{}{good}]", format!("{good},").repeat(50)), "/identifiers"),
        ("population", r#"{"residents": -1, "counted_on": "2023-12-31"}"#, "/population/residents"),
        ("population", r#"{"residents": 1e400, "counted_on": "2023-12-31"}"#, "/population/residents"),
        ("population", r#"{"residents": 2147483648, "counted_on": "2023-12-31"}"#, "/population/residents"),
        ("population", r#"{"residents": 10000001, "counted_on": "2023-12-31"}"#, "/population/residents"),
        ("population", r#"{"residents": 1}"#, "/population/counted_on"),
        ("population", r#"{"residents": 1, "counted_on": "2023-02-29"}"#, "/population/counted_on"),
        ("population", r#"{"residents": 1, "counted_on": "-262143-01-01"}"#, "/population/counted_on"),
        ("population", r#"{"residents": 1, "counted_on": "0001-01-01"}"#, "/population/counted_on"),
        ("population", r#"{"residents": 1, "counted_on": "9999-12-31"}"#, "/population/counted_on"),
        ("population", r#"[1, "2023-12-31"]"#, "/population"),
    ] {
        let case: String = format!("{member} = {raw}").chars().take(120).collect();
        complaints.refuse(&case, &comune(&world, &with(member, raw)), &[400, 422], Some(place));
    }
    for (identity, place) in [
        (json!({"issuer": "https://a.example"}), "/identity/subject"),
        (json!({"issuer": "", "subject": "b"}), "/identity/issuer"),
        (json!({"issuer": "a", "subject": "b\u{0}"}), "/identity/subject"),
        (json!({"issuer": "a", "subject": "b", "roles": []}), "/identity/roles"),
        (json!(["https://a.example", "b"]), "/identity"),
    ] {
        let body = json!({"kind": "person", "label": "x", "roles": ["lettore"], "identity": identity});
        let request = world.call("amministratore", "POST", "L454", "/members").json(&body);
        complaints.refuse(&identity.to_string(), &request, &[422], Some(place));
    }
    for (roles, place) in [
        (json!(["lettore", 1]), "/roles/1"),
        (json!(["sindaco"]), "/roles/0"),
        (json!([]), "/roles"),
        (json!(vec!["lettore"; 10_000]), "/roles"),
    ] {
        let body = json!({"kind": "person", "label": "x", "roles": roles});
        let request = world.call("amministratore", "POST", "L454", "/members").json(&body);
        complaints.refuse(&roles.to_string(), &request, &[422], Some(place));
    }
    complaints.none();
}

#[test]
fn every_fault_of_ten_thousand_is_not_listed() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let bad = r#"{"scheme": "istat", "value": "", "valid_from": "1900-01-01"}"#;
    let many = format!("[{}{bad}]", format!("{bad},").repeat(9_999));
    complaints.refuse("10,000", &comune(&world, &with("identifiers", &many)), &[422], None);
    complaints.none();
}

#[test]
fn an_object_written_as_a_list_is_refused_by_every_operation() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let lists = [
        (
            "segretario",
            "POST",
            "/units",
            json!(["LST-1", "LST.1", "Lista", "area", null, "2025-01-01", null]),
        ),
        ("segretario", "POST", "/plans", json!(["LST-1", 2031, "standalone", "Lista"])),
        ("amministratore", "POST", "/members", json!(["LST-1", "client", "Lista", null, ["lettore"], null])),
        ("amministratore", "POST", "/members/ext:demo:integratore/secrets", json!([])),
    ];
    for (role, method, path, body) in lists {
        let request = world.call(role, method, "L454", path).json(&body);
        complaints.refuse(path, &request, &[422], None);
    }
    complaints.none();
}

#[test]
fn several_faults_are_told_at_once() {
    let world = World::new();
    let body = json!({"external_id": "", "code": "à", "name": "a\u{202e}b", "kind": "area", "valid_from": "2025-01-01", "valid_to": "2024-01-01"});
    let reply = world.call("segretario", "POST", "L454", "/units").json(&body).send();
    assert_eq!(reply.refused(422), "invalid");
    assert!(!reply.pointers().is_empty(), "{reply}");
    let body = json!({"external_id": "-", "code": "à", "name": "a\u{202e}b", "kind": "area", "valid_from": "2025-01-01", "valid_to": "2024-01-01"});
    let reply = world.call("segretario", "POST", "L454", "/units").json(&body).send();
    assert_eq!(reply.refused(422), "invalid");
    assert_eq!(reply.pointers(), ["/external_id", "/code", "/name", "/valid_to"]);
}

#[test]
fn a_name_in_any_script_is_kept_in_normal_form() {
    let world = World::new();
    let kept = |code: &str, name: &str| -> Value {
        let body = json!({"code": code, "name": name, "kind": "office", "valid_from": "2025-01-01"});
        world.call("segretario", "POST", "L454", "/units").json(&body).send().expect(201)["name"].clone()
    };
    assert_eq!(kept("N.1", "  Attivita\u{300} produttive e sport "), "Attività produttive e sport");
    assert_eq!(kept("N.2", "Ufficio 東京 Ελλάδα 👍🏽"), "Ufficio 東京 Ελλάδα 👍🏽");
    assert_eq!(kept("N.3", &"à".repeat(200)), "à".repeat(200));
    assert_eq!(kept("N.4", "'; drop table units; -- <script>"), "'; drop table units; -- <script>");
}
