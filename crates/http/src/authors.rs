//! The bodies that write shared objectives, over HTTP.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, get, put};
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::fault::Refused;
use traguardo_domain::member::MemberId;
use traguardo_domain::template::{Author, AuthorFacts, AuthorKind};
use traguardo_domain::text::{Code, Line};
use traguardo_domain::version::{NamedBy, Version};
use traguardo_domain::{FaultKind, Faults, Violation};
use traguardo_persistence::authors::{Filter, KnownAuthor};
use traguardo_persistence::{CrossTenantTx, TenantTx, authors, members};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, NoPath, PathOf, segment};
use crate::pages::{Asked, listing};
use crate::precondition;
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::words::Word;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_authors).service(read_author).service(write_author);
}

/// What kind of body an author is.
type AuthorKindWord = Word<AuthorKind>;

/// What a path to an author names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct AuthorPath {
    /// Codice dell'autore.
    #[param(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length = 40, example = "traguardo")]
    author: Code,
}

/// The code a segment of a path is: one without a slash, which could stand in no path.
pub(crate) fn code_in(request: &HttpRequest, name: &str) -> Option<Code> {
    Code::parse(segment(request, name)?).ok().filter(|code| !code.as_str().contains('/'))
}

impl PathOf for AuthorPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { author: code_in(request, "author")? })
    }
}

/// Un autore di obiettivi condivisi: che cos'è, come si chiama, chi pubblica per lui.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "region", "name": "Regione Lombardia", "members": ["0193a5c0-0000-7000-8000-000000000003"]
}))]
pub(crate) struct AuthorBody {
    /// Che cos'è.
    kind: AuthorKindWord,
    /// Nome.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 200))]
    name: String,
    /// I membri della piattaforma che pubblicano per lui.
    #[schema(min_items = 0, max_items = 200)]
    #[validate(length(max = 200))]
    members: Vec<Uuid>,
}

/// Un autore registrato.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Author, example = json!({"code": "traguardo", "kind": "platform", "name": "Traguardo", "version": 1}))]
pub(crate) struct AuthorResponse {
    /// Codice.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    code: String,
    /// Che cos'è.
    kind: AuthorKindWord,
    /// Nome.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// I membri che pubblicano per lui; solo per chi è della piattaforma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, min_items = 0, max_items = 200)]
    members: Option<Vec<Uuid>>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di autori, per codice.
    AuthorList of AuthorResponse
}

/// Which authors to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuthorQuery {
    /// Solo gli autori di questo tipo.
    #[param(nullable = false)]
    kind: Option<AuthorKindWord>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

impl From<Author> for AuthorResponse {
    fn from(author: Author) -> Self {
        Self {
            code: author.code.into(),
            kind: Word(author.facts.kind),
            name: author.facts.name.into(),
            members: Some(author.facts.members.into_iter().collect()),
            version: author.version.number(),
        }
    }
}

impl From<KnownAuthor> for AuthorResponse {
    fn from(author: KnownAuthor) -> Self {
        let KnownAuthor { code, kind, name, version } = author;
        let version = version.number();
        Self { code: code.into(), kind: Word(kind), name: name.into(), members: None, version }
    }
}

impl AuthorBody {
    /// What is said, when every member named is one of the platform's.
    fn read(self, tx: &mut TenantTx<'_>) -> Result<AuthorFacts, Problem> {
        let mut faults = Faults::new();
        let name = faults.take("/name", Line::parse(&self.name));
        for (index, member) in self.members.iter().enumerate() {
            if members::look_up(tx, MemberId(*member))?.is_none() {
                let detail = "Non è un membro della piattaforma.";
                let refused = Refused::new(FaultKind::UnknownReference, detail);
                faults.push(refused.at(&format!("/members/{index}")));
            }
        }
        let members: BTreeSet<Uuid> = self.members.into_iter().collect();
        let facts = name.map(|name| AuthorFacts { kind: self.kind.0, name, members });
        faults.finish(facts).map_err(Problem::invalid)
    }
}

/// Elenca gli autori
///
/// Chi scrive obiettivi condivisi: la piattaforma, una regione, un'unione di comuni, una software house. Tutti li conoscono.
#[utoipa::path(tag = "templates", params(AuthorQuery), responses(
    (status = 200, description = "Una pagina di autori.", body = AuthorList),
))]
#[get("")]
pub(crate) async fn list_authors(call: Call<NoPath, AuthorQuery>) -> Result<Answer, Problem> {
    let query = call.query()?;
    let asked = Asked { list: "authors:code", cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(())?;
    let filter = Filter { kind: query.kind.map(|word| word.0) };
    let (app, http) = (call.app().clone(), call.request().clone());
    let work = move |tx: &mut CrossTenantTx<'_>| Ok(authors::list(tx, &filter, &request)?);
    let page = call.across(Action::ReadTemplates, work).await?;
    Answer::ok(&AuthorList::from(asked.answer(&app, &http, page, AuthorResponse::from)))
}

/// Legge un autore
///
/// Per codice. Chi è della piattaforma vede anche i membri che pubblicano per lui.
#[utoipa::path(tag = "templates", params(AuthorPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'autore.", body = AuthorResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{author}")]
pub(crate) async fn read_author(call: Call<AuthorPath>) -> Result<Answer, Problem> {
    if call.actor().comune.is_platform() {
        let permit = call.authorize_at_home(Action::ReadTemplates)?;
        let code = permit.path.author.clone();
        let found = permit.tenant(move |tx| Ok(authors::look_up(tx, &code)?)).await?;
        let author = found.ok_or(Violation::NotFound)?;
        return permit.found(author.version, &AuthorResponse::from(author));
    }
    let path = AuthorPath::read(call.request()).ok_or(Violation::NotFound)?;
    call.query()?;
    let work = move |tx: &mut CrossTenantTx<'_>| Ok(authors::look_up_across(tx, &path.author)?);
    let author = call.across(Action::ReadTemplates, work).await?.ok_or(Violation::NotFound)?;
    if precondition::already_holds(call.request().headers(), author.version)? {
        return Ok(Answer::not_modified(author.version));
    }
    Answer::found(author.version, &AuthorResponse::from(author))
}

/// Scrive un autore
///
/// Lo fa chi amministra la piattaforma. Se non c'è lo registra; per cambiarlo serve `If-Match`. Pubblicano i membri elencati che hanno il
/// ruolo `template_author`.
#[utoipa::path(tag = "templates", params(AuthorPath, crate::call::Preconditions), request_body = AuthorBody, responses(
    (status = 200, description = "L'autore com'è ora.", body = AuthorResponse),
    (status = 201, description = "L'autore registrato.", body = AuthorResponse),
))]
#[put("/{author}")]
pub(crate) async fn write_author(call: Call<AuthorPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_at_home(Action::KeepAuthors)?;
    let (condition, code) = (permit.condition()?, permit.path.author.clone());
    let location = permit.link(&format!("/v1/authors/{}", code.as_str()));
    let (permit, body) = permit.read::<AuthorBody>().await?;
    let put = Put { condition, named_by: NamedBy::TheirKey, location };
    let work = move |tx: &mut TenantTx<'_>| {
        let facts = body.read(tx)?;
        let before = authors::look_up(tx, &code)?;
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts| {
                let author = Author { code, facts, version: Version::FIRST };
                authors::insert(tx, &author)?;
                Ok(author)
            },
            change: |tx: &mut TenantTx<'_>, before: &Author, facts| {
                let after = Author { code: before.code.clone(), facts, version: before.version.next() };
                authors::update(tx, before, &after)?;
                Ok(after)
            },
        };
        put.carry_out::<Author, AuthorResponse, _, _>(tx, before, facts, ways)
    };
    permit.tenant(work).await
}
