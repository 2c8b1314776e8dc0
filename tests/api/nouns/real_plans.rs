//! The five plans of the demo, read through the API: they have exactly what the real ones have, and review finds in them the
//! mistakes the real ones have.

mod findings;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{column, walk};
use crate::world::World;

/// The five: the comune, its plan, and how many objectives, phases and indicators it has.
const PLANS: [(&str, &str, usize, usize, usize); 5] = [
    ("Z900", "PIANO-2024", 18, 31, 49),
    ("Z901", "PIANO-2024", 71, 0, 71),
    ("L454", "PIANO-2025", 38, 0, 50),
    ("F471", "PIANO-2024", 147, 0, 147),
    ("G004", "PIANO-2024", 127, 0, 0),
];

fn read(world: &World, comune: &str, path: &str) -> Value {
    let plan = PLANS.iter().find(|plan| plan.0 == comune).unwrap().1;
    world.call("lettore", "GET", comune, &format!("/plans/ext:{plan}{path}")).send().expect(200)
}

/// The members of a list, which may be left out.
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map_or(&[], Vec::as_slice)
}

fn indicators(objective: &Value) -> usize {
    list(objective, "indicators").len()
        + list(objective, "phases").iter().map(|phase| list(phase, "indicators").len()).sum::<usize>()
}

/// What a percentage says, in hundredths of the whole; nothing where it says none.
fn percent(weight: &Value) -> Option<i64> {
    weight["value"]["percent"].as_str().map(|text| text.parse().unwrap())
}

/// What the objectives of one structure come to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    objectives: usize,
    phases: usize,
    indicators: usize,
    weights: i64,
}

/// The objectives of each structure, by its code, counted by their first assignment.
fn by_unit(document: &Value, counted: impl Fn(&Value) -> bool) -> BTreeMap<String, Sums> {
    let code = |id: &Value| {
        let unit = list(document, "units").iter().find(|unit| unit["id"] == *id);
        unit.unwrap_or_else(|| panic!("no unit {id}"))["code"].as_str().unwrap().to_owned()
    };
    let mut units: BTreeMap<String, Sums> = BTreeMap::new();
    for objective in list(document, "objectives").iter().filter(|objective| counted(objective)) {
        let assignment = &objective["assignments"][0];
        let sums = units.entry(code(&assignment["unit"])).or_default();
        sums.objectives += 1;
        sums.phases += list(objective, "phases").len();
        sums.indicators += indicators(objective);
        sums.weights += percent(&assignment["weight"]).unwrap_or_default();
    }
    units
}

fn sums(rows: &[(&str, usize, usize, usize, i64)]) -> BTreeMap<String, Sums> {
    let row = |(code, objectives, phases, indicators, weights): &(&str, usize, usize, usize, i64)| {
        let sums =
            Sums { objectives: *objectives, phases: *phases, indicators: *indicators, weights: *weights };
        ((*code).to_owned(), sums)
    };
    rows.iter().map(row).collect()
}

#[test]
fn each_plan_has_the_objectives_phases_and_indicators_of_the_real_one() {
    let world = World::of_the_demo();
    let mut total = 0;
    for (comune, plan, objectives, phases, of_all) in PLANS {
        let document = read(&world, comune, "/document");
        let all = list(&document, "objectives");
        assert_eq!(all.len(), objectives, "{comune}");
        assert_eq!(all.iter().map(|one| list(one, "phases").len()).sum::<usize>(), phases, "{comune}");
        assert_eq!(all.iter().map(indicators).sum::<usize>(), of_all, "{comune}");
        let path = format!("/v1/comuni/{comune}/plans/ext:{plan}/objectives?limit=50");
        let (listed, pages) = walk(&world, &world.token(comune, "giunta"), &path);
        assert_eq!(
            column(&listed, "id"),
            column(all, "id"),
            "{comune}: listed as they stand in the document"
        );
        assert_eq!(pages, objectives.div_ceil(50).max(1), "{comune}");
        total += objectives;
    }
    assert_eq!(total, 401);
}

#[test]
fn the_first_plan_closes_in_every_structure_and_in_every_objective_with_phases() {
    let world = World::of_the_demo();
    let document = read(&world, "Z900", "/document");
    let expected = [("SEG", 6, 11, 17, 100), ("AC", 6, 10, 16, 100), ("AT", 6, 10, 16, 100)];
    assert_eq!(by_unit(&document, |_| true), sums(&expected));
    let of_phases = |objective: &Value| -> Option<i64> {
        let phases = list(objective, "phases");
        (!phases.is_empty()).then(|| phases.iter().map(|phase| percent(&phase["weight"]).unwrap()).sum())
    };
    let closing: Vec<_> = list(&document, "objectives").iter().map(of_phases).collect();
    assert_eq!(closing[..17], [Some(100); 17]);
    assert_eq!(closing[17], None, "the last objective of the third structure has no phase");
    let area = list(&document, "units").iter().find(|unit| unit["code"] == "AT").unwrap();
    assert_eq!(area["responsible"], "Sindaco", "{area}");
}

#[test]
fn the_second_plan_has_its_own_and_its_transversal_objectives() {
    let world = World::of_the_demo();
    let document = read(&world, "Z901", "/document");
    let transversal = |objective: &Value| list(objective, "kinds").contains(&json!("transversal"));
    let own = [
        ("SEG", 9, 0, 9, 100),
        ("A1", 10, 0, 10, 90),
        ("A2", 16, 0, 16, 77),
        ("A3", 6, 0, 6, 50),
        ("A5", 5, 0, 5, 29),
    ];
    assert_eq!(by_unit(&document, |one| !transversal(one)), sums(&own));
    let shared = [("A1", 4, 0, 4, 6), ("A2", 7, 0, 7, 10), ("A3", 7, 0, 7, 10), ("A5", 7, 0, 7, 10)];
    assert_eq!(by_unit(&document, transversal), sums(&shared));
}

#[test]
fn the_third_plan_closes_in_every_sector_and_has_lost_the_weight_of_eleven_cards() {
    let world = World::of_the_demo();
    let document = read(&world, "L454", "/document");
    let expected =
        [("SA", 11, 0, 13, 100), ("SF", 9, 0, 11, 100), ("ST", 9, 0, 11, 100), ("AV", 9, 0, 15, 100)];
    assert_eq!(by_unit(&document, |_| true), sums(&expected));
    let objectives = list(&document, "objectives");
    let lost = objectives.iter().filter(|one| one["assignments"][0]["card_weight"].is_null()).count();
    assert_eq!(lost, 11);
    let staff = |unit: &Value| -> i64 {
        list(unit, "staff").iter().map(|line| line["posts"].as_str().unwrap().parse::<i64>().unwrap()).sum()
    };
    let sectors: BTreeMap<_, _> = list(&document, "units")
        .iter()
        .filter(|unit| unit["parent"].is_null())
        .map(|unit| (unit["code"].as_str().unwrap(), staff(unit)))
        .collect();
    assert_eq!(sectors, BTreeMap::from([("SA", 7), ("SF", 4), ("ST", 5), ("AV", 5)]));
}

#[test]
fn the_fourth_plan_weighs_by_classes_in_every_department() {
    let world = World::of_the_demo();
    let document = read(&world, "F471", "/document");
    let codes: Vec<_> = list(&document["plan"], "scale").iter().map(|class| class["code"].clone()).collect();
    assert_eq!(codes, ["1", "2"]);
    let mut blocks: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for objective in list(&document, "objectives") {
        let block = objective["external_id"].as_str().unwrap().split('-').next().unwrap();
        let counts = blocks.entry(block).or_default();
        counts[0] += 1;
        match objective["assignments"][0]["weight"]["value"]["class"].as_str() {
            Some("1") => counts[1] += 1,
            Some("2") => counts[2] += 1,
            _ => counts[3] += 1,
        }
    }
    let counts: Vec<[usize; 4]> = blocks.values().copied().collect();
    for expected in [[53, 34, 19, 0], [29, 9, 18, 2], [38, 10, 25, 3], [8, 3, 5, 0], [19, 0, 18, 1]] {
        assert!(counts.contains(&expected), "{expected:?} in {blocks:?}");
    }
    assert_eq!(counts.len(), 5);
    let shared = list(&document, "objectives").iter().filter(|one| list(one, "assignments").len() > 1);
    assert!(shared.clone().all(|one| list(one, "kinds").contains(&json!("transversal"))));
    assert_eq!(shared.count(), 19);
}

#[test]
fn the_fifth_plan_has_objectives_in_eleven_sectors_and_no_weight_at_all() {
    let world = World::of_the_demo();
    let document = read(&world, "G004", "/document");
    let objectives = [
        ("SEG", 20),
        ("CUL", 7),
        ("SPO", 5),
        ("ECO", 15),
        ("TRI", 8),
        ("EDI", 7),
        ("LLPP", 16),
        ("SOC", 12),
        ("VIG", 14),
        ("DEM", 13),
        ("URP", 10),
    ];
    let expected: Vec<_> = objectives.iter().map(|(code, many)| (*code, *many, 0, 0, 0)).collect();
    assert_eq!(by_unit(&document, |_| true), sums(&expected));
    let weighed = list(&document, "objectives").iter().flat_map(|one| list(one, "assignments"));
    assert!(weighed.clone().all(|assignment| assignment["weight"].is_null()));
    let area = |code: &str| {
        let units = list(&document, "units");
        let id = &units.iter().find(|unit| unit["code"] == code).unwrap()["id"];
        let id = id.as_str().unwrap();
        read(&world, "G004", &format!("/objectives?limit=200&unit={id}"))["items"].as_array().unwrap().len()
    };
    let areas = ["A", "B", "C", "D", "E", "F"].map(area);
    assert_eq!(areas, [32, 23, 23, 12, 14, 23], "found through the tree of units");
}

#[test]
fn the_plan_in_its_year_was_sealed_as_it_stands() {
    let world = World::of_the_demo();
    let plan = read(&world, "F471", "");
    assert_eq!((&plan["state"], &plan["sealed_version"]), (&json!("in_progress"), &json!(1)));
    assert_eq!(read(&world, "F471", "/versions/current"), read(&world, "F471", "/document"));
    for comune in ["Z900", "Z901", "L454", "G004"] {
        assert_eq!(read(&world, comune, "")["state"], "draft", "{comune}");
    }
}

#[test]
fn every_plan_put_back_where_it_came_from_changes_nothing() {
    let world = World::of_the_demo();
    for (comune, plan, ..) in PLANS.iter().filter(|plan| plan.0 != "F471") {
        let path = format!("/plans/ext:{plan}/document");
        let before = world.call("segretario", "GET", comune, &path).send();
        let put = world.call("segretario", "PUT", comune, &path).json(&before.expect(200)).send();
        assert_eq!((put.expect(200), put.etag()), (before.json(), before.etag()), "{comune}");
    }
}
