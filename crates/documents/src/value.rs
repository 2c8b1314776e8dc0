//! Values as they are written: what was measured, typed.

use serde::Deserialize;
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::{Value, ValueKind};
use traguardo_domain::said::Words;
use traguardo_domain::{FaultKind, Vocabulary as _};
use utoipa::ToSchema;

use crate::reader::{Reader, day};
use crate::said::needed;
use crate::word::Word;

/// The kind of a value.
pub type ValueKindWord = Word<ValueKind>;

/// Un valore misurato. Quali membri servono dipende da `type`; gli altri non si scrivono.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Value, example = json!({"type": "ratio", "numerator": "18", "denominator": "20"}))]
pub struct ValueBody {
    /// Il genere.
    #[serde(rename = "type")]
    kind: ValueKindWord,
    /// Per `number`: la cifra, nell'unità dell'indicatore; per `point`: il punto della scala.
    #[schema(
        nullable = false,
        max_length = 23,
        pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$",
        example = "3.5"
    )]
    figure: Option<String>,
    /// Per `ratio`: le parti, mai negative.
    #[schema(nullable = false, max_length = 22, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "18")]
    numerator: Option<String>,
    /// Per `ratio`: di quante, mai negative; zero vuol dire che non si può valutare.
    #[schema(nullable = false, max_length = 22, pattern = "^[0-9]{1,15}([.][0-9]{1,6})?$", example = "20")]
    denominator: Option<String>,
    /// Per `done`: se è fatto.
    #[schema(nullable = false)]
    done: Option<bool>,
    /// Per `day`: il giorno in cui è stato fatto; se manca, non è ancora fatto.
    #[schema(nullable = false, format = "date", max_length = 10, example = "2025-06-30")]
    day: Option<String>,
    /// Per `day`: il giorno da cui si conta il termine, dove è relativo a qualcosa.
    #[schema(nullable = false, format = "date", max_length = 10, example = "2025-03-31")]
    since: Option<String>,
    /// Per `judgement`: quanto, da 0 a 100.
    #[schema(nullable = false, max_length = 10, pattern = "^[0-9]{1,3}([.][0-9]{1,6})?$", example = "80")]
    percent: Option<String>,
    /// Per `parts`: un valore per ciascuna parte, nell'ordine; `null` dove manca. Nessuno ha parti a sua volta.
    #[schema(nullable = false, min_items = 1, max_items = 50, no_recursion)]
    parts: Option<Vec<Option<ValueBody>>>,
    /// Per `text`: le parole.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
    /// Per `not_applicable` e `not_evaluable`: il motivo.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    reason: Option<String>,
}

impl ValueBody {
    /// Reads it.
    pub fn read(self, at: &mut Reader<'_>) -> Option<Value> {
        self.read_at(at, true)
    }

    fn read_at(self, at: &mut Reader<'_>, whole: bool) -> Option<Value> {
        self.refuse_others(at);
        match self.kind.0 {
            ValueKind::Number => Some(Value::Number { figure: any(at, "figure", self.figure)? }),
            ValueKind::Point => Some(Value::Point { figure: any(at, "figure", self.figure)? }),
            ValueKind::Ratio => {
                let numerator = counted(at, "numerator", self.numerator);
                let denominator = counted(at, "denominator", self.denominator);
                Some(Value::Ratio { numerator: numerator?, denominator: denominator? })
            }
            ValueKind::Done => Some(Value::Done { done: needed(at, "done", self.done)? }),
            ValueKind::Day => {
                let read = at.maybe("day", self.day.as_ref(), day);
                let since = at.maybe("since", self.since.as_ref(), day);
                Some(Value::Day { day: read, since })
            }
            ValueKind::Judgement => {
                let percent = counted(at, "percent", self.percent)?;
                if percent > Figure::HUNDRED {
                    at.fault("percent", FaultKind::OutOfBounds, "Da 0 a 100.");
                }
                Some(Value::Judgement { percent })
            }
            ValueKind::Parts if !whole => {
                at.fault("type", FaultKind::Inconsistent, "Una parte non ha parti a sua volta.");
                None
            }
            ValueKind::Parts => read_parts(at, self.parts),
            ValueKind::Text => Some(Value::Text { words: worded(at, "words", self.words)? }),
            ValueKind::NotApplicable => {
                Some(Value::NotApplicable { reason: worded(at, "reason", self.reason)? })
            }
            ValueKind::NotEvaluable => {
                Some(Value::NotEvaluable { reason: worded(at, "reason", self.reason)? })
            }
        }
    }

    /// Members of another kind of value say that this one was not meant.
    fn refuse_others(&self, at: &mut Reader<'_>) {
        let own: &[&str] = match self.kind.0 {
            ValueKind::Number | ValueKind::Point => &["figure"],
            ValueKind::Ratio => &["numerator", "denominator"],
            ValueKind::Done => &["done"],
            ValueKind::Day => &["day", "since"],
            ValueKind::Judgement => &["percent"],
            ValueKind::Parts => &["parts"],
            ValueKind::Text => &["words"],
            ValueKind::NotApplicable | ValueKind::NotEvaluable => &["reason"],
        };
        let said = [
            ("figure", self.figure.is_some()),
            ("numerator", self.numerator.is_some()),
            ("denominator", self.denominator.is_some()),
            ("done", self.done.is_some()),
            ("day", self.day.is_some()),
            ("since", self.since.is_some()),
            ("percent", self.percent.is_some()),
            ("parts", self.parts.is_some()),
            ("words", self.words.is_some()),
            ("reason", self.reason.is_some()),
        ];
        for (name, _) in said.into_iter().filter(|(name, is_said)| *is_said && !own.contains(name)) {
            let detail = format!("Un valore {} non lo ha.", self.kind.0.word());
            at.fault(name, FaultKind::Inconsistent, &detail);
        }
    }
}

fn any(at: &mut Reader<'_>, name: &str, text: Option<String>) -> Option<Figure> {
    let text = needed(at, name, text)?;
    at.take(name, Figure::parse(&text))
}

/// A figure of something that is counted: never less than nothing.
fn counted(at: &mut Reader<'_>, name: &str, text: Option<String>) -> Option<Figure> {
    let figure = any(at, name, text)?;
    if figure < Figure::ZERO {
        at.fault(name, FaultKind::OutOfBounds, "Non può essere negativo.");
    }
    Some(figure)
}

fn worded(at: &mut Reader<'_>, name: &str, text: Option<String>) -> Option<Words> {
    let text = needed(at, name, text)?;
    at.take(name, Words::parse(&text))
}

fn read_parts(at: &mut Reader<'_>, parts: Option<Vec<Option<ValueBody>>>) -> Option<Value> {
    let parts = needed(at, "parts", parts)?;
    if parts.iter().all(Option::is_none) {
        at.fault("parts", FaultKind::Missing, "Serve almeno una parte.");
    }
    let parts = at.each("parts", parts, Value::MOST_PARTS, |part, at| match part {
        None => Some(None),
        Some(part) => part.read_at(at, false).map(Some),
    });
    Some(Value::Parts { parts })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use traguardo_domain::Faults;

    use super::*;

    fn read(value: &serde_json::Value) -> Result<Value, Vec<String>> {
        let body: ValueBody = serde_json::from_value(value.clone()).unwrap();
        let mut faults = Faults::new();
        let value = body.read(&mut Reader::new(&mut faults));
        faults.finish(value).map_err(|faults| faults.into_iter().map(|fault| fault.pointer).collect())
    }

    #[test]
    fn what_is_written_is_read_and_written_again_alike() {
        for value in [
            json!({"type": "number", "figure": "-0.28"}),
            json!({"type": "ratio", "numerator": "0", "denominator": "0"}),
            json!({"type": "done", "done": false}),
            json!({"type": "day", "day": "2024-02-29", "since": "2024-01-31"}),
            json!({"type": "day"}),
            json!({"type": "point", "figure": "4"}),
            json!({"type": "judgement", "percent": "100"}),
            json!({"type": "parts", "parts": [{"type": "done", "done": true}, null]}),
            json!({"type": "text", "words": "Avviata"}),
            json!({"type": "not_applicable", "reason": "Servizio soppresso"}),
            json!({"type": "not_evaluable", "reason": "Nessun dato"}),
        ] {
            assert_eq!(serde_json::to_value(read(&value).unwrap()).unwrap(), value);
        }
    }

    #[test]
    fn what_is_wrong_in_a_value_is_told_at_its_place() {
        for (value, places) in [
            (json!({"type": "number"}), &["/figure"][..]),
            (json!({"type": "number", "figure": "3,5"}), &["/figure"]),
            (json!({"type": "number", "figure": "1", "done": true, "words": "x"}), &["/done", "/words"]),
            (
                json!({"type": "ratio", "numerator": "-1", "denominator": "-2"}),
                &["/numerator", "/denominator"],
            ),
            (json!({"type": "ratio"}), &["/numerator", "/denominator"]),
            (json!({"type": "done"}), &["/done"]),
            (json!({"type": "day", "day": "2025-02-29", "since": "1/1/2025"}), &["/day", "/since"]),
            (json!({"type": "judgement", "percent": "100.1"}), &["/percent"]),
            (json!({"type": "judgement", "percent": "-1"}), &["/percent"]),
            (json!({"type": "parts", "parts": []}), &["/parts"]),
            (json!({"type": "parts", "parts": [null]}), &["/parts"]),
            (
                json!({"type": "parts", "parts": [{"type": "parts", "parts": []}, {"type": "text"}]}),
                &["/parts/0/type", "/parts/1/words"],
            ),
            (json!({"type": "text", "words": " "}), &["/words"]),
            (json!({"type": "not_evaluable"}), &["/reason"]),
        ] {
            assert_eq!(read(&value).unwrap_err(), places, "{value}");
        }
        let many = json!({"type": "parts", "parts": vec![json!({"type": "done", "done": true}); 51]});
        assert_eq!(read(&many).unwrap_err(), ["/parts"]);
    }
}
