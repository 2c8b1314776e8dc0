//! Canonical JSON (RFC 8785, without its floats): one spelling for one content, so that a digest of the spelling is a digest
//! of the content, and whoever holds a document can compute it again with any tool that knows the same rules.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digest::Digest;

/// The largest integer every reader of JSON reads exactly, programs that know only doubles included.
const LARGEST: u64 = 9_007_199_254_740_991;

/// The canonical bytes of a value.
///
/// # Errors
/// When the value cannot be written as JSON, or holds a float, an integer too large to be read exactly everywhere, or a
/// member twice.
pub fn canonical(value: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    canonical_text(&serde_json::to_vec(value)?)
}

/// The canonical bytes of what a JSON text says: every spelling of one content gives the same.
///
/// # Errors
/// When it is no JSON, or holds a float (also one without a fraction, such as `1.0`, `1e2` or `-0`), an integer too large to
/// be read exactly everywhere, or a member twice.
pub fn canonical_text(json: &[u8]) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&serde_json::from_slice::<Node>(json)?)
}

/// What seals a content: the SHA-256 of its canonical bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seal(Digest);

impl Seal {
    /// The seal of a value.
    ///
    /// # Errors
    /// When the value has no canonical bytes; see [`canonical`].
    pub fn of(value: &impl Serialize) -> Result<Self, serde_json::Error> {
        canonical(value).map(|bytes| Self(Digest::of(&bytes)))
    }

    /// The seal of what a JSON text says, however it is spelled.
    ///
    /// # Errors
    /// When the text has no canonical bytes; see [`canonical_text`].
    pub fn of_text(json: &[u8]) -> Result<Self, serde_json::Error> {
        canonical_text(json).map(|bytes| Self(Digest::of(&bytes)))
    }

    /// A seal read back from where it was stored.
    #[must_use]
    pub const fn stored(digest: Digest) -> Self {
        Self(digest)
    }

    /// The digest, to store.
    #[must_use]
    pub const fn digest(self) -> Digest {
        self.0
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Seal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// JSON that has one spelling: its members are in order whatever map other crates make `serde_json` use. What is left to
/// the writer, escapes and integers, it writes as the RFC asks.
#[derive(Serialize)]
#[serde(untagged)]
enum Node {
    Null,
    Truth(bool),
    Integer(i64),
    Text(String),
    List(Vec<Node>),
    Members(BTreeMap<Name, Node>),
}

/// The name of a member, ordered by UTF-16 code units as the RFC orders it: not as UTF-8 would.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Name(String);

impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.encode_utf16().cmp(other.0.encode_utf16())
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

/// Reads a [`Node`]. It does not know floats, so they are refused.
struct Reader;

impl<'de> de::Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON without floats")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Node, E> {
        Ok(Node::Truth(truth))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Node, E> {
        if number.unsigned_abs() <= LARGEST {
            return Ok(Node::Integer(number));
        }
        Err(E::custom(format!("{number} is an integer not every reader reads exactly")))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Node, E> {
        let number = i64::try_from(number).map_err(E::custom)?;
        self.visit_i64(number)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, node)) = entries.next_entry::<Name, Node>()? {
            if members.contains_key(&name) {
                return Err(de::Error::custom(format!("the member {:?} is there twice", name.0)));
            }
            members.insert(name, node);
        }
        Ok(Node::Members(members))
    }
}

#[cfg(test)]
mod tests;
