//! Closed vocabularies: enums whose every value has one word, the same where it is stored and where it travels.

/// An enum whose values are words.
pub trait Vocabulary: Copy + PartialEq + 'static {
    /// The name of the vocabulary, as a published schema calls it.
    const NAME: &'static str;
    /// What the words mean, in Italian, for whoever reads the published schema.
    const MEANING: &'static str;

    /// Every value, in the order people expect.
    fn all() -> &'static [Self];

    /// The word of a value.
    fn word(self) -> &'static str;

    /// The value a word names.
    #[must_use]
    fn from_word(word: &str) -> Option<Self> {
        Self::all().iter().copied().find(|value| value.word() == word)
    }
}

/// Declares an enum together with its words, so that neither can be forgotten.
macro_rules! vocabulary {
    (
        $(#[$about:meta])*
        $name:ident, $meaning:literal {
            $( $(#[$value_about:meta])* $value:ident = $word:literal, )+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$value_about])* $value, )+
        }

        impl $crate::vocabulary::Vocabulary for $name {
            const NAME: &'static str = stringify!($name);
            const MEANING: &'static str = $meaning;

            fn all() -> &'static [Self] {
                &[$(Self::$value),+]
            }

            fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::vocabulary::Vocabulary::word(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                <Self as $crate::vocabulary::Vocabulary>::from_word(&word)
                    .ok_or_else(|| serde::de::Error::custom(format!("{word} is no {}", stringify!($name))))
            }
        }
    };
}
pub(crate) use vocabulary;
