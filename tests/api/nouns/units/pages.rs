//! Units in lists: filters, orders, pages.

use serde_json::json;

use super::super::{column, walk};
use super::{add, added, sector, with};
use crate::world::World;

fn codes(world: &World, query: &str) -> Vec<String> {
    let token = world.token("L454", "lettore");
    column(&walk(world, &token, &format!("/v1/comuni/L454/units{query}")).0, "code")
}

#[test]
fn units_are_listed_by_kind_by_parent_and_by_day() {
    let world = World::new();
    let area = world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").send().expect(200);
    let area = area["id"].as_str().unwrap();
    added(&world, &json!({"valid_from": "2020-01-01", "valid_to": "2020-12-31"}));
    let cases = [
        ("?kind=service".to_owned(), vec!["AREA-1.1", "AREA-1.2"]),
        ("?kind=area".to_owned(), vec!["AREA-1", "AREA-2"]),
        (format!("?parent={area}"), vec!["AREA-1.1", "AREA-1.2"]),
        (format!("?parent={area}&kind=area"), vec![]),
        ("?on=2020-01-01".to_owned(), vec!["S.01"]),
        ("?on=2020-12-31".to_owned(), vec!["S.01"]),
        ("?on=2021-01-01".to_owned(), vec![]),
        ("?on=2025-01-01&kind=area".to_owned(), vec!["AREA-1", "AREA-2"]),
        ("?kind=office".to_owned(), vec![]),
    ];
    for (query, expected) in cases {
        assert_eq!(codes(&world, &query), expected, "{query}");
    }
}

#[test]
fn every_order_goes_through_all_pages_without_losing_or_repeating_a_unit() {
    let world = World::new();
    let token = world.token("L454", "lettore");
    for number in 1..=5 {
        let (code, name) = (format!("U{number}"), format!("Unit\u{e0} {}", number % 2));
        added(&world, &json!({"external_id": null, "code": code, "name": name}));
    }
    for (sort, key) in [("code", "code"), ("-code", "code"), ("name", "name"), ("-name", "name")] {
        let (items, pages) = walk(&world, &token, &format!("/v1/comuni/L454/units?limit=2&sort={sort}"));
        assert_eq!((items.len(), pages), (9, 5), "{sort}");
        let keys = column(&items, key);
        let in_order =
            keys.is_sorted_by(|one, other| if sort.starts_with('-') { one >= other } else { one <= other });
        assert!(in_order, "{sort}: {keys:?}");
        let whole = walk(&world, &token, &format!("/v1/comuni/L454/units?sort={sort}")).0;
        assert_eq!(items, whole, "{sort}");
        let mut ids = column(&items, "id");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 9, "{sort}");
    }
    let (_, pages) = walk(&world, &token, "/v1/comuni/L454/units?limit=9");
    assert_eq!(pages, 1, "a page that holds all has no next one");
}

#[test]
fn a_unit_added_between_two_pages_moves_none_of_the_others() {
    let world = World::new();
    let token = world.token("L454", "lettore");
    let first = world.anonymous("GET", "/v1/comuni/L454/units?limit=2").token(&token).send().expect(200);
    assert_eq!(first["limit"], 2);
    let add = |code: &str| added(&world, &json!({"external_id": null, "code": code}));
    // One before the place the cursor holds, one after it.
    let (_, _) = (add("A.0"), add("AREA-1.3"));
    let next = first["_links"]["next"].as_str().unwrap().strip_prefix(&world.url).unwrap();
    let rest = column(&walk(&world, &token, next).0, "code");
    assert_eq!(column(first["items"].as_array().unwrap(), "code"), ["AREA-1", "AREA-1.1"]);
    assert_eq!(rest, ["AREA-1.2", "AREA-1.3", "AREA-2"]);
}

#[test]
fn a_cursor_of_another_order_or_of_nobody_is_refused() {
    let world = World::new();
    let page = world.call("lettore", "GET", "L454", "/units?limit=2&sort=code").send().expect(200);
    let cursor = page["next_cursor"].as_str().unwrap();
    for sort in ["-code", "name", "-name"] {
        let refused =
            world.call("lettore", "GET", "L454", &format!("/units?sort={sort}&cursor={cursor}")).send();
        assert_eq!(refused.refused(400), "unknown-cursor", "{sort}");
    }
    for wrong in ["x", "e30", "bm90anNvbg"] {
        let refused = world.call("lettore", "GET", "L454", &format!("/units?cursor={wrong}")).send();
        assert_eq!(refused.refused(400), "unknown-cursor", "{wrong}");
    }
    let members = world.call("segretario", "GET", "L454", &format!("/members?cursor={cursor}")).send();
    assert_eq!(members.refused(400), "unknown-cursor");
}

#[test]
fn a_parameter_of_a_list_that_is_not_as_it_must_be_is_named() {
    let world = World::new();
    let cases = [
        ("?limit=0", "limit"),
        ("?limit=201", "limit"),
        ("?limit=-1", "limit"),
        ("?limit=many", "limit"),
        ("?kind=palace", "kind"),
        ("?on=2025-13-01", "on"),
        ("?parent=area", "parent"),
        ("?sort=colour", "sort"),
        ("?colour=red", "colour"),
        ("?limit=1&limit=2", "limit"),
    ];
    for (query, parameter) in cases {
        let refused = world.call("lettore", "GET", "L454", &format!("/units{query}")).send();
        assert_eq!(refused.refused(400), "invalid-parameter", "{query}");
        assert_eq!(refused.pointers(), [parameter], "{query}");
    }
}

#[test]
fn a_list_shows_the_units_of_its_comune_alone() {
    let world = World::new();
    add(&world, &with(&sector(), &json!({}))).expect(201);
    assert!(codes(&world, "").contains(&"S.01".to_owned()));
    let token = world.token("F471", "lettore");
    let elsewhere = column(&walk(&world, &token, "/v1/comuni/F471/units").0, "code");
    assert_eq!(elsewhere, ["AREA-1", "AREA-1.1", "AREA-1.2", "AREA-2"]);
}
