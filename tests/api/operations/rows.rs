//! The table: one row an operation, in the order of the nouns.

use traguardo_domain::access::Action;

use super::{Gate, Row};

const fn reads(operation: &'static str, action: Action) -> Row {
    Row { operation, gate: Gate::Acts(action), success: 200, body: None }
}

const fn acts(operation: &'static str, action: Action, success: u16) -> Row {
    Row { operation, gate: Gate::Acts(action), success, body: None }
}

const fn sends(operation: &'static str, action: Action, success: u16, body: &'static str) -> Row {
    Row { operation, gate: Gate::Acts(action), success, body: Some(body) }
}

const COMUNE: &str = r#"{"name": "Altro nome", "province": "BS", "region": "03",
    "identifiers": [{"scheme": "istat", "value": "017113", "valid_from": "1861-03-17"}]}"#;
const UNIT: &str =
    r#"{"code": "NUOVA", "name": "Ufficio nuovo", "kind": "office", "valid_from": "2025-01-01"}"#;
const OTHER_UNIT: &str =
    r#"{"code": "ALTRA", "name": "Ufficio altro", "kind": "office", "valid_from": "2025-01-01"}"#;
const MEMBER: &str = r#"{"kind": "person", "label": "Membro nuovo", "roles": ["lettore"]}"#;
const PLAN: &str = r#"{"year": 2028, "kind": "standalone", "title": "Piano nuovo"}"#;
const OTHER_PLAN: &str = r#"{"year": 2029, "kind": "standalone", "title": "Piano altro"}"#;

const DOCUMENT: &str = r#"{"format": "traguardo.plan.v1", "comune": "{comune}",
    "plan": {"year": 2031, "kind": "standalone", "title": "Piano scritto"}}"#;
const ORDER: &str = r#"{"objectives": []}"#;
const SECTION: &str = r#"{"kind": "mandate", "title": "Mandato", "body": "Le linee del mandato."}"#;
const OBJECTIVE: &str = r#"{"title": "Obiettivo nuovo"}"#;
const BULK: &str =
    r#"{"items": [{"operation": "put", "path": "ext:MOLTI", "value": {"title": "Obiettivo fra molti"}}]}"#;
const ASSIGNMENT: &str = r#"{"unit_code": "AREA-2"}"#;
const OTHER_ASSIGNMENT: &str = r#"{"unit_code": "AREA-1"}"#;
const PHASE: &str = r#"{"title": "Fase nuova"}"#;
const INDICATOR: &str = r#"{"name": "Indicatore nuovo"}"#;
const CERTIFIED_DELAY: &str =
    r#"{"delay_days": "-1", "source": "Piattaforma", "day": "2026-02-10", "act": "Verbale n. 4"}"#;
const FORECAST_DELAY: &str =
    r#"{"delay_days": "2.4", "period": {"from": "2025-01-01", "to": "2025-09-30"}, "source": "Contabilità"}"#;
const QUOTA: &str = r#"{"pay": "3000", "share": "30", "score": "92"}"#;
const PAYMENT_FORECAST: &str = r#"{"year": 2025, "payments": [{"supplier": "01234567890", "number": "canarino-{comune}",
    "issued": "2025-01-08", "day": "2025-12-01", "amount": "1"}]}"#;
const FUND_FORECAST: &str = r#"{"year": 2026, "debt_before": "100000", "debt": "92000", "received": "2000000",
    "appropriations": "1200000", "earmarked": "200000", "communicated": true, "delay_days": "8.81"}"#;
const QUOTA_FORECAST: &str = r#"{"year": 2025, "responsibles": [{"label": "Responsabile nuovo", "pay": "3000", "share": "30", "score": "92"}]}"#;
const PROFILE: &str = r#"{"name": "{profile}", "title": "Profilo nuovo", "layout": "table"}"#;
const SETTLEMENTS: &str = r#"{"settlements": [{"type": "apply_safe"}]}"#;

const CHECK: &str =
    r#"{"year": 2025, "obligation": "16.03", "checked_on": "2025-05-31", "up_to_date": true}"#;
const CHECKS: &str = r#"{"items": [{"key": "altra", "year": 2025, "obligation": "16.03", "checked_on": "2025-05-31",
    "up_to_date": true}]}"#;

const ROUND: &str = r#"{"title": "Raccolta nuova", "period": {"from": "2030-01-01", "to": "2030-06-30"},
    "window": {"from": "2030-07-01", "to": "2030-07-31"}}"#;
const MEASUREMENT: &str = r#"{"subject": "ext:OB1/indicators/ext:I1", "assignment": "ext:A1",
    "period": {"from": "2037-01-01", "to": "2037-06-30"}, "value": {"type": "number", "figure": "80"}, "standing": "final"}"#;
const MEASUREMENTS: &str = r#"{"items": [{"subject": "ext:OB1", "period": {"from": "2037-01-01", "to": "2037-06-30"},
    "value": {"type": "done", "done": true}, "standing": "provisional"}]}"#;
/// What is sent as evidence: no JSON.
pub(super) const EVIDENCE: &str = "anno;giorni\n2037;-3,2\n";

const SHEET_CONTENT: &str = r#"{"category": "manager", "scheme": {"name": "Responsabili"},
    "components": [{"code": "STR", "kind": "unit", "title": "La struttura", "weight": "100", "points": "80"}]}"#;
const SHEET: &str = r#"{"plan": "ext:canarino-{comune}.approvato", "person": "ext:demo:dipendente",
    "content": {"category": "staff", "scheme": {"name": "Personale"},
    "components": [{"code": "STR", "kind": "unit", "title": "La struttura", "weight": "100"}]}}"#;
const RULEBOOK: &str = r#"{"title": "Sistema nuovo",
    "formulas": {"cap": "110", "late": [], "above_range": "full", "least_point": "1", "scale": "of_target", "parts": "mean"},
    "absences": {"missing": "zero", "not_due": "excluded", "not_applicable": "excluded", "not_evaluable": "excluded"},
    "roll_ups": {"objective": "indicators", "phases_share": "50", "comune": "equal"},
    "bands": [{"code": "tutto", "label": "Tutto", "from": "0", "effect": {"type": "proportional"}}], "band_on": "shown"}"#;
const SIMULATION: &str = r#"{"shipped": "binary"}"#;

const AUTHOR: &str = r#"{"kind": "platform", "name": "Traguardo", "members": []}"#;
const TEMPLATE: &str =
    r#"{"author": "traguardo", "content": {"title": "T", "purpose": "P", "scope": "comune"}}"#;
const QUESTION: &str =
    r#"{"indicators": ["T1.itp"], "years": [2025], "group": "region:03", "figures": "statistics"}"#;
const SAVED_QUERY: &str = r#"{"name": "Un altro nome", "question": {"indicators": ["T1.itp"], "years": [2025],
    "group": "region:03", "figures": "statistics"}}"#;

const ACCESS_REQUEST: &str =
    r#"{"kind": "documentary", "object": "Pratica edilizia", "received": "2025-03-01"}"#;
const ACCESS_REQUESTS: &str =
    r#"{"items": [{"key": "PROVA-1", "kind": "simple", "object": "Bilancio", "received": "2025-03-01"}]}"#;
const PROCEDURE: &str = r#"{"kind": "Permesso di costruire", "started": "2025-03-01", "term_days": 90}"#;
const PROCEDURES: &str =
    r#"{"items": [{"key": "PROVA-1", "kind": "Permesso di costruire", "started": "2025-03-01"}]}"#;
const BILL: &str = r#"{"supplier": "01234567890", "number": "canarino-{comune}", "issued": "2025-01-08", "received": "2025-01-10",
    "total": "1000"}"#;
const BILLS: &str = r#"{"items": [{"invoice": {"supplier": "01234567890", "number": "77", "issued": "2025-01-08",
    "received": "2025-01-10", "total": "1000"}}]}"#;
const PAYMENTS: &str = r#"{"items": [{"supplier": "01234567890", "number": "78", "issued": "2025-01-08", "reference": "1",
    "day": "2025-02-04", "amount": "10.50"}]}"#;
/// A file of bills, sent as what it is.
pub(super) const EXTRACT: &str = "Codice fiscale fornitore;Numero fattura;Data emissione;Data ricezione;Importo totale;IVA split payment\n\
    01234567890;79;08/01/2025;10/01/2025;1.000,00;0\n";

const TRAINING: &str = r#"{"person": "D-2", "year": 2025, "role": "general", "service_from": "2025-01-01",
    "courses": [{"hours": "12.5", "certified": true, "concluded": "2025-05-20"}]}"#;
const TRAININGS: &str = r#"{"items": [{"key": "PROVA-1", "person": "D-3", "year": 2025, "role": "local_police",
    "service_from": "2025-01-01"}]}"#;
const SURVEY: &str = r#"{"service": "Biblioteca", "period": {"from": "2025-05-01", "to": "2025-05-31"},
    "scale": {"from": 1, "to": 5}, "answers": [{"point": 4, "count": 20}]}"#;
const SURVEYS: &str = r#"{"items": [{"key": "PROVA-1", "service": "Biblioteca", "period": {"from": "2025-05-01",
    "to": "2025-05-31"}, "scale": {"from": 1, "to": 10}, "answers": []}]}"#;

const FEEDER_SETTINGS: &str = r#"{"fund_rounding": "any_delay", "contested_debt_counts": true, "no_requests": "full",
    "proration": "days", "fewest_respondents": 20}"#;

/// The table.
pub(crate) const ROWS: &[Row] = &[
    Row { operation: "read_status", gate: Gate::Public, success: 200, body: None },
    Row { operation: "list_code_lists", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_code_list", gate: Gate::Public, success: 200, body: None },
    Row { operation: "list_legal_parameters", gate: Gate::Public, success: 200, body: None },
    Row { operation: "issue_token", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_identity", gate: Gate::Known, success: 200, body: None },
    reads("list_comuni", Action::ListComuni),
    reads("read_comune", Action::ReadComune),
    sends("write_comune", Action::KeepComuni, 200, COMUNE),
    reads("list_units", Action::ReadUnits),
    sends("add_unit", Action::EditUnits, 201, UNIT),
    reads("read_unit", Action::ReadUnits),
    sends("write_unit", Action::EditUnits, 200, OTHER_UNIT),
    acts("remove_unit", Action::EditUnits, 204),
    reads("list_members", Action::ReadMembers),
    sends("register_member", Action::KeepMembers, 201, MEMBER),
    reads("read_member", Action::ReadMembers),
    sends("write_member", Action::KeepMembers, 200, MEMBER),
    acts("revoke_member", Action::KeepMembers, 200),
    reads("list_secrets", Action::ReadMembers),
    sends("issue_secret", Action::KeepMembers, 201, "{}"),
    acts("revoke_secret", Action::KeepMembers, 200),
    reads("list_plans", Action::ReadPlans),
    sends("draft_plan", Action::EditPlans, 201, PLAN),
    reads("read_plan", Action::ReadPlans),
    sends("write_plan", Action::EditPlans, 200, OTHER_PLAN),
    acts("remove_plan", Action::EditPlans, 204),
    reads("read_document", Action::ReadPlans),
    sends("write_document", Action::EditPlans, 200, DOCUMENT),
    sends("order_plan", Action::EditPlans, 204, ORDER),
    sends("copy_plan", Action::EditPlans, 201, r#"{"year": 2035}"#),
    reads("list_findings", Action::ReadPlans),
    sends("review_document", Action::Interpret, 200, DOCUMENT),
    sends("parse_targets", Action::Interpret, 200, r#"{"texts": ["almeno il 70%"]}"#),
    sends("parse_deadlines", Action::Interpret, 200, r#"{"texts": ["Novembre"]}"#),
    reads("list_transitions", Action::ReadPlans),
    sends("make_transition", Action::MovePlans, 200, r#"{"transition": "propose"}"#),
    reads("list_versions", Action::ReadPlans),
    reads("read_version", Action::ReadPlans),
    reads("read_seal", Action::ReadPlans),
    reads("compare_versions", Action::ReadPlans),
    Row { operation: "check_seal", gate: Gate::Public, success: 200, body: Some(DOCUMENT) },
    reads("list_sections", Action::ReadPlans),
    sends("add_section", Action::EditPlans, 201, SECTION),
    reads("read_section", Action::ReadPlans),
    sends("write_section", Action::EditPlans, 200, SECTION),
    acts("remove_section", Action::EditPlans, 204),
    reads("search_objectives", Action::ReadPlans),
    reads("list_objectives", Action::ReadPlans),
    sends("add_objective", Action::EditObjectives, 201, OBJECTIVE),
    reads("read_objective", Action::ReadPlans),
    sends("write_objective", Action::EditObjectives, 200, OBJECTIVE),
    acts("remove_objective", Action::EditObjectives, 204),
    sends("change_objectives", Action::EditObjectives, 200, BULK),
    sends("add_assignment", Action::EditObjectives, 201, ASSIGNMENT),
    reads("read_assignment", Action::ReadPlans),
    sends("write_assignment", Action::EditObjectives, 200, OTHER_ASSIGNMENT),
    acts("remove_assignment", Action::EditObjectives, 204),
    sends("add_phase", Action::EditObjectives, 201, PHASE),
    reads("read_phase", Action::ReadPlans),
    sends("write_phase", Action::EditObjectives, 200, PHASE),
    acts("remove_phase", Action::EditObjectives, 204),
    sends("add_indicator", Action::EditObjectives, 201, INDICATOR),
    reads("read_indicator", Action::ReadPlans),
    sends("write_indicator", Action::EditObjectives, 200, INDICATOR),
    acts("remove_indicator", Action::EditObjectives, 204),
    sends("add_phase_indicator", Action::EditObjectives, 201, INDICATOR),
    reads("read_phase_indicator", Action::ReadPlans),
    sends("write_phase_indicator", Action::EditObjectives, 200, INDICATOR),
    acts("remove_phase_indicator", Action::EditObjectives, 204),
    Row { operation: "list_shipped_profiles", gate: Gate::Public, success: 200, body: None },
    reads("list_import_profiles", Action::ReadImports),
    reads("read_import_profile", Action::ReadImports),
    sends("write_import_profile", Action::EditImports, 200, PROFILE),
    acts("remove_import_profile", Action::EditImports, 204),
    reads("list_imports", Action::ReadImports),
    sends("receive_import", Action::EditImports, 202, DOCUMENT),
    reads("read_import", Action::ReadImports),
    sends("settle_import", Action::EditImports, 200, SETTLEMENTS),
    acts("remove_import", Action::EditImports, 204),
    reads("read_import_draft", Action::ReadImports),
    reads("read_import_certificate", Action::ReadImports),
    reads("read_import_source", Action::ReadImports),
    reads("list_import_findings", Action::ReadImports),
    reads("list_import_lines", Action::ReadImports),
    reads("preview_application", Action::ReadImports),
    sends("apply_import", Action::ApplyImports, 200, "{}"),
    reads("read_worklist", Action::ReadResults),
    reads("read_freshness", Action::ReadResults),
    reads("read_progress", Action::ReadResults),
    reads("read_payment_time", Action::ReadResults),
    sends("write_certified_delay", Action::CertifyFigures, 200, CERTIFIED_DELAY),
    sends("write_forecast_delay", Action::RecordMeasurements, 200, FORECAST_DELAY),
    sends("compute_quota", Action::ReadResults, 200, QUOTA),
    Row { operation: "list_shipped_rulebooks", gate: Gate::Public, success: 200, body: None },
    reads("list_rulebooks", Action::ReadRulebooks),
    reads("read_rulebook", Action::ReadRulebooks),
    sends("write_rulebook", Action::EditRulebooks, 200, RULEBOOK),
    sends("adopt_rulebook", Action::EditRulebooks, 201, r#"{"shipped": "binary"}"#),
    reads("list_rulebook_editions", Action::ReadRulebooks),
    reads("read_rulebook_edition", Action::ReadRulebooks),
    reads("compare_rulebook_editions", Action::ReadRulebooks),
    reads("list_opinions", Action::ReadRulebooks),
    sends("give_opinion", Action::GiveOpinions, 201, r#"{"verdict": "favourable"}"#),
    reads("list_rounds", Action::ReadResults),
    sends("add_round", Action::EditRounds, 201, ROUND),
    reads("read_round", Action::ReadResults),
    sends("write_round", Action::EditRounds, 200, ROUND),
    acts("remove_round", Action::EditRounds, 204),
    reads("list_measurements", Action::ReadResults),
    sends("record_measurement", Action::RecordMeasurements, 201, MEASUREMENT),
    sends("record_measurements", Action::RecordMeasurements, 200, MEASUREMENTS),
    reads("read_measurement", Action::ReadResults),
    sends("keep_evidence", Action::RecordMeasurements, 201, EVIDENCE),
    reads("read_evidence", Action::ReadResults),
    reads("read_evidence_content", Action::ReadResults),
    reads("list_evaluations", Action::ReadResults),
    sends("certify_assignments", Action::Evaluate, 200, r#"{"assignments": ["ext:NESSUNA"]}"#),
    reads("read_evaluation", Action::ReadResults),
    sends("take_step", Action::Evaluate, 201, r#"{"type": "ask_evidence", "words": "Il registro"}"#),
    sends("answer_evaluation", Action::AnswerEvaluations, 201, r#"{"words": "Eccolo"}"#),
    reads("read_report", Action::ReadResults),
    reads("list_scores", Action::ReadResults),
    reads("explain_score", Action::ReadResults),
    reads("verify_scores", Action::ReadResults),
    sends("simulate", Action::ReadResults, 200, SIMULATION),
    reads("list_audit_entries", Action::ReadAudit),
    reads("list_sheets", Action::ReadSheets),
    sends("add_sheet", Action::WriteSheets, 201, SHEET),
    reads("read_sheet", Action::ReadSheets),
    sends("write_sheet", Action::WriteSheets, 200, SHEET_CONTENT),
    sends("step_sheet", Action::WriteSheets, 200, r#"{"move": "share"}"#),
    reads("read_sheet_statistics", Action::ReadResults),
    // What is public.
    Row { operation: "list_public_plans", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_plan", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_document", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_results", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_report", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_facts", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_facts_schema", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_catalogue", gate: Gate::Public, success: 200, body: None },
    Row { operation: "list_public_benchmarks", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_benchmark", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_public_distribution", gate: Gate::Public, success: 200, body: None },
    Row { operation: "list_public_members", gate: Gate::Public, success: 200, body: None },
    // The registry and groups.
    reads("read_registry", Action::Compare),
    reads("list_registry_comuni", Action::Compare),
    reads("read_registry_comune", Action::Compare),
    reads("list_groups", Action::Compare),
    reads("read_group", Action::Compare),
    sends("write_group", Action::KeepComparisons, 200, r#"{"name": "Un altro nome"}"#),
    reads("list_group_versions", Action::Compare),
    reads("read_group_version", Action::Compare),
    sends(
        "add_group_version",
        Action::KeepComparisons,
        201,
        r#"{"valid_from": "2026-01-01", "members": ["L454", "F471"]}"#,
    ),
    reads("list_group_members", Action::Compare),
    // Publications and consents.
    reads("list_publications", Action::ReadResults),
    sends("publish_results", Action::PublishResults, 201, "{}"),
    reads("read_publication", Action::ReadResults),
    reads("read_consents", Action::ReadResults),
    sends("give_consent", Action::GiveConsents, 201, r#"{"audience": "group", "mode": "withheld"}"#),
    // Shared objectives and their authors.
    reads("list_authors", Action::ReadTemplates),
    reads("read_author", Action::ReadTemplates),
    sends("write_author", Action::KeepAuthors, 200, AUTHOR),
    reads("list_templates", Action::ReadTemplates),
    reads("read_template", Action::ReadTemplates),
    sends("publish_template", Action::PublishTemplates, 200, TEMPLATE),
    reads("list_template_versions", Action::ReadTemplates),
    reads("read_template_version", Action::ReadTemplates),
    reads("compare_template_versions", Action::ReadTemplates),
    reads("list_template_adoptions", Action::ReadAdoptions),
    // Comparisons.
    reads("list_benchmarks", Action::Compare),
    reads("read_benchmark", Action::Compare),
    reads("read_distribution", Action::Compare),
    reads("list_benchmark_members", Action::Compare),
    reads("read_availability", Action::Compare),
    reads("read_correlation", Action::Compare),
    reads("list_comparable_comuni", Action::Compare),
    sends("query_benchmarks", Action::Compare, 200, QUESTION),
    reads("list_saved_queries", Action::Compare),
    sends("add_saved_query", Action::KeepComparisons, 201, SAVED_QUERY),
    reads("read_saved_query", Action::Compare),
    sends("write_saved_query", Action::KeepComparisons, 200, SAVED_QUERY),
    acts("remove_saved_query", Action::KeepComparisons, 204),
    reads("read_saved_query_result", Action::Compare),
    // Adoptions.
    reads("list_adoptions", Action::ReadPlans),
    sends("adopt_template", Action::Adopt, 201, r#"{"template": "T1", "units": [{"unit_code": "AREA-1"}]}"#),
    reads("list_suggestions", Action::ReadPlans),
    sends("bind_objective", Action::Adopt, 200, r#"{"template": "T1"}"#),
    acts("unbind_objective", Action::Adopt, 204),
    reads("preview_rebase", Action::ReadPlans),
    sends("rebase_objective", Action::Adopt, 200, "{}"),
    // What must be published, and whether it is.
    reads("list_obligation_editions", Action::Interpret),
    reads("read_obligations", Action::Interpret),
    reads("list_publication_checks", Action::ReadRegisters),
    reads("read_publication_check", Action::ReadRegisters),
    sends("write_publication_check", Action::KeepRegisters, 200, CHECK),
    acts("remove_publication_check", Action::KeepRegisters, 204),
    sends("write_publication_checks", Action::KeepRegisters, 200, CHECKS),
    reads("read_attestation", Action::ReadRegisters),
    // Requests of access.
    reads("list_access_requests", Action::ReadRegisters),
    reads("read_access_request", Action::ReadRegisters),
    sends("write_access_request", Action::KeepRegisters, 200, ACCESS_REQUEST),
    acts("remove_access_request", Action::KeepRegisters, 204),
    sends("write_access_requests", Action::KeepRegisters, 200, ACCESS_REQUESTS),
    reads("read_access_register", Action::ReadRegisters),
    // Procedures.
    reads("list_procedures", Action::ReadRegisters),
    reads("read_procedure", Action::ReadRegisters),
    sends("write_procedure", Action::KeepRegisters, 200, PROCEDURE),
    acts("remove_procedure", Action::KeepRegisters, 204),
    sends("write_procedures", Action::KeepRegisters, 200, PROCEDURES),
    // Training.
    reads("list_training", Action::ReadTraining),
    reads("read_training", Action::ReadTraining),
    sends("write_training", Action::KeepTraining, 200, TRAINING),
    acts("remove_training", Action::KeepTraining, 204),
    sends("write_training_entries", Action::KeepTraining, 200, TRAININGS),
    reads("read_training_figures", Action::ReadRegisters),
    // Surveys.
    reads("list_surveys", Action::ReadRegisters),
    reads("read_survey", Action::ReadRegisters),
    sends("write_survey", Action::KeepRegisters, 200, SURVEY),
    acts("remove_survey", Action::KeepRegisters, 204),
    sends("write_surveys", Action::KeepRegisters, 200, SURVEYS),
    // Bills and payments.
    reads("list_invoices", Action::ReadRegisters),
    reads("read_invoice", Action::ReadRegisters),
    sends("write_invoice", Action::KeepRegisters, 200, BILL),
    acts("remove_invoice", Action::KeepRegisters, 204),
    sends("write_invoices", Action::KeepRegisters, 200, BILLS),
    sends("write_payments", Action::KeepRegisters, 200, PAYMENTS),
    sends("load_invoices", Action::KeepRegisters, 200, EXTRACT),
    // Payment figures and forecasts.
    reads("read_payment_figures", Action::ReadRegisters),
    sends("forecast_payments", Action::ReadRegisters, 200, PAYMENT_FORECAST),
    sends("forecast_fund", Action::ReadRegisters, 200, FUND_FORECAST),
    sends("forecast_quotas", Action::ReadRegisters, 200, QUOTA_FORECAST),
    // Plans fed from registers.
    reads("list_feeds", Action::ReadResults),
    sends("feed_plan", Action::Feed, 200, "{}"),
    reads("read_feed", Action::ReadResults),
    reads("read_figures", Action::ReadRegisters),
    reads("read_feeder_settings", Action::ReadRegisters),
    sends("write_feeder_settings", Action::KeepRegisters, 200, FEEDER_SETTINGS),
];
