//! What a value had to be, in Italian: whoever reads a refusal here reads no English and no name of a type of ours, whatever the parser
//! called it. Our own readers say it in Italian already; what the others say stands in the tables below, and is not passed on when it
//! does not.

/// What is said when nothing more can be.
const NOT_EXPECTED: &str = "Il valore non è quello atteso.";

/// What parsers ask for, by the whole of their words.
const ASKED: &[(&str, &str)] = &[
    ("a boolean", "true o false"),
    ("a string", "un testo"),
    ("a borrowed string", "un testo"),
    ("a character", "un carattere"),
    ("a sequence", "un elenco"),
    ("an empty array", "un elenco vuoto"),
    ("a map", "un oggetto"),
    ("f32", "un numero"),
    ("f64", "un numero"),
    ("unit", "null"),
    ("a formatted date string", "un giorno come 2025-01-31"),
    ("an RFC 3339 formatted date and time string", "un istante come 2025-01-31T09:00:00Z"),
    ("a formatted UUID string", IDENTIFIER),
];

/// How the words begin that parsers ask for an object or a list with, before a name or a length of ours.
const ASKED_BY_START: &[(&str, &str)] = &[
    ("struct ", "un oggetto"),
    ("internally tagged enum ", "un oggetto"),
    ("adjacently tagged enum ", "un oggetto"),
    ("tuple ", "un elenco"),
    ("a tuple of size ", "un elenco"),
    ("an array of length ", "un elenco"),
];

/// How complaints begin that say no more of what was asked for.
const COMPLAINTS: &[(&str, &str)] = &[
    ("UUID parsing failed", IDENTIFIER),
    ("invalid digit found in string", "un numero intero"),
    ("cannot parse integer from empty string", "un numero intero"),
    ("number too large to fit in target type", "un numero intero più piccolo"),
    ("number too small to fit in target type", "un numero intero più grande"),
    ("provided string was not `true` or `false`", "true o false"),
    ("invalid float literal", "un numero"),
    ("cannot parse float from empty string", "un numero"),
];

const IDENTIFIER: &str = "un identificativo come 0193a5c0-0000-7000-8000-000000000004";

/// How what our own readers ask for begins.
const OURS: &[&str] = &["un giorno come ", "uno fra "];

/// The sentence for a complaint of a parser; never what was sent, which may be long.
pub(crate) fn sentence(complaint: &str) -> String {
    wanted(complaint).map_or_else(
        || NOT_EXPECTED.to_owned(),
        |wanted| format!("Il valore non è quello atteso: serve {wanted}."),
    )
}

fn wanted(complaint: &str) -> Option<String> {
    if let Some((_, wanted)) = COMPLAINTS.iter().find(|(start, _)| complaint.starts_with(start)) {
        return Some((*wanted).to_owned());
    }
    // What was sent comes before, and may hold the same words.
    let (before, asked) = complaint.rsplit_once("expected ")?;
    let exactly = ASKED.iter().find(|(words, _)| *words == asked);
    let by_start = || ASKED_BY_START.iter().find(|(start, _)| asked.starts_with(start));
    if let Some((_, wanted)) = exactly.or_else(by_start) {
        return Some((*wanted).to_owned());
    }
    if OURS.iter().any(|start| asked.starts_with(start)) {
        return Some(asked.to_owned());
    }
    if complaint.starts_with("unknown variant") {
        return one_of(asked);
    }
    integer(asked, before.starts_with("invalid value: integer"))
}

/// The words of a list, which parsers write between backquotes.
fn one_of(asked: &str) -> Option<String> {
    let words: Vec<&str> = asked.split('`').skip(1).step_by(2).collect();
    match words.as_slice() {
        [] => None,
        [word] => Some((*word).to_owned()),
        several => Some(format!("uno fra {}", several.join(", "))),
    }
}

/// A whole number, with the bounds of its type when it was one that goes beyond them.
fn integer(asked: &str, was_integer: bool) -> Option<String> {
    let (least, most) = bounds(asked)?;
    let bounds = if was_integer { format!(" da {least} a {most}") } else { String::new() };
    Some(format!("un numero intero{bounds}"))
}

fn bounds(kind: &str) -> Option<(i128, i128)> {
    let known = [
        ("i8", i128::from(i8::MIN), i128::from(i8::MAX)),
        ("i16", i128::from(i16::MIN), i128::from(i16::MAX)),
        ("i32", i128::from(i32::MIN), i128::from(i32::MAX)),
        ("i64", i128::from(i64::MIN), i128::from(i64::MAX)),
        ("u8", i128::from(u8::MIN), i128::from(u8::MAX)),
        ("u16", i128::from(u16::MIN), i128::from(u16::MAX)),
        ("u32", i128::from(u32::MIN), i128::from(u32::MAX)),
        ("u64", i128::from(u64::MIN), i128::from(u64::MAX)),
    ];
    known.into_iter().find(|(name, ..)| *name == kind).map(|(_, least, most)| (least, most))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate, Utc};
    use serde::Deserialize;
    use serde::de::DeserializeOwned;
    use traguardo_documents::Word;
    use traguardo_domain::plan::PlanKind;
    use uuid::Uuid;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Sample {
        #[expect(dead_code, reason = "only its shape matters")]
        code: String,
    }

    #[derive(Debug, Deserialize)]
    struct Day {
        #[serde(deserialize_with = "crate::day::one")]
        #[expect(dead_code, reason = "only its shape matters")]
        on: NaiveDate,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Choice {
        Atomic,
        Partial,
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "type")]
    enum Tagged {
        One,
    }

    /// What is asked for when this JSON does not fit.
    fn json<T: DeserializeOwned>(text: &str) -> String {
        let complaint = serde_json::from_str::<T>(text).err().unwrap().to_string();
        let complaint = complaint.rsplit_once(" at line ").unwrap().0;
        let said = sentence(complaint);
        said.strip_prefix("Il valore non è quello atteso: serve ").unwrap_or(&said).to_owned()
    }

    #[test]
    fn what_json_had_to_be_is_said_in_italian() {
        assert_eq!(json::<String>("1"), "un testo.");
        assert_eq!(json::<bool>("\"x\""), "true o false.");
        assert_eq!(json::<Vec<i32>>("null"), "un elenco.");
        assert_eq!(json::<std::collections::BTreeMap<String, i32>>("1"), "un oggetto.");
        assert_eq!(json::<Sample>("1"), "un oggetto.");
        assert_eq!(json::<Tagged>("1"), "un oggetto.");
        assert_eq!(json::<(i32, i32)>("1"), "un elenco.");
        assert_eq!(json::<[i32; 2]>("1"), "un elenco.");
        assert_eq!(json::<f64>("\"x\""), "un numero.");
        assert_eq!(json::<char>("\"xx\""), "un carattere.");
        assert_eq!(json::<()>("1"), "null.");
    }

    #[test]
    fn numbers_days_words_and_identifiers_say_their_form() {
        assert_eq!(json::<i32>("\"x\""), "un numero intero.");
        assert_eq!(json::<i32>("1.5"), "un numero intero.");
        assert_eq!(json::<i32>("99999999999"), "un numero intero da -2147483648 a 2147483647.");
        assert_eq!(json::<u8>("-1"), "un numero intero da 0 a 255.");
        assert_eq!(json::<Day>(r#"{"on": "2023-02-30"}"#), "un giorno come 2025-01-31.");
        assert_eq!(json::<NaiveDate>("1"), "un giorno come 2025-01-31.");
        assert_eq!(json::<DateTime<Utc>>("1"), "un istante come 2025-01-31T09:00:00Z.");
        assert_eq!(json::<Choice>("\"foo\""), "uno fra atomic, partial.");
        assert_eq!(json::<Word<PlanKind>>("\"expected x\""), json::<Word<PlanKind>>("1"));
        assert!(json::<Word<PlanKind>>("1").starts_with("uno fra "));
        for wrong in ["1", "\"x\"", "\"\"", "\"0193a5c0-0000-7000-8000-00000000000g\""] {
            assert!(json::<Uuid>(wrong).starts_with("un identificativo come "), "{wrong}");
        }
    }

    #[test]
    fn what_parameters_had_to_be_is_said_in_italian() {
        let said = |words: String| sentence(&words).replace("Il valore non è quello atteso: serve ", "");
        assert_eq!(said("x".parse::<i32>().unwrap_err().to_string()), "un numero intero.");
        assert_eq!(said("".parse::<i32>().unwrap_err().to_string()), "un numero intero.");
        assert_eq!(
            said("99999999999".parse::<i32>().unwrap_err().to_string()),
            "un numero intero più piccolo."
        );
        assert_eq!(
            said("-99999999999".parse::<i32>().unwrap_err().to_string()),
            "un numero intero più grande."
        );
        assert_eq!(said("maybe".parse::<bool>().unwrap_err().to_string()), "true o false.");
        assert_eq!(said("x".parse::<f64>().unwrap_err().to_string()), "un numero.");
        assert_eq!(said("".parse::<f64>().unwrap_err().to_string()), "un numero.");
    }

    #[test]
    fn what_no_table_knows_is_not_passed_on() {
        for complaint in ["", "premature end of input", "invalid type: x, expected enum Secret", "expected "]
        {
            assert_eq!(sentence(complaint), NOT_EXPECTED);
        }
    }
}
