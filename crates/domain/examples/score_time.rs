//! How long a whole plan takes to be scored: 147 objectives in 37 structures, three deep, each with an indicator and two phases.
//! `cargo run --release -p traguardo-domain --example score_time`

#![expect(clippy::arithmetic_side_effects, reason = "a plan made up of small numbers")]

use std::collections::HashMap;
use std::io::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use traguardo_domain::figure::Figure;
use traguardo_domain::measurement::{Subject, Value};
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::rulebook::{Shipped, shipped};
use traguardo_domain::score::{Results, Scorer, verify};
use uuid::Uuid;

const OBJECTIVES: u128 = 147;
const UNITS: u128 = 37;
const ROUNDS: u32 = 200;

fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128((kind << 64) | number)
}

fn unit(number: u128) -> Json {
    // One department, six services in it, offices in the services.
    let parent = match number {
        0 => Json::Null,
        1..=6 => json!(id(1, 0)),
        _ => json!(id(1, 1 + number % 6)),
    };
    json!({"id": id(1, number), "code": format!("U{number}"), "name": format!("Struttura {number}"), "kind": "office",
        "valid_from": "2020-01-01", "parent": parent})
}

fn objective(number: u128) -> Json {
    let class = if number.is_multiple_of(3) { "2" } else { "1" };
    let target =
        json!({"value": {"type": "bound", "comparison": "at_least", "figure": "97", "measure": "percent"}});
    let phase = |place: u128| {
        json!({"id": id(4, number * 2 + place), "title": format!("Fase {place}"), "weight": {"value": {"type": "percent",
            "percent": "50"}}, "indicators": [{"id": id(6, number * 2 + place), "name": "Avanzamento", "target": target}]})
    };
    json!({"id": id(2, number), "title": format!("Obiettivo {number}"),
        "assignments": [{"id": id(3, number), "unit": id(1, number % UNITS), "weight": {"value": {"type": "class", "class": class}}}],
        "phases": [phase(0), phase(1)], "indicators": [{"id": id(5, number), "name": "Quanto", "target": target}]})
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let plan: PlanDocument = serde_json::from_value(json!({
        "format": "traguardo.plan.v1", "comune": "F471",
        "plan": {"id": id(0, 0), "year": 2024, "kind": "standalone", "title": "Piano", "scale": [
            {"code": "1", "label": "operativo", "coefficient": "1"}, {"code": "2", "label": "strategico", "coefficient": "2"}]},
        "units": (0..UNITS).map(unit).collect::<Vec<_>>(), "objectives": (0..OBJECTIVES).map(objective).collect::<Vec<_>>(),
    }))?;
    let mut values = HashMap::new();
    for (place, indicator) in plan.objectives.iter().flat_map(|one| one.facts.every_indicator()).enumerate() {
        let figure = Figure::whole(i32::try_from(place % 120)?);
        values.insert((Subject::Indicator(indicator.id), None), Value::Number { figure });
    }
    let results = Results { values, judgements: HashMap::new() };
    let rulebook = shipped(Shipped::ThreeLevels)?;
    let at = "2025-02-01".parse()?;
    let scorer = || Scorer::new(&plan, &rulebook, &results, at);
    let mut out = std::io::stdout();
    let (comune, all, checked) = (
        time(|| drop(scorer().comune())),
        time(|| drop(scorer().all())),
        time(|| drop(verify(&scorer().comune(), &rulebook))),
    );
    writeln!(
        out,
        "the comune's score: {comune:?}; every node's: {all:?}; the comune's, and verified: {checked:?}"
    )?;
    Ok(())
}

/// The mean time of one call.
fn time(work: impl Fn()) -> Duration {
    let began = Instant::now();
    for _ in 0..ROUNDS {
        work();
    }
    began.elapsed() / ROUNDS
}
