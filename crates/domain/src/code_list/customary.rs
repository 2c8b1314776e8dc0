//! Lists that no law closes: the words comuni use, made into codes so that plans can be compared.

use super::Entry;

/// The acts a plan can cite, by who adopts them; the same words as [`crate::act::ActKind`].
pub(super) const ACT_TYPES: &[Entry] = &[
    usual("giunta_resolution", "Deliberazione della Giunta comunale"),
    usual("council_resolution", "Deliberazione del Consiglio comunale"),
    usual("determination", "Determinazione dirigenziale o del responsabile di servizio"),
    usual("mayor_decree", "Decreto sindacale"),
    usual("evaluation_opinion", "Parere dell'organo di valutazione"),
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
