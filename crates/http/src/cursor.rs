//! Cursors as they travel: opaque words that only the list which gave them understands.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use traguardo_domain::Violation;
use traguardo_persistence::Cursor;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    /// The list and the order that gave it.
    l: String,
    k: String,
    i: String,
}

/// The word for a place in `list`.
pub(crate) fn encode(list: &str, cursor: &Cursor) -> Option<String> {
    let wire = Wire { l: list.to_owned(), k: cursor.key.clone(), i: cursor.id.clone() };
    serde_json::to_vec(&wire).ok().map(|bytes| URL_SAFE_NO_PAD.encode(bytes))
}

/// The place a word names in `list`.
///
/// # Errors
/// When this list, in this order, did not give it.
pub(crate) fn decode(list: &str, word: &str) -> Result<Cursor, Violation> {
    let bytes = URL_SAFE_NO_PAD.decode(word).map_err(|_| Violation::UnknownCursor)?;
    let wire: Wire = serde_json::from_slice(&bytes).map_err(|_| Violation::UnknownCursor)?;
    // PostgreSQL text holds no NUL, so no list of ours gave one.
    if wire.l != list || wire.k.contains('\0') || wire.i.contains('\0') {
        return Err(Violation::UnknownCursor);
    }
    Ok(Cursor { key: wire.k, id: wire.i })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_opens_its_own_list_in_its_own_order_and_no_other() {
        let cursor = Cursor { key: "à".to_owned(), id: "1".to_owned() };
        let word = encode("units:code", &cursor).unwrap();
        assert_eq!(decode("units:code", &word), Ok(cursor));
        assert_eq!(decode("units:name", &word), Err(Violation::UnknownCursor));
        for wrong in ["", "x", "bm8", "%00"] {
            assert!(decode("units:code", wrong).is_err());
        }
    }
}
