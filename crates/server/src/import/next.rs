//! What to do next: with what is wrong, and to have the plan in the service.

use traguardo_documents::draft::{Certificate, FindingState};
use traguardo_domain::review::Severity;

use super::options::ImportOptions;
use super::page::Page;
use super::reading::Reading;
use super::{findings, upload};

/// Writes what to do, step by step.
pub(super) fn write(reading: &Reading, options: &ImportOptions, page: &mut Page) {
    let certificate = &reading.draft.certificate;
    if let Some(sent) = &reading.sent {
        upload::told(sent, page);
    }
    page.heading("CHE COSA FARE");
    let mut steps = mending(certificate, reading.sent.is_some());
    match &reading.sent {
        None => steps.push(format!(
            "Inviarlo: traguardo import {} --comune {} --year {} --server INDIRIZZO (o TRAGUARDO_URL), con il token in \
             TRAGUARDO_TOKEN; --accept-safe scrive le correzioni sicure, --apply mette la bozza nel piano.",
            shown(options),
            options.comune,
            options.year.number()
        )),
        Some(sent) if sent.outcome.is_none() => {
            steps.push("Metterla nel piano: lo stesso comando con --apply; l'importazione resta questa.".to_owned());
        }
        Some(_) => steps.push("Rileggere il piano nel servizio e proporlo per l'approvazione.".to_owned()),
    }
    for (at, step) in steps.iter().enumerate() {
        page.hanging(&format!("  {}. ", at.saturating_add(1)), step);
    }
    if reading.sent.is_none() {
        let document = "Non è stato corretto né inviato nulla: i rilievi non impediscono di importare.";
        let document = match &options.document {
            Some(out) => format!("{document} Il piano letto è in {}.", out.display()),
            None => format!("{document} Per avere il piano letto in un file: --document PIANO.json."),
        };
        page.hanging("  ", &document);
    }
    if !options.all {
        page.hanging("  ", "Ogni rilievo e ogni posto: --all. Per un programma: --format json.");
    }
}

/// The file as it was written on the command line, between marks where a shell would take it apart.
fn shown(options: &ImportOptions) -> String {
    let name = options.file.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if name.chars().all(plain) { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

/// The steps that what was found asks for.
fn mending(certificate: &Certificate, is_sent: bool) -> Vec<String> {
    let count = |severity| findings::count(&certificate.findings, severity);
    let safe = findings::open(&certificate.findings).filter(|finding| finding.safe).count();
    let lost = certificate.lines.get("not_understood").copied().unwrap_or_default();
    let mut steps = Vec::new();
    if lost > 0 {
        let lines = counted(lost, "riga non capita", "righe non capite");
        steps.push(format!("Leggere {lines}: ciò che dicono non è nel piano."));
    }
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let place = if is_sent { "nella bozza, o nel file da inviare di nuovo" } else { "nel file, e ripetere" };
    match counted(errors, "errore", "errori") {
        _ if errors == 0 => {}
        errors => steps.push(format!("Correggere {errors} {place}.")),
    }
    if warnings > 0 {
        let warnings = counted(warnings, "avvertimento", "avvertimenti");
        steps.push(format!("Verificare {warnings} sul documento originale: una parte può andare bene com'è."));
    }
    if safe > 0 {
        let safe = counted(safe, "correzione sicura", "correzioni sicure");
        steps.push(format!(
            "Non serve correggere a mano dove c'è una correzione sicura ({safe}): la scrive --accept-safe all'invio. \
             Quelle da confermare si scelgono una per una."
        ));
    }
    if certificate.findings.iter().all(|finding| finding.state != FindingState::Open) {
        steps.push("Nulla da correggere.".to_owned());
    }
    steps
}

/// A number and what it counts.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
