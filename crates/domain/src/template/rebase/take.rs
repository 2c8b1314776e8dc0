//! Writing what a version says into an objective, one place at a time.

use uuid::Uuid;

use crate::objective::{ObjectiveFacts, ObjectiveKind};
use crate::period::Year;
use crate::phase::{Phase, PhaseId};
use crate::said::Said;
use crate::template::adoption::longer;
use crate::template::content::{Place, weight};
use crate::template::{Field, Template, TemplateIndicator};
use crate::text::Code;

/// Makes a place of an objective say what a version says there, in a plan of this year.
pub(super) fn place(
    facts: &mut ObjectiveFacts,
    place: &Place,
    template: &Template,
    year: Year,
    fresh: &mut dyn FnMut() -> Uuid,
) {
    let theirs = &template.facts;
    match place.field {
        Field::Title => facts.title = theirs.title.clone(),
        Field::Purpose => facts.purpose = Some(theirs.purpose.clone()),
        Field::Description => facts.description = theirs.description.as_ref().and_then(longer),
        Field::ExpectedResult => facts.expected_result.clone_from(&theirs.expected_result),
        Field::Kinds => {
            let shared = facts.kinds.contains(&ObjectiveKind::Transversal);
            facts.kinds.clone_from(&theirs.kinds);
            facts.kinds.extend(shared.then_some(ObjectiveKind::Transversal));
        }
        Field::Laws => facts.laws.clone_from(&theirs.laws),
        Field::Areas => facts.areas.clone_from(&theirs.areas),
        Field::Weight => {
            let said = theirs.weight.map(|percent| Said::plainly(weight(percent)));
            facts.assignments.iter_mut().for_each(|one| one.facts.weight.clone_from(&said));
        }
        Field::Phases => phases(facts, template, fresh),
        Field::IndicatorName | Field::Target | Field::Source => {
            let Some(code) = place.indicator.as_ref() else { return };
            let Some((one, _)) = template.indicator(code) else { return };
            of_indicator(facts, place.field, code, one, year);
        }
        Field::Indicators => {}
    }
}

fn of_indicator(facts: &mut ObjectiveFacts, field: Field, code: &Code, one: &TemplateIndicator, year: Year) {
    let mut indicators = facts.all_indicators_mut();
    let Some(ours) = indicators.find(|ours| ours.facts.template_indicator.as_ref() == Some(code)) else {
        return;
    };
    match field {
        Field::IndicatorName => ours.facts.name = one.name.clone(),
        Field::Target => ours.facts.target = one.target_of(year).cloned(),
        Field::Source => ours.facts.source.clone_from(&one.source),
        Field::Title
        | Field::Purpose
        | Field::Description
        | Field::ExpectedResult
        | Field::Kinds
        | Field::Laws
        | Field::Areas
        | Field::Weight
        | Field::Phases
        | Field::Indicators => {}
    }
}

/// The phases of the version, each as the one of the same title that was there, else the one in its place; what was measured
/// of a phase that is no more is measured of the objective.
fn phases(facts: &mut ObjectiveFacts, template: &Template, fresh: &mut dyn FnMut() -> Uuid) {
    let mut had: Vec<Option<Phase>> = std::mem::take(&mut facts.phases).into_iter().map(Some).collect();
    let theirs = &template.facts.phases;
    let mut taken: Vec<Option<Phase>> = Vec::new();
    for phase in theirs {
        let same = had.iter_mut().find(|one| one.as_ref().is_some_and(|had| had.facts.title == phase.title));
        taken.push(same.and_then(Option::take));
    }
    for (at, phase) in theirs.iter().enumerate() {
        let in_place = || had.get_mut(at).and_then(Option::take);
        let known = taken.get_mut(at).and_then(Option::take).or_else(in_place);
        let new = phase.begun(known.as_ref().map_or_else(|| PhaseId(fresh()), |known| known.id));
        let mut facts_of_phase = known.map_or_else(|| new.facts.clone(), |known| known.facts);
        facts_of_phase.title = new.facts.title;
        facts_of_phase.weight = new.facts.weight;
        facts_of_phase.deadline = new.facts.deadline;
        facts.phases.push(Phase { id: new.id, facts: facts_of_phase });
    }
    facts.indicators.extend(had.into_iter().flatten().flat_map(|gone| gone.facts.indicators));
}
