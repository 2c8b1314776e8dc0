//! The rulebooks that come with the program: conventions many comuni use, none of them law.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AboveRange, Absence, Absences, Band, BandOn, Bands, Category, ComponentKind, Effect, Formulas, LateStep,
    Mix, ObjectiveMix, PartsRule, RollUp, RollUps, Rulebook, ScaleRule, Share,
};
use crate::fault::Refused;
use crate::figure::Figure;
use crate::text::{Code, Line};
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The rulebooks that come with the program.
    Shipped, "Sistema di valutazione già pronto: tre livelli, quattro livelli, raggiunto o non raggiunto." {
        /// Reached from ninety, in part from sixty.
        ThreeLevels = "three_levels",
        /// In full at a hundred, almost from seventy-five, in part from fifty.
        FourLevels = "four_levels",
        /// Reached, or not.
        Binary = "binary",
    }
}

/// A rulebook that comes with the program.
///
/// # Errors
/// Never, as its test shows.
pub fn shipped(which: Shipped) -> Result<Rulebook, Refused> {
    let (title, bands) = match which {
        Shipped::ThreeLevels => (
            "Tre livelli: raggiunto, raggiunto in parte, non raggiunto",
            vec![
                band("non-raggiunto", "Non raggiunto", 0, Effect::Proportional)?,
                band("parziale", "Raggiunto in parte", 60, Effect::Proportional)?,
                band("raggiunto", "Raggiunto", 90, Effect::Proportional)?,
            ],
        ),
        Shipped::FourLevels => (
            "Quattro livelli: pieno, quasi pieno, parziale, mancato",
            vec![
                band("mancato", "Mancato", 0, Effect::Fixed { percent: Figure::ZERO })?,
                band("parziale", "Parziale", 50, Effect::Fixed { percent: Figure::whole(50) })?,
                band("quasi-pieno", "Quasi pieno", 75, Effect::Fixed { percent: Figure::whole(75) })?,
                band("pieno", "Pieno", 100, Effect::Fixed { percent: Figure::HUNDRED })?,
            ],
        ),
        Shipped::Binary => (
            "Raggiunto o non raggiunto",
            vec![
                band("non-raggiunto", "Non raggiunto", 0, Effect::Fixed { percent: Figure::ZERO })?,
                band("raggiunto", "Raggiunto", 100, Effect::Fixed { percent: Figure::HUNDRED })?,
            ],
        ),
    };
    Ok(Rulebook {
        title: Line::parse(title)?,
        formulas: formulas(),
        absences: Absences {
            missing: Absence::Zero,
            not_due: Absence::Excluded,
            not_applicable: Absence::Excluded,
            not_evaluable: Absence::Excluded,
        },
        roll_ups: RollUps {
            objective: ObjectiveMix::PhasesFirst,
            phases_share: Figure::whole(50),
            comune: RollUp::Equal,
            set: BTreeMap::new(),
            classes: BTreeMap::new(),
        },
        bands: Bands::parse(bands)?,
        band_on: BandOn::Computed,
        individual: individual()?,
        variations_until: Some(10),
        blocking: BTreeSet::new(),
    })
}

fn band(code: &str, label: &str, from: i32, effect: Effect) -> Result<Band, Refused> {
    Ok(Band { code: Code::parse(code)?, label: Line::parse(label)?, from: Figure::whole(from), effect })
}

fn formulas() -> Formulas {
    let step = |days, percent| LateStep { days, percent: Figure::whole(percent) };
    Formulas {
        cap: Figure::HUNDRED,
        late: vec![step(15, 80), step(30, 60), step(60, 30)],
        low_tolerance: None,
        above_range: AboveRange::Zero,
        least_point: Figure::whole(1),
        scale: ScaleRule::OfTarget,
        parts: PartsRule::Mean,
        instead: BTreeMap::new(),
    }
}

/// What is usual: of whoever answers for a structure it weighs most; the Segretario answers to the Sindaco, and has none.
fn individual() -> Result<BTreeMap<Category, Mix>, Refused> {
    use ComponentKind::{Behaviours, Differentiation, Entity, IndividualObjectives, Unit};
    let mix = |shares: &[(ComponentKind, i32)]| -> Result<Mix, Refused> {
        let share = |(kind, weight): &(ComponentKind, i32)| Share {
            kind: *kind,
            title: None,
            weight: Figure::whole(*weight),
        };
        Ok(Mix { components: shares.iter().map(share).collect(), bands: Some(pay()?) })
    };
    let manager =
        [(Entity, 15), (Unit, 40), (IndividualObjectives, 15), (Behaviours, 20), (Differentiation, 10)];
    Ok(BTreeMap::from([
        (Category::Manager, mix(&manager)?),
        (Category::Segretario, mix(&[(Entity, 30), (IndividualObjectives, 45), (Behaviours, 25)])?),
        (Category::Staff, mix(&[(Entity, 10), (Unit, 40), (IndividualObjectives, 10), (Behaviours, 40)])?),
    ]))
}

/// What share of the quota a total opens.
fn pay() -> Result<Bands, Refused> {
    let fixed = |percent| Effect::Fixed { percent: Figure::whole(percent) };
    Bands::parse(vec![
        band("nessun-premio", "Nessun premio", 0, fixed(0))?,
        band("fascia-4", "Quarta fascia", 60, fixed(60))?,
        band("fascia-3", "Terza fascia", 70, fixed(75))?,
        band("fascia-2", "Seconda fascia", 80, fixed(90))?,
        band("fascia-1", "Prima fascia", 90, fixed(100))?,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary as _;

    #[test]
    fn every_shipped_rulebook_is_one() {
        for which in Shipped::all() {
            let rulebook = shipped(*which).unwrap();
            let written = serde_json::to_string(&rulebook).unwrap();
            assert_eq!(serde_json::from_str::<Rulebook>(&written).unwrap(), rulebook);
            assert_eq!((rulebook.check(), rulebook.remarks()), (Vec::new(), Vec::new()));
        }
    }
}
