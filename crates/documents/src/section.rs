//! Sections as they are written.

use serde::Deserialize;
use traguardo_domain::section::SectionFacts;
use traguardo_domain::text::{ExternalId, Line, Text};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::context::Address;
use crate::reader::Reader;
use crate::word::SectionKindWord;

/// Una sezione narrativa del piano.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Section, example = json!({"external_id": "CONTESTO", "kind": "external_context", "title": "Il contesto", "body": "Il comune conta **5.953** residenti."}))]
pub struct SectionBody {
    /// Identificativo; lo assegna il servizio. Scritto di nuovo, dice quale sezione è.
    #[schema(nullable = false)]
    pub(crate) id: Option<Uuid>,
    /// Chiave nel programma che la invia, unica nel piano.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    pub(crate) external_id: Option<String>,
    /// Argomento.
    kind: SectionKindWord,
    /// Titolo.
    #[schema(min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// Testo, in Markdown.
    #[schema(min_length = 1, max_length = 100_000, pattern = "^[\\s\\S]+$")]
    body: String,
    /// Versione, la stessa dell'`ETag`; se è scritta non conta: per cambiare una sezione serve `If-Match`.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    version: Option<i32>,
}

impl SectionBody {
    /// Brings it under the name it was addressed by.
    pub fn addressed(&mut self, at: &mut Reader<'_>, address: &Address) {
        address.settle(at, &mut self.id, &mut self.external_id);
    }

    /// The id written with it.
    #[must_use]
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// Reads what it says.
    pub fn read(self, at: &mut Reader<'_>) -> Option<SectionFacts> {
        at.version(self.version);
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let title = at.take("title", Line::parse(&self.title));
        let body = at.take("body", Text::parse(&self.body));
        Some(SectionFacts { external_id, kind: self.kind.0, title: title?, body: body? })
    }
}
