//! Shared objectives and their authors, over HTTP.

use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};
use traguardo_server::commands::{new_id, now};
use traguardo_server::demo::{self, Source};

use super::{column, walk, with};
use crate::world::{Reply, World};

fn author(world: &World, code: &str, members: &[&str]) -> Reply {
    let ids: Vec<String> = members.iter().map(|role| world.member("Z000", role).id.0.to_string()).collect();
    let body = json!({"kind": "region", "name": "Regione di prova", "members": ids});
    world.platform("platform_admin", "PUT", &format!("/v1/authors/{code}")).json(&body).send()
}

/// A template of one indicator.
fn content(template: &str) -> Value {
    json!({
        "title": "Illuminazione pubblica efficiente", "purpose": "Consumare meno, illuminando lo stesso", "scope": "comune",
        "laws": ["D.Lgs. 102/2014"], "weight": "15", "locked": ["laws", "target"],
        "indicators": [{
            "code": format!("{template}.kwh"), "name": "Energia consumata per punto luce", "formula": "lower",
            "formula_words": "Chilowattora, diviso i punti luce", "measure": "kilowatt_hours", "direction": "lower",
            "perimeter": "Punti luce accesi tutto l'anno", "pooling": "same",
            "targets": [{"from": 2025, "target": {"words": "al massimo 300 kWh"}}]
        }],
        "phases": [{"title": "Diagnosi", "weight": "40"}, {"title": "Lavori", "weight": "60"}]
    })
}

fn publish(world: &World, code: &str, author: &str, content: &Value, etag: Option<&str>) -> Reply {
    let body = json!({"author": author, "content": content});
    let request = world.platform("template_author", "PUT", &format!("/v1/templates/{code}")).json(&body);
    match etag {
        Some(etag) => request.if_match(etag).send(),
        None => request.send(),
    }
}

fn read(world: &World, path: &str) -> Value {
    world.anonymous("GET", path).token(&world.token("L454", "lettore")).send().expect(200)
}

#[test]
fn the_catalogue_is_there_for_every_comune() {
    let world = World::new();
    let token = world.token("L454", "lettore");
    let (items, pages) = walk(&world, &token, "/v1/templates?limit=6");
    assert_eq!(pages, 4);
    let mut codes = column(&items, "code");
    codes.sort_by_key(|code| code[1..].parse::<u32>().unwrap());
    assert_eq!(codes, (1..=21).map(|number| format!("T{number}")).collect::<Vec<_>>());
    assert!(items.iter().all(|item| item["author"] == "traguardo" && item["number"] == 1));
    let payments = read(&world, "/v1/templates/T1");
    assert_eq!(payments["content"]["weight"], "30");
    assert_eq!(payments["definitions"][0], json!({"indicator": "T1.irp", "number": 1}));
    assert_eq!(payments["definitions"].as_array().unwrap().len(), 5);
    assert_eq!(read(&world, "/v1/templates/T1/versions/1"), payments);
    assert_eq!(read(&world, "/v1/templates/T1/versions/current"), payments);
    let held = world.anonymous("GET", "/v1/templates/T1").token(&token).header("If-None-Match", "\"1\"");
    assert_eq!(held.send().expect(304), Value::Null);
}

#[test]
fn templates_are_found_by_their_author_and_by_words_in_any_form() {
    let world = World::new();
    let codes = |query: &str| column(read(&world, query)["items"].as_array().unwrap(), "code");
    assert_eq!(codes("/v1/templates?words=pagare%20fornitore")[0], "T1");
    assert!(codes("/v1/templates?words=privacy").contains(&"T16".to_owned()));
    assert_eq!(codes("/v1/templates?words=inesistentissimo"), Vec::<String>::new());
    assert_eq!(codes("/v1/templates?author=traguardo&limit=200").len(), 21);
    assert_eq!(codes("/v1/templates?author=nessuno"), Vec::<String>::new());
    let blank =
        world.anonymous("GET", "/v1/templates?words=%20").token(&world.token("L454", "lettore")).send();
    assert_eq!(blank.refused(400), "invalid-parameter");
}

#[test]
fn what_is_not_there_is_not_found() {
    let world = World::new();
    let token = world.token("L454", "lettore");
    for path in [
        "/v1/templates/T99",
        "/v1/templates/T99/versions",
        "/v1/templates/T1/versions/2",
        "/v1/templates/T1/versions/0",
        "/v1/templates/T1/versions/1/diff/2",
        "/v1/templates/T1/versions/x/diff/1",
        "/v1/templates/%C3%A0",
        "/v1/templates/T1%2Fx",
        "/v1/authors/nessuno",
    ] {
        let reply = world.anonymous("GET", path).token(&token).send();
        assert_eq!(reply.refused(404), "not-found", "{path}");
    }
}

#[test]
fn an_author_is_registered_by_whoever_administers_and_its_members_are_the_platforms_to_know() {
    let world = World::new();
    let created = author(&world, "regione", &["template_author"]);
    let whole = created.expect(201);
    assert_eq!(created.header("Location"), Some(format!("{}/v1/authors/regione", world.url).as_str()));
    assert_eq!(whole["members"].as_array().unwrap().len(), 1);
    assert_eq!(author(&world, "regione", &["template_author"]).expect(200), whole);
    assert_eq!(author(&world, "regione", &[]).refused(428), "precondition-required");
    let known = json!({"code": "regione", "kind": "region", "name": "Regione di prova", "version": 1});
    assert_eq!(read(&world, "/v1/authors/regione"), known);
    let seen = world.platform("template_author", "GET", "/v1/authors/regione").send();
    assert_eq!((seen.expect(200), seen.etag()), (whole, "\"1\""));
    let listed = read(&world, "/v1/authors?kind=region");
    assert_eq!(listed["items"], json!([known]));
    assert_eq!(read(&world, "/v1/authors")["items"].as_array().unwrap().len(), 2);
    let body = json!({"kind": "region", "name": "R", "members": []});
    for (home, role) in [("L454", "amministratore"), ("Z000", "template_author")] {
        let request = world.anonymous("PUT", "/v1/authors/regione").token(&world.token(home, role));
        assert_eq!(request.json(&body).send().refused(403), "forbidden", "{role}");
    }
}

#[test]
fn the_members_of_an_author_are_members_of_the_platform() {
    let world = World::new();
    let stranger = world.member("L454", "segretario").id.0.to_string();
    let body = json!({"kind": "union", "name": "Unione", "members": [stranger]});
    let refused = world.platform("platform_admin", "PUT", "/v1/authors/unione").json(&body).send();
    assert_eq!(
        (refused.refused(422).as_str(), refused.pointers()),
        ("invalid", vec!["/members/0".to_owned()])
    );
}

#[test]
fn an_author_publishes_one_version_after_the_other_and_none_is_altered() {
    let world = World::new();
    author(&world, "regione", &["template_author"]).expect(201);
    let first = publish(&world, "R1", "regione", &content("R1"), None);
    let one = first.expect(201);
    assert_eq!((&one["number"], first.etag()), (&json!(1), "\"1\""));
    assert_eq!(first.header("Location"), Some(format!("{}/v1/templates/R1", world.url).as_str()));
    let target = &one["content"]["indicators"][0]["targets"][0]["target"];
    assert_eq!(target["value"]["figure"], "300", "words are understood: {target}");
    // The same again changes nothing, whoever repeats it without a condition.
    assert_eq!(publish(&world, "R1", "regione", &one["content"], None).expect(200), one);
    let mut changed = with(&one["content"], &json!({"weight": "20"}));
    changed["indicators"][0]["perimeter"] = json!("Tutti i punti luce");
    assert_eq!(publish(&world, "R1", "regione", &changed, None).refused(428), "precondition-required");
    assert_eq!(publish(&world, "R1", "regione", &changed, Some("\"9\"")).refused(412), "stale");
    let two = publish(&world, "R1", "regione", &changed, Some("\"1\"")).expect(200);
    assert_eq!(two["definitions"], json!([{"indicator": "R1.kwh", "number": 2}]));
    assert_eq!(read(&world, "/v1/templates/R1"), two);
    assert_eq!(read(&world, "/v1/templates/R1/versions/1"), one);
    let versions = read(&world, "/v1/templates/R1/versions");
    assert_eq!(versions["items"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&versions["items"][0]["number"], &versions["items"][1]["digest"]),
        (&json!(2), &one["digest"])
    );
    let difference = read(&world, "/v1/templates/R1/versions/1/diff/current");
    assert_eq!(
        difference,
        json!({"from": 1, "to": 2, "changes": [
            {"member": "weight", "redefines": false, "before": "15", "after": "20"},
            {"indicator": "R1.kwh", "member": "perimeter", "redefines": true,
                "before": "Punti luce accesi tutto l'anno", "after": "Tutti i punti luce"}
        ]})
    );
    assert_eq!(read(&world, "/v1/templates/R1/versions/2/diff/2")["changes"], json!([]));
}

#[test]
fn a_member_publishes_only_for_authors_that_list_it() {
    let world = World::new();
    author(&world, "altra", &[]).expect(201);
    assert_eq!(publish(&world, "A1", "altra", &content("A1"), None).refused(403), "not-your-author");
    let unknown = publish(&world, "A1", "nessuno", &content("A1"), None);
    assert_eq!((unknown.refused(422).as_str(), unknown.pointers()), ("invalid", vec!["/author".to_owned()]));
    // Nor may it take what is another's under the name of its own.
    author(&world, "regione", &["template_author"]).expect(201);
    let taken = publish(&world, "T1", "regione", &content("T1"), Some("\"1\""));
    assert_eq!(taken.refused(403), "not-your-author");
    for (home, role) in [("Z000", "platform_admin"), ("L454", "segretario")] {
        let body = json!({"author": "traguardo", "content": content("T1")});
        let request = world.anonymous("PUT", "/v1/templates/T1").token(&world.token(home, role));
        assert_eq!(request.json(&body).send().refused(403), "forbidden", "{role}");
    }
    assert_eq!(read(&world, "/v1/templates/T1")["number"], 1);
}

#[test]
fn what_does_not_hold_together_is_refused_with_all_its_faults() {
    let world = World::new();
    let mut bad = content("X");
    bad["indicators"][0]["direction"] = json!("higher");
    bad["phases"][0]["weight"] = json!("10");
    bad["locked"] = json!(["expected_result"]);
    let refused = publish(&world, "T30", "traguardo", &bad, None);
    assert_eq!(refused.refused(422), "invalid");
    assert_eq!(
        refused.pointers(),
        [
            "/content/indicators/0/code",
            "/content/indicators/0/direction",
            "/content/indicators/0/targets/0/target",
            "/content/phases",
            "/content/locked"
        ]
    );
    let unknown = with(&content("T30"), &json!({"inesistente": 1}));
    assert_eq!(publish(&world, "T30", "traguardo", &unknown, None).refused(422), "invalid");
}

#[test]
fn an_author_sees_who_follows_its_templates_in_fields_and_figures() {
    let world = World::new();
    let plan = json!({"year": 2031, "kind": "standalone", "title": "Piano segreto"});
    let plan = world.call("segretario", "POST", "L454", "/plans").json(&plan).send().expect(201);
    let id = plan["id"].as_str().unwrap();
    let told = json!([{"field": "target", "indicator": "T7.hours", "locked": false, "template": "40", "objective": "24"}]);
    let insert = |number: i32| {
        format!(
            "insert into adoptions (comune, plan, template, number, year, objectives, units, deviations, sealed_at) \
             values ('L454', '{id}', 'T7', {number}, 2031, 1, 4, '{told}', '2031-01-28T09:00:00Z');"
        )
    };
    world.stored.administrator().batch_execute(&(insert(1) + &insert(2))).unwrap();
    let list = |query: &str| {
        let path = format!("/v1/templates/T7/adoptions{query}");
        world.platform("template_author", "GET", &path).send()
    };
    let first = json!({
        "comune": "L454", "number": 1, "year": 2031, "objectives": 1, "units": 4, "deviations": told,
        "sealed_at": "2031-01-28T09:00:00Z"
    });
    let all = list("").expect(200);
    assert_eq!(all["items"], json!([first, with(&first, &json!({"number": 2}))]));
    assert!(!all.to_string().contains("segreto"));
    assert_eq!(list("?year=2031&number=2").expect(200)["items"].as_array().unwrap().len(), 1);
    assert_eq!(list("?year=2030").expect(200)["items"], json!([]));
    assert_eq!(list("?number=0").refused(400), "invalid-parameter");
    let token = world.token("Z000", "template_author");
    let (items, pages) = walk(&world, &token, "/v1/templates/T7/adoptions?limit=1");
    assert_eq!((items.len(), pages), (2, 2));
}

#[test]
fn adoptions_are_the_authors_own_to_see() {
    let world = World::new();
    author(&world, "altra", &["template_author"]).expect(201);
    publish(&world, "A1", "altra", &content("A1"), None).expect(201);
    author_without_members(&world);
    let seen = |home: &str, role: &str, code: &str| {
        let path = format!("/v1/templates/{code}/adoptions");
        world.anonymous("GET", &path).token(&world.token(home, role)).send()
    };
    assert_eq!(seen("Z000", "template_author", "A1").refused(403), "not-your-author");
    assert_eq!(seen("Z000", "template_author", "A2").refused(404), "not-found");
    for (home, role) in [("Z000", "platform_admin"), ("L454", "segretario")] {
        assert_eq!(seen(home, role, "T1").refused(403), "forbidden", "{role}");
    }
}

/// The other author lets nobody publish for it any more.
fn author_without_members(world: &World) {
    let body = json!({"kind": "region", "name": "Regione di prova", "members": []});
    let request = world.platform("platform_admin", "PUT", "/v1/authors/altra").json(&body);
    request.if_match("\"1\"").send().expect(200);
}

#[test]
fn seeding_again_publishes_nothing_anew_and_leaves_the_author_as_it_is() {
    let world = World::new();
    let body = json!({"kind": "platform", "name": "Traguardo, catalogo", "members": []});
    let request = world.platform("platform_admin", "PUT", "/v1/authors/traguardo").json(&body);
    request.if_match("\"1\"").send().expect(200);
    let source = Source { now: now(), new_id: &new_id };
    demo::seed_platform(&world.database, &source, true).unwrap();
    assert_eq!(read(&world, "/v1/authors/traguardo")["name"], "Traguardo, catalogo");
    let (items, _) = walk(&world, &world.token("L454", "lettore"), "/v1/templates?limit=200");
    assert!(items.len() == 21 && items.iter().all(|item| item["number"] == 1));
}
