//! Letters of other alphabets that a scan puts where a Latin letter was: `С` of Cyrillic, `Ο` of Greek.

/// The Latin letter a Cyrillic one is drawn like. The small `т` of an italic face is drawn like `m`.
const fn cyrillic(letter: char) -> Option<char> {
    Some(match letter {
        'А' => 'A',
        'В' => 'B',
        'Е' => 'E',
        'К' => 'K',
        'М' => 'M',
        'Н' => 'H',
        'О' => 'O',
        'Р' => 'P',
        'С' => 'C',
        'Т' => 'T',
        'У' => 'Y',
        'Х' => 'X',
        'І' => 'I',
        'Ј' => 'J',
        'Ѕ' => 'S',
        'а' => 'a',
        'е' => 'e',
        'к' => 'k',
        'о' => 'o',
        'р' => 'p',
        'с' => 'c',
        'т' => 'm',
        'у' => 'y',
        'х' => 'x',
        'і' => 'i',
        'ј' => 'j',
        'ѕ' => 's',
        'п' => 'n',
        'и' => 'u',
        'г' => 'r',
        _ => return None,
    })
}

/// The Latin letter a Greek one is drawn like.
const fn greek(letter: char) -> Option<char> {
    Some(match letter {
        'Α' => 'A',
        'Β' => 'B',
        'Ε' => 'E',
        'Ζ' => 'Z',
        'Η' => 'H',
        'Ι' => 'I',
        'Κ' => 'K',
        'Μ' => 'M',
        'Ν' => 'N',
        'Ο' => 'O',
        'Ρ' => 'P',
        'Τ' => 'T',
        'Υ' => 'Y',
        'Χ' => 'X',
        'α' => 'a',
        'ι' => 'i',
        'κ' => 'k',
        'ν' => 'v',
        'ο' => 'o',
        'ρ' | 'μ' => 'p',
        'τ' => 't',
        'υ' => 'u',
        'χ' => 'x',
        _ => return None,
    })
}

/// The Latin letter another one is drawn like.
fn drawn_like(letter: char) -> Option<char> {
    cyrillic(letter).or_else(|| greek(letter))
}

/// Whether a letter is of the Greek or the Cyrillic alphabet.
fn is_foreign(letter: char) -> bool {
    matches!(letter, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}') && letter.is_alphabetic()
}

/// Whether the foreign letters of a word stand for Latin ones: the word has Latin letters too, or nothing in the whole
/// text shows that somebody really wrote in the other alphabet.
fn is_disguised(word: &str, text_is_latin: bool) -> bool {
    let mut foreign = word.chars().filter(|letter| is_foreign(*letter)).peekable();
    if foreign.peek().is_none() || !foreign.all(|letter| drawn_like(letter).is_some()) {
        return false;
    }
    let mixed = word.chars().any(|letter| letter.is_alphabetic() && !is_foreign(letter));
    mixed || (text_is_latin && !word.chars().all(|letter| greek(letter).is_some() && letter.is_lowercase()))
}

/// Whether letters of the Cyrillic or Greek alphabet stand in a text where Latin ones belong.
#[must_use]
pub fn has_look_alikes(text: &str) -> bool {
    latin(text) != text
}

/// The text with Latin letters in the place of those drawn like them; as many characters as before.
#[must_use]
pub fn latin(text: &str) -> String {
    let text_is_latin = !text.chars().any(|letter| is_foreign(letter) && drawn_like(letter).is_none());
    let mut read = String::with_capacity(text.len());
    for word in text.split_inclusive(|letter: char| !letter.is_alphabetic()) {
        if is_disguised(word, text_is_latin) {
            read.extend(word.chars().map(|letter| drawn_like(letter).unwrap_or(letter)));
        } else {
            read.push_str(word);
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanned_word_in_cyrillic_is_read_in_latin() {
        for (seen, meant) in
            [("Тетрі", "Tempi"), ("С", "C"), ("В", "B"), ("рiù", "più"), ("Novеmbre", "Novembre")]
        {
            assert!(has_look_alikes(seen), "{seen}");
            assert_eq!(latin(seen), meant);
        }
    }

    #[test]
    fn what_is_truly_written_in_another_alphabet_stays() {
        for text in ["Москва", "он в Москве", "α", "Σ x", "entro il 31/12", "μ", "più"] {
            assert!(!has_look_alikes(text), "{text}");
            assert_eq!(latin(text), text);
        }
    }
}
