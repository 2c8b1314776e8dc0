//! The figures of the running service, in the form Prometheus reads. Labels are routes, methods and classes of status: few, and of no person.

use std::time::Duration;

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, get, web};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::Action;

use crate::app::App;
use crate::call::{Call, NoPath};
use crate::problem::{Kind, Problem};

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: String,
    route: String,
    status: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabels {
    reason: String,
}

/// The figures.
pub struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Histogram>,
    tokens_refused: Family<ReasonLabels, Counter>,
    turned_away: Counter,
    connections_open: Gauge,
    connections_idle: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Metrics {
    /// Figures that stand at nothing.
    #[must_use]
    pub fn new() -> Self {
        const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5];
        let requests = Family::<RequestLabels, Histogram>::new_with_constructor(|| Histogram::new(SECONDS));
        let tokens_refused = Family::<ReasonLabels, Counter>::default();
        let (turned_away, connections_open, connections_idle) =
            (Counter::default(), Gauge::default(), Gauge::default());
        let mut registry = Registry::with_prefix("traguardo");
        registry.register(
            "request_seconds",
            "Requests by method, route and class of status",
            requests.clone(),
        );
        registry.register(
            "tokens_refused",
            "Tokens refused or not issued, by reason",
            tokens_refused.clone(),
        );
        registry.register(
            "turned_away",
            "Requests that found no turn at the database in time",
            turned_away.clone(),
        );
        registry.register("connections_open", "Open connections to the database", connections_open.clone());
        registry.register(
            "connections_idle",
            "Connections to the database nobody is using",
            connections_idle.clone(),
        );
        Self { registry, requests, tokens_refused, turned_away, connections_open, connections_idle }
    }

    pub(crate) fn request(&self, method: &Method, route: &str, status: StatusCode, elapsed: Duration) {
        // Methods are the caller's to invent; a label of each would never end.
        let known = [
            Method::GET,
            Method::HEAD,
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::OPTIONS,
        ];
        let method = if known.contains(method) { method.as_str() } else { "other" };
        let class = status.as_str().get(..1).unwrap_or_default();
        let labels = RequestLabels {
            method: method.to_owned(),
            route: route.to_owned(),
            status: format!("{class}xx"),
        };
        self.requests.get_or_create(&labels).observe(elapsed.as_secs_f64());
    }

    pub(crate) fn token_refused(&self, reason: &str) {
        self.tokens_refused.get_or_create(&ReasonLabels { reason: reason.to_owned() }).inc();
    }

    pub(crate) fn turned_away(&self) {
        self.turned_away.inc();
    }

    fn text(&self, app: &App) -> Result<String, Problem> {
        let state = app.database().pool_state();
        self.connections_open.set(i64::from(state.open));
        self.connections_idle.set(i64::from(state.idle));
        let mut text = String::new();
        encode(&mut text, &self.registry).map_err(|error| {
            log::error!("the figures cannot be written: {error}");
            Problem::of(Kind::Internal)
        })?;
        Ok(text)
    }
}

fn page(app: &App) -> Result<HttpResponse, Problem> {
    let text = app.metrics().text(app)?;
    let content_type = (header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    Ok(HttpResponse::Ok().insert_header(content_type).body(text))
}

/// The figures, on the address everybody knows: for the platform's administrators only.
#[get("/metrics")]
pub(crate) async fn read_metrics(call: Call<NoPath>) -> Result<HttpResponse, Problem> {
    if call.app().settings().metrics_elsewhere {
        return Err(Problem::of(Kind::NotFound));
    }
    let app = call.app().clone();
    call.authorize_in(Action::ReadMetrics, ComuneCode::PLATFORM)?;
    page(&app)
}

/// The figures, on an address of their own that only the operator's network reaches.
pub(crate) async fn read_metrics_openly(
    app: web::Data<App>,
    _: HttpRequest,
) -> Result<HttpResponse, Problem> {
    page(&app)
}
