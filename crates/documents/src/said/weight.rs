//! Weights as they are written.

use serde::Deserialize;
use traguardo_domain::reading;
use traguardo_domain::said::{Said, Words};
use traguardo_domain::text::Code;
use traguardo_domain::weight::Weight;
use utoipa::ToSchema;

use super::{figure, needed, unsaid};
use crate::context::Context;
use crate::reader::Reader;

/// Il genere di un peso.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "percent")]
pub enum WeightType {
    /// Una percentuale.
    Percent,
    /// Una classe della scala del piano.
    Class,
    /// Parole che non dicono un peso, o ne dicono due.
    Unclear,
}

/// Un peso. Quali membri servono dipende da `type`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Weight, example = json!({"type": "percent", "percent": "20"}))]
pub struct WeightBody {
    /// Il genere.
    #[serde(rename = "type")]
    kind: WeightType,
    /// Per `percent`: la percentuale.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "20")]
    percent: Option<String>,
    /// Per `class`: il codice della classe nella scala del piano.
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "1")]
    class: Option<String>,
}

/// Un peso: le parole del piano, il valore, o entrambi. Le sole parole sono interpretate.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"words": "20%", "value": {"type": "percent", "percent": "20"}}))]
pub struct SaidWeight {
    /// Le parole, come sono scritte.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
    /// Il valore.
    #[schema(nullable = false)]
    value: Option<WeightBody>,
}

impl SaidWeight {
    /// Reads it.
    pub fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<Said<Weight>> {
        let words = at.maybe("words", self.words.as_ref(), Words::parse);
        let value = match (self.value, &words) {
            (Some(value), _) => value.read(&mut at.member("value"))?,
            (None, Some(words)) => reading::weight(words, context.scale).value,
            // Words that cannot be kept were refused already.
            (None, None) if self.words.is_some() => return None,
            (None, None) => return unsaid(at),
        };
        Some(Said { words, value })
    }
}

impl WeightBody {
    fn read(self, at: &mut Reader<'_>) -> Option<Weight> {
        match self.kind {
            WeightType::Percent => {
                figure(at, "percent", self.percent.as_ref()).map(|percent| Weight::Percent { percent })
            }
            WeightType::Class => {
                let text = needed(at, "class", self.class)?;
                at.take("class", Code::parse(&text)).map(|class| Weight::Class { class })
            }
            WeightType::Unclear => Some(Weight::Unclear),
        }
    }
}
