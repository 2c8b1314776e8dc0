//! Numbers as Italians write them: a point between the thousands, a comma before the decimals.

use super::words::{Kind, Token};
use crate::figure::Figure;

/// A number read, and whether it could be another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) figure: Figure,
    /// `1,000` is one for an Italian and a thousand for the program the table came from.
    pub(super) doubtful: bool,
}

fn counted(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whole digits, perhaps in groups of three.
fn whole(text: &str) -> Option<String> {
    let mut groups = text.split('.');
    let first = groups.next().filter(|first| counted(first))?;
    let mut digits = first.to_owned();
    for group in groups {
        let grouped = group.len() == 3 && counted(group) && first.len() <= 3 && !first.starts_with('0');
        if !grouped {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// Reads a number; never a date, a fraction, or a number that has two readings of the same right.
pub(super) fn read(text: &str) -> Option<Numeral> {
    if let Some((front, decimals)) = text.split_once(',') {
        let decimals = Some(decimals).filter(|decimals| counted(decimals))?;
        let doubtful = decimals.len() == 3 && !front.contains('.') && front.len() <= 3 && front != "0";
        let figure = Figure::parse(&format!("{}.{decimals}", whole(front)?)).ok()?;
        return Some(Numeral { figure, doubtful });
    }
    let figure = match whole(text) {
        Some(digits) => Figure::parse(&digits).ok()?,
        None if text.matches('.').count() == 1 => Figure::parse(text).ok()?,
        None => return None,
    };
    Some(Numeral { figure, doubtful: false })
}

/// The number of a mark.
pub(super) fn of(token: &Token) -> Option<Numeral> {
    if token.kind == Kind::Numeral { read(&token.text) } else { None }
}

/// A small whole number without marks between its digits.
pub(super) fn count(text: &str) -> Option<u8> {
    if counted(text) { text.parse().ok() } else { None }
}

/// The whole numbers people write as words.
pub(super) fn spelled(word: &str) -> Option<Figure> {
    const SPELLED: [(&str, i32); 14] = [
        ("zero", 0),
        ("un", 1),
        ("uno", 1),
        ("una", 1),
        ("due", 2),
        ("tre", 3),
        ("quattro", 4),
        ("cinque", 5),
        ("sei", 6),
        ("sette", 7),
        ("otto", 8),
        ("nove", 9),
        ("dieci", 10),
        ("dodici", 12),
    ];
    SPELLED.iter().find(|(spelling, _)| *spelling == word).map(|(_, number)| Figure::whole(*number))
}

/// The same figure less than nothing.
pub(super) fn negative(figure: Figure) -> Option<Figure> {
    Figure::parse(&format!("-{figure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_parts_thousands_and_a_comma_decimals() {
        for (text, figure) in [
            ("9.500", "9500"),
            ("3.5", "3.5"),
            ("3,5", "3.5"),
            ("1.000.000", "1000000"),
            ("1.234,56", "1234.56"),
            ("15.000,00", "15000"),
            ("0.500", "0.5"),
            ("12", "12"),
            ("1,000", "1"),
        ] {
            assert_eq!(read(text).map(|n| n.figure.to_string()).as_deref(), Some(figure), "{text}");
        }
        assert!(read("1,000").unwrap().doubtful && !read("0,125").unwrap().doubtful);
    }

    #[test]
    fn what_is_no_italian_number_is_none() {
        for text in
            ["31.12.2024", "1.4.3", "1,234.56", "1,2,3", "1/3", "1234567890123456", "1234.567.890", ""]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
