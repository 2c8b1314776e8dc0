//! The registry of all comuni, over HTTP.

use actix_web::{HttpRequest, get};
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_domain::access::Action;
use traguardo_domain::comune::{ProvinceCode, RegionCode};
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::group::GroupRef;
use traguardo_domain::likeness::folded;
use traguardo_domain::registry::{ClassScheme, Entry, class_of};
use traguardo_domain::{ComuneCode, Version, Violation};
use traguardo_persistence::{CrossTenantTx, Cursor, Page, PageRequest};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, NoPath, PathOf, segment};
use crate::pages::Asked;
use crate::problem::Problem;
use crate::query::parsed;

mod known;
mod wire;

pub(crate) use known::Known;
use wire::{RegistryComune, RegistryComuneList, RegistryEdition, RegistryHistory};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_registry).service(list_registry_comuni).service(read_registry_comune);
}

/// What a path below the registry names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct RegistryPath {
    /// Codice catastale.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    code: ComuneCode,
}

impl PathOf for RegistryPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { code: ComuneCode::parse(segment(request, "code")?).ok()? })
    }
}

/// In which order to list the comuni of the registry.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
pub(crate) enum RegistrySort {
    /// Per nome.
    #[default]
    #[serde(rename = "name")]
    Name,
    /// Per codice catastale.
    #[serde(rename = "code")]
    Code,
}

/// Which comuni of the registry to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RegistryQuery {
    /// Solo i comuni di questa provincia.
    #[param(nullable = false, max_length = 2, pattern = "^[A-Z]{2}$")]
    province: Option<String>,
    /// Solo i comuni di questa regione.
    #[param(nullable = false, max_length = 2, pattern = "^[0-9]{2}$")]
    region: Option<String>,
    /// Solo i comuni di questa classe demografica: schema e numero.
    #[param(
        nullable = false,
        max_length = 11,
        pattern = "^(tuel_156:(1[0-2]|[1-9])|dm_2020:[1-9])$",
        example = "tuel_156:6"
    )]
    class: Option<String>,
    /// Solo i comuni il cui nome contiene queste parole, senza badare a maiuscole e accenti.
    #[param(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^.*\\S.*$",
        example = "truccazzano"
    )]
    words: Option<String>,
    /// I comuni che c'erano in questo giorno; oggi, se non è detto.
    #[param(nullable = false)]
    #[serde(default, deserialize_with = "crate::day::maybe")]
    on: Option<NaiveDate>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    sort: Option<RegistrySort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

/// Which entries of the registry pass.
struct Filter {
    province: Option<ProvinceCode>,
    region: Option<RegionCode>,
    class: Option<(ClassScheme, u8)>,
    words: Option<String>,
}

impl Filter {
    fn of(query: &RegistryQuery) -> Result<Self, Problem> {
        Ok(Self {
            province: parsed("province", query.province.as_ref(), ProvinceCode::parse)?,
            region: parsed("region", query.region.as_ref(), RegionCode::parse)?,
            class: parsed("class", query.class.as_ref(), class)?,
            words: parsed("words", query.words.as_ref(), words)?,
        })
    }

    fn admits(&self, entry: &Entry) -> bool {
        let in_class = |(scheme, class)| {
            entry.population.is_some_and(|population| class_of(scheme, population.residents) == class)
        };
        self.province.as_ref().is_none_or(|province| *province == entry.province)
            && self.region.as_ref().is_none_or(|region| *region == entry.region)
            && self.class.is_none_or(in_class)
            && self.words.as_ref().is_none_or(|words| folded(entry.name.as_str()).contains(words))
    }
}

fn class(text: &str) -> Result<(ClassScheme, u8), Refused> {
    match GroupRef::parse(&format!("class:{text}")) {
        Ok(GroupRef::Class(scheme, class, None)) => Ok((scheme, class)),
        Ok(_) | Err(_) => {
            Err(Refused::new(FaultKind::Malformed, "Schema e numero della classe: tuel_156:6."))
        }
    }
}

fn words(text: &str) -> Result<String, Refused> {
    let folded = folded(text);
    if folded.trim().is_empty() || text.chars().count() > 100 {
        return Err(Refused::new(FaultKind::OutOfBounds, "Da 1 a 100 caratteri, con almeno una lettera."));
    }
    Ok(folded.trim().to_owned())
}

/// What an entry is listed by, and where a page that follows it starts.
fn place(sort: RegistrySort, entry: &Entry) -> Cursor {
    let code = entry.code.to_string();
    let key = match sort {
        RegistrySort::Name => entry.name.as_str().to_owned(),
        RegistrySort::Code => code.clone(),
    };
    Cursor { key, id: code }
}

/// A page of these entries.
fn page<'e>(
    entries: impl Iterator<Item = &'e Entry>,
    request: &PageRequest<RegistrySort>,
) -> Page<&'e Entry> {
    let key = |entry: &Entry| {
        let Cursor { key, id } = place(request.order, entry);
        (key, id)
    };
    let after = request.after.as_ref().map(|cursor| (cursor.key.clone(), cursor.id.clone()));
    let mut rest: Vec<_> = entries
        .map(|entry| (key(entry), entry))
        .filter(|(key, _)| after.as_ref().is_none_or(|after| key > after))
        .collect();
    rest.sort_by(|(one, _), (other, _)| one.cmp(other));
    let limit = usize::from(request.limit);
    let more = rest.len() > limit;
    rest.truncate(limit);
    let items: Vec<&Entry> = rest.into_iter().map(|(_, entry)| entry).collect();
    let next = items.last().filter(|_| more).map(|entry| place(request.order, entry));
    Page { items, next }
}

/// Legge il registro dei comuni in uso
///
/// Quale edizione, caricata quando e presa da dove. È la versione dei gruppi che ne derivano: regioni, province, classi, comuni simili.
#[utoipa::path(tag = "groups", params(crate::call::IfNoneMatch), responses(
    (status = 200, description = "L'edizione in uso.", body = RegistryEdition),
    (status = 304, description = "Chi chiede ha già questa edizione."),
))]
#[get("")]
pub(crate) async fn read_registry(call: Call<NoPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let app = permit.app.clone();
    let registry = permit.across(move |tx: &mut CrossTenantTx<'_>| app.registry().at(tx)).await?;
    let edition = registry.edition().ok_or(Violation::NotFound)?;
    let today = permit.app.today();
    permit.found(Version::stored(edition.number), &RegistryEdition::of(edition, &registry, today))
}

/// Elenca i comuni del registro
///
/// Tutti i comuni italiani di cui il registro dice, anche quelli che non usano il servizio; in un giorno ciascuno una volta.
#[utoipa::path(tag = "groups", params(RegistryQuery), responses(
    (status = 200, description = "Una pagina di comuni.", body = RegistryComuneList),
))]
#[get("/comuni")]
pub(crate) async fn list_registry_comuni(call: Call<NoPath, RegistryQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let query = &permit.query;
    let sort = query.sort.unwrap_or_default();
    let list = match sort {
        RegistrySort::Name => "registry:name",
        RegistrySort::Code => "registry:code",
    };
    let asked = Asked { list, cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(sort)?;
    let filter = Filter::of(query)?;
    let on = query.on.unwrap_or_else(|| permit.app.today());
    let app = permit.app.clone();
    let registry = permit.across(move |tx: &mut CrossTenantTx<'_>| app.registry().at(tx)).await?;
    let found = page(registry.on(on).filter(|entry| filter.admits(entry)), &request);
    let page = asked.answer(&permit.app, &permit.request, found, RegistryComune::from);
    Answer::ok(&RegistryComuneList::from(page))
}

/// Legge un comune del registro
///
/// Attraverso il tempo: che cosa il registro ne dice nei vari periodi, da quali comuni è nato, in quale è proseguito.
#[utoipa::path(tag = "groups", params(RegistryPath), responses(
    (status = 200, description = "Il comune.", body = RegistryHistory),
))]
#[get("/comuni/{code}")]
pub(crate) async fn read_registry_comune(call: Call<RegistryPath>) -> Result<Answer, Problem> {
    let permit = call.authorize_across(Action::Compare)?;
    let app = permit.app.clone();
    let registry = permit.across(move |tx: &mut CrossTenantTx<'_>| app.registry().at(tx)).await?;
    let history = RegistryHistory::of(permit.path.code, &registry, permit.app.today());
    Answer::ok(&history.ok_or(Violation::NotFound)?)
}
