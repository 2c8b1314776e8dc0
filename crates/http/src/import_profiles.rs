//! Import profiles over HTTP: those that come with the program, and the comune's own.

use actix_web::{HttpRequest, HttpResponse, delete, get, put};
use serde::Serialize;
use traguardo_documents::profile::{Layout, Profile, shipped};
use traguardo_domain::access::Action;
use traguardo_domain::import::{ProfileName, StoredProfile};
use traguardo_domain::version::{Course, NamedBy};
use traguardo_domain::{Version, Violation};
use traguardo_persistence::{TenantTx, import_profiles};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::body;
use crate::call::{Call, ComunePath, PathOf, segment};
use crate::kept::described;
use crate::problem::{Kind, Problem};
use crate::query::{self, NoQuery};
use crate::reference;

mod bounds;
mod schema;

use schema::{ImportProfile, ProfileLayout};

/// The most bytes a profile may have.
const MOST_BYTES: usize = 262_144;

/// Adds the routes of the comune's own profiles.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_import_profiles)
        .service(read_import_profile)
        .service(write_import_profile)
        .service(remove_import_profile);
}

/// Adds the profiles that come with the program.
pub(crate) fn configure_shipped(config: &mut ServiceConfig) {
    config.service(list_shipped_profiles);
}

/// What a path to a profile names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ProfilePath {
    /// Codice catastale del comune.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Nome del profilo.
    #[param(value_type = String, pattern = "^[a-z][a-z0-9_]*$", max_length = 60, example = "tabella_unica")]
    profile: ProfileName,
}

impl PathOf for ProfilePath {
    fn read(request: &HttpRequest) -> Option<Self> {
        let profile = ProfileName::parse(segment(request, "profile")?).ok()?;
        Some(Self { comune: (), profile })
    }
}

/// Un profilo, in breve.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"name": "tabella_unica", "title": "Una tabella con una riga per obiettivo", "layout": "table", "version": 1}))]
pub(crate) struct ImportProfileSummary {
    /// Nome.
    #[schema(max_length = 60, pattern = "^[a-z][a-z0-9_]*$")]
    name: String,
    /// Che cosa legge.
    #[schema(max_length = 300, pattern = "^[\\s\\S]*$")]
    title: String,
    /// La forma dei piani che legge.
    #[schema(value_type = ProfileLayout)]
    layout: Layout,
    /// Versione, la stessa dell'ETag; assente per quelli del programma.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 2_147_483_647)]
    version: Option<i32>,
}

/// I profili del comune.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"items": []}))]
pub(crate) struct ImportProfileList {
    /// I profili, per nome.
    #[schema(min_items = 0, max_items = 10_000)]
    items: Vec<ImportProfileSummary>,
}

/// I profili del programma, interi: da usare, o da copiare per scriverne uno proprio.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"items": []}))]
pub(crate) struct ShippedProfiles {
    /// I profili, nell'ordine in cui si provano.
    #[schema(min_items = 0, max_items = 100, value_type = Vec<ImportProfile>)]
    items: Vec<Profile>,
}

/// A profile as it was kept.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct ProfileResponse(serde_json::Value);

described!(ProfileResponse as ImportProfile);

impl ImportProfileSummary {
    fn of(profile: &Profile, version: Option<Version>) -> Self {
        Self {
            name: profile.name.clone(),
            title: profile.title.clone(),
            layout: profile.layout,
            version: version.map(Version::number),
        }
    }
}

fn unreadable(error: &serde_json::Error) -> Problem {
    log::error!("an import profile cannot be read back: {error}");
    Problem::of(Kind::Internal)
}

/// Mostra i profili del programma
///
/// Senza token. Ciascuno legge i piani di una forma; un comune che scrive i suoi altrimenti ne conserva uno proprio.
#[utoipa::path(tag = "import-profiles", security(()), params(crate::call::IfNoneMatch), responses(
    (status = 200, description = "I profili.", body = ShippedProfiles),
    (status = 304, description = "Chi chiede li ha già."),
))]
#[get("/import-profiles")]
pub(crate) async fn list_shipped_profiles(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let _: NoQuery = query::read(request.query_string())?;
    let items = shipped().map_err(|error| unreadable(&error))?;
    reference::answer(&request, &ShippedProfiles { items })
}

/// Elenca i profili del comune
///
/// Quelli che il comune ha scritto per i propri piani.
#[utoipa::path(tag = "import-profiles", params(ComunePath), responses(
    (status = 200, description = "I profili.", body = ImportProfileList),
))]
#[get("")]
pub(crate) async fn list_import_profiles(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let stored = permit.tenant(|tx| Ok(import_profiles::all(tx)?)).await?;
    let summary = |one: &StoredProfile| {
        let profile: Profile = serde_json::from_value(one.content.clone())?;
        Ok(ImportProfileSummary::of(&profile, Some(one.version)))
    };
    let items = stored.iter().map(summary).collect::<Result<Vec<_>, _>>();
    Answer::ok(&ImportProfileList { items: items.map_err(|error| unreadable(&error))? })
}

/// Legge un profilo del comune
///
/// Per nome.
#[utoipa::path(tag = "import-profiles", params(ProfilePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il profilo.", body = ProfileResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{profile}")]
pub(crate) async fn read_import_profile(call: Call<ProfilePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadImports)?;
    let name = permit.path.profile.clone();
    let found = permit.tenant(move |tx| Ok(import_profiles::look_up(tx, &name)?)).await?;
    let found = found.ok_or(Violation::NotFound)?;
    permit.found(found.version, &ProfileResponse(found.content))
}

/// Scrive un profilo del comune
///
/// Sostituisce il profilo, o lo crea se non c'è; per cambiarlo serve `If-Match`. Con il nome di uno del programma prende il suo posto.
/// Ciò che è stato letto resta com'è.
#[utoipa::path(tag = "import-profiles", params(ProfilePath, crate::call::Preconditions), request_body = ImportProfile, responses(
    (status = 200, description = "Il profilo com'è ora.", body = ProfileResponse),
    (status = 201, description = "Il profilo creato.", body = ProfileResponse),
))]
#[put("/{profile}")]
pub(crate) async fn write_import_profile(call: Call<ProfilePath>) -> Result<Answer, Problem> {
    let mut permit = call.authorize(Action::EditImports)?;
    let (condition, name) = (permit.condition()?, permit.path.profile.clone());
    let sent = std::mem::replace(&mut permit.body, body::Body::none());
    let bytes = sent.bytes(&["application/json"]).await?;
    let profile = body::parse::<Profile>(&bytes)?;
    if bytes.len() > MOST_BYTES {
        return Err(body::too_large(MOST_BYTES));
    }
    bounds::check(&profile, &name)?;
    let content = serde_json::to_value(&profile).map_err(|error| unreadable(&error))?;
    let location =
        permit.link(&format!("/v1/comuni/{}/import-profiles/{}", permit.grant.comune(), name.as_str()));
    let work = move |tx: &mut TenantTx<'_>| {
        let before = import_profiles::look_up(tx, &name)?;
        let course = condition.course(NamedBy::TheirKey, before.as_ref(), &content)?;
        match (course, before) {
            (Course::Change, Some(before)) => {
                let after = import_profiles::update(tx, &before, content)?;
                Answer::found(after.version, &ProfileResponse(after.content))
            }
            (Course::Leave, Some(before)) => {
                tx.leave_unchanged();
                Answer::found(before.version, &ProfileResponse(before.content))
            }
            (Course::Create, _) | (Course::Change | Course::Leave, None) => {
                let new = StoredProfile { name, content, version: Version::FIRST };
                import_profiles::insert(tx, &new)?;
                Answer::created(location, new.version, &ProfileResponse(new.content))
            }
        }
    };
    permit.tenant(work).await
}

/// Cancella un profilo del comune
///
/// Ciò che è stato letto con esso resta com'è.
#[utoipa::path(tag = "import-profiles", params(ProfilePath, crate::call::IfMatch), responses(
    (status = 204, description = "Cancellato."),
))]
#[delete("/{profile}")]
pub(crate) async fn remove_import_profile(call: Call<ProfilePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::EditImports)?;
    let (condition, name) = (permit.condition()?, permit.path.profile.clone());
    let work = move |tx: &mut TenantTx<'_>| {
        let found = import_profiles::look_up(tx, &name)?.ok_or(Violation::NotFound)?;
        condition.expected.check(found.version)?;
        Ok(import_profiles::delete(tx, &found)?)
    };
    permit.tenant(work).await?;
    Ok(Answer::done())
}
