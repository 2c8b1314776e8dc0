//! Queries nobody should ask: each fault names its parameter.

use serde_json::json;

use super::Complaints;
use crate::world::World;

const LISTS: [(&str, &str); 5] = [
    ("/v1/comuni", "platform_admin"),
    ("/v1/comuni/L454/units", "segretario"),
    ("/v1/comuni/L454/members", "segretario"),
    ("/v1/comuni/L454/plans", "segretario"),
    ("/v1/comuni/L454/audit", "segretario"),
];

fn tenant(role: &str) -> &'static str {
    if role == "platform_admin" { "Z000" } else { "L454" }
}

#[test]
fn a_wrong_query_of_any_list_is_refused_at_its_parameter() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let long = format!("cursor={}", "x".repeat(10_000));
    let unknown_long = format!("{}=1", "x".repeat(10_000));
    let cases = [
        ("limti=3", Some("limti")),
        ("limit=3&limit=3", Some("limit")),
        ("limit=0", Some("limit")),
        ("limit=201", Some("limit")),
        ("limit=-1", Some("limit")),
        ("limit=1e9", Some("limit")),
        ("limit=x", Some("limit")),
        ("limit=", Some("limit")),
        ("limit=%31%00", Some("limit")),
        ("limit=99999999999999999999", Some("limit")),
        ("limit[]=1", Some("limit[]")),
        ("LIMIT=1", Some("LIMIT")),
        ("limit=1&sort=secret", None),
        ("cursor=", None),
        ("cursor=x", None),
        ("cursor=%00", None),
        ("cursor=%zz", None),
        ("cursor=%ff", None),
        ("cursor=bm90IGpzb24", None),
        ("cursor=e30", None),
        (&long, None),
        (&unknown_long, None),
        ("%00=1", None),
        ("%zz", None),
        ("%ff=%ff", None),
        ("=", None),
        ("kind=%00&colour=red", None),
        ("' or 1=1 --", None),
    ];
    for (path, role) in LISTS {
        let token = world.token(tenant(role), role);
        for (query, place) in cases {
            let query = query.replace(' ', "%20").replace('\'', "%27");
            let case: String = format!("{path}?{query}").chars().take(100).collect();
            let request = world.anonymous("GET", &format!("{path}?{query}")).token(&token);
            complaints.refuse(&case, &request, &[400], place);
        }
    }
    complaints.none();
}

#[test]
fn a_wrong_filter_is_refused_at_its_parameter() {
    let world = World::new();
    let mut complaints = Complaints::default();
    for (list, parameter, values) in [
        ("/units", "kind", vec!["x", "", "AREA", "%00", "area,office"]),
        ("/units", "parent", vec!["x", "", "ext:demo:area-1", "%00"]),
        (
            "/units",
            "on",
            vec![
                "x",
                "",
                "2025-02-30",
                "31.06.2024",
                "-262143-01-01",
                "+262142-12-31",
                "0001-01-01",
                "9999-12-31",
                "infinity",
                "now",
                "2025",
            ],
        ),
        ("/units", "sort", vec!["", "x", "code,name", "%2Dcode%00", "code%20desc"]),
        ("/members", "role", vec!["sindaco", ""]),
        ("/members", "revoked", vec!["", "1", "TRUE", "si"]),
        ("/members", "unit", vec!["x", "%00"]),
        ("/plans", "year", vec!["x", "", "0", "-1", "2008", "2101", "99999", "1e3", "2025.0", "2147483648"]),
        ("/plans", "kind", vec!["x", "piao"]),
        ("/audit", "object", vec!["x", "%00"]),
        ("/audit", "member", vec!["x"]),
        ("/audit", "object_id", vec!["%00"]),
    ] {
        for value in values {
            let path = format!("{list}?{parameter}={value}");
            complaints.refuse(
                &path,
                &world.call("segretario", "GET", "L454", &path),
                &[400],
                Some(parameter),
            );
        }
    }
    for (parameter, value) in [("province", "mi"), ("province", "MIL"), ("region", "3"), ("region", "x%00")] {
        let path = format!("/v1/comuni?{parameter}={value}");
        complaints.refuse(&path, &world.platform("platform_admin", "GET", &path), &[400], Some(parameter));
    }
    complaints.refuse(
        "identity",
        &world.platform("platform_admin", "GET", "/v1/identity?a=1"),
        &[400],
        Some("a"),
    );
    complaints.refuse(
        "read",
        &world.call("lettore", "GET", "L454", "/units/ext:demo:area-1?a=1"),
        &[400],
        Some("a"),
    );
    complaints.none();
}

#[test]
fn a_cursor_of_another_list_order_or_hand_is_refused() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let read = |path: &str| world.call("segretario", "GET", "L454", path);
    let page = read("/units?limit=1").send().expect(200);
    let cursor = page["next_cursor"].as_str().unwrap().to_owned();
    let next = read(&format!("/units?limit=1&cursor={cursor}")).send().expect(200);
    assert_ne!(next["items"], page["items"]);
    for path in ["/units?sort=-code&", "/units?sort=name&", "/members?", "/plans?", "/audit?"] {
        complaints.refuse(path, &read(&format!("{path}cursor={cursor}")), &[400], None);
    }
    for wire in [
        json!({"l": "units:code", "k": "a", "i": "not an id"}),
        json!({"l": "units:code", "k": "a\u{0}", "i": "0193a5c0-0000-7000-8000-000000000004"}),
        json!({"l": "units:code", "k": 1, "i": 1}),
        json!({"l": "units:code", "k": "a"}),
        json!({"l": "units:code", "k": "a", "i": "0193a5c0-0000-7000-8000-000000000004", "x": 1}),
    ] {
        complaints.refuse(
            &wire.to_string(),
            &read(&format!("/units?cursor={}", encoded(&wire.to_string()))),
            &[400],
            None,
        );
    }
    for key in ["99999", "x", "-1e3"] {
        let wire =
            json!({"l": "plans:-year", "k": key, "i": "0193a5c0-0000-7000-8000-000000000004"}).to_string();
        complaints.refuse(key, &read(&format!("/plans?cursor={}", encoded(&wire))), &[400], None);
        let wire = json!({"l": "audit", "k": format!("{key}9999999999999999999"), "i": "a"}).to_string();
        complaints.refuse(key, &read(&format!("/audit?cursor={}", encoded(&wire))), &[400], None);
    }
    complaints.none();
    // A cursor forged over text that sorts anywhere shows what the list would show, and nothing else.
    let wire = json!({"l": "units:code", "k": "' or true --", "i": "0193a5c0-0000-7000-8000-000000000004"});
    let forged = read(&format!("/units?cursor={}", encoded(&wire.to_string()))).send().expect(200);
    assert!(forged["items"].as_array().unwrap().len() <= 4, "{forged}");
}

fn encoded(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}
