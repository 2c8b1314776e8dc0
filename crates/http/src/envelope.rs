//! What surrounds every request and answer: its id, its limits, the refusals nobody else makes, the headers everyone gets, one line in
//! the log and one count in the figures.

use std::net::IpAddr;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, HttpRequest, web};

use crate::app::App;
use crate::limits::{Allowance, Caller};
use crate::problem::{Kind, Problem};

static CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");
static RATE_LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
static RATE_REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
static RATE_RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The id of a request: the caller's own when it is harmless to repeat, ours otherwise.
#[derive(Debug, Clone)]
pub(crate) struct RequestId(pub(crate) String);

impl RequestId {
    fn of(headers: &HeaderMap, app: &App) -> Self {
        let harmless = |text: &&str| {
            (1..=64).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let theirs = headers.get(&CORRELATION_ID).and_then(|value| value.to_str().ok()).filter(harmless);
        Self(theirs.map_or_else(|| app.new_id().to_string(), ToOwned::to_owned))
    }

    /// The id of this request.
    pub(crate) fn get(request: &HttpRequest) -> String {
        request.extensions().get::<Self>().map(|id| id.0.clone()).unwrap_or_default()
    }
}

/// The address the request comes from: the peer's, or what our own proxy says it is.
pub(crate) fn address(request: &HttpRequest, app: &App) -> Option<IpAddr> {
    let forwarded = || {
        let value = request.headers().get_all("x-forwarded-for").last()?.to_str().ok()?;
        value.rsplit(',').next()?.trim().parse().ok()
    };
    let behind_proxy = app.settings().behind_proxy;
    behind_proxy.then(forwarded).flatten().or_else(|| request.peer_addr().map(|peer| peer.ip()))
}

/// Counts a request of `caller` against its allowance, which the answer will show.
///
/// # Errors
/// 429 when the allowance is used up.
pub(crate) fn charge(request: &HttpRequest, app: &App, caller: Caller) -> Result<(), Problem> {
    let allowance = app.allowances().take(caller, app.now());
    request.extensions_mut().insert(allowance);
    if allowance.exceeded {
        return Err(Problem::of(Kind::TooManyRequests).retry_after(u64::from(allowance.reset)));
    }
    Ok(())
}

/// The middleware itself.
pub(crate) async fn surround(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let Some(app) = request.app_data::<web::Data<App>>().map(|app| App::clone(app)) else {
        return Err(Problem::of(Kind::Internal).into());
    };
    let id = RequestId::of(request.headers(), &app);
    request.extensions_mut().insert(id.clone());
    let method = request.method().clone();
    if method == Method::HEAD {
        // The codec remembers that it was HEAD and sends no body.
        request.head_mut().method = Method::GET;
    }
    let mut response = match admit(&request, &app) {
        Ok(()) => {
            let handled = next.call(request).await?;
            handled.map_into_boxed_body()
        }
        Err(problem) => request.into_response(problem.to_response(&id.0)),
    };
    name_the_request(&mut response, &id);
    let allowance = allowance_of(response.request(), &app);
    dress(response.headers_mut(), &id, allowance);
    report(&app, &method, &response, started, &id);
    Ok(response)
}

/// What is refused before any route is looked for.
fn admit(request: &ServiceRequest, app: &App) -> Result<(), Problem> {
    let encoded = |value: &HeaderValue| !value.as_bytes().eq_ignore_ascii_case(b"identity");
    if request.headers().get_all(header::CONTENT_ENCODING).any(encoded) {
        // A compressed body grows after it was measured: none is read.
        return Err(Problem::of(Kind::UnsupportedMediaType));
    }
    // What wants no token is counted by address whatever header comes with it; probes of health are not counted at all.
    let wants_no_token = matches!(request.path(), "/v1/status" | "/v1/oauth/token")
        || crate::reference::is_path(request.path())
        || crate::published::is_path(request.path());
    let anonymous = wants_no_token || !request.headers().contains_key(header::AUTHORIZATION);
    if anonymous
        && !request.path().starts_with("/health/")
        && let Some(address) = address(request.request(), app)
    {
        charge(request.request(), app, Caller::Address(address))?;
    }
    Ok(())
}

/// A problem made where the request's id is not known is written again with it.
fn name_the_request(response: &mut ServiceResponse<BoxBody>, id: &RequestId) {
    let problem = response.response().extensions().get::<Problem>().cloned();
    let unnamed = problem.or_else(|| bare_error(response).map(Problem::of));
    if let Some(problem) = unnamed {
        let mut named = problem.to_response(&id.0);
        // What was added to the answer on its way here stays: without it no web page could read the refusal.
        for (name, value) in response.headers() {
            if !named.headers().contains_key(name) {
                named.headers_mut().append(name.clone(), value.clone());
            }
        }
        *response.response_mut() = named;
    }
}

/// An error page of the framework's own, which we did not write.
fn bare_error(response: &ServiceResponse<BoxBody>) -> Option<Kind> {
    let (type_of, status) = (response.headers().get(header::CONTENT_TYPE), response.status());
    if type_of.is_some_and(|value| value == "application/problem+json") {
        return None;
    }
    if status.is_server_error() {
        return Some(Kind::Internal);
    }
    if status == StatusCode::NOT_FOUND {
        return Some(Kind::NotFound);
    }
    // Only a preflight is refused before our own handlers.
    status.is_client_error().then_some(Kind::InvalidHeader)
}

fn allowance_of(request: &HttpRequest, app: &App) -> Allowance {
    let charged = request.extensions().get::<Allowance>().copied();
    charged.unwrap_or_else(|| {
        let address = address(request, app).unwrap_or(IpAddr::from([0, 0, 0, 0]));
        app.allowances().take(Caller::Address(address), app.now())
    })
}

fn dress(headers: &mut HeaderMap, id: &RequestId, allowance: Allowance) {
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        headers.insert(CORRELATION_ID.clone(), value);
    }
    headers.insert(RATE_LIMIT.clone(), allowance.limit.into());
    headers.insert(RATE_REMAINING.clone(), allowance.remaining.into());
    headers.insert(RATE_RESET.clone(), allowance.reset.into());
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if !headers.contains_key(header::LINK) {
        headers.insert(header::LINK, HeaderValue::from_static("</v1/openapi.yaml>; rel=\"service-desc\""));
    }
}

/// One line in the log and one count in the figures: the template of the route, never the path, which may hold keys of people.
fn report(app: &App, method: &Method, response: &ServiceResponse<BoxBody>, started: Instant, id: &RequestId) {
    let status: StatusCode = response.status();
    let elapsed = started.elapsed();
    let pattern = response.request().match_pattern();
    let route = pattern.as_deref().unwrap_or("-");
    app.metrics().request(method, route, status, elapsed);
    if !log::log_enabled!(target: "traguardo::access", log::Level::Info) {
        return;
    }
    let extensions = response.request().extensions();
    let (comune, member) = match extensions.get::<Caller>() {
        Some(Caller::Member(comune, member)) => (comune.to_string(), member.to_string()),
        Some(Caller::Address(_)) | None => ("-".to_owned(), "-".to_owned()),
    };
    let micros = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX);
    log::info!(
        target: "traguardo::access",
        request_id = id.0.as_str(), method = method.as_str(), route, status = status.as_u16(), micros,
        comune = comune.as_str(), member = member.as_str();
        "request"
    );
}
