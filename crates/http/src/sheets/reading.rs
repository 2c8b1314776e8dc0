//! What is said in a sheet, from what travels to what is decided on, and back.

use traguardo_documents::{Reader, Word};
use traguardo_domain::fault::Refused;
use traguardo_domain::figure::Figure;
use traguardo_domain::rulebook::{Band, Bands, Effect};
use traguardo_domain::said::Words;
use traguardo_domain::score::Percent;
use traguardo_domain::sheet::{
    Attendance, Behaviour, Change, Component, Content, Malus, Scale, Scheme, ScoreNode, Source,
};
use traguardo_domain::text::{Code, Line};
use traguardo_domain::unit::UnitId;
use traguardo_domain::{FaultKind, Faults};

use super::content::{
    PayBand, SheetAttendance, SheetBehaviour, SheetChange, SheetComponent, SheetContent, SheetMalus,
    SheetScale, SheetScheme, SheetSource,
};
use crate::problem::Problem;

impl SheetContent {
    /// What it says.
    ///
    /// # Errors
    /// Every value that is not what it must be, at its place.
    pub(super) fn read(self) -> Result<Content, Problem> {
        let mut faults = Faults::new();
        let mut at = Reader::new(&mut faults);
        let scheme = self.scheme.read(&mut at.member("scheme"));
        let components =
            at.each("components", self.components, Content::MOST_COMPONENTS, SheetComponent::read);
        let behaviours =
            at.each("behaviours", self.behaviours, Content::MOST_BEHAVIOURS, SheetBehaviour::read);
        let malus = at.each("malus", self.malus, Content::MOST_MALUS, SheetMalus::read);
        let attendance = match self.attendance {
            Some(days) => days.read(&mut at.member("attendance")).map(Some),
            None => Some(None),
        };
        let (Word(category), unit) = (self.category, self.unit.map(UnitId));
        let content = scheme.zip(attendance).map(|(scheme, attendance)| Content {
            category,
            unit,
            scheme,
            components,
            behaviours,
            attendance,
            malus,
        });
        faults.finish(content).map_err(Problem::invalid)
    }
}

impl SheetScheme {
    fn read(self, at: &mut Reader<'_>) -> Option<Scheme> {
        let name = at.take("name", Line::parse(&self.name));
        let scale = match self.scale {
            Some(scale) => scale.read(&mut at.member("scale")).map(Some),
            None => Some(None),
        };
        let given = self.bands.len();
        let bands = at.each("bands", self.bands, Bands::MOST, PayBand::read);
        let bands = match (given, bands.len()) {
            (0, _) => Some(None),
            (given, read) if given == read => at.take("bands", Bands::parse(bands)).map(Some),
            (_, _) => None,
        };
        let days = self.objection_days.unwrap_or(i32::from(Scheme::USUAL_DAYS));
        let objection_days = at.take("objection_days", small(days))?;
        Some(Scheme { name: name?, scale: scale?, bands: bands?, objection_days })
    }
}

impl SheetScale {
    fn read(self, at: &mut Reader<'_>) -> Option<Scale> {
        let (least, most) =
            (at.take("least", Figure::parse(&self.least)), at.take("most", Figure::parse(&self.most)));
        Some(Scale { least: least?, most: most?, reading: self.reading.0 })
    }
}

impl PayBand {
    fn read(self, at: &mut Reader<'_>) -> Option<Band> {
        let code = at.take("code", Code::parse(&self.code));
        let label = at.take("label", Line::parse(&self.label));
        let from = at.take("from", Figure::parse(&self.from));
        let effect = match &self.pays {
            Some(pays) => at.take("pays", Figure::parse(pays)).map(|percent| Effect::Fixed { percent }),
            None => Some(Effect::Proportional),
        };
        Some(Band { code: code?, label: label?, from: from?, effect: effect? })
    }
}

impl SheetComponent {
    fn read(self, at: &mut Reader<'_>) -> Option<Component> {
        let code = at.take("code", Code::parse(&self.code));
        let title = at.take("title", Line::parse(&self.title));
        let weight = at.take("weight", Figure::parse(&self.weight));
        let points = at.maybe("points", self.points.as_ref(), Figure::parse);
        let source = match self.source {
            Some(source) => source.read(&mut at.member("source")).map(Some),
            None => Some(None),
        };
        Some(Component {
            code: code?,
            kind: self.kind.0,
            title: title?,
            weight: weight?,
            points,
            source: source?,
        })
    }
}

impl SheetSource {
    fn read(self, at: &mut Reader<'_>) -> Option<Source> {
        let node = at.take("node", ScoreNode::parse(&self.node));
        let malformed = |detail| Refused::new(FaultKind::Malformed, detail);
        let percent = at.take("percent", Percent::try_from(self.percent).map_err(malformed));
        Some(Source { node: node?, percent: percent? })
    }
}

impl SheetBehaviour {
    fn read(self, at: &mut Reader<'_>) -> Option<Behaviour> {
        let code = at.take("code", Code::parse(&self.code));
        let title = at.take("title", Line::parse(&self.title));
        let weight = at.take("weight", Figure::parse(&self.weight));
        let points = at.maybe("points", self.points.as_ref(), Figure::parse);
        Some(Behaviour { code: code?, title: title?, weight: weight?, points })
    }
}

impl SheetAttendance {
    fn read(self, at: &mut Reader<'_>) -> Option<Attendance> {
        let expected = at.take("expected", small(self.expected));
        let served = at.take("served", small(self.served));
        let protected = at.take("protected", small(self.protected));
        Some(Attendance { expected: expected?, served: served?, protected: protected? })
    }
}

impl SheetMalus {
    fn read(self, at: &mut Reader<'_>) -> Option<Malus> {
        let percent = at.take("percent", Figure::parse(&self.percent));
        let reason = at.take("reason", Words::parse(&self.reason));
        Some(Malus { kind: self.kind.0, percent: percent?, reason: reason? })
    }
}

impl SheetChange {
    /// What it says.
    pub(super) fn read(self, at: &mut Reader<'_>) -> Option<Change> {
        let code = at.take("code", Code::parse(&self.code));
        let points = at.take("points", Figure::parse(&self.points));
        Some(Change { code: code?, points: points? })
    }
}

fn small(number: i32) -> Result<i16, Refused> {
    i16::try_from(number).map_err(|_| Refused::new(FaultKind::OutOfBounds, "Un numero di giorni."))
}

impl From<Content> for SheetContent {
    fn from(content: Content) -> Self {
        Self {
            category: Word(content.category),
            unit: content.unit.map(|unit| unit.0),
            scheme: content.scheme.into(),
            components: content.components.into_iter().map(SheetComponent::from).collect(),
            behaviours: content.behaviours.into_iter().map(SheetBehaviour::from).collect(),
            attendance: content.attendance.map(|days| SheetAttendance {
                expected: days.expected.into(),
                served: days.served.into(),
                protected: days.protected.into(),
            }),
            malus: content.malus.into_iter().map(SheetMalus::from).collect(),
        }
    }
}

impl From<Scheme> for SheetScheme {
    fn from(scheme: Scheme) -> Self {
        let bands = scheme.bands.map_or_else(Vec::new, Vec::from);
        Self {
            name: scheme.name.into(),
            scale: scheme.scale.map(|scale| SheetScale {
                least: scale.least.into(),
                most: scale.most.into(),
                reading: Word(scale.reading),
            }),
            bands: bands.into_iter().map(PayBand::from).collect(),
            objection_days: Some(scheme.objection_days.into()),
        }
    }
}

impl From<Band> for PayBand {
    fn from(band: Band) -> Self {
        let pays = match band.effect {
            Effect::Proportional => None,
            Effect::Fixed { percent } => Some(percent.into()),
        };
        Self { code: band.code.into(), label: band.label.into(), from: band.from.into(), pays }
    }
}

impl From<Component> for SheetComponent {
    fn from(one: Component) -> Self {
        Self {
            code: one.code.into(),
            kind: Word(one.kind),
            title: one.title.into(),
            weight: one.weight.into(),
            points: one.points.map(String::from),
            source: one
                .source
                .map(|source| SheetSource { node: source.node.into(), percent: source.percent.into() }),
        }
    }
}

impl From<Behaviour> for SheetBehaviour {
    fn from(one: Behaviour) -> Self {
        let points = one.points.map(String::from);
        Self { code: one.code.into(), title: one.title.into(), weight: one.weight.into(), points }
    }
}

impl From<Malus> for SheetMalus {
    fn from(one: Malus) -> Self {
        Self { kind: Word(one.kind), percent: one.percent.into(), reason: one.reason.into() }
    }
}

impl From<Change> for SheetChange {
    fn from(change: Change) -> Self {
        Self { code: change.code.into(), points: change.points.into() }
    }
}
