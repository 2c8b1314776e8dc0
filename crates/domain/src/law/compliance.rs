//! What a plan is checked against, and where that is written: the words a finding shows beside what it found.

use super::{Certainty, ParameterName};
use crate::vocabulary::{Vocabulary as _, vocabulary};

vocabulary! {
    /// The checks of compliance.
    ComplianceRule, "Regola di conformità del piano, da C01 a C14." {
        /// Every head has the payments objective, at its least weight.
        PaymentsObjective = "C01",
        /// The plan is adopted in time.
        PlanInTime = "C02",
        /// The training of the year is an objective.
        Training = "C03",
        /// Transparency and prevention of corruption are objectives.
        Transparency = "C04",
        /// Accessibility is an objective.
        Accessibility = "C05",
        /// The performance of the structure weighs most for its head.
        PrevailingWeight = "C06",
        /// Every objective belongs to a programme.
        ProgrammeLink = "C07",
        /// Where there are earlier values, they are given.
        Baseline = "C08",
        /// The report speaks of every objective of the plan.
        ReportComplete = "C09",
        /// No premium before validation.
        ValidationFirst = "C10",
        /// Variations come within the limit of the measurement system.
        VariationInTime = "C11",
        /// What must be published is.
        Publication = "C12",
        /// The quarterly indicator of timeliness is published in time.
        QuarterlyTimeliness = "C13",
        /// The guarantee fund is resolved in time.
        GuaranteeFund = "C14",
    }
}

/// Why a check is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// The check.
    pub rule: ComplianceRule,
    /// What is asked, in Italian.
    pub asks: &'static str,
    /// Where it is written, as Italian lawyers cite.
    pub reference: &'static str,
    /// The first year a plan is asked it.
    pub from: i16,
    /// How sure it is.
    pub certainty: Certainty,
    /// The parameter it reads, when it reads one.
    pub parameter: Option<ParameterName>,
}

impl Basis {
    const fn new(rule: ComplianceRule, from: i16, asks: &'static str, reference: &'static str) -> Self {
        Self { rule, asks, reference, from, certainty: Certainty::Unchecked, parameter: None }
    }

    const fn sure(mut self, certainty: Certainty) -> Self {
        self.certainty = certainty;
        self
    }

    const fn reading(mut self, parameter: ParameterName) -> Self {
        self.parameter = Some(parameter);
        self
    }
}

const BASES: &[Basis] = &[
    Basis::new(
        ComplianceRule::PaymentsObjective,
        2023,
        "Ogni responsabile ha l'obiettivo sui tempi di pagamento, con il peso minimo o una quota separata",
        "DL 13/2023, art. 4-bis, comma 2; Circolari RGS 1 e 17/2024",
    )
    .sure(Certainty::Confirmed)
    .reading(ParameterName::PaymentsObjectiveWeight),
    Basis::new(
        ComplianceRule::PlanInTime,
        2011,
        "Il piano è adottato entro il termine, anche differito",
        "D.Lgs. 150/2009, art. 10; DM 132/2022, artt. 7 e 8",
    )
    .sure(Certainty::Confirmed)
    .reading(ParameterName::PlanDeadline),
    Basis::new(
        ComplianceRule::Training,
        2024,
        "La formazione del personale è un obiettivo, con la soglia di ore dell'anno",
        "Direttive Ministro PA 28/11/2023 e 14/1/2025",
    )
    .sure(Certainty::Confirmed)
    .reading(ParameterName::TrainingHours),
    Basis::new(
        ComplianceRule::Transparency,
        2013,
        "Il piano ha obiettivi di trasparenza e di prevenzione della corruzione",
        "L. 190/2012, art. 1, comma 8-bis; D.Lgs. 33/2013, art. 10",
    ),
    Basis::new(
        ComplianceRule::Accessibility,
        2024,
        "Il piano ha un obiettivo di accessibilità per le persone con disabilità",
        "D.Lgs. 150/2009, art. 9; D.Lgs. 222/2023",
    )
    .sure(Certainty::Confirmed),
    Basis::new(
        ComplianceRule::PrevailingWeight,
        2018,
        "Per chi dirige una struttura pesa di più la performance della struttura",
        "D.Lgs. 150/2009, art. 9, comma 1, lett. a)",
    ),
    Basis::new(
        ComplianceRule::ProgrammeLink,
        2015,
        "Ogni obiettivo è collegato a un programma del bilancio o del DUP",
        "D.Lgs. 150/2009, artt. 4 e 5; D.Lgs. 267/2000, artt. 169 e 170",
    ),
    Basis::new(
        ComplianceRule::Baseline,
        2011,
        "Dove esistono, gli indicatori riportano i valori degli anni precedenti",
        "D.Lgs. 150/2009, art. 5, comma 2, lett. f)",
    ),
    Basis::new(
        ComplianceRule::ReportComplete,
        2011,
        "La Relazione dà conto di ogni obiettivo del piano",
        "D.Lgs. 150/2009, art. 10, comma 1, lett. b)",
    )
    .sure(Certainty::Confirmed)
    .reading(ParameterName::ReportDeadline),
    Basis::new(
        ComplianceRule::ValidationFirst,
        2011,
        "Nessun premio prima della validazione della Relazione",
        "D.Lgs. 150/2009, art. 14, comma 6",
    ),
    Basis::new(
        ComplianceRule::VariationInTime,
        2018,
        "Le variazioni hanno un atto, una motivazione e una data entro il limite del sistema di misurazione",
        "D.Lgs. 150/2009, art. 6; sistema di misurazione e valutazione dell'ente",
    ),
    Basis::new(
        ComplianceRule::Publication,
        2013,
        "Piano, Relazione, validazione, sistema di misurazione e dati aggregati sui premi sono pubblicati",
        "D.Lgs. 33/2013, artt. 10, comma 8, lett. b), e 20",
    )
    .reading(ParameterName::PublicationYears),
    Basis::new(
        ComplianceRule::QuarterlyTimeliness,
        2015,
        "L'indicatore trimestrale di tempestività dei pagamenti è pubblicato entro il termine",
        "D.Lgs. 33/2013, art. 33; DPCM 22/9/2014, art. 10",
    )
    .reading(ParameterName::TimelinessPublicationDays),
    Basis::new(
        ComplianceRule::GuaranteeFund,
        2021,
        "La Giunta delibera il fondo di garanzia debiti commerciali, quando dovuto, entro il termine",
        "L. 145/2018, art. 1, comma 862",
    )
    .sure(Certainty::Confirmed)
    .reading(ParameterName::GuaranteeFundDeadline),
];

/// Why a check is made of the plans of a year; none when it was not asked yet.
#[must_use]
pub fn basis(rule: ComplianceRule, year: i32) -> Option<&'static Basis> {
    BASES.iter().find(|basis| basis.rule == rule && i32::from(basis.from) <= year)
}

/// The checks made of the plans of a year.
pub fn bases(year: i32) -> impl Iterator<Item = &'static Basis> {
    ComplianceRule::all().iter().filter_map(move |rule| basis(*rule, year))
}
