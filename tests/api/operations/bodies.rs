//! What operations are called with: bodies that are as they should be.

pub(super) const COMUNE: &str = r#"{"name": "Altro nome", "province": "BS", "region": "03",
    "identifiers": [{"scheme": "istat", "value": "017113", "valid_from": "1861-03-17"}]}"#;
pub(super) const UNIT: &str =
    r#"{"code": "NUOVA", "name": "Ufficio nuovo", "kind": "office", "valid_from": "2025-01-01"}"#;
pub(super) const OTHER_UNIT: &str =
    r#"{"code": "ALTRA", "name": "Ufficio altro", "kind": "office", "valid_from": "2025-01-01"}"#;
pub(super) const MEMBER: &str = r#"{"kind": "person", "label": "Membro nuovo", "roles": ["lettore"]}"#;
pub(super) const PLAN: &str = r#"{"year": 2028, "kind": "standalone", "title": "Piano nuovo"}"#;
pub(super) const OTHER_PLAN: &str = r#"{"year": 2029, "kind": "standalone", "title": "Piano altro"}"#;

pub(super) const DOCUMENT: &str = r#"{"format": "traguardo.plan.v1", "comune": "{comune}",
    "plan": {"year": 2031, "kind": "standalone", "title": "Piano scritto"}}"#;
pub(super) const ORDER: &str = r#"{"objectives": []}"#;
pub(super) const SECTION: &str =
    r#"{"kind": "mandate", "title": "Mandato", "body": "Le linee del mandato."}"#;
pub(super) const OBJECTIVE: &str = r#"{"title": "Obiettivo nuovo"}"#;
pub(super) const BULK: &str =
    r#"{"items": [{"operation": "put", "path": "ext:MOLTI", "value": {"title": "Obiettivo fra molti"}}]}"#;
pub(super) const ASSIGNMENT: &str = r#"{"unit_code": "AREA-2"}"#;
pub(super) const OTHER_ASSIGNMENT: &str = r#"{"unit_code": "AREA-1"}"#;
pub(super) const PHASE: &str = r#"{"title": "Fase nuova"}"#;
pub(super) const INDICATOR: &str = r#"{"name": "Indicatore nuovo"}"#;
pub(super) const CERTIFIED_DELAY: &str =
    r#"{"delay_days": "-1", "source": "Piattaforma", "day": "2026-02-10", "act": "Verbale n. 4"}"#;
pub(super) const FORECAST_DELAY: &str =
    r#"{"delay_days": "2.4", "period": {"from": "2025-01-01", "to": "2025-09-30"}, "source": "Contabilità"}"#;
pub(super) const QUOTA: &str = r#"{"pay": "3000", "share": "30", "score": "92"}"#;
pub(super) const PAYMENT_FORECAST: &str = r#"{"year": 2025, "payments": [{"supplier": "01234567890", "number": "canarino-{comune}",
    "issued": "2025-01-08", "day": "2025-12-01", "amount": "1"}]}"#;
pub(super) const FUND_FORECAST: &str = r#"{"year": 2026, "debt_before": "100000", "debt": "92000", "received": "2000000",
    "appropriations": "1200000", "earmarked": "200000", "communicated": true, "delay_days": "8.81"}"#;
pub(super) const QUOTA_FORECAST: &str = r#"{"year": 2025, "responsibles": [{"label": "Responsabile nuovo", "pay": "3000", "share": "30", "score": "92"}]}"#;
pub(super) const PROFILE: &str = r#"{"name": "{profile}", "title": "Profilo nuovo", "layout": "table"}"#;
pub(super) const SETTLEMENTS: &str = r#"{"settlements": [{"type": "apply_safe"}]}"#;

pub(super) const CHECK: &str =
    r#"{"year": 2025, "obligation": "16.03", "checked_on": "2025-05-31", "up_to_date": true}"#;
pub(super) const CHECKS: &str = r#"{"items": [{"key": "altra", "year": 2025, "obligation": "16.03", "checked_on": "2025-05-31",
    "up_to_date": true}]}"#;

pub(super) const ROUND: &str = r#"{"title": "Raccolta nuova", "period": {"from": "2030-01-01", "to": "2030-06-30"},
    "window": {"from": "2030-07-01", "to": "2030-07-31"}}"#;
pub(super) const MEASUREMENT: &str = r#"{"subject": "ext:OB1/indicators/ext:I1", "assignment": "ext:A1",
    "period": {"from": "2037-01-01", "to": "2037-06-30"}, "value": {"type": "number", "figure": "80"}, "standing": "final"}"#;
pub(super) const MEASUREMENTS: &str = r#"{"items": [{"subject": "ext:OB1", "period": {"from": "2037-01-01", "to": "2037-06-30"},
    "value": {"type": "done", "done": true}, "standing": "provisional"}]}"#;
/// What is sent as evidence: no JSON.
pub(super) const EVIDENCE: &str = "anno;giorni\n2037;-3,2\n";

pub(super) const SHEET_CONTENT: &str = r#"{"category": "manager", "scheme": {"name": "Responsabili"},
    "components": [{"code": "STR", "kind": "unit", "title": "La struttura", "weight": "100", "points": "80"}]}"#;
pub(super) const SHEET: &str = r#"{"plan": "ext:canarino-{comune}.approvato", "person": "ext:demo:dipendente",
    "content": {"category": "staff", "scheme": {"name": "Personale"},
    "components": [{"code": "STR", "kind": "unit", "title": "La struttura", "weight": "100"}]}}"#;
pub(super) const RULEBOOK: &str = r#"{"title": "Sistema nuovo",
    "formulas": {"cap": "110", "late": [], "above_range": "full", "least_point": "1", "scale": "of_target", "parts": "mean"},
    "absences": {"missing": "zero", "not_due": "excluded", "not_applicable": "excluded", "not_evaluable": "excluded"},
    "roll_ups": {"objective": "indicators", "phases_share": "50", "comune": "equal"},
    "bands": [{"code": "tutto", "label": "Tutto", "from": "0", "effect": {"type": "proportional"}}], "band_on": "shown"}"#;
pub(super) const SIMULATION: &str = r#"{"shipped": "binary"}"#;

pub(super) const AUTHOR: &str = r#"{"kind": "platform", "name": "Traguardo", "members": []}"#;
pub(super) const TEMPLATE: &str =
    r#"{"author": "traguardo", "content": {"title": "T", "purpose": "P", "scope": "comune"}}"#;
pub(super) const QUESTION: &str =
    r#"{"indicators": ["T1.itp"], "years": [2025], "group": "region:03", "figures": "statistics"}"#;
pub(super) const SAVED_QUERY: &str = r#"{"name": "Un altro nome", "question": {"indicators": ["T1.itp"], "years": [2025],
    "group": "region:03", "figures": "statistics"}}"#;

pub(super) const ACCESS_REQUEST: &str =
    r#"{"kind": "documentary", "object": "Pratica edilizia", "received": "2025-03-01"}"#;
pub(super) const ACCESS_REQUESTS: &str =
    r#"{"items": [{"key": "PROVA-1", "kind": "simple", "object": "Bilancio", "received": "2025-03-01"}]}"#;
pub(super) const PROCEDURE: &str =
    r#"{"kind": "Permesso di costruire", "started": "2025-03-01", "term_days": 90}"#;
pub(super) const PROCEDURES: &str =
    r#"{"items": [{"key": "PROVA-1", "kind": "Permesso di costruire", "started": "2025-03-01"}]}"#;
pub(super) const BILL: &str = r#"{"supplier": "01234567890", "number": "canarino-{comune}", "issued": "2025-01-08", "received": "2025-01-10",
    "total": "1000"}"#;
pub(super) const BILLS: &str = r#"{"items": [{"invoice": {"supplier": "01234567890", "number": "77", "issued": "2025-01-08",
    "received": "2025-01-10", "total": "1000"}}]}"#;
pub(super) const PAYMENTS: &str = r#"{"items": [{"supplier": "01234567890", "number": "78", "issued": "2025-01-08", "reference": "1",
    "day": "2025-02-04", "amount": "10.50"}]}"#;
/// A file of bills, sent as what it is.
pub(super) const EXTRACT: &str = "Codice fiscale fornitore;Numero fattura;Data emissione;Data ricezione;Importo totale;IVA split payment\n\
    01234567890;79;08/01/2025;10/01/2025;1.000,00;0\n";

pub(super) const TRAINING: &str = r#"{"person": "D-2", "year": 2025, "role": "general", "service_from": "2025-01-01",
    "courses": [{"hours": "12.5", "certified": true, "concluded": "2025-05-20"}]}"#;
pub(super) const TRAININGS: &str = r#"{"items": [{"key": "PROVA-1", "person": "D-3", "year": 2025, "role": "local_police",
    "service_from": "2025-01-01"}]}"#;
pub(super) const SURVEY: &str = r#"{"service": "Biblioteca", "period": {"from": "2025-05-01", "to": "2025-05-31"},
    "scale": {"from": 1, "to": 5}, "answers": [{"point": 4, "count": 20}]}"#;
pub(super) const SURVEYS: &str = r#"{"items": [{"key": "PROVA-1", "service": "Biblioteca", "period": {"from": "2025-05-01",
    "to": "2025-05-31"}, "scale": {"from": 1, "to": 10}, "answers": []}]}"#;

pub(super) const FEEDER_SETTINGS: &str = r#"{"fund_rounding": "any_delay", "contested_debt_counts": true, "no_requests": "full",
    "proration": "days", "fewest_respondents": 20}"#;
