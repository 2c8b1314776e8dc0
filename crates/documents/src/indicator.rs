//! Indicators as they are written.

use serde::Deserialize;
use traguardo_domain::figure::Figure;
use traguardo_domain::indicator::{Baseline, Indicator, IndicatorFacts, IndicatorId};
use traguardo_domain::period::Year;
use traguardo_domain::said::Words;
use traguardo_domain::text::{Code, ExternalId, Line, Text};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::context::{Address, Context, Known};
use crate::reader::Reader;
use crate::said::{SaidDeadline, SaidTarget, SaidWeight};
use crate::word::{DirectionWord, FamilyWord, FormulaWord, MeasureWord, ProfileWord};

/// Che cosa si misurava prima del piano.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Baseline, example = json!({"year": 2024, "figure": "62"}))]
pub struct BaselineBody {
    /// Di quale anno.
    #[schema(minimum = 2009, maximum = 2100, example = 2024)]
    year: i32,
    /// La cifra, quando è nota.
    #[schema(nullable = false, max_length = 23, pattern = "^-?[0-9]{1,15}([.][0-9]{1,6})?$", example = "62")]
    figure: Option<String>,
    /// Le parole, quando la cifra non basta.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    words: Option<String>,
}

/// Un indicatore di un obiettivo o di una sua fase.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Indicator, example = json!({
    "external_id": "ITP", "name": "Indicatore annuale di ritardo dei pagamenti", "measure": "days", "direction": "lower",
    "formula": "threshold", "target": {"words": "<=0"}
}))]
pub struct IndicatorBody {
    /// Identificativo; lo assegna il servizio. Scritto di nuovo, dice quale indicatore è.
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Chiave nel programma che lo invia, unica nell'obiettivo.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Che cosa si misura.
    #[schema(min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    name: String,
    /// Profilo di performance.
    #[schema(nullable = false)]
    profile: Option<ProfileWord>,
    /// Famiglia.
    #[schema(nullable = false)]
    family: Option<FamilyWord>,
    /// Unità di misura.
    #[schema(nullable = false)]
    measure: Option<MeasureWord>,
    /// Quali risultati sono migliori.
    #[schema(nullable = false)]
    direction: Option<DirectionWord>,
    /// Tipo di formula.
    #[schema(nullable = false)]
    formula: Option<FormulaWord>,
    /// La formula a parole.
    #[schema(nullable = false, min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    formula_words: Option<String>,
    /// Che cosa si misurava prima.
    #[schema(nullable = false)]
    baseline: Option<BaselineBody>,
    /// Da dove vengono i dati.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    source: Option<String>,
    /// Il valore atteso.
    #[schema(nullable = false)]
    target: Option<SaidTarget>,
    /// Entro quando.
    #[schema(nullable = false)]
    deadline: Option<SaidDeadline>,
    /// Quanto pesa fra gli indicatori accanto.
    #[schema(nullable = false)]
    weight: Option<SaidWeight>,
    /// Il codice dell'indicatore condiviso che è, fra quelli dell'obiettivo condiviso adottato: per esso si confronta.
    #[schema(
        nullable = false,
        max_length = 40,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$",
        example = "T1.itp"
    )]
    template_indicator: Option<String>,
    /// Altro da dire.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    notes: Option<String>,
}

impl BaselineBody {
    fn read(&self, at: &mut Reader<'_>) -> Option<Baseline> {
        let year = at.take("year", Year::parse(self.year));
        let figure = at.maybe("figure", self.figure.as_ref(), Figure::parse);
        let words = at.maybe("words", self.words.as_ref(), Words::parse);
        Some(Baseline { year: year?, figure, words })
    }
}

impl IndicatorBody {
    /// Brings it under the name it was addressed by.
    pub fn addressed(&mut self, at: &mut Reader<'_>, address: &Address) {
        address.settle(at, &mut self.id, &mut self.external_id);
    }

    /// Reads it, among those that are known already.
    pub fn read(
        self,
        at: &mut Reader<'_>,
        known: &mut Known,
        context: &mut Context<'_>,
    ) -> Option<Indicator> {
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let id = at.take("id", known.identify(self.id, external_id.as_ref(), context));
        let name = at.take("name", Text::parse(&self.name));
        let formula_words = at.maybe("formula_words", self.formula_words.as_ref(), Text::parse);
        let baseline = self.baseline.and_then(|written| written.read(&mut at.member("baseline")));
        let source = at.maybe("source", self.source.as_ref(), Line::parse);
        let target = self.target.and_then(|written| written.read(&mut at.member("target"), context));
        let deadline = self.deadline.and_then(|written| written.read(&mut at.member("deadline"), context));
        let weight = self.weight.and_then(|written| written.read(&mut at.member("weight"), context));
        let template_indicator =
            at.maybe("template_indicator", self.template_indicator.as_ref(), Code::parse);
        let notes = at.maybe("notes", self.notes.as_ref(), Text::parse);
        let facts = IndicatorFacts {
            external_id,
            name: name?,
            profile: self.profile.map(|word| word.0),
            family: self.family.map(|word| word.0),
            measure: self.measure.map(|word| word.0),
            direction: self.direction.map(|word| word.0),
            formula: self.formula.map(|word| word.0),
            formula_words,
            baseline,
            source,
            target,
            deadline,
            weight,
            template_indicator,
            notes,
        };
        Some(Indicator { id: IndicatorId(id?), facts })
    }
}

/// The identities of indicators that are there already.
#[must_use]
pub fn known(indicators: &[Indicator]) -> Known {
    Known::new(indicators.iter().map(|indicator| (indicator.id.0, indicator.facts.external_id.as_ref())))
}
