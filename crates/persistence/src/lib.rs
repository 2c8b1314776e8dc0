//! What is kept, in PostgreSQL: rows, queries, transactions, and the wall between one comune and another.
//!
//! Every query on a tenant's data takes a [`TenantTx`], which only [`Database::tenant`] makes, for a grant; every query across
//! comuni takes a [`CrossTenantTx`]. Rows are private here and become domain types in one place each.

pub mod adoptions;
pub mod audit;
pub mod authors;
pub mod benchmarks;
pub mod comuni;
pub mod consents;
mod cross;
mod database;
pub mod entries;
mod error;
pub mod evaluations;
pub mod evidence_files;
pub mod feeder_settings;
pub mod feeds;
pub mod figures;
pub mod idempotency;
pub mod import_profiles;
pub mod imports;
pub mod invoices;
mod json;
pub mod measurements;
pub mod members;
pub mod migrations;
pub mod objectives;
pub mod packed;
mod page;
pub mod payment_figures;
pub mod payment_times;
pub mod peer_groups;
pub mod plan_documents;
pub mod plans;
pub mod publications;
pub mod published;
mod read;
pub mod registers;
pub mod registry;
pub mod reports;
pub mod results;
pub mod rounds;
pub mod rulebooks;
pub mod saved_queries;
mod schema;
pub mod secrets;
pub mod sections;
pub mod sheets;
pub mod templates;
mod tenant;
pub mod training;
pub mod transitions;
pub mod units;
pub mod versions;

pub use cross::CrossTenantTx;
pub use database::{Database, PoolState, Settings, Standing};
pub use error::Error;
pub use json::Written;
pub use page::{Cursor, Page, PageRequest};
pub use tenant::TenantTx;
