//! Who sees a sheet: the person, the evaluator, the body. To everybody else there is none, wherever they look.

use serde_json::json;
use traguardo_domain::Vocabulary as _;
use traguardo_domain::role::Role;

use super::{CANARY, at, body, content, finished, plain, read, step, world, written};
use crate::nouns::NOBODY;
use crate::operations::{Names, Tokens, difference, of_a_comune, plant};
use crate::world::World;

/// The roles of a comune that are nothing to the sheets of these tests.
fn strangers() -> impl Iterator<Item = Role> {
    let party = [Role::Responsabile, Role::Dipendente, Role::Nucleo];
    Role::all().iter().copied().filter(move |role| !role.is_of_platform() && !party.contains(role))
}

#[test]
fn a_sheet_of_others_is_answered_as_one_that_is_not_there() {
    let world = world();
    let sheet = written(&world, "demo:dipendente", "80");
    for role in strangers() {
        let role = role.word();
        let both = |method: &str, below: &str, body: Option<&serde_json::Value>| {
            [sheet.as_str(), NOBODY].map(|id| {
                let request = at(&world, role, method, id, below).if_match("*");
                body.map_or_else(
                    || request.send(),
                    |body| at(&world, role, method, id, below).if_match("*").json(body).send(),
                )
            })
        };
        for [there, nowhere] in [
            both("GET", "", None),
            both("PUT", "", Some(&content("10"))),
            both("POST", "/steps", Some(&plain("finish"))),
            both("POST", "/steps", Some(&plain("accept"))),
        ] {
            assert!([403, 404].contains(&there.status), "{role}: {there}");
            assert_eq!(difference(&there, &nowhere), None, "{role}");
        }
        let list = world.call(role, "GET", "L454", "/sheets").send();
        assert!(list.status == 403 || list.expect(200)["items"] == json!([]), "{role}: {list}");
    }
    for comune in ["F471", "G004"] {
        for role in ["nucleo", "segretario", "dipendente"] {
            let token = world.token(comune, role);
            let reply =
                world.anonymous("GET", &format!("/v1/comuni/L454/sheets/{sheet}")).token(&token).send();
            assert_eq!(reply.refused(404), "not-found");
            let own =
                world.anonymous("GET", &format!("/v1/comuni/{comune}/sheets/{sheet}")).token(&token).send();
            assert_eq!(own.refused(404), "not-found");
            let list = world.anonymous("GET", &format!("/v1/comuni/{comune}/sheets")).token(&token).send();
            assert_eq!(list.expect(200)["items"], json!([]), "{comune} {role}");
        }
    }
    read(&world, "dipendente", &sheet).expect(200);
}

#[test]
fn an_evaluator_sees_what_it_wrote_and_nothing_of_another_evaluator() {
    let world = world();
    let theirs = written(&world, "demo:dipendente", "80");
    // Another evaluator of the same person is not told that there is a sheet already.
    let mine = world
        .call("segretario", "POST", "L454", "/sheets")
        .json(&body("demo:dipendente", "70"))
        .send()
        .expect(201);
    assert_eq!(read(&world, "segretario", &theirs).refused(404), "not-found");
    let list = |role: &str| {
        let list = world.call(role, "GET", "L454", "/sheets").send().expect(200);
        list["items"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(list("segretario"), [mine["id"].clone()]);
    assert_eq!(list("responsabile"), [json!(theirs)]);
    assert_eq!(list("dipendente"), [mine["id"].clone(), json!(theirs)]);
    assert_eq!(list("nucleo").len(), 2);
    let page = world.call("nucleo", "GET", "L454", "/sheets?limit=1").send().expect(200);
    let next = world.call(
        "nucleo",
        "GET",
        "L454",
        &format!("/sheets?limit=1&cursor={}", page["next_cursor"].as_str().unwrap()),
    );
    assert_eq!(next.send().expect(200)["items"][0]["id"], json!(theirs));
}

#[test]
fn no_list_search_trail_error_or_export_shows_a_sheet_to_anybody_else() {
    let world = world();
    let names = Names { sheet: NOBODY.to_owned(), ..plant(&world, "L454") };
    let sheet = written(&world, "demo:dipendente", "80");
    step(&world, "responsabile", &sheet, &plain("share")).expect(200);
    let reason = json!({"move": "object", "reason": CANARY});
    step(&world, "dipendente", &sheet, &reason).expect(200);
    let person = world.member("L454", "dipendente").id.0.to_string();
    let tokens = Tokens::of(&world, &["L454", "Z000"]);
    let mut reads = of_a_comune();
    reads.retain(|case| case.info.method == "GET");
    // One of each kind: whoever may read everything of a comune else, whoever coordinates, approves, only reads, is a program, keeps the platform.
    let at_home = [Role::Amministratore, Role::Segretario, Role::Giunta, Role::Lettore, Role::Integratore];
    for role in at_home.into_iter().chain([Role::PlatformAdmin]) {
        let token = tokens.get("L454", role);
        for case in &reads {
            let reply = case.bare(&world, &names, token).send();
            let (text, call) = (reply.text(), format!("{} as {role:?}", case.row.operation));
            assert!(!text.contains(CANARY), "{call}: {reply}");
            let trail = case.row.operation == "list_audit_entries";
            assert!(trail || !text.contains(&sheet), "{call}: {reply}");
            let members = case.row.operation.contains("member");
            let acts = trail && reply.status == 200;
            assert!(members || acts || !text.contains(&person), "{call}: {reply}");
        }
        let search = format!("/v1/comuni/L454/objectives?words={CANARY}");
        let found = world.anonymous("GET", &search).token(token).send();
        assert!(!found.text().contains(&sheet), "{role:?}: {found}");
    }
    let trail = world
        .call("segretario", "GET", "L454", &format!("/audit?object=sheet&object_id={sheet}"))
        .send()
        .expect(200);
    let entries = trail["items"].as_array().unwrap();
    assert_eq!(entries.len(), 3, "the trail names the sheet, and what was done");
    assert!(
        entries.iter().all(|entry| entry["object_id"] == json!(sheet) && entry["action"] == "write_sheets")
    );
}

#[test]
fn a_retry_is_answered_alike_and_what_is_kept_for_it_is_sealed() {
    let world = world();
    let send = || {
        let request =
            world.call("responsabile", "POST", "L454", "/sheets").json(&body("demo:dipendente", "80"));
        request.key("scheda").send()
    };
    assert_eq!(send().expect(201), send().expect(201));
    let rows = rows_with(&world, CANARY);
    assert_eq!(rows, ["persons.sheets"], "nothing of it stands anywhere else");
}

/// The tables that hold a text somewhere.
pub(in crate::nouns) fn rows_with(world: &World, text: &str) -> Vec<String> {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    let mut behind = world.stored.administrator();
    let tables = "select c.oid::regclass::text as text from pg_class c join pg_namespace n on n.oid = c.relnamespace \
         where n.nspname in ('public', 'persons') and c.relkind = 'r' order by 1";
    let tables = diesel::sql_query(tables).load::<Line>(&mut behind).unwrap();
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let holds = |table: &Line| {
        let query = format!(
            "select 'x' as text from {} t where t::text like '%{text}%' or t::text like '%{hex}%' limit 1",
            table.text
        );
        !diesel::sql_query(query).load::<Line>(&mut behind).unwrap().is_empty()
    };
    tables.into_iter().filter(holds).map(|table| table.text).collect()
}

#[test]
fn of_five_persons_figures_are_told_and_of_four_none() {
    let world = world();
    let told = || world.call("lettore", "GET", "L454", "/sheet-statistics?year=2025").send().expect(200);
    assert_eq!(told(), json!({"year": 2025, "groups": []}));
    for (person, points) in [("P1", "80"), ("P2", "90"), ("P3", "100"), ("P4", "40")] {
        finished(&world, person, points);
    }
    written(&world, "demo:dipendente", "1");
    let small = told();
    assert_eq!(
        small["groups"][0],
        json!({"category": "staff", "withheld": true, "reason": "Meno di 5 persone."})
    );
    finished(&world, "P5", "10");
    // 35 and 48, 54, 60, 24, 6.
    let group = told()["groups"][0].clone();
    assert_eq!((&group["withheld"], &group["count"]), (&json!(false), &json!(5)));
    assert_eq!(group["mean"], json!({"percent": "73.4", "shown": "73.40"}));
    // Totals 83, 89, 95, 59, 41: squared distances 92.16 + 243.36 + 466.56 + 207.36 + 1049.76 = 2059.2; a fifth is 411.84.
    assert_eq!(group["standard_deviation"], "20.293841");
    assert_eq!(group["top_share"]["percent"], "20");
    assert_eq!(group["bands"][0]["band"], "META");
    assert_eq!(group["differentiation"]["percent"], "64");
    let nobodys = world.token("F471", "lettore");
    let other = world.anonymous("GET", "/v1/comuni/F471/sheet-statistics?year=2025").token(&nobodys).send();
    assert_eq!(other.expect(200)["groups"], json!([]), "another comune's");
    let without = world.call("lettore", "GET", "L454", "/sheet-statistics").send();
    assert_eq!(without.refused(400), "invalid-parameter");
}
