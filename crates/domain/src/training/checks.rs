//! What can be wrong with an entry of training.

use chrono::NaiveDate;

use super::{Course, PersonKey, TrainingEntry};
use crate::fault::{Fault, FaultKind, Refused};
use crate::figure::Figure;
use crate::measurement::Span;
use crate::personal_data::without_personal_data;

/// Everything that is wrong with an entry, by its place.
pub(super) fn faults_of(entry: &TrainingEntry) -> Vec<Fault> {
    let mut faults = Vec::new();
    // It says no more of whose it is than the pseudonym does.
    faults.extend(PersonKey::parse(entry.key.as_str()).err().map(|refused| refused.at("/key")));
    faults.extend(service(entry));
    let last = entry.service_to.unwrap_or(entry.days().to);
    let service = Span { from: entry.service_from, to: last };
    faults.extend(too_many("/absences", entry.absences.len(), TrainingEntry::MOST_ABSENCES));
    for (place, absence) in entry.absences.iter().enumerate() {
        let away = absence_refused(*absence, service);
        faults.extend(away.map(|(member, refused)| refused.at(&format!("/absences/{place}/{member}"))));
    }
    faults.extend(too_many("/courses", entry.courses.len(), TrainingEntry::MOST_COURSES));
    for (place, course) in entry.courses.iter().enumerate() {
        let found = course_faults(course, entry.days());
        faults.extend(found.map(|(member, refused)| refused.at(&format!("/courses/{place}/{member}"))));
    }
    faults
}

fn service(entry: &TrainingEntry) -> impl Iterator<Item = Fault> {
    let outside = |day: NaiveDate| day < entry.days().from || day > entry.days().to;
    let first = outside(entry.service_from)
        .then(|| inconsistent("Il servizio si indica per i giorni dell'anno.").at("/service_from"));
    let last = entry.service_to.and_then(|last| {
        let refused = if outside(last) {
            Some(inconsistent("Il servizio si indica per i giorni dell'anno."))
        } else if last < entry.service_from {
            Some(inconsistent("Il servizio finisce prima di cominciare."))
        } else {
            None
        };
        refused.map(|refused| refused.at("/service_to"))
    });
    first.into_iter().chain(last)
}

fn absence_refused(absence: Span, service: Span) -> Option<(&'static str, Refused)> {
    if absence.from < service.from || absence.from > service.to {
        return Some(("from", inconsistent("L'assenza comincia in un giorno di servizio dell'anno.")));
    }
    if absence.to < absence.from {
        return Some(("to", inconsistent("L'assenza finisce prima di cominciare.")));
    }
    (absence.to > service.to).then(|| {
        ("to", inconsistent("L'assenza non dura oltre il servizio nell'anno: il resto è dell'anno dopo."))
    })
}

fn course_faults(course: &Course, year: Span) -> impl Iterator<Item = (&'static str, Refused)> {
    let title = course.title.as_ref().and_then(|title| without_personal_data(title.as_str()).err());
    let most = Figure::whole(Course::MOST_HOURS);
    let hours = (course.hours <= Figure::ZERO || course.hours > most).then(|| {
        let detail = format!("Le ore sono più di 0 e al massimo {}.", Course::MOST_HOURS);
        Refused::new(FaultKind::OutOfBounds, detail)
    });
    let concluded = match course.concluded {
        Some(day) if day < year.from || day > year.to => {
            Some(inconsistent("Un corso si registra nell'anno in cui è concluso."))
        }
        None if course.certified => {
            Some(inconsistent("Con l'attestato il corso è concluso: indicare in quale giorno."))
        }
        Some(_) | None => None,
    };
    [("title", title), ("hours", hours), ("concluded", concluded)]
        .into_iter()
        .filter_map(|(member, refused)| refused.map(|refused| (member, refused)))
}

fn too_many(pointer: &str, count: usize, most: usize) -> Option<Fault> {
    (count > most).then(|| Refused::new(FaultKind::OutOfBounds, format!("Al massimo {most}.")).at(pointer))
}

fn inconsistent(detail: &str) -> Refused {
    Refused::new(FaultKind::Inconsistent, detail)
}
