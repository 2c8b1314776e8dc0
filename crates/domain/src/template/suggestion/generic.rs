//! Words every plan is full of, whatever it sets out to do.

use std::collections::HashSet;

use crate::template::stem::stem;

/// The words, in one form each or more, in alphabetical order.
const WORDS: &str = "\
    adeguamento adeguare adempimenti adempimento adottare adozione aggiornamento aggiornare almeno altri \
    amministrativa amministrativo amministrazione analisi anni anno annuale annui approvare approvazione \
    area aree assicurare atti attivita atto attuare attuazione aumentare aumento avviare avvio base beni \
    cittadini cittadino competenza completamento completare comunale comunali comune concludere concluse \
    conclusione consiglio contratti contratto controllare controllo coordinamento coordinare corretta \
    corretto costante costantemente costituire costituzione curare dati dato dipendenti dirigenti \
    documenti documento economico effettivo ente enti entrate equilibri esecuzione fatto finanziaria \
    finanziario fondi fondo funzione funzioni garantire generale generali gestione gestire giorni giunta \
    immobili importo imprese informazioni iniziative integrata integrato interna interni interno \
    interventi intervento istituzionale lavori lavoro legge linea mantenere mantenimento media medio \
    mesi miglioramento migliorare misura misure monitoraggio monitorare norma normativa normativo norme \
    numero nuova nuovi nuovo obiettivi obiettivo ogni operativo ore organizzazione parte partecipazione \
    patrimonio percentuale personale piani piano predisporre predisposizione presentare presentazione \
    procedimento procedura procedure progettazione progetti progetto programma programmato \
    programmazione promozione promuovere proposta pubblica pubbliche pubblici pubblico qualita quantita \
    quota rapporto realizzare realizzazione redazione redigere regolamenti regolamento relazione report \
    responsabile responsabili richiesta richieste ridurre riduzione rilascio rilevare rilevazione \
    risorse rispettando rispettare rispetto scadenza scadenze secondo servizi servizio settore settori \
    sezione sistema sito somma somme sottosezione spesa spese standard strategico struttura supportare \
    supporto sviluppo svolgere svolgimento tempestiva tempestivita tempi tempistica tempo termine \
    termini territorio tutte tutti uffici ufficio utenti valore valorizzare valorizzazione verifica \
    verificare";

/// The stems of those words.
#[derive(Debug)]
pub(super) struct Generic(HashSet<&'static str>);

impl Generic {
    pub(super) fn new() -> Self {
        Self(WORDS.split_whitespace().map(stem).collect())
    }

    /// Whether a stem is of a word every plan is full of.
    pub(super) fn has(&self, stem: &str) -> bool {
        self.0.contains(stem)
    }
}
