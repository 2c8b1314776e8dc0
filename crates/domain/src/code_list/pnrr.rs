//! The national recovery plan: works and digital services of comuni cite the mission and component that pays for them.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    mission("M1", "Digitalizzazione, innovazione, competitività, cultura e turismo"),
    part("M1C1", "Digitalizzazione, innovazione e sicurezza nella PA", "M1"),
    part("M1C2", "Digitalizzazione, innovazione e competitività nel sistema produttivo", "M1"),
    part("M1C3", "Turismo e cultura 4.0", "M1"),
    mission("M2", "Rivoluzione verde e transizione ecologica"),
    part("M2C1", "Economia circolare e agricoltura sostenibile", "M2"),
    part("M2C2", "Energia rinnovabile, idrogeno, rete e mobilità sostenibile", "M2"),
    part("M2C3", "Efficienza energetica e riqualificazione degli edifici", "M2"),
    part("M2C4", "Tutela del territorio e della risorsa idrica", "M2"),
    mission("M3", "Infrastrutture per una mobilità sostenibile"),
    part("M3C1", "Investimenti sulla rete ferroviaria", "M3"),
    part("M3C2", "Intermodalità e logistica integrata", "M3"),
    mission("M4", "Istruzione e ricerca"),
    part(
        "M4C1",
        "Potenziamento dell'offerta dei servizi di istruzione: dagli asili nido alle università",
        "M4",
    ),
    part("M4C2", "Dalla ricerca all'impresa", "M4"),
    mission("M5", "Inclusione e coesione"),
    part("M5C1", "Politiche per il lavoro", "M5"),
    part("M5C2", "Infrastrutture sociali, famiglie, comunità e terzo settore", "M5"),
    part("M5C3", "Interventi speciali per la coesione territoriale", "M5"),
    mission("M6", "Salute"),
    part(
        "M6C1",
        "Reti di prossimità, strutture e telemedicina per l'assistenza sanitaria territoriale",
        "M6",
    ),
    part("M6C2", "Innovazione, ricerca e digitalizzazione del Servizio sanitario nazionale", "M6"),
    Entry::since(2023, "M7", "REPowerEU")
        .until(LAST_YEAR)
        .noted("Aggiunta con la revisione del dicembre 2023"),
];

/// The plan ends with August 2026.
const LAST_YEAR: i16 = 2026;

const fn mission(code: &'static str, label: &'static str) -> Entry {
    Entry::since(2021, code, label).until(LAST_YEAR)
}

const fn part(code: &'static str, label: &'static str, mission: &'static str) -> Entry {
    Entry::since(2021, code, label).until(LAST_YEAR).under(mission)
}
