//! Reference data: the same for everyone, asked without a token, kept by whoever asks for as long as the answer says.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::{Deserialize, Serialize};
use traguardo_domain::digest::Digest;
use traguardo_domain::period::Year;
use utoipa::IntoParams;

use crate::precondition;
use crate::problem::{Kind, Problem};
use crate::query::{self, refused};

/// Whether a path is of reference data: the tokens that come with such a request are not looked at.
pub(crate) fn is_path(path: &str) -> bool {
    matches!(path, "/v1/legal-parameters" | "/v1/import-profiles" | "/v1/rulebooks")
        || path.starts_with("/v1/code-lists")
}

/// Of which year reference data are asked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct YearQuery {
    /// Solo ciò che vale in questo anno; senza, tutto ciò che è valso e vale.
    #[param(nullable = false, minimum = 2009, maximum = 2100, example = 2025)]
    year: Option<i32>,
}

/// The year a request asks of.
///
/// # Errors
/// 400 when the query says anything else.
pub(crate) fn year(request: &HttpRequest) -> Result<Option<i32>, Problem> {
    let asked: YearQuery = query::read(request.query_string())?;
    let parse = |year| Year::parse(year).map_err(|error| refused(error.kind, "year", &error.detail));
    Ok(asked.year.map(parse).transpose()?.map(|year| i32::from(year.number())))
}

/// The answer with these data, or 304 to whoever holds them already.
///
/// # Errors
/// 400 when `If-None-Match` is no list of entity tags, 500 when the data cannot be serialised.
pub(crate) fn answer(request: &HttpRequest, data: &impl Serialize) -> Result<HttpResponse, Problem> {
    let body = serde_json::to_vec(data).map_err(|error| {
        log::error!("reference data cannot be written: {error}");
        Problem::of(Kind::Internal)
    })?;
    // The tag is that of the bytes: it changes when a release changes the data, and only then.
    let fingerprint = Digest::of(&body).to_string();
    let held = precondition::holds(request.headers(), &fingerprint)?;
    let mut response = if held { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, format!("\"{fingerprint}\"")));
    response.insert_header((header::CACHE_CONTROL, "public, max-age=3600"));
    if held {
        return Ok(response.finish());
    }
    Ok(response.insert_header((header::CONTENT_TYPE, "application/json")).body(body))
}
