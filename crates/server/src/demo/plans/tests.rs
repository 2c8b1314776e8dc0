//! What suggestions are worth, measured on the plans of the demo: which template an objective follows was read by hand.

use std::collections::BTreeMap;

use traguardo_domain::objective::ObjectiveFacts;
use traguardo_domain::template::suggestion::Suggester;
use traguardo_domain::template::{Template, catalogue};
use traguardo_domain::text::Code;

use super::*;

const PLANS: [&str; 5] = [
    include_str!("s0.json"),
    include_str!("s1.json"),
    include_str!("s2.json"),
    include_str!("s3.json"),
    include_str!("s4.json"),
];

/// How suggestions of a template compare with what was read by hand.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }

    fn permille(part: usize, rest: usize) -> usize {
        if part + rest == 0 { 1000 } else { part * 1000 / (part + rest) }
    }

    fn precision(self) -> usize {
        Self::permille(self.right, self.wrong)
    }

    fn recall(self) -> usize {
        Self::permille(self.right, self.missed)
    }
}

fn shipped() -> Vec<Template> {
    let published = |(code, facts)| Template {
        code,
        author: Code::parse("traguardo").unwrap(),
        number: 1,
        published_at: chrono::DateTime::UNIX_EPOCH,
        facts,
        definitions: Vec::new(),
    };
    catalogue().unwrap().into_iter().map(published).collect()
}

fn objectives_of(json: &str) -> Vec<ObjectiveFacts> {
    let body: PlanBody = serde_json::from_str(json).unwrap();
    let mut faults = Faults::new();
    let mut next = 0_u128;
    let mut fresh = || {
        next += 1;
        uuid::Uuid::from_u128(next)
    };
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), &mut fresh);
    faults.finish(document).unwrap().objectives.into_iter().map(|one| one.facts).collect()
}

#[test]
fn nine_suggestions_in_ten_are_right_on_the_five_plans() {
    let templates = shipped();
    let suggester = Suggester::of(&templates);
    let mut counts: BTreeMap<(usize, String), Count> = BTreeMap::new();
    let mut count = |code: &Code, one: Count| {
        counts.entry((code.as_str().len(), code.as_str().to_owned())).or_default().add(one);
    };
    for mut facts in PLANS.into_iter().flat_map(objectives_of) {
        let followed = facts.template.take();
        let suggested = suggester.suggest(&facts).into_iter().find(|one| one.clear).map(|one| one.template);
        match (&followed, &suggested) {
            (Some(followed), Some(suggested)) if followed == suggested => {
                count(followed, Count { right: 1, ..Count::default() });
            }
            (followed, suggested) => {
                followed.iter().for_each(|code| count(code, Count { missed: 1, ..Count::default() }));
                suggested.iter().for_each(|code| count(code, Count { wrong: 1, ..Count::default() }));
            }
        }
    }
    let mut total = Count::default();
    println!("template: right wrong missed, precision recall (per mille)");
    for ((_, code), one) in &counts {
        let Count { right, wrong, missed } = one;
        println!("{code:>4}: {right:>3} {wrong:>3} {missed:>3}, {:>4} {:>4}", one.precision(), one.recall());
        total.add(*one);
    }
    println!("all: {total:?}, precision {} recall {}", total.precision(), total.recall());
    assert!(total.precision() >= 900 && total.recall() >= 850, "{total:?}");
}
