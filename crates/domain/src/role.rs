//! The roles of the performance cycle: who a member is to a comune, or to the platform.

use serde::Serialize;

/// A role. Those of a comune keep their Italian names, which the law or the comune's own rules give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Keeps the comune's structures, members and years.
    Amministratore,
    /// Segretario comunale: coordinates the cycle, edits every plan.
    Segretario,
    /// Head of a structure (dirigente or EQ): edits and measures what is assigned to it.
    Responsabile,
    /// Nucleo di valutazione or OIV: the independent body that judges.
    Nucleo,
    /// Giunta: the executive, which approves.
    Giunta,
    /// Responsible for the prevention of corruption and for transparency.
    Rpct,
    /// Auditor of accounts.
    Revisore,
    /// Accounting office.
    Ragioneria,
    /// Employee.
    Dipendente,
    /// Reads, and nothing else.
    Lettore,
    /// A program of the comune's own: an ERP that pushes structures, plans and actuals.
    Integratore,
    /// Administers the platform: comuni, their administrators, code lists; no plan content.
    PlatformAdmin,
    /// Writes shared templates.
    TemplateAuthor,
    /// Reads published facts across comuni.
    BenchmarkReader,
}

impl Role {
    /// Every role, in the order a table prints them.
    pub const ALL: [Self; 14] = [
        Self::Amministratore,
        Self::Segretario,
        Self::Responsabile,
        Self::Nucleo,
        Self::Giunta,
        Self::Rpct,
        Self::Revisore,
        Self::Ragioneria,
        Self::Dipendente,
        Self::Lettore,
        Self::Integratore,
        Self::PlatformAdmin,
        Self::TemplateAuthor,
        Self::BenchmarkReader,
    ];

    /// The word, as stored and as it travels.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Amministratore => "amministratore",
            Self::Segretario => "segretario",
            Self::Responsabile => "responsabile",
            Self::Nucleo => "nucleo",
            Self::Giunta => "giunta",
            Self::Rpct => "rpct",
            Self::Revisore => "revisore",
            Self::Ragioneria => "ragioneria",
            Self::Dipendente => "dipendente",
            Self::Lettore => "lettore",
            Self::Integratore => "integratore",
            Self::PlatformAdmin => "platform_admin",
            Self::TemplateAuthor => "template_author",
            Self::BenchmarkReader => "benchmark_reader",
        }
    }

    /// The role a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Whether the role belongs to the platform and not to a comune.
    #[must_use]
    pub const fn is_of_platform(self) -> bool {
        match self {
            Self::PlatformAdmin | Self::TemplateAuthor | Self::BenchmarkReader => true,
            Self::Amministratore
            | Self::Segretario
            | Self::Responsabile
            | Self::Nucleo
            | Self::Giunta
            | Self::Rpct
            | Self::Revisore
            | Self::Ragioneria
            | Self::Dipendente
            | Self::Lettore
            | Self::Integratore => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_names_its_own_role() {
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.as_str()), Some(role));
        }
        assert_eq!(Role::from_word("sindaco"), None);
    }
}
