//! What follows from a ledger of consents: for one indicator, how a value is shown to each audience; and what an entry may say.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::{Audience, Consent, ConsentFacts, Exposure, Mode, Shown};
use crate::fault::{FaultKind, Faults, Refused};
use crate::period::credible;
use crate::text::Code;
use crate::violation::Violation;

#[cfg(test)]
mod tests;

impl Consent {
    /// The next entry of a ledger.
    ///
    /// # Errors
    /// [`Violation::Invalid`] when it is under an embargo that is over already, or under one and shows nothing.
    pub fn record(
        ledger: &[Self],
        facts: ConsentFacts,
        (recorded_at, member): (DateTime<Utc>, Option<Uuid>),
        today: NaiveDate,
    ) -> Result<Self, Violation> {
        facts.check(today)?;
        let last = ledger.iter().map(|entry| entry.number).max().unwrap_or_default();
        Ok(Self { number: last.saturating_add(1), recorded_at, member, facts })
    }
}

impl ConsentFacts {
    fn check(&self, today: NaiveDate) -> Result<(), Violation> {
        let mut faults = Faults::new();
        let over = |detail: &str| Err(Refused::new(FaultKind::Inconsistent, detail));
        let checked = self.embargo_until.map(|until| match (self.mode, until > today) {
            (Mode::Withheld, _) => over("Ciò che non si mostra non ha un giorno da cui mostrarlo."),
            (Mode::Named | Mode::Anonymous, false) => {
                over("L'embargo finisce in un giorno futuro; senza embargo si mostra da subito.")
            }
            (Mode::Named | Mode::Anonymous, true) => credible(until),
        });
        faults.take_optional("/embargo_until", checked);
        faults.finish(Some(())).map_err(Violation::Invalid)
    }
}

impl Mode {
    /// How open it is: the more, the higher.
    const fn openness(self) -> u8 {
        match self {
            Self::Withheld => 0,
            Self::Anonymous => 1,
            Self::Named => 2,
        }
    }
}

impl Shown {
    /// Not at all.
    pub const WITHHELD: Self = Self { mode: Mode::Withheld, from: None };

    /// How a value is shown on a day: withheld while the embargo lasts.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> Mode {
        if self.from.is_some_and(|from| day < from) { Mode::Withheld } else { self.mode }
    }

    /// Whether it is at least as open as another on every day.
    fn covers(self, other: Self) -> bool {
        let as_soon = match (self.from, other.from) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(from), Some(other)) => from <= other,
        };
        other.mode == Mode::Withheld || (self.mode.openness() >= other.mode.openness() && as_soon)
    }

    /// What an audience sees that was told `self` and is part of one that sees `wider`: at least as much on every day. Where
    /// neither covers the other (anonymous at once, and by name to everybody from next year) the wider one's holds: no day shows
    /// more than somebody consented to.
    fn within(self, wider: Self) -> Self {
        if self.covers(wider) { self } else { wider }
    }
}

impl Exposure {
    /// Nobody sees anything.
    pub const WITHHELD: Self =
        Self { group: Shown::WITHHELD, region: Shown::WITHHELD, public: Shown::WITHHELD };

    /// How a value is shown to an audience.
    #[must_use]
    pub const fn to(&self, audience: Audience) -> Shown {
        match audience {
            Audience::Group => self.group,
            Audience::Region => self.region,
            Audience::Public => self.public,
        }
    }
}

/// The entry that decides for an indicator and an audience: the last one of that indicator, else the last one of all; for what
/// no entry names, the last one of all.
#[must_use]
pub fn deciding<'l>(
    ledger: &'l [Consent],
    indicator: Option<&Code>,
    audience: Audience,
) -> Option<&'l Consent> {
    let last = |of: Option<&Code>| {
        let told =
            ledger.iter().filter(|one| one.facts.indicator.as_ref() == of && one.facts.audience == audience);
        told.max_by_key(|one| one.number)
    };
    indicator.and_then(|indicator| last(Some(indicator))).or_else(|| last(None))
}

/// How a value of an indicator is shown, by everything in a ledger. Without an entry it is withheld; what is shown to a wider
/// audience is shown to the narrower ones at least as openly.
#[must_use]
pub fn exposure(ledger: &[Consent], indicator: &Code) -> Exposure {
    exposure_of(ledger, Some(indicator))
}

/// How values of indicators without an entry of their own are shown.
#[must_use]
pub fn general_exposure(ledger: &[Consent]) -> Exposure {
    exposure_of(ledger, None)
}

fn exposure_of(ledger: &[Consent], indicator: Option<&Code>) -> Exposure {
    let told = |audience| {
        let decided = deciding(ledger, indicator, audience).map(|one| &one.facts);
        decided.map_or(Shown::WITHHELD, |facts| Shown { mode: facts.mode, from: facts.embargo_until })
    };
    let public = told(Audience::Public);
    let region = told(Audience::Region).within(public);
    Exposure { group: told(Audience::Group).within(region), region, public }
}
