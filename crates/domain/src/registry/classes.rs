//! Classes of comuni by residents: those of the code lists, counted from 1.

use crate::code_list::{self, ListName, Residents};

use super::ClassScheme;

/// A class of a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Class {
    /// Its place in the scheme, from 1, from the smallest comuni up.
    pub number: u8,
    /// The code the law gives it: a number or a letter.
    pub code: &'static str,
    /// What it is called, in Italian.
    pub title: &'static str,
    /// How many residents its comuni have.
    pub residents: Residents,
}

impl ClassScheme {
    /// The code list that holds the classes.
    #[must_use]
    pub const fn list(self) -> ListName {
        match self {
            Self::Tuel156 => ListName::PopulationTuel,
            Self::Dm2020 => ListName::PopulationStaffing,
        }
    }

    /// Where the classes are laid down, in Italian and in short.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tuel156 => "art. 156 TUEL",
            Self::Dm2020 => "DM 17/3/2020",
        }
    }
}

/// The classes of a scheme, from the smallest comuni up.
pub fn classes(scheme: ClassScheme) -> impl Iterator<Item = Class> {
    let entries = code_list::entries(scheme.list()).iter();
    (1_u8..).zip(entries).filter_map(|(number, entry)| {
        let residents = entry.residents?;
        Some(Class { number, code: entry.code, title: entry.label, residents })
    })
}

/// The class with a number, if the scheme has it.
#[must_use]
pub fn class(scheme: ClassScheme, number: u8) -> Option<Class> {
    classes(scheme).find(|class| class.number == number)
}

/// The class of a comune of so many residents. There is always one: the smallest begins at nobody, the largest has no end.
#[must_use]
pub fn class_of(scheme: ClassScheme, residents: i32) -> u8 {
    let residents = u32::try_from(residents).unwrap_or(0);
    classes(scheme).find(|class| class.residents.hold(residents)).map_or(1, |class| class.number)
}
