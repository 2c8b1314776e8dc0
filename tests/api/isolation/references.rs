//! What a body or a query names of another comune is nothing; and no list of one comune shows anything of another.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use traguardo_server::commands;

use crate::operations::{Names, Tokens, canary, cases, difference, documented, plant};
use crate::world::World;

/// The parameters of queries that name an object, and the name of another comune's to try there.
const FILTERS: [(&str, &str, fn(&Names) -> &str); 12] = [
    ("list_units", "parent", |names| &names.unit),
    ("list_members", "unit", |names| &names.unit),
    ("list_objectives", "unit", |names| &names.unit),
    ("list_evaluations", "unit", |names| &names.unit),
    ("list_publication_checks", "unit", |names| &names.unit),
    ("list_audit_entries", "member", |names| &names.member),
    ("list_audit_entries", "object_id", |names| &names.plan),
    ("list_access_requests", "unit", |names| &names.unit),
    ("list_procedures", "unit", |names| &names.unit),
    ("list_training", "unit", |names| &names.unit),
    ("list_surveys", "unit", |names| &names.unit),
    ("list_invoices", "unit", |names| &names.unit),
];

/// The filters that narrow what is told of a plan to something of it.
const NARROWING: [(&str, &str, fn(&Names) -> &str); 8] = [
    ("list_measurements", "assignment", |names| &names.running_assignment),
    ("list_scores", "unit", |names| &names.unit),
    ("read_freshness", "unit", |names| &names.unit),
    ("read_payment_figures", "unit", |names| &names.unit),
    ("read_progress", "unit", |names| &names.unit),
    ("read_worklist", "unit", |names| &names.unit),
    ("read_training_figures", "unit", |names| &names.unit),
    ("read_figures", "unit", |names| &names.unit),
];

/// The members of bodies that name an object: schema, member.
const REFERENCES: [(&str, &str); 2] = [("NewMember", "unit"), ("NewUnit", "parent")];

fn document() -> Value {
    let api = traguardo_http::document::build(traguardo_http::routes::configure).unwrap();
    serde_json::to_value(api).unwrap()
}

#[test]
fn every_filter_and_every_member_that_names_an_object_is_tried() {
    let document = document();
    let mut filters = BTreeSet::new();
    for info in documented() {
        let operation = &document["paths"][&info.path][info.method.to_lowercase()];
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default();
            let by_id = parameter["schema"]["format"] == "uuid" || name.ends_with("_id");
            if parameter["in"] == "query" && by_id {
                filters.insert((info.operation_id.clone(), name.to_owned()));
            }
        }
    }
    let tried = FILTERS.iter().chain(&NARROWING);
    let tried = tried.map(|(operation, name, _)| ((*operation).to_owned(), (*name).to_owned()));
    assert_eq!(filters, tried.collect(), "filters by id in the document, and those tried");
    let mut members = BTreeSet::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let properties = schema["properties"].as_object().into_iter().flatten();
        for (member, _) in properties.filter(|(_, property)| property["format"] == "uuid") {
            if name.starts_with("New") {
                members.insert((name.clone(), member.clone()));
            }
        }
    }
    let tried = REFERENCES.map(|(schema, member)| (schema.to_owned(), member.to_owned()));
    assert_eq!(members, BTreeSet::from(tried), "references in bodies, and those tried");
}

#[test]
fn filtering_by_what_is_of_another_comune_finds_nothing() {
    let world = World::new();
    let (ours, theirs) = (plant(&world, "L454"), plant(&world, "F471"));
    // Something below the unit, so that each filter finds something at home.
    let below = json!({"code": "SOTTO", "name": "Sotto", "kind": "office", "parent": theirs.unit, "valid_from": "2025-01-01"});
    world.call("segretario", "POST", "F471", "/units").json(&below).send().expect(201);
    let inside =
        json!({"kind": "person", "label": "Dentro", "roles": ["amministratore"], "unit": theirs.unit});
    world.call("amministratore", "POST", "F471", "/members").json(&inside).send().expect(201);
    for case in cases() {
        for (_, parameter, name) in FILTERS.iter().filter(|(operation, ..)| *operation == case.row.operation)
        {
            let author = world.member("F471", "amministratore").id.0.to_string();
            let named = if *parameter == "member" { author.as_str() } else { name(&theirs) };
            let found = |names: &Names| {
                let url = format!("{}?{parameter}={named}", case.path(names));
                // Hours of training are the Segretario's to read, and not the administrator's.
                let role =
                    if case.row.operation == "list_training" { "segretario" } else { "amministratore" };
                let token = world.token(&names.comune, role);
                let list = world.anonymous("GET", &url).token(&token).send().expect(200);
                list["items"].as_array().unwrap().len()
            };
            let call = format!("{}?{parameter}", case.row.operation);
            assert!(found(&theirs) > 0, "{call} finds nothing at home either");
            assert_eq!(found(&ours), 0, "{call}");
        }
    }
}

#[test]
fn narrowing_to_what_is_of_another_comune_is_answered_as_narrowing_to_nothing() {
    let world = World::new();
    let (ours, theirs) = (plant(&world, "L454"), plant(&world, "F471"));
    let nothing = Names::of_nothing("L454");
    for case in cases() {
        for (_, parameter, name) in
            NARROWING.iter().filter(|(operation, ..)| *operation == case.row.operation)
        {
            let asked = |named: &str| {
                let url = format!("{}?{parameter}={named}", case.path(&ours));
                world.anonymous("GET", &url).token(&world.token("L454", "segretario")).send()
            };
            let (home, there, nowhere) = (asked(name(&ours)), asked(name(&theirs)), asked(name(&nothing)));
            let call = format!("{}?{parameter}", case.row.operation);
            assert_eq!(home.status, 200, "{call}: {home}");
            if there.status == 200 && nowhere.status == 200 {
                // A list names what it was asked for in its own link.
                let (told, nothing) =
                    (there.text().replace(name(&theirs), ""), nowhere.text().replace(name(&nothing), ""));
                assert_eq!(told, nothing, "{call}");
            } else {
                assert_eq!(difference(&there, &nowhere), None, "{call}");
            }
        }
    }
}

#[test]
fn a_body_that_names_a_unit_of_another_comune_names_nothing() {
    let world = World::new();
    let (ours, theirs) = (plant(&world, "L454"), plant(&world, "F471"));
    let unit = |parent: &str| json!({"code": commands::new_id().to_string(), "name": "Rif", "kind": "office", "parent": parent, "valid_from": "2025-01-01"});
    let member = |unit: &str| json!({"kind": "person", "label": "Rif", "roles": ["lettore"], "unit": unit});
    let nothing = Names::of_nothing("L454");
    let calls: [(&str, String, &dyn Fn(&str) -> Value, &str); 4] = [
        ("POST", "/units".to_owned(), &unit, "/parent"),
        ("PUT", format!("/units/{}", ours.unit), &unit, "/parent"),
        ("POST", "/members".to_owned(), &member, "/unit"),
        ("PUT", format!("/members/{}", ours.member), &member, "/unit"),
    ];
    for (method, path, body, pointer) in calls {
        let role = if pointer == "/unit" { "amministratore" } else { "segretario" };
        let put = |named: &str, etag: &str| {
            let request = world.call(role, method, "L454", &path).json(&body(named));
            if method == "PUT" { request.if_match(etag).send() } else { request.send() }
        };
        let (refused, unknown) = (put(&theirs.unit, "\"1\""), put(&nothing.unit, "\"1\""));
        assert_eq!(refused.refused(422), "invalid", "{method} {path}");
        assert_eq!(refused.pointers(), [pointer], "{method} {path}");
        assert_eq!(difference(&refused, &unknown), None, "{method} {path}");
        let home = world.member("L454", "responsabile").facts.unit.unwrap().0.to_string();
        let accepted = put(&home, "*");
        assert!((200..300).contains(&accepted.status), "{method} {path}: {accepted}");
    }
}

#[test]
fn nothing_that_one_comune_reads_holds_a_word_of_another() {
    let world = World::new();
    let (ours, theirs) = (plant(&world, "L454"), plant(&world, "F471"));
    let tokens = Tokens::of(&world, &["L454", "F471"]);
    let mut read = 0;
    for case in cases().into_iter().filter(|case| case.info.method == "GET") {
        for comune in ["L454", "F471"] {
            let (mine, other) = if comune == "L454" { (&ours, &theirs) } else { (&theirs, &ours) };
            for (role, token) in tokens.roles_of(comune) {
                let reply = case.bare(&world, mine, token).send();
                let (text, call) = (reply.text(), format!("{} as {role:?}", case.row.operation));
                assert!(!text.contains(&canary(&other.comune)), "{call}: {reply}");
                assert!(!other.ids().iter().any(|id| text.contains(*id)), "{call}: {reply}");
                read += usize::from(reply.status == 200 && text.contains(&canary(comune)));
            }
        }
    }
    assert!(read >= 80, "the canaries were seen at home {read} times only");
}

#[test]
fn a_place_in_another_comunes_list_leads_to_ones_own_list() {
    let world = World::new();
    plant(&world, "L454");
    let theirs = plant(&world, "F471");
    for (role, list) in [("lettore", "/units"), ("amministratore", "/members"), ("amministratore", "/audit")]
    {
        let first = world.call(role, "GET", "F471", &format!("{list}?limit=1")).send().expect(200);
        let cursor = first["next_cursor"].as_str().unwrap();
        let reply = world.call(role, "GET", "L454", &format!("{list}?limit=200&cursor={cursor}")).send();
        assert!([200, 400].contains(&reply.status), "{list}: {reply}");
        let text = reply.text();
        assert!(!text.contains(&canary("F471")), "{list}: {reply}");
        assert!(!theirs.ids().iter().any(|id| text.contains(*id)), "{list}: {reply}");
    }
}
