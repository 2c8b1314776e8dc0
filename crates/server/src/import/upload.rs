//! The way of a file into the service: sent, read there, its safe corrections written when asked, put into a plan when asked.

use std::time::Duration;

use serde_json::{Value, json};
use traguardo_documents::draft::{Certificate, Draft, FindingState};
use traguardo_documents::profile::shipped;
use traguardo_domain::digest::Digest;
use uuid::Uuid;

use super::next::counted;
use super::options::ImportOptions;
use super::page::Page;
use super::progress::Bar;
use super::reading::{Reading, known_as};
use super::{findings, table};
use crate::commands::new_id;
use crate::failure::Failure;
use crate::service::{Reply, Sending, Service};

/// How many seconds the reading of a file is waited for.
const MOST_SECONDS: u64 = 600;
/// The most lines of a file that are asked for at once.
const LINES_AT_ONCE: u32 = 200;

/// What became of a file at the service.
pub(super) struct Sent {
    /// Where the import is.
    pub(super) address: String,
    /// How many corrections were written now.
    settled: usize,
    /// What became of the plan, when the draft was put into one.
    pub(super) outcome: Option<Outcome>,
}

/// What became of the plan.
pub(super) struct Outcome {
    /// Where it is.
    plan: String,
    /// What the service says of it.
    said: Value,
}

/// Sends the file, has it read, settled and applied as asked, and takes back what was understood.
///
/// # Errors
/// When the service cannot be reached, refuses, or takes too long.
pub(super) fn run(
    server: &str,
    bytes: &[u8],
    options: &ImportOptions,
    bar: &Bar,
) -> Result<Reading, Failure> {
    let service = Service::of_environment(server, options.comune)?;
    bar.says(0, "invio il file");
    let path = send(&service, bytes, options)?;
    let read = wait(&service, &path, bar)?;
    bar.says(90, "chiedo che cosa è stato capito");
    let before = certificate(&service, &path)?;
    let is_safe = |certificate: &Certificate| findings::open(&certificate.findings).any(|one| one.safe);
    let (certificate, settled) = if options.sending.accept_safe && is_safe(&before) {
        accept_safe(&service, &path, &read)?;
        let after = certificate(&service, &path)?;
        let count = settled(&after).saturating_sub(settled(&before));
        (after, count)
    } else {
        (before, 0)
    };
    let draft = draft(&service, &path, certificate)?;
    let outcome = if options.sending.apply { Some(apply(&service, &path)?) } else { None };
    let profiles = shipped().map_err(|error| Failure::Refused(error.to_string()))?;
    let profile = known_as(&draft.certificate.profile, &profiles);
    Ok(Reading { draft, profile, sent: Some(Sent { address: service.address(&path), settled, outcome }) })
}

fn settled(certificate: &Certificate) -> usize {
    certificate.findings.iter().filter(|finding| finding.state == FindingState::Settled).count()
}

/// Sends the file; the path of the import it becomes. The same file, asked to be read the same way, is sent once.
fn send(service: &Service, bytes: &[u8], options: &ImportOptions) -> Result<String, Failure> {
    let mut query = vec![format!("year={}", options.year.number())];
    if let Some(profile) = &options.profile {
        if profile.contains('.') {
            return Err(Failure::Refused(format!(
                "--profile: {profile} è un file: va prima scritto nel servizio (PUT {}), poi chiamato per nome",
                service.address("/import-profiles/NOME")
            )));
        }
        query.push(format!("profile={}", escaped(profile)));
    }
    if let Some(name) = options.file.file_name().and_then(|name| name.to_str()) {
        query.push(format!("file_name={}", escaped(name)));
    }
    let query = query.join("&");
    let key = Digest::of_fields([Some(bytes), Some(query.as_bytes())]);
    let headers =
        vec![("Content-Type", "application/octet-stream".to_owned()), ("Idempotency-Key", key.to_string())];
    let reply = service.send("POST", &format!("/imports?{query}"), Sending { headers, body: Some(bytes) })?;
    let id = reply.body.get("id").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
    id.map(|id| format!("/imports/{id}")).ok_or_else(|| unknown("an import"))
}

/// Waits until the file was read.
fn wait(service: &Service, path: &str, bar: &Bar) -> Result<Reply, Failure> {
    let mut waited = 0u64;
    loop {
        let reply = service.get(path)?;
        let said = |name: &str| reply.body.get(name).and_then(Value::as_str);
        if let Some(refusal) = reply.body.get("refusal") {
            let why = refusal.get("detail").and_then(Value::as_str).unwrap_or_default();
            return Err(Failure::Refused(format!("il servizio non può leggere il file: {why}")));
        }
        let Some(seconds) = reply.header("Retry-After") else {
            return Ok(reply);
        };
        if waited >= MOST_SECONDS {
            let state = said("state").unwrap_or_default();
            let place = service.address(path);
            return Err(Failure::Refused(format!(
                "il file non è ancora letto ({state}): riprovare, o guardare {place}"
            )));
        }
        let percent = reply.body.get("percent").and_then(Value::as_u64).unwrap_or_default();
        bar.says(percent.saturating_mul(9).checked_div(10).unwrap_or_default(), "il servizio legge il file");
        let pause = seconds.parse::<u64>().unwrap_or(1).clamp(1, 30);
        waited = waited.saturating_add(pause);
        std::thread::sleep(Duration::from_secs(pause));
    }
}

fn certificate(service: &Service, path: &str) -> Result<Certificate, Failure> {
    let reply = service.get(&format!("{path}/certificate"))?;
    serde_json::from_value(reply.body).map_err(|_| unknown("a certificate"))
}

/// The draft the certificate is of, with the lines that were not understood.
fn draft(service: &Service, path: &str, certificate: Certificate) -> Result<Draft, Failure> {
    let mut body = service.get(&format!("{path}/draft"))?.body;
    let mut part = |name: &str| body.get_mut(name).map(Value::take).unwrap_or_default();
    let document = serde_json::from_value(part("document")).map_err(|_| unknown("a plan"))?;
    let traces = serde_json::from_value(part("traces")).map_err(|_| unknown("traces"))?;
    let lost = format!("{path}/lines?became=not_understood&limit={LINES_AT_ONCE}");
    let mut lines = Vec::new();
    let mut next = Some(lost.clone());
    while let Some(page) = next {
        let mut body = service.get(&page)?.body;
        let items = body.get_mut("items").map(Value::take).unwrap_or_default();
        let items: Vec<_> = serde_json::from_value(items).map_err(|_| unknown("lines"))?;
        lines.extend(items);
        let cursor = body.get("next_cursor").and_then(Value::as_str);
        next = cursor.map(|cursor| format!("{lost}&cursor={}", escaped(cursor)));
    }
    Ok(Draft { document, traces, lines, certificate })
}

/// Has every correction written that asks for nobody's judgement, in the draft as it was seen.
fn accept_safe(service: &Service, path: &str, seen: &Reply) -> Result<(), Failure> {
    let settlements = json!({"settlements": [{"type": "apply_safe"}]}).to_string();
    let tag = seen.header("ETag").ok_or_else(|| unknown("a version"))?.to_owned();
    let headers = vec![("Content-Type", "application/merge-patch+json".to_owned()), ("If-Match", tag)];
    service.send("PATCH", path, Sending { headers, body: Some(settlements.as_bytes()) })?;
    Ok(())
}

/// Puts the draft into the plan of its year.
fn apply(service: &Service, path: &str) -> Result<Outcome, Failure> {
    let headers =
        vec![("Content-Type", "application/json".to_owned()), ("Idempotency-Key", new_id().to_string())];
    let sending = Sending { headers, body: Some(b"{}") };
    let said = service.send("POST", &format!("{path}/application"), sending)?.body;
    let id = said.pointer("/plan/id").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
    let id = id.ok_or_else(|| unknown("a plan"))?;
    Ok(Outcome { plan: service.address(&format!("/plans/{id}")), said })
}

/// The refusal of an answer in another form than this program knows.
fn unknown(what: &str) -> Failure {
    Failure::Refused(format!("the service answers something that is not {what}: is it of this version?"))
}

/// Text as a value of a query: letters and digits of ASCII as they are, the rest by its bytes.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}

/// Tells what became of the file at the service.
pub(super) fn told(sent: &Sent, page: &mut Page) {
    page.heading("NEL SERVIZIO");
    page.hanging("  importazione  ", &sent.address);
    if sent.settled > 0 {
        page.hanging("  corretto      ", &counted(sent.settled, "correzione sicura", "correzioni sicure"));
    }
    let Some(Outcome { plan, said }) = &sent.outcome else {
        page.hanging("  piano         ", "non toccato: la bozza non è stata applicata");
        return;
    };
    page.hanging("  piano         ", plan);
    let is = |name: &str| said.get(name).and_then(Value::as_bool).unwrap_or_default();
    let count = |name: &str| said.get(name).and_then(Value::as_u64).unwrap_or_default();
    let kinds = [
        ("added", "elemento aggiunto", "elementi aggiunti"),
        ("changed", "elemento cambiato", "elementi cambiati"),
        ("removed", "elemento tolto", "elementi tolti"),
        ("moved", "elemento spostato", "elementi spostati"),
    ];
    let kinds =
        kinds.map(|(name, one, several)| (usize::try_from(count(name)).unwrap_or(usize::MAX), one, several));
    let changes = table::listed(kinds.into_iter());
    let became = match (is("created"), is("unchanged")) {
        (true, _) => format!("creato: {changes}"),
        (false, true) => "invariato: conteneva già tutto".to_owned(),
        (false, false) => format!("aggiornato: {changes}"),
    };
    page.hanging("                ", &became);
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_a_query_would_take_apart_is_escaped() {
        assert_eq!(escaped("Piano 2025 & più.txt"), "Piano%202025%20%26%20pi%C3%B9.txt");
    }
}
