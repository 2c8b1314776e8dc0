//! Who enters a comparison: those who are named one by one, those who are anonymous by whole blocks, and what is kept back.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Contribution, KeptBack, Suppression, blocks};
use crate::comune::ComuneCode;
use crate::consent::{Audience, Exposure, Mode, Shown};
use crate::fact::Grade;

/// Everything that may be compared of one indicator in one year. The values in it leave it by a [`Selection`] alone, but for
/// a comune's own.
#[derive(Debug, Clone)]
pub struct Pool {
    contributions: Vec<Contribution>,
    blocks: Vec<Vec<usize>>,
    definition: Option<i32>,
}

/// What is asked of a pool.
#[derive(Debug, Clone, Copy)]
pub struct Query<'q> {
    /// Who belongs to the group.
    pub members: &'q BTreeSet<ComuneCode>,
    /// Who is told.
    pub audience: Audience,
    /// On which day.
    pub day: NaiveDate,
    /// The worst grade that enters.
    pub least: Grade,
    /// The definition compared by; that of most, when absent.
    pub definition: Option<i32>,
}

/// How many comuni of the group have a value that is not in the pool at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outside {
    /// They consent to nothing.
    pub no_consent: usize,
    /// They consent from a later day.
    pub embargo: usize,
}

/// Who enters a comparison.
#[derive(Debug, Clone)]
pub struct Selection<'c> {
    named: Vec<&'c Contribution>,
    anonymous: Vec<&'c Contribution>,
    members: usize,
    definition: Option<i32>,
    kept_back: Vec<KeptBack>,
}

impl Pool {
    /// A pool of all contributions of one indicator in one year: of every comune, not of a group, or the blocks would follow
    /// the question.
    #[must_use]
    pub fn new(mut contributions: Vec<Contribution>) -> Self {
        if !contributions.is_sorted_by_key(|one| one.comune) {
            contributions.sort_unstable_by_key(|one| one.comune);
        }
        // A comune counts once, or a block might be of fewer comuni than it has places.
        contributions.dedup_by_key(|one| one.comune);
        let blocks = blocks::cut(&contributions);
        let definition = prevailing(&contributions);
        Self { contributions, blocks, definition }
    }

    /// The definition most values follow, the newest of those when several are equal: what a year is compared by.
    #[must_use]
    pub const fn definition(&self) -> Option<i32> {
        self.definition
    }

    /// What a comune itself brings. It may be told to that comune, and to nobody else.
    #[must_use]
    pub fn own(&self, comune: ComuneCode) -> Option<&Contribution> {
        let place = self.contributions.binary_search_by_key(&comune, |one| one.comune).ok()?;
        self.contributions.get(place)
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.contributions.is_empty()
    }

    /// Decides who enters.
    #[must_use]
    pub fn select(&self, query: &Query<'_>, outside: Outside) -> Selection<'_> {
        let definition = query.definition.or(self.definition);
        let query = Query { definition, ..*query };
        let mut kept = Kept { no_consent: outside.no_consent, embargo: outside.embargo, ..Kept::default() };
        let anonymous = self.whole_blocks(&query);
        let mut named = Vec::new();
        for one in self.contributions.iter().filter(|one| query.members.contains(&one.comune)) {
            match query.admits(one) {
                Ok(Mode::Named) => named.push(one),
                Ok(Mode::Anonymous) => kept.anonymous_block = kept.anonymous_block.saturating_add(1),
                Ok(Mode::Withheld) => kept.no_consent = kept.no_consent.saturating_add(1),
                Err(why) => kept.count(why),
            }
        }
        kept.anonymous_block = kept.anonymous_block.saturating_sub(anonymous.len());
        Selection { named, anonymous, members: query.members.len(), definition, kept_back: kept.told() }
    }

    /// Those who are anonymous and enter: block by block, none of which may lack anybody.
    fn whole_blocks(&self, query: &Query<'_>) -> Vec<&Contribution> {
        let of =
            |block: &Vec<usize>| block.iter().filter_map(|place| self.contributions.get(*place)).collect();
        let enters = |one: &&Contribution| query.members.contains(&one.comune) && query.admits(one).is_ok();
        let blocks = self.blocks.iter().map(of).filter(|block: &Vec<&Contribution>| block.iter().all(enters));
        blocks.flatten().collect()
    }
}

impl Query<'_> {
    /// Whether a comune's value may be told by itself.
    ///
    /// # Errors
    /// Why not.
    pub fn names(&self, one: &Contribution) -> Result<(), Suppression> {
        match self.admits(one)? {
            Mode::Named => Ok(()),
            Mode::Anonymous | Mode::Withheld => Err(Suppression::AnonymousBlock),
        }
    }

    /// How a comune's value enters by itself, or why it does not. Of who is anonymous neither grade nor definition is a
    /// reason that could be told: whatever is missing, its block does not enter.
    fn admits(&self, one: &Contribution) -> Result<Mode, Suppression> {
        let shown = shown(&one.exposure, self.audience);
        if shown.mode == Mode::Withheld {
            return Err(Suppression::NoConsent);
        }
        if shown.from.is_some_and(|from| from > self.day) {
            return Err(Suppression::Embargo);
        }
        let fits = one.grade <= self.least;
        let same = self.definition.is_none_or(|definition| definition == one.definition);
        match (shown.mode, fits && same) {
            (mode, true) => Ok(mode),
            (Mode::Named, false) if fits => Err(Suppression::OtherDefinition),
            (Mode::Named, false) => Err(Suppression::Grade),
            (Mode::Anonymous | Mode::Withheld, false) => Err(Suppression::AnonymousBlock),
        }
    }
}

/// How a value is shown to an audience: at most as openly, and no earlier, than to the narrower ones.
fn shown(exposure: &Exposure, audience: Audience) -> Shown {
    let narrowed = |wide: Shown, narrow: Shown| Shown {
        mode: wide.mode.max(narrow.mode),
        from: wide.from.max(narrow.from),
    };
    match audience {
        Audience::Group => exposure.group,
        Audience::Region => narrowed(exposure.region, exposure.group),
        Audience::Public => narrowed(exposure.public, narrowed(exposure.region, exposure.group)),
    }
}

/// The definition of most, the newest of equals.
fn prevailing(contributions: &[Contribution]) -> Option<i32> {
    let mut definitions: Vec<i32> = contributions.iter().map(|one| one.definition).collect();
    definitions.sort_unstable();
    let of_equal = definitions.chunk_by(i32::eq);
    of_equal.max_by_key(|equal| equal.len()).and_then(|equal| equal.first().copied())
}

impl<'c> Selection<'c> {
    /// Those who enter by name: their values may be told one by one.
    #[must_use]
    pub fn named(&self) -> &[&'c Contribution] {
        &self.named
    }

    /// How many enter.
    #[must_use]
    pub const fn entered(&self) -> usize {
        self.named.len().saturating_add(self.anonymous.len())
    }

    /// How many of those enter without their names.
    #[must_use]
    pub const fn anonymous(&self) -> usize {
        self.anonymous.len()
    }

    /// Whether a comune enters: to be told to that comune, or of one that is named.
    #[must_use]
    pub fn holds(&self, comune: ComuneCode) -> bool {
        self.contributing().any(|one| one.comune == comune)
    }

    /// How many comuni the group has.
    #[must_use]
    pub const fn members(&self) -> usize {
        self.members
    }

    /// The definition compared by.
    #[must_use]
    pub const fn definition(&self) -> Option<i32> {
        self.definition
    }

    /// What did not enter, and why.
    #[must_use]
    pub fn kept_back(&self) -> &[KeptBack] {
        &self.kept_back
    }

    /// How many of those who enter have a grade.
    #[must_use]
    pub fn of_grade(&self, grade: Grade) -> usize {
        self.contributing().filter(|one| one.grade == grade).count()
    }

    /// When the first and the last of what enters were published.
    #[must_use]
    pub fn published(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let instants = || self.contributing().map(|one| one.published_at);
        instants().min().zip(instants().max())
    }

    /// Whoever enters, named or not: for what is told of all of them together.
    pub(super) fn contributing(&self) -> impl Iterator<Item = &'c Contribution> {
        self.named.iter().chain(&self.anonymous).copied()
    }

    #[cfg(test)]
    pub(super) fn anonymous_codes(&self) -> BTreeSet<ComuneCode> {
        self.anonymous.iter().map(|one| one.comune).collect()
    }
}

/// What is kept back, while it is being counted.
#[derive(Debug, Default)]
struct Kept {
    no_consent: usize,
    embargo: usize,
    grade: usize,
    anonymous_block: usize,
    other_definition: usize,
}

impl Kept {
    const fn count(&mut self, why: Suppression) {
        let counted = match why {
            Suppression::NoConsent => &mut self.no_consent,
            Suppression::Embargo => &mut self.embargo,
            Suppression::Grade => &mut self.grade,
            Suppression::OtherDefinition => &mut self.other_definition,
            Suppression::AnonymousBlock | Suppression::TooFew | Suppression::Dominance => {
                &mut self.anonymous_block
            }
        };
        *counted = counted.saturating_add(1);
    }

    fn told(&self) -> Vec<KeptBack> {
        let all = [
            (Suppression::NoConsent, self.no_consent),
            (Suppression::Embargo, self.embargo),
            (Suppression::Grade, self.grade),
            (Suppression::OtherDefinition, self.other_definition),
            (Suppression::AnonymousBlock, self.anonymous_block),
        ];
        let some = all.into_iter().filter(|(_, comuni)| *comuni > 0);
        some.map(|(why, comuni)| KeptBack { why, comuni }).collect()
    }
}
