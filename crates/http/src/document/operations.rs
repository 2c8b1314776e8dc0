//! Decides how the document is read by code: which operations there are, and what each demands.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use utoipa::openapi::OpenApi;

/// The members of a path that are operations.
pub(super) const METHODS: &[&str] = &["get", "head", "post", "put", "patch", "delete", "options", "trace"];

/// What a guard needs to know of an operation in order to try it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationInfo {
    /// The method, in capitals.
    pub method: String,
    /// The path's template, relative to the server's address.
    pub path: String,
    /// The operation's unique name.
    pub operation_id: String,
    /// Whether it answers without a token.
    pub public: bool,
    /// The groups it is presented in.
    pub tags: Vec<String>,
    /// Whether it takes a body.
    pub has_body: bool,
}

/// Every operation of the document, in its order.
#[must_use]
pub fn operations(api: &OpenApi) -> Vec<OperationInfo> {
    api.paths
        .paths
        .iter()
        .filter_map(|(path, item)| Some((path, serde_json::to_value(item).ok()?)))
        .flat_map(|(path, item)| of_path(path, &item))
        .collect()
}

/// The methods, in capitals and in a fixed order, that each path's template answers to.
#[must_use]
pub fn methods_by_path(api: &OpenApi) -> BTreeMap<String, Vec<String>> {
    let mut methods: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for operation in operations(api) {
        methods.entry(operation.path).or_default().push(operation.method);
    }
    methods
}

fn of_path(path: &str, item: &Value) -> Vec<OperationInfo> {
    METHODS
        .iter()
        .filter_map(|method| {
            let operation = item.get(*method)?.as_object()?;
            Some(OperationInfo {
                method: method.to_uppercase(),
                path: path.to_owned(),
                operation_id: text(operation.get("operationId")),
                public: is_public(operation),
                tags: texts(operation.get("tags")),
                has_body: has_body(operation),
            })
        })
        .collect()
}

/// Every operation of a document still under work, as method, path and body.
pub(super) fn each(root: &Map<String, Value>) -> impl Iterator<Item = (&str, &str, &Map<String, Value>)> {
    root.get("paths").and_then(Value::as_object).into_iter().flatten().flat_map(|(path, item)| {
        METHODS
            .iter()
            .filter_map(move |method| Some((*method, path.as_str(), item.get(*method)?.as_object()?)))
    })
}

/// Whether it says itself that no token is needed.
pub(super) fn is_public(operation: &Map<String, Value>) -> bool {
    let requirements = operation.get("security").and_then(Value::as_array);
    requirements.is_some_and(|all| all.iter().any(|one| one.as_object().is_some_and(Map::is_empty)))
}

pub(super) fn has_body(operation: &Map<String, Value>) -> bool {
    operation.contains_key("requestBody")
}

/// Whether it declares a request header of this name.
pub(super) fn takes_header(operation: &Map<String, Value>, name: &str) -> bool {
    let parameters = operation.get("parameters").and_then(Value::as_array);
    parameters.into_iter().flatten().any(|parameter| {
        text(parameter.get("in")) == "header" && text(parameter.get("name")).eq_ignore_ascii_case(name)
    })
}

pub(super) fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    let all = value.and_then(Value::as_array).into_iter().flatten();
    all.map(|one| text(Some(one))).collect()
}
