//! What was judged, with the computed result beside it.

use super::wording::{exact, named, shown, since};
use crate::score::judgement::SterilisationCause;
use crate::score::percent::Percent;
use crate::score::tree::{Judged, Judgement, Outcome, Sterilisation};

/// The sentence of a judgement.
pub(super) fn sentence(judged: &Judged, stands: Outcome) -> String {
    let computed = match judged.computed {
        Outcome::Reached { percent } => format!("il risultato calcolato è {} su 100", shown(percent)),
        Outcome::Absent { why } => format!("un risultato calcolato non c'è: {}", since(why)),
    };
    let said = match &judged.judgement {
        Judgement::Certified => format!("ha certificato quanto calcolato; {computed}"),
        Judgement::Override { percent, reason } => {
            let percent = shown(Percent::from(*percent));
            format!("ha stabilito {percent} su 100, perché «{}»; {computed}", named(reason.as_str()))
        }
        Judgement::NotEvaluable { reason } => {
            format!(
                "ha dichiarato l'obiettivo non valutabile, perché «{}»; {computed}",
                named(reason.as_str())
            )
        }
        Judgement::Sterilised { effect, code, cause } => {
            let effect = sterilised(effect, stands);
            let code = match code {
                SterilisationCause::Other => String::new(),
                SterilisationCause::FundsWithdrawn
                | SterilisationCause::LawChanged
                | SterilisationCause::OtherBody
                | SterilisationCause::ForceMajeure => format!(" ({})", code.italian()),
            };
            format!(
                "ha riconosciuto una causa esterna{code}, «{}»: {effect}; {computed}",
                named(cause.as_str())
            )
        }
    };
    format!("L'organo di valutazione {said}.")
}

fn sterilised(effect: &Sterilisation, stands: Outcome) -> String {
    match effect {
        Sterilisation::Redistributed => "il peso passa agli altri".to_owned(),
        Sterilisation::Frozen { percent } => {
            format!("vale quanto era raggiunto fino ad allora, {} su 100", shown(Percent::from(*percent)))
        }
        Sterilisation::Exogenous { percent } => {
            let share = exact(percent.number());
            let forgiven = format!("di quanto manca a 100 è riconosciuta la parte di {share} su 100");
            match stands {
                Outcome::Reached { percent } => {
                    format!("{forgiven}, e il risultato sale a {}", shown(percent))
                }
                Outcome::Absent { .. } => forgiven,
            }
        }
    }
}
