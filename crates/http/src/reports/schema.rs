//! What a report looks like: published for whoever reads one; the report is sent as the domain writes it.

use chrono::{DateTime, NaiveDate, Utc};
use traguardo_documents::Word;
use traguardo_documents::value::ValueBody;
use traguardo_domain::report::ReportFormat;
use traguardo_domain::score::{NodeKind, Unjudged};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::transitions::ActBody;
use crate::words::{FindingCodeWord, PlanKindWord, SeverityWord};

/// The form of a report.
type ReportFormatWord = Word<ReportFormat>;
/// Why something cannot be judged.
type UnjudgedWord = Word<Unjudged>;
/// What a result is of.
type NodeKindWord = Word<NodeKind>;

/// Che cosa ne è stato di un piano.
#[derive(ToSchema)]
#[schema(as = Report)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ReportSchema {
    /// La forma.
    format: ReportFormatWord,
    /// Codice catastale del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$", example = "L454")]
    comune: String,
    /// Il piano.
    plan: Uuid,
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100, example = 2025)]
    year: i32,
    /// La natura del piano.
    kind: PlanKindWord,
    /// Il titolo del piano.
    #[schema(max_length = 300, pattern = "^[\\s\\S]*$", example = "Piano della performance 2025")]
    title: String,
    /// La versione approvata che la relazione rispecchia.
    #[schema(minimum = 1, maximum = 2_147_483_647, example = 2)]
    plan_version: i32,
    /// L'impronta di quella versione.
    #[schema(min_length = 64, max_length = 64, pattern = "^[0-9a-f]{64}$")]
    plan_digest: String,
    /// Il sistema di valutazione; assente se il comune non ne ha adottato uno.
    #[schema(nullable = false)]
    rulebook: Option<EditionSchema>,
    /// Come si chiama il sistema di valutazione.
    #[schema(max_length = 300, pattern = "^[\\s\\S]*$", example = "Tre livelli")]
    rulebook_title: String,
    /// Il giorno fino al quale conta tutto ciò che è noto.
    at: NaiveDate,
    /// Se l'organo di valutazione ha certificato i risultati.
    certified: bool,
    /// Il risultato del comune.
    result: ResultSchema,
    /// Le strutture che hanno qualcosa di assegnato, nell'ordine del piano.
    #[schema(min_items = 0, max_items = 10_000)]
    units: Vec<UnitSchema>,
    /// Ogni obiettivo del piano, nel suo ordine.
    #[schema(min_items = 0, max_items = 10_000)]
    objectives: Vec<ObjectiveSchema>,
    /// Le variazioni dell'anno.
    #[schema(min_items = 0, max_items = 1_000)]
    variations: Vec<VariationSchema>,
    /// Le sterilizzazioni.
    #[schema(min_items = 0, max_items = 10_000)]
    sterilisations: Vec<SterilisationSchema>,
    /// I rilievi ancora aperti.
    #[schema(min_items = 0, max_items = 100_000)]
    findings: Vec<FindingSchema>,
}

/// Quale edizione del sistema di valutazione di quale anno.
#[derive(ToSchema)]
#[schema(as = ReportEdition, example = json!({"year": 2025, "edition": 1}))]
#[expect(dead_code, reason = "only its description is published")]
struct EditionSchema {
    /// L'anno.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// L'edizione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    edition: i32,
}

/// Come è andata: quanto se ne è raggiunto, oppure perché non c'è un risultato.
#[derive(ToSchema)]
#[schema(as = ReportOutcome, example = json!({"type": "reached", "percent": "95.714285714286"}))]
#[expect(dead_code, reason = "only its description is published")]
struct OutcomeSchema {
    /// `reached`: c'è un risultato; `absent`: non c'è.
    #[schema(rename = "type", max_length = 10, pattern = "^(reached|absent)$")]
    kind: String,
    /// Quanto, a dodici decimali.
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]+([.][0-9]{1,12})?$")]
    percent: Option<String>,
    /// Perché non c'è.
    #[schema(nullable = false)]
    why: Option<AbsenceSchema>,
}

/// Perché non c'è un risultato: cinque cose diverse, e nessuna è zero.
#[derive(ToSchema)]
#[schema(as = ReportAbsence, example = json!({"type": "not_evaluable", "because": "zero_denominator"}))]
#[expect(dead_code, reason = "only its description is published")]
struct AbsenceSchema {
    /// `missing`, `not_due`, `not_applicable`, `not_evaluable`, `sterilised`, oppure `nothing_counts`.
    #[schema(rename = "type", max_length = 20, pattern = "^[a-z_]+$")]
    kind: String,
    /// Per `not_evaluable`, perché.
    #[schema(nullable = false)]
    because: Option<UnjudgedWord>,
}

/// Un risultato, come è calcolato e come si mostra.
#[derive(ToSchema)]
#[schema(as = ReportResult, example = json!({"outcome": {"type": "reached", "percent": "72"}, "shown": "72.00", "deviation": "28.00"}))]
#[expect(dead_code, reason = "only its description is published")]
struct ResultSchema {
    /// Che cosa ne è venuto, dopo il giudizio.
    outcome: OutcomeSchema,
    /// Come si mostra, con due decimali.
    #[schema(nullable = false, max_length = 20, pattern = "^-?[0-9]+[.][0-9]{2}$")]
    shown: Option<String>,
    /// Quanto manca al cento per cento, con due decimali.
    #[schema(nullable = false, max_length = 20, pattern = "^-?[0-9]+[.][0-9]{2}$")]
    deviation: Option<String>,
    /// Il codice della fascia.
    #[schema(nullable = false, max_length = 40, pattern = "^[\\s\\S]+$")]
    band: Option<String>,
    /// Come si chiama la fascia.
    #[schema(nullable = false, max_length = 100, pattern = "^[\\s\\S]+$")]
    band_label: Option<String>,
    /// A parole, perché non c'è un risultato.
    #[schema(nullable = false, max_length = 300, pattern = "^[\\s\\S]+$")]
    absence: Option<String>,
}

/// Una struttura e il suo risultato.
#[derive(ToSchema)]
#[schema(as = ReportUnit)]
#[expect(dead_code, reason = "only its description is published")]
struct UnitSchema {
    /// La struttura.
    id: Uuid,
    /// Il codice.
    #[schema(max_length = 40, pattern = "^[\\s\\S]+$", example = "A1")]
    code: String,
    /// Il nome.
    #[schema(max_length = 300, pattern = "^[\\s\\S]+$", example = "Area amministrativa")]
    name: String,
    /// Quante assegnazioni ha, comprese quelle delle strutture che ne fanno parte.
    #[schema(minimum = 0, maximum = 2_147_483_647, example = 12)]
    assigned: i32,
    /// Quante contano nel risultato.
    #[schema(minimum = 0, maximum = 2_147_483_647, example = 11)]
    counted: i32,
    /// Quanto pesano insieme tutte: cento, se i pesi del piano chiudono.
    #[schema(max_length = 40, pattern = "^-?[0-9]+([.][0-9]+)?$", example = "100")]
    weight: String,
    /// Il risultato.
    result: ResultSchema,
}

/// Un obiettivo e che cosa ne è stato.
#[derive(ToSchema)]
#[schema(as = ReportObjective)]
#[expect(dead_code, reason = "only its description is published")]
struct ObjectiveSchema {
    /// L'obiettivo.
    id: Uuid,
    /// Il codice che il piano stampa.
    #[schema(nullable = false, max_length = 60, pattern = "^[\\s\\S]+$", example = "4/SF")]
    code: Option<String>,
    /// Che cosa si voleva fare.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]+$", example = "Rispettare i tempi di pagamento")]
    title: String,
    /// In ciascuna struttura a cui è assegnato; nessuna, se il piano non lo assegna.
    #[schema(min_items = 0, max_items = 1_000)]
    assignments: Vec<AssignmentSchema>,
}

/// Un obiettivo in una struttura.
#[derive(ToSchema)]
#[schema(as = ReportAssignment)]
#[expect(dead_code, reason = "only its description is published")]
struct AssignmentSchema {
    /// L'assegnazione.
    id: Uuid,
    /// La struttura.
    unit: Uuid,
    /// Il nome della struttura, nell'anno del piano.
    #[schema(max_length = 300, pattern = "^[\\s\\S]*$", example = "Area finanziaria")]
    unit_name: String,
    /// Chi ne risponde: un ruolo.
    #[schema(
        nullable = false,
        max_length = 200,
        pattern = "^[\\s\\S]+$",
        example = "Responsabile dell'area finanziaria"
    )]
    responsible: Option<String>,
    /// Quanto pesa, in numeri.
    #[schema(nullable = false, max_length = 40, pattern = "^-?[0-9]+([.][0-9]+)?$", example = "30")]
    weight: Option<String>,
    /// Il risultato, dopo il giudizio.
    result: ResultSchema,
    /// Il risultato come era calcolato, dove c'è un giudizio.
    #[schema(nullable = false)]
    computed: Option<ResultSchema>,
    /// Il giudizio.
    #[schema(nullable = false)]
    judgement: Option<JudgementSchema>,
    /// Fasi e indicatori, con ciò che se ne è misurato.
    #[schema(min_items = 0, max_items = 10_000)]
    measured: Vec<MeasuredSchema>,
}

/// Una fase o un indicatore, con ciò che se ne è misurato.
#[derive(ToSchema)]
#[schema(as = ReportMeasured)]
#[expect(dead_code, reason = "only its description is published")]
struct MeasuredSchema {
    /// Che cos'è.
    kind: NodeKindWord,
    /// Quale.
    #[schema(nullable = false)]
    id: Option<Uuid>,
    /// Come si chiama.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]*$", example = "Tempo medio di pagamento")]
    label: String,
    /// Il valore atteso, con le parole del piano.
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$", example = "non oltre 30 giorni")]
    expected: Option<String>,
    /// Il valore misurato.
    #[schema(nullable = false)]
    value: Option<ValueBody>,
    /// Il risultato.
    result: ResultSchema,
}

/// Una variazione del piano.
#[derive(ToSchema)]
#[schema(as = ReportVariation)]
#[expect(dead_code, reason = "only its description is published")]
struct VariationSchema {
    /// La versione che ne è venuta.
    #[schema(minimum = 2, maximum = 2_147_483_647, example = 2)]
    version: i32,
    /// L'atto.
    act: ActBody,
    /// Quando è stata sigillata.
    sealed_at: DateTime<Utc>,
    /// Il motivo.
    #[schema(
        nullable = false,
        max_length = 4000,
        pattern = "^[\\s\\S]+$",
        example = "Rinuncia al finanziamento"
    )]
    reason: Option<String>,
    /// Che cosa è cambiato, una riga per oggetto.
    #[schema(min_items = 0, max_items = 100_000, max_length = 4000, pattern = "^[\\s\\S]+$")]
    changes: Vec<String>,
}

/// Una sterilizzazione: qualcosa di cui qui nessuno risponde.
#[derive(ToSchema)]
#[schema(as = ReportSterilisation)]
#[expect(dead_code, reason = "only its description is published")]
struct SterilisationSchema {
    /// L'assegnazione.
    assignment: Uuid,
    /// Che cosa si voleva fare.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]+$", example = "Ristrutturare la palestra")]
    title: String,
    /// La struttura.
    #[schema(max_length = 300, pattern = "^[\\s\\S]*$", example = "Area tecnica")]
    unit_name: String,
    /// Il giudizio, con l'effetto e la causa.
    judgement: JudgementSchema,
}

/// Un rilievo ancora aperto.
#[derive(ToSchema)]
#[schema(as = ReportFinding)]
#[expect(dead_code, reason = "only its description is published")]
struct FindingSchema {
    /// Il codice.
    code: FindingCodeWord,
    /// La gravità.
    severity: SeverityWord,
    /// Dove: un puntatore nel piano, o nella relazione.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]*$", example = "/variations/0")]
    pointer: String,
    /// A parole.
    #[schema(
        max_length = 4000,
        pattern = "^[\\s\\S]+$",
        example = "La variazione è stata adottata dopo il termine."
    )]
    message: String,
}

/// Il giudizio dell'organo di valutazione. Quali membri ci sono dipende da `type`.
#[derive(ToSchema)]
#[schema(as = ReportJudgement, example = json!({"type": "sterilised", "effect": {"type": "exogenous", "percent": "50"}, "cause": "Fondi ritirati"}))]
#[expect(dead_code, reason = "only its description is published")]
struct JudgementSchema {
    /// `certified`, `override`, `not_evaluable`, oppure `sterilised`.
    #[schema(rename = "type", max_length = 20, pattern = "^[a-z_]+$")]
    kind: String,
    /// Per `override`: il risultato deciso.
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]+([.][0-9]{1,12})?$")]
    percent: Option<String>,
    /// Per `override` e `not_evaluable`: il motivo.
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    reason: Option<String>,
    /// Per `sterilised`: che cosa ne segue.
    #[schema(nullable = false)]
    effect: Option<EffectSchema>,
    /// Per `sterilised`: la causa.
    #[schema(nullable = false, max_length = 4000, pattern = "^[\\s\\S]+$")]
    cause: Option<String>,
}

/// Che cosa segue da una sterilizzazione.
#[derive(ToSchema)]
#[schema(as = ReportEffect, example = json!({"type": "redistributed"}))]
#[expect(dead_code, reason = "only its description is published")]
struct EffectSchema {
    /// `redistributed`: il peso va agli altri; `frozen`: resta quanto raggiunto; `exogenous`: si perdona una parte di ciò che manca.
    #[schema(rename = "type", max_length = 20, pattern = "^[a-z_]+$")]
    kind: String,
    /// Per `frozen` ed `exogenous`: quanto.
    #[schema(nullable = false, max_length = 30, pattern = "^-?[0-9]+([.][0-9]{1,12})?$")]
    percent: Option<String>,
}
