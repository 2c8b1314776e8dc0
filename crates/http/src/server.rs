//! The server: one application, its routes, its fallback and what surrounds them.

use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use actix_cors::Cors;
use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::middleware::{Condition, from_fn};
use actix_web::{HttpResponse, HttpServer, get, web};
use utoipa_actix_web::AppExt as _;
use utoipa_actix_web::scope::scope;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::app::App;
use crate::document;
use crate::fallback::{self, Map};
use crate::problem::catalogue::Kind;
use crate::{envelope, health, metrics, oauth, published, routes};

/// How the server listens.
#[derive(Debug, Clone, Copy)]
pub struct Listening {
    /// How many threads answer.
    pub workers: usize,
    /// How many seconds requests in flight may take to end when it stops.
    pub grace_seconds: u64,
}

/// The published document, in the two forms it is served in.
struct Published {
    yaml: String,
    json: String,
    plan_schema: String,
}

/// What the API says of itself: written once, however many servers say it.
#[derive(Clone)]
pub struct Manual {
    published: Arc<Published>,
    map: Arc<Map>,
}

impl Manual {
    /// Writes it.
    ///
    /// # Errors
    /// When the document cannot be written.
    pub fn write() -> Result<Self, document::Error> {
        let openapi = document::build(routes::configure)?;
        let published = Published {
            yaml: document::to_yaml(&openapi)?,
            json: document::to_json(&openapi)?,
            plan_schema: document::plan_schema()?,
        };
        Ok(Self { published: Arc::new(published), map: Arc::new(map(&openapi)) })
    }
}

/// Starts serving `app` on `listener`. Signals are the caller's to handle; stop it through its handle.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve(app: App, listener: TcpListener, listening: Listening, manual: Manual) -> io::Result<Server> {
    let (published, map) = (web::Data::from(manual.published), web::Data::from(manual.map));
    let app = web::Data::from(Arc::new(app));
    let server = HttpServer::new(move || {
        actix_web::App::new()
            // Before the scope, which would answer everything below /v1 itself.
            .configure(around)
            .into_utoipa_app()
            .service(scope("/v1").configure(routes::configure))
            .into_app()
            .app_data(app.clone())
            .app_data(map.clone())
            .app_data(published.clone())
            .default_service(web::to(fallback::answer))
            .wrap(Condition::new(!app.settings().origins.is_empty(), cors(&app.settings().origins)))
            .wrap(from_fn(envelope::surround))
            .wrap(from_fn(published::open_to_pages))
    });
    let server = server
        .workers(listening.workers)
        .shutdown_timeout(listening.grace_seconds)
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

/// Starts serving the figures alone on `listener`, for the operator's own network.
///
/// # Errors
/// When the listener cannot be used.
pub fn serve_metrics(app: App, listener: TcpListener) -> io::Result<Server> {
    let app = web::Data::from(Arc::new(app));
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(app.clone())
            .route("/metrics", web::get().to(metrics::read_metrics_openly))
    });
    Ok(server.workers(1).disable_signals().listen(listener)?.run())
}

/// What stands beside the versioned API.
fn around(config: &mut web::ServiceConfig) {
    config
        .service(read_yaml)
        .service(read_json)
        .service(read_plan_schema)
        .service(oauth::read_jwks)
        .service(health::live)
        .service(health::ready_now)
        .service(metrics::read_metrics)
        .service(read_problem)
        .service(list_problems)
        .service(web::redirect("/docs", "/docs/"))
        .service(web::redirect("/", "/docs/"))
        .service(SwaggerUi::new("/docs/{_:.*}").config(Config::new(["/v1/openapi.json"])));
}

fn map(openapi: &utoipa::openapi::OpenApi) -> Map {
    let below_version =
        document::methods_by_path(openapi).into_iter().map(|(path, methods)| (format!("/v1{path}"), methods));
    let beside = [
        "/v1/openapi.yaml",
        "/v1/openapi.json",
        "/v1/schemas/plan.json",
        "/.well-known/jwks.json",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/problems",
        "/problems/{slug}",
        "/docs/",
    ];
    let beside = beside.into_iter().map(|path| (path.to_owned(), vec!["GET".to_owned()]));
    Map::new(below_version.chain(beside))
}

fn cors(origins: &[String]) -> Cors {
    let exposed = [
        "ETag",
        "Location",
        "Retry-After",
        "X-Correlation-ID",
        "X-RateLimit-Limit",
        "X-RateLimit-Remaining",
        "X-RateLimit-Reset",
        "Idempotency-Replayed",
    ];
    let cors = Cors::default()
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "Idempotency-Key",
            "X-Correlation-ID",
        ])
        .expose_headers(exposed)
        .max_age(3600);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}

#[get("/v1/openapi.yaml")]
async fn read_yaml(published: web::Data<Published>) -> HttpResponse {
    document_answer("application/yaml", published.yaml.clone())
}

#[get("/v1/openapi.json")]
async fn read_json(published: web::Data<Published>) -> HttpResponse {
    document_answer("application/json", published.json.clone())
}

#[get("/v1/schemas/plan.json")]
async fn read_plan_schema(published: web::Data<Published>) -> HttpResponse {
    document_answer("application/schema+json", published.plan_schema.clone())
}

fn document_answer(content_type: &'static str, text: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, content_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(text)
}

#[get("/problems")]
async fn list_problems() -> HttpResponse {
    let rows = Kind::ALL.iter().map(|kind| {
        let entry = kind.entry();
        format!("<li><a href=\"/problems/{}\">{}</a> ({})</li>", entry.slug, entry.title, entry.status)
    });
    page("Rifiuti", &format!("<ul>{}</ul>", rows.collect::<String>()))
}

#[get("/problems/{slug}")]
async fn read_problem(slug: web::Path<String>) -> Result<HttpResponse, crate::Problem> {
    let kind = Kind::from_slug(&slug).ok_or_else(|| crate::Problem::of(Kind::NotFound))?;
    let entry = kind.entry();
    let body = format!(
        "<p>Stato HTTP {}</p><p>{}</p><p><a href=\"/problems\">Tutti</a></p>",
        entry.status, entry.explanation
    );
    Ok(page(entry.title, &body))
}

fn page(title: &str, body: &str) -> HttpResponse {
    let html = format!(
        "<!doctype html><html lang=\"it\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1>{body}</html>"
    );
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .body(html)
}
