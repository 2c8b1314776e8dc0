//! Groups of comuni to compare with, over HTTP.

use serde_json::{Value, json};

use super::registry::{line, load};
use super::{column, walk};
use crate::world::{Reply, Request, World};

fn call(world: &World, comune: &str, role: &str, method: &str, path: &str) -> Request {
    let token = world.token(comune, role);
    world.anonymous(method, &format!("/v1/groups{path}")).token(&token)
}

fn get(world: &World, path: &str) -> Reply {
    call(world, "L454", "lettore", "GET", path).send()
}

fn put(world: &World, comune: &str, code: &str, name: &str) -> Request {
    call(world, comune, "segretario", "PUT", &format!("/{code}")).json(&json!({"name": name}))
}

fn add(world: &World, code: &str, from: &str, members: &[&str]) -> Reply {
    let body = json!({"valid_from": from, "members": members});
    call(world, "L454", "segretario", "POST", &format!("/{code}/versions")).json(&body).send()
}

/// The codes of the members of a group, and what it says of itself.
fn members(world: &World, reference: &str, on: &str) -> (String, Value) {
    let told = get(world, &format!("/{reference}/members?on={on}")).expect(200);
    let codes = column(told["items"].as_array().unwrap(), "code");
    assert_eq!(told["members_count"], codes.len());
    (codes.join(" "), told)
}

/// Six comuni of two regions, and one that went on in another.
fn six(world: &World) {
    let lines = [
        line("B100", "Uno", "MI", "03", 4_999),
        line("B101", "Due", "MI", "03", 5_000),
        line("B102", "Tre", "BS", "03", 9_999),
        line("B103", "Quattro", "FI", "09", 6_000),
        line("B104", "Cinque", "FI", "09", 10_000),
        line("B105", "Sei", "SI", "09", 5_100),
    ];
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    lines.push("B109;Cessato;MI;03;;1861-03-17;2023-12-31;B101;700;2021-12-31;10;plain;true");
    load(world, &lines);
}

#[test]
fn the_registry_makes_groups_and_each_says_its_version() {
    let world = World::new();
    six(&world);
    let now = |reference: &str| members(&world, reference, "2026-03-01");
    assert_eq!(now("all").0, "B100 B101 B102 B103 B104 B105");
    assert_eq!(now("region:03").0, "B100 B101 B102");
    assert_eq!(now("province:MI").0, "B100 B101");
    assert_eq!(members(&world, "province:MI", "2023-12-31").0, "B100 B101 B109");
    // A class holds its bounds.
    assert_eq!(now("class:tuel_156:5").0, "B100");
    assert_eq!(now("class:tuel_156:6").0, "B101 B102 B103 B105");
    assert_eq!(now("class:tuel_156:7").0, "B104");
    assert_eq!(now("class:dm_2020:5:region:09").0, "B103 B105");
    let (_, told) = now("class:tuel_156:6:region:03");
    assert_eq!(told["title"], "Da 5.000 a 9.999 abitanti (art. 156 TUEL), Lombardia");
    assert_eq!(told["group_version"], "registry-2");
    six(&world);
    assert_eq!(now("all").1["group_version"], "registry-3");
}

#[test]
fn the_comuni_most_like_one_are_those_of_its_size_first() {
    let world = World::new();
    six(&world);
    let (near, told) = members(&world, "near:B101:2", "2026-03-01");
    assert_eq!(near, "B100 B101 B105");
    assert_eq!(told["title"], "Due e i 2 comuni più simili");
    assert_eq!(members(&world, "near:B101:500", "2026-03-01").0.split(' ').count(), 6);
}

#[test]
fn what_names_no_group_is_not_found() {
    let world = World::new();
    six(&world);
    let nothing = [
        "region:20",
        "region:21",
        "province:XX",
        "class:tuel_156:12",
        "class:tuel_156:13",
        "near:A999:5",
        "near:B109:5",
        "near:B101:0",
        "near:B101:501",
        "custom:nessuno",
        "tutti",
        "class:tuel_156:06",
    ];
    for reference in nothing {
        let reply = get(&world, &format!("/{reference}/members?on=2026-03-01"));
        assert_eq!(reply.refused(404), "not-found", "{reference}");
    }
    assert_eq!(get(&world, "/all/members?on=domani").status, 400);
}

#[test]
fn a_group_is_defined_read_changed_by_whose_it_is_and_by_nobody_else() {
    let world = World::new();
    let created = put(&world, "L454", "valle", "Comuni della valle").send();
    let group = created.expect(201);
    let expected = json!({
        "code": "valle", "reference": "custom:valle", "owner": "L454", "name": "Comuni della valle", "version": 1,
    });
    assert_eq!(group, expected);
    assert_eq!(created.header("Location"), Some(format!("{}/v1/groups/valle", world.url).as_str()));
    let read = call(&world, "F471", "lettore", "GET", "/valle").send();
    assert_eq!((read.expect(200), read.etag()), (group, "\"1\""));
    assert_eq!(put(&world, "L454", "valle", "Comuni della valle").send().status, 200, "left as it is");
    assert_eq!(put(&world, "L454", "valle", "Altro").send().refused(428), "precondition-required");
    assert_eq!(put(&world, "L454", "valle", "Altro").if_match("\"1\"").send().expect(200)["version"], 2);
    // Others cannot have the code, nor change the group.
    assert_eq!(put(&world, "F471", "valle", "Nostro").send().refused(409), "group-code-taken");
    let version = json!({"valid_from": "2025-01-01", "members": ["F471"]});
    let theirs = call(&world, "F471", "segretario", "POST", "/valle/versions").json(&version).send();
    assert_eq!(theirs.refused(404), "not-found");
    let reader = call(&world, "L454", "lettore", "PUT", "/valle").json(&json!({"name": "x"})).send();
    assert_eq!(reader.refused(403), "forbidden");
    assert_eq!(get(&world, "/nessuno").refused(404), "not-found");
    assert_eq!(get(&world, "/nessuno/versions").refused(404), "not-found");
}

#[test]
fn a_group_of_the_platform_is_the_regions_to_define() {
    let world = World::new();
    let path = "/v1/groups/montani";
    let body = json!({"name": "Comuni montani", "purpose": "Quelli della legge regionale."});
    let group = world.platform("benchmark_reader", "PUT", path).json(&body).send().expect(201);
    assert_eq!((&group["owner"], &group["purpose"]), (&json!("Z000"), &body["purpose"]));
    assert_eq!(world.platform("template_author", "PUT", path).json(&body).send().refused(403), "forbidden");
}

#[test]
fn who_belongs_is_told_by_versions_with_dates_that_never_change() {
    let world = World::new();
    six(&world);
    put(&world, "L454", "valle", "Comuni della valle").send().expect(201);
    assert_eq!(get(&world, "/custom:valle/members").refused(404), "not-found", "nobody belongs yet");
    let first = add(&world, "valle", "2023-01-01", &["B109", "B100"]);
    let at = format!("{}/v1/groups/valle/versions/1", world.url);
    assert_eq!(first.header("Location"), Some(at.as_str()));
    assert_eq!(first.expect(201)["members"], json!(["B100", "B109"]));
    add(&world, "valle", "2025-01-01", &["B102"]).expect(201);
    let on = |day: &str| members(&world, "custom:valle", day);
    assert_eq!(on("2023-06-30").0, "B100 B109");
    assert_eq!(on("2024-06-30").0, "B100 B101", "what ended counts as what it went on in");
    let (now, told) = on("2026-03-01");
    assert_eq!(now, "B102");
    assert_eq!((&told["title"], &told["group_version"]), (&json!("Comuni della valle"), &json!("custom-2")));
    assert_eq!(get(&world, "/custom:valle/members?on=2022-12-31").refused(404), "not-found");
    let versions = get(&world, "/valle/versions").expect(200)["items"].clone();
    assert_eq!((versions[0]["members_count"].clone(), versions[1]["number"].clone()), (json!(2), json!(2)));
    assert_eq!(get(&world, "/valle/versions/1").expect(200)["members"], json!(["B100", "B109"]));
    assert_eq!(get(&world, "/valle/versions/3").refused(404), "not-found");
    // A later version from the same day takes its place, and one from before is refused.
    add(&world, "valle", "2025-01-01", &["B103"]).expect(201);
    assert_eq!(on("2026-03-01").0, "B103");
    let early = add(&world, "valle", "2024-12-31", &["B100"]);
    assert_eq!(
        (early.refused(422), early.pointers()),
        ("invalid".to_owned(), vec!["/valid_from".to_owned()])
    );
}

#[test]
fn only_comuni_of_the_registry_belong_to_a_group_each_once() {
    let world = World::new();
    put(&world, "L454", "valle", "Comuni della valle").send().expect(201);
    let pointers = |members: &[&str]| {
        let reply = add(&world, "valle", "2025-01-01", members);
        assert_eq!(reply.refused(422), "invalid", "{members:?}");
        reply.pointers()
    };
    assert_eq!(pointers(&["L454", "A999"]), ["/members"]);
    assert_eq!(pointers(&["L454", "f471", "L454"]), ["/members/1", "/members/2"]);
    assert_eq!(pointers(&[]), ["/members"]);
    assert_eq!(get(&world, "/valle/versions").expect(200)["items"], json!([]));
}

#[test]
fn a_version_sent_twice_with_one_key_is_added_once() {
    let world = World::new();
    put(&world, "L454", "valle", "Comuni della valle").send().expect(201);
    let body = json!({"valid_from": "2025-01-01", "members": ["L454", "F471"]});
    let send = || {
        let request = call(&world, "L454", "segretario", "POST", "/valle/versions").json(&body);
        request.key("una-volta").send().expect(201)
    };
    assert_eq!(send(), send());
    assert_eq!(get(&world, "/valle/versions").expect(200)["items"].as_array().unwrap().len(), 1);
}

#[test]
fn groups_are_listed_by_code_whoever_named_them() {
    let world = World::new();
    for (comune, code) in [("L454", "c"), ("F471", "a"), ("L454", "b")] {
        put(&world, comune, code, "Un gruppo").send().expect(201);
    }
    let token = world.token("G004", "lettore");
    let codes = |query: &str| {
        let (items, pages) = walk(&world, &token, &format!("/v1/groups?{query}"));
        (column(&items, "code").join(""), pages)
    };
    assert_eq!(codes("limit=1"), ("abc".to_owned(), 3));
    assert_eq!(codes("owner=L454").0, "bc");
    assert_eq!(codes("owner=G004").0, "");
    assert_eq!(get(&world, "?owner=g004").status, 400);
}
