//! Several answers in one cell: `1) .. 2) ..`, `1. .. 2. ..`, lists of dashes, lines.

use super::numbers::count;
use super::words::{Token, trimmed};

/// The pieces of a cell, and whether their marks were all there and in order.
pub(super) struct Pieces<'a> {
    /// What stands before the first number, when something does.
    pub(super) before: &'a [Token],
    /// One by one.
    pub(super) each: Vec<&'a [Token]>,
    /// Whether numbering is as it should be.
    pub(super) in_order: bool,
}

/// Whether marks begin with the number of a part: `2)`, or `2.` standing free.
fn is_marker(tokens: &[Token], number: u8, closing: char) -> bool {
    let [numeral, close, after @ ..] = tokens else { return false };
    if !numeral.is_numeral()
        || count(&numeral.text) != Some(number)
        || !close.is_sign(closing)
        || close.spaced
    {
        return false;
    }
    closing == ')' || (numeral.spaced && after.first().is_some_and(|next| next.spaced || next.is_word()))
}

/// Where the parts numbered from `first` on begin.
fn marker_places(tokens: &[Token], first: u8, closing: char) -> Vec<usize> {
    let (mut places, mut expected, mut depth) = (Vec::new(), first, 0_usize);
    for (place, token) in tokens.iter().enumerate() {
        if token.is_sign('(') {
            depth = depth.saturating_add(1);
        }
        let rest = tokens.get(place..).unwrap_or_default();
        if depth == 0 && is_marker(rest, expected, closing) {
            places.push(place);
            expected = expected.saturating_add(1);
        } else if token.is_sign(')') {
            depth = depth.saturating_sub(1);
        }
    }
    places
}

/// The runs that begin at these places and end where the next begins.
fn runs<'a>(tokens: &'a [Token], places: &[usize], mark: usize) -> Vec<&'a [Token]> {
    let ends = places.iter().skip(1).copied().chain(std::iter::once(tokens.len()));
    let run = |(start, end): (&usize, usize)| tokens.get(start.saturating_add(mark)..end).unwrap_or_default();
    places.iter().zip(ends).map(run).map(trimmed).collect()
}

/// Two values in a last part whose own number lost its bracket: `5 3 20` after `2)` is five, and twenty for the third.
fn unbracketed<'a>(pieces: &mut Vec<&'a [Token]>) -> bool {
    let Some(last) = pieces.last().copied() else { return false };
    let expected = u8::try_from(pieces.len()).ok().and_then(|number| number.checked_add(1));
    let [value, number, other] = last else { return false };
    if ![value, number, other].iter().all(|token| token.is_numeral()) || count(&number.text) != expected {
        return false;
    }
    let halves: Option<(&'a [Token], &'a [Token])> = last.get(..1).zip(last.get(2..));
    let Some((first, second)) = halves else { return false };
    pieces.pop();
    pieces.push(first);
    pieces.push(second);
    true
}

/// The pieces of a numbered list, when the cell is one.
pub(super) fn numbered(tokens: &[Token]) -> Option<Pieces<'_>> {
    for closing in [')', '.'] {
        let places = marker_places(tokens, 1, closing);
        if let Some(start) = places.first().filter(|_| places.len() > 1) {
            let before = trimmed(tokens.get(..*start).unwrap_or_default());
            let mut pieces = runs(tokens, &places, 2);
            let in_order = !unbracketed(&mut pieces);
            return Some(Pieces { before, each: pieces, in_order });
        }
    }
    // The first number was lost.
    let places = marker_places(tokens, 2, ')');
    let start = *places.first()?;
    let head = trimmed(tokens.get(..start).unwrap_or_default());
    let mut pieces = vec![head];
    pieces.extend(runs(tokens, &places, 2));
    (!head.is_empty()).then_some(Pieces { before: &[], each: pieces, in_order: false })
}

/// Marks after a number that stands alone before them, as when a list lost its other parts: `3. 30/06/2024`.
pub(super) fn after_lone_number(tokens: &[Token]) -> Option<&[Token]> {
    let number = tokens.first().and_then(|first| count(&first.text)).filter(|number| *number > 0)?;
    let lone = is_marker(tokens, number, ')') || is_marker(tokens, number, '.');
    tokens.get(2..).filter(|rest| lone && !rest.is_empty())
}

/// The pieces of a list of dashes: `-1100 ore; -n. questionari`. A minus sign begins no list.
pub(super) fn dashed(tokens: &[Token]) -> Option<Vec<&[Token]>> {
    let starts = |(place, token): &(usize, &Token)| {
        let free =
            token.spaced || place.checked_sub(1).and_then(|p| tokens.get(p)).is_some_and(|t| t.is_sign(';'));
        token.is_sign('-') && token.text == "-" && free
    };
    let places: Vec<usize> = tokens.iter().enumerate().filter(starts).map(|(place, _)| place).collect();
    let glued = |place: &usize| tokens.get(place.saturating_add(1)).is_some_and(|next| !next.spaced);
    let first = places.first().filter(|first| **first == 0 && places.len() > 1)?;
    if glued(first) && !places.iter().all(glued) {
        return None;
    }
    Some(runs(tokens, &places, 1)).filter(|pieces| pieces.iter().all(|piece| !piece.is_empty()))
}

/// The pieces between separators that `divides` knows, when there are at least two and none is empty.
pub(super) fn divided(tokens: &[Token], divides: impl Fn(&Token) -> bool) -> Option<Vec<&[Token]>> {
    let pieces: Vec<&[Token]> = tokens.split(|token| divides(token)).map(trimmed).collect();
    (pieces.len() > 1 && pieces.iter().all(|piece| !piece.is_empty())).then_some(pieces)
}

/// The sentences of a cell: a point, then a capital letter.
pub(super) fn sentences(tokens: &[Token]) -> Option<Vec<&[Token]>> {
    let begins = |place: usize| {
        tokens.get(place).is_some_and(|token| token.capital && token.spaced)
            && place
                .checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_some_and(|point| point.is_sign('.'))
    };
    let places: Vec<usize> =
        std::iter::once(0).chain((1..tokens.len()).filter(|place| begins(*place))).collect();
    (places.len() > 1).then(|| runs(tokens, &places, 0))
}
