//! What a comparison does not tell, and why: never silently.

use serde::{Deserialize, Serialize};

use super::{FEWEST, FEWEST_ANONYMOUS};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why something of a comparison is not told, or somebody's value did not enter it.
    Suppression, "Perché qualcosa di un confronto non si dice: troppo pochi comuni, uno solo pesa più di tutti gli altri, nessun consenso, embargo, qualità insufficiente, blocco di anonimi incompleto, definizione diversa." {
        /// Fewer comuni than a statistic is told of.
        TooFew = "too_few",
        /// One comune makes more than half of the total.
        Dominance = "dominance",
        /// The comune does not let its value be shown to whoever looks.
        NoConsent = "no_consent",
        /// It lets it be shown from a later day.
        Embargo = "embargo",
        /// The value is worse than what was asked for.
        Grade = "grade",
        /// The comune is anonymous, and not all those who are anonymous with it enter.
        AnonymousBlock = "anonymous_block",
        /// It was measured by another definition of the indicator.
        OtherDefinition = "other_definition",
    }
}

impl Suppression {
    /// The reason in words.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::TooFew => format!("Una statistica si dice solo di almeno {FEWEST} comuni."),
            Self::Dominance => {
                "Un solo comune fa più di metà del totale: la media direbbe il suo valore.".to_owned()
            }
            Self::NoConsent => "Non acconsentono a mostrare il dato a chi guarda.".to_owned(),
            Self::Embargo => {
                "Acconsentono a mostrare il dato da un giorno che deve ancora venire.".to_owned()
            }
            Self::Grade => "Il dato è di qualità inferiore a quella chiesta.".to_owned(),
            Self::AnonymousBlock => format!(
                "Gli anonimi entrano solo a blocchi fissi di almeno {FEWEST_ANONYMOUS} comuni, tutti o nessuno."
            ),
            Self::OtherDefinition => "Il dato segue un'altra definizione dell'indicatore.".to_owned(),
        }
    }
}

/// How many comuni of a group have a value that did not enter, for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptBack {
    /// Why.
    pub why: Suppression,
    /// How many.
    pub comuni: usize,
}

impl KeptBack {
    /// The same in words.
    #[must_use]
    pub fn sentence(&self) -> String {
        let many = match self.comuni {
            1 => "1 comune non entra".to_owned(),
            many => format!("{many} comuni non entrano"),
        };
        format!("{many}. {}", self.why.sentence())
    }
}
