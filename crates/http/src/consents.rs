//! To whom a comune lets its results be shown, over HTTP.

use std::collections::BTreeSet;

use actix_web::{get, post};
use traguardo_domain::access::Action;
use traguardo_domain::consent::Consent;
use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::text::Code;
use traguardo_persistence::{TenantTx, consents, publications};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, ComunePath};
use crate::keyed::Confidence;
use crate::problem::Problem;

mod wire;

use wire::{ConsentResponse, ConsentsResponse, NewConsent};

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(read_consents).service(give_consent);
}

/// Legge i consensi e ciò che ne segue
///
/// Le voci del registro, dall'ultima; e, per ogni indicatore nominato o pubblicato, come si è mostrati a ciascuno, oggi e dal giorno
/// detto. Senza una voce non si è mostrati a nessuno.
#[utoipa::path(tag = "publications", params(ComunePath), responses(
    (status = 200, description = "Il registro e ciò che ne segue.", body = ConsentsResponse),
))]
#[get("")]
pub(crate) async fn read_consents(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadResults)?;
    let today = permit.app.today();
    let work = |tx: &mut TenantTx<'_>| Ok((consents::all(tx)?, consents::indicators(tx)?));
    let (ledger, published) = permit.tenant(work).await?;
    let named = ledger.iter().filter_map(|entry| entry.facts.indicator.clone());
    let indicators: BTreeSet<Code> = published.into_iter().chain(named).collect();
    Answer::ok(&ConsentsResponse::of(&ledger, &indicators, today))
}

/// Dà o ritira un consenso
///
/// È una voce nuova del registro: vale da subito, nei confronti e nelle statistiche, e conta l'ultima. La voce di un indicatore viene
/// prima di quella generale. Chi si mostra a tutti si mostra anche alle regioni e ai gruppi.
#[utoipa::path(tag = "publications", params(ComunePath, crate::call::IdempotencyKey), request_body = NewConsent, responses(
    (status = 201, description = "La voce.", body = ConsentResponse),
))]
#[post("")]
pub(crate) async fn give_consent(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::GiveConsents)?;
    let (location, today) = (permit.link(permit.request.path()), permit.app.today());
    let work = move |tx: &mut TenantTx<'_>, body: NewConsent| {
        let facts = body.facts()?;
        if let Some(indicator) = &facts.indicator
            && !publications::is_shared(tx, indicator)?
        {
            let detail = "Nessun obiettivo condiviso ha questo indicatore.";
            let fault = Refused::new(FaultKind::UnknownReference, detail).at("/indicator");
            return Err(Problem::invalid(vec![fault]));
        }
        let by = (tx.occasion().at, tx.member());
        let consent = Consent::record(&consents::all(tx)?, facts, by, today)?;
        consents::record(tx, &consent)?;
        Answer::created_without_version(location, &ConsentResponse::from(&consent))
    };
    permit.keyed(Confidence::Open, work).await
}
