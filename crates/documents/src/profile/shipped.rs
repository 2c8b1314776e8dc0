//! The profiles that come with the program.

use super::Profile;

/// The profiles that come with the program, in the order they are tried.
///
/// # Errors
/// Never, as the tests show: they are written with the program.
pub fn shipped() -> Result<Vec<Profile>, serde_json::Error> {
    [include_str!("../../profiles/cards.json")].into_iter().map(serde_json::from_str).collect()
}
