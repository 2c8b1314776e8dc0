//! The roles of the performance cycle: who a member is to a comune, or to the platform.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// A role. Those of a comune keep their Italian names, which the law or the comune's own rules give them.
    Role, "Ruolo di un membro: nel comune, oppure nella piattaforma." {
        /// Keeps the comune's structures, members and years.
        Amministratore = "amministratore",
        /// Segretario comunale: coordinates the cycle, edits every plan.
        Segretario = "segretario",
        /// Head of a structure (dirigente or EQ): edits and measures what is assigned to it.
        Responsabile = "responsabile",
        /// Nucleo di valutazione or OIV: the independent body that judges.
        Nucleo = "nucleo",
        /// Giunta: the executive, which approves.
        Giunta = "giunta",
        /// Responsible for the prevention of corruption and for transparency.
        Rpct = "rpct",
        /// Auditor of accounts.
        Revisore = "revisore",
        /// Accounting office.
        Ragioneria = "ragioneria",
        /// Employee.
        Dipendente = "dipendente",
        /// Reads, and nothing else.
        Lettore = "lettore",
        /// A program of the comune's own: an ERP that pushes structures, plans and actuals.
        Integratore = "integratore",
        /// Administers the platform: comuni, their administrators, code lists; no plan content.
        PlatformAdmin = "platform_admin",
        /// Writes shared templates.
        TemplateAuthor = "template_author",
        /// Reads published facts across comuni.
        BenchmarkReader = "benchmark_reader",
    }
}

impl Role {
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
    use crate::vocabulary::Vocabulary as _;

    #[test]
    fn a_word_names_its_own_role() {
        for role in Role::all().iter().copied() {
            assert_eq!(Role::from_word(role.word()), Some(role));
        }
        assert_eq!(Role::from_word("sindaco"), None);
    }
}
