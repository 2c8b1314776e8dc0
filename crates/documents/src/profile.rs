//! Profiles: how a layout of plans is read, as data. A comune whose plans look like others' uses a profile that is there; one
//! whose plans look like nobody's writes its own. No plan is read by code of its own.

use serde::{Deserialize, Serialize};
use traguardo_domain::objective::ObjectiveKind;
use traguardo_domain::section::SectionKind;
use traguardo_domain::unit::UnitKind;

mod field;
mod pattern;
mod shipped;
mod spellings;

pub use field::Field;
pub use pattern::{Pattern, Taken};
pub use shipped::shipped;

/// The shapes of plans there are readers for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// Tables of objectives, one wide or one per structure, below header rows.
    Table,
    /// A card per objective, made of several small tables.
    Cards,
    /// Lists of objectives below headings.
    Lists,
    /// Blocks of "name: value" lines.
    Blocks,
}

/// How a layout of plans is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Its name among profiles: `table_per_structure`.
    pub name: String,
    /// What it is, in Italian.
    pub title: String,
    /// Which of the readers reads it.
    pub layout: Layout,
    /// The headings that open something, the first that matches a line.
    #[serde(default)]
    pub headings: Vec<Heading>,
    /// The tables, by their headers; the one most of whose columns are there.
    #[serde(default)]
    pub tables: Vec<Table>,
    /// How one objective begins, where each has a card or a block of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cards: Option<Cards>,
    /// How items of lists begin, where objectives are items.
    #[serde(default)]
    pub bullets: Vec<Pattern>,
    /// The names of values, where they stand before a colon.
    #[serde(default)]
    pub keys: Vec<Column>,
    /// Cells that say that there is nothing: `N/P`, `-`.
    #[serde(default)]
    pub nothing: Vec<Pattern>,
    /// Lines that say nothing of the plan: page numbers, rows of dots.
    #[serde(default)]
    pub decorations: Vec<Pattern>,
    /// The words before a title that say what kind of objective it is.
    #[serde(default)]
    pub kinds: Vec<KindMarker>,
    /// The classes of weights, where they are no percentages.
    #[serde(default)]
    pub scale: Vec<ScaleClass>,
    /// What is mended on the way.
    #[serde(default)]
    pub repairs: Repairs,
}

/// A line that opens something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// The line.
    pub line: Pattern,
    /// What it opens.
    pub opens: Opens,
    /// The lines that may follow it and belong to it, each at most once, the first that still has something to say.
    #[serde(default)]
    pub continues: Vec<Pattern>,
    /// What the line after it says, blank ones aside: where the words of the heading could be any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed_by: Option<Pattern>,
}

/// What a heading opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Opens {
    /// A structure; what follows is below it until one of its level or above comes.
    Unit(UnitKind),
    /// A group of objectives of the structure that is open, of these kinds.
    Group(Vec<ObjectiveKind>),
    /// Objectives of the whole comune, of these kinds.
    Common(Vec<ObjectiveKind>),
    /// A part of the narrative.
    Section(SectionKind),
    /// The table of contents: the names of structures that come later, and below each those of its own, of this level.
    Contents(UnitKind),
    /// The list of what the open structure does year after year.
    Activities,
    /// The objectives of the open structure; nothing else.
    Objectives,
    /// The title of the plan.
    Plan,
    /// Nothing: what follows says nothing of the plan until the next heading.
    Nothing,
}

impl Opens {
    /// What the section is about that a heading of the narrative opens; a table of contents introduces the rest.
    #[must_use]
    pub const fn section(&self) -> SectionKind {
        match self {
            Self::Section(kind) => *kind,
            Self::Contents(_) => SectionKind::Introduction,
            Self::Unit(_)
            | Self::Group(_)
            | Self::Common(_)
            | Self::Activities
            | Self::Objectives
            | Self::Plan
            | Self::Nothing => SectionKind::Other,
        }
    }
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holds {
    /// Objectives, and their phases where rows have them.
    Objectives,
    /// Indicators of the open card.
    Indicators,
    /// Values of the open card itself.
    Card,
    /// Titles and weights of the objectives of the open structure.
    Summary,
    /// Posts.
    Staff,
    /// Words of the narrative.
    Narrative,
}

/// A table, by its header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What its rows are.
    pub holds: Holds,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// How many of them a header must have to be one; two when not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<usize>,
    /// How its last row begins, where that only counts the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Pattern>,
    /// How the number of a row that is a phase of the row before looks: `1.2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Pattern>,
}

/// A column, or a value with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// What it is called.
    pub headers: Vec<Pattern>,
    /// What its cells look like, where that tells them from others.
    #[serde(default)]
    pub shape: Vec<Pattern>,
    /// Whether a blank cell says what the one above said.
    #[serde(default)]
    pub carries_down: bool,
    /// Cells that name every structure at once: `Tutti i dipartimenti`.
    #[serde(default)]
    pub everyone: Vec<Pattern>,
    /// Words before a value that are no part of it: `Fase:`.
    #[serde(default)]
    pub drops: Vec<Pattern>,
}

/// How one objective begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cards {
    /// The line it begins with, with what it says of it.
    pub begins: Vec<Pattern>,
    /// The line that may stand just before it, with what it says of it: `10%`.
    #[serde(default)]
    pub before: Vec<Pattern>,
}

/// Words before a title that say what kind of objective it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindMarker {
    /// The words.
    pub words: Pattern,
    /// The kinds.
    pub kinds: Vec<ObjectiveKind>,
}

/// A class of weights as the plan prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleClass {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub label: String,
    /// How much it counts among the others.
    pub coefficient: String,
    /// The kind of an objective that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<ObjectiveKind>,
}

/// What is mended on the way; each mending is told in a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repairs {
    /// A row with fewer cells than columns gets the missing ones where the shapes of its cells say.
    #[serde(default)]
    pub merged_columns: bool,
    /// Words of the header inside a row are taken out of it.
    #[serde(default)]
    pub header_inside_data: bool,
    /// A row without a number and without most columns goes on with the row before.
    #[serde(default)]
    pub continued_rows: bool,
}
