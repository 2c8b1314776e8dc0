//! Reading a rulebook: what is written becomes what the domain knows, and what it may not say is told with what cannot be read.

use std::collections::BTreeMap;

use traguardo_domain::FaultKind;
use traguardo_domain::figure::Figure;
use traguardo_domain::rulebook::{
    Absences, Band, Bands, Category, Effect, Formulas, LateStep, Mix, RollUps, Rulebook, Share,
};
use traguardo_domain::text::{Code, Line};

use super::{
    AbsencesBody, BandBody, EffectBody, EffectKind, FormulasBody, IndividualBody, LateStepBody, MixBody,
    RollUpsBody, RulebookBody, ShareBody,
};
use crate::reader::Reader;

impl RulebookBody {
    /// The rulebook, when every member can be read and everything it says may be meant.
    pub fn read(self, at: &mut Reader<'_>) -> Option<Rulebook> {
        let title = at.take("title", Line::parse(&self.title));
        let formulas = self.formulas.read(&mut at.member("formulas"));
        let roll_ups = self.roll_ups.read(&mut at.member("roll_ups"));
        let bands = read_bands(at, self.bands);
        let individual = self.individual.unwrap_or_default().read(&mut at.member("individual"));
        let variations_until = self.variations_until.map(|month| u8::try_from(month).unwrap_or(u8::MAX));
        let blocking = self.blocking.unwrap_or_default().into_iter().map(|code| code.0).collect();
        let rulebook = Rulebook {
            title: title?,
            formulas: formulas?,
            absences: self.absences.read(),
            roll_ups: roll_ups?,
            bands: bands?,
            band_on: self.band_on.0,
            individual: individual?,
            variations_until,
            blocking,
        };
        let faults = rulebook.check();
        for fault in &faults {
            at.fault(fault.pointer.trim_start_matches('/'), fault.kind, &fault.detail);
        }
        faults.is_empty().then_some(rulebook)
    }
}

impl AbsencesBody {
    const fn read(&self) -> Absences {
        Absences {
            missing: self.missing.0,
            not_due: self.not_due.0,
            not_applicable: self.not_applicable.0,
            not_evaluable: self.not_evaluable.0,
        }
    }
}

impl FormulasBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Formulas> {
        let cap = at.take("cap", Figure::parse(&self.cap));
        let (written, most) = (self.late.len(), Rulebook::MOST_LATE_STEPS);
        let late = at.each("late", self.late, most, LateStepBody::read);
        let tolerance = at.maybe("low_tolerance", self.low_tolerance.as_ref(), Figure::parse);
        let least_point = at.take("least_point", Figure::parse(&self.least_point));
        let instead = self.instead.into_iter().map(|(formula, other)| (formula.0, other.0)).collect();
        let read = Formulas {
            cap: cap?,
            late,
            low_tolerance: tolerance,
            above_range: self.above_range.0,
            least_point: least_point?,
            scale: self.scale.0,
            parts: self.parts.0,
            instead,
        };
        let whole = read.late.len() == written && tolerance.is_some() == self.low_tolerance.is_some();
        whole.then_some(read)
    }
}

impl LateStepBody {
    fn read(self, at: &mut Reader<'_>) -> Option<LateStep> {
        let percent = at.take("percent", Figure::parse(&self.percent));
        let days = u16::try_from(self.days).ok().filter(|days| *days <= 3_660);
        if days.is_none() {
            at.fault("days", FaultKind::OutOfBounds, "Da 0 a 3660.");
        }
        Some(LateStep { days: days?, percent: percent? })
    }
}

impl RollUpsBody {
    fn read(self, at: &mut Reader<'_>) -> Option<RollUps> {
        let phases_share = at.take("phases_share", Figure::parse(&self.phases_share));
        let set = figures(&mut at.member("set"), self.set);
        let classes = figures(&mut at.member("classes"), self.classes);
        let (objective, comune) = (self.objective.0, self.comune.0);
        Some(RollUps { objective, phases_share: phases_share?, comune, set: set?, classes: classes? })
    }
}

/// Figures by code.
fn figures(at: &mut Reader<'_>, written: BTreeMap<String, String>) -> Option<BTreeMap<Code, Figure>> {
    let many = written.len();
    let mut read = BTreeMap::new();
    for (code, figure) in written {
        let place = code.replace('~', "~0").replace('/', "~1");
        let figure = at.take(&place, Figure::parse(&figure));
        let code = at.take(&place, Code::parse(&code));
        read.extend(code.zip(figure));
    }
    (read.len() == many).then_some(read)
}

/// Bands that close; why they do not is told at each place, unless one of them cannot be read.
fn read_bands(at: &mut Reader<'_>, written: Vec<BandBody>) -> Option<Bands> {
    let many = written.len();
    let bands = at.each("bands", written, Bands::MOST, BandBody::read);
    if bands.len() != many {
        return None;
    }
    for fault in Bands::faults(&bands) {
        at.fault(&format!("bands{}", fault.pointer), fault.kind, &fault.detail);
    }
    Bands::parse(bands).ok()
}

impl BandBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Band> {
        let code = at.take("code", Code::parse(&self.code));
        let label = at.take("label", Line::parse(&self.label));
        let from = at.take("from", Figure::parse(&self.from));
        let effect = self.effect.read(&mut at.member("effect"));
        Some(Band { code: code?, label: label?, from: from?, effect: effect? })
    }
}

impl EffectBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Effect> {
        match (self.kind, self.percent) {
            (EffectKind::Proportional, None) => Some(Effect::Proportional),
            (EffectKind::Proportional, Some(_)) => {
                at.fault("percent", FaultKind::Inconsistent, "L'effetto proporzionale non ha percentuale.");
                None
            }
            (EffectKind::Fixed, None) => {
                at.fault("percent", FaultKind::Missing, "L'effetto fisso ha una percentuale.");
                None
            }
            (EffectKind::Fixed, Some(percent)) => {
                Some(Effect::Fixed { percent: at.take("percent", Figure::parse(&percent))? })
            }
        }
    }
}

impl IndividualBody {
    fn read(self, at: &mut Reader<'_>) -> Option<BTreeMap<Category, Mix>> {
        let written = [
            ("manager", Category::Manager, self.manager),
            ("segretario", Category::Segretario, self.segretario),
            ("staff", Category::Staff, self.staff),
        ];
        let mut mixes = BTreeMap::new();
        let mut whole = true;
        for (name, category, mix) in written {
            let Some(mix) = mix else { continue };
            match mix.read(&mut at.member(name)) {
                Some(mix) => drop(mixes.insert(category, mix)),
                None => whole = false,
            }
        }
        whole.then_some(mixes)
    }
}

impl MixBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Mix> {
        let many = self.components.len();
        let components = at.each("components", self.components, Mix::MOST, ShareBody::read);
        let bands = match self.bands {
            None => None,
            Some(written) => Some(read_bands(at, written)?),
        };
        (components.len() == many).then_some(Mix { components, bands })
    }
}

impl ShareBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Share> {
        let weight = at.take("weight", Figure::parse(&self.weight));
        let title = at.maybe("title", self.title.as_ref(), Line::parse);
        let whole = title.is_some() == self.title.is_some();
        whole.then_some(Share { kind: self.kind.0, title, weight: weight? })
    }
}
