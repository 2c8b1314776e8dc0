//! Where figures are wanted, and what does not fit there.

use super::*;
use crate::feeder::NotComputable;
use crate::figure::Figure;

fn share(numerator: i64, denominator: i64) -> Outcome {
    Outcome::ratio(numerator.into(), denominator.into())
}

fn procedures() -> Case {
    Case::of(&json!([adopting(1, &[0, 1], "T6", &["T6.in_term"])]))
}

#[test]
fn an_objective_of_the_comune_is_fed_once_and_one_of_structures_in_each() {
    let t1 = ["T1.itp", "T1.liquidated_15"];
    let case =
        Case::of(&json!([adopting(1, &[0, 1], "T1", &t1), adopting(2, &[0, 1], "T6", &["T6.in_term"])]));
    let (templates, shipped) = (case.templates(), &case.shipped);
    let places = |document: &PlanDocument| {
        let wanted = wanted(document, &templates, shipped);
        wanted.iter().map(|one| (one.code.as_str().to_owned(), one.place.unit())).collect::<Vec<_>>()
    };
    let expected = [
        ("T1.itp", None),
        ("T1.liquidated_15", None),
        ("T6.in_term", Some(unit(0))),
        ("T6.in_term", Some(unit(1))),
    ];
    assert_eq!(places(&case.document), expected.map(|(code, unit)| (code.to_owned(), unit)));
    let nobodys = Case::of(&json!([adopting(1, &[], "T6", &["T6.in_term"])]));
    assert_eq!(places(&nobodys.document), [("T6.in_term".to_owned(), None)]);
}

#[test]
fn what_no_register_fills_is_not_wanted() {
    let mut case = Case::of(&json!([
        adopting(1, &[0], "T3", &["T3.judgement"]),
        adopting(2, &[0], "T2", &["T2.debt_share"])
    ]));
    assert!(case.outcomes().is_empty());
}

#[test]
fn each_structure_has_its_own_figure_and_says_so() {
    let mut case = procedures();
    case.told(Some(unit(0)), computed("T6.in_term", share(9, 10), true));
    case.told(Some(unit(1)), computed("T6.in_term", share(3, 4), true));
    let decided = case.feed();
    let of = |place: usize| {
        let facts = &decided.measurements[place].facts;
        (facts.assignment.map(|one| one.0), facts.value.clone())
    };
    let ratio =
        |above, below| Value::Ratio { numerator: Figure::whole(above), denominator: Figure::whole(below) };
    assert_eq!(of(0), (Some(id(2, 10)), ratio(9, 10)));
    assert_eq!(of(1), (Some(id(2, 11)), ratio(3, 4)));
    let note = decided.measurements[1].facts.note.as_ref().unwrap().as_str();
    assert!(note.contains("Valore 75 per cento: numeratore 3, denominatore 4."), "{note}");
    assert!(note.contains("Riguarda la struttura A1.1 Servizio 1 e quelle che ne fanno parte."), "{note}");
}

#[test]
fn a_structure_with_nothing_of_its_own_counts_nothing_once_the_year_is_over() {
    let mut case = procedures();
    case.told(None, computed("T6.in_term", share(9, 10), true));
    case.told(Some(unit(0)), computed("T6.in_term", share(9, 10), true));
    case.told(Some(unit(1)), computed("T6.in_term", Outcome::NotComputable(NotComputable::NoFacts), true));
    assert_eq!(case.outcomes(), ["recorded", "recorded"]);
    let nothing = Value::Ratio { numerator: Figure::ZERO, denominator: Figure::ZERO };
    assert_eq!(case.measurements[1].facts.value, nothing);
    let mut early = procedures();
    early.on = "2024-06-30";
    early.figures = case.figures;
    assert_eq!(early.outcomes(), ["recorded", "not_computable zero_denominator"]);
}

#[test]
fn what_somebody_entered_for_all_structures_is_not_written_over_in_each() {
    let mut case = procedures();
    case.told(Some(unit(0)), computed("T6.in_term", share(9, 10), true));
    case.told(Some(unit(1)), computed("T6.in_term", share(3, 4), true));
    case.entered("80", Origin::Entered);
    assert_eq!(case.outcomes(), ["refused entered_by_hand", "refused entered_by_hand"]);
    case.measurements[0].facts.period.to = "2024-06-30".parse().unwrap();
    assert_eq!(case.outcomes(), ["recorded", "recorded"]);
    assert_eq!(case.measurements[1].facts.subject, Subject::Indicator(IndicatorId(id(4, 10))));
}

#[test]
fn what_is_measured_or_defined_otherwise_is_refused() {
    let outcomes = |change: &dyn Fn(&mut Json)| {
        let mut objective = adopting(1, &[0], "T1", &["T1.itp"]);
        change(&mut objective);
        let mut case = Case::of(&json!([objective]));
        case.told(None, days("T1.itp", "0.28"));
        case.outcomes()
    };
    assert_eq!(outcomes(&|_| {}), ["recorded"]);
    assert_eq!(
        outcomes(&|one| one["indicators"][0]["measure"] = json!("percent")),
        ["refused other_measure"]
    );
    assert_eq!(outcomes(&|one| one["template_version"] = json!(2)), ["refused unknown_indicator"]);
    let done = json!({"value": {"type": "done"}});
    assert_eq!(outcomes(&|one| one["indicators"][0]["target"] = done.clone()), ["refused other_kind"]);
}

#[test]
fn a_definition_the_program_does_not_compute_is_refused() {
    let mut case = Case::late("0.28");
    let templates = case.templates();
    let t1 = &mut case.shipped[0].1;
    t1.indicators.iter_mut().for_each(|one| one.definition.perimeter = Text::parse("Altro.").unwrap());
    let wanted = wanted(&case.document, &templates, &case.shipped);
    assert_eq!(wanted[0].unfit, Some(FeedReason::OtherDefinition));
}
