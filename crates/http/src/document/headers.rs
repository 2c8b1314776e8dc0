//! Decides which headers go both ways, and how each is described.

use serde_json::{Map, Value, json};

/// On every answer, whatever its status.
pub(super) const ALWAYS: &[&str] =
    &["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-Correlation-ID"];

/// Every header of answers that operations share, by name.
pub(super) fn of_responses() -> Map<String, Value> {
    let mut all = limits();
    all.append(&mut about_the_resource());
    all.append(&mut about_the_request());
    all.append(&mut about_what_is_public());
    all
}

/// A reference to a shared header.
pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

fn limits() -> Map<String, Value> {
    named([
        (
            "X-RateLimit-Limit",
            "Richieste permesse nell'intervallo corrente.",
            json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 1_000_000 }),
            json!(600),
        ),
        (
            "X-RateLimit-Remaining",
            "Richieste che restano nell'intervallo corrente.",
            json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 1_000_000 }),
            json!(599),
        ),
        (
            "X-RateLimit-Reset",
            "Secondi che mancano al prossimo intervallo.",
            json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400 }),
            json!(60),
        ),
        (
            "Retry-After",
            "Secondi da attendere prima di riprovare.",
            json!({ "type": "integer", "format": "int32", "minimum": 0, "maximum": 86_400 }),
            json!(5),
        ),
    ])
}

fn about_the_resource() -> Map<String, Value> {
    named([
        (
            "ETag",
            "La versione della risorsa, da ripetere in `If-Match` per modificarla.",
            json!({ "type": "string", "pattern": "^\"[!#-~]{1,200}\"$", "minLength": 3, "maxLength": 202 }),
            json!("\"3\""),
        ),
        (
            "Location",
            "L'indirizzo assoluto della risorsa.",
            json!({ "type": "string", "format": "uri", "maxLength": 2000 }),
            json!("https://api.traguardo.example/v1/comuni/L454"),
        ),
        (
            "Cache-Control",
            "Come si può conservare la risposta: `no-store` per i dati di un comune, `no-cache` \
             per ciò che si riconvalida con `ETag`, `max-age` per i dati pubblici.",
            json!({ "type": "string", "pattern": "^[a-z0-9=, -]{1,100}$", "maxLength": 100 }),
            json!("private, no-cache"),
        ),
        (
            "Allow",
            "I metodi che il percorso ammette.",
            json!({ "type": "string", "pattern": "^[A-Z]+(, [A-Z]+)*$", "maxLength": 100 }),
            json!("GET, HEAD, OPTIONS"),
        ),
    ])
}

fn about_what_is_public() -> Map<String, Value> {
    named([
        (
            "Last-Modified",
            "Quando è stata pubblicata; assente dove il solo `ETag` dice se è cambiata.",
            json!({ "type": "string", "pattern": "^[ -~]{1,40}$", "maxLength": 40 }),
            json!("Fri, 31 Jan 2025 10:00:00 GMT"),
        ),
        (
            "Link",
            "La licenza con cui si può riusare (`rel=\"license\"`); per i dati in tabella, anche la loro descrizione \
             (`rel=\"describedby\"`).",
            json!({ "type": "string", "pattern": "^[ -~]{1,2000}$", "maxLength": 2000 }),
            json!("<https://creativecommons.org/licenses/by/4.0/>; rel=\"license\""),
        ),
        (
            "Access-Control-Allow-Origin",
            "Le pagine web che possono leggere la risposta: tutte.",
            json!({ "type": "string", "enum": ["*"] }),
            json!("*"),
        ),
    ])
}

fn about_the_request() -> Map<String, Value> {
    named([
        (
            "X-Correlation-ID",
            "L'identificativo della richiesta: quello inviato dal chiamante, o uno nuovo.",
            json!({ "type": "string", "pattern": "^[!-~]{1,128}$", "minLength": 1, "maxLength": 128 }),
            json!("0199a3c2-5f0e-7d44-9b61-3c1f6f2ad8e8"),
        ),
        (
            "WWW-Authenticate",
            "Il modo di presentarsi che l'operazione si aspetta.",
            json!({ "type": "string", "pattern": "^[ -~]{1,500}$", "maxLength": 500 }),
            json!("Bearer realm=\"traguardo\""),
        ),
        (
            "Idempotency-Replayed",
            "Presente quando la risposta è quella già data alla stessa `Idempotency-Key`.",
            json!({ "type": "string", "enum": ["true"] }),
            json!("true"),
        ),
    ])
}

fn named<const N: usize>(headers: [(&str, &str, Value, Value); N]) -> Map<String, Value> {
    let described = headers.map(|(name, description, schema, example)| {
        let header = json!({ "description": description, "schema": schema, "example": example });
        (name.to_owned(), header)
    });
    Map::from_iter(described)
}

/// Gives the request headers with a meaning of ours their one description and shape, and any other
/// header string a length, since no server reads them without end.
pub(super) fn describe_parameter(reads: bool, parameter: &mut Value) {
    let Some(members) = parameter.as_object_mut() else {
        return;
    };
    if members.get("in").and_then(Value::as_str) != Some("header") {
        return;
    }
    let name = super::operations::text(members.get("name"));
    if let Some((name, description, schema, example)) = of_request(reads, &name) {
        members.insert("name".into(), json!(name));
        members.insert("description".into(), json!(description));
        members.insert("schema".into(), schema);
        members.insert("example".into(), example);
    } else if let Some(schema) = members.get_mut("schema").and_then(Value::as_object_mut) {
        let bounded = ["maxLength", "enum", "format", "$ref"];
        let is_string = schema.get("type").is_some_and(|kind| kind == "string");
        if is_string && !bounded.iter().any(|bound| schema.contains_key(*bound)) {
            schema.insert("maxLength".into(), json!(2000));
        }
    }
}

fn of_request(reads: bool, name: &str) -> Option<(&'static str, &'static str, Value, Value)> {
    match name.to_ascii_lowercase().as_str() {
        "if-match" => Some((
            "If-Match",
            "L'`ETag` della versione che si intende modificare, o `*` per qualunque versione.",
            json!({ "type": "string", "pattern": "^(\\*|\"[!#-~]{1,200}\")$", "minLength": 1, "maxLength": 202 }),
            json!("\"3\""),
        )),
        "if-none-match" if !reads => Some((
            "If-None-Match",
            "`*` per creare soltanto: se la risorsa esiste già la risposta è `412`.",
            json!({ "type": "string", "enum": ["*"] }),
            json!("*"),
        )),
        "if-none-match" => Some((
            "If-None-Match",
            "L'`ETag` che si possiede già: se è ancora attuale la risposta è `304`.",
            json!({ "type": "string", "pattern": "^[ -~]{1,1000}$", "minLength": 1, "maxLength": 1000 }),
            json!("\"3\""),
        )),
        "idempotency-key" => Some((
            "Idempotency-Key",
            "Una chiave scelta dal chiamante, diversa per ogni intenzione: la stessa chiave con lo \
             stesso corpo restituisce la risposta già data.",
            json!({ "type": "string", "pattern": "^[!-~]{1,257}$", "minLength": 1, "maxLength": 257 }),
            json!("0199a3c2-5f0e-7d44-9b61-3c1f6f2ad8e9"),
        )),
        _ => None,
    }
}
