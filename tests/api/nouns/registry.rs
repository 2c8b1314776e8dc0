//! The registry of all comuni, over HTTP.

use serde_json::{Value, json};
use traguardo_domain::audit::Occasion;
use traguardo_domain::text::Line;
use traguardo_persistence::registry::Origin;
use traguardo_server::commands::now;
use traguardo_server::registry::{keep, understood};

use super::{column, walk};
use crate::world::{Reply, World};

const HEADER: &str = "code;name;province;region;istat;valid_from;valid_to;successor;residents;residents_on;area_km2;altitude_zone;invented";

/// Loads a registry of these lines, as the operator does.
pub(super) fn load(world: &World, lines: &[&str]) -> i32 {
    let file = [&[HEADER], lines].concat().join("\n");
    let entries = understood(file.as_bytes()).unwrap();
    let origin =
        Origin { source: Line::parse("Elenco di prova").unwrap(), state_on: "2026-01-01".parse().unwrap() };
    let occasion = Occasion { at: now(), request_id: "test".to_owned() };
    keep(&world.database, occasion, &entries, origin).unwrap().number
}

/// A line of a comune that is there and is known by its residents alone.
pub(super) fn line(code: &str, name: &str, province: &str, region: &str, residents: i32) -> String {
    format!("{code};{name};{province};{region};;1861-03-17;;;{residents};2023-12-31;10;plain;true")
}

fn get(world: &World, path: &str) -> Reply {
    let token = world.token("L454", "lettore");
    world.anonymous("GET", path).token(&token).send()
}

/// Two comuni that became one, which went on in another; and one that changed province.
const MERGED: [&str; 6] = [
    "A001;Comune inventato Uno;MI;03;;1861-03-17;2013-12-31;A003;900;2011-12-31;;;true",
    "A002;Comune inventato Due;MI;03;;1861-03-17;2013-12-31;A003;1100;2011-12-31;;;true",
    "A003;Comune inventato Tre;MI;03;;2014-01-01;2022-12-31;A004;2000;2021-12-31;;;true",
    "A004;Comune inventato Quattro;MI;03;;1861-03-17;;;9000;2023-12-31;;;true",
    "A005;Comune inventato Cinque;MI;03;;1861-03-17;2024-06-30;;500;2023-12-31;;;true",
    "A005;Comune inventato Cinque;LO;03;;2024-07-01;;;499;2023-12-31;;;true",
];

#[test]
fn the_edition_in_use_is_told_and_the_next_takes_its_place() {
    let world = World::new();
    let first = get(&world, "/v1/registry");
    assert_eq!(first.etag(), "\"1\"");
    assert_eq!(first.expect(200)["entries_count"], 3);
    let held = || world.anonymous("GET", "/v1/registry").token(&world.token("L454", "lettore"));
    assert_eq!(held().header("If-None-Match", "\"1\"").send().status, 304);
    assert_eq!(load(&world, &MERGED), 2);
    let second = held().header("If-None-Match", "\"1\"").send();
    assert_eq!(second.etag(), "\"2\"");
    let told = second.expect(200);
    assert_eq!(
        (&told["source"], &told["state_on"], &told["entries_count"], &told["comuni_count"]),
        (&json!("Elenco di prova"), &json!("2026-01-01"), &json!(6), &json!(2))
    );
    assert_eq!(get(&world, "/v1/registry/comuni/L454").refused(404), "not-found");
}

#[test]
fn a_comune_is_followed_through_its_mergers_and_provinces() {
    let world = World::new();
    load(&world, &MERGED);
    let read = |code: &str| get(&world, &format!("/v1/registry/comuni/{code}")).expect(200);
    let first = read("A001");
    assert_eq!((&first["current"], &first["items"][0]["successor"]), (&json!("A004"), &json!("A003")));
    let second = read("A003");
    let before = column(second["predecessors"].as_array().unwrap(), "code");
    assert_eq!(before, ["A001", "A002"]);
    let moved = read("A005");
    assert_eq!(column(moved["items"].as_array().unwrap(), "province"), ["MI", "LO"]);
    assert_eq!(moved["current"], "A005");
    for unknown in ["A009", "a001", "A0011", "ZZ"] {
        assert_eq!(get(&world, &format!("/v1/registry/comuni/{unknown}")).refused(404), "not-found");
    }
}

#[test]
fn on_each_day_every_comune_that_is_there_is_listed_once() {
    let world = World::new();
    load(&world, &MERGED);
    let on = |day: &str| {
        let page = get(&world, &format!("/v1/registry/comuni?sort=code&on={day}")).expect(200);
        column(page["items"].as_array().unwrap(), "code").join(" ")
    };
    assert_eq!(on("2013-12-31"), "A001 A002 A004 A005");
    assert_eq!(on("2014-01-01"), "A003 A004 A005");
    assert_eq!(on("2023-01-01"), "A004 A005");
}

#[test]
fn filters_narrow_the_registry_and_pages_lose_nothing() {
    let world = World::new();
    let bounds =
        [0, 499, 500, 4_999, 5_000, 9_999, 10_000, 59_999, 60_000, 249_999, 250_000, 500_000, 1_500_000];
    let lines: Vec<String> = (100..)
        .zip(bounds)
        .map(|(number, residents)| {
            let (province, region) = if number % 2 == 0 { ("MI", "03") } else { ("FI", "09") };
            line(&format!("B{number}"), &format!("Città {number}"), province, region, residents)
        })
        .collect();
    load(&world, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let token = world.token("L454", "lettore");
    let codes = |query: &str| {
        let (items, _) = walk(&world, &token, &format!("/v1/registry/comuni?limit=2&{query}"));
        column(&items, "code").join(" ")
    };
    assert_eq!(codes("sort=code").split(' ').count(), bounds.len());
    assert_eq!(codes("region=09").split(' ').count(), 6);
    assert_eq!(codes("province=MI&class=tuel_156:1"), "B100");
    assert_eq!(codes("class=tuel_156:1"), "B100 B101");
    assert_eq!(codes("class=tuel_156:6"), "B104 B105");
    assert_eq!(codes("class=tuel_156:8"), "B107");
    assert_eq!(codes("class=tuel_156:12"), "B111 B112");
    assert_eq!(codes("class=dm_2020:6"), "B106 B107");
    assert_eq!(codes("class=dm_2020:9"), "B112");
    assert_eq!(codes("words=CITTA%27%20103"), "");
    assert_eq!(codes("words=citta%20103"), "B103");
    let wrong = [
        "class=tuel_156:13",
        "class=tuel_156",
        "class=tuel_156:06",
        "region=21",
        "province=mi",
        "words=%20",
        "on=2024-13-01",
        "sort=size",
    ];
    for query in wrong {
        assert_eq!(get(&world, &format!("/v1/registry/comuni?{query}")).status, 400, "{query}");
    }
}

#[test]
fn each_comune_says_its_class_in_both_schemes() {
    let world = World::new();
    let lines = [line("B100", "Uno", "MI", "03", 4_999), line("B101", "Due", "MI", "03", 60_000)];
    load(&world, &[&lines[0], &lines[1], "B102;Tre;MI;03;;1861-03-17;;;;;;;true"]);
    let items = get(&world, "/v1/registry/comuni?sort=code").expect(200)["items"].clone();
    assert_eq!(items[0]["classes"], json!({"tuel_156": 5, "dm_2020": 4}));
    assert_eq!(items[1]["classes"], json!({"tuel_156": 9, "dm_2020": 7}));
    assert_eq!(items[2]["classes"], Value::Null);
}

#[test]
fn whoever_compares_reads_the_registry_and_an_author_of_templates_does_not() {
    let world = World::new();
    for role in ["platform_admin", "benchmark_reader"] {
        world.platform(role, "GET", "/v1/registry").send().expect(200);
    }
    assert_eq!(world.platform("template_author", "GET", "/v1/registry").send().refused(403), "forbidden");
    assert_eq!(world.anonymous("GET", "/v1/registry").send().status, 401);
}
