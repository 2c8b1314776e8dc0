//! Scores checked again: by another way from their own tree, and from what is stored.

use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use super::{Scored, objective, rulebook};
use crate::world::World;

fn verification(scored: &Scored) -> Value {
    scored.draft.get("/scores/verification").expect(200)
}

#[test]
fn the_scores_of_today_come_out_again() {
    let scored = Scored::with(&[("50", Some("77.7")), ("30", None), ("20", Some("12.345678"))]);
    let told = verification(&scored);
    // The comune, its structure, three objectives with an indicator each; and the tree of the structure once more.
    assert_eq!(told["tree"], json!({"nodes": 1 + 7 + 7, "correct": true, "mismatches": []}));
    assert_eq!(
        (&told["correct"], &told["certified"], &told["plan_version"]),
        (&json!(true), &Value::Null, &json!(1))
    );
    let before = told["inputs_digest"].clone();
    scored.measure("OB2", &super::number("1"));
    assert_ne!(verification(&scored)["inputs_digest"], before);
}

#[test]
fn what_was_certified_is_computed_again_from_what_is_stored() {
    let content = rulebook(&World::new(), "/formulas/cap", json!("100"));
    let indicator = json!({"formula": "higher", "target": super::at_least("100")});
    let scored = Scored::by(Some(&content), &[objective("OB1", "100", &indicator)]);
    scored.measure("OB1", &super::number("80"));
    scored.judge("OB1", &json!({"type": "certified"}));
    scored.draft.walk(&["open_reporting"]);
    scored.draft.step("nucleo", &json!({"transition": "certify"})).expect(200);
    scored.draft.world.move_to("2026-06-01");
    let told = verification(&scored);
    let certified = &told["certified"];
    assert_eq!((&told["correct"], &certified["number"]), (&json!(true), &json!(1)));
    assert_eq!((&certified["same_inputs"], &certified["same_results"]), (&json!(true), &json!(true)));
    assert_eq!(certified["tree"], json!({"nodes": 7, "correct": true, "mismatches": []}));
    // A value altered behind everybody's back shows.
    let sql = "alter table measurements disable trigger user; \
        update measurements set content = jsonb_set(content::jsonb, '{value,figure}', '\"81\"')::json; ";
    if scored.draft.world.stored.administrator().batch_execute(sql).is_ok() {
        let told = verification(&scored);
        assert_eq!((&told["correct"], &told["certified"]["same_inputs"]), (&json!(false), &json!(false)));
        assert_eq!(told["certified"]["same_results"], false);
    }
}
