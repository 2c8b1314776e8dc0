//! Units as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::unit::{Sheet, StaffLineBody};
use traguardo_domain::Faults;
use traguardo_domain::period::Period;
use traguardo_domain::text::{Code, ExternalId, Line};
use traguardo_domain::unit::{StaffLine, Unit, UnitFacts, UnitId};
use traguardo_persistence::units;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::call::Key;
use crate::pages::listing;
use crate::problem::Problem;
use crate::words::{UnitKindWord, Word};

/// Una struttura, come la dice chi la registra.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"code": "AREA-1", "name": "Area amministrativa", "kind": "area", "valid_from": "2025-01-01"}))]
pub(crate) struct NewUnit {
    /// Chiave dell'oggetto nel programma che lo invia, unica nel comune per le unità.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    external_id: Option<String>,
    /// Codice della struttura, unico nel comune in ogni giorno.
    #[schema(min_length = 1, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "AREA-1")]
    #[validate(length(min = 1, max = 40))]
    code: String,
    /// Nome della struttura.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$", example = "Area amministrativa")]
    #[validate(length(min = 1, max = 200))]
    name: String,
    /// Tipo di struttura.
    kind: UnitKindWord,
    /// Unità di cui fa parte.
    #[schema(nullable = false)]
    parent: Option<Uuid>,
    /// Primo giorno in cui esiste.
    #[serde(deserialize_with = "crate::day::one")]
    #[schema(example = "2025-01-01")]
    valid_from: NaiveDate,
    /// Ultimo giorno in cui esiste; assente se esiste ancora.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    /// Chi ne risponde: un ruolo, mai il nome di una persona.
    #[schema(nullable = false, min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    responsible: Option<String>,
    /// Se chi ne risponde lo fa ad interim.
    #[schema(nullable = false)]
    interim: Option<bool>,
    /// Dotazione organica.
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    staff: Option<Vec<StaffLineBody>>,
    /// Attività consolidata, in Markdown.
    #[schema(nullable = false, min_length = 1, max_length = 20_000, pattern = "^[\\s\\S]+$")]
    activities: Option<String>,
}

/// Una struttura del comune.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000001", "external_id": "AREA-1", "code": "AREA-1", "name": "Area amministrativa",
    "kind": "area", "valid_from": "2025-01-01", "version": 1
}))]
pub(crate) struct UnitResponse {
    /// Identificativo.
    id: Uuid,
    /// Chiave dell'oggetto nel programma che lo ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Codice della struttura.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: String,
    /// Nome della struttura.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Tipo di struttura.
    kind: UnitKindWord,
    /// Unità di cui fa parte.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    parent: Option<Uuid>,
    /// Primo giorno in cui esiste.
    valid_from: NaiveDate,
    /// Ultimo giorno in cui esiste.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    /// Chi ne risponde.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    responsible: Option<String>,
    /// Se chi ne risponde lo fa ad interim.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    interim: bool,
    /// Dotazione organica.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false, value_type = Vec<StaffLineBody>, min_items = 0, max_items = 200)]
    staff: Vec<StaffLine>,
    /// Attività consolidata, in Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 20_000, pattern = "^[\\s\\S]+$")]
    activities: Option<String>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di strutture.
    UnitList of UnitResponse
}

/// In which order to list units.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(crate) enum UnitSort {
    /// Per codice.
    #[default]
    #[serde(rename = "code")]
    Code,
    /// Per codice, al contrario.
    #[serde(rename = "-code")]
    CodeDescending,
    /// Per nome.
    #[serde(rename = "name")]
    Name,
    /// Per nome, al contrario.
    #[serde(rename = "-name")]
    NameDescending,
}

impl UnitSort {
    pub(super) const fn order(self) -> (units::Order, &'static str) {
        match self {
            Self::Code => (units::Order::Code, "units:code"),
            Self::CodeDescending => (units::Order::CodeDescending, "units:-code"),
            Self::Name => (units::Order::Name, "units:name"),
            Self::NameDescending => (units::Order::NameDescending, "units:-name"),
        }
    }
}

/// Which units to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct UnitQuery {
    /// Solo le unità di questo tipo.
    #[param(nullable = false)]
    pub(super) kind: Option<UnitKindWord>,
    /// Solo le unità che fanno parte direttamente di questa.
    #[param(nullable = false)]
    pub(super) parent: Option<Uuid>,
    /// Solo le unità che esistono in questo giorno.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    pub(super) on: Option<NaiveDate>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    pub(super) sort: Option<UnitSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}

impl NewUnit {
    pub(super) fn facts(self, path_key: Option<&ExternalId>) -> Result<UnitFacts, Problem> {
        let mut faults = Faults::new();
        let external_id = faults.take("/external_id", Key::agree(path_key, self.external_id.as_deref()));
        let code = faults.take("/code", Code::parse(&self.code));
        let name = faults.take("/name", Line::parse(&self.name));
        // The period's fault is its end's only when its beginning is a day that can be.
        let start = Period::parse(self.valid_from, None);
        let place = if start.is_ok() { "/valid_to" } else { "/valid_from" };
        let validity = faults.take(place, Period::parse(self.valid_from, self.valid_to));
        let (Word(kind), parent) = (self.kind, self.parent.map(UnitId));
        let mut sheet = Sheet {
            responsible: self.responsible,
            interim: self.interim,
            staff: self.staff,
            activities: self.activities,
        };
        let facts = (|| {
            let mut facts = UnitFacts {
                external_id: external_id?,
                code: code?,
                name: name?,
                kind,
                parent,
                validity: validity?,
                responsible: None,
                interim: false,
                staff: Vec::new(),
                activities: None,
            };
            std::mem::take(&mut sheet).read_into(&mut facts, &mut Reader::new(&mut faults));
            Some(facts)
        })();
        faults.finish(facts).map_err(Problem::invalid)
    }
}

impl From<Unit> for UnitResponse {
    fn from(unit: Unit) -> Self {
        let facts = unit.facts;
        Self {
            id: unit.id.0,
            external_id: facts.external_id.map(|id| id.as_str().to_owned()),
            code: facts.code.as_str().to_owned(),
            name: facts.name.as_str().to_owned(),
            kind: Word(facts.kind),
            parent: facts.parent.map(|parent| parent.0),
            valid_from: facts.validity.from(),
            valid_to: facts.validity.to(),
            responsible: facts.responsible.map(String::from),
            interim: facts.interim,
            staff: facts.staff,
            activities: facts.activities.map(String::from),
            version: unit.version.number(),
        }
    }
}
