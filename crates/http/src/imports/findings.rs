//! The findings of a draft and the lines of its file over HTTP, a page at a time.

use actix_web::get;
use serde::{Deserialize, Serialize};
use traguardo_documents::Word;
use traguardo_documents::draft::{self, FindingState};
use traguardo_documents::gathered::Use;
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_persistence::{Cursor, Page, PageRequest};
use utoipa::IntoParams;

use super::ImportPath;
use super::draft::whole;
use super::schema::{DraftFinding, FindingStanding, LineAccount, LineUse};
use crate::answer::Answer;
use crate::call::Call;
use crate::kept::described;
use crate::pages::{Asked, listing};
use crate::problem::Problem;
use crate::words::{FindingCodeWord, SeverityWord};

/// A finding as it travels.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct FindingResponse(draft::DraftFinding);

described!(FindingResponse as DraftFinding);

/// A line as it travels.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct LineResponse(draft::LineAccount);

described!(LineResponse as LineAccount);

listing! {
    /// Una pagina dei rilievi di una bozza.
    ImportFindingList of FindingResponse
}

listing! {
    /// Una pagina delle righe di un file.
    ImportLineList of LineResponse
}

/// Which findings to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindingsQuery {
    /// Solo quelli di questa regola.
    #[param(nullable = false)]
    code: Option<FindingCodeWord>,
    /// Solo quelli di questa gravità.
    #[param(nullable = false)]
    severity: Option<SeverityWord>,
    /// Solo quelli che stanno così.
    #[param(nullable = false, value_type = Option<FindingStanding>)]
    state: Option<FindingState>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// Which lines to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct LinesQuery {
    /// Solo quelle che sono diventate questo.
    #[param(nullable = false, value_type = Option<LineUse>)]
    became: Option<Use>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// A page of what passes, by its place in the draft.
fn page<T>(all: Vec<T>, request: &PageRequest<()>, passes: impl Fn(&T) -> bool) -> Result<Page<T>, Problem> {
    let after = match &request.after {
        None => None,
        Some(Cursor { key, .. }) => Some(key.parse::<usize>().map_err(|_| Violation::UnknownCursor)?),
    };
    let wanted = |(index, one): &(usize, T)| after.is_none_or(|after| *index > after) && passes(one);
    let mut found = all.into_iter().enumerate().filter(wanted).peekable();
    let mut items = Vec::new();
    let mut last = None;
    while items.len() < usize::from(request.limit)
        && let Some((index, one)) = found.next()
    {
        last = Some(index);
        items.push(one);
    }
    let place = |index: usize| Cursor { key: index.to_string(), id: String::new() };
    let next = if found.peek().is_some() { last.map(place) } else { None };
    Ok(Page { items, next })
}

/// Elenca i rilievi di una bozza
///
/// Che cosa non va o non si è capito, dove sta nel file, che cosa si può fare; una pagina alla volta, nell'ordine della bozza.
#[utoipa::path(tag = "imports", params(ImportPath, FindingsQuery), responses(
    (status = 200, description = "Una pagina di rilievi.", body = ImportFindingList),
    (status = 409, description = "Il file non è stato letto."),
))]
#[get("/{import}/findings")]
pub(crate) async fn list_import_findings(call: Call<ImportPath, FindingsQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let query = &permit.query;
    let listed = Asked { list: "import-findings", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = listed.page(())?;
    let findings = whole(&permit).await?.certificate.findings;
    let passes = |finding: &draft::DraftFinding| {
        query.code.is_none_or(|Word(code)| code == finding.code)
            && query.severity.is_none_or(|Word(severity)| severity == finding.severity)
            && query.state.is_none_or(|state| state == finding.state)
    };
    let page = page(findings, &request, passes)?;
    Answer::ok(&ImportFindingList::from(listed.answer(&permit.app, &permit.request, page, FindingResponse)))
}

/// Elenca le righe di un file
///
/// Che cosa è diventata ciascuna; con `became=not_understood`, quelle che restano da spiegare. Una pagina alla volta, nell'ordine del
/// file.
#[utoipa::path(tag = "imports", params(ImportPath, LinesQuery), responses(
    (status = 200, description = "Una pagina di righe.", body = ImportLineList),
    (status = 409, description = "Il file non è stato letto."),
))]
#[get("/{import}/lines")]
pub(crate) async fn list_import_lines(call: Call<ImportPath, LinesQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let query = &permit.query;
    let listed = Asked { list: "import-lines", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = listed.page(())?;
    let lines = whole(&permit).await?.lines;
    let page = page(lines, &request, |line| query.became.is_none_or(|became| became == line.became))?;
    Answer::ok(&ImportLineList::from(listed.answer(&permit.app, &permit.request, page, LineResponse)))
}
