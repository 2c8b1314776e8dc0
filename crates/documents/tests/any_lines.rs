//! Whatever the lines of a file, cut out of plans of ours, shuffled and repeated: no profile makes a reader panic, every line is
//! accounted for, and the plan that comes of it can be put.

use proptest::prelude::*;

#[path = "../examples/fuzz/check.rs"]
mod check;

use check::Readers;

const PLANS: [&str; 9] = [
    include_str!("../fixtures/blocks_forms.txt"),
    include_str!("../fixtures/blocks_lines.txt"),
    include_str!("../fixtures/cards_clean.txt"),
    include_str!("../fixtures/cards_torn.txt"),
    include_str!("../fixtures/lists_dots.txt"),
    include_str!("../fixtures/lists_numbers.txt"),
    include_str!("../fixtures/table_areas.txt"),
    include_str!("../fixtures/table_phases.txt"),
    include_str!("../fixtures/table_wide.txt"),
];

/// Lines as they follow one another in a plan, whole or cut short, once or several times.
fn piece() -> impl Strategy<Value = String> {
    let line = |text: String| prop_oneof![9 => Just(text.clone()), 1 => cut(&text)];
    let lines = proptest::sample::select(&PLANS[..]).prop_flat_map(move |plan| {
        let lines: Vec<String> = plan.lines().map(str::to_owned).collect();
        let many = lines.len();
        (0..many, 1_usize..20).prop_flat_map(move |(from, some)| {
            lines.iter().skip(from).take(some).cloned().map(line).collect::<Vec<_>>()
        })
    });
    (lines, prop_oneof![4 => Just(1_usize), 1 => 2_usize..4])
        .prop_map(|(lines, times)| vec![lines.join("\n"); times].join("\n"))
}

/// A part of a line.
fn cut(line: &str) -> impl Strategy<Value = String> + use<> {
    let letters: Vec<char> = line.chars().collect();
    (0..=letters.len(), 0..=letters.len())
        .prop_map(move |(one, two)| letters.iter().take(one.max(two)).skip(one.min(two)).collect())
}

/// Single lines of all plans, in any order.
fn shuffled() -> impl Strategy<Value = String> {
    let lines: Vec<&str> = PLANS.iter().flat_map(|plan| plan.lines()).collect();
    proptest::collection::vec(proptest::sample::select(lines), 0..50).prop_map(|lines| lines.join("\n"))
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::collection::vec(piece(), 1..5).prop_map(|pieces| pieces.join("\n")),
        1 => shuffled(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_lines_of_plans_make_a_reader_panic_lose_a_line_or_give_what_is_no_plan(text in texts()) {
        let readers = Readers::shipped().map_err(TestCaseError::fail)?;
        let came = readers.check(text.as_bytes()).map_err(TestCaseError::fail)?;
        prop_assert!(text.trim().is_empty() || came.drafts >= readers.profiles.len(), "{came:?}");
    }
}

#[test]
fn each_plan_of_ours_is_a_draft_with_every_profile() {
    let readers = Readers::shipped().unwrap();
    for plan in PLANS {
        let came = readers.check(plan.as_bytes()).unwrap();
        assert_eq!((came.drafts, came.lines), (readers.profiles.len() + 1, plan.lines().count()));
    }
}
