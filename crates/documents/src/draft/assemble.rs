//! From what was gathered to a draft: a plan that is valid whatever the source says, with every word in it or told beside it.

use std::collections::HashSet;

use traguardo_domain::comune::ComuneCode;
use traguardo_domain::figure::Figure;
use traguardo_domain::period::Year;
use traguardo_domain::plan::document::{Format, Header, PlanDocument};
use traguardo_domain::plan::{PlanFacts, PlanId, PlanKind};
use traguardo_domain::reading::Confidence;
use traguardo_domain::review::{FindingCode, reading_order};
use traguardo_domain::text::{Code, Line};
use traguardo_domain::weight::WeightClass;
use uuid::Uuid;

use super::accounts::{self, Origin};
use super::desk::{Desk, Remark};
use super::fit::fit;
use super::objectives::{self, Making};
use super::spill::label;
use super::units::lost;
use super::{Draft, findings, sections, units};
use crate::gathered::{Fields, Gathered, Noticed};
use crate::profile::{Field, Profile};
use crate::source::{Place, Source};

/// The most classes a scale has.
const MOST_CLASSES: usize = 20;

/// Which plan a source is read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRequest {
    /// The comune it is of.
    pub comune: ComuneCode,
    /// Its year.
    pub year: Year,
    /// Under which law it stands.
    pub kind: PlanKind,
    /// Its title, when the caller has one; otherwise the source's, or a plain one.
    pub title: Option<Line<300>>,
}

/// Puts together the draft of what was gathered from a source. The same input gives the same draft, but for the ids, which
/// `fresh` gives.
pub fn assemble(
    request: &DraftRequest,
    source: &Source,
    profile: &Profile,
    gathered: &Gathered,
    fresh: &mut dyn FnMut() -> Uuid,
) -> Draft {
    let scale = if weighs_by_class(gathered) { scale(profile) } else { Vec::new() };
    let year = i32::from(request.year.number());
    let mut desk = Desk::new(source, year, &scale, fresh, &gathered.noticed);
    let id = PlanId((desk.fresh)());
    let title = title(&mut desk, request, gathered);
    let units = units::assemble(&mut desk, gathered, request.year);
    let sections = sections::assemble(&mut desk, gathered);
    let making = Making { profile, gathered, units: &units };
    let objectives = objectives::assemble(&mut desk, &making);
    summaries(&mut desk, gathered, units.len());
    let Desk { mut traces, mut remarks, .. } = desk;
    traces.sort_by_cached_key(|trace| reading_order(&trace.pointer));
    let heard = |noticed| as_remark(noticed, source, units.len(), objectives.len());
    let heard: Vec<Remark> = gathered.noticed.iter().map(heard).collect();
    remarks.extend(findings::at_values(heard, &traces));
    let facts =
        PlanFacts { external_id: None, year: request.year, kind: request.kind, title, scale: scale.clone() };
    let plan = Header { id, facts };
    let document =
        PlanDocument { format: Format::V1, comune: request.comune, plan, units, sections, objectives };
    let lines = accounts::lines(source, gathered.uses());
    let mut found = findings::reviewed(&document, &traces);
    found.extend(remarks.into_iter().map(findings::noticed));
    let origin = Origin { source, profile: &profile.name };
    let certificate = accounts::certificate(&origin, &document, &traces, &lines, findings::ordered(found));
    Draft { document, traces, lines, certificate }
}

fn title(desk: &mut Desk<'_>, request: &DraftRequest, gathered: &Gathered) -> Line<300> {
    if let Some(found) = &gathered.title {
        desk.trace("/plan/title", found, Confidence::Certain);
        let fitted = fit::<Line<300>>(&found.words);
        if !fitted.rest.is_empty() {
            let message = "Il titolo del piano è troppo lungo.".to_owned();
            desk.remark(FindingCode::ColumnsShifted, "/plan/title", found, message);
        }
        if let Some(title) = request.title.clone().or(fitted.value) {
            return title;
        }
    }
    let plain = || {
        let year = request.year.number();
        Line::parse(&format!("Piano della performance {year}")).unwrap_or_else(|_| Line::of_number(year))
    };
    request.title.clone().unwrap_or_else(plain)
}

/// Whether the weights of a plan are classes of a scale: where none of them is a percentage.
fn weighs_by_class(gathered: &Gathered) -> bool {
    let mut weights =
        gathered.objectives.iter().flat_map(|objective| objective.fields.all(Field::Weight)).peekable();
    weights.peek().is_some() && !weights.all(|found| found.words.contains('%'))
}

/// The classes of a profile that can be classes of a plan.
fn scale(profile: &Profile) -> Vec<WeightClass> {
    let mut codes = HashSet::new();
    let class = |class: &crate::profile::ScaleClass| {
        let code = Code::parse(&class.code).ok().filter(|code| codes.insert(code.clone()))?;
        let coefficient = Figure::parse(&class.coefficient).ok().filter(|figure| *figure > Figure::ZERO)?;
        Some(WeightClass { code, label: Line::parse(&class.label).ok()?, coefficient })
    };
    profile.scale.iter().filter_map(class).take(MOST_CLASSES).collect()
}

/// What the reader noticed, at the part of the plan it is about.
fn as_remark(noticed: &Noticed, source: &Source, units: usize, objectives: usize) -> Remark {
    let objective = noticed.objective.filter(|at| *at < objectives).map(|at| format!("/objectives/{at}"));
    let unit = noticed.unit.filter(|at| *at < units).map(|at| format!("/units/{at}"));
    Remark {
        code: noticed.code,
        pointer: objective.or(unit).unwrap_or_default(),
        spot: Some(source.spot(noticed.place)),
        words: noticed.words.clone(),
        message: noticed.message.clone(),
        suggestion: noticed.suggestion.clone(),
        severity: noticed.code.severity(),
    }
}

/// Rows of summaries that no objective took its weight from, and totals that their rows do not give.
fn summaries(desk: &mut Desk<'_>, gathered: &Gathered, units: usize) {
    if gathered.units.iter().all(|unit| unit.summary.is_empty() && unit.summary_total.is_none()) {
        return;
    }
    let taken: HashSet<Place> = gathered
        .objectives
        .iter()
        .flat_map(|objective| objective.fields.iter())
        .flat_map(|(_, found)| std::iter::once(found.place).chain(found.more.iter().copied()))
        .collect();
    for (at, unit) in gathered.units.iter().enumerate() {
        let pointer = if at < units { format!("/units/{at}") } else { String::new() };
        for (field, found) in unit.summary.iter().flat_map(Fields::iter) {
            if !taken.contains(&found.place) {
                let message = format!("{} del riepilogo che nessun obiettivo riporta.", label(*field));
                desk.unheard(FindingCode::CardWeightDiffers, &pointer, found, message);
            }
        }
        if at >= units {
            unit.staff.iter().chain(&unit.summary).for_each(|row| lost(desk, row, "strutture"));
        }
        let sum = unit
            .summary
            .iter()
            .filter_map(|row| row.get(Field::Weight))
            .try_fold(Figure::ZERO, |sum, found| {
                Figure::new(sum.number().checked_add(percent(&found.words)?.number())?)
            });
        if let Some(total) = &unit.summary_total {
            let printed = total.words.split_whitespace().rev().find_map(percent);
            if printed.is_some() && printed == sum {
                desk.trace(pointer, total, Confidence::Certain);
            } else {
                let message = "Il totale stampato del riepilogo non è la somma dei suoi pesi.".to_owned();
                desk.unheard(FindingCode::FiguresDisagree, &pointer, total, message);
            }
        }
    }
}

fn percent(words: &str) -> Option<Figure> {
    super::units::figure(words.trim().trim_start_matches('(').trim_end_matches(['%', ')', ' ']))
}
