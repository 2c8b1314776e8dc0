//! Reading what is asked, answered and decided: every fault at its place, the bounds of figures among them.

use std::collections::HashMap;

use traguardo_documents::Reader;
use traguardo_documents::measurement::EvidenceBody;
use traguardo_domain::FaultKind;
use traguardo_domain::digest::Digest;
use traguardo_domain::evaluation::{Move, Proposal};
use traguardo_domain::fault::Refused;
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::{EvidenceFileId, MeasurementFacts};
use traguardo_domain::said::Words;
use traguardo_domain::score::{Judgement, Sterilisation, SterilisationCause};

use super::{
    CauseWord, EffectBody, EvaluationAnswer, EvaluationMove, JudgementBody, JudgementKind, ProposalBody,
    ProposalKind, StepKind, SterilisationKind,
};

/// A member that this kind of thing has, or has not.
fn text(at: &mut Reader<'_>, name: &str, written: Option<&String>) -> Option<Words> {
    if written.is_none() {
        at.fault(name, FaultKind::Missing, "Il membro è obbligatorio.");
    }
    at.maybe(name, written, Words::parse)
}

fn figure(at: &mut Reader<'_>, name: &str, written: Option<&String>) -> Option<Figure> {
    if written.is_none() {
        at.fault(name, FaultKind::Missing, "Il membro è obbligatorio.");
    }
    at.maybe(name, written, Figure::parse)
}

/// Members that say nothing here are refused: whoever wrote them meant something else.
fn strangers(at: &mut Reader<'_>, written: &[(&str, bool)], own: &[&str]) {
    for (name, is_there) in written {
        if *is_there && !own.contains(name) {
            at.fault(name, FaultKind::Inconsistent, "Non c'entra con ciò che si fa.");
        }
    }
}

impl EffectBody {
    fn read(&self, at: &mut Reader<'_>) -> Option<Sterilisation> {
        let percent = self.percent.as_ref();
        match self.r#type {
            SterilisationKind::Redistributed => {
                strangers(at, &[("percent", percent.is_some())], &[]);
                Some(Sterilisation::Redistributed)
            }
            SterilisationKind::Frozen => {
                Some(Sterilisation::Frozen { percent: figure(at, "percent", percent)? })
            }
            SterilisationKind::Exogenous => {
                Some(Sterilisation::Exogenous { percent: figure(at, "percent", percent)? })
            }
        }
    }
}

/// The effect and the kind of cause, which go together.
fn sterilised(
    at: &mut Reader<'_>,
    effect: Option<&EffectBody>,
    code: Option<CauseWord>,
) -> Option<(Sterilisation, SterilisationCause)> {
    for (name, is_there) in [("effect", effect.is_some()), ("code", code.is_some())] {
        if !is_there {
            at.fault(name, FaultKind::Missing, "Il membro è obbligatorio.");
        }
    }
    let effect = effect?.read(&mut at.member("effect"));
    Some((effect?, code?.0))
}

fn bounded<T>(at: &mut Reader<'_>, value: T, checked: Result<(), (&'static str, Refused)>) -> Option<T> {
    match checked {
        Ok(()) => Some(value),
        Err((place, refused)) => {
            at.fault(place, refused.kind, &refused.detail);
            None
        }
    }
}

impl JudgementBody {
    fn read(&self, at: &mut Reader<'_>, cap: Figure) -> Option<Judgement> {
        let written = [
            ("percent", self.percent.is_some()),
            ("reason", self.reason.is_some()),
            ("effect", self.effect.is_some()),
            ("code", self.code.is_some()),
            ("cause", self.cause.is_some()),
        ];
        let judgement = match self.r#type {
            JudgementKind::Certified => {
                strangers(at, &written, &[]);
                Judgement::Certified
            }
            JudgementKind::Override => {
                strangers(at, &written, &["percent", "reason"]);
                let percent = figure(at, "percent", self.percent.as_ref());
                let reason = text(at, "reason", self.reason.as_ref());
                Judgement::Override { percent: percent?, reason: reason? }
            }
            JudgementKind::NotEvaluable => {
                strangers(at, &written, &["reason"]);
                Judgement::NotEvaluable { reason: text(at, "reason", self.reason.as_ref())? }
            }
            JudgementKind::Sterilised => {
                strangers(at, &written, &["effect", "code", "cause"]);
                let cause = text(at, "cause", self.cause.as_ref());
                let (effect, code) = sterilised(at, self.effect.as_ref(), self.code)?;
                Judgement::Sterilised { effect, code, cause: cause? }
            }
        };
        let checked = judgement.check(cap);
        bounded(at, judgement, checked)
    }
}

impl EvaluationMove {
    /// The move, when it can be made under a rulebook with this cap.
    pub(in crate::evaluations) fn read(&self, at: &mut Reader<'_>, cap: Figure) -> Option<Move> {
        let written = [
            ("words", self.words.is_some()),
            ("judgement", self.judgement.is_some()),
            ("note", self.note.is_some()),
            ("reason", self.reason.is_some()),
        ];
        match self.r#type {
            StepKind::Open => {
                strangers(at, &written, &[]);
                Some(Move::Open)
            }
            StepKind::AskEvidence => {
                strangers(at, &written, &["words"]);
                Some(Move::AskEvidence { words: text(at, "words", self.words.as_ref())? })
            }
            StepKind::Decide => {
                strangers(at, &written, &["judgement", "note"]);
                let note = at.maybe("note", self.note.as_ref(), Words::parse);
                if self.judgement.is_none() {
                    at.fault("judgement", FaultKind::Missing, "Il membro è obbligatorio.");
                }
                let judgement = self.judgement.as_ref()?.read(&mut at.member("judgement"), cap)?;
                Some(Move::Decide { judgement, note })
            }
            StepKind::Reopen => {
                strangers(at, &written, &["reason"]);
                Some(Move::Reopen { reason: text(at, "reason", self.reason.as_ref())? })
            }
        }
    }
}

impl ProposalBody {
    fn read(&self, at: &mut Reader<'_>, cap: Figure) -> Option<Proposal> {
        let written = [
            ("percent", self.percent.is_some()),
            ("effect", self.effect.is_some()),
            ("code", self.code.is_some()),
        ];
        let proposal = match self.r#type {
            ProposalKind::Override => {
                strangers(at, &written, &["percent"]);
                Proposal::Override { percent: figure(at, "percent", self.percent.as_ref())? }
            }
            ProposalKind::NotEvaluable => {
                strangers(at, &written, &[]);
                Proposal::NotEvaluable
            }
            ProposalKind::Sterilised => {
                strangers(at, &written, &["effect", "code"]);
                let (effect, code) = sterilised(at, self.effect.as_ref(), self.code)?;
                Proposal::Sterilised { effect, code }
            }
        };
        let checked = proposal.check(cap);
        bounded(at, proposal, checked)
    }
}

impl EvaluationAnswer {
    /// The files it names.
    pub(in crate::evaluations) fn files(&self) -> Vec<EvidenceFileId> {
        self.evidence.iter().flatten().filter_map(EvidenceBody::file).collect()
    }

    /// The answer, when it can be given under a rulebook with this cap, of a plan that has these files.
    pub(in crate::evaluations) fn read(
        self,
        at: &mut Reader<'_>,
        cap: Figure,
        files: &HashMap<EvidenceFileId, Digest>,
    ) -> Option<Move> {
        let words = at.take("words", Words::parse(&self.words));
        let evidence = self.evidence.unwrap_or_default();
        let most = MeasurementFacts::MOST_EVIDENCE;
        let evidence = at.each("evidence", evidence, most, |one, at| one.read(at, files));
        let proposal = match &self.proposal {
            None => None,
            Some(proposal) => Some(proposal.read(&mut at.member("proposal"), cap)?),
        };
        Some(Move::Answer { words: words?, evidence, proposal })
    }
}
