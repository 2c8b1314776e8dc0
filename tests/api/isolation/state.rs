//! The state of a comune as the database's administrator sees it: to show that what was refused changed nothing.

use diesel::prelude::*;
use diesel::sql_types::Text;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The first column of an answer, which the query calls `text`.
pub(super) fn texts(connection: &mut PgConnection, query: &str) -> Vec<String> {
    let lines = diesel::sql_query(query).load::<Line>(connection);
    lines.unwrap_or_else(|error| panic!("{query}: {error}")).into_iter().map(|line| line.text).collect()
}

/// Every table whose rows belong to a comune.
pub(super) fn tables(connection: &mut PgConnection) -> Vec<String> {
    let query = "select c.relname::text as text from pg_class c join pg_attribute a on a.attrelid = c.oid \
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'comune' \
         and not a.attisdropped order by 1";
    texts(connection, query)
}

/// A line for every table: how many rows of the comune it holds, and the digest of them all.
pub(super) fn of_comune(connection: &mut PgConnection, comune: &str) -> Vec<String> {
    let query = |table: &String| {
        format!(
            "select '{table} ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '-') as text \
             from {table} t where comune = '{comune}'"
        )
    };
    let mut tables = tables(connection);
    assert!(tables.len() >= 14, "tables of comuni are missing: {tables:?}");
    tables.extend(["persons.kept_figures".to_owned(), "persons.sheets".to_owned()]);
    tables.iter().flat_map(|table| texts(connection, &query(table))).collect()
}
