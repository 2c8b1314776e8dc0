//! Comparisons as everybody sees them: by what each comune lets everybody see.

use diesel::connection::SimpleConnection as _;
use serde_json::json;

use super::*;

const GROUP: &str = "?group=region:03&year=2025";
/// Values nobody but those they are shown to may see.
const KEPT: [&str; 3] = ["61.61", "71.71", "81.81"];

/// Five comuni everybody may see; one regions alone, one without its name, one from a day to come.
fn country() -> World {
    let world = World::new();
    let mut sql = "set session_replication_role = replica; ".to_owned();
    let shown = [
        ("1", "named", "null"),
        ("2", "named", "null"),
        ("3", "named", "null"),
        ("4", "named", "null"),
        ("5", "named", "null"),
    ];
    let kept =
        [(KEPT[0], "withheld", "null"), (KEPT[1], "anonymous", "null"), (KEPT[2], "named", "'2999-01-01'")];
    for (number, (value, mode, from)) in shown.into_iter().chain(kept).enumerate() {
        sql.push_str(&format!(
            "insert into registry_comuni (code, valid_from, name, province, region, residents, residents_on, area) values \
             ('Y{number:03}', '1861-03-17', 'Comune {number}', 'BS', '03', 1000, '2024-12-31', '20'); \
             insert into facts (comune, indicator, year, definition, plan, publication, value, grade, shortfalls, certified, \
             published_at, region, residents, group_mode, region_mode, public_mode, public_from) values ('Y{number:03}', 'T1.itp', \
             2025, 1, '0193a5c0-0000-7000-8000-000000000001', 1, '{value}', 'A', '{{}}', true, '2026-04-01T09:00:00Z', '03', 1000, \
             'named', 'named', '{mode}', {from}); "
        ));
    }
    world.stored.administrator().batch_execute(&sql).unwrap();
    world
}

#[test]
fn everybody_compares_what_everybody_may_see() {
    let world = country();
    let told = read(&world, &format!("/benchmarks/T1.itp{GROUP}"));
    let statistics = &told.expect(200)["statistics"];
    assert_eq!((&statistics["n"], &statistics["p50"]), (&json!(5), &json!("3")), "{told}");
    assert_eq!((&statistics["min"], &statistics["max"]), (&json!("1"), &json!("5")));
    assert_eq!(told.json()["group"]["audience"], "public");
    let members = read(&world, &format!("/benchmarks/T1.itp/members{GROUP}")).expect(200);
    let codes = column(members["items"].as_array().unwrap(), "comune");
    assert_eq!(codes, ["Y000", "Y001", "Y002", "Y003", "Y004"]);
    let listed = read(&world, "/benchmarks").expect(200);
    assert_eq!(listed["items"][0]["indicator"]["code"], "T1.itp", "{listed}");
    let spread = read(&world, &format!("/benchmarks/T1.itp/distribution{GROUP}")).expect(200);
    assert_eq!(spread["entered"], 5, "{spread}");
}

#[test]
fn nothing_is_told_of_who_does_not_let_everybody_see_whoever_asks() {
    let world = country();
    let token = world.token("L454", "lettore");
    let places = ["Y005", "Y006", "Y007"].map(|comune| format!("/benchmarks/T1.itp{GROUP}&comune={comune}"));
    let others = ["", "/distribution", "/members"].map(|below| format!("/benchmarks/T1.itp{below}{GROUP}"));
    for path in places.iter().chain(&others) {
        let told = read(&world, path);
        assert_eq!(told.status, 200, "{path}: {told}");
        assert!(!KEPT.iter().any(|kept| told.text().contains(kept)), "{path}: {told}");
        let with_a_token = world.anonymous("GET", &format!("/v1/public{path}")).token(&token).send();
        assert_eq!(with_a_token.body, told.body, "{path}");
        let again = world.anonymous("GET", &format!("/v1/public{path}")).header("If-None-Match", told.etag());
        assert_eq!(again.send().status, 304, "{path}");
    }
    assert!(read(&world, &places[0]).json()["place"].is_null());
}

#[test]
fn what_is_not_there_is_not_compared() {
    let world = country();
    for path in
        ["/benchmarks/T1.niente", "/benchmarks/T1.itp?group=custom:NIENTE", "/benchmarks/T1.niente/members"]
    {
        assert_eq!(read(&world, path).refused(404), "not-found", "{path}");
    }
    for path in [
        "/benchmarks?x=1",
        "/benchmarks/T1.itp?anno=2025",
        "/benchmarks/T1.itp?group=%20",
        "/benchmarks/T1.itp?format=csv",
    ] {
        assert_eq!(read(&world, path).refused(400), "invalid-parameter", "{path}");
    }
}
