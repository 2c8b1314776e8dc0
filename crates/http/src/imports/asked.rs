//! What is asked of imports: how to read a file, which to list, what to settle.

use serde::Deserialize;
use traguardo_documents::draft::Settlement;
use traguardo_domain::digest::Digest;
use traguardo_domain::import::{DETECT, ImportFacts, ProfileName};
use traguardo_domain::period::Year;
use traguardo_domain::plan::PlanKind;
use traguardo_domain::text::Line;
use utoipa::{IntoParams, ToSchema};
use validator::Validate;

use super::schema::ClosedSettlement;
use crate::body::ReceivedFile;
use crate::problem::{Kind, Problem};
use crate::query::{parsed, refused};
use crate::words::{ImportStateWord, PlanKindWord};

/// The most decisions at once.
const MOST_SETTLEMENTS: u64 = 1_000;

/// How to read a file that is sent.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// Anno del piano.
    #[param(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// Con quale profilo leggerlo: uno del programma, uno del comune, oppure `detect` per quello che gli somiglia di più.
    #[param(
        nullable = false,
        max_length = 60,
        pattern = "^[a-z][a-z0-9_]*$",
        default = "detect",
        example = "detect"
    )]
    profile: Option<String>,
    /// Natura del piano; `piao_performance`, se non è detta.
    #[param(nullable = false)]
    kind: Option<PlanKindWord>,
    /// Titolo del piano; quello scritto nel file, se non è detto.
    #[param(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    title: Option<String>,
    /// Come si chiama il file; la parte `file` di un modulo lo dice da sé.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 300,
        pattern = "^.*\\S.*$",
        example = "piano.docx"
    )]
    file_name: Option<String>,
}

/// Which imports to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportsQuery {
    /// Solo quelle di piani di questo anno.
    #[param(nullable = false, minimum = 2009, maximum = 2100)]
    pub(super) year: Option<i32>,
    /// Solo quelle in questo stato.
    #[param(nullable = false)]
    pub(super) state: Option<ImportStateWord>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}

/// Le decisioni su una bozza.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"settlements": [{"type": "apply_safe"}]}))]
pub(crate) struct ImportPatch {
    /// Le decisioni, prese nell'ordine: tutte o nessuna.
    #[schema(min_items = 1, max_items = 1_000, value_type = Vec<ClosedSettlement>)]
    #[validate(length(min = 1, max = MOST_SETTLEMENTS))]
    pub(super) settlements: Vec<Settlement>,
}

impl ImportQuery {
    pub(super) fn facts(&self, file: &ReceivedFile) -> Result<ImportFacts, Problem> {
        let year = Year::parse(self.year).map_err(|error| refused(error.kind, "year", &error.detail))?;
        let title = parsed("title", self.title.as_ref(), Line::parse)?;
        let asked_name = parsed("file_name", self.file_name.as_ref(), Line::parse)?;
        let profile = parsed("profile", self.profile.as_ref(), ProfileName::parse)?;
        let detect = || ProfileName::parse(DETECT).map_err(|_| Problem::of(Kind::Internal));
        // What a form calls its file is not the caller's to mend: a name that does not fit is left out.
        let own_name = file.name.as_deref().and_then(|name| Line::parse(name).ok());
        let own_type = Line::parse(&file.media_type);
        Ok(ImportFacts {
            file_name: asked_name.or(own_name),
            media_type: own_type
                .or_else(|_| Line::parse("application/octet-stream"))
                .map_err(|_| Problem::of(Kind::Internal))?,
            size: i32::try_from(file.bytes.len()).unwrap_or(i32::MAX),
            digest: Digest::of(&file.bytes),
            year,
            kind: self.kind.map_or(PlanKind::PiaoPerformance, |kind| kind.0),
            title,
            profile: match profile {
                Some(profile) => profile,
                None => detect()?,
            },
        })
    }
}
