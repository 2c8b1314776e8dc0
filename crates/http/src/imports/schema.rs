//! What of imports is published and sent as it was kept: the description of files, of drafts and of certificates.

use std::borrow::Cow;

use serde_json::json;
use traguardo_documents::draft::Settlement;
use traguardo_documents::plan::PlanBody;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, KnownFormat, ObjectBuilder, SchemaFormat, Type,
};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::words::{ConfidenceWord, FindingCodeWord, SeverityWord};

/// How many of each, by a name.
pub(super) fn tally() -> RefOr<Schema> {
    let number = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
        .minimum(Some(0))
        .maximum(Some(2_147_483_647));
    let each = AdditionalProperties::RefOr(RefOr::T(Schema::from(number.build())));
    let all = ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(each));
    Schema::from(all.max_properties(Some(100)).build()).into()
}

/// Reasons, in words.
pub(super) fn reasons() -> RefOr<Schema> {
    let text =
        ObjectBuilder::new().schema_type(Type::String).max_length(Some(1000)).pattern(Some("^[\\s\\S]*$"));
    let list = ArrayBuilder::new().items(text.build()).min_items(Some(0)).max_items(Some(50));
    Schema::from(list.description(Some("Perché.")).build()).into()
}

fn bytes(description: &str) -> ObjectBuilder {
    let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
    ObjectBuilder::new().schema_type(Type::String).format(Some(format)).description(Some(description))
}

/// A decision, as it is published: whoever sends one is told of members that none has.
pub(crate) struct ClosedSettlement;

impl PartialSchema for ClosedSettlement {
    fn schema() -> RefOr<Schema> {
        let mut schema = Settlement::schema();
        if let RefOr::T(Schema::OneOf(any)) = &mut schema {
            for kind in &mut any.items {
                if let RefOr::T(Schema::Object(object)) = kind {
                    object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
                }
            }
        }
        schema
    }
}

impl ToSchema for ClosedSettlement {
    fn name() -> Cow<'static, str> {
        Settlement::name()
    }
}

/// A file, byte for byte; only its description is published.
pub(crate) struct ImportFile;

impl PartialSchema for ImportFile {
    fn schema() -> RefOr<Schema> {
        let example = "STRUTTURA: Area tecnica\nNR\tOBIETTIVO\tPESO\n1\tRispettare i tempi di pagamento\t30%";
        Schema::from(bytes("Il file, byte per byte.").examples([json!(example)]).build()).into()
    }
}

impl ToSchema for ImportFile {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ImportFile")
    }
}

/// A form with a file in it; only its description is published.
pub(crate) struct ImportForm;

impl PartialSchema for ImportForm {
    fn schema() -> RefOr<Schema> {
        let form = ObjectBuilder::new().schema_type(Type::Object).description(Some("Un modulo con il file."));
        let form = form.property("file", bytes("Il file.").build()).required("file");
        let closed = form.additional_properties(Some(AdditionalProperties::FreeForm(false)));
        Schema::from(closed.examples([json!({"file": "NR\tOBIETTIVO\n1\tRispettare i tempi"})]).build())
            .into()
    }
}

impl ToSchema for ImportForm {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ImportForm")
    }
}

/// La forma di un file.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", example = "text")]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) enum SourceFormat {
    /// Testo, con tabelle a tabulazioni o Markdown.
    Text,
    /// Valori separati.
    Csv,
    /// Cartella di lavoro Office Open XML.
    Xlsx,
    /// Cartella di lavoro `OpenDocument`.
    Ods,
    /// Documento Office Open XML.
    Docx,
    /// Il documento canonico di un piano.
    Plan,
}

/// Che cosa è diventata una riga del file.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", example = "value")]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) enum LineUse {
    /// Valori del piano.
    Value,
    /// Apre una struttura, una sezione, un gruppo.
    Heading,
    /// Dà nome alle colonne.
    Header,
    /// Lo dà di nuovo.
    RepeatedHeader,
    /// Conta o somma altre righe.
    Total,
    /// Vuota.
    Blank,
    /// Non dice nulla del piano.
    Decoration,
    /// Non è stata capita.
    NotUnderstood,
}

/// Come sta un rilievo.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", example = "open")]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) enum FindingStanding {
    /// Aspetta una decisione.
    Open,
    /// Il suggerimento è stato applicato, o al suo posto è stato scritto altro.
    Settled,
    /// È stato lasciato com'è.
    Dismissed,
}

/// Un posto nel file, come lo cerca una persona.
#[derive(ToSchema)]
#[schema(as = ImportSpot, example = json!({"line": 12, "column": 3}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct Spot {
    /// Il foglio.
    #[schema(required = false, max_length = 200, pattern = "^[\\s\\S]*$")]
    sheet: String,
    /// La riga, da 1.
    #[schema(minimum = 0, maximum = 4_294_967_295u64)]
    line: i64,
    /// La cella della riga, da 1.
    #[schema(minimum = 0, maximum = 4_294_967_295u64)]
    column: i64,
    /// La cella del foglio, come vi si chiama.
    #[schema(required = false, max_length = 20, pattern = "^[A-Z]*[0-9]+$", example = "D12")]
    cell: String,
}

/// Dove è stato trovato un valore della bozza.
#[derive(ToSchema)]
#[schema(as = ImportTrace, example = json!({
    "pointer": "/objectives/0/title", "spot": {"line": 12, "column": 2}, "words": "Rispettare i tempi di pagamento", "confidence": "certain"
}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct Trace {
    /// Un puntatore JSON (RFC 6901) nel documento della bozza.
    #[schema(max_length = 1000, format = "json-pointer")]
    pointer: String,
    /// Dove cominciano le sue parole.
    spot: Spot,
    /// Dove continuano.
    #[schema(required = false, min_items = 0, max_items = 10_000)]
    more: Vec<Spot>,
    /// Le parole, come stanno nel file.
    #[schema(max_length = 100_000, pattern = "^[\\s\\S]*$")]
    words: String,
    /// Quanto è sicura la lettura.
    confidence: ConfidenceWord,
}

/// Che cosa è diventata una riga del file.
#[derive(ToSchema)]
#[schema(as = ImportLine, example = json!({"spot": {"line": 12, "column": 1}, "became": "not_understood", "words": "vedi allegato"}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct LineAccount {
    /// La riga.
    spot: Spot,
    /// Che cosa è diventata.
    became: LineUse,
    /// Le sue parole, se non stanno in altro della bozza.
    #[schema(required = false, max_length = 100_000, pattern = "^[\\s\\S]*$")]
    words: String,
}

/// Un rilievo di una bozza.
#[derive(ToSchema)]
#[schema(as = ImportFinding, example = json!({
    "id": "E01-3f9a2c11", "code": "E01", "severity": "error", "pointer": "/objectives/0/deadline", "spot": {"line": 12, "column": 5},
    "words": "31.06.2025", "message": "La data non esiste.", "suggestion": "30.06.2025", "safe": false, "replacement": true, "read": false, "state": "open"
}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct DraftFinding {
    /// Il suo nome in questa bozza.
    #[schema(max_length = 80, pattern = "^[A-Z][0-9]{2}-[0-9a-f]+$")]
    id: String,
    /// La regola.
    code: FindingCodeWord,
    /// Quanto è grave.
    severity: SeverityWord,
    /// Un puntatore JSON nel documento della bozza; vuoto per il piano intero.
    #[schema(max_length = 1000, format = "json-pointer")]
    pointer: String,
    /// Dove, nel file.
    #[schema(required = false)]
    spot: Spot,
    /// Le parole trovate.
    #[schema(required = false, max_length = 100_000, pattern = "^[\\s\\S]*$")]
    words: String,
    /// Che cosa non va.
    #[schema(max_length = 4000, pattern = "^[\\s\\S]*$")]
    message: String,
    /// La legge da cui viene la regola.
    #[schema(required = false, max_length = 200, pattern = "^[\\s\\S]*$")]
    law: String,
    /// Che cosa si può fare o scrivere.
    #[schema(required = false, max_length = 4000, pattern = "^[\\s\\S]*$")]
    suggestion: String,
    /// Se il suggerimento si può applicare senza giudizio.
    safe: bool,
    /// Se il suggerimento sono parole da scrivere al posto di quelle trovate; altrimenti è un consiglio.
    replacement: bool,
    /// Se solo leggendo il file lo si poteva vedere.
    read: bool,
    /// Come sta.
    state: FindingStanding,
    /// Perché è stato lasciato.
    #[schema(required = false, max_length = 1000, pattern = "^[\\s\\S]*$")]
    reason: String,
}

/// Quanti di ogni genere.
#[derive(ToSchema)]
#[schema(example = json!({"units": 6, "posts": 0, "sections": 0, "objectives": 18, "assignments": 18, "phases": 31, "indicators": 31, "values": 210}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ImportCounts {
    /// Strutture.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    units: i32,
    /// Posti delle tabelle del personale.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    posts: i32,
    /// Sezioni.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    sections: i32,
    /// Obiettivi.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    objectives: i32,
    /// Assegnazioni.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    assignments: i32,
    /// Fasi.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    phases: i32,
    /// Indicatori degli obiettivi e delle fasi.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    indicators: i32,
    /// Valori che hanno un posto nel file.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    values: i32,
}

/// Che cosa c'è da dire del file.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", example = "hidden_rows")]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) enum SourceRemarkKind {
    /// Caratteri di controllo, letti come spazi.
    ControlCharacters,
    /// Caratteri invisibili, tolti o letti come spazi.
    InvisibleCharacters,
    /// Formule senza un valore salvato: le celle sono vuote.
    FormulasWithoutValue,
    /// Fogli nascosti, letti come gli altri.
    HiddenSheets,
    /// Righe nascoste, lette come le altre.
    HiddenRows,
    /// Macro, né lette né eseguite.
    Macros,
    /// Commenti, non letti.
    Comments,
    /// Immagini e disegni, non letti.
    Pictures,
    /// Cancellazioni in revisione, non lette.
    DeletedWords,
    /// Virgolette che nulla chiude.
    OpenQuotation,
}

/// Una cosa da dire del file, quante volte e dove la prima.
#[derive(ToSchema)]
#[schema(example = json!({"kind": "hidden_rows", "count": 2}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct SourceRemark {
    /// Che cosa.
    kind: SourceRemarkKind,
    /// Quante volte.
    #[schema(minimum = 0, maximum = 4_294_967_295u64)]
    count: i64,
    /// Dove la prima volta.
    #[schema(required = false)]
    first: Spot,
}

/// Il certificato di un'importazione: che cosa si è letto, e che nulla è andato perso.
#[derive(ToSchema)]
#[schema(as = ImportCertificate, example = json!({
    "comune": "L454", "year": 2025, "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "format": "text",
    "encoding": "UTF-8", "profile": "table_per_structure",
    "counts": {"units": 6, "posts": 0, "sections": 0, "objectives": 18, "assignments": 18, "phases": 31, "indicators": 31, "values": 210},
    "lines": {"value": 60, "header": 6, "blank": 9}, "lines_in": 75, "coverage": "1", "findings_by_code": {}, "findings": []
}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct CertificateSchema {
    /// Codice catastale del comune.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    comune: String,
    /// Anno del piano.
    #[schema(minimum = 2009, maximum = 2100)]
    year: i32,
    /// L'impronta del file (SHA-256).
    #[schema(max_length = 64, pattern = "^[0-9a-f]{64}$")]
    digest: String,
    /// La forma del file.
    format: SourceFormat,
    /// La codifica del testo.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9_-]*$")]
    encoding: String,
    /// Il profilo con cui si è letto.
    #[schema(max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    profile: String,
    /// Quanti di ogni genere.
    counts: ImportCounts,
    /// Che cosa sono diventate le righe: la somma è `lines_in`.
    #[schema(schema_with = tally)]
    lines: (),
    /// Quante righe ha il file.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    lines_in: i32,
    /// Che cosa c'è da dire del file, che le sue righe non mostrano.
    #[schema(required = false, min_items = 0, max_items = 100)]
    remarks: Vec<SourceRemark>,
    /// La parte delle righe scritte che si è capita: un decimale da 0 a 1.
    #[schema(max_length = 10, pattern = "^[01]([.][0-9]+)?$")]
    coverage: String,
    /// Quanti rilievi di ogni regola.
    #[schema(schema_with = tally)]
    findings_by_code: (),
    /// I rilievi.
    #[schema(min_items = 0, max_items = 100_000)]
    findings: Vec<DraftFinding>,
}

/// Una bozza: il piano per quanto si è capito, e dove ne stanno le parole.
#[derive(ToSchema)]
#[schema(as = ImportDraft, example = json!({
    "document": {
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"year": 2025, "kind": "piao_performance", "title": "Piano della performance 2025-2027"},
        "units": [], "sections": [], "objectives": []
    },
    "traces": []
}))]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct DraftSchema {
    /// Il piano, nella forma del suo documento.
    document: PlanBody,
    /// Dove ne sono stati trovati i valori, nell'ordine del documento.
    #[schema(min_items = 0, max_items = 1_000_000)]
    traces: Vec<Trace>,
}
