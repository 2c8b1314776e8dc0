//! The year, played: the plans of the demo from the rulebook to the closing, over HTTP, each step with the token of the role
//! it belongs to. `traguardo demo year` plays it before people, a test before its own eyes.

use std::path::Path;

use chrono::NaiveDate;
use traguardo_domain::role::Role;
use traguardo_domain::{ComuneCode, Vocabulary as _};

use crate::commands::{now, say};
use crate::failure::Failure;

mod cast;
mod collection;
mod judgement;
mod options;
mod plot;
mod quarter;
mod script;
mod sharing;
mod stage;
mod subjects;
mod told;
mod values;
mod variation;

pub use cast::Tokens;
pub use options::{DemoOptions, Played, YearOptions};
pub use script::{Part, play};
pub use stage::{Asked, Came, Stage};
pub use told::Outcome;

/// The comuni of the demo, their plans, and the rulebooks they adopt: the one whose objectives have no indicators counts by
/// four degrees.
const PARTS: [(&str, &str, &str); 5] = [
    ("Z900", "PIANO-2024", "three_levels"),
    ("Z901", "PIANO-2024", "three_levels"),
    ("L454", "PIANO-2025", "three_levels"),
    ("F471", "PIANO-2024", "three_levels"),
    ("G004", "PIANO-2024", "four_levels"),
];

/// The plans whose year is played, in their order.
pub fn parts() -> impl Iterator<Item = Part<'static>> {
    PARTS.iter().filter_map(|(comune, plan, rulebook)| {
        Some(Part { comune: ComuneCode::parse(comune).ok()?, plan, rulebook })
    })
}

/// What the year of a plan came to, as whoever reads finds it.
///
/// # Errors
/// When the service cannot be reached or has no report.
pub fn outcome(server: &str, part: Part<'_>, tokens: &Tokens) -> Result<Outcome, Failure> {
    let mut nobody = Telling;
    told::outcome(&cast::Cast::new(server, part.comune, tokens, &mut nobody), part.plan)
}

/// Plays the year of every plan of the demo, and tells what came of it.
///
/// # Errors
/// When the tokens are missing, or the service cannot be reached or refuses a step.
pub fn run(options: &YearOptions) -> Result<(), Failure> {
    let env = Env::read(&options.tokens)?;
    let server = options.server.clone().or_else(|| env.get("TRAGUARDO_URL"));
    let server =
        server.ok_or_else(|| Failure::Configuration("--server: say where the demo is".to_owned()))?;
    let mut outcomes = Vec::new();
    for part in parts() {
        let tokens = env.tokens(part.comune);
        play(&server, part, &tokens, &mut Telling)?;
        outcomes.push(outcome(&server, part, &tokens)?);
    }
    say(&format!("\n{}", told::table(&outcomes)))
}

/// The variables of the file the demo writes.
struct Env(Vec<(String, String)>);

impl Env {
    fn read(file: &Path) -> Result<Self, Failure> {
        let what = format!("cannot read {}: is `make run` running?", file.display());
        let text = std::fs::read_to_string(file).map_err(Failure::io(what))?;
        let lines = text.lines().filter_map(|line| line.split_once('='));
        Ok(Self(lines.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()))
    }

    fn get(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }

    fn tokens(&self, comune: ComuneCode) -> Tokens {
        let token =
            |role: &Role| Some((*role, self.get(&format!("TOKEN_{comune}_{}", role.word().to_uppercase()))?));
        Role::all().iter().filter_map(token).collect()
    }
}

/// The year before people: told step by step, on the day it is.
struct Telling;

impl Stage for Telling {
    fn comes_to(&mut self, _: NaiveDate) -> NaiveDate {
        traguardo_domain::period::legal_day(now())
    }

    fn asks(&mut self, _: &Asked<'_>) {}

    fn made(&mut self, comune: ComuneCode, step: &str, came: Came<'_>) {
        let came = match came {
            Came::Of(came) => came,
            Came::Stands => "già fatto",
        };
        // Whoever does not listen any more is told by the end.
        drop(say(&format!("{comune}  {step}: {came}")));
    }
}
