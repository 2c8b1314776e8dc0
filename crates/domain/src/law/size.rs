//! What depends on how large a comune is.

use super::{AmountUnit, Certainty, Dated, Parameter, ParameterName, amount};

pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: ParameterName::SimplifiedPlanEmployees,
        title: "Dipendenti fino a cui il PIAO è semplificato",
        dated: &[Dated::since(
            2022,
            amount(50, AmountUnit::Employees),
            "DL 80/2021, art. 6; DM 132/2022, art. 6",
            Certainty::Confirmed,
        )
        .noted("Con 50 dipendenti esatti legge e decreto discordano; la 2.2 non è obbligatoria")],
    },
    Parameter {
        name: ParameterName::ManagementPlanInhabitants,
        title: "Abitanti sotto cui il PEG è facoltativo",
        dated: &[inhabitants(2015, 5_000, "D.Lgs. 267/2000, art. 169, comma 3")],
    },
    Parameter {
        name: ParameterName::SimplifiedProgrammingInhabitants,
        title: "Abitanti fino a cui il DUP è semplificato",
        dated: &[inhabitants(2016, 5_000, "D.Lgs. 267/2000, art. 170, comma 6")],
    },
    Parameter {
        name: ParameterName::MinimalProgrammingInhabitants,
        title: "Abitanti fino a cui il DUP è ulteriormente semplificato",
        dated: &[inhabitants(2018, 2_000, "DM 18/5/2018; D.Lgs. 118/2011, allegato 4/1")],
    },
    Parameter {
        name: ParameterName::GoverningHeadInhabitants,
        title: "Abitanti sotto cui un componente della Giunta può essere responsabile di una struttura",
        dated: &[inhabitants(2009, 5_000, "L. 388/2000, art. 53, comma 23")],
    },
    Parameter {
        name: ParameterName::StrategicControlInhabitants,
        title: "Abitanti oltre cui si fa il controllo strategico",
        dated: &[inhabitants(2015, 15_000, "D.Lgs. 267/2000, art. 147-ter")],
    },
    Parameter {
        name: ParameterName::GeneralDirectorInhabitants,
        title: "Abitanti oltre cui può esserci un direttore generale",
        dated: &[inhabitants(2011, 100_000, "D.Lgs. 267/2000, art. 108; L. 191/2009, art. 2, comma 186")],
    },
];

const fn inhabitants(from: i16, number: i32, reference: &'static str) -> Dated {
    Dated::since(from, amount(number, AmountUnit::Inhabitants), reference, Certainty::Unchecked)
}
