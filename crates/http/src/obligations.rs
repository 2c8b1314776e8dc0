//! What must be published, as a catalogue of versions, over HTTP.

use actix_web::{HttpRequest, get};
use serde::Serialize;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::obligation::{Edition, campaigns, edition, editions, in_edition};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, NoPath, PathOf, segment};
use crate::problem::Problem;
use crate::words::{CertaintyWord, Word};

pub(crate) mod campaign;
mod wire;

use campaign::CampaignResponse;
use wire::ObligationSection;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_obligation_editions).service(read_obligations);
}

/// What a path to an edition of the catalogue names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct EditionPath {
    /// L'edizione del catalogo.
    #[param(value_type = String, pattern = "^[0-9]{4}$", max_length = 4, example = "2025")]
    version: String,
}

impl PathOf for EditionPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { version: segment(request, "version")?.to_owned() })
    }
}

/// Un'edizione del catalogo degli obblighi, senza gli obblighi.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "version": "2025", "valid_from": 2025, "source": "D.Lgs. 33/2013; ANAC, delibere 264/2023 e 495/2024",
    "certainty": "unsure", "note": "Tre schemi vincolanti, per gli articoli 4-bis, 13 e 31.", "obligations_count": 97
}))]
pub(crate) struct ObligationEdition {
    /// L'edizione: il suo primo anno.
    #[schema(max_length = 4, pattern = "^[0-9]{4}$")]
    version: &'static str,
    /// Primo anno in cui vale.
    #[schema(minimum = 2009, maximum = 2100)]
    valid_from: i16,
    /// Ultimo anno in cui vale; assente se vale ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 2009, maximum = 2100)]
    valid_to: Option<i16>,
    /// Da dove viene.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    source: &'static str,
    /// Quanto è certa.
    certainty: CertaintyWord,
    /// Che cosa la distingue.
    #[schema(max_length = 600, pattern = "^[\\s\\S]*\\S[\\s\\S]*$")]
    note: &'static str,
    /// Quanti obblighi ha.
    #[schema(minimum = 0, maximum = 1000)]
    obligations_count: i32,
}

/// Le edizioni del catalogo degli obblighi, dalla più vecchia.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ObligationEditionList {
    /// Le edizioni.
    #[schema(min_items = 0, max_items = 100)]
    items: Vec<ObligationEdition>,
}

/// Il catalogo degli obblighi di pubblicazione in un'edizione, con le campagne di attestazione dei suoi anni.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "edition": {
        "version": "2025", "valid_from": 2025, "source": "D.Lgs. 33/2013; ANAC, delibere 264/2023 e 495/2024",
        "certainty": "unsure", "note": "Tre schemi vincolanti, per gli articoli 4-bis, 13 e 31.", "obligations_count": 97
    },
    "sections": [{"code": "16", "title": "Pagamenti dell'amministrazione", "obligations": []}], "campaigns": []
}))]
pub(crate) struct Obligations {
    /// L'edizione.
    edition: ObligationEdition,
    /// Le sottosezioni di primo livello di Amministrazione trasparente, con ciò che vi si pubblica.
    #[schema(min_items = 0, max_items = 100)]
    sections: Vec<ObligationSection>,
    /// Le campagne di attestazione dei suoi anni, dalla prima.
    #[schema(min_items = 0, max_items = 100)]
    campaigns: Vec<CampaignResponse>,
}

impl From<&'static Edition> for ObligationEdition {
    fn from(edition: &'static Edition) -> Self {
        Self {
            version: edition.version.as_str(),
            valid_from: edition.from,
            valid_to: edition.to,
            source: edition.source.as_str(),
            certainty: Word(edition.certainty),
            note: edition.note.as_str(),
            obligations_count: i32::try_from(in_edition(edition).count()).unwrap_or(i32::MAX),
        }
    }
}

/// Mostra le edizioni del catalogo degli obblighi di pubblicazione
///
/// Un'edizione per ogni volta che gli obblighi sono cambiati, con gli anni in cui vale.
#[utoipa::path(tag = "transparency", responses(
    (status = 200, description = "Le edizioni.", body = ObligationEditionList),
))]
#[get("/obligations")]
pub(crate) async fn list_obligation_editions(call: Call<NoPath>) -> Result<Answer, Problem> {
    call.authorize_at_home(Action::Interpret)?;
    Answer::ok(&ObligationEditionList { items: editions().iter().map(ObligationEdition::from).collect() })
}

/// Legge il catalogo degli obblighi di pubblicazione
///
/// Che cosa un comune pubblica di sé, sottosezione per sottosezione: la norma, la frequenza, la durata, il formato, chi di solito
/// ha i dati; e che cosa si attestava ogni anno, con quale scala e in quali giorni.
#[utoipa::path(tag = "transparency", params(EditionPath), responses(
    (status = 200, description = "Il catalogo.", body = Obligations),
))]
#[get("/obligations/{version}")]
pub(crate) async fn read_obligations(call: Call<EditionPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::Interpret)?;
    let edition = edition(&permit.path.version).ok_or(Violation::NotFound)?;
    let of_its_years = campaigns().filter(|campaign| edition.holds_in(campaign.year.number()));
    Answer::ok(&Obligations {
        edition: edition.into(),
        sections: ObligationSection::of(edition),
        campaigns: of_its_years.map(|campaign| CampaignResponse::from(&campaign)).collect(),
    })
}
