//! What lists of objectives are asked for, and answered with.

use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_documents::word::ObjectiveKindWord;
use traguardo_domain::FaultKind;
use traguardo_domain::text::Code;
use traguardo_persistence::objectives::{Filter, Order};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::kept::ObjectiveResponse;
use crate::pages::listing;
use crate::problem::Problem;
use crate::query::{in_order, refused};

listing! {
    /// Una pagina di obiettivi.
    ObjectiveList of ObjectiveResponse
}

/// In which order to list objectives.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(crate) enum ObjectiveSort {
    /// Nell'ordine del piano.
    #[default]
    #[serde(rename = "position")]
    Position,
    /// Per titolo.
    #[serde(rename = "title")]
    Title,
}

impl ObjectiveSort {
    pub(super) const fn order(self) -> (Order, &'static str) {
        match self {
            Self::Position => (Order::Position, "objectives:position"),
            Self::Title => (Order::Title, "objectives:title"),
        }
    }
}

/// Which objectives to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ObjectiveQuery {
    /// Solo quelli assegnati a questa struttura o a una che ne fa parte.
    #[param(nullable = false)]
    pub(super) unit: Option<Uuid>,
    /// Solo quelli di questo tipo, anche insieme ad altri.
    #[param(nullable = false)]
    pub(super) kind: Option<ObjectiveKindWord>,
    /// Solo quelli di questo programma (`01.02`), oppure di questa missione (`01.`).
    #[param(nullable = false, max_length = 5, pattern = "^[0-9]{2}[.]([0-9]{2})?$", example = "01.02")]
    pub(super) programme: Option<String>,
    /// Solo quelli con qualcosa che scade in questo giorno o dopo.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    pub(super) due_from: Option<NaiveDate>,
    /// Solo quelli con qualcosa che scade in questo giorno o prima.
    #[serde(default, deserialize_with = "crate::day::maybe")]
    #[param(nullable = false)]
    pub(super) due_to: Option<NaiveDate>,
    /// Solo quelli che seguono questo obiettivo condiviso.
    #[param(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1")]
    pub(super) template: Option<String>,
    /// Solo quelli di cui risponde questo ruolo, scritto com'è nel piano.
    #[param(nullable = false, min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    pub(super) responsible: Option<String>,
    /// Solo quelli con un rilievo di questo codice (`E04`).
    #[param(nullable = false, max_length = 3, pattern = "^[EC][0-9]{2}$", example = "E04")]
    pub(super) finding: Option<String>,
    /// Solo quelli con queste parole, in qualunque forma dell'italiano; fra virgolette per una frase, `-` per escludere.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 200,
        pattern = "^.*\\S.*$",
        example = "pagamenti fornitori"
    )]
    pub(super) words: Option<String>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    pub(super) sort: Option<ObjectiveSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}

/// Which objectives to look for in a comune.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SearchQuery {
    /// Le parole, in qualunque forma dell'italiano; fra virgolette per una frase, `-` per escludere.
    #[param(min_length = 1, max_length = 200, pattern = "^.*\\S.*$", example = "pagamenti fornitori")]
    pub(super) words: String,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}

impl ObjectiveQuery {
    pub(super) fn filter(&self) -> Result<Filter, Problem> {
        let malformed = |name: &str, detail: &str| refused(FaultKind::Malformed, name, detail);
        let template = self.template.as_deref().map(Code::parse).transpose();
        let programme = self.programme.clone();
        if programme.as_deref().is_some_and(|code| !is_programme(code)) {
            return Err(malformed(
                "programme",
                "Missione e programma (01.02), oppure missione e punto (01.).",
            ));
        }
        in_order("due_from", self.due_from, self.due_to)?;
        Ok(Filter {
            plan: None,
            units: None,
            kind: self.kind.map(|kind| kind.0),
            programme,
            due_from: self.due_from,
            due_to: self.due_to,
            template: template.map_err(|error| malformed("template", &error.detail))?,
            responsible: self.responsible.as_deref().map(|role| words("responsible", role)).transpose()?,
            words: self.words.as_deref().map(|text| words("words", text)).transpose()?,
            ids: None,
        })
    }
}

fn is_programme(code: &str) -> bool {
    let digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    code.split_once('.')
        .is_some_and(|(mission, programme)| digits(mission) && (programme.is_empty() || digits(programme)))
}

/// Words of a query: some, and not too many.
pub(super) fn words(name: &str, text: &str) -> Result<String, Problem> {
    let line = traguardo_domain::text::Line::<200>::parse(text);
    line.map(String::from).map_err(|error| refused(error.kind, name, &error.detail))
}
