//! Stretches of days as they are written.

use serde::Deserialize;
use traguardo_domain::measurement::Span;
use utoipa::ToSchema;

use crate::reader::{Reader, day};

/// Dal primo all'ultimo giorno, compresi.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Span, example = json!({"from": "2025-01-01", "to": "2025-06-30"}))]
pub struct SpanBody {
    /// Il primo.
    #[schema(format = "date", max_length = 10, example = "2025-01-01")]
    from: String,
    /// L'ultimo.
    #[schema(format = "date", max_length = 10, example = "2025-06-30")]
    to: String,
}

impl SpanBody {
    /// Reads it.
    pub fn read(&self, at: &mut Reader<'_>) -> Option<Span> {
        let from = at.take("from", day(&self.from));
        let to = at.take("to", day(&self.to));
        at.take("to", Span::parse(from?, to?))
    }
}
