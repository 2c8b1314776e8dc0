//! Links to what lies outside the plan: programmes of the budget and projects.

use super::code::FindingCode;
use super::finding::Remark;
use super::outline::Outline;
use super::words::latinised;

/// How many characters the code of a project has.
const CUP_LENGTH: usize = 15;

/// Finds programmes that do not exist or are called otherwise (`E20`) and codes that are no CUP (`E21`).
pub(super) fn review(outline: &Outline<'_>, remarks: &mut Vec<Remark>) {
    for (at, objective) in outline.objectives() {
        for (number, cup) in objective.facts.cup.iter().enumerate() {
            remarks.extend(project(cup.as_str(), format!("/objectives/{at}/cup/{number}")));
        }
    }
}

fn project(cup: &str, pointer: String) -> Option<Remark> {
    if is_cup(cup) {
        return None;
    }
    let message = "Il CUP non è valido: una lettera, due cifre, una lettera e undici cifre.";
    let remark = Remark::new(FindingCode::ProjectCodeWrong, pointer, message).quoting(Some(cup));
    Some(match repaired(cup) {
        Some(repaired) => remark.proposing(repaired),
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
