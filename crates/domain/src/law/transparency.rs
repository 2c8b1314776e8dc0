//! Publication, access, prevention of corruption and times of procedures.

use super::{AmountUnit, Certainty, Dated, Parameter, ParameterName, amount, day};

const ATTESTATION_2024: &str = "ANAC, delibera sulle attestazioni 2024";
const ATTESTATION_2025: &str = "ANAC, delibera 192/2025";

pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: ParameterName::AttestationDay,
        title: "Data a cui si attesta lo stato delle pubblicazioni",
        dated: &[
            Dated::since(2024, day(31, 5, 0), ATTESTATION_2024, Certainty::Unchecked).until(2024),
            Dated::since(2025, day(31, 5, 0), ATTESTATION_2025, Certainty::Confirmed).until(2025),
        ],
    },
    Parameter {
        name: ParameterName::AttestationDeadline,
        title: "Pubblicazione dell'attestazione",
        dated: &[
            Dated::since(2024, day(15, 7, 0), ATTESTATION_2024, Certainty::Unchecked).until(2024),
            Dated::since(2025, day(15, 7, 0), ATTESTATION_2025, Certainty::Confirmed).until(2025),
        ],
    },
    Parameter {
        name: ParameterName::PublicationYears,
        title: "Anni di permanenza di quanto è pubblicato",
        dated: &[Dated::since(
            2013,
            amount(5, AmountUnit::Years),
            "D.Lgs. 33/2013, art. 8",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::AccessTerm,
        title: "Giorni per rispondere a una richiesta di accesso",
        dated: &[Dated::since(
            2017,
            amount(30, AmountUnit::Days),
            "D.Lgs. 33/2013, art. 5, comma 6",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::AccessObjectionTerm,
        title: "Giorni per l'opposizione dei controinteressati, che sospendono il termine",
        dated: &[Dated::since(
            2017,
            amount(10, AmountUnit::Days),
            "D.Lgs. 33/2013, art. 5, comma 5",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::AccessReviewTerm,
        title: "Giorni per decidere sul riesame di un diniego di accesso",
        dated: &[Dated::since(
            2017,
            amount(20, AmountUnit::Days),
            "D.Lgs. 33/2013, art. 5, comma 7",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::AccessRegisterMonths,
        title: "Mesi entro cui si aggiorna il registro degli accessi",
        dated: &[Dated::since(
            2017,
            amount(6, AmountUnit::Months),
            "ANAC, linee guida 1309/2016",
            Certainty::Confirmed,
        )],
    },
    Parameter {
        name: ParameterName::AnticorruptionReportDeadline,
        title: "Relazione annuale del responsabile della prevenzione della corruzione",
        dated: &[Dated::since(2013, day(15, 12, 0), "L. 190/2012, art. 1, comma 14", Certainty::Unsure)
            .noted("Spesso differita da ANAC al 31 gennaio successivo")],
    },
    Parameter {
        name: ParameterName::ProcedureTerm,
        title: "Giorni di un procedimento, se non è stabilito altro",
        dated: &[Dated::since(
            2010,
            amount(30, AmountUnit::Days),
            "L. 241/1990, art. 2, comma 2",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::RegulatedProcedureTerm,
        title: "Giorni massimi di un procedimento stabiliti con regolamento",
        dated: &[Dated::since(
            2010,
            amount(90, AmountUnit::Days),
            "L. 241/1990, art. 2, comma 3",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::ExceptionalProcedureTerm,
        title: "Giorni massimi di un procedimento in casi eccezionali",
        dated: &[Dated::since(
            2010,
            amount(180, AmountUnit::Days),
            "L. 241/1990, art. 2, comma 4",
            Certainty::Unchecked,
        )],
    },
    Parameter {
        name: ParameterName::LateProceduresDeadline,
        title: "Comunicazione dei procedimenti conclusi in ritardo nell'anno",
        dated: &[Dated::since(
            2012,
            day(30, 1, 1),
            "L. 241/1990, art. 2, comma 9-quater",
            Certainty::Unchecked,
        )],
    },
];
