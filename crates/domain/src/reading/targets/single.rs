//! Reads one target.

use super::figures::{Quantity, change, comparison, fraction, quantity, range};
use super::plain::{done, none_at_all};
use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::measure::{Comparison, Measure};
use crate::reading::dates::{month_at, year};
use crate::reading::deadlines::towards;
use crate::reading::numbers::spelled;
use crate::reading::words::{Token, after_phrase, after_sign, after_word, count_words, mentions, trimmed};
use crate::reading::{Confidence, Remark, RemarkCode, Understood, deadlines};
use crate::target::Target;

type Read = Option<Understood<Target>>;

/// One target, with what is to be remarked of it.
pub(super) fn read_one(tokens: &[Token], plan_year: Option<i32>) -> Read {
    let tokens = trimmed(tokens);
    if year_or_day(tokens) {
        return None;
    }
    done(tokens)
        .or_else(|| none_at_all(tokens))
        .or_else(|| with_tail(fraction(tokens)?, Confidence::Likely))
        .or_else(|| by(tokens, plan_year))
        .or_else(|| {
            let scale = tokens.first().is_some_and(|first| first.is_any(&["da"]));
            with_tail(range(tokens)?, if scale { Confidence::Guess } else { Confidence::Certain })
        })
        .or_else(|| with_tail(change(tokens)?, Confidence::Certain))
        .or_else(|| bound(tokens))
        .or_else(|| embedded(tokens))
}

/// A lone numeral that may be a count as well as a year or a day: `2024`, `30.06`.
fn year_or_day(tokens: &[Token]) -> bool {
    let [token] = tokens else { return false };
    let twice = token.text.split_once('/').is_some_and(|(one, other)| one == other);
    let day = || {
        let (day, month) = token.text.split_once('.')?;
        let (day, month): (u8, u8) = (day.parse().ok()?, month.parse().ok().filter(|_| month.len() == 2)?);
        Some((1..=31).contains(&day) && (1..=12).contains(&month))
    };
    token.is_numeral() && (twice || year(&token.text).is_some() || day() == Some(true))
}

/// A time: the target is that something is done by it.
fn by(tokens: &[Token], plan_year: Option<i32>) -> Read {
    let read = deadlines::single(tokens, plan_year)?;
    let terms = ["entro", "termini", "termine", "scadenze", "scadenza", "nei", "tempi"];
    let announced = tokens.first().is_some_and(|first| first.is_any(&terms));
    let is_time = match &read.value {
        Deadline::Date { .. }
        | Deadline::Month { .. }
        | Deadline::Impossible { .. }
        | Deadline::Relative { .. }
        | Deadline::Event { days: Some(_) } => true,
        Deadline::Span { .. } => !tokens.first().is_some_and(Token::is_numeral),
        Deadline::LegalTerm => announced && count_words(tokens) <= 8,
        Deadline::Event { days: None } => tokens.first().is_some_and(|first| first.is_any(&["entro"])),
        Deadline::Recurring { .. } | Deadline::Continuous | Deadline::Parts { .. } | Deadline::Text => false,
    };
    is_time.then(|| read.map(|deadline| Target::By { deadline }))
}

/// E18: a figure without a unit.
fn unit_of(target: &Target) -> Option<Remark> {
    let missing = match target {
        Target::Bound { measure, .. } | Target::Range { measure, .. } | Target::Change { measure, .. } => {
            measure.is_none()
        }
        Target::Fraction { .. } | Target::Done | Target::By { .. } | Target::Parts { .. } | Target::Text => {
            false
        }
    };
    missing.then(|| Remark::new(RemarkCode::UnitMissing, "Manca l'unità di misura."))
}

fn remarked(target: Target, confidence: Confidence) -> Understood<Target> {
    let remark = unit_of(&target);
    let read = Understood::new(target, confidence);
    match remark {
        Some(remark) => read.remarking(remark),
        None => read,
    }
}

/// Whether words after a figure leave it as it is: no other number among them, except a year.
fn is_silent(tail: &[Token]) -> bool {
    let numbers = tail.iter().filter(|token| token.is_numeral()).all(|token| year(&token.text).is_some());
    let more = ["in piu", "in meno", "di piu", "di meno", "o piu", "o meno"];
    let changes = |at: usize| {
        more.iter().any(|phrase| tail.get(at..).and_then(|rest| after_phrase(rest, phrase)).is_some())
    };
    let opens = tail.first().is_none_or(|first| {
        first.is_word() || ['(', ',', '=', '/', ';', '.', ':'].iter().any(|sign| first.is_sign(*sign))
    });
    let compares =
        tail.iter().any(|token| ['<', '>', '≤', '≥', '±', '+'].iter().any(|sign| token.is_sign(*sign)));
    let scaled = tail
        .first()
        .is_some_and(|first| first.is_any(&["mila", "mln", "milione", "milioni", "miliardi", "volta"]));
    let dated = tail.first().is_some_and(Token::is_word) && month_at(tail).is_some();
    let act = after_word(tail, &["del", "dell"]).and_then(<[Token]>::first).is_some_and(Token::is_numeral);
    numbers && opens && !compares && !scaled && !dated && !act && !(0..tail.len()).any(changes)
}

/// What was read, when the words after it leave it so.
fn with_tail(read: (Target, &[Token]), best: Confidence) -> Read {
    let (target, tail) = read;
    let confidence = match count_words(tail) {
        _ if tail.is_empty() => best,
        _ if !is_silent(tail) => return None,
        0..=8 => Confidence::Likely,
        9..=30 => Confidence::Guess,
        _ => return None,
    };
    Some(remarked(target, confidence))
}

/// A bound at the beginning of the marks, whether its comparison was said, and the marks after it.
fn bound_at(tokens: &[Token]) -> Option<(Quantity, Option<Comparison>, &[Token])> {
    let named = tokens
        .split_first()
        .filter(|(first, _)| first.is_word() && first.text.len() == 1)
        .map(|(_, rest)| rest);
    let tokens = named
        .filter(|rest| comparison(rest).is_some() && !rest.first().is_some_and(Token::is_word))
        .unwrap_or(tokens);
    if let Some(rest) = after_word(tokens, &["entro"]) {
        let (found, rest) = quantity(after_word(rest, &["i", "il", "le", "gli"]).unwrap_or(rest))?;
        let time = matches!(
            found.measure,
            Some(
                Measure::Days
                    | Measure::Months
                    | Measure::Years
                    | Measure::Hours
                    | Measure::Minutes
                    | Measure::Percent
            )
        );
        return time.then_some((found, Some(Comparison::AtMost), rest));
    }
    let said = comparison(tokens);
    let rest = said.map_or(tokens, |(_, rest)| rest);
    if let (Some((comparison, _)), Some((figure, after))) =
        (said, rest.split_first().and_then(|(word, after)| Some((spelled(&word.text)?, after))))
    {
        let measure = Some(Measure::Number).filter(|_| after.first().is_some_and(Token::is_word));
        return Some((
            Quantity { figure, measure, out_of: None, sign: None, doubtful: false },
            Some(comparison),
            after,
        ));
    }
    let (found, rest) = quantity(rest)?;
    Some((found, said.map(|(comparison, _)| comparison), rest))
}

/// The comparison said after a figure: `0 o negativo`, `15 o più`.
fn said_after(figure: Figure, tokens: &[Token]) -> Option<(Comparison, &[Token])> {
    if figure == Figure::ZERO
        && let Some(rest) = after_phrase(tokens, "o negativo").or_else(|| after_phrase(tokens, "o negativa"))
    {
        return Some((Comparison::AtMost, rest));
    }
    let phrases = [
        ("o meno", Comparison::AtMost),
        ("o inferiore", Comparison::AtMost),
        ("o piu", Comparison::AtLeast),
        ("o superiore", Comparison::AtLeast),
    ];
    phrases.iter().find_map(|(phrase, comparison)| Some((*comparison, after_phrase(tokens, phrase)?)))
}

/// A bound at the beginning of a cell. A figure without a comparison is read as it stands: exactly it.
fn bound(tokens: &[Token]) -> Read {
    let (found, said, tail) = bound_at(tokens)?;
    let (after, tail) =
        said_after(found.figure, tail).map_or((None, tail), |(after, tail)| (Some(after), tail));
    let Quantity { figure, measure, out_of, doubtful, .. } = found;
    let bare = said.is_none() && measure.is_none();
    let strong = said.is_some() || measure == Some(Measure::Percent);
    // A dash before a figure without a comparison is a minus as well as the mark of a list.
    if found.sign == Some('+') || (found.sign.is_some() && said.is_none()) || !is_silent(tail) {
        return None;
    }
    let words = count_words(tail);
    let confidence = match words {
        _ if out_of.is_some() && said.is_none() && tail.is_empty() => Confidence::Likely,
        _ if tail.is_empty() && !doubtful => Confidence::Certain,
        _ if tail.is_empty() => Confidence::Guess,
        // Words after a bare figure say what is counted, when they are few.
        1..=3 if bare && tail.iter().all(Token::is_word) => Confidence::Guess,
        _ if bare
            && !after_sign(tail, '(')
                .is_some_and(|inside| words <= 6 && !inside.iter().any(Token::is_numeral)) =>
        {
            return None;
        }
        0..=8 => Confidence::Likely,
        9..=30 if strong => Confidence::Guess,
        _ => return None,
    };
    let counted = Some(Measure::Number).filter(|_| bare && tail.first().is_some_and(Token::is_word));
    let comparison = after.or(said).unwrap_or(Comparison::Exactly);
    Some(remarked(Target::Bound { comparison, figure, out_of, measure: measure.or(counted) }, confidence))
}

/// Words beside which a figure is not what is to be reached, but a change, a sample, a weight.
const ELSEWHERE: [&str; 15] = [
    "riduzione",
    "ridurre",
    "aumento",
    "incremento",
    "diminuzione",
    "calo",
    "peso",
    "campione",
    "penale",
    "contenimento",
    "scostamento",
    "tolleranza",
    "ribasso",
    "sconto",
    "decurtazione",
];

/// Words that bound a figure in ways not understood.
const BOUNDING: [&str; 13] = [
    "senza",
    "non",
    "superare",
    "superi",
    "entro",
    "sotto",
    "sopra",
    "circa",
    "inferiore",
    "superiore",
    "minore",
    "maggiore",
    "massimo",
];

/// A bound inside a sentence that holds no other number, where a comparison or a percentage makes it one.
fn embedded(tokens: &[Token]) -> Read {
    let numbers = tokens.iter().filter(|token| token.is_numeral() && year(&token.text).is_none()).count();
    if count_words(tokens) > 30 || numbers > 1 || mentions(tokens, &ELSEWHERE) {
        return None;
    }
    (1..tokens.len()).find_map(|place| {
        let (before, from) = tokens.split_at_checked(place)?;
        inside(before, from, numbers == 0)
    })
}

/// The bound that begins `from`, a sentence going on `before` it. Of numbers in letters only those after `almeno` count.
fn inside(before: &[Token], from: &[Token], in_letters: bool) -> Read {
    let (found, said, tail) = bound_at(from)?;
    let percent = found.measure == Some(Measure::Percent);
    let plain = found.sign.is_none() && found.out_of.is_none() && !found.doubtful;
    let told = said.is_some() || (percent && !mentions(before, &BOUNDING));
    let first_number = !before.iter().any(Token::is_numeral);
    let glued =
        from.first().is_some_and(|next| !next.spaced) && before.last().is_some_and(|last| last.is_sign('-'));
    let in_letters = in_letters && said != Some(Comparison::AtLeast);
    if !plain || !told || !first_number || glued || in_letters || year_like(&found) {
        return None;
    }
    let (after, tail) =
        said_after(found.figure, tail).map_or((None, tail), |(after, tail)| (Some(after), tail));
    if towards(tail).is_some() || !is_silent(after_sign(tail, ')').unwrap_or(tail)) {
        return None;
    }
    let comparison = after.or(said).unwrap_or(Comparison::Exactly);
    let target = Target::Bound { comparison, figure: found.figure, out_of: None, measure: found.measure };
    Some(remarked(target, Confidence::Guess))
}

/// Whether a figure without a unit may be a year.
fn year_like(found: &Quantity) -> bool {
    found.measure.is_none() && year(&found.figure.to_string()).is_some()
}
