//! Small files values rest on, over HTTP.

use std::thread;

use serde_json::json;

use super::NOBODY;
use super::drafts::{Draft, TO_ITS_YEAR};
use crate::world::Reply;

const CSV: &str = "text/csv";
const PDF: &str = "application/pdf";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

fn in_its_year() -> Draft {
    let draft = Draft::new();
    draft.world.move_to("2025-02-10");
    draft.add(&json!({
        "external_id": "OB1", "title": "Pagare in tempo", "assignments": [{"external_id": "A1", "unit_code": "AREA-1"}]
    }));
    draft.walk(&TO_ITS_YEAR);
    draft
}

fn send(draft: &Draft, name: &str, media_type: &str, bytes: &[u8]) -> Reply {
    draft.call("segretario", "POST", &format!("/evidence?name={name}")).bytes(media_type, bytes).send()
}

#[test]
fn a_file_is_kept_as_it_came_and_given_back_as_an_attachment() {
    let draft = in_its_year();
    let bytes = "anno;giorni\r\n2025;-3,2\r\n".as_bytes();
    let reply = send(&draft, "estratto%20%C3%A8.csv", CSV, bytes);
    let kept = reply.expect(201);
    assert_eq!((&kept["name"], &kept["media_type"]), (&json!("estratto è.csv"), &json!(CSV)));
    assert_eq!(kept["size"], json!(bytes.len()));
    assert_eq!(kept["received_from"], json!(draft.world.member("L454", "segretario").id.0));
    let path = format!("/evidence/{}", kept["id"].as_str().unwrap());
    assert!(reply.header("Location").unwrap().ends_with(&path));
    assert_eq!(draft.get(&path).expect(200), kept);
    let content = draft.get(&format!("{path}/content"));
    assert_eq!((content.status, content.body.as_slice()), (200, bytes));
    assert_eq!(content.etag(), format!("\"{}\"", kept["digest"].as_str().unwrap()));
    let said = |name: &str| content.header(name).unwrap().to_owned();
    assert_eq!(said("Content-Disposition"), "attachment; filename*=UTF-8''estratto%20%C3%A8.csv");
    assert_eq!(
        (said("Content-Type").as_str(), said("X-Content-Type-Options").as_str()),
        ("application/octet-stream", "nosniff")
    );
    for path in [path.clone(), format!("{path}/content")] {
        let held = draft.call("lettore", "GET", &path).header("If-None-Match", content.etag()).send();
        assert_eq!((held.status, held.body.len()), (304, 0), "{path}");
    }
    let accepting = draft.call("lettore", "GET", &format!("{path}/content")).header("Accept", CSV).send();
    assert_eq!(accepting.status, 200);
    for nothing in [NOBODY, "x"] {
        assert_eq!(draft.get(&format!("/evidence/{nothing}")).refused(404), "not-found");
        assert_eq!(draft.get(&format!("/evidence/{nothing}/content")).refused(404), "not-found");
    }
}

#[test]
fn the_same_content_is_the_file_that_is_there() {
    let draft = in_its_year();
    let kept = send(&draft, "a.csv", CSV, b"a;b").expect(201);
    assert_eq!(send(&draft, "b.csv", CSV, b"a;b").expect(200), kept);
    let ids: Vec<String> = thread::scope(|scope| {
        let send = || send(&draft, "c.csv", CSV, b"c;d").json()["id"].as_str().unwrap().to_owned();
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(send)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let keyed = |name: &str, bytes: &[u8]| {
        let call = draft.call("segretario", "POST", &format!("/evidence?name={name}"));
        call.header("Idempotency-Key", "invio-1").bytes(CSV, bytes).send()
    };
    let (one, other) = (keyed("d.csv", b"e;f"), keyed("d.csv", b"e;f"));
    assert_eq!((one.expect(201), other.header("Idempotency-Replayed")), (other.expect(201), Some("true")));
    assert_eq!(keyed("d.csv", b"g;h").refused(422), "idempotency-key-reused");
}

#[test]
fn a_file_is_what_it_says_it_is() {
    let draft = in_its_year();
    for (media_type, bytes) in [
        (PDF, b"%PDF-1.7 1".as_slice()),
        ("image/png", b"\x89PNG\r\n\x1a\n2"),
        ("image/jpeg", b"\xff\xd8\xff\xe03"),
        ("text/plain", b"citt\xe0"),
        ("text/plain; charset=windows-1252", b"perch\xe9"),
        (XLSX, b"PK\x03\x04 [Content_Types].xml xl/workbook.xml"),
    ] {
        send(&draft, "prova", media_type, bytes).expect(201);
    }
    for (media_type, bytes) in [
        (PDF, b"<html>".as_slice()),
        ("image/png", b"%PDF-1.7"),
        ("image/jpeg", b"\x89PNG\r\n\x1a\n"),
        (CSV, b"a\0b"),
        ("text/plain", b"MZ\x90\0"),
        (XLSX, b"PK\x03\x04 word/document.xml"),
        (XLSX, b"xl/workbook.xml"),
        (
            "application/vnd.oasis.opendocument.text",
            b"PK\x03\x04 application/vnd.oasis.opendocument.spreadsheet",
        ),
    ] {
        let refused = send(&draft, "prova", media_type, bytes);
        assert_eq!(
            (refused.refused(422), refused.pointers()),
            ("invalid".into(), vec![String::new()]),
            "{media_type}"
        );
    }
    for media_type in
        ["text/html", "image/svg+xml", "application/octet-stream", "multipart/form-data; boundary=x", ""]
    {
        assert_eq!(
            send(&draft, "prova", media_type, b"<svg>").refused(415),
            "unsupported-media-type",
            "{media_type}"
        );
    }
}

#[test]
fn a_file_is_neither_empty_nor_large_nor_without_a_name() {
    let draft = in_its_year();
    let most = 5 * 1_048_576;
    let pdf = |length: usize| {
        let mut bytes = b"%PDF-1.7".to_vec();
        bytes.resize(length, b' ');
        bytes
    };
    send(&draft, "grande.pdf", PDF, &pdf(most)).expect(201);
    assert_eq!(send(&draft, "troppo.pdf", PDF, &pdf(most + 1)).refused(413), "too-large");
    assert_eq!(send(&draft, "vuoto.pdf", PDF, b"").refused(422), "invalid");
    let long = "x".repeat(301);
    for (query, parameter) in [
        ("", "name"),
        ("?name=", "name"),
        ("?name=%20", "name"),
        ("?name=a%00b", "name"),
        (&format!("?name={long}"), "name"),
        ("?name=a&colour=red", "colour"),
    ] {
        let refused =
            draft.call("segretario", "POST", &format!("/evidence{query}")).bytes(PDF, pdf(20)).send();
        assert_eq!(refused.refused(400), "invalid-parameter", "{query}");
        assert!(refused.pointers().iter().all(|place| place == parameter || place == "."), "{query}");
    }
}

#[test]
fn a_value_rests_on_a_file_of_its_own_plan() {
    let draft = in_its_year();
    let file = send(&draft, "a.csv", CSV, b"a;b").expect(201);
    let resting = |evidence: serde_json::Value| {
        draft.post(
            "/measurements",
            &json!({
                "subject": "ext:OB1", "period": {"from": "2025-01-01", "to": "2025-01-31"},
                "value": {"type": "done", "done": true}, "standing": "final", "evidence": [evidence]
            }),
        )
    };
    let evidence = json!({"title": "Estratto", "file": file["id"], "digest": file["digest"]});
    assert_eq!(resting(evidence.clone()).expect(201)["evidence"], json!([evidence]));
    let other = resting(json!({"title": "Estratto", "file": file["id"], "digest": "0".repeat(64)}));
    assert_eq!((other.refused(422), other.pointers()), ("invalid".into(), vec!["/evidence/0/digest".into()]));
    let nothing = resting(json!({"title": "Estratto", "file": NOBODY}));
    assert_eq!(
        (nothing.refused(422), nothing.pointers()),
        ("invalid".into(), vec!["/evidence/0/file".into()])
    );
}

#[test]
fn evidence_is_sent_by_those_who_record_while_values_are_collected() {
    let draft = in_its_year();
    let sent =
        |role: &str, bytes: &[u8]| draft.call(role, "POST", "/evidence?name=a.csv").bytes(CSV, bytes).send();
    for role in ["amministratore", "nucleo", "giunta", "revisore", "dipendente", "lettore"] {
        assert_eq!(sent(role, b"a;b").refused(403), "forbidden", "{role}");
    }
    for role in ["responsabile", "rpct", "ragioneria", "integratore"] {
        let path = format!("/evidence/{}", sent(role, role.as_bytes()).expect(201)["id"].as_str().unwrap());
        draft.call("nucleo", "GET", &path).send().expect(200);
    }
    let before = Draft::new();
    assert_eq!(send(&before, "a.csv", CSV, b"a;b").refused(409), "nothing-collected");
}
