//! What comparisons are asked with: in paths and in query strings.

use actix_web::HttpRequest;
use serde::Deserialize;
use traguardo_domain::ComuneCode;
use traguardo_domain::fact::Grade;
use traguardo_domain::fault::Refused;
use traguardo_domain::group::GroupRef;
use traguardo_domain::text::Code;
use utoipa::IntoParams;

use super::format::FormatWord;
use super::frame::Span;
use super::spread::YearAsked;
use super::statistics::StatisticsAsked;
use super::wire::GradeWord;
use crate::call::{PathOf, segment};
use crate::problem::Problem;
use crate::query::refused;

/// What a path to an indicator names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct IndicatorPath {
    /// Codice dell'indicatore condiviso.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length = 40, example = "T1.itp")]
    pub(super) indicator: Code,
}

impl PathOf for IndicatorPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { indicator: Code::parse(segment(request, "indicator")?).ok()? })
    }
}

/// Which statistics.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct StatisticsQuery {
    /// Il gruppo: `all`, `region:03`, `province:MI`, `class:tuel_156:6`, `near:L454:20`, `custom:CODICE`; tutti, se non si dice.
    #[param(nullable = false, max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$", example = "region:03")]
    pub(super) group: Option<String>,
    /// L'anno; se non si dice, l'ultimo di cui ci sono dati.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    pub(super) year: Option<i32>,
    /// Il primo anno dell'andamento; insieme a `to`, senza `year`.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    pub(super) from: Option<i32>,
    /// L'ultimo anno dell'andamento.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    pub(super) to: Option<i32>,
    /// La qualità minima dei dati che entrano; qualunque, se non si dice.
    #[param(nullable = false)]
    pub(super) grade: Option<GradeWord>,
    /// Il comune di cui dire il posto; il proprio, se non si dice.
    #[param(nullable = false, max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    pub(super) comune: Option<String>,
    /// Il formato; se non si dice, decide `Accept`.
    #[param(inline, nullable = false)]
    pub(super) format: Option<FormatWord>,
}

/// Which facts of a year.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct YearQuery {
    /// Il gruppo; tutti i comuni, se non si dice.
    #[param(nullable = false, max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$", example = "region:03")]
    pub(super) group: Option<String>,
    /// L'anno; se non si dice, l'ultimo di cui ci sono dati.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    pub(super) year: Option<i32>,
    /// La qualità minima dei dati che entrano; qualunque, se non si dice.
    #[param(nullable = false)]
    pub(super) grade: Option<GradeWord>,
    /// Il formato; se non si dice, decide `Accept`.
    #[param(inline, nullable = false)]
    pub(super) format: Option<FormatWord>,
}

/// Which group.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GroupQuery {
    /// Il gruppo; tutti i comuni, se non si dice.
    #[param(nullable = false, max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$", example = "region:03")]
    pub(super) group: Option<String>,
}

/// Which two indicators.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CorrelationQuery {
    /// Il primo indicatore.
    #[param(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
    pub(super) first: String,
    /// Il secondo.
    #[param(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.tmp")]
    pub(super) second: String,
    /// Il gruppo; tutti i comuni, se non si dice.
    #[param(nullable = false, max_length = 47, pattern = "^[A-Za-z0-9:._/-]+$", example = "region:03")]
    pub(super) group: Option<String>,
    /// L'anno; se non si dice, l'ultimo di cui ci sono dati del primo.
    #[param(nullable = false, minimum = 1861, maximum = 2200)]
    pub(super) year: Option<i32>,
    /// La qualità minima dei dati che entrano; qualunque, se non si dice.
    #[param(nullable = false)]
    pub(super) grade: Option<GradeWord>,
}

/// What a path to the comuni like one names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ComparablePath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    pub(super) code: ComuneCode,
}

impl PathOf for ComparablePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { code: ComuneCode::parse(segment(request, "code")?).ok()? })
    }
}

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HowMany {
    /// Quanti comuni al massimo; venti, se non si dice.
    #[param(nullable = false, minimum = 1, maximum = 500)]
    pub(super) limit: Option<i32>,
}

/// In which format.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatQuery {
    /// Il formato; se non si dice, decide `Accept`.
    #[param(inline, nullable = false)]
    pub(crate) format: Option<FormatWord>,
}

/// A parameter, or 400 that names it.
pub(super) fn read<T>(
    name: &str,
    text: &str,
    parse: impl Fn(&str) -> Result<T, Refused>,
) -> Result<T, Problem> {
    parse(text).map_err(|error| refused(error.kind, name, &error.detail))
}

/// The group asked for: all comuni when none is.
pub(super) fn group_of(text: Option<&String>) -> Result<GroupRef, Problem> {
    text.map_or(Ok(GroupRef::All), |text| read("group", text, GroupRef::parse))
}

/// The least quality asked for: any when none is.
pub(super) fn least(grade: Option<GradeWord>) -> Grade {
    grade.map_or(Grade::D, |word| word.0)
}

/// What is asked of a year of an indicator.
pub(super) fn of_a_year(code: Code, query: &YearQuery) -> Result<YearAsked, Problem> {
    let group = group_of(query.group.as_ref())?;
    let span = Span::read(query.year, None, None)?;
    Ok(YearAsked { code, group, span, least: least(query.grade) })
}

impl StatisticsQuery {
    /// What is asked of an indicator.
    ///
    /// # Errors
    /// 400 when a parameter is not what it should be.
    pub(crate) fn asked(&self, code: Code) -> Result<StatisticsAsked, Problem> {
        let comune = self.comune.as_ref().map(|text| read("comune", text, ComuneCode::parse)).transpose()?;
        let span = Span::read(self.year, self.from, self.to)?;
        let group = group_of(self.group.as_ref())?;
        Ok(StatisticsAsked { code, group, span, least: least(self.grade), comune })
    }
}
