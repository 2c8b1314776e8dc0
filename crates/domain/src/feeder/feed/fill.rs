//! Which shared indicators can be filled, and from which register.

use chrono::{Datelike as _, NaiveDate};

use crate::measurement::Span;
use crate::register::Register;

/// The day from which a figure of some days can no more change by what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settles {
    /// The last of them.
    WithPeriod,
    /// The last of March after them: payments are observed until then.
    NextMarch,
}

/// A shared indicator that can be filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fill {
    /// Its code.
    pub indicator: &'static str,
    /// From which register.
    pub register: Register,
    /// When its figures settle.
    pub settles: Settles,
}

/// All that can be filled.
pub const FILLS: [Fill; 20] = [
    of("T1.irp", Register::Invoices),
    of("T1.itp", Register::Invoices),
    Fill { indicator: "T1.tmp", register: Register::Invoices, settles: Settles::NextMarch },
    Fill { indicator: "T1.tmr", register: Register::Invoices, settles: Settles::NextMarch },
    of("T1.liquidated_15", Register::Invoices),
    of("T3.up_to_date", Register::Obligations),
    of("T3.attestation", Register::Obligations),
    of("T3.follow_up", Register::Obligations),
    of("T5.in_term", Register::AccessRequests),
    of("T5.days", Register::AccessRequests),
    of("T5.register", Register::Obligations),
    of("T6.in_term", Register::Procedures),
    of("T6.time_ratio", Register::Procedures),
    of("T6.overdue", Register::Procedures),
    of("T7.over_threshold", Register::Training),
    of("T7.hours", Register::Training),
    of("T7.trained", Register::Training),
    of("T8.mean", Register::Surveys),
    of("T8.positive", Register::Surveys),
    of("T8.surveys", Register::Surveys),
];

const fn of(indicator: &'static str, register: Register) -> Fill {
    Fill { indicator, register, settles: Settles::WithPeriod }
}

/// How a shared indicator is filled, when it can be.
#[must_use]
pub fn fill(indicator: &str) -> Option<&'static Fill> {
    FILLS.iter().find(|one| one.indicator == indicator)
}

impl Fill {
    /// The day from which a figure of these days can no more change by what happens.
    #[must_use]
    pub fn settles_on(&self, period: Span) -> NaiveDate {
        match self.settles {
            Settles::WithPeriod => period.to,
            Settles::NextMarch => {
                let next = period.to.year().saturating_add(1);
                NaiveDate::from_ymd_opt(next, 3, 31).unwrap_or(period.to)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::catalogue;

    #[test]
    fn what_is_filled_is_of_the_catalogue() {
        let shared = catalogue().unwrap();
        let codes: Vec<&str> = shared
            .iter()
            .flat_map(|(_, facts)| &facts.indicators)
            .map(|indicator| indicator.code.as_str())
            .collect();
        for one in &FILLS {
            assert!(codes.contains(&one.indicator), "{}", one.indicator);
        }
    }

    #[test]
    fn bills_of_a_year_are_watched_until_march() {
        let year = Span { from: "2025-01-01".parse().unwrap(), to: "2025-12-31".parse().unwrap() };
        assert_eq!(fill("T1.tmp").unwrap().settles_on(year).to_string(), "2026-03-31");
        assert_eq!(fill("T1.itp").unwrap().settles_on(year), year.to);
        assert_eq!(fill("T2.debt_share"), None);
    }
}
