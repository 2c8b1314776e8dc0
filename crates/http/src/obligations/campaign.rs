//! Campaigns as they travel.

use chrono::NaiveDate;
use serde::Serialize;
use traguardo_domain::obligation::{Campaign, QualityCriterion, Scale};
use utoipa::ToSchema;

use crate::words::{CertaintyWord, Word};

/// What is looked at of something published.
pub(crate) type QualityCriterionWord = Word<QualityCriterion>;

/// Una campagna di attestazione: che cosa si attesta in un anno, in quali giorni, con quale scala.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttestationCampaign, example = json!({
    "year": 2022, "act": "ANAC, delibera 201/2022", "state_on": "2022-05-31", "publish_by": "2022-06-30",
    "follow_up_on": "2022-10-31", "certainty": "confirmed", "scope": ["03", "07", "16.01"], "scale": {
        "certainty": "confirmed", "note": "Punti interi.", "full": 14,
        "criteria": [
            {"criterion": "publication", "most": 2, "steps": [0, 1, 2]},
            {"criterion": "content", "most": 3, "steps": [0, 1, 2, 3]},
            {"criterion": "offices", "most": 3, "steps": [0, 1, 2, 3]},
            {"criterion": "update", "most": 3, "steps": [0, 1, 2, 3]},
            {"criterion": "format", "most": 3, "steps": [0, 1, 2, 3]}
        ]
    }
}))]
pub(crate) struct CampaignResponse {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i16,
    /// L'atto che l'ha indetta; assente se non si conosce ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    act: Option<String>,
    /// Il giorno di cui si attesta lo stato.
    state_on: NaiveDate,
    /// L'ultimo giorno per pubblicare l'attestazione.
    publish_by: NaiveDate,
    /// Il giorno di cui si guarda lo stato di nuovo, dove qualcosa mancava; assente se non si conosce.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    follow_up_on: Option<NaiveDate>,
    /// Quanto sono certi i giorni.
    certainty: CertaintyWord,
    /// Gli obblighi attestati, o intere sottosezioni, per codice; assente se non si conoscono: contano tutti quelli verificati.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 1000, value_type = Option<Vec<AttestedCode>>)]
    scope: Option<Vec<String>>,
    /// Che altro c'è da sapere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 600, pattern = "^[\\s\\S]*\\S[\\s\\S]*$")]
    note: Option<String>,
    /// Quanto si dà a ogni criterio.
    scale: ScaleResponse,
}

/// Il codice di un obbligo, o di una sottosezione intera.
#[derive(ToSchema)]
#[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "16.01")]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct AttestedCode(String);

/// Quanto si dà a ogni criterio, in alcuni anni.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttestationScale)]
pub(crate) struct ScaleResponse {
    /// Quanto è certa.
    certainty: CertaintyWord,
    /// Che cosa c'è da saperne.
    #[schema(max_length = 600, pattern = "^[\\s\\S]*\\S[\\s\\S]*$", example = "Punti interi.")]
    note: &'static str,
    /// Il massimo di un obbligo.
    #[schema(minimum = 0, maximum = 1000, example = 14)]
    full: i64,
    /// I criteri.
    #[schema(min_items = 5, max_items = 5)]
    criteria: Vec<CriterionScale>,
}

/// Quanto si dà a un criterio.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AttestationCriterion, example = json!({"criterion": "publication", "most": 2, "steps": [0, 1, 2]}))]
pub(crate) struct CriterionScale {
    /// Il criterio.
    criterion: QualityCriterionWord,
    /// Il massimo.
    #[schema(minimum = 0, maximum = 1000)]
    most: i32,
    /// I gradini consueti; dove la scala non è certa si accettano anche i valori intermedi.
    #[schema(min_items = 1, max_items = 101, minimum = 0, maximum = 1000)]
    steps: Vec<i32>,
}

impl From<&Campaign> for CampaignResponse {
    fn from(campaign: &Campaign) -> Self {
        let codes = |codes: &Vec<_>| codes.iter().cloned().map(String::from).collect();
        Self {
            year: campaign.year.number(),
            act: campaign.act.clone().map(String::from),
            state_on: campaign.state_on,
            publish_by: campaign.publish_by,
            follow_up_on: campaign.follow_up_on,
            certainty: Word(campaign.certainty),
            scope: campaign.scope.as_ref().map(codes),
            note: campaign.note.clone().map(String::from),
            scale: campaign.scale.into(),
        }
    }
}

impl From<&'static Scale> for ScaleResponse {
    fn from(scale: &'static Scale) -> Self {
        let criterion = |(criterion, steps): (&QualityCriterion, &Vec<u16>)| CriterionScale {
            criterion: Word(*criterion),
            most: scale.most(*criterion).into(),
            steps: steps.iter().copied().map(i32::from).collect(),
        };
        Self {
            certainty: Word(scale.certainty),
            note: scale.note.as_str(),
            full: scale.full().into(),
            criteria: scale.steps.iter().map(criterion).collect(),
        }
    }
}
