//! The same writes, one on each line.

use serde_json::{Value, json};

use super::super::drafts::Draft;
use super::{keys, put, remove, statuses, titled};
use crate::world::Reply;

fn send(draft: &Draft, body: &str) -> Reply {
    draft.call("integratore", "POST", "/objectives-bulk").bytes("application/x-ndjson", body).send()
}

fn lines(items: &[Value]) -> String {
    items.iter().map(|item| format!("{item}\n")).collect()
}

#[test]
fn items_may_come_one_on_each_line() {
    let draft = Draft::new();
    let items = [
        put("ext:A", titled("Uno")),
        put("ext:A/indicators/ext:I", json!({"name": "X"})),
        put("ext:B", titled("Due")),
    ];
    assert_eq!(statuses(&send(&draft, &lines(&items)).expect(200)), [201, 201, 201]);
    let untidy = format!("\n  {}\r\n\n{}", remove("ext:A"), put("ext:C", titled("Tre")));
    assert_eq!(statuses(&send(&draft, &untidy).expect(200)), [204, 201]);
    assert_eq!(keys(&draft), ["B", "C"]);
}

#[test]
fn a_thousand_lines_are_the_most() {
    let draft = Draft::new();
    let items: Vec<Value> = (0..1001).map(|n| put(&format!("ext:OB{n}"), titled("X"))).collect();
    let refused = send(&draft, &lines(&items));
    assert_eq!((refused.refused(422).as_str(), refused.pointers()), ("invalid", vec!["/items".into()]));
    let outcome = send(&draft, &lines(&items[..1000])).expect(200);
    assert_eq!((&outcome["written"], &outcome["refused"]), (&json!(1000), &json!(0)));
}

#[test]
fn a_line_that_is_no_item_is_refused_where_it_stands() {
    let draft = Draft::new();
    let good = put("ext:A", titled("Uno")).to_string();
    for wrong in ["{\"operation\": \"put\"}", "{\"operation\": \"burn\", \"path\": \"ext:A\"}", "[]", "7"] {
        let refused = send(&draft, &format!("{good}\n{wrong}\n"));
        assert_eq!(refused.refused(422), "invalid", "{wrong}");
        assert!(refused.pointers().iter().all(|place| place.starts_with("/items/1")), "{refused}");
    }
    for wrong in ["{\"operation\": ", "nulla"] {
        let refused = send(&draft, &format!("{good}\n{wrong}\n"));
        assert_eq!(refused.refused(400), "malformed-body", "{wrong}");
    }
    let empty = send(&draft, " \n\n");
    assert_eq!((empty.refused(422).as_str(), empty.pointers()), ("invalid", vec!["/items".into()]));
    assert!(keys(&draft).is_empty());
    let undeclared =
        draft.call("integratore", "POST", "/objectives-bulk").bytes("text/plain", lines(&[])).send();
    assert_eq!(undeclared.refused(415), "unsupported-media-type");
}
