//! The nouns of the performance cycle of Italian comuni, their rules and who may do what.
//!
//! Nothing here performs I/O, reads a clock or draws an identifier: `now` and new ids are arguments, and a
//! decision is a pure function of what it is given. Persistence stores what is decided here, http translates it.

pub mod access;
pub mod act;
pub mod assignment;
pub mod audit;
pub mod benchmark;
pub mod code_list;
pub mod comune;
pub mod consent;
pub mod deadline;
pub mod digest;
pub mod evaluation;
pub mod evidence_file;
pub mod fact;
pub mod fault;
pub mod feeder;
pub mod figure;
pub mod freshness;
pub mod group;
pub mod import;
pub mod indicator;
pub mod invoice;
pub mod law;
pub mod likeness;
pub mod measurable;
pub mod measure;
pub mod measurement;
pub mod member;
pub mod objective;
pub mod payment;
pub mod payment_time;
pub mod period;
pub mod phase;
pub mod plan;
pub mod progress;
pub mod quota;
pub mod reading;
pub mod register;
pub mod registry;
pub mod report;
pub mod review;
pub mod role;
pub mod round;
pub mod rulebook;
pub mod said;
pub mod score;
pub mod section;
pub mod sheet;
pub mod target;
pub mod template;
pub mod text;
pub mod unit;
pub mod version;
pub mod violation;
pub mod vocabulary;
pub mod weight;
pub mod worklist;

pub use comune::ComuneCode;
pub use fault::{Fault, FaultKind, Faults};
pub use version::Version;
pub use violation::Violation;
pub use vocabulary::Vocabulary;
