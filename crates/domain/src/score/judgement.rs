//! What a judgement makes of a computed result; and the causes nobody in the comune answers for, told apart so that they can be
//! counted.

use rust_decimal::Decimal;

use super::percent::Percent;
use super::tree::{Judgement, Outcome, Sterilisation};
use super::why::{Unjudged, Why};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What stood in the way.
    SterilisationCause, "Causa non imputabile: fondi venuti meno, norma cambiata, inerzia di un altro ente, forza maggiore, altro." {
        /// Funds that were granted were withdrawn.
        FundsWithdrawn = "funds_withdrawn",
        /// The law changed.
        LawChanged = "law_changed",
        /// Another body did not do its part.
        OtherBody = "other_body",
        /// Nobody could have done anything.
        ForceMajeure = "force_majeure",
        /// Something else, told in words.
        Other = "other",
    }
}

/// Where it was not told apart.
impl Default for SterilisationCause {
    fn default() -> Self {
        Self::Other
    }
}

impl SterilisationCause {
    /// What it is called.
    #[must_use]
    pub const fn italian(self) -> &'static str {
        match self {
            Self::FundsWithdrawn => "fondi venuti meno",
            Self::LawChanged => "norma cambiata",
            Self::OtherBody => "inerzia di un altro ente",
            Self::ForceMajeure => "forza maggiore",
            Self::Other => "altra causa",
        }
    }
}

impl Judgement {
    /// What stands after it.
    #[must_use]
    pub fn applied(&self, computed: Outcome) -> Outcome {
        match self {
            Self::Certified => computed,
            Self::Override { percent, .. } => Outcome::Reached { percent: Percent::from(*percent) },
            Self::NotEvaluable { .. } => {
                Outcome::Absent { why: Why::NotEvaluable { because: Unjudged::Declared } }
            }
            Self::Sterilised { effect, .. } => effect.applied(computed),
        }
    }
}

impl Sterilisation {
    fn applied(&self, computed: Outcome) -> Outcome {
        match (self, computed) {
            (Self::Redistributed, _) => Outcome::Absent { why: Why::Sterilised },
            (Self::Frozen { percent }, _) => Outcome::Reached { percent: Percent::from(*percent) },
            (Self::Exogenous { percent: share }, Outcome::Reached { percent }) => {
                let left = Decimal::ONE_HUNDRED.checked_sub(percent.number()).unwrap_or_default();
                let forgiven = left.max(Decimal::ZERO).checked_mul(share.number()).unwrap_or_default();
                let forgiven = forgiven.checked_div(Decimal::ONE_HUNDRED).unwrap_or_default();
                let raised = percent.number().checked_add(forgiven).unwrap_or_else(|| percent.number());
                Outcome::Reached { percent: Percent::of(raised) }
            }
            (Self::Exogenous { .. }, absent @ Outcome::Absent { .. }) => absent,
        }
    }
}
