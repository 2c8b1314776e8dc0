//! What staff are by contract. Since April 2023 four areas; before, and still in many staff tables, four letters.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    Entry::since(2023, "operatori", "Area degli Operatori"),
    Entry::since(2023, "operatori_esperti", "Area degli Operatori esperti"),
    Entry::since(2023, "istruttori", "Area degli Istruttori"),
    Entry::since(2023, "funzionari_eq", "Area dei Funzionari e dell'Elevata Qualificazione"),
    Entry::since(2023, "eq", "Incarico di Elevata Qualificazione")
        .under("funzionari_eq")
        .noted("Incarico a termine, non un'area; fino a marzo 2023 posizione organizzativa"),
    Entry::since(1999, "dirigenti", "Dirigenti").noted("Area della dirigenza delle Funzioni locali"),
    Entry::since(1999, "segretari", "Segretari comunali e provinciali")
        .noted("Area della dirigenza delle Funzioni locali, sezione segretari"),
    category("A", "Categoria A", "operatori"),
    category("B", "Categoria B", "operatori_esperti"),
    category("C", "Categoria C", "istruttori"),
    category("D", "Categoria D", "funzionari_eq"),
];

/// A letter of the classification of 1999, under the area that replaced it on 1 April 2023.
const fn category(letter: &'static str, label: &'static str, area: &'static str) -> Entry {
    Entry::since(1999, letter, label)
        .until(2023)
        .under(area)
        .noted("Classificazione in vigore fino al 31/3/2023; ancora stampata in molte dotazioni organiche")
}

/// Beginnings of words that tell an area, the telling ones first: an `istruttore direttivo` was of category D, and
/// `operatori esperti` are `operatori` too.
const TELLING: &[(&str, &str)] = &[
    ("dirigen", "dirigenti"),
    ("segretari", "segretari"),
    ("direttiv", "funzionari_eq"),
    ("funzionari", "funzionari_eq"),
    ("elevat", "funzionari_eq"),
    ("istruttor", "istruttori"),
    ("espert", "operatori_esperti"),
    ("operator", "operatori"),
];

/// The area a staff table means, whatever the year: it prints the area, the old letter (`C`, `cat. C`, `C3`), or a Cyrillic
/// letter that looks like it, as scanned tables do.
#[must_use]
pub fn contract_area(printed: &str) -> Option<&'static Entry> {
    let lower = printed.trim().to_lowercase();
    let area = match letter(&lower) {
        Some(letter) => ENTRIES.iter().find(|entry| entry.code == letter)?.parent?,
        None => TELLING.iter().find(|(telling, _)| begins_a_word(&lower, telling))?.1,
    };
    ENTRIES.iter().find(|entry| entry.code == area)
}

fn begins_a_word(words: &str, beginning: &str) -> bool {
    words.split(|mark: char| !mark.is_alphanumeric()).any(|word| word.starts_with(beginning))
}

/// The letter of the old classification, when that is all the words are.
fn letter(lower: &str) -> Option<&'static str> {
    let bare = lower.trim_start_matches("categoria").trim_start_matches("cat").trim_start_matches(['.', ' ']);
    let mut marks = bare.chars();
    let letter = match marks.next()? {
        'a' | '\u{430}' => "A",
        'b' | '\u{432}' => "B",
        'c' | '\u{441}' => "C",
        'd' => "D",
        _ => return None,
    };
    marks.all(|mark| mark.is_ascii_digit() || mark == '.').then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_staff_table_may_print_the_area_or_the_old_letter() {
        for (printed, code) in [
            ("C", "istruttori"),
            ("cat. C", "istruttori"),
            ("Categoria D3", "funzionari_eq"),
            ("D.1", "funzionari_eq"),
            ("\u{421}", "istruttori"),
            ("\u{412}", "operatori_esperti"),
            ("Istruttori", "istruttori"),
            ("ISTRUTTORE", "istruttori"),
            ("Operatori", "operatori"),
            ("Operatori esperti", "operatori_esperti"),
            ("Funzionari ed Elevata Qualificazione", "funzionari_eq"),
            ("Funzionari e EQ", "funzionari_eq"),
            ("Istruttore direttivo", "funzionari_eq"),
            ("Dirigente", "dirigenti"),
            ("Segretario comunale", "segretari"),
        ] {
            assert_eq!(contract_area(printed).map(|entry| entry.code), Some(code), "{printed}");
        }
    }

    #[test]
    fn what_names_no_area_gives_none() {
        for printed in ["", "   ", "E", "Catania", "Agente", "c/o"] {
            assert_eq!(contract_area(printed), None, "{printed}");
        }
    }
}
