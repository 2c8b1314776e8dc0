//! The marks a text is made of: numerals, words, signs. Spelling differences that mean nothing are gone, places are kept.

use unicode_normalization::UnicodeNormalization as _;

use super::look_alikes::latin;
use crate::said::Words;

/// What a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits, with the points, commas and slashes between them: `9.500`, `31/12/2024`.
    Numeral,
    /// Letters, small and without accents.
    Word,
    /// One sign; `<=` is one.
    Sign,
}

/// One mark of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// As it is compared.
    pub(super) text: String,
    /// Where it begins and ends, counted in characters of the original.
    from: usize,
    to: usize,
    /// Whether white space, or nothing, stands before it.
    pub(super) spaced: bool,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
}

impl Token {
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign && self.text.starts_with(sign)
    }

    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn is_numeral(&self) -> bool {
        self.kind == Kind::Numeral
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        self.kind == Kind::Word && words.contains(&self.text.as_str())
    }
}

/// A text and its marks.
pub(super) struct Passage {
    original: Vec<char>,
    /// In their order.
    pub(super) tokens: Vec<Token>,
}

impl Passage {
    pub(super) fn of(text: &str) -> Self {
        let original: Vec<char> = text.chars().collect();
        let tokens = marks(&latin(text));
        Self { original, tokens }
    }

    /// The original words a run of marks came from.
    pub(super) fn words_of(&self, tokens: &[Token]) -> Option<Words> {
        let (first, last) = (tokens.first()?, tokens.last()?);
        let run: String = self.original.get(first.from..last.to)?.iter().collect();
        Words::parse(&run).ok()
    }
}

/// The character as it is compared: small, without accent, one of the many dashes and quotes.
fn plain(c: char) -> char {
    match c {
        '‐'..='―' | '−' => '-',
        '’' | '‘' | '`' | '´' => '\'',
        '⩽' | '≦' => '≤',
        '⩾' | '≧' => '≥',
        'º' | '˚' => '°',
        '²' => '2',
        '³' => '3',
        '⁄' => '/',
        _ => {
            let bare = std::iter::once(c).nfd().next().unwrap_or(c);
            bare.to_lowercase().next().unwrap_or(bare)
        }
    }
}

/// The characters as they are compared, with the tags of bold and italic type blotted out.
fn compared(text: &str) -> Vec<char> {
    let mut bare = text.to_owned();
    for tag in ["<i>", "</i>", "<b>", "</b>"] {
        bare = bare.replace(tag, &" ".repeat(tag.len()));
    }
    bare.chars().map(plain).collect()
}

/// How many of the first characters belong to the mark they begin, and what it is.
fn measure(rest: &[char]) -> Option<(Kind, usize)> {
    let first = *rest.first()?;
    if first.is_ascii_digit() {
        return Some((Kind::Numeral, numeral_length(rest)));
    }
    if first.is_alphabetic() {
        let letters = rest.iter().take_while(|c| c.is_alphabetic()).count();
        let squared = first == 'm'
            && letters == 1
            && rest.get(1).is_some_and(|c| matches!(c, '2' | '3'))
            && !rest.get(2).is_some_and(|c| c.is_alphanumeric());
        return Some((Kind::Word, if squared { 2 } else { letters }));
    }
    let pair = matches!(
        (first, rest.get(1)),
        ('<' | '>', Some('=')) | ('=', Some('<' | '>')) | ('+', Some('-' | '/')) | ('-', Some('/'))
    );
    Some((Kind::Sign, if pair { 2 } else { 1 }))
}

/// Digits, and single points, commas and slashes (also doubled by a slip) with a digit after them.
fn numeral_length(rest: &[char]) -> usize {
    let mut length: usize = 0;
    let mut left = rest;
    loop {
        let digits = left.iter().take_while(|c| c.is_ascii_digit()).count();
        length = length.saturating_add(digits);
        let after = left.get(digits..).unwrap_or_default();
        let joint = match after {
            ['.' | ',' | '/', digit, ..] if digit.is_ascii_digit() => 1,
            ['/', '/', digit, ..] if digit.is_ascii_digit() => 2,
            _ => return length,
        };
        length = length.saturating_add(joint);
        left = after.get(joint..).unwrap_or_default();
    }
}

/// The marks of a text.
fn marks(text: &str) -> Vec<Token> {
    let shown: Vec<char> = text.chars().collect();
    let all = compared(text);
    let mut tokens = Vec::new();
    let (mut at, mut spaced): (usize, bool) = (0, true);
    while let Some(rest) = all.get(at..).filter(|rest| !rest.is_empty()) {
        let blank = rest.first().is_some_and(|c| c.is_whitespace() || *c == '\'');
        let Some((kind, length)) = measure(rest).filter(|_| !blank) else {
            spaced = true;
            at = at.saturating_add(1);
            continue;
        };
        let to = at.saturating_add(length);
        let run: String = rest.iter().take(length).collect();
        let text = match run.as_str() {
            "<=" | "=<" => "≤".to_owned(),
            ">=" | "=>" => "≥".to_owned(),
            _ => run.replace("//", "/"),
        };
        let capital = shown.get(at).is_some_and(|c| c.is_uppercase());
        tokens.push(Token { kind, text, from: at, to, spaced, capital });
        spaced = false;
        at = to;
    }
    tokens
}

/// The marks after a word that is one of these.
pub(super) fn after_word<'a>(tokens: &'a [Token], words: &[&str]) -> Option<&'a [Token]> {
    tokens.split_first().filter(|(first, _)| first.is_any(words)).map(|(_, rest)| rest)
}

/// The marks after a sign.
pub(super) fn after_sign(tokens: &[Token], sign: char) -> Option<&[Token]> {
    tokens.split_first().filter(|(first, _)| first.is_sign(sign)).map(|(_, rest)| rest)
}

/// The marks after a phrase, its words separated by blanks.
pub(super) fn after_phrase<'a>(tokens: &'a [Token], phrase: &str) -> Option<&'a [Token]> {
    phrase.split(' ').try_fold(tokens, |rest, word| after_word(rest, &[word]))
}

/// A numeral and the marks after it.
pub(super) fn numeral(tokens: &[Token]) -> Option<(&str, &[Token])> {
    tokens
        .split_first()
        .filter(|(first, _)| first.is_numeral())
        .map(|(first, rest)| (first.text.as_str(), rest))
}

/// The marks without the signs of punctuation around them that carry no meaning.
pub(super) fn trimmed(mut tokens: &[Token]) -> &[Token] {
    let idle =
        |token: &Token| [';', ',', ':', '.', '•', '·', '"', '“', '”', '_'].iter().any(|s| token.is_sign(*s));
    while let Some((_, rest)) = tokens.split_first().filter(|(first, _)| idle(first)) {
        tokens = rest;
    }
    while let Some((_, rest)) = tokens.split_last().filter(|(last, _)| idle(last)) {
        tokens = rest;
    }
    match tokens {
        [open, inside @ .., close]
            if open.is_sign('(') && close.is_sign(')') && !inside.iter().any(|t| t.is_sign('(')) =>
        {
            inside
        }
        _ => tokens,
    }
}

/// How many words there are.
pub(super) fn count_words(tokens: &[Token]) -> usize {
    tokens.iter().filter(|token| token.is_word()).count()
}

/// Whether one of these words is among them.
pub(super) fn mentions(tokens: &[Token], words: &[&str]) -> bool {
    tokens.iter().any(|token| token.is_any(words))
}
