//! Payment times of a year: the delay the control body certified and the delay the comune itself foresees, side by side. Which of
//! them decides, whether payments were in time, and what stands between them and any pay.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::evaluation::EvaluationRefusal;
use crate::figure::Figure;
use crate::measurement::Span;
use crate::plan::PlanState;
use crate::role::Role;
use crate::text::Line;
use crate::version::{Version, Versioned};
use crate::violation::Violation;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// Which of the two figures.
    PaymentFigure, "Quale dato sui tempi di pagamento: quello certificato dall'organo di revisione, la previsione del comune." {
        /// What somebody outside certified.
        Certified = "certified",
        /// What the comune foresees.
        Forecast = "forecast",
    }
}

/// The delay of the year as it was certified (law 145 of 2018, art. 1, paragraphs 859 and 861).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertifiedFacts {
    /// Days; less than nothing where bills were paid before they were due.
    pub delay: Figure,
    /// Which register it was taken from.
    pub source: Line<300>,
    /// The day it was certified.
    pub day: NaiveDate,
    /// The act that says so: `Verbale dell'organo di revisione n. 4`.
    pub act: Line<200>,
}

/// The delay of the year as the comune foresees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastFacts {
    /// Days; less than nothing where bills are paid before they are due.
    pub delay: Figure,
    /// The days whose bills it was told from.
    pub period: Span,
    /// Which register it was taken from.
    pub source: Line<300>,
}

/// A figure as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded<F> {
    /// What was said.
    #[serde(flatten)]
    pub facts: F,
    /// When.
    pub recorded_at: DateTime<Utc>,
    /// By which member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_by: Option<Uuid>,
    /// How often it was written.
    #[serde(skip, default = "Version::first")]
    pub version: Version,
}

impl<F: PartialEq> Versioned for Recorded<F> {
    type Facts = F;

    fn facts(&self) -> &F {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

/// The figures of a plan's year, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PaymentTime {
    /// The certified one.
    pub certified: Option<Recorded<CertifiedFacts>>,
    /// The forecast.
    pub forecast: Option<Recorded<ForecastFacts>>,
}

/// Why the quota that hangs on payment times is not payable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unpayable {
    /// Nothing is, before the report is validated (legislative decree 150 of 2009, art. 14, paragraph 6).
    NotValidated,
    /// Nobody certified the figure.
    NotCertified,
    /// Payments were late: the quota is lost whole.
    Late,
}

impl PaymentTime {
    /// Who foresees the figure of the whole comune: of those who record values, not those who record their own structure's.
    pub const FORECAST_BY: [Role; 3] = [Role::Segretario, Role::Ragioneria, Role::Integratore];

    /// The figure that decides, and its delay: the certified one, and until there is one the forecast.
    #[must_use]
    pub fn decides(&self) -> Option<(PaymentFigure, Figure)> {
        let certified = self.certified.as_ref().map(|one| (PaymentFigure::Certified, one.facts.delay));
        certified.or_else(|| self.forecast.as_ref().map(|one| (PaymentFigure::Forecast, one.facts.delay)))
    }

    /// Whether payments are in time by the figure that decides: no delay, or less than none.
    #[must_use]
    pub fn in_time(&self) -> Option<bool> {
        self.decides().map(|(_, delay)| is_in_time(delay))
    }

    /// Why the quota on payments is not payable in a plan in this state; none when it is.
    #[must_use]
    pub fn unpayable(&self, state: PlanState) -> Option<Unpayable> {
        if !state.pays() {
            return Some(Unpayable::NotValidated);
        }
        match &self.certified {
            None => Some(Unpayable::NotCertified),
            Some(one) if is_in_time(one.facts.delay) => None,
            Some(_) => Some(Unpayable::Late),
        }
    }

    /// Whether a member may certify: who foresaw the figure does not.
    ///
    /// # Errors
    /// [`Violation::EvaluationRefused`].
    pub fn certifiable_by(&self, member: Option<Uuid>) -> Result<(), Violation> {
        let own = self.forecast.as_ref().and_then(|one| one.recorded_by).is_some_and(|by| Some(by) == member);
        if own { Err(Violation::EvaluationRefused(EvaluationRefusal::OwnValue)) } else { Ok(()) }
    }
}

/// Whether a yearly delay is none, or less than none.
#[must_use]
pub fn is_in_time(delay: Figure) -> bool {
    delay <= Figure::ZERO
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded<F>(facts: F, by: u128) -> Recorded<F> {
        let recorded_at = "2025-01-20T09:00:00Z".parse().unwrap();
        Recorded { facts, recorded_at, recorded_by: Some(Uuid::from_u128(by)), version: Version::FIRST }
    }

    fn time(certified: Option<&str>, forecast: &str) -> PaymentTime {
        let (source, day) =
            (Line::parse("Piattaforma dei crediti commerciali").unwrap(), "2025-02-10".parse().unwrap());
        let act = Line::parse("Verbale n. 4").unwrap();
        let period = Span { from: "2024-01-01".parse().unwrap(), to: "2024-09-30".parse().unwrap() };
        let certified = certified.map(|delay| {
            let delay = Figure::parse(delay).unwrap();
            recorded(CertifiedFacts { delay, source: source.clone(), day, act }, 1)
        });
        let delay = Figure::parse(forecast).unwrap();
        PaymentTime { certified, forecast: Some(recorded(ForecastFacts { delay, period, source }, 2)) }
    }

    #[test]
    fn the_forecast_decides_until_there_is_a_certified_figure() {
        let foreseen = time(None, "-1.5");
        assert_eq!(foreseen.decides().unwrap().0, PaymentFigure::Forecast);
        assert_eq!(foreseen.in_time(), Some(true));
        let certified = time(Some("0.28"), "-1.5");
        assert_eq!(certified.decides().unwrap().0, PaymentFigure::Certified);
        assert_eq!(certified.in_time(), Some(false));
        assert_eq!(PaymentTime::default().in_time(), None);
    }

    #[test]
    fn nothing_is_payable_before_validation_nor_on_a_forecast() {
        assert_eq!(time(Some("-1"), "0").unpayable(PlanState::ReportAdopted), Some(Unpayable::NotValidated));
        assert_eq!(time(None, "-1").unpayable(PlanState::ReportValidated), Some(Unpayable::NotCertified));
        assert_eq!(time(Some("8.81"), "-1").unpayable(PlanState::Closed), Some(Unpayable::Late));
        assert_eq!(time(Some("0"), "3").unpayable(PlanState::Closed), None);
    }

    #[test]
    fn whoever_foresees_the_figure_may_record_values() {
        let permits = |role: &Role| crate::access::Action::RecordMeasurements.permits(*role);
        assert!(PaymentTime::FORECAST_BY.iter().all(permits));
    }

    #[test]
    fn who_foresaw_the_figure_does_not_certify_it() {
        let time = time(None, "2");
        let refused = Violation::EvaluationRefused(EvaluationRefusal::OwnValue);
        assert_eq!(time.certifiable_by(Some(Uuid::from_u128(2))), Err(refused));
        assert_eq!(time.certifiable_by(Some(Uuid::from_u128(3))), Ok(()));
    }
}
