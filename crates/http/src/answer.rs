//! Answers that are not refusals.

use actix_web::body::BoxBody;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use serde_json::json;
use traguardo_domain::Version;
use traguardo_persistence::idempotency::StoredAnswer;

use crate::precondition::etag;
use crate::problem::{Kind, Problem};

/// An answer, whole: what a retry must get again is all here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    status: StatusCode,
    etag: Option<String>,
    location: Option<String>,
    body: Vec<u8>,
    /// How the body of a kept document is coded; absent where nothing was negotiated.
    coding: Option<Coding>,
    /// What a file is called; absent where the body is JSON.
    file: Option<String>,
    /// What the body is, where it is not JSON.
    media: Option<&'static str>,
    /// In how many seconds to ask again.
    retry_after: Option<u32>,
    replayed: bool,
}

/// How a kept body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// Compressed.
    Gzip,
}

impl Answer {
    fn with(status: StatusCode, object: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(object).map_err(|error| {
            log::error!("an answer cannot be written: {error}");
            Problem::of(Kind::Internal)
        })?;
        Ok(Self { status, body, ..Self::done() })
    }

    /// 200 with an object that has no version of its own.
    ///
    /// # Errors
    /// 500 when it cannot be serialised.
    pub fn ok(object: &impl Serialize) -> Result<Self, Problem> {
        Self::with(StatusCode::OK, object)
    }

    /// 200 with an object at a version.
    ///
    /// # Errors
    /// 500 when it cannot be serialised.
    pub fn found(version: Version, object: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self { etag: Some(etag(version)), ..Self::with(StatusCode::OK, object)? })
    }

    /// 201 with an object just created, and where it is.
    ///
    /// # Errors
    /// 500 when it cannot be serialised.
    pub fn created(location: String, version: Version, object: &impl Serialize) -> Result<Self, Problem> {
        let whole = Self::with(StatusCode::CREATED, object)?;
        Ok(Self { etag: Some(etag(version)), location: Some(location), ..whole })
    }

    /// 201 with an object that never changes, and where it is.
    ///
    /// # Errors
    /// 500 when it cannot be serialised.
    pub fn created_without_version(location: String, object: &impl Serialize) -> Result<Self, Problem> {
        Ok(Self { location: Some(location), ..Self::with(StatusCode::CREATED, object)? })
    }

    /// 202 with an object that is not done yet, and where to ask how it is going.
    ///
    /// # Errors
    /// 500 when it cannot be serialised.
    pub fn accepted(location: String, object: &impl Serialize) -> Result<Self, Problem> {
        let whole = Self::with(StatusCode::ACCEPTED, object)?;
        Ok(Self { location: Some(location), ..whole }.retry_after(1))
    }

    /// The same, saying in how many seconds to ask again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// 200 with a file, to be kept and not shown.
    #[must_use]
    pub fn file(name: &str, body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, body, file: Some(name.to_owned()), ..Self::done() }
    }

    /// 200 with a text of this media type.
    #[must_use]
    pub fn text(media: &'static str, body: String) -> Self {
        Self { status: StatusCode::OK, body: body.into_bytes(), media: Some(media), ..Self::done() }
    }

    /// The same, under a tag of its own.
    #[must_use]
    pub fn tagged(self, tag: &str) -> Self {
        Self { etag: Some(format!("\"{tag}\"")), ..self }
    }

    /// 204.
    #[must_use]
    pub const fn done() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            etag: None,
            location: None,
            body: Vec::new(),
            coding: None,
            file: None,
            media: None,
            retry_after: None,
            replayed: false,
        }
    }

    /// 304: the caller holds this version.
    #[must_use]
    pub fn not_modified(version: Version) -> Self {
        Self { status: StatusCode::NOT_MODIFIED, etag: Some(etag(version)), ..Self::done() }
    }

    /// 200 with bytes that are sent as they are kept, under a tag of their own.
    #[must_use]
    pub fn kept(tag: &str, body: Vec<u8>, coding: Coding) -> Self {
        Self {
            status: StatusCode::OK,
            etag: Some(format!("\"{tag}\"")),
            body,
            coding: Some(coding),
            ..Self::done()
        }
    }

    /// 304 under a tag of its own.
    #[must_use]
    pub fn kept_not_modified(tag: &str) -> Self {
        Self { status: StatusCode::NOT_MODIFIED, etag: Some(format!("\"{tag}\"")), ..Self::done() }
    }

    /// The body, for sealing.
    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    /// The answer as it is kept for retries, with `body` in place of its own.
    pub(crate) fn to_stored(&self, body: Vec<u8>) -> StoredAnswer {
        let status = i16::try_from(self.status.as_u16()).unwrap_or(i16::MAX);
        StoredAnswer { status, headers: json!({ "etag": self.etag, "location": self.location }), body }
    }

    /// An answer given before, given again, with `body` in place of the one kept.
    pub(crate) fn replay(stored: &StoredAnswer, body: Vec<u8>) -> Self {
        let text =
            |name: &str| stored.headers.get(name).and_then(|value| value.as_str()).map(ToOwned::to_owned);
        let status = u16::try_from(stored.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
        Self {
            status: status.unwrap_or(StatusCode::OK),
            etag: text("etag"),
            location: text("location"),
            body,
            replayed: true,
            ..Self::done()
        }
    }
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if let Some(etag) = self.etag {
            response.insert_header((header::ETAG, etag));
        }
        if let Some(location) = self.location {
            response.insert_header((header::LOCATION, location));
        }
        if self.coding.is_some() {
            response.insert_header((header::VARY, "Accept-Encoding"));
        }
        if self.coding == Some(Coding::Gzip) {
            response.insert_header((header::CONTENT_ENCODING, "gzip"));
        }
        if self.replayed {
            response.insert_header(("Idempotency-Replayed", "true"));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if self.body.is_empty() {
            return response.finish();
        }
        if let Some(name) = self.file {
            response.insert_header((header::CONTENT_DISPOSITION, attachment(&name)));
            return response
                .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
                .body(self.body);
        }
        if self.media.is_some() {
            response.insert_header((header::VARY, "Accept"));
        }
        response
            .insert_header((header::CONTENT_TYPE, self.media.unwrap_or("application/json")))
            .body(self.body)
    }
}

/// The name of a file in a header (RFC 6266): whatever is not plain is said byte by byte.
fn attachment(name: &str) -> String {
    let mut coded = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            coded.push(char::from(byte));
        } else {
            coded.extend(["%".to_owned(), format!("{byte:02X}")]);
        }
    }
    coded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_makes_no_header_of_its_own() {
        assert_eq!(attachment("a\"\r\nb è.csv"), "attachment; filename*=UTF-8''a%22%0D%0Ab%20%C3%A8.csv");
    }
}
