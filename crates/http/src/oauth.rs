//! Issuing tokens: a program proves itself with its secret and gets a token for its comune, for ten minutes.

use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, get, post, web};
use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::member::{Member, MemberId, MemberKind, Secret};
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_persistence::{TenantTx, members, secrets};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::app::App;
use crate::body::Body;
use crate::envelope::{RequestId, address};
use crate::problem::{Kind, Problem};
use crate::tokens::Claims;

/// Adds the routes of token issuing.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(issue_token);
}

const LONGEST_ID: usize = 60;
const LONGEST_SECRET: usize = 200;

/// How long a token of a client lives.
const LIFE: TimeDelta = TimeDelta::minutes(10);

/// La richiesta di un token (RFC 6749, 4.4). Le credenziali possono stare qui o in `Authorization: Basic`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "grant_type": "client_credentials", "client_id": "L454.0193a5c0-0000-7000-8000-000000000003",
    "client_secret": "trg_b0dqXo3JmSxWvTn5kH6yLd2RfPzQe8UaIcVgMtK1wEs"
}))]
pub(crate) struct TokenRequest {
    /// Sempre `client_credentials`.
    #[schema(max_length = 40, pattern = "^client_credentials$")]
    grant_type: Option<String>,
    /// L'identificativo del programma.
    #[schema(nullable = false, max_length = 60, pattern = "^[A-Z][0-9]{3}\\.[0-9a-fA-F-]{36}$")]
    client_id: Option<String>,
    /// Il segreto.
    #[schema(nullable = false, max_length = 200, pattern = "^[ -~]+$")]
    client_secret: Option<String>,
    /// Accettato perché molte librerie lo mandano; il token ha sempre i ruoli del programma.
    #[schema(nullable = false, max_length = 1000, pattern = "^[ -~]*$")]
    #[serde(rename = "scope")]
    _scope: Option<String>,
}

/// Un token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"access_token": "eyJ0eXAiOiJhdCtqd3QifQ.e30.c2ln", "token_type": "Bearer", "expires_in": 600}))]
pub(crate) struct TokenResponse {
    /// Il token, da mandare in `Authorization: Bearer`.
    #[schema(max_length = 8192, pattern = "^[A-Za-z0-9_.-]+$")]
    access_token: String,
    /// Sempre `Bearer`.
    #[schema(max_length = 10, pattern = "^Bearer$")]
    token_type: &'static str,
    /// Quanti secondi vale.
    #[schema(minimum = 1, maximum = 600)]
    expires_in: i32,
}

/// The name a client gives at the token endpoint: it says in which comune to look.
pub(crate) fn client_id(comune: ComuneCode, member: MemberId) -> String {
    format!("{comune}.{}", member.0)
}

fn named(client_id: &str) -> Option<(ComuneCode, MemberId)> {
    let (comune, member) = client_id.split_once('.')?;
    Some((ComuneCode::parse(comune).ok()?, MemberId(member.parse().ok()?)))
}

fn hasher() -> Result<Argon2<'static>, Problem> {
    // OWASP's first choice: 19 MiB, two passes, one lane.
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| internal(&error))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// What a later attempt is checked against.
pub(crate) fn hashed(plain: &str) -> Result<String, Problem> {
    let mut salt = [0_u8; 16];
    aws_lc_rs::rand::fill(&mut salt).map_err(|error| internal(&error))?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| internal(&error))?;
    let hash = hasher()?.hash_password(plain.as_bytes(), &salt).map_err(|error| internal(&error))?;
    Ok(hash.to_string())
}

fn internal(error: &dyn std::fmt::Display) -> Problem {
    log::error!("a secret cannot be hashed: {error}");
    Problem::of(Kind::Internal)
}

/// Whether `plain` is one of the secrets. When there is none to compare with, as much time is spent all the same, so that
/// an unknown client cannot be told from a wrong secret by waiting.
fn opens(plain: &str, secrets: &[Secret]) -> Result<bool, Problem> {
    let hasher = hasher()?;
    let matches = |verifier: &str| {
        PasswordHash::new(verifier).is_ok_and(|hash| hasher.verify_password(plain.as_bytes(), &hash).is_ok())
    };
    let mut opened = false;
    for round in 0..Secret::MOST_AT_ONCE {
        match secrets.get(round) {
            Some(secret) => opened |= matches(&secret.verifier),
            None => drop(hashed(plain)?),
        }
    }
    Ok(opened)
}

/// Dà un token a un programma
///
/// Con l'identificativo e il segreto del programma. Il token vale dieci minuti, per il comune del programma e con i suoi ruoli.
/// Dopo dieci tentativi falliti in un minuto il programma aspetta il minuto seguente.
#[utoipa::path(tag = "tokens", security(()), request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "Il token.", body = TokenResponse),
        (status = 401, description = "Le credenziali non sono accettate."),
    ),
)]
#[post("/oauth/token")]
pub(crate) async fn issue_token(
    app: web::Data<App>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<Answer, Problem> {
    let credentials = read(&app, &request, payload).await?;
    let (now, from) = (app.now(), address(&request, &app));
    let client = named(&credentials.id);
    // Counted by what the name means, not by how it is spelled.
    let counted = client.map_or_else(String::new, |(comune, id)| client_id(comune, id));
    if let Some(seconds) = app.failures().must_wait(&counted, from, now) {
        return Err(Problem::of(Kind::TooManyRequests).retry_after(u64::from(seconds)));
    }
    let known = match client {
        None => None,
        Some((comune, id)) => {
            let look = move |tx: &mut TenantTx<'_>| {
                let member = members::look_up(tx, id)?;
                let valid = secrets::valid(tx, id, now)?;
                Ok(member.map(|member| (comune, member, valid)))
            };
            app.tenant(Doorkeeper.look_up(comune), RequestId::get(&request), look).await?
        }
    };
    let secrets = known.as_ref().map(|(_, _, secrets)| secrets.clone()).unwrap_or_default();
    let attempt = credentials.secret;
    let proved = app.hashing(move || opens(&attempt, &secrets)).await??;
    let admitted = known.filter(|(_, member, _)| {
        proved && member.revoked_at.is_none() && member.facts.kind == MemberKind::Client
    });
    let Some((comune, member, _)) = admitted else {
        app.failures().note(&counted, from, now);
        app.metrics().token_refused("client");
        log::info!(target: "traguardo::security", reason = "client"; "token not issued");
        return Err(Problem::of(Kind::Unauthorized).with_oauth_code("invalid_client"));
    };
    let token = app.keys().sign(&claims(&app, comune, &member)).map_err(|error| internal(&error))?;
    Answer::ok(&TokenResponse { access_token: token, token_type: "Bearer", expires_in: 600 })
}

fn claims(app: &App, comune: ComuneCode, member: &Member) -> Claims {
    let now = app.now().timestamp();
    Claims {
        iss: app.settings().issuer.clone(),
        sub: member.id.0.to_string(),
        aud: app.settings().audience.clone(),
        iat: now,
        nbf: now,
        exp: now.saturating_add(LIFE.num_seconds()),
        jti: app.new_id().to_string(),
        client_id: Some(client_id(comune, member.id)),
        comune: comune.to_string(),
        roles: member.facts.roles.iter().map(|role| role.word().to_owned()).collect(),
        unit: member.facts.unit.map(|unit| unit.0.to_string()),
    }
}

struct Credentials {
    id: String,
    secret: String,
}

async fn read(app: &App, request: &HttpRequest, payload: web::Payload) -> Result<Credentials, Problem> {
    let invalid = |code| Problem::of(Kind::InvalidGrant).with_oauth_code(code);
    let body = Body::new(payload.into_inner(), request.headers(), app.settings());
    let bytes = body.bytes(&["application/x-www-form-urlencoded"]).await?;
    let parser = serde_urlencoded::Deserializer::new(form_urlencoded::parse(&bytes));
    let form = TokenRequest::deserialize(parser).map_err(|_| invalid("invalid_request"))?;
    match form.grant_type.as_deref() {
        Some("client_credentials") => {}
        Some(_) => return Err(invalid("unsupported_grant_type")),
        None => return Err(invalid("invalid_request")),
    }
    let in_header = request.headers().contains_key(header::AUTHORIZATION);
    let credentials = match (in_header, form.client_id, form.client_secret) {
        (true, _, None) => basic(request.headers())
            .ok_or_else(|| Problem::of(Kind::Unauthorized).with_oauth_code("invalid_client")),
        (false, Some(id), Some(secret)) => Ok(Credentials { id, secret }),
        (true | false, _, _) => Err(invalid("invalid_request")),
    }?;
    let fits = credentials.id.len() <= LONGEST_ID && credentials.secret.len() <= LONGEST_SECRET;
    if fits { Ok(credentials) } else { Err(invalid("invalid_request")) }
}

fn basic(headers: &HeaderMap) -> Option<Credentials> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    let plain = |text: &str| {
        let pair = format!("v={text}");
        form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    Some(Credentials { id: plain(id)?, secret: plain(secret)? })
}

/// The public keys our tokens are verified with.
#[get("/.well-known/jwks.json")]
pub(crate) async fn read_jwks(app: web::Data<App>) -> actix_web::HttpResponse {
    actix_web::HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .json(app.keys().jwks())
}
