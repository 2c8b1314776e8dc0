//! What can be wrong with a survey.

use std::collections::HashSet;

use super::{AnswerScale, SurveyEntry};
use crate::fault::{Fault, FaultKind, Refused};
use crate::period::credible;

/// Everything that is wrong with a survey, by its place.
pub(super) fn faults_of(entry: &SurveyEntry) -> Vec<Fault> {
    let mut faults = days(entry);
    if entry.scale.steps().is_none() {
        let most = AnswerScale::MOST_STEPS;
        let detail = format!("Una scala comincia da 0 o da 1 e ha da 1 a {most} gradini.");
        faults.push(Refused::new(FaultKind::OutOfBounds, detail).at("/scale"));
    } else {
        faults.extend(answers(entry));
    }
    let most = u64::from(SurveyEntry::MOST_ANSWERS);
    if let Some(invited) = entry.invited.map(u64::from) {
        if invited > most {
            faults.push(Refused::new(FaultKind::OutOfBounds, format!("Al massimo {most}.")).at("/invited"));
        } else if invited < entry.respondents() {
            faults.push(inconsistent("Le risposte sono più degli inviti.").at("/invited"));
        }
    }
    faults.extend(report(entry).map(|refused| refused.at("/report")));
    faults
}

fn days(entry: &SurveyEntry) -> Vec<Fault> {
    let mut faults = Vec::new();
    let period = entry.period;
    faults.extend(credible(period.from).err().map(|refused| refused.at("/period/from")));
    let last = credible(period.to).err().or_else(|| {
        (period.to < period.from).then(|| inconsistent("Il periodo finisce prima di cominciare."))
    });
    faults.extend(last.map(|refused| refused.at("/period/to")));
    let concluded = entry.concluded.and_then(|day| {
        credible(day).err().or_else(|| {
            (day < period.to).then(|| inconsistent("Non si conclude prima che finisca il periodo."))
        })
    });
    faults.extend(concluded.map(|refused| refused.at("/concluded")));
    faults
}

fn answers(entry: &SurveyEntry) -> Vec<Fault> {
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for (place, answer) in entry.answers.iter().enumerate() {
        let mut find = |member: &str, refused: Refused| {
            faults.push(refused.at(&format!("/answers/{place}/{member}")));
        };
        if !entry.scale.holds(answer.point) {
            find("point", Refused::new(FaultKind::OutOfBounds, "Il punteggio non è nella scala."));
        } else if !seen.insert(answer.point) {
            find("point", inconsistent("Il punteggio c'è già: si indica una volta sola."));
        }
        if answer.count > SurveyEntry::MOST_ANSWERS {
            let detail = format!("Al massimo {}.", SurveyEntry::MOST_ANSWERS);
            find("count", Refused::new(FaultKind::OutOfBounds, detail));
        }
    }
    faults
}

fn report(entry: &SurveyEntry) -> Option<Refused> {
    let report = entry.report.as_ref()?;
    let link = ["https://", "http://"].iter().any(|scheme| {
        report
            .as_str()
            .strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
    });
    if !link {
        return Some(Refused::new(
            FaultKind::Malformed,
            "Un collegamento che comincia con https:// o http://.",
        ));
    }
    entry
        .concluded
        .is_none()
        .then(|| inconsistent("Il rapporto è di una rilevazione conclusa: indicare quando."))
}

fn inconsistent(detail: &str) -> Refused {
    Refused::new(FaultKind::Inconsistent, detail)
}
