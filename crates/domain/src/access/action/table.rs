//! The permission table: which roles may do what.

use super::Action;
use crate::role::Role;
use crate::role::Role::{
    Amministratore, BenchmarkReader, Dipendente, Giunta, Integratore, Lettore, Nucleo, PlatformAdmin,
    Ragioneria, Responsabile, Revisore, Rpct, Segretario, TemplateAuthor,
};

const EVERYBODY: &[Role] = &[
    Amministratore,
    Segretario,
    Responsabile,
    Nucleo,
    Giunta,
    Rpct,
    Revisore,
    Ragioneria,
    Dipendente,
    Lettore,
    Integratore,
    PlatformAdmin,
    TemplateAuthor,
    BenchmarkReader,
];

const EVERYONE_IN_A_COMUNE: &[Role] = &[
    Amministratore,
    Segretario,
    Responsabile,
    Nucleo,
    Giunta,
    Rpct,
    Revisore,
    Ragioneria,
    Dipendente,
    Lettore,
    Integratore,
];

const EVERYONE_WHO_COMPARES: &[Role] = &[
    Amministratore,
    Segretario,
    Responsabile,
    Nucleo,
    Giunta,
    Rpct,
    Revisore,
    Ragioneria,
    Dipendente,
    Lettore,
    Integratore,
    PlatformAdmin,
    BenchmarkReader,
];

/// The roles that may do something.
pub(super) const fn roles(action: Action) -> &'static [Role] {
    match action {
        Action::Authenticate
        | Action::CheckSeals
        | Action::ReadPublished
        | Action::ComparePublicly
        | Action::ConductImports
        | Action::EraseSheets
        | Action::EraseTraining => &[],
        Action::ReadUnits | Action::ReadPlans | Action::ReadRulebooks | Action::ReadResults => {
            EVERYONE_IN_A_COMUNE
        }
        Action::ReadComune | Action::ListComuni | Action::Interpret | Action::ReadTemplates => EVERYBODY,
        Action::KeepComuni | Action::ReadMetrics | Action::KeepAuthors | Action::KeepRegistry => {
            &[PlatformAdmin]
        }
        Action::PublishTemplates | Action::ReadAdoptions => &[TemplateAuthor],
        // Whoever compares sees published facts alone, at home and on the platform.
        Action::Compare => EVERYONE_WHO_COMPARES,
        Action::KeepComparisons => {
            &[Amministratore, Segretario, Nucleo, Integratore, PlatformAdmin, BenchmarkReader]
        }
        Action::GiveConsents => &[Segretario, Giunta],
        Action::EditUnits | Action::ReadImports | Action::EditImports => {
            &[Amministratore, Segretario, Integratore]
        }
        Action::ReadMembers => &[Amministratore, Segretario, PlatformAdmin],
        Action::KeepMembers => &[Amministratore, PlatformAdmin],
        // An import may found structures as well as change a plan: whoever writes plans may do both.
        // Hours of training are somebody's: the Segretario answers for the staff, and the program sends them.
        Action::EditPlans
        | Action::ApplyImports
        | Action::Adopt
        | Action::ReadTraining
        | Action::KeepTraining => &[Segretario, Integratore],
        Action::EditObjectives => &[Segretario, Responsabile, Integratore],
        // The administrator moves a plan back only, where it was closed too early.
        Action::MovePlans => &[Segretario, Nucleo, Giunta, Amministratore],
        Action::EditRulebooks => &[Amministratore, Segretario],
        Action::EditRounds | Action::PublishResults => &[Segretario],
        Action::GiveOpinions | Action::Evaluate => &[Nucleo],
        Action::RecordMeasurements => &[Segretario, Responsabile, Rpct, Ragioneria, Integratore],
        Action::CertifyFigures => &[Revisore],
        Action::AnswerEvaluations => &[Segretario, Responsabile],
        // Whose sheet it is, and whose to judge, is told by the sheet; programs and administrators see none.
        Action::ReadSheets | Action::WriteSheets => &[Segretario, Responsabile, Nucleo, Giunta, Dipendente],
        // Bills name firms, and a firm may be a person: whoever works with registers, and nobody else.
        Action::ReadRegisters => {
            &[Amministratore, Segretario, Responsabile, Nucleo, Rpct, Revisore, Ragioneria, Integratore]
        }
        Action::KeepRegisters | Action::Feed => &[Segretario, Rpct, Ragioneria, Integratore],
        Action::ReadAudit => &[Amministratore, Segretario, Nucleo, Revisore, PlatformAdmin],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary as _;

    #[test]
    fn everybody_is_everybody() {
        assert_eq!(EVERYBODY, Role::all());
        let in_a_comune: Vec<Role> =
            Role::all().iter().copied().filter(|role| !role.is_of_platform()).collect();
        assert_eq!(EVERYONE_IN_A_COMUNE, in_a_comune);
    }
}
