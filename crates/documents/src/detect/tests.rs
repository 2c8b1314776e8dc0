use super::*;
use crate::layout::testing::{seed, source_of};
use crate::profile::shipped;
use crate::source::{SourceHint, read};

fn best(text: &str) -> (Proposal, Proposal) {
    let source = read(text.as_bytes(), &SourceHint::default()).unwrap();
    let mut proposals = detect(&source, &shipped().unwrap()).into_iter();
    (proposals.next().unwrap(), proposals.next().unwrap())
}

#[test]
fn every_real_plan_is_known_by_its_layout() {
    let expected = [
        ("000_", "table_with_phases"),
        ("001_", "table_per_area"),
        ("002_", "cards"),
        ("003_", "wide_table"),
        ("004_", "lists_under_headings"),
    ];
    for (prefix, profile) in expected {
        let Some(text) = seed(prefix) else { return };
        let (first, second) = best(&text);
        assert_eq!(first.profile, profile, "{prefix} {first:?} {second:?}");
        assert!(first.score > second.score, "{prefix} {first:?} {second:?}");
    }
}

#[test]
fn plans_written_by_us_are_known_by_their_layout() {
    let expected = [
        (include_str!("../../fixtures/lists_dots.txt"), "lists_under_headings"),
        (include_str!("../../fixtures/lists_numbers.txt"), "lists_under_headings"),
        (include_str!("../../fixtures/blocks_lines.txt"), "key_value_blocks"),
        (include_str!("../../fixtures/blocks_forms.txt"), "key_value_blocks"),
    ];
    for (text, profile) in expected {
        let (first, second) = best(text);
        assert_eq!(first.profile, profile, "{first:?} {second:?}");
    }
}

#[test]
fn a_proposal_says_what_was_found() {
    let (first, _) = best(include_str!("../../fixtures/blocks_forms.txt"));
    assert!(first.reasons.contains(&"blocchi di obiettivi: 3".to_owned()), "{:?}", first.reasons);
    assert!(first.reasons.contains(&"coperte 24 righe su 24".to_owned()), "{:?}", first.reasons);
}

#[test]
fn what_is_no_plan_is_proposed_with_nothing() {
    let profiles = shipped().unwrap();
    for text in ["", "Una lettera.\n\nSenza obiettivi.\n"] {
        let proposals = detect(&source_of(text), &profiles);
        assert_eq!(proposals.len(), profiles.len());
        for proposal in proposals {
            assert_eq!(proposal.score, "0.000", "{proposal:?}");
            assert!(proposal.reasons.contains(&"nessun obiettivo".to_owned()));
        }
    }
}
