//! The operations that take a JSON body, as the document says them, each with a caller who may and a body that fits.

use serde_json::{Value, json};
use traguardo_http::document::{build, operations};
use traguardo_http::routes;

use crate::operations::plant;
use crate::world::{Request, World};

/// An operation to try.
pub(super) struct Operation {
    pub(super) name: String,
    method: String,
    path: String,
    token: String,
    /// A body that fits.
    pub(super) body: Value,
    /// The schema of the body.
    pub(super) schema: Value,
}

impl Operation {
    /// The operation with this body.
    pub(super) fn with(&self, world: &World, body: impl Into<Vec<u8>>) -> Request {
        self.bare(world).bytes("application/json", body)
    }

    /// The operation without a body.
    pub(super) fn bare(&self, world: &World) -> Request {
        world.anonymous(&self.method, &self.path).token(&self.token)
    }

    /// The body with another value for a member, written as it is.
    pub(super) fn altered(&self, name: &str, raw: &str) -> String {
        let mut body = self.body.clone();
        body[name] = "@@".into();
        body.to_string().replace("\"@@\"", raw)
    }

    /// Whether what it is sent is read member by member. What is compared with seals is not: any JSON is a seal's or is not,
    /// and the answer to what is not is that it is not (seals.rs looks there).
    pub(super) fn reads_members(&self) -> bool {
        self.name != "check_seal"
    }

    pub(super) fn properties(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.schema["properties"].as_object().into_iter().flatten()
    }

    pub(super) fn required(&self, name: &str) -> bool {
        self.schema["required"].as_array().into_iter().flatten().any(|one| one == name)
    }
}

/// Every one of them.
pub(super) fn with_json(world: &World) -> Vec<Operation> {
    let names = plant(world, "L454");
    // The structures that the examples speak of.
    for code in ["SA", "SF"] {
        let unit = json!({"code": code, "name": code, "kind": "sector", "valid_from": "2020-01-01"});
        world.call("segretario", "POST", "L454", "/units").json(&unit).send().expect(201);
    }
    let api = build(routes::configure).unwrap();
    let document = serde_json::to_value(&api).unwrap();
    let tokens = [
        ("Z000", world.token("Z000", "platform_admin")),
        ("/authors", world.token("Z000", "platform_admin")),
        ("/templates", world.token("Z000", "template_author")),
        ("members", world.token("L454", "amministratore")),
        ("/certified", world.token("L454", "revisore")),
        ("/certifications", world.token("L454", "nucleo")),
        ("/opinions", world.token("L454", "nucleo")),
        ("/steps", world.token("L454", "nucleo")),
        ("", world.token("L454", "segretario")),
    ];
    let found = operations(&api).into_iter().filter(|operation| operation.has_body).filter_map(|operation| {
        let method = operation.method.to_lowercase();
        let content = &document["paths"][&operation.path][method]["requestBody"]["content"];
        let reference = content["application/json"]["schema"]["$ref"].as_str()?;
        let schema = document.pointer(reference.trim_start_matches('#')).unwrap().clone();
        let body = schema.get("example").or(schema.pointer("/examples/0")).unwrap().clone();
        let platform = operation.path == "/comuni/{comune}";
        let token = tokens
            .iter()
            .find(|(part, _)| if *part == "Z000" { platform } else { operation.path.contains(part) });
        Some(Operation {
            name: operation.operation_id,
            method: operation.method,
            path: format!("/v1{}", names.fill(&operation.path)),
            token: token.unwrap().1.clone(),
            body,
            schema,
        })
    });
    let found: Vec<_> = found.collect();
    assert!(found.len() >= 8, "only {} operations take JSON", found.len());
    found
}
