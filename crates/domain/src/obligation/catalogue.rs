//! The catalogue that comes with the program: written anew from the law, one file a section.

use std::sync::LazyLock;

use super::{Edition, Obligation, Section};
use crate::period::Year;

const FILES: &[&str] = &[
    include_str!("catalogue/01.json"),
    include_str!("catalogue/02.json"),
    include_str!("catalogue/03.json"),
    include_str!("catalogue/04.json"),
    include_str!("catalogue/05.json"),
    include_str!("catalogue/06.json"),
    include_str!("catalogue/07.json"),
    include_str!("catalogue/08.json"),
    include_str!("catalogue/09.json"),
    include_str!("catalogue/10.json"),
    include_str!("catalogue/11.json"),
    include_str!("catalogue/12.json"),
    include_str!("catalogue/13.json"),
    include_str!("catalogue/14.json"),
    include_str!("catalogue/15.json"),
    include_str!("catalogue/16.json"),
    include_str!("catalogue/17.json"),
    include_str!("catalogue/18.json"),
    include_str!("catalogue/19.json"),
    include_str!("catalogue/20.json"),
    include_str!("catalogue/21.json"),
];

const EDITIONS_FILE: &str = include_str!("editions.json");

/// Read once; its test shows that there is nothing in it that cannot be read.
static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| read().unwrap_or_default());
static EDITIONS: LazyLock<Vec<Edition>> =
    LazyLock::new(|| serde_json::from_str(EDITIONS_FILE).unwrap_or_default());

fn read() -> Result<Vec<Section>, serde_json::Error> {
    FILES.iter().map(|file| serde_json::from_str(file)).collect()
}

/// The editions of the catalogue, the oldest first; no two are of one year.
#[must_use]
pub fn editions() -> &'static [Edition] {
    &EDITIONS
}

/// The edition a version names.
#[must_use]
pub fn edition(version: &str) -> Option<&'static Edition> {
    editions().iter().find(|edition| edition.version.as_str() == version)
}

/// The edition of a year; none for the years before the first.
#[must_use]
pub fn edition_of(year: Year) -> Option<&'static Edition> {
    editions().iter().find(|edition| edition.holds_in(year.number()))
}

/// What is to be published by an edition, each with its section, in the order of the sections.
pub fn in_edition(edition: &Edition) -> impl Iterator<Item = (&'static Section, &'static Obligation)> {
    let year = edition.from;
    SECTIONS
        .iter()
        .flat_map(|section| section.obligations.iter().map(move |obligation| (section, obligation)))
        .filter(move |(_, obligation)| obligation.is_valid_in(year))
}

/// The obligation a code names in a year.
#[must_use]
pub fn obligation(code: &str, year: Year) -> Option<(&'static Section, &'static Obligation)> {
    in_edition(edition_of(year)?).find(|(_, obligation)| obligation.code.as_str() == code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_is_a_section_and_nothing_in_it_is_unread() {
        for (number, (file, section)) in (1..).zip(FILES.iter().zip(read().unwrap())) {
            assert_eq!(section.code.as_str(), format!("{number:02}"));
            let file: serde_json::Value = serde_json::from_str(file).unwrap();
            assert_eq!(serde_json::to_value(&section).unwrap(), file, "{number}");
        }
        let editions: Vec<Edition> = serde_json::from_str(EDITIONS_FILE).unwrap();
        assert_eq!((SECTIONS.len(), EDITIONS.len()), (FILES.len(), editions.len()));
    }

    #[test]
    fn every_year_from_the_first_edition_on_has_one_edition() {
        for year in 2017..=2100 {
            assert_eq!(editions().iter().filter(|edition| edition.holds_in(year)).count(), 1, "{year}");
        }
        assert_eq!(edition_of(Year::parse(2016).unwrap()), None);
    }

    #[test]
    fn a_code_names_one_obligation_of_its_section_in_every_edition_and_years_change_with_editions() {
        for edition in editions() {
            let mut seen = BTreeSet::new();
            for (section, obligation) in in_edition(edition) {
                assert!(obligation.code.as_str().starts_with(&format!("{}.", section.code.as_str())));
                assert!(seen.insert(obligation.code.as_str()), "{}", obligation.code.as_str());
            }
            assert!(seen.len() > 85, "{} of {}", seen.len(), edition.version.as_str());
        }
        for obligation in SECTIONS.iter().flat_map(|section| &section.obligations) {
            assert!(editions().iter().any(|edition| edition.from == obligation.valid_from));
            let ends = |last| editions().iter().any(|edition| edition.to == Some(last));
            assert!(obligation.valid_to.is_none_or(ends), "{}", obligation.code.as_str());
        }
    }

    #[test]
    fn contracts_went_to_the_national_database_in_2024_and_three_models_came_in_2025() {
        let year = |number| Year::parse(number).unwrap();
        assert!(obligation("10.01", year(2023)).is_some() && obligation("10.01", year(2024)).is_none());
        assert!(obligation("10.05", year(2023)).is_none() && obligation("10.05", year(2024)).is_some());
        let model = |number| obligation("16.01", year(number)).unwrap().1.model.is_some();
        assert_eq!((model(2024), model(2025), model(2030)), (false, true, true));
    }

    #[test]
    fn the_articles_that_bind_a_comune_are_all_there() {
        let edition = edition("2025").unwrap();
        let norms: Vec<&str> = in_edition(edition).map(|(_, obligation)| obligation.norm.as_str()).collect();
        let articles = [
            "4-bis", "5", "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23", "26", "27",
            "29", "30", "31", "32", "33", "35", "36", "37", "38", "39", "40", "42",
        ];
        for article in articles {
            let cites = |norm: &&str| {
                norm.contains("D.Lgs. 33/2013") && norm.split([' ', ',', ';']).any(|word| word == article)
            };
            assert!(norms.iter().any(cites), "{article}");
        }
    }
}
