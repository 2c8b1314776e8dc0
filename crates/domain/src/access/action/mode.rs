//! Which actions write and which only read.

use super::Action;

/// Whether an action may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The transaction is read only: a write in it is refused by the database itself.
    Read,
    /// The transaction writes, and leaves an audit entry.
    Write,
}

impl Action {
    /// Whether the action may write.
    #[must_use]
    pub const fn mode(self) -> Mode {
        match self {
            Self::Authenticate
            | Self::CheckSeals
            | Self::Interpret
            | Self::ListComuni
            | Self::ReadComune
            | Self::ReadUnits
            | Self::ReadMembers
            | Self::ReadPlans
            | Self::ReadImports
            | Self::ReadRulebooks
            | Self::ReadResults
            | Self::ReadSheets
            | Self::ReadTemplates
            | Self::ReadAdoptions
            | Self::Compare
            | Self::ReadPublished
            | Self::ComparePublicly
            | Self::ReadRegisters
            | Self::ReadTraining
            | Self::ReadAudit
            | Self::ReadMetrics => Mode::Read,
            Self::ConductImports
            | Self::KeepComuni
            | Self::EditUnits
            | Self::KeepMembers
            | Self::EditPlans
            | Self::EditObjectives
            | Self::MovePlans
            | Self::EditImports
            | Self::ApplyImports
            | Self::EditRulebooks
            | Self::GiveOpinions
            | Self::EditRounds
            | Self::RecordMeasurements
            | Self::CertifyFigures
            | Self::Evaluate
            | Self::AnswerEvaluations
            | Self::WriteSheets
            | Self::KeepAuthors
            | Self::PublishTemplates
            | Self::Adopt
            | Self::PublishResults
            | Self::GiveConsents
            | Self::KeepComparisons
            | Self::KeepRegisters
            | Self::KeepTraining
            | Self::Feed
            | Self::EraseTraining
            | Self::KeepRegistry
            | Self::EraseSheets => Mode::Write,
        }
    }
}
