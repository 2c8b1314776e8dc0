//! The plain words a pattern may stand for, where they can be listed.

use crate::markup::fold;

/// The most spellings of one pattern that are listed.
const MOST: usize = 64;

/// Every spelling of a written pattern, letters and digits only; none when it takes a field or any words.
pub(super) fn spellings(written: &str) -> Vec<String> {
    let letters: Vec<char> = written.chars().collect();
    let mut rest = letters.as_slice();
    let listed = alternatives(&mut rest).unwrap_or_default();
    let mut bare: Vec<String> = listed.iter().map(|spelling| letters_of(spelling)).collect();
    bare.retain(|spelling| !spelling.is_empty());
    bare.sort_unstable();
    bare.dedup();
    bare
}

/// The letters and digits of a text as it is compared.
fn letters_of(text: &str) -> String {
    fold(text).as_str().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The spellings up to the end of the bracket that is open.
fn alternatives(rest: &mut &[char]) -> Option<Vec<String>> {
    let (mut closed, mut open) = (Vec::new(), vec![String::new()]);
    while let Some((letter, after)) = rest.split_first() {
        *rest = after;
        match letter {
            '{' | '*' => return None,
            ']' | ')' => break,
            '|' => closed.append(&mut std::mem::replace(&mut open, vec![String::new()])),
            '[' => {
                let mut inner = alternatives(rest)?;
                inner.push(String::new());
                open = each_with_each(&open, &inner);
            }
            '(' => open = each_with_each(&open, &alternatives(rest)?),
            '\\' => {
                let (plain, after) = rest.split_first()?;
                *rest = after;
                add(&mut open, *plain);
            }
            plain => add(&mut open, *plain),
        }
    }
    closed.append(&mut open);
    closed.truncate(MOST);
    Some(closed)
}

fn add(spellings: &mut [String], letter: char) {
    for spelling in spellings {
        spelling.push(letter);
    }
}

fn each_with_each(befores: &[String], afters: &[String]) -> Vec<String> {
    let mut joined = Vec::new();
    for before in befores {
        joined.extend(afters.iter().map(|after| [before.as_str(), after.as_str()].concat()));
    }
    joined.truncate(MOST);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_bars_are_written_out() {
        assert_eq!(spellings("Stakeholder[ finale]"), ["stakeholder", "stakeholderfinale"]);
        assert_eq!(spellings("Peso (in|per) % [\\(a\\)]"), ["pesoin", "pesoina", "pesoper", "pesopera"]);
        assert_eq!(spellings("Attività~consolidata"), ["attivitaconsolidata"]);
    }

    #[test]
    fn what_could_be_any_words_has_no_spelling() {
        assert!(spellings("Obiettivo {code}").is_empty());
        assert!(spellings("Peso*").is_empty());
    }
}
