//! The guard of the schema: the rules of each kind of table, and whoever breaks them, in words.

mod persons;
mod tables;

use diesel::prelude::*;

use self::tables::{ACROSS, GLOBAL, POLICIES, READ_ACROSS, SHARED, TENANT};
use super::texts;

/// The tables of ours, with what is read of them. Partitions and foreign tables are tables too.
const TABLES: &str =
    "pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'f', 'm')";
const MINE: &str = "c.relnamespace = 'public'::regnamespace and c.relname = any($tenant)";
/// Those the service logs in as, or acts as.
const SERVING: &str =
    "unnest(array['traguardo_app', 'traguardo_benchmark', 'traguardo_service']) as role (name)";

/// Every rule: a query that answers a line for each way it is broken.
fn rules() -> Vec<String> {
    let mut rules = kinds();
    rules.extend(keys());
    rules.extend(walls());
    rules.extend(grants());
    rules.extend(objects());
    rules.extend(persons::rules());
    rules
}

fn kinds() -> Vec<String> {
    vec![
        format!("select c.relname || ': not classified' as said from {TABLES} and c.relname <> all($all)"),
        format!(
            "select name || ': classified, and not there' as said from unnest($all) as name \
             where name not in (select c.relname from {TABLES})"
        ),
    ]
}

fn keys() -> Vec<String> {
    let leads = |key: &str, table: &str| {
        format!(
            "exists (select from pg_attribute a where a.attrelid = {table} and a.attnum = {key} and a.attname = 'comune')"
        )
    };
    let (index, here, there) = (
        leads("i.indkey[0]", "i.indrelid"),
        leads("k.conkey[1]", "k.conrelid"),
        leads("k.confkey[1]", "k.confrelid"),
    );
    vec![
        format!(
            "select c.relname || ': no primary key' as said from pg_class c where {MINE} \
             and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)"
        ),
        format!(
            "select c.relname || ': index ' || n.relname || ' does not lead with comune' as said \
             from pg_index i join pg_class c on c.oid = i.indrelid join pg_class n on n.oid = i.indexrelid \
             where {MINE} and not {index}"
        ),
        format!(
            "select c.relname || ': foreign key ' || k.conname || ' does not lead with comune' as said \
             from pg_constraint k join pg_class c on c.oid = k.conrelid \
             where {MINE} and k.contype = 'f' and not ({here} and {there})"
        ),
    ]
}

fn walls() -> Vec<String> {
    let shared = "c.relnamespace = 'public'::regnamespace and c.relname = any($shared)";
    let across = "c.relnamespace = 'public'::regnamespace and c.relname = any($read_of)";
    let policy = "p.polname || ' on ' || c.relname || ' for ' || p.polcmd::text || ' to ' || array_to_string(array( \
         select r.rolname from pg_roles r where r.oid = any(p.polroles) order by 1), ',') || ': ' || \
         coalesce(pg_get_expr(p.polqual, p.polrelid), '-')";
    vec![
        format!(
            "select c.relname || ': row security is off or not forced' as said from pg_class c where {across} \
             and not (c.relrowsecurity and c.relforcerowsecurity)"
        ),
        format!(
            "select {policy} || ' is not listed' as said from pg_policy p join pg_class c on c.oid = p.polrelid \
             where {across} and not ({policy} = any($policies) and p.polwithcheck is null)"
        ),
        format!(
            "select name || ' is not there' as said from unnest($policies) as name where name not in ( \
             select {policy} from pg_policy p join pg_class c on c.oid = p.polrelid where {across})"
        ),
        format!(
            "select c.relname || ': anybody may write any row' as said from pg_class c where {shared} \
             and not (c.relrowsecurity and c.relforcerowsecurity)"
        ),
        format!(
            "select c.relname || ': row security is off' as said from pg_class c where {MINE} and not c.relrowsecurity"
        ),
        format!(
            "select c.relname || ': row security is not forced' as said from pg_class c where {MINE} and not c.relforcerowsecurity"
        ),
        format!(
            "select c.relname || ': ' || count(p.oid) || ' policies' as said from pg_class c \
             left join pg_policy p on p.polrelid = c.oid where {MINE} group by c.relname having count(p.oid) <> 1"
        ),
        format!(
            "select c.relname || ': policy ' || p.polname || ' lets more through than its comune' as said \
             from pg_policy p join pg_class c on c.oid = p.polrelid where {MINE} and not ( \
             pg_get_expr(p.polqual, p.polrelid) is not distinct from '(comune = current_setting(''app.comune''::text))' \
             and p.polwithcheck is null and p.polcmd = '*' and p.polroles = array[0::oid])"
        ),
    ]
}

fn grants() -> Vec<String> {
    let columns = format!(
        "pg_attribute a join (select c.oid, c.relname from {TABLES}) t on t.oid = a.attrelid \
         where a.attnum > 0 and not a.attisdropped"
    );
    let may = "has_column_privilege('traguardo_benchmark', t.oid, a.attnum, 'SELECT')";
    let listed = "t.relname || '.' || a.attname = any($across)";
    vec![
        format!(
            "select 'traguardo_benchmark: may read ' || t.relname || '.' || a.attname as said from {columns} and {may} and not {listed}"
        ),
        format!(
            "select 'traguardo_benchmark: may not read ' || t.relname || '.' || a.attname as said from {columns} and not {may} and {listed}"
        ),
        format!(
            "select 'traguardo_benchmark: may write ' || c.relname as said from {TABLES} \
             and (has_any_column_privilege('traguardo_benchmark', c.oid, 'INSERT, UPDATE') \
             or has_table_privilege('traguardo_benchmark', c.oid, 'DELETE'))"
        ),
        format!(
            "select role.name || ': may truncate, reference or watch ' || c.relname as said from {SERVING}, {TABLES} \
             and (has_table_privilege(role.name, c.oid, 'TRUNCATE, TRIGGER') \
             or has_any_column_privilege(role.name, c.oid, 'REFERENCES'))"
        ),
        "select 'traguardo_app: may change ' || c.relname as said from pg_class c \
         where c.relname in ('audit_entries', 'plan_transitions', 'plan_versions') \
         and (has_any_column_privilege('traguardo_app', c.oid, 'UPDATE') or has_table_privilege('traguardo_app', c.oid, 'DELETE'))"
            .to_owned(),
        format!(
            "select role.name || ': may create in the database' as said from {SERVING} \
             where has_database_privilege(role.name, current_database(), 'TEMPORARY, CREATE')"
        ),
        format!(
            "select role.name || ': may create in the schema ' || n.nspname as said from {SERVING}, pg_namespace n \
             where has_schema_privilege(role.name, n.oid, 'CREATE')"
        ),
    ]
}

fn objects() -> Vec<String> {
    let ours = "nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg\\_toast%'";
    vec![
        format!(
            "select distinct role.name || ': owns something' as said from {SERVING} join pg_roles r on r.rolname = role.name \
             join pg_shdepend d on d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o' \
             and d.dbid in (0, (select oid from pg_database where datname = current_database()))"
        ),
        format!(
            "select role.name || ': is above the walls' as said from {SERVING} join pg_roles r on r.rolname = role.name \
             where r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication \
             or pg_has_role(r.oid, 'traguardo_owner', 'member')"
        ),
        format!(
            "select p.proname || ': a function above its caller' as said from pg_proc p \
             join pg_namespace n on n.oid = p.pronamespace where {ours} and p.prosecdef \
             and p.oid <> coalesce(to_regprocedure('persons.figures(smallint)'), 0) \
             and p.oid <> coalesce(to_regprocedure('public.facts_withheld(text, smallint)'), 0) \
             and p.oid <> coalesce(to_regprocedure('public.training_lines(date, date)'), 0)"
        ),
        format!(
            "select c.relname || ': a view above its reader' as said from pg_class c \
             join pg_namespace n on n.oid = c.relnamespace where {ours} and c.relkind = 'v' \
             and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on', 'security_invoker=1'], false)"
        ),
        format!(
            "select c.relname || ': a sequence that every comune would share' as said from pg_class c \
             join pg_namespace n on n.oid = c.relnamespace where {ours} and c.relkind = 'S'"
        ),
    ]
}

/// Everything that breaks a rule, in words.
pub(super) fn faults(connection: &mut PgConnection) -> Vec<String> {
    let list = |names: &[&str]| format!("array['{}']", names.join("', '"));
    let all = [TENANT.as_slice(), &SHARED, &ACROSS, &GLOBAL].concat();
    let policies: Vec<String> = POLICIES.iter().map(|one| one.replace('\'', "''")).collect();
    let policies: Vec<&str> = policies.iter().map(String::as_str).collect();
    let filled = |rule: &String| {
        rule.replace("$tenant", &list(&TENANT))
            .replace("$all", &list(&all))
            .replace("$shared", &list(&SHARED))
            .replace("$read_of", &list(&ACROSS))
            .replace("$policies", &list(&policies))
            .replace("$across", &list(&READ_ACROSS))
    };
    let mut faults: Vec<String> = rules().iter().flat_map(|rule| texts(connection, &filled(rule))).collect();
    faults.sort();
    faults
}
