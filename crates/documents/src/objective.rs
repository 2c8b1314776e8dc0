//! Objectives as they are written.

use std::collections::BTreeSet;

use serde::Deserialize;
use traguardo_domain::FaultKind;
use traguardo_domain::fault::Refused;
use traguardo_domain::objective::{ObjectiveFacts, ObjectiveId, ProgrammeCode, ProgrammeLink, Step};
use traguardo_domain::text::{Code, ExternalId, Line, Text};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::assignment::AssignmentBody;
use crate::context::{Address, Context};
use crate::indicator::IndicatorBody;
use crate::phase::PhaseBody;
use crate::reader::Reader;
use crate::said::SaidDeadline;
use crate::word::{Art8AreaWord, ObjectiveKindWord, Word};

mod parts;

use parts::Parts;

const MOST_STEPS: usize = 50;
const MOST_LINKS: usize = 20;

/// Il programma di bilancio a cui un obiettivo attinge.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProgrammeLink, example = json!({"code": "01.02", "label": "Segreteria generale"}))]
pub struct ProgrammeLinkBody {
    /// Missione e programma.
    #[schema(nullable = false, max_length = 5, pattern = "^[0-9]{2}[.][0-9]{2}$", example = "01.02")]
    code: Option<String>,
    /// Come lo chiama il piano; non sempre è un programma del bilancio.
    #[schema(nullable = false, min_length = 1, max_length = 300, pattern = "^.*\\S.*$")]
    label: Option<String>,
}

/// Una modalità di attuazione, con i suoi tempi.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Step, example = json!({"how": "Verifica mensile delle fatture", "when": {"words": "mensile"}}))]
pub struct StepBody {
    /// Come si fa.
    #[schema(min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    how: String,
    /// Quando.
    #[schema(nullable = false)]
    when: Option<SaidDeadline>,
}

/// Un obiettivo, intero: con assegnazioni, fasi e indicatori. Di queste, la lista che non è scritta resta com'è; quella
/// scritta sostituisce, e ciò che è scritto di nuovo (per `id` o per chiave esterna) conserva la sua identità.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(as = Objective, example = json!({
    "external_id": "PAGAMENTI", "code": "4/SF", "title": "Rispettare i tempi di pagamento", "kinds": ["by_law", "transversal"],
    "laws": ["D.L. 13/2023, art. 4-bis"], "assignments": [{"unit_code": "SF", "weight": {"words": "30%"}}],
    "indicators": [{"external_id": "IRP", "name": "Indicatore di ritardo annuale", "measure": "days", "target": {"words": "<=0"}}]
}))]
pub struct ObjectiveBody {
    /// Identificativo; lo assegna il servizio. Scritto di nuovo, dice quale obiettivo è.
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Chiave nel programma che lo invia, unica nel piano.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    external_id: Option<String>,
    /// Il numero o codice stampato, anche sbagliato.
    #[schema(nullable = false, min_length = 1, max_length = 60, pattern = "^.*\\S.*$", example = "7/SA")]
    code: Option<String>,
    /// Che cosa si vuole fare, in una riga.
    #[schema(min_length = 1, max_length = 1000, pattern = "^.*\\S.*$")]
    title: String,
    /// Che cos'è; anche più tipi insieme.
    #[schema(nullable = false, min_items = 0, max_items = 8)]
    kinds: Option<Vec<ObjectiveKindWord>>,
    /// Altre parole.
    #[schema(nullable = false, min_length = 1, max_length = 20_000, pattern = "^[\\s\\S]+$")]
    description: Option<String>,
    /// Finalità.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    purpose: Option<String>,
    /// Chi ne trae vantaggio.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    stakeholders: Option<String>,
    /// Impatto atteso.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    expected_impact: Option<String>,
    /// Risultato atteso.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    expected_result: Option<String>,
    /// Modalità di attuazione, ciascuna con i suoi tempi.
    #[schema(nullable = false, min_items = 0, max_items = 50)]
    steps: Option<Vec<StepBody>>,
    /// Entro quando, nel complesso.
    #[schema(nullable = false)]
    deadline: Option<SaidDeadline>,
    /// I programmi di bilancio.
    #[schema(nullable = false, min_items = 0, max_items = 20)]
    programmes: Option<Vec<ProgrammeLinkBody>>,
    /// L'obiettivo operativo del DUP da cui viene.
    #[schema(nullable = false, min_length = 1, max_length = 500, pattern = "^.*\\S.*$")]
    dup_objective: Option<String>,
    /// La linea strategica del mandato.
    #[schema(nullable = false, min_length = 1, max_length = 500, pattern = "^.*\\S.*$")]
    strategic_line: Option<String>,
    /// I CUP, come sono stampati.
    #[schema(nullable = false, min_items = 0, max_items = 20, value_type = Option<Vec<CupText>>)]
    cup: Option<Vec<String>>,
    /// Le leggi da cui viene.
    #[schema(nullable = false, min_items = 0, max_items = 20, value_type = Option<Vec<LawText>>)]
    laws: Option<Vec<String>>,
    /// Gli ambiti dell'art. 8.
    #[schema(nullable = false, min_items = 0, max_items = 8)]
    areas: Option<Vec<Art8AreaWord>>,
    /// Il codice dell'obiettivo condiviso che segue.
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._/-]*$", example = "T1")]
    template: Option<String>,
    /// La versione adottata; assente se il piano dice di seguirlo e nessuno lo ha legato.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647, example = 1)]
    template_version: Option<i32>,
    /// L'obiettivo dell'anno prima di cui è il seguito.
    #[schema(nullable = false)]
    continues: Option<Uuid>,
    /// Altro da dire.
    #[schema(nullable = false, min_length = 1, max_length = 4000, pattern = "^[\\s\\S]+$")]
    notes: Option<String>,
    /// A quali strutture è assegnato.
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    assignments: Option<Vec<AssignmentBody>>,
    /// Le sue fasi.
    #[schema(nullable = false, min_items = 0, max_items = 100)]
    phases: Option<Vec<PhaseBody>>,
    /// Che cosa se ne misura nel complesso.
    #[schema(nullable = false, min_items = 0, max_items = 100)]
    indicators: Option<Vec<IndicatorBody>>,
    /// Versione, la stessa dell'`ETag`; se è scritta non conta: per cambiare un obiettivo serve `If-Match`.
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    version: Option<i32>,
}

/// Un CUP com'è stampato.
#[derive(ToSchema)]
#[schema(max_length = 40, pattern = "^.*\\S.*$", example = "J11B21000240001")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct CupText(String);

/// Una legge, come la si cita.
#[derive(ToSchema)]
#[schema(max_length = 300, pattern = "^.*\\S.*$", example = "L. 190/2012")]
#[expect(dead_code, reason = "gives the items of a list their bounds in the published schema")]
struct LawText(String);

impl ProgrammeLinkBody {
    fn read(&self, at: &mut Reader<'_>) -> ProgrammeLink {
        let code = at.maybe("code", self.code.as_ref(), ProgrammeCode::parse);
        let label = at.maybe("label", self.label.as_ref(), Line::parse);
        if self.code.is_none() && self.label.is_none() {
            at.fault("", FaultKind::Missing, "Serve il codice, la denominazione, o entrambi.");
        }
        ProgrammeLink { code, label }
    }
}

impl StepBody {
    fn read(self, at: &mut Reader<'_>, context: &Context<'_>) -> Option<Step> {
        let how = at.take("how", Text::parse(&self.how));
        let when = self.when.and_then(|written| written.read(&mut at.member("when"), context));
        Some(Step { how: how?, when })
    }
}

impl ObjectiveBody {
    /// Brings it under the name it was addressed by.
    pub fn addressed(&mut self, at: &mut Reader<'_>, address: &Address) {
        address.settle(at, &mut self.id, &mut self.external_id);
    }

    /// The same, saying that a list it leaves out is empty: in a document nothing is left as it was.
    #[must_use]
    pub fn saying_every_list(self) -> Self {
        let phases = self.phases.unwrap_or_default().into_iter().map(PhaseBody::saying_every_list).collect();
        Self {
            assignments: Some(self.assignments.unwrap_or_default()),
            phases: Some(phases),
            indicators: Some(self.indicators.unwrap_or_default()),
            ..self
        }
    }

    /// The id written with it.
    #[must_use]
    pub const fn id(&self) -> Option<Uuid> {
        self.id
    }

    /// The external id written with it, not read yet.
    #[must_use]
    pub fn external_id(&self) -> Option<&str> {
        self.external_id.as_deref()
    }

    /// The version of a template it says it is bound to, when both can be read.
    #[must_use]
    pub fn follows(&self) -> Option<(Code, i32)> {
        let code = self.template.as_deref().and_then(|code| Code::parse(code).ok());
        code.zip(self.template_version)
    }

    /// Reads it; the lists it does not say stay as in `before`.
    pub fn read(
        self,
        at: &mut Reader<'_>,
        before: Option<&ObjectiveFacts>,
        context: &mut Context<'_>,
    ) -> Option<ObjectiveFacts> {
        at.version(self.version);
        let title = at.take("title", Line::parse(&self.title));
        let steps =
            at.each("steps", self.steps.unwrap_or_default(), MOST_STEPS, |step, at| step.read(at, context));
        let lines = |list: Option<Vec<String>>| list.unwrap_or_default();
        let parts = Parts { assignments: self.assignments, phases: self.phases, indicators: self.indicators };
        let (assignments, phases, indicators) = parts.read(at, before, context);
        Some(ObjectiveFacts {
            external_id: at.maybe("external_id", self.external_id.as_ref(), ExternalId::parse),
            code: at.maybe("code", self.code.as_ref(), Line::parse),
            kinds: set(self.kinds),
            description: at.maybe("description", self.description.as_ref(), Text::parse),
            purpose: at.maybe("purpose", self.purpose.as_ref(), Text::parse),
            stakeholders: at.maybe("stakeholders", self.stakeholders.as_ref(), Text::parse),
            expected_impact: at.maybe("expected_impact", self.expected_impact.as_ref(), Text::parse),
            expected_result: at.maybe("expected_result", self.expected_result.as_ref(), Text::parse),
            steps,
            deadline: self.deadline.and_then(|written| written.read(&mut at.member("deadline"), context)),
            programmes: at.each("programmes", self.programmes.unwrap_or_default(), MOST_LINKS, |one, at| {
                Some(one.read(at))
            }),
            dup_objective: at.maybe("dup_objective", self.dup_objective.as_ref(), Line::parse),
            strategic_line: at.maybe("strategic_line", self.strategic_line.as_ref(), Line::parse),
            cup: at.each("cup", lines(self.cup), MOST_LINKS, |text, at| at.take("", Line::parse(&text))),
            laws: at.each("laws", lines(self.laws), MOST_LINKS, |text, at| at.take("", Line::parse(&text))),
            areas: set(self.areas),
            template: at.maybe("template", self.template.as_ref(), Code::parse),
            template_version: self
                .template_version
                .and_then(|number| at.take("template_version", version_of(number, self.template.as_ref()))),
            continues: self.continues.map(ObjectiveId),
            notes: at.maybe("notes", self.notes.as_ref(), Text::parse),
            assignments,
            phases,
            indicators,
            // Last, so that the faults of everything else are noted before this one ends the reading.
            title: title?,
        })
    }
}

/// The version of a template, of which the code must be there as well.
fn version_of(number: i32, template: Option<&String>) -> Result<i32, Refused> {
    if number < 1 {
        return Err(Refused::new(FaultKind::OutOfBounds, "Le versioni si contano da 1."));
    }
    if template.is_none() {
        return Err(Refused::new(
            FaultKind::Inconsistent,
            "È la versione di un obiettivo condiviso senza il suo codice.",
        ));
    }
    Ok(number)
}

/// Words as a set: saying one twice says it once.
fn set<V: Ord>(words: Option<Vec<Word<V>>>) -> BTreeSet<V> {
    words.unwrap_or_default().into_iter().map(|word| word.0).collect()
}
