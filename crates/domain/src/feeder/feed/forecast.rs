//! The forecast of payment times, as the bills come to it: it is the delay of the year by our own computation.

use super::decide::Ground;
use super::explanation::{register_words, source};
use super::{FedForecast, FeedOutcome, FeedReason};
use crate::measurement::Span;
use crate::payment_time::ForecastFacts;
use crate::register::Register;

/// The shared indicator whose figure it is.
pub(super) const DELAY: &str = "T1.irp";

impl Ground<'_> {
    /// What becomes of the forecast; nothing when bills come to no figure.
    pub(super) fn forecast(&self) -> Option<FedForecast> {
        let computed = self.computed(None, DELAY)?;
        let Span { from, to } = self.asked.period;
        let period = Span { from, to: to.min(self.asked.on).max(from) };
        let facts = ForecastFacts { delay: computed.exact()?, period, source: source(computed)? };
        let before = self.payment_time.forecast.as_ref().map(|one| &one.facts);
        let stood = before.map(|one| one.delay);
        let (outcome, why) = match self.why_not(before, &facts) {
            None if before == Some(&facts) => (FeedOutcome::Unchanged, None),
            None => (FeedOutcome::Recorded, None),
            Some(_) if stood.is_some_and(|stood| computed.says(stood)) => (FeedOutcome::Unchanged, None),
            Some(FeedReason::ResultsCertified) => (FeedOutcome::Flagged, Some(FeedReason::ResultsCertified)),
            Some(why) => (FeedOutcome::Refused, Some(why)),
        };
        Some(FedForecast { outcome, why, facts, stood })
    }

    /// Why it is not to be written over what stands.
    fn why_not(&self, before: Option<&ForecastFacts>, facts: &ForecastFacts) -> Option<FeedReason> {
        if before == Some(facts) {
            return None;
        }
        let prefix = format!("{}, metodo ", register_words(Register::Invoices));
        let ours = |before: &ForecastFacts| before.source.as_str().starts_with(&prefix);
        if self.plan.state.is_certified() {
            Some(FeedReason::ResultsCertified)
        } else if !self.foresees {
            Some(FeedReason::NotYours)
        } else if before.is_some_and(|before| !ours(before)) {
            Some(FeedReason::EnteredByHand)
        } else if before.is_some_and(|before| facts.period.to < before.period.to) {
            Some(FeedReason::SeenBefore)
        } else {
            None
        }
    }
}
