//! The profiles that come with the program.

use super::Profile;

/// Each in its file.
const SHIPPED: [&str; 6] = [
    include_str!("../../profiles/table_with_phases.json"),
    include_str!("../../profiles/table_per_area.json"),
    include_str!("../../profiles/wide_table.json"),
    include_str!("../../profiles/cards.json"),
    include_str!("../../profiles/lists_under_headings.json"),
    include_str!("../../profiles/key_value_blocks.json"),
];

/// The profiles that come with the program, in the order they are tried.
///
/// # Errors
/// Never, as the tests show: they are written with the program.
pub fn shipped() -> Result<Vec<Profile>, serde_json::Error> {
    SHIPPED.into_iter().map(serde_json::from_str).collect()
}
