//! A year before a test: the clock moves with it, and before every step somebody whose step it is not tries it.

use chrono::NaiveDate;
use traguardo_domain::role::Role;
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_server::year::{Asked, Came, Part, Stage};

use crate::world::World;

/// The year as it is played, step by step.
pub(super) struct Watched<'w> {
    world: &'w World,
    part: Part<'w>,
    /// How often somebody else was refused.
    pub(super) refused: usize,
    /// Whether premiums could be paid after each of the last steps.
    pub(super) payable: Vec<(&'static str, bool)>,
}

impl<'w> Watched<'w> {
    pub(super) fn new(world: &'w World, part: Part<'w>) -> Self {
        Self { world, part, refused: 0, payable: Vec::new() }
    }
}

/// Somebody of the comune whose step it is not.
fn somebody_else(asked: &Asked<'_>) -> Role {
    let path = asked.path;
    match asked.role {
        // Both move plans, and neither along the other's ways.
        Role::Segretario | Role::Giunta if path.ends_with("/transitions") => Role::Nucleo,
        Role::Nucleo if path.ends_with("/transitions") => Role::Giunta,
        Role::Nucleo => Role::Segretario,
        Role::Revisore => Role::Ragioneria,
        Role::Ragioneria => Role::Revisore,
        _ if path.contains("/measurements") => Role::Nucleo,
        _ => Role::Lettore,
    }
}

const LAST: [(&str, &str); 4] = [
    ("Nucleo: certifica i risultati", "certify"),
    ("Giunta: adotta la relazione", "adopt_report"),
    ("Nucleo: valida la relazione", "validate_report"),
    ("Segretario: chiude il ciclo", "close"),
];

impl Stage for Watched<'_> {
    fn comes_to(&mut self, day: NaiveDate) -> NaiveDate {
        self.world.move_to(&day.to_string());
        day
    }

    fn asks(&mut self, asked: &Asked<'_>) {
        let role = somebody_else(asked);
        let mut request = self
            .world
            .call(role.word(), asked.method, &asked.comune.to_string(), asked.path)
            .json(asked.body);
        if let Some(tag) = asked.if_match {
            request = request.if_match(tag);
        }
        let reply = request.send();
        let expected = if asked.path.ends_with("/transitions") { 409 } else { 403 };
        assert_eq!(reply.status, expected, "{} by {}: {reply}", asked.path, role.word());
        self.refused += 1;
    }

    fn made(&mut self, comune: ComuneCode, step: &str, came: Came<'_>) {
        // One plan is in its year from the start; and what the comune of another plan of the same year scores by is adopted already.
        let stood = came == Came::Stands && step != "Segretario: adotta il sistema di valutazione";
        assert!(!stood || comune.to_string() == "F471", "{comune} {step}: already made");
        if let Some((_, transition)) = LAST.iter().find(|(said, _)| *said == step) {
            let path = format!("/plans/ext:{}/report", self.part.plan);
            let report = self.world.call("lettore", "GET", &comune.to_string(), &path).send().expect(200);
            self.payable.push((transition, report["payable"].as_bool().unwrap()));
        }
    }
}

/// The year played again: nothing is asked, everything stands.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Again {
    pub(super) asked: usize,
    pub(super) made: usize,
    pub(super) stood: usize,
}

impl Stage for Again {
    fn comes_to(&mut self, day: NaiveDate) -> NaiveDate {
        day
    }

    fn asks(&mut self, _: &Asked<'_>) {
        self.asked += 1;
    }

    fn made(&mut self, _: ComuneCode, _: &str, came: Came<'_>) {
        match came {
            Came::Of(_) => self.made += 1,
            Came::Stands => self.stood += 1,
        }
    }
}
