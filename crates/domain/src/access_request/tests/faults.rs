//! What a register of requests refuses.

use super::*;
use crate::fault::FaultKind;

fn faults(request: &AccessRequest) -> Vec<(String, FaultKind)> {
    request.faults().into_iter().map(|fault| (fault.pointer, fault.kind)).collect()
}

fn about(object: &str) -> AccessRequest {
    let object = Line::parse(object).unwrap();
    AccessRequest { object, ..request("A1", AccessKind::Generalised, "2025-03-01") }
}

fn inconsistent(pointer: &str) -> Vec<(String, FaultKind)> {
    vec![(pointer.to_owned(), FaultKind::Inconsistent)]
}

#[test]
fn the_worked_year_is_without_fault() {
    assert!(year().iter().all(|request| request.faults().is_empty()));
}

#[test]
fn what_is_personal_in_an_object_or_a_key_is_refused_and_the_words_say_why() {
    for object in
        ["Pratica di XXXYYY00A01Z999X", "Rispondere a nome@pec.example.it", "IT60X0542811101000000123456"]
    {
        let found = about(object).faults();
        assert_eq!(
            (found.len(), found[0].pointer.as_str(), found[0].kind),
            (1, "/object", FaultKind::Malformed)
        );
        assert!(found[0].detail.contains("dati personali") && !found[0].detail.contains(object));
    }
    let key = ExternalId::parse("nome@pec.example.it").unwrap();
    let request = AccessRequest { key, ..about("Bilancio") };
    assert_eq!(faults(&request), [("/key".to_owned(), FaultKind::Malformed)]);
}

#[test]
fn silence_is_an_outcome_of_documents_alone_and_only_when_the_term_is_over() {
    let silent = |kind, on| request("A", kind, "2025-05-01").closed(on, AccessOutcome::Silence);
    assert_eq!(faults(&silent(AccessKind::Generalised, "2025-06-01")), inconsistent("/closed/outcome"));
    assert_eq!(faults(&silent(AccessKind::Documentary, "2025-05-30")), inconsistent("/closed/outcome"));
    assert!(faults(&silent(AccessKind::Documentary, "2025-05-31")).is_empty());
    // Ten days later when it stood still for ten days.
    let suspended = silent(AccessKind::Documentary, "2025-05-31").suspended("2025-05-10", "2025-05-20");
    assert_eq!(faults(&suspended), inconsistent("/closed/outcome"));
}

#[test]
fn days_that_contradict_each_other_are_told_by_their_places() {
    let closed = request("A", AccessKind::Simple, "2025-05-01").closed("2025-04-30", AccessOutcome::Granted);
    assert_eq!(faults(&closed), inconsistent("/closed/on"));
    let early = request("A", AccessKind::Simple, "2016-12-31");
    assert_eq!(faults(&early), [("/received".to_owned(), FaultKind::OutOfBounds)]);
    let suspended = request("A", AccessKind::Simple, "2025-05-01").suspended("2025-04-01", "2025-05-02");
    assert_eq!(faults(&suspended), inconsistent("/suspensions/0/from"));
}

#[test]
fn a_re_examination_is_of_a_civic_answer_or_of_the_want_of_one() {
    let reviewed =
        |request: AccessRequest, asked| request.reviewed(asked, "2025-08-01", AccessReviewOutcome::Granted);
    let open = |kind| request("A", kind, "2025-05-01");
    assert_eq!(faults(&reviewed(open(AccessKind::Simple), "2025-05-31")), inconsistent("/review/asked"));
    assert!(faults(&reviewed(open(AccessKind::Simple), "2025-06-01")).is_empty());
    let answered = open(AccessKind::Simple).closed("2025-05-10", AccessOutcome::Refused);
    assert!(faults(&reviewed(answered.clone(), "2025-05-10")).is_empty());
    assert_eq!(faults(&reviewed(answered, "2025-05-09")), inconsistent("/review/asked"));
    assert_eq!(faults(&reviewed(open(AccessKind::Documentary), "2025-06-01")), inconsistent("/review"));
    let backwards = reviewed(open(AccessKind::Simple), "2025-08-02");
    assert_eq!(faults(&backwards), inconsistent("/review/closed/on"));
}
