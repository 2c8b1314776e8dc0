//! The cycle of a plan, as a table: from which state to which, by whom, and what is due.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::plan::{Plan, PlanState};
use crate::review::FindingCode;
use crate::role::Role;
use crate::said::Words;
use crate::violation::Violation;
use crate::vocabulary::Vocabulary as _;

mod transition;

pub use transition::{Lack, Transition};

/// What is said with a transition.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grounds {
    /// The act it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Words>,
}

/// A transition that leaves from the state a plan is in, and what it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Which one.
    pub transition: Transition,
    /// Where it leads.
    pub to: PlanState,
    /// Who may make it.
    pub roles: &'static [Role],
    /// What it lacks, for whoever asked and with what was said.
    pub lacks: Vec<Lacking>,
}

/// What a transition finds when it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circumstances {
    /// The day it is.
    pub today: NaiveDate,
    /// Whether the plan has objectives.
    pub has_objectives: bool,
    /// The findings of the plan its rulebook blocks on.
    pub blocking: BTreeSet<FindingCode>,
    /// The last day of variations.
    pub variations_until: Option<NaiveDate>,
    /// Whether a rulebook says how the plan is scored.
    pub has_rulebook: bool,
    /// How many assignments nobody decided on.
    pub undecided: usize,
}

impl Circumstances {
    /// Those of a day on which nothing stands in the way.
    #[must_use]
    pub const fn unhindered(today: NaiveDate) -> Self {
        Self {
            today,
            has_objectives: true,
            blocking: BTreeSet::new(),
            variations_until: None,
            has_rulebook: true,
            undecided: 0,
        }
    }
}

/// Something a transition lacks, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lacking {
    /// What.
    pub what: Lack,
    /// Which: codes of findings, a day, a number; nothing where there is but one.
    pub which: Vec<String>,
}

impl From<Lack> for Lacking {
    fn from(what: Lack) -> Self {
        Self { what, which: Vec::new() }
    }
}

impl Transition {
    fn way(self, roles: &BTreeSet<Role>, grounds: &Grounds, found: &Circumstances) -> Way {
        let mut lacks: Vec<Lacking> = Vec::new();
        if !self.roles().iter().any(|role| roles.contains(role)) {
            lacks.push(Lack::Role.into());
        }
        if self.wants_act() && grounds.act.is_none() {
            lacks.push(Lack::Act.into());
        }
        if self.wants_reason() && grounds.reason.is_none() {
            lacks.push(Lack::Reason.into());
        }
        if matches!(self, Self::Propose) && !found.has_objectives {
            lacks.push(Lack::Objectives.into());
        }
        if self.wants_no_findings() && !found.blocking.is_empty() {
            let which = found.blocking.iter().map(|code| code.word().to_owned()).collect();
            lacks.push(Lacking { what: Lack::Findings, which });
        }
        // A variation is adopted on the day of its act, whenever that is recorded.
        let day = grounds.act.as_ref().map_or(found.today, |act| act.date);
        if let Some(until) = found.variations_until.filter(|until| self.varies() && day > *until) {
            lacks.push(Lacking { what: Lack::Term, which: vec![until.to_string()] });
        }
        if matches!(self, Self::Certify) && !found.has_rulebook {
            lacks.push(Lack::Rulebook.into());
        }
        if matches!(self, Self::Certify) && found.undecided > 0 {
            lacks.push(Lacking { what: Lack::Judgements, which: vec![found.undecided.to_string()] });
        }
        Way { transition: self, to: self.to(), roles: self.roles(), lacks }
    }
}

impl Plan {
    /// The transitions that leave from where the plan stands, and what each lacks for whoever has these roles.
    #[must_use]
    pub fn ways(&self, roles: &BTreeSet<Role>, found: &Circumstances) -> Vec<Way> {
        let nothing_said = Grounds::default();
        let leaves = |transition: &&Transition| transition.from().contains(&self.state);
        let all = Transition::all().iter().filter(leaves);
        all.map(|transition| transition.way(roles, &nothing_said, found)).collect()
    }

    /// The plan after a transition; a transition that seals makes its next version.
    ///
    /// # Errors
    /// [`Violation::NoWayFromHere`], or [`Violation::TransitionLacks`] with everything that is missing.
    pub fn make(
        &self,
        transition: Transition,
        roles: &BTreeSet<Role>,
        grounds: &Grounds,
        found: &Circumstances,
    ) -> Result<Self, Violation> {
        if !transition.from().contains(&self.state) {
            return Err(Violation::NoWayFromHere { state: self.state, transition });
        }
        let way = transition.way(roles, grounds, found);
        if !way.lacks.is_empty() {
            return Err(Violation::TransitionLacks { transition, lacks: way.lacks });
        }
        let sealed = if transition.seals() { Some(self.next_seal()) } else { self.sealed };
        Ok(Self { state: way.to, sealed, version: self.version.next(), ..self.clone() })
    }

    /// Whether what the plan contains may be changed now.
    ///
    /// # Errors
    /// [`Violation::PlanNotEditable`] with the state it is in.
    pub const fn open(&self) -> Result<(), Violation> {
        match self.state {
            PlanState::Draft | PlanState::InVariation => Ok(()),
            PlanState::Proposed
            | PlanState::UnderReview
            | PlanState::Approved
            | PlanState::Published
            | PlanState::InProgress
            | PlanState::Reporting
            | PlanState::Evaluated
            | PlanState::ReportAdopted
            | PlanState::ReportValidated
            | PlanState::Closed => Err(Violation::PlanNotEditable { state: self.state }),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::act::ActKind;
    use crate::period::Year;
    use crate::plan::{PlanFacts, PlanId, PlanKind};
    use crate::text::Line;

    fn draft() -> Plan {
        let facts = PlanFacts {
            external_id: None,
            year: Year::parse(2025).unwrap(),
            kind: PlanKind::Standalone,
            title: Line::parse("Piano 2025").unwrap(),
            scale: Vec::new(),
        };
        Plan::draft(PlanId(Uuid::nil()), facts)
    }

    fn nothing_in_the_way() -> Circumstances {
        Circumstances::unhindered("2025-06-01".parse().unwrap())
    }

    fn roles(role: Role) -> BTreeSet<Role> {
        BTreeSet::from([role])
    }

    fn grounds() -> Grounds {
        let act = Act {
            kind: ActKind::GiuntaResolution,
            number: Line::parse("12").unwrap(),
            date: "2025-01-31".parse().unwrap(),
        };
        Grounds { act: Some(act), reason: Words::parse("Rinuncia al finanziamento").ok() }
    }

    #[test]
    fn the_whole_cycle_can_be_walked_and_each_approval_seals_the_next_version() {
        let walk = [
            (Transition::Propose, None),
            (Transition::OpenReview, None),
            (Transition::Approve, Some(1)),
            (Transition::Publish, Some(1)),
            (Transition::Start, Some(1)),
            (Transition::OpenVariation, Some(1)),
            (Transition::ApproveVariation, Some(2)),
            (Transition::OpenReporting, Some(2)),
            (Transition::ResumeYear, Some(2)),
            (Transition::OpenReporting, Some(2)),
            (Transition::Certify, Some(2)),
            (Transition::ReopenCollection, Some(2)),
            (Transition::Certify, Some(2)),
            (Transition::AdoptReport, Some(2)),
            (Transition::ReturnReport, Some(2)),
            (Transition::AdoptReport, Some(2)),
            (Transition::ValidateReport, Some(2)),
            (Transition::Close, Some(2)),
        ];
        let everybody = Role::all().iter().copied().collect();
        let mut plan = draft();
        for (transition, sealed) in walk {
            plan = plan.make(transition, &everybody, &grounds(), &nothing_in_the_way()).unwrap();
            assert_eq!((plan.state, plan.sealed), (transition.to(), sealed));
        }
    }

    #[test]
    fn everything_a_transition_lacks_is_said_at_once() {
        let found = Circumstances {
            has_objectives: false,
            blocking: BTreeSet::from([FindingCode::ImpossibleDate]),
            ..nothing_in_the_way()
        };
        let refused = draft().make(Transition::Propose, &roles(Role::Lettore), &Grounds::default(), &found);
        let findings = Lacking { what: Lack::Findings, which: vec!["E01".to_owned()] };
        let lacks = vec![Lack::Role.into(), Lack::Objectives.into(), findings];
        assert_eq!(refused, Err(Violation::TransitionLacks { transition: Transition::Propose, lacks }));
    }

    #[test]
    fn a_transition_leaves_only_from_its_states() {
        let transition = Transition::Publish;
        let refused = draft().make(transition, &roles(Role::Segretario), &grounds(), &nothing_in_the_way());
        assert_eq!(refused, Err(Violation::NoWayFromHere { state: PlanState::Draft, transition }));
    }

    #[test]
    fn every_state_but_the_last_has_a_way_out_and_only_two_are_open() {
        let open: Vec<_> = PlanState::all()
            .iter()
            .copied()
            .filter(|state| Plan { state: *state, ..draft() }.open().is_ok())
            .collect();
        assert_eq!(open, [PlanState::Draft, PlanState::InVariation]);
        for state in PlanState::all().iter().copied() {
            let plan = Plan { state, ..draft() };
            let ways = plan.ways(&roles(Role::Segretario), &nothing_in_the_way());
            assert_eq!(ways.is_empty(), state == PlanState::Closed, "{state:?}");
        }
    }

    #[test]
    fn a_variation_after_its_term_is_refused_by_the_day_of_its_act() {
        let found = Circumstances { variations_until: "2025-10-31".parse().ok(), ..nothing_in_the_way() };
        let varied = Plan { state: PlanState::InVariation, ..draft() };
        let on = |day: &str| {
            let act = grounds().act.map(|act| Act { date: day.parse().unwrap(), ..act });
            let grounds = Grounds { act, reason: None };
            varied.make(Transition::ApproveVariation, &roles(Role::Giunta), &grounds, &found)
        };
        assert!(on("2025-10-31").is_ok());
        let lacks = vec![Lacking { what: Lack::Term, which: vec!["2025-10-31".to_owned()] }];
        let transition = Transition::ApproveVariation;
        assert_eq!(on("2025-11-01"), Err(Violation::TransitionLacks { transition, lacks }));
    }

    #[test]
    fn results_are_certified_by_a_rulebook_once_all_of_them_are_judged() {
        let found = Circumstances { has_rulebook: false, undecided: 3, ..nothing_in_the_way() };
        let reporting = Plan { state: PlanState::Reporting, ..draft() };
        let refused = reporting.make(Transition::Certify, &roles(Role::Nucleo), &Grounds::default(), &found);
        let judgements = Lacking { what: Lack::Judgements, which: vec!["3".to_owned()] };
        let lacks = vec![Lack::Rulebook.into(), judgements];
        assert_eq!(refused, Err(Violation::TransitionLacks { transition: Transition::Certify, lacks }));
    }

    #[test]
    fn nothing_is_payable_before_the_report_is_validated() {
        let pays: Vec<_> = PlanState::all().iter().copied().filter(|state| state.pays()).collect();
        assert_eq!(pays, [PlanState::ReportValidated, PlanState::Closed]);
    }
}
