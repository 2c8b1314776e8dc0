//! What a sheet comes to: exact decimals, line by line, so that whoever adds the lines by hand gets the same digits.

use rust_decimal::Decimal;
use serde::Serialize;

use super::content::{
    Behaviour, Category, Component, ComponentKind, Content, MalusKind, Scale, ScaleReading,
};
use crate::figure::Figure;
use crate::rulebook::Band;
use crate::score::Percent;
use crate::text::Code;
use crate::vocabulary::vocabulary;

/// What a line of a reckoning is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Entry {
    /// A component: its points times its weight.
    Component {
        /// Its code.
        code: Code,
        /// What it judges.
        kind: ComponentKind,
        /// Its weight.
        weight: Figure,
        /// Its points, of one hundred.
        points: Percent,
        /// What it adds.
        adds: Percent,
    },
    /// The days served: what comes before, times their share.
    Attendance {
        /// The hundredths of the days that count.
        coefficient: Percent,
        /// What is left.
        left: Percent,
    },
    /// The reductions, added together and never more than all.
    Malus {
        /// Which kinds.
        kinds: Vec<MalusKind>,
        /// The hundredths they take away.
        percent: Percent,
        /// What is left.
        left: Percent,
    },
}

/// What a sheet comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reckoning {
    /// How it comes to that, in order.
    pub lines: Vec<Entry>,
    /// The sum of the components.
    pub score: Percent,
    /// What is left after days served and reductions.
    pub total: Percent,
    /// The band of pay the total falls into.
    pub band: Option<Band>,
    /// Whether that is the highest.
    pub top: bool,
}

vocabulary! {
    /// What a sheet is told without being refused.
    SheetRemark, "Avvertenza su una scheda: la struttura non ha il peso prevalente, i punti non sono quelli del risultato da cui vengono." {
        /// The structure does not weigh most for a manager (C06; legislative decree 150 of 2009, art. 9, paragraph 1, letter a).
        UnitNotPrevailing = "unit_not_prevailing",
        /// Points differ from the score they come from.
        NotAsScored = "not_as_scored",
    }
}

impl Content {
    /// What it comes to.
    ///
    /// # Errors
    /// The codes of the components and behaviours that have no points yet.
    pub fn reckon(&self) -> Result<Reckoning, Vec<Code>> {
        let missing = self.without_points();
        if !missing.is_empty() {
            return Err(missing);
        }
        let mut lines = Vec::with_capacity(self.components.len());
        let mut score = Decimal::ZERO;
        for one in &self.components {
            let Some(points) = self.points_of(one) else { return Err(vec![one.code.clone()]) };
            let adds = share(points, Percent::from(one.weight)).ok_or_else(|| vec![one.code.clone()])?;
            score = score.saturating_add(adds.number());
            let (code, kind, weight) = (one.code.clone(), one.kind, one.weight);
            lines.push(Entry::Component { code, kind, weight, points, adds });
        }
        let score = Percent::of(score);
        let mut total = score;
        if let Some(coefficient) = self.attendance.and_then(super::Attendance::coefficient) {
            total = share(total, coefficient).unwrap_or(total);
            lines.push(Entry::Attendance { coefficient, left: total });
        }
        if !self.malus.is_empty() {
            let sum =
                self.malus.iter().fold(Decimal::ZERO, |sum, one| sum.saturating_add(one.percent.number()));
            let percent = Percent::of(sum).within(Percent::FULL);
            let kept = Percent::of(Decimal::ONE_HUNDRED.saturating_sub(percent.number()));
            total = share(total, kept).unwrap_or(total);
            let kinds = self.malus.iter().map(|one| one.kind).collect();
            lines.push(Entry::Malus { kinds, percent, left: total });
        }
        let bands = self.scheme.bands.as_ref();
        let band = bands.and_then(|bands| bands.of(total)).cloned();
        let top = band.is_some() && bands.is_some_and(|bands| bands.above(total).is_none());
        Ok(Reckoning { lines, score, total, band, top })
    }

    /// The components and behaviours whose points are still to be given.
    #[must_use]
    pub fn without_points(&self) -> Vec<Code> {
        let components = self.components.iter().filter(|one| !self.is_of_behaviours(one));
        let components = components.filter(|one| one.points.is_none() && one.source.is_none());
        let behaviours = self.behaviours.iter().filter(|one| one.points.is_none());
        components.map(|one| &one.code).chain(behaviours.map(|one| &one.code)).cloned().collect()
    }

    /// Whether the points of a component are those of the behaviours listed.
    fn is_of_behaviours(&self, component: &Component) -> bool {
        component.kind == ComponentKind::Behaviours && !self.behaviours.is_empty()
    }

    /// The points of a component, of one hundred: those given, else those of its source; or those of the behaviours.
    fn points_of(&self, component: &Component) -> Option<Percent> {
        if self.is_of_behaviours(component) {
            return behaviours(&self.behaviours, self.scheme.scale?);
        }
        let given = component.points.map(Percent::from);
        given.or_else(|| component.source.map(|source| source.percent.within(Percent::FULL)))
    }

    /// What whoever reads the sheet is told.
    #[must_use]
    pub fn remarks(&self) -> Vec<SheetRemark> {
        let mut remarks = Vec::new();
        if self.category == Category::Manager && !self.unit_prevails() {
            remarks.push(SheetRemark::UnitNotPrevailing);
        }
        let differs = |one: &Component| match (one.points, one.source) {
            (Some(points), Some(source)) => {
                Percent::from(points).shown() != source.percent.within(Percent::FULL).shown()
            }
            (None | Some(_), None) | (None, Some(_)) => false,
        };
        if self.components.iter().any(differs) {
            remarks.push(SheetRemark::NotAsScored);
        }
        remarks
    }

    /// Whether the structure weighs more than anything else that is judged.
    fn unit_prevails(&self) -> bool {
        use crate::vocabulary::Vocabulary as _;
        let weight = |kind: ComponentKind| {
            let of_kind = self.components.iter().filter(|one| one.kind == kind);
            of_kind.fold(Decimal::ZERO, |sum, one| sum.saturating_add(one.weight.number()))
        };
        let unit = weight(ComponentKind::Unit);
        ComponentKind::all()
            .iter()
            .filter(|kind| **kind != ComponentKind::Unit)
            .all(|kind| weight(*kind) < unit)
    }
}

/// So many hundredths of a percentage.
fn share(percent: Percent, hundredths: Percent) -> Option<Percent> {
    percent.number().checked_mul(hundredths.number())?.checked_div(Decimal::ONE_HUNDRED).map(Percent::of)
}

/// The weighted mean of behaviours, as a percentage of their scale.
fn behaviours(all: &[Behaviour], scale: Scale) -> Option<Percent> {
    let (floor, span) = match scale.reading {
        ScaleReading::FromLeast => {
            (scale.least.number(), scale.most.number().checked_sub(scale.least.number())?)
        }
        ScaleReading::OfMost => (Decimal::ZERO, scale.most.number()),
    };
    let (mut points, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for one in all {
        let above = one.points?.number().checked_sub(floor)?;
        points = points.checked_add(above.checked_mul(one.weight.number())?)?;
        weights = weights.checked_add(one.weight.number())?;
    }
    Percent::ratio(points, weights.checked_mul(span)?)
}
