//! From a sheet to what is read of it.

use traguardo_documents::Word;
use traguardo_domain::rulebook::Effect;
use traguardo_domain::score::Percent;
use traguardo_domain::sheet::{Content, Entry, Made, Move, Reckoning, Sheet, SheetRemark, Unpayable};

use super::{
    MissingCode, SheetLine, SheetNotice, SheetPercent, SheetReckoning, SheetResponse, SheetSummary,
    StepResponse,
};
use crate::sheets::content::SheetChange;

impl From<Percent> for SheetPercent {
    fn from(percent: Percent) -> Self {
        Self { percent: percent.to_string(), shown: percent.shown().to_string() }
    }
}

impl From<Entry> for SheetLine {
    fn from(entry: Entry) -> Self {
        let italian = |percent: Percent| percent.shown().to_string().replace('.', ",");
        match entry {
            Entry::Component { code, weight, points, adds, kind: _ } => {
                let says = format!("{}: {} punti per un peso di {weight}.", code.as_str(), italian(points));
                let (code, weight) = (Some(code.into()), Some(weight.into()));
                Self { code, says, weight, points: points.into(), adds: Some(adds.into()), left: None }
            }
            Entry::Attendance { coefficient, left } => {
                let says =
                    format!("I giorni prestati e quelli tutelati contano per il {}%.", italian(coefficient));
                Self {
                    code: None,
                    says,
                    weight: None,
                    points: coefficient.into(),
                    adds: None,
                    left: Some(left.into()),
                }
            }
            Entry::Malus { kinds, percent, left } => {
                let kinds: Vec<&str> = kinds.into_iter().map(traguardo_domain::Vocabulary::word).collect();
                let says = format!("Le riduzioni ({}) tolgono il {}%.", kinds.join(", "), italian(percent));
                Self {
                    code: None,
                    says,
                    weight: None,
                    points: percent.into(),
                    adds: None,
                    left: Some(left.into()),
                }
            }
        }
    }
}

impl From<Reckoning> for SheetReckoning {
    fn from(reckoning: Reckoning) -> Self {
        let pays = reckoning.band.as_ref().map(|band| match band.effect {
            Effect::Proportional => reckoning.total.to_string(),
            Effect::Fixed { percent } => percent.to_string(),
        });
        Self {
            lines: reckoning.lines.into_iter().map(SheetLine::from).collect(),
            score: reckoning.score.into(),
            total: reckoning.total.into(),
            band: reckoning.band.map(|band| band.code.into()),
            pays,
        }
    }
}

impl From<SheetRemark> for SheetNotice {
    fn from(remark: SheetRemark) -> Self {
        let (message, law) = match remark {
            SheetRemark::UnitNotPrevailing => (
                "Per chi dirige, i risultati della struttura devono avere il peso prevalente.",
                Some("D.Lgs. 150/2009, art. 9, comma 1, lett. a)".to_owned()),
            ),
            SheetRemark::NotAsScored => ("I punti non sono quelli del risultato da cui vengono.", None),
        };
        Self { code: Word(remark), message: message.to_owned(), law }
    }
}

impl From<Made> for StepResponse {
    fn from(step: Made) -> Self {
        let made = Word(step.made.kind());
        let (reason, changes) = match step.made {
            Move::Share | Move::Accept | Move::Finish => (None, Vec::new()),
            Move::Object { reason } => (Some(reason.into()), Vec::new()),
            Move::Answer { reason, changes } => (Some(reason.into()), changes),
        };
        let changes = changes.into_iter().map(SheetChange::from).collect();
        Self { made, at: step.at, by: step.by, reason, changes }
    }
}

impl SheetResponse {
    /// A sheet, when the report of its year is validated and when it is not.
    pub(in crate::sheets) fn of(sheet: Sheet, report_validated: bool) -> Self {
        let reckoned = |content: &Content| content.reckon().ok().map(SheetReckoning::from);
        let current = sheet.current();
        let unpayable = sheet.unpayable(report_validated);
        let missing = current.without_points().into_iter().map(|code| MissingCode(code.into()));
        Self {
            id: sheet.id.0,
            plan: sheet.plan.0,
            year: sheet.year.number().into(),
            person: sheet.person.0,
            evaluator: sheet.evaluator.0,
            state: Word(sheet.state()),
            answer_by: sheet.term(),
            missing: missing.collect(),
            reckoning: reckoned(&current),
            reckoning_as_shared: if current == sheet.content { None } else { reckoned(&sheet.content) },
            notices: current.remarks().into_iter().map(SheetNotice::from).collect(),
            payable: unpayable.is_none(),
            unpayable_because: unpayable.map(Word::<Unpayable>),
            finished_at: sheet.finished_at,
            version: sheet.version.number(),
            steps: sheet.steps.into_iter().map(StepResponse::from).collect(),
            content: sheet.content.into(),
        }
    }
}

impl From<Sheet> for SheetSummary {
    fn from(sheet: Sheet) -> Self {
        Self {
            id: sheet.id.0,
            plan: sheet.plan.0,
            year: sheet.year.number().into(),
            person: sheet.person.0,
            evaluator: sheet.evaluator.0,
            category: Word(sheet.content.category),
            state: Word(sheet.state()),
            answer_by: sheet.term(),
            total: sheet.current().reckon().ok().map(|reckoning| reckoning.total.into()),
            version: sheet.version.number(),
        }
    }
}
