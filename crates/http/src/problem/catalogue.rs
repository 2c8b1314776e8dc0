//! The kinds of refusal: each with its stable slug, its status, its title and the page that explains it.

/// What a kind of refusal is.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The last part of its `type`, stable for ever.
    pub slug: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The title, in Italian.
    pub title: &'static str,
    /// What it means and what to do, in Italian.
    pub explanation: &'static str,
}

/// Declares the kinds, each with its entry, and the list of all of them.
macro_rules! kinds {
    ($( $(#[$about:meta])* $kind:ident: $status:literal $slug:literal, $title:literal, $explanation:literal; )+) => {
        /// A kind of refusal.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Kind { $( $(#[$about])* $kind, )+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// What it is.
            #[must_use]
            pub const fn entry(self) -> Entry {
                match self {
                    $(Self::$kind => Entry { slug: $slug, status: $status, title: $title, explanation: $explanation },)+
                }
            }
        }
    };
}

kinds! {
    /// The body is not JSON, or not UTF-8.
    MalformedBody: 400 "malformed-body", "Corpo non leggibile", "Il corpo della richiesta non è JSON valido in UTF-8.";
    /// A query parameter is unknown or malformed.
    InvalidParameter: 400 "invalid-parameter", "Parametro non valido", "Un parametro della richiesta non esiste o non ha la forma attesa. I parametri sconosciuti sono rifiutati: un refuso non deve restituire tutto.";
    /// The cursor is not one this list gave.
    UnknownCursor: 400 "unknown-cursor", "Cursore sconosciuto", "Il cursore non è stato dato da questo elenco con questo ordinamento. Riprendere dalla prima pagina.";
    /// A header is malformed.
    InvalidHeader: 400 "invalid-header", "Intestazione non valida", "Un'intestazione della richiesta non ha la forma attesa.";
    /// The grant type or the form of a token request is wrong.
    InvalidGrant: 400 "invalid-token-request", "Richiesta di token non valida", "La richiesta di token vuole grant_type=client_credentials e le credenziali del client, nel corpo o con Basic.";
    /// No token, or one that is not accepted.
    Unauthorized: 401 "unauthorized", "Autenticazione necessaria", "Serve un token valido nell'intestazione Authorization: Bearer. Un token manca, è scaduto, è revocato, oppure non è di un emittente riconosciuto.";
    /// The role does not allow it.
    Forbidden: 403 "forbidden", "Azione non permessa al ruolo", "Il ruolo non permette questa azione.";
    /// The roles are for someone else to give.
    RoleNotYoursToGive: 403 "role-not-yours-to-give", "Ruolo non conferibile", "La piattaforma nomina solo gli amministratori di un comune: gli altri ruoli li dà l'amministratore.";
    /// The objective is of another structure.
    OutsideYourUnit: 403 "outside-your-unit", "Obiettivo di un'altra struttura", "Il responsabile scrive gli obiettivi assegnati alla propria struttura e a quelle che ne fanno parte, e solo a quelle.";
    /// There is no such thing, or not for this caller.
    NotFound: 404 "not-found", "Non trovato", "La risorsa non esiste, oppure il token non permette di sapere se esiste.";
    /// The method is not one of the resource's.
    MethodNotAllowed: 405 "method-not-allowed", "Metodo non ammesso", "La risorsa non ammette questo metodo; quelli ammessi sono nell'intestazione Allow.";
    /// None of the accepted types is offered.
    NotAcceptable: 406 "not-acceptable", "Formato non disponibile", "La risorsa è offerta solo in application/json.";
    /// The body did not arrive in time.
    BodyTimeout: 408 "body-timeout", "Corpo non ricevuto in tempo", "Il corpo della richiesta non è arrivato per intero nel tempo concesso.";
    /// The comune is registered.
    ComuneRegistered: 409 "comune-registered", "Comune già registrato", "Un comune con questo codice catastale è già registrato.";
    /// The identifier is another comune's.
    IdentifierTaken: 409 "identifier-taken", "Identificativo di un altro comune", "Il codice appartiene a un altro comune negli stessi giorni.";
    /// The unit's code is taken.
    UnitCodeTaken: 409 "unit-code-taken", "Codice già usato", "Un'altra unità del comune ha questo codice negli stessi giorni.";
    /// The external id is taken.
    ExternalIdTaken: 409 "external-id-taken", "Chiave esterna già usata", "Un altro oggetto dello stesso tipo ha questa chiave esterna nel comune.";
    /// The unit would be below itself.
    UnitBelowItself: 409 "unit-below-itself", "Unità sotto se stessa", "L'unità superiore indicata fa parte dell'unità stessa.";
    /// The unit is in use.
    UnitInUse: 409 "unit-in-use", "Unità in uso", "Altre unità, membri o obiettivi fanno capo a questa: si può farla cessare con valid_to, non cancellarla.";
    /// The year has a plan of this kind.
    PlanOfYearExists: 409 "plan-of-year-exists", "Piano già presente", "Il comune ha già un piano di questa natura per l'anno.";
    /// What a plan contains is not to be changed in its state.
    PlanNotEditable: 409 "plan-not-editable", "Piano non modificabile", "Il contenuto di un piano si modifica in bozza o in variazione. Un piano proposto o in esame si rinvia in bozza (send_back); uno in corso si apre con una variazione (open_variation), con il suo motivo.";
    /// The plan has sealed versions.
    PlanSealed: 409 "plan-sealed", "Piano approvato", "Il piano ha versioni approvate: non si cancella più.";
    /// The transition does not leave from the plan's state.
    NoWayFromHere: 409 "no-way-from-here", "Passaggio non possibile da questo stato", "Il passaggio chiesto non parte dallo stato in cui è il piano; GET ../transitions dice quali partono da qui.";
    /// The transition lacks something.
    TransitionLacks: 409 "transition-lacks", "Al passaggio manca qualcosa", "Il passaggio ha bisogno di ciò che errors elenca: un ruolo, un atto, un motivo, almeno un obiettivo, un piano senza i rilievi che il sistema di valutazione non ammette, il termine delle variazioni, un sistema di valutazione, il giudizio su ogni assegnazione.";
    /// Values are not collected in the state the plan is in.
    NothingCollected: 409 "nothing-collected", "Nessuna raccolta in corso", "I valori si raccolgono, e le valutazioni si fanno, quando il piano è in corso, in variazione o in consuntivazione.";
    /// The window of collection is not open.
    WindowClosed: 409 "window-closed", "Raccolta non aperta", "I valori di un periodo si raccolgono nei giorni della sua finestra: GET ../rounds le elenca.";
    /// Another measurement has taken its place.
    SupersededAlready: 409 "superseded-already", "Valore già corretto", "Un altro valore ha già preso il posto di quello indicato: correggere l'ultimo.";
    /// The evaluation does not take this step.
    EvaluationRefused: 409 "evaluation-refused", "Passo non possibile", "La valutazione non ammette questo passo: per lo stato in cui è, oppure perché chi decide ha inserito uno dei valori.";
    /// The individual evaluation does not take this step.
    SheetRefused: 409 "sheet-refused", "Passo non possibile", "La scheda non ammette questo passo: per lo stato in cui è, per il termine, oppure perché spetta ad altri.";
    /// The import has no draft, or not any more.
    ImportNotReady: 409 "import-not-ready", "Importazione non pronta", "Una bozza c'è quando il file è stato letto: GET ../imports/{import} dice a che punto è, o perché il file non si legge.";
    /// What the plan came to is not to be published.
    NotPublishable: 409 "not-publishable", "Risultati non pubblicabili", "I risultati di un piano si pubblicano da quando è in corso, sulla versione approvata: prima non ce ne sono.";
    /// The author is another's.
    NotYourAuthor: 403 "not-your-author", "Autore di altri", "Il membro non pubblica per questo autore: lo elenca chi amministra la piattaforma, in members di PUT /authors/{author}.";
    /// The code of the group is another's.
    GroupCodeTaken: 409 "group-code-taken", "Codice di gruppo già usato", "Un gruppo di altri ha questo codice: i codici dei gruppi sono unici in tutto il servizio.";
    /// The identity is another member's.
    IdentityTaken: 409 "identity-taken", "Identità di un altro membro", "Un altro membro del comune ha questa identità presso l'emittente.";
    /// The member is revoked.
    MemberRevoked: 409 "member-revoked", "Membro revocato", "Il membro è revocato: non cambia più. Registrarne un altro.";
    /// A person has no secret.
    NotAClient: 409 "not-a-client", "Non è un programma", "Solo i programmi hanno segreti qui; le persone si presentano con il token del proprio emittente.";
    /// Two secrets are valid.
    TooManySecrets: 409 "too-many-secrets", "Troppi segreti validi", "Il programma ha già due segreti validi, quanti ne servono per cambiarne uno senza interruzione: revocarne uno.";
    /// The object has changed since.
    Stale: 412 "stale", "Versione superata", "La risorsa è cambiata da quando è stata letta: rileggerla, l'ETag attuale è nell'intestazione.";
    /// Nothing is there to change.
    NothingToChange: 412 "nothing-to-change", "Niente da cambiare", "La richiesta indica una versione con If-Match, ma la risorsa non esiste.";
    /// It exists, and was to be created only.
    AlreadyThere: 412 "already-there", "Esiste già", "La richiesta con If-None-Match: * vuole solo creare, ma la risorsa esiste.";
    /// The body is too large.
    TooLarge: 413 "too-large", "Corpo troppo grande", "Il corpo della richiesta supera il limite dichiarato.";
    /// The content type or encoding is not accepted.
    UnsupportedMediaType: 415 "unsupported-media-type", "Tipo di contenuto non accettato", "Il corpo va inviato come application/json in UTF-8, senza compressione.";
    /// What was sent is understood and cannot be accepted.
    Invalid: 422 "invalid", "Dati non validi", "I dati sono stati letti ma non si possono accettare; errors li elenca tutti.";
    /// One of many writes was refused, and none was made.
    BulkRefused: 422 "bulk-refused", "Scritture non fatte", "Almeno una delle scritture è rifiutata e, poiché si è chiesto tutto o nulla, nessuna è stata fatta; errors dice di ciascuna che cosa non va. Di più scritture insieme si fa ciò che si può con mode=partial, e di un file si prendono le righe buone con mode=good_lines.";
    /// The key was used for another content.
    KeyReused: 422 "idempotency-key-reused", "Chiave già usata per altro", "La stessa Idempotency-Key è stata usata per un contenuto diverso.";
    /// A change must name the version it knows.
    PreconditionRequired: 428 "precondition-required", "Versione da indicare", "Per cambiare una risorsa serve If-Match con l'ETag letto, o If-Match: * per sovrascrivere sapendolo.";
    /// Too many requests.
    TooManyRequests: 429 "too-many-requests", "Troppe richieste", "Superato il limite di richieste; riprovare dopo i secondi indicati in Retry-After.";
    /// Our fault.
    Internal: 500 "internal", "Errore interno", "Un errore del servizio, registrato con l'identificativo della richiesta. Riprovare non serve; segnalarlo sì.";
    /// Not now.
    Unavailable: 503 "unavailable", "Servizio momentaneamente non disponibile", "La base dati non risponde o è occupata; riprovare dopo i secondi indicati in Retry-After. Con Idempotency-Key riprovare una scrittura è sicuro.";
}

impl Kind {
    /// The kind a slug names.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.entry().slug == slug)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_slug_names_one_kind() {
        let slugs: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.entry().slug).collect();
        assert_eq!(slugs.len(), Kind::ALL.len());
        assert!(Kind::ALL.iter().all(|kind| Kind::from_slug(kind.entry().slug) == Some(*kind)));
    }
}
