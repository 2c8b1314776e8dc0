//! What was measured, and with which formula it became a percentage.

use super::wording::{day, exact, named, on_the, shown};
use crate::figure::Figure;
use crate::indicator::Formula;
use crate::measurement::Value;
use crate::rulebook::{AboveRange, Formulas, PartsRule, ScaleRule};
use crate::score::percent::Percent;

/// The formula, as this rulebook has it.
pub(super) fn formula(formula: Formula, value: &Value, rules: &Formulas) -> String {
    let said = match (formula, value) {
        (Formula::Judgement, _) | (_, Value::Judgement { .. }) => {
            "giudizio, che vale come è attribuito".to_owned()
        }
        (_, Value::Done { .. }) => "fatto o non fatto, cento o zero".to_owned(),
        (_, Value::Day { .. }) => late(rules),
        (_, Value::Parts { .. }) => match rules.parts {
            PartsRule::Mean => "più parti, di cui si fa la media".to_owned(),
            PartsRule::All => "più parti, tutte per intero o niente".to_owned(),
        },
        (
            other,
            Value::Number { .. }
            | Value::Ratio { .. }
            | Value::Point { .. }
            | Value::Text { .. }
            | Value::NotApplicable { .. }
            | Value::NotEvaluable { .. },
        ) => of_figures(other, rules),
    };
    format!("La formula è: {said}.")
}

fn of_figures(formula: Formula, rules: &Formulas) -> String {
    let said = match formula {
        Formula::Higher => "più è meglio, il valore diviso per quello atteso",
        Formula::HigherFromBaseline => "progresso dalla base, la strada fatta divisa per quella da fare",
        Formula::Lower | Formula::LowerThanZero => return low(formula, rules),
        Formula::Range => match rules.above_range {
            AboveRange::Full => "intervallo, pieno dentro e oltre, in proporzione sotto",
            AboveRange::Inverse => "intervallo, pieno dentro, in proporzione sotto e oltre",
            AboveRange::Zero => "intervallo, pieno dentro, in proporzione sotto, zero oltre",
        },
        Formula::Boolean | Formula::Threshold => "tutto o niente, cento se il valore atteso è raggiunto",
        Formula::Date | Formula::RelativeDate => return late(rules),
        Formula::Milestone => "avanzamento, la parte di lavoro compiuta",
        Formula::Scale => match rules.scale {
            ScaleRule::OfTarget => "scala, il punteggio diviso per quello atteso",
            ScaleRule::FromLeast => "scala, il punteggio e quello atteso contati dal minimo",
        },
        Formula::Ratio => "rapporto, quanti su quanti a confronto con il valore atteso",
        Formula::Count => "conteggio, quanti a confronto con quanti attesi",
        Formula::Variation => "variazione rispetto alla base, a confronto con quella attesa",
        Formula::Frequency => "frequenza, volte fatte su volte previste",
        Formula::Judgement => "giudizio, che vale come è attribuito",
        Formula::Composite => "più parti insieme",
        Formula::Qualitative => "nessuna, si giudica",
    };
    said.to_owned()
}

fn low(formula: Formula, rules: &Formulas) -> String {
    match (formula, rules.low_tolerance.filter(|tolerance| *tolerance > Figure::ZERO)) {
        (_, Some(tolerance)) => {
            let tolerance = exact(tolerance.number());
            format!("meno è meglio, oltre il valore atteso cala fino a zero in {tolerance}")
        }
        (Formula::LowerThanZero, None) => "zero o meno, tutto o niente".to_owned(),
        (_, None) => "meno è meglio, il valore atteso diviso per quello misurato".to_owned(),
    }
}

fn late(rules: &Formulas) -> String {
    let step = |(index, step): (usize, &crate::rulebook::LateStep)| {
        let (days, percent) = (step.days, exact(step.percent.number()));
        match (index, days) {
            (0, 1) => format!("con un giorno di ritardo {percent}"),
            (0, _) => format!("fino a {days} giorni di ritardo {percent}"),
            _ => format!("fino a {days} {percent}"),
        }
    };
    let steps: Vec<String> = rules.late.iter().enumerate().map(step).collect();
    if steps.is_empty() {
        return "entro una data, cento in tempo e zero dopo".to_owned();
    }
    format!("entro una data, cento in tempo, {}, poi zero", steps.join(", "))
}

/// What was measured.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Number { figure } => format!("Il valore misurato è {}.", exact(figure.number())),
        Value::Ratio { numerator, denominator } => {
            let counted = format!("{} su {}", exact(numerator.number()), exact(denominator.number()));
            match Percent::ratio(numerator.number(), denominator.number()) {
                Some(share) => format!("Il valore misurato è {counted}, cioè {} per cento.", shown(share)),
                None => format!("Il valore misurato è {counted}."),
            }
        }
        Value::Done { done: true } => "È stato fatto.".to_owned(),
        Value::Done { done: false } => "Non è stato fatto.".to_owned(),
        Value::Day { day: Some(date), since: None } => format!("È stato fatto {}.", on_the(*date)),
        Value::Day { day: Some(date), since: Some(from) } => {
            format!("È stato fatto {}; il termine si conta dal giorno {}.", on_the(*date), day(*from))
        }
        Value::Day { day: None, .. } => "Non è ancora stato fatto.".to_owned(),
        Value::Point { figure } => format!("Il punteggio è {}.", exact(figure.number())),
        Value::Judgement { percent } => format!("Il giudizio è {} su 100.", exact(percent.number())),
        Value::Parts { parts } => format!("Le parti misurate sono: {}.", listed(parts)),
        Value::Text { words } => format!("È stato scritto: «{}».", named(words.as_str())),
        Value::NotApplicable { reason } => {
            format!("È stato dichiarato che non si applica: «{}».", named(reason.as_str()))
        }
        Value::NotEvaluable { reason } => {
            format!("È stato dichiarato non valutabile: «{}».", named(reason.as_str()))
        }
    }
}

fn listed(parts: &[Option<Value>]) -> String {
    let one = |(index, part): (usize, &Option<Value>)| {
        let said = match part {
            None => "nessun valore".to_owned(),
            Some(Value::Number { figure } | Value::Point { figure }) => exact(figure.number()),
            Some(Value::Ratio { numerator, denominator }) => {
                format!("{} su {}", exact(numerator.number()), exact(denominator.number()))
            }
            Some(Value::Done { done: true }) => "fatto".to_owned(),
            Some(Value::Done { done: false }) => "non fatto".to_owned(),
            Some(Value::Day { day: Some(date), .. }) => format!("fatto {}", on_the(*date)),
            Some(Value::Day { day: None, .. }) => "non ancora fatto".to_owned(),
            Some(Value::Judgement { percent }) => format!("giudizio {} su 100", exact(percent.number())),
            Some(Value::Parts { .. }) => "più parti".to_owned(),
            Some(Value::Text { words }) => format!("«{}»", named(words.as_str())),
            Some(Value::NotApplicable { .. }) => "non si applica".to_owned(),
            Some(Value::NotEvaluable { .. }) => "non valutabile".to_owned(),
        };
        format!("{}) {said}", index.saturating_add(1))
    };
    parts.iter().enumerate().map(one).collect::<Vec<_>>().join("; ")
}

/// What the limits of a percentage changed of it.
pub(super) fn capped(uncapped: Percent, cap: Percent) -> Option<String> {
    if uncapped > cap {
        let (uncapped, cap) = (shown(uncapped), exact(cap.number()));
        return Some(format!("Il calcolo darebbe {uncapped}, ma non si conta oltre {cap}."));
    }
    (uncapped < Percent::ZERO)
        .then(|| format!("Il calcolo darebbe {}, ma sotto zero si conta zero.", shown(uncapped)))
}
