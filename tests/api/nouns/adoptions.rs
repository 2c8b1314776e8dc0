//! Shared objectives adopted, bound, suggested and brought to newer versions, over HTTP.

mod walk;

use diesel::prelude::*;
use serde_json::{Value, json};
use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::template::{
    Author, AuthorFacts, AuthorKind, PLATFORM_AUTHOR, Template, TemplateFacts, catalogue,
};
use traguardo_domain::text::{self, Code};
use traguardo_domain::version::Version;
use traguardo_persistence::{authors, templates};
use traguardo_server::commands;

use super::drafts::{Draft, TO_APPROVED};
use crate::world::World;

/// A line of what is kept.
#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = diesel::sql_types::Text)]
    line: String,
}

/// Publishes the catalogue, as the platform does, where it is not published yet.
fn publish_catalogue(world: &World) {
    for (code, facts) in catalogue().unwrap() {
        publish(world, &code, facts);
    }
}

/// Publishes the next version of a template, when it says something new.
fn publish(world: &World, code: &Code, facts: TemplateFacts) {
    let act = |action| Operator.act(action, ComuneCode::PLATFORM);
    let occasion = || Occasion { at: commands::now(), request_id: "test".to_owned() };
    let author = Code::parse(PLATFORM_AUTHOR).unwrap();
    let keep = |tx: &mut traguardo_persistence::TenantTx<'_>| {
        tx.leave_unchanged();
        if authors::look_up(tx, &author)?.is_none() {
            let name = text::Line::parse("Traguardo").unwrap();
            let facts = AuthorFacts { kind: AuthorKind::Platform, name, members: [].into() };
            authors::insert(tx, &Author { code: author.clone(), facts, version: Version::FIRST })?;
        }
        Ok::<_, traguardo_persistence::Error>(())
    };
    world.database.tenant(&act(Action::KeepAuthors), occasion(), keep).unwrap();
    let add = |tx: &mut traguardo_persistence::TenantTx<'_>| {
        tx.leave_unchanged();
        let before = templates::look_up(tx, code, None)?;
        let known = before.as_ref().map(|kept| &kept.template);
        let next = Template::publish(code.clone(), author.clone(), facts, known, commands::now())?;
        if let Some(next) = next {
            templates::add(tx, before.as_ref(), next)?;
        }
        Ok::<_, traguardo_persistence::Error>(())
    };
    world.database.tenant(&act(Action::PublishTemplates), occasion(), add).unwrap();
}

/// The next version of a template of the catalogue.
fn publish_changed(world: &World, code: &str, change: impl FnOnce(&mut TemplateFacts)) {
    let (code, mut facts) = catalogue().unwrap().into_iter().find(|(one, _)| one.as_str() == code).unwrap();
    change(&mut facts);
    publish(world, &code, facts);
}

fn draft() -> Draft {
    let draft = Draft::new();
    publish_catalogue(&draft.world);
    draft
}

fn both_areas() -> Value {
    json!({"template": "T1", "external_id": "PAG", "units": [{"unit_code": "AREA-1"}, {"unit_code": "AREA-2", "weight": {"words": "20%"}}],
        "overrides": {"title": "Pagare in tempo"}})
}

fn etag(draft: &Draft, key: &str) -> String {
    draft.get(&format!("/objectives/ext:{key}")).etag().to_owned()
}

fn with(object: &Value, members: &Value) -> Value {
    super::with(object, members)
}

#[test]
fn a_template_is_adopted_for_several_structures_in_one_call() {
    let draft = draft();
    let made = draft.post("/adoptions", &both_areas()).expect(201);
    assert_eq!((&made["template"], &made["template_version"]), (&json!("T1"), &json!(1)));
    assert_eq!(made["title"], "Pagare in tempo");
    let weights: Vec<_> = made["assignments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["weight"]["value"]["percent"])
        .collect();
    assert_eq!(weights, ["30", "20"]);
    assert!(made["kinds"].as_array().unwrap().contains(&json!("transversal")));
    let bound: Vec<_> =
        made["indicators"].as_array().unwrap().iter().map(|one| &one["template_indicator"]).collect();
    assert_eq!(bound, ["T1.irp", "T1.itp", "T1.tmp", "T1.tmr", "T1.liquidated_15"]);
    let listed = draft.get("/adoptions").expect(200);
    let fields: Vec<_> =
        listed["items"][0]["deviations"].as_array().unwrap().iter().map(|one| &one["field"]).collect();
    assert_eq!(fields, ["title", "weight"]);
    assert_eq!((&listed["items"][0]["units"], &listed["items"][0]["current"]), (&json!(2), &json!(1)));
}

#[test]
fn what_is_locked_unknown_or_nobodys_is_refused_in_its_place() {
    let draft = draft();
    let cases = [
        (json!({"overrides": {"laws": []}}), vec!["/overrides/laws"]),
        (
            json!({"overrides": {"indicators": [{"indicator": "T1.itp", "target": {"words": "<= 9"}}]}}),
            vec!["/overrides/indicators/T1.itp/target"],
        ),
        (json!({"overrides": {"only": ["T1.altro"]}}), vec!["/overrides/only"]),
        (json!({"template": "T99"}), vec!["/template"]),
        (json!({"version": 9}), vec!["/version"]),
        (json!({"units": [{"unit_code": "NESSUNA"}]}), vec!["/units/0/unit_code"]),
        (json!({"units": [{"unit_code": "AREA-1"}, {"unit_code": "AREA-1"}]}), vec!["/units/1/unit"]),
    ];
    for (members, places) in cases {
        let refused = draft.post("/adoptions", &with(&both_areas(), &members));
        assert_eq!(refused.refused(422), "invalid", "{members}");
        assert_eq!(refused.pointers(), places, "{members}");
    }
    let head = draft.call("responsabile", "POST", "/adoptions").json(&both_areas()).send();
    assert_eq!(head.refused(403), "forbidden");
    assert_eq!(draft.get("/adoptions").expect(200)["items"], json!([]));
}

#[test]
fn locks_hold_at_every_later_write() {
    let draft = draft();
    let made = draft.post("/adoptions", &both_areas()).expect(201);
    let path = "/objectives/ext:PAG";
    let open = with(&made, &json!({"title": "Un altro titolo"}));
    let tag = draft.put_at(path, &etag(&draft, "PAG"), &open).etag().to_owned();
    let locked = with(&open, &json!({"laws": ["Una legge nostra"]}));
    let refused = draft.put_at(path, &tag, &locked);
    assert_eq!((refused.refused(422).as_str(), refused.pointers()), ("invalid", vec!["/laws".to_owned()]));
    let mut indicator = made["indicators"][0].clone();
    indicator["target"] = json!({"words": "<= 40"});
    let id = indicator["id"].as_str().unwrap().to_owned();
    let part = format!("{path}/indicators/{id}");
    let refused = draft.put_at(&part, &tag, &indicator);
    assert_eq!(refused.pointers(), ["/target"]);
    indicator["target"] = made["indicators"][0]["target"].clone();
    indicator["measure"] = json!("percent");
    assert_eq!(draft.put_at(&part, &tag, &indicator).pointers(), ["/template_indicator"]);
    let items = json!({"items": [{"operation": "put", "path": "ext:PAG", "if_match": "*", "value": locked}]});
    assert_eq!(draft.post("/objectives-bulk", &items).pointers(), ["/items/0/laws"]);
    let (mut document, revision) = draft.document();
    document["objectives"][0]["laws"] = json!([]);
    assert_eq!(draft.put_at("/document", &revision, &document).pointers(), ["/objectives/0/laws"]);
    let free = with(&open, &json!({"template_version": null}));
    assert_eq!(draft.put_at(path, &tag, &free).refused(422), "invalid");
}

#[test]
fn what_is_written_may_name_only_versions_and_indicators_there_are() {
    let draft = draft();
    let objective =
        |members: Value| with(&json!({"title": "Tempi di pagamento", "template": "T1"}), &members);
    let unknown = draft.post("/objectives", &objective(json!({"template_version": 7})));
    assert_eq!(unknown.pointers(), ["/template_version"]);
    let indicator = json!([{"name": "Ritardo", "template_indicator": "T1.altro"}]);
    let refused =
        draft.post("/objectives", &objective(json!({"template_version": 1, "indicators": indicator})));
    assert_eq!(refused.pointers(), ["/indicators/0/template_indicator"]);
    let unversioned = draft.post("/objectives", &objective(json!({"indicators": indicator})));
    assert_eq!(unversioned.pointers(), ["/indicators/0/template_indicator"]);
    let head =
        with(&objective(json!({"template_version": 1})), &json!({"assignments": [{"unit_code": "AREA-1"}]}));
    let head = draft.call("responsabile", "POST", "/objectives").json(&head).send();
    assert_eq!(head.pointers(), ["/template_version"]);
    draft.post("/objectives", &objective(json!({"template_version": 1}))).expect(201);
}

#[test]
fn an_objective_is_bound_and_nothing_else_of_it_changes() {
    let draft = draft();
    let body = json!({"external_id": "NOSTRO", "title": "Rispetto dei tempi medi di pagamento", "indicators": [
        {"external_id": "I1", "name": "Indicatore annuale di tempestività dei pagamenti", "measure": "days", "direction": "lower"},
        {"external_id": "I2", "name": "Quota di fatture", "measure": "number"},
    ]});
    let made = draft.add(&body);
    let found = draft.get("/template-suggestions").expect(200);
    let first = &found["items"][0]["suggestions"][0];
    assert_eq!((&first["template"], &first["clear"]), (&json!("T1"), &json!(true)));
    assert!(first["reasons"][0].as_str().unwrap().contains("«pagamento»"), "{first}");
    assert_eq!(first["indicators"][0]["template_indicator"], "T1.itp");
    let id = |at: usize| made["indicators"][at]["id"].clone();
    let pair = |at: usize, code: &str| json!({"indicator": id(at), "template_indicator": code});
    let path = "/adoptions/ext:NOSTRO";
    let bind =
        |etag: &str, pairs: Value| draft.put_at(path, etag, &json!({"template": "T1", "indicators": pairs}));
    assert_eq!(bind("\"9\"", json!([])).refused(412), "stale");
    assert_eq!(draft.put(path, &json!({"template": "T1"})).refused(428), "precondition-required");
    let wrong = bind("\"1\"", json!([pair(1, "T1.liquidated_15")]));
    assert_eq!((wrong.refused(422).as_str(), wrong.pointers().len()), ("invalid", 1));
    let bound = bind("\"1\"", json!([pair(0, "T1.itp")])).expect(200);
    assert_eq!((&bound["title"], &bound["version"]), (&made["title"], &json!(2)));
    assert_eq!(bound["indicators"][0]["template_indicator"], "T1.itp");
    assert_eq!(bind("\"2\"", json!([pair(0, "T1.itp")])).expect(200), bound, "again, and nothing changes");
    assert_eq!(
        draft.get("/template-suggestions").expect(200)["items"],
        json!([]),
        "what is bound is suggested nothing"
    );
    let head = draft.call("responsabile", "DELETE", path).if_match("\"2\"").send();
    assert_eq!(head.refused(403), "forbidden");
    draft.call("segretario", "DELETE", path).if_match("\"2\"").send().expect(204);
    let free = draft.get("/objectives/ext:NOSTRO").expect(200);
    assert_eq!(with(&free, &json!({"version": 1})), made);
    assert_eq!(draft.call("segretario", "DELETE", path).if_match("\"3\"").send().refused(404), "not-found");
}

#[test]
fn a_newer_version_is_seen_three_ways_and_taken() {
    let draft = draft();
    draft.post("/adoptions", &both_areas()).expect(201);
    publish_changed(&draft.world, "T1", |facts| {
        facts.title = text::Line::parse("Pagamenti puntuali").unwrap();
        facts.laws.push(text::Line::parse("Una legge nuova").unwrap());
        facts.weight = None;
    });
    let path = "/adoptions/ext:PAG/rebase";
    let seen = draft.get(path).expect(200);
    assert_eq!((&seen["from"], &seen["to"]), (&json!(1), &json!(2)));
    let outcomes: Vec<_> =
        seen["changes"].as_array().unwrap().iter().map(|one| (&one["field"], &one["outcome"])).collect();
    let expected = [("title", "conflict"), ("laws", "taken"), ("weight", "kept")]
        .map(|(field, outcome)| (json!(field), json!(outcome)));
    assert_eq!(outcomes, expected.iter().map(|(field, outcome)| (field, outcome)).collect::<Vec<_>>());
    let choose = |field: &str, choice: &str| json!({"choices": [{"field": field, "choice": choice}]});
    assert_eq!(draft.put_at(path, "\"1\"", &choose("laws", "ours")).pointers(), ["/choices/0"]);
    let taken = draft.put_at(path, "\"1\"", &choose("title", "theirs")).expect(200);
    assert_eq!((&taken["title"], &taken["template_version"]), (&json!("Pagamenti puntuali"), &json!(2)));
    assert!(taken["laws"].as_array().unwrap().contains(&json!("Una legge nuova")));
    let again = draft.put_at(path, "\"2\"", &json!({})).expect(200);
    assert_eq!(again, taken, "at the same version nothing changes");
    assert_eq!(draft.put_at(path, "\"2\"", &json!({"to": 1})).pointers(), ["/to"]);
}

#[test]
fn what_a_sealed_plan_follows_is_kept_for_its_author_without_its_words() {
    let draft = draft();
    draft.post("/adoptions", &both_areas()).expect(201);
    draft.walk(&TO_APPROVED);
    let question =
        "select concat_ws('|', template, number, objectives, units, deviations) as line from adoptions";
    let kept: Vec<Line> = diesel::sql_query(question).load(&mut draft.world.stored.administrator()).unwrap();
    let kept: Vec<_> = kept.into_iter().map(|one| one.line).collect();
    let expected =
        r#"T1|1|1|2|[{"field":"title","locked":false},{"field":"weight","locked":false,"template":"30"}]"#;
    assert_eq!(kept, [expected]);
}
