//! The real plan of cards, where it is: counts and codes only, none of its words.

use std::path::PathBuf;

use super::*;

const SECTORS: [usize; 4] = [0, 3, 7, 11];

/// The text of the real plan; nothing where it is not.
fn seed() -> Option<String> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    let folder = std::env::var_os("TRAGUARDO_SEEDS").map_or(beside, PathBuf::from);
    let Some(found) = std::fs::read_dir(folder).ok().and_then(|files| {
        files.flatten().find(|file| file.file_name().to_string_lossy().starts_with("002_"))
    }) else {
        eprintln!("the real plans are not here: nothing to check");
        return None;
    };
    Some(std::fs::read_to_string(found.path()).unwrap())
}

#[test]
fn the_real_plan_has_all_its_objectives_and_indicators() {
    let Some(text) = seed() else { return };
    let gathered = read(&text);
    let cards = SECTORS.map(|unit| of_unit(&gathered, unit));
    assert_eq!(cards.each_ref().map(Vec::len), [11, 9, 9, 9]);
    assert_eq!(gathered.objectives.len(), 38);
    let indicators =
        |cards: &Vec<&GatheredObjective>| cards.iter().map(|card| card.indicators.len()).sum::<usize>();
    assert_eq!(cards.each_ref().map(indicators), [13, 11, 11, 15]);
    let steps =
        |cards: &Vec<&GatheredObjective>| cards.iter().map(|card| card.steps.len()).collect::<Vec<_>>();
    assert_eq!(steps(&cards[0]), [1, 1, 1, 1, 3, 1, 1, 1, 1, 3, 1]);
    assert_eq!(steps(&cards[1]), [1, 1, 1, 1, 3, 1, 1, 1, 2]);
    assert_eq!(steps(&cards[2]), [1, 1, 1, 1, 3, 1, 1, 1, 1]);
    assert_eq!(steps(&cards[3]), [1, 1, 1, 1, 3, 1, 1, 1, 1]);
    for card in &gathered.objectives {
        for field in [Field::Title, Field::Stakeholders, Field::Impact, Field::Result, Field::SummaryTitle] {
            assert!(card.fields.get(field).is_some(), "{field:?} of {}", words(&card.fields, Field::Code));
        }
        assert!(card.fields.all(Field::Title).count() == 1 && !card.steps.is_empty());
    }
}

#[test]
fn the_real_plan_has_its_codes() {
    let Some(text) = seed() else { return };
    let gathered = read(&text);
    let codes = |unit| -> Vec<String> {
        of_unit(&gathered, unit).iter().map(|card| words(&card.fields, Field::Code).to_owned()).collect()
    };
    let in_order =
        |letters: &str, last: usize| (1..=last).map(|at| format!("{at}/{letters}")).collect::<Vec<_>>();
    assert_eq!(codes(0), in_order("SA", 11));
    assert_eq!(codes(3), in_order("SF", 9));
    assert_eq!(codes(7), in_order("ST", 9));
    let mut last = in_order("AV", 9);
    "4/AA".clone_into(&mut last[3]);
    assert_eq!(codes(11), last);
    let of_units = SECTORS.map(|unit| words(&gathered.units[unit].fields, Field::Code).to_owned());
    assert_eq!(of_units, ["SA", "SF", "ST", "AV"]);
}

#[test]
fn the_real_plan_has_its_weights_and_those_that_were_lost_are_told() {
    let Some(text) = seed() else { return };
    let gathered = read(&text);
    let weights = |unit| -> Vec<i32> {
        let cards = of_unit(&gathered, unit);
        let weight = |card: &&GatheredObjective| {
            words(&card.fields, Field::Weight).trim_end_matches(['%', ' ']).parse::<i32>().unwrap()
        };
        cards.iter().map(weight).collect()
    };
    assert_eq!(weights(0), [10, 10, 10, 10, 10, 10, 5, 10, 10, 10, 5]);
    assert_eq!(weights(3), [10, 10, 10, 10, 10, 20, 10, 10, 10]);
    assert_eq!(weights(7), [10, 10, 10, 10, 10, 20, 10, 10, 10]);
    assert_eq!(weights(11), [10, 10, 10, 10, 10, 15, 15, 10, 10]);
    let totals = SECTORS.map(|unit| gathered.units[unit].summary_total.as_ref().unwrap().words.clone());
    assert_eq!(totals, ["100%"; 4]);
    let lost = ["7/SA", "11/SA", "7/SF", "6/ST", "7/ST", "8/ST", "9/ST", "5/AV", "7/AV", "8/AV", "9/AV"];
    assert_eq!(noticed(&gathered, FindingCode::WeightMissing), lost);
    for card in &gathered.objectives {
        let code = words(&card.fields, Field::Code);
        assert_eq!(card.fields.get(Field::CardWeight).is_none(), lost.contains(&code), "{code}");
    }
}

#[test]
fn the_real_plan_has_its_structures_posts_and_activities() {
    let Some(text) = seed() else { return };
    let gathered = read(&text);
    assert_eq!(gathered.units.len(), 15);
    let parents: Vec<Option<usize>> = gathered.units.iter().map(|unit| unit.parent).collect();
    let office = |at: usize| SECTORS.iter().rev().find(|sector| **sector < at).copied();
    let expected: Vec<Option<usize>> =
        (0..15).map(|at| if SECTORS.contains(&at) { None } else { office(at) }).collect();
    assert_eq!(parents, expected);
    let posts = SECTORS.map(|unit| gathered.units[unit].staff.len());
    assert_eq!(posts, [7, 4, 5, 5]);
    let totals = SECTORS.map(|unit| gathered.units[unit].staff_total.as_ref().unwrap().words.clone());
    assert_eq!(totals, ["7", "4", "5", "5"]);
    let activities = SECTORS.map(|unit| gathered.units[unit].activities.len());
    assert_eq!(activities, [19, 10, 21, 10]);
    assert!(SECTORS.iter().all(|unit| gathered.units[*unit].fields.get(Field::Responsible).is_some()));
    assert!(gathered.title.is_some());
    assert_eq!(gathered.sections.len(), 1);
}

#[test]
fn what_is_wrong_with_the_real_plan_is_told() {
    let Some(text) = seed() else { return };
    let gathered = read(&text);
    assert_eq!(noticed(&gathered, FindingCode::NumberOutOfSequence), ["7/SA", "5/AV"]);
    assert_eq!(noticed(&gathered, FindingCode::HeadingInsideData), ["4/SF", "8/AV"]);
    assert_eq!(noticed(&gathered, FindingCode::ColumnsShifted), ["4/SF", "1/AV", "5/AV", "9/AV"]);
    assert_eq!(noticed(&gathered, FindingCode::LookAlikeLetters).len(), 7);
    let targets = |code: &str| -> Vec<String> {
        let card = card(&gathered, code);
        column(&card.indicators, Field::Target).into_iter().map(str::to_owned).collect()
    };
    assert_eq!(targets("5/AV"), [""]);
    assert_eq!(targets("8/AV")[0], "");
    assert_eq!(targets("9/AV"), ["", "31/12/2025 31/12/2023"]);
    assert_eq!(targets("4/SA"), ["<=0", "100%"]);
}

#[test]
fn every_line_of_the_real_plan_is_understood() {
    let Some(text) = seed() else { return };
    let gathered = read(&text);
    assert_eq!(gathered.uses().len(), text.lines().count());
    assert_eq!(lines_that(&gathered, Use::NotUnderstood), [0; 0]);
    let blank_profiles = lines_that(&gathered, Use::Decoration).into_iter().filter(|line| {
        let words: String = text.lines().nth(line - 1).unwrap().split_whitespace().collect();
        ["Qualità", "Efficacia"].contains(&words.as_str())
    });
    // Twenty rows of indicator tables, and one printed in another table.
    assert_eq!(blank_profiles.count(), 21);
}
