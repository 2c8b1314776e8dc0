//! A file that was corrected and is imported again: what was corrected changes, and nothing else.

use super::ours::AREAS;
use super::*;

/// A row that was forgotten, in the middle; and a day that was written wrong.
fn corrected() -> String {
    let row = "4\t35%\tRivedere le rette dell'asilo";
    let forgotten = "3\t5%\tTenere aperta la ludoteca in estate\tBambini accolti\tGiorni di apertura\t40";
    let (day, right) = ("entro il 13/11/2026", "entro il 30/11/2026");
    assert!(AREAS.matches(row).count() == 1 && AREAS.matches(day).count() == 1);
    AREAS.replace(row, &format!("{forgotten}\n{row}")).replace(day, right)
}

/// Every id of the objectives and of what is in them.
fn ids(document: &Value) -> Vec<String> {
    let parts = |one: &Value| -> Vec<String> {
        let own = ["assignments", "phases", "indicators"].into_iter().flat_map(|name| list(one, name));
        std::iter::once(one).chain(own).map(|part| part["id"].as_str().unwrap().to_owned()).collect()
    };
    list(document, "objectives").iter().flat_map(parts).collect()
}

#[test]
fn a_day_mended_and_a_row_put_in_the_middle_are_the_only_changes() {
    let world = World::new();
    let text = corrected();
    let sent = |text: &'static str| File { bytes: text.as_bytes(), name: "piano.txt", year: 2026 };
    let first = Import::of(&world, "L454", &sent(AREAS));
    let applied = first.apply();
    let before = first.plan(&applied);
    let file = File { bytes: text.as_bytes(), name: "corretto.txt", year: 2026 };
    let import = Import::of(&world, "L454", &file);
    import.accounted(AREAS.lines().count() + 1, &[]);

    let preview = import.preview();
    let changes: Vec<(&str, &str)> = list(&preview, "changes")
        .iter()
        .map(|change| (change["kind"].as_str().unwrap(), change["object"].as_str().unwrap()))
        .collect();
    assert_eq!(changes, [("added", "objective"), ("changed", "indicator")], "{}", preview["changes"]);
    let added = &preview["changes"][0];
    assert_eq!(added["value"]["title"], "Tenere aperta la ludoteca in estate", "{added}");
    let new: Vec<&Value> = list(&preview, "objectives").iter().filter(|one| one["by"] == "new").collect();
    assert_eq!(new.len(), 1, "{new:?}");
    assert!(list(&preview, "absent").is_empty());

    let done = import.apply();
    assert_eq!(
        (&done["added"], &done["changed"], &done["removed"]),
        (&json!(1), &json!(1), &json!(0)),
        "{done}"
    );
    let after = import.plan(&done);
    let (old, new) = (ids(&before), ids(&after));
    assert!(old.iter().all(|id| new.contains(id)), "what was there keeps its id");
    assert_eq!(new.len(), old.len() + 3, "an objective, its assignment and its indicator are new");
    let titles = |document: &Value| -> Vec<String> {
        list(document, "objectives").iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
    };
    let mut expected = titles(&before);
    expected.insert(4, "Tenere aperta la ludoteca in estate".to_owned());
    assert_eq!(titles(&after), expected, "it stands where the row does");
    let same =
        list(&before, "objectives").iter().filter(|one| list(&after, "objectives").contains(one)).count();
    assert_eq!(
        same,
        list(&before, "objectives").len() - 1,
        "all but the one whose day was mended are as they were"
    );
    assert_eq!(sorted(by_unit(&after)), [(2, 100), (3, 95), (6, 105)]);
    assert_eq!(import.apply()["unchanged"], true);
}
