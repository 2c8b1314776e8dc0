//! When the database goes away, breaks connections or is held by another: a quick 503, nothing half-written, and recovery by itself.

mod busy;
mod load;
mod outage;
mod stop;
