//! Decides which groups the operations are presented in, and what each group is said to be.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Error;

/// Every tag an operation may carry, in the order a reader meets them.
const TAGS: &[(&str, &str)] = &[
    ("status", "Stato del servizio."),
    ("tokens", "Rilascio dei token ai gestionali."),
    ("identity", "Chi è il chiamante e che cosa gli è permesso."),
    ("comuni", "I comuni e i loro dati identificativi."),
    ("units", "La struttura organizzativa del comune, datata."),
    ("members", "Le persone che operano per il comune e i loro ruoli."),
    ("clients", "I gestionali che operano per il comune con credenziali proprie."),
    (
        "plans",
        "I piani della performance: l'intestazione, il documento intero, l'ordine, la copia per un altro anno.",
    ),
    ("sections", "Le sezioni narrative dei piani."),
    (
        "objectives",
        "Gli obiettivi dei piani, con le loro assegnazioni, fasi e indicatori; uno alla volta, molti insieme, per parole.",
    ),
    ("review", "I rilievi: che cosa non va in un piano, che cosa manca, che cosa chiede la legge."),
    ("cycle", "Il ciclo dei piani: da uno stato all'altro, chi può, che cosa manca, con quale atto."),
    (
        "versions",
        "Le versioni approvate dei piani, con il loro sigillo, e che cosa cambia fra l'una e l'altra.",
    ),
    (
        "rulebooks",
        "I sistemi di misurazione e valutazione (SMVP): quelli già pronti, quelli del comune per anno ed edizione, i pareri.",
    ),
    ("measurements", "Le misurazioni: i valori, le finestre in cui si raccolgono, le prove su cui poggiano."),
    (
        "following",
        "L'anno seguito: che cosa va inserito ed entro quando, che cosa non è aggiornato, a che punto il piano è e dovrebbe essere.",
    ),
    ("scores", "I punteggi: ciascuno è l'albero che lo spiega; si ricalcolano, si verificano, si simulano."),
    (
        "evaluation",
        "La valutazione: che cosa l'organo di valutazione chiede e decide, che cosa gli si risponde, i tempi di pagamento certificati, la relazione.",
    ),
    (
        "templates",
        "Gli obiettivi condivisi: chi li scrive, il catalogo con le sue versioni, chi li adotta e come se ne scosta.",
    ),
    (
        "adoptions",
        "Gli obiettivi condivisi in un piano: adottarli, legarvi obiettivi che ci sono, suggerimenti, passaggio a una versione nuova.",
    ),
    (
        "publications",
        "I risultati pubblicati per il confronto, con la loro qualità, e a chi il comune consente di mostrarli.",
    ),
    (
        "groups",
        "I comuni con cui confrontarsi: il registro di tutti i comuni, i gruppi che ne derivano, quelli che si definiscono.",
    ),
    (
        "benchmarks",
        "Il confronto: statistiche di un indicatore condiviso in un gruppo, posizione, andamento, distribuzione, molti indicatori insieme.",
    ),
    (
        "public",
        "Ciò che tutti possono leggere, senza token: piani, risultati, relazioni, confronti, insiemi di dati.",
    ),
    (
        "invoices",
        "Le fatture e i pagamenti che il gestionale ha già: inviati a blocchi, o dall'estratto della piattaforma dei crediti.",
    ),
    (
        "payment-figures",
        "I tempi di pagamento calcolati dalle fatture: ITP, TMP, TMR, ritardo annuale, debito, fondo di garanzia, quota di risultato; e che cosa cambierebbe.",
    ),
    (
        "transparency",
        "Gli obblighi di pubblicazione: il catalogo, le verifiche per obbligo e criterio, il documento di attestazione.",
    ),
    (
        "access-requests",
        "Le richieste di accesso civico e agli atti, senza dati personali, con i loro termini.",
    ),
    ("procedures", "I procedimenti, con i termini e le sospensioni."),
    ("training", "Le ore di formazione, per chiave che non dice di chi sono."),
    ("surveys", "Le rilevazioni di soddisfazione degli utenti."),
    (
        "feeds",
        "Gli indicatori condivisi calcolati dai registri: i dati, le scelte del comune, le misurazioni che ne derivano.",
    ),
    ("sheets", "La valutazione individuale: schede riservate, e statistiche che non nominano nessuno."),
    (
        "imports",
        "Le importazioni: dal file che il comune ha alla bozza di un piano, con ciò che se ne è capito e ciò che no, fino al piano.",
    ),
    ("import-profiles", "I profili di lettura: come sono fatti i piani che si importano."),
    ("reference", "Elenchi di codici e parametri di legge, con gli anni in cui valgono."),
    ("audit", "Il registro delle scritture, concatenato e verificabile."),
    ("problems", "La spiegazione dei generi di rifiuto."),
];

/// Writes the tags in use with their descriptions.
pub(super) fn write(root: &mut Map<String, Value>) -> Result<(), Error> {
    let used = used(root)?;
    let tags: Vec<Value> = TAGS
        .iter()
        .filter(|(name, _)| used.contains(*name))
        .map(|(name, description)| json!({ "name": name, "description": description }))
        .collect();
    root.insert("tags".into(), Value::Array(tags));
    Ok(())
}

fn used(root: &Map<String, Value>) -> Result<BTreeSet<String>, Error> {
    let mut used = BTreeSet::new();
    for (method, path, operation) in super::operations::each(root) {
        for tag in super::operations::texts(operation.get("tags")) {
            if !TAGS.iter().any(|(name, _)| *name == tag) {
                let operation = format!("{method} {path}");
                return Err(Error::UnknownTag { operation, tag });
            }
            used.insert(tag);
        }
    }
    Ok(used)
}
