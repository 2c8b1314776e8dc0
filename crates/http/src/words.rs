//! The closed vocabularies of the domain as they travel: their words, and a schema that lists exactly those.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use traguardo_domain::audit::ObjectKind;
use traguardo_domain::comune::Scheme;
use traguardo_domain::member::MemberKind;
use traguardo_domain::plan::{PlanKind, PlanState};
use traguardo_domain::role::Role;
use traguardo_domain::unit::UnitKind;
use traguardo_domain::vocabulary::Vocabulary;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A value of a vocabulary, travelling as its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word<V>(pub(crate) V);

/// The register of an identifier.
pub(crate) type SchemeWord = Word<Scheme>;
/// The kind of a member.
pub(crate) type MemberKindWord = Word<MemberKind>;
/// A kind of object.
pub(crate) type ObjectKindWord = Word<ObjectKind>;
/// The nature of a plan.
pub(crate) type PlanKindWord = Word<PlanKind>;
/// The state of a plan.
pub(crate) type PlanStateWord = Word<PlanState>;
/// A role.
pub(crate) type RoleWord = Word<Role>;
/// The kind of a unit.
pub(crate) type UnitKindWord = Word<UnitKind>;

impl<V: Vocabulary> Serialize for Word<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl<'de, V: Vocabulary> Deserialize<'de> for Word<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(WordVisitor(PhantomData))
    }
}

struct WordVisitor<V>(PhantomData<V>);

impl<V: Vocabulary> Visitor<'_> for WordVisitor<V> {
    type Value = Word<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = V::all().iter().map(|value| value.word()).collect();
        write!(f, "one of {}", words.join(", "))
    }

    fn visit_str<E: serde::de::Error>(self, word: &str) -> Result<Self::Value, E> {
        V::from_word(word).map(Word).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(word), &self))
    }
}

impl<V: Vocabulary> PartialSchema for Word<V> {
    fn schema() -> RefOr<Schema> {
        let words = V::all().iter().map(|value| value.word());
        let example = V::all().first().map(|value| value.word());
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(V::MEANING))
            .enum_values(Some(words))
            .examples(example)
            .build()
            .into()
    }
}

impl<V: Vocabulary> ToSchema for Word<V> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed(V::NAME)
    }
}
