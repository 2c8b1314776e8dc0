//! Judgement beside the computed result, never over it.

use serde_json::{Value, json};

use super::{Scored, shown};

#[test]
fn of_forty_an_exogenous_half_makes_seventy_and_forty_stays() {
    let sterilised =
        |effect: &Value| json!({"type": "sterilised", "effect": effect, "cause": "Norma cambiata"});
    for (judgement, stands) in [
        (sterilised(&json!({"type": "exogenous", "percent": "50"})), "70.00"),
        (sterilised(&json!({"type": "frozen", "percent": "33.3"})), "33.30"),
        (sterilised(&json!({"type": "redistributed"})), "sterilised"),
        (json!({"type": "override", "percent": "75.5", "reason": "Il registro prova di più"}), "75.50"),
        (json!({"type": "not_evaluable", "reason": "Dati assenti"}), "not_evaluable: declared"),
        (json!({"type": "certified"}), "40.00"),
    ] {
        let scored = Scored::with(&[("100", Some("40"))]);
        assert_eq!(scored.assignment("OB1")["computed"], Value::Null);
        scored.judge("OB1", &judgement);
        let one = scored.assignment("OB1");
        assert_eq!((shown(&one["outcome"]).as_str(), shown(&one["computed"]).as_str()), (stands, "40.00"));
        let before = super::one(&scored.scores("?at=2026-02-09"), "OB1");
        assert_eq!((shown(&before["outcome"]), &before["computed"]), ("40.00".to_owned(), &Value::Null));
    }
}
