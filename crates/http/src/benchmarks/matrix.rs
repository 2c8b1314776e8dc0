//! Many indicators of many comuni in one answer, or of one group.

use std::collections::{BTreeSet, HashMap};

use traguardo_domain::benchmark::{Query, Suppression, Viewer};
use traguardo_domain::consent::Audience;
use traguardo_domain::{ComuneCode, FaultKind, Vocabulary as _};
use traguardo_persistence::CrossTenantTx;
use traguardo_persistence::benchmarks::{self, Found, Indicator};

use super::frame::{Asking, Frame};
use super::question::{Figures, MOST_CELLS, MOST_COMUNI, Question, Whom};
use super::summary;
use super::tables::{BenchmarkComune, BenchmarkKeptBack, BenchmarkTable};
use super::wire::BenchmarkGroup;
use crate::problem::Problem;

/// What a question was answered from.
struct Read {
    indicators: Vec<Indicator>,
    frame: Option<Frame>,
    comuni: Vec<BenchmarkComune>,
    codes: Vec<ComuneCode>,
    audience: Audience,
    found: Vec<Found>,
    withheld: Vec<benchmarks::Withheld>,
}

/// Answers a question of many indicators.
///
/// # Errors
/// 404 when there is no such group; 422 when an indicator or a comune is unknown, or the answer would be too long.
pub(crate) async fn table(asking: Asking, question: Question) -> Result<BenchmarkTable, Problem> {
    let keys = asking.clone();
    let work = move |tx: &mut CrossTenantTx<'_>| {
        let read = read(tx, &keys, &question)?;
        Ok((read, question))
    };
    let (read, question) = asking.app.across(asking.grant.clone(), work).await?;
    let mine = asking.viewer().comune().filter(|comune| read.codes.contains(comune));
    let codes = || question.indicators.iter().map(|code| code.as_str().to_owned()).collect();
    let own = if mine.is_some() { asking.own(codes()).await? } else { Vec::new() };
    let day = asking.app.today();
    asking
        .app
        .aside(move || match question.figures {
            Figures::Values => values(read, &question, mine, &own, day),
            Figures::Statistics => {
                summary::told(&read.indicators, read.frame.as_ref(), &question, read.found, &read.withheld)
            }
        })
        .await
}

fn read(tx: &mut CrossTenantTx<'_>, asking: &Asking, question: &Question) -> Result<Read, Problem> {
    let codes: Vec<&str> = question.indicators.iter().map(traguardo_domain::text::Code::as_str).collect();
    let mut known = benchmarks::indicators(tx, &codes)?;
    let mut indicators = Vec::with_capacity(codes.len());
    for (place, code) in codes.iter().enumerate() {
        let one = known.remove(*code);
        indicators.push(one.ok_or_else(|| {
            unknown(&format!("/indicators/{place}"), "Nessun obiettivo condiviso ha questo indicatore.")
        })?);
    }
    let (frame, members, audience, registry) = match &question.whom {
        Whom::Group(reference) => {
            let frame = Frame::find(tx, asking, reference)?;
            let members = frame.group.members.iter().copied().collect::<Vec<_>>();
            let (audience, registry) = (frame.audience, frame.registry.clone());
            (Some(frame), members, audience, registry)
        }
        Whom::Comuni(comuni) => {
            let registry = asking.app.registry().at(tx)?;
            if let Some(place) = comuni.iter().position(|code| registry.find(*code).is_none()) {
                return Err(unknown(&format!("/comuni/{place}"), "Non è nel registro dei comuni."));
            }
            let audience =
                if asking.viewer() == Viewer::Region { Audience::Region } else { Audience::Public };
            (None, comuni.clone(), audience, registry)
        }
    };
    let name = |code: &ComuneCode| BenchmarkComune {
        code: code.to_string(),
        name: registry.find(*code).map_or_else(|| code.to_string(), |entry| entry.name.to_string()),
    };
    let (found, comuni) = match question.figures {
        Figures::Values => {
            let lines = question.indicators.len().saturating_mul(question.years.len());
            if members.len() > MOST_COMUNI || lines.saturating_mul(members.len()) > MOST_CELLS {
                let detail =
                    format!("La risposta avrebbe più di {MOST_CELLS} valori, o più di {MOST_COMUNI} comuni.");
                return Err(fault(FaultKind::OutOfBounds, "/indicators", &detail));
            }
            (
                benchmarks::of_comuni(tx, &codes, &question.years, &members)?,
                members.iter().map(name).collect(),
            )
        }
        Figures::Statistics => (benchmarks::contributions(tx, &codes, &question.years)?, Vec::new()),
    };
    let withheld = benchmarks::withheld(tx, &codes, &question.years)?;
    Ok(Read { indicators, frame, comuni, codes: members, audience, found, withheld })
}

fn fault(kind: FaultKind, pointer: &str, detail: &str) -> Problem {
    let fault = traguardo_domain::Fault { pointer: pointer.to_owned(), kind, detail: detail.to_owned() };
    Problem::invalid(vec![fault])
}

fn unknown(pointer: &str, detail: &str) -> Problem {
    fault(FaultKind::UnknownReference, pointer, detail)
}

/// The values of those who are shown by name, each in its place.
fn values(
    read: Read,
    question: &Question,
    mine: Option<ComuneCode>,
    own: &[Found],
    day: chrono::NaiveDate,
) -> BenchmarkTable {
    let members: BTreeSet<ComuneCode> = read.codes.iter().copied().collect();
    let query =
        Query { members: &members, audience: read.audience, day, least: question.least, definition: None };
    let places = Places::of(question, &read.codes);
    let mut values: Vec<Option<String>> = vec![None; places.cells];
    let mut grades = vec!['-'; places.cells];
    let mut kept: Vec<(usize, Suppression)> = Vec::new();
    let mut published: Vec<chrono::DateTime<chrono::Utc>> = Vec::new();
    let others = read.found.iter().filter(|one| Some(one.contribution.comune) != mine);
    for one in others.chain(own) {
        let Some(at) = places.at(&one.indicator, i32::from(one.year.number()), one.contribution.comune)
        else {
            continue;
        };
        let told =
            if Some(one.contribution.comune) == mine { Ok(()) } else { query.names(&one.contribution) };
        match (told, values.get_mut(at), grades.get_mut(at)) {
            (Ok(()), Some(value), Some(grade)) => {
                *value = Some(one.contribution.value.to_string());
                *grade = one.contribution.grade.word().chars().next().unwrap_or('-');
                published.push(one.contribution.published_at);
            }
            (Err(why), _, _) => kept.push((at, why)),
            (Ok(()), _, _) => {}
        }
    }
    for one in &read.withheld {
        let Ok(comune) = one.comune() else { continue };
        if let Some(at) = places.at(&one.indicator, i32::from(one.year), comune)
            && Some(comune) != mine
        {
            kept.push((at, Suppression::NoConsent));
        }
    }
    kept.sort_unstable();
    BenchmarkTable {
        comuni: Some(read.comuni),
        group: read.frame.as_ref().map(BenchmarkGroup::of),
        values,
        grades: Some(grades.into_iter().collect()),
        kept_back: kept.into_iter().map(|(at, why)| BenchmarkKeptBack::at(at, why)).collect(),
        first_published: published.iter().min().copied(),
        last_published: published.iter().max().copied(),
        ..BenchmarkTable::empty(Figures::Values, &read.indicators, question)
    }
}

/// Where the value of an indicator, a year and a comune stands.
struct Places<'q> {
    indicators: HashMap<&'q str, usize>,
    years: HashMap<i32, usize>,
    comuni: HashMap<ComuneCode, usize>,
    cells: usize,
}

impl<'q> Places<'q> {
    fn of(question: &'q Question, comuni: &[ComuneCode]) -> Self {
        let (indicators, years) = (&question.indicators, &question.years);
        let cells = indicators.len().saturating_mul(years.len()).saturating_mul(comuni.len());
        Self {
            indicators: indicators.iter().enumerate().map(|(at, code)| (code.as_str(), at)).collect(),
            years: years.iter().enumerate().map(|(at, year)| (i32::from(year.number()), at)).collect(),
            comuni: comuni.iter().enumerate().map(|(at, code)| (*code, at)).collect(),
            cells,
        }
    }

    fn at(&self, indicator: &str, year: i32, comune: ComuneCode) -> Option<usize> {
        let (row, layer, column) =
            (self.indicators.get(indicator)?, self.years.get(&year)?, self.comuni.get(&comune)?);
        let before = row.checked_mul(self.years.len())?.checked_add(*layer)?;
        before.checked_mul(self.comuni.len())?.checked_add(*column)
    }
}
