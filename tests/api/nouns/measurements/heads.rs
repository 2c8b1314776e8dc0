//! Heads of structure record for what is assigned to their own, and to those below.

use serde_json::{Value, json};

use super::{Draft, delay, in_its_year, with};
use crate::world::Reply;

fn as_head(draft: &Draft, measurement: &Value) -> Reply {
    draft.call("responsabile", "POST", "/measurements").json(measurement).send()
}

#[test]
fn a_head_records_for_its_own_assignments_alone() {
    let draft = in_its_year();
    as_head(&draft, &delay("1")).expect(201);
    for members in [json!({"assignment": "ext:A2"}), json!({"assignment": null})] {
        let refused = as_head(&draft, &with(&delay("1"), &members));
        assert_eq!(refused.refused(403), "outside-your-unit", "{members}");
    }
    let whole = json!({"subject": "ext:OB2/indicators/ext:I1", "assignment": null});
    as_head(&draft, &with(&delay("1"), &whole)).expect(201);
}

#[test]
fn a_head_cannot_correct_what_is_of_another() {
    let draft = in_its_year();
    let of_all = with(&delay("1"), &json!({"assignment": null, "external_id": "TUTTI"}));
    super::record(&draft, &of_all).expect(201);
    let refused = as_head(&draft, &with(&of_all, &json!({"external_id": null, "supersedes": "ext:TUTTI"})));
    assert_eq!(refused.refused(403), "outside-your-unit");
    let own = as_head(&draft, &with(&delay("2"), &json!({"supersedes": "ext:TUTTI"})));
    assert_eq!((own.refused(422).as_str(), own.pointers()), ("invalid", vec!["/supersedes".to_owned()]));
}

#[test]
fn what_is_of_others_is_refused_inside_a_bulk() {
    let draft = in_its_year();
    let items = [delay("1"), with(&delay("1"), &json!({"assignment": "ext:A2"}))];
    let send = |query: &str| {
        let call = draft.call("responsabile", "POST", &format!("/measurements-bulk{query}"));
        call.json(&json!({ "items": items })).send()
    };
    let refused = send("");
    assert_eq!((refused.refused(422), refused.pointers()), ("bulk-refused".into(), vec!["/items/1".into()]));
    let outcome = send("?mode=partial").expect(200);
    assert_eq!(outcome["items"][1]["problem"]["type"], "/problems/outside-your-unit");
    assert_eq!((&outcome["items"][0]["status"], &outcome["items"][1]["status"]), (&json!(201), &json!(403)));
}
