//! Lists that no law closes: the words comuni use, made into codes so that plans can be compared.

use super::Entry;

/// The acts that move a cycle on, by who adopts them.
pub(super) const ACT_TYPES: &[Entry] = &[
    usual("council_resolution", "Deliberazione del Consiglio comunale"),
    usual("giunta_resolution", "Deliberazione della Giunta comunale"),
    usual("commissioner_resolution", "Deliberazione del Commissario straordinario")
        .noted("Con i poteri della Giunta o del Consiglio"),
    usual("determination", "Determinazione dirigenziale o del responsabile di servizio"),
    usual("mayor_decree", "Decreto sindacale"),
    usual("evaluation_body_opinion", "Parere dell'organo di valutazione"),
    usual("evaluation_body_validation", "Validazione della Relazione sulla performance"),
    usual("auditor_opinion", "Parere o verifica dell'organo di revisione"),
    usual("transparency_attestation", "Attestazione degli obblighi di pubblicazione"),
];

/// What an indicator looks at, as cards of objectives print it beside the indicator.
pub(super) const PERFORMANCE_PROFILES: &[Entry] = &[
    usual("technical_quality", "Qualità tecnica"),
    usual("timeliness", "Tempestività"),
    usual("quantity", "Quantità"),
    usual("effectiveness", "Efficacia"),
    usual("efficiency", "Efficienza"),
    usual("economy", "Economicità"),
    usual("accessibility", "Accessibilità"),
];

/// Customs have no first year: since there have been performance plans.
const fn usual(code: &'static str, label: &'static str) -> Entry {
    Entry::since(2009, code, label)
}
