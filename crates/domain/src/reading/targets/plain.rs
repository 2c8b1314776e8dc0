//! Targets without a figure of their own: done or not done, none of something.

use crate::figure::Figure;
use crate::measure::{Comparison, Measure};
use crate::reading::words::{Token, after_word};
use crate::reading::{Confidence, Understood};
use crate::target::Target;

type Read = Option<Understood<Target>>;

/// `Raggiunto / non raggiunto`, `sì/no`, `fatto`.
pub(super) fn done(tokens: &[Token]) -> Read {
    const DONE: [&str; 12] = [
        "raggiunto",
        "raggiunta",
        "realizzato",
        "realizzata",
        "fatto",
        "completato",
        "completata",
        "effettuato",
        "effettuata",
        "eseguito",
        "attuato",
        "adottato",
    ];
    let joint = |token: &&Token| !['/', '-', ',', '|'].iter().any(|sign| token.is_sign(*sign));
    let said: Vec<&str> = tokens.iter().filter(joint).map(|token| token.text.as_str()).collect();
    let confidence = match said.as_slice() {
        ["si"] | ["si" | "on", "no" | "off"] => Confidence::Certain,
        [one] if DONE.contains(one) => Confidence::Certain,
        [one, "non", same] if one == same && DONE.contains(one) => Confidence::Certain,
        ["si", "se", ..] if said.len() <= 5 => Confidence::Guess,
        _ => return None,
    };
    Some(Understood::new(Target::Done, confidence))
}

/// `Nessun reclamo`.
pub(super) fn none_at_all(tokens: &[Token]) -> Read {
    let rest = after_word(tokens, &["nessun", "nessuno", "nessuna", "zero"])?;
    if rest.len() > 2 || !rest.iter().all(Token::is_word) {
        return None;
    }
    let (comparison, figure, measure) = (Comparison::Exactly, Figure::ZERO, Some(Measure::Number));
    Some(Understood::new(Target::Bound { comparison, figure, out_of: None, measure }, Confidence::Guess))
}
