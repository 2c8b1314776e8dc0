mod groups;
mod properties;
mod threshold;

use std::collections::HashSet;

use uuid::Uuid;

use super::*;
use crate::fault::FaultKind;
use crate::feeder::{Asked, Computed, NotComputable, Outcome, Proration, SettingsFacts, Within};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn asked(to: &str, on: &str) -> Asked {
    Asked { period: Span { from: day("2025-01-01"), to: day(to) }, on: day(on) }
}

fn year() -> Asked {
    asked("2025-12-31", "2026-01-31")
}

fn course(hours: &str, concluded: &str) -> Course {
    let hours = Figure::parse(hours).unwrap();
    Course { title: None, hours, certified: true, concluded: Some(day(concluded)), syllabus: false }
}

/// In service all of 2025, with one course of so many hours.
fn person(number: u32, hours: &str) -> TrainingEntry {
    TrainingEntry {
        key: ExternalId::parse(&format!("2025-{number}")).unwrap(),
        person: PersonKey::parse(&format!("D-{number}")).unwrap(),
        year: Year::parse(2025).unwrap(),
        unit: None,
        role: TrainingRole::General,
        service_from: day("2025-01-01"),
        service_to: None,
        absences: Vec::new(),
        courses: vec![course(hours, "2025-06-30")],
    }
}

fn settled(proration: Proration) -> SettingsFacts {
    SettingsFacts { proration, ..SettingsFacts::default() }
}

fn all(entries: &[TrainingEntry], asked: Asked) -> Vec<Computed> {
    figures(entries, Within::Comune, asked, &SettingsFacts::default())
}

fn outcomes(entries: &[TrainingEntry], asked: Asked) -> Vec<Outcome> {
    all(entries, asked).into_iter().map(|computed| computed.outcome).collect()
}

fn ratio(numerator: &str, denominator: i64) -> Outcome {
    Outcome::ratio(numerator.parse().unwrap(), denominator.into())
}

fn over(entries: &[TrainingEntry], proration: Proration) -> Outcome {
    figures(entries, Within::Comune, year(), &settled(proration))[0].outcome
}

/// Six persons: 40, 40.5, 39.5, 52 and 12 hours, and none.
fn six() -> Vec<TrainingEntry> {
    let mut six: Vec<_> =
        (1..).zip(["40", "40.5", "39.5", "52", "12", "1"]).map(|(n, h)| person(n, h)).collect();
    six[5].courses.clear();
    six
}

const UNTOLD: Outcome = Outcome::NotComputable(NotComputable::TooFew);

#[test]
fn both_readings_are_told_and_who_did_nothing_counts_among_all() {
    // Over 40: 40, 40.5, 52 of six. Hours: 40 + 40.5 + 39.5 + 52 + 12 = 184 of six, 30.67. Trained: five of six.
    let told = all(&six(), year());
    let outcomes: Vec<Outcome> = told.iter().map(|computed| computed.outcome).collect();
    assert_eq!(outcomes, [ratio("3", 6), ratio("184", 6), ratio("5", 6)]);
    let values: Vec<String> = told.iter().map(|computed| computed.value().unwrap().to_string()).collect();
    assert_eq!(values, ["50", "30.67", "83.33"]);
    let indicators: Vec<&str> = told.iter().map(|computed| computed.indicator).collect();
    assert_eq!(indicators, ["T7.over_threshold", "T7.hours", "T7.trained"]);
    assert!(told.iter().all(|computed| computed.counted == 6 && computed.left_out.is_empty()));
}

#[test]
fn who_left_before_the_end_counts_neither_above_nor_below() {
    let mut entries = six();
    entries[3].service_to = Some(day("2025-12-30"));
    assert_eq!(outcomes(&entries, year()), [ratio("2", 5), ratio("132", 5), ratio("4", 5)]);
    // Seen from a day before, the person was still there.
    assert_eq!(outcomes(&entries, asked("2025-12-31", "2025-09-30"))[1], ratio("184", 6));
    let told = &all(&entries, year())[1];
    assert_eq!((told.left_out[0].why, told.left_out[0].count), ("few", 0));
}

#[test]
fn hours_without_a_certificate_or_concluded_later_do_not_count() {
    let mut entries = six();
    entries[3].courses[0].certified = false;
    entries[1].courses[0].concluded = Some(day("2025-11-01"));
    assert_eq!(outcomes(&entries, year()), [ratio("2", 6), ratio("132", 6), ratio("4", 6)]);
    assert_eq!(outcomes(&entries, asked("2025-06-30", "2026-01-31"))[1], ratio("91.5", 6));
    for entry in &mut entries {
        entry.courses = vec![Course { certified: false, ..course("50", "2025-05-05") }];
    }
    let told = &all(&entries, year())[2];
    assert_eq!(told.outcome, ratio("0", 6));
    assert_eq!((told.left_out[0].why, told.left_out[0].count), ("without_certificate", 6));
}

#[test]
fn who_changed_structure_is_one_person_with_the_hours_of_both() {
    let mut entries = six();
    let (first, second) = (UnitId(Uuid::from_u128(1)), UnitId(Uuid::from_u128(2)));
    for entry in &mut entries {
        entry.unit = Some(second);
    }
    entries[4].unit = Some(first);
    entries[4].service_to = Some(day("2025-08-31"));
    let mut after = person(5, "28");
    after.key = ExternalId::parse("2025-5-b").unwrap();
    (after.unit, after.service_from) = (Some(second), day("2025-09-01"));
    after.courses[0].concluded = Some(day("2025-10-10"));
    entries.push(after);
    // 12 + 28 = 40 in twelve months.
    assert_eq!(outcomes(&entries, year())[..2], [ratio("4", 6), ratio("212", 6)]);
    // In the second structure: 28 hours in four months, of which 13.33 are asked.
    let units = HashSet::from([second]);
    let told = figures(&entries, Within::Units(&units), year(), &SettingsFacts::default());
    assert_eq!((told[0].outcome, told[1].outcome), (ratio("4", 6), ratio("200", 6)));
}

#[test]
fn nothing_is_told_of_fewer_than_five_neither_outright_nor_by_subtraction() {
    assert_eq!(outcomes(&six()[..4], year()), [UNTOLD; 3]);
    let told = all(&six()[..4], year());
    assert!(told.iter().all(|computed| computed.counted == 0 && computed.left_out.is_empty()));
    assert_eq!(on_syllabus(&six()[..4], Within::Comune, year()).outcome, UNTOLD);

    let unit = UnitId(Uuid::from_u128(1));
    let mut entries: Vec<_> = (1..=9).map(|number| person(number, "40")).collect();
    for entry in &mut entries[..5] {
        entry.unit = Some(unit);
    }
    let units = HashSet::from([unit]);
    let within = |entries: &[TrainingEntry]| {
        figures(entries, Within::Units(&units), year(), &SettingsFacts::default())[1].outcome
    };
    // Four elsewhere: the hours of all less those of the five would be theirs.
    assert_eq!(within(&entries), UNTOLD);
    entries.push(person(10, "40"));
    assert_eq!(within(&entries), ratio("200", 5));
    assert_eq!(within(&entries[..5]), ratio("200", 5));
}

#[test]
fn an_empty_register_is_not_an_untrained_staff() {
    let none = Outcome::NotComputable(NotComputable::NoFacts);
    assert_eq!(outcomes(&[], year()), [none; 3]);
    assert_eq!(outcomes(&six(), asked("2025-12-31", "2024-12-31")), [none; 3]);
    let next = Span { from: day("2026-01-01"), to: day("2026-12-31") };
    assert_eq!(outcomes(&six(), Asked { period: next, on: day("2026-12-31") }), [none; 3]);
}

#[test]
fn the_share_on_the_national_platform_is_told_beside() {
    let mut entries = six();
    entries[0].courses[0].syllabus = true;
    entries[1].courses[0].syllabus = true;
    entries[1].courses[0].certified = false;
    assert_eq!(on_syllabus(&entries, Within::Comune, year()).outcome, ratio("1", 6));
}

#[test]
fn what_contradicts_itself_is_told_by_its_place() {
    assert!(six().iter().all(|entry| entry.faults().is_empty()));
    let mut wrong = person(1, "0");
    wrong.key = ExternalId::parse("RSSMRA80A01H501U").unwrap();
    wrong.service_from = day("2025-03-01");
    wrong.service_to = Some(day("2026-01-01"));
    wrong.absences = vec![
        Span { from: day("2025-02-01"), to: day("2025-04-01") },
        Span { from: day("2025-04-01"), to: day("2025-03-31") },
        Span { from: day("2025-04-01"), to: day("2026-02-01") },
    ];
    wrong.courses[0].concluded = Some(day("2024-12-31"));
    let mut open = course("1001", "2025-01-01");
    open.concluded = None;
    open.title = Some(Line::parse("Corso di qualcuno@example.it").unwrap());
    wrong.courses.push(open);
    let told: Vec<(String, FaultKind)> =
        wrong.faults().into_iter().map(|fault| (fault.pointer, fault.kind)).collect();
    let expected = [
        ("/key", FaultKind::Malformed),
        ("/service_to", FaultKind::Inconsistent),
        ("/absences/0/from", FaultKind::Inconsistent),
        ("/absences/1/to", FaultKind::Inconsistent),
        ("/absences/2/to", FaultKind::Inconsistent),
        ("/courses/0/hours", FaultKind::OutOfBounds),
        ("/courses/0/concluded", FaultKind::Inconsistent),
        ("/courses/1/title", FaultKind::Malformed),
        ("/courses/1/hours", FaultKind::OutOfBounds),
        ("/courses/1/concluded", FaultKind::Inconsistent),
    ];
    assert_eq!(told, expected.map(|(pointer, kind)| (pointer.to_owned(), kind)));
    let mut backwards = person(1, "1");
    (backwards.service_from, backwards.service_to) = (day("2024-12-31"), Some(day("2024-12-30")));
    let places: Vec<String> = backwards.faults().into_iter().map(|fault| fault.pointer).collect();
    assert_eq!(places, ["/service_from", "/service_to"]);
}

#[test]
fn it_is_read_as_it_is_written_and_never_with_a_name() {
    let entry = person(1, "12.5");
    let written = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<TrainingEntry>(&written).unwrap(), entry);
    assert!(serde_json::from_str::<TrainingEntry>(&written.replace("\"D-1\"", "\"nome.cognome\"")).is_err());
    assert_eq!(entry.matters(), (day("2025-01-01"), Some(day("2025-12-31"))));
}
