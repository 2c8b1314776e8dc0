//! What the law leaves open of shared figures and each comune settles for its own, over HTTP.

use std::collections::BTreeMap;

use actix_web::{get, put};
use serde::{Deserialize, Serialize};
use traguardo_documents::Reader;
use traguardo_documents::invoices::is_column;
use traguardo_domain::access::Action;
use traguardo_domain::feeder::{FundRounding, NoRequests, Proration, Settings, SettingsFacts};
use traguardo_domain::text::Line;
use traguardo_domain::version::NamedBy;
use traguardo_domain::{FaultKind, Faults};
use traguardo_persistence::{TenantTx, feeder_settings};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::words::Word;

/// How a delay is read against bands of whole days.
type FundRoundingWord = Word<FundRounding>;
/// What a year without requests is worth.
type NoRequestsWord = Word<NoRequests>;
/// What is asked of whoever worked for a part of the year.
type ProrationWord = Word<Proration>;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_feeder_settings).service(write_feeder_settings);
}

/// Come si chiama una colonna nell'estratto delle fatture del comune.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"column": "supplier", "heading": "Partita IVA"}))]
pub(crate) struct InvoiceColumn {
    /// La colonna: `supplier`, `number`, `issued` e le altre dell'invio in CSV.
    #[schema(min_length = 1, max_length = 40, pattern = "^[a-z][a-z_]*$")]
    #[validate(length(min = 1, max = 40))]
    column: String,
    /// La sua intestazione.
    #[schema(min_length = 1, max_length = 100, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 100))]
    heading: String,
}

/// Le scelte del comune su come si calcolano i suoi indicatori, dove la legge le lascia aperte.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FeederSettingsBody, example = json!({
    "fund_rounding": "nearest", "contested_debt_counts": false, "no_requests": "not_evaluable", "proration": "months",
    "fewest_respondents": 30, "invoice_columns": [{"column": "supplier", "heading": "Partita IVA"}]
}))]
pub(crate) struct FeederSettingsBody {
    /// Come un ritardo con decimali si legge nelle fasce del fondo di garanzia dei debiti commerciali.
    fund_rounding: FundRoundingWord,
    /// Se il debito scaduto e contestato conta nello stock del debito.
    contested_debt_counts: bool,
    /// Quanto vale un anno senza richieste di accesso.
    no_requests: NoRequestsWord,
    /// Quante ore di formazione si attendono da chi ha lavorato una parte dell'anno.
    proration: ProrationWord,
    /// Le risposte di cui c'è bisogno perché di una rilevazione si dica la media.
    #[schema(minimum = 1, maximum = 1000, value_type = i32)]
    fewest_respondents: u16,
    /// Come si chiamano le colonne dell'estratto delle fatture, dove non si chiamano come in quello della piattaforma nazionale.
    #[serde(default)]
    #[schema(min_items = 0, max_items = 40)]
    #[validate(length(max = 40), nested)]
    invoice_columns: Vec<InvoiceColumn>,
}

/// Le scelte del comune su come si calcolano i suoi indicatori; finché non ne fa, quelle usuali.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeederSettings, example = json!({
    "fund_rounding": "nearest", "contested_debt_counts": false, "no_requests": "not_evaluable", "proration": "months",
    "fewest_respondents": 30, "invoice_columns": [], "version": 1
}))]
pub(crate) struct FeederSettingsResponse {
    /// Come un ritardo con decimali si legge nelle fasce del fondo di garanzia dei debiti commerciali.
    fund_rounding: FundRoundingWord,
    /// Se il debito scaduto e contestato conta nello stock del debito.
    contested_debt_counts: bool,
    /// Quanto vale un anno senza richieste di accesso.
    no_requests: NoRequestsWord,
    /// Quante ore di formazione si attendono da chi ha lavorato una parte dell'anno.
    proration: ProrationWord,
    /// Le risposte di cui c'è bisogno perché di una rilevazione si dica la media.
    #[schema(minimum = 1, maximum = 1000, value_type = i32)]
    fewest_respondents: u16,
    /// Come si chiamano le colonne dell'estratto delle fatture, dove non si chiamano come in quello della piattaforma nazionale.
    #[schema(min_items = 0, max_items = 40)]
    invoice_columns: Vec<InvoiceColumn>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

impl From<Settings> for FeederSettingsResponse {
    fn from(settings: Settings) -> Self {
        let facts = settings.facts;
        let column =
            |(column, heading): (String, Line<100>)| InvoiceColumn { column, heading: heading.into() };
        Self {
            fund_rounding: Word(facts.fund_rounding),
            contested_debt_counts: facts.contested_debt_counts,
            no_requests: Word(facts.no_requests),
            proration: Word(facts.proration),
            fewest_respondents: facts.fewest_respondents,
            invoice_columns: facts.invoice_columns.into_iter().map(column).collect(),
            version: settings.version.number(),
        }
    }
}

impl FeederSettingsBody {
    /// What is settled, or everything that is wrong with it.
    fn facts(self) -> Result<SettingsFacts, Problem> {
        let mut faults = Faults::new();
        let mut invoice_columns = BTreeMap::new();
        for (place, InvoiceColumn { column, heading }) in self.invoice_columns.into_iter().enumerate() {
            let mut all = Reader::new(&mut faults);
            let mut at = all.member("invoice_columns");
            let mut at = at.member(&place.to_string());
            let heading = at.take("heading", Line::parse(&heading));
            if !is_column(&column) {
                at.fault("column", FaultKind::UnknownReference, "Le fatture non hanno questa colonna.");
            } else if invoice_columns.contains_key(&column) {
                at.fault("column", FaultKind::Inconsistent, "La colonna è nominata due volte.");
            }
            invoice_columns.extend(heading.map(|heading| (column, heading)));
        }
        let facts = SettingsFacts {
            fund_rounding: self.fund_rounding.0,
            contested_debt_counts: self.contested_debt_counts,
            no_requests: self.no_requests.0,
            proration: self.proration.0,
            fewest_respondents: self.fewest_respondents,
            invoice_columns,
        };
        for fault in facts.faults() {
            faults.push(fault);
        }
        faults.finish(Some(facts)).map_err(Problem::invalid)
    }
}

/// Legge le scelte sui calcoli
///
/// Ciò che la legge lascia aperto e ogni comune decide per i propri indicatori. Finché il comune non decide, valgono le scelte usuali.
#[utoipa::path(tag = "feeds", params(ComunePath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Le scelte.", body = FeederSettingsResponse),
))]
#[get("/feeder-settings")]
pub(crate) async fn read_feeder_settings(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadRegisters)?;
    let settings = permit.tenant(|tx: &mut TenantTx<'_>| Ok(feeder_settings::look_up(tx)?)).await?;
    permit.found(settings.version, &FeederSettingsResponse::from(settings))
}

/// Cambia le scelte sui calcoli
///
/// Valgono dal calcolo successivo: ciò che è già registrato cambia quando il piano è alimentato di nuovo. Serve `If-Match`.
#[utoipa::path(tag = "feeds", params(ComunePath, crate::call::IfMatch), request_body = FeederSettingsBody, responses(
    (status = 200, description = "Le scelte come sono ora.", body = FeederSettingsResponse),
))]
#[put("/feeder-settings")]
pub(crate) async fn write_feeder_settings(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepRegisters)?;
    let condition = permit.condition()?;
    let location = permit.link(permit.request.path());
    let (permit, body) = permit.read::<FeederSettingsBody>().await?;
    let facts = body.facts()?;
    let work = move |tx: &mut TenantTx<'_>| {
        let before = feeder_settings::look_up(tx)?;
        let put = Put { condition, named_by: NamedBy::OurId, location };
        let ways = Ways {
            // They are always there: what nobody settled is as usual.
            create: |_: &mut TenantTx<'_>, facts| {
                Ok(Settings { facts, version: traguardo_domain::Version::FIRST })
            },
            change: |tx: &mut TenantTx<'_>, before: &Settings, facts| {
                let after = Settings { facts, version: before.version.next() };
                feeder_settings::update(tx, before, &after)?;
                Ok(after)
            },
        };
        put.carry_out::<Settings, FeederSettingsResponse, _, _>(tx, Some(before), facts, ways)
    };
    permit.tenant(work).await
}
