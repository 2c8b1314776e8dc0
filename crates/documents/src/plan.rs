//! The whole plan as it is written: one document.

use serde::Deserialize;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::figure::Figure;
use traguardo_domain::objective::{Objective, ObjectiveId};
use traguardo_domain::period::Year;
use traguardo_domain::plan::document::{Header, PlanDocument};
use traguardo_domain::plan::{PlanFacts, PlanId};
use traguardo_domain::section::{Section, SectionId};
use traguardo_domain::text::{Code, ExternalId, Line};
use traguardo_domain::unit::Unit;
use traguardo_domain::weight::WeightClass;
use traguardo_domain::{FaultKind, Version};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::context::{Address, Context, Known, UnitNames};
use crate::objective::ObjectiveBody;
use crate::reader::Reader;
use crate::section::SectionBody;
use crate::unit::{UnitBody, WrittenUnit};
use crate::word::{FormatWord, PlanKindWord, Word};

/// The most classes a scale has.
const MOST_CLASSES: usize = 20;
/// The most structures a document has.
pub const MOST_UNITS: usize = 1_000;
/// The most sections a plan has.
pub const MOST_SECTIONS: usize = 200;
/// The most objectives a plan has.
pub const MOST_OBJECTIVES: usize = 2_000;

/// Una classe della scala dei pesi di un piano.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WeightClass, example = json!({"code": "2", "label": "rilevante strategico", "coefficient": "2"}))]
pub struct WeightClassBody {
    /// Codice, unico nella scala.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "2")]
    code: String,
    /// Come la si chiama.
    #[schema(min_length = 1, max_length = 100, pattern = "^.*\\S.*$")]
    label: String,
    /// Quanto conta rispetto alle altre.
    #[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "2")]
    coefficient: String,
}

/// L'intestazione di un piano nel suo documento.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DocumentHeader, example = json!({"external_id": "PIANO-2025", "year": 2025, "kind": "piao_performance", "title": "Piano della performance 2025-2027"}))]
pub struct HeaderBody {
    /// Identificativo del piano.
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Chiave nel programma che lo invia, unica nel comune per i piani.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Anno del piano, il primo dei tre dell'orizzonte.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// Natura del piano.
    kind: PlanKindWord,
    /// Titolo.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Le classi dei pesi, dove non sono percentuali.
    #[schema(nullable = false, min_items = 0, max_items = 20)]
    scale: Option<Vec<WeightClassBody>>,
}

/// Un piano intero, in un solo documento: intestazione, strutture dell'anno, sezioni e obiettivi, nel loro ordine.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = PlanDocument, example = json!({
    "format": "traguardo.plan.v1", "comune": "L454",
    "plan": {"year": 2025, "kind": "piao_performance", "title": "Piano della performance 2025-2027"},
    "units": [{"code": "SF", "name": "Settore finanziario", "kind": "sector", "valid_from": "2020-01-01"}],
    "sections": [], "objectives": [{"code": "4/SF", "title": "Rispettare i tempi di pagamento",
        "assignments": [{"unit_code": "SF", "weight": {"words": "30%"}}]}]
}))]
pub struct PlanBody {
    /// Forma del documento.
    format: FormatWord,
    /// Codice catastale del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$", example = "L454")]
    comune: String,
    /// Intestazione.
    plan: HeaderBody,
    /// Le strutture del comune nell'anno del piano. Quelle che il comune non ha sono create, le altre aggiornate.
    #[schema(nullable = false, min_items = 0, max_items = 1_000)]
    units: Option<Vec<UnitBody>>,
    /// Le sezioni narrative.
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    sections: Option<Vec<SectionBody>>,
    /// Gli obiettivi.
    #[schema(nullable = false, min_items = 0, max_items = 2_000)]
    objectives: Option<Vec<ObjectiveBody>>,
}

/// What is there before a document is read: what it writes again keeps its identity.
#[derive(Debug, Default)]
pub struct Before<'b> {
    /// The structures of the comune in the plan's year.
    pub units: &'b [Unit],
    /// The plan's own id, sections and objectives.
    pub plan: Option<&'b PlanDocument>,
}

/// Reads the classes of a scale.
pub fn read_scale(at: &mut Reader<'_>, written: Option<Vec<WeightClassBody>>) -> Vec<WeightClass> {
    let scale = at.each("scale", written.unwrap_or_default(), MOST_CLASSES, |class, at| {
        let code = at.take("code", Code::parse(&class.code));
        let label = at.take("label", Line::parse(&class.label));
        let coefficient = at.take("coefficient", Figure::parse(&class.coefficient));
        if coefficient.is_some_and(|coefficient| coefficient <= Figure::ZERO) {
            at.fault("coefficient", FaultKind::OutOfBounds, "Maggiore di zero.");
        }
        Some(WeightClass { code: code?, label: label?, coefficient: coefficient? })
    });
    let mut codes: Vec<&Code> = scale.iter().map(|class| &class.code).collect();
    codes.sort();
    codes.dedup();
    if codes.len() != scale.len() {
        at.fault("scale", FaultKind::Inconsistent, "Due classi hanno lo stesso codice.");
    }
    scale
}

impl HeaderBody {
    fn read(
        self,
        at: &mut Reader<'_>,
        had: Option<PlanId>,
        fresh: &mut dyn FnMut() -> Uuid,
    ) -> Option<Header> {
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let year = at.take("year", Year::parse(self.year));
        let title = at.take("title", Line::parse(&self.title));
        let scale = read_scale(at, self.scale);
        let id = had.or(self.id.map(PlanId)).unwrap_or_else(|| PlanId(fresh()));
        let facts = PlanFacts { external_id, year: year?, kind: self.kind.0, title: title?, scale };
        Some(Header { id, facts })
    }
}

impl PlanBody {
    /// Brings it under the name it was addressed by, in the comune it was addressed to.
    pub fn addressed(&mut self, at: &mut Reader<'_>, comune: ComuneCode, address: &Address) {
        if ComuneCode::parse(&self.comune).is_ok_and(|written| written != comune) {
            at.fault("comune", FaultKind::Inconsistent, "Non è il comune del percorso.");
        }
        address.settle(&mut at.member("plan"), &mut self.plan.id, &mut self.plan.external_id);
    }

    /// The year it says it is of.
    #[must_use]
    pub const fn year(&self) -> i32 {
        self.plan.year
    }

    /// The comune it says it is of.
    #[must_use]
    pub fn comune(&self) -> Option<ComuneCode> {
        ComuneCode::parse(&self.comune).ok()
    }

    /// Reads it.
    pub fn read(
        self,
        at: &mut Reader<'_>,
        before: &Before<'_>,
        fresh: &mut dyn FnMut() -> Uuid,
    ) -> Option<PlanDocument> {
        let Word(format) = self.format;
        let comune = at.take("comune", ComuneCode::parse(&self.comune));
        let had = before.plan.map(|plan| plan.plan.id);
        let header = self.plan.read(&mut at.member("plan"), had, fresh);
        // A document that says nothing of the structures leaves them as they are.
        let units = match self.units {
            None => before.units.to_vec(),
            Some(written) => read_units(at, written, before.units, fresh),
        };
        let mut names = UnitNames::new(before.units);
        for unit in &units {
            names.add(unit);
        }
        // Without a header nothing says of which year the rest is: its own faults come first.
        let header = header?;
        let mut context = Context {
            year: i32::from(header.facts.year.number()),
            scale: &header.facts.scale,
            units: &names,
            takes_new_ids: true,
            fresh,
        };
        let sections = read_sections(at, self.sections.unwrap_or_default(), before.plan, &mut context);
        let objectives = read_objectives(at, self.objectives.unwrap_or_default(), before.plan, &mut context);
        Some(PlanDocument { format, comune: comune?, plan: header, units, sections, objectives })
    }
}

fn read_units(
    at: &mut Reader<'_>,
    written: Vec<UnitBody>,
    before: &[Unit],
    fresh: &mut dyn FnMut() -> Uuid,
) -> Vec<Unit> {
    let written = at.each("units", written, MOST_UNITS, UnitBody::read);
    let mut units = Vec::with_capacity(written.len());
    for WrittenUnit { id, facts, parent_code } in written {
        let same = |unit: &&Unit| Some(unit.id) == id || (id.is_none() && unit.facts.code == facts.code);
        let had = before.iter().find(same);
        let id = had.map(|unit| unit.id).or(id).unwrap_or_else(|| traguardo_domain::unit::UnitId(fresh()));
        let version = had.map_or(Version::FIRST, |unit| unit.version);
        units.push((Unit { id, facts, version }, parent_code));
    }
    let mut names = UnitNames::new(before);
    for (unit, _) in &units {
        names.add(unit);
    }
    let mut list = at.member("units");
    let resolve = |(index, (mut unit, parent_code)): (usize, (Unit, Option<Code>))| {
        if let Some(code) = parent_code {
            let mut place = list.member(&index.to_string());
            unit.facts.parent = place.take("parent_code", names.coded(code.as_str()));
        }
        unit
    };
    units.into_iter().enumerate().map(resolve).collect()
}

fn read_sections(
    at: &mut Reader<'_>,
    written: Vec<SectionBody>,
    before: Option<&PlanDocument>,
    context: &mut Context<'_>,
) -> Vec<Section> {
    let had = before.map(|plan| plan.sections.as_slice()).unwrap_or_default();
    let mut known = Known::new(had.iter().map(|one| (one.id.0, one.facts.external_id.as_ref())));
    at.each("sections", written, MOST_SECTIONS, |section, at| {
        let id = section.id();
        let facts = section.read(at)?;
        let id = at.take("id", known.identify(id, facts.external_id.as_ref(), context)).map(SectionId)?;
        let version = had.iter().find(|one| one.id == id).map_or(Version::FIRST, |one| one.version);
        Some(Section { id, facts, version })
    })
}

fn read_objectives(
    at: &mut Reader<'_>,
    written: Vec<ObjectiveBody>,
    before: Option<&PlanDocument>,
    context: &mut Context<'_>,
) -> Vec<Objective> {
    let had = before.map(|plan| plan.objectives.as_slice()).unwrap_or_default();
    let mut known = Known::new(had.iter().map(|one| (one.id.0, one.facts.external_id.as_ref())));
    at.each("objectives", written, MOST_OBJECTIVES, |objective, at| {
        // One that does not parse is refused below, where the objective is read.
        let key = objective.external_id().and_then(|text| ExternalId::parse(text).ok());
        let id = at.take("id", known.identify(objective.id(), key.as_ref(), context)).map(ObjectiveId)?;
        let same = had.iter().find(|one| one.id == id);
        // A document says the whole plan: a list it leaves out is empty. What is there only lends its identity.
        let facts = objective.saying_every_list().read(at, same.map(|one| &one.facts), context)?;
        let version = same.map_or(Version::FIRST, |one| one.version);
        Some(Objective { id, facts, version })
    })
}

#[cfg(test)]
mod tests;
