//! The codes of the findings: which rules there are, how grave each is and which law it comes from.

use crate::law::compliance::{self, Basis, ComplianceRule};
use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// How grave a finding is; it never blocks anything by itself.
    Severity, "Gravità di un rilievo: errore, avvertimento, avviso." {
        /// Wrong whatever was meant.
        Error = "error",
        /// Most likely wrong, or against what the law asks.
        Warning = "warning",
        /// Worth a look.
        Notice = "notice",
    }
}

vocabulary! {
    /// The rules of the review: `E` for what is written wrong, `C` for what the law asks.
    FindingCode, "Codice del rilievo: E01-E25 per gli errori di scrittura del piano, C01-C14 per le verifiche di legge." {
        /// A date that does not exist.
        ImpossibleDate = "E01",
        /// A year outside the three of the plan.
        YearOutsideHorizon = "E02",
        /// A deadline that is no date.
        DeadlineInWords = "E03",
        /// Weights that do not close at one hundred.
        WeightsNotClosing = "E04",
        /// A weight that is not there.
        WeightMissing = "E05",
        /// A weight that names no class, or one the scale does not have.
        WeightClassUnknown = "E06",
        /// A weight printed twice, differently.
        CardWeightDiffers = "E07",
        /// A weight of nothing, or over one hundred.
        WeightOutOfBounds = "E08",
        /// A number missing, repeated or out of order.
        NumberOutOfSequence = "E09",
        /// A structure missing in a numbered sequence.
        StructureMissing = "E10",
        /// A code of another structure.
        CodeOfAnotherStructure = "E11",
        /// An objective without phases beside others that have them.
        PhasesMissing = "E12",
        /// A last objective that breaks off.
        LastObjectiveTruncated = "E13",
        /// A target that was not understood, or is not there.
        TargetNotUnderstood = "E14",
        /// Nothing to measure.
        NotMeasurable = "E15",
        /// Numbered parts that do not match.
        PartsDiffer = "E16",
        /// A change with nothing to compare to.
        BaselineMissing = "E17",
        /// A figure without a unit.
        MeasureMissing = "E18",
        /// A row that lost a column; found at import only.
        ColumnsShifted = "E19",
        /// A budget programme that does not exist or is called otherwise.
        ProgrammeWrong = "E20",
        /// A code of a project that cannot be one.
        ProjectCodeWrong = "E21",
        /// Letters of another alphabet that look like Latin ones.
        LookAlikeLetters = "E22",
        /// A heading read as a row; found at import only.
        HeadingInsideData = "E23",
        /// The same objective written again in another structure.
        ObjectiveRepeated = "E24",
        /// Figures that do not follow from each other: shares of a total, sums of a table; found at import only.
        FiguresDisagree = "E25",
        /// An objective on payment times, of at least thirty per cent, for every head.
        PaymentTimes = "C01",
        /// The plan approved in time.
        ApprovedInTime = "C02",
        /// The training hours of the year.
        TrainingHours = "C03",
        /// Objectives on transparency and against corruption.
        TransparencyAndAnticorruption = "C04",
        /// An objective on accessibility.
        Accessibility = "C05",
        /// The prevailing weight of a manager's own structure; not decidable on a plan.
        PrevailingWeight = "C06",
        /// Every objective linked to a programme of the budget.
        LinkedToProgramme = "C07",
        /// Figures of the years before.
        BaselineAvailable = "C08",
        /// Every objective told of in the report; not decidable on a plan.
        ReportComplete = "C09",
        /// No reward before the report is validated; not decidable on a plan.
        RewardsAfterValidation = "C10",
        /// Variations decided in time; not decidable on a plan.
        VariationsInTime = "C11",
        /// Everything published; not decidable on a plan.
        PublicationComplete = "C12",
        /// The quarterly indicator of payments published in time; not decidable on a plan.
        QuarterlyIndicatorPublished = "C13",
        /// The guarantee fund for commercial debt resolved in time; not decidable on a plan.
        GuaranteeFundResolved = "C14",
    }
}

impl FindingCode {
    /// How grave it is as a rule; a finding may be graver or milder than its rule.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::ImpossibleDate | Self::WeightOutOfBounds | Self::ProjectCodeWrong => Severity::Error,
            Self::DeadlineInWords
            | Self::MeasureMissing
            | Self::ObjectiveRepeated
            | Self::LinkedToProgramme
            | Self::BaselineAvailable => Severity::Notice,
            Self::YearOutsideHorizon
            | Self::WeightsNotClosing
            | Self::WeightMissing
            | Self::WeightClassUnknown
            | Self::CardWeightDiffers
            | Self::NumberOutOfSequence
            | Self::StructureMissing
            | Self::CodeOfAnotherStructure
            | Self::PhasesMissing
            | Self::LastObjectiveTruncated
            | Self::TargetNotUnderstood
            | Self::NotMeasurable
            | Self::PartsDiffer
            | Self::BaselineMissing
            | Self::ColumnsShifted
            | Self::ProgrammeWrong
            | Self::LookAlikeLetters
            | Self::HeadingInsideData
            | Self::FiguresDisagree
            | Self::PaymentTimes
            | Self::ApprovedInTime
            | Self::TrainingHours
            | Self::TransparencyAndAnticorruption
            | Self::Accessibility
            | Self::PrevailingWeight
            | Self::ReportComplete
            | Self::RewardsAfterValidation
            | Self::VariationsInTime
            | Self::PublicationComplete
            | Self::QuarterlyIndicatorPublished
            | Self::GuaranteeFundResolved => Severity::Warning,
        }
    }

    /// What the rule looks for, in a few Italian words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::ImpossibleDate => "Data inesistente",
            Self::YearOutsideHorizon => "Anno fuori dal triennio del piano",
            Self::DeadlineInWords => "Scadenza che non è una data",
            Self::WeightsNotClosing => "Pesi che non danno 100",
            Self::WeightMissing => "Peso mancante",
            Self::WeightClassUnknown => "Classe di peso sconosciuta o contraddittoria",
            Self::CardWeightDiffers => "Peso diverso fra riepilogo e scheda",
            Self::WeightOutOfBounds => "Peso non positivo o superiore a 100",
            Self::NumberOutOfSequence => "Numero mancante, ripetuto o fuori ordine",
            Self::StructureMissing => "Struttura mancante nella sequenza",
            Self::CodeOfAnotherStructure => "Codice di un'altra struttura",
            Self::PhasesMissing => "Obiettivo senza fasi",
            Self::LastObjectiveTruncated => "Ultimo obiettivo troncato",
            Self::TargetNotUnderstood => "Valore atteso non interpretabile o assente",
            Self::NotMeasurable => "Indicatore non misurabile",
            Self::PartsDiffer => "Parti numerate che non corrispondono",
            Self::BaselineMissing => "Valore di partenza mancante",
            Self::MeasureMissing => "Unità di misura mancante",
            Self::ColumnsShifted => "Colonne spostate o unite",
            Self::ProgrammeWrong => "Missione e programma errati",
            Self::ProjectCodeWrong => "CUP non valido",
            Self::LookAlikeLetters => "Lettere di un altro alfabeto",
            Self::HeadingInsideData => "Intestazione fra i dati",
            Self::ObjectiveRepeated => "Obiettivo ripetuto in più strutture",
            Self::FiguresDisagree => "Cifre che non tornano",
            Self::PaymentTimes => "Tempi di pagamento per ogni responsabile, almeno 30%",
            Self::ApprovedInTime => "Approvazione nei termini",
            Self::TrainingHours => "Ore di formazione dell'anno",
            Self::TransparencyAndAnticorruption => "Trasparenza e anticorruzione",
            Self::Accessibility => "Accessibilità",
            Self::PrevailingWeight => "Peso prevalente della struttura diretta",
            Self::LinkedToProgramme => "Collegamento ai programmi di bilancio",
            Self::BaselineAvailable => "Valori degli anni precedenti",
            Self::ReportComplete => "Relazione completa di ogni obiettivo",
            Self::RewardsAfterValidation => "Premi solo dopo la validazione",
            Self::VariationsInTime => "Variazioni entro il termine",
            Self::PublicationComplete => "Pubblicazione completa",
            Self::QuarterlyIndicatorPublished => "Indicatore trimestrale pubblicato nei termini",
            Self::GuaranteeFundResolved => "Fondo di garanzia debiti commerciali deliberato",
        }
    }

    /// The law it comes from, where one asks for it.
    #[must_use]
    pub fn law(self) -> Option<&'static str> {
        match self {
            Self::YearOutsideHorizon | Self::DeadlineInWords => {
                Some("D.Lgs. 150/2009, art. 5, comma 2, lett. d")
            }
            Self::NotMeasurable | Self::TargetNotUnderstood => {
                Some("D.Lgs. 150/2009, art. 5, comma 2, lett. b")
            }
            Self::BaselineMissing => Some("D.Lgs. 150/2009, art. 5, comma 2, lett. f"),
            Self::ProgrammeWrong => Some("D.Lgs. 118/2011, allegato 14"),
            Self::ProjectCodeWrong => Some("L. 3/2003, art. 11"),
            Self::PaymentTimes
            | Self::ApprovedInTime
            | Self::TrainingHours
            | Self::TransparencyAndAnticorruption
            | Self::Accessibility
            | Self::PrevailingWeight
            | Self::LinkedToProgramme
            | Self::BaselineAvailable
            | Self::ReportComplete
            | Self::RewardsAfterValidation
            | Self::VariationsInTime
            | Self::PublicationComplete
            | Self::QuarterlyIndicatorPublished
            | Self::GuaranteeFundResolved => self.basis(i32::MAX).map(|basis| basis.reference),
            Self::ImpossibleDate
            | Self::WeightsNotClosing
            | Self::WeightMissing
            | Self::WeightClassUnknown
            | Self::CardWeightDiffers
            | Self::WeightOutOfBounds
            | Self::NumberOutOfSequence
            | Self::StructureMissing
            | Self::CodeOfAnotherStructure
            | Self::PhasesMissing
            | Self::LastObjectiveTruncated
            | Self::PartsDiffer
            | Self::MeasureMissing
            | Self::ColumnsShifted
            | Self::LookAlikeLetters
            | Self::HeadingInsideData
            | Self::ObjectiveRepeated
            | Self::FiguresDisagree => None,
        }
    }

    /// Why the law asks it of the plans of a year; none for what is no check of law, or was not asked yet.
    pub(super) fn basis(self, year: i32) -> Option<&'static Basis> {
        compliance::basis(ComplianceRule::from_word(self.word())?, year)
    }
}
