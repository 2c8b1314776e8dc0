//! What organisational performance is measured in (legislative decree 150 of 2009, art. 8): one letter each.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    area("a", "Politiche e obiettivi in risposta ai bisogni e alle attese della collettività"),
    area("b", "Attuazione di piani e programmi: fasi, tempi, standard, risorse"),
    area("c", "Soddisfazione dei destinatari di attività e servizi"),
    area("d", "Modernizzazione dell'organizzazione e sviluppo delle competenze"),
    area("e", "Relazioni con cittadini, utenti e portatori di interesse; partecipazione"),
    area("f", "Efficienza: impiego delle risorse, costi, tempi dei procedimenti"),
    area("g", "Qualità e quantità delle prestazioni e dei servizi"),
    area("h", "Pari opportunità"),
];

const fn area(letter: &'static str, label: &'static str) -> Entry {
    Entry::since(2009, letter, label)
}
