//! What depends on how large a comune is.

use super::{AmountUnit, Certainty, Dated, Parameter, ParameterName, Value, amount};

pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: ParameterName::SimplifiedPlanEmployees,
        title: "Dipendenti fino a cui il PIAO è semplificato",
        dated: &[Dated::since(2022, amount(50, AmountUnit::Employees), "DL 80/2021, art. 6; DM 132/2022, art. 6", Certainty::Confirmed)
            .noted("Con esattamente 50 dipendenti legge e decreto non concordano; la sottosezione 2.2 non è obbligatoria")],
    },
    Parameter {
        name: ParameterName::ManagementPlanInhabitants,
        title: "Abitanti sotto cui il PEG è facoltativo",
        dated: &[Dated::since(2015, inhabitants(5_000), "D.Lgs. 267/2000, art. 169, comma 3", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::SimplifiedProgrammingInhabitants,
        title: "Abitanti fino a cui il DUP è semplificato",
        dated: &[Dated::since(2016, inhabitants(5_000), "D.Lgs. 267/2000, art. 170, comma 6", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::MinimalProgrammingInhabitants,
        title: "Abitanti fino a cui il DUP è ulteriormente semplificato",
        dated: &[Dated::since(2018, inhabitants(2_000), "DM 18/5/2018; D.Lgs. 118/2011, allegato 4/1", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::GoverningHeadInhabitants,
        title: "Abitanti sotto cui un componente della Giunta può essere responsabile di una struttura",
        dated: &[Dated::since(2009, inhabitants(5_000), "L. 388/2000, art. 53, comma 23", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::StrategicControlInhabitants,
        title: "Abitanti oltre cui si fa il controllo strategico",
        dated: &[Dated::since(2015, inhabitants(15_000), "D.Lgs. 267/2000, art. 147-ter", Certainty::Unchecked)],
    },
    Parameter {
        name: ParameterName::GeneralDirectorInhabitants,
        title: "Abitanti oltre cui può esserci un direttore generale",
        dated: &[Dated::since(2011, inhabitants(100_000), "D.Lgs. 267/2000, art. 108; L. 191/2009, art. 2, comma 186", Certainty::Unchecked)],
    },
];

const fn inhabitants(number: i32) -> Value {
    amount(number, AmountUnit::Inhabitants)
}
