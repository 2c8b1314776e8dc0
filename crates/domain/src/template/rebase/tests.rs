use std::collections::BTreeSet;

use chrono::DateTime;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::assignment::Assignment;
use crate::template::TemplateFacts;
use crate::template::adoption::{Overrides, adopt};
use crate::template::binding::{bind, propose, rewritten, unbind};
use crate::template::deviation::{deviations, trespasses};
use crate::text::{Line, Text};

fn year() -> Year {
    Year::parse(2025).unwrap()
}

fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

fn counter(from: u128) -> impl FnMut() -> Uuid {
    let mut next = from;
    move || {
        next = next.saturating_add(1);
        Uuid::from_u128(next)
    }
}

fn facts(number: i32) -> TemplateFacts {
    serde_json::from_value(json!({
        "title": format!("Titolo {number}"),
        "purpose": "Pagare in tempo",
        "scope": "unit",
        "kinds": ["by_law"],
        "laws": ["L. 145/2018"],
        "weight": "30",
        "locked": ["laws", "target"],
        "phases": [{"title": "Verifica", "weight": "50"}, {"title": "Pubblicazione", "weight": "50"}],
        "indicators": [
            {"code": "T1.itp", "name": "Indice di tempestività", "formula": "lower_zero", "formula_words": "somma / somma",
             "measure": "days", "direction": "lower", "perimeter": "Fatture pagate", "pooling": "same",
             "targets": [
                {"from": 2024, "target": {"value": {"type": "bound", "comparison": "at_most", "figure": "5"}}},
                {"from": 2025, "target": {"value": {"type": "bound", "comparison": "at_most", "figure": "0"}}},
                {"from": 2026, "target": {"value": {"type": "bound", "comparison": "at_most", "figure": "-1"}}}
             ]},
            {"code": "T1.share", "name": "Quota liquidata", "formula": "ratio", "formula_words": "liquidate / ricevute",
             "measure": "percent", "direction": "higher", "perimeter": "Fatture ricevute", "pooling": "pooled"}
        ],
    }))
    .unwrap()
}

fn version(number: i32, facts: TemplateFacts) -> Template {
    let (author, published_at) = (code("regione"), DateTime::UNIX_EPOCH);
    Template { code: code("T1"), author, number, published_at, facts, definitions: Vec::new() }
}

fn base() -> Template {
    version(1, facts(1))
}

fn units(count: u128) -> Vec<Assignment> {
    let one = |number: u128| json!({"id": Uuid::from_u128(number.saturating_add(100)), "unit": Uuid::from_u128(number)});
    (1..=count).map(|number| serde_json::from_value(one(number)).unwrap()).collect()
}

fn adopted(template: &Template) -> ObjectiveFacts {
    adopt(template, units(2), &Overrides::default(), year(), &mut counter(1000)).unwrap()
}

fn rebased(ours: &ObjectiveFacts, theirs: &Template) -> Rebased {
    rebase(ours, Versions { base: &base(), theirs }, year(), &Choices::new(), &mut counter(5000))
}

/// What an objective says, whatever the ids of its parts and the order of its indicators.
fn without_ids(facts: &ObjectiveFacts) -> serde_json::Value {
    let mut facts = facts.clone();
    facts.indicators.sort_by(|one, other| one.facts.template_indicator.cmp(&other.facts.template_indicator));
    let mut value = serde_json::to_value(facts).unwrap();
    for list in ["assignments", "phases", "indicators"] {
        for part in value.get_mut(list).and_then(|list| list.as_array_mut()).into_iter().flatten() {
            part.as_object_mut().unwrap().remove("id");
        }
    }
    value
}

#[test]
fn adopting_makes_one_objective_for_all_the_structures_with_the_target_of_the_year() {
    let facts = adopted(&base());
    assert_eq!(facts.units().count(), 2);
    assert_eq!(facts.template_version, Some(1));
    let target = facts.says(&Place::of_indicator(Field::Target, code("T1.itp"))).unwrap();
    assert_eq!(target.figure().unwrap().to_string(), "0");
    assert_eq!(deviations(&facts, &base(), year()), []);
}

#[test]
fn overriding_an_open_field_deviates_and_a_locked_one_is_refused_at_its_place() {
    let open = Overrides { title: Some(Line::parse("Il nostro").unwrap()), ..Overrides::default() };
    let mut units = units(1);
    let percent = crate::figure::Figure::whole(20);
    units[0].facts.weight = Some(crate::said::Said::plainly(crate::weight::Weight::Percent { percent }));
    let facts = adopt(&base(), units.clone(), &open, year(), &mut counter(0)).unwrap();
    let told = deviations(&facts, &base(), year());
    assert_eq!(told.iter().map(|one| one.field).collect::<Vec<_>>(), [Field::Title, Field::Weight]);
    assert_eq!(told[0].objective, None, "no word of a plan is told");
    assert_eq!(
        (told[1].template.unwrap().to_string(), told[1].objective.unwrap().to_string()),
        ("30".into(), "20".into())
    );
    let locked = Overrides { laws: Some(Vec::new()), ..Overrides::default() };
    let faults = adopt(&base(), units, &locked, year(), &mut counter(0)).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.pointer.as_str()).collect::<Vec<_>>(), ["/overrides/laws"]);
    assert!(adopt(&base(), Vec::new(), &Overrides::default(), year(), &mut counter(0)).is_err());
}

#[test]
fn a_locked_field_may_stay_or_come_back_and_nothing_else() {
    let before = adopted(&base());
    let mut after = before.clone();
    after.title = Line::parse("Il nostro").unwrap();
    assert_eq!(trespasses(&before, &after, &base(), year()), []);
    after.indicators[0].facts.target = None;
    let faults = trespasses(&before, &after, &base(), year());
    assert_eq!(faults[0].pointer, "/indicators/0/target");
    assert!(faults[0].detail.contains("regione"), "{faults:?}");
    assert_eq!(trespasses(&after, &before, &base(), year()), []);
    assert_eq!(trespasses(&after, &after, &base(), year()), []);
}

#[test]
fn binding_changes_nothing_else_and_refuses_what_cannot_be_compared() {
    let mut plain = unbind(&adopted(&base()));
    assert!(plain.template.is_none() && plain.bound(&code("T1.itp")).is_none());
    let pairs = propose(&plain, &base());
    assert_eq!(pairs.len(), 2);
    let pairs = pairs.into_iter().map(|pair| (pair.indicator, pair.template_indicator)).collect();
    let bound = bind(&plain, &base(), &pairs).unwrap();
    assert_eq!(unbind(&bound), plain);
    plain.indicators[0].facts.measure = Some(crate::measure::Measure::Percent);
    assert!(
        bind(&plain, &base(), &pairs).unwrap_err()[0].pointer.contains(&plain.indicators[0].id.0.to_string())
    );
    assert_eq!(propose(&plain, &base()).len(), 1, "another unit is not proposed");
}

#[test]
fn writing_does_not_move_a_binding() {
    let bound = adopted(&base());
    let free = unbind(&bound);
    assert_eq!(rewritten(Some(&bound), &bound, false), []);
    assert_eq!(rewritten(Some(&bound), &free, true)[0].pointer, "/template_version");
    assert_eq!(rewritten(Some(&free), &bound, true), []);
    assert_eq!(rewritten(Some(&free), &bound, false)[0].pointer, "/template_version");
    assert_eq!(rewritten(None, &free, false), []);
}

#[test]
fn a_rebase_takes_keeps_tells_and_overrules() {
    let mut newer = facts(2);
    newer.purpose = Text::parse("Un altro scopo").unwrap();
    newer.laws = vec![Line::parse("Una legge nuova").unwrap()];
    newer.indicators[1].definition.measure = crate::measure::Measure::Number;
    let theirs = version(2, newer);
    let mut ours = adopted(&base());
    ours.purpose = Some(Text::parse("Il nostro scopo").unwrap());
    ours.expected_result = Some(Text::parse("Nostro").unwrap());
    ours.laws = Vec::new();
    let done = rebased(&ours, &theirs);
    let became = |field| {
        done.changes.iter().find(|one| one.place == Place::of_objective(field)).map(|one| one.outcome)
    };
    assert_eq!(became(Field::Title), Some(RebaseOutcome::Taken));
    assert_eq!(became(Field::Purpose), Some(RebaseOutcome::Conflict));
    assert_eq!(became(Field::Laws), Some(RebaseOutcome::Overruled));
    assert_eq!(became(Field::ExpectedResult), None);
    assert_eq!(done.facts.purpose, ours.purpose);
    assert_eq!(done.undecided().count(), 1);
    assert_eq!(done.redefined, [code("T1.share")]);
    let choices = Choices::from([(Place::of_objective(Field::Purpose), RebaseChoice::Theirs)]);
    let chosen =
        rebase(&ours, Versions { base: &base(), theirs: &theirs }, year(), &choices, &mut counter(0));
    assert_eq!(chosen.facts.purpose.unwrap().as_str(), "Un altro scopo");
}

#[test]
fn indicators_that_go_are_taken_out_unless_they_became_the_plans_own() {
    let mut newer = facts(1);
    newer.indicators.remove(1);
    let theirs = version(2, newer);
    let mut ours = adopted(&base());
    assert_eq!(rebased(&ours, &theirs).facts.indicators.len(), 1);
    ours.indicators[1].facts.notes = Some(Text::parse("Nostro").unwrap());
    let done = rebased(&ours, &theirs);
    assert_eq!((done.facts.indicators.len(), done.released), (2, vec![code("T1.share")]));
    assert_eq!(done.facts.indicators[1].facts.template_indicator, None);
}

/// Versions that differ from the first in anything.
fn other_version() -> impl Strategy<Value = Template> {
    let parts =
        (0..4_u8, 0..4_u8, 0..3_u8, proptest::option::of(0..100_i32), 0..4_u8, 0..4_u8, any::<[bool; 4]>());
    parts.prop_map(|(title, purpose, laws, weight, phases, indicators, locked)| {
        let mut facts = facts(i32::from(title));
        facts.purpose = Text::parse(&format!("Scopo {purpose}")).unwrap();
        facts.laws = (0..laws).map(|law| Line::parse(&format!("Legge {law}")).unwrap()).collect();
        facts.weight = weight.map(crate::figure::Figure::whole);
        facts.phases.truncate(usize::from(phases));
        if phases == 3 {
            facts.phases.reverse();
        }
        facts.indicators.truncate(usize::from(indicators));
        if indicators == 3 {
            let mut third = facts.indicators[0].clone();
            third.code = code("T1.third");
            facts.indicators.push(third);
        }
        let fields = [Field::Title, Field::Purpose, Field::Phases, Field::Indicators];
        facts.locked =
            fields.into_iter().zip(locked).filter(|(_, locked)| *locked).map(|(field, _)| field).collect();
        version(2, facts)
    })
}

/// Objectives that say some of it otherwise.
fn changed(template: &Template) -> impl Strategy<Value = ObjectiveFacts> + use<> {
    let adopted = adopted(template);
    any::<[bool; 5]>().prop_map(move |which| {
        let mut facts = adopted.clone();
        if which[0] {
            facts.title = Line::parse("Il nostro").unwrap();
        }
        if which[1] {
            facts.purpose = None;
        }
        if which[2] {
            facts.phases.pop();
        }
        if which[3] {
            facts.indicators.pop();
        }
        if which[4] {
            facts.assignments.pop();
        }
        facts
    })
}

proptest! {
    #[test]
    fn a_rebase_to_the_same_version_changes_nothing(ours in changed(&base())) {
        prop_assert_eq!(rebased(&ours, &base()).facts, ours);
    }

    #[test]
    fn an_objective_that_says_what_the_version_said_comes_to_say_what_the_newer_says(theirs in other_version()) {
        let done = rebased(&adopted(&base()), &theirs);
        prop_assert_eq!(without_ids(&done.facts), without_ids(&adopted(&theirs)));
        prop_assert_eq!(done.undecided().count(), 0);
    }

    #[test]
    fn after_a_rebase_no_locked_field_deviates_that_did_not_before(ours in changed(&base()), theirs in other_version()) {
        let had: BTreeSet<Field> = deviations(&ours, &base(), year()).into_iter().filter(|one| one.locked).map(|one| one.field).collect();
        let done = rebased(&ours, &theirs);
        for one in deviations(&done.facts, &theirs, year()).into_iter().filter(|one| one.locked) {
            prop_assert!(had.contains(&one.field), "{one:?}");
        }
    }

    #[test]
    fn a_second_rebase_to_the_same_version_changes_nothing(ours in changed(&base()), theirs in other_version()) {
        let once = rebased(&ours, &theirs).facts;
        let twice = rebase(&once, Versions { base: &theirs, theirs: &theirs }, year(), &Choices::new(), &mut counter(9000)).facts;
        prop_assert_eq!(twice, once);
    }
}
