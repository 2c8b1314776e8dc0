//! Many indicators of many comuni in one answer, or of one group.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;
use traguardo_documents::Word;
use traguardo_domain::benchmark::statistics::METHOD;
use traguardo_domain::benchmark::{Query, Suppression, Viewer};
use traguardo_domain::consent::Audience;
use traguardo_domain::{ComuneCode, FaultKind, Vocabulary as _};
use traguardo_persistence::CrossTenantTx;
use traguardo_persistence::benchmarks::{self, Found, Indicator};
use utoipa::ToSchema;

use super::cube::{Cell, Cube, Dimension, Role};
use super::frame::{Asking, Frame};
use super::question::{Figures, FiguresWord, MOST_CELLS, MOST_COMUNI, Question, Whom};
use super::statistics::{STATISTICS, of_statistics};
use super::summary;
use super::wire::{BenchmarkGroup, BenchmarkIndicator, SuppressionWord, many};
use crate::problem::Problem;

/// Un comune, per nome.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "L454", "name": "Truccazzano"}))]
pub(crate) struct BenchmarkComune {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    pub(crate) code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.+$")]
    pub(crate) name: String,
}

/// Un valore che c'è e non si dice.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"at": 17, "why": "anonymous_block"}))]
pub(crate) struct BenchmarkKeptBack {
    /// Il suo posto in `values`, da zero.
    #[schema(minimum = 0, maximum = 800_000)]
    at: i32,
    /// Perché.
    why: SuppressionWord,
}

/// Molti indicatori in una risposta: i valori stanno in fila, per indicatore, poi per anno, poi per comune (o per statistica).
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "figures": "values",
    "indicators": [{"code": "T1.itp", "name": "Indicatore di tempestività dei pagamenti", "measure": "days", "direction": "lower", "definition": 1}],
    "years": [2025], "comuni": [{"code": "F471", "name": "Montichiari"}, {"code": "L454", "name": "Truccazzano"}],
    "values": [null, "-1"], "grades": "-A", "kept_back": [{"at": 0, "why": "no_consent"}],
    "method": "I valori di chi si mostra per nome a chi chiede, ciascuno con la sua qualità."
}))]
pub(crate) struct BenchmarkTable {
    /// Valori o statistiche.
    figures: FiguresWord,
    /// Gli indicatori, nell'ordine chiesto.
    #[schema(min_items = 1, max_items = 100)]
    indicators: Vec<BenchmarkIndicator>,
    /// Gli anni, nell'ordine chiesto.
    #[schema(min_items = 1, max_items = 10, minimum = 1861, maximum = 2200)]
    years: Vec<i32>,
    /// I comuni dei valori.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 8_000)]
    comuni: Option<Vec<BenchmarkComune>>,
    /// Le statistiche, per nome.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 9, max_items = 9, max_length = 4, pattern = "^[a-z0-9]+$")]
    statistics: Option<Vec<&'static str>>,
    /// Il gruppo; assente se si sono chiesti dei comuni.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    group: Option<BenchmarkGroup>,
    /// I valori; nulli dove non ce ne sono o non si dicono.
    #[schema(min_items = 0, max_items = 800_000, value_type = Vec<BenchmarkValue>)]
    values: Vec<Option<String>>,
    /// La qualità di ogni valore, un carattere per posto, `-` dove non c'è; solo con i valori.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 800_000, pattern = "^[A-D-]*$")]
    grades: Option<String>,
    /// Ciò che c'è e non si dice, e perché.
    #[schema(min_items = 0, max_items = 800_000)]
    kept_back: Vec<BenchmarkKeptBack>,
    /// Quando fu pubblicato il primo dei dati; assente se non ce ne sono.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    first_published: Option<chrono::DateTime<chrono::Utc>>,
    /// Quando l'ultimo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    last_published: Option<chrono::DateTime<chrono::Utc>>,
    /// Come si è calcolato.
    #[schema(max_length = 1000, pattern = "^.+$")]
    method: &'static str,
}

/// Un valore, o niente.
#[derive(ToSchema)]
#[schema(max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "-1.5")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct BenchmarkValue(Option<String>);

const VALUES: &str = "I valori di chi si mostra per nome a chi chiede, ciascuno con la sua qualità; il proprio comune vede sempre il suo.";

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

impl BenchmarkKeptBack {
    pub(super) fn at(at: usize, why: Suppression) -> Self {
        Self { at: many(at), why: Word(why) }
    }
}

impl BenchmarkTable {
    /// The frame of an answer, without its values.
    pub(super) fn empty(figures: Figures, indicators: &[Indicator], question: &Question) -> Self {
        Self {
            figures: Word(figures),
            indicators: indicators.iter().map(BenchmarkIndicator::of).collect(),
            years: question.years.iter().map(|year| i32::from(year.number())).collect(),
            comuni: None,
            statistics: None,
            group: None,
            values: Vec::new(),
            grades: None,
            kept_back: Vec::new(),
            first_published: None,
            last_published: None,
            method: if figures == Figures::Values { VALUES } else { METHOD },
        }
    }

    /// The same with the statistics of a group in it.
    pub(super) fn with_statistics(self, group: Option<BenchmarkGroup>, cells: Vec<Cell>) -> Self {
        let names = STATISTICS.iter().map(|(name, _)| *name).collect();
        let mut kept_back = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            if let Cell::KeptBack(why) = cell
                && let Some(why) = Suppression::from_word(why)
            {
                kept_back.push(BenchmarkKeptBack::at(at, why));
            }
        }
        let value = |cell| match cell {
            Cell::Told(value) => Some(value),
            Cell::KeptBack(_) | Cell::Absent => None,
        };
        Self {
            statistics: Some(names),
            group,
            kept_back,
            values: cells.into_iter().map(value).collect(),
            ..self
        }
    }

    /// The same as a cube.
    pub(super) fn cube(self) -> Cube {
        let mut cells: Vec<Cell> =
            self.values.into_iter().map(|value| value.map_or(Cell::Absent, Cell::Told)).collect();
        for kept in &self.kept_back {
            let place = usize::try_from(kept.at).ok().and_then(|at| cells.get_mut(at));
            if let Some(cell) = place {
                *cell = Cell::KeptBack(kept.why.0.word());
            }
        }
        let last = self.comuni.map_or_else(of_statistics, |comuni| Dimension {
            id: "comune",
            label: "Comune",
            role: Role::Geo,
            categories: comuni.into_iter().map(|one| (one.code, one.name)).collect(),
        });
        let indicators = self.indicators.into_iter().map(|one| (one.code, one.name)).collect();
        let years = self.years.iter().map(|year| (year.to_string(), year.to_string())).collect();
        let mut notes: Vec<String> = self.group.iter().map(BenchmarkGroup::note).collect();
        notes.push(self.method.to_owned());
        Cube {
            label: "Indicatori condivisi dei comuni".to_owned(),
            updated: self.last_published.map(|last| last.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)),
            notes,
            dimensions: vec![
                Dimension {
                    id: "indicator",
                    label: "Indicatore",
                    role: Role::Metric,
                    categories: indicators,
                },
                Dimension { id: "year", label: "Anno", role: Role::Time, categories: years },
                last,
            ],
            cells,
        }
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
