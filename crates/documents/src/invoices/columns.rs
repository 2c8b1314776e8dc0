//! The columns of a file of bills, and what each may be called.

use std::collections::BTreeMap;

use traguardo_domain::fault::{FaultKind, Refused};
use traguardo_domain::text::Line;

use super::LineFault;
use crate::source::SourceLine;

/// A column: the word it has here, and the headings it is known by unless the comune calls it otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The word.
    pub name: &'static str,
    /// The headings, the usual one first.
    pub headings: &'static [&'static str],
    /// Whether a file without it is no file of bills.
    pub required: bool,
}

const fn required(name: &'static str, headings: &'static [&'static str]) -> Column {
    Column { name, headings, required: true }
}

const fn optional(name: &'static str, headings: &'static [&'static str]) -> Column {
    Column { name, headings, required: false }
}

/// Every column, whatever their order in a file.
pub const COLUMNS: [Column; 18] = [
    required(
        "supplier",
        &["Codice fiscale fornitore", "Partita IVA fornitore", "Id fiscale IVA fornitore", "supplier"],
    ),
    required("number", &["Numero fattura", "Numero documento", "number"]),
    required("issued", &["Data emissione", "Data fattura", "Data documento", "issued"]),
    required("received", &["Data ricezione", "Data di ricezione", "received"]),
    required("total", &["Importo totale", "Importo totale documento", "total"]),
    required("split_vat", &["IVA split payment", "Importo IVA split payment", "split_vat"]),
    optional("kind", &["Tipo documento", "kind"]),
    optional("due", &["Data scadenza", "Data di scadenza", "due"]),
    optional("excluded", &["Motivo esclusione", "Esclusione", "excluded"]),
    optional("contested_from", &["Data inizio sospensione", "Inizio sospensione", "contested_from"]),
    optional("contested_until", &["Data fine sospensione", "Fine sospensione", "contested_until"]),
    optional("unit", &["Struttura", "Codice struttura", "unit"]),
    optional("liquidated", &["Data liquidazione", "liquidated"]),
    optional("credited_number", &["Numero fattura collegata", "credited_number"]),
    optional("credited_issued", &["Data fattura collegata", "credited_issued"]),
    optional("payment", &["Numero mandato", "Numero pagamento", "payment"]),
    optional("paid_on", &["Data pagamento", "Data mandato", "paid_on"]),
    optional("paid", &["Importo pagato", "Importo mandato", "paid"]),
];

/// Whether a column has this word.
#[must_use]
pub fn is_column(name: &str) -> bool {
    COLUMNS.iter().any(|column| column.name == name)
}

/// Where each column stands in the lines of a file.
#[derive(Debug)]
pub(super) struct Columns {
    places: [Option<usize>; COLUMNS.len()],
    headings: Vec<String>,
}

impl Columns {
    /// The columns of a file with these headings.
    ///
    /// # Errors
    /// When one is there twice, one that is needed is missing, or a name is given to what is no column.
    pub(super) fn of(
        header: &SourceLine,
        renamed: &BTreeMap<String, Line<100>>,
    ) -> Result<Self, Vec<LineFault>> {
        let mut faults = Vec::new();
        let mut refuse = |column, kind, detail| {
            faults.push(LineFault { line: header.number, column, refused: Refused::new(kind, detail) });
        };
        for name in renamed.keys().filter(|name| !is_column(name)) {
            let detail = format!("Le impostazioni rinominano «{name}», che non è una colonna.");
            refuse(None, FaultKind::UnknownMember, detail);
        }
        let cells: Vec<String> = header.cells().map(plain).collect();
        let mut places = [None; COLUMNS.len()];
        for (slot, column) in places.iter_mut().zip(COLUMNS) {
            let own = renamed.get(column.name).map(Line::as_str);
            let called = |cell: &String| match own {
                Some(own) => *cell == plain(own),
                None => column.headings.iter().any(|heading| *cell == plain(heading)),
            };
            let mut found = cells.iter().enumerate().filter(|(_, cell)| called(cell)).map(|(place, _)| place);
            *slot = found.next();
            if found.next().is_some() {
                refuse(Some(column.name), FaultKind::Inconsistent, "La colonna c'è due volte.".to_owned());
            }
            if slot.is_none() && (column.required || own.is_some()) {
                let usual = column.headings.first().copied().unwrap_or_default();
                let detail = format!("Manca la colonna «{}».", own.unwrap_or(usual));
                refuse(Some(column.name), FaultKind::Missing, detail);
            }
        }
        let headings = header.cells().map(|cell| cell.trim().to_owned()).collect();
        if faults.is_empty() { Ok(Self { places, headings }) } else { Err(faults) }
    }

    /// How many cells a line has at most.
    pub(super) const fn width(&self) -> usize {
        self.headings.len()
    }

    /// Where a column stands.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        let found = self.places.iter().zip(COLUMNS).find(|(_, column)| column.name == name);
        found.and_then(|(place, _)| *place)
    }

    /// Which heading was taken for which column, and those nothing is read from.
    pub(super) fn told(self) -> (Vec<(&'static str, String)>, Vec<String>) {
        let heading = |place: &usize| self.headings.get(*place).cloned();
        let used = self.places.iter().zip(COLUMNS);
        let used = used.filter_map(|(place, column)| Some((column.name, heading(place.as_ref()?)?)));
        let used: Vec<_> = used.collect();
        let is_used = |place: usize| self.places.contains(&Some(place));
        let unused = self.headings.iter().enumerate().filter(|(place, _)| !is_used(*place));
        (used, unused.map(|(_, heading)| heading.clone()).filter(|heading| !heading.is_empty()).collect())
    }
}

/// A heading as it is compared: small letters and digits, words one space apart, whatever stands between them.
fn plain(heading: &str) -> String {
    let words = heading.split(|one: char| !one.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
