//! Deadlines in words: terms of law, events, other parts, recurrences, without end.

use chrono::NaiveDate;

use crate::deadline::{Deadline, Recurrence};
use crate::reading::dates::{day_at, year};
use crate::reading::numbers::count;
use crate::reading::words::{Token, after_phrase, after_sign, after_word, count_words, mentions, numeral};
use crate::reading::{Confidence, Understood};

const DAYS: [&str; 4] = ["gg", "g", "giorni", "giorno"];
const TERMS: [&str; 7] = ["termini", "termine", "scadenze", "scadenza", "tempistiche", "tempi", "data"];

type Read = Option<Understood<Deadline>>;

/// Whether no numeral stands among the marks, except years.
fn only_years(tokens: &[Token]) -> bool {
    tokens.iter().filter(|token| token.is_numeral()).all(|token| year(&token.text).is_some())
}

/// The first form that reads the marks.
pub(super) fn read_terms(tokens: &[Token], plan_year: Option<i32>) -> Read {
    relative(tokens)
        .or_else(|| days_from_event(tokens))
        .or_else(|| ordinal_day(tokens))
        .or_else(|| recurring(tokens, plan_year))
        .or_else(|| continuous(tokens))
        .or_else(|| legal(tokens))
        .or_else(|| event(tokens))
}

/// A count of days, and the marks after it.
fn days(tokens: &[Token]) -> Option<(i32, &[Token])> {
    let (text, rest) = numeral(tokens)?;
    let days = text.parse().ok().filter(|days| (1..=3660).contains(days))?;
    let rest = after_word(rest, &DAYS)?;
    let rest = after_sign(rest, '.').unwrap_or(rest);
    Some((days, after_word(rest, &["lavorativi", "naturali", "consecutivi", "solari"]).unwrap_or(rest)))
}

/// The number of another part, and the marks after it.
fn other_part(tokens: &[Token]) -> Option<(u8, &[Token])> {
    let (text, rest) = numeral(after_word(tokens, &["punto", "fase", "parte", "attivita"])?)?;
    Some((count(text).filter(|number| *number > 0)?, rest))
}

/// `punto 1 + 60gg`, `60 giorni dal punto 1`.
fn relative(tokens: &[Token]) -> Read {
    let added = || {
        let (after_part, rest) = other_part(tokens)?;
        let (days, rest) = days(after_sign(rest, '+')?)?;
        Some((days, after_part, rest))
    };
    let counted = || {
        let (days, rest) = days(after_word(tokens, &["entro"]).unwrap_or(tokens))?;
        let (after_part, rest) = other_part(after_word(rest, &["dal", "dalla", "dopo", "dall"])?)?;
        Some((days, after_part, rest))
    };
    let (days, after_part, rest) = added().or_else(counted)?;
    if rest.is_empty() {
        Some(Understood::new(Deadline::Relative { days, after_part }, Confidence::Certain))
    } else {
        None
    }
}

/// Whether marks say "after" (`Some(true)`) or "before" an event, the event following.
pub(in crate::reading) fn towards(tokens: &[Token]) -> Option<bool> {
    let after = ["da", "dal", "dalla", "dall", "dallo", "dai", "dalle", "dopo", "successivi", "successivo"];
    let before = ["antecedenti", "antecedente", "precedenti", "precedente", "prima"];
    let (first, rest) = tokens.split_first()?;
    if rest.is_empty() {
        return None;
    }
    if first.is_any(&after) { Some(true) } else { first.is_any(&before).then_some(false) }
}

/// `30 giorni dalla richiesta`, `30 gg antecedenti l'approvazione`.
fn days_from_event(tokens: &[Token]) -> Read {
    let mut rest = tokens;
    while let Some(next) = after_word(rest, &["entro", "e", "non", "oltre", "i", "almeno"]) {
        rest = next;
    }
    let (days, rest) = days(rest)?;
    let days = if towards(rest)? { days } else { days.checked_neg()? };
    let sure = only_years(rest) && count_words(rest) <= 8;
    Some(Understood::new(
        Deadline::Event { days: Some(days) },
        if sure { Confidence::Certain } else { Confidence::Likely },
    ))
}

/// `entro il sessantesimo giorno antecedente alla scadenza del mandato`.
fn ordinal_day(tokens: &[Token]) -> Read {
    const ORDINALS: [(&str, i32); 10] = [
        ("quinto", 5),
        ("decimo", 10),
        ("quindicesimo", 15),
        ("ventesimo", 20),
        ("trentesimo", 30),
        ("quarantacinquesimo", 45),
        ("sessantesimo", 60),
        ("novantesimo", 90),
        ("centoventesimo", 120),
        ("centottantesimo", 180),
    ];
    let rest = after_phrase(tokens, "entro il").or_else(|| after_word(tokens, &["il"])).unwrap_or(tokens);
    let (first, rest) = rest.split_first()?;
    let (_, days) = *ORDINALS.iter().find(|(word, _)| first.is_any(&[*word]))?;
    let rest = after_word(rest, &["giorno"])?;
    let days = if towards(rest)? { days } else { days.checked_neg()? };
    Some(Understood::new(Deadline::Event { days: Some(days) }, Confidence::Likely))
}

/// How often a word says.
pub(in crate::reading) fn recurrence(token: &Token) -> Option<Recurrence> {
    const STEMS: [(&str, Recurrence); 10] = [
        ("giornalier", Recurrence::Daily),
        ("quotidian", Recurrence::Daily),
        ("settimanal", Recurrence::Weekly),
        ("quindicinal", Recurrence::Fortnightly),
        ("mensil", Recurrence::Monthly),
        ("bimestral", Recurrence::Bimonthly),
        ("trimestral", Recurrence::Quarterly),
        ("quadrimestral", Recurrence::FourMonthly),
        ("semestral", Recurrence::HalfYearly),
        ("annual", Recurrence::Yearly),
    ];
    let endings = ["o", "a", "i", "e", "mente", "amente"];
    STEMS.iter().filter(|_| token.is_word()).find_map(|(stem, every)| {
        token.text.strip_prefix(stem).filter(|ending| endings.contains(ending)).map(|_| *every)
    })
}

/// How often `ogni ...` says.
fn every(tokens: &[Token]) -> Option<(Recurrence, &[Token])> {
    const NOUNS: [(&str, Recurrence); 8] = [
        ("giorno", Recurrence::Daily),
        ("settimana", Recurrence::Weekly),
        ("mese", Recurrence::Monthly),
        ("bimestre", Recurrence::Bimonthly),
        ("trimestre", Recurrence::Quarterly),
        ("quadrimestre", Recurrence::FourMonthly),
        ("semestre", Recurrence::HalfYearly),
        ("anno", Recurrence::Yearly),
    ];
    let (noun, rest) = after_word(tokens, &["ogni"])?.split_first()?;
    NOUNS.iter().find(|(word, _)| noun.is_any(&[*word])).map(|(_, every)| (*every, rest))
}

/// The days of a list, when it holds nothing else and all of them exist.
fn listed_days(mut tokens: &[Token], plan_year: Option<i32>) -> Option<Vec<NaiveDate>> {
    let mut days = Vec::new();
    while let Some((first, rest)) = tokens.split_first() {
        if let Some((day, rest)) = day_at(tokens) {
            let Deadline::Date { day } = day.deadline(plan_year)? else { return None };
            days.push(day);
            tokens = rest;
        } else if first.is_any(&["e", "ed", "il", "al", "entro", "gli"])
            || [',', ';', '-', ')', '(', ':', '/'].iter().any(|s| first.is_sign(*s))
        {
            tokens = rest;
        } else {
            return None;
        }
    }
    Some(days)
}

/// `trimestrale`, `con cadenza mensile`, `semestrale 30/06 31/12`, `Controllo semestrale`.
fn recurring(tokens: &[Token], plan_year: Option<i32>) -> Read {
    let start =
        after_phrase(tokens, "con cadenza").or_else(|| after_word(tokens, &["cadenza"])).unwrap_or(tokens);
    let head = start.split_first().and_then(|(first, rest)| Some((recurrence(first)?, rest)));
    if let Some((every, rest)) = head.or_else(|| every(start)) {
        if rest.is_empty() {
            return Some(Understood::new(
                Deadline::Recurring { every, days: Vec::new() },
                Confidence::Certain,
            ));
        }
        if let Some(days) = listed_days(rest, plan_year) {
            return Some(Understood::new(Deadline::Recurring { every, days }, Confidence::Certain));
        }
        let prose = !rest.iter().any(Token::is_numeral) && count_words(rest) <= 12;
        return if prose {
            Some(Understood::new(Deadline::Recurring { every, days: Vec::new() }, Confidence::Likely))
        } else {
            None
        };
    }
    let every = recurrence(tokens.last()?)?;
    let doing = [
        "controllo",
        "report",
        "monitoraggio",
        "verifica",
        "verifiche",
        "rendicontazione",
        "aggiornamento",
        "pubblicazione",
    ];
    let short = tokens.len() <= 4 && tokens.iter().all(Token::is_word) && tokens.first()?.is_any(&doing);
    if short {
        Some(Understood::new(Deadline::Recurring { every, days: Vec::new() }, Confidence::Likely))
    } else {
        None
    }
}

/// `Continuo`, `Costantemente nell'anno`, `Per tutta la validità del Piano`.
fn continuous(tokens: &[Token]) -> Read {
    const WORDS: [&str; 8] = [
        "continuo",
        "continua",
        "continuativo",
        "continuativa",
        "continuativamente",
        "costante",
        "costantemente",
        "sempre",
    ];
    if tokens.iter().any(Token::is_numeral) {
        return None;
    }
    let phrases = ["tutta la validita", "tutta la durata", "tutto l anno", "intero anno"];
    let all_along = || {
        (0..tokens.len()).any(|at| {
            phrases.iter().any(|phrase| tokens.get(at..).and_then(|t| after_phrase(t, phrase)).is_some())
        })
    };
    let rest = after_word(tokens, &["in"]).unwrap_or(tokens);
    if let Some(rest) = after_word(rest, &WORDS).filter(|rest| rest.iter().all(Token::is_word)) {
        let confidence = if rest.is_empty() { Confidence::Certain } else { Confidence::Likely };
        return if rest.len() <= 4 { Some(Understood::new(Deadline::Continuous, confidence)) } else { None };
    }
    if count_words(tokens) <= 9 && all_along() {
        Some(Understood::new(Deadline::Continuous, Confidence::Certain))
    } else {
        None
    }
}

/// `Termini di legge`, `entro termine stabilito dalla normativa`.
fn legal(tokens: &[Token]) -> Read {
    let law = ["legge", "normativa", "normative", "normativi", "norma"];
    let words = count_words(tokens);
    if words > 12
        || tokens.iter().any(Token::is_numeral)
        || !mentions(tokens, &TERMS)
        || !mentions(tokens, &law)
    {
        return None;
    }
    Some(Understood::new(
        Deadline::LegalTerm,
        if words <= 7 { Confidence::Certain } else { Confidence::Likely },
    ))
}

/// `scadenze elettorali`, `entro la data stabilita dal Comunicato ANAC`.
fn event(tokens: &[Token]) -> Read {
    const EVENTS: [&str; 12] = [
        "elettorali",
        "elettorale",
        "elezioni",
        "consultazioni",
        "comunicato",
        "assemblea",
        "richiesta",
        "istanza",
        "udienza",
        "approvazione",
        "assegnazione",
        "aggiudicazione",
    ];
    if !mentions(tokens, &EVENTS) || !only_years(tokens) {
        return None;
    }
    let tied = mentions(tokens, &TERMS) || mentions(tokens, &["entro", "dopo", "prima", "dalla", "dall"]);
    let short = count_words(tokens) <= if tied { 14 } else { 4 };
    if short {
        Some(Understood::new(
            Deadline::Event { days: None },
            if tied { Confidence::Likely } else { Confidence::Guess },
        ))
    } else {
        None
    }
}
