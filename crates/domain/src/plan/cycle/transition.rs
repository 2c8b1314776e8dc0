//! The steps of the cycle: from which state to which, by whom, and what each needs.

use crate::plan::PlanState;
use crate::role::Role;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// A step of the cycle.
    Transition, "Passaggio di stato: propone il piano, apre l'esame dell'organo di valutazione, rinvia in bozza, approva, pubblica, avvia l'anno, apre una variazione, la approva, apre la consuntivazione, certifica i risultati, adotta la relazione, la valida, la rinvia, chiude; riprende l'anno, riapre la consuntivazione." {
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
        /// The year is over: its last values are collected and judged (*consuntivazione*).
        OpenReporting = "open_reporting",
        /// The evaluation body certifies the results.
        Certify = "certify",
        /// The Giunta adopts the report, by an act; it is sealed.
        AdoptReport = "adopt_report",
        /// The evaluation body validates the report, by an act.
        ValidateReport = "validate_report",
        /// The evaluation body does not validate it, and says why.
        ReturnReport = "return_report",
        /// The cycle is over.
        Close = "close",
        /// The year was closed too early: it goes on, and it is said why.
        ResumeYear = "resume_year",
        /// The results were certified too early: they are collected again, and it is said why.
        ReopenCollection = "reopen_collection",
    }
}

vocabulary! {
    /// What a transition lacks to be made.
    Lack, "Che cosa manca a un passaggio: il ruolo, l'atto, il motivo, almeno un obiettivo, un piano senza i rilievi che il sistema di valutazione non ammette, il rispetto del termine per le variazioni, un sistema di valutazione, il giudizio su ogni assegnazione." {
        /// A role that may make it.
        Role = "role",
        /// The act that makes it official.
        Act = "act",
        /// The reason.
        Reason = "reason",
        /// At least one objective in the plan.
        Objectives = "objectives",
        /// A plan without the findings the rulebook blocks on.
        Findings = "findings",
        /// The term for variations the rulebook sets.
        Term = "term",
        /// A rulebook.
        Rulebook = "rulebook",
        /// A judgement on every assignment.
        Judgements = "judgements",
    }
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
            Self::OpenVariation | Self::OpenReporting => &[PlanState::InProgress],
            Self::ApproveVariation => &[PlanState::InVariation],
            Self::Certify | Self::ResumeYear => &[PlanState::Reporting],
            Self::AdoptReport | Self::ReopenCollection => &[PlanState::Evaluated],
            Self::ValidateReport | Self::ReturnReport => &[PlanState::ReportAdopted],
            Self::Close => &[PlanState::ReportValidated],
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
            Self::Start | Self::ApproveVariation | Self::ResumeYear => PlanState::InProgress,
            Self::OpenVariation => PlanState::InVariation,
            Self::OpenReporting | Self::ReopenCollection => PlanState::Reporting,
            Self::Certify | Self::ReturnReport => PlanState::Evaluated,
            Self::AdoptReport => PlanState::ReportAdopted,
            Self::ValidateReport => PlanState::ReportValidated,
            Self::Close => PlanState::Closed,
        }
    }

    /// Who may make it. The Giunta approves and adopts; the Segretario, who coordinates the cycle, records its acts.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        match self {
            Self::Propose
            | Self::OpenReview
            | Self::Publish
            | Self::Start
            | Self::OpenVariation
            | Self::OpenReporting
            | Self::Close => &[Role::Segretario],
            Self::SendBack => &[Role::Segretario, Role::Nucleo, Role::Giunta],
            Self::Approve | Self::ApproveVariation | Self::AdoptReport => &[Role::Giunta, Role::Segretario],
            Self::Certify | Self::ValidateReport | Self::ReturnReport => &[Role::Nucleo],
            Self::ResumeYear | Self::ReopenCollection => &[Role::Amministratore],
        }
    }

    /// Whether it seals what the plan is then as its next version.
    #[must_use]
    pub const fn seals(self) -> bool {
        matches!(self, Self::Approve | Self::ApproveVariation)
    }

    /// Whether it needs an act.
    #[must_use]
    pub const fn wants_act(self) -> bool {
        matches!(self, Self::Approve | Self::ApproveVariation | Self::AdoptReport | Self::ValidateReport)
    }

    /// Whether it needs a reason.
    #[must_use]
    pub const fn wants_reason(self) -> bool {
        matches!(
            self,
            Self::SendBack
                | Self::OpenVariation
                | Self::ReturnReport
                | Self::ResumeYear
                | Self::ReopenCollection
        )
    }

    /// Whether the plan must have none of the findings the rulebook blocks on.
    pub(super) const fn wants_no_findings(self) -> bool {
        matches!(self, Self::Propose | Self::Approve | Self::ApproveVariation)
    }

    /// Whether it belongs to a variation, which has a term.
    pub(super) const fn varies(self) -> bool {
        matches!(self, Self::OpenVariation | Self::ApproveVariation)
    }
}
