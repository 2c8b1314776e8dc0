use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::measurable::tests::{
    date, day, id, indicator, measured, number, objective, of_indicator, phase, plan,
};
use crate::rulebook::{Shipped, shipped};

fn at(
    plan: &PlanDocument,
    values: &[Measurement],
    judged: &[(u128, Judgement)],
    on: &str,
) -> (Vec<Advance>, Vec<(WarningKind, String)>) {
    let rulebook = shipped(Shipped::ThreeLevels).unwrap();
    let judgements =
        judged.iter().map(|(one, judgement)| (AssignmentId(id(2, *one)), judgement.clone())).collect();
    let followed = Followed { plan, rulebook: &rulebook, measurements: values, judgements: &judgements };
    let Progress { advances, warnings } = progress(followed, day(on), Heed::default());
    (advances, warnings.into_iter().map(|warning| (warning.kind, warning.words)).collect())
}

/// Expected and done of the comune, as shown.
fn shown(plan: &PlanDocument, values: &[Measurement], on: &str) -> (String, String) {
    let (advances, _) = at(plan, values, &[], on);
    let text =
        |percent: Option<Percent>| percent.map_or("-".to_owned(), |percent| percent.shown().to_string());
    (text(advances[0].expected), text(advances[0].done))
}

fn weighted(mut phase: Json, weight: &str) -> Json {
    phase["weight"] = json!({"value": {"type": "percent", "percent": weight}});
    phase
}

fn of_phase(number: u128) -> Json {
    json!({"type": "phase", "id": id(5, number)})
}

fn two_phases() -> PlanDocument {
    let phases = json!([
        weighted(phase(1, Some("2024-03-31"), &[]), "30"),
        weighted(phase(2, Some("2024-10-31"), &[]), "70"),
    ]);
    plan(&json!([objective(1, &[0], &json!({"phases": phases}))]))
}

#[test]
fn a_phase_is_expected_with_its_weight_from_the_day_it_is_due() {
    let plan = two_phases();
    let done =
        [measured(1, &of_phase(1), "2024-03-20", "final", &json!({"type": "day", "day": "2024-03-20"}))];
    assert_eq!(shown(&plan, &[], "2024-03-30"), ("0.00".to_owned(), "0.00".to_owned()));
    assert_eq!(shown(&plan, &done, "2024-03-31"), ("30.00".to_owned(), "30.00".to_owned()));
    assert_eq!(shown(&plan, &done, "2024-10-31"), ("100.00".to_owned(), "30.00".to_owned()));
}

#[test]
fn a_figure_is_expected_little_by_little_and_what_is_done_is_what_it_scores() {
    let indicators = json!([indicator(1, "80", Some("2024-12-31"))]);
    let plan = plan(&json!([objective(1, &[0], &json!({"indicators": indicators}))]));
    let values = [measured(1, &of_indicator(1), "2024-06-30", "provisional", &number("20"))];
    assert_eq!(shown(&plan, &values, "2024-07-01"), ("50.00".to_owned(), "25.00".to_owned()));
    let (_, warnings) = at(&plan, &values, &[], "2024-07-01");
    let words = "Di «Obiettivo 1» al 1/7/2024 è atteso il 50,00% ed è fatto il 25,00%: 25,00 punti in meno.";
    assert_eq!(warnings, [(WarningKind::Behind, words.to_owned())]);
    let ahead = [measured(1, &of_indicator(1), "2024-06-30", "provisional", &number("800"))];
    assert_eq!(shown(&plan, &ahead, "2024-07-01").1, "100.00");
}

#[test]
fn what_is_late_is_said_with_its_days_until_a_value_says_it_is_done() {
    let plan = two_phases();
    let not_yet = [measured(1, &of_phase(1), "2024-04-09", "provisional", &json!({"type": "day"}))];
    let done = [measured(
        1,
        &of_phase(1),
        "2024-04-09",
        "provisional",
        &json!({"type": "day", "day": "2024-04-08"}),
    )];
    let late = |values: &[Measurement], on: &str| {
        let of_kind = |(kind, _): &(WarningKind, String)| *kind == WarningKind::Late;
        at(&plan, values, &[], on).1.into_iter().find(of_kind).map(|(_, words)| words)
    };
    assert_eq!(late(&[], "2024-03-31"), None);
    assert_eq!(
        late(&[], "2024-04-01").unwrap(),
        "«Fase 1» era atteso entro il 31/3/2024, un giorno fa: non c'è alcun dato."
    );
    let said = "«Fase 1» era atteso entro il 31/3/2024, 10 giorni fa: il dato al 9/4/2024 dice che non è ancora fatto.";
    assert_eq!(late(&not_yet, "2024-04-10").unwrap(), said);
    assert_eq!(late(&done, "2024-04-10"), None);
}

#[test]
fn what_is_due_within_the_days_and_not_on_its_way_is_at_risk() {
    let phases = json!([weighted(phase(1, Some("2024-06-30"), &[]), "10")]);
    let indicators = json!([indicator(1, "80", Some("2024-06-30"))]);
    let plan = plan(&json!([
        objective(1, &[0], &json!({"phases": phases})),
        objective(2, &[0], &json!({"indicators": indicators})),
    ]));
    let at_risk = |figure: &str, on: &str| {
        let values = [measured(1, &of_indicator(1), "2024-05-31", "provisional", &number(figure))];
        let warnings = at(&plan, &values, &[], on).1.into_iter();
        warnings.filter(|(kind, _)| *kind == WarningKind::AtRisk).map(|(_, words)| words).collect::<Vec<_>>()
    };
    assert!(at_risk("80", "2024-05-30").is_empty());
    let phase = "«Fase 1» è atteso entro il 30/6/2024, fra 20 giorni: non c'è alcun dato.";
    assert_eq!(at_risk("80", "2024-06-10"), [phase]);
    let indicator = "«Indicatore 1» è atteso entro il 30/6/2024, fra 20 giorni: c'è solo un dato provvisorio al 31/5/2024, \
                     che vale il 50,00% mentre oggi è atteso il 89,01%.";
    assert_eq!(at_risk("40", "2024-06-10"), [phase, indicator]);
    assert_eq!(at_risk("80", "2024-06-30"), ["«Fase 1» è atteso entro oggi, 30/6/2024: non c'è alcun dato."]);
}

#[test]
fn an_assignment_nobody_told_of_is_named_once_the_year_has_gone_on() {
    let indicators = json!([indicator(1, "80", None)]);
    let plan = plan(&json!([objective(1, &[0], &json!({"indicators": indicators}))]));
    assert_eq!(at(&plan, &[], &[], "2024-01-30").1, []);
    let words = "Di «Obiettivo 1» non è mai stato inserito un dato, a 182 giorni dall'inizio dell'anno; al 1/7/2024 è atteso il 50,00%.";
    assert_eq!(at(&plan, &[], &[], "2024-07-01").1, [(WarningKind::NeverUpdated, words.to_owned())]);
}

#[test]
fn what_was_set_aside_or_does_not_apply_is_neither_expected_nor_warned_of() {
    let plan = plan(&json!([
        objective(1, &[0], &json!({"deadline": date("2024-03-31")})),
        objective(2, &[0], &json!({"indicators": [indicator(1, "10", Some("2024-03-31"))]})),
    ]));
    let reason = crate::said::Words::parse("Finanziamento ritirato").unwrap();
    let judged = [(10, Judgement::NotEvaluable { reason })];
    let not_applicable = json!({"type": "not_applicable", "reason": "Nessuna richiesta"});
    let values = [measured(1, &of_indicator(1), "2024-03-31", "final", &not_applicable)];
    let (advances, warnings) = at(&plan, &values, &judged, "2024-12-31");
    assert!(
        warnings.is_empty()
            && advances.iter().all(|advance| advance.expected.is_none() && advance.done.is_none())
    );
}

proptest! {
    #[test]
    fn never_more_is_done_than_all_and_later_days_never_expect_less(
        phases in proptest::collection::vec((0u64..366, 0i32..100), 1..6),
        figures in proptest::collection::vec(0i32..500, 0..6), one in 0u64..500, later in 0u64..200,
    ) {
        let after = |days: u64| day("2024-01-01").checked_add_days(chrono::Days::new(days)).unwrap();
        let written: Vec<Json> = phases.iter().enumerate().map(|(place, (due, weight))| {
            let place = u128::try_from(place).unwrap();
            let within = indicator(place, "100", None);
            weighted(phase(place, Some(&after(*due).to_string()), &[within]), &weight.to_string())
        }).collect();
        let plan = plan(&json!([objective(1, &[0, 1], &json!({"phases": written}))]));
        let values: Vec<Measurement> = figures.iter().enumerate().map(|(place, figure)| {
            let place = u128::try_from(place).unwrap();
            measured(place, &of_indicator(place), "2024-01-01", "provisional", &number(&figure.to_string()))
        }).collect();
        let on = |days: u64| at(&plan, &values, &[], &after(days).to_string()).0;
        for (now, then) in on(one).iter().zip(on(one.saturating_add(later))) {
            prop_assert!(now.expected <= then.expected);
            prop_assert!(then.done <= Some(Percent::FULL) && then.expected <= Some(Percent::FULL));
        }
        let end = on(366);
        prop_assert!(end.iter().all(|advance| advance.expected.is_none_or(|all| all == Percent::FULL)));
    }
}
