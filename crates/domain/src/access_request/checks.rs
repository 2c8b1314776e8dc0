//! What can be wrong with a request.

use chrono::{Datelike as _, NaiveDate};

use super::{AccessKind, AccessOutcome, AccessRequest, Review};
use crate::fault::{Fault, FaultKind, Refused};
use crate::period::credible;
use crate::personal_data::without_personal_data;
use crate::term::{self, Suspension, SuspensionReason};

/// The first year a register of requests can be of: the first with the terms of legislative decree 97 of 2016.
pub(super) const FIRST_YEAR: i32 = 2017;
/// The days those with reasons against it have to say so.
const HEARD: i64 = 10;

pub(super) fn faults(request: &AccessRequest) -> Vec<Fault> {
    let closed = request.closed.map(|closing| closing.on);
    let mut faults: Vec<Fault> = [
        ("/key", without_personal_data(request.key.as_str()).err()),
        ("/object", without_personal_data(request.object.as_str()).err()),
        ("/received", received_refused(request.received)),
        ("/closed/on", closed.and_then(|closed| closed_refused(request.received, closed))),
        ("/closed/outcome", silence_refused(request)),
    ]
    .into_iter()
    .filter_map(|(pointer, refused)| refused.map(|refused| refused.at(pointer)))
    .collect();
    faults.extend(term::faults_of("", request.received, closed, &request.suspensions));
    faults.extend(request.suspensions.iter().enumerate().filter_map(|(index, one)| {
        let refused = counter_interested_refused(request.kind, *one)?;
        Some(refused.at(&format!("/suspensions/{index}/until")))
    }));
    faults.extend(request.review.iter().flat_map(|review| review_faults(request, review)));
    faults
}

/// Whoever has reasons against it is heard for ten days (legislative decree 33 of 2013, art. 5, paragraph 5), and nobody is where what
/// is asked for had to be published anyway.
fn counter_interested_refused(kind: AccessKind, suspension: Suspension) -> Option<Refused> {
    if suspension.reason != SuspensionReason::CounterInterested {
        return None;
    }
    let days = suspension.until.map(|until| until.signed_duration_since(suspension.from).num_days());
    match kind {
        AccessKind::Simple => Some(inconsistent(
            "Nell'accesso civico semplice non ci sono controinteressati: si chiede ciò che va pubblicato.",
        )),
        AccessKind::Generalised | AccessKind::Documentary => days.filter(|days| *days > HEARD).map(|_| {
            inconsistent("Per sentire i controinteressati il termine è sospeso per dieci giorni al massimo.")
        }),
    }
}

fn received_refused(received: NaiveDate) -> Option<Refused> {
    let early = received.year() < FIRST_YEAR;
    let detail = format!("Il registro tiene le richieste arrivate dal {FIRST_YEAR}.");
    credible(received).err().or_else(|| early.then(|| Refused::new(FaultKind::OutOfBounds, detail)))
}

fn closed_refused(start: NaiveDate, closed: NaiveDate) -> Option<Refused> {
    let before = || (closed < start).then(|| inconsistent("La chiusura viene prima della richiesta."));
    credible(closed).err().or_else(before)
}

/// Silence is an outcome only where documents are asked for, and only when the term has run out.
fn silence_refused(request: &AccessRequest) -> Option<Refused> {
    let closing = request.closed.filter(|closing| closing.outcome == AccessOutcome::Silence)?;
    match request.kind {
        AccessKind::Simple | AccessKind::Generalised => Some(inconsistent(
            "Il silenzio vale rifiuto solo nell'accesso documentale: senza risposta la richiesta resta aperta.",
        )),
        AccessKind::Documentary => request.term().due().is_none_or(|due| closing.on < due).then(|| {
            inconsistent("Il silenzio vale rifiuto solo quando il termine è trascorso, sospensioni comprese.")
        }),
    }
}

fn review_faults(request: &AccessRequest, review: &Review) -> Vec<Fault> {
    let closed = review.closed.map(|closing| closing.on);
    let late = || closed.and_then(|closed| closed_refused(review.asked, closed));
    let mut faults: Vec<Fault> = [
        ("/review", documentary_refused(request)),
        ("/review/asked", credible(review.asked).err().or_else(|| asked_refused(request, review))),
        ("/review/closed/on", late()),
    ]
    .into_iter()
    .filter_map(|(pointer, refused)| refused.map(|refused| refused.at(pointer)))
    .collect();
    faults.extend(term::faults_of("/review", review.asked, closed, &review.suspensions));
    faults
}

fn documentary_refused(request: &AccessRequest) -> Option<Refused> {
    (request.kind == AccessKind::Documentary).then(|| {
        inconsistent(
            "Il riesame riguarda l'accesso civico: contro il rifiuto di documenti si ricorre altrove.",
        )
    })
}

/// A re-examination is of an answer, or of the want of one when its time was over.
fn asked_refused(request: &AccessRequest, review: &Review) -> Option<Refused> {
    let answered = request.closed.is_some_and(|closing| closing.on <= review.asked);
    let due = answered || request.term().is_over_on(review.asked);
    (!due).then(|| {
        inconsistent("Il riesame si chiede dopo la risposta, o quando il termine è trascorso senza.")
    })
}

fn inconsistent(detail: &str) -> Refused {
    Refused::new(FaultKind::Inconsistent, detail)
}
