//! Bodies that are not JSON at all, or not JSON objects, against every operation that takes one.

use super::Complaints;
use super::operations::with_json;
use crate::world::World;

fn deep(open: &str, close: &str, times: usize) -> Vec<u8> {
    format!("{}{}", open.repeat(times), close.repeat(times)).into_bytes()
}

/// What no operation can read, whatever it expects.
fn unreadable() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("empty", Vec::new()),
        ("blank", text(" \n\t")),
        ("truncated", text("{\"code\": \"a")),
        ("bare word", text("null0")),
        ("single quotes", text("{'code': 'a'}")),
        ("trailing comma", text("{\"code\": \"a\",}")),
        ("comment", text("{/* */}")),
        ("NaN", text("{\"code\": NaN}")),
        ("byte order mark", b"\xef\xbb\xbf{}".to_vec()),
        ("UTF-16", b"{\0}\0".to_vec()),
        ("invalid UTF-8 in a name", b"{\"co\xffde\": 1}".to_vec()),
        ("NUL", b"\0".to_vec()),
        ("two values", text("{} {}")),
        ("form", text("code=a&name=b")),
        ("XML", text("<code>a</code>")),
        ("open for ever", deep("[", "", 100_000)),
    ]
}

/// What is JSON, or nearly, and never an object of a known shape.
pub(super) fn unfit() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("null", text("null")),
        ("true", text("true")),
        ("number", text("1")),
        ("text", text("\"x\"")),
        ("array", text("[]")),
        ("array of an object", text("[{}]")),
        ("array of 10,000", format!("[{}0]", "0,".repeat(9_999)).into_bytes()),
        ("1,000 deep arrays", deep("[", "]", 1_000)),
        ("1,000 deep objects", format!("{}1{}", "{\"a\":".repeat(1_000), "}".repeat(1_000)).into_bytes()),
        (
            "100,000 deep objects",
            format!("{}1{}", "{\"a\":".repeat(100_000), "}".repeat(100_000)).into_bytes(),
        ),
        (
            "1,000 deep in an unknown member",
            format!("{{\"x\": {}1{}}}", "[".repeat(1_000), "]".repeat(1_000)).into_bytes(),
        ),
        (
            "50,000 unknown members",
            format!("{{{}\"z\": 1}}", (0..50_000).map(|n| format!("\"a{n}\":1,")).collect::<String>())
                .into_bytes(),
        ),
        ("an unknown member of 100,000 letters", format!("{{\"{}\": 1}}", "x".repeat(100_000)).into_bytes()),
        ("the pollution of a prototype", text("{\"__proto__\": {\"admin\": true}}")),
    ]
}

#[test]
fn a_body_that_is_not_a_json_object_is_refused_by_every_operation() {
    let world = World::new();
    let mut complaints = Complaints::default();
    for operation in with_json(&world) {
        for (case, bytes) in unreadable() {
            let case = format!("{} {case}", operation.name);
            complaints.refuse(&case, &operation.with(&world, bytes), &[400], None);
        }
        for (case, bytes) in unfit().into_iter().filter(|_| operation.reads_members()) {
            let case = format!("{} {case}", operation.name);
            complaints.refuse(&case, &operation.with(&world, bytes), &[400, 422], None);
        }
        let more = format!("{} x", operation.body);
        complaints.refuse(
            &format!("{} text after", operation.name),
            &operation.with(&world, more),
            &[400],
            None,
        );
    }
    complaints.none();
}

#[test]
fn a_body_of_the_wrong_type_or_compressed_is_refused_by_every_operation() {
    let world = World::new();
    let mut complaints = Complaints::default();
    for operation in with_json(&world) {
        let body = operation.body.to_string();
        for content_type in [
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=latin1",
            "application/json; charset=\"utf-16\"",
            "application/jsonx",
            "*/*",
            "",
        ] {
            let request = operation.bare(&world).bytes(content_type, body.as_bytes());
            complaints.refuse(&format!("{} as {content_type:?}", operation.name), &request, &[415], None);
        }
        complaints.refuse(
            &format!("{} without a body", operation.name),
            &operation.bare(&world),
            &[415],
            None,
        );
        for encoding in ["gzip", "zstd", "br", "deflate", "GZIP", "identity, gzip", "x"] {
            let request = operation.with(&world, body.as_bytes()).header("Content-Encoding", encoding);
            complaints.refuse(&format!("{} as {encoding}", operation.name), &request, &[415], None);
        }
    }
    complaints.none();
}

#[test]
fn a_body_on_a_read_changes_nothing() {
    let world = World::new();
    let read = world.call("lettore", "GET", "L454", "/units/ext:demo:area-1");
    let plain = read.send().expect(200);
    assert_eq!(read.clone().bytes("application/json", "{").send().expect(200), plain);
    let packed = read.bytes("application/json", "{").header("Content-Encoding", "gzip").send();
    assert_eq!(packed.refused(415), "unsupported-media-type");
}

#[test]
fn the_token_endpoint_reads_forms_and_nothing_else() {
    let world = World::new();
    let mut complaints = Complaints::default();
    let post = || world.anonymous("POST", "/v1/oauth/token");
    let form = |body: &[u8]| post().bytes("application/x-www-form-urlencoded", body);
    let json = post().bytes("application/json", "{\"grant_type\": \"client_credentials\"}");
    complaints.refuse("JSON", &json, &[415], None);
    for body in [
        &b""[..],
        b"grant_type=password&username=a&password=b",
        b"grant_type=client_credentials",
        b"grant_type=client_credentials&client_id=a&client_id=b&client_secret=c",
        b"grant_type=client_credentials&client_id=a&client_secret=b&colour=red",
        b"\0\xff%zz&&==",
    ] {
        complaints.refuse(&String::from_utf8_lossy(body), &form(body), &[400], None);
    }
    for client in ["a", "L454.x", "L454.0193a5c0-0000-7000-8000-000000000003", "%00", "%FF", "l454."] {
        let body = format!("grant_type=client_credentials&client_id={client}&client_secret={client}");
        complaints.refuse(&client.chars().take(40).collect::<String>(), &form(body.as_bytes()), &[401], None);
    }
    let long = "x".repeat(100_000);
    let body = format!("grant_type=client_credentials&client_id={long}&client_secret={long}");
    complaints.refuse("longer than any client id", &form(body.as_bytes()), &[400], None);
    complaints.refuse("huge", &form(&vec![b'a'; 2_000_000]), &[413], None);
    complaints.none();
}
