//! The script: a year of a plan, from the rulebook to the closing, each step by whom it belongs to.
//!
//! Every step first looks whether it was made already: played twice, the year stands as it was.

use std::collections::HashSet;

use chrono::{Months, NaiveDate};
use serde_json::{Value, json};
use traguardo_domain::ComuneCode;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::role::Role;
use traguardo_domain::unit::UnitId;

use super::cast::{Cast, Tokens};
use super::plot::Plot;
use super::quarter::{Quarter, day};
use super::stage::Stage;
use super::subjects::{at_or_below, subjects};
use crate::failure::Failure;

/// A plan whose year is played.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p> {
    /// Whose it is.
    pub comune: ComuneCode,
    /// Its key.
    pub plan: &'p str,
    /// The rulebook of the program the comune adopts.
    pub rulebook: &'p str,
}

/// Plays the year of one plan at the service at an address.
///
/// # Errors
/// When the service cannot be reached or refuses a step.
pub fn play(server: &str, part: Part<'_>, tokens: &Tokens, stage: &mut dyn Stage) -> Result<(), Failure> {
    let mut year = Year::open(Cast::new(server, part.comune, tokens, stage), part)?;
    // January: how it will be judged, and what is to be done.
    year.adopt_rulebook(part.rulebook)?;
    year.ask_opinion()?;
    year.approve_plan()?;
    // The year: four times what was done, once what is changed.
    year.open_rounds()?;
    year.collect(Quarter::First)?;
    year.collect(Quarter::Second)?;
    year.vary()?;
    year.collect(Quarter::Third)?;
    year.correct_mistake()?;
    // The year after: what it came to, who judges it, who answers for it.
    year.open_reporting()?;
    year.collect(Quarter::Fourth)?;
    year.certify_payment_time()?;
    year.judge()?;
    year.conclude()
}

/// A year being played.
pub(super) struct Year<'s> {
    pub(super) cast: Cast<'s>,
    /// The plan, below the comune.
    pub(super) plan: String,
    pub(super) number: i32,
    /// The transitions made so far.
    made: HashSet<String>,
    /// The structures of the head.
    of_head: HashSet<UnitId>,
}

impl<'s> Year<'s> {
    fn open(cast: Cast<'s>, part: Part<'_>) -> Result<Self, Failure> {
        let plan = format!("/plans/ext:{}", part.plan);
        let header = cast.read(&plan)?.body;
        let number = header.get("year").and_then(Value::as_i64).and_then(|year| i32::try_from(year).ok());
        let number = number.ok_or_else(|| unknown("a plan"))?;
        let made = cast.read(&format!("{plan}/transitions"))?.body;
        let made = listed(&made, "made").filter_map(|one| Some(text(one, "transition")?.to_owned()));
        let made = made.collect();
        let heads = cast.read_as(Role::Amministratore, "/members?role=responsabile")?.body;
        let head = listed(&heads, "items").find_map(|member| text(member, "unit"));
        let head = head.and_then(|unit| unit.parse().ok()).map(UnitId).ok_or_else(|| unknown("a head"))?;
        let mut year = Self { cast, plan, number, made, of_head: HashSet::new() };
        year.of_head = at_or_below(&year.document()?.units, head);
        Ok(year)
    }

    /// Something of the plan.
    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.plan)
    }

    /// The plan as it is written now.
    pub(super) fn document(&self) -> Result<PlanDocument, Failure> {
        let document = self.cast.read(&self.at("/document"))?.body;
        serde_json::from_value(document).map_err(|_| unknown("a plan"))
    }

    /// What becomes of what in a plan.
    pub(super) fn plot(&self, document: &PlanDocument) -> Result<Plot, Failure> {
        let subjects = subjects(document, &self.of_head);
        let none = || Failure::Refused("the head's structure has no four objectives of its own".to_owned());
        Plot::of(document, &self.of_head, &subjects).ok_or_else(none)
    }

    /// The structures of the head.
    pub(super) const fn of_head(&self) -> &HashSet<UnitId> {
        &self.of_head
    }

    /// The year comes to a day, or one of the year after.
    pub(super) fn on(&mut self, months: u32, of_month: u32) -> NaiveDate {
        let first = day(self.number, 1, of_month);
        let then = first.checked_add_months(Months::new(months)).unwrap_or(first);
        self.cast.stage.comes_to(then)
    }

    /// Whether a transition was made.
    pub(super) fn has(&self, transition: &str) -> bool {
        self.made.contains(transition)
    }

    /// The year comes to a day, and one of its transitions is made by whom it belongs to.
    pub(super) fn step(
        &mut self,
        (role, transition): (Role, &str),
        (month, of_month): (u32, u32),
        said: &str,
        grounds: &Value,
    ) -> Result<(), Failure> {
        if self.has(transition) {
            self.cast.stands(said);
            return Ok(());
        }
        self.on(month.saturating_sub(1), of_month);
        let mut body = json!({"transition": transition});
        if let (Some(body), Some(grounds)) = (body.as_object_mut(), grounds.as_object()) {
            body.extend(grounds.clone());
        }
        let plan = self.cast.post(role, &self.at("/transitions"), &body)?.body;
        self.made.insert(transition.to_owned());
        let sealed = grounds.get("act").and_then(|_| plan.get("sealed_version")).and_then(Value::as_i64);
        let came = sealed.map_or("fatto".to_owned(), |version| format!("con un atto, versione {version}"));
        self.cast.made(said, &came);
        Ok(())
    }

    /// An act of this year, or of the next.
    pub(super) fn act(&self, kind: &str, number: &str, (month, of_month): (u32, u32)) -> Value {
        let date = day(self.number, 1, of_month).checked_add_months(Months::new(month.saturating_sub(1)));
        json!({"act": {"kind": kind, "number": number, "date": date.map(|date| date.to_string())}})
    }

    /// The Segretario has the comune adopt a rulebook, and lifts the term for variations: the demo plays past years.
    fn adopt_rulebook(&mut self, shipped: &str) -> Result<(), Failure> {
        let path = format!("/rulebooks/{}", self.number);
        let step = "Segretario: adotta il sistema di valutazione";
        if self.cast.find(&path)?.is_some() {
            self.cast.stands(step);
            return Ok(());
        }
        self.on(0, 10);
        let adoption = json!({"shipped": shipped});
        self.cast.post(Role::Segretario, &format!("{path}/adoptions"), &adoption)?;
        let edition = self.cast.read(&path)?;
        let mut content = edition.body.get("content").cloned().ok_or_else(|| unknown("a rulebook"))?;
        content.as_object_mut().and_then(|content| content.remove("variations_until"));
        let tag = edition.header("ETag").unwrap_or("*").to_owned();
        self.cast.put(Role::Segretario, &path, Some(&tag), &content)?;
        self.cast.made(step, &format!("{shipped}, senza termine per le variazioni"));
        Ok(())
    }

    /// The evaluation body gives the opinion that binds.
    fn ask_opinion(&mut self) -> Result<(), Failure> {
        let step = "Nucleo: parere sul sistema";
        let rulebook = self.cast.read(&format!("/rulebooks/{}", self.number))?.body;
        let edition = rulebook.get("edition").and_then(Value::as_i64).ok_or_else(|| unknown("an edition"))?;
        let path = format!("/rulebooks/{}/editions/{edition}/opinions", self.number);
        if listed(&self.cast.read(&path)?.body, "items").next().is_some() {
            self.cast.stands(step);
            return Ok(());
        }
        self.on(0, 15);
        let opinion = json!({"verdict": "favourable", "words": "Le fasce e le formule sono chiare."});
        self.cast.post(Role::Nucleo, &path, &opinion)?;
        self.cast.made(step, "favorevole");
        Ok(())
    }

    /// From the draft to the year: proposed, looked at, approved by the Giunta, published, begun.
    fn approve_plan(&mut self) -> Result<(), Failure> {
        let none = json!({});
        self.step((Role::Segretario, "propose"), (1, 20), "Segretario: propone il piano", &none)?;
        self.step((Role::Segretario, "open_review"), (1, 22), "Segretario: lo manda al Nucleo", &none)?;
        let act = self.act("giunta_resolution", "DIMOSTRATIVA-1", (1, 31));
        self.step((Role::Giunta, "approve"), (1, 31), "Giunta: approva il piano", &act)?;
        self.step((Role::Segretario, "publish"), (2, 2), "Segretario: lo pubblica", &none)?;
        self.step((Role::Segretario, "start"), (2, 5), "Segretario: avvia l'anno", &none)
    }

    /// The Segretario opens four windows of collection.
    fn open_rounds(&mut self) -> Result<(), Failure> {
        let step = "Segretario: apre le quattro raccolte";
        let path = self.at("/rounds");
        if listed(&self.cast.read(&path)?.body, "items").next().is_some() {
            self.cast.stands(step);
            return Ok(());
        }
        let today = self.on(2, 1);
        for quarter in Quarter::ALL {
            let (from, to) = quarter.window(self.number);
            // A year that is played when it is long over is collected now.
            let window = json!({"from": from, "to": if today > to { today } else { to }});
            let (title, period) = (quarter.title(), self.period(quarter));
            let round = json!({"title": title, "period": period, "window": window});
            let path = self.at(&format!("/rounds/ext:T{}", quarter.number()));
            self.cast.put(Role::Segretario, &path, None, &round)?;
        }
        self.cast.made(step, "una per trimestre");
        Ok(())
    }

    /// The days a quarter's values are about: how things stand at its end, since the year began.
    pub(super) fn period(&self, quarter: Quarter) -> Value {
        json!({"from": day(self.number, 1, 1), "to": quarter.end(self.number)})
    }

    /// The year is over: the Segretario opens the collection of what it came to.
    fn open_reporting(&mut self) -> Result<(), Failure> {
        self.step(
            (Role::Segretario, "open_reporting"),
            (13, 7),
            "Segretario: apre la consuntivazione",
            &json!({}),
        )
    }

    /// Certified, adopted, validated, closed: before the validation nothing is payable.
    fn conclude(&mut self) -> Result<(), Failure> {
        let none = json!({});
        self.step((Role::Nucleo, "certify"), (16, 10), "Nucleo: certifica i risultati", &none)?;
        let act = self.act("giunta_resolution", "DIMOSTRATIVA-3", (17, 20));
        self.step((Role::Giunta, "adopt_report"), (17, 20), "Giunta: adotta la relazione", &act)?;
        let act = self.act("evaluation_opinion", "DIMOSTRATIVO-4", (18, 20));
        self.step((Role::Nucleo, "validate_report"), (18, 20), "Nucleo: valida la relazione", &act)?;
        self.step((Role::Segretario, "close"), (18, 28), "Segretario: chiude il ciclo", &none)
    }
}

/// A list of an answer.
pub(super) fn listed<'v>(body: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> + use<'v> {
    body.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// A text of an answer.
pub(super) fn text<'v>(body: &'v Value, name: &str) -> Option<&'v str> {
    body.get(name).and_then(Value::as_str)
}

/// The refusal of an answer in another form than this program knows.
pub(super) fn unknown(what: &str) -> Failure {
    Failure::Refused(format!("the service answers something that is not {what}: is it of this version?"))
}
