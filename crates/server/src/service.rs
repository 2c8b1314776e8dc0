//! The service as a caller meets it: requests with a token, answers as JSON, refusals in its own words.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use traguardo_domain::ComuneCode;
use ureq::http::{HeaderMap, Request, StatusCode};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use crate::failure::Failure;

/// The longest a request takes.
const PATIENCE: Duration = Duration::from_mins(2);
/// The largest answer read: the draft of the largest file.
const LARGEST: u64 = 256 * 1_048_576;
/// Where the token is; never on the command line, which everybody on the machine can read.
const TOKEN: &str = "TRAGUARDO_TOKEN";

/// A comune at a service, as one of its members meets it.
pub(crate) struct Service {
    agent: ureq::Agent,
    /// The address of the comune.
    home: String,
    token: String,
}

/// What is sent, aside from where.
#[derive(Default)]
pub(crate) struct Sending<'s> {
    /// Headers, by name.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body; none when there is none.
    pub(crate) body: Option<&'s [u8]>,
}

/// An answer that is no refusal.
pub(crate) struct Reply {
    headers: HeaderMap,
    /// What it says.
    pub(crate) body: Value,
}

impl Reply {
    /// A header, when it is there.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

impl Service {
    /// The comune at the service, as whoever holds the token of the environment.
    ///
    /// # Errors
    /// When there is no token.
    pub(crate) fn of_environment(server: &str, comune: ComuneCode) -> Result<Self, Failure> {
        let none = || Failure::Configuration(format!("{TOKEN}: set it to a token of the comune {comune}"));
        let token = std::env::var(TOKEN).ok().filter(|token| !token.trim().is_empty()).ok_or_else(none)?;
        Ok(Self::new(server, comune, &token))
    }

    /// The comune at the service, as whoever holds a token.
    pub(crate) fn new(server: &str, comune: ComuneCode, token: &str) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(RootCerts::PlatformVerifier)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            // Nobody else gets the token.
            .max_redirects(0)
            .build();
        let home = format!("{server}/v1/comuni/{comune}");
        Self { agent: config.new_agent(), home, token: token.trim().to_owned() }
    }

    /// The same comune, over the same connections, as whoever holds another token.
    pub(crate) fn with_token(&self, token: &str) -> Self {
        let token = token.trim().to_owned();
        Self { agent: self.agent.clone(), home: self.home.clone(), token }
    }

    /// The address of something of the comune.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.home)
    }

    /// Asks for something of the comune.
    ///
    /// # Errors
    /// When the service cannot be reached, or refuses.
    pub(crate) fn get(&self, path: &str) -> Result<Reply, Failure> {
        self.send("GET", path, Sending::default())
    }

    /// Asks for something of the comune that may not be there.
    ///
    /// # Errors
    /// When the service cannot be reached, or refuses for another reason.
    pub(crate) fn find(&self, path: &str) -> Result<Option<Reply>, Failure> {
        let answer = self.ask("GET", path, Sending::default())?;
        if answer.status == StatusCode::NOT_FOUND { Ok(None) } else { self.accepted(answer).map(Some) }
    }

    /// Sends something to an address of the comune.
    ///
    /// # Errors
    /// When the service cannot be reached, or refuses.
    pub(crate) fn send(&self, method: &str, path: &str, sending: Sending<'_>) -> Result<Reply, Failure> {
        self.accepted(self.ask(method, path, sending)?)
    }

    fn ask(&self, method: &str, path: &str, sending: Sending<'_>) -> Result<Answered, Failure> {
        let away = |error: &dyn std::fmt::Display| Failure::Refused(format!("{}: {error}", self.home));
        let mut request = Request::builder().method(method).uri(self.address(path));
        request = request.header("Authorization", format!("Bearer {}", self.token));
        for (name, value) in sending.headers {
            request = request.header(name, value);
        }
        let answered = match sending.body {
            Some(body) => {
                request.body(body).map_err(|error| away(&error)).map(|request| self.agent.run(request))
            }
            None => request.body(()).map_err(|error| away(&error)).map(|request| self.agent.run(request)),
        };
        let mut answer = answered?.map_err(|error| away(&error))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let read = answer.body_mut().with_config().limit(LARGEST).read_to_vec();
        let text = read.map_err(|error| away(&error))?;
        Ok(Answered { status, headers, body: serde_json::from_slice(&text).ok() })
    }

    fn accepted(&self, answer: Answered) -> Result<Reply, Failure> {
        let Answered { status, headers, body } = answer;
        match body {
            Some(body) if status.is_success() => Ok(Reply { headers, body }),
            Some(problem) => Err(Failure::Refused(refusal(status.as_u16(), &problem))),
            None => Err(Failure::Refused(format!("{}: {status}, not an answer of Traguardo", self.home))),
        }
    }
}

/// An answer as it came.
struct Answered {
    status: StatusCode,
    headers: HeaderMap,
    /// What it says, when it is JSON.
    body: Option<Value>,
}

/// A refusal (RFC 9457) in lines: what it is, what happened, and each fault with its place.
fn refusal(status: u16, problem: &Value) -> String {
    let said = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut lines = vec![format!("{} ({status}): {}", said(problem, "title"), said(problem, "detail"))];
    for fault in problem.get("errors").and_then(Value::as_array).into_iter().flatten() {
        lines.push(format!("  {}  {}", said(fault, "pointer"), said(fault, "detail")));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::refusal;

    #[test]
    fn a_refusal_is_told_with_its_faults() {
        let problem = json!({
            "title": "Dati non validi", "detail": "Un valore non è valido.",
            "errors": [{"pointer": "profile", "detail": "Il profilo non c'è.", "type": "unknown_reference"}]
        });
        let told = refusal(422, &problem);
        assert_eq!(told, "Dati non validi (422): Un valore non è valido.\n  profile  Il profilo non c'è.");
    }
}
