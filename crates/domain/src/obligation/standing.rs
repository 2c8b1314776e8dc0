//! Which check of each obligation stands on a day: the last one, whatever the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Check;
use crate::feeder::LeftOut;
use crate::period::Year;
use crate::text::Code;
use crate::unit::UnitId;

/// What is checked: an obligation, in a structure or in the whole comune.
pub(super) type Item = (Code, Option<UnitId>);

/// What a check is of.
pub(super) fn item(check: &Check) -> Item {
    (check.obligation.clone(), check.unit)
}

/// The checks that stand, by what they are of; and how many others there were.
#[derive(Debug, Default)]
pub(super) struct Standing<'c> {
    /// The last of each.
    pub(super) by_item: BTreeMap<Item, &'c Check>,
    /// How many another took the place of.
    pub(super) replaced: u64,
    /// How many tell of a later day.
    pub(super) later: u64,
}

impl<'c> Standing<'c> {
    /// The last checks that tell of no day after this one. Of two of the same day, the one whose key comes last.
    pub(super) fn on(checks: impl IntoIterator<Item = &'c Check>, until: NaiveDate) -> Self {
        let mut standing = Self::default();
        for check in checks {
            if check.checked_on > until {
                standing.later = standing.later.saturating_add(1);
            } else {
                standing.put(check);
            }
        }
        standing
    }

    fn put(&mut self, check: &'c Check) {
        let Some(other) = self.by_item.insert(item(check), check) else { return };
        self.replaced = self.replaced.saturating_add(1);
        if (other.checked_on, &other.key) > (check.checked_on, &check.key) {
            self.by_item.insert(item(check), other);
        }
    }

    /// The obligations that were checked for the whole comune: what structures say of them is a detail of that.
    pub(super) fn told_for_the_comune(&self) -> BTreeSet<Code> {
        self.by_item.keys().filter(|(_, unit)| unit.is_none()).map(|(code, _)| code.clone()).collect()
    }
}

/// The checks of a campaign.
pub(super) fn of_year<'c>(
    checks: impl IntoIterator<Item = &'c Check>,
    year: Year,
) -> impl Iterator<Item = &'c Check> {
    checks.into_iter().filter(move |check| check.year == year)
}

/// What was left out, without what was not there at all.
pub(super) fn counted(left_out: impl IntoIterator<Item = LeftOut>) -> Vec<LeftOut> {
    left_out.into_iter().filter(|left| left.count > 0).collect()
}

/// Why a check was left out, with the Italian words for it.
pub(super) const fn left_out(why: Why, count: u64) -> LeftOut {
    let (why, words) = match why {
        Why::Later => ("later", "Verifiche di un giorno successivo a quello considerato."),
        Why::Replaced => ("replaced", "Verifiche superate da una successiva dello stesso obbligo."),
        Why::NotApplicable => ("not_applicable", "Obblighi che non si applicano: fuori dal denominatore."),
        Why::NotGraded => ("not_graded", "Verifiche senza punti: non sono voci della griglia."),
        Why::OutOfScope => ("out_of_scope", "Obblighi che la campagna dell'anno non attesta."),
        Why::ToldForTheComune => (
            "told_for_the_comune",
            "Verifiche di singole strutture su obblighi verificati per tutto il comune.",
        ),
        Why::NeverChecked => {
            ("never_checked", "Obblighi di cui non c'è alcuna verifica: non si sa come stiano.")
        }
        Why::NotApplicableSince => {
            ("not_applicable_since", "Carenze di obblighi che da allora non si applicano più.")
        }
        Why::UpdatesNotTold => {
            ("updates_not_told", "Verifiche che non dicono quando è stato aggiornato ciò che è pubblicato.")
        }
    };
    LeftOut { why, words, count }
}

/// Why something did not count.
#[derive(Debug, Clone, Copy)]
pub(super) enum Why {
    /// It tells of a later day.
    Later,
    /// Another took its place.
    Replaced,
    /// It does not apply.
    NotApplicable,
    /// It has no points.
    NotGraded,
    /// The campaign does not attest it.
    OutOfScope,
    /// The whole comune was checked for it.
    ToldForTheComune,
    /// Nobody checked.
    NeverChecked,
    /// It does not apply any more.
    NotApplicableSince,
    /// It does not say when what is published was brought up to date.
    UpdatesNotTold,
}
