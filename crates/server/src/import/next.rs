//! What to do next: with what is wrong, and to have the plan in the service.

use traguardo_documents::draft::Certificate;
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
    let is_applied = reading.sent.as_ref().is_some_and(|sent| sent.outcome.is_some());
    let (mut steps, command) = (mending(certificate, reading.sent.is_some()), command(options));
    steps.push(match (&reading.sent, is_applied) {
        (None, _) => {
            "Inviarlo, con l'indirizzo del servizio in TRAGUARDO_URL e il proprio token in TRAGUARDO_TOKEN \
             (senza --apply resta una bozza):"
        }
        (Some(_), false) => "Metterlo nel piano (l'importazione resta questa):",
        (Some(_), true) => "Corretto il file, inviarlo di nuovo: nel piano cambia solo ciò che è cambiato.",
    }
    .to_owned());
    for (at, step) in steps.iter().enumerate() {
        page.hanging(&format!("  {}. ", at.saturating_add(1)), step);
    }
    if !is_applied {
        page.verbatim("     ", &command);
    }
    if reading.sent.is_none() {
        let nothing = "Qui non è stato corretto né inviato nulla; nessun rilievo impedisce di importare.";
        page.hanging("  ", nothing);
    }
    let more = match (options.all, &options.document) {
        (false, None) => {
            "Ogni rilievo e ogni posto: --all. Il piano letto, in un file: --document PIANO.json.".to_owned()
        }
        (true, None) => "Il piano letto, in un file: --document PIANO.json.".to_owned(),
        (false, Some(out)) => {
            format!("Ogni rilievo e ogni posto: --all. Il piano letto è in {}.", out.display())
        }
        (true, Some(out)) => format!("Il piano letto è in {}.", out.display()),
    };
    page.hanging("  ", &more);
}

/// The command that sends the file.
fn command(options: &ImportOptions) -> String {
    let (comune, year) = (options.comune, options.year.number());
    let profile = options.profile.as_ref().map(|profile| format!(" --profile {}", quoted(profile)));
    format!(
        "traguardo import {} --comune {comune} --year {year}{} --accept-safe --apply",
        quoted(&options.file.display().to_string()),
        profile.unwrap_or_default()
    )
}

/// A word of a command, between marks where a shell would take it apart.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

/// The steps that what was found asks for.
fn mending(certificate: &Certificate, is_sent: bool) -> Vec<String> {
    let findings = &certificate.findings;
    let graded = |severity| findings::graded(findings, severity).count();
    let safe = |severity| findings::graded(findings, severity).filter(|finding| finding.safe).count();
    let lost = certificate.lines.get("not_understood").copied().unwrap_or_default();
    let mut steps = Vec::new();
    if lost > 0 {
        let lines = counted(lost, "riga non capita", "righe non capite");
        steps.push(format!("Leggere {lines}: ciò che è scritto lì non è nel piano."));
    }
    let writes = "la scrive --accept-safe all'invio";
    let place = if is_sent { "nel file, e inviarlo di nuovo, o nella bozza" } else { "nel file, e ripetere" };
    let errors = counted(graded(Severity::Error), "errore", "errori");
    match (graded(Severity::Error), safe(Severity::Error)) {
        (0, _) => {}
        (_, 0) => steps.push(format!("Correggere {errors} {place}.")),
        (all, safe) if all == safe => {
            steps
                .push(format!("{errors}, con una correzione sicura: {writes}, oppure si corregge nel file."));
        }
        (_, safe) => {
            steps
                .push(format!("Correggere {errors} {place}; dove la correzione è sicura ({safe}) {writes}."));
        }
    }
    let warnings = counted(graded(Severity::Warning), "avvertimento", "avvertimenti");
    match (graded(Severity::Warning), safe(Severity::Warning)) {
        (0, _) => {}
        (_, 0) => steps.push(format!("Verificare {warnings} sul documento: ciò che è giusto resta com'è.")),
        (_, safe) => steps.push(format!(
            "Verificare {warnings} sul documento: ciò che è giusto resta com'è; dove la correzione è sicura ({safe}) {writes}."
        )),
    }
    let law = findings::open(findings).filter(|finding| findings::is_law(finding)).count();
    if law > 0 {
        let law = counted(law, "verifica di legge", "verifiche di legge");
        steps.push(format!("Valutare {law} con il Segretario, prima di proporre il piano."));
    }
    if steps.is_empty() {
        steps.push("Nulla da correggere.".to_owned());
    }
    steps
}

/// A number and what it counts.
pub(super) fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
