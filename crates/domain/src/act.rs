//! Acts: what makes a version of a plan official.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::text::Line;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Who adopted an act, and in which form.
    ActKind, "Tipo di atto: deliberazione della Giunta, deliberazione del Consiglio, determinazione, decreto del Sindaco, parere dell'organo di valutazione." {
        /// Deliberazione della Giunta.
        GiuntaResolution = "giunta_resolution",
        /// Deliberazione del Consiglio.
        CouncilResolution = "council_resolution",
        /// Determinazione.
        Determination = "determination",
        /// Decreto del Sindaco.
        MayorDecree = "mayor_decree",
        /// Parere dell'organo di valutazione.
        EvaluationOpinion = "evaluation_opinion",
    }
}

/// An act of a body of the comune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// Its kind.
    pub kind: ActKind,
    /// Its number in the register of its year.
    pub number: Line<40>,
    /// The day it was adopted.
    pub date: NaiveDate,
}
