//! The report and the results, from the year to the validation.

use serde_json::json;

use super::*;
use crate::nouns::drafts::{TO_ITS_YEAR, percent};

/// Three levels, as the program brings them.
fn three_levels() -> Value {
    let rulebook = traguardo_domain::rulebook::shipped(traguardo_domain::rulebook::Shipped::ThreeLevels);
    serde_json::to_value(rulebook.unwrap()).unwrap()
}

/// A plan in its year with one objective, measured.
fn measured() -> Draft {
    let draft = Draft::new();
    draft.world.move_to("2025-02-10");
    let rulebook = draft.world.call("segretario", "PUT", "L454", "/rulebooks/2025");
    rulebook.json(&three_levels()).send().expect(201);
    draft.add(&json!({
        "external_id": "OB1", "title": "Ridurre le attese",
        "assignments": [{"external_id": "A1", "unit_code": "AREA-1.2", "weight": percent("100"), "responsible": "Responsabile"}],
        "indicators": [{"external_id": "I1", "name": "Pratiche evase", "target":
            {"value": {"type": "bound", "comparison": "at_least", "figure": "100", "measure": "number"}}}]
    }));
    draft.walk(&TO_ITS_YEAR);
    draft.world.move_to("2026-01-20");
    let value = json!({
        "subject": "ext:OB1/indicators/ext:I1", "period": {"from": "2025-01-01", "to": "2025-12-31"},
        "value": {"type": "number", "figure": "80"}, "standing": "final"
    });
    draft.call("segretario", "POST", "/measurements").json(&value).send().expect(201);
    draft
}

/// The steps from the year to the closing, each with whether the report is public after it.
fn steps() -> [(&'static str, Value, bool); 5] {
    let act = |kind: &str| json!({"kind": kind, "number": "71", "date": "2026-06-10"});
    [
        ("segretario", json!({"transition": "open_reporting"}), false),
        ("nucleo", json!({"transition": "certify"}), false),
        ("giunta", json!({"transition": "adopt_report", "act": act("giunta_resolution")}), false),
        ("nucleo", json!({"transition": "validate_report", "act": act("evaluation_opinion")}), true),
        ("segretario", json!({"transition": "close"}), true),
    ]
}

#[test]
fn the_report_is_nobodys_before_it_is_validated_and_everybodys_byte_for_byte_after() {
    let draft = measured();
    let plan = id_of(&draft);
    let [_, header, _, results, report] = paths(&plan);
    let certified = json!({"all_open": true});
    draft.call("nucleo", "POST", "/certifications").json(&certified).send().expect(200);
    for (role, step, public) in steps() {
        if step["transition"] == "close" {
            draft.world.move_to("2026-12-31");
        }
        let nowhere = paths(NOBODY);
        for (there, nowhere) in [(&results, &nowhere[3]), (&report, &nowhere[4])] {
            let told = read(&draft.world, there);
            if step["transition"] != "close" {
                assert_eq!(difference(&told, &read(&draft.world, nowhere)), None, "before {step}");
            }
        }
        let reply = draft.step(role, &step);
        assert_eq!(reply.status, 200, "{reply}");
        let statuses = [&report, &results].map(|path| read(&draft.world, path).status);
        assert_eq!(statuses, if public { [200, 200] } else { [404, 404] }, "after {step}");
        let link = &read(&draft.world, &header).expect(200)["_links"]["report"];
        assert_eq!(link.is_string(), public, "after {step}");
    }
    let adopted = draft.get("/report").expect(200);
    let told = read(&draft.world, &report);
    assert_eq!(told.expect(200), adopted["report"]);
    let digest = adopted["adopted"]["digest"].as_str().unwrap();
    assert_eq!(traguardo_domain::digest::Digest::of(&told.body).to_string(), digest);
    assert_eq!(told.etag(), format!("\"{digest}\""));
    let again =
        draft.world.anonymous("GET", &format!("/v1/public{report}")).header("If-None-Match", told.etag());
    assert_eq!(again.send().status, 304);
    the_results_are_those_of_the_report(&draft, &results, &adopted["report"], digest);
}

fn the_results_are_those_of_the_report(draft: &Draft, path: &str, report: &Value, digest: &str) {
    let reply = read(&draft.world, path);
    let results = reply.expect(200);
    assert_eq!(results["certified"]["report_digest"], digest);
    assert_eq!(results["certified"]["comune"]["percent"], report["result"]["shown"]);
    assert_eq!(results["certified"]["comune"]["band"], report["result"]["band"]);
    let unit = &results["certified"]["units"][0];
    assert_eq!((&unit["name"], &unit["outcome"]["percent"]), (&report["units"][0]["name"], &json!("80.00")));
    // Nothing was let be shown to everybody: what was published for comparison is not told, nor that it was.
    assert_eq!((&results["facts"], results.get("publication")), (&json!([]), None));
    assert!(!reply.text().contains("Responsabile"), "{reply}");
    let again = draft.world.anonymous("GET", &format!("/v1/public{path}"));
    assert_eq!(again.header("If-None-Match", reply.etag()).send().status, 304);
}
