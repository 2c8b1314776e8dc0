//! Code lists: the codes that law and practice give to what plans speak of, with the years each one is valid.
//!
//! They are data, and dated, because a plan is read with the codes of its own year: a programme of the budget born in 2026 is an
//! error in a plan of 2025, and a class of population is a fact of the scheme it belongs to.

mod agreement;
mod art8;
mod ccnl;
mod customary;
mod missions_programmes;
mod pnrr;
mod population;
mod sdg;

pub use agreement::label_agrees;
pub use ccnl::contract_area;

use crate::objective::ProgrammeCode;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// The lists there are.
    ListName, "Elenco di codici: missioni e programmi, ambiti dell'art. 8, aree contrattuali, classi demografiche del TUEL e del DM 17/3/2020, tipi di atto, profili di performance, missioni e componenti del PNRR, obiettivi di sviluppo sostenibile." {
        /// Missions and programmes of the budget (legislative decree 118 of 2011, annex 14).
        Programmes = "missions_and_programmes",
        /// Areas of organisational performance (legislative decree 150 of 2009, art. 8).
        PerformanceAreas = "performance_areas_art8",
        /// Areas of the national contract of local functions, with the categories they replaced.
        ContractAreas = "contract_areas",
        /// Classes of population of the TUEL, art. 156.
        PopulationTuel = "population_tuel_156",
        /// Classes of population that set how many may be hired (ministerial decree of 17 March 2020).
        PopulationStaffing = "population_staffing_2020",
        /// The acts by which a cycle advances.
        ActTypes = "act_types",
        /// What an indicator looks at, as the cards of comuni call it.
        PerformanceProfiles = "performance_profiles",
        /// Missions and components of the national recovery plan.
        Pnrr = "pnrr_missions_and_components",
        /// The seventeen goals of the 2030 Agenda.
        SustainableGoals = "sustainable_development_goals",
    }
}

impl ListName {
    /// What the codes are, in Italian, for whoever chooses among the lists.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Programmes => "Missioni e programmi del bilancio armonizzato",
            Self::PerformanceAreas => "Ambiti di misurazione della performance organizzativa",
            Self::ContractAreas => "Aree e precedenti categorie del personale degli enti locali",
            Self::PopulationTuel => "Classi demografiche dei comuni secondo il TUEL",
            Self::PopulationStaffing => "Fasce demografiche per la capacità assunzionale dei comuni",
            Self::ActTypes => "Tipi di atto del ciclo della performance",
            Self::PerformanceProfiles => "Profili di performance degli indicatori",
            Self::Pnrr => "Missioni e componenti del Piano nazionale di ripresa e resilienza",
            Self::SustainableGoals => "Obiettivi di sviluppo sostenibile dell'Agenda 2030",
        }
    }

    /// Where the codes come from, in Italian: a law, or the practice of comuni.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Programmes => "D.Lgs. 118/2011, allegato 14; DM 10/10/2024",
            Self::PerformanceAreas => "D.Lgs. 150/2009, art. 8, comma 1",
            Self::ContractAreas => "CCNL Funzioni locali 16/11/2022; CCNL 31/3/1999 per le categorie",
            Self::PopulationTuel => "D.Lgs. 267/2000, art. 156",
            Self::PopulationStaffing => "DM 17/3/2020, art. 3",
            Self::ActTypes | Self::PerformanceProfiles => "Prassi dei comuni",
            Self::Pnrr => "Regolamento (UE) 2021/241; Piano nazionale di ripresa e resilienza",
            Self::SustainableGoals => "Risoluzione ONU A/RES/70/1 del 25/9/2015",
        }
    }
}

/// How many residents a class of population counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Residents {
    /// The fewest.
    pub at_least: u32,
    /// The most; none for the class of the largest comuni.
    pub at_most: Option<u32>,
}

impl Residents {
    /// Whether a comune of so many residents is of the class.
    #[must_use]
    pub fn hold(&self, residents: u32) -> bool {
        residents >= self.at_least && self.at_most.is_none_or(|most| residents <= most)
    }
}

/// A code and the years it is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The code.
    pub code: &'static str,
    /// What it stands for, in Italian, in the words of its source where it has one.
    pub label: &'static str,
    /// The first year it is valid.
    pub from: i16,
    /// The last year it is valid, when there is one.
    pub to: Option<i16>,
    /// The code, in the same list, of what it is part of or was replaced by.
    pub parent: Option<&'static str>,
    /// What else there is to know, in Italian.
    pub note: Option<&'static str>,
    /// The residents of a class of population.
    pub residents: Option<Residents>,
}

impl Entry {
    /// The note of what only a regione has in its budget.
    pub const REGIONS_ONLY: &'static str = "Solo per le Regioni";

    /// An entry valid since a year.
    const fn since(from: i16, code: &'static str, label: &'static str) -> Self {
        Self { code, label, from, to: None, parent: None, note: None, residents: None }
    }

    /// The same entry, valid until a year and not after.
    const fn until(mut self, year: i16) -> Self {
        self.to = Some(year);
        self
    }

    /// The same entry, part of another.
    const fn under(mut self, parent: &'static str) -> Self {
        self.parent = Some(parent);
        self
    }

    /// The same entry, with a note.
    const fn noted(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }

    /// Whether it is valid in a year.
    #[must_use]
    pub fn is_valid_in(&self, year: i32) -> bool {
        i32::from(self.from) <= year && self.to.is_none_or(|last| year <= i32::from(last))
    }

    /// Whether only the budget of a regione has it: in the plan of a comune it is a slip.
    #[must_use]
    pub fn is_for_regions_only(&self) -> bool {
        self.note == Some(Self::REGIONS_ONLY)
    }
}

/// Everything in a list, of every year, in the order of its source.
#[must_use]
pub const fn entries(list: ListName) -> &'static [Entry] {
    match list {
        ListName::Programmes => missions_programmes::ENTRIES,
        ListName::PerformanceAreas => art8::ENTRIES,
        ListName::ContractAreas => ccnl::ENTRIES,
        ListName::PopulationTuel => population::TUEL,
        ListName::PopulationStaffing => population::STAFFING,
        ListName::ActTypes => customary::ACT_TYPES,
        ListName::PerformanceProfiles => customary::PERFORMANCE_PROFILES,
        ListName::Pnrr => pnrr::ENTRIES,
        ListName::SustainableGoals => sdg::ENTRIES,
    }
}

/// What is valid in a year.
pub fn in_year(list: ListName, year: i32) -> impl Iterator<Item = &'static Entry> {
    entries(list).iter().filter(move |entry| entry.is_valid_in(year))
}

/// What a code stands for in a year.
#[must_use]
pub fn find(list: ListName, code: &str, year: i32) -> Option<&'static Entry> {
    in_year(list, year).find(|entry| entry.code == code)
}

/// The programme a code names in the budget of a year.
#[must_use]
pub fn programme(code: &ProgrammeCode, year: i32) -> Option<&'static Entry> {
    find(ListName::Programmes, code.as_str(), year)
}

/// The class of a comune of so many residents; none when the list is not one of population.
#[must_use]
pub fn population_class(scheme: ListName, residents: u32) -> Option<&'static Entry> {
    entries(scheme).iter().find(|entry| entry.residents.is_some_and(|class| class.hold(residents)))
}

#[cfg(test)]
mod tests;
