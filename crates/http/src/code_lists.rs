//! Code lists over HTTP.

use actix_web::{HttpRequest, HttpResponse, get};
use serde::Serialize;
use traguardo_domain::code_list::{Entry, ListName, entries};
use traguardo_domain::{Violation, Vocabulary as _};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::call::segment;
use crate::problem::Problem;
use crate::query::{self, NoQuery};
use crate::reference::{self, YearQuery};
use crate::words::{ListNameWord, Word};

/// Adds the routes of code lists.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_code_lists).service(read_code_list);
}

/// What a path below the code lists names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "documents a segment that the handler reads itself")]
pub(crate) struct CodeListPath {
    /// Nome dell'elenco.
    list: ListNameWord,
}

/// Un elenco di codici, senza i codici.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "name": "missions_and_programmes", "title": "Missioni e programmi del bilancio armonizzato",
    "source": "D.Lgs. 118/2011, allegato 14; DM 10/10/2024", "entries_count": 124, "valid_from": 2015
}))]
pub(crate) struct CodeListSummary {
    /// Nome dell'elenco.
    name: ListNameWord,
    /// Che cosa sono i codici.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    title: &'static str,
    /// Da dove vengono i codici.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    source: &'static str,
    /// Quante voci ha, di tutti gli anni.
    #[schema(minimum = 0, maximum = 10_000)]
    entries_count: i32,
    /// Primo anno in cui una voce vale.
    #[schema(minimum = 1861, maximum = 2100)]
    valid_from: i16,
    /// Ultimo anno in cui una voce vale; assente se l'elenco vale ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1861, maximum = 2100)]
    valid_to: Option<i16>,
}

/// Gli elenchi di codici.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CodeListIndex {
    /// Gli elenchi.
    #[schema(min_items = 0, max_items = 50)]
    items: Vec<CodeListSummary>,
}

/// Una voce di un elenco, con gli anni in cui vale.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "12.11", "label": "Interventi per asili nido", "parent": "12", "valid_from": 2026,
    "note": "Dal bilancio 2026, DM 10/10/2024"
}))]
pub(crate) struct CodeListEntry {
    /// Codice, unico nell'elenco in ogni anno.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._]*$")]
    code: &'static str,
    /// Che cosa indica.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    label: &'static str,
    /// Codice, nello stesso elenco, di ciò di cui fa parte o da cui è stato sostituito.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._]*$")]
    parent: Option<&'static str>,
    /// Primo anno in cui vale.
    #[schema(minimum = 1861, maximum = 2100)]
    valid_from: i16,
    /// Ultimo anno in cui vale; assente se vale ancora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1861, maximum = 2100)]
    valid_to: Option<i16>,
    /// Abitanti da cui comincia la classe; solo negli elenchi di classi demografiche.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100_000_000)]
    residents_from: Option<i64>,
    /// Abitanti con cui finisce la classe; assente nell'ultima.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 0, maximum = 100_000_000)]
    residents_to: Option<i64>,
    /// Che altro c'è da sapere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 300, pattern = "^.*\\S.*$")]
    note: Option<&'static str>,
}

/// Un elenco di codici con le sue voci.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "name": "missions_and_programmes", "title": "Missioni e programmi del bilancio armonizzato",
    "source": "D.Lgs. 118/2011, allegato 14; DM 10/10/2024", "year": 2026,
    "items": [{"code": "12.11", "label": "Interventi per asili nido", "parent": "12", "valid_from": 2026}]
}))]
pub(crate) struct CodeListResponse {
    /// Nome dell'elenco.
    name: ListNameWord,
    /// Che cosa sono i codici.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    title: &'static str,
    /// Da dove vengono i codici.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    source: &'static str,
    /// L'anno chiesto; assente se non se ne è chiesto uno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 2009, maximum = 2100)]
    year: Option<i32>,
    /// Le voci, nell'ordine della fonte.
    #[schema(min_items = 0, max_items = 1000)]
    items: Vec<CodeListEntry>,
}

impl From<&'static Entry> for CodeListEntry {
    fn from(entry: &'static Entry) -> Self {
        Self {
            code: entry.code,
            label: entry.label,
            parent: entry.parent,
            valid_from: entry.from,
            valid_to: entry.to,
            residents_from: entry.residents.map(|class| class.at_least.into()),
            residents_to: entry.residents.and_then(|class| class.at_most).map(Into::into),
            note: entry.note,
        }
    }
}

impl From<ListName> for CodeListSummary {
    fn from(list: ListName) -> Self {
        let entries = entries(list);
        let still_valid = entries.iter().any(|entry| entry.to.is_none());
        let ended = entries.iter().filter_map(|entry| entry.to).max();
        Self {
            name: Word(list),
            title: list.meaning(),
            source: list.source(),
            entries_count: i32::try_from(entries.len()).unwrap_or(i32::MAX),
            valid_from: entries.iter().map(|entry| entry.from).min().unwrap_or_default(),
            valid_to: ended.filter(|_| !still_valid),
        }
    }
}

/// Mostra gli elenchi di codici
///
/// Senza token. Gli elenchi che la legge e la prassi danno ai piani: missioni e programmi, aree contrattuali, classi demografiche.
#[utoipa::path(tag = "reference", security(()), params(crate::call::IfNoneMatch), responses(
    (status = 200, description = "Gli elenchi.", body = CodeListIndex),
    (status = 304, description = "Chi chiede li ha già."),
))]
#[get("/code-lists")]
pub(crate) async fn list_code_lists(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let _: NoQuery = query::read(request.query_string())?;
    let items = ListName::all().iter().copied().map(CodeListSummary::from).collect();
    reference::answer(&request, &CodeListIndex { items })
}

/// Legge un elenco di codici
///
/// Senza token. Con `year` le voci che valgono in quell'anno, altrimenti tutte, ciascuna con gli anni in cui vale.
#[utoipa::path(tag = "reference", security(()), params(CodeListPath, YearQuery, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'elenco.", body = CodeListResponse),
    (status = 304, description = "Chi chiede lo ha già."),
))]
#[get("/code-lists/{list}")]
pub(crate) async fn read_code_list(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let list = segment(&request, "list").and_then(ListName::from_word).ok_or(Violation::NotFound)?;
    let year = reference::year(&request)?;
    let valid = |entry: &&Entry| year.is_none_or(|year| entry.is_valid_in(year));
    let items = entries(list).iter().filter(valid).map(CodeListEntry::from).collect();
    let (title, source) = (list.meaning(), list.source());
    reference::answer(&request, &CodeListResponse { name: Word(list), title, source, year, items })
}
