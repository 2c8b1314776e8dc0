//! Why there is no result: five different things, and none of them is zero.

use serde::{Deserialize, Serialize};

use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// Why a result cannot be judged.
    Unjudged, "Perché un risultato non è valutabile: denominatore zero, nessun valore atteso, nessun valore di partenza, partenza uguale al valore atteso, partenza zero, serve un giudizio, misura di altro tipo, termine senza data, figure troppo grandi, dichiarato non valutabile." {
        /// So many of none.
        ZeroDenominator = "zero_denominator",
        /// Nothing says what is expected.
        NoTarget = "no_target",
        /// A change, with nothing to compare to.
        NoBaseline = "no_baseline",
        /// It was there already.
        BaselineIsTarget = "baseline_is_target",
        /// A change from nothing.
        BaselineIsZero = "baseline_is_zero",
        /// Words: somebody must judge.
        NeedsJudgement = "needs_judgement",
        /// What was measured is of another kind than what is expected.
        OtherKind = "other_kind",
        /// A term that no day was given for.
        NoTerm = "no_term",
        /// Figures beyond what can be computed.
        TooLarge = "too_large",
        /// Somebody said so.
        Declared = "declared",
    }
}

/// Why there is no result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Why {
    /// It was due, and nobody entered it.
    Missing,
    /// It is not due yet.
    NotDue,
    /// It does not apply.
    NotApplicable,
    /// It cannot be judged.
    NotEvaluable {
        /// Why not.
        because: Unjudged,
    },
    /// Something nobody here answers for stood in the way, and its weight goes to the others.
    Sterilised,
    /// Everything it is made of was left out.
    NothingCounts,
}

impl Why {
    /// The word it travels by; with the one that says what stands in the way of judging.
    #[must_use]
    pub fn word(self) -> String {
        let word = match self {
            Self::Missing => "missing",
            Self::NotDue => "not_due",
            Self::NotApplicable => "not_applicable",
            Self::NotEvaluable { because } => return format!("not_evaluable: {}", because.word()),
            Self::Sterilised => "sterilised",
            Self::NothingCounts => "nothing_counts",
        };
        word.to_owned()
    }
}
