//! Plans in and out of files: bytes on one side, the domain's types on the other. No SQL and no HTTP.
//!
//! Here stands the one written form of everything a plan contains. The whole document is made of it, and so are the bodies
//! of the API: what a caller may say of an objective is said once, in [`objective::ObjectiveBody`]. What is written is read
//! into the domain's types, all its faults at once; the domain's types write themselves in the same form.

pub mod assignment;
pub mod context;
pub mod detect;
pub mod draft;
pub mod gathered;
pub mod import;
pub mod indicator;
pub mod invoices;
pub mod layout;
pub mod markup;
pub mod measurement;
pub mod objective;
pub mod part;
pub mod phase;
pub mod plan;
pub mod profile;
pub mod reader;
pub mod registry;
pub mod round;
pub mod rulebook;
pub mod said;
pub mod schema;
pub mod section;
pub mod source;
pub mod span;
pub mod template;
pub mod unit;
pub mod value;
pub mod word;

pub use context::{Address, Context};
pub use part::Part;
pub use reader::Reader;
pub use word::Word;
