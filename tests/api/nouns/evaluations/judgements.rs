//! What is decided, with what was computed beside it.

use super::*;

/// The first objective measured at eighty in one structure, and opened.
fn opened(figure: &str) -> Draft {
    let draft = in_its_year();
    measure(&draft, "segretario", Some("ext:A1"), figure);
    open(&draft, "A1");
    draft
}

#[test]
fn another_result_stands_and_the_computed_one_stays_beside_it() {
    let draft = opened("80");
    let judgement =
        json!({"type": "override", "percent": "85.5", "reason": "Il registro ne prova due in più"});
    let decided = decide(&draft, "A1", &judgement).expect(201);
    assert_eq!((shown(&decided["computed"]), shown(&decided["outcome"])), ("80.00", "85.50"));
    assert_eq!((&decided["decision"], &decided["band"]), (&judgement, &json!("parziale")));
    let listed = draft.get("/evaluations?state=decided").expect(200)["items"][0].clone();
    assert_eq!((&listed["decision"], &listed["outcome"]), (&json!("override"), &decided["outcome"]));
    // The other structure is not judged by it, and has no value of its own.
    assert_eq!(read(&draft, "A2")["values"], json!([]));
}

#[test]
fn what_cannot_be_judged_leaves_with_its_reason() {
    let draft = opened("80");
    let judgement = json!({"type": "not_evaluable", "reason": "Il servizio non è mai partito"});
    let decided = decide(&draft, "A1", &judgement).expect(201);
    assert_eq!(decided["outcome"], json!({"why": "not_evaluable: declared"}));
    assert_eq!(shown(&decided["computed"]), "80.00");
}

#[test]
fn a_cause_nobody_answers_for_has_three_effects() {
    let effects = [
        (json!({"type": "redistributed"}), json!({"why": "sterilised"})),
        (json!({"type": "frozen", "percent": "55"}), json!({"percent": {"percent": "55", "shown": "55.00"}})),
        // Forty, and half of the sixty that are missing.
        (
            json!({"type": "exogenous", "percent": "50"}),
            json!({"percent": {"percent": "70", "shown": "70.00"}}),
        ),
    ];
    let draft = opened("40");
    for (effect, outcome) in effects {
        let judgement = json!({"type": "sterilised", "effect": effect, "code": "funds_withdrawn", "cause": "Il bando regionale è stato ritirato"});
        let decided = decide(&draft, "A1", &judgement).expect(201);
        assert_eq!((shown(&decided["computed"]), &decided["outcome"]), ("40.00", &outcome));
        assert_eq!(decided["decision"], judgement);
        step(&draft, "nucleo", "A1", &json!({"type": "reopen", "reason": "Si riprova"})).expect(201);
    }
}

#[test]
fn a_decision_that_is_none_is_told_fault_by_fault() {
    let draft = opened("80");
    let faults = |judgement: Value| {
        let refused = decide(&draft, "A1", &judgement);
        assert_eq!(refused.refused(422), "invalid", "{judgement}");
        refused.pointers()
    };
    let effect =
        |effect: Value| json!({"type": "sterilised", "effect": effect, "code": "other", "cause": "x"});
    assert_eq!(faults(json!({"type": "override"})), ["/judgement/percent", "/judgement/reason"]);
    assert_eq!(
        faults(json!({"type": "override", "percent": "100.5", "reason": "x"})),
        ["/judgement/percent"]
    );
    assert_eq!(faults(json!({"type": "override", "percent": "-1", "reason": "x"})), ["/judgement/percent"]);
    assert_eq!(faults(json!({"type": "certified", "percent": "90"})), ["/judgement/percent"]);
    assert_eq!(faults(json!({"type": "not_evaluable"})), ["/judgement/reason"]);
    assert_eq!(
        faults(json!({"type": "sterilised"})),
        ["/judgement/cause", "/judgement/effect", "/judgement/code"]
    );
    assert_eq!(faults(effect(json!({"type": "frozen"}))), ["/judgement/effect/percent"]);
    assert_eq!(faults(effect(json!({"type": "exogenous", "percent": "101"}))), ["/judgement/effect/percent"]);
    assert_eq!(
        faults(effect(json!({"type": "redistributed", "percent": "1"}))),
        ["/judgement/effect/percent"]
    );
    let faults = |body: Value| step(&draft, "nucleo", "A1", &body).pointers();
    assert_eq!(faults(json!({"type": "decide"})), ["/judgement"]);
    assert_eq!(faults(json!({"type": "ask_evidence"})), ["/words"]);
    assert_eq!(faults(json!({"type": "reopen", "words": "x"})), ["/words", "/reason"]);
    assert_eq!(faults(json!({"type": "open", "note": "x"})), ["/note"]);
    assert_eq!(read(&draft, "A1")["state"], "open", "nothing was done");
}

#[test]
fn the_cap_of_the_rulebook_is_the_most_that_may_be_decided() {
    let mut own = three_levels();
    own["formulas"]["cap"] = json!("110");
    let draft = in_its_year_by(Some(&own));
    open(&draft, "A1");
    let judgement =
        |percent: &str| json!({"type": "override", "percent": percent, "reason": "Oltre l'atteso"});
    assert_eq!(decide(&draft, "A1", &judgement("110.01")).pointers(), ["/judgement/percent"]);
    assert_eq!(shown(&decide(&draft, "A1", &judgement("110")).expect(201)["outcome"]), "110.00");
}

#[test]
fn what_a_head_asks_stays_beside_what_is_decided() {
    let draft = opened("40");
    let proposal = json!({"type": "sterilised", "effect": {"type": "exogenous", "percent": "80"}, "code": "law_changed"});
    let asked = json!({"words": "La norma è cambiata a giugno", "proposal": proposal});
    let answered = answer(&draft, "responsabile", "A1", &asked).expect(201);
    assert_eq!(answered["steps"][1]["answer"], with(&asked, &json!({})));
    assert_eq!(shown(&answered["outcome"]), "40.00", "asking decides nothing");
    let other = json!({"type": "override", "percent": "60", "reason": "Riconosciuta in parte"});
    let decided = decide(&draft, "A1", &other).expect(201);
    assert_eq!((&decided["decision"], &decided["steps"][1]["answer"]["proposal"]), (&other, &proposal));
    step(&draft, "nucleo", "A1", &json!({"type": "reopen", "reason": "Si riprova"})).expect(201);
    for (proposal, pointer) in [
        (json!({"type": "override", "percent": "101"}), "/proposal/percent"),
        (json!({"type": "sterilised", "code": "other"}), "/proposal/effect"),
        (json!({"type": "not_evaluable", "code": "other"}), "/proposal/code"),
    ] {
        let refused = answer(&draft, "responsabile", "A1", &json!({"words": "x", "proposal": proposal}));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec![pointer.to_owned()])
        );
    }
    let file = json!({"words": "x", "evidence": [{"title": "File", "file": super::super::NOBODY}]});
    assert_eq!(answer(&draft, "responsabile", "A1", &file).pointers(), ["/evidence/0/file"]);
}
