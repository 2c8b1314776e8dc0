//! What was read, for people: what it is, how much of it was understood, what each structure was given, what is wrong, and what
//! to do next.

use std::collections::BTreeMap;

use traguardo_documents::draft::{Certificate, Counts};
use traguardo_documents::gathered::Use;
use traguardo_documents::source::SourceFormat;

use super::findings::Extent;
use super::options::ImportOptions;
use super::page::Page;
use super::reading::Reading;
use super::{findings, next, places, structures};

/// The most lines not understood that are listed.
const MOST_LINES: usize = 30;
/// Below this a profile may not be the right one.
const LOW_SCORE: u32 = 50;
/// The most other profiles that are named.
const MOST_PROFILES: usize = 2;

/// The whole page.
pub(super) fn told(reading: &Reading, options: &ImportOptions, mut page: Page) -> String {
    let (draft, certificate) = (&reading.draft, &reading.draft.certificate);
    source(reading, options, &mut page);
    contents(&certificate.counts, &mut page);
    structures::write(&draft.document, &mut page);
    lost(reading, options, &mut page);
    let extent = if options.all { Extent::ALL } else { Extent::BRIEF };
    findings::write(&certificate.findings, &draft.document, extent, &mut page);
    next::write(reading, options, &mut page);
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
    profile(reading, options, page);
    page.hanging("  righe      ", &format!("{} — {}", certificate.lines_in, lines(&certificate.lines)));
    let share = percent(&certificate.coverage);
    page.hanging("  copertura  ", &format!("{share} delle righe scritte è stato capito"));
    let year = i64::from(certificate.year.number());
    let title = reading.draft.document.plan.facts.title.as_str();
    let other = written_year(title).filter(|written| *written != year).map(|written| {
        format!("Il titolo dice {written}, è stato chiesto il {year}: se è un errore, ripetere con --year {written}.")
    });
    let remarks = certificate.remarks.iter().map(|remark| {
        let place = remark.first.as_ref().map(|first| format!(" ({})", places::spot(first)));
        format!("{}{}", remark.detail(), place.unwrap_or_default())
    });
    for remark in other.into_iter().chain(remarks) {
        page.hanging("  attenzione ", &remark);
    }
}

/// The first year a title names.
fn written_year(title: &str) -> Option<i64> {
    let numbers = title.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    numbers.filter_map(|digits| digits.parse().ok()).find(|number| (2009..=2100).contains(number))
}

/// With which profile it was read, why, and which others come near.
fn profile(reading: &Reading, options: &ImportOptions, page: &mut Page) {
    let certificate = &reading.draft.certificate;
    page.hanging("  profilo    ", reading.profile.as_ref().unwrap_or(&certificate.profile));
    if options.profile.is_some() {
        page.hanging("             ", "chiesto con --profile");
    }
    let Some((best, others)) = certificate.proposals.split_first() else { return };
    let (score, tried) = (hundredths(&best.score), certificate.proposals.len());
    let why = format!("scelto fra {tried}, {score} su 100: {}", best.reasons.join(", "));
    page.hanging("             ", &why);
    if score < LOW_SCORE {
        let advice = "Punteggio basso: controllare che strutture e obiettivi siano quelli del documento.";
        page.hanging("             ", advice);
    }
    let near = others.iter().map(|other| (hundredths(&other.score), &other.profile));
    let near = near.filter(|(other, _)| *other > 0 && other.saturating_mul(2) >= score).take(MOST_PROFILES);
    let near: Vec<String> = near.map(|(other, name)| format!("{name} ({other} su 100)")).collect();
    if !near.is_empty() {
        page.hanging("             ", &format!("altri possibili, con --profile NOME: {}", near.join(", ")));
    }
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
pub(super) fn listed<'w>(kinds: impl Iterator<Item = (usize, &'w str, &'w str)>) -> String {
    let some = kinds.filter(|(count, _, _)| *count > 0);
    let told =
        some.map(|(count, one, several)| format!("{count} {}", if count == 1 { one } else { several }));
    told.collect::<Vec<_>>().join(", ")
}

/// A share from 0 to 1 in whole hundredths, never rounded up.
fn hundredths(share: &str) -> u32 {
    percent(share).split(['%', ',']).next().and_then(|whole| whole.parse().ok()).unwrap_or_default()
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
fn lost(reading: &Reading, options: &ImportOptions, page: &mut Page) {
    let lost = || reading.draft.lines.iter().filter(|line| line.became == Use::NotUnderstood);
    let count = lost().count();
    if count == 0 {
        return;
    }
    page.heading(&format!("RIGHE NON CAPITE ({count})"));
    page.hanging("  ", "Non sono nel piano: se dicono qualcosa, va riportato a mano.");
    let most = if options.all { usize::MAX } else { MOST_LINES };
    for line in lost().take(most) {
        let words = line.words.as_deref().unwrap_or_default();
        page.cut(&format!("  {}  ", places::spot(&line.spot)), words);
    }
    let more = count.saturating_sub(most);
    if more > 0 {
        page.hanging("  ", &format!("E altre {more}: tutte con --all."));
    }
}

#[cfg(test)]
mod tests {
    use super::{hundredths, percent, written_year};

    #[test]
    fn the_year_of_a_title_is_the_first_it_names() {
        assert_eq!(written_year("Piano della performance 2026-2028, delibera 120451"), Some(2026));
        assert_eq!(written_year("Piano degli obiettivi n. 1234"), None);
    }

    #[test]
    fn shares_are_written_as_percentages() {
        for (share, written) in
            [("1.0000", "100%"), ("0.9850", "98,5%"), ("0.0712", "7,12%"), ("0.0000", "0%"), ("1", "100%")]
        {
            assert_eq!(percent(share), written);
            let whole = written.trim_end_matches('%').split(',').next().unwrap();
            assert_eq!(hundredths(share), whole.parse::<u32>().unwrap());
        }
    }
}
