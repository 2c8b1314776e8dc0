//! The five plans of the demo bound to the catalogue by what is suggested, and compared with what was read by hand.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::publish_catalogue;
use crate::world::{TestDatabase, Wishes, World};

const PLANS: [(&str, &str); 5] = [
    ("Z900", "PIANO-2024"),
    ("Z901", "PIANO-2024"),
    ("L454", "PIANO-2025"),
    ("F471", "PIANO-2024"),
    ("G004", "PIANO-2024"),
];

/// How bindings to a template compare with what was read by hand.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Count {
    fn precision(self) -> usize {
        let all = self.right + self.wrong;
        (self.right * 1000).checked_div(all).unwrap_or(1000)
    }

    fn recall(self) -> usize {
        let all = self.right + self.missed;
        (self.right * 1000).checked_div(all).unwrap_or(1000)
    }
}

/// A draft of another year with what a plan of the demo has; its path.
fn copied(world: &World, comune: &str, plan: &str) -> String {
    let body = json!({"year": 2031, "external_id": "COPIA"});
    let path = format!("/plans/ext:{plan}/copies");
    world.call("segretario", "POST", comune, &path).json(&body).send().expect(201);
    "/plans/ext:COPIA".to_owned()
}

/// The template each objective follows, by the id of the objective.
fn followed(document: &Value) -> BTreeMap<String, Option<String>> {
    let objectives = document["objectives"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    objectives.map(|one| (text(&one["id"]).unwrap(), text(&one["template"]))).collect()
}

#[test]
fn the_five_plans_are_bound_as_they_were_read_by_hand() {
    let world = World::on(TestDatabase::demo_of_its_own(), Wishes::default());
    publish_catalogue(&world);
    let mut counts: BTreeMap<(usize, String), Count> = BTreeMap::new();
    for (comune, plan) in PLANS {
        let path = copied(&world, comune, plan);
        let call =
            |method: &str, rest: &str| world.call("segretario", method, comune, &format!("{path}{rest}"));
        let table = followed(&call("GET", "/document").send().expect(200));
        let suggested = call("GET", "/template-suggestions").send().expect(200);
        for one in suggested["items"].as_array().unwrap() {
            let first = &one["suggestions"][0];
            if first["clear"] != true {
                continue;
            }
            let pairs: Vec<_> = first["indicators"].as_array().unwrap().iter()
                .map(|pair| json!({"indicator": pair["indicator"], "template_indicator": pair["template_indicator"]}))
                .collect();
            let body =
                json!({"template": first["template"], "version": first["version"], "indicators": pairs});
            let bound = call("PUT", &format!("/adoptions/{}", one["objective"].as_str().unwrap()));
            bound.json(&body).if_match(&format!("\"{}\"", one["version"])).send().expect(200);
        }
        let bound = call("GET", "/adoptions").send().expect(200);
        let bound: BTreeMap<_, _> = bound["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["objective"].as_str().unwrap(), one["template"].as_str().unwrap()))
            .collect();
        for (objective, read) in &table {
            let mut count = |code: &str, add: fn(&mut Count)| {
                add(counts.entry((code.len(), code.to_owned())).or_default());
            };
            match (read.as_deref(), bound.get(objective.as_str()).copied()) {
                (Some(read), Some(bound)) if read == bound => count(read, |count| count.right += 1),
                (read, bound) => {
                    read.into_iter().for_each(|code| count(code, |count| count.missed += 1));
                    bound.into_iter().for_each(|code| count(code, |count| count.wrong += 1));
                }
            }
        }
    }
    let mut total = Count::default();
    println!("bound to: right wrong missed, precision recall (per mille)");
    for ((_, code), one) in &counts {
        println!(
            "{code:>4}: {:>3} {:>3} {:>3}, {:>4} {:>4}",
            one.right,
            one.wrong,
            one.missed,
            one.precision(),
            one.recall()
        );
        total.right += one.right;
        total.wrong += one.wrong;
        total.missed += one.missed;
    }
    println!(" all: {total:?}, precision {} recall {}", total.precision(), total.recall());
    assert!(total.precision() >= 900 && total.recall() >= 850, "{total:?}");
    let one =
        |code: &str| counts.iter().find(|((_, one), _)| one == code).map_or(0, |(_, count)| count.right);
    assert!(one("T1") >= 17, "payments are recognised in all five plans");
}
