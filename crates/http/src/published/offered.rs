//! Answers that anybody may keep and use again: under a strong tag, with how long they may be kept and the licence.

use actix_web::body::SizedStream;
use actix_web::http::header::{self, HttpDate};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use futures_util::stream;
use serde::Serialize;
use traguardo_domain::digest::Digest;
use traguardo_persistence::packed::{self, Unpacking};

use super::visitor::Visitor;
use crate::precondition;
use crate::problem::{Kind, Problem};
use crate::versions::names_gzip;

/// The licence of everything public: attribution (CC BY 4.0).
pub(super) const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";

/// JSON, and what a caller who takes it may say.
pub(super) const JSON: &[&str] = &["application/json", "application/*", "*/*"];

/// For how long an answer may be kept without asking again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// A day: what is sealed, and years that are over.
    Long,
    /// Five minutes: what may be another any moment.
    Short,
}

impl Life {
    const fn words(self) -> &'static str {
        match self {
            Self::Long => "public, max-age=86400",
            Self::Short => "public, max-age=300",
        }
    }
}

/// What is offered, but for its bytes.
#[derive(Debug, Clone)]
pub(super) struct Offered {
    /// Its strong tag, without quotes.
    pub(super) tag: String,
    /// When it was published.
    pub(super) modified: Option<DateTime<Utc>>,
    /// For how long it may be kept.
    pub(super) life: Life,
    /// What kind of bytes.
    pub(super) media: &'static str,
    /// Where it is described, if it is.
    pub(super) described_by: Option<String>,
}

impl Offered {
    /// A JSON object, or 304 to whoever holds it.
    ///
    /// # Errors
    /// 400 when `If-None-Match` is no list of entity tags, 500 when the object cannot be serialised.
    pub(super) fn object(
        visitor: &Visitor,
        object: &impl Serialize,
        modified: Option<DateTime<Utc>>,
    ) -> Result<HttpResponse, Problem> {
        Self::written(visitor, "application/json", object, modified)
    }

    /// As [`Offered::object`], under the name of a kind of JSON.
    ///
    /// # Errors
    /// As there.
    pub(super) fn written(
        visitor: &Visitor,
        media: &'static str,
        object: &impl Serialize,
        modified: Option<DateTime<Utc>>,
    ) -> Result<HttpResponse, Problem> {
        let body = bytes_of(object)?;
        let tag = Digest::of(&body).to_string();
        let offered = Self { tag, modified, life: Life::Short, media, described_by: None };
        Ok(if offered.is_held(visitor)? { offered.not_modified() } else { offered.whole(body) })
    }

    /// Whether the caller holds it already.
    ///
    /// # Errors
    /// 400 when `If-None-Match` is no list of entity tags.
    pub(super) fn is_held(&self, visitor: &Visitor) -> Result<bool, Problem> {
        precondition::holds(visitor.headers(), &self.tag)
    }

    /// 304.
    pub(super) fn not_modified(&self) -> HttpResponse {
        self.dressed(HttpResponse::NotModified()).finish()
    }

    /// 200 with these bytes.
    pub(super) fn whole(&self, body: Vec<u8>) -> HttpResponse {
        self.dressed(HttpResponse::Ok()).insert_header((header::CONTENT_TYPE, self.media)).body(body)
    }

    /// 200 with bytes that are kept compressed, and sent so to whoever takes them so.
    ///
    /// # Errors
    /// 500 when they are not what was kept.
    pub(super) fn kept(&self, visitor: &Visitor, bytes: Vec<u8>) -> Result<HttpResponse, Problem> {
        if takes_gzip(visitor) {
            return Ok(self.compressed(Bytes::from(bytes)));
        }
        let mut response = self.dressed(HttpResponse::Ok());
        response.insert_header((header::CONTENT_TYPE, self.media));
        response.insert_header((header::VARY, "Accept-Encoding"));
        Ok(response.body(packed::unpack(&bytes)?))
    }

    /// As [`Offered::kept`], for what is too long to be held as it was: it is unpacked while it is sent.
    pub(super) fn long(&self, visitor: &Visitor, bytes: Bytes, size: u64) -> HttpResponse {
        if takes_gzip(visitor) {
            return self.compressed(bytes);
        }
        let pieces = Unpacking::of(bytes).map(|piece| piece.map(Bytes::from));
        let mut response = self.dressed(HttpResponse::Ok());
        response.insert_header((header::CONTENT_TYPE, self.media));
        response.insert_header((header::VARY, "Accept-Encoding"));
        response.body(SizedStream::new(size, stream::iter(pieces)))
    }

    fn compressed(&self, bytes: Bytes) -> HttpResponse {
        let mut response = self.dressed(HttpResponse::Ok());
        response.insert_header((header::CONTENT_TYPE, self.media));
        response.insert_header((header::VARY, "Accept-Encoding"));
        response.insert_header((header::CONTENT_ENCODING, "gzip")).body(bytes)
    }

    fn dressed(&self, mut response: HttpResponseBuilder) -> HttpResponseBuilder {
        response.insert_header((header::ETAG, format!("\"{}\"", self.tag)));
        response.insert_header((header::CACHE_CONTROL, self.life.words()));
        if let Some(modified) = self.modified {
            let date = HttpDate::from(std::time::SystemTime::from(modified));
            response.insert_header((header::LAST_MODIFIED, date.to_string()));
        }
        let licence = format!("<{LICENCE}>; rel=\"license\"");
        let link = match &self.described_by {
            None => licence,
            Some(address) => format!("{licence}, <{address}>; rel=\"describedby\""),
        };
        response.insert_header((header::LINK, link));
        response
    }
}

/// What an object writes itself as.
///
/// # Errors
/// 500 when it cannot.
pub(super) fn bytes_of(object: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(object).map_err(|error| {
        log::error!("what is public cannot be written: {error}");
        Problem::of(Kind::Internal)
    })
}

fn takes_gzip(visitor: &Visitor) -> bool {
    visitor.headers().get_all(header::ACCEPT_ENCODING).any(names_gzip)
}
