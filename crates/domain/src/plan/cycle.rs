//! The cycle of a plan, as a table: from which state to which, by whom, and what is due.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::act::Act;
use crate::plan::{Plan, PlanState};
use crate::role::Role;
use crate::said::Words;
use crate::violation::Violation;
use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// A step of the cycle.
    Transition, "Passaggio di stato: propone il piano, apre l'esame dell'organo di valutazione, rinvia in bozza, approva, pubblica, avvia l'anno, apre una variazione, la approva." {
        /// The draft is proposed.
        Propose = "propose",
        /// The evaluation body begins to look at it.
        OpenReview = "open_review",
        /// It goes back to draft, with a reason (*rinviato*).
        SendBack = "send_back",
        /// It is approved by an act, and sealed.
        Approve = "approve",
        /// It is published.
        Publish = "publish",
        /// Its year begins to be followed.
        Start = "start",
        /// It is opened again during the year, with a reason.
        OpenVariation = "open_variation",
        /// What was varied is approved by an act, and sealed as the next version.
        ApproveVariation = "approve_variation",
    }
}

vocabulary! {
    /// What a transition lacks to be made.
    Lack, "Che cosa manca a un passaggio: il ruolo, l'atto, il motivo, almeno un obiettivo." {
        /// A role that may make it.
        Role = "role",
        /// The act that makes it official.
        Act = "act",
        /// The reason.
        Reason = "reason",
        /// At least one objective in the plan.
        Objectives = "objectives",
    }
}

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
    pub lacks: Vec<Lack>,
}

impl Transition {
    /// The states it leaves from.
    #[must_use]
    pub const fn from(self) -> &'static [PlanState] {
        match self {
            Self::Propose => &[PlanState::Draft],
            Self::OpenReview => &[PlanState::Proposed],
            Self::SendBack => &[PlanState::Proposed, PlanState::UnderReview],
            Self::Approve => &[PlanState::UnderReview],
            Self::Publish => &[PlanState::Approved],
            Self::Start => &[PlanState::Published],
            Self::OpenVariation => &[PlanState::InProgress],
            Self::ApproveVariation => &[PlanState::InVariation],
        }
    }

    /// The state it leads to.
    #[must_use]
    pub const fn to(self) -> PlanState {
        match self {
            Self::Propose => PlanState::Proposed,
            Self::OpenReview => PlanState::UnderReview,
            Self::SendBack => PlanState::Draft,
            Self::Approve => PlanState::Approved,
            Self::Publish => PlanState::Published,
            Self::Start | Self::ApproveVariation => PlanState::InProgress,
            Self::OpenVariation => PlanState::InVariation,
        }
    }

    /// Who may make it. The Giunta approves; the Segretario, who coordinates the cycle, records its acts.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Propose | Self::OpenReview | Self::Publish | Self::Start | Self::OpenVariation => {
                &[Role::Segretario]
            }
            Self::SendBack => &[Role::Segretario, Role::Nucleo, Role::Giunta],
            Self::Approve | Self::ApproveVariation => &[Role::Giunta, Role::Segretario],
        }
    }

    /// Whether it needs an act, and seals what the plan is then.
    #[must_use]
    pub const fn seals(self) -> bool {
        match self {
            Self::Approve | Self::ApproveVariation => true,
            Self::Propose
            | Self::OpenReview
            | Self::SendBack
            | Self::Publish
            | Self::Start
            | Self::OpenVariation => false,
        }
    }

    /// Whether it needs a reason.
    #[must_use]
    pub const fn wants_reason(self) -> bool {
        match self {
            Self::SendBack | Self::OpenVariation => true,
            Self::Propose
            | Self::OpenReview
            | Self::Approve
            | Self::Publish
            | Self::Start
            | Self::ApproveVariation => false,
        }
    }

    fn way(self, roles: &BTreeSet<Role>, grounds: &Grounds, has_objectives: bool) -> Way {
        let mut lacks = Vec::new();
        if !self.roles().iter().any(|role| roles.contains(role)) {
            lacks.push(Lack::Role);
        }
        if self.seals() && grounds.act.is_none() {
            lacks.push(Lack::Act);
        }
        if self.wants_reason() && grounds.reason.is_none() {
            lacks.push(Lack::Reason);
        }
        if matches!(self, Self::Propose) && !has_objectives {
            lacks.push(Lack::Objectives);
        }
        Way { transition: self, to: self.to(), roles: self.roles(), lacks }
    }
}

impl Plan {
    /// The transitions that leave from where the plan stands, and what each lacks for whoever has these roles.
    #[must_use]
    pub fn ways(&self, roles: &BTreeSet<Role>, has_objectives: bool) -> Vec<Way> {
        let nothing_said = Grounds::default();
        let leaves = |transition: &&Transition| transition.from().contains(&self.state);
        let all = Transition::all().iter().filter(leaves);
        all.map(|transition| transition.way(roles, &nothing_said, has_objectives)).collect()
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
        has_objectives: bool,
    ) -> Result<Self, Violation> {
        if !transition.from().contains(&self.state) {
            return Err(Violation::NoWayFromHere { state: self.state, transition });
        }
        let way = transition.way(roles, grounds, has_objectives);
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
            | PlanState::InProgress => Err(Violation::PlanNotEditable { state: self.state }),
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
        ];
        let mut plan = draft();
        for (transition, sealed) in walk {
            plan = plan.make(transition, &roles(Role::Segretario), &grounds(), true).unwrap();
            assert_eq!((plan.state, plan.sealed), (transition.to(), sealed));
        }
    }

    #[test]
    fn everything_a_transition_lacks_is_said_at_once() {
        let refused = draft().make(Transition::Propose, &roles(Role::Lettore), &Grounds::default(), false);
        let lacks = vec![Lack::Role, Lack::Objectives];
        assert_eq!(refused, Err(Violation::TransitionLacks { transition: Transition::Propose, lacks }));
    }

    #[test]
    fn a_transition_leaves_only_from_its_states() {
        let transition = Transition::Publish;
        let refused = draft().make(transition, &roles(Role::Segretario), &grounds(), true);
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
            assert!(!plan.ways(&roles(Role::Segretario), true).is_empty(), "{state:?}");
        }
    }
}
