//! Days as they travel: `YYYY-MM-DD` and no other spelling, as the document says.

use chrono::NaiveDate;
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer};

/// Reads a day.
pub(crate) fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
    let text = String::deserialize(deserializer)?;
    read(&text).ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &"un giorno come 2025-01-31"))
}

/// Reads a day that may be absent.
pub(crate) fn maybe<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    match Option::<String>::deserialize(deserializer)? {
        None => Ok(None),
        Some(text) => one(serde::de::value::StringDeserializer::new(text)).map(Some),
    }
}

fn read(text: &str) -> Option<NaiveDate> {
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let spelled = digits(parts.next()?, 4) && digits(parts.next()?, 2) && digits(parts.next()?, 2);
    if !spelled || parts.next().is_some() {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_one_spelling() {
        assert!(read("2024-02-29").is_some());
        for wrong in [
            "2025-1-1",
            "2025-02-29",
            "31/01/2025",
            "+2025-01-01",
            "2025-01-01T00:00:00Z",
            "20250101",
            " 2025-01-01",
            "",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
