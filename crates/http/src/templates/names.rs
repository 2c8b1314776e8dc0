//! What paths and queries of shared objectives name.

use actix_web::HttpRequest;
use serde::Deserialize;
use traguardo_domain::text::Code;
use utoipa::IntoParams;

use crate::authors::code_in;
use crate::call::{PathOf, segment};
use crate::rulebooks::{Which, which};

/// A path to a shared objective.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TemplatePath {
    /// Codice dell'obiettivo condiviso.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length = 40, example = "T1")]
    pub(super) template: Code,
}

/// A path to a version.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TemplateVersionPath {
    /// Codice dell'obiettivo condiviso.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length = 40, example = "T1")]
    pub(super) template: Code,
    /// Numero della versione, oppure `current` per la corrente.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "current")]
    pub(super) number: Which,
}

/// A path to two versions.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct TemplateDiffPath {
    /// Codice dell'obiettivo condiviso.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length = 40, example = "T1")]
    pub(super) template: Code,
    /// Numero della versione di partenza, oppure `current` per la corrente.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "1")]
    pub(super) number: Which,
    /// Numero della versione di arrivo, oppure `current` per la corrente.
    #[param(value_type = String, pattern = "^(current|[1-9][0-9]{0,8})$", max_length = 9, example = "current")]
    pub(super) other: Which,
}

impl PathOf for TemplatePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { template: code_in(request, "template")? })
    }
}

impl PathOf for TemplateVersionPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let number = which(segment(request, "number")?)?;
        Some(Self { template: code_in(request, "template")?, number })
    }
}

impl PathOf for TemplateDiffPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let number = which(segment(request, "number")?)?;
        let other = which(segment(request, "other")?)?;
        Some(Self { template: code_in(request, "template")?, number, other })
    }
}

/// Which shared objectives to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TemplateQuery {
    /// Solo quelli di questo autore.
    #[param(
        nullable = false,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "traguardo"
    )]
    pub(super) author: Option<String>,
    /// Solo quelli con queste parole nel titolo, nello scopo o fra le altre parole per la stessa cosa, in qualunque forma dell'italiano.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 200,
        pattern = "^.*\\S.*$",
        example = "pagamenti fornitori"
    )]
    pub(super) words: Option<String>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}

/// Which adoptions to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TemplateAdoptionQuery {
    /// Solo quelle di piani di questo anno.
    #[param(nullable = false, minimum = 2009, maximum = 2100, example = 2025)]
    pub(super) year: Option<i32>,
    /// Solo quelle di questa versione.
    #[param(nullable = false, minimum = 1, maximum = 2_147_483_647, example = 1)]
    pub(super) number: Option<i32>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}
