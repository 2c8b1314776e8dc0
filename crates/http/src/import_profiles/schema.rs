//! What a profile looks like: published for whoever writes one, and read by the reader of documents itself.

use traguardo_documents::Word;
use traguardo_documents::word::{ObjectiveKindWord, SectionKindWord};
use traguardo_domain::unit::UnitKind;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, SchemaType, Type,
};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A pattern; only its description is published.
fn pattern() -> RefOr<Schema> {
    let about = "Le parole come le scriverebbe chi conosce il piano: `{campo}` prende ciò che vi sta, `[...]` può mancare, `(a|b)` è una \
         delle due, `~` spazi e trattini, `*` parole qualunque.";
    let text = ObjectBuilder::new().schema_type(Type::String).max_length(Some(300));
    Schema::from(text.pattern(Some("^[\\s\\S]*$")).description(Some(about)).build()).into()
}

fn patterns() -> RefOr<Schema> {
    Schema::from(ArrayBuilder::new().items(pattern()).min_items(Some(0)).max_items(Some(100)).build()).into()
}

/// What a heading opens; only its description is published.
fn opens() -> RefOr<Schema> {
    let one = |name: &str, value: RefOr<Schema>| {
        let closed = AdditionalProperties::FreeForm(false);
        let object = ObjectBuilder::new().schema_type(SchemaType::Type(Type::Object)).property(name, value);
        RefOr::T(Schema::from(object.required(name).additional_properties(Some(closed)).build()))
    };
    let kinds = || {
        let list =
            ArrayBuilder::new().items(ObjectiveKindWord::schema()).min_items(Some(0)).max_items(Some(20));
        RefOr::T(Schema::from(list.build()))
    };
    let bare = ObjectBuilder::new().schema_type(Type::String);
    let bare = bare.enum_values(Some(["activities", "objectives", "plan", "nothing"]));
    let any = OneOfBuilder::new()
        .item(one("unit", Word::<UnitKind>::schema()))
        .item(one("group", kinds()))
        .item(one("common", kinds()))
        .item(one("section", SectionKindWord::schema()))
        .item(one("contents", Word::<UnitKind>::schema()))
        .item(bare);
    Schema::from(any.description(Some("Che cosa apre.")).build()).into()
}

/// La forma dei piani che un profilo legge.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", example = "table")]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) enum ProfileLayout {
    /// Tabelle di obiettivi sotto righe d'intestazione.
    Table,
    /// Una scheda per obiettivo, fatta di più tabelle.
    Cards,
    /// Elenchi di obiettivi sotto titoli.
    Lists,
    /// Blocchi di righe «nome: valore».
    Blocks,
}

/// Che cosa sono le righe di una tabella.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case", example = "objectives")]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) enum TableHolds {
    /// Obiettivi, con le loro fasi.
    Objectives,
    /// Indicatori della scheda aperta.
    Indicators,
    /// Valori della scheda aperta.
    Card,
    /// Titoli e pesi degli obiettivi della struttura aperta.
    Summary,
    /// Posti.
    Staff,
    /// Parole delle sezioni.
    Narrative,
}

/// Una riga che apre qualcosa.
#[derive(ToSchema)]
#[schema(example = json!({"line": "STRUTTURA: {unit}", "opens": {"unit": "area"}}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ProfileHeading {
    /// La riga.
    #[schema(schema_with = pattern)]
    line: (),
    /// Che cosa apre.
    #[schema(schema_with = opens)]
    opens: (),
    /// Che cosa dice la riga che la segue, dove le sue parole potrebbero essere qualunque.
    #[schema(schema_with = pattern, required = false)]
    followed_by: (),
    /// Le righe che la possono seguire e le appartengono.
    #[schema(schema_with = patterns, required = false)]
    continues: (),
}

/// Una colonna, o un valore con il suo nome.
#[derive(ToSchema)]
#[schema(example = json!({"field": "title", "headers": ["Obiettivo", "Descrizione"]}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ProfileColumn {
    /// Che cosa contiene: `number`, `title`, `indicator`, `target`, `deadline`, `weight`, ...
    #[schema(max_length = 40, pattern = "^[a-z_]+$")]
    field: String,
    /// Come si chiama.
    #[schema(schema_with = patterns)]
    headers: (),
    /// Come sono le sue celle, se questo le distingue.
    #[schema(schema_with = patterns, required = false)]
    shape: (),
    /// Se una cella vuota dice ciò che dice quella sopra.
    #[schema(required = false)]
    carries_down: bool,
    /// Parole davanti a un valore che non ne fanno parte.
    #[schema(schema_with = patterns, required = false)]
    drops: (),
    /// Le celle che nominano tutte le strutture insieme.
    #[schema(schema_with = patterns, required = false)]
    everyone: (),
}

/// Una tabella, dalla sua intestazione.
#[derive(ToSchema)]
#[schema(example = json!({"holds": "objectives", "columns": [{"field": "title", "headers": ["Obiettivo"]}]}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ProfileTable {
    /// Che cosa sono le sue righe.
    holds: TableHolds,
    /// Le colonne, in ordine.
    #[schema(min_items = 0, max_items = 100)]
    columns: Vec<ProfileColumn>,
    /// Quante un'intestazione deve averne; due, se non è detto.
    #[schema(nullable = false, minimum = 1, maximum = 100)]
    least: Option<i32>,
    /// Come comincia la riga che conta le altre.
    #[schema(schema_with = pattern, required = false)]
    total: (),
    /// Com'è il numero di una riga che è una fase di quella sopra.
    #[schema(schema_with = pattern, required = false)]
    phase: (),
}

/// Come comincia un obiettivo che ha una scheda.
#[derive(ToSchema)]
#[schema(example = json!({"begins": ["OBIETTIVO {number}"]}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ProfileCards {
    /// La riga con cui comincia.
    #[schema(schema_with = patterns)]
    begins: (),
    /// La riga che può stare subito prima.
    #[schema(schema_with = patterns, required = false)]
    before: (),
}

/// Parole davanti a un titolo che dicono di che tipo è l'obiettivo.
#[derive(ToSchema)]
#[schema(example = json!({"words": "Obiettivo strategico", "kinds": ["strategic"]}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ProfileKindMarker {
    /// Le parole.
    #[schema(schema_with = pattern)]
    words: (),
    /// I tipi.
    #[schema(min_items = 0, max_items = 20)]
    kinds: Vec<ObjectiveKindWord>,
}

/// Una classe di pesi come il piano la stampa.
#[derive(ToSchema)]
#[schema(example = json!({"code": "2", "label": "rilevante strategico", "coefficient": "2"}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ProfileScaleClass {
    /// Codice.
    #[schema(max_length = 40, pattern = "^[\\s\\S]*$")]
    code: String,
    /// Come si chiama.
    #[schema(max_length = 100, pattern = "^[\\s\\S]*$")]
    label: String,
    /// Quanto conta rispetto alle altre.
    #[schema(max_length = 23, pattern = "^[\\s\\S]*$")]
    coefficient: String,
    /// Il tipo di un obiettivo che la ha.
    #[schema(nullable = false)]
    kind: Option<ObjectiveKindWord>,
}

/// Che cosa si aggiusta leggendo; ogni aggiustamento è detto in un rilievo.
#[derive(ToSchema)]
#[schema(example = json!({"merged_columns": true}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ProfileRepairs {
    /// A una riga con meno celle si danno quelle che mancano, dove lo dicono le altre.
    #[schema(required = false)]
    merged_columns: bool,
    /// Le parole dell'intestazione dentro una riga si tolgono.
    #[schema(required = false)]
    header_inside_data: bool,
    /// Una riga senza numero e quasi vuota continua quella sopra.
    #[schema(required = false)]
    continued_rows: bool,
}

/// Un profilo: come sono fatti i piani di una forma.
#[derive(ToSchema)]
#[schema(example = json!({
    "name": "tabella_unica", "title": "Una tabella con una riga per obiettivo", "layout": "table",
    "headings": [{"line": "STRUTTURA: {unit}", "opens": {"unit": "area"}}],
    "tables": [{"holds": "objectives", "columns": [
        {"field": "number", "headers": ["NR", "N."]}, {"field": "title", "headers": ["Obiettivo"]},
        {"field": "weight", "headers": ["Peso [in] %"]}
    ]}]
}))]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct ImportProfile {
    /// Nome, quello del percorso.
    #[schema(min_length = 1, max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    name: String,
    /// Che cosa legge.
    #[schema(min_length = 1, max_length = 300, pattern = "^[\\s\\S]*\\S[\\s\\S]*$")]
    title: String,
    /// La forma.
    layout: ProfileLayout,
    /// Le righe che aprono qualcosa.
    #[schema(required = false, min_items = 0, max_items = 100)]
    headings: Vec<ProfileHeading>,
    /// Le tabelle.
    #[schema(required = false, min_items = 0, max_items = 100)]
    tables: Vec<ProfileTable>,
    /// Come comincia un obiettivo, dove ciascuno ha una scheda.
    #[schema(nullable = false)]
    cards: Option<ProfileCards>,
    /// Come cominciano le voci degli elenchi.
    #[schema(schema_with = patterns, required = false)]
    bullets: (),
    /// I nomi dei valori, dove stanno davanti a due punti.
    #[schema(required = false, min_items = 0, max_items = 100)]
    keys: Vec<ProfileColumn>,
    /// Le celle che dicono che non c'è nulla.
    #[schema(schema_with = patterns, required = false)]
    nothing: (),
    /// Le righe che non dicono nulla del piano.
    #[schema(schema_with = patterns, required = false)]
    decorations: (),
    /// Le parole davanti ai titoli che dicono il tipo.
    #[schema(required = false, min_items = 0, max_items = 100)]
    kinds: Vec<ProfileKindMarker>,
    /// Le classi dei pesi, dove non sono percentuali.
    #[schema(required = false, min_items = 0, max_items = 100)]
    scale: Vec<ProfileScaleClass>,
    /// Che cosa si aggiusta.
    #[schema(required = false)]
    repairs: ProfileRepairs,
}
