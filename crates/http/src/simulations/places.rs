//! What a plan calls its parts: by their ids, or by the path below its objectives that their external ids make.

use std::collections::HashMap;

use traguardo_domain::FaultKind;
use traguardo_domain::assignment::AssignmentId;
use traguardo_domain::fault::Refused;
use traguardo_domain::indicator::IndicatorId;
use traguardo_domain::measurement::Subject;
use traguardo_domain::objective::Objective;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::text::ExternalId;
use uuid::Uuid;

use crate::call::Key;

/// The parts of a plan by every name they have.
pub(super) struct Places<'p> {
    assignments: HashMap<String, AssignmentId>,
    subjects: HashMap<String, (&'p Objective, Subject)>,
}

/// Every name of a part: its id, and its external id.
fn names(id: Uuid, key: Option<&ExternalId>) -> Vec<String> {
    let key = key.map(|key| format!("ext:{}", key.as_str()));
    std::iter::once(id.to_string()).chain(key).collect()
}

impl<'p> Places<'p> {
    pub(super) fn of(plan: &'p PlanDocument) -> Self {
        let mut places = Self { assignments: HashMap::new(), subjects: HashMap::new() };
        for objective in &plan.objectives {
            places.add(objective);
        }
        places
    }

    fn add(&mut self, objective: &'p Objective) {
        let facts = &objective.facts;
        for own in names(objective.id.0, facts.external_id.as_ref()) {
            self.subjects.insert(own.clone(), (objective, Subject::Objective(objective.id)));
            for one in &facts.assignments {
                self.assignments.insert(one.id.0.to_string(), one.id);
                for name in names(one.id.0, one.facts.external_id.as_ref()) {
                    self.assignments.insert(format!("{own}/assignments/{name}"), one.id);
                }
            }
            for one in &facts.indicators {
                let subject = (objective, Subject::Indicator(one.id));
                self.measured(
                    subject,
                    one.id.0,
                    one.facts.external_id.as_ref(),
                    &format!("{own}/indicators"),
                );
            }
            for phase in &facts.phases {
                let subject = (objective, Subject::Phase(phase.id));
                self.measured(
                    subject,
                    phase.id.0,
                    phase.facts.external_id.as_ref(),
                    &format!("{own}/phases"),
                );
                for name in names(phase.id.0, phase.facts.external_id.as_ref()) {
                    let above = format!("{own}/phases/{name}/indicators");
                    for one in &phase.facts.indicators {
                        let subject = (objective, Subject::Indicator(one.id));
                        self.measured(subject, one.id.0, one.facts.external_id.as_ref(), &above);
                    }
                }
            }
        }
    }

    fn measured(
        &mut self,
        subject: (&'p Objective, Subject),
        id: Uuid,
        key: Option<&ExternalId>,
        above: &str,
    ) {
        self.subjects.insert(id.to_string(), subject);
        for name in names(id, key) {
            self.subjects.insert(format!("{above}/{name}"), subject);
        }
    }

    /// The assignment of a name.
    pub(super) fn assignment(&self, name: &str) -> Result<AssignmentId, Refused> {
        self.assignments.get(&spelled(name)).copied().ok_or_else(|| unknown("L'assegnazione"))
    }

    /// The indicator of a name.
    pub(super) fn indicator(&self, name: &str) -> Result<IndicatorId, Refused> {
        match self.subjects.get(&spelled(name)) {
            Some((_, Subject::Indicator(id))) => Ok(*id),
            Some((_, Subject::Phase(_) | Subject::Objective(_))) | None => Err(unknown("L'indicatore")),
        }
    }

    /// What is measured, and the objective it is of.
    pub(super) fn subject(&self, name: &str) -> Result<(&'p Objective, Subject), Refused> {
        self.subjects.get(&spelled(name)).copied().ok_or_else(|| unknown("Ciò che si misura"))
    }

    /// An assignment of an objective.
    pub(super) fn assigned(objective: &Objective, name: &str) -> Result<AssignmentId, Refused> {
        let key = Key::parse(name);
        let named = objective.facts.assignments.iter().find(|one| match &key {
            Some(Key::Ours(id)) => one.id.0 == *id,
            Some(Key::Theirs(key)) => one.facts.external_id.as_ref() == Some(key),
            None => false,
        });
        named.map(|one| one.id).ok_or_else(|| unknown("L'assegnazione"))
    }
}

/// Ids are the same in capitals.
fn spelled(name: &str) -> String {
    let segment =
        |part: &str| if part.starts_with("ext:") { part.to_owned() } else { part.to_ascii_lowercase() };
    name.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn unknown(what: &str) -> Refused {
    Refused::new(FaultKind::UnknownReference, format!("{what} non è nel piano."))
}
