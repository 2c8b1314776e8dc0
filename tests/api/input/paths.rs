//! Paths that name nothing: 404 whatever they are made of.

use super::Complaints;
use crate::world::{Socket, World};

#[test]
fn a_path_that_names_nothing_is_not_found() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let token = world.token("L454", "segretario");
    let long = "x".repeat(10_000);
    let names = [
        "x",
        "0193a5c0",
        "0193a5c0-0000-7000-8000-00000000000z",
        "0193a5c0-0000-7000-8000-000000000004",
        "ext:",
        "ext:%20",
        "ext:-a",
        "ext:a%2Fb",
        "ext:..%2F..%2Fetc%2Fpasswd",
        "ext:a%00",
        "ext:%ff",
        "ext:è",
        "ext:%C3%A8",
        "ext:a'b",
        "ext:a;b",
        "ext:%25",
        "ext:a%0d%0ab",
        "%2e%2e",
        "EXT:demo:area-1",
        "..;",
        "null",
        "%E2%80%8B",
        &long,
    ];
    for kind in ["units", "members", "plans"] {
        for name in names {
            let path: String = encoded(&format!("/v1/comuni/L454/{kind}/{name}"));
            let case: String = path.chars().take(80).collect();
            complaints.refuse(&case, &world.anonymous("GET", &path).token(&token), &[404], None);
        }
    }
    for comune in
        ["l454", "L45", "L4540", "L454%20", "%4C454%00", "Z999", "L%2F54", "..", "*", "L454;", "Lò54", "999"]
    {
        let path = encoded(&format!("/v1/comuni/{comune}/units"));
        complaints.refuse(&path, &world.anonymous("GET", &path).token(&token), &[404], None);
    }
    for path in [
        "/v1/comuni/L454/units/",
        "/v1//comuni",
        "/v1/comuni/L454//units",
        "/V1/comuni",
        "/v2/comuni",
        "/v1",
        "/v1/",
        "/v1/unità",
        "/.git/config",
        "/v1/../v1/x",
        "/%2e%2e/etc/passwd",
    ] {
        let path = encoded(path);
        complaints.refuse(&path, &world.anonymous("GET", &path).token(&token), &[404], None);
    }
    complaints.none();
}

#[test]
fn a_name_written_in_percents_is_the_same_name() {
    let world = World::new();
    let plain = world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").send().expect(200);
    for name in ["ext%3Ademo%3Aarea-1", "%65xt:demo:are%61-1"] {
        let read = world.call("lettore", "GET", "L454", &format!("/units/{name}")).send();
        assert_eq!(read.expect(200), plain, "{name}");
    }
}

#[test]
fn a_path_no_library_sends_is_refused_without_harm() {
    let world = World::new();
    for target in [
        "/v1/units/%zz",
        "/v1/comuni/L454/units/\u{e8}",
        "/../../etc/passwd",
        "//v1/status",
        "http://other.example/v1/none",
        "*",
        "/v1/comuni/%",
        "/\\..\\x",
    ] {
        let mut socket = Socket::open(&world);
        socket.send(format!("GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        let heard = socket.hear("", std::time::Duration::from_secs(5));
        assert!((400..500).contains(&heard.status()), "{target}: {heard:?}");
    }
    world.anonymous("GET", "/v1/status").send().expect(200);
}

/// Letters beyond ASCII as percents, which every client library does by itself.
fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
