//! What each noun does and refuses.

mod access_requests;
mod adoptions;
mod audit;
mod benchmarks;
mod bulk;
mod comuni;
mod consents;
mod cycle;
mod documents;
mod drafts;
mod evaluations;
mod evidence;
mod feeds;
mod files_again;
mod full_year;
mod groups;
mod guide;
mod identity;
mod imports;
mod invoices;
mod measurements;
mod members;
mod objectives;
mod payment_figures;
mod payment_time;
mod plans;
mod procedures;
mod publication_checks;
mod publications;
mod published;
mod real_plans;
mod registers;
mod registry;
mod rounds;
mod rulebooks;
mod scores;
mod seals;
mod secrets;
mod sections;
mod sheets;
mod surveys;
mod templates;
mod tokens;
mod training;
mod units;
mod versions;
mod worklist;

use serde_json::Value;

use crate::world::{Request, World};

/// Every item of a list, page after page by the links the pages give, and how many pages that took.
fn walk(world: &World, token: &str, path: &str) -> (Vec<Value>, usize) {
    let mut request = world.anonymous("GET", path).token(token);
    let mut items = Vec::new();
    for pages in 1..1_000 {
        let page = request.send().expect(200);
        items.extend(page["items"].as_array().unwrap().iter().cloned());
        assert_eq!(page["next_cursor"].is_null(), page["_links"]["next"].is_null(), "{page}");
        let Some(next) = page["_links"]["next"].as_str() else { return (items, pages) };
        request = Request::new("GET", next).token(token);
    }
    panic!("the pages of {path} never end")
}

/// One member of each item, as text.
fn column(items: &[Value], name: &str) -> Vec<String> {
    items.iter().map(|item| item[name].as_str().unwrap().to_owned()).collect()
}

/// The object with these members put in its place.
fn with(object: &Value, members: &Value) -> Value {
    let mut whole = object.clone();
    for (name, value) in members.as_object().unwrap() {
        if value.is_null() {
            whole.as_object_mut().unwrap().remove(name);
        } else {
            whole[name] = value.clone();
        }
    }
    whole
}

/// An id that names nothing.
pub(crate) const NOBODY: &str = "00000000-0000-7000-8000-000000000000";
