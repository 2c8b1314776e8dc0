//! Decides how the rules see a document: its operations, their answers, and every schema in it.

use std::collections::BTreeSet;

use serde_json::Value;

const METHODS: [&str; 8] = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

/// What is wrong, in the order it was found, each line once.
#[derive(Default)]
pub(super) struct Findings(Vec<String>);

impl Findings {
    /// Notes a finding unless the rule holds.
    pub(super) fn demand(&mut self, holds: bool, rule: &str, place: &str, words: &str) {
        let line = format!("{rule}: {place}: {words}");
        if !holds && !self.0.contains(&line) {
            self.0.push(line);
        }
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.0
    }
}

/// One operation and where it stands.
pub(super) struct Operation<'d> {
    pub path: &'d str,
    pub method: &'static str,
    pub item: &'d Value,
    pub body: &'d Value,
}

impl Operation<'_> {
    pub(super) fn place(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    pub(super) fn reads(&self) -> bool {
        matches!(self.method, "get" | "head" | "options" | "trace")
    }

    /// Whether it says itself that no token is needed.
    pub(super) fn is_public(&self) -> bool {
        let mut requirements = items(&self.body["security"]);
        requirements.any(|one| one.as_object().is_some_and(serde_json::Map::is_empty))
    }
}

pub(super) struct Document<'d> {
    pub root: &'d Value,
}

impl<'d> Document<'d> {
    pub(super) fn new(root: &'d Value) -> Self {
        Self { root }
    }

    /// Follows a reference to what it points at; nothing is at the end of a broken one.
    pub(super) fn resolve(&self, value: &'d Value) -> &'d Value {
        let mut value = value;
        for _ in 0..16 {
            let Some(pointer) = value["$ref"].as_str() else {
                return value;
            };
            let target = pointer.strip_prefix('#').and_then(|at| self.root.pointer(at));
            value = target.unwrap_or(&Value::Null);
        }
        &Value::Null
    }

    pub(super) fn operations(&self) -> Vec<Operation<'d>> {
        members(&self.root["paths"])
            .flat_map(|(path, item)| {
                METHODS.into_iter().filter_map(move |method| {
                    let body = item.get(method)?;
                    Some(Operation { path, method, item, body })
                })
            })
            .collect()
    }

    /// The parameters of an operation, those of its path included.
    pub(super) fn parameters(&self, operation: &Operation<'d>) -> Vec<&'d Value> {
        items(&operation.item["parameters"])
            .chain(items(&operation.body["parameters"]))
            .map(|parameter| self.resolve(parameter))
            .collect()
    }

    pub(super) fn takes_header(&self, operation: &Operation<'d>, name: &str) -> bool {
        self.parameters(operation)
            .iter()
            .any(|parameter| parameter["in"] == "header" && parameter["name"] == name)
    }

    pub(super) fn responses(&self, operation: &Operation<'d>) -> Vec<(&'d str, &'d Value)> {
        members(&operation.body["responses"])
            .map(|(status, response)| (status, self.resolve(response)))
            .collect()
    }

    /// The bodies of an answer or of a request, by media type.
    pub(super) fn content(&self, holder: &'d Value) -> Vec<(&'d str, &'d Value)> {
        members(&self.resolve(holder)["content"]).collect()
    }

    /// Every schema written in the document, with its place; what a reference points at is met once.
    pub(super) fn schemas(&self) -> Vec<(String, &'d Value)> {
        let mut found = Vec::new();
        for (name, schema) in members(&self.root["components"]["schemas"]) {
            nested(format!("schemas/{name}"), schema, &mut found);
        }
        for (name, part) in members(&self.root["components"]) {
            if name != "schemas" {
                holders(name, part, &mut found);
            }
        }
        holders("paths", &self.root["paths"], &mut found);
        found
    }

    /// Every schema a value of this one may contain, references followed.
    pub(super) fn reachable(&self, schema: &'d Value) -> Vec<(String, &'d Value)> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        let mut waiting = vec![("body".to_owned(), schema)];
        while let Some((place, schema)) = waiting.pop() {
            let place = match schema["$ref"].as_str() {
                Some(pointer) if !seen.insert(pointer) => continue,
                Some(pointer) => pointer.to_owned(),
                None => place,
            };
            let schema = self.resolve(schema);
            let mut inner = Vec::new();
            nested(place, schema, &mut inner);
            let references = inner.iter().filter(|(_, one)| one["$ref"].is_string());
            waiting.extend(references.cloned());
            found.extend(inner.into_iter().filter(|(_, one)| !one["$ref"].is_string()));
        }
        found
    }
}

/// A schema and all those written inside it.
fn nested<'d>(place: String, schema: &'d Value, found: &mut Vec<(String, &'d Value)>) {
    for (name, inner) in members(&schema["properties"]) {
        nested(format!("{place}/{name}"), inner, found);
    }
    for name in ["items", "additionalProperties", "not"] {
        if schema[name].is_object() {
            nested(format!("{place}/{name}"), &schema[name], found);
        }
    }
    for name in ["allOf", "oneOf", "anyOf"] {
        for inner in items(&schema[name]) {
            nested(format!("{place}/{name}"), inner, found);
        }
    }
    found.push((place, schema));
}

/// Every schema held by a parameter, a header or a body somewhere in here.
fn holders<'d>(place: &str, value: &'d Value, found: &mut Vec<(String, &'d Value)>) {
    for (name, inner) in members(value) {
        let place = format!("{place}/{name}");
        match name {
            "example" | "examples" => {}
            "schema" => nested(place, inner, found),
            _ => holders(&place, inner, found),
        }
    }
    for (at, inner) in items(value).enumerate() {
        let name = inner["name"].as_str().map_or(at.to_string(), str::to_owned);
        holders(&format!("{place}/{name}"), inner, found);
    }
}

/// The type of a schema, looking through the null that optional members admit.
pub(super) fn kind(schema: &Value) -> Option<&str> {
    let of_list = || items(&schema["type"]).filter_map(Value::as_str).find(|name| *name != "null");
    schema["type"].as_str().or_else(of_list)
}

/// The parameter a segment of a path stands for, alone or after a word and a colon.
pub(super) fn template(segment: &str) -> Option<&str> {
    let (_, parameter) = segment.split_once(':').unwrap_or(("", segment));
    parameter.strip_prefix('{')?.strip_suffix('}')
}

pub(super) fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, inner)| (name.as_str(), inner))
}

pub(super) fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether it says something.
pub(super) fn says(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}
