//! From the organisation to persons: what an individual evaluation is made of, category by category. Conventions of the comune
//! again, but for one: of whoever answers for a structure, that structure must weigh most.

use serde::{Deserialize, Serialize};

use super::Bands;
use crate::figure::Figure;
use crate::text::Line;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Whom a sheet is of, as the law tells them apart.
    Category, "Categoria del valutato: dirigente o titolare di EQ, segretario, personale." {
        /// A manager, or the holder of an EQ post (legislative decree 150 of 2009, art. 9, paragraph 1).
        Manager = "manager",
        /// The Segretario.
        Segretario = "segretario",
        /// Everybody else (art. 9, paragraph 2).
        Staff = "staff",
    }
}

vocabulary! {
    /// What a component judges.
    ComponentKind, "Che cosa valuta una componente: l'ente, la struttura, gli obiettivi individuali, i comportamenti, la capacità di differenziare le valutazioni, altro." {
        /// The performance of the comune.
        Entity = "entity",
        /// That of the structure the person answers for or works in.
        Unit = "unit",
        /// Objectives of the person's own.
        IndividualObjectives = "individual_objectives",
        /// Behaviours and competences.
        Behaviours = "behaviours",
        /// How well the person tells the performance of its own staff apart.
        Differentiation = "differentiation",
        /// Anything else a measurement system provides for.
        Other = "other",
    }
}

/// A part of an individual evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// What it judges.
    pub kind: ComponentKind,
    /// What it is called, where the kind does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Line<300>>,
    /// How many hundredths of the total it is worth.
    pub weight: Figure,
}

/// What the individual evaluations of a category are made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mix {
    /// The components, which make one hundred together.
    pub components: Vec<Share>,
    /// The bands of pay: what share of the quota a total opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<Bands>,
}

impl Mix {
    /// The most components.
    pub const MOST: usize = 20;

    /// What a kind of component is worth in all.
    #[must_use]
    pub fn weight_of(&self, kind: ComponentKind) -> rust_decimal::Decimal {
        let own = self.components.iter().filter(|share| share.kind == kind);
        own.fold(rust_decimal::Decimal::ZERO, |sum, share| sum.saturating_add(share.weight.number()))
    }

    /// Whether the person's structure weighs more than anything else; true where nothing but it is judged.
    #[must_use]
    pub fn unit_prevails(&self) -> bool {
        let unit = self.weight_of(ComponentKind::Unit);
        let others =
            self.components.iter().map(|share| share.kind).filter(|kind| *kind != ComponentKind::Unit);
        others.map(|kind| self.weight_of(kind)).all(|other| other < unit)
    }
}
