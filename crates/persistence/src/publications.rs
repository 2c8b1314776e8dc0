//! What was published of plans for comparison: added and read, never altered; and the facts that stand of it.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::Serialize;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::comune::Comune;
use traguardo_domain::consent::{Consent, exposure};
use traguardo_domain::digest::Digest;
use traguardo_domain::fact::{Drawn, Fact, Publication};
use traguardo_domain::figure::Figure;
use traguardo_domain::period::Year;
use traguardo_domain::plan::PlanId;
use traguardo_domain::plan::document::PlanDocument;
use traguardo_domain::template::Template;
use traguardo_domain::text::Code;
use uuid::Uuid;

use crate::consents::ExposureRow;
use crate::error::Error;
use crate::json::Json;
use crate::page::{Cursor, Page, PageRequest};
use crate::schema::{facts, publications, templates};
use crate::tenant::TenantTx;
use crate::{comuni, consents};

/// A publication, with what it was made from.
#[derive(Debug, Clone, Serialize)]
pub struct Published {
    /// The publication.
    pub publication: Publication,
    /// The version of the plan.
    pub plan_version: i32,
    /// The digest of the publication.
    pub digest: Digest,
}

type Row = (i32, i16, DateTime<Utc>, Option<Uuid>, NaiveDate, bool, i32, Vec<u8>, Json<Drawn>);

/// The columns of a publication, in the order of its row.
macro_rules! columns {
    () => {
        (
            publications::number,
            publications::year,
            publications::published_at,
            publications::member,
            publications::at,
            publications::certified,
            publications::plan_version,
            publications::digest,
            publications::content,
        )
    };
}

/// A page of the publications of a plan, the last first.
///
/// # Errors
/// When the database fails.
pub fn list(tx: &mut TenantTx<'_>, plan: PlanId, page: &PageRequest<()>) -> Result<Page<Published>, Error> {
    let mut query = publications::table
        .filter(publications::comune.eq(tx.comune().to_owned()))
        .filter(publications::plan.eq(plan.0))
        .order(publications::number.desc())
        .limit(page.probe())
        .select(columns!())
        .into_boxed();
    if let Some(cursor) = &page.after {
        let (_, number) = cursor.read::<String, i32>()?;
        query = query.filter(publications::number.lt(number));
    }
    let rows = query.load::<Row>(tx.connection())?;
    let found = rows.into_iter().map(|row| published(plan, row)).collect::<Result<Vec<_>, _>>()?;
    let place = |last: &Published| Cursor { key: String::new(), id: last.publication.number.to_string() };
    Ok(Page::cut(found, page, place))
}

/// The publication of a plan with this number; the last one without a number.
///
/// # Errors
/// When the database fails.
pub fn look_up(tx: &mut TenantTx<'_>, plan: PlanId, number: Option<i32>) -> Result<Option<Published>, Error> {
    let mut query = publications::table
        .filter(publications::comune.eq(tx.comune().to_owned()))
        .filter(publications::plan.eq(plan.0))
        .order(publications::number.desc())
        .select(columns!())
        .into_boxed();
    if let Some(number) = number {
        query = query.filter(publications::number.eq(number));
    }
    query.first::<Row>(tx.connection()).optional()?.map(|row| published(plan, row)).transpose()
}

impl Published {
    /// A publication of a version of a plan, with its digest.
    ///
    /// # Errors
    /// When it cannot be serialised, which does not happen.
    pub fn new(publication: Publication, plan_version: i32) -> Result<Self, Error> {
        let digest =
            Digest::of_object(&publication).map_err(|error| Error::inconsistent("publication", error))?;
        Ok(Self { publication, plan_version, digest })
    }
}

/// Keeps a publication, and puts its facts in the place of those the plan published before and of those of the same indicators
/// and year that another plan did. They are shown as the comune's ledger of consents says, in its region and with its residents
/// of now.
///
/// The plan's version must be there, and the comune registered. Whoever holds a grant for
/// [`traguardo_domain::access::Action::PublishResults`] may call it, the operator included.
///
/// # Errors
/// When the database fails.
pub fn publish(tx: &mut TenantTx<'_>, published: &Published) -> Result<(), Error> {
    let publication = &published.publication;
    let row = (
        publications::comune.eq(tx.comune().to_owned()),
        publications::plan.eq(publication.plan.0),
        publications::number.eq(publication.number),
        publications::year.eq(publication.year.number()),
        publications::published_at.eq(publication.published_at),
        publications::member.eq(publication.member),
        publications::at.eq(publication.at),
        publications::certified.eq(publication.certified),
        publications::plan_version.eq(published.plan_version),
        publications::digest.eq(published.digest.as_bytes().to_vec()),
        publications::content.eq(Json(publication.drawn.clone())),
    );
    diesel::insert_into(publications::table).values(row).execute(tx.connection())?;
    replace_facts(tx, publication)?;
    let id = format!("{}/{}", publication.plan.0, publication.number);
    tx.touch(ObjectKind::Publication, &id, None, Some(published))
}

fn replace_facts(tx: &mut TenantTx<'_>, publication: &Publication) -> Result<(), Error> {
    let told = &publication.drawn.facts;
    let again: Vec<String> = told.iter().map(|fact| fact.indicator.as_str().to_owned()).collect();
    let standing = facts::table
        .filter(facts::comune.eq(tx.comune().to_owned()))
        .filter(facts::year.eq(publication.year.number()))
        .filter(facts::plan.eq(publication.plan.0).or(facts::indicator.eq_any(again)));
    diesel::delete(standing).execute(tx.connection())?;
    if told.is_empty() {
        return Ok(());
    }
    let comune = comuni::find(tx)?;
    let ledger = consents::all(tx)?;
    let rows: Vec<FactRow> =
        told.iter().map(|fact| FactRow::of(&comune, publication, &ledger, fact)).collect();
    diesel::insert_into(facts::table).values(&rows).execute(tx.connection())?;
    Ok(())
}

/// The number of the next publication of a plan.
///
/// # Errors
/// When the database fails.
pub fn next_number(tx: &mut TenantTx<'_>, plan: PlanId) -> Result<i32, Error> {
    let last = publications::table
        .filter(publications::comune.eq(tx.comune().to_owned()))
        .filter(publications::plan.eq(plan.0))
        .select(diesel::dsl::max(publications::number))
        .first::<Option<i32>>(tx.connection())?;
    Ok(last.unwrap_or_default().saturating_add(1))
}

/// The versions of the templates a plan follows, and the current version of each: one statement, however many they are.
///
/// # Errors
/// When the database fails.
pub fn followed(tx: &mut TenantTx<'_>, document: &PlanDocument) -> Result<Vec<Template>, Error> {
    let adopted = || document.objectives.iter().map(|objective| &objective.facts);
    let codes: Vec<String> =
        adopted().filter_map(|facts| Some(facts.template.as_ref()?.as_str().to_owned())).collect();
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<i32> = adopted().filter_map(|facts| facts.template_version).collect();
    let later = diesel::alias!(templates as later);
    let superseded = diesel::dsl::exists(
        later
            .filter(later.field(templates::code).eq(templates::code))
            .filter(later.field(templates::number).gt(templates::number)),
    );
    let rows = templates::table
        .filter(templates::code.eq_any(codes))
        .filter(templates::number.eq_any(numbers).or(diesel::dsl::not(superseded)))
        .select(templates::content)
        .load::<Json<Template>>(tx.connection())?;
    Ok(rows.into_iter().map(|Json(template)| template).collect())
}

/// Whether some version of a template has this indicator.
///
/// # Errors
/// When the database fails.
pub fn is_shared(tx: &mut TenantTx<'_>, indicator: &Code) -> Result<bool, Error> {
    // Its code begins with the template's, and either may have points in it.
    let text = indicator.as_str();
    let of: Vec<String> =
        text.match_indices('.').filter_map(|(at, _)| Some(text.get(..at)?.to_owned())).collect();
    let rows = templates::table.filter(templates::code.eq_any(of)).select(templates::content).load::<Json<
        Template,
    >>(
        tx.connection(),
    )?;
    Ok(rows.iter().any(|Json(template)| template.indicator(indicator).is_some()))
}

#[derive(Insertable)]
#[diesel(table_name = facts)]
struct FactRow {
    comune: String,
    indicator: String,
    year: i16,
    definition: i32,
    plan: Uuid,
    publication: i32,
    value: String,
    numerator: Option<String>,
    denominator: Option<String>,
    score: Option<String>,
    grade: &'static str,
    shortfalls: Vec<&'static str>,
    certified: bool,
    published_at: DateTime<Utc>,
    region: String,
    residents: Option<i32>,
    #[diesel(embed)]
    shown: ExposureRow,
}

impl FactRow {
    fn of(comune: &Comune, publication: &Publication, ledger: &[Consent], fact: &Fact) -> Self {
        let text = |figure: Option<Figure>| figure.map(String::from);
        Self {
            comune: comune.code.to_string(),
            indicator: fact.indicator.as_str().to_owned(),
            year: fact.year.number(),
            definition: fact.definition,
            plan: publication.plan.0,
            publication: publication.number,
            value: fact.value.to_string(),
            numerator: text(fact.numerator),
            denominator: text(fact.denominator),
            score: text(fact.score),
            grade: fact.grade().word(),
            shortfalls: fact.shortfalls.iter().map(|shortfall| shortfall.word()).collect(),
            certified: publication.certified,
            published_at: publication.published_at,
            region: comune.identity.region.as_str().to_owned(),
            residents: comune.identity.population.map(|population| population.residents),
            shown: ExposureRow::of(&exposure(ledger, &fact.indicator)),
        }
    }
}

fn published(plan: PlanId, row: Row) -> Result<Published, Error> {
    let (number, year, published_at, member, at, certified, plan_version, digest, Json(drawn)) = row;
    let unfit = |why: &dyn std::fmt::Display| Error::inconsistent("publication", why);
    let year = Year::parse(i32::from(year)).map_err(|error| unfit(&error.detail))?;
    let digest = Digest::stored(&digest).ok_or_else(|| unfit(&"its digest is no SHA-256"))?;
    let publication = Publication { plan, number, year, published_at, member, at, certified, drawn };
    Ok(Published { publication, plan_version, digest })
}
