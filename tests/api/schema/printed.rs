//! The tables of a database as Diesel's macro wants them, read from the catalogue.

use std::fmt::Write as _;

use diesel::prelude::*;

use super::texts;

const HEADER: &str = "//! The tables as Diesel knows them. Printed from a migrated database by `make schema`; a test compares the two.\n";

/// The text of `schema.rs`: the tables of the public schema, then those of persons, which are called by the name of theirs.
pub(super) fn tables(connection: &mut PgConnection) -> String {
    let mut printed = HEADER.to_owned();
    for (schema, prefix) in [("public", ""), ("persons", "persons.")] {
        let tables = format!(
            "select c.relname::text as said from pg_class c where c.relnamespace = '{schema}'::regnamespace \
             and c.relkind in ('r', 'p') and c.relname <> '__diesel_schema_migrations' order by c.relname collate \"C\""
        );
        for table in texts(connection, &tables) {
            let whole = format!("{schema}.{table}");
            let key = primary_key(connection, &whole).join(", ");
            let _ = write!(printed, "\ndiesel::table! {{\n    {prefix}{table} ({key}) {{\n");
            for column in columns(connection, &whole) {
                let _ = writeln!(printed, "        {column},");
            }
            printed.push_str("    }\n}\n");
        }
    }
    printed
}

fn primary_key(connection: &mut PgConnection, table: &str) -> Vec<String> {
    texts(
        connection,
        &format!(
            "select a.attname::text as said from pg_index i cross join lateral unnest(i.indkey) with ordinality as k (number, place) \
             join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number \
             where i.indrelid = '{table}'::regclass and i.indisprimary order by k.place"
        ),
    )
}

fn columns(connection: &mut PgConnection, table: &str) -> Vec<String> {
    let read = texts(
        connection,
        &format!(
            "select concat_ws(' ', a.attname, t.typname, a.attnotnull) as said from pg_attribute a join pg_type t on t.oid = a.atttypid \
             where a.attrelid = '{table}'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum"
        ),
    );
    read.iter().map(|row| column(row)).collect()
}

/// From `code text t` to `code -> Text`.
fn column(row: &str) -> String {
    let mut words = row.split(' ');
    let (name, stored, present) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
    let named = match stored.strip_prefix('_') {
        Some(element) => format!("Array<{}>", diesel_type(element)),
        None => diesel_type(stored).to_owned(),
    };
    if present == "t" { format!("{name} -> {named}") } else { format!("{name} -> Nullable<{named}>") }
}

fn diesel_type(stored: &str) -> &'static str {
    match stored {
        "bool" => "Bool",
        "bytea" => "Binary",
        "date" => "Date",
        "int2" => "SmallInt",
        "int4" => "Integer",
        "int8" => "BigInt",
        "json" => "Json",
        "jsonb" => "Jsonb",
        "numeric" => "Numeric",
        "text" => "Text",
        "timestamptz" => "Timestamptz",
        "uuid" => "Uuid",
        other => panic!("no Diesel type is known for {other}: add it here"),
    }
}
