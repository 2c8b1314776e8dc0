//! The API over HTTP: what travels, which status answers what, which route leads where, and the document that says so.
//!
//! A handler asks `call::Call` for a permit, which settles who calls and whether they may before anything else is looked at;
//! the permit opens the one transaction of the request; what comes out is an `answer::Answer` or a [`Problem`].

pub mod answer;
pub mod app;
mod audit;
mod body;
mod bulk;
pub mod call;
mod code_lists;
mod comuni;
mod cursor;
mod day;
pub mod document;
mod envelope;
mod fallback;
mod findings;
mod gate;
mod health;
mod identity;
mod import_profiles;
mod imports;
mod json_value;
mod kept;
mod keyed;
mod legal_parameters;
mod limits;
mod members;
pub mod metrics;
mod oauth;
mod object;
mod objectives;
mod pages;
mod parts;
mod plan_documents;
mod plans;
mod precondition;
pub mod problem;
mod put;
mod query;
mod readings;
mod reference;
pub mod routes;
mod secrets;
mod sections;
pub mod server;
pub mod tokens;
mod transitions;
mod units;
mod versions;
mod words;
mod workspace;

pub use app::{App, Settings};
pub use problem::Problem;
