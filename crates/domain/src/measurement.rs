//! Measurements: what was measured of an indicator, for a period, by whom and on what evidence. They are only ever added.

mod value;

pub use value::Value;
