//! What can be asked of the service, and the one permission table: which roles may ask it.

use crate::role::Role;

mod mode;
mod table;

pub use mode::Mode;

/// What can be asked of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Find out who a caller is; the doorkeeper's, nobody else's.
    Authenticate,
    /// Say whether a document is a published version of a plan; the doorkeeper's, on behalf of anybody.
    CheckSeals,
    /// Read what a comune has published; the doorkeeper's, on behalf of anybody.
    ReadPublished,
    /// Compare what everybody may see; the doorkeeper's, on behalf of anybody.
    ComparePublicly,
    /// Read a file that was received; the service's own, on behalf of whoever sent it.
    ConductImports,
    /// Have something read or reviewed that is not stored.
    Interpret,
    /// List the comuni registered here.
    ListComuni,
    /// Read the identity of a comune.
    ReadComune,
    /// Register a comune or change its identity.
    KeepComuni,
    /// Read the structures.
    ReadUnits,
    /// Create, change, move, end structures.
    EditUnits,
    /// Read members, their roles and their secrets' dates.
    ReadMembers,
    /// Register members, give and take roles, issue and revoke secrets.
    KeepMembers,
    /// Read plans.
    ReadPlans,
    /// Create and change plans, their narrative and their order.
    EditPlans,
    /// Write objectives; a head of structure, those of its own.
    EditObjectives,
    /// Move a plan through its cycle.
    MovePlans,
    /// See the files sent to be read, what was read of them, and the comune's own ways of reading.
    ReadImports,
    /// Send files to be read, settle what was read, keep the comune's own ways of reading.
    EditImports,
    /// Put what was read into a plan.
    ApplyImports,
    /// Read the comune's rulebooks.
    ReadRulebooks,
    /// Adopt and change rulebooks.
    EditRulebooks,
    /// Give the evaluation body's opinion on a rulebook.
    GiveOpinions,
    /// Read what was measured, scored, judged and reported of a plan, and reckon with it.
    ReadResults,
    /// Open and close the windows of collection.
    EditRounds,
    /// Record what was measured; a head of structure, of its own.
    RecordMeasurements,
    /// Record the figures that are certified outside (payment times).
    CertifyFigures,
    /// Open, judge and close evaluations.
    Evaluate,
    /// Answer the evaluation body; a head of structure, for its own.
    AnswerEvaluations,
    /// Read individual evaluations: one's own, those one evaluates; all, for the evaluation body.
    ReadSheets,
    /// Write, share, accept, object to and close individual evaluations.
    WriteSheets,
    /// Erase individual evaluations that are past their term; the operator's.
    EraseSheets,
    /// Read the catalogue of shared objectives.
    ReadTemplates,
    /// Keep the bodies that write shared objectives, and who publishes for them.
    KeepAuthors,
    /// Publish versions of shared objectives.
    PublishTemplates,
    /// See who adopted a shared objective, and how it deviates.
    ReadAdoptions,
    /// Adopt shared objectives into a plan, and bind objectives to them.
    Adopt,
    /// Publish a year's results for comparison.
    PublishResults,
    /// Say to whom the comune's published results are shown.
    GiveConsents,
    /// Compare comuni.
    Compare,
    /// Name groups of comuni and keep comparisons.
    KeepComparisons,
    /// Load the registry of all comuni.
    KeepRegistry,
    /// Read registers and what is computed from them.
    ReadRegisters,
    /// Write the facts of registers, and settle how figures are computed from them.
    KeepRegisters,
    /// Read the hours of training of single persons, under their pseudonymous keys.
    ReadTraining,
    /// Write the hours of training of single persons.
    KeepTraining,
    /// Have a plan's shared indicators filled from registers.
    Feed,
    /// Erase hours of training that are past their term; the operator's.
    EraseTraining,
    /// Read the audit trail.
    ReadAudit,
    /// Read the figures of the running service.
    ReadMetrics,
}

impl Action {
    /// Every action a member can hold, in the order a table prints them.
    pub const ALL: [Self; 43] = [
        Self::Interpret,
        Self::ListComuni,
        Self::ReadComune,
        Self::KeepComuni,
        Self::ReadUnits,
        Self::EditUnits,
        Self::ReadMembers,
        Self::KeepMembers,
        Self::ReadPlans,
        Self::EditPlans,
        Self::EditObjectives,
        Self::MovePlans,
        Self::ReadImports,
        Self::EditImports,
        Self::ApplyImports,
        Self::ReadRulebooks,
        Self::EditRulebooks,
        Self::GiveOpinions,
        Self::ReadResults,
        Self::EditRounds,
        Self::RecordMeasurements,
        Self::CertifyFigures,
        Self::Evaluate,
        Self::AnswerEvaluations,
        Self::ReadSheets,
        Self::WriteSheets,
        Self::ReadTemplates,
        Self::KeepAuthors,
        Self::PublishTemplates,
        Self::ReadAdoptions,
        Self::Adopt,
        Self::PublishResults,
        Self::GiveConsents,
        Self::Compare,
        Self::KeepComparisons,
        Self::KeepRegistry,
        Self::ReadRegisters,
        Self::KeepRegisters,
        Self::ReadTraining,
        Self::KeepTraining,
        Self::Feed,
        Self::ReadAudit,
        Self::ReadMetrics,
    ];

    /// The word, as it stands in the audit trail and in the permission table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authenticate => "authenticate",
            Self::CheckSeals => "check_seals",
            Self::ConductImports => "conduct_imports",
            Self::Interpret => "interpret",
            Self::ListComuni => "list_comuni",
            Self::ReadComune => "read_comune",
            Self::KeepComuni => "keep_comuni",
            Self::ReadUnits => "read_units",
            Self::EditUnits => "edit_units",
            Self::ReadMembers => "read_members",
            Self::KeepMembers => "keep_members",
            Self::ReadPlans => "read_plans",
            Self::EditPlans => "edit_plans",
            Self::EditObjectives => "edit_objectives",
            Self::MovePlans => "move_plans",
            Self::ReadImports => "read_imports",
            Self::EditImports => "edit_imports",
            Self::ApplyImports => "apply_imports",
            Self::ReadRulebooks => "read_rulebooks",
            Self::EditRulebooks => "edit_rulebooks",
            Self::GiveOpinions => "give_opinions",
            Self::ReadResults => "read_results",
            Self::EditRounds => "edit_rounds",
            Self::RecordMeasurements => "record_measurements",
            Self::CertifyFigures => "certify_figures",
            Self::Evaluate => "evaluate",
            Self::AnswerEvaluations => "answer_evaluations",
            Self::ReadSheets => "read_sheets",
            Self::WriteSheets => "write_sheets",
            Self::EraseSheets => "erase_sheets",
            Self::ReadTemplates => "read_templates",
            Self::KeepAuthors => "keep_authors",
            Self::PublishTemplates => "publish_templates",
            Self::ReadAdoptions => "read_adoptions",
            Self::Adopt => "adopt",
            Self::PublishResults => "publish_results",
            Self::GiveConsents => "give_consents",
            Self::Compare => "compare",
            Self::KeepComparisons => "keep_comparisons",
            Self::KeepRegistry => "keep_registry",
            Self::ReadPublished => "read_published",
            Self::ComparePublicly => "compare_publicly",
            Self::ReadRegisters => "read_registers",
            Self::KeepRegisters => "keep_registers",
            Self::ReadTraining => "read_training",
            Self::KeepTraining => "keep_training",
            Self::EraseTraining => "erase_training",
            Self::Feed => "feed",
            Self::ReadAudit => "read_audit",
            Self::ReadMetrics => "read_metrics",
        }
    }

    /// The roles that may do this.
    #[must_use]
    pub const fn roles(self) -> &'static [Role] {
        table::roles(self)
    }

    /// Whether a platform role that may do this may do it inside any comune; otherwise only in the platform's own tenant.
    #[must_use]
    pub const fn reaches_every_comune(self) -> bool {
        match self {
            // Registering a comune and its first administrators is what the platform is for.
            Self::ListComuni
            | Self::ReadComune
            | Self::KeepComuni
            | Self::ReadMembers
            | Self::KeepMembers => true,
            Self::Authenticate
            | Self::CheckSeals
            | Self::Interpret
            | Self::ReadUnits
            | Self::EditUnits
            | Self::ReadPlans
            | Self::EditPlans
            | Self::EditObjectives
            | Self::MovePlans
            | Self::ConductImports
            | Self::ReadImports
            | Self::EditImports
            | Self::ApplyImports
            | Self::ReadRulebooks
            | Self::EditRulebooks
            | Self::GiveOpinions
            | Self::ReadResults
            | Self::EditRounds
            | Self::RecordMeasurements
            | Self::CertifyFigures
            | Self::Evaluate
            | Self::AnswerEvaluations
            | Self::ReadSheets
            | Self::WriteSheets
            | Self::EraseSheets
            | Self::ReadTemplates
            | Self::KeepAuthors
            | Self::PublishTemplates
            | Self::ReadAdoptions
            | Self::Adopt
            | Self::PublishResults
            | Self::GiveConsents
            | Self::Compare
            | Self::KeepComparisons
            | Self::KeepRegistry
            | Self::ReadPublished
            | Self::ComparePublicly
            | Self::ReadRegisters
            | Self::KeepRegisters
            | Self::ReadTraining
            | Self::KeepTraining
            | Self::EraseTraining
            | Self::Feed
            | Self::ReadAudit
            | Self::ReadMetrics => false,
        }
    }

    /// Whether members of a comune may do it across comuni: reading what is published to be read so, and nothing else.
    #[must_use]
    pub const fn crosses_from_a_comune(self) -> bool {
        matches!(self, Self::Compare | Self::ReadTemplates)
    }

    /// Whether it is done with individual evaluations, and so opens those the caller may see.
    #[must_use]
    pub const fn is_on_sheets(self) -> bool {
        matches!(self, Self::ReadSheets | Self::WriteSheets | Self::EraseSheets)
    }

    /// Whether it is done with the hours of training of single persons, and so opens them.
    #[must_use]
    pub const fn is_on_training(self) -> bool {
        matches!(self, Self::ReadTraining | Self::KeepTraining | Self::EraseTraining)
    }

    /// Whether `role` may do this.
    #[must_use]
    pub fn permits(self, role: Role) -> bool {
        self.roles().contains(&role)
    }
}
