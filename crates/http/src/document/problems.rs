//! Decides which refusals a caller must expect of an operation, and how each is described.

use serde_json::{Map, Value, json};
use utoipa::PartialSchema as _;

use crate::problem::catalogue::{Entry, Kind};
use crate::problem::{FaultBody, ProblemBody};

use super::operations::{has_body, is_public, takes_header};

/// The one media type of refusals.
const PROBLEM_JSON: &str = "application/problem+json";

/// A refusal that operations share: a status, and every kind of the catalogue that is answered with it.
pub(super) struct Refusal {
    /// The status it is sent with.
    pub status: u16,
    /// Its name among the shared responses.
    pub name: &'static str,
}

const REFUSALS: &[Refusal] = &[
    Refusal { status: 400, name: "BadRequest" },
    Refusal { status: 401, name: "Unauthorized" },
    Refusal { status: 403, name: "Forbidden" },
    Refusal { status: 404, name: "NotFound" },
    Refusal { status: 405, name: "MethodNotAllowed" },
    Refusal { status: 406, name: "NotAcceptable" },
    Refusal { status: 408, name: "RequestTimeout" },
    Refusal { status: 409, name: "Conflict" },
    Refusal { status: 412, name: "PreconditionFailed" },
    Refusal { status: 413, name: "ContentTooLarge" },
    Refusal { status: 415, name: "UnsupportedMediaType" },
    Refusal { status: 422, name: "UnprocessableContent" },
    Refusal { status: 428, name: "PreconditionRequired" },
    Refusal { status: 429, name: "TooManyRequests" },
    Refusal { status: 500, name: "InternalServerError" },
    Refusal { status: 503, name: "ServiceUnavailable" },
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
        (secured || path.starts_with("/public/"), &[406]),
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
                content.remove("examples");
                content.insert(key.to_owned(), example.clone());
            }
        }
        response
    }

    fn kinds(&self) -> impl Iterator<Item = Entry> {
        let status = self.status;
        Kind::ALL.iter().map(|kind| kind.entry()).filter(move |entry| entry.status == status)
    }

    fn response(&self) -> Value {
        let headers = super::headers::ALWAYS.iter().chain(self.headers());
        let headers: Map<String, Value> =
            headers.map(|name| ((*name).to_owned(), super::headers::reference(name))).collect();
        let titles: Vec<&str> = self.kinds().map(|entry| entry.title).collect();
        let examples: Map<String, Value> = self
            .kinds()
            .map(|entry| (entry.slug.to_owned(), json!({ "summary": entry.title, "value": example(entry) })))
            .collect();
        json!({
            "description": format!("{}.", titles.join("; ")),
            "headers": headers,
            "content": { PROBLEM_JSON: {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "examples": examples,
            } },
        })
    }
}

fn example(entry: Entry) -> Value {
    let mut example = json!({
        "type": format!("/problems/{}", entry.slug),
        "title": entry.title,
        "status": entry.status,
        "detail": entry.explanation,
        "instance": "urn:traguardo:request:0199a3c2-5f0e-7d44-9b61-3c1f6f2ad8e8",
    });
    if entry.status == 422
        && let Some(members) = example.as_object_mut()
    {
        let fault =
            json!({ "pointer": "/name", "detail": "Il testo non può essere vuoto.", "type": "missing" });
        members.insert("errors".to_owned(), json!([fault]));
    }
    example
}

fn own_media(own: &Map<String, Value>) -> Option<&Map<String, Value>> {
    own.get("content")?.as_object()?.values().next()?.as_object()
}

fn shared_media(response: &mut Value) -> Option<&mut Map<String, Value>> {
    response.get_mut("content")?.get_mut(PROBLEM_JSON)?.as_object_mut()
}

/// The schemas of a refusal's body, as the service writes it.
pub(super) fn schemas() -> Result<[(&'static str, Value); 2], serde_json::Error> {
    let problem = serde_json::to_value(ProblemBody::schema())?;
    let fault = serde_json::to_value(FaultBody::schema())?;
    Ok([("Problem", problem), ("Fault", fault)])
}
