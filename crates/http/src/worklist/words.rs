//! Values as people read them.

use chrono::{Datelike as _, NaiveDate};
use traguardo_domain::measurement::Value;

/// The most characters of a value in words.
pub(super) const MOST: usize = 1000;

/// A value in Italian words, cut where it is longer than people want in a list.
pub(super) fn of(value: &Value) -> String {
    let whole = spelled(value);
    let mut characters = whole.chars();
    let beginning: String = characters.by_ref().take(MOST.saturating_sub(1)).collect();
    if characters.next().is_some() { format!("{beginning}…") } else { beginning }
}

fn spelled(value: &Value) -> String {
    match value {
        Value::Number { figure } => comma(figure),
        Value::Ratio { numerator, denominator } => format!("{} su {}", comma(numerator), comma(denominator)),
        Value::Done { done: true } => "fatto".to_owned(),
        Value::Done { done: false } | Value::Day { day: None, .. } => "non ancora fatto".to_owned(),
        Value::Day { day: Some(day), .. } => format!("fatto il {}", spelled_day(*day)),
        Value::Point { figure } => format!("{} punti", comma(figure)),
        Value::Judgement { percent } => format!("{}%", comma(percent)),
        Value::Parts { parts } => {
            let part = |(index, part): (usize, &Option<Value>)| {
                let words = part.as_ref().map_or_else(|| "manca".to_owned(), spelled);
                format!("{}) {words}", index.saturating_add(1))
            };
            parts.iter().enumerate().map(part).collect::<Vec<_>>().join("; ")
        }
        Value::Text { words } => words.as_str().to_owned(),
        Value::NotApplicable { reason } => format!("non applicabile: {}", reason.as_str()),
        Value::NotEvaluable { reason } => format!("non valutabile: {}", reason.as_str()),
    }
}

fn comma(figure: &impl ToString) -> String {
    figure.to_string().replace('.', ",")
}

fn spelled_day(day: NaiveDate) -> String {
    format!("{}/{}/{}", day.day(), day.month(), day.year())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_told_in_words() {
        let cases = [
            (json!({"type": "number", "figure": "-0.5"}), "-0,5"),
            (json!({"type": "ratio", "numerator": "3", "denominator": "4"}), "3 su 4"),
            (json!({"type": "day", "day": "2024-03-09"}), "fatto il 9/3/2024"),
            (json!({"type": "day"}), "non ancora fatto"),
            (json!({"type": "parts", "parts": [{"type": "done", "done": true}, null]}), "1) fatto; 2) manca"),
            (json!({"type": "not_applicable", "reason": "Nessuna gara"}), "non applicabile: Nessuna gara"),
        ];
        for (value, words) in cases {
            assert_eq!(of(&serde_json::from_value(value).unwrap()), words);
        }
        let long = json!({"type": "text", "words": "è".repeat(2_000)});
        assert_eq!(of(&serde_json::from_value(long).unwrap()).chars().count(), MOST);
    }
}
