//! The real plans of these layouts, read where they are at hand; nothing of their words is printed.

use std::path::Path;

use super::*;

/// A real plan; nothing, and a word on it, where the plans are not at hand.
fn seed(start: &str) -> Option<Source> {
    let near = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let folder = std::env::var_os("TRAGUARDO_SEEDS").map_or(near, Into::into);
    let files = std::fs::read_dir(folder).ok().into_iter().flatten().flatten();
    let path = files
        .map(|file| file.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)));
    if path.is_none() {
        eprintln!("the real plans are not at hand: nothing was tried");
    }
    Some(text(&std::fs::read_to_string(path?).unwrap()))
}

fn per_unit(gathered: &Gathered) -> Vec<usize> {
    let of = |unit: usize| gathered.objectives.iter().filter(|objective| objective.units == [unit]).count();
    (0..gathered.units.len()).map(of).collect()
}

fn misses(gathered: &Gathered) -> usize {
    gathered.uses().iter().filter(|became| **became == Use::NotUnderstood).count()
}

fn weights(gathered: &Gathered, unit: usize, transversal: bool) -> u32 {
    let own = gathered.objectives.iter().filter(|objective| {
        objective.units == [unit] && (objective.kinds == [ObjectiveKind::Transversal]) == transversal
    });
    own.map(|objective| {
        let words = &objective.fields.get(Field::Weight).unwrap().words;
        words.strip_suffix('%').unwrap().parse::<u32>().unwrap()
    })
    .sum()
}

#[test]
fn the_plan_with_phases_is_read_whole() {
    let Some(source) = seed("000_") else { return };
    let gathered = gather(&source, shared("table_with_phases"));
    assert_eq!(per_unit(&gathered), [6, 6, 6]);
    let phases = |unit: usize| -> usize {
        let own = gathered.objectives.iter().filter(|objective| objective.units == [unit]);
        own.map(|objective| objective.phases.len()).sum()
    };
    assert_eq!([phases(0), phases(1), phases(2)], [11, 10, 10]);
    assert_eq!(misses(&gathered), 0);
    assert_eq!(gathered.uses().len(), source.lines().len());
    assert!(gathered.noticed.is_empty() && gathered.sections.is_empty());
    let kinds: Vec<UnitKind> = gathered.units.iter().map(|unit| unit.kind).collect();
    assert_eq!(kinds, [UnitKind::Office, UnitKind::Area, UnitKind::Area]);
    let responsible: Vec<bool> =
        gathered.units.iter().map(|unit| unit.fields.get(Field::Responsible).is_some()).collect();
    assert_eq!(responsible, [false, true, true]);
    assert_eq!((0..3).map(|unit| weights(&gathered, unit, false)).collect::<Vec<_>>(), [100, 100, 100]);
    for objective in &gathered.objectives {
        assert!(objective.fields.get(Field::Deadline).is_some());
        assert_eq!(objective.indicators.len(), 1);
        for phase in &objective.phases {
            for field in
                [Field::Number, Field::Title, Field::Weight, Field::Indicator, Field::Target, Field::Deadline]
            {
                assert_eq!(phase.all(field).count(), 1, "{field:?}");
            }
            assert!(!phase.get(Field::Title).unwrap().words.starts_with("Fase"));
        }
    }
    assert_eq!(gathered.objectives.last().unwrap().phases.len(), 0);
}

#[test]
fn the_plan_by_areas_is_read_whole() {
    let Some(source) = seed("001_") else { return };
    let gathered = gather(&source, shared("table_per_area"));
    assert_eq!(per_unit(&gathered), [9, 14, 23, 13, 12]);
    assert_eq!(misses(&gathered), 0);
    assert!(gathered.noticed.is_empty());
    assert_eq!((0..5).map(|unit| weights(&gathered, unit, false)).collect::<Vec<_>>(), [100, 90, 77, 50, 29]);
    assert_eq!((0..5).map(|unit| weights(&gathered, unit, true)).collect::<Vec<_>>(), [0, 6, 10, 10, 10]);
    let all = |field: Field| -> Vec<Option<&str>> {
        gathered.units.iter().map(|unit| unit.fields.get(field).map(|found| found.words.as_str())).collect()
    };
    assert_eq!(all(Field::Number), [None, Some("1"), Some("2"), Some("3"), Some("5")]);
    assert_eq!(all(Field::Year), [Some("2024"), Some("2023"), Some("2023"), Some("2023"), Some("2023")]);
    assert_eq!(
        all(Field::Interim).iter().map(Option::is_some).collect::<Vec<_>>(),
        [false, true, false, false, false]
    );
    assert_eq!(
        all(Field::Responsible).iter().map(Option::is_some).collect::<Vec<_>>(),
        [false, true, true, true, true]
    );
    assert!(all(Field::Unit).iter().all(Option::is_some));
    let kinds: Vec<UnitKind> = gathered.units.iter().map(|unit| unit.kind).collect();
    assert_eq!(kinds, [UnitKind::Office, UnitKind::Area, UnitKind::Area, UnitKind::Area, UnitKind::Area]);
    assert!(gathered.title.is_some());
    for objective in &gathered.objectives {
        let [indicator] = objective.indicators.as_slice() else { panic!("one indicator each") };
        assert!(
            indicator.get(Field::Indicator).is_some() && indicator.get(Field::TargetOrDeadline).is_some()
        );
        assert!(objective.fields.get(Field::Result).is_some());
    }
}
