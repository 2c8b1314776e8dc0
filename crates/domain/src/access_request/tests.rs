use std::collections::{BTreeMap, HashSet};

use rust_decimal::Decimal;
use uuid::Uuid;

use super::*;
use crate::feeder::{Asked, LeftOut, NoRequests, NotComputable, Outcome, SettingsFacts, Within};
use crate::figure::Figure;
use crate::measurement::Span;
use crate::term::SuspensionReason;

mod faults;
mod properties;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn request(key: &str, kind: AccessKind, received: &str) -> AccessRequest {
    AccessRequest {
        key: ExternalId::parse(key).unwrap(),
        kind,
        object: Line::parse("Spese per manifestazioni 2022-2024").unwrap(),
        received: day(received),
        suspensions: Vec::new(),
        closed: None,
        review: None,
        unit: None,
    }
}

impl AccessRequest {
    fn closed(mut self, on: &str, outcome: AccessOutcome) -> Self {
        self.closed = Some(Closing { on: day(on), outcome });
        self
    }

    fn suspended(mut self, from: &str, until: &str) -> Self {
        let until = Some(until).filter(|until| !until.is_empty()).map(day);
        self.suspensions.push(Suspension { from: day(from), until, reason: SuspensionReason::Opinion });
        self
    }

    fn reviewed(mut self, asked: &str, closed: &str, outcome: AccessReviewOutcome) -> Self {
        let closed = Some(Closing { on: day(closed), outcome });
        self.review = Some(Review { asked: day(asked), suspensions: Vec::new(), closed });
        self
    }
}

/// A year of requests.
///
/// | key | received | suspended | closed | days | |
/// |---|---|---|---|---|---|
/// | A1 | 10/01 | | 09/02 granted | 30 | in term, on its last day |
/// | A2 | 01/02 | 10/02-20/02 | 10/03 granted | 37-10 = 27 | in term |
/// | A3 | 01/03 | | 05/04 refused | 35 | late; reviewed 20/04-10/05, 20 days: in term |
/// | A4 | 01/05, documents | | never | | silence from 01/06 on: overdue |
/// | A5 | 01/06 | | 11/06 withdrawn | | no answer owed |
/// | A6 | 15/12 | | | | due 14/01 after |
/// | A7 | 15/11 before | | 03/01 partly | 15+31+3 = 49 | late |
/// | A8 | 01/08 | 11/08- | | | stands still |
/// | A9 | 01/09 | | 03/09 transferred | | no answer owed |
fn year() -> Vec<AccessRequest> {
    use AccessKind::{Documentary, Generalised, Simple};
    use AccessOutcome::{Granted, Partly, Refused, Transferred, Withdrawn};
    vec![
        request("A1", Simple, "2025-01-10").closed("2025-02-09", Granted),
        request("A2", Generalised, "2025-02-01")
            .suspended("2025-02-10", "2025-02-20")
            .closed("2025-03-10", Granted),
        request("A3", Generalised, "2025-03-01").closed("2025-04-05", Refused).reviewed(
            "2025-04-20",
            "2025-05-10",
            AccessReviewOutcome::Confirmed,
        ),
        request("A4", Documentary, "2025-05-01"),
        request("A5", Generalised, "2025-06-01").closed("2025-06-11", Withdrawn),
        request("A6", Simple, "2025-12-15"),
        request("A7", Simple, "2024-11-15").closed("2025-01-03", Partly),
        request("A8", Generalised, "2025-08-01").suspended("2025-08-11", ""),
        request("A9", Simple, "2025-09-01").closed("2025-09-03", Transferred),
    ]
}

fn asked(from: &str, to: &str, on: &str) -> Asked {
    Asked { period: Span { from: day(from), to: day(to) }, on: day(on) }
}

fn the_year() -> Asked {
    asked("2025-01-01", "2025-12-31", "2026-01-31")
}

fn told(left_out: &[LeftOut]) -> Vec<(&str, u64)> {
    left_out.iter().map(|one| (one.why, one.count)).collect()
}

fn ratio(numerator: i64, denominator: i64) -> Outcome {
    Outcome::Ratio { numerator: Decimal::from(numerator), denominator: Decimal::from(denominator) }
}

#[test]
fn a_year_of_requests_comes_to_two_in_term_of_five_after_thirty_five_days_and_a_quarter() {
    let figures = figures(&year(), Within::Comune, the_year(), &SettingsFacts::default());
    let [in_term, days] = figures.as_slice() else { panic!("two figures") };
    // A1 and A2 of A1, A2, A3, A4, A7.
    assert_eq!((in_term.indicator, in_term.outcome), ("T5.in_term", ratio(2, 5)));
    assert_eq!((in_term.value(), in_term.counted), (Some(Figure::whole(40)), 5));
    assert_eq!(told(&in_term.left_out), [("still_open", 2), ("withdrawn", 1), ("transferred", 1)]);
    // (30 + 27 + 35 + 49) / 4 = 141 / 4.
    assert_eq!((days.indicator, days.outcome), ("T5.days", ratio(141, 4)));
    assert_eq!(days.value(), Some(Figure::parse("35.25").unwrap()));
    assert_eq!(
        told(&days.left_out),
        [("still_open", 2), ("unanswered", 1), ("withdrawn", 1), ("transferred", 1)]
    );
}

#[test]
fn what_happens_later_has_not_happened_yet() {
    // On 31 March: A7 late; A1 and A2 in term; A3 was due that day and may still be answered.
    let seen = asked("2025-01-01", "2025-12-31", "2025-03-31");
    let first = &figures(&year(), Within::Comune, seen, &SettingsFacts::default())[0];
    assert_eq!((first.outcome, told(&first.left_out)), (ratio(2, 3), vec![("still_open", 1)]));
    // A day later it is late.
    let seen = asked("2025-01-01", "2025-12-31", "2025-04-01");
    let first = &figures(&year(), Within::Comune, seen, &SettingsFacts::default())[0];
    assert_eq!(first.outcome, ratio(2, 4));
}

#[test]
fn a_request_nobody_answers_is_told_in_the_period_its_term_ran_out_in_and_no_later() {
    let of = |kind, from: &str, to: &str| {
        let requests = [request("A", kind, "2025-05-01")];
        let settings = SettingsFacts { no_requests: NoRequests::Full, ..SettingsFacts::default() };
        figures(&requests, Within::Comune, asked(from, to, "2026-01-31"), &settings).swap_remove(0)
    };
    let silent = |from: &str, to: &str| of(AccessKind::Documentary, from, to).outcome;
    let open = |from: &str, to: &str| of(AccessKind::Generalised, from, to);
    assert_eq!(silent("2025-04-01", "2025-06-30"), ratio(0, 1));
    assert_eq!(silent("2025-07-01", "2025-09-30"), Outcome::Number(Decimal::ONE_HUNDRED));
    // Its last day is 31 May: it is late from the first of June.
    assert_eq!(open("2025-04-01", "2025-06-30").outcome, ratio(0, 1));
    assert_eq!(open("2025-06-01", "2025-06-30").outcome, ratio(0, 1));
    // Still open later it is late no more than once, and there was something to answer.
    let later = open("2025-06-02", "2025-09-30");
    assert_eq!(later.outcome, Outcome::NotComputable(NotComputable::ZeroDenominator));
    assert_eq!(told(&later.left_out), [("overdue_before", 1)]);
    // Said or not, silence is the same.
    let said =
        request("A", AccessKind::Documentary, "2025-05-01").closed("2025-06-01", AccessOutcome::Silence);
    let second = asked("2025-04-01", "2025-06-30", "2026-01-31");
    let figure = &figures(&[said], Within::Comune, second, &SettingsFacts::default())[0];
    assert_eq!(figure.outcome, ratio(0, 1));
}

#[test]
fn who_withdraws_when_it_is_late_was_owed_an_answer() {
    let late =
        [request("A", AccessKind::Simple, "2025-05-01").closed("2025-06-10", AccessOutcome::Withdrawn)];
    let figures = figures(&late, Within::Comune, the_year(), &SettingsFacts::default());
    assert_eq!(figures[0].outcome, ratio(0, 1));
    assert_eq!(figures[1].outcome, Outcome::NotComputable(NotComputable::ZeroDenominator));
}

#[test]
fn a_year_without_requests_is_worth_what_the_comune_settled_and_never_nothing() {
    let settled = |no_requests| {
        let settings = SettingsFacts { no_requests, ..SettingsFacts::default() };
        let figures = figures(&[], Within::Comune, the_year(), &settings);
        (figures[0].outcome, figures[1].outcome, figures[0].method.code)
    };
    let none = Outcome::NotComputable(NotComputable::NoFacts);
    assert_eq!(settled(NoRequests::NotEvaluable), (none, none, "access_in_term"));
    let full = Outcome::Number(Decimal::ONE_HUNDRED);
    assert_eq!(settled(NoRequests::Full), (full, none, "access_none_asked_as_settled"));
    // Before the year nobody knows that there will be none.
    let settings = SettingsFacts { no_requests: NoRequests::Full, ..SettingsFacts::default() };
    let early = asked("2025-01-01", "2025-12-31", "2024-12-01");
    assert_eq!(figures(&[], Within::Comune, early, &settings)[0].outcome, none);
    // One that is open makes it a year with requests, of which none can be judged yet.
    let open = [request("A6", AccessKind::Simple, "2025-12-15")];
    let figure = &figures(&open, Within::Comune, the_year(), &settings)[0];
    assert_eq!(figure.outcome, Outcome::NotComputable(NotComputable::ZeroDenominator));
    assert_eq!(figure.method.code, "access_in_term", "with requests it is the shared definition's");
}

#[test]
fn a_structure_answers_for_its_own() {
    let mut requests = year();
    requests[0].unit = Some(UnitId(Uuid::from_u128(1)));
    let mine = HashSet::from([UnitId(Uuid::from_u128(1))]);
    let figures = figures(&requests, Within::Units(&mine), the_year(), &SettingsFacts::default());
    assert_eq!((figures[0].outcome, figures[1].outcome), (ratio(1, 1), ratio(30, 1)));
}

#[test]
fn the_register_of_the_year_is_told_in_numbers() {
    use AccessOutcome::{Granted, Partly, Refused, Silence, Transferred, Withdrawn};
    let outcomes = [(Granted, 2), (Partly, 1), (Refused, 1), (Silence, 1), (Withdrawn, 1), (Transferred, 1)];
    let expected = Summary {
        received: 8,
        outcomes: BTreeMap::from(outcomes),
        refusals: 2,
        open: 2,
        overdue: 0,
        reviews_asked: 1,
        reviews_closed: 1,
        reviews_in_term: 1,
        reviews_overdue: 0,
    };
    assert_eq!(summary(&year(), the_year()), expected);
    // On 9 May its re-examination is still open, and not late.
    let early = summary(&year(), asked("2025-01-01", "2025-12-31", "2025-05-09"));
    assert_eq!((early.reviews_asked, early.reviews_closed, early.reviews_overdue), (1, 0, 0));
}

#[test]
fn what_is_published_is_as_it_stood_at_the_end_of_the_days() {
    use AccessOutcome::{Granted, Partly, Refused, Silence, Withdrawn};
    let first_half = asked("2025-01-01", "2025-06-30", "2026-01-31");
    let lines = published(&year(), first_half);
    let outcomes: Vec<Option<AccessOutcome>> =
        lines.iter().map(|line| line.closed.map(|closing| closing.outcome)).collect();
    // A7, A1, A2, A3, A4, A5.
    let expected = [Partly, Granted, Granted, Refused, Silence, Withdrawn].map(Some);
    assert_eq!(outcomes, expected);
    assert_eq!(lines[3].reviewed.unwrap().outcome, AccessReviewOutcome::Confirmed);
    assert_eq!(lines[4].closed.unwrap().on, day("2025-06-01"));
    // In the second half: A6, A8 open, A9.
    let second = published(&year(), asked("2025-07-01", "2025-12-31", "2026-01-31"));
    assert_eq!(second.iter().map(|line| line.closed.is_some()).collect::<Vec<_>>(), [false, true, false]);
    assert!(published(&year(), asked("2025-07-01", "2025-12-31", "2025-06-30")).is_empty());
}

#[test]
fn a_request_matters_until_it_and_its_re_examination_are_over() {
    let matters: Vec<Option<NaiveDate>> = year().iter().map(|one| one.matters().1).collect();
    assert_eq!(matters[0], Some(day("2025-02-09")));
    assert_eq!(matters[2], Some(day("2025-05-10")));
    assert_eq!((matters[3], matters[5]), (None, None));
}

#[test]
fn those_with_reasons_against_it_are_heard_for_ten_days_and_not_where_it_had_to_be_published() {
    let heard = |kind, until: &str| {
        let mut one = request("A1", kind, "2025-02-20");
        one.suspensions = vec![Suspension {
            from: day("2025-02-21"),
            until: Some(day(until)),
            reason: SuspensionReason::CounterInterested,
        }];
        one.faults().into_iter().map(|fault| fault.pointer).collect::<Vec<_>>()
    };
    assert!(heard(AccessKind::Generalised, "2025-03-03").is_empty());
    assert_eq!(heard(AccessKind::Generalised, "2025-03-04"), ["/suspensions/0/until"]);
    assert_eq!(heard(AccessKind::Documentary, "2026-02-21"), ["/suspensions/0/until"]);
    assert_eq!(heard(AccessKind::Simple, "2025-03-03"), ["/suspensions/0/until"]);
}
