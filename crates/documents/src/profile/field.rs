//! What a cell may hold: the columns of every table of a plan, whatever they are called there.

use serde::{Deserialize, Serialize};

/// What a value of a plan is, before it is put where it belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The number of an objective, of a phase (`1.2`) or of a structure, as it is printed.
    Number,
    /// The code of an objective, with that of its structure: `7/SA`.
    Code,
    /// What is to be done.
    Title,
    /// More words on it.
    Description,
    /// What for.
    Purpose,
    /// Who gains.
    Stakeholders,
    /// What it is expected to change.
    Impact,
    /// What it is expected to bring.
    Result,
    /// What is measured.
    Indicator,
    /// What is to be reached.
    Target,
    /// By when.
    Deadline,
    /// A column that some rows fill with a target and others with a deadline.
    TargetOrDeadline,
    /// The weight of an objective or of a phase, as the table or the summary prints it.
    Weight,
    /// The weight of an objective as its card prints it.
    CardWeight,
    /// The title of an objective in the summary.
    SummaryTitle,
    /// What kind of objective it is.
    Kind,
    /// How it is done.
    Step,
    /// When each step is done.
    StepTimes,
    /// Which side of performance an indicator shows.
    Profile,
    /// Mission and programme of the budget.
    Programme,
    /// The operational objective of the DUP.
    DupObjective,
    /// The strategic line of the mandate.
    StrategicLine,
    /// The code of an investment project.
    Cup,
    /// Who answers for it: of a structure, or of an objective.
    Responsible,
    /// Who carries it out (*EQ*).
    Delegate,
    /// That the responsible holds the post ad interim.
    Interim,
    /// A structure, whatever its level.
    Unit,
    /// A department.
    Department,
    /// An area.
    Area,
    /// A sector.
    Sector,
    /// A service.
    Service,
    /// An office.
    Office,
    /// The year a table says it is of.
    Year,
    /// A post of a staff table.
    Qualification,
    /// The category of a post.
    Category,
    /// How many posts.
    Posts,
    /// How many women.
    Women,
    /// How many men.
    Men,
    /// A share printed beside a number of posts.
    Percentage,
    /// What was reached, where a form leaves room for it.
    Actual,
    /// Words that belong to it and to no other field.
    Notes,
    /// Words that say nothing of the plan: read, and left.
    Ignored,
}
