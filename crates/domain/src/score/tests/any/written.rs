//! The same plans, rulebooks and results as the domain has them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::super::id;
use super::spec::{Decided, Got, Indicator, Objective, Phase, Rules, Spec, Wants, Weighs};
use crate::assignment::AssignmentId;
use crate::indicator::IndicatorId;
use crate::measurement::{Subject, Value};
use crate::objective::ObjectiveId;
use crate::phase::PhaseId;
use crate::plan::document::PlanDocument;
use crate::rulebook::{Rulebook, Shipped, shipped};
use crate::score::{Judgement, Results};

/// A plan with everything that is known of it.
pub(super) struct Written {
    pub(super) plan: PlanDocument,
    pub(super) rulebook: Rulebook,
    pub(super) results: Results,
    pub(super) at: NaiveDate,
}

pub(super) fn day(number: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(u64::try_from(number).unwrap())
}

fn tenths(number: i32) -> String {
    Decimal::new(i64::from(number), 1).normalize().to_string()
}

pub(super) fn rulebook(rules: &Rules, units: &[super::spec::Structure]) -> Rulebook {
    let which = [Shipped::ThreeLevels, Shipped::FourLevels, Shipped::Binary][usize::from(rules.bands)];
    let mut written = serde_json::to_value(shipped(which).unwrap()).unwrap();
    let absence = |zero: bool| if zero { "zero" } else { "excluded" };
    written["formulas"]["cap"] = json!(rules.cap.to_string());
    written["formulas"]["low_tolerance"] = rules.tolerance.map_or(Json::Null, |one| json!(tenths(one)));
    written["formulas"]["above_range"] = json!(["full", "inverse", "zero"][usize::from(rules.above)]);
    written["formulas"]["scale"] = json!(if rules.from_least { "from_least" } else { "of_target" });
    written["formulas"]["parts"] = json!(if rules.all_parts { "all" } else { "mean" });
    written["absences"] = json!({
        "missing": absence(rules.zero[0]), "not_due": absence(rules.zero[1]),
        "not_applicable": absence(rules.zero[2]), "not_evaluable": absence(rules.zero[3]),
    });
    let set: serde_json::Map<String, Json> = units
        .iter()
        .enumerate()
        .filter_map(|(number, unit)| Some((format!("U{number}"), json!(unit.set?.to_string()))))
        .collect();
    let classes: Json = rules.class_two.map_or(json!({}), |two| json!({"2": two.to_string()}));
    let mix = ["phases_first", "indicators", "both"][usize::from(rules.mix)];
    let roll_up = ["equal", "by_staff", "set"][usize::from(rules.roll_up)];
    written["roll_ups"] = json!({
        "objective": mix,
        "phases_share": rules.share.to_string(), "comune": roll_up,
        "set": set, "classes": classes,
    });
    written["band_on"] = json!(if rules.on_shown { "shown" } else { "computed" });
    serde_json::from_value(written).unwrap()
}

fn wanted(wants: &Wants) -> Json {
    let bound = |comparison: &str, figure: i32| json!({"value": {"type": "bound", "comparison": comparison, "figure": tenths(figure), "measure": "percent"}});
    let part =
        |figure: i32| json!({"value": {"type": "bound", "comparison": "at_least", "figure": tenths(figure)}});
    let base = |figure: i32| json!({"year": 2023, "figure": tenths(figure)});
    match wants {
        Wants::Higher(target) => json!({"target": bound("at_least", *target)}),
        Wants::Lower(target) => json!({"formula": "lower", "target": bound("at_most", *target)}),
        Wants::LowerZero(target) => json!({"formula": "lower_zero", "target": bound("at_most", *target)}),
        Wants::Range(low, high) => json!({"target": {"value": {"type": "range", "low": tenths(*low),
            "low_included": true, "high": tenths(*high), "high_included": true}}}),
        Wants::Done => json!({"formula": "boolean", "target": {"value": {"type": "done"}}}),
        Wants::By(due) => {
            json!({"target": {"value": {"type": "by", "deadline": {"type": "date", "day": day(*due)}}}})
        }
        Wants::FromBaseline(from, to) => json!({"formula": "higher_from_baseline", "baseline": base(*from),
            "target": bound("at_least", *to)}),
        Wants::Ratio(target) => json!({"formula": "ratio", "target": bound("at_least", *target)}),
        Wants::Scale(target) => json!({"formula": "scale", "target": bound("at_least", *target)}),
        Wants::Threshold(target) => json!({"formula": "threshold", "target": bound("at_least", *target)}),
        Wants::Frequency(target) => json!({"formula": "frequency", "target": bound("at_least", *target)}),
        Wants::Milestone => json!({"formula": "milestone"}),
        Wants::Variation(from, change) => json!({"formula": "variation", "baseline": base(*from), "target":
            {"value": {"type": "change", "comparison": "at_least", "figure": tenths(*change)}}}),
        Wants::Parts(one, other) => json!({"formula": "composite", "target":
            {"value": {"type": "parts", "parts": [part(*one), part(*other)]}}}),
        Wants::Words => {
            json!({"formula": "qualitative", "target": {"words": "giornaliero", "value": {"type": "text"}}})
        }
    }
}

fn measured(got: &Got) -> Value {
    let number = |tenth: i32| json!({"type": "number", "figure": tenths(tenth)});
    let written = match got {
        Got::Number(tenth) => number(*tenth),
        Got::Ratio(of, all) => {
            json!({"type": "ratio", "numerator": of.to_string(), "denominator": all.to_string()})
        }
        Got::Done(done) => json!({"type": "done", "done": done}),
        Got::Day(on) => json!({"type": "day", "day": on.map(day)}),
        Got::Judged(tenth) => json!({"type": "judgement", "percent": tenths(*tenth)}),
        Got::NotApplicable => json!({"type": "not_applicable", "reason": "Nessun caso"}),
        Got::NotEvaluable => json!({"type": "not_evaluable", "reason": "Nessun dato"}),
        Got::Text => json!({"type": "text", "words": "Fatto in parte"}),
        Got::Two(one, other) => json!({"type": "parts", "parts": [one.map(number), other.map(number)]}),
    };
    serde_json::from_value(written).unwrap()
}

fn decided(decided: &Decided) -> Judgement {
    let sterilised = |effect: Json| json!({"type": "sterilised", "effect": effect, "cause": "Fondi"});
    let share = |kind: &str, percent: &i32| json!({"type": kind, "percent": percent.to_string()});
    let written = match decided {
        Decided::Certified => json!({"type": "certified"}),
        Decided::Override(percent) => {
            json!({"type": "override", "percent": percent.to_string(), "reason": "Prova"})
        }
        Decided::NotEvaluable => json!({"type": "not_evaluable", "reason": "Nessun dato"}),
        Decided::Redistributed => sterilised(json!({"type": "redistributed"})),
        Decided::Frozen(percent) => sterilised(share("frozen", percent)),
        Decided::Exogenous(percent) => sterilised(share("exogenous", percent)),
    };
    serde_json::from_value(written).unwrap()
}

/// Writes objectives, numbering everything in them, and gathers what is known of them.
#[derive(Default)]
struct Writer {
    next: usize,
    results: Results,
}

impl Writer {
    fn number(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    fn indicators(&mut self, indicators: &[Indicator], first: AssignmentId) -> Vec<Json> {
        indicators.iter().map(|one| self.indicator(one, first)).collect()
    }

    fn indicator(&mut self, indicator: &Indicator, first: AssignmentId) -> Json {
        let own = id(4, self.number());
        let subject = Subject::Indicator(IndicatorId(own));
        let all = indicator.got.iter().map(|got| ((subject, None), measured(got)));
        let one = indicator.got_first.iter().map(|got| ((subject, Some(first)), measured(got)));
        self.results.values.extend(all.chain(one));
        let mut written = wanted(&indicator.wants);
        written["id"] = json!(own);
        written["name"] = json!("Quanto");
        written["weight"] = indicator.weight.map_or(Json::Null, percent);
        written
    }

    fn phase(&mut self, phase: &Phase, first: AssignmentId) -> Json {
        let own = id(5, self.number());
        let value = phase.got.iter().map(|got| ((Subject::Phase(PhaseId(own)), None), measured(got)));
        self.results.values.extend(value);
        json!({"id": own, "title": "Fase", "weight": phase.weight.map(percent), "deadline": phase.due.map(by),
            "indicators": self.indicators(&phase.indicators, first)})
    }

    fn objective(&mut self, objective: &Objective, units: usize) -> Json {
        let own = id(3, self.number());
        let mut assignments = Vec::new();
        for (unit, weighs, judged) in &objective.assigned {
            let assignment = id(2, self.number());
            let judged = judged.iter().map(|one| (AssignmentId(assignment), decided(one)));
            self.results.judgements.extend(judged);
            let weight = weighs.as_ref().map(|weighs| match weighs {
                Weighs::Percent(number) => percent(*number),
                Weighs::Class(class) => json!({"value": {"type": "class", "class": class.to_string()}}),
                Weighs::Unclear => json!({"words": "2 - operativo", "value": {"type": "unclear"}}),
            });
            assignments.push(json!({"id": assignment, "unit": id(1, unit % units), "weight": weight}));
        }
        let first = serde_json::from_value(assignments[0]["id"].clone()).unwrap();
        let subject = Subject::Objective(ObjectiveId(own));
        self.results.values.extend(objective.got.iter().map(|got| ((subject, None), measured(got))));
        let phases: Vec<Json> = objective.phases.iter().map(|phase| self.phase(phase, first)).collect();
        let indicators = self.indicators(&objective.indicators, first);
        json!({"id": own, "title": "Obiettivo", "assignments": assignments, "phases": phases,
            "indicators": indicators, "deadline": objective.due.map(by)})
    }
}

fn percent(number: i32) -> Json {
    json!({"value": {"type": "percent", "percent": number.to_string()}})
}

fn by(due: i32) -> Json {
    json!({"value": {"type": "date", "day": day(due)}})
}

pub(super) fn written(spec: &Spec) -> Written {
    let mut writer = Writer::default();
    let objectives: Vec<Json> =
        spec.objectives.iter().map(|one| writer.objective(one, spec.units.len())).collect();
    let unit = |(number, unit): (usize, &super::spec::Structure)| {
        let parent = unit.parent.filter(|_| number > 0).map(|parent| id(1, parent % number));
        json!({"id": id(1, number), "code": format!("U{number}"), "name": format!("Area {number}"), "kind": "area",
            "valid_from": "2020-01-01", "parent": parent,
            "staff": [{"qualification": "Istruttori", "posts": unit.posts.to_string()}]})
    };
    let plan = json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"id": id(0, 0), "year": 2024, "kind": "standalone", "title": "Piano", "scale": [
            {"code": "1", "label": "operativo", "coefficient": "1"},
            {"code": "2", "label": "strategico", "coefficient": "2"}]},
        "units": spec.units.iter().enumerate().map(unit).collect::<Vec<_>>(), "objectives": objectives,
    });
    let values: HashMap<_, _> = writer.results.values;
    Written {
        plan: serde_json::from_value(plan).unwrap(),
        rulebook: rulebook(&spec.rules, &spec.units),
        results: Results { values, judgements: writer.results.judgements },
        at: day(spec.at),
    }
}
