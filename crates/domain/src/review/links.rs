//! Links to what lies outside the plan: programmes of the budget and projects.

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;
use super::words::latinised;
use crate::code_list::{self, Entry, ListName};
use crate::objective::ProgrammeLink;
use crate::text::Line;

/// How many characters the code of a project has.
const CUP_LENGTH: usize = 15;

/// Finds programmes that do not exist or are called otherwise (`E20`) and codes that are no CUP (`E21`).
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for (at, objective) in outline.objectives() {
        for (number, link) in objective.facts.programmes.iter().enumerate() {
            remarks.extend(programme(link, outline.year, format!("/objectives/{at}/programmes/{number}")));
        }
        for (number, cup) in objective.facts.cup.iter().enumerate() {
            remarks.extend(project(cup.as_str(), format!("/objectives/{at}/cup/{number}")));
        }
    }
}

/// What is wrong with a programme: a code its year does not have, one no comune has, or a label that is another's.
fn programme(link: &ProgrammeLink, year: i32, pointer: String) -> Option<Remark> {
    let code = link.code.as_ref()?;
    let label = link.label.as_ref().map(Line::as_str);
    let spelled = code.as_str();
    let message = match (code_list::programme(code, year), label) {
        (None, _) => format!("Nel bilancio del {year} il programma {spelled} non esiste."),
        (Some(entry), _) if entry.is_for_regions_only() => {
            format!("Il programma {spelled} («{}») è solo delle Regioni.", entry.label)
        }
        (Some(entry), Some(label)) if !code_list::label_agrees(label, entry) => {
            format!("Il programma {spelled} è «{}».", entry.label)
        }
        (Some(_), _) => return None,
    };
    let words = label.map_or_else(|| spelled.to_owned(), |label| format!("{spelled} {label}"));
    let remark = Remark::new(FindingCode::ProgrammeWrong, pointer, message).quoting(Some(&words));
    Some(match label.and_then(|label| meant(label, year)) {
        Some(meant) => remark.offering(format!("{} {}", meant.code, meant.label)),
        None => remark.proposing("Verificare missione e programma sul bilancio."),
    })
}

/// The one programme of a year a label is of; none when it could be of several.
fn meant(label: &str, year: i32) -> Option<&'static Entry> {
    let mut programmes = code_list::in_year(ListName::Programmes, year)
        .filter(|entry| entry.parent.is_some() && !entry.is_for_regions_only())
        .filter(|entry| code_list::label_agrees(label, entry));
    programmes.next().filter(|_| programmes.next().is_none())
}

fn project(cup: &str, pointer: String) -> Option<Remark> {
    if is_cup(cup) {
        return None;
    }
    let message = "Il CUP non è valido: una lettera, due cifre, una lettera e undici cifre.";
    let remark = Remark::new(FindingCode::ProjectCodeWrong, pointer, message).quoting(Some(cup));
    Some(match repaired(cup) {
        Some(repaired) => remark.offering(repaired),
        None => remark.proposing("Verificare il codice sul sistema CUP."),
    })
}

/// Whether a place of the code is a letter's; the others are digits'.
const fn is_letter_place(at: usize) -> bool {
    matches!(at, 0 | 3)
}

fn is_cup(text: &str) -> bool {
    let fits = |(at, c): (usize, char)| {
        if is_letter_place(at) { c.is_ascii_uppercase() } else { c.is_ascii_digit() }
    };
    text.chars().count() == CUP_LENGTH && text.chars().enumerate().all(fits)
}

/// The code with what scans confuse put right by its place, when that makes a code of it.
fn repaired(text: &str) -> Option<String> {
    let solid = latinised(text);
    let solid = solid.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase());
    let as_letter = |c| match c {
        '1' => 'I',
        '0' => 'O',
        other => other,
    };
    let as_digit = |c| match c {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let repaired: String = solid
        .enumerate()
        .map(|(at, c)| if is_letter_place(at) { as_letter(c) } else { as_digit(c) })
        .collect();
    is_cup(&repaired).then_some(repaired)
}
