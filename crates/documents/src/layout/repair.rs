//! What is mended on the way from rows to values: columns a scan merged, words of a header inside a row, numbers on lines of
//! their own, names of structures that a page break cut. Each mending is told; no word is lost or moved before another.

pub mod code;
pub mod cup;
pub mod fit;
pub mod grid;
pub mod likeness;
pub mod number;
mod settle;
pub mod spill;
pub mod structure;
mod told;
pub mod wide;

#[cfg(test)]
mod tests;
