//! What somebody wrote and what was understood of it, kept side by side: a parsed value never loses its words.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// The original words of a value.
pub type Words = Text<4000>;

/// A value with the words it came from, when it came from words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Said<T> {
    /// The words, as they were written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Words>,
    /// What they mean, as far as it was understood.
    pub value: T,
}

impl<T> Said<T> {
    /// A value stated as such, that no words stand behind.
    #[must_use]
    pub const fn plainly(value: T) -> Self {
        Self { words: None, value }
    }
}
