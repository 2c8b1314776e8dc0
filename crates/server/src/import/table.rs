//! What was read, for people: what it is, how much of it was understood, what each structure was given, what is wrong, and what
//! to do next.

use std::collections::BTreeMap;

use traguardo_documents::draft::{Certificate, Counts};
use traguardo_documents::gathered::Use;
use traguardo_documents::source::SourceFormat;

use super::page::Page;
use super::reading::Reading;
use super::{findings, places, structures};
use crate::cli::ImportOptions;

/// The most lines not understood that are listed.
const MOST_LINES: usize = 60;

/// The whole page.
pub(super) fn told(reading: &Reading, options: &ImportOptions, mut page: Page) -> String {
    let (draft, certificate) = (&reading.draft, &reading.draft.certificate);
    source(reading, options, &mut page);
    contents(&certificate.counts, &mut page);
    structures::write(&draft.document, &mut page);
    findings::write(&certificate.findings, &draft.document, &mut page);
    lost(reading, &mut page);
    next(certificate, options, &mut page);
    page.finish()
}

fn source(reading: &Reading, options: &ImportOptions, page: &mut Page) {
    let certificate = &reading.draft.certificate;
    let Certificate { comune, year, .. } = certificate;
    page.hanging("", &format!("{} — comune {}, piano {}", options.file.display(), comune, year.number()));
    page.hanging("  titolo     ", reading.draft.document.plan.facts.title.as_str());
    let format = match certificate.format {
        SourceFormat::Text => "testo",
        SourceFormat::Csv => "valori separati (CSV)",
        SourceFormat::Xlsx => "cartella di lavoro XLSX",
        SourceFormat::Ods => "foglio di calcolo ODS",
        SourceFormat::Docx => "documento DOCX",
        SourceFormat::Plan => "documento di piano",
    };
    page.hanging("  formato    ", &format!("{format}, {}", certificate.encoding));
    page.hanging("  profilo    ", reading.profile.as_ref().unwrap_or(&certificate.profile));
    page.hanging("  righe      ", &format!("{} — {}", certificate.lines_in, lines(&certificate.lines)));
    page.hanging("  copertura  ", &format!("{} delle righe scritte", percent(&certificate.coverage)));
}

/// What the lines became, in words, in the order that matters.
fn lines(sums: &BTreeMap<String, usize>) -> String {
    let words = [
        ("value", "con valori", "con valori"),
        ("heading", "titolo", "titoli"),
        ("header", "intestazione", "intestazioni"),
        ("repeated_header", "intestazione ripetuta", "intestazioni ripetute"),
        ("total", "totale", "totali"),
        ("decoration", "senza contenuto", "senza contenuto"),
        ("blank", "vuota", "vuote"),
        ("not_understood", "non capita", "non capite"),
    ];
    let sum = |word: &str| sums.get(word).copied().unwrap_or_default();
    listed(words.iter().map(|(word, one, several)| (sum(word), *one, *several)))
}

/// What there is, each kind with how many: `1 titolo, 7 fasi`.
fn listed<'w>(kinds: impl Iterator<Item = (usize, &'w str, &'w str)>) -> String {
    let some = kinds.filter(|(count, _, _)| *count > 0);
    let told =
        some.map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }));
    told.collect::<Vec<_>>().join(", ")
}

/// A share from 0 to 1 as a percentage, never rounded up.
fn percent(share: &str) -> String {
    let (whole, part) = share.split_once('.').unwrap_or((share, ""));
    let digits: String = part.chars().chain("0000".chars()).take(4).collect();
    let (hundreds, rest) = digits.split_at_checked(2).unwrap_or((&digits, ""));
    let number = format!("{whole}{hundreds}");
    let number = number.trim_start_matches('0');
    let rest = rest.trim_end_matches('0');
    let number = if number.is_empty() { "0" } else { number };
    if rest.is_empty() { format!("{number}%") } else { format!("{number},{rest}%") }
}

fn contents(counts: &Counts, page: &mut Page) {
    let kinds = [
        (counts.units, "struttura", "strutture"),
        (counts.objectives, "obiettivo", "obiettivi"),
        (counts.assignments, "assegnazione", "assegnazioni"),
        (counts.phases, "fase", "fasi"),
        (counts.indicators, "indicatore", "indicatori"),
        (counts.posts, "riga di personale", "righe di personale"),
        (counts.sections, "sezione di testo", "sezioni di testo"),
    ];
    page.heading("CONTENUTO");
    page.hanging("  ", &listed(kinds.into_iter()));
    if counts.units == 0 && counts.objectives > 0 {
        let advice = "Nessuna struttura riconosciuta: forse il piano è disposto come un altro profilo, da provare con --profile.";
        page.hanging("  ", advice);
    }
}

/// The lines nobody accounts for, with their words.
fn lost(reading: &Reading, page: &mut Page) {
    let lost = || reading.draft.lines.iter().filter(|line| line.became == Use::NotUnderstood);
    let count = lost().count();
    if count == 0 {
        return;
    }
    page.heading(&format!("RIGHE NON CAPITE: {count}"));
    page.hanging("  ", "Non sono nel piano: se dicono qualcosa, va riportato a mano.");
    for line in lost().take(MOST_LINES) {
        let words = line.words.as_deref().unwrap_or_default();
        page.cut(&format!("  {}  ", places::spot(&line.spot)), words);
    }
    let more = count.saturating_sub(MOST_LINES);
    if more > 0 {
        page.hanging("  ", &format!("e altre {more}"));
    }
}

fn next(certificate: &Certificate, options: &ImportOptions, page: &mut Page) {
    let safe = certificate.findings.iter().filter(|finding| finding.safe).count();
    let open = certificate.findings.len().saturating_sub(safe);
    page.heading("CHE COSA FARE");
    let advice = match (safe, open) {
        (0, 0) => "Nulla da correggere.".to_owned(),
        (0, _) => format!("{open} rilievi chiedono un giudizio: si correggono nel file, o nella bozza."),
        (_, 0) => format!("{safe} rilievi hanno una correzione sicura."),
        (_, _) => format!(
            "{safe} rilievi hanno una correzione sicura, {open} chiedono un giudizio: si correggono nel file, o nella bozza."
        ),
    };
    page.hanging(
        "  ",
        &format!("{advice} Nulla è stato corretto né salvato; i rilievi non impediscono di importare."),
    );
    let sent = format!(
        "Per importarlo: POST /v1/comuni/{}/imports?year={} con questo file, poi si accettano i suggerimenti e si applica la bozza.",
        options.comune,
        options.year.number()
    );
    page.hanging("  ", &sent);
    if options.document.is_none() {
        page.hanging("  ", "Per avere il piano come documento: --document PIANO.json");
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn shares_are_written_as_percentages() {
        for (share, written) in
            [("1.0000", "100%"), ("0.9850", "98,5%"), ("0.0712", "7,12%"), ("0.0000", "0%"), ("1", "100%")]
        {
            assert_eq!(percent(share), written);
        }
    }
}
