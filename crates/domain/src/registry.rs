//! The registry of all Italian comuni: public identity facts, whether they use this service or not, with the days they hold and
//! what comuni that ended went on in. Groups for comparison are made of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::comune::{ComuneCode, Population, ProvinceCode, RegionCode};
use crate::figure::Figure;
use crate::period::Period;
use crate::text::Line;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// How high and how far from the sea a comune lies (ISTAT).
    AltitudeZone, "Zona altimetrica ISTAT: montagna interna, montagna litoranea, collina interna, collina litoranea, pianura." {
        /// Inner mountain.
        InnerMountain = "inner_mountain",
        /// Coastal mountain.
        CoastalMountain = "coastal_mountain",
        /// Inner hill.
        InnerHill = "inner_hill",
        /// Coastal hill.
        CoastalHill = "coastal_hill",
        /// Plain.
        Plain = "plain",
    }
}

vocabulary! {
    /// The ways the law cuts comuni into classes by their residents.
    ClassScheme, "Schema di classi demografiche: art. 156 del TUEL (12 classi), DM 17 marzo 2020 (9 classi)." {
        /// Art. 156 of the TUEL: twelve classes.
        Tuel156 = "tuel_156",
        /// Ministerial decree of 17 March 2020: nine classes.
        Dm2020 = "dm_2020",
    }
}

/// A comune as the registry has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its cadastral code.
    pub code: ComuneCode,
    /// Its name.
    pub name: Line<100>,
    /// Its province.
    pub province: ProvinceCode,
    /// Its region.
    pub region: RegionCode,
    /// Its ISTAT code in these days.
    pub istat: Option<Line<6>>,
    /// The days these facts hold.
    pub validity: Period,
    /// The comune it went on in, when it ended.
    pub successor: Option<ComuneCode>,
    /// Residents.
    pub population: Option<Population>,
    /// Square kilometres.
    pub area: Option<Figure>,
    /// How high it lies.
    pub altitude: Option<AltitudeZone>,
    /// Whether it is made up, for demonstrations.
    pub invented: bool,
}

/// An edition of the registry: what was loaded, from where. It is the version of every group made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edition {
    /// Its number, from 1.
    pub number: i32,
    /// When it was loaded.
    pub loaded_at: chrono::DateTime<chrono::Utc>,
    /// Where it comes from.
    pub source: Line<300>,
    /// The day it tells the state of.
    pub state_on: NaiveDate,
    /// How many lines it has.
    pub entries: i32,
}
