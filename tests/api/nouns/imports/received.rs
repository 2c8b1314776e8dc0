//! A file as it arrives: kept as it is, read after the answer, refused when it is no plan.

use serde_json::json;

use super::{YEAR, apply, ended, get, plan, send};
use crate::world::World;

#[test]
fn a_file_is_received_at_once_and_read_after() {
    let world = World::new();
    let sent = send(&world, &format!("{YEAR}&file_name=piano.json"), &plan(&["Uno", "Due"])).send();
    let import = sent.expect(202);
    let id = import["id"].as_str().unwrap();
    assert_eq!(sent.header("location").unwrap(), format!("{}/v1/comuni/L454/imports/{id}", world.public_url));
    assert!(sent.header("retry-after").is_some(), "{sent}");
    assert_eq!((&import["state"], &import["file_name"]), (&json!("received"), &json!("piano.json")));
    let import = ended(&world, id);
    assert_eq!(import["state"], "ready", "{import}");
    assert_eq!(import["summary"]["counts"]["objectives"], 2);
    assert_eq!(import["percent"], 100);
    let whole = get(&world, &format!("/imports/{id}"));
    assert_eq!(whole.etag(), format!("\"{}\"", import["version"]));
    let held = world
        .call("segretario", "GET", "L454", &format!("/imports/{id}"))
        .header("If-None-Match", whole.etag());
    assert_eq!(held.send().status, 304);
    let draft = get(&world, &format!("/imports/{id}/draft")).expect(200);
    assert_eq!(draft["document"]["objectives"][1]["title"], "Due");
    assert_eq!(get(&world, &format!("/imports/{id}/certificate")).expect(200)["counts"]["objectives"], 2);
    get(&world, &format!("/imports/{id}/lines?became=not_understood")).expect(200);
    get(&world, &format!("/imports/{id}/findings?state=open")).expect(200);
    let listed = get(&world, "/imports?state=ready&year=2027").expect(200);
    assert_eq!(listed["items"][0]["id"], id);
    assert!(get(&world, "/imports?year=2028").expect(200)["items"].as_array().unwrap().is_empty());
}

#[test]
fn the_file_comes_back_byte_for_byte_and_is_not_shown() {
    let world = World::new();
    let file = plan(&["Uno"]);
    let id =
        send(&world, &format!("{YEAR}&file_name=pi%C3%A0no%22.json"), &file).send().expect(202)["id"].clone();
    let path = format!("/imports/{}/source", id.as_str().unwrap());
    let reply =
        world.call("segretario", "GET", "L454", &path).header("Accept", "application/octet-stream").send();
    assert_eq!((reply.status, reply.text()), (200, file.to_string()));
    assert_eq!(reply.header("content-type"), Some("application/octet-stream"));
    assert_eq!(reply.header("content-disposition"), Some("attachment; filename*=UTF-8''pi%C3%A0no%22.json"));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
}

#[test]
fn a_form_with_a_file_is_the_file() {
    let world = World::new();
    let file = plan(&["Uno"]).to_string();
    let form = |boundary: &str, parts: &[(&str, &str)]| {
        let part = |(head, body): &(&str, &str)| {
            format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
        };
        let body = parts.iter().map(part).collect::<String>() + &format!("--{boundary}--\r\n");
        let kind = format!("multipart/form-data; boundary={boundary}");
        world.call("segretario", "POST", "L454", YEAR).bytes(&kind, body)
    };
    let named = "name=\"file\"; filename=\"piano.json\"";
    let sent = form("AbC123", &[(named, &file)]).key("k").send();
    let import = sent.expect(202);
    assert_eq!(import["file_name"], "piano.json");
    assert_eq!(ended(&world, import["id"].as_str().unwrap())["summary"]["counts"]["objectives"], 1);
    // A retry is written with a boundary of its own, and is the same file.
    let again = form("xYz", &[(named, &file)]).key("k").send();
    assert_eq!(again.header("idempotency-replayed"), Some("true"), "{again}");
    assert_eq!(again.expect(202)["id"], import["id"]);
    for (parts, pointer) in [
        (vec![("name=\"altro\"", "x")], "/file"),
        (vec![(named, file.as_str()), (named, "x")], "/file"),
        (vec![(named, "")], "/file"),
        (vec![], "/file"),
    ] {
        let reply = form("b", &parts).send();
        assert_eq!((reply.refused(422), reply.pointers()), ("invalid".to_owned(), vec![pointer.to_owned()]));
    }
}

#[test]
fn what_is_no_file_of_a_plan_is_refused_at_once() {
    let world = World::new();
    let post = |path: &str| world.call("segretario", "POST", "L454", path);
    assert_eq!(post(YEAR).bytes("text/plain", "").send().pointers(), ["/file"]);
    assert_eq!(post(YEAR).bytes("text/plain", "%PDF-1.7 ...").send().refused(415), "unsupported-media-type");
    assert_eq!(post(YEAR).bytes("text/html", "x").send().refused(415), "unsupported-media-type");
    assert_eq!(post("/imports").bytes("text/plain", "x").send().refused(400), "invalid-parameter");
    assert_eq!(post("/imports?year=1900").bytes("text/plain", "x").send().refused(400), "invalid-parameter");
    let unknown = post(&format!("{YEAR}&profile=nessuno")).bytes("text/plain", "x").send();
    assert_eq!(
        (unknown.refused(400), unknown.pointers()),
        ("invalid-parameter".to_owned(), vec!["profile".to_owned()])
    );
    assert_eq!(post(YEAR).json(&json!({"altro": 1})).send().pointers(), ["/format"]);
    let large = post(YEAR).bytes("text/plain", vec![b'x'; 20 * 1_048_576 + 1]).send();
    assert_eq!(large.refused(413), "too-large");
}

#[test]
fn what_cannot_be_read_says_why_and_is_not_applied() {
    let world = World::new();
    let broken = json!({"format": "traguardo.plan.v1", "comune": "L454", "plan": {"year": 2027}});
    let id = send(&world, YEAR, &broken).send().expect(202)["id"].as_str().unwrap().to_owned();
    let import = ended(&world, &id);
    assert_eq!(import["state"], "refused");
    assert!(!import["refusal"]["detail"].as_str().unwrap().is_empty(), "{import}");
    assert_eq!(apply(&world, &id, &json!({})).refused(409), "import-not-ready");
    assert_eq!(get(&world, &format!("/imports/{id}/draft")).refused(409), "import-not-ready");
    let path = format!("/imports/{id}");
    let settle = world.call("segretario", "PATCH", "L454", &path).if_match("*");
    let settle =
        settle.bytes("application/merge-patch+json", r#"{"settlements": [{"type": "apply_safe"}]}"#).send();
    assert_eq!(settle.refused(409), "import-not-ready");
}
