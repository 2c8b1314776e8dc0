//! Which indicators an objective has at the newer version, and by which definition.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Bench, RebaseChange, RebaseChoice, RebaseOutcome};
use crate::indicator::{Indicator, IndicatorId};
use crate::objective::ObjectiveFacts;
use crate::template::content::{Content, Place};
use crate::template::{Field, Template};
use crate::text::Code;

/// Gives the indicators whose definition changed the new one: what makes figures comparable is nobody's to keep.
pub(super) fn redefine(facts: &mut ObjectiveFacts, base: &Template, theirs: &Template) -> Vec<Code> {
    let mut redefined = Vec::new();
    for indicator in facts.all_indicators_mut() {
        let Some(code) = indicator.facts.template_indicator.clone() else { continue };
        let (Some((was, _)), Some((is, _))) = (base.indicator(&code), theirs.indicator(&code)) else {
            continue;
        };
        let ours = &mut indicator.facts;
        if ours.profile == was.profile {
            ours.profile = is.profile;
        }
        if ours.family == was.family {
            ours.family = is.family;
        }
        if was.definition != is.definition {
            ours.measure = Some(is.definition.measure);
            ours.direction = Some(is.definition.direction);
            ours.formula = Some(is.definition.formula);
            ours.formula_words = Some(is.definition.formula_words.clone());
            redefined.push(code);
        }
    }
    redefined
}

/// Adds what the newer version added and takes out what it took out; what the plan left out stays out, unless that is locked.
/// What is taken out and had become the plan's own stays, bound to nothing.
pub(super) fn merge(
    facts: &mut ObjectiveFacts,
    bench: &Bench<'_>,
    fresh: &mut dyn FnMut() -> Uuid,
) -> (Option<RebaseChange>, Vec<Code>) {
    let (base, theirs) = (bench.base.codes(), bench.theirs.codes());
    let place = Place::of_objective(Field::Indicators);
    let ours = codes_of(bench.ours);
    let locked = bench.theirs.locks(&place);
    let imposed = locked && (base != theirs || !bench.base.locks(&place));
    let refused = !locked && bench.choices.get(&place) == Some(&RebaseChoice::Ours);
    let wanted = |code: &Code| imposed || (!refused && !base.contains(code));
    let missing: Vec<&Code> = theirs.iter().filter(|code| !ours.contains(*code) && wanted(code)).collect();
    for code in &missing {
        if let Some((one, _)) = bench.theirs.indicator(code) {
            facts.indicators.push(one.begun(IndicatorId(fresh()), bench.year));
        }
    }
    let overruled = missing.iter().any(|code| base.contains(*code));
    let released = let_go(facts, bench, &theirs);
    let outcome = match (base == theirs, ours == base) {
        _ if overruled => RebaseOutcome::Overruled,
        (true, true) => return (None, released),
        (true, false) => RebaseOutcome::Kept,
        (false, _) => RebaseOutcome::Taken,
    };
    let change = RebaseChange {
        place,
        outcome,
        locked,
        base: Some(Content::Indicators(base)),
        theirs: Some(Content::Indicators(theirs)),
        ours: Some(Content::Indicators(ours)),
        choice: refused.then_some(RebaseChoice::Ours),
    };
    (Some(change), released)
}

fn codes_of(facts: &ObjectiveFacts) -> BTreeSet<Code> {
    facts.all_indicators().filter_map(|one| one.facts.template_indicator.clone()).collect()
}

/// Takes out the indicators the newer version has no more, where they say what the older one said and nothing else.
fn let_go(facts: &mut ObjectiveFacts, bench: &Bench<'_>, theirs: &BTreeSet<Code>) -> Vec<Code> {
    let untouched = |indicator: &Indicator| {
        let code = indicator.facts.template_indicator.as_ref();
        let was = code.filter(|code| !theirs.contains(*code)).and_then(|code| bench.base.indicator(code));
        was.is_some_and(|(was, _)| was.begun(indicator.id, bench.year) == *indicator)
    };
    facts.indicators.retain(|one| !untouched(one));
    for phase in &mut facts.phases {
        phase.facts.indicators.retain(|one| !untouched(one));
    }
    let mut released = Vec::new();
    for indicator in facts.all_indicators_mut() {
        if let Some(code) = indicator.facts.template_indicator.take_if(|code| !theirs.contains(code)) {
            released.push(code);
        }
    }
    released
}
