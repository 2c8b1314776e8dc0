//! The closed vocabularies of the domain as they travel: their words, and a schema that lists exactly those.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use traguardo_domain::vocabulary::Vocabulary;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A value of a vocabulary, travelling as its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word<V>(pub V);

/// An area of article 8.
pub type Art8AreaWord = Word<traguardo_domain::objective::Art8Area>;
/// How a result stands to a figure.
pub type ComparisonWord = Word<traguardo_domain::measure::Comparison>;
/// The direction of an indicator.
pub type DirectionWord = Word<traguardo_domain::indicator::Direction>;
/// The family of an indicator.
pub type FamilyWord = Word<traguardo_domain::indicator::Family>;
/// The form of a document.
pub type FormatWord = Word<traguardo_domain::plan::document::Format>;
/// The type of a formula.
pub type FormulaWord = Word<traguardo_domain::indicator::Formula>;
/// A unit of measure.
pub type MeasureWord = Word<traguardo_domain::measure::Measure>;
/// What an objective is.
pub type ObjectiveKindWord = Word<traguardo_domain::objective::ObjectiveKind>;
/// The nature of a plan.
pub type PlanKindWord = Word<traguardo_domain::plan::PlanKind>;
/// The quality an indicator looks at.
pub type ProfileWord = Word<traguardo_domain::indicator::Profile>;
/// How often.
pub type RecurrenceWord = Word<traguardo_domain::deadline::Recurrence>;
/// The kind of a section.
pub type SectionKindWord = Word<traguardo_domain::section::SectionKind>;
/// The kind of a unit.
pub type UnitKindWord = Word<traguardo_domain::unit::UnitKind>;

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
        write!(f, "uno fra {}", words.join(", "))
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
