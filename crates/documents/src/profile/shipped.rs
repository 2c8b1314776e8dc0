//! The profiles that come with the program.

use super::Profile;

/// Their written form.
const WRITTEN: [&str; 2] = [
    include_str!("../../profiles/lists_under_headings.json"),
    include_str!("../../profiles/key_value_blocks.json"),
];

/// The profiles that come with the program, in the order they are tried.
///
/// # Errors
/// Never, as the tests show: they are written with the program.
pub fn shipped() -> Result<Vec<Profile>, serde_json::Error> {
    WRITTEN.into_iter().map(serde_json::from_str).collect()
}
