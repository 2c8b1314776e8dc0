//! What is said of adopting and binding, as it travels.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use traguardo_documents::assignment::{self, AssignmentBody};
use traguardo_documents::phase::{self, PhaseBody};
use traguardo_documents::said::SaidTarget;
use traguardo_documents::word::{Art8AreaWord, ObjectiveKindWord};
use traguardo_documents::{Context, Reader};
use traguardo_domain::assignment::Assignment;
use traguardo_domain::indicator::IndicatorId;
use traguardo_domain::template::adoption::{IndicatorOverrides, Overrides};
use traguardo_domain::template::binding::Pairs;
use traguardo_domain::text::{Code, ExternalId, Line, Text};
use traguardo_domain::{Fault, FaultKind, Faults};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

const MOST_UNITS: usize = 200;
const MOST_PHASES: usize = 100;
const MOST_INDICATORS: usize = 100;
const MOST_LAWS: usize = 20;

/// Che cosa si dice altrimenti di un indicatore.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AdoptionIndicator, example = json!({"indicator": "T1.itp", "target": {"words": "<= -2"}}))]
pub(super) struct IndicatorBody {
    /// Il codice dell'indicatore condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
    indicator: String,
    /// Il nome.
    #[schema(nullable = false, min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    name: Option<String>,
    /// Il valore atteso.
    #[schema(nullable = false)]
    target: Option<SaidTarget>,
    /// Da dove vengono i dati.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    source: Option<String>,
}

/// Che cosa si dice altrimenti: solo campi che l'obiettivo condiviso lascia aperti. Ciò che non è detto è come lo dice lui.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AdoptionOverrides, example = json!({"title": "Pagare i fornitori in tempo"}))]
pub(super) struct OverridesBody {
    /// Il titolo.
    #[schema(nullable = false, min_length = 1, max_length = 1000, pattern = "^.*\\S.*$")]
    title: Option<String>,
    /// La finalità.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    purpose: Option<String>,
    /// Altre parole.
    #[schema(nullable = false, min_length = 1, max_length = 20_000, pattern = "^[\\s\\S]+$")]
    description: Option<String>,
    /// Il risultato atteso.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    expected_result: Option<String>,
    /// I tipi.
    #[schema(nullable = false, min_items = 0, max_items = 8)]
    kinds: Option<Vec<ObjectiveKindWord>>,
    /// Le leggi.
    #[schema(nullable = false, min_items = 0, max_items = 20, value_type = Option<Vec<AdoptionLaw>>)]
    laws: Option<Vec<String>>,
    /// Gli ambiti dell'art. 8.
    #[schema(nullable = false, min_items = 0, max_items = 8)]
    areas: Option<Vec<Art8AreaWord>>,
    /// Le fasi.
    #[schema(nullable = false, min_items = 0, max_items = 100)]
    phases: Option<Vec<PhaseBody>>,
    /// I soli indicatori che si prendono; tutti, se non è detto.
    #[schema(nullable = false, min_items = 0, max_items = 100, value_type = Option<Vec<SharedIndicatorCode>>)]
    only: Option<Vec<String>>,
    /// Che cosa si dice altrimenti degli indicatori.
    #[schema(nullable = false, min_items = 0, max_items = 100)]
    indicators: Option<Vec<IndicatorBody>>,
}

/// Una legge, come la si cita.
#[derive(ToSchema)]
#[schema(max_length = 300, pattern = "^.*\\S.*$", example = "L. 145/2018")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct AdoptionLaw(String);

/// Il codice di un indicatore condiviso.
#[derive(ToSchema)]
#[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct SharedIndicatorCode(String);

/// L'adozione di un obiettivo condiviso.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"template": "T1", "units": [{"unit_code": "SF", "weight": {"words": "30%"}}, {"unit_code": "SA"}]}))]
pub(super) struct NewAdoption {
    /// Il codice dell'obiettivo condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1")]
    pub(super) template: String,
    /// La versione; l'ultima, se non è detta.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    #[validate(range(min = 1))]
    pub(super) version: Option<i32>,
    /// Le strutture che lo adottano; dove non è detto il peso, vale quello suggerito.
    #[schema(min_items = 1, max_items = 200)]
    units: Vec<AssignmentBody>,
    /// Chiave dell'obiettivo nel programma che lo invia, unica nel piano.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Il codice che il piano stampa.
    #[schema(nullable = false, min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "7/SA")]
    code: Option<String>,
    /// Che cosa si dice altrimenti.
    #[schema(nullable = false)]
    overrides: Option<OverridesBody>,
}

/// Un indicatore dell'obiettivo e quello condiviso che è.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BoundIndicator, example = json!({
    "indicator": "0193a5c0-0000-7000-8000-000000000005", "template_indicator": "T1.itp"
}))]
pub(super) struct PairBody {
    /// L'indicatore dell'obiettivo.
    indicator: Uuid,
    /// Il codice di quello condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1.itp")]
    template_indicator: String,
}

/// Il legame di un obiettivo con un obiettivo condiviso.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"template": "T1", "indicators": []}))]
pub(super) struct NewBinding {
    /// Il codice dell'obiettivo condiviso.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1")]
    pub(super) template: String,
    /// La versione; l'ultima, se non è detta.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    #[validate(range(min = 1))]
    pub(super) version: Option<i32>,
    /// Quale indicatore è quale; gli altri restano dell'obiettivo e non si confrontano.
    #[schema(nullable = false, min_items = 0, max_items = 100)]
    indicators: Option<Vec<PairBody>>,
}

impl NewBinding {
    /// Which indicator is which.
    pub(super) fn pairs(&self) -> Result<Pairs, Vec<Fault>> {
        let (mut pairs, mut faults) = (Pairs::new(), Faults::new());
        for (at, pair) in self.indicators.iter().flatten().enumerate() {
            let pointer = format!("/indicators/{at}/template_indicator");
            let Some(code) = faults.take(&pointer, Code::parse(&pair.template_indicator)) else { continue };
            if pairs.insert(IndicatorId(pair.indicator), code).is_some() {
                let (pointer, kind) = (format!("/indicators/{at}/indicator"), FaultKind::Inconsistent);
                faults.push(Fault { pointer, kind, detail: "È nominato due volte.".to_owned() });
            }
        }
        faults.finish(Some(pairs))
    }
}

impl NewAdoption {
    /// Reads which structures adopt it, and what they say otherwise.
    pub(super) fn read(self, at: &mut Reader<'_>, context: &mut Context<'_>) -> (Vec<Assignment>, Overrides) {
        let mut known = assignment::known(&[]);
        let units = at.each("units", self.units, MOST_UNITS, |one, at| one.read(at, &mut known, context));
        let external_id = at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse);
        let code = at.maybe("code", self.code.as_ref(), Line::parse);
        let overrides = self.overrides.unwrap_or_default().read(&mut at.member("overrides"), context);
        (units, Overrides { external_id, code, ..overrides })
    }
}

impl OverridesBody {
    fn read(self, at: &mut Reader<'_>, context: &mut Context<'_>) -> Overrides {
        let laws =
            self.laws.map(|laws| at.each("laws", laws, MOST_LAWS, |law, at| at.take("", Line::parse(&law))));
        let phases = self.phases.map(|phases| {
            let mut known = phase::known(&[]);
            at.each("phases", phases, MOST_PHASES, |one, at| one.read(at, &mut known, &[], context))
        });
        let only = self
            .only
            .map(|codes| at.each("only", codes, MOST_INDICATORS, |code, at| at.take("", Code::parse(&code))));
        let indicators = self.indicators.unwrap_or_default();
        let indicators = at.each("indicators", indicators, MOST_INDICATORS, |one, at| one.read(at, context));
        Overrides {
            external_id: None,
            code: None,
            title: at.maybe("title", self.title.as_ref(), Line::parse),
            purpose: at.maybe("purpose", self.purpose.as_ref(), Text::parse),
            description: at.maybe("description", self.description.as_ref(), Text::parse),
            expected_result: at.maybe("expected_result", self.expected_result.as_ref(), Text::parse),
            kinds: self.kinds.map(|words| words.into_iter().map(|word| word.0).collect()),
            laws,
            areas: self.areas.map(|words| words.into_iter().map(|word| word.0).collect()),
            phases,
            only: only.map(|codes| codes.into_iter().collect::<BTreeSet<_>>()),
            indicators: indicators.into_iter().collect::<BTreeMap<_, _>>(),
        }
    }
}

impl IndicatorBody {
    fn read(self, at: &mut Reader<'_>, context: &mut Context<'_>) -> Option<(Code, IndicatorOverrides)> {
        let code = at.take("indicator", Code::parse(&self.indicator));
        let overrides = IndicatorOverrides {
            name: at.maybe("name", self.name.as_ref(), Text::parse),
            target: self.target.and_then(|written| written.read(&mut at.member("target"), context)),
            source: at.maybe("source", self.source.as_ref(), Line::parse),
        };
        Some((code?, overrides))
    }
}
