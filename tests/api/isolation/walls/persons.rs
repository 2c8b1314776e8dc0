//! The wall round individual evaluations: what the service's own role finds there, whatever it asks.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Actor, By, Operator, Sight};
use traguardo_domain::audit::Occasion;
use traguardo_domain::role::Role;
use traguardo_domain::{Violation, Vocabulary as _};
use traguardo_persistence::sheets::{self, Filter, NewestFirst};
use traguardo_persistence::{Error, PageRequest};
use traguardo_server::commands;
use uuid::Uuid;

use crate::isolation::state::texts;
use crate::operations::plant;
use crate::world::{Server, TestDatabase, World, administrator};

/// Sheets of two comuni: in each, of every member, by the segretario, all final; and a figure kept of one that is no more.
fn plant_sheets(stored: &TestDatabase) {
    let rows = "insert into persons.sheets (comune, id, salt, plan, year, person, evaluator, category, state, content, steps, \
         total, top, finished_at) \
         select m.comune, gen_random_uuid(), gen_random_uuid(), p.id, 2025, m.id, e.id, \
         case m.external_id when 'demo:giunta' then 'segretario' else 'staff' end, 'final', '{}', '[]', '88', false, now() \
         from members m join plans p using (comune) join members e on e.comune = m.comune and e.external_id = 'demo:segretario' \
         where m.id <> e.id; \
         insert into persons.kept_figures (comune, year, category, figures) \
         select comune, 2025, 'staff', '[{\"total\": \"77\", \"band\": null, \"top\": false}]' from comuni";
    stored.administrator().batch_execute(rows).unwrap();
}

fn member(stored: &TestDatabase, comune: &str, role: &str) -> String {
    let query = format!(
        "select id::text as text from members where comune = '{comune}' and external_id = 'demo:{role}'"
    );
    texts(&mut stored.administrator(), &query).remove(0)
}

/// The first column of an answer, asked by the service's role in a transaction that begins with these settings.
fn asked(service: &mut PgConnection, settings: &[(&str, &str)], query: &str) -> Result<Vec<String>, String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        text: String,
    }
    service.batch_execute("BEGIN").unwrap();
    for (name, value) in settings {
        service.batch_execute(&format!("SET LOCAL {name} = '{value}'")).unwrap();
    }
    let answer = diesel::sql_query(query).load::<Line>(service).map_err(|error| error.to_string());
    service.batch_execute("ROLLBACK").unwrap();
    answer.map(|lines| lines.into_iter().map(|line| line.text).collect())
}

#[test]
fn without_a_member_the_services_own_role_finds_no_sheet() {
    let stored = TestDatabase::fresh(Server::shared());
    plant_sheets(&stored);
    let mut service = administrator(&stored.url("traguardo_service"));
    service.batch_execute("SET ROLE traguardo_app").unwrap();
    let (person, evaluator) = (member(&stored, "L454", "dipendente"), member(&stored, "L454", "segretario"));
    let (stranger, elsewhere) = (member(&stored, "L454", "lettore"), member(&stored, "F471", "dipendente"));
    let everything = "select comune as text from persons.sheets";
    let home = ("app.comune", "L454");
    let mut found = |settings: &[(&str, &str)]| asked(&mut service, settings, everything).unwrap();
    let all = found(&[home, ("app.sight", "all")]);
    assert!(
        all.len() > 5 && all.iter().all(|comune| comune == "L454"),
        "the body sees its comune's: {all:?}"
    );
    assert_eq!(found(&[home, ("app.member", &evaluator)]).len(), all.len(), "the evaluator, those it wrote");
    assert_eq!(found(&[home, ("app.member", &person)]), ["L454"], "the person, its own");
    assert_eq!(found(&[home, ("app.member", &stranger)]), ["L454"], "a stranger, its own alone");
    for nothing in [
        vec![home],
        vec![home, ("app.member", "")],
        vec![home, ("app.sight", "")],
        vec![home, ("app.sight", "own")],
        vec![home, ("app.member", &elsewhere)],
        vec![("app.comune", "F471"), ("app.member", &person)],
    ] {
        // The same connection opened sheets before: nothing of that is left.
        assert_eq!(found(&nothing), Vec::<String>::new(), "{nothing:?}");
    }
    for (statement, settings) in [
        ("update persons.sheets set total = '0' returning comune as text", vec![home]),
        ("delete from persons.sheets returning comune as text", vec![home]),
        ("select figures::text as text from persons.kept_figures", vec![home]),
        (
            "select figures::text as text from persons.kept_figures",
            vec![home, ("app.member", person.as_str())],
        ),
        (
            "delete from persons.kept_figures returning comune as text",
            vec![home, ("app.member", evaluator.as_str())],
        ),
    ] {
        assert_eq!(asked(&mut service, &settings, statement), Ok(Vec::new()), "{statement}");
    }
    let forged = format!(
        "insert into persons.sheets select * from jsonb_populate_record(null::persons.sheets, \
         (select to_jsonb(s) || jsonb_build_object('id', gen_random_uuid(), 'person', '{person}') \
         from persons.sheets s limit 1)) returning comune as text"
    );
    for (statement, settings) in [
        (forged.as_str(), vec![home, ("app.member", stranger.as_str())]),
        (
            "update persons.sheets set person = evaluator returning comune as text",
            vec![home, ("app.sight", "all")],
        ),
        ("update persons.sheets set salt = id returning comune as text", vec![home, ("app.sight", "all")]),
        ("truncate persons.sheets", vec![home, ("app.sight", "all")]),
        ("create table persons.mine (x int)", vec![home]),
    ] {
        let refused = asked(&mut service, &settings, statement);
        let walled =
            |words: &String| words.contains("permission denied") || words.contains("row-level security");
        assert!(refused.as_ref().is_err_and(walled), "{statement}: {refused:?}");
    }
}

#[test]
fn figures_name_nobody_and_tell_of_five_at_least() {
    let stored = TestDatabase::fresh(Server::shared());
    plant_sheets(&stored);
    let mut service = administrator(&stored.url("traguardo_service"));
    service.batch_execute("SET ROLE traguardo_app").unwrap();
    let lines = "select concat_ws(' ', category, coalesce(total, '-'), top) as text from persons.figures(2025::smallint)";
    let told = asked(&mut service, &[("app.comune", "L454")], lines).unwrap();
    assert_eq!(
        told.iter().filter(|line| line.starts_with("segretario")).collect::<Vec<_>>(),
        ["segretario -"]
    );
    let staff = told.iter().filter(|line| line.starts_with("staff")).count();
    assert!(staff > 5 && told.contains(&"staff 77 f".to_owned()), "{told:?}");
    let another = "select category as text from persons.figures(2024::smallint)";
    assert_eq!(asked(&mut service, &[("app.comune", "L454")], another), Ok(Vec::new()));
    assert!(
        asked(&mut service, &[], lines).is_ok_and(|lines| lines.is_empty())
            || asked(&mut service, &[], lines).is_err()
    );
    let mut across = administrator(&stored.url("traguardo_service"));
    across.batch_execute("SET ROLE traguardo_benchmark").unwrap();
    for query in [lines, "select comune as text from persons.sheets"] {
        let refused = asked(&mut across, &[("app.comune", "L454"), ("app.sight", "all")], query);
        assert!(refused.is_err_and(|words| words.contains("permission denied")), "{query}");
    }
}

#[test]
fn a_sheet_never_leads_into_another_comune() {
    let stored = TestDatabase::fresh(Server::shared());
    plant_sheets(&stored);
    let mut service = administrator(&stored.url("traguardo_service"));
    service.batch_execute("SET ROLE traguardo_app").unwrap();
    let mut behind = stored.administrator();
    let one = |behind: &mut PgConnection, table: &str| {
        texts(behind, &format!("select id::text as text from {table} where comune = 'F471' limit 1"))
            .remove(0)
    };
    let (home, sight) = (("app.comune", "L454"), ("app.sight", "all"));
    for (column, table) in
        [("plan", "plans"), ("person", "members"), ("evaluator", "members"), ("unit", "units")]
    {
        let there = one(&mut behind, table);
        let insert = format!(
            "insert into persons.sheets select * from jsonb_populate_record(null::persons.sheets, \
             (select to_jsonb(s) || jsonb_build_object('id', gen_random_uuid(), '{column}', '{there}') from persons.sheets s limit 1)) \
             returning comune as text"
        );
        // The rest is written once and never again; the unit may change.
        let update = format!("update persons.sheets set unit = '{there}' returning comune as text");
        let statement = if column == "unit" { update } else { insert };
        let refused = asked(&mut service, &[home, sight], &statement);
        assert!(refused.as_ref().is_err_and(|words| words.contains("foreign key")), "{column}: {refused:?}");
    }
}

#[test]
fn every_other_action_of_every_role_opens_a_transaction_that_finds_none() {
    let world = World::new();
    plant(&world, "L454");
    let comune = ComuneCode::parse("L454").unwrap();
    let seen = |grant| {
        let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
        let page = PageRequest { order: NewestFirst, after: None, limit: 10 };
        world.database.tenant(&grant, occasion, |tx| {
            tx.leave_unchanged();
            Ok::<_, Error>(sheets::list(tx, &Filter::default(), &page)?.items.len())
        })
    };
    for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
        let member = world.member("L454", role.word()).id.0;
        let actor = Actor { member, comune, roles: BTreeSet::from([role]), unit: None };
        for action in Action::ALL {
            let grant = match actor.authorize(action, comune) {
                Ok(grant) => grant,
                Err(Violation::Forbidden { .. }) => continue,
                Err(other) => panic!("{other}"),
            };
            let party = matches!(role, Role::Segretario | Role::Responsabile | Role::Nucleo);
            let expected = usize::from(party && action.is_on_sheets());
            assert_eq!(seen(grant).unwrap(), expected, "{role:?} {action:?}");
        }
    }
    for action in Action::ALL {
        let grant = Operator.act(action, comune);
        let sight = if action.is_on_training() { Sight::Training } else { Sight::Nobodys };
        assert_eq!((grant.by(), grant.sight()), (By::Operator, sight));
        assert_eq!(seen(grant).unwrap(), 0, "the operator, {action:?}");
    }
    assert_eq!(seen(Operator.act(Action::EraseSheets, comune)).unwrap(), 1);
    let stranger =
        Actor { member: Uuid::nil(), comune, roles: BTreeSet::from([Role::Dipendente]), unit: None };
    assert_eq!(seen(stranger.authorize(Action::ReadSheets, comune).unwrap()).unwrap(), 0);
}
