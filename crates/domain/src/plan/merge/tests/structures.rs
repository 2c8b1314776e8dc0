use super::*;

fn units(units: &Value) -> PlanDocument {
    document(units, &json!([]))
}

fn names(merged: &Merged) -> Vec<(&str, &str)> {
    let units = merged.document.units.iter();
    units.map(|unit| (unit.facts.code.as_str(), unit.facts.name.as_str())).collect()
}

fn found_units(merged: &Merged) -> Vec<(Option<u128>, &'static str)> {
    merged.units.iter().map(|one| (one.existing.map(|id| id.0.as_u128()), one.by.word())).collect()
}

#[test]
fn structures_are_found_by_code_then_by_name_and_keep_code_and_days() {
    let before = units(&two_units());
    let file = units(&json!([
        unit(801, "1", "Area Amministrativa", None),
        unit(802, "A2", "Area lavori pubblici", None),
        unit(803, "A3", "Polizia locale", None),
    ]));
    let after = merged(&before, &file);
    assert_eq!(found_units(&after), [(Some(101), "likeness"), (Some(102), "code"), (None, "new")]);
    let expected = [("A1", "Area amministrativa"), ("A2", "Area lavori pubblici"), ("A3", "Polizia locale")];
    assert_eq!(names(&after), expected);
}

#[test]
fn a_structure_put_first_takes_no_code_of_another() {
    let before = units(&two_units());
    let file = units(&json!([
        unit(801, "A1", "Segreteria generale", None),
        unit(802, "A2", "Area amministrativa", None),
        unit(803, "A3", "Area tecnica", None),
    ]));
    let after = merged(&before, &file);
    assert_eq!(found_units(&after), [(None, "new"), (Some(101), "likeness"), (Some(102), "likeness")]);
    assert_eq!(
        names(&after),
        [("A1", "Area amministrativa"), ("A2", "Area tecnica"), ("A1-2", "Segreteria generale")]
    );
}

#[test]
fn below_each_parent_a_name_is_of_another_structure() {
    let tree = |ids: [u128; 4]| {
        json!([
            unit(ids[0], "S1", "Settore finanziario", None),
            unit(ids[1], "S2", "Settore tecnico", None),
            unit(ids[2], "S1.1", "Ufficio di segreteria", Some(ids[0])),
            unit(ids[3], "S2.1", "Ufficio di segreteria", Some(ids[1])),
        ])
    };
    let before = units(&tree([101, 102, 103, 104]));
    let mut file = tree([801, 802, 803, 804]);
    for (at, code) in ["D", "C", "B", "A"].iter().enumerate() {
        file[at]["code"] = json!(code);
    }
    file.as_array_mut().unwrap().reverse();
    let after = merged(&before, &units(&file));
    let existing: Vec<Option<u128>> = found_units(&after).into_iter().map(|(existing, _)| existing).collect();
    assert_eq!(existing, [Some(104), Some(103), Some(102), Some(101)]);
    assert_eq!(changes(&before, &after.document), Vec::<String>::new());
}

#[test]
fn a_place_in_the_tree_that_cannot_be_is_not_taken() {
    let before =
        units(&json!([unit(101, "A", "Settore tecnico", None), unit(102, "B", "Ufficio strade", Some(101))]));
    let file =
        units(&json!([unit(802, "B", "Ufficio strade", None), unit(801, "A", "Settore tecnico", Some(802))]));
    assert_eq!(changes(&before, &merged(&before, &file).document), Vec::<String>::new());
}

#[test]
fn a_structure_is_the_one_somebody_says_it_is() {
    let before = units(&two_units());
    let file =
        units(&json!([unit(801, "A1", "Area amministrativa", None), unit(802, "A2", "Area tecnica", None)]));
    let id = |number| UnitId(Uuid::from_u128(number));
    let options = MergeOptions { units: BTreeMap::from([(id(801), id(102))]), ..MergeOptions::default() };
    let after = merge(Some(&before), &[], &file, &options, &mut fresh(9_000));
    assert_eq!(found_units(&after)[0], (Some(102), "choice"));
    after.document.check().unwrap();
}

#[test]
fn structures_the_comune_has_are_used_by_its_first_plan() {
    let there = units(&two_units()).units;
    let file = document(
        &json!([unit(801, "A2", "Area tecnica", None)]),
        &json!([{ "id": Uuid::from_u128(3), "title": ROADS,
            "assignments": [{ "id": Uuid::from_u128(4), "unit": Uuid::from_u128(801) }] }]),
    );
    let after = merge(None, &there, &file, &MergeOptions::default(), &mut fresh(9_000)).document;
    assert_eq!(after.units, there);
    assert_eq!(after.objectives[0].facts.assignments[0].facts.unit, UnitId(Uuid::from_u128(102)));
}
