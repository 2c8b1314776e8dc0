//! What is told of a file: what was taken, what was not and why, or why it is no file of bills at all.

use serde::Serialize;
use traguardo_documents::invoices::{Extract, LineFault};
use traguardo_documents::source::SourceRefusal;
use traguardo_domain::fault::FaultKind;
use traguardo_domain::{Fault, Vocabulary as _};
use traguardo_persistence::invoices::Counted;
use utoipa::ToSchema;

use crate::problem::{Kind, Problem};

/// Quanti, per esito.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"created": 120, "changed": 3, "unchanged": 877}))]
pub(crate) struct EntryCounts {
    /// Non c'erano; nessuno, se una riga rifiutata annulla tutto.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    created: i32,
    /// C'erano, ma diversi; nessuno, se una riga rifiutata annulla tutto.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    changed: i32,
    /// C'erano così.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    unchanged: i32,
}

/// Quale intestazione è stata presa per quale colonna.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"column": "supplier", "heading": "Codice fiscale fornitore"}))]
pub(crate) struct TakenColumn {
    /// La colonna, con la parola che ha qui e nelle impostazioni.
    #[schema(max_length = 40, pattern = "^[a-z_]+$")]
    column: &'static str,
    /// L'intestazione del file.
    #[schema(max_length = 100_000, pattern = "^[\\s\\S]*$")]
    heading: String,
}

/// Un errore in una riga.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"line": 14, "column": "total", "type": "malformed", "detail": "Un importo come 1.234,56 oppure 1234.56."}))]
pub(crate) struct RefusedLine {
    /// Il numero della riga nel file, da uno.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    line: i32,
    /// La colonna; assente se riguarda la riga.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 40, pattern = "^[a-z_]+$")]
    column: Option<&'static str>,
    /// Il genere di errore, stabile.
    #[serde(rename = "type")]
    #[schema(max_length = 40, pattern = "^[a-z_]+$")]
    kind: &'static str,
    /// Che cosa non va.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]*$")]
    detail: String,
}

/// Che cosa è stato preso di un file, e che cosa no.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "applied": true, "lines": 1000, "refused_lines": 1,
    "invoices": {"created": 900, "changed": 2, "unchanged": 10}, "payments": {"created": 870, "changed": 0, "unchanged": 9},
    "columns": [{"column": "supplier", "heading": "Codice fiscale fornitore"}], "ignored": ["Note"],
    "refused": [{"line": 14, "column": "total", "type": "malformed", "detail": "Un importo come 1.234,56 oppure 1234.56."}]
}))]
pub(crate) struct FileResponse {
    /// Se qualcosa è stato scritto.
    applied: bool,
    /// Le righe con qualcosa dentro, senza l'intestazione.
    #[schema(minimum = 0, maximum = 100_000)]
    lines: i32,
    /// Quante sono state rifiutate.
    #[schema(minimum = 0, maximum = 100_000)]
    refused_lines: i32,
    /// Le fatture lette.
    invoices: EntryCounts,
    /// I pagamenti letti.
    payments: EntryCounts,
    /// Le colonne riconosciute.
    #[schema(min_items = 0, max_items = 18)]
    columns: Vec<TakenColumn>,
    /// Le intestazioni da cui non si legge nulla.
    #[schema(min_items = 0, max_items = 1_000, max_length = 100_000, pattern = "^[\\s\\S]*$")]
    ignored: Vec<String>,
    /// I primi mille errori, per riga.
    #[schema(min_items = 0, max_items = 1_000)]
    refused: Vec<RefusedLine>,
}

impl From<Counted> for EntryCounts {
    fn from(counted: Counted) -> Self {
        let number = |count: usize| i32::try_from(count).unwrap_or(i32::MAX);
        Self {
            created: number(counted.created),
            changed: number(counted.changed),
            unchanged: number(counted.unchanged),
        }
    }
}

impl From<LineFault> for RefusedLine {
    fn from(fault: LineFault) -> Self {
        Self {
            line: i32::try_from(fault.line).unwrap_or(i32::MAX),
            column: fault.column,
            kind: fault.refused.kind.word(),
            detail: fault.refused.detail,
        }
    }
}

/// What a file came to, and whether anything of it is to be stored.
pub(super) struct Taken {
    pub(super) extract: Extract,
    pub(super) bills: Counted,
    pub(super) payments: Counted,
    pub(super) is_trial: bool,
    /// Whether one line that is refused undoes everything.
    pub(super) whole: bool,
}

impl From<Taken> for FileResponse {
    fn from(taken: Taken) -> Self {
        let Taken { extract, bills, payments, is_trial, whole } = taken;
        let number = |count: u32| i32::try_from(count).unwrap_or(i32::MAX);
        let undone = whole && extract.refused > 0;
        let kept = |counted: Counted| {
            if undone { Counted { created: 0, changed: 0, ..counted } } else { counted }
        };
        let (bills, payments) = (kept(bills), kept(payments));
        let written = [&bills, &payments].iter().any(|one| one.created > 0 || one.changed > 0);
        let taken = extract.columns.into_iter().map(|(column, heading)| TakenColumn { column, heading });
        Self {
            applied: written && !is_trial,
            lines: number(extract.lines),
            refused_lines: number(extract.refused),
            invoices: bills.into(),
            payments: payments.into(),
            columns: taken.collect(),
            ignored: extract.ignored,
            refused: extract.faults.into_iter().map(RefusedLine::from).collect(),
        }
    }
}

/// The refusal of a file that is none of bills.
pub(super) fn unreadable(refusal: &SourceRefusal) -> Problem {
    let detail = format!(
        "{}. Qui si legge un CSV con una riga per fattura o per pagamento, in UTF-8 o come scrive Windows, fino a 20 MB, 100.000 righe e \
         un milione di celle.",
        refusal.finding()
    );
    Problem::invalid(vec![Fault { pointer: String::new(), kind: FaultKind::Malformed, detail }])
}

/// The refusal of a file some lines of which are refused, when it was all or nothing.
pub(super) fn undone(faults: &[LineFault]) -> Problem {
    let detail = "Almeno una riga è rifiutata e, con mode=all_or_nothing, del file non si è preso nulla; errors dice di ciascuna che cosa \
        non va. Con mode=good_lines si prendono le righe buone.";
    Problem::of(Kind::BulkRefused).because(detail).with_faults(faults.iter().map(placed).collect())
}

/// What is wrong with a line, at its place in the file.
pub(super) fn placed(fault: &LineFault) -> Fault {
    let column = fault.column.map_or_else(String::new, |column| format!("/{column}"));
    fault.refused.clone().at(&format!("/lines/{}{column}", fault.line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_of_bills_is_told_in_italian() {
        let said = |refusal: &SourceRefusal| unreadable(refusal).as_faults("").swap_remove(0).detail;
        assert!(said(&SourceRefusal::Pdf).starts_with("È un PDF. Qui si legge un CSV"));
        assert!(said(&SourceRefusal::NotADocument).starts_with("Non è un file di testo. Qui"));
        let damaged = SourceRefusal::Damaged { part: "xl/a: b.xml".to_owned() };
        assert!(said(&damaged).starts_with("Il file è incompleto o danneggiato (xl/a: b.xml). Qui"));
    }
}
