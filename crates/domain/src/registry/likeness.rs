//! How alike two comuni are, in whole numbers: which ones a comune may look at to see itself.
//!
//! The distance is the weighted mean of four parts, each from 0 (the same) to 1,000 (nothing in common): residents and density
//! count by how much the smaller of the two lacks of the larger one, the altitude zone and the region by whether they are the
//! same. What is not known of either of them is as far as can be: nobody is called alike for want of facts.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use crate::comune::ComuneCode;
use crate::vocabulary::vocabulary;

use super::{AltitudeZone, Entry, Registry};

/// The most comuni that can be asked for as the most alike.
pub const MOST_ALIKE: u16 = 500;

/// A part of the distance that is as far as can be.
const FAR: u32 = 1_000;

/// Two zones that differ only in being near the sea or not.
const NEAR_ZONE: u32 = 300;

vocabulary! {
    /// What comuni are compared by to tell how alike they are.
    Feature, "Caratteristica su cui si misura la somiglianza: abitanti (peso 5), densità (2), zona altimetrica (2), regione (1)." {
        /// Residents.
        Residents = "residents",
        /// Residents on a square kilometre.
        Density = "density",
        /// How high it lies.
        Altitude = "altitude_zone",
        /// Its region.
        Region = "region",
    }
}

impl Feature {
    /// How much it counts.
    #[must_use]
    pub const fn weight(self) -> u32 {
        match self {
            Self::Residents => 5,
            Self::Density | Self::Altitude => 2,
            Self::Region => 1,
        }
    }
}

/// How far two comuni are in one feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trait {
    /// Which.
    pub feature: Feature,
    /// From 0, the same, to 1,000.
    pub distance: u32,
}

/// A comune that is like another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// Which.
    pub code: ComuneCode,
    /// How far it is: the weighted mean of its parts, from 0 to 1,000, rounded down.
    pub distance: u32,
    /// Its parts, in the order of the features.
    pub why: [Trait; 4],
}

impl Registry {
    /// The comuni of a day that are most like one of them, the most alike first and by code where they are equally so; nothing
    /// when the comune is not there on that day.
    #[must_use]
    pub fn most_like(&self, code: ComuneCode, most: u16, day: NaiveDate) -> Option<Vec<Like>> {
        let own = Profile::of(self.find_on(code, day)?);
        let others = self.on(day).filter(|entry| entry.code != code);
        let mut alike: Vec<(u32, Like)> = others.map(|other| own.compared(&Profile::of(other))).collect();
        alike.sort_by_key(|(exact, like)| (*exact, like.code));
        alike.truncate(usize::from(most.min(MOST_ALIKE)));
        Some(alike.into_iter().map(|(_, like)| like).collect())
    }
}

/// What of an entry makes it alike or not.
struct Profile<'e> {
    entry: &'e Entry,
    residents: Option<Decimal>,
    density: Option<Decimal>,
}

impl<'e> Profile<'e> {
    fn of(entry: &'e Entry) -> Self {
        let residents = entry.population.map(|population| Decimal::from(population.residents));
        let density = residents.zip(entry.area).and_then(|(count, area)| count.checked_div(area.number()));
        Self { entry, residents, density }
    }

    /// How far another is: the sum of the weighted parts, which orders them, and what is told of it.
    fn compared(&self, other: &Self) -> (u32, Like) {
        let same = |same: bool| if same { 0 } else { FAR };
        let why = [
            (Feature::Residents, lacking(self.residents, other.residents)),
            (Feature::Density, lacking(self.density, other.density)),
            (Feature::Altitude, between_zones(self.entry.altitude, other.entry.altitude)),
            (Feature::Region, same(self.entry.region == other.entry.region)),
        ]
        .map(|(feature, distance)| Trait { feature, distance });
        let weigh = |one: &Trait| one.distance.saturating_mul(one.feature.weight());
        let exact = why.iter().map(weigh).fold(0, u32::saturating_add);
        let weights = why.iter().map(|one| one.feature.weight()).fold(0, u32::saturating_add);
        let distance = exact.checked_div(weights).unwrap_or(FAR);
        (exact, Like { code: other.entry.code, distance, why })
    }
}

/// What the smaller of two quantities lacks of the larger one, in thousandths of that, rounded down.
fn lacking(one: Option<Decimal>, other: Option<Decimal>) -> u32 {
    let Some((one, other)) = one.zip(other) else { return FAR };
    if one == other {
        return 0;
    }
    let (small, large) = (one.min(other), one.max(other));
    let share = large
        .checked_sub(small)
        .and_then(|gap| gap.checked_mul(Decimal::ONE_THOUSAND))
        .and_then(|gap| gap.checked_div(large));
    share.and_then(|share| share.trunc().to_u32()).map_or(FAR, |share| share.min(FAR))
}

fn between_zones(one: Option<AltitudeZone>, other: Option<AltitudeZone>) -> u32 {
    let Some((one, other)) = one.zip(other) else { return FAR };
    match (one.height(), other.height()) {
        _ if one == other => 0,
        (one, other) if one == other => NEAR_ZONE,
        (_, _) => FAR,
    }
}

/// Mountain, hill or plain.
#[derive(PartialEq, Eq)]
enum Height {
    Mountain,
    Hill,
    Plain,
}

impl AltitudeZone {
    const fn height(self) -> Height {
        match self {
            Self::InnerMountain | Self::CoastalMountain => Height::Mountain,
            Self::InnerHill | Self::CoastalHill => Height::Hill,
            Self::Plain => Height::Plain,
        }
    }
}
