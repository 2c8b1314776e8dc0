//! A file of bills and payments, as the national platform's extract: every line that can be read is taken, every other is told.

use std::collections::HashMap;

use actix_web::post;
use chrono::NaiveDate;
use serde::Deserialize;
use traguardo_documents::invoices::{
    self as extracts, Extract, ExtractRefusal, ExtractedBill, LineFault, MOST_TOLD, Mapping,
};
use traguardo_domain::access::Action;
use traguardo_domain::period::Period;
use traguardo_domain::text::ExternalId;
use traguardo_domain::unit::{Unit, UnitId};
use traguardo_persistence::invoices::{Books, Misfit};
use traguardo_persistence::{TenantTx, feeder_settings, units};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::body::ReceivedFile;
use crate::call::{Call, ComunePath};
use crate::keyed::Confidence;
use crate::problem::Problem;

mod answer;

use answer::{FileResponse, Taken, placed, undone, unreadable};

/// What is done with a file some lines of which are refused.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FileMode {
    /// Le righe buone si prendono.
    #[default]
    GoodLines,
    /// Tutte o nessuna.
    AllOrNothing,
}

/// How to take a file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileQuery {
    /// `good_lines`: si prendono le righe buone e si dicono le altre. `all_or_nothing`: se una è rifiutata non si fa nulla.
    #[param(inline, nullable = false)]
    mode: Option<FileMode>,
    /// Se vero si dice che cosa accadrebbe e non si fa nulla. Lo stato è 200 anche quando, con `all_or_nothing`, una riga rifiutata
    /// annullerebbe tutto: allora nulla risulta creato o cambiato.
    #[param(nullable = false)]
    dry_run: Option<bool>,
}

/// Un file CSV di fatture e pagamenti.
#[derive(ToSchema)]
#[schema(
    max_length = 20_971_520,
    pattern = "^[\\s\\S]*$",
    example = "Codice fiscale fornitore;Numero fattura;Data emissione;Data ricezione;Importo totale;IVA split payment;Numero mandato;Data pagamento;Importo pagato\n01234567890;12/A;08/01/2025;10/01/2025;1.220,00;220,00;118;04/02/2025;1.000,00\n"
)]
#[expect(dead_code, reason = "only its description is published")]
pub(crate) struct InvoiceFile(String);

/// The structures a file may name by code or by the key another program has for them, each on its days.
struct UnitsByDay(HashMap<String, Vec<(UnitId, Period)>>);

impl UnitsByDay {
    fn new(units: &[Unit]) -> Self {
        let mut known: HashMap<String, Vec<(UnitId, Period)>> = HashMap::new();
        for unit in units {
            let facts = &unit.facts;
            let key = facts.external_id.as_ref().map(ExternalId::as_str);
            let names = [Some(facts.code.as_str()), key.filter(|key| *key != facts.code.as_str())];
            for name in names.into_iter().flatten() {
                known.entry(name.to_owned()).or_default().push((unit.id, facts.validity));
            }
        }
        Self(known)
    }

    fn named(&self, name: &str, on: NaiveDate) -> Option<UnitId> {
        let mut found = self.0.get(name)?.iter().filter(|(_, days)| days.holds(on));
        let (unit, _) = found.next()?;
        // What is one structure's code and another's key names neither.
        found.all(|(other, _)| other == unit).then_some(*unit)
    }
}

fn read(tx: &mut TenantTx<'_>, bytes: &[u8]) -> Result<Extract, Problem> {
    let settings = feeder_settings::look_up(tx)?;
    let units = UnitsByDay::new(&units::all(tx)?);
    let unit = |name: &str, on: NaiveDate| units.named(name, on);
    let mapping = Mapping { renamed: &settings.facts.invoice_columns, unit: &unit };
    extracts::read(bytes, &mapping).map_err(|refusal| match refusal {
        ExtractRefusal::Unreadable(refusal) => unreadable(&refusal),
        ExtractRefusal::Headings(faults) => Problem::invalid(faults.iter().map(placed).collect()),
    })
}

/// Enters the bills of a file; those that do not fit are refused with their first lines.
fn enter(tx: &mut TenantTx<'_>, extract: &mut Extract) -> Result<Books, Problem> {
    let bills = std::mem::take(&mut extract.bills);
    let id = |bill: &ExtractedBill| bill.facts.reference.id();
    let paid = bills.iter().filter(|bill| !bill.payments.is_empty()).map(id);
    let mut books = Books::open(tx, bills.iter().map(id), paid.collect::<Vec<_>>())?;
    for bill in bills {
        if let Err(Misfit { refused, .. }) = books.enter(Some(bill.facts), bill.payments) {
            extract.refused = extract.refused.saturating_add(1);
            if extract.faults.len() < MOST_TOLD {
                extract.faults.push(LineFault { line: bill.line, column: None, refused });
            }
        }
    }
    extract.faults.sort_by_key(|fault| fault.line);
    Ok(books)
}

/// Prende un file di fatture
///
/// Un CSV con una riga per fattura, o per pagamento di una fattura, fino a 20 MB (100.000 righe, un milione di celle): separato da
/// punto e virgola, virgola o tabulazioni, in UTF-8 o come scrive Windows; giorni italiani o ISO, importi con la virgola o il punto.
/// Le intestazioni attese sono la nostra lettura dell'estratto della piattaforma dei crediti commerciali, che non ha un tracciato
/// pubblicato: ogni comune le cambia in `invoice_columns` delle sue impostazioni. Ogni riga rifiutata è detta con il suo numero e il
/// perché. Un importo che si può leggere in due modi (`1.234`) è rifiutato. Lo stesso file, inviato di nuovo, non cambia nulla.
#[utoipa::path(tag = "invoices", params(ComunePath, FileQuery, crate::call::IdempotencyKey), request_body(
    content = InvoiceFile, content_type = "text/csv"
), responses(
    (status = 200, description = "Che cosa è stato preso, e che cosa no.", body = FileResponse),
))]
#[post("/invoices-csv")]
pub(crate) async fn load_invoices(call: Call<ComunePath, FileQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepRegisters)?;
    let whole = permit.query.mode.unwrap_or_default() == FileMode::AllOrNothing;
    let is_trial = permit.query.dry_run.unwrap_or_default();
    let (app, limit) = (permit.app.clone(), permit.app.settings().import_limit);
    // Held until the file is taken: as many as there are turns are in memory at once.
    let turn = app.receiving().await?;
    let received = permit.receive_raw(&["text/csv"], limit).await?;
    let work = move |tx: &mut TenantTx<'_>, file: ReceivedFile| {
        let mut extract = read(tx, &file.bytes)?;
        let books = enter(tx, &mut extract)?;
        if whole && extract.refused > 0 && !is_trial {
            return Err(undone(&extract.faults));
        }
        let (bills, payments) = books.counted();
        if is_trial {
            tx.leave_unchanged();
        } else {
            books.store(tx)?;
        }
        Answer::ok(&FileResponse::from(Taken { extract, bills, payments, is_trial, whole }))
    };
    let answer = received.run(Confidence::Open, work).await;
    drop(turn);
    answer
}
