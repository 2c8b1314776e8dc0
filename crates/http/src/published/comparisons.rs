//! Comparisons over HTTP as everybody sees them: by what each comune lets everybody see, and by nothing else.

use actix_web::{HttpResponse, get};
use serde::Deserialize;
use traguardo_domain::fact::Grade;
use traguardo_domain::group::GroupRef;
use traguardo_domain::text::Code;
use traguardo_domain::{ComuneCode, Violation};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::offered::{JSON, Offered};
use super::visitor::Visitor;
use crate::benchmarks::{
    Asking, BenchmarkDistribution, BenchmarkList, BenchmarkMembers, BenchmarkResponse, GradeWord,
    IndicatorPath, Span, StatisticsAsked, YearAsked, availability, spread, statistics,
};
use crate::call::segment;
use crate::envelope::RequestId;
use crate::problem::Problem;
use crate::query::parsed;

/// Adds the routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_public_benchmarks)
        .service(read_public_benchmark)
        .service(read_public_distribution)
        .service(list_public_members);
}

/// Which statistics everybody may ask for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PublicStatisticsQuery {
    /// Il gruppo: `all`, `region:03`, `province:MI`, `class:tuel_156:6`, `near:L454:20`, `custom:CODICE`; tutti, se non si dice.
    #[param(nullable = false, max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$", example = "region:03")]
    group: Option<String>,
    /// L'anno; se non si dice, l'ultimo di cui ci sono dati.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    year: Option<i32>,
    /// Il primo anno dell'andamento; insieme a `to`, senza `year`.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    from: Option<i32>,
    /// L'ultimo anno dell'andamento.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    to: Option<i32>,
    /// La qualità minima dei dati che entrano; qualunque, se non si dice.
    #[param(nullable = false)]
    grade: Option<GradeWord>,
    /// Il comune di cui dire il posto, se si mostra a tutti.
    #[param(nullable = false, max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    comune: Option<String>,
}

/// Which facts of a year everybody may ask for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PublicYearQuery {
    /// Il gruppo; tutti i comuni, se non si dice.
    #[param(nullable = false, max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$", example = "region:03")]
    group: Option<String>,
    /// L'anno; se non si dice, l'ultimo di cui ci sono dati.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    year: Option<i32>,
    /// La qualità minima dei dati che entrano; qualunque, se non si dice.
    #[param(nullable = false)]
    grade: Option<GradeWord>,
}

impl PublicYearQuery {
    fn asked(&self, visitor: &Visitor) -> Result<YearAsked, Problem> {
        let (code, group) = (indicator(visitor)?, group(self.group.as_ref())?);
        Ok(YearAsked { code, group, span: Span::read(self.year, None, None)?, least: least(self.grade) })
    }
}

fn asking(visitor: &Visitor) -> Asking {
    Asking::publicly(&visitor.app, RequestId::get(&visitor.request))
}

fn indicator(visitor: &Visitor) -> Result<Code, Problem> {
    let named = segment(&visitor.request, "indicator").and_then(|code| Code::parse(code).ok());
    Ok(named.ok_or(Violation::NotFound)?)
}

fn group(text: Option<&String>) -> Result<GroupRef, Problem> {
    Ok(parsed("group", text, GroupRef::parse)?.unwrap_or(GroupRef::All))
}

fn least(grade: Option<GradeWord>) -> Grade {
    grade.map_or(Grade::D, |word| word.0)
}

/// Elenca gli indicatori che tutti possono confrontare
///
/// Senza token. Quelli di cui qualche comune lascia che tutti vedano i risultati, con gli anni e quanti comuni.
#[utoipa::path(tag = "public", security(()), params(crate::call::IfNoneMatch), responses(
    (status = 200, description = "Gli indicatori.", body = BenchmarkList),
    (status = 304, description = "Chi chiede li ha già."),
))]
#[get("/benchmarks")]
pub(crate) async fn list_public_benchmarks(visitor: Visitor) -> Result<HttpResponse, Problem> {
    visitor.takes(JSON)?;
    Offered::object(&visitor, &availability::list(asking(&visitor)).await?, None)
}

/// Confronta un indicatore, per tutti
///
/// Senza token. Le statistiche di un gruppo, per ciò che i comuni lasciano vedere a tutti: di meno di cinque non si dice nulla, chi è
/// anonimo entra solo a blocchi, ciò che non si dice ha un perché.
#[utoipa::path(
    tag = "public", security(()), params(IndicatorPath, PublicStatisticsQuery, crate::call::IfNoneMatch),
    responses(
        (status = 200, description = "Il confronto.", body = BenchmarkResponse),
        (status = 304, description = "Chi chiede ce l'ha già."),
    )
)]
#[get("/benchmarks/{indicator}")]
pub(crate) async fn read_public_benchmark(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query: PublicStatisticsQuery = visitor.takes_asking(JSON)?;
    let asked = StatisticsAsked {
        code: indicator(&visitor)?,
        group: group(query.group.as_ref())?,
        span: Span::read(query.year, query.from, query.to)?,
        least: least(query.grade),
        comune: parsed("comune", query.comune.as_ref(), ComuneCode::parse)?,
    };
    Offered::object(&visitor, &statistics::statistics(asking(&visitor), asked).await?, None)
}

/// Mostra come si distribuiscono i valori, per tutti
///
/// Senza token. In fasce che hanno almeno cinque comuni ciascuna.
#[utoipa::path(
    tag = "public", security(()), params(IndicatorPath, PublicYearQuery, crate::call::IfNoneMatch),
    responses(
        (status = 200, description = "La distribuzione.", body = BenchmarkDistribution),
        (status = 304, description = "Chi chiede ce l'ha già."),
    )
)]
#[get("/benchmarks/{indicator}/distribution")]
pub(crate) async fn read_public_distribution(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query: PublicYearQuery = visitor.takes_asking(JSON)?;
    let asked = query.asked(&visitor)?;
    Offered::object(&visitor, &spread::distribution(asking(&visitor), asked).await?, None)
}

/// Elenca i comuni che si mostrano a tutti per nome
///
/// Senza token. Con il loro valore; chi è anonimo non c'è, e nemmeno una statistica.
#[utoipa::path(
    tag = "public", security(()), params(IndicatorPath, PublicYearQuery, crate::call::IfNoneMatch),
    responses(
        (status = 200, description = "I comuni.", body = BenchmarkMembers),
        (status = 304, description = "Chi chiede li ha già."),
    )
)]
#[get("/benchmarks/{indicator}/members")]
pub(crate) async fn list_public_members(visitor: Visitor) -> Result<HttpResponse, Problem> {
    let query: PublicYearQuery = visitor.takes_asking(JSON)?;
    let asked = query.asked(&visitor)?;
    Offered::object(&visitor, &spread::members(asking(&visitor), asked).await?, None)
}
