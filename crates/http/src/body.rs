//! Reading a body: measured, timed, JSON of a known shape, with a pointer to whatever is wrong in it.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use traguardo_domain::{Fault, FaultKind};
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use crate::app::Settings;
use crate::expected;
use crate::object::Object;
use crate::problem::{Kind, Problem};

mod file;

pub(crate) use file::ReceivedFile;

/// The body of a request, not read yet.
pub(crate) struct Body {
    payload: Payload,
    content_type: Option<String>,
    /// As it was sent: the boundary of parts may have capitals.
    as_sent: Option<header::HeaderValue>,
    declared: Option<usize>,
    limit: usize,
    larger: usize,
    deadline: Duration,
}

impl Body {
    pub(crate) fn new(payload: Payload, headers: &HeaderMap, settings: &Settings) -> Self {
        let text = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
        Self {
            payload,
            content_type: text(header::CONTENT_TYPE).map(str::to_ascii_lowercase),
            as_sent: headers.get(header::CONTENT_TYPE).cloned(),
            declared: text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok()),
            limit: settings.body_limit,
            larger: settings.document_limit,
            deadline: settings.body_deadline,
        }
    }

    /// The same body, allowed to be as long as a whole plan.
    pub(crate) fn large(self) -> Self {
        Self { limit: self.larger, ..self }
    }

    /// What its bytes are declared to be.
    pub(crate) fn is_declared(&self, essence: &str) -> bool {
        self.content_type.as_deref().is_some_and(|declared| is_one_of(declared, &[essence]))
    }

    /// No body: what is left of a request whose body was read.
    pub(crate) const fn none() -> Self {
        let deadline = Duration::ZERO;
        let payload = Payload::None;
        Self { payload, content_type: None, as_sent: None, declared: None, limit: 0, larger: 0, deadline }
    }

    /// The bytes, when they are declared as one of `types` and arrive whole, in time and within the limit.
    ///
    /// # Errors
    /// 415, 413, 408, or 400 when the connection breaks.
    pub(crate) async fn bytes(self, types: &[&str]) -> Result<Bytes, Problem> {
        if !self.content_type.as_deref().is_some_and(|declared| is_one_of(declared, types)) {
            return Err(unsupported(types));
        }
        if self.declared.is_some_and(|length| length > self.limit) {
            return Err(too_large(self.limit));
        }
        let (mut payload, limit) = (self.payload, self.limit);
        let reading = async move {
            let mut bytes = BytesMut::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_| Problem::of(Kind::MalformedBody))?;
                if bytes.len().saturating_add(chunk.len()) > limit {
                    return Err(too_large(limit));
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(bytes.freeze())
        };
        tokio::time::timeout(self.deadline, reading).await.map_err(|_| Problem::of(Kind::BodyTimeout))?
    }

    /// The JSON object, and the bytes it came from.
    ///
    /// # Errors
    /// As for [`Body::bytes`]; 400 when it is not JSON, 422 with pointers when it has not the shape or the bounds of `T`.
    pub(crate) async fn json<T: DeserializeOwned + Validate>(self) -> Result<(T, Bytes), Problem> {
        self.json_as(&["application/json"]).await
    }

    /// The JSON object, declared as one of `types`, and the bytes it came from.
    ///
    /// # Errors
    /// As for [`Body::json`].
    pub(crate) async fn json_as<T>(self, types: &[&str]) -> Result<(T, Bytes), Problem>
    where
        T: DeserializeOwned + Validate,
    {
        let bytes = self.bytes(types).await?;
        let value = parse::<T>(&bytes)?;
        value.validate().map_err(|errors| Problem::invalid(faults_of(&errors, "")))?;
        Ok((value, bytes))
    }
}

fn is_one_of(declared: &str, types: &[&str]) -> bool {
    let mut parts = declared.split(';').map(str::trim);
    let known = parts.next().is_some_and(|essence| types.contains(&essence));
    let utf8 = parts
        .filter_map(|part| part.strip_prefix("charset="))
        .all(|charset| charset.trim_matches('"') == "utf-8");
    known && utf8
}

fn unsupported(types: &[&str]) -> Problem {
    let detail = format!("Si accetta, senza compressione: {}.", types.join(", "));
    Problem::of(Kind::UnsupportedMediaType).because(detail)
}

pub(crate) fn too_large(limit: usize) -> Problem {
    Problem::of(Kind::TooLarge).because(format!("Il corpo può avere al massimo {limit} byte."))
}

/// Reads a JSON object.
///
/// # Errors
/// 400 when it is not JSON, 422 with a pointer when it has not the shape of `T`.
pub(crate) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let Object(parsed) =
        serde_path_to_error::deserialize(&mut json).map_err(|error| refusal(&error, bytes))?;
    json.end().map_err(|error| {
        let detail =
            format!("Dopo il valore JSON c'è altro, alla riga {}, colonna {}.", error.line(), error.column());
        Problem::of(Kind::MalformedBody).because(detail)
    })?;
    Ok(parsed)
}

fn refusal(error: &serde_path_to_error::Error<serde_json::Error>, bytes: &[u8]) -> Problem {
    let cause = error.inner();
    let mut pointer = pointer_to(error.path());
    // The parser calls a value of the wrong type where a word of a list is asked for no JSON, which it is.
    let wrong_word = cause.to_string().starts_with("expected value at")
        && serde_json::from_slice::<serde_json::Value>(bytes).is_ok();
    if !cause.is_data() && !wrong_word {
        return malformed(pointer, cause);
    }
    // A wrong member may come before the place where the text stops being JSON, and then it is not JSON all the same.
    if let Err(cause) = serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
        return malformed(String::new(), &cause);
    }
    let words = cause.to_string();
    let words = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
    let quoted = words.split('`').nth(1).unwrap_or_default();
    let (kind, detail) = if words.starts_with("unknown field") {
        push(&mut pointer, quoted);
        (FaultKind::UnknownMember, "Il membro non è fra quelli documentati.".to_owned())
    } else if words.starts_with("missing field") {
        push(&mut pointer, quoted);
        (FaultKind::Missing, "Il membro è obbligatorio.".to_owned())
    } else if words.starts_with("duplicate field") {
        push(&mut pointer, quoted);
        (FaultKind::Malformed, "Il membro è ripetuto.".to_owned())
    } else {
        (FaultKind::Malformed, expected::sentence(words))
    };
    Problem::invalid(vec![Fault { pointer, kind, detail }])
}

fn malformed(pointer: String, cause: &serde_json::Error) -> Problem {
    let detail = format!("JSON non valido alla riga {}, colonna {}.", cause.line(), cause.column());
    let fault = Fault { pointer, kind: FaultKind::Malformed, detail };
    Problem::of(Kind::MalformedBody).with_faults(vec![fault])
}

fn push(pointer: &mut String, name: &str) {
    let token = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    // The path may name the unknown member already.
    if !pointer.ends_with(&token) {
        pointer.push_str(&token);
    }
}

fn pointer_to(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push_index(&mut pointer, *index),
            Segment::Map { key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn push_index(pointer: &mut String, index: usize) {
    pointer.push('/');
    pointer.push_str(&index.to_string());
}

/// The faults a validator found, as pointers.
fn faults_of(errors: &ValidationErrors, at: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, kind) in errors.errors() {
        let place = format!("{at}/{field}");
        match kind {
            ValidationErrorsKind::Struct(inner) => faults.extend(faults_of(inner, &place)),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    faults.extend(faults_of(inner, &format!("{place}/{index}")));
                }
            }
            ValidationErrorsKind::Field(found) => {
                faults.extend(found.iter().map(|error| bound(error, &place)));
            }
        }
    }
    faults.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    faults
}

fn bound(error: &validator::ValidationError, place: &str) -> Fault {
    let limit = |name: &str| error.params.get(name).map(ToString::to_string);
    let detail = match (limit("min"), limit("max")) {
        (Some(min), Some(max)) => format!("Da {min} a {max}."),
        (None, Some(max)) => format!("Al massimo {max}."),
        (Some(min), None) => format!("Almeno {min}."),
        (None, None) => "Il valore non rispetta i limiti dichiarati.".to_owned(),
    };
    Fault { pointer: place.to_owned(), kind: FaultKind::OutOfBounds, detail }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only its shape matters")]
    struct Sample {
        code: String,
        parts: Vec<i32>,
    }

    fn fault(json: &str) -> (Kind, String) {
        let problem = parse::<Sample>(json.as_bytes()).unwrap_err();
        (
            problem.kind(),
            problem.to_response("r").extensions().get::<Problem>().map_or_else(
                || {
                    format!("{problem:?}")
                        .split("pointer: \"")
                        .nth(1)
                        .unwrap()
                        .split('"')
                        .next()
                        .unwrap()
                        .to_owned()
                },
                |_| String::new(),
            ),
        )
    }

    #[test]
    fn each_fault_is_pointed_at() {
        let invalid = |pointer: &str| (Kind::Invalid, pointer.to_owned());
        assert_eq!(fault(r#"{"code": "a", "parts": [1, "x"]}"#), invalid("/parts/1"));
        assert_eq!(fault(r#"{"code": "a", "parts": [], "more": 1}"#), invalid("/more"));
        assert_eq!(fault(r#"{"code": "a"}"#), invalid("/parts"));
        assert_eq!(fault(r#"{"code": 1, "parts": []}"#), invalid("/code"));
        assert_eq!(fault(r#"{"code": "a", "parts": [1e400]}"#).1, "/parts/0");
    }

    #[test]
    fn what_is_not_json_is_malformed_and_depth_does_not_overflow() {
        let deep = "[".repeat(100_000);
        for text in ["", "{", "{\"code\": \"a\", \"parts\": []} x", &deep, "\u{feff}{}"] {
            assert!(parse::<Sample>(text.as_bytes()).is_err());
        }
        assert_eq!(parse::<Sample>(b"{\"code\": \"\xff\"}").unwrap_err().kind(), Kind::MalformedBody);
    }

    #[test]
    fn only_json_in_utf8_is_json() {
        assert!(is_one_of("application/json; charset=utf-8", &["application/json"]));
        assert!(!is_one_of("application/json; charset=latin1", &["application/json"]));
        assert!(!is_one_of("text/plain", &["application/json"]));
    }
}
