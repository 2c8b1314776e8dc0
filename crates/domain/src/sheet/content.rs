//! What an individual evaluation says of a person: components with their weights, behaviours on a scale, days served, reductions.

mod check;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::fault::{FaultKind, Refused};
use crate::figure::Figure;
use crate::rulebook::Bands;
pub use crate::rulebook::{Category, ComponentKind};
use crate::said::Words;
use crate::score::Percent;
use crate::text::{Code, Line};
use crate::unit::UnitId;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Why a total is reduced.
    MalusKind, "Causa di una riduzione: sanzione disciplinare, quota sui tempi di pagamento, dovere mancato." {
        /// A disciplinary sanction.
        Disciplinary = "disciplinary",
        /// The quota that hangs on payment times.
        PaymentQuota = "payment_quota",
        /// A duty of law was missed.
        MissedDuty = "missed_duty",
    }
}

vocabulary! {
    /// How points on a scale become a percentage.
    ScaleReading, "Come i punti diventano percentuale: dal minimo al massimo della scala (3 su 1-5 è 50), oppure in rapporto al massimo (3 su 5 è 60)." {
        /// The least point is nothing, the most is everything.
        FromLeast = "from_least",
        /// The most is everything, and a point its share.
        OfMost = "of_most",
    }
}

/// The score a component takes its points from: a node of the plan's scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum ScoreNode {
    /// The comune's.
    Comune,
    /// That of a structure, an assignment, a phase or an indicator.
    Node(Uuid),
}

impl ScoreNode {
    /// Reads one: `comune`, or an id.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        if text == "comune" {
            return Ok(Self::Comune);
        }
        let malformed =
            |_| Refused::new(FaultKind::Malformed, "`comune`, oppure l'identificativo di un nodo.");
        text.parse().map(Self::Node).map_err(malformed)
    }
}

impl From<ScoreNode> for String {
    fn from(node: ScoreNode) -> Self {
        match node {
            ScoreNode::Comune => "comune".to_owned(),
            ScoreNode::Node(id) => id.to_string(),
        }
    }
}

impl TryFrom<String> for ScoreNode {
    type Error = Refused;

    fn try_from(text: String) -> Result<Self, Refused> {
        Self::parse(&text)
    }
}

/// Where the points of a component come from, and the figure that was read there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The node.
    pub node: ScoreNode,
    /// What it showed when it was taken.
    pub percent: Percent,
}

/// A component of an evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Component {
    /// Its code in the sheet.
    pub code: Code,
    /// What it judges.
    pub kind: ComponentKind,
    /// What it is called.
    pub title: Line<300>,
    /// How many hundredths of the total it is worth.
    pub weight: Figure,
    /// Its points, of one hundred; none yet, or those of its source, or of the behaviours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Figure>,
    /// The score it takes its points from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A behaviour that is judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behaviour {
    /// Its code in the sheet.
    pub code: Code,
    /// What is looked at.
    pub title: Line<300>,
    /// What it weighs beside the others.
    pub weight: Figure,
    /// Its points on the scale; none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Figure>,
}

/// The scale behaviours are judged on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// Its least point.
    pub least: Figure,
    /// Its most.
    pub most: Figure,
    /// How its points are read.
    pub reading: ScaleReading,
}

/// The days of the year: those to be served, those served, those the law protects (maternity, paternity, parental leave).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Days to be served.
    pub expected: i16,
    /// Days served.
    pub served: i16,
    /// Days the law protects: they count as served, so that they never lower anything (art. 9, paragraph 3).
    pub protected: i16,
}

impl Attendance {
    /// The hundredths that count: never more than all.
    #[must_use]
    pub fn coefficient(self) -> Option<Percent> {
        let counted = i32::from(self.served).checked_add(i32::from(self.protected))?;
        let percent = Percent::ratio(Decimal::from(counted), Decimal::from(self.expected))?;
        Some(percent.within(Percent::FULL))
    }
}

/// A reduction of the total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Malus {
    /// Why.
    pub kind: MalusKind,
    /// How many hundredths it takes away.
    pub percent: Figure,
    /// Why, in words.
    pub reason: Words,
}

/// How a sheet is reckoned: what the comune's measurement system says for its category, kept with the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// What it is called.
    pub name: Line<200>,
    /// The scale of behaviours, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// The bands of pay: what share of the quota a total opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<Bands>,
    /// Within how many days of sharing the person may accept or object.
    pub objection_days: i16,
}

impl Scheme {
    /// The usual days to object.
    pub const USUAL_DAYS: i16 = 15;
    /// The most there may be.
    pub const MOST_DAYS: i16 = 90;
}

/// What an evaluator says in a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Whom it is of.
    pub category: Category,
    /// The structure the person answers for or works in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// How it is reckoned.
    pub scheme: Scheme,
    /// The components.
    pub components: Vec<Component>,
    /// The behaviours.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub behaviours: Vec<Behaviour>,
    /// The days of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attendance: Option<Attendance>,
    /// The reductions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub malus: Vec<Malus>,
}

impl Content {
    /// The most components.
    pub const MOST_COMPONENTS: usize = 20;
    /// The most behaviours.
    pub const MOST_BEHAVIOURS: usize = 50;
    /// The most reductions.
    pub const MOST_MALUS: usize = 10;

    /// The content with other points in some places; what it was stays where it is.
    #[must_use]
    pub fn with(&self, changes: &[Change]) -> Self {
        let changes: BTreeMap<&Code, Figure> =
            changes.iter().map(|change| (&change.code, change.points)).collect();
        let mut content = self.clone();
        for one in &mut content.components {
            one.points = changes.get(&one.code).copied().or(one.points);
        }
        for one in &mut content.behaviours {
            one.points = changes.get(&one.code).copied().or(one.points);
        }
        content
    }
}

/// Other points for a component or a behaviour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The code of which one.
    pub code: Code,
    /// The points.
    pub points: Figure,
}
