//! Administrative procedures with their terms.
