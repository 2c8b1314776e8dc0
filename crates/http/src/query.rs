//! Reading a query: every parameter known, none twice, each in its place.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use traguardo_domain::measurement::Span;
use traguardo_domain::{Fault, FaultKind};

use crate::expected;
use crate::problem::{Kind, Problem};

/// The query of what takes no parameter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoQuery {}

/// Reads a query string.
///
/// # Errors
/// 400, naming the parameter: a slip of the keyboard must not silently return everything.
pub(crate) fn read<Q: DeserializeOwned>(text: &str) -> Result<Q, Problem> {
    let parser = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(parser).map_err(|error| {
        let words = error.inner().to_string();
        let quoted = words.split('`').nth(1).unwrap_or_default().to_owned();
        let (kind, pointer, detail) = if words.starts_with("unknown field") {
            (FaultKind::UnknownMember, quoted, "Il parametro non esiste.".to_owned())
        } else if words.starts_with("duplicate field") {
            (FaultKind::Inconsistent, quoted, "Il parametro è ripetuto.".to_owned())
        } else if words.starts_with("missing field") {
            (FaultKind::Missing, quoted, "Il parametro è obbligatorio.".to_owned())
        } else {
            (FaultKind::Malformed, error.path().to_string(), expected::sentence(&words))
        };
        refused(kind, &pointer, &detail)
    })
}

/// The refusal of one parameter.
pub(crate) fn refused(kind: FaultKind, parameter: &str, detail: &str) -> Problem {
    let fault = Fault { pointer: parameter.to_owned(), kind, detail: detail.to_owned() };
    Problem::of(Kind::InvalidParameter).with_faults(vec![fault])
}

/// Whether the days a list is narrowed to are in order.
///
/// # Errors
/// 400 at `parameter`, the first of them, when the last comes before it: an empty answer would hide a slip.
pub(crate) fn in_order(
    parameter: &str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
) -> Result<(), Problem> {
    let span = from.zip(to).map(|(from, to)| Span::parse(from, to)).transpose();
    span.map(|_| ()).map_err(|error| refused(error.kind, parameter, &error.detail))
}

/// A parameter that a domain type reads.
pub(crate) fn parsed<T>(
    parameter: &str,
    value: Option<&String>,
    parse: impl Fn(&str) -> Result<T, traguardo_domain::fault::Refused>,
) -> Result<Option<T>, Problem> {
    let read = |text: &String| parse(text).map_err(|error| refused(error.kind, parameter, &error.detail));
    value.map(read).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Sample {
        limit: Option<i32>,
    }

    fn pointer(text: &str) -> String {
        let words = format!("{:?}", read::<Sample>(text).unwrap_err());
        words.split("pointer: \"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    #[test]
    fn a_parameter_unknown_twice_or_wrong_is_named() {
        assert!(read::<Sample>("limit=3").is_ok());
        assert_eq!(pointer("limti=3"), "limti");
        assert_eq!(pointer("limit=3&limit=4"), "limit");
        assert_eq!(pointer("limit=x"), "limit");
        assert!(read::<NoQuery>("a=1").is_err() && read::<NoQuery>("").is_ok());
    }
}
