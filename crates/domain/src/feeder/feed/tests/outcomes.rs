//! What becomes of a fed indicator.

use super::*;

fn figure(text: &str) -> Value {
    Value::Number { figure: Figure::parse(text).unwrap() }
}

#[test]
fn a_figure_is_recorded_once_and_says_where_it_comes_from() {
    let mut case = Case::late("0.28");
    let decided = case.feed();
    let [measurement] = decided.measurements.as_slice() else { panic!("not one") };
    let facts = &measurement.facts;
    assert_eq!((facts.value.clone(), facts.origin, facts.assignment), (figure("0.28"), Origin::Feeder, None));
    assert_eq!(facts.standing, Standing::Final);
    let source = facts.source.as_ref().unwrap().as_str();
    assert_eq!(source, "Registro delle fatture e dei pagamenti, metodo prova, versione 1");
    assert_eq!(
        facts.note.as_ref().unwrap().as_str(),
        "Registro delle fatture e dei pagamenti, revisione 1: dal 01/01/2024 al 31/12/2024, visto il 20/01/2025. Valore 0,28. \
         Riguarda tutto il comune. Metodo prova, versione 1: Si conta ciò che c'è. Fatti contati: 4. Lasciati fuori: fatti di altri (2)."
    );
    let evidence = &facts.evidence[0];
    assert_eq!(evidence.title.as_str(), "Registro delle fatture e dei pagamenti, revisione 1");
    assert_eq!(evidence.digest, Some(case.registers[0].digest));
    let item = &decided.items[0];
    assert_eq!((item.outcome, item.measurement), (FeedOutcome::Recorded, Some(measurement.id)));
}

#[test]
fn feeding_twice_changes_nothing_and_a_corrected_fact_supersedes_the_measurement() {
    let mut case = Case::late("0.28");
    assert_eq!(case.outcomes(), ["recorded"]);
    case.registers[0] = state(Register::Invoices, 2, "2025-01-19T08:00:00Z");
    assert_eq!(case.outcomes(), ["unchanged"]);
    case.told(None, days("T1.itp", "3.06"));
    let decided = case.feed();
    let (first, second) = (&case.measurements[0], &case.measurements[1]);
    assert_eq!((second.facts.supersedes, &second.facts.value), (Some(first.id), &figure("3.06")));
    assert_eq!(decided.items[0].stood.as_ref().unwrap().value, figure("0.28"));
    assert_eq!(case.outcomes(), ["unchanged"]);
}

#[test]
fn a_value_is_provisional_until_the_days_are_over_and_the_register_was_written_after_them() {
    let standing = |on, changed_at| {
        let mut case = Case::late("0.28");
        case.on = on;
        case.registers[0] = state(Register::Invoices, 1, changed_at);
        case.decided().measurements[0].facts.standing
    };
    assert_eq!(standing("2024-09-30", "2024-09-30T08:00:00Z"), Standing::Provisional);
    assert_eq!(standing("2024-12-31", "2024-12-20T08:00:00Z"), Standing::Provisional);
    assert_eq!(standing("2024-12-31", "2024-12-31T22:30:00Z"), Standing::Final);
    let mut case = Case::of(&json!([adopting(1, &[0], "T1", &["T1.tmp"])]));
    case.told(None, days("T1.tmp", "30.28"));
    assert_eq!(case.feed().measurements[0].facts.standing, Standing::Provisional);
    case.on = "2025-03-31";
    case.now = "2025-04-02T08:00:00Z";
    case.registers[0] = state(Register::Invoices, 2, "2025-04-01T08:00:00Z");
    let last = case.feed();
    assert_eq!(last.measurements[0].facts.standing, Standing::Final);
    assert_eq!(last.measurements[0].facts.supersedes, Some(case.measurements[0].id));
}

#[test]
fn a_final_value_is_not_taken_back_by_looking_from_a_day_before() {
    let mut case = Case::late("0.28");
    case.feed();
    case.on = "2024-09-30";
    case.told(None, days("T1.itp", "-20"));
    assert_eq!(case.outcomes(), ["refused seen_before"]);
    case.on = "2025-01-20";
    assert_eq!(case.outcomes(), ["recorded"]);
}

#[test]
fn a_figure_written_as_it_is_told_is_the_same_figure() {
    let mut case = Case::late("0.277778");
    case.entered("0.28", Origin::Entered);
    assert_eq!(case.outcomes(), ["unchanged"]);
    case.measurements.clear();
    case.entered("0.27", Origin::Entered);
    assert_eq!(case.outcomes(), ["refused entered_by_hand"]);
}

#[test]
fn a_value_of_which_not_everything_was_looked_at_is_provisional_whatever_day_it_is() {
    let mut case = Case::late("0.28");
    case.told(None, Computed { whole: false, ..days("T1.itp", "0.28") });
    let first = case.feed().measurements[0].facts.clone();
    assert_eq!((first.value, first.standing), (figure("0.28"), Standing::Provisional));
    let note = first.note.unwrap();
    assert!(note.as_str().ends_with("non tutto ciò di cui si calcola è stato verificato."), "{note:?}");
    case.told(None, days("T1.itp", "0.28"));
    assert_eq!(case.feed().measurements[0].facts.standing, Standing::Final);
}

#[test]
fn what_somebody_entered_is_told_and_not_written_over() {
    for origin in [Origin::Entered, Origin::Integration, Origin::External] {
        let mut case = Case::late("0.28");
        case.entered("0", origin);
        let decided = case.feed();
        let item = &decided.items[0];
        assert_eq!((item.outcome, item.why), (FeedOutcome::Refused, Some(FeedReason::EnteredByHand)));
        assert_eq!(
            (item.value.clone(), item.stood.as_ref().unwrap().value.clone()),
            (Some(figure("0.28")), figure("0"))
        );
        case.told(None, days("T1.itp", "0"));
        assert_eq!(case.outcomes(), ["unchanged"]);
        assert_eq!(case.measurements.len(), 1);
    }
}

#[test]
fn a_person_may_correct_what_a_feed_recorded() {
    let mut case = Case::late("0.28");
    case.feed();
    case.entered("0.3", Origin::Entered);
    case.measurements[1].facts.supersedes = Some(case.measurements[0].id);
    assert_eq!(case.outcomes(), ["refused entered_by_hand"]);
}

#[test]
fn certified_results_are_flagged_and_not_moved() {
    let mut case = Case::late("0.28");
    case.feed();
    case.plan.state = PlanState::Evaluated;
    assert_eq!(case.outcomes(), ["unchanged"]);
    case.told(None, days("T1.itp", "3.06"));
    assert_eq!(case.outcomes(), ["flagged results_certified"]);
    case.plan.state = PlanState::Reporting;
    case.certified_at = Some("2025-06-01T08:00:00Z".parse().unwrap());
    case.now = "2025-06-20T08:00:00Z";
    assert_eq!(case.outcomes(), ["flagged value_certified"]);
    case.certified_at = None;
    assert_eq!(case.outcomes(), ["recorded"]);
}

#[test]
fn what_is_not_collected_today_is_refused() {
    let mut case = Case::late("0.28");
    case.rounds = vec![crate::measurable::tests::round(1, "2024-12-31", ("2025-02-01", "2025-02-28"))];
    assert_eq!(case.outcomes(), ["refused window_closed"]);
    case.now = "2025-02-01T08:00:00Z";
    assert_eq!(case.outcomes(), ["recorded"]);
}

#[test]
fn want_of_facts_is_no_zero() {
    let none = |why| computed("T1.itp", Outcome::NotComputable(why), false);
    let mut case = Case::late("0");
    case.told(None, none(NotComputable::NoFacts));
    assert_eq!(case.outcomes(), ["not_computable no_facts"]);
    case.figures.clear();
    assert_eq!(case.outcomes(), ["not_computable no_method"]);
    case.registers.clear();
    assert_eq!(case.outcomes(), ["not_computable no_facts"]);
    // Nor is it everything, whatever a comune settled, when nobody ever wrote to the register.
    case.told(None, days("T1.itp", "100"));
    assert_eq!(case.outcomes(), ["not_computable no_facts"]);
    case.registers = vec![RegisterState::empty(Register::Invoices)];
    assert_eq!(case.outcomes(), ["not_computable no_facts"]);
}

#[test]
fn that_nothing_can_be_computed_is_recorded_once_the_days_are_over() {
    let none = || computed("T1.itp", Outcome::NotComputable(NotComputable::ZeroDenominator), false);
    let mut case = Case::late("0");
    case.told(None, none());
    case.on = "2024-09-30";
    assert_eq!(case.outcomes(), ["not_computable zero_denominator"]);
    case.on = "2025-01-20";
    assert_eq!(case.outcomes(), ["recorded"]);
    let value = &case.measurements[0].facts.value;
    assert!(matches!(value, Value::NotEvaluable { .. }), "{value:?}");
    assert_eq!(case.outcomes(), ["unchanged"]);
}

#[test]
fn a_figure_whose_facts_were_taken_away_does_not_stay() {
    let mut case = Case::late("0.28");
    case.on = "2024-09-30";
    case.feed();
    case.told(None, computed("T1.itp", Outcome::NotComputable(NotComputable::NoFacts), false));
    assert_eq!(case.outcomes(), ["recorded"]);
    assert!(matches!(case.measurements[1].facts.value, Value::NotEvaluable { .. }));
    assert_eq!(case.measurements[1].facts.supersedes, Some(case.measurements[0].id));
    assert_eq!(case.outcomes(), ["unchanged"]);
}

#[test]
fn the_certified_delay_is_recorded_and_the_computed_one_told_beside_it() {
    let mut case = Case::of(&json!([adopting(1, &[0], "T1", &["T1.irp"])]));
    case.told(None, days("T1.irp", "8.81"));
    assert_eq!(case.outcomes(), ["recorded"]);
    case.certify("0.5");
    let decided = case.feed();
    let facts = &decided.measurements[0].facts;
    assert_eq!(
        (facts.origin, &facts.value, facts.standing),
        (Origin::External, &figure("0.5"), Standing::Final)
    );
    assert_eq!(facts.supersedes, Some(case.measurements[0].id));
    assert_eq!(facts.source.as_ref().unwrap().as_str(), "Piattaforma dei crediti commerciali");
    assert_eq!(decided.items[0].computed, Some(Figure::parse("8.81").unwrap()));
    let note = facts.note.as_ref().unwrap().as_str();
    assert!(
        note.starts_with("Dato certificato il 10/02/2025 (Verbale n. 4): 0,5.") && note.contains("8,81"),
        "{note}"
    );
    assert_eq!(case.outcomes(), ["unchanged"]);
    case.certify("0.6");
    assert_eq!(case.outcomes(), ["recorded"]);
    case.figures.clear();
    assert_eq!(case.outcomes(), ["unchanged"]);
}

#[test]
fn the_computed_delay_is_the_forecast_unless_somebody_foresaw_another() {
    let mut case = Case::late("1");
    assert_eq!(case.decided().forecast, None);
    case.told(None, days("T1.irp", "8.81"));
    case.on = "2024-09-30";
    let fed = case.decided().forecast.unwrap();
    assert_eq!((fed.outcome, fed.facts.delay), (FeedOutcome::Recorded, Figure::parse("8.81").unwrap()));
    assert_eq!(fed.facts.period.to.to_string(), "2024-09-30");
    let recorded = |facts| {
        let recorded_at = "2025-01-20T09:00:00Z".parse().unwrap();
        Some(Recorded { facts, recorded_at, recorded_by: None, version: Version::FIRST })
    };
    case.time.forecast = recorded(fed.facts.clone());
    assert_eq!(case.decided().forecast.unwrap().outcome, FeedOutcome::Unchanged);
    case.told(None, days("T1.irp", "9"));
    assert_eq!(case.decided().forecast.unwrap().outcome, FeedOutcome::Recorded);
    case.on = "2024-06-30";
    let back = case.decided().forecast.unwrap();
    assert_eq!((back.outcome, back.why), (FeedOutcome::Refused, Some(FeedReason::SeenBefore)));
    case.on = "2024-09-30";
    let source = Line::parse("Ragioneria").unwrap();
    case.time.forecast = recorded(ForecastFacts { source, ..fed.facts });
    let refused = case.decided().forecast.unwrap();
    assert_eq!((refused.outcome, refused.why), (FeedOutcome::Refused, Some(FeedReason::EnteredByHand)));
    case.plan.state = PlanState::Closed;
    assert_eq!(case.decided().forecast.unwrap().outcome, FeedOutcome::Flagged);
}

#[test]
fn a_feed_is_kept_when_it_records_or_has_something_new_to_tell() {
    let mut case = Case::late("0.28");
    let feed = |case: &mut Case| {
        let Decided { items, forecast, .. } = case.feed();
        let asked = Asked { period: year(), on: case.on.parse().unwrap() };
        let recorded_at = case.now.parse().unwrap();
        let registers = case.registers.clone();
        Feed { plan: case.plan.id, number: 1, recorded_at, member: None, asked, registers, items, forecast }
    };
    let first = feed(&mut case);
    assert!(first.tells_more_than(None));
    let second = feed(&mut case);
    assert!(!second.tells_more_than(Some(&first)));
    case.entered("0", Origin::Entered);
    case.measurements[1].facts.supersedes = Some(case.measurements[0].id);
    let third = feed(&mut case);
    assert!(third.tells_more_than(Some(&first)));
    assert!(!feed(&mut case).tells_more_than(Some(&third)));
    let written = serde_json::to_value(&third).unwrap();
    assert_eq!(serde_json::from_value::<Feed>(written).unwrap(), third);
}
