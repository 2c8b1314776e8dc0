//! What can be wrong with the days of a term.

use chrono::NaiveDate;

use super::Suspension;
use crate::fault::{Fault, FaultKind, Refused};
use crate::period::credible;

impl Suspension {
    /// The most of one term.
    pub const MOST: usize = 50;
}

/// What is wrong with the suspensions of a term that begins on a day and was closed on one or is open, by their places below
/// `suspensions` in the written form at `base`.
#[must_use]
pub fn faults_of(
    base: &str,
    start: NaiveDate,
    closed: Option<NaiveDate>,
    suspensions: &[Suspension],
) -> Vec<Fault> {
    let mut faults = Vec::new();
    if suspensions.len() > Suspension::MOST {
        let detail = format!("Al massimo {} sospensioni.", Suspension::MOST);
        faults.push(Refused::new(FaultKind::OutOfBounds, detail).at(&format!("{base}/suspensions")));
    }
    for (index, one) in suspensions.iter().enumerate() {
        let place = |member: &str| format!("{base}/suspensions/{index}/{member}");
        let from = credible(one.from).err().or_else(|| from_refused(one.from, start, closed));
        let until = match one.until {
            Some(until) => credible(until).err().or_else(|| until_refused(one.from, until)),
            None => closed.map(|_| {
                inconsistent(
                    "Ciò che è chiuso non è più sospeso: indicare il giorno in cui il termine riprende.",
                )
            }),
        };
        faults.extend(from.map(|refused| refused.at(&place("from"))));
        faults.extend(until.map(|refused| refused.at(&place("until"))));
    }
    faults
}

fn from_refused(from: NaiveDate, start: NaiveDate, closed: Option<NaiveDate>) -> Option<Refused> {
    if from < start {
        return Some(inconsistent("La sospensione comincia prima del termine."));
    }
    closed
        .is_some_and(|closed| closed < from)
        .then(|| inconsistent("La sospensione comincia dopo la chiusura."))
}

fn until_refused(from: NaiveDate, until: NaiveDate) -> Option<Refused> {
    (until < from).then(|| inconsistent("La sospensione finisce prima di cominciare."))
}

fn inconsistent(detail: &str) -> Refused {
    Refused::new(FaultKind::Inconsistent, detail)
}
