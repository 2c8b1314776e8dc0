//! What a rulebook may say: every setting has bounds, and what lies outside them is told at its place, all of it at once.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Band, Bands, Category, ComponentKind, Effect, LateStep, Mix, RollUp, Rulebook};
use crate::fault::{Fault, FaultKind};
use crate::figure::Figure;

/// The faults found so far.
#[derive(Default)]
struct Found(Vec<Fault>);

impl Found {
    fn unless(&mut self, holds: bool, pointer: impl Into<String>, kind: FaultKind, detail: &str) {
        if !holds {
            self.0.push(Fault { pointer: pointer.into(), kind, detail: detail.to_owned() });
        }
    }

    fn within(&mut self, figure: Figure, least: i32, most: i32, pointer: impl Into<String>) {
        let fits = figure >= Figure::whole(least) && figure <= Figure::whole(most);
        self.unless(fits, pointer, FaultKind::OutOfBounds, &format!("Da {least} a {most}."));
    }

    fn at_most(&mut self, many: usize, most: usize, pointer: impl Into<String>) {
        self.unless(many <= most, pointer, FaultKind::OutOfBounds, &format!("Al massimo {most}."));
    }
}

impl Rulebook {
    /// The most steps of lateness.
    pub const MOST_LATE_STEPS: usize = 50;
    /// The most structures with a weight that is set.
    pub const MOST_SET: usize = 1_000;
    /// The most classes with a coefficient.
    pub const MOST_CLASSES: usize = 100;
    /// The largest weight that may be set.
    pub const MOST_WEIGHT: i32 = 1_000_000;
    /// The largest coefficient of a class.
    pub const MOST_COEFFICIENT: i32 = 1_000;

    /// Everything it says that cannot be meant, each at its place; nothing when it may be adopted.
    #[must_use]
    pub fn check(&self) -> Vec<Fault> {
        let mut found = Found::default();
        self.check_formulas(&mut found);
        self.check_roll_ups(&mut found);
        found.0.extend(Bands::faults(self.bands.as_slice()).into_iter().map(|fault| below("/bands", fault)));
        self.reachable(&self.bands, "/bands", &mut found);
        for (category, mix) in &self.individual {
            let place = format!("/individual/{}", crate::vocabulary::Vocabulary::word(*category));
            check_mix(mix, &place, &mut found);
            if let Some(bands) = &mix.bands {
                self.reachable(bands, &format!("{place}/bands"), &mut found);
            }
        }
        let months = self.variations_until.is_none_or(|month| (1..=12).contains(&month));
        found.unless(months, "/variations_until", FaultKind::OutOfBounds, "Un mese, da 1 a 12.");
        found.0
    }

    fn check_formulas(&self, found: &mut Found) {
        let formulas = &self.formulas;
        found.within(formulas.cap, 100, 120, "/formulas/cap");
        found.within(formulas.least_point, 0, 100, "/formulas/least_point");
        let tolerates = formulas.low_tolerance.is_none_or(|tolerance| tolerance > Figure::ZERO);
        let detail = "Maggiore di zero; senza, si misura in proporzione.";
        found.unless(tolerates, "/formulas/low_tolerance", FaultKind::OutOfBounds, detail);
        check_late(&formulas.late, found);
        for (formula, other) in &formulas.instead {
            let place = format!("/formulas/instead/{}", crate::vocabulary::Vocabulary::word(*formula));
            let last = !formulas.instead.contains_key(other);
            let detail = "La formula che ne prende il posto è a sua volta sostituita.";
            found.unless(last, place, FaultKind::Inconsistent, detail);
        }
    }

    fn check_roll_ups(&self, found: &mut Found) {
        let roll_ups = &self.roll_ups;
        found.within(roll_ups.phases_share, 0, 100, "/roll_ups/phases_share");
        found.at_most(roll_ups.set.len(), Self::MOST_SET, "/roll_ups/set");
        found.at_most(roll_ups.classes.len(), Self::MOST_CLASSES, "/roll_ups/classes");
        for (unit, weight) in &roll_ups.set {
            found.within(*weight, 0, Self::MOST_WEIGHT, format!("/roll_ups/set/{}", token(unit.as_str())));
        }
        let weighs = roll_ups.set.values().any(|weight| *weight > Figure::ZERO);
        let detail = "Con i pesi stabiliti, almeno una struttura ne ha uno maggiore di zero.";
        let asked = roll_ups.comune == RollUp::Set;
        found.unless(!asked || weighs, "/roll_ups/set", FaultKind::Inconsistent, detail);
        for (class, coefficient) in &roll_ups.classes {
            let fits = *coefficient > Figure::ZERO && *coefficient <= Figure::whole(Self::MOST_COEFFICIENT);
            let detail = format!("Maggiore di zero, al massimo {}.", Self::MOST_COEFFICIENT);
            let place = format!("/roll_ups/classes/{}", token(class.as_str()));
            found.unless(fits, place, FaultKind::OutOfBounds, &detail);
        }
    }

    /// A band that begins above the cap is one nothing can fall into.
    fn reachable(&self, bands: &Bands, place: &str, found: &mut Found) {
        for (index, band) in bands.as_slice().iter().enumerate() {
            let detail = "Nessun risultato vi arriva: comincia oltre il massimo.";
            let place = format!("{place}/{index}/from");
            found.unless(band.from <= self.formulas.cap, place, FaultKind::Inconsistent, detail);
        }
    }
}

impl Bands {
    /// Why these bands do not close, each reason at its place in the list.
    #[must_use]
    pub fn faults(bands: &[Band]) -> Vec<Fault> {
        let mut found = Found::default();
        found.unless(!bands.is_empty(), "", FaultKind::Missing, "Almeno una fascia.");
        found.at_most(bands.len(), Self::MOST, "");
        let mut before: Option<Figure> = None;
        let mut codes = BTreeSet::new();
        for (index, band) in bands.iter().enumerate() {
            let from = format!("/{index}/from");
            match before {
                None => {
                    let detail = "La prima fascia comincia da 0.";
                    found.unless(band.from == Figure::ZERO, from, FaultKind::Inconsistent, detail);
                }
                Some(before) => {
                    let detail = "Ogni fascia comincia sopra quella che la precede.";
                    found.unless(band.from > before, from, FaultKind::Inconsistent, detail);
                }
            }
            before = Some(band.from);
            let detail = "Due fasce hanno lo stesso codice.";
            found.unless(codes.insert(&band.code), format!("/{index}/code"), FaultKind::Inconsistent, detail);
            if let Effect::Fixed { percent } = band.effect {
                found.within(percent, 0, 200, format!("/{index}/effect/percent"));
            }
        }
        found.0
    }
}

fn check_late(steps: &[LateStep], found: &mut Found) {
    found.at_most(steps.len(), Rulebook::MOST_LATE_STEPS, "/formulas/late");
    let mut before: Option<&LateStep> = None;
    for (index, step) in steps.iter().enumerate() {
        let place = format!("/formulas/late/{index}");
        found.within(step.percent, 0, 100, format!("{place}/percent"));
        if let Some(before) = before {
            let detail = "Ogni gradino arriva a più giorni di quello che lo precede.";
            let (days, percent) = (format!("{place}/days"), format!("{place}/percent"));
            found.unless(step.days > before.days, days, FaultKind::Inconsistent, detail);
            let detail = "Chi è più in ritardo non conta di più.";
            found.unless(step.percent <= before.percent, percent, FaultKind::Inconsistent, detail);
        }
        before = Some(step);
    }
}

fn check_mix(mix: &Mix, place: &str, found: &mut Found) {
    let components = format!("{place}/components");
    found.at_most(mix.components.len(), Mix::MOST, components.as_str());
    let mut sum = Decimal::ZERO;
    let mut told = BTreeSet::new();
    for (index, share) in mix.components.iter().enumerate() {
        let at = format!("{components}/{index}");
        let fits = share.weight > Figure::ZERO && share.weight <= Figure::HUNDRED;
        let detail = "Maggiore di zero, al massimo 100.";
        found.unless(fits, format!("{at}/weight"), FaultKind::OutOfBounds, detail);
        let titled = share.kind != ComponentKind::Other || share.title.is_some();
        let detail = "Di un'altra componente va detto come si chiama.";
        found.unless(titled, format!("{at}/title"), FaultKind::Missing, detail);
        let name = if share.kind == ComponentKind::Other { share.title.as_ref() } else { None };
        let detail = "La componente c'è già.";
        found.unless(told.insert((share.kind, name)), format!("{at}/kind"), FaultKind::Inconsistent, detail);
        sum = sum.saturating_add(share.weight.number());
    }
    let detail = format!("I pesi delle componenti sommano a {}, non a 100.", sum.normalize());
    found.unless(sum == Decimal::ONE_HUNDRED, components, FaultKind::Inconsistent, &detail);
    let Some(bands) = &mix.bands else { return };
    let place = format!("{place}/bands");
    found.0.extend(Bands::faults(bands.as_slice()).into_iter().map(|fault| below(&place, fault)));
    for (index, band) in bands.as_slice().iter().enumerate() {
        if let Effect::Fixed { percent } = band.effect {
            found.within(percent, 0, 100, format!("{place}/{index}/effect/percent"));
        }
    }
}

/// What may be said and is against the law, or against its sense: told, and not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulebookRemark {
    /// RFC 6901 pointer into the rulebook.
    pub pointer: String,
    /// Italian words.
    pub message: String,
    /// The law it comes from.
    pub law: &'static str,
}

impl Rulebook {
    /// What the law would have otherwise.
    #[must_use]
    pub fn remarks(&self) -> Vec<RulebookRemark> {
        let mut remarks = Vec::new();
        let mut remark = |category: &str, message: &str, law| {
            let pointer = format!("/individual/{category}/components");
            remarks.push(RulebookRemark { pointer, message: message.to_owned(), law });
        };
        for (category, mix) in &self.individual {
            let judges = |kind| mix.weight_of(kind) > Decimal::ZERO;
            match category {
                Category::Manager if !mix.unit_prevails() => remark(
                    "manager",
                    "Per chi risponde di una struttura i risultati della struttura devono pesare più di ogni altra componente.",
                    "D.Lgs. 150/2009, art. 9, comma 1, lettera a",
                ),
                Category::Staff if judges(ComponentKind::Differentiation) => remark(
                    "staff",
                    "La capacità di differenziare le valutazioni si giudica in chi valuta altri.",
                    "D.Lgs. 150/2009, art. 9, comma 1, lettera d",
                ),
                Category::Manager | Category::Segretario | Category::Staff => {}
            }
        }
        remarks
    }
}

fn below(place: &str, mut fault: Fault) -> Fault {
    fault.pointer.insert_str(0, place);
    fault
}

/// A name as a token of a JSON pointer.
fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
