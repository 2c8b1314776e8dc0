use proptest::prelude::*;

use super::*;

/// A row of a file: structure, title, code, key and phases, each out of a few, so that rows collide.
type Row = (u128, usize, Option<u8>, Option<u8>, Vec<usize>);

const TITLES: [&str; 9] = [
    PAYMENTS,
    "Rispetto dei tempi di pagmento delle fatture",
    ROADS,
    SCHOOLS,
    "Obiettivo 1",
    "Obiettivo 2",
    "Riordino dell'archivio, lotto 1",
    "Riordino dell'archivio, lotto 2",
    "—",
];

fn row() -> impl Strategy<Value = Row> {
    let code = prop::option::of(0u8..4);
    let key = prop::option::of(0u8..8);
    (100u128..103, 0..TITLES.len(), code, key, prop::collection::vec(0..TITLES.len(), 0..4))
}

fn plan(first: u128, rows: &[Row]) -> PlanDocument {
    let mut keys = HashSet::new();
    let mut id = fresh(first);
    let mut objectives = Vec::new();
    for (home, title, code, key, phases) in rows {
        let mut objective = json!({ "id": id(), "title": TITLES[*title] });
        if *home > 100 {
            objective["assignments"] = json!([{ "id": id(), "unit": Uuid::from_u128(*home) }]);
        }
        if let Some(code) = code {
            objective["code"] = json!(code.to_string());
        }
        if let Some(key) = key.filter(|key| keys.insert(*key)) {
            objective["external_id"] = json!(key.to_string());
        }
        let phases: Vec<Value> =
            phases.iter().map(|title| json!({ "id": id(), "title": TITLES[*title] })).collect();
        objective["phases"] = json!(phases);
        objectives.push(objective);
    }
    document(&two_units(), &json!(objectives))
}

fn options() -> impl Strategy<Value = MergeOptions> {
    (any::<bool>(), any::<bool>()).prop_map(|(remove_absent, of_the_plan)| MergeOptions {
        remove_absent,
        keys: if of_the_plan { Keys::OfThePlan } else { Keys::OfTheFile },
        units: BTreeMap::new(),
    })
}

fn plans() -> impl Strategy<Value = (PlanDocument, PlanDocument, MergeOptions)> {
    let rows = || prop::collection::vec(row(), 0..9);
    // The ids of the file are sometimes those of the plan, of other objects.
    (rows(), rows(), options(), prop_oneof![Just(1000u128), Just(5000u128)])
        .prop_map(|(before, file, options, first)| (plan(1000, &before), plan(first, &file), options))
}

proptest! {
    #[test]
    fn merging_twice_is_merging_once_and_no_two_identities_are_the_same((before, file, options) in plans()) {
        let after = merged_with(&before, &file, &options);
        let existing: Vec<ObjectiveId> = after.matches.iter().filter_map(|one| one.existing).collect();
        prop_assert_eq!(existing.iter().collect::<HashSet<_>>().len(), existing.len());
        prop_assert_eq!(after.matches.len(), file.objectives.len());
        let known: HashSet<ObjectiveId> = before.objectives.iter().map(|one| one.id).collect();
        prop_assert_eq!(existing.len().checked_add(after.absent.len()), Some(known.len()));
        let kept = after.document.objectives.iter().filter(|one| known.contains(&one.id)).count();
        let absent = if options.remove_absent && !file.objectives.is_empty() { 0 } else { after.absent.len() };
        prop_assert_eq!(Some(kept), existing.len().checked_add(absent));
    }

    #[test]
    fn merging_a_plan_into_itself_changes_nothing_and_into_nothing_gives_itself((plan, _, options) in plans()) {
        let same = merge(Some(&plan), &[], &plan, &options, &mut fresh(9_000)).document;
        prop_assert_eq!(&same, &plan);
        let new = merge(None, &[], &plan, &options, &mut fresh(9_000)).document;
        prop_assert_eq!(&new, &plan);
    }

    #[test]
    fn the_order_of_a_file_says_nothing_of_who_is_who(shuffled in Just((0..6usize).collect::<Vec<_>>()).prop_shuffle(), homes in prop::collection::vec(101u128..103, 6)) {
        let titles = [PAYMENTS, ROADS, SCHOOLS, ARCHIVE, "Censimento del verde pubblico", "Sportello per le imprese"];
        let listed = |order: &[usize]| order.iter().map(|at| (homes[*at], titles[*at])).collect::<Vec<_>>();
        let before = rows(301, &listed(&[0, 1, 2, 3, 4]));
        let after = merged(&before, &rows(401, &listed(&shuffled)));
        for (title, (existing, _)) in shuffled.iter().zip(found(&after)) {
            let expected = (*title < 5).then(|| u128::try_from(*title).unwrap().checked_add(301)).flatten();
            prop_assert_eq!(existing, expected);
        }
    }
}
