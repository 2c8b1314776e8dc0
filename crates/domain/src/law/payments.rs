//! Payment times and commercial debt.

use super::{AmountUnit, Band, Certainty, Dated, Parameter, ParameterName, Value, amount, day};

const GUARANTEE: &str = "L. 145/2018, art. 1, commi 859 e 862";

/// Shares for delays in whole days: nothing when invoices are paid in time.
const GUARANTEE_BANDS: &[Band] = &[
    Band { at_least: None, at_most: Some(0), percent: 0 },
    Band { at_least: Some(1), at_most: Some(10), percent: 1 },
    Band { at_least: Some(11), at_most: Some(30), percent: 2 },
    Band { at_least: Some(31), at_most: Some(60), percent: 3 },
    Band { at_least: Some(61), at_most: None, percent: 5 },
];

pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: ParameterName::PaymentTerm,
        title: "Giorni per pagare una fattura",
        dated: &[Dated::since(
            2013,
            amount(30, AmountUnit::Days),
            "D.Lgs. 231/2002, art. 4",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::LongestPaymentTerm,
        title: "Termine massimo di pagamento che può essere pattuito",
        dated: &[Dated::since(
            2013,
            amount(60, AmountUnit::Days),
            "D.Lgs. 231/2002, art. 4, comma 4",
            Certainty::Unchecked,
        )
        .noted("Per iscritto e con motivazione; 60 giorni anche per la sanità")],
    },
    Parameter {
        name: ParameterName::PaymentDelayTarget,
        title: "Ritardo annuale massimo perché l'obiettivo sui pagamenti sia raggiunto",
        dated: &[Dated::since(
            2023,
            amount(0, AmountUnit::Days),
            "DL 13/2023, art. 4-bis, comma 2; L. 145/2018, art. 1, commi 859, lett. b), e 861",
            Certainty::Confirmed,
        )
        .noted("Vale l'indicatore calcolato dalla Piattaforma dei crediti commerciali")],
    },
    Parameter {
        name: ParameterName::RecoveryPaymentTime,
        title: "Tempo medio di pagamento del PNRR",
        dated: &[Dated::since(
            2024,
            amount(30, AmountUnit::Days),
            "PNRR, riforma 1.11",
            Certainty::Confirmed,
        )
        .until(2025)
        .noted("Fatture ricevute nell'anno, pagamenti osservati al 31 marzo successivo")],
    },
    Parameter {
        name: ParameterName::RecoveryPaymentDelay,
        title: "Tempo medio di ritardo del PNRR",
        dated: &[Dated::since(2024, amount(0, AmountUnit::Days), "PNRR, riforma 1.11", Certainty::Confirmed)
            .until(2025)],
    },
    Parameter {
        name: ParameterName::RecoveryCoverage,
        title: "Quota minima delle fatture ricevute coperta dalle medie del PNRR",
        dated: &[
            Dated::since(2024, amount(80, AmountUnit::Percent), "PNRR, riforma 1.11", Certainty::Confirmed)
                .until(2024),
            Dated::since(2025, amount(95, AmountUnit::Percent), "PNRR, riforma 1.11", Certainty::Confirmed)
                .until(2025),
        ],
    },
    Parameter {
        name: ParameterName::TimelinessPublicationDays,
        title: "Giorni dalla fine del trimestre per pubblicare l'indicatore di tempestività",
        dated: &[Dated::since(
            2015,
            amount(30, AmountUnit::Days),
            "DPCM 22/9/2014, art. 10",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::TimelinessYearlyDeadline,
        title: "Pubblicazione dell'indicatore annuale di tempestività",
        dated: &[Dated::since(2014, day(31, 1, 1), "DPCM 22/9/2014, art. 10", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::DebtCommunicationDeadline,
        title: "Comunicazione del debito commerciale residuo a fine anno",
        dated: &[Dated::since(2019, day(31, 1, 1), "L. 145/2018, art. 1, comma 867", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::DebtReduction,
        title: "Riduzione minima del debito commerciale residuo",
        dated: &[Dated::since(
            2021,
            amount(10, AmountUnit::Percent),
            "L. 145/2018, art. 1, comma 859, lett. a)",
            Certainty::Confirmed,
        )],
    },
    Parameter {
        name: ParameterName::DebtExemption,
        title: "Quota delle fatture ricevute entro cui il debito residuo non rileva",
        dated: &[Dated::since(
            2021,
            amount(5, AmountUnit::Percent),
            "L. 145/2018, art. 1, comma 859, lett. a)",
            Certainty::Confirmed,
        )],
    },
    Parameter {
        name: ParameterName::GuaranteeFundBands,
        title: "Accantonamento al fondo di garanzia debiti commerciali per giorni di ritardo",
        dated: &[Dated::since(2021, Value::Bands(GUARANTEE_BANDS), GUARANTEE, Certainty::Confirmed).noted(
            "Percentuale degli stanziamenti per beni e servizi; l'arrotondamento dei giorni non è stabilito",
        )],
    },
    Parameter {
        name: ParameterName::GuaranteeFundDebtShare,
        title: "Accantonamento al fondo di garanzia quando il debito non si è ridotto",
        dated: &[Dated::since(2021, amount(5, AmountUnit::Percent), GUARANTEE, Certainty::Confirmed)],
    },
    Parameter {
        name: ParameterName::GuaranteeFundDeadline,
        title: "Deliberazione del fondo di garanzia debiti commerciali",
        dated: &[Dated::since(2021, day(28, 2, 0), "L. 145/2018, art. 1, comma 862", Certainty::Confirmed)],
    },
    Parameter {
        name: ParameterName::CashFlowPlanDeadline,
        title: "Piano annuale dei flussi di cassa",
        dated: &[Dated::since(2025, day(28, 2, 0), "DL 155/2024, art. 6", Certainty::Confirmed)],
    },
];
