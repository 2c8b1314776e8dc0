//! Obligations as they travel.

use serde::Serialize;
use traguardo_domain::obligation::{
    CountedFrom, Edition, Obligation, OpenFormat, UpdateFrequency, in_edition,
};
use traguardo_domain::text::Line;
use utoipa::ToSchema;

use crate::words::Word;

/// How often something published is brought up to date.
pub(crate) type UpdateFrequencyWord = Word<UpdateFrequency>;
/// From when years of publication are counted.
pub(crate) type CountedFromWord = Word<CountedFrom>;
/// In what form something is published.
pub(crate) type OpenFormatWord = Word<OpenFormat>;

/// Una sottosezione di primo livello di Amministrazione trasparente.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ObligationSection {
    /// Il suo numero.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "16")]
    code: &'static str,
    /// Il suo nome.
    #[schema(max_length = 200, pattern = "^.*\\S.*$", example = "Pagamenti dell'amministrazione")]
    title: &'static str,
    /// Che cosa vi si pubblica.
    #[schema(min_items = 0, max_items = 200)]
    obligations: Vec<ObligationResponse>,
}

/// Un obbligo di pubblicazione.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Obligation, example = json!({
    "code": "16.02", "subsection": "Indicatore di tempestività dei pagamenti", "title": "Indicatore annuale di tempestività dei pagamenti",
    "content": "I tempi medi di pagamento dell'anno.", "norm": "D.Lgs. 33/2013, art. 33, comma 1; DPCM 22/9/2014, art. 10",
    "frequency": "annual", "frequency_words": "Entro il 31 gennaio per l'anno prima.", "years": 5, "years_from": "publication",
    "format": "table", "elaborated_by": "Ragioneria"
}))]
pub(crate) struct ObligationResponse {
    /// Il codice: lo stesso in ogni edizione.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$")]
    code: &'static str,
    /// La sottosezione di secondo livello, dove la prima ne ha.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    subsection: Option<&'static str>,
    /// Come si chiama.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    title: &'static str,
    /// Che cosa si pubblica.
    #[schema(max_length = 600, pattern = "^[\\s\\S]*\\S[\\s\\S]*$")]
    content: &'static str,
    /// Dove è scritto.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    norm: &'static str,
    /// Ogni quanto si aggiorna.
    frequency: UpdateFrequencyWord,
    /// Che altro si sa di quando.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    frequency_words: Option<&'static str>,
    /// Per quanti anni resta pubblicato.
    #[schema(minimum = 0, maximum = 100)]
    years: i32,
    /// Da quando si contano.
    years_from: CountedFromWord,
    /// In che formato.
    format: OpenFormatWord,
    /// Chi di solito ha i dati; ogni comune lo dice nel proprio piano.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    elaborated_by: &'static str,
    /// Quando riguarda un comune; assente se riguarda tutti.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    applies_when: Option<&'static str>,
    /// Lo schema vincolante con cui si pubblica.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 200, pattern = "^.*\\S.*$")]
    model: Option<&'static str>,
}

impl From<&'static Obligation> for ObligationResponse {
    fn from(obligation: &'static Obligation) -> Self {
        Self {
            code: obligation.code.as_str(),
            subsection: obligation.subsection.as_ref().map(Line::as_str),
            title: obligation.title.as_str(),
            content: obligation.content.as_str(),
            norm: obligation.norm.as_str(),
            frequency: Word(obligation.frequency),
            frequency_words: obligation.frequency_words.as_ref().map(Line::as_str),
            years: obligation.years.into(),
            years_from: Word(obligation.years_from),
            format: Word(obligation.format),
            elaborated_by: obligation.elaborated_by.as_str(),
            applies_when: obligation.applies_when.as_ref().map(Line::as_str),
            model: obligation.model.as_ref().map(Line::as_str),
        }
    }
}

impl ObligationSection {
    /// The sections of an edition that have something in it, in their order.
    pub(crate) fn of(edition: &Edition) -> Vec<Self> {
        let mut sections: Vec<Self> = Vec::new();
        for (section, obligation) in in_edition(edition) {
            let code = section.code.as_str();
            if let Some(last) = sections.last_mut().filter(|last| last.code == code) {
                last.obligations.push(obligation.into());
            } else {
                let (title, obligations) = (section.title.as_str(), vec![obligation.into()]);
                sections.push(Self { code, title, obligations });
            }
        }
        sections
    }
}
