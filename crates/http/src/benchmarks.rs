//! Comparison across comuni, over HTTP. What is told stands in functions of who asks, what, and the app, so that whoever has no
//! token is answered by the same ones.

use actix_web::{get, post};
use traguardo_domain::access::Action;
use traguardo_domain::text::Code;
use traguardo_domain::{FaultKind, Violation};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, NoPath, PathOf};
use crate::envelope::RequestId;
use crate::problem::Problem;
use crate::query::refused;

mod answers;
pub(crate) mod availability;
mod cube;
mod format;
mod frame;
mod matrix;
mod parameters;
mod question;
pub(crate) mod spread;
pub(crate) mod statistics;
mod summary;
mod suppressions;
mod tables;
mod together;
mod wire;

pub(crate) use answers::{BenchmarkDistribution, BenchmarkMembers, BenchmarkResponse};
use availability::BenchmarkAvailability;
pub(crate) use availability::BenchmarkList;
pub(crate) use format::{BenchmarkCsv, BenchmarkJsonStat, Format};
pub(crate) use frame::{Asking, Span};
pub(crate) use matrix::table;
use parameters::{
    ComparablePath, CorrelationQuery, GroupQuery, HowMany, YearQuery, group_of, least, of_a_year, read,
};
pub(crate) use parameters::{FormatQuery, IndicatorPath, StatisticsQuery};
pub(crate) use question::BenchmarkQuestion;
pub(crate) use spread::YearAsked;
pub(crate) use statistics::StatisticsAsked;
pub(crate) use tables::BenchmarkTable;
use together::{BenchmarkCorrelation, ComparableComuni, CorrelationAsked};
pub(crate) use wire::GradeWord;

/// Adds the routes. What is no indicator comes before what may be one.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_benchmarks)
        .service(read_correlation)
        .service(read_benchmark)
        .service(read_distribution)
        .service(list_benchmark_members)
        .service(read_availability);
}

/// Adds the routes beside them: questions of many indicators at once, comuni like one.
pub(crate) fn configure_beside(config: &mut ServiceConfig) {
    config.service(query_benchmarks).service(list_comparable_comuni);
}

/// The path of a call across comuni, read after its caller was authorised.
fn path_of<P: PathOf, Q>(call: &Call<P, Q>) -> Result<P, Problem>
where
    Q: serde::de::DeserializeOwned,
{
    P::read(call.request()).ok_or_else(|| Violation::NotFound.into())
}

/// Elenca gli indicatori che si confrontano
///
/// Quelli di cui qualche comune ha pubblicato i risultati, con gli anni e quanti comuni chi chiede può confrontare.
#[utoipa::path(tag = "benchmarks", responses(
    (status = 200, description = "Gli indicatori.", body = BenchmarkList),
))]
#[get("")]
pub(crate) async fn list_benchmarks(call: Call<NoPath>) -> Result<Answer, Problem> {
    let asking = Asking::of(&call)?;
    call.query()?;
    Format::asked(None, call.request().headers())?.only_json()?;
    Answer::ok(&availability::list(asking).await?)
}

/// Confronta un indicatore
///
/// Le statistiche di un gruppo, il posto di un comune, l'andamento negli anni con i punti in cui la definizione cambia. Di meno di cinque
/// comuni non si dice nulla; chi è anonimo entra solo a blocchi; ciò che non si dice ha un perché.
#[utoipa::path(tag = "benchmarks", params(IndicatorPath, StatisticsQuery), responses(
    (status = 200, description = "Il confronto.", content((BenchmarkResponse = "application/json"), (BenchmarkCsv = "text/csv"), (BenchmarkJsonStat = "application/vnd.json-stat+json", example = json!({"version": "2.0", "class": "dataset", "id": ["indicator"], "size": [1], "value": [0.28]})))),
))]
#[get("/{indicator}")]
pub(crate) async fn read_benchmark(call: Call<IndicatorPath, StatisticsQuery>) -> Result<Answer, Problem> {
    let asking = Asking::of(&call)?;
    let code = path_of(&call)?.indicator;
    let query = call.query()?;
    let format = Format::asked(query.format.as_ref(), call.request().headers())?;
    let told = statistics::statistics(asking, query.asked(code)?).await?;
    format.answer(&told, || statistics::cube(&told))
}

/// Mostra come si distribuiscono i valori
///
/// In fasce che hanno almeno cinque comuni ciascuna, per un istogramma.
#[utoipa::path(tag = "benchmarks", params(IndicatorPath, YearQuery), responses(
    (status = 200, description = "La distribuzione.", body = BenchmarkDistribution),
))]
#[get("/{indicator}/distribution")]
pub(crate) async fn read_distribution(call: Call<IndicatorPath, YearQuery>) -> Result<Answer, Problem> {
    let asking = Asking::of(&call)?;
    let code = path_of(&call)?.indicator;
    let query = call.query()?;
    Format::asked(query.format.as_ref(), call.request().headers())?.only_json()?;
    Answer::ok(&spread::distribution(asking, of_a_year(code, &query)?).await?)
}

/// Elenca i comuni che si mostrano per nome
///
/// Con il loro valore; chi è anonimo non c'è, e nemmeno una statistica.
#[utoipa::path(tag = "benchmarks", params(IndicatorPath, YearQuery), responses(
    (status = 200, description = "I comuni.", content((BenchmarkMembers = "application/json"), (BenchmarkCsv = "text/csv"), (BenchmarkJsonStat = "application/vnd.json-stat+json", example = json!({"version": "2.0", "class": "dataset", "id": ["indicator"], "size": [1], "value": [0.28]})))),
))]
#[get("/{indicator}/members")]
pub(crate) async fn list_benchmark_members(call: Call<IndicatorPath, YearQuery>) -> Result<Answer, Problem> {
    let asking = Asking::of(&call)?;
    let code = path_of(&call)?.indicator;
    let query = call.query()?;
    let format = Format::asked(query.format.as_ref(), call.request().headers())?;
    let told = spread::members(asking, of_a_year(code, &query)?).await?;
    format.answer(&told, || spread::cube(&told))
}

/// Dice che cosa c'è da confrontare
///
/// Di quali anni, per quanti comuni del gruppo, di quale qualità; prima di ogni valore.
#[utoipa::path(tag = "benchmarks", params(IndicatorPath, GroupQuery), responses(
    (status = 200, description = "Che cosa c'è.", body = BenchmarkAvailability),
))]
#[get("/{indicator}/availability")]
pub(crate) async fn read_availability(call: Call<IndicatorPath, GroupQuery>) -> Result<Answer, Problem> {
    let asking = Asking::of(&call)?;
    let code = path_of(&call)?.indicator;
    let group = group_of(call.query()?.group.as_ref())?;
    Format::asked(None, call.request().headers())?.only_json()?;
    Answer::ok(&availability::availability(asking, code, group).await?)
}

/// Mette in relazione due indicatori
///
/// I coefficienti di Pearson e di Spearman sui comuni che si mostrano per nome in entrambi, almeno cinque.
#[utoipa::path(tag = "benchmarks", params(CorrelationQuery), responses(
    (status = 200, description = "La correlazione.", body = BenchmarkCorrelation),
    (status = 404, description = "Non esiste: un indicatore o il gruppo."),
))]
#[get("/correlation")]
pub(crate) async fn read_correlation(call: Call<NoPath, CorrelationQuery>) -> Result<Answer, Problem> {
    let asking = Asking::of(&call)?;
    let query = call.query()?;
    Format::asked(None, call.request().headers())?.only_json()?;
    let asked = CorrelationAsked {
        first: read("first", &query.first, Code::parse)?,
        second: read("second", &query.second, Code::parse)?,
        group: group_of(query.group.as_ref())?,
        span: Span::read(query.year, None, None)?,
        least: least(query.grade),
    };
    Answer::ok(&together::correlated(asking, asked).await?)
}

/// Elenca i comuni più simili a uno
///
/// Per abitanti, densità, zona altimetrica e regione: quelli con cui ha senso confrontarsi.
#[utoipa::path(tag = "benchmarks", params(ComparablePath, HowMany), responses(
    (status = 200, description = "I comuni.", body = ComparableComuni),
))]
#[get("/comparable-comuni/{code}")]
pub(crate) async fn list_comparable_comuni(call: Call<ComparablePath, HowMany>) -> Result<Answer, Problem> {
    let asking = Asking::of(&call)?;
    let code = path_of(&call)?.code;
    let limit = call.query()?.limit.unwrap_or(20);
    let most = u16::try_from(limit).ok().filter(|most| (1..=500).contains(most));
    let most = most.ok_or_else(|| refused(FaultKind::OutOfBounds, "limit", "Da 1 a 500."))?;
    Answer::ok(&together::comparable(asking, code, most).await?)
}

/// Confronta molti indicatori
///
/// In una risposta sola: i valori dei comuni che si mostrano per nome, oppure le statistiche di un gruppo. Non conserva nulla.
#[utoipa::path(tag = "benchmarks", params(FormatQuery), request_body = BenchmarkQuestion, responses(
    (status = 200, description = "La tabella.", content((BenchmarkTable = "application/json"), (BenchmarkCsv = "text/csv"), (BenchmarkJsonStat = "application/vnd.json-stat+json", example = json!({"version": "2.0", "class": "dataset", "id": ["indicator"], "size": [1], "value": [0.28]})))),
    (status = 404, description = "Non esiste: il gruppo."),
))]
#[post("/benchmarks-query")]
pub(crate) async fn query_benchmarks(call: Call<NoPath, FormatQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Compare)?;
    let format = Format::asked(permit.query.format.as_ref(), permit.headers())?;
    let asking = Asking::by(&permit.app, &permit.actor, RequestId::get(&permit.request))?;
    let (_, question) = permit.read::<BenchmarkQuestion>().await?;
    format.table(table(asking, question.read("")?).await?)
}
