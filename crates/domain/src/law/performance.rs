//! What plans, training and premiums are asked.

use super::{AmountUnit, Certainty, Dated, Parameter, ParameterName, amount};

pub(super) const PARAMETERS: &[Parameter] = &[
    Parameter {
        name: ParameterName::TrainingHours,
        title: "Ore annue di formazione per persona",
        dated: &[
            Dated::since(
                2024,
                amount(24, AmountUnit::Hours),
                "Direttiva Ministro PA 28/11/2023",
                Certainty::Confirmed,
            )
            .until(2024),
            Dated::since(
                2025,
                amount(40, AmountUnit::Hours),
                "Direttiva Ministro PA 14/1/2025",
                Certainty::Confirmed,
            )
            .noted("Se la soglia valga per ciascuno o come media pro capite è dubbio"),
        ],
    },
    Parameter {
        name: ParameterName::LocalPoliceTrainingHours,
        title: "Ore annue di formazione per persona nella Polizia locale",
        dated: &[
            Dated::since(2024, amount(40, AmountUnit::Hours), "Regola di Traguardo", Certainty::ProductRule)
                .until(2024)
                .noted("Nessuna direttiva la stabilisce: è la soglia dei piani che ne hanno una propria"),
            Dated::since(
                2025,
                amount(40, AmountUnit::Hours),
                "Direttiva Ministro PA 14/1/2025",
                Certainty::Confirmed,
            )
            .noted("Dal 2025 coincide con quella di tutti"),
        ],
    },
    Parameter {
        name: ParameterName::PaymentsObjectiveWeight,
        title: "Peso minimo dell'obiettivo sui tempi di pagamento nella retribuzione di risultato",
        dated: &[Dated::since(
            2023,
            amount(30, AmountUnit::Percent),
            "DL 13/2023, art. 4-bis, comma 2; Circolare RGS-DFP 1/2024",
            Certainty::Confirmed,
        )
        .noted("Applicato dai piani 2024 in seguito alla circolare; il mancato risultato azzera la quota")],
    },
    Parameter {
        name: ParameterName::BestRatedTopUp,
        title: "Maggiorazione minima del premio individuale per le valutazioni più alte",
        dated: &[
            Dated::since(
                2018,
                amount(30, AmountUnit::Percent),
                "CCNL Funzioni locali 21/5/2018, art. 69",
                Certainty::Unchecked,
            )
            .until(2022),
            Dated::since(
                2023,
                amount(30, AmountUnit::Percent),
                "CCNL Funzioni locali 16/11/2022, art. 81",
                Certainty::Unchecked,
            )
            .until(2025),
            Dated::since(
                2026,
                amount(30, AmountUnit::Percent),
                "CCNL Funzioni locali 2022-2024 del 23/2/2026",
                Certainty::Unsure,
            )
            .noted("Disciplina riscritta per dimensione dell'ente: da verificare"),
        ],
    },
    Parameter {
        name: ParameterName::ResultPayShare,
        title: "Quota minima delle risorse per gli incarichi di EQ destinata alla retribuzione di risultato",
        dated: &[
            Dated::since(
                2019,
                amount(15, AmountUnit::Percent),
                "CCNL Funzioni locali 21/5/2018, art. 15",
                Certainty::Unchecked,
            )
            .until(2022)
            .noted("Allora posizioni organizzative"),
            Dated::since(
                2023,
                amount(15, AmountUnit::Percent),
                "CCNL Funzioni locali 16/11/2022, art. 17",
                Certainty::Unchecked,
            ),
        ],
    },
    Parameter {
        name: ParameterName::PlanHorizon,
        title: "Anni considerati dal piano",
        dated: &[Dated::since(
            2010,
            amount(3, AmountUnit::Years),
            "D.Lgs. 150/2009, art. 10, comma 1; DL 80/2021, art. 6",
            Certainty::Confirmed,
        )],
    },
    Parameter {
        name: ParameterName::MinimumGroup,
        title: "Numero minimo di comuni di un gruppo di confronto",
        dated: &[Dated::since(
            2009,
            amount(5, AmountUnit::Comuni),
            "Regola di Traguardo",
            Certainty::ProductRule,
        )],
    },
];
