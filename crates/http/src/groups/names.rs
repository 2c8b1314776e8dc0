//! What paths below the groups name: a group somebody defined by its code, any group by its reference.

use actix_web::HttpRequest;
use traguardo_domain::group::GroupRef;
use traguardo_domain::text::Code;
use utoipa::IntoParams;

use crate::call::{PathOf, segment};

/// A path to a group somebody defined.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct GroupPath {
    /// Codice del gruppo.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length = 40, example = "valle")]
    pub(super) group: Code,
}

/// A path to a version of a group.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct GroupVersionPath {
    /// Codice del gruppo.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length = 40, example = "valle")]
    pub(super) group: Code,
    /// Numero della versione.
    #[param(minimum = 1, maximum = 2_147_483_647, example = 1)]
    pub(super) number: i32,
}

/// A path to any group.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ReferencePath {
    /// Il gruppo: `all`, `region:03`, `province:MI`, `class:tuel_156:6`, `class:tuel_156:6:region:03`, `near:L454:20`,
    /// `custom:CODICE`.
    #[param(
        value_type = String,
        pattern = "^[a-z]+(:[A-Za-z0-9._-]+)*$",
        max_length = 47,
        example = "class:tuel_156:6:region:03"
    )]
    pub(super) reference: GroupRef,
}

fn code(request: &HttpRequest) -> Option<Code> {
    Code::parse(segment(request, "group")?).ok()
}

impl PathOf for GroupPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { group: code(request)? })
    }
}

impl PathOf for GroupVersionPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let text = segment(request, "number")?;
        let number = text.parse::<i32>().ok().filter(|number| number.to_string() == text)?;
        Some(Self { group: code(request)?, number })
    }
}

impl PathOf for ReferencePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { reference: GroupRef::parse(segment(request, "reference")?).ok()? })
    }
}
