//! Nobody of one comune reads, changes or finds out anything of another: over HTTP for every operation of the document, among
//! requests that interleave, and inside the database itself.

mod credentials;
mod interleaving;
mod matrix;
mod references;
mod spellings;
mod state;
mod transactions;
mod walls;

use std::collections::BTreeSet;

use crate::operations::{Gate, ROWS, documented};

/// The operations that answer whoever calls. None of them reads what a comune wrote and has not published: `check_seal` says of a
/// document that whoever calls holds already whether a comune has published it; those of what is public find a plan once it is
/// published, as it was sealed, and of results what the comune lets everybody see (nouns/published.rs tries every state and every
/// consent). The others know nothing of any comune. This list may only shrink.
const PUBLIC: [&str; 20] = [
    "check_seal",
    "issue_token",
    "list_code_lists",
    "list_legal_parameters",
    "list_public_benchmarks",
    "list_public_members",
    "list_public_plans",
    "list_shipped_profiles",
    "list_shipped_rulebooks",
    "read_code_list",
    "read_public_benchmark",
    "read_public_catalogue",
    "read_public_distribution",
    "read_public_document",
    "read_public_facts",
    "read_public_facts_schema",
    "read_public_plan",
    "read_public_report",
    "read_public_results",
    "read_status",
];

#[test]
fn every_operation_of_the_document_is_tried_and_none_else() {
    let documented: BTreeSet<String> = documented().into_iter().map(|info| info.operation_id).collect();
    let named: BTreeSet<String> = ROWS.iter().map(|row| row.operation.to_owned()).collect();
    let without_row: Vec<_> = documented.difference(&named).collect();
    let without_operation: Vec<_> = named.difference(&documented).collect();
    assert!(without_row.is_empty(), "operations without a row in operations.rs: {without_row:?}");
    assert!(without_operation.is_empty(), "rows without an operation: {without_operation:?}");
    assert_eq!(ROWS.len(), named.len(), "an operation has two rows");
}

#[test]
fn only_the_operations_listed_as_public_answer_without_a_token() {
    let public: BTreeSet<_> =
        documented().into_iter().filter(|info| info.public).map(|info| info.operation_id).collect();
    assert_eq!(public, PUBLIC.map(ToOwned::to_owned).into());
    let named: BTreeSet<_> =
        ROWS.iter().filter(|row| row.gate == Gate::Public).map(|row| row.operation).collect();
    assert_eq!(named, PUBLIC.into());
}
