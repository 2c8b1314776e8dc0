//! SHA-256 digests: of the state of an object before and after a change, and of the links of the audit chain.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest; written as 64 small hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// What the first link of a chain points back to.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The digest of a sequence of fields, each preceded by its length so that no two sequences collide;
    /// an absent field differs from an empty one.
    pub fn of_fields<'a>(fields: impl IntoIterator<Item = Option<&'a [u8]>>) -> Self {
        let mut hasher = Sha256::new();
        for field in fields {
            if let Some(bytes) = field {
                hasher.update([1]);
                hasher.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
                hasher.update(bytes);
            } else {
                hasher.update([0]);
            }
        }
        Self(hasher.finalize().into())
    }

    /// The digest of an object as it is serialised: members in declared order, no white space.
    ///
    /// # Errors
    /// When the object cannot be serialised, which for the types of this crate does not happen.
    pub fn of_object(object: &impl Serialize) -> Result<Self, serde_json::Error> {
        serde_json::to_vec(object).map(|bytes| Self::of(&bytes))
    }

    /// A digest read back from where it was stored; `None` when it is not 32 bytes long.
    #[must_use]
    pub fn stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// A digest as it is written: 64 small hexadecimal digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        digits.then_some(Self(bytes))
    }

    /// The bytes, to store.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a digest is 64 small hexadecimal digits")
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_into_each_other() {
        let ab_c = Digest::of_fields([Some(b"ab".as_slice()), Some(b"c")]);
        let a_bc = Digest::of_fields([Some(b"a".as_slice()), Some(b"bc")]);
        assert_ne!(ab_c, a_bc);
        assert_ne!(Digest::of_fields([None]), Digest::of_fields([Some(b"".as_slice())]));
    }

    #[test]
    fn a_digest_reads_as_lower_case_hexadecimal() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::of(b"").to_string(), empty);
    }
}
