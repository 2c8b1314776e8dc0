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
    const RIGHT: Self = Self { right: 1, wrong: 0, missed: 0 };
    const WRONG: Self = Self { right: 0, wrong: 1, missed: 0 };
    const MISSED: Self = Self { right: 0, wrong: 0, missed: 1 };

    fn and(self, other: Self) -> Self {
        Self {
            right: self.right.saturating_add(other.right),
            wrong: self.wrong.saturating_add(other.wrong),
            missed: self.missed.saturating_add(other.missed),
        }
    }

    fn permille(part: usize, rest: usize) -> usize {
        part.saturating_mul(1000).checked_div(part.saturating_add(rest)).unwrap_or(1000)
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
    let mut ids = (1_u128..).map(uuid::Uuid::from_u128);
    let mut fresh = || ids.next().unwrap();
    let document = body.read(&mut Reader::new(&mut faults), &Before::default(), &mut fresh);
    faults.finish(document).unwrap().objectives.into_iter().map(|one| one.facts).collect()
}

#[test]
fn nine_suggestions_in_ten_are_right_on_the_five_plans() {
    let templates = shipped();
    let suggester = Suggester::of(&templates);
    let mut counts: BTreeMap<Code, Count> = BTreeMap::new();
    let mut count = |code: Code, one: Count| {
        let sum = counts.entry(code).or_default();
        *sum = sum.and(one);
    };
    for mut facts in PLANS.into_iter().flat_map(objectives_of) {
        let followed = facts.template.take();
        let clear = suggester.suggest(&facts).into_iter().find(|one| one.clear).map(|one| one.template);
        match (followed, clear) {
            (Some(followed), Some(clear)) if followed == clear => count(followed, Count::RIGHT),
            (followed, clear) => {
                if let Some(code) = followed {
                    count(code, Count::MISSED);
                }
                if let Some(code) = clear {
                    count(code, Count::WRONG);
                }
            }
        }
    }
    let total = counts.values().fold(Count::default(), |sum, one| sum.and(*one));
    assert!(total.precision() >= 900 && total.recall() >= 850, "{total:?}, by template: {counts:?}");
}
