use serde_json::{Value as Json, json};

use super::*;
use crate::digest::Digest;
use crate::feeder::{Computed, LeftOut, Method, Outcome};
use crate::measurable::tests::{id, objective, plan, unit};
use crate::measurement::{Measurement, Origin, Span, Subject};
use crate::payment_time::{CertifiedFacts, PaymentTime, Recorded};
use crate::plan::document::PlanDocument;
use crate::plan::{Plan, PlanState};
use crate::register::Register;
use crate::round::Round;
use crate::template::{Template, TemplateFacts, catalogue};
use crate::unit::UnitId;
use crate::version::Version;

mod outcomes;
mod places;

/// A year that is over, its registers written to after its end, and what was recorded of the plan so far.
struct Case {
    plan: Plan,
    document: PlanDocument,
    shipped: Vec<(Code, TemplateFacts)>,
    measurements: Vec<Measurement>,
    own: std::collections::HashSet<MeasurementId>,
    registers: Vec<RegisterState>,
    figures: Figures,
    time: PaymentTime,
    rounds: Vec<Round>,
    certified_at: Option<DateTime<Utc>>,
    on: &'static str,
    now: &'static str,
}

/// An objective that adopted a template, with these indicators of it.
fn adopting(number: u128, units: &[u128], template: &str, codes: &[&str]) -> Json {
    let indicator = |(place, code): (u128, &&str)| json!({"id": id(4, number.saturating_mul(10).saturating_add(place)), "name": code, "template_indicator": code});
    let indicators: Vec<Json> = (0..).zip(codes).map(indicator).collect();
    let members = json!({"template": template, "template_version": 1, "indicators": indicators});
    objective(number, units, &members)
}

fn year() -> Span {
    Span { from: "2024-01-01".parse().unwrap(), to: "2024-12-31".parse().unwrap() }
}

fn computed(indicator: &'static str, outcome: Outcome, percent: bool) -> Computed {
    Computed {
        indicator,
        register: fill(indicator).unwrap().register,
        period: year(),
        method: Method { code: "prova", version: 1, words: "Si conta ciò che c'è." },
        outcome,
        percent,
        counted: 4,
        left_out: vec![LeftOut { why: "other", words: "fatti di altri", count: 2 }],
        whole: true,
    }
}

fn days(indicator: &'static str, number: &str) -> Computed {
    computed(indicator, Outcome::Number(number.parse().unwrap()), false)
}

fn state(register: Register, revision: i64, changed_at: &str) -> RegisterState {
    let digest = Digest::of(&revision.to_be_bytes());
    RegisterState { register, revision, digest, changed_at: changed_at.parse().unwrap() }
}

impl Case {
    fn of(objectives: &Json) -> Self {
        let document = plan(objectives);
        let (id, facts) = (document.plan.id, document.plan.facts.clone());
        let plan = Plan { state: PlanState::Reporting, sealed: Some(1), ..Plan::draft(id, facts) };
        let all = [Register::Invoices, Register::Obligations, Register::Procedures];
        Self {
            plan,
            document,
            shipped: catalogue().unwrap(),
            measurements: Vec::new(),
            own: std::collections::HashSet::new(),
            registers: all.map(|register| state(register, 1, "2025-01-10T08:00:00Z")).to_vec(),
            figures: Figures::new(),
            time: PaymentTime::default(),
            rounds: Vec::new(),
            certified_at: None,
            on: "2025-01-20",
            now: "2025-01-20T09:00:00Z",
        }
    }

    /// A plan that adopted T1 as a whole, with a delay in payments.
    fn late(delay: &str) -> Self {
        let mut case = Self::of(&json!([adopting(1, &[0, 1], "T1", &["T1.itp"])]));
        case.told(None, days("T1.itp", delay));
        case
    }

    fn told(&mut self, unit: Option<UnitId>, computed: Computed) {
        let figures = self.figures.entry(unit).or_default();
        figures.retain(|one| one.indicator != computed.indicator);
        figures.push(computed);
    }

    fn templates(&self) -> Vec<Template> {
        let published_at = "2024-01-01T00:00:00Z".parse().unwrap();
        let template = |(code, facts): &(Code, TemplateFacts)| Template {
            code: code.clone(),
            author: Code::parse("traguardo").unwrap(),
            number: 1,
            published_at,
            facts: facts.clone(),
            definitions: Vec::new(),
        };
        self.shipped.iter().map(template).collect()
    }

    fn decided(&self) -> Decided {
        let templates = self.templates();
        let now: DateTime<Utc> = self.now.parse().unwrap();
        let asked = Asked { period: year(), on: self.on.parse().unwrap() };
        let ground = Ground {
            plan: &self.plan,
            certified_at: self.certified_at,
            payment_time: &self.time,
            foresees: true,
            units: &self.document.units,
            rounds: &self.rounds,
            measurements: &self.measurements,
            own: &self.own,
            registers: &self.registers,
            figures: &self.figures,
            asked,
            complete: None,
            today: crate::period::legal_day(now),
            now,
            member: Uuid::from_u128(7),
        };
        let mut next = u128::try_from(self.measurements.len()).unwrap();
        let mut fresh = || {
            next = next.saturating_add(1);
            id(9, next)
        };
        decide(&ground, &wanted(&self.document, &templates, &self.shipped), &mut fresh)
    }

    /// Feeds, and keeps what was recorded.
    fn feed(&mut self) -> Decided {
        let decided = self.decided();
        self.own.extend(decided.measurements.iter().map(|one| one.id));
        self.measurements.extend(decided.measurements.iter().cloned());
        decided
    }

    /// What became of everything, in words.
    fn outcomes(&mut self) -> Vec<String> {
        use crate::vocabulary::Vocabulary as _;
        let decided = self.feed();
        let word = |item: &FeedItem| match item.why {
            Some(why) => format!("{} {}", item.outcome.word(), why.word()),
            None => item.outcome.word().to_owned(),
        };
        decided.items.iter().map(word).collect()
    }

    /// A value somebody else recorded for the year, of the first indicator of the first objective.
    fn entered(&mut self, figure: &str, origin: Origin) {
        let number = u128::try_from(self.measurements.len()).unwrap().saturating_add(100);
        let one = json!({
            "id": id(9, number), "subject": {"type": "indicator", "id": id(4, 10)}, "objective": id(3, 1), "period": year(),
            "value": {"type": "number", "figure": figure}, "standing": "final", "origin": origin,
            "recorded_at": "2025-01-15T10:00:00Z", "recorded_by": id(8, 1),
        });
        self.measurements.push(serde_json::from_value(one).unwrap());
    }

    fn certify(&mut self, delay: &str) {
        let facts = CertifiedFacts {
            delay: Figure::parse(delay).unwrap(),
            source: Line::parse("Piattaforma dei crediti commerciali").unwrap(),
            day: "2025-02-10".parse().unwrap(),
            act: Line::parse("Verbale n. 4").unwrap(),
        };
        let recorded_at = "2025-02-11T09:00:00Z".parse().unwrap();
        self.time.certified = Some(Recorded {
            facts,
            recorded_at,
            recorded_by: Some(Uuid::from_u128(3)),
            version: Version::FIRST,
        });
    }
}
