//! What may be published, what it comes to, and what is told of it.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::vocabulary::Vocabulary as _;

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

/// The payments template, with one thing changed in its written form.
fn written(change: impl FnOnce(&mut serde_json::Value)) -> TemplateFacts {
    let (_, facts) = catalogue().unwrap().swap_remove(0);
    let mut value = serde_json::to_value(facts).unwrap();
    change(&mut value);
    serde_json::from_value(value).unwrap()
}

/// Where the faults are of the payments template with one thing changed.
fn faulted(change: impl FnOnce(&mut serde_json::Value)) -> Vec<String> {
    written(change).check(&code("T1")).into_iter().map(|fault| fault.pointer).collect()
}

fn published(facts: TemplateFacts, before: Option<&Template>) -> Option<Template> {
    Template::publish(code("T1"), code("traguardo"), facts, before, DateTime::UNIX_EPOCH).unwrap()
}

#[test]
fn every_shipped_template_may_be_published() {
    for (code, facts) in catalogue().unwrap() {
        assert_eq!(facts.check(&code), Vec::new(), "{}", code.as_str());
    }
}

#[test]
fn every_shipped_template_says_what_whoever_adopts_it_needs() {
    for (code, facts) in catalogue().unwrap() {
        let (code, count) = (code.as_str(), facts.indicators.len());
        assert!(matches!(count, 1..=5), "{code} has {count} indicators");
        assert!(facts.description.is_some() && facts.expected_result.is_some(), "{code}");
        assert!(!facts.laws.is_empty() && !facts.kinds.is_empty() && !facts.areas.is_empty(), "{code}");
        assert!(facts.said_also.len() >= 5 && facts.weight.is_some(), "{code}");
        assert!(facts.indicators.iter().all(|one| one.source.is_some()), "{code}");
    }
}

#[test]
fn no_two_shipped_indicators_share_a_code() {
    let all: Vec<Code> = catalogue()
        .unwrap()
        .into_iter()
        .flat_map(|(_, facts)| facts.indicators)
        .map(|one| one.code)
        .collect();
    let once: std::collections::BTreeSet<&Code> = all.iter().collect();
    assert_eq!(once.len(), all.len());
}

#[test]
fn the_shipped_targets_are_the_parameters_of_the_law() {
    use crate::law::{ParameterName, number_of};
    let all = catalogue().unwrap();
    let expected = |indicator: &str, year: i32| {
        let found =
            all.iter().flat_map(|(_, facts)| &facts.indicators).find(|one| one.code.as_str() == indicator);
        let year = Year::parse(year).unwrap();
        let target = &found.unwrap().targets.iter().rfind(|one| one.from <= year).unwrap().target.value;
        let Target::Bound { figure, .. } = target else { panic!("{indicator} expects no figure") };
        Some(*figure)
    };
    for year in [2024, 2025] {
        let law = |name| number_of(name, year);
        assert_eq!(expected("T1.irp", year), law(ParameterName::PaymentDelayTarget));
        assert_eq!(expected("T1.tmp", year), law(ParameterName::RecoveryPaymentTime));
        assert_eq!(expected("T1.tmr", year), law(ParameterName::RecoveryPaymentDelay));
        assert_eq!(expected("T2.debt_share", year), law(ParameterName::DebtExemption));
        assert_eq!(expected("T5.days", year), law(ParameterName::AccessTerm));
        assert_eq!(expected("T7.hours", year), law(ParameterName::TrainingHours));
    }
}

#[test]
fn an_indicator_is_named_by_its_template_a_point_and_one_word() {
    for bad in ["itp", "T2.itp", "T1", "T1.", "T1.a.b", "T1.a/b", "T10.itp", "t1.itp"] {
        let faults = faulted(|value| value["indicators"][1]["code"] = json!(bad));
        assert_eq!(faults, ["/indicators/1/code"], "{bad}");
    }
    assert_eq!(faulted(|value| value["indicators"][1]["code"] = json!("T1.irp")), ["/indicators/1/code"]);
    let facts = written(|value| value["indicators"] = json!([]));
    let facts = TemplateFacts { locked: std::collections::BTreeSet::new(), ..facts };
    assert_eq!(facts.check(&code("A/B")).len(), 1);
}

#[test]
fn phases_all_weigh_and_close_or_none_does() {
    assert_eq!(faulted(|value| value["phases"][0]["weight"] = json!("40")), ["/phases"]);
    assert_eq!(faulted(|value| value["phases"][0]["weight"] = serde_json::Value::Null), ["/phases"]);
    let outside = faulted(|value| value["phases"][0]["weight"] = json!("-50"));
    assert_eq!(outside, ["/phases/0/weight", "/phases"]);
}

#[test]
fn targets_go_by_year() {
    let target = json!({"value": {"type": "bound", "comparison": "at_most", "figure": "0"}});
    let of = |years: [i32; 2]| json!(years.map(|year| json!({"from": year, "target": target})));
    assert_eq!(faulted(|value| value["indicators"][0]["targets"] = of([2024, 2026])), Vec::<String>::new());
    for years in [[2025, 2024], [2024, 2024]] {
        let faults = faulted(|value| value["indicators"][0]["targets"] = of(years));
        assert_eq!(faults, ["/indicators/0/targets/1/from"]);
    }
}

#[test]
fn what_defines_an_indicator_holds_together() {
    let with = |member: &str, word: &str| faulted(|value| value["indicators"][4][member] = json!(word));
    assert_eq!(with("formula", "qualitative"), ["/indicators/4/formula"]);
    assert_eq!(with("measure", "days")[..2], ["/indicators/4/measure", "/indicators/4/pooling"]);
    assert_eq!(with("pooling", "summed"), ["/indicators/4/pooling"]);
    // The target goes the other way too.
    assert_eq!(with("direction", "lower"), ["/indicators/4/targets/0/target"]);
    assert_eq!(with("formula", "range"), ["/indicators/4/direction"]);
}

#[test]
fn what_is_expected_is_something_the_formula_measures() {
    let with = |target: serde_json::Value| {
        faulted(|value| value["indicators"][1]["targets"][0]["target"] = json!({"value": target}))
    };
    let place = ["/indicators/1/targets/0/target"];
    let bound =
        |comparison: &str, figure: &str| json!({"type": "bound", "comparison": comparison, "figure": figure});
    assert_eq!(with(bound("less_than", "0")), Vec::<String>::new());
    for bad in [
        bound("at_least", "0"),
        bound("at_most", "5"),
        json!({"type": "bound", "comparison": "at_most", "figure": "0", "measure": "hours"}),
        json!({"type": "done"}),
        json!({"type": "text"}),
        json!({"type": "parts", "parts": []}),
    ] {
        assert_eq!(with(bad.clone()), place, "{bad}");
    }
}

#[test]
fn only_what_is_said_can_be_locked() {
    assert_eq!(faulted(|value| value["expected_result"] = serde_json::Value::Null), Vec::<String>::new());
    let faults = faulted(|value| {
        value["locked"] = json!(["expected_result", "title"]);
        value["expected_result"] = serde_json::Value::Null;
    });
    assert_eq!(faults, ["/locked"]);
}

#[test]
fn the_first_version_is_number_one_and_so_are_its_definitions() {
    let first = published(written(|_| ()), None).unwrap();
    assert_eq!((first.number, first.version()), (1, Version::FIRST));
    assert!(first.definitions.iter().all(|one| one.number == 1) && first.definitions.len() == 5);
}

#[test]
fn publishing_the_same_again_comes_to_nothing() {
    let first = published(written(|_| ()), None).unwrap();
    assert_eq!(published(written(|_| ()), Some(&first)), None);
}

#[test]
fn another_author_has_other_codes() {
    let first = published(written(|_| ()), None).unwrap();
    let facts = written(|value| value["title"] = json!("Altro"));
    let refused = Template::publish(code("T1"), code("regione"), facts, Some(&first), DateTime::UNIX_EPOCH);
    assert_eq!(refused, Err(crate::Violation::NotYourAuthor));
}

#[test]
fn a_new_perimeter_is_a_new_definition_and_a_new_target_is_not() {
    let first = published(written(|_| ()), None).unwrap();
    let facts = written(|value| {
        value["indicators"][0]["perimeter"] = json!("Solo le fatture pagate.");
        value["indicators"][1]["targets"] = json!([]);
        value["indicators"][2]["name"] = json!("Tempo medio");
    });
    let second = published(facts, Some(&first)).unwrap();
    let numbers: Vec<i32> = second.definitions.iter().map(|one| one.number).collect();
    assert_eq!((second.number, numbers), (2, vec![2, 1, 1, 1, 1]));
    let changes = first.facts.changes(&second.facts).unwrap();
    let told: Vec<(&str, &str, bool)> = changes
        .iter()
        .map(|one| (one.indicator.as_ref().unwrap().as_str(), one.member.as_str(), one.redefines))
        .collect();
    assert_eq!(
        told,
        [("T1.irp", "perimeter", true), ("T1.itp", "targets", false), ("T1.tmp", "name", false)]
    );
}

#[test]
fn an_indicator_that_comes_back_is_defined_anew() {
    let first = published(written(|_| ()), None).unwrap();
    let without = written(|value| drop(value["indicators"].as_array_mut().unwrap().remove(0)));
    let second = published(without, Some(&first)).unwrap();
    assert_eq!(second.indicator(&code("T1.irp")), None);
    let gone = first.facts.changes(&second.facts).unwrap();
    assert_eq!(gone.iter().map(|one| one.member.as_str()).collect::<Vec<_>>(), ["indicators", "indicators"]);
    let third = published(written(|_| ()), Some(&second)).unwrap();
    assert_eq!(third.indicator(&code("T1.irp")).map(|(_, number)| number), Some(2));
}

/// Some of the indicators of the payments template, some of them with another perimeter.
fn any_facts() -> impl Strategy<Value = TemplateFacts> {
    let (_, payments) = catalogue().unwrap().swap_remove(0);
    proptest::collection::vec(proptest::option::of(0u8..3), 5).prop_map(move |picked| {
        let mut facts = payments.clone();
        let all = std::mem::take(&mut facts.indicators);
        facts.locked = std::collections::BTreeSet::new();
        for (mut indicator, perimeter) in all.into_iter().zip(picked) {
            let Some(perimeter) = perimeter else { continue };
            indicator.definition.perimeter = Text::parse(&perimeter.to_string()).unwrap();
            facts.indicators.push(indicator);
        }
        facts
    })
}

proptest! {
    #[test]
    fn a_definition_keeps_its_number_as_long_as_it_is_equal_and_never_goes_back(
        versions in proptest::collection::vec(any_facts(), 1..8)
    ) {
        let mut before: Option<Template> = None;
        for facts in versions {
            let Some(next) = published(facts.clone(), before.as_ref()) else {
                prop_assert_eq!(before.as_ref().map(|before| &before.facts), Some(&facts));
                continue;
            };
            prop_assert_eq!(next.number, before.as_ref().map_or(1, |before| before.number.saturating_add(1)));
            for one in &facts.indicators {
                let (_, number) = next.indicator(&one.code).unwrap();
                match before.as_ref().and_then(|before| before.indicator(&one.code)) {
                    Some((was, old)) if was.definition == one.definition => prop_assert_eq!(number, old),
                    Some((_, old)) => prop_assert_eq!(number, old.saturating_add(1)),
                    None => prop_assert!(number >= 1),
                }
            }
            for was in before.iter().flat_map(|before| &before.definitions) {
                let now = next.definitions.iter().find(|one| one.indicator == was.indicator).unwrap();
                prop_assert!(now.number >= was.number);
            }
            before = Some(next);
        }
    }

    #[test]
    fn what_changed_is_told_exactly_when_something_did(one in any_facts(), other in any_facts()) {
        let changes = one.changes(&other).unwrap();
        prop_assert_eq!(changes.is_empty(), one == other);
        let back = other.changes(&one).unwrap();
        prop_assert_eq!(changes.len(), back.len());
        let redefined = changes.iter().any(|change| change.redefines);
        let differs = one.indicators.iter().any(|indicator| {
            other.indicators.iter().any(|other| other.code == indicator.code && other.definition != indicator.definition)
        });
        prop_assert_eq!(redefined, differs);
    }
}

#[test]
fn what_may_be_locked_is_what_may_be_said() {
    let facts = written(|_| ());
    assert!(Field::all().iter().all(|field| facts.says(*field)));
}
