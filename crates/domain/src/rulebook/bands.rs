//! Bands: into which degrees of achievement a result falls. They close by construction: each begins where it says and ends
//! where the next begins, the first begins at nothing, the last has no end.

use serde::{Deserialize, Serialize};

use crate::fault::Refused;
use crate::figure::Figure;
use crate::score::Percent;
use crate::text::{Code, Line};

/// What a result that falls into a band counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Effect {
    /// What it is.
    Proportional,
    /// A fixed percentage, whatever it is.
    Fixed {
        /// Which.
        percent: Figure,
    },
}

/// A degree of achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// Its code.
    pub code: Code,
    /// What it is called.
    pub label: Line<100>,
    /// The least result that falls into it.
    pub from: Figure,
    /// What such a result counts.
    pub effect: Effect,
}

/// The degrees of achievement, from the lowest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Band>", try_from = "Vec<Band>")]
pub struct Bands(Vec<Band>);

impl Bands {
    /// The most there may be.
    pub const MOST: usize = 20;

    /// Bands that close: the first from nothing, each from more than the one before, no code twice.
    ///
    /// # Errors
    /// The first reason why they do not; [`Bands::faults`] tells all of them.
    pub fn parse(bands: Vec<Band>) -> Result<Self, Refused> {
        if let Some(first) = Self::faults(&bands).into_iter().next() {
            return Err(Refused { kind: first.kind, detail: first.detail });
        }
        Ok(Self(bands))
    }

    /// The band a result falls into: the last that begins at it or below.
    #[must_use]
    pub fn of(&self, result: Percent) -> Option<&Band> {
        self.0.iter().rev().find(|band| Percent::from(band.from) <= result)
    }

    /// The band above the one a result falls into.
    #[must_use]
    pub fn above(&self, result: Percent) -> Option<&Band> {
        self.0.iter().find(|band| Percent::from(band.from) > result)
    }

    /// The bands, from the lowest.
    #[must_use]
    pub fn as_slice(&self) -> &[Band] {
        &self.0
    }
}

impl From<Bands> for Vec<Band> {
    fn from(bands: Bands) -> Self {
        bands.0
    }
}

impl TryFrom<Vec<Band>> for Bands {
    type Error = String;

    fn try_from(bands: Vec<Band>) -> Result<Self, String> {
        Self::parse(bands).map_err(|refused| refused.detail)
    }
}

impl Effect {
    /// What a result counts.
    #[must_use]
    pub fn counts(self, result: Percent) -> Percent {
        match self {
            Self::Proportional => result,
            Self::Fixed { percent } => Percent::from(percent),
        }
    }
}
