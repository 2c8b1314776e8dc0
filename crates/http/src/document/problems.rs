//! Decides which refusals a caller must expect of an operation, and how each is described.

use serde_json::{Map, Value, json};

use super::operations::{has_body, is_public, takes_header};

/// The one media type of refusals.
const PROBLEM_JSON: &str = "application/problem+json";

/// A refusal that operations share.
pub(super) struct Refusal {
    /// The status it is sent with.
    pub status: u16,
    /// Its name among the shared responses.
    pub name: &'static str,
    slug: &'static str,
    title: &'static str,
    detail: &'static str,
}

const fn refusal(
    status: u16,
    name: &'static str,
    slug: &'static str,
    title: &'static str,
    detail: &'static str,
) -> Refusal {
    Refusal { status, name, slug, title, detail }
}

#[rustfmt::skip]
const REFUSALS: &[Refusal] = &[
    refusal(400, "BadRequest", "bad-request", "Richiesta non valida", "Il parametro `limite` non è previsto."),
    refusal(401, "Unauthorized", "unauthorized", "Token mancante o non valido", "La richiesta non porta un token valido."),
    refusal(403, "Forbidden", "forbidden", "Operazione non permessa", "Il ruolo `lettore` non può modificare la struttura."),
    refusal(404, "NotFound", "not-found", "Risorsa inesistente", "La risorsa richiesta non esiste."),
    refusal(405, "MethodNotAllowed", "method-not-allowed", "Metodo non ammesso", "Il percorso ammette GET e HEAD."),
    refusal(406, "NotAcceptable", "not-acceptable", "Formato non disponibile", "La risposta è disponibile in application/json."),
    refusal(408, "RequestTimeout", "request-timeout", "Richiesta troppo lenta", "Il corpo non è arrivato entro il tempo concesso."),
    refusal(409, "Conflict", "conflict", "Conflitto con lo stato attuale", "Esiste già una risorsa con lo stesso codice."),
    refusal(410, "Gone", "gone", "Risorsa non più disponibile", "Il segno di pagina è troppo vecchio: si riparta dall'inizio."),
    refusal(412, "PreconditionFailed", "precondition-failed", "La risorsa è cambiata", "La versione indicata in If-Match non è più quella attuale."),
    refusal(413, "ContentTooLarge", "content-too-large", "Corpo troppo grande", "Il corpo supera la dimensione ammessa."),
    refusal(415, "UnsupportedMediaType", "unsupported-media-type", "Formato del corpo non ammesso", "Il corpo deve essere application/json."),
    refusal(422, "UnprocessableContent", "unprocessable-content", "Dati non validi", "Un campo non rispetta le regole."),
    refusal(428, "PreconditionRequired", "precondition-required", "Manca If-Match", "Per modificare la risorsa occorre inviarne la versione in If-Match."),
    refusal(429, "TooManyRequests", "too-many-requests", "Troppe richieste", "Il limite di richieste è esaurito: si riprovi tra 5 secondi."),
    refusal(500, "InternalServerError", "internal", "Errore interno", "L'errore è stato registrato con l'identificativo della richiesta."),
    refusal(503, "ServiceUnavailable", "unavailable", "Servizio momentaneamente non disponibile", "Il servizio è sovraccarico: si riprovi tra 5 secondi."),
];

/// The shared refusal of this status.
pub(super) fn of_status(status: &str) -> Option<&'static Refusal> {
    let status: u16 = status.parse().ok()?;
    REFUSALS.iter().find(|refusal| refusal.status == status)
}

/// The shared responses of all refusals, by name.
pub(super) fn responses() -> Map<String, Value> {
    let all = REFUSALS.iter();
    all.map(|refusal| (refusal.name.to_owned(), refusal.response())).collect()
}

/// The refusals that follow from what an operation is.
pub(super) fn expected(method: &str, path: &str, operation: &Map<String, Value>) -> Vec<u16> {
    let secured = !is_public(operation);
    let writes = matches!(method, "post" | "put" | "patch" | "delete");
    let conditional = takes_header(operation, "If-Match");
    let creates_only = writes && takes_header(operation, "If-None-Match");
    [
        (true, &[400, 429, 500, 503][..]),
        (secured, &[401, 403]),
        (path.contains('{'), &[404]),
        (has_body(operation), &[408, 413, 415, 422]),
        (conditional || creates_only, &[412]),
        (conditional, &[428]),
        (writes && secured, &[409]),
    ]
    .into_iter()
    .filter(|(applies, _)| *applies)
    .flat_map(|(_, statuses)| statuses.iter().copied())
    .collect()
}

impl Refusal {
    /// The headers it carries beyond those of every answer.
    pub(super) fn headers(&self) -> &'static [&'static str] {
        match self.status {
            401 => &["WWW-Authenticate"],
            405 => &["Allow"],
            412 => &["ETag"],
            429 | 503 => &["Retry-After"],
            _ => &[],
        }
    }

    /// What an operation that declares it with its own words publishes: the words are kept, the
    /// shape is the shared one.
    pub(super) fn declared(&self, own: &Map<String, Value>) -> Value {
        let mut response = self.response();
        let described = own.get("description").filter(|text| **text != "");
        if let (Some(members), Some(description)) = (response.as_object_mut(), described) {
            members.insert("description".into(), description.clone());
        }
        let (Some(media), Some(content)) = (own_media(own), shared_media(&mut response)) else {
            return response;
        };
        for key in ["example", "examples"] {
            if let Some(example) = media.get(key) {
                content.remove("example");
                content.insert(key.to_owned(), example.clone());
            }
        }
        response
    }

    fn response(&self) -> Value {
        let headers = super::headers::ALWAYS.iter().chain(self.headers());
        let headers: Map<String, Value> =
            headers.map(|name| ((*name).to_owned(), super::headers::reference(name))).collect();
        json!({
            "description": format!("{}.", self.title),
            "headers": headers,
            "content": { PROBLEM_JSON: {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "example": self.example(),
            } },
        })
    }

    fn example(&self) -> Value {
        let fault = json!({
            "pointer": "/name",
            "detail": "Il campo non può essere vuoto.",
            "type": "https://api.traguardo.example/problems/too-short",
        });
        let faults = if self.status == 422 { vec![fault] } else { Vec::new() };
        json!({
            "type": format!("https://api.traguardo.example/problems/{}", self.slug),
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": "urn:uuid:0199a3c2-5f0e-7d44-9b61-3c1f6f2ad8e8",
            "errors": faults,
        })
    }
}

fn own_media(own: &Map<String, Value>) -> Option<&Map<String, Value>> {
    own.get("content")?.as_object()?.values().next()?.as_object()
}

fn shared_media(response: &mut Value) -> Option<&mut Map<String, Value>> {
    response.get_mut("content")?.get_mut(PROBLEM_JSON)?.as_object_mut()
}

/// The schemas of a refusal's body, for documents whose handlers do not name them.
pub(super) fn schemas() -> [(&'static str, Value); 2] {
    let kind = json!({
        "type": "string", "format": "uri-reference", "maxLength": 300,
        "description": "Indirizzo stabile che identifica e spiega il genere.",
    });
    let problem = json!({
        "type": "object",
        "description": "Un rifiuto, secondo RFC 9457.",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": kind,
            "title": { "type": "string", "maxLength": 200, "pattern": "^.+$", "description": "Il genere di rifiuto, in breve." },
            "status": { "type": "integer", "format": "int32", "minimum": 400, "maximum": 599, "description": "Lo stato HTTP." },
            "detail": { "type": "string", "maxLength": 2000, "pattern": "^.+$", "description": "Che cosa è accaduto e come rimediare." },
            "instance": { "type": "string", "format": "uri-reference", "maxLength": 300, "description": "L'identificativo della richiesta." },
            "errors": {
                "type": "array", "minItems": 0, "maxItems": 1000,
                "description": "Tutti i difetti trovati, ciascuno al suo posto.",
                "items": { "$ref": "#/components/schemas/Fault" },
            },
        },
    });
    let fault = json!({
        "type": "object",
        "description": "Un difetto in un punto preciso della richiesta.",
        "required": ["pointer", "detail", "type"],
        "properties": {
            "pointer": { "type": "string", "format": "json-pointer", "maxLength": 500, "description": "Puntatore JSON (RFC 6901) al punto." },
            "detail": { "type": "string", "maxLength": 2000, "pattern": "^.+$", "description": "Che cosa non va in quel punto." },
            "type": kind,
        },
    });
    [("Problem", problem), ("Fault", fault)]
}
