use std::collections::HashSet;

use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;
use crate::fault::FaultKind;
use crate::feeder::{Asked, Computed, NotComputable, Outcome, SettingsFacts, Within};
use crate::figure::Figure;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year() -> Asked {
    Asked { period: Span { from: day("2025-01-01"), to: day("2025-12-31") }, on: day("2026-01-31") }
}

fn answers(counts: &[(i16, u32)]) -> Vec<AnswerCount> {
    counts.iter().map(|(point, count)| AnswerCount { point: *point, count: *count }).collect()
}

/// Concluded in June 2025 with a report.
fn survey(service: &str, scale: (i16, i16), counts: &[(i16, u32)]) -> SurveyEntry {
    SurveyEntry {
        key: ExternalId::parse("r-1").unwrap(),
        service: Line::parse(service).unwrap(),
        unit: None,
        period: Span { from: day("2025-05-01"), to: day("2025-05-31") },
        scale: AnswerScale { from: scale.0, to: scale.1 },
        invited: None,
        answers: answers(counts),
        concluded: Some(day("2025-06-10")),
        report: Some(Line::parse("https://comune.example.it/rapporto").unwrap()),
    }
}

fn library() -> SurveyEntry {
    survey("Biblioteca", (1, 5), &[(1, 2), (2, 3), (3, 5), (4, 20), (5, 10)])
}

fn all(entries: &[SurveyEntry]) -> Vec<Computed> {
    figures(entries, Within::Comune, year(), &SettingsFacts::default())
}

fn outcomes(entries: &[SurveyEntry]) -> Vec<Outcome> {
    all(entries).into_iter().map(|computed| computed.outcome).collect()
}

/// The values of the three figures, which can all be computed.
fn values(entries: &[SurveyEntry]) -> Vec<String> {
    all(entries).iter().map(|computed| computed.value().unwrap().to_string()).collect()
}

#[test]
fn the_mean_is_weighted_by_answers_and_four_is_positive() {
    // 2x1 + 3x2 + 5x3 + 20x4 + 10x5 = 153 of 40 answers: 3.825, told 3.83; positive 30 of 40: 75%.
    let entries = [library()];
    let ratio = |numerator: i64, denominator: i64| Outcome::ratio(numerator.into(), denominator.into());
    assert_eq!(outcomes(&entries), [ratio(153, 40), ratio(30, 40), Outcome::Number(Decimal::ONE)]);
    assert_eq!(values(&entries), ["3.83", "75", "1"]);
    let indicators: Vec<&str> = all(&entries).iter().map(|computed| computed.indicator).collect();
    assert_eq!(indicators, ["T8.mean", "T8.positive", "T8.surveys"]);
}

#[test]
fn scales_are_brought_to_one_to_five_before_they_are_put_together() {
    // 1-10: ten 10s are worth 5 each, twenty 7s 1 + 4x6/9 = 3.6667 each: 50 + 73.3333 = 123.3333 of 30, 4.11; positive the ten.
    let desk = survey("Anagrafe", (1, 10), &[(10, 10), (7, 20)]);
    assert_eq!(values(std::slice::from_ref(&desk)), ["4.11", "33.33", "1"]);
    // With the library: 153 + 123.3333 = 276.3333 of 70, 3.9476; positive 40 of 70.
    assert_eq!(values(&[desk, library()]), ["3.95", "57.14", "2"]);
}

#[test]
fn a_survey_with_too_few_answers_is_left_out_and_counted_and_still_is_a_survey() {
    let small = survey("Museo", (1, 5), &[(5, 29)]);
    let told = all(&[small.clone(), library()]);
    assert_eq!(told[0].outcome, Outcome::ratio(153.into(), 40.into()));
    assert_eq!(
        (told[0].counted, told[0].left_out[0].why, told[0].left_out[0].count),
        (1, "too_few_answers", 1)
    );
    assert_eq!(told[2].outcome, Outcome::Number(2.into()));
    let alone = all(std::slice::from_ref(&small));
    assert_eq!(alone[0].outcome, Outcome::NotComputable(NotComputable::TooFew));
    assert_eq!(alone[1].outcome, Outcome::NotComputable(NotComputable::TooFew));
    let lenient = SettingsFacts { fewest_respondents: 29, ..SettingsFacts::default() };
    let told = figures(&[small], Within::Comune, year(), &lenient);
    assert_eq!(told[0].value(), Some(Figure::whole(5)));
    let codes = |told: &[Computed]| told.iter().map(|one| one.method.code).collect::<Vec<_>>();
    assert_eq!(codes(&told), ["survey_mean_as_settled", "survey_positive_as_settled", "survey_concluded"]);
    assert_eq!(codes(&alone), ["survey_mean", "survey_positive", "survey_concluded"]);
}

#[test]
fn nothing_surveyed_is_not_nothing_positive() {
    let none = Outcome::NotComputable(NotComputable::NoFacts);
    assert_eq!(outcomes(&[]), [none; 3]);
    let mut later = library();
    later.concluded = Some(day("2026-02-15"));
    let told = all(&[later]);
    assert_eq!(told[0].outcome, none);
    // It is under way at the end of the year: none was concluded.
    assert_eq!(told[2].outcome, Outcome::Number(Decimal::ZERO));
    assert_eq!((told[2].left_out[0].why, told[2].left_out[0].count), ("not_concluded", 1));
}

#[test]
fn a_survey_counts_in_the_days_it_was_concluded_in_seen_from_a_day() {
    let second = Span { from: day("2025-04-01"), to: day("2025-06-30") };
    let third = Span { from: day("2025-07-01"), to: day("2025-09-30") };
    let value = |period, on: &str| {
        let asked = Asked { period, on: day(on) };
        figures(&[library()], Within::Comune, asked, &SettingsFacts::default())[2].outcome
    };
    assert_eq!(value(second, "2025-06-10"), Outcome::Number(Decimal::ONE));
    assert_eq!(value(second, "2025-06-09"), Outcome::Number(Decimal::ZERO));
    assert_eq!(value(third, "2025-12-31"), Outcome::NotComputable(NotComputable::NoFacts));
    assert_eq!(value(second, "2025-03-01"), Outcome::NotComputable(NotComputable::NoFacts));
}

#[test]
fn surveys_without_a_report_or_of_the_same_service_and_period_do_not_count_as_more() {
    let mut unreported = survey("Museo", (1, 5), &[(4, 40)]);
    unreported.report = None;
    let mut again = library();
    again.key = ExternalId::parse("r-2").unwrap();
    again.service = Line::parse("BIBLIOTECA").unwrap();
    let told = all(&[library(), again, unreported]);
    assert_eq!(told[2].outcome, Outcome::Number(Decimal::ONE));
    let why: Vec<(&str, u64)> = told[2].left_out.iter().map(|left| (left.why, left.count)).collect();
    assert_eq!(why, [("without_report", 1), ("same_service_and_period", 1)]);
}

#[test]
fn a_structure_has_its_own_surveys() {
    let unit = UnitId(Uuid::from_u128(7));
    let mut owned = survey("Museo", (1, 5), &[(5, 40)]);
    owned.unit = Some(unit);
    let units = HashSet::from([unit]);
    let entries = [owned, library()];
    let told = figures(&entries, Within::Units(&units), year(), &SettingsFacts::default());
    assert_eq!(told[0].value(), Some(Figure::whole(5)));
}

#[test]
fn what_contradicts_itself_is_told_by_its_place() {
    assert!(library().faults().is_empty());
    let mut wrong = survey("Museo", (1, 5), &[(6, 1), (3, 1), (3, 1), (4, SurveyEntry::MOST_ANSWERS + 1)]);
    wrong.period = Span { from: day("2025-07-31"), to: day("2025-07-01") };
    wrong.invited = Some(3);
    wrong.report = Some(Line::parse("nel cassetto").unwrap());
    let told: Vec<(String, FaultKind)> =
        wrong.faults().into_iter().map(|fault| (fault.pointer, fault.kind)).collect();
    let expected = [
        ("/period/to", FaultKind::Inconsistent),
        ("/concluded", FaultKind::Inconsistent),
        ("/answers/0/point", FaultKind::OutOfBounds),
        ("/answers/2/point", FaultKind::Inconsistent),
        ("/answers/3/count", FaultKind::OutOfBounds),
        ("/invited", FaultKind::Inconsistent),
        ("/report", FaultKind::Malformed),
    ];
    assert_eq!(told, expected.map(|(pointer, kind)| (pointer.to_owned(), kind)));
    let mut open = library();
    open.concluded = None;
    open.scale = AnswerScale { from: 5, to: 1 };
    let places: Vec<String> = open.faults().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(places, ["/scale", "/report"]);
}

#[test]
fn it_is_read_as_it_is_written() {
    let written = serde_json::to_string(&library()).unwrap();
    assert_eq!(serde_json::from_str::<SurveyEntry>(&written).unwrap(), library());
}

fn any_survey() -> impl Strategy<Value = SurveyEntry> {
    let scale = (0_i16..=1, 1_i16..=10).prop_map(|(from, steps)| (from, from.saturating_add(steps)));
    (scale, proptest::collection::vec(30_u32..200, 11), any::<bool>(), 0_u32..4).prop_map(
        |(scale, counts, reported, service)| {
            let counts: Vec<(i16, u32)> = (scale.0..=scale.1).zip(counts).collect();
            let mut survey = survey(&format!("Servizio {service}"), scale, &counts);
            survey.report = survey.report.filter(|_| reported);
            survey
        },
    )
}

proptest! {
    #[test]
    fn the_order_of_surveys_changes_nothing(entries in proptest::collection::vec(any_survey(), 0..8), turn in 0_usize..8) {
        let mut turned = entries.clone();
        turned.rotate_left(turn.min(entries.len()));
        turned.reverse();
        prop_assert_eq!(all(&entries), all(&turned));
    }

    #[test]
    fn a_survey_told_as_two_gives_the_same_mean_and_share(
        entries in proptest::collection::vec(any_survey(), 1..5), parts in proptest::collection::vec(15_u32..=30, 11),
    ) {
        let (mut first, mut second) = (entries[0].clone(), entries[0].clone());
        for ((answer, other), part) in first.answers.iter_mut().zip(&mut second.answers).zip(parts) {
            (answer.count, other.count) = (part, answer.count.saturating_sub(part));
        }
        // Both count: at least two points with 15 in the one; the other may be left with too few.
        prop_assume!(second.respondents() >= 30);
        let apart: Vec<SurveyEntry> = [first, second].into_iter().chain(entries[1..].iter().cloned()).collect();
        prop_assert_eq!(&outcomes(&apart)[..2], &outcomes(&entries)[..2]);
    }

    #[test]
    fn a_mean_is_between_the_worst_and_the_best(entries in proptest::collection::vec(any_survey(), 1..8)) {
        let mean = all(&entries)[0].value().unwrap();
        prop_assert!(mean >= Figure::whole(1) && mean <= Figure::whole(5));
    }

    #[test]
    fn nothing_said_makes_figures_or_faults_fail(
        from in any::<i16>(), to in any::<i16>(), counts in proptest::collection::vec((any::<i16>(), any::<u32>()), 0..20),
    ) {
        let survey = survey("Museo", (from, to), &counts);
        let _ = (survey.faults(), all(&[survey]));
    }
}
