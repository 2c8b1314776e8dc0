//! The days of a cycle, from the programming document to the report.

use super::{AmountUnit, Certainty, Dated, Parameter, ParameterName, amount, day};

pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: ParameterName::ProgrammingDocumentDeadline,
        title: "Presentazione del DUP",
        dated: &[Dated::since(
            2016,
            day(31, 7, -1),
            "D.Lgs. 267/2000, artt. 151 e 170",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::ProgrammingUpdateDeadline,
        title: "Nota di aggiornamento al DUP",
        dated: &[Dated::since(2016, day(15, 11, -1), "D.Lgs. 267/2000, art. 170", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::BudgetDeadline,
        title: "Approvazione del bilancio di previsione",
        dated: &[Dated::since(2009, day(31, 12, -1), "D.Lgs. 267/2000, art. 151", Certainty::Unchecked)
            .noted("Spesso differita con decreto ministeriale")],
    },
    Parameter {
        name: ParameterName::ManagementPlanDays,
        title: "Giorni dal bilancio entro cui si approva il PEG",
        dated: &[Dated::since(
            2015,
            amount(20, AmountUnit::Days),
            "D.Lgs. 267/2000, art. 169",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::PlanDeadline,
        title: "Adozione del piano",
        dated: &[
            Dated::since(
                2011,
                day(31, 1, 0),
                "D.Lgs. 150/2009, art. 10, comma 1, lett. a)",
                Certainty::Unchecked,
            )
            .until(2022)
            .noted("Nel 2022 la prima scadenza del PIAO è stata differita"),
            Dated::since(
                2023,
                day(31, 1, 0),
                "DL 80/2021, art. 6; DM 132/2022, art. 7",
                Certainty::Confirmed,
            ),
        ],
    },
    Parameter {
        name: ParameterName::PlanDaysAfterMovedBudget,
        title: "Giorni dal termine differito del bilancio entro cui si adotta il PIAO",
        dated: &[Dated::since(
            2023,
            amount(30, AmountUnit::Days),
            "DM 132/2022, art. 8, comma 2",
            Certainty::Confirmed,
        )],
    },
    Parameter {
        name: ParameterName::BalancesDeadline,
        title: "Salvaguardia degli equilibri e assestamento",
        dated: &[Dated::since(
            2015,
            day(31, 7, 0),
            "D.Lgs. 267/2000, artt. 193 e 175, comma 8",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::AccountsDeadline,
        title: "Approvazione del rendiconto dell'anno",
        dated: &[Dated::since(2009, day(30, 4, 1), "D.Lgs. 267/2000, art. 227", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::ReportDeadline,
        title: "Adozione e validazione della Relazione sulla performance",
        dated: &[Dated::since(
            2011,
            day(30, 6, 1),
            "D.Lgs. 150/2009, art. 10, comma 1, lett. b)",
            Certainty::Confirmed,
        )],
    },
    Parameter {
        name: ParameterName::AccessibilityObjectivesDeadline,
        title: "Pubblicazione degli obiettivi di accessibilità",
        dated: &[Dated::since(2014, day(31, 3, 0), "DL 179/2012, art. 9, comma 7", Certainty::Unsure)],
    },
    Parameter {
        name: ParameterName::AccessibilityDeclarationDeadline,
        title: "Riesame della dichiarazione di accessibilità",
        dated: &[Dated::since(2020, day(23, 9, 0), "L. 4/2004, art. 3-quater", Certainty::Unsure)],
    },
];
