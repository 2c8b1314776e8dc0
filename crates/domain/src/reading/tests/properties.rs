//! What holds of every text.

use proptest::prelude::*;

use super::*;
use crate::weight::Weight;

/// Marks the grammar knows, to make texts that come near to meaning something.
const MARKS: [&str; 64] = [
    "entro",
    "il",
    "31/12/2024",
    "31.06.2024",
    "30/06",
    "2024",
    "24",
    "1)",
    "2)",
    "3)",
    "1.",
    "2.",
    "(",
    ")",
    "-",
    "/",
    ";",
    ".",
    ",",
    "%",
    "€",
    "n.",
    "gg",
    "giorni",
    "ore",
    "almeno",
    "non",
    "superiore",
    "a",
    "su",
    "5",
    "3,5",
    "9.500",
    "1/3",
    "<=",
    "≥",
    "x",
    "=",
    "+",
    "punto",
    "1",
    "dicembre",
    "mar",
    "mar-24",
    "31-dic-25",
    "trimestrale",
    "continuo",
    "in",
    "più",
    "aumento",
    "raggiunto",
    "sì",
    "no",
    "tra",
    "e",
    "dal",
    "al",
    "legge",
    "termini",
    "0",
    "o",
    "negativo",
    "999999999999999999",
    "\n",
];

fn marks() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(&MARKS[..]), prop::sample::select(&["", " "][..])), 0..14)
        .prop_map(|marks| marks.into_iter().flat_map(|(mark, gap)| [mark, gap]).collect())
}

fn figures() -> impl Strategy<Value = (String, Figure)> {
    (0_u64..10_000_000, 0_u32..100, any::<bool>()).prop_map(|(whole, cents, grouped)| {
        let digits = whole.to_string();
        let mut shown = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if grouped && place > 0 && digits.len().abs_diff(place).is_multiple_of(3) {
                shown.push('.');
            }
            shown.push(digit);
        }
        if cents > 0 {
            shown = format!("{shown},{cents:02}");
        }
        (shown, Figure::parse(&format!("{whole}.{cents:02}")).unwrap())
    })
}

fn holds(text: &str, plan_year: Option<i32>) -> Result<(), TestCaseError> {
    let _ = (has_look_alikes(text), latin(text));
    prop_assert_eq!(latin(text).chars().count(), text.chars().count());
    let Ok(words) = Words::parse(text) else { return Ok(()) };
    let (aim, time, share) = (target(&words, plan_year), deadline(&words, plan_year), weight(&words, &[]));
    prop_assert_eq!(&aim, &target(&words, plan_year));
    prop_assert_eq!(&time, &deadline(&words, plan_year));
    prop_assert_eq!(&share, &weight(&words, &[]));
    prop_assert!(aim.words == words && time.words == words && share.words == words);
    prop_assert_eq!(aim.value == Target::Text, aim.confidence == Confidence::None);
    prop_assert_eq!(time.value == Deadline::Text, time.confidence == Confidence::None);
    prop_assert_eq!(share.value == Weight::Unclear, share.confidence == Confidence::None);
    if let Target::Parts { parts } = &aim.value {
        let nested = parts.iter().any(|part| matches!(part.value, Target::Parts { .. }));
        prop_assert!(!nested);
    }
    if let Deadline::Parts { parts } = &time.value {
        let nested = parts.iter().any(|part| matches!(part.value, Deadline::Parts { .. }));
        prop_assert!(!nested);
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic_or_change_its_mind_or_the_words(text in any::<String>(), year in any::<Option<i32>>()) {
        holds(&text, year)?;
    }

    #[test]
    fn nor_does_any_run_of_marks_the_grammar_knows(text in marks(), year in prop::option::of(2009_i32..2100)) {
        holds(&text, year)?;
    }

    #[test]
    fn a_figure_written_as_italians_do_is_read_as_itself((shown, figure) in figures(), sign in 0_usize..5) {
        let (spelled, comparison) = [
            ("≤", Comparison::AtMost),
            ("≥", Comparison::AtLeast),
            ("<", Comparison::LessThan),
            (">", Comparison::MoreThan),
            ("=", Comparison::Exactly),
        ][sign];
        let read = target(&words(&format!("{spelled} {shown} %")), None);
        let expected = Target::Bound { comparison, figure, out_of: None, measure: Some(Measure::Percent) };
        prop_assert_eq!((read.value, read.confidence), (expected, Confidence::Certain));
    }

    #[test]
    fn every_day_is_read_in_every_spelling(day in 1_u32..=28, month in 1_u32..=12, year in 2009_i32..2100) {
        let expected = Deadline::Date { day: chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap() };
        for text in [
            format!("{day:02}/{month:02}/{year}"),
            format!("{day}.{month}.{year}"),
            format!("entro il {day}-{month}-{year}"),
            format!("{year}-{month:02}-{day:02}"),
        ] {
            prop_assert_eq!(&deadline(&words(&text), None).value, &expected, "{}", text);
            prop_assert_eq!(&target(&words(&text), None).value, &Target::By { deadline: expected.clone() }, "{}", text);
        }
    }
}
