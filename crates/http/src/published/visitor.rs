//! Whoever reads what is public: nobody proved who it is, its address alone is counted, and any web page may be its.

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::period::Year;
use traguardo_domain::plan::PlanId;
use traguardo_domain::{ComuneCode, Violation};
use traguardo_persistence::{CrossTenantTx, TenantTx};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::call::{accepts, segment};
use crate::envelope::RequestId;
use crate::problem::{Kind, Problem};
use crate::query::{self, NoQuery};

/// What a path to a public plan names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "documents segments that the visitor reads itself")]
pub(crate) struct PublicPlanPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    comune: (),
    /// Identificativo del piano.
    plan: Uuid,
}

/// What a path to the data of a year names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "documents a segment that the visitor reads itself")]
pub(crate) struct DumpPath {
    /// Anno dei dati.
    #[param(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
}

/// A request of anybody, for what is public.
pub(crate) struct Visitor {
    pub(crate) app: App,
    pub(crate) request: HttpRequest,
}

impl Visitor {
    /// 406 to whoever takes nothing of this kind, 400 to whoever asks what nobody answers.
    ///
    /// # Errors
    /// These.
    pub(crate) fn takes(&self, media: &[&str]) -> Result<(), Problem> {
        self.takes_asking::<NoQuery>(media).map(|_| ())
    }

    /// As [`Visitor::takes`], with what is asked.
    ///
    /// # Errors
    /// As there.
    pub(crate) fn takes_asking<Q: DeserializeOwned>(&self, media: &[&str]) -> Result<Q, Problem> {
        accepts(self.headers(), media)?;
        query::read(self.request.query_string())
    }

    /// The comune the path names.
    ///
    /// # Errors
    /// 404 when it names none.
    pub(crate) fn comune(&self) -> Result<ComuneCode, Problem> {
        let named = segment(&self.request, "comune").and_then(|code| ComuneCode::parse(code).ok());
        Ok(named.ok_or(Violation::NotFound)?)
    }

    /// The plan the path names: by our id alone. The keys of the comune's own program are not the public's business.
    ///
    /// # Errors
    /// 404 when it names none.
    pub(crate) fn plan(&self) -> Result<PlanId, Problem> {
        let named = segment(&self.request, "plan").and_then(|id| id.parse().ok());
        Ok(named.map(PlanId).ok_or(Violation::NotFound)?)
    }

    /// The year the path names.
    ///
    /// # Errors
    /// 404 when it names none.
    pub(crate) fn year(&self) -> Result<Year, Problem> {
        let text = segment(&self.request, "year").unwrap_or_default();
        let number = text.parse::<i32>().ok().filter(|number| number.to_string() == text);
        Ok(number.and_then(|number| Year::parse(number).ok()).ok_or(Violation::NotFound)?)
    }

    /// The headers of the request.
    pub(crate) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// An absolute address below the public one of the service.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.app.settings().public_url)
    }

    /// Runs `work` on what the comune of the path has published.
    ///
    /// # Errors
    /// Those of `work`; 404 when the path names no comune, 503 when the database is away or busy.
    pub(crate) async fn at_home<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut TenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        let grant = Doorkeeper.read_published(self.comune()?);
        self.app.tenant(grant, RequestId::get(&self.request), work).await
    }

    /// Runs `work` on what comuni let everybody see.
    ///
    /// # Errors
    /// Those of `work`; 503 when the database is away or busy.
    pub(crate) async fn across<T, W>(&self, work: W) -> Result<T, Problem>
    where
        T: Send + 'static,
        W: FnOnce(&mut CrossTenantTx<'_>) -> Result<T, Problem> + Send + 'static,
    {
        self.app.across(Doorkeeper.compare_publicly(), work).await
    }
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let app = request.app_data::<web::Data<App>>().ok_or_else(|| Problem::of(Kind::Internal));
        std::future::ready(app.map(|app| Self { app: App::clone(app), request: request.clone() }))
    }
}

/// The headers an answer may be asked for by a page.
const EXPOSED: &str = "ETag, Last-Modified, Link, Cache-Control, Content-Disposition, Retry-After, X-Correlation-ID, \
     X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";

/// The middleware that lets every page read what is public, refusals included, whatever origins the deployment names for the rest.
pub(crate) async fn open_to_pages(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let open = super::is_path(request.path());
    let asks = open && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if open {
        // What the deployment says of origins is not for here: it is not told of any.
        let headers = request.headers_mut();
        headers.remove(header::ORIGIN);
        headers.remove(header::ACCESS_CONTROL_REQUEST_METHOD);
        headers.remove(header::ACCESS_CONTROL_REQUEST_HEADERS);
    }
    let mut response = next.call(request).await?;
    if open {
        let headers = response.headers_mut();
        let mut say = |name, words| headers.insert(name, HeaderValue::from_static(words));
        say(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        say(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        if asks {
            say(header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS");
            say(header::ACCESS_CONTROL_ALLOW_HEADERS, "Accept, If-None-Match, X-Correlation-ID");
            say(header::ACCESS_CONTROL_MAX_AGE, "86400");
        }
    }
    Ok(response)
}
