//! Examples of lists: a page with the example of what it lists, so that no page has to repeat it.

use serde_json::{Map, Value, json};

/// Gives an example to every list whose items have one.
pub(super) fn of_lists(root: &mut Map<String, Value>) {
    let Some(schemas) = root
        .get_mut("components")
        .and_then(|components| components.get_mut("schemas"))
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    let found: Vec<(String, Value)> = schemas
        .iter()
        .filter(|(_, schema)| schema.get("example").is_none())
        .filter_map(|(name, schema)| Some((name.clone(), example(schema, schemas)?)))
        .collect();
    for (name, example) in found {
        if let Some(schema) = schemas.get_mut(&name).and_then(Value::as_object_mut) {
            schema.insert("example".to_owned(), example);
        }
    }
}

fn example(schema: &Value, schemas: &Map<String, Value>) -> Option<Value> {
    let listed = schema.pointer("/properties/items/items/$ref")?.as_str()?.rsplit('/').next()?;
    let item = schemas.get(listed)?.get("example")?.clone();
    let mut page = json!({ "items": [item] });
    let members = page.as_object_mut()?;
    if schema.pointer("/properties/limit").is_some() {
        members.insert("limit".to_owned(), json!(50));
    }
    if schema.pointer("/properties/_links").is_some() {
        let this = "https://api.traguardo.example/v1/comuni/L454";
        members.insert("_links".to_owned(), json!({ "self": this }));
    }
    Some(page)
}
