//! Differences between documents, tried.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::plan::document::PlanDocument;
use crate::vocabulary::Vocabulary as _;

mod documents;

use documents::{base, document, id, mutated, mutations};

/// The changes as a person would be told them.
fn told(difference: &Difference) -> Vec<String> {
    let fields = |change: &Change| change.fields.iter().map(|field| field.field.clone()).collect::<Vec<_>>();
    let at = |change: &Change| change.position.map(|position| format!("@{position}"));
    let line = |change: &Change| {
        let (kind, object) = (change.kind.word(), change.object.word());
        let rest = at(change).unwrap_or_else(|| fields(change).join(","));
        format!("{kind} {object} {} {rest}", change.label)
    };
    difference.changes.iter().map(line).collect()
}

/// A year's variation: everything that can happen, at once.
fn varied() -> PlanDocument {
    let mut varied = base();
    varied["plan"]["title"] = json!("Piano della performance 2025, variato");
    varied["units"][0]["responsible"] = json!("Segretario comunale");
    varied["sections"].as_array_mut().unwrap().swap(0, 1);
    let objectives = varied["objectives"].as_array_mut().unwrap();
    let first = objectives.remove(0);
    objectives.push(first);
    objectives.remove(0);
    objectives.insert(
        1,
        json!({ "id": id(390), "code": "9", "title": "Transizione digitale",
        "phases": [{ "id": id(590), "title": "Analisi" }] }),
    );
    let last = &mut varied["objectives"][2];
    last["notes"] = json!("Con la variazione di luglio");
    last.as_object_mut().unwrap().remove("code");
    last["assignments"][1]["weight"] = json!({ "value": { "type": "percent", "percent": "30" } });
    last["phases"].as_array_mut().unwrap().reverse();
    last["phases"][2]["indicators"].as_array_mut().unwrap().remove(0);
    last["indicators"].as_array_mut().unwrap().push(json!({ "id": id(690), "name": "Giorni\ndi attesa" }));
    document(&varied)
}

#[test]
fn a_variation_reads_as_what_was_done() {
    let difference = diff(&document(&base()), &varied()).unwrap();
    let expected = [
        "changed plan Piano della performance 2025, variato title",
        "changed unit A1 Area amministrativa responsible",
        "moved section Contesto @0",
        "moved objective 3 Obiettivo 3 @0",
        "added objective 9 Transizione digitale @1",
        "changed objective Obiettivo 1 code,notes",
        "changed assignment A2 Area tecnica weight",
        "moved phase 1.3 Fase 3 @0",
        "moved phase 1.2 Fase 2 @1",
        "removed indicator Indicatore 1 della fase @0",
        "added indicator Giorni di attesa @2",
        "removed objective 2 Obiettivo 2 @1",
    ];
    assert_eq!(told(&difference), expected);
    assert_eq!(apply(&difference, &document(&base())).unwrap(), varied());
}

#[test]
fn a_program_finds_the_place_by_ids_and_both_values() {
    let difference = diff(&document(&base()), &varied()).unwrap();
    let changes = serde_json::to_value(&difference).unwrap()["changes"].take();
    assert_eq!(
        changes[6],
        json!({ "kind": "changed", "object": "assignment", "id": id(411), "label": "A2 Area tecnica",
            "pointer": format!("/objectives/{}/assignments/{}", id(301), id(411)),
            "fields": [{ "field": "weight",
                "before": { "value": { "type": "percent", "percent": "40" } },
                "after": { "value": { "type": "percent", "percent": "30" } } }] })
    );
    assert_eq!(
        changes[5]["fields"],
        json!([{ "field": "code", "before": "1" }, { "field": "notes", "after": "Con la variazione di luglio" }])
    );
    assert_eq!(
        changes[4],
        json!({ "kind": "added", "object": "objective", "id": id(390), "label": "9 Transizione digitale",
            "pointer": format!("/objectives/{}", id(390)), "position": 1,
            "value": { "id": id(390), "code": "9", "title": "Transizione digitale",
                "phases": [{ "id": id(590), "title": "Analisi" }] } })
    );
    let (objective, phase, indicator) = (id(301), id(511), id(611));
    let pointer = format!("/objectives/{objective}/phases/{phase}/indicators/{indicator}");
    assert_eq!(changes[9]["pointer"], json!(pointer));
}

#[test]
fn a_document_of_another_comune_and_plan_differs_around_and_in_its_header() {
    let mut other = base();
    other["comune"] = json!("A001");
    other["plan"]["id"] = json!(id(2));
    let difference = diff(&document(&base()), &document(&other)).unwrap();
    let places: Vec<_> =
        difference.changes.iter().map(|change| (change.pointer.as_str(), change.id)).collect();
    assert_eq!(places, [("", Some(id(2))), ("/plan", Some(id(2)))]);
    assert_eq!(apply(&difference, &document(&base())).unwrap(), document(&other));
}

#[test]
fn a_part_that_goes_to_another_parent_is_removed_there_and_added_here() {
    let mut other = base();
    let phase = other["objectives"][0]["phases"].as_array_mut().unwrap().remove(1);
    other["objectives"][1]["phases"].as_array_mut().unwrap().insert(0, phase);
    let difference = diff(&document(&base()), &document(&other)).unwrap();
    assert_eq!(told(&difference), ["removed phase 1.2 Fase 2 @1", "added phase 1.2 Fase 2 @0"]);
}

#[test]
fn an_assignment_to_a_unit_nobody_listed_is_called_by_the_units_id() {
    let mut other = base();
    other["objectives"][0]["assignments"][0]["unit"] = json!(id(190));
    let difference = diff(&document(&base()), &document(&other)).unwrap();
    assert_eq!(told(&difference), [format!("changed assignment {} unit", id(190))]);
}

#[test]
fn two_objects_of_one_id_in_one_list_cannot_be_compared() {
    let mut twice = base();
    let first = twice["sections"][0].clone();
    twice["sections"].as_array_mut().unwrap().push(first);
    assert!(diff(&document(&base()), &document(&twice)).unwrap_err().to_string().contains("/sections"));
    assert!(diff(&document(&twice), &document(&base())).is_err());
}

fn refused(difference: &Difference, to: &Value) -> ApplyError {
    apply(difference, &document(to)).unwrap_err()
}

fn without(pointer: &str, index: usize) -> Value {
    let mut other = base();
    other.pointer_mut(pointer).unwrap().as_array_mut().unwrap().remove(index);
    other
}

#[test]
fn a_difference_does_not_fit_a_document_that_disagrees_with_it() {
    let fewer = without("/objectives", 2);
    let removal = diff(&document(&base()), &document(&fewer)).unwrap();
    assert!(matches!(refused(&removal, &fewer), ApplyError::NotThere { .. }));
    let mut changed = base();
    changed["objectives"][2]["title"] = json!("Altro");
    assert!(matches!(refused(&removal, &changed), ApplyError::NotAsBefore { .. }));
    let addition = diff(&document(&fewer), &document(&base())).unwrap();
    assert!(matches!(refused(&addition, &base()), ApplyError::AlreadyThere { .. }));
    let mut none = base();
    none["objectives"] = json!([]);
    assert!(matches!(refused(&addition, &none), ApplyError::OutOfReach { .. }));
    let change = diff(&document(&base()), &document(&changed)).unwrap();
    assert!(matches!(refused(&change, &fewer), ApplyError::NotThere { .. }));
    let ApplyError::NotAsBefore { pointer } = refused(&change, &changed) else { panic!("applied twice") };
    assert_eq!(pointer, format!("/objectives/{}/title", id(303)));
}

#[test]
fn a_difference_fits_a_document_that_says_more_elsewhere() {
    let mut changed = base();
    changed["objectives"][2]["title"] = json!("Altro");
    let change = diff(&document(&base()), &document(&changed)).unwrap();
    let applied = apply(&change, &document(&without("/sections", 0))).unwrap();
    assert_eq!((applied.sections.len(), applied.objectives[2].facts.title.as_str()), (1, "Altro"));
}

/// What makes a change contradict itself.
type Spoil<'a> = &'a dyn Fn(&mut Change);

#[test]
fn a_difference_made_by_hand_that_contradicts_itself_is_refused() {
    let difference = diff(&document(&base()), &varied()).unwrap();
    let spoilt = |index: usize, spoil: Spoil<'_>| {
        let mut spoilt = difference.clone();
        spoil(&mut spoilt.changes[index]);
        refused(&spoilt, &base())
    };
    let cases: [(usize, Spoil<'_>); 7] = [
        (4, &|change| change.value = None),
        (4, &|change| change.position = None),
        (4, &|change| change.object = ChangedObject::Unit),
        (4, &|change| change.value = Some(json!({ "id": id(7) }))),
        (5, &|change| change.fields[0].field = "phases".to_owned()),
        (5, &|change| change.fields[0].field = "id".to_owned()),
        (2, &|change| change.pointer.clear()),
    ];
    for (index, spoil) in cases {
        let error = spoilt(index, spoil);
        assert!(matches!(error, ApplyError::Malformed { .. }), "{index}: {error:?}");
    }
    for pointer in ["/", "//", "/nowhere/x", "/plan/x", "/objectives", "/units//units/", "x/y/z"] {
        let error = spoilt(4, &|change| pointer.clone_into(&mut change.pointer));
        assert!(
            matches!(error, ApplyError::NotThere { .. } | ApplyError::Malformed { .. }),
            "{pointer}: {error:?}"
        );
    }
    let no_title = spoilt(4, &|change| change.value = Some(json!({ "id": id(390) })));
    assert!(matches!(no_title, ApplyError::NoDocument(_)));
}

proptest! {
    #[test]
    fn a_difference_makes_the_later_document_out_of_the_earlier(one in mutations(), other in mutations()) {
        let (before, after) = (mutated(&one), mutated(&other));
        let difference = diff(&before, &after).unwrap();
        prop_assert_eq!(&apply(&difference, &before).unwrap(), &after);
        prop_assert_eq!(difference.is_empty(), before == after);
        let back = diff(&after, &before).unwrap();
        prop_assert_eq!(&apply(&back, &after).unwrap(), &before);
    }

    #[test]
    fn a_document_does_not_differ_from_itself(one in mutations()) {
        let document = mutated(&one);
        prop_assert!(diff(&document, &document.clone()).unwrap().is_empty());
    }

    #[test]
    fn a_difference_is_written_the_same_each_time_and_each_pointer_says_the_kind_once(
        one in mutations(), other in mutations(),
    ) {
        let (before, after) = (mutated(&one), mutated(&other));
        let (first, second) = (diff(&before, &after).unwrap(), diff(&before, &after).unwrap());
        prop_assert_eq!(serde_json::to_string(&first).unwrap(), serde_json::to_string(&second).unwrap());
        let mut seen = std::collections::BTreeSet::new();
        for change in &first.changes {
            prop_assert!(seen.insert((change.pointer.clone(), change.kind)), "{:?}", change);
            prop_assert!(change.pointer.is_empty() || change.id.is_some());
        }
    }
}
