//! `ETag`, `If-Match` and `If-None-Match`: versions as HTTP says them.

use actix_web::http::header::{self, HeaderMap, HeaderName};
use traguardo_domain::version::{Condition, Expected};
use traguardo_domain::{Fault, FaultKind, Version};

use crate::problem::{Kind, Problem};

/// The strong entity tag of a version.
#[must_use]
pub(crate) fn etag(version: Version) -> String {
    format!("\"{}\"", version.number())
}

/// What the headers say the caller knows.
///
/// # Errors
/// When a header is not a list of entity tags.
pub(crate) fn condition(headers: &HeaderMap) -> Result<Condition, Problem> {
    let expected = match tags(headers, &header::IF_MATCH)? {
        None => Expected::Unsaid,
        Some(Tags::Any) => Expected::Any,
        // A weak tag never matches strongly, and a tag of another form is of no version of ours: neither is an error.
        Some(Tags::Listed(tags)) => {
            Expected::OneOf(tags.iter().filter(|tag| !tag.weak).filter_map(Tag::version).collect())
        }
    };
    let only_if_absent = match tags(headers, &header::IF_NONE_MATCH)? {
        Some(Tags::Any) => true,
        None | Some(Tags::Listed(_)) => false,
    };
    Ok(Condition { expected, only_if_absent })
}

/// Whether the caller already holds this version (`If-None-Match` on a read; weak comparison).
///
/// # Errors
/// When the header is not a list of entity tags.
pub(crate) fn already_holds(headers: &HeaderMap, version: Version) -> Result<bool, Problem> {
    holds(headers, &version.number().to_string())
}

/// Whether the caller already holds what has this entity tag, written without its quotes.
///
/// # Errors
/// As for [`already_holds`].
pub(crate) fn holds(headers: &HeaderMap, opaque: &str) -> Result<bool, Problem> {
    Ok(match tags(headers, &header::IF_NONE_MATCH)? {
        None => false,
        Some(Tags::Any) => true,
        Some(Tags::Listed(tags)) => tags.iter().any(|tag| tag.opaque == opaque),
    })
}

/// The entity tags the caller holds, by their texts; `None` when it holds whatever there is.
///
/// # Errors
/// When the header is not a list of entity tags.
pub(crate) fn held(headers: &HeaderMap) -> Result<Option<Vec<String>>, Problem> {
    Ok(match tags(headers, &header::IF_NONE_MATCH)? {
        None => Some(Vec::new()),
        Some(Tags::Any) => None,
        Some(Tags::Listed(tags)) => Some(tags.into_iter().map(|tag| tag.opaque).collect()),
    })
}

enum Tags {
    Any,
    Listed(Vec<Tag>),
}

struct Tag {
    weak: bool,
    opaque: String,
}

impl Tag {
    fn version(&self) -> Option<Version> {
        let version = Version::stored(self.opaque.parse().ok()?);
        (version.number().to_string() == self.opaque).then_some(version)
    }
}

fn tags(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Tags>, Problem> {
    let mut listed = Vec::new();
    let mut any = false;
    for value in headers.get_all(name) {
        let text = value.to_str().map_err(|_| malformed(name))?.trim();
        if text == "*" {
            any = true;
            continue;
        }
        for part in text.split(',') {
            listed.push(tag(part.trim()).ok_or_else(|| malformed(name))?);
        }
    }
    match (any, listed.is_empty()) {
        (true, true) => Ok(Some(Tags::Any)),
        (true, false) => Err(malformed(name)),
        (false, true) => Ok(None),
        (false, false) => Ok(Some(Tags::Listed(listed))),
    }
}

fn tag(text: &str) -> Option<Tag> {
    let (weak, quoted) = text.strip_prefix("W/").map_or((false, text), |rest| (true, rest));
    let opaque = quoted.strip_prefix('"')?.strip_suffix('"')?;
    (!opaque.contains('"')).then(|| Tag { weak, opaque: opaque.to_owned() })
}

fn malformed(name: &HeaderName) -> Problem {
    let fault = Fault {
        pointer: name.to_string(),
        kind: FaultKind::Malformed,
        detail: "Serve un elenco di ETag fra virgolette, oppure *.".to_owned(),
    };
    Problem::of(Kind::InvalidHeader).with_faults(vec![fault])
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::HeaderValue;

    use super::*;

    fn with(name: HeaderName, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_str(value).unwrap());
        headers
    }

    fn expected(value: &str) -> Option<Expected> {
        condition(&with(header::IF_MATCH, value)).ok().map(|condition| condition.expected)
    }

    #[test]
    fn a_tag_names_a_version_and_a_strange_or_weak_one_names_none() {
        assert_eq!(expected("\"3\""), Some(Expected::OneOf(vec![Version::stored(3)])));
        assert_eq!(expected("\"x\", \"03\", W/\"3\""), Some(Expected::OneOf(vec![])));
        assert_eq!(expected("*"), Some(Expected::Any));
        for wrong in ["3", "\"3", "*, \"3\"", ""] {
            assert_eq!(expected(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn a_reader_who_holds_the_version_weakly_holds_it() {
        let headers = with(header::IF_NONE_MATCH, "W/\"2\", \"9\"");
        assert!(already_holds(&headers, Version::stored(2)).unwrap());
        assert!(!already_holds(&headers, Version::stored(3)).unwrap());
    }
}
