//! What holds of any entries.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(chrono::Days::new(days)).unwrap()
}

fn any_entry() -> impl Strategy<Value = TrainingEntry> {
    let course = (1_u32..6_000, 0_u64..365, any::<bool>(), any::<bool>()).prop_map(
        |(hundredths, after, certified, syllabus)| {
            let hours = Figure::parse(&format!("{}.{:02}", hundredths / 100, hundredths % 100)).unwrap();
            let concluded = Some(later(day("2025-01-01"), after));
            Course { title: None, hours, certified, concluded, syllabus }
        },
    );
    let service = (0_u64..365, proptest::option::of(0_u64..365));
    let absence = (0_u64..365, 0_u64..100);
    (
        1_u32..12,
        service,
        proptest::collection::vec(absence, 0..3),
        proptest::collection::vec(course, 0..4),
        0_u128..3,
        any::<bool>(),
    )
        .prop_map(|(number, (from, to), absences, courses, unit, police)| {
            let at = |after| later(day("2025-01-01"), after);
            let mut entry = person(number, "1");
            entry.service_from = at(from);
            entry.service_to = to.map(|to| at(to.max(from)));
            entry.absences = absences
                .into_iter()
                .map(|(from, long)| Span { from: at(from), to: later(at(from), long) })
                .collect();
            entry.courses = courses;
            entry.unit = (unit > 0).then(|| UnitId(Uuid::from_u128(unit)));
            entry.role = if police { TrainingRole::LocalPolice } else { TrainingRole::General };
            entry
        })
}

fn any_entries() -> impl Strategy<Value = Vec<TrainingEntry>> {
    proptest::collection::vec(any_entry(), 0..24)
}

proptest! {
    #[test]
    fn the_order_of_entries_and_of_courses_changes_nothing(entries in any_entries(), turn in 0_usize..24) {
        let mut turned = entries.clone();
        turned.rotate_left(turn.min(entries.len()));
        for entry in &mut turned {
            entry.courses.reverse();
            entry.absences.reverse();
        }
        let settings = SettingsFacts::default();
        let units = HashSet::from([UnitId(Uuid::from_u128(1))]);
        for within in [Within::Comune, Within::Units(&units)] {
            prop_assert_eq!(figures(&entries, within, year(), &settings), figures(&turned, within, year(), &settings));
        }
    }

    #[test]
    fn an_entry_told_as_two_on_any_day_of_service_changes_nothing(
        one in any_entry(), others in any_entries(), after in 1_u64..365,
    ) {
        let whole = TrainingEntry { service_from: day("2025-01-01"), service_to: None, ..one };
        let entries: Vec<_> = [whole.clone()].into_iter().chain(others).collect();
        let cut = later(whole.service_from, after);
        prop_assume!(cut <= day("2025-12-31"));
        let (mut before, mut since) = (whole.clone(), whole.clone());
        before.service_to = cut.pred_opt();
        since.service_from = cut;
        since.key = ExternalId::parse("since").unwrap();
        since.courses = before.courses.split_off(before.courses.len() / 2);
        let mut apart = entries.clone();
        apart[0] = before;
        apart.push(since);
        for proration in [Proration::Months, Proration::Days, Proration::Nothing] {
            let settings = settled(proration);
            prop_assert_eq!(
                figures(&entries, Within::Comune, year(), &settings),
                figures(&apart, Within::Comune, year(), &settings)
            );
        }
    }

    #[test]
    fn asking_a_part_never_takes_anybody_below_who_is_over_the_whole(entries in any_entries()) {
        if let (Outcome::Ratio { numerator: whole, denominator: all }, Outcome::Ratio { numerator: months, denominator: by_months }, Outcome::Ratio { numerator: days, denominator: by_days }) = (
            over(&entries, Proration::Nothing), over(&entries, Proration::Months), over(&entries, Proration::Days),
        ) {
            prop_assert_eq!(by_months, by_days);
            let unasked = all.checked_sub(by_months).unwrap();
            prop_assert!(unasked >= Decimal::ZERO);
            // Of whom no part is asked are neither over it nor below. Which of the two parts is the larger is not said: a month
            // away is a twelfth by months, and February is less than that by days.
            for part in [months, days] {
                prop_assert!(whole <= part.checked_add(unasked).unwrap());
            }
        }
    }

    #[test]
    fn no_figure_is_of_fewer_than_five(entries in any_entries(), units in proptest::collection::hash_set(1_u128..3, 0..3)) {
        let units: HashSet<UnitId> = units.into_iter().map(|unit| UnitId(Uuid::from_u128(unit))).collect();
        for within in [Within::Comune, Within::Units(&units)] {
            for computed in figures(&entries, within, year(), &SettingsFacts::default()) {
                if let Outcome::Ratio { denominator, .. } = computed.outcome {
                    prop_assert!(denominator >= 5.into());
                }
                prop_assert!(computed.left_out.iter().all(|left| left.count >= 5 || left.count == 0));
            }
        }
    }
}
