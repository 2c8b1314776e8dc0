//! Targets with a figure: bounds, ranges, fractions, changes.

use super::phrases::{PHRASES, UNITS};
use crate::figure::Figure;
use crate::measure::{Comparison, Measure};
use crate::reading::numbers::{self, Numeral};
use crate::reading::words::{Token, after_phrase, after_sign, after_word};
use crate::target::Target;

/// A figure with its unit, as it stands among the marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantity {
    pub(super) figure: Figure,
    pub(super) measure: Option<Measure>,
    pub(super) out_of: Option<Figure>,
    pub(super) sign: Option<char>,
    /// Whether it has two readings.
    pub(super) doubtful: bool,
}

/// The unit the marks begin with, and the marks after it.
fn unit(tokens: &[Token]) -> Option<(Measure, &[Token])> {
    if let Some(rest) = after_sign(tokens, '%').or_else(|| after_phrase(tokens, "per cento")) {
        return Some((Measure::Percent, rest));
    }
    if let Some(rest) = after_sign(tokens, '€') {
        return Some((Measure::Euro, rest));
    }
    let (first, rest) = tokens.split_first()?;
    let (_, measure) = *UNITS.iter().find(|(word, _)| first.is_any(&[*word]))?;
    let dotted = after_sign(rest, '.').filter(|_| matches!(first.text.as_str(), "gg" | "min" | "h"));
    Some((measure, dotted.unwrap_or(rest)))
}

/// The unit written before a figure: `n.`, `€`.
fn unit_before(tokens: &[Token]) -> Option<(Measure, &[Token])> {
    if let Some(rest) = after_sign(tokens, '€').or_else(|| after_word(tokens, &["euro", "eur"])) {
        return Some((Measure::Euro, rest));
    }
    let rest = after_word(tokens, &["n", "nr", "num", "numero"])?;
    let rest = after_sign(rest, '.').or_else(|| after_sign(rest, '°')).unwrap_or(rest);
    Some((Measure::Number, rest))
}

/// A figure in digits with what belongs to it, and the marks after it.
pub(super) fn quantity(tokens: &[Token]) -> Option<(Quantity, &[Token])> {
    let before = unit_before(tokens);
    let rest = before.map_or(tokens, |(_, rest)| rest);
    let sign = ['-', '+']
        .into_iter()
        .find(|sign| rest.first().is_some_and(|first| first.is_sign(*sign) && first.text.len() == 1));
    let rest = sign.and_then(|sign| after_sign(rest, sign)).unwrap_or(rest);
    let (first, rest) = rest.split_first()?;
    let (Numeral { figure, doubtful }, over) = of_scale(first)?;
    let figure = if sign == Some('-') { numbers::negative(figure)? } else { figure };
    let (measure, rest) = match unit(rest) {
        Some((measure, rest)) => (Some(measure), rest),
        None => (before.map(|(measure, _)| measure), rest),
    };
    let on_scale = measure.is_none_or(|measure| matches!(measure, Measure::Points | Measure::Number));
    let su = || {
        let (scale, rest) = after_word(rest, &["su"]).filter(|_| on_scale)?.split_first()?;
        Some((numbers::of(scale)?.figure, rest))
    };
    let (out_of, rest) = match over.map(|scale| (scale, rest)).or_else(su) {
        Some((scale, _)) if scale < figure => return None,
        Some((scale, rest)) => (Some(scale), rest),
        None => (None, rest),
    };
    let measure = measure.or(out_of.map(|_| Measure::Points));
    Some((Quantity { figure, measure, out_of, sign, doubtful }, rest))
}

/// The figure of a numeral, and the end of its scale when it carries one: `3,5/5`.
fn of_scale(token: &Token) -> Option<(Numeral, Option<Figure>)> {
    match token.text.split_once('/') {
        Some((front, scale)) if front.contains([',', '.']) && token.is_numeral() => {
            Some((numbers::read(front)?, Some(numbers::read(scale)?.figure)))
        }
        Some(_) | None => numbers::of(token).map(|numeral| (numeral, None)),
    }
}

/// How the words before a figure compare a result with it, and the marks after them.
pub(super) fn comparison(tokens: &[Token]) -> Option<(Comparison, &[Token])> {
    use Comparison::{AtLeast, AtMost, Exactly, LessThan, MoreThan};
    let signed = [('≤', AtMost), ('≥', AtLeast), ('<', LessThan), ('>', MoreThan), ('=', Exactly)]
        .into_iter()
        .find_map(|(sign, comparison)| Some((comparison, after_sign(tokens, sign)?)));
    if let Some((comparison, rest)) = signed {
        return match (comparison, after_sign(rest, '=')) {
            (LessThan, Some(rest)) => Some((AtMost, rest)),
            (MoreThan, Some(rest)) => Some((AtLeast, rest)),
            (AtLeast | AtMost | LessThan | MoreThan | Exactly, _) => Some((comparison, rest)),
        };
    }
    let (comparison, rest) =
        PHRASES.iter().find_map(|(phrase, comparison)| Some((*comparison, after_phrase(tokens, phrase)?)))?;
    let small = ["a", "ad", "al", "alla", "all", "allo", "di", "del", "dell", "il", "la", "i", "lo", "l"];
    let rest = after_word(rest, &small).unwrap_or(rest);
    Some((comparison, after_phrase(rest, "media del").unwrap_or(rest)))
}

/// `90% <= x <= 100%`, `tra 5 e 10`, `dal 90% al 100%`.
pub(super) fn range(tokens: &[Token]) -> Option<(Target, &[Token])> {
    let (one, one_side, other, other_side, rest) = inequality(tokens).or_else(|| between(tokens))?;
    let measure = other.measure.or(one.measure);
    let clash = one.measure.is_some() && one.measure != measure;
    let scaled = one.out_of.or(other.out_of).is_some() || one.doubtful || other.doubtful;
    let upwards = matches!(one_side, Comparison::AtMost | Comparison::LessThan);
    let same_way = upwards == matches!(other_side, Comparison::AtMost | Comparison::LessThan);
    let ((low, low_side), (high, high_side)) = if upwards {
        ((one.figure, one_side), (other.figure, other_side))
    } else {
        ((other.figure, other_side), (one.figure, one_side))
    };
    let closed = |side| matches!(side, Comparison::AtMost | Comparison::AtLeast);
    if clash || scaled || !same_way || low >= high {
        return None;
    }
    let (low_included, high_included) = (closed(low_side), closed(high_side));
    Some((Target::Range { low, low_included, high, high_included, measure }, rest))
}

type Two<'a> = (Quantity, Comparison, Quantity, Comparison, &'a [Token]);

fn inequality(tokens: &[Token]) -> Option<Two<'_>> {
    let (one, rest) = quantity(tokens)?;
    let (one_side, rest) = comparison(rest).filter(|_| rest.first().is_some_and(|first| !first.is_word()))?;
    let (variable, rest) = rest.split_first()?;
    let (other_side, rest) = comparison(rest).filter(|_| variable.is_word())?;
    let (other, rest) = quantity(rest)?;
    let ordered = |side| !matches!(side, Comparison::Exactly);
    (ordered(one_side) && ordered(other_side)).then_some((one, one_side, other, other_side, rest))
}

fn between(tokens: &[Token]) -> Option<Two<'_>> {
    let start = after_word(tokens, &["compreso", "compresa", "compresi", "comprese"]).unwrap_or(tokens);
    let article = |tokens| after_word(tokens, &["il", "lo", "l", "i"]).unwrap_or(tokens);
    let (one, rest) = if let Some(rest) = after_word(start, &["tra", "fra"]) {
        let (one, rest) = quantity(article(rest))?;
        (one, after_word(rest, &["e", "ed"])?)
    } else {
        let (one, rest) = quantity(after_word(start, &["da", "dal", "dall"])?)?;
        (one, after_word(rest, &["a", "ad", "al", "all"])?)
    };
    let (other, rest) = quantity(article(rest))?;
    Some((one, Comparison::AtMost, other, Comparison::AtMost, rest))
}

/// `1/3`, when it can be no day: not more parts than the whole has, no leading zeros.
pub(super) fn fraction(tokens: &[Token]) -> Option<(Target, &[Token])> {
    let (comparison, start) = comparison(tokens).unwrap_or((Comparison::Exactly, tokens));
    let (first, rest) = start.split_first().filter(|(first, _)| first.is_numeral())?;
    let (above, below) = first.text.split_once('/')?;
    let plain = |text: &str| {
        !text.starts_with('0') && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !plain(above) || !plain(below) {
        return None;
    }
    let (numerator, denominator) = (Figure::parse(above).ok()?, Figure::parse(below).ok()?);
    let of_whole =
        rest.first().is_none_or(|next| next.is_any(&["di", "del", "dei", "degli", "delle", "della", "dell"]));
    (numerator < denominator && of_whole)
        .then_some((Target::Fraction { comparison, numerator, denominator }, rest))
}

/// `60% in più`, `aumento del 60%`, `riduzione di almeno il 5%`, `+5%`.
pub(super) fn change(tokens: &[Token]) -> Option<(Target, &[Token])> {
    let up = ["aumento", "incremento", "crescita", "aumentare", "incrementare"];
    let down = ["riduzione", "diminuzione", "calo", "decremento", "ridurre", "contenimento"];
    let start = after_word(tokens, &["in"]).unwrap_or(tokens);
    let direction = after_word(start, &up)
        .map(|rest| (false, rest))
        .or_else(|| after_word(start, &down).map(|rest| (true, rest)));
    let small = ["del", "di", "dell", "il", "pari", "al", "l"];
    let article = |tokens| after_word(tokens, &small).unwrap_or(tokens);
    let (said, rest) = match direction {
        Some((_, rest)) => comparison(article(rest)).map_or((None, rest), |(said, rest)| (Some(said), rest)),
        None => comparison(tokens).map_or((None, tokens), |(said, rest)| (Some(said), rest)),
    };
    let rest = if direction.is_some() { article(article(rest)) } else { rest };
    let (found, rest) = quantity(rest)?;
    let after = || {
        let tail = after_word(rest, &["in", "di"])?;
        after_word(tail, &["piu"])
            .map(|rest| (false, rest))
            .or_else(|| after_word(tail, &["meno"]).map(|rest| (true, rest)))
    };
    let signed = || match found.sign {
        Some('+') => Some((false, rest)),
        Some('-') if rest.first().is_some_and(|next| next.is_any(&["rispetto", "sul", "sull"])) => {
            Some((true, rest))
        }
        Some(_) | None => None,
    };
    let (less, rest) = direction.map(|(less, _)| (less, rest)).or_else(after).or_else(signed)?;
    let against = direction.is_some() && found.sign.is_some();
    if found.out_of.is_some() || found.doubtful || against {
        return None;
    }
    let comparison = said.unwrap_or(Comparison::Exactly);
    let figure =
        if less && found.sign != Some('-') { numbers::negative(found.figure)? } else { found.figure };
    let comparison = if less { mirrored(comparison) } else { comparison };
    Some((Target::Change { comparison, figure, measure: found.measure }, rest))
}

/// The same demand of a figure counted downwards: at least five less is not more than minus five.
const fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::AtLeast => Comparison::AtMost,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::MoreThan => Comparison::LessThan,
        Comparison::LessThan => Comparison::MoreThan,
        Comparison::Exactly => Comparison::Exactly,
    }
}
