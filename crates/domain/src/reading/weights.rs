//! Reads a weight: a percentage, or a class of the plan's scale by its code or by what people call it.

use super::numbers::read;
use super::words::{Passage, Token, after_phrase, after_sign, after_word, numeral, trimmed};
use super::{Confidence, Reading, Remark, RemarkCode, Understood};
use crate::figure::Figure;
use crate::said::Words;
use crate::weight::{Weight, WeightClass};

/// Reads the words of a weight, `scale` being the classes the plan weighs by, if it does.
#[must_use]
pub fn weight(words: &Words, scale: &[WeightClass]) -> Reading<Weight> {
    let passage = Passage::of(words.as_str());
    let tokens = named(trimmed(&passage.tokens));
    let understood = class(tokens, scale)
        .or_else(|| percent(tokens, scale))
        .or_else(|| missing(tokens))
        .unwrap_or_else(|| unclear("Il peso non è né una percentuale né una classe della scala."));
    Reading::of(words, understood)
}

/// The marks after the name of the column, when it slipped into the cell.
fn named(tokens: &[Token]) -> &[Token] {
    let rest = after_phrase(tokens, "peso obiettivo").or_else(|| after_phrase(tokens, "peso objettivo"));
    trimmed(rest.or_else(|| after_word(tokens, &["peso"])).unwrap_or(tokens))
}

fn unclear(detail: &str) -> Understood<Weight> {
    Understood::new(Weight::Unclear, Confidence::None)
        .remarking(Remark::new(RemarkCode::WeightUnclear, detail))
}

/// A class named by its code and by words that every class shares.
fn truncated(class: &WeightClass) -> Understood<Weight> {
    let whole = format!("{} - {}", class.code.as_str(), class.label.as_str());
    let remark = Remark::new(RemarkCode::WeightUnclear, "Le parole sono tronche: non dicono quale classe è.");
    Understood::new(Weight::Unclear, Confidence::None).remarking(remark.suggesting(whole))
}

/// `20%`, `(50%)`, `10`.
fn percent(tokens: &[Token], scale: &[WeightClass]) -> Option<Understood<Weight>> {
    let negative = after_sign(tokens, '-');
    let (text, rest) = numeral(negative.unwrap_or(tokens))?;
    let number = read(text)?;
    let figure = if negative.is_some() { super::numbers::negative(number.figure)? } else { number.figure };
    let said = after_sign(rest, '%').or_else(|| after_phrase(rest, "per cento"));
    if !said.unwrap_or(rest).is_empty() {
        return None;
    }
    let confidence = match (said.is_some(), scale.is_empty()) {
        _ if number.doubtful => Confidence::Guess,
        (true, _) => Confidence::Certain,
        (false, true) => Confidence::Likely,
        (false, false) => Confidence::Guess,
    };
    let understood = Understood::new(Weight::Percent { percent: figure }, confidence);
    if figure > Figure::ZERO && figure <= Figure::HUNDRED {
        return Some(understood);
    }
    let detail = "Il peso dev'essere più di zero e al massimo cento.";
    Some(understood.remarking(Remark::new(RemarkCode::WeightOutOfRange, detail)))
}

/// A cell that says there is no weight.
fn missing(tokens: &[Token]) -> Option<Understood<Weight>> {
    let letters: String =
        tokens.iter().filter(|token| token.is_word()).map(|token| token.text.as_str()).collect();
    let none = ["", "np", "nd", "na", "nessuno", "nonprevisto", "nondefinito"].contains(&letters.as_str());
    if !none || tokens.iter().any(Token::is_numeral) {
        return None;
    }
    let remark = Remark::new(RemarkCode::WeightMissing, "Il peso manca.");
    Some(Understood::new(Weight::Unclear, Confidence::None).remarking(remark))
}

/// The words of a text, its signs and numbers left out.
fn bare_words(tokens: &[Token]) -> Vec<String> {
    tokens.iter().filter(|token| token.is_word()).map(|token| token.text.clone()).collect()
}

/// A class with the words people call it by.
struct Known<'a> {
    class: &'a WeightClass,
    code: Vec<Token>,
    label: Vec<String>,
}

impl<'a> Known<'a> {
    fn of(class: &'a WeightClass) -> Self {
        let label = bare_words(&Passage::of(class.label.as_str()).tokens);
        Self { class, code: Passage::of(class.code.as_str()).tokens, label }
    }
}

/// The marks after a class's code, when they begin with it.
fn after_code<'a>(tokens: &'a [Token], code: &[Token]) -> Option<&'a [Token]> {
    let (head, rest) = tokens.split_at_checked(code.len())?;
    let same = head.iter().zip(code).all(|(one, other)| one.kind == other.kind && one.text == other.text);
    let apart = rest.first().is_none_or(|next| !next.is_sign('%') && !next.is_sign(','));
    (same && apart && !code.is_empty()).then_some(rest)
}

/// A class of the scale, by its code, by its label, or by both when they agree.
fn class(tokens: &[Token], scale: &[WeightClass]) -> Option<Understood<Weight>> {
    let known: Vec<Known<'_>> = scale.iter().map(Known::of).collect();
    let by_code = known
        .iter()
        .filter_map(|one| Some((one, after_code(tokens, &one.code)?)))
        .max_by_key(|(one, _)| one.code.len());
    let rest = by_code.map_or(tokens, |(_, rest)| rest);
    let said = bare_words(rest);
    let strange = |word: &String| !known.iter().any(|one| one.label.contains(word));
    if rest.iter().any(Token::is_numeral) || said.iter().any(strange) {
        return None;
    }
    // The classes whose label has a word that was said and that no other label has.
    let only_of = |one: &Known<'_>, word: &String| {
        one.label.contains(word) && known.iter().filter(|other| other.label.contains(word)).count() == 1
    };
    let by_label: Vec<&Known<'_>> =
        known.iter().filter(|one| said.iter().any(|word| only_of(one, word))).collect();
    let chosen = |class: &WeightClass, confidence| {
        Understood::new(Weight::Class { class: class.code.clone() }, confidence)
    };
    match (by_code, by_label.as_slice()) {
        (Some((coded, _)), [labelled]) if coded.class.code == labelled.class.code => {
            let whole = coded.label.iter().all(|word| said.contains(word));
            Some(chosen(coded.class, if whole { Confidence::Certain } else { Confidence::Likely }))
        }
        (Some((coded, _)), []) if said.is_empty() => Some(chosen(coded.class, Confidence::Certain)),
        // What tells one class from another was cut off: the code alone is no proof, it is what is wrong in other cells.
        (Some((coded, _)), []) => Some(truncated(coded.class)),
        (None, [labelled]) => Some(chosen(labelled.class, Confidence::Likely)),
        (None, []) => None,
        (Some((coded, _)), [..]) => {
            let detail =
                format!("Il codice {} e le parole dicono classi diverse.", coded.class.code.as_str());
            Some(unclear(&detail))
        }
        (None, [_, ..]) => Some(unclear("Le parole dicono più classi della scala.")),
    }
}
