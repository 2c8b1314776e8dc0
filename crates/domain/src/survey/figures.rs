//! What surveys come to: the mean judgement, the share of positive ones, how many were concluded with a report.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{AnswerScale, SurveyEntry};
use crate::feeder::{
    Asked, Computed, LeftOut, Method, NotComputable, Outcome, SettingsFacts, Within, how_many,
};
use crate::likeness::folded;
use crate::measurement::Span;
use crate::register::Register;

const MEAN: Method = Method {
    code: "survey_mean",
    version: 1,
    words: "Somma dei giudizi complessivi delle rilevazioni concluse nel periodo, ciascuno riportato da 1 a 5 in proporzione (il peggiore vale 1, il migliore 5), divisa per il numero dei giudizi. Le rilevazioni con meno di 30 risposte non contano.",
};

const MEAN_AS_SETTLED: Method = Method {
    code: "survey_mean_as_settled",
    version: 1,
    words: "Come il metodo survey_mean, ma per scelta del comune il minimo di risposte perché una rilevazione conti non è 30: quelle con meno risposte del minimo stabilito non contano.",
};

const POSITIVE: Method = Method {
    code: "survey_positive",
    version: 1,
    words: "Giudizi complessivi che riportati da 1 a 5 in proporzione valgono almeno 4, diviso tutti i giudizi delle rilevazioni concluse nel periodo. Le rilevazioni con meno di 30 risposte non contano.",
};

const POSITIVE_AS_SETTLED: Method = Method {
    code: "survey_positive_as_settled",
    version: 1,
    words: "Come il metodo survey_positive, ma per scelta del comune il minimo di risposte perché una rilevazione conti non è 30: quelle con meno risposte del minimo stabilito non contano.",
};

const CONCLUDED: Method = Method {
    code: "survey_concluded",
    version: 1,
    words: "Rilevazioni concluse nel periodo con un rapporto sugli esiti: una per ciascun servizio e periodo di rilevazione.",
};

/// The shared figures of surveys.
#[must_use]
pub fn figures(
    entries: &[SurveyEntry],
    within: Within<'_>,
    asked: Asked,
    settings: &SettingsFacts,
) -> Vec<Computed> {
    let surveys = Surveys::of(entries, within, asked, settings);
    let judged = |outcome: fn(&Answers) -> Outcome| surveys.judged(outcome);
    let period = asked.period;
    let computed = |indicator, method, percent, (outcome, counted, left_out)| Computed {
        indicator,
        register: Register::Surveys,
        period,
        method,
        outcome,
        percent,
        counted,
        left_out,
        whole: true,
    };
    let usual = settings.fewest_respondents == SettingsFacts::USUAL_RESPONDENTS;
    let (mean, positive) = if usual { (MEAN, POSITIVE) } else { (MEAN_AS_SETTLED, POSITIVE_AS_SETTLED) };
    vec![
        computed("T8.mean", mean, false, judged(Answers::mean)),
        computed("T8.positive", positive, true, judged(Answers::positive)),
        computed("T8.surveys", CONCLUDED, false, surveys.concluded_with_report()),
    ]
}

/// What comes of an indicator: the outcome, how many surveys counted, what did not.
type Told = (Outcome, u64, Vec<LeftOut>);

/// The surveys that have a part in a period.
struct Surveys<'e> {
    /// Concluded in it, with answers enough.
    counting: Vec<&'e SurveyEntry>,
    /// Concluded in it, with too few.
    small: Vec<&'e SurveyEntry>,
    /// Begun, and not concluded at its end.
    open: usize,
}

impl<'e> Surveys<'e> {
    fn of(entries: &'e [SurveyEntry], within: Within<'_>, asked: Asked, settings: &SettingsFacts) -> Self {
        let Span { from, to } = asked.period;
        let end = to.min(asked.on);
        let mut surveys = Self { counting: Vec::new(), small: Vec::new(), open: 0 };
        for entry in entries.iter().filter(|entry| within.holds(entry.unit)) {
            match entry.concluded.filter(|day| *day <= end) {
                Some(day) if day < from => {}
                Some(_) if entry.respondents() < u64::from(settings.fewest_respondents) => {
                    surveys.small.push(entry);
                }
                Some(_) => surveys.counting.push(entry),
                None if from <= end && entry.period.from <= end => {
                    surveys.open = surveys.open.saturating_add(1);
                }
                None => {}
            }
        }
        surveys
    }

    fn judged(&self, outcome: impl FnOnce(&Answers) -> Outcome) -> Told {
        let answers = self.counting.iter().try_fold(Answers::default(), |sum, entry| sum.with(entry));
        let outcome = if self.counting.is_empty() {
            let none = self.small.is_empty();
            Outcome::NotComputable(if none { NotComputable::NoFacts } else { NotComputable::TooFew })
        } else {
            answers.map_or(Outcome::NotComputable(NotComputable::TooLarge), |answers| outcome(&answers))
        };
        let few = LeftOut {
            why: "too_few_answers",
            words: "Rilevazioni concluse con meno risposte del minimo stabilito dal comune.",
            count: how_many(self.small.len()),
        };
        (outcome, how_many(self.counting.len()), told([few, self.under_way()]))
    }

    fn concluded_with_report(&self) -> Told {
        let concluded: Vec<&SurveyEntry> = self.counting.iter().chain(&self.small).copied().collect();
        let reported: Vec<&SurveyEntry> =
            concluded.iter().filter(|entry| entry.report.is_some()).copied().collect();
        let distinct: HashSet<(String, Span)> =
            reported.iter().map(|entry| (folded(entry.service.as_str()), entry.period)).collect();
        let outcome = if concluded.is_empty() && self.open == 0 {
            Outcome::NotComputable(NotComputable::NoFacts)
        } else {
            Outcome::Number(Decimal::from(how_many(distinct.len())))
        };
        let unreported = LeftOut {
            why: "without_report",
            words: "Rilevazioni concluse senza un rapporto sugli esiti.",
            count: how_many(concluded.len().saturating_sub(reported.len())),
        };
        let again = LeftOut {
            why: "same_service_and_period",
            words: "Rilevazioni dello stesso servizio e dello stesso periodo di un'altra già contata.",
            count: how_many(reported.len().saturating_sub(distinct.len())),
        };
        (outcome, how_many(distinct.len()), told([unreported, again, self.under_way()]))
    }

    fn under_way(&self) -> LeftOut {
        let words = "Rilevazioni cominciate e non ancora concluse alla fine del periodo.";
        LeftOut { why: "not_concluded", words, count: how_many(self.open) }
    }
}

fn told<const MOST: usize>(known: [LeftOut; MOST]) -> Vec<LeftOut> {
    known.into_iter().filter(|one| one.count > 0).collect()
}

/// Answers put together.
#[derive(Debug, Clone, Copy, Default)]
struct Answers {
    count: i64,
    /// What they are worth, in parts of a point.
    worth: i64,
    positive: i64,
}

impl Answers {
    /// With those of one survey more; none when the sums do not fit, or an answer is on no scale.
    fn with(self, entry: &SurveyEntry) -> Option<Self> {
        entry.answers.iter().try_fold(self, |sum, answer| {
            let count = i64::from(answer.count);
            let worth = entry.scale.worth(answer.point)?.checked_mul(count)?;
            let positive = if entry.scale.is_positive(answer.point) { count } else { 0 };
            Some(Self {
                count: sum.count.checked_add(count)?,
                worth: sum.worth.checked_add(worth)?,
                positive: sum.positive.checked_add(positive)?,
            })
        })
    }

    fn mean(&self) -> Outcome {
        let points = Decimal::from(self.worth).checked_div(Decimal::from(AnswerScale::parts()));
        points.map_or(Outcome::NotComputable(NotComputable::TooLarge), |points| {
            Outcome::ratio(points, Decimal::from(self.count))
        })
    }

    fn positive(&self) -> Outcome {
        Outcome::ratio(Decimal::from(self.positive), Decimal::from(self.count))
    }
}
