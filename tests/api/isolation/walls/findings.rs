//! What is wrong with the wall: every table of comuni, tried as the service's own role.

mod links;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use self::links::crossing;
use crate::isolation::state::{tables, texts};
use crate::world::{TestDatabase, administrator};

/// The tables whose rows are everybody's to read: public facts, shared objectives, groups. Whoever owns one writes it.
const SHARED: [&str; 6] =
    ["authors", "comune_identifiers", "comuni", "peer_group_versions", "peer_groups", "templates"];
/// The tables that another role reads across comuni, by a policy of its own: how many policies each has.
const ACROSS: [(&str, &str); 3] = [("adoptions", "2"), ("facts", "3"), ("register_entries", "2")];
/// What is unique across comuni on purpose: it names something of the whole service, or nothing of a comune.
const ACROSS_COMUNI: &str = "'__diesel_schema_migrations_pkey', 'comune_identifiers_name_one_comune', \
    'authors_code_is_one_authors', 'peer_groups_code_is_one_groups', 'registry_editions_pkey', 'registry_comuni_pkey', \
    'registry_comuni_once_a_day'";

/// Puts rows into the tables that the demo leaves empty.
pub(super) fn plant_rows(stored: &TestDatabase) {
    let rows = "insert into member_secrets (comune, id, member, verifier, created_at, expires_at) \
         select comune, gen_random_uuid(), id, 'v', now(), now() from members; \
         insert into idempotency_keys (comune, caller, operation, key, request_digest, created_at) \
         select comune, id, 'POST /x', 'k', '\\x00', now() from members; \
         insert into sections (comune, plan, id, position, content) \
         select comune, id, gen_random_uuid(), 1, '{}' from plans; \
         insert into objectives (comune, plan, id, position, content, title, kinds, programmes, responsibles, due_from, due_to, words) \
         select comune, id, gen_random_uuid(), 1, '{}', 'X', '{}', '{}', '{}', '{}', '{}', 'X' from plans; \
         insert into assignments (comune, plan, objective, unit) \
         select o.comune, o.plan, o.id, u.id from objectives o join units u on u.comune = o.comune; \
         insert into plan_versions (comune, plan, number, sealed_at, digest, act, size, document) \
         select comune, id, 1, now(), decode(repeat('00', 32), 'hex'), '{}', 1, '\\x00' from plans; \
         insert into plan_transitions (comune, plan, number, transition, state, made_at) \
         select comune, id, 1, 'propose', 'proposed', now() from plans; \
         insert into imports (comune, id, received_at, media_type, size, digest, year, kind, profile, state, source) \
         select comune, gen_random_uuid(), now(), 'text/plain', 1, decode(repeat('00', 32), 'hex'), 2025, 'standalone', 'detect', \
         'received', '\\x00' from comuni; \
         insert into import_profiles (comune, name, content) select comune, 'x', '{}' from comuni; \
         insert into rulebooks (comune, year, edition, recorded_at, digest, content) \
         select comune, 2025, case comune when 'F471' then 2 else 1 end, now(), decode(repeat('00', 32), 'hex'), '{}' from comuni; \
         insert into rulebook_opinions (comune, year, edition, number, given_at, content) \
         select comune, 2025, edition, 1, now(), '{}' from rulebooks; \
         insert into rounds (comune, plan, id, content) select comune, id, gen_random_uuid(), '{}' from plans; \
         insert into measurements (comune, plan, id, subject, period_to, recorded_at, recorded_by, content) \
         select comune, id, gen_random_uuid(), id, now(), now(), id, '{}' from plans; \
         insert into evidence_files (comune, plan, id, name, media_type, size, digest, received_at, content) \
         select comune, id, gen_random_uuid(), 'x', 'text/plain', 1, decode(repeat('00', 32), 'hex'), now(), '\\x00' from plans; \
         insert into evaluation_steps (comune, plan, assignment, number, made_at, member, content) \
         select comune, id, gen_random_uuid(), 1, now(), id, '{}' from plans; \
         insert into plan_results (comune, plan, number, certified_at, at, plan_version, rulebook_year, rulebook_edition, inputs_digest, digest, content) \
         select p.comune, p.id, 1, now(), now(), 1, 2025, r.edition, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), '\\x00' \
         from plans p join rulebooks r using (comune); \
         insert into plan_reports (comune, plan, number, adopted_at, act, digest, size, document) \
         select comune, id, 1, now(), '{}', decode(repeat('00', 32), 'hex'), 1, '\\x00' from plans; \
         insert into payment_times (comune, plan, figure, content) select comune, id, 'certified', '{}' from plans; \
         insert into authors (comune, code, kind, name, members) select comune, 'prova-' || comune, 'region', 'x', '[]' from comuni; \
         insert into templates (comune, code, number, author, published_at, digest, content) \
         select comune, 'X' || comune, 1, 'prova-' || comune, now(), decode(repeat('00', 32), 'hex'), '{}' from comuni; \
         insert into adoptions (comune, plan, template, number, year, objectives, units, deviations, sealed_at) \
         select comune, id, 'T1', 1, 2025, 1, 1, '[]', now() from plans; \
         insert into publications (comune, plan, number, year, published_at, at, certified, plan_version, digest, content) \
         select comune, id, 1, 2025, now(), now(), true, 1, decode(repeat('00', 32), 'hex'), '{}' from plans; \
         insert into facts (comune, indicator, year, definition, plan, publication, value, grade, shortfalls, certified, published_at, region, group_mode) \
         select comune, 'T1.prova' || p.title, 2025, 1, id, 1, '1', 'A', '{}', true, now(), '03', 'named' from plans p; \
         insert into consents (comune, number, recorded_at, audience, mode) select comune, 1, now(), 'group', 'named' from comuni; \
         insert into peer_groups (comune, code, name) select comune, 'prova-' || comune, 'x' from comuni; \
         insert into peer_group_versions (comune, code, number, valid_from, recorded_at, members) \
         select comune, 'prova-' || comune, 1, now(), now(), '{}' from comuni; \
         insert into saved_queries (comune, id, name, content) select comune, gen_random_uuid(), 'x', '{}' from comuni; \
         insert into registers (comune, register, revision, digest, changed_at) \
         select comune, 'surveys', 1, decode(repeat('00', 32), 'hex'), now() from comuni; \
         insert into register_entries (comune, register, key, day_from, content) select comune, 'surveys', 'x', now(), '{}' from comuni; \
         insert into invoices (comune, id, supplier, number, issued, kind, received, due, total, split_vat) \
         select comune, gen_random_uuid(), 'x', '1', now(), 'invoice', now(), now(), 100, 0 from comuni; \
         insert into payments (comune, invoice, reference, day, amount) select comune, gen_random_uuid(), '1', now(), 100 from comuni; \
         insert into feeder_settings (comune, content) select comune, '{}' from comuni; \
         insert into feeds (comune, plan, number, recorded_at, at, digest, content) \
         select comune, id, 1, now(), now(), decode(repeat('00', 32), 'hex'), '{}' from plans";
    stored.administrator().batch_execute(rows).unwrap();
}

/// Runs one statement in a transaction of its own for a comune, and takes it back: how many rows, or why not.
pub(super) fn attempt(
    connection: &mut PgConnection,
    comune: Option<&str>,
    statement: &str,
) -> Result<usize, String> {
    connection.batch_execute("BEGIN").unwrap();
    if let Some(comune) = comune {
        connection.batch_execute(&format!("SELECT set_config('app.comune', '{comune}', true)")).unwrap();
    }
    let outcome = diesel::sql_query(statement).execute(connection).map_err(|error| error.to_string());
    connection.batch_execute("ROLLBACK").unwrap();
    outcome
}

/// Everything wrong with the wall, as `table: words`.
pub(super) fn findings(stored: &TestDatabase) -> Vec<String> {
    let mut behind = stored.administrator();
    let mut service = administrator(&stored.url("traguardo_service"));
    service.batch_execute("SET ROLE traguardo_app").unwrap();
    let mut found = Vec::new();
    for table in tables(&mut behind) {
        let mut note = |holds: bool, words: &str| {
            if !holds {
                found.push(format!("{table}: {words}"));
            }
        };
        if !SHARED.contains(&table.as_str()) {
            declared(&mut behind, &table, &mut note);
            read(&mut service, &table, &mut note);
        }
        written(&mut behind, &mut service, &table, &mut note);
    }
    keys(&mut behind, &mut found);
    crossing(&mut behind, &mut service, &mut found);
    found
}

/// What the catalogue says of the table.
fn declared(behind: &mut PgConnection, table: &str, note: &mut impl FnMut(bool, &str)) {
    let security = format!(
        "select relrowsecurity || ' ' || relforcerowsecurity || ' ' || \
         (select count(*) from pg_policy where polrelid = c.oid) || ' ' || pg_get_userbyid(relowner) as text \
         from pg_class c where oid = '{table}'::regclass"
    );
    let security = texts(behind, &security);
    let policies = ACROSS.iter().find(|(name, _)| *name == table).map_or("1", |(_, policies)| policies);
    note(security == [format!("true true {policies} traguardo_owner")], &format!("declared as {security:?}"));
}

/// What is seen without a comune, and with one.
fn read(service: &mut PgConnection, table: &str, note: &mut impl FnMut(bool, &str)) {
    let all = format!("select 1 from {table}");
    let without = attempt(service, None, &all);
    note(matches!(without, Err(_) | Ok(0)), &format!("read without a comune: {without:?}"));
    let empty = attempt(service, Some(""), &all);
    note(matches!(empty, Err(_) | Ok(0)), &format!("read with an empty comune: {empty:?}"));
    let own = attempt(service, Some("L454"), &format!("{all} where comune = 'L454'"));
    note(matches!(own, Ok(1..)), &format!("its own rows: {own:?}"));
    let others = attempt(service, Some("L454"), &format!("{all} where comune <> 'L454'"));
    note(others == Ok(0), &format!("rows of others are seen: {others:?}"));
}

/// What can be written of another comune's rows.
fn written(
    behind: &mut PgConnection,
    service: &mut PgConnection,
    table: &str,
    note: &mut impl FnMut(bool, &str),
) {
    let refused = |outcome: &Result<usize, String>| {
        outcome
            .as_ref()
            .is_err_and(|words| words.contains("row-level security") || words.contains("permission denied"))
    };
    let row = format!("select to_jsonb(t)::text as text from {table} t where comune = 'F471' limit 1");
    let rows = texts(behind, &row);
    note(rows.len() == 1, "the other comune has no row to try with");
    for row in rows {
        let quoted = row.replace('\'', "''");
        let insert =
            format!("insert into {table} select * from jsonb_populate_record(null::{table}, '{quoted}')");
        let outcome = attempt(service, Some("L454"), &insert);
        note(refused(&outcome), &format!("insert for another: {outcome:?}"));
    }
    let columns = format!(
        "select attname::text as text from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped"
    );
    for column in texts(behind, &columns) {
        let update = format!("update {table} set {column} = {column} where comune = 'F471'");
        let outcome = attempt(service, Some("L454"), &update);
        note(outcome == Ok(0) || refused(&outcome), &format!("update {column} of another: {outcome:?}"));
    }
    let give = attempt(service, Some("L454"), &format!("update {table} set comune = 'F471'"));
    note(refused(&give), &format!("own rows given to another: {give:?}"));
    let delete = attempt(service, Some("L454"), &format!("delete from {table} where comune = 'F471'"));
    note(delete == Ok(0) || refused(&delete), &format!("delete of another: {delete:?}"));
    let truncate = attempt(service, Some("L454"), &format!("truncate {table} cascade"));
    note(refused(&truncate), &format!("truncate: {truncate:?}"));
}

/// Keys between tables of comuni that do not hold the comune on both sides.
fn keys(behind: &mut PgConnection, found: &mut Vec<String>) {
    let loose = "select conrelid::regclass || ': ' || conname || ' can lead into another comune' as text from pg_constraint c \
         where contype = 'f' and connamespace = 'public'::regnamespace and not exists ( \
            select from unnest(conkey, confkey) as pair (here, there) \
            join pg_attribute one on one.attrelid = conrelid and one.attnum = here \
            join pg_attribute other on other.attrelid = confrelid and other.attnum = there \
            where one.attname = 'comune' and other.attname = 'comune')";
    found.extend(texts(behind, loose));
    let unkeyed = format!(
        "select conrelid::regclass || ': ' || conname || ' is unique across comuni' as text from pg_constraint c \
         where contype in ('p', 'u', 'x') and connamespace = 'public'::regnamespace \
         and conname not in ({ACROSS_COMUNI}) and not exists ( \
            select from pg_attribute a where a.attrelid = conrelid and a.attnum = conkey[1] and a.attname = 'comune')"
    );
    found.extend(texts(behind, &unkeyed));
}
