//! How a violation of the domain becomes a refusal a caller can read. No catch-all arm: a new violation stops the build here.

use traguardo_domain::evaluation::EvaluationRefusal;
use traguardo_domain::plan::PlanState;
use traguardo_domain::plan::cycle::{Lack, Lacking, Transition};
use traguardo_domain::round::Collection;
use traguardo_domain::sheet::SheetRefusal;
use traguardo_domain::{Fault, FaultKind, Violation, Vocabulary as _};

use super::{Kind, Problem};

impl From<Violation> for Problem {
    fn from(violation: Violation) -> Self {
        match violation {
            Violation::NotFound => Self::of(Kind::NotFound),
            Violation::Forbidden { action } => {
                let roles: Vec<&str> = action.roles().iter().map(|role| role.word()).collect();
                Self::of(Kind::Forbidden).because(format!("Possono farlo: {}.", roles.join(", ")))
            }
            Violation::RoleNotYoursToGive => Self::of(Kind::RoleNotYoursToGive),
            Violation::Invalid(faults) => Self::invalid(faults),
            Violation::PreconditionMissing => Self::of(Kind::PreconditionRequired),
            Violation::Stale { current } => Self { current: Some(current), ..Self::of(Kind::Stale) },
            Violation::Gone => Self::of(Kind::NothingToChange),
            Violation::AlreadyThere { current } => {
                Self { current: Some(current), ..Self::of(Kind::AlreadyThere) }
            }
            Violation::UnknownCursor => Self::of(Kind::UnknownCursor),
            Violation::ComuneRegistered => Self::of(Kind::ComuneRegistered),
            Violation::IdentifierTaken => Self::of(Kind::IdentifierTaken),
            Violation::UnitCodeTaken => Self::of(Kind::UnitCodeTaken),
            Violation::ExternalIdTaken => Self::of(Kind::ExternalIdTaken),
            Violation::UnitBelowItself => Self::of(Kind::UnitBelowItself),
            Violation::UnitInUse => Self::of(Kind::UnitInUse),
            Violation::PlanOfYearExists => Self::of(Kind::PlanOfYearExists),
            Violation::PlanNotEditable { state } => {
                Self::of(Kind::PlanNotEditable).because(not_editable(state))
            }
            Violation::PlanSealed => Self::of(Kind::PlanSealed),
            Violation::NoWayFromHere { state, transition } => Self::of(Kind::NoWayFromHere).because(format!(
                "{} non parte dallo stato {}.",
                transition.word(),
                state.word()
            )),
            Violation::TransitionLacks { transition, lacks } => Self::of(Kind::TransitionLacks)
                .with_faults(lacks.iter().map(|lack| lacking(transition, lack)).collect()),
            Violation::NothingCollected { state } => {
                Self::of(Kind::NothingCollected).because(format!("Il piano è nello stato {}.", state.word()))
            }
            Violation::WindowClosed { window } => Self::of(Kind::WindowClosed).because(closed(window)),
            Violation::SupersededAlready => Self::of(Kind::SupersededAlready),
            Violation::EvaluationRefused(refusal) => {
                Self::of(Kind::EvaluationRefused).because(refused_step(refusal))
            }
            Violation::SheetRefused(refusal) => Self::of(Kind::SheetRefused).because(refused_sheet(&refusal)),
            Violation::OutsideYourUnit => Self::of(Kind::OutsideYourUnit),
            Violation::ImportNotReady { state } => {
                Self::of(Kind::ImportNotReady).because(format!("Il file è {}.", state.italian()))
            }
            Violation::NotPublishable { state } => {
                Self::of(Kind::NotPublishable).because(format!("Il piano è nello stato {}.", state.word()))
            }
            Violation::NotYourAuthor => Self::of(Kind::NotYourAuthor),
            Violation::GroupCodeTaken => Self::of(Kind::GroupCodeTaken),
            Violation::IdentityTaken => Self::of(Kind::IdentityTaken),
            Violation::MemberRevoked => Self::of(Kind::MemberRevoked),
            Violation::NotAClient => Self::of(Kind::NotAClient),
            Violation::TooManySecrets => Self::of(Kind::TooManySecrets),
        }
    }
}

/// Why a plan is not to be changed now, and the way to change it.
fn not_editable(state: PlanState) -> String {
    let way = match state {
        PlanState::Proposed | PlanState::UnderReview => "si rinvia in bozza con send_back",
        PlanState::Approved | PlanState::Published => {
            "quando è in corso si apre una variazione con open_variation"
        }
        PlanState::InProgress => "si apre una variazione con open_variation",
        PlanState::Draft | PlanState::InVariation => "si può modificare",
        PlanState::Reporting => "l'anno è finito, e per variarlo va prima ripreso con resume_year",
        PlanState::Evaluated | PlanState::ReportAdopted | PlanState::ReportValidated | PlanState::Closed => {
            "i suoi risultati sono certificati, e resta com'è"
        }
    };
    format!("Il piano è nello stato {}: {way}.", state.word())
}

fn lacking(transition: Transition, lacking: &Lacking) -> Fault {
    let which = lacking.which.join(", ");
    let (pointer, detail) = match lacking.what {
        Lack::Role => {
            let roles: Vec<&str> = transition.roles().iter().map(|role| role.word()).collect();
            ("", format!("Possono farlo: {}.", roles.join(", ")))
        }
        Lack::Act => ("/act", "Serve l'atto che lo rende ufficiale.".to_owned()),
        Lack::Reason => ("/reason", "Serve il motivo.".to_owned()),
        Lack::Objectives => ("", "Il piano non ha obiettivi.".to_owned()),
        Lack::Findings => {
            ("", format!("Il piano ha rilievi che il sistema di valutazione non ammette: {which}."))
        }
        Lack::Term => ("", format!("Il termine per le variazioni era il {which}.")),
        Lack::Rulebook => ("", "Il comune non ha adottato un sistema di valutazione per l'anno.".to_owned()),
        Lack::Judgements => {
            ("", format!("Assegnazioni che l'organo di valutazione deve ancora decidere: {which}."))
        }
    };
    Fault { pointer: pointer.to_owned(), kind: FaultKind::Missing, detail }
}

/// When a window of collection was, or will be, open.
fn closed(window: Collection) -> String {
    match window {
        Collection::Open => "La raccolta è aperta.".to_owned(),
        Collection::OpensOn(day) => format!("La raccolta di questo periodo si apre il {day}."),
        Collection::ClosedOn(day) => format!("La raccolta di questo periodo si è chiusa il {day}."),
        Collection::NoRound => "Nessuna raccolta riguarda questo periodo.".to_owned(),
    }
}

fn refused_step(refusal: EvaluationRefusal) -> String {
    match refusal {
        EvaluationRefusal::NotFromHere(state) => {
            format!("La valutazione è nello stato {}, da cui questo passo non parte.", state.word())
        }
        EvaluationRefusal::OwnValue => "Chi ha inserito un valore non lo certifica.".to_owned(),
    }
}

fn refused_sheet(refusal: &SheetRefusal) -> String {
    let codes = |codes: &[traguardo_domain::text::Code]| {
        codes.iter().map(traguardo_domain::text::Code::as_str).collect::<Vec<_>>().join(", ")
    };
    match refusal {
        SheetRefusal::NotYours => {
            "Il passo spetta ad altri: nessuno valuta o decide su se stesso, e solo il valutato accetta o contesta."
                .to_owned()
        }
        SheetRefusal::NotFromHere(state) => {
            format!("La scheda è nello stato {}, da cui questo passo non parte.", state.word())
        }
        SheetRefusal::Incomplete(missing) => format!("Mancano i punti di: {}.", codes(missing)),
        SheetRefusal::TermOver { until } => format!("Il termine per accettare o contestare era il {until}."),
        SheetRefusal::TermRunning { until } => {
            format!("Il valutato può ancora accettare o contestare, fino al {until}.")
        }
        SheetRefusal::Changes(_) => "I punti cambiati non sono di questa scheda.".to_owned(),
    }
}
