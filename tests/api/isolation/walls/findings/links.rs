//! Links from one comune into another: every one there could be, tried.

use diesel::prelude::*;

use super::attempt;
use crate::isolation::state::texts;

/// Links into another comune, tried: each must be refused, exactly as a link to nothing is.
pub(super) fn crossing(behind: &mut PgConnection, service: &mut PgConnection, found: &mut Vec<String>) {
    let mut id = |comune: &str, table: &str| {
        // What names a row apart from its comune.
        let name = match table {
            "rulebooks" => "edition",
            "plan_versions" | "publications" => "plan",
            "authors" | "peer_groups" => "code",
            _ => "id",
        };
        let query =
            format!("select {name}::text as text from {table} where comune = '{comune}' order by 1 limit 1");
        texts(behind, &query).remove(0)
    };
    for (table, target, columns, values) in LINKS {
        let mut values = (*values).to_owned();
        for mine in ["plans", "objectives", "units"] {
            values = values.replace(&format!("{{{mine}}}"), &id("L454", mine));
        }
        let link = |there: &str| {
            let values = values.replace("{there}", there);
            format!("insert into {table} (comune, {columns}) values ('L454', {values})")
        };
        let crossed = attempt(service, Some("L454"), &link(&id("F471", target)));
        if !crossed.as_ref().is_err_and(|words| words.contains("foreign key")) {
            found.push(format!("{table}: a link into another comune: {crossed:?}"));
        }
        let nothing = if *target == "rulebooks" { "99" } else { "0193a5c0-0000-7000-8000-00000000ffff" };
        let dangling = attempt(service, Some("L454"), &link(nothing));
        if crossed != dangling {
            found.push(format!("{table}: a link into another comune is told from one to nothing"));
        }
    }
    let linked = "select distinct conrelid::regclass || ' ' || confrelid::regclass as text from pg_constraint \
         where contype = 'f' and connamespace = 'public'::regnamespace and cardinality(conkey) > 1";
    for pair in texts(behind, linked) {
        let tried = LINKS.iter().any(|(table, target, ..)| format!("{table} {target}") == pair);
        if !tried {
            found.push(format!("{pair}: a link that is not tried"));
        }
    }
}

/// Every link between two tables of comuni: the table, what it leads to, its columns, and values that lead `{there}`.
const LINKS: &[(&str, &str, &str, &str)] = &[
    (
        "units",
        "units",
        "id, code, name, kind, parent, valid_from",
        "gen_random_uuid(), 'X', 'X', 'office', '{there}', '2025-01-01'",
    ),
    (
        "members",
        "units",
        "id, kind, label, roles, unit",
        "gen_random_uuid(), 'person', 'X', '{lettore}', '{there}'",
    ),
    (
        "member_secrets",
        "members",
        "id, member, verifier, created_at, expires_at",
        "gen_random_uuid(), '{there}', 'v', now(), now()",
    ),
    ("sections", "plans", "plan, id, position, content", "'{there}', gen_random_uuid(), 1, '{}'"),
    (
        "objectives",
        "plans",
        "plan, id, position, content, title, kinds, programmes, responsibles, due_from, due_to, words",
        "'{there}', gen_random_uuid(), 1, '{}', 'X', '{}', '{}', '{}', '{}', '{}', 'X'",
    ),
    ("assignments", "objectives", "plan, objective, unit", "'{plans}', '{there}', '{units}'"),
    ("assignments", "units", "plan, objective, unit", "'{plans}', '{objectives}', '{there}'"),
    (
        "plan_versions",
        "plans",
        "plan, number, sealed_at, digest, act, size, document",
        "'{there}', 2, now(), decode(repeat('00', 32), 'hex'), '{}', 1, '\\x00'",
    ),
    (
        "plan_transitions",
        "plans",
        "plan, number, transition, state, made_at",
        "'{there}', 2, 'propose', 'proposed', now()",
    ),
    (
        "plan_versions",
        "rulebooks",
        "plan, number, sealed_at, digest, act, size, document, rulebook_year, rulebook_edition",
        "'{plans}', 2, now(), decode(repeat('00', 32), 'hex'), '{}', 1, '\\x00', 2025, {there}",
    ),
    (
        "rulebook_opinions",
        "rulebooks",
        "year, edition, number, given_at, content",
        "2025, {there}, 2, now(), '{}'",
    ),
    ("rounds", "plans", "plan, id, content", "'{there}', gen_random_uuid(), '{}'"),
    (
        "measurements",
        "plans",
        "plan, id, subject, period_to, recorded_at, recorded_by, content",
        "'{there}', gen_random_uuid(), gen_random_uuid(), now(), now(), gen_random_uuid(), '{}'",
    ),
    (
        "measurements",
        "measurements",
        "plan, id, subject, period_to, recorded_at, recorded_by, content, supersedes",
        "'{plans}', gen_random_uuid(), gen_random_uuid(), now(), now(), gen_random_uuid(), '{}', '{there}'",
    ),
    (
        "evidence_files",
        "plans",
        "plan, id, name, media_type, size, digest, received_at, content",
        "'{there}', gen_random_uuid(), 'x', 'text/plain', 1, decode(repeat('00', 32), 'hex'), now(), '\\x00'",
    ),
    (
        "evaluation_steps",
        "plans",
        "plan, assignment, number, made_at, member, content",
        "'{there}', gen_random_uuid(), 1, now(), gen_random_uuid(), '{}'",
    ),
    (
        "plan_results",
        "plan_versions",
        "plan, number, certified_at, at, plan_version, rulebook_year, rulebook_edition, inputs_digest, digest, content",
        "'{there}', 2, now(), now(), 1, 2025, 1, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), '\\x00'",
    ),
    (
        "plan_results",
        "rulebooks",
        "plan, number, certified_at, at, plan_version, rulebook_year, rulebook_edition, inputs_digest, digest, content",
        "'{plans}', 2, now(), now(), 1, 2025, {there}, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), '\\x00'",
    ),
    (
        "plan_reports",
        "plans",
        "plan, number, adopted_at, act, digest, size, document",
        "'{there}', 2, now(), '{}', decode(repeat('00', 32), 'hex'), 1, '\\x00'",
    ),
    (
        "templates",
        "authors",
        "code, number, author, published_at, digest, content",
        "'X', 1, '{there}', now(), decode(repeat('00', 32), 'hex'), '{}'",
    ),
    (
        "adoptions",
        "plans",
        "plan, template, number, year, objectives, units, deviations, sealed_at",
        "'{there}', 'T1', 2, 2025, 1, 1, '[]', now()",
    ),
    (
        "publications",
        "plan_versions",
        "plan, number, year, published_at, at, certified, plan_version, digest, content",
        "'{there}', 2, 2025, now(), now(), true, 1, decode(repeat('00', 32), 'hex'), '{}'",
    ),
    (
        "facts",
        "publications",
        "indicator, year, definition, plan, publication, value, grade, shortfalls, certified, published_at, region",
        "'T1.altro', 2025, 1, '{there}', 1, '1', 'A', '{}', true, now(), '03'",
    ),
    (
        "peer_group_versions",
        "peer_groups",
        "code, number, valid_from, recorded_at, members",
        "'{there}', 2, now(), now(), '{}'",
    ),
    ("payment_times", "plans", "plan, figure, content", "'{there}', 'forecast', '{}'"),
    (
        "register_entries",
        "units",
        "register, key, day_from, unit, content",
        "'surveys', 'l', '2025-01-01', '{there}', '{}'",
    ),
    (
        "invoices",
        "units",
        "id, supplier, number, issued, kind, received, due, total, split_vat, unit",
        "gen_random_uuid(), 'l', '1', '2025-01-01', 'invoice', '2025-01-01', '2025-01-31', 100, 0, '{there}'",
    ),
    (
        "feeds",
        "plans",
        "plan, number, recorded_at, at, digest, content",
        "'{there}', 9, now(), now(), decode(repeat('00', 32), 'hex'), '{}'",
    ),
];
