//! What review finds in the five plans: the mistakes the real ones have.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{list, read};
use crate::world::World;

fn found(world: &World, comune: &str, code: &str) -> Vec<Value> {
    let findings = read(world, comune, &format!("/findings?code={code}"));
    list(&findings, "items").to_vec()
}

#[test]
fn six_days_that_do_not_exist_and_a_year_too_far_are_found_in_the_first() {
    let world = World::of_the_demo();
    let impossible = found(&world, "Z900", "E01");
    let words: Vec<_> = impossible.iter().map(|finding| finding["words"].clone()).collect();
    assert_eq!(words, vec![json!("31.06.2024"); 6]);
    for finding in &impossible {
        assert_eq!(finding["severity"], "error");
        assert_eq!(finding["suggestion"]["text"], "30/06/2024");
        assert!(finding["place"]["phase"].is_string(), "{finding}");
    }
    let far: Vec<_> = found(&world, "Z900", "E02")
        .into_iter()
        .filter(|one| one["words"].as_str().unwrap().contains("2043"))
        .collect();
    assert_eq!(far.len(), 1);
    assert_eq!(far[0]["place"]["pointer"], "/objectives/0/phases/1/deadline");
    assert_eq!(found(&world, "Z900", "E04"), [json!(null); 0], "every weight closes");
    let without_phases = found(&world, "Z900", "E12");
    assert_eq!(without_phases.len(), 1, "{without_phases:?}");
}

#[test]
fn the_weights_of_four_areas_do_not_close_in_the_second() {
    let world = World::of_the_demo();
    let sums: Vec<_> = found(&world, "Z901", "E04").iter().map(|finding| finding["words"].clone()).collect();
    assert_eq!(sums, ["96", "87", "60", "39"]);
    assert_eq!(found(&world, "Z901", "E10").len(), 1, "there is no fourth area");
    let numbering = found(&world, "Z901", "E09");
    assert_eq!(numbering.len(), 1, "{numbering:?}");
    assert!(numbering[0]["message"].as_str().unwrap().contains("1, 4 e 6"), "{numbering:?}");
    assert!(found(&world, "Z901", "E02").len() >= 34, "nearly every deadline is of the year before");
}

#[test]
fn the_code_of_another_sector_is_found_in_the_third() {
    let world = World::of_the_demo();
    let codes = found(&world, "L454", "E11");
    assert_eq!((codes.len(), &codes[0]["words"]), (1, &json!("4/AA")), "{codes:?}");
    assert_eq!(found(&world, "L454", "E07").len(), 11, "the cards whose weight is lost");
    assert!(!found(&world, "L454", "E22").is_empty(), "letters that are not Latin");
}

#[test]
fn six_objectives_of_the_fourth_have_no_clear_class() {
    let world = World::of_the_demo();
    let all = found(&world, "F471", "E05").into_iter().chain(found(&world, "F471", "E06"));
    let objectives: BTreeSet<String> =
        all.map(|one| one["place"]["objective"].as_str().unwrap().to_owned()).collect();
    assert_eq!(objectives.len(), 6);
    let words: Vec<_> = found(&world, "F471", "E01").iter().map(|one| one["words"].clone()).collect();
    assert_eq!(words.len(), 1, "31/06/2024");
    let labels = found(&world, "F471", "E20");
    assert!(labels.len() >= 6, "{labels:?}");
    // Also by asking for the objectives that have such a finding.
    let unclear = read(&world, "F471", "/objectives?finding=E06&limit=200");
    assert_eq!(list(&unclear, "items").len(), 2);
}

#[test]
fn nothing_can_be_measured_in_the_fifth() {
    let world = World::of_the_demo();
    let unmeasured = found(&world, "G004", "E15");
    assert_eq!(unmeasured.len(), 1, "said once, of the plan");
    assert_eq!(
        (&unmeasured[0]["place"], &unmeasured[0]["severity"]),
        (&json!({"pointer": ""}), &json!("error"))
    );
    assert_eq!(found(&world, "G004", "E05").len(), 1, "nor is anything weighed");
}

#[test]
fn a_document_sent_for_review_is_told_the_same() {
    let world = World::of_the_demo();
    for comune in ["Z900", "Z901", "L454", "G004"] {
        let document = read(&world, comune, "/document");
        let token = world.token("F471", "lettore");
        let reviewed = world.anonymous("POST", "/v1/review").token(&token).json(&document).send().expect(200);
        assert_eq!(reviewed, read(&world, comune, "/findings"), "{comune}");
    }
}
