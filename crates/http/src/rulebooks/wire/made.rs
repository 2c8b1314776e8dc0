//! What is known of rulebooks, made into what travels; and an opinion, read.

use traguardo_documents::{Reader, Word};
use traguardo_domain::rulebook::{Edition, Opinion, OpinionFacts, RulebookChange, RulebookRemark, Verdict};
use traguardo_domain::said::Words;
use traguardo_domain::{FaultKind, Faults};
use traguardo_persistence::rulebooks::SealedWith;

use super::{
    ChangeResponse, NewOpinion, OpinionResponse, RemarkResponse, RulebookEdition, RulebookEditionSummary,
    SealedPlanVersion,
};
use crate::problem::Problem;

impl From<RulebookChange> for ChangeResponse {
    fn from(change: RulebookChange) -> Self {
        Self { pointer: change.pointer, before: change.before, after: change.after }
    }
}

impl From<RulebookRemark> for RemarkResponse {
    fn from(remark: RulebookRemark) -> Self {
        Self { pointer: remark.pointer, message: remark.message, law: remark.law }
    }
}

impl From<Opinion> for OpinionResponse {
    fn from(opinion: Opinion) -> Self {
        let Opinion { facts, given_at, member } = opinion;
        let words = facts.words.map(String::from);
        Self { verdict: Word(facts.verdict), words, act: facts.act, given_at, member }
    }
}

impl From<Edition> for RulebookEditionSummary {
    fn from(edition: Edition) -> Self {
        Self {
            year: edition.year.number().into(),
            edition: edition.number.number(),
            title: edition.rulebook.title.into(),
            shipped: edition.shipped.map(Word),
            recorded_at: edition.recorded_at,
            member: edition.member,
            digest: edition.digest.to_string(),
        }
    }
}

impl From<Edition> for RulebookEdition {
    fn from(edition: Edition) -> Self {
        Self {
            year: edition.year.number().into(),
            edition: edition.number.number(),
            shipped: edition.shipped.map(Word),
            recorded_at: edition.recorded_at,
            member: edition.member,
            digest: edition.digest.to_string(),
            remarks: edition.rulebook.remarks().into_iter().map(RemarkResponse::from).collect(),
            content: edition.rulebook,
            sealed_with: None,
            opinions: None,
        }
    }
}

impl RulebookEdition {
    /// The edition with the versions sealed with it, of all those of its year, and what is thought of it.
    pub(in crate::rulebooks) fn with(self, sealed: &[SealedWith], opinions: Vec<Opinion>) -> Self {
        let of_it = sealed.iter().filter(|one| one.edition == self.edition);
        let sealed = of_it.map(|one| SealedPlanVersion { plan: one.plan.0, version: one.version }).collect();
        let opinions = opinions.into_iter().map(OpinionResponse::from).collect();
        Self { sealed_with: Some(sealed), opinions: Some(opinions), ..self }
    }
}

impl NewOpinion {
    /// What is said, when it can be.
    pub(in crate::rulebooks) fn facts(&self) -> Result<OpinionFacts, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let verdict = self.verdict.0;
        if self.words.is_none() && verdict != Verdict::Favourable {
            at.fault(
                "words",
                FaultKind::Missing,
                "Le osservazioni e il parere contrario hanno le loro ragioni.",
            );
        }
        let words = at.maybe("words", self.words.as_ref(), Words::parse);
        let act = self.act.as_ref().and_then(|act| act.read(&mut at.member("act")));
        faults.finish(Some(OpinionFacts { verdict, words, act })).map_err(Problem::invalid)
    }
}
