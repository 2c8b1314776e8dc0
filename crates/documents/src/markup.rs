//! Words without their dress: bold and italic, tags of a scan, runs of spaces; and words as they are compared.

use std::ops::Range;

use traguardo_domain::reading::latin;
use unicode_normalization::UnicodeNormalization as _;

/// The tags a scan leaves in text.
const TAGS: [&str; 12] = ["b", "i", "u", "em", "strong", "sup", "sub", "s", "span", "small", "mark", "font"];

/// The words of a text as people read them: no tags, no Markdown emphasis, single spaces.
#[must_use]
pub fn plain(text: &str) -> String {
    let untagged = without_tags(text);
    let bare = untagged.replace("**", "").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
    let words: Vec<&str> =
        bare.split_whitespace().map(without_stars).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A word without the stars of emphasis at its ends; a lone star is a mark of its own and stays.
fn without_stars(word: &str) -> &str {
    let bare = word.trim_matches('*');
    if bare.is_empty() { word } else { bare }
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        match after.split_once('>') {
            Some((inside, following)) if is_tag(inside) => {
                if inside.trim_start_matches('/').to_ascii_lowercase().starts_with("br") {
                    out.push(' ');
                }
                rest = following;
            }
            Some(_) | None => {
                out.push('<');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_tag(inside: &str) -> bool {
    let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphabetic).collect();
    let name = name.to_ascii_lowercase();
    inside.len() <= 80 && (name == "br" || TAGS.contains(&name.as_str()))
}

/// A text as it is compared, that knows where each of its characters comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    plain: String,
    text: String,
    /// For every byte of the text, and for its end, the byte of the plain words it comes from.
    origins: Vec<usize>,
}

/// A text as it is compared: small letters without accents, one dash and one quote, Latin for what looks Latin.
#[must_use]
pub fn fold(text: &str) -> Folded {
    let plain = plain(text);
    let latin = latin(&plain);
    let (mut folded, mut origins) = (String::with_capacity(plain.len()), Vec::with_capacity(plain.len()));
    // `latin` replaces letter by letter: the two texts have as many characters.
    for ((origin, _), letter) in plain.char_indices().zip(latin.chars()) {
        folded.push(compared(letter));
        origins.resize(folded.len(), origin);
    }
    origins.push(plain.len());
    Folded { plain, text: folded, origins }
}

impl Folded {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text without its spaces: a scan puts some inside words.
    #[must_use]
    pub fn squeezed(&self) -> String {
        self.text.split_whitespace().collect()
    }

    /// The plain words a part of the text comes from.
    #[must_use]
    pub fn original(&self, part: Range<usize>) -> &str {
        let at = |byte: usize| self.origins.get(byte).copied().unwrap_or(self.plain.len());
        self.plain.get(at(part.start)..at(part.end)).unwrap_or_default()
    }
}

fn compared(letter: char) -> char {
    match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        '‐'..='―' | '−' | '­' => '-',
        '’' | '‘' | '`' | '´' => '\'',
        '“' | '”' | '«' | '»' => '"',
        'º' | '˚' => '°',
        letter if letter.is_whitespace() => ' ',
        letter => {
            let bare = std::iter::once(letter).nfd().next().unwrap_or(letter);
            let mut small = bare.to_lowercase();
            small.next().unwrap_or(bare)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_is_taken_off_and_comparisons_stay() {
        assert_eq!(plain("<i>Fase: <b>primo</b> passo</i>"), "Fase: primo passo");
        assert_eq!(plain("1. **Sistemi**:  gestione"), "1. Sistemi: gestione");
        assert_eq!(plain("90% < x, y > 3"), "90% < x, y > 3");
        assert_eq!(plain("***Rispetto tempi:*** oggi *"), "Rispetto tempi: oggi *");
    }

    #[test]
    fn a_folded_text_gives_its_words_back() {
        let folded = fold("Città – <b>Obiettivo</b> À");
        assert_eq!(folded.as_str(), "citta - obiettivo a");
        assert_eq!(folded.original(8..17), "Obiettivo");
        assert_eq!(folded.original(0..5), "Città");
        assert_eq!(fold("Тетрі").as_str(), "tempi");
    }
}
