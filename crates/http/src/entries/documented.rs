//! How the document describes what is the same for every register: the path of a fact, the query of its list, the bodies of its bulk.

use actix_web::HttpRequest;
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_domain::Violation;
use traguardo_domain::fault::Refused;
use traguardo_domain::text::ExternalId;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::call::{PathOf, segment};
use crate::problem::Problem;

/// What a path below a register names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EntryPath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// La chiave del fatto nel programma che lo tiene; dove un numero di protocollo ha `/`, qui si scrive `-`.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$", max_length = 100, example = "2025-0001")]
    key: Result<ExternalId, Refused>,
}

impl EntryPath {
    /// The key of a fact to be read or taken away; what cannot be a key names none.
    ///
    /// # Errors
    /// 404 then.
    pub(super) fn named(&self) -> Result<ExternalId, Problem> {
        self.key.clone().map_err(|_| Violation::NotFound.into())
    }

    /// The key of a fact to be written: whoever has chosen one that cannot be is told why.
    ///
    /// # Errors
    /// 422 with what is wrong with it.
    pub(super) fn chosen(&self) -> Result<ExternalId, Problem> {
        self.key.clone().map_err(|refused| Problem::invalid(vec![refused.at("/key")]))
    }
}

impl PathOf for EntryPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), key: ExternalId::parse(segment(request, "key")?) })
    }
}

/// Which facts of a register to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EntriesQuery {
    /// Solo i fatti che contano in questo giorno o dopo: quelli aperti, e quelli chiusi da allora.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false, example = "2025-01-01")]
    pub(crate) from: Option<NaiveDate>,
    /// Solo i fatti che contano in questo giorno o prima: quelli cominciati fino ad allora.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false, example = "2025-12-31")]
    pub(crate) to: Option<NaiveDate>,
    /// Solo quelli di questa struttura e delle sottostanti, per identificativo.
    #[param(nullable = false)]
    pub(crate) unit: Option<Uuid>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(crate) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(crate) limit: Option<i32>,
}

/// Declares the two bodies of the bulk of a noun, for the document alone: what they hold is read item by item.
macro_rules! many {
    ($(#[$about:meta])* $items:ident, $(#[$about_lines:meta])* $lines:ident of $item:ty, $example:literal) => {
        #[derive(serde::Deserialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        $(#[$about])*
        #[expect(dead_code, reason = "only its description is published")]
        pub(crate) struct $items {
            /// I fatti, come da soli, ciascuno con la sua chiave.
            #[schema(min_items = 1, max_items = 1_000)]
            items: Vec<$item>,
        }

        #[derive(utoipa::ToSchema)]
        $(#[$about_lines])*
        #[schema(max_length = 8_388_608, pattern = "^[\\s\\S]*$", example = $example)]
        #[expect(dead_code, reason = "only its description is published")]
        pub(crate) struct $lines(String);
    };
}
pub(crate) use many;
