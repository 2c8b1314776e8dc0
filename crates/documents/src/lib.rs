//! Plans in and out of files: bytes on one side, the domain's types on the other. No SQL and no HTTP.
//!
//! Nothing is read or written yet: the crate keeps the place, so that what reads a plan from a file does not grow elsewhere.
