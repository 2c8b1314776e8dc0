//! The work list as it travels.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use traguardo_documents::measurement::StandingWord;
use traguardo_documents::span::SpanBody;
use traguardo_documents::value::ValueBody;
use traguardo_domain::measurement::{Measurement, Span, Value};
use traguardo_domain::round::Round;
use traguardo_domain::worklist::{Task, TaskState};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{TaskStateWord, ValueKindWord, words};
use crate::measurements::SubjectResponse;
use crate::words::Word;

/// Il valore che dice come stanno le cose.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StandingValue, example = json!({
    "measurement": "0193a5c0-0000-7000-8000-000000000009", "value": {"type": "ratio", "numerator": "3", "denominator": "4"}, "words": "3 su 4",
    "standing": "provisional", "period": {"from": "2025-01-01", "to": "2025-06-30"}, "recorded_at": "2025-07-03T09:00:00Z"
}))]
pub(crate) struct StandingValueResponse {
    /// La misurazione.
    measurement: Uuid,
    /// Il valore.
    #[schema(value_type = ValueBody)]
    value: Value,
    /// Il valore, in parole.
    #[schema(max_length = 1000, pattern = "^[\\s\\S]+$")]
    words: String,
    /// Se può ancora cambiare.
    standing: StandingWord,
    /// I giorni a cui si riferisce; dice come stanno le cose alla loro fine.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Quando è stato registrato.
    recorded_at: DateTime<Utc>,
}

/// La raccolta in cui un valore va inserito.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaskRound, example = json!({"id": "0193a5c0-0000-7000-8000-000000000007", "title": "Primo semestre"}))]
pub(crate) struct TaskRoundResponse {
    /// Identificativo.
    id: Uuid,
    /// Titolo.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    title: String,
}

/// Qualcosa da inserire.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Task, example = json!({
    "state": "open", "subject": {"type": "indicator", "id": "0193a5c0-0000-7000-8000-000000000004"},
    "label": "Accessi evasi nei termini", "objective": "0193a5c0-0000-7000-8000-000000000003",
    "assignment": "0193a5c0-0000-7000-8000-000000000005", "unit": "0193a5c0-0000-7000-8000-000000000001",
    "expects": "ratio", "period": {"from": "2025-01-01", "to": "2025-06-30"}, "opens": "2025-07-01", "due": "2025-07-31",
    "deadline": "2025-12-31", "takes_values": true
}))]
pub(crate) struct TaskResponse {
    /// A che punto è.
    state: TaskStateWord,
    /// Di che cosa.
    subject: SubjectResponse,
    /// Come si chiama.
    #[schema(max_length = 2000, pattern = "^[\\s\\S]+$")]
    label: String,
    /// Di quale obiettivo.
    objective: Uuid,
    /// In quale assegnazione.
    assignment: Uuid,
    /// In quale struttura.
    unit: Uuid,
    /// Che tipo di valore è atteso.
    expects: ValueKindWord,
    /// In quale raccolta; assente se il piano raccoglie valori tutto l'anno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    round: Option<TaskRoundResponse>,
    /// I giorni di cui dice.
    #[schema(value_type = SpanBody)]
    period: Span,
    /// Il primo giorno in cui si può inserire.
    opens: NaiveDate,
    /// L'ultimo giorno in cui va inserito.
    due: NaiveDate,
    /// La scadenza sua nel piano.
    deadline: NaiveDate,
    /// Se oggi un valore si può inserire: una raccolta chiusa va prima riaperta.
    takes_values: bool,
    /// Il valore che dice come stanno le cose, anche di un periodo precedente.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    value: Option<StandingValueResponse>,
}

/// Ciò che va inserito: prima ciò che è scaduto, poi ciò che scade prima, poi nell'ordine del piano.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Worklist, example = json!({
    "at": "2025-07-10", "late": 0, "open": 0, "coming": 0, "provisional": 0, "final": 0, "not_applicable": 0,
    "not_evaluable": 0, "items": []
}))]
pub(crate) struct WorklistResponse {
    /// Il giorno a cui si guarda.
    at: NaiveDate,
    /// Quanti valori sono scaduti.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    late: i32,
    /// Quanti sono da inserire.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    open: i32,
    /// Quanti non si possono ancora inserire.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    coming: i32,
    /// Quanti sono inseriti in via provvisoria.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    provisional: i32,
    /// Quanti sono inseriti in via definitiva.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    r#final: i32,
    /// Quanti sono dichiarati non applicabili.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    not_applicable: i32,
    /// Quanti sono dichiarati non valutabili.
    #[schema(minimum = 0, maximum = 2_147_483_647)]
    not_evaluable: i32,
    /// I valori attesi; solo quelli nello stato chiesto, se se ne è chiesto uno.
    #[schema(min_items = 0, max_items = 100_000)]
    items: Vec<TaskResponse>,
}

impl From<&Measurement> for StandingValueResponse {
    fn from(one: &Measurement) -> Self {
        Self {
            measurement: one.id.0,
            value: one.facts.value.clone(),
            words: words::of(&one.facts.value),
            standing: Word(one.facts.standing),
            period: one.facts.period,
            recorded_at: one.recorded_at,
        }
    }
}

impl TaskResponse {
    fn of(task: &Task<'_>, collects: bool) -> Self {
        let thing = &task.thing;
        let round = |round: &Round| TaskRoundResponse {
            id: round.id.0,
            title: round.facts.title.as_str().to_owned(),
        };
        Self {
            state: Word(task.state),
            subject: thing.subject().into(),
            label: thing.label().to_owned(),
            objective: thing.objective.id.0,
            assignment: thing.assignment.id.0,
            unit: thing.assignment.facts.unit.0,
            expects: Word(thing.kind()),
            round: task.round.map(round),
            period: task.period,
            opens: task.opens,
            due: task.due,
            deadline: task.deadline,
            takes_values: task.takes_values && collects,
            value: task.standing.map(StandingValueResponse::from),
        }
    }
}

impl WorklistResponse {
    /// What is counted is everything; what is listed is what is in a state, when one is asked for.
    pub(super) fn of(tasks: &[Task<'_>], at: NaiveDate, collects: bool, state: Option<TaskState>) -> Self {
        let count = |state: TaskState| {
            i32::try_from(tasks.iter().filter(|task| task.state == state).count()).unwrap_or(i32::MAX)
        };
        Self {
            at,
            late: count(TaskState::Late),
            open: count(TaskState::Open),
            coming: count(TaskState::Coming),
            provisional: count(TaskState::Provisional),
            r#final: count(TaskState::Final),
            not_applicable: count(TaskState::NotApplicable),
            not_evaluable: count(TaskState::NotEvaluable),
            items: tasks
                .iter()
                .filter(|task| state.is_none_or(|state| state == task.state))
                .map(|task| TaskResponse::of(task, collects))
                .collect(),
        }
    }
}
