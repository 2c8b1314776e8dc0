//! The real plan of this layout, read where it is at hand; nothing of its words is printed.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use traguardo_domain::figure::Figure;
use traguardo_domain::reading::weight;
use traguardo_domain::review::FindingCode;
use traguardo_domain::said::Words;
use traguardo_domain::text::{Code, Line};
use traguardo_domain::weight::{Weight, WeightClass};

use super::*;

/// The real plan; nothing, and a word on it, where it is not at hand.
fn seed() -> Option<Source> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let folder = std::env::var_os("TRAGUARDO_SEEDS").map_or(near, Into::into);
    let files = std::fs::read_dir(folder).ok().into_iter().flatten().flatten();
    let mut paths = files.map(|file| file.path());
    let path =
        paths.find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("003_")));
    if path.is_none() {
        eprintln!("the real plan is not at hand: nothing was tried");
    }
    Some(source(&std::fs::read_to_string(path?).unwrap()))
}

/// Our own plan of the same structures and counts, with other words.
fn demo() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src/demo/plans/s3.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn lines_of(gathered: &Gathered, code: FindingCode) -> BTreeSet<usize> {
    gathered
        .noticed
        .iter()
        .filter(|noticed| noticed.code == code)
        .map(|noticed| noticed.place.line.saturating_add(1))
        .collect()
}

#[test]
fn every_line_is_accounted_for_and_every_objective_is_there() {
    let Some(source) = seed() else { return };
    let gathered = gather(&source, &wide());
    assert_eq!(gathered.uses().len(), source.lines().len());
    assert_eq!(became(&gathered, Use::NotUnderstood), Vec::<usize>::new());
    assert_eq!(became(&gathered, Use::Decoration), Vec::<usize>::new());
    assert_eq!(gathered.objectives.len(), 147);
    let transversal = |objective: &&GatheredObjective| objective.kinds == [ObjectiveKind::Transversal];
    let mut blocks: Vec<(Option<usize>, usize)> = Vec::new();
    for objective in &gathered.objectives {
        let block = Some(top(&gathered, objective.units[0])).filter(|_| !transversal(&objective));
        match blocks.last_mut().filter(|(last, _)| *last == block) {
            Some((_, count)) => *count += 1,
            None => blocks.push((block, 1)),
        }
    }
    assert_eq!(blocks.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [53, 29, 38, 8, 19]);
    assert_eq!(blocks.last().unwrap().0, None);
}

#[test]
fn the_classes_of_weights_are_those_counted_by_hand() {
    let Some(source) = seed() else { return };
    let profile = wide();
    let scale: Vec<WeightClass> = profile
        .scale
        .iter()
        .map(|class| WeightClass {
            code: Code::parse(&class.code).unwrap(),
            label: Line::parse(&class.label).unwrap(),
            coefficient: Figure::parse(&class.coefficient).unwrap(),
        })
        .collect();
    let gathered = gather(&source, &profile);
    let mut counts = [0, 0, 0];
    for objective in &gathered.objectives {
        let words = objective.fields.get(Field::Weight).map(|found| Words::parse(&found.words).unwrap());
        let class = match words.map(|words| weight(&words, &scale).value) {
            Some(Weight::Class { class }) if class.as_str() == "1" => 0,
            Some(Weight::Class { class }) if class.as_str() == "2" => 1,
            _ => 2,
        };
        counts[class] += 1;
    }
    assert_eq!(counts, [56, 85, 6]);
}

#[test]
fn the_tree_and_the_assignments_are_those_of_our_own_plan() {
    let Some(source) = seed() else { return };
    let gathered = gather(&source, &wide());
    let demo = demo();
    let expected: BTreeSet<[String; 3]> = (demo["units"].as_array().unwrap().iter())
        .map(|unit| [text(unit, "code"), text(unit, "parent_code"), text(unit, "kind")])
        .collect();
    let read: BTreeSet<[String; 3]> = (gathered.units.iter())
        .map(|unit| {
            let kind = serde_json::to_value(unit.kind).unwrap().as_str().unwrap().to_owned();
            [code(unit), unit.parent.map(|parent| code(&gathered.units[parent])).unwrap_or_default(), kind]
        })
        .collect();
    assert_eq!(read, expected);
    assert_eq!(gathered.units.len(), 37);
    let differ = |(read, told): (&GatheredObjective, &Value)| {
        let units: Vec<String> = read.units.iter().map(|unit| code(&gathered.units[*unit])).collect();
        let assigned = told["assignments"].as_array().unwrap();
        let told_units: Vec<String> = assigned.iter().map(|one| text(one, "unit_code")).collect();
        (units != told_units).then(|| text(told, "external_id"))
    };
    let others = gathered.objectives.iter().zip(demo["objectives"].as_array().unwrap()).filter_map(differ);
    // Where the office is blank our plan takes the one around it; the reader stays with the service.
    assert_eq!(others.collect::<Vec<_>>(), ["AFF-25", "FIN-16", "FIN-18", "FIN-25"]);
}

#[test]
fn what_was_mended_is_told_with_its_place() {
    let Some(source) = seed() else { return };
    let gathered = gather(&source, &wide());
    assert_eq!(
        lines_of(&gathered, FindingCode::HeadingInsideData),
        BTreeSet::from([12, 24, 63, 84, 106, 116, 191, 204])
    );
    assert_eq!(lines_of(&gathered, FindingCode::NumberOutOfSequence), BTreeSet::from([103, 141, 200, 207]));
    let shifted = lines_of(&gathered, FindingCode::ColumnsShifted);
    let short = source.lines().iter().enumerate().filter(|(_, line)| line.cells().len() == 12);
    let rows = short.filter(|(index, line)| {
        gathered.uses()[*index] == Use::Value && line.cells().filter(|cell| !cell.is_empty()).count() > 1
    });
    let rows: Vec<usize> = rows.map(|(index, _)| index + 1).collect();
    assert_eq!(rows.len(), 19);
    assert!(rows.iter().all(|line| shifted.contains(line)));
    assert_eq!(lines_of(&gathered, FindingCode::CodeOfAnotherStructure).len(), 13);
    assert!(gathered.noticed.iter().all(|noticed| noticed.objective.is_some()));
    let joined = [(7, 12), (15, 24), (145, 204)];
    for (objective, line) in joined {
        let fields = gathered.objectives[objective].fields.iter();
        assert!(fields.map(|(_, found)| found.place.line).any(|first| first + 1 == line));
    }
}

#[test]
fn fused_results_and_dates_are_two_values() {
    let Some(source) = seed() else { return };
    let gathered = gather(&source, &wide());
    let indicators = gathered.objectives.iter().flat_map(|objective| &objective.indicators);
    let fused = indicators.filter(|indicator| {
        let at = |field| indicator.get(field).map(|found| (found.place, found.confidence));
        at(Field::Target).is_some() && at(Field::Target) == at(Field::Deadline)
    });
    assert_eq!(fused.count(), 15);
    let all: Vec<&Found> = gathered.objectives.iter().flat_map(|one| one.fields.all(Field::Cup)).collect();
    assert_eq!(all.len(), 6);
    assert_eq!(all.iter().filter(|found| found.words.starts_with(|c: char| c.is_ascii_digit())).count(), 5);
}
