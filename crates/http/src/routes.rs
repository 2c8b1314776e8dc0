//! Which route leads where: the one list, read by the server and by the document alike.
//!
//! Routes are nested as their paths are: a request is matched a segment at a time, and adding a noun slows no other down.

use utoipa_actix_web::scope::scope;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    access_requests, adoptions, attestations, audit, authors, benchmarks, bulk, code_lists, comuni, consents,
    evaluations, evidence, feeder_settings, feeds, figures, findings, groups, health, identity,
    import_profiles, imports, invoices, legal_parameters, measurements, members, oauth, objectives,
    obligations, parts, payment_figures, payment_time, plan_documents, plans, procedures, publication_checks,
    publications, published, readings, registry, reports, rounds, rulebooks, saved_queries, scores, secrets,
    sections, sheets, simulations, surveys, templates, training, transitions, units, versions, worklist,
};

/// Adds every operation of the API, below its version.
pub fn configure(config: &mut ServiceConfig) {
    config.service(scope("/comuni/{comune}").configure(of_a_comune));
    comuni::configure_all(config);
    code_lists::configure(config);
    obligations::configure(config);
    findings::configure_review(config);
    readings::configure(config);
    config.service(scope("/public").configure(of_the_public));
    legal_parameters::configure(config);
    import_profiles::configure_shipped(config);
    rulebooks::configure_shipped(config);
    config.service(scope("/authors").configure(authors::configure));
    config.service(scope("/templates").configure(templates::configure));
    config.service(scope("/registry").configure(registry::configure));
    config.service(scope("/groups").configure(groups::configure));
    config.service(scope("/benchmarks").configure(benchmarks::configure));
    benchmarks::configure_beside(config);
    config.service(scope("/saved-queries").configure(saved_queries::configure));
    identity::configure(config);
    oauth::configure(config);
    health::configure(config);
}

fn of_a_comune(config: &mut ServiceConfig) {
    config.service(scope("/plans").configure(of_plans));
    config.service(scope("/units").configure(units::configure));
    config.service(scope("/members").configure(of_members));
    config.service(scope("/imports").configure(imports::configure));
    config.service(scope("/import-profiles").configure(import_profiles::configure));
    config.service(scope("/rulebooks").configure(rulebooks::configure));
    config.service(scope("/sheets").configure(sheets::configure));
    config.service(scope("/consents").configure(consents::configure));
    of_registers(config);
    sheets::configure_statistics(config);
    comuni::configure(config);
    objectives::configure_search(config);
    audit::configure(config);
}

/// The facts a comune's own programs hold, and what is computed from them.
fn of_registers(config: &mut ServiceConfig) {
    config.service(scope("/invoices").configure(invoices::configure));
    config.service(scope("/publication-checks").configure(publication_checks::configure));
    config.service(scope("/access-requests").configure(access_requests::configure));
    config.service(scope("/procedures").configure(procedures::configure));
    config.service(scope("/training").configure(training::configure));
    config.service(scope("/surveys").configure(surveys::configure));
    invoices::configure_beside(config);
    publication_checks::configure_beside(config);
    access_requests::configure_beside(config);
    procedures::configure_beside(config);
    training::configure_beside(config);
    surveys::configure_beside(config);
    payment_figures::configure(config);
    attestations::configure(config);
    figures::configure(config);
    feeder_settings::configure(config);
}

fn of_the_public(config: &mut ServiceConfig) {
    versions::configure_public(config);
    published::configure(config);
}

fn of_plans(config: &mut ServiceConfig) {
    config.service(scope("/{plan}/objectives").configure(of_objectives));
    config.service(scope("/{plan}/sections").configure(sections::configure));
    config.service(scope("/{plan}/rounds").configure(rounds::configure));
    config.service(scope("/{plan}/evidence").configure(evidence::configure));
    config.service(scope("/{plan}/scores").configure(scores::configure));
    config.service(scope("/{plan}/evaluations").configure(evaluations::configure));
    config.service(scope("/{plan}/payment-time").configure(payment_time::configure));
    config.service(scope("/{plan}/adoptions").configure(adoptions::configure));
    config.service(scope("/{plan}/publications").configure(publications::configure));
    config.service(scope("/{plan}/feeds").configure(feeds::configure));
    adoptions::configure_suggestions(config);
    evaluations::configure_certifications(config);
    measurements::configure(config);
    worklist::configure(config);
    simulations::configure(config);
    reports::configure(config);
    plans::configure(config);
    plan_documents::configure(config);
    bulk::configure(config);
    findings::configure(config);
    transitions::configure(config);
    versions::configure(config);
}

fn of_objectives(config: &mut ServiceConfig) {
    objectives::configure(config);
    parts::configure(config);
}

fn of_members(config: &mut ServiceConfig) {
    members::configure(config);
    secrets::configure(config);
}
