//! The goals of the 2030 Agenda, which strategic documents of comuni cite by number.

use super::Entry;

pub(super) const ENTRIES: &[Entry] = &[
    goal("1", "Sconfiggere la povertà"),
    goal("2", "Sconfiggere la fame"),
    goal("3", "Salute e benessere"),
    goal("4", "Istruzione di qualità"),
    goal("5", "Parità di genere"),
    goal("6", "Acqua pulita e servizi igienico-sanitari"),
    goal("7", "Energia pulita e accessibile"),
    goal("8", "Lavoro dignitoso e crescita economica"),
    goal("9", "Imprese, innovazione e infrastrutture"),
    goal("10", "Ridurre le disuguaglianze"),
    goal("11", "Città e comunità sostenibili"),
    goal("12", "Consumo e produzione responsabili"),
    goal("13", "Lotta contro il cambiamento climatico"),
    goal("14", "Vita sott'acqua"),
    goal("15", "Vita sulla terra"),
    goal("16", "Pace, giustizia e istituzioni solide"),
    goal("17", "Partnership per gli obiettivi"),
];

const fn goal(number: &'static str, label: &'static str) -> Entry {
    Entry::since(2015, number, label).until(2030)
}
