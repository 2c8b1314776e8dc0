//! Decides how the API presents itself: its name, its terms, its addresses, and how one signs in.

use serde_json::{Map, Value, json};

/// The identifier catalogues know this API by. It outlives title and address: never change it.
const API_ID: &str = "0199a3c2-5f0e-7d44-9b61-3c1f6f2ad8e7";

/// The address the placeholder installation answers at.
const SERVER: &str = "https://api.traguardo.example/v1";

const DESCRIPTION: &str = include_str!("description.md");

const RFC8725: &str = "Il token è verificato secondo RFC8725: algoritmo fissato per emittente, \
    scadenza breve, emittente e destinatario obbligatori.";

/// Writes what does not depend on any operation.
pub(super) fn write(root: &mut Map<String, Value>) {
    root.insert("info".into(), info());
    root.insert("servers".into(), servers());
    root.insert("security".into(), json!([{ "token": [] }, { "client_credentials": [] }]));
}

fn info() -> Value {
    json!({
        "title": "Traguardo",
        "version": env!("CARGO_PKG_VERSION"),
        "description": format!("{}\n\n{}", DESCRIPTION.trim_end(), super::guide::told().trim_end()),
        "termsOfService": "https://traguardo.example/condizioni",
        "contact": {
            "name": "Assistenza agli integratori",
            "url": "https://traguardo.example/assistenza",
            "email": "assistenza@traguardo.example",
        },
        "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        "x-summary": "Il ciclo della performance dei comuni italiani: piani, misure e punteggi spiegati.",
        "x-api-id": API_ID,
    })
}

fn servers() -> Value {
    json!([
        { "url": SERVER, "description": "Esercizio" },
        {
            "url": "http://127.0.0.1:8080/v1",
            "description": "Prova in locale, con dati dimostrativi",
            "x-sandbox": true,
        },
    ])
}

/// The two ways to sign in: a token at hand, or credentials exchanged for one.
pub(super) fn security_schemes() -> Value {
    json!({
        "token": {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": format!("Token di un comune, della piattaforma o di confronto. {RFC8725}"),
        },
        "client_credentials": {
            "type": "oauth2",
            "description": format!("Credenziali di un gestionale, scambiate con un token di dieci minuti. {RFC8725}"),
            "flows": {
                "clientCredentials": {
                    "tokenUrl": format!("{SERVER}/oauth/token"),
                    "scopes": {},
                },
            },
        },
    })
}
