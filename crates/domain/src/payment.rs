//! Payment times, computed from bills and what was paid of them.

pub mod fund;
