//! The rules of the schema `persons`, where individual evaluations stand: a third wall beside the comune, and one function through it.

/// The tables there, with the texts of their policies as PostgreSQL writes them back: for whoever serves, and for the function.
const TABLES: [(&str, &str, &str); 2] = [
    (
        "kept_figures",
        "((comune = current_setting('app.comune'::text)) AND (current_setting('app.sight'::text, true) = 'all'::text))",
        "(comune = current_setting('app.comune'::text))",
    ),
    (
        "sheets",
        "((comune = current_setting('app.comune'::text)) \
         AND ((person = (NULLIF(current_setting('app.member'::text, true), ''::text))::uuid) \
         OR (evaluator = (NULLIF(current_setting('app.member'::text, true), ''::text))::uuid) \
         OR (current_setting('app.sight'::text, true) = 'all'::text)))",
        "((comune = current_setting('app.comune'::text)) AND (state = 'final'::text))",
    ),
];

/// What the service may change of a row; everything else is written once.
const CHANGED: &str = "array['figures', 'unit', 'category', 'state', 'content', 'steps', 'total', 'band', 'top', 'finished_at', 'version']";

const MINE: &str = "c.relnamespace = 'persons'::regnamespace and c.relkind in ('r', 'p', 'f', 'm', 'v')";

/// Every rule: a query that answers a line for each way it is broken.
pub(super) fn rules() -> Vec<String> {
    let mut rules = walls();
    rules.extend(keys());
    rules.extend(grants());
    rules.extend(function());
    rules
}

fn walls() -> Vec<String> {
    let names: Vec<String> = TABLES.iter().map(|(table, ..)| format!("'{table}'")).collect();
    let mut rules = vec![
        format!(
            "select 'persons.' || c.relname || ': not classified' as said from pg_class c where {MINE} and c.relname <> all(array[{}])",
            names.join(", ")
        ),
        format!(
            "select 'persons.' || c.relname || ': row security is off or not forced' as said from pg_class c \
             where {MINE} and not (c.relrowsecurity and c.relforcerowsecurity)"
        ),
        format!(
            "select 'persons.' || c.relname || ': ' || count(p.oid) || ' policies' as said from pg_class c \
             left join pg_policy p on p.polrelid = c.oid where {MINE} group by c.relname having count(p.oid) <> 2"
        ),
    ];
    for (table, own, figures) in TABLES {
        let text = |policy: &str| policy.replace('\'', "''");
        rules.push(format!(
            "select 'persons.{table}: policy ' || p.polname || ' lets more through than it should' as said from pg_policy p \
             where p.polrelid = to_regclass('persons.{table}') and (p.polwithcheck is null and case \
             when p.polcmd = '*' and p.polroles = array[0::oid] then pg_get_expr(p.polqual, p.polrelid) = '{own}' \
             when p.polcmd = 'r' and p.polroles = array['traguardo_owner'::regrole::oid] then pg_get_expr(p.polqual, p.polrelid) = '{figures}' \
             else false end) is not true",
            own = text(own),
            figures = text(figures),
        ));
    }
    rules
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
            "select 'persons.' || c.relname || ': no primary key' as said from pg_class c where {MINE} \
             and not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary)"
        ),
        format!(
            "select 'persons.' || c.relname || ': index ' || n.relname || ' does not lead with comune' as said \
             from pg_index i join pg_class c on c.oid = i.indrelid join pg_class n on n.oid = i.indexrelid \
             where {MINE} and not {index}"
        ),
        format!(
            "select 'persons.' || c.relname || ': foreign key ' || k.conname || ' does not lead with comune' as said \
             from pg_constraint k join pg_class c on c.oid = k.conrelid \
             where {MINE} and k.contype = 'f' and not ({here} and {there})"
        ),
    ]
}

fn grants() -> Vec<String> {
    vec![
        "select 'traguardo_benchmark: may look into persons' as said \
         where has_schema_privilege('traguardo_benchmark', 'persons', 'USAGE')"
            .to_owned(),
        format!(
            "select role.name || ': may read or write persons.' || c.relname as said \
             from unnest(array['traguardo_benchmark', 'traguardo_service']) as role (name), pg_class c where {MINE} \
             and has_any_column_privilege(role.name, c.oid, 'SELECT, INSERT, UPDATE')"
        ),
        format!(
            "select 'traguardo_app: may change persons.' || c.relname || '.' || a.attname as said from pg_class c \
             join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped where {MINE} \
             and a.attname <> all({CHANGED}) and has_column_privilege('traguardo_app', c.oid, a.attnum, 'UPDATE')"
        ),
        format!(
            "select 'traguardo_app: may truncate, reference or watch persons.' || c.relname as said from pg_class c where {MINE} \
             and (has_table_privilege('traguardo_app', c.oid, 'TRUNCATE, TRIGGER') \
             or has_any_column_privilege('traguardo_app', c.oid, 'REFERENCES'))"
        ),
    ]
}

fn function() -> Vec<String> {
    vec![
        "select 'persons.' || p.proname || ': a function nobody looked at' as said from pg_proc p \
         where p.pronamespace = 'persons'::regnamespace and p.oid <> coalesce(to_regprocedure('persons.figures(smallint)'), 0)"
            .to_owned(),
        // It tells no id, finds nothing by a name somebody else could take, and only the service may ask it.
        "select 'persons.figures: not as it was looked at' as said from pg_proc p \
         where p.oid = to_regprocedure('persons.figures(smallint)') and (p.prosecdef and p.provolatile = 's' \
         and pg_get_userbyid(p.proowner) = 'traguardo_owner' and p.proconfig = array['search_path=\"\"'] \
         and pg_get_function_result(p.oid) = 'TABLE(category text, total text, band text, top boolean)') is not true"
            .to_owned(),
        "select role.name || ': may ask persons.figures' as said from unnest(array['public', 'traguardo_benchmark', 'traguardo_service']) as role (name) \
         where to_regprocedure('persons.figures(smallint)') is not null and has_function_privilege(role.name, 'persons.figures(smallint)', 'EXECUTE')"
            .to_owned(),
    ]
}
