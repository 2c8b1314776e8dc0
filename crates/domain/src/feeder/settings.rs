//! What the law leaves open and each comune settles for its own figures.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fault::{Fault, FaultKind, Refused};
use crate::text::Line;
use crate::version::{Version, Versioned};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How a delay with decimals is read against bands of whole days.
    FundRounding, "Come un ritardo con decimali si legge nelle fasce a giorni interi: arrotondato al più vicino, oppure qualunque ritardo sopra lo zero è nella prima fascia." {
        /// To the nearest whole day, half up.
        Nearest = "nearest",
        /// Up to the next whole day: any delay is in the first band.
        AnyDelay = "any_delay",
    }
}

vocabulary! {
    /// What a year without requests is worth.
    NoRequests, "Quanto vale un anno senza richieste di accesso: non si valuta, oppure pieno." {
        /// It cannot be judged.
        NotEvaluable = "not_evaluable",
        /// Everything there was was answered in time.
        Full = "full",
    }
}

vocabulary! {
    /// What is asked of whoever worked for a part of the year.
    Proration, "Quante ore di formazione si attendono da chi ha lavorato una parte dell'anno: in proporzione ai mesi, ai giorni, oppure tutte." {
        /// In proportion to the months begun.
        Months = "months",
        /// In proportion to the days.
        Days = "days",
        /// Everything.
        Nothing = "none",
    }
}

/// What a comune settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsFacts {
    /// How a delay is read against the bands of the guarantee fund.
    pub fund_rounding: FundRounding,
    /// Whether overdue debt that is contested counts in the stock of debt.
    pub contested_debt_counts: bool,
    /// What a year without access requests is worth.
    pub no_requests: NoRequests,
    /// What training is asked of whoever worked for a part of the year.
    pub proration: Proration,
    /// The fewest respondents whose mean is told.
    pub fewest_respondents: u16,
    /// What the columns of the file of bills are called, where they are not called as the national platform calls them: by field.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub invoice_columns: BTreeMap<String, Line<100>>,
}

impl SettingsFacts {
    /// The fewest respondents the shared definitions ask for.
    pub const USUAL_RESPONDENTS: u16 = 30;
    /// The most respondents that may be asked for.
    pub const MOST_RESPONDENTS: u16 = 1_000;

    /// What is wrong with it.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let fewest = (1..=Self::MOST_RESPONDENTS).contains(&self.fewest_respondents);
        let fault = || {
            let detail = format!("Da 1 a {} risposte.", Self::MOST_RESPONDENTS);
            Refused::new(FaultKind::OutOfBounds, detail).at("/fewest_respondents")
        };
        if fewest { Vec::new() } else { vec![fault()] }
    }
}

impl Default for SettingsFacts {
    fn default() -> Self {
        Self {
            fund_rounding: FundRounding::Nearest,
            contested_debt_counts: false,
            no_requests: NoRequests::NotEvaluable,
            proration: Proration::Months,
            fewest_respondents: Self::USUAL_RESPONDENTS,
            invoice_columns: BTreeMap::new(),
        }
    }
}

/// What a comune settled, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What.
    pub facts: SettingsFacts,
    /// How often it was written.
    pub version: Version,
}

impl Versioned for Settings {
    type Facts = SettingsFacts;

    fn facts(&self) -> &SettingsFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}
