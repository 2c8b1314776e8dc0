//! The steps of a sheet: whose they are, when they can be made, what they leave.

use serde_json::{Value, json};
use uuid::Uuid;

use super::super::*;
use super::{content, figure, whole};
use crate::period::Year;

const PERSON: MemberId = MemberId(Uuid::from_u128(1));
const EVALUATOR: MemberId = MemberId(Uuid::from_u128(2));
const BODY: MemberId = MemberId(Uuid::from_u128(3));
const STRANGER: MemberId = MemberId(Uuid::from_u128(4));

fn subject(person: MemberId) -> Subject {
    Subject { plan: PlanId(Uuid::from_u128(9)), year: Year::parse(2025).unwrap(), person }
}

fn ids() -> NewIds {
    NewIds { id: SheetId(Uuid::from_u128(7)), salt: Uuid::from_u128(8) }
}

fn draft() -> Sheet {
    Sheet::draft(ids(), subject(PERSON), EVALUATOR, content(whole())).unwrap()
}

fn made(kind: &str, by: MemberId, on: &str) -> Made {
    let made: Value = match kind {
        "object" => json!({"type": "object", "reason": "I comportamenti valgono di più"}),
        "confirm" => json!({"type": "answer", "reason": "Il giudizio è motivato"}),
        "change" => {
            json!({"type": "answer", "reason": "Accolta", "changes": [{"code": "B1", "points": "5"}, {"code": "STR", "points": "100"}]})
        }
        other => json!({"type": other}),
    };
    serde_json::from_value(json!({"move": made, "at": format!("{on}T09:00:00Z"), "by": by.0})).unwrap()
}

/// The sheet after a step, by whom the member is to it.
fn step(sheet: &Sheet, kind: &str, by: MemberId, on: &str) -> Result<Sheet, SheetRefusal> {
    sheet.step(made(kind, by, on), sheet.standing(by, by == BODY))
}

fn shared() -> Sheet {
    step(&draft(), "share", EVALUATOR, "2026-03-01").unwrap()
}

#[test]
fn nobody_evaluates_himself() {
    let refused = Sheet::draft(ids(), subject(EVALUATOR), EVALUATOR, content(whole())).unwrap_err();
    assert!(matches!(refused, Violation::Invalid(faults) if faults[0].pointer == "/person"));
    // Nor does whoever is both the person and in the body: everything but one's own answer is others'.
    let sheet = step(&shared(), "object", PERSON, "2026-03-02").unwrap();
    let both = Standing { person: true, evaluator: false, body: true };
    for kind in ["share", "confirm", "change", "finish"] {
        assert_eq!(sheet.step(made(kind, PERSON, "2026-03-03"), both), Err(SheetRefusal::NotYours), "{kind}");
    }
}

#[test]
fn each_move_is_of_whom_it_is() {
    let objected = step(&shared(), "object", PERSON, "2026-03-02").unwrap();
    let accepted = step(&shared(), "accept", PERSON, "2026-03-02").unwrap();
    for (sheet, kind, whose) in [
        (draft(), "share", vec![EVALUATOR]),
        (shared(), "accept", vec![PERSON]),
        (shared(), "object", vec![PERSON]),
        (objected, "confirm", vec![EVALUATOR, BODY]),
        (accepted, "finish", vec![EVALUATOR, BODY]),
    ] {
        for member in [PERSON, EVALUATOR, BODY, STRANGER] {
            let outcome = step(&sheet, kind, member, "2026-03-03");
            assert_eq!(outcome.is_ok(), whose.contains(&member), "{kind} {member:?}: {outcome:?}");
        }
    }
}

#[test]
fn the_person_answers_until_the_last_day_of_the_term_and_not_after() {
    let sheet = shared();
    let until = "2026-03-16".parse().unwrap();
    assert_eq!(sheet.term(), Some(until));
    for kind in ["accept", "object"] {
        assert!(step(&sheet, kind, PERSON, "2026-03-16").is_ok());
        assert_eq!(step(&sheet, kind, PERSON, "2026-03-17"), Err(SheetRefusal::TermOver { until }));
    }
    assert_eq!(step(&sheet, "finish", EVALUATOR, "2026-03-16"), Err(SheetRefusal::TermRunning { until }));
    let lapsed = step(&sheet, "finish", EVALUATOR, "2026-03-17").unwrap();
    assert_eq!(lapsed.state(), SheetState::Final);
    assert!(lapsed.finished_at.is_some());
    assert_eq!(draft().term(), None);
}

#[test]
fn the_last_day_ends_at_midnight_of_rome() {
    let late = |at: &str| Made { at: at.parse().unwrap(), ..made("object", PERSON, "2026-03-16") };
    let sheet = shared();
    let who = sheet.standing(PERSON, false);
    assert!(sheet.step(late("2026-03-16T22:59:59Z"), who).is_ok());
    assert!(sheet.step(late("2026-03-16T23:00:00Z"), who).is_err());
}

#[test]
fn an_answer_keeps_both_what_was_said_and_what_changes() {
    let objected = step(&shared(), "object", PERSON, "2026-03-02").unwrap();
    let confirmed = step(&objected, "confirm", BODY, "2026-03-05").unwrap();
    assert_eq!(confirmed.current(), confirmed.content);
    let changed = step(&objected, "change", EVALUATOR, "2026-03-05").unwrap();
    assert_eq!(changed.content, objected.content, "what was shared stays");
    let (before, after) = (changed.content.reckon().unwrap(), changed.current().reckon().unwrap());
    assert_eq!(before.total.to_string(), "87.021428571429");
    // Behaviours (60 * 4 + 40 * 4) / 400 = 100%, structure 100%: 13.5 + 45 + 6.7 + 25 + 2.5.
    assert_eq!(after.total.to_string(), "92.7");
    let last = step(&changed, "finish", BODY, "2026-03-06").unwrap();
    assert_eq!(last.rated().unwrap().total, after.total);
    assert_eq!((changed.rated(), last.version.number()), (None, 5));
}

#[test]
fn points_change_only_where_there_are_points_of_their_own() {
    let objected = step(&shared(), "object", PERSON, "2026-03-02").unwrap();
    let answer = |changes: &[(&str, &str)]| {
        let changes = changes.iter().map(|(code, points)| Change {
            code: crate::text::Code::parse(code).unwrap(),
            points: figure(points),
        });
        let made = Move::Answer {
            reason: crate::said::Words::parse("Accolta").unwrap(),
            changes: changes.collect(),
        };
        let step = Made { made, at: "2026-03-05T09:00:00Z".parse().unwrap(), by: EVALUATOR.0 };
        objected.step(step, objected.standing(EVALUATOR, false))
    };
    let places = |outcome: Result<Sheet, SheetRefusal>| match outcome {
        Err(SheetRefusal::Changes(faults)) => {
            faults.into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(
        places(answer(&[("NULLA", "1"), ("COMP", "50"), ("B1", "6"), ("ENTE", "101")])),
        ["/changes/0", "/changes/1", "/changes/2", "/changes/3",]
    );
    assert_eq!(places(answer(&[("B1", "5"), ("B1", "4")])), ["/changes/1/code"]);
}

#[test]
fn a_sheet_is_shared_whole_and_written_only_as_a_draft() {
    let mut bare = whole();
    bare["components"][0].as_object_mut().unwrap().remove("points");
    let sheet = Sheet::draft(ids(), subject(PERSON), EVALUATOR, content(bare)).unwrap();
    assert!(
        matches!(step(&sheet, "share", EVALUATOR, "2026-03-01"), Err(SheetRefusal::Incomplete(codes)) if codes.len() == 1)
    );
    let who = sheet.standing(EVALUATOR, false);
    let filled = sheet.change(content(whole()), who).unwrap();
    assert_eq!(filled.version.number(), 2);
    let shared = step(&filled, "share", EVALUATOR, "2026-03-01").unwrap();
    let refused = shared.change(content(whole()), who).unwrap_err();
    assert_eq!(refused, Violation::SheetRefused(SheetRefusal::NotFromHere(SheetState::Shared)));
    for member in [PERSON, BODY, STRANGER] {
        let refused = filled.change(content(whole()), filled.standing(member, member == BODY)).unwrap_err();
        assert_eq!(refused, Violation::SheetRefused(SheetRefusal::NotYours));
    }
}

#[test]
fn what_is_final_stays_and_pays_only_after_validation() {
    let accepted = step(&shared(), "accept", PERSON, "2026-03-02").unwrap();
    let last = step(&accepted, "finish", EVALUATOR, "2026-03-02").unwrap();
    for (kind, member) in
        [("share", EVALUATOR), ("accept", PERSON), ("object", PERSON), ("confirm", BODY), ("finish", BODY)]
    {
        let refused = step(&last, kind, member, "2026-03-03");
        assert_eq!(refused, Err(SheetRefusal::NotFromHere(SheetState::Final)), "{kind}");
    }
    assert_eq!(last.unpayable(false), Some(Unpayable::ReportNotValidated));
    assert_eq!(last.unpayable(true), None);
    assert_eq!(accepted.unpayable(true), Some(Unpayable::SheetNotFinal));
}
