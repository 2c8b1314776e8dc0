//! Cells of real plans and what is read in them.

mod deadline_cells;
mod properties;
mod target_cells;
mod weight_cells;

use super::*;
use crate::deadline::Deadline;
use crate::figure::Figure;
use crate::measure::{Comparison, Measure};
use crate::target::Target;
use crate::vocabulary::Vocabulary as _;

fn words(text: &str) -> Words {
    Words::parse(text).unwrap()
}

fn codes(remarks: &[Remark]) -> String {
    let codes: Vec<&str> = remarks.iter().map(|remark| remark.code.word()).collect();
    codes.join(" ")
}

fn unit(measure: Option<Measure>) -> String {
    measure.map(|measure| format!(" {}", measure.word())).unwrap_or_default()
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => ">=",
        Comparison::AtMost => "<=",
        Comparison::MoreThan => ">",
        Comparison::LessThan => "<",
        Comparison::Exactly => "=",
    }
}

/// A target in one line, as the tables of these tests spell it.
fn shown(target: &Target) -> String {
    match target {
        Target::Bound { comparison, figure, out_of, measure } => {
            let scale = out_of.map(|scale| format!("/{scale}")).unwrap_or_default();
            format!("{} {figure}{scale}{}", sign(*comparison), unit(*measure))
        }
        Target::Range { low, low_included, high, high_included, measure } => {
            let (open, close) =
                (if *low_included { '[' } else { ']' }, if *high_included { ']' } else { '[' });
            format!("{open}{low} {high}{close}{}", unit(*measure))
        }
        Target::Fraction { comparison, numerator, denominator } => {
            format!("{} {numerator} of {denominator}", sign(*comparison))
        }
        Target::Change { comparison, figure, measure } => {
            format!("change {} {figure}{}", sign(*comparison), unit(*measure))
        }
        Target::Done => "done".to_owned(),
        Target::By { deadline } => format!("by {}", day(deadline)),
        Target::Parts { parts } => {
            let parts: Vec<String> = parts.iter().map(|part| shown(&part.value)).collect();
            parts.join(" | ")
        }
        Target::Text => "text".to_owned(),
    }
}

/// A deadline in one line.
fn day(deadline: &Deadline) -> String {
    match deadline {
        Deadline::Date { day } => day.to_string(),
        Deadline::Month { month, year } => match year {
            Some(year) => format!("{year}-{month:02}"),
            None => format!("month {month}"),
        },
        Deadline::Span { from, to } => format!("{from}..{to}"),
        Deadline::LegalTerm => "legal".to_owned(),
        Deadline::Event { days } => match days {
            Some(days) => format!("event {days:+}"),
            None => "event".to_owned(),
        },
        Deadline::Relative { days, after_part } => format!("part {after_part} {days:+}"),
        Deadline::Recurring { every, days } => {
            let days = days.iter().map(ToString::to_string);
            std::iter::once(every.word().to_owned()).chain(days).collect::<Vec<_>>().join(" ")
        }
        Deadline::Continuous => "continuous".to_owned(),
        Deadline::Impossible { day, month, year, suggested } => {
            let suggested = suggested.map(|day| format!(", perhaps {day}")).unwrap_or_default();
            format!("no {day}/{month}/{year}{suggested}")
        }
        Deadline::Parts { parts } => {
            let parts: Vec<String> = parts.iter().map(|part| self::day(&part.value)).collect();
            parts.join(" | ")
        }
        Deadline::Text => "text".to_owned(),
    }
}

/// A row of a table of cells: the words, what is read, how surely, and the codes of the remarks.
type Row = (&'static str, &'static str, &'static str, &'static str);

/// Compares a table with what is read, and tells all that differs at once.
fn compare(rows: &[Row], read: impl Fn(&Words) -> (String, Confidence, String)) {
    let mut wrong = Vec::new();
    for (text, value, confidence, remarks) in rows {
        let found = read(&words(text));
        let expected = ((*value).to_owned(), Confidence::from_word(confidence), (*remarks).to_owned());
        if (found.0.clone(), Some(found.1), found.2.clone()) != expected {
            wrong.push(format!("(\"{text}\", \"{}\", \"{}\", \"{}\"),", found.0, found.1.word(), found.2));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_reading_travels_with_its_words_and_its_codes() {
    let json = serde_json::to_value(deadline(&words("31.06.2024"), Some(2024))).unwrap();
    let expected = serde_json::json!({
        "words": "31.06.2024",
        "value": {"type": "impossible", "written_day": 31, "written_month": 6, "written_year": 2024, "suggested": "2024-06-30"},
        "confidence": "certain",
        "remarks": [{"code": "E01", "detail": "La data 31/06/2024 non esiste.", "suggestion": "30/06/2024"}],
    });
    assert_eq!(json, expected);
}

#[test]
fn a_scanned_letter_of_another_alphabet_is_read_and_remarked() {
    let read = deadline(&words("Nоvеmbrе"), Some(2024));
    assert_eq!((day(&read.value).as_str(), codes(&read.remarks).as_str()), ("month 11", "E03 E22"));
    assert_eq!(read.words.as_str(), "Nоvеmbrе");
    assert_eq!(read.remarks.last().unwrap().suggestion.as_deref(), Some("Novembre"));
}

#[test]
fn a_year_outside_the_plan_is_remarked_only_where_the_plan_is_known() {
    let read = deadline(&words("31.01.2043"), Some(2024));
    assert_eq!(codes(&read.remarks), "E02");
    assert_eq!(read.remarks.first().unwrap().suggestion.as_deref(), Some("31/01/2024"));
    assert_eq!(codes(&deadline(&words("31.01.2043"), None).remarks), "");
}

#[test]
fn parts_keep_their_own_words() {
    let read = target(&words("1) N. 1 2) almeno 3,5 su 5 3) sì/no"), None);
    let Target::Parts { parts } = read.value else { panic!("no parts") };
    let said: Vec<&str> = parts.iter().map(|part| part.words.as_ref().unwrap().as_str()).collect();
    assert_eq!(said, ["N. 1", "almeno 3,5 su 5", "sì/no"]);
}

#[test]
fn without_a_plan_year_a_day_without_a_year_is_no_date() {
    assert_eq!(day(&deadline(&words("entro il 31 dicembre"), None).value), "month 12");
    assert_eq!(day(&deadline(&words("entro il 15 novembre"), None).value), "text");
    assert_eq!(day(&deadline(&words("28/02"), None).value), "text");
}

#[test]
fn figures_are_exact() {
    let Target::Bound { figure, .. } = target(&words("€ 15.000,05"), None).value else {
        panic!("no bound")
    };
    assert_eq!(figure, Figure::parse("15000.05").unwrap());
}
