use serde_json::{Value, json};
use utoipa::openapi::OpenApi;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

use super::{
    Error, collisions, complete, first_difference, methods_by_path, operations, to_3_0, to_json, to_yaml,
};

fn declared() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": { "title": "", "version": "" },
        "paths": {
            "/status": { "get": {
                "tags": ["status"], "operationId": "read_status", "security": [{}],
                "responses": { "200": { "description": "Lo stato." } },
            } },
            "/comuni/{comune}/units/{unit}": { "put": {
                "tags": ["units"], "operationId": "replace_unit",
                "parameters": [
                    { "name": "comune", "in": "path", "required": true, "schema": { "type": "string" } },
                    { "name": "if-match", "in": "header", "required": true, "schema": { "type": ["string", "null"] } },
                    { "name": "X-Other", "in": "header", "required": false, "schema": { "type": "string" } },
                ],
                "requestBody": { "required": true, "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Unit" },
                } } },
                "responses": {
                    "200": { "description": "La struttura.", "headers": { "ETag": { "schema": { "type": "string" } } } },
                    "409": { "description": "La struttura ha ancora figli.", "content": { "text/plain": {} } },
                },
            } },
        },
        "components": { "schemas": { "Unit": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": { "type": "string", "maxLength": 200 },
                "aliases": { "type": "array", "items": { "type": "string" }, "maxItems": 9 },
                "closed": { "type": ["string", "null"], "format": "date" },
                "parent": { "oneOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Unit" }] },
                "type": { "type": "integer", "exclusiveMinimum": 0, "examples": [{ "type": ["kept"] }] },
            },
        } } },
    })
}

fn api(document: Value) -> OpenApi {
    serde_json::from_value(document).unwrap()
}

fn completed() -> Value {
    serde_json::to_value(complete(&api(declared())).unwrap()).unwrap()
}

fn statuses(document: &Value, pointer: &str) -> Vec<String> {
    let responses = document.pointer(pointer).unwrap().as_object().unwrap();
    responses.keys().cloned().collect()
}

#[test]
fn a_public_read_expects_only_the_general_refusals() {
    assert_eq!(statuses(&completed(), "/paths/~1status/get/responses"), ["200", "400", "429", "500", "503"]);
}

#[test]
fn a_conditional_write_expects_every_refusal_that_follows_from_it() {
    let pointer = "/paths/~1comuni~1{comune}~1units~1{unit}/put/responses";
    assert_eq!(
        statuses(&completed(), pointer),
        [
            "200", "400", "401", "403", "404", "406", "408", "409", "412", "413", "415", "422", "428", "429",
            "500", "503"
        ]
    );
}

#[test]
fn if_none_match_keeps_a_read_short_and_a_write_from_replacing() {
    let header = json!([{ "name": "If-None-Match", "in": "header", "required": false, "schema": { "type": "string" } }]);
    let mut document = declared();
    document["paths"]["/status"]["get"]["parameters"] = header.clone();
    document["paths"]["/status"]["put"] = document["paths"]["/status"]["get"].clone();
    let done = serde_json::to_value(complete(&api(document)).unwrap()).unwrap();
    let read = statuses(&done, "/paths/~1status/get/responses");
    assert!(read.contains(&"304".to_owned()) && !read.contains(&"412".to_owned()));
    let write = statuses(&done, "/paths/~1status/put/responses");
    assert!(write.contains(&"412".to_owned()) && !write.contains(&"304".to_owned()));
}

#[test]
fn a_declared_refusal_keeps_its_words_and_takes_the_shared_shape() {
    let document = completed();
    let own = &document["paths"]["/comuni/{comune}/units/{unit}"]["put"]["responses"]["409"];
    assert_eq!(own["description"], "La struttura ha ancora figli.");
    assert_eq!(own["content"]["application/problem+json"]["schema"]["$ref"], "#/components/schemas/Problem");
    assert!(own["content"].get("text/plain").is_none());
}

#[test]
fn every_answer_carries_the_limits_and_success_says_how_long_it_keeps() {
    let document = completed();
    let ok = &document["paths"]["/comuni/{comune}/units/{unit}"]["put"]["responses"]["200"];
    for name in ["X-RateLimit-Reset", "X-Correlation-ID", "Cache-Control", "ETag"] {
        assert_eq!(ok["headers"][name]["$ref"], format!("#/components/headers/{name}"));
    }
}

#[test]
fn known_request_headers_take_one_description_and_others_a_length() {
    let document = completed();
    let parameters = &document["paths"]["/comuni/{comune}/units/{unit}"]["put"]["parameters"];
    assert_eq!(parameters[1]["name"], "If-Match");
    assert_eq!(parameters[1]["required"], true);
    assert_eq!(parameters[1]["schema"]["type"], "string");
    assert_eq!(parameters[2]["schema"]["maxLength"], 2000);
}

#[test]
fn only_components_in_use_are_published() {
    let document = completed();
    let components = &document["components"];
    assert!(components["responses"].get("MethodNotAllowed").is_none());
    assert!(components["headers"].get("Allow").is_none());
    assert!(components["schemas"].get("Fault").is_some());
}

#[test]
fn lists_without_a_lowest_length_say_zero() {
    let unit = &completed()["components"]["schemas"]["Unit"];
    assert_eq!(unit["properties"]["aliases"]["minItems"], 0);
}

#[test]
fn completing_twice_changes_nothing() {
    let once = complete(&api(declared())).unwrap();
    let twice = complete(&once).unwrap();
    assert_eq!(to_yaml(&once).unwrap(), to_yaml(&twice).unwrap());
}

#[test]
fn paths_and_properties_keep_the_order_they_were_declared_in() {
    let mut builder = ObjectBuilder::new();
    for name in ["zeta", "alpha", "mid"] {
        builder = builder.property(name, ObjectBuilder::new().schema_type(Type::String));
    }
    let mut declared = api(declared());
    let schemas = &mut declared.components.as_mut().unwrap().schemas;
    schemas.insert("Ordered".into(), builder.into());
    declared.paths.paths.reverse();
    let first = declared.paths.paths.keys().next().unwrap().clone();
    let done = complete(&declared).unwrap();
    assert_eq!(done.paths.paths.keys().next(), Some(&first));
    let yaml = to_yaml(&done).unwrap();
    let places = ["zeta:", "alpha:", "mid:"].map(|name| yaml.find(name).unwrap());
    assert!(places.is_sorted());
}

#[test]
fn the_same_document_is_the_same_text() {
    let texts: Vec<String> = (0..8).map(|_| to_yaml(&complete(&api(declared())).unwrap()).unwrap()).collect();
    assert!(texts.windows(2).all(|pair| pair[0] == pair[1]));
    assert!(to_json(&complete(&api(declared())).unwrap()).unwrap().starts_with("{\n  \"openapi\""));
}

#[test]
fn a_tag_nobody_described_is_refused() {
    let mut document = declared();
    document["paths"]["/status"]["get"]["tags"] = json!(["mystery"]);
    let refused = complete(&api(document));
    assert!(matches!(refused, Err(Error::UnknownTag { tag, .. }) if tag == "mystery"));
}

#[test]
fn a_refusal_nobody_described_is_refused() {
    let mut document = declared();
    document["paths"]["/status"]["get"]["responses"]["418"] = json!({ "description": "Teiera." });
    let refused = complete(&api(document));
    assert!(matches!(refused, Err(Error::UnknownStatus { status, .. }) if status == "418"));
}

#[test]
fn the_first_loss_is_named_by_its_place() {
    let left = json!({ "a/b": [1, { "c": 2 }] });
    let right = json!({ "a/b": [1, { "c": 3 }] });
    assert_eq!(first_difference(&left, &right).as_deref(), Some("/a~1b/1/c"));
    assert_eq!(first_difference(&left, &left), None);
}

#[test]
fn operations_are_listed_with_what_they_demand() {
    let all = operations(&api(declared()));
    assert_eq!(all.len(), 2);
    let named = |id: &str| all.iter().find(|one| one.operation_id == id).unwrap();
    assert!(named("read_status").public && !named("read_status").has_body);
    let replace = named("replace_unit");
    assert!(!replace.public && replace.has_body && replace.method == "PUT");
    let methods = methods_by_path(&api(declared()));
    assert_eq!(methods["/status"], ["GET"]);
}

#[test]
fn what_is_new_in_3_1_is_said_in_the_words_of_3_0() {
    let yaml = to_3_0(&complete(&api(declared())).unwrap()).unwrap();
    let old: Value = yaml_serde::from_str(&yaml).unwrap();
    assert_eq!(old["openapi"], "3.0.3");
    assert!(old["info"]["license"].get("identifier").is_none());
    let unit = &old["components"]["schemas"]["Unit"]["properties"];
    assert_eq!(unit["closed"], json!({ "type": "string", "format": "date", "nullable": true }));
    assert_eq!(
        unit["parent"],
        json!({ "allOf": [{ "$ref": "#/components/schemas/Unit" }], "nullable": true })
    );
    assert_eq!(
        unit["type"],
        json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true, "example": { "type": ["kept"] } })
    );
}

#[test]
fn two_bodies_under_one_name_collide() {
    let text: RefOr<Schema> = ObjectBuilder::new().schema_type(Type::String).into();
    let number: RefOr<Schema> = ObjectBuilder::new().schema_type(Type::Integer).into();
    let named = |name: &str, body: &RefOr<Schema>| (name.to_owned(), body.clone());
    let all = [named("Unit", &text), named("Plan", &text), named("Unit", &number), named("Plan", &text)];
    assert_eq!(collisions(&all), ["Unit"]);
}
