//! The shared figures the checks of a year come to.

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::Decimal;

use super::Check;
use super::attestation::{Attestation, Row};
use super::campaign::{Campaign, campaign};
use super::catalogue::{edition_of, in_edition};
use super::score::Score;
use super::standing::{Standing, Why, counted, item, left_out, of_year};
use super::updates::updates;
use crate::feeder::{
    Asked, Computed, LeftOut, Method, NotComputable, Outcome, SettingsFacts, Within, how_many,
};
use crate::period::Year;
use crate::register::Register;

const UP_TO_DATE: Method = Method {
    code: "up_to_date",
    version: 2,
    words: "Di ogni obbligo vale l'ultima verifica dell'anno fino al giorno considerato: obblighi pubblicati, completi e aggiornati, diviso gli obblighi verificati che si applicano. Dove un obbligo è verificato per tutto il comune, per il comune conta quella verifica e non quelle delle strutture. Finché anche uno solo degli obblighi del catalogo dell'anno non è stato verificato il valore è provvisorio; per il comune non si calcola se ne sono stati verificati meno della metà.",
};
const ATTESTATION: Method = Method {
    code: "attestation",
    version: 1,
    words: "Punti delle voci della griglia, nello stato del giorno fissato dalla campagna dell'anno, diviso i punti massimi delle voci che si applicano, con la scala di quella campagna. Un criterio senza punti vale zero; le voci che non si applicano escono da numeratore e denominatore. Dove si sa che cosa la campagna attesta, finché manca una voce il valore è provvisorio.",
};
const FOLLOW_UP: Method = Method {
    code: "follow_up",
    version: 2,
    words: "Voci della griglia sotto il massimo il giorno dell'attestazione che, nell'ultima verifica successiva fino al 31 dicembre o al giorno considerato, sono al massimo, diviso tutte quelle sotto il massimo. Una verifica senza punti che dice aggiornato l'obbligo non dice nulla del formato: non sana una voce a cui mancava anche quello.",
};

/// What a figure counted and left out, before it is told.
struct Told {
    outcome: Outcome,
    counted: u64,
    left_out: Vec<LeftOut>,
    /// Whether nothing is missing that it should be of.
    whole: bool,
}

/// The shared figures checks come to: those of a year, or of the part of it the period ends with (`T3.up_to_date`,
/// `T3.attestation`, `T3.follow_up`), and how often the register of requests was brought up to date (`T5.register`). None of them
/// depends on what a comune settles.
#[must_use]
pub fn figures(
    checks: &[Check],
    within: Within<'_>,
    asked: Asked,
    _settings: &SettingsFacts,
) -> Vec<Computed> {
    let mut all = of_campaign(checks, within, asked);
    all.push(updates(checks, within, asked));
    all
}

fn of_campaign(checks: &[Check], within: Within<'_>, asked: Asked) -> Vec<Computed> {
    let until = asked.period.to.min(asked.on);
    let campaign = Year::parse(asked.period.to.year()).ok().and_then(campaign);
    let Some(campaign) = campaign else {
        return tell(asked, [Told::nothing(), Told::nothing(), Told::nothing()]);
    };
    let comune: Vec<&Check> = of_year(checks, campaign.year).collect();
    let checks: Vec<&Check> = comune.iter().copied().filter(|check| within.holds(check.unit)).collect();
    let whole = matches!(within, Within::Comune);
    let told = Asking { checks: &checks, whole, comune: &comune, campaign, until };
    tell(asked, [told.up_to_date(), told.attestation(), told.follow_up()])
}

fn tell(asked: Asked, told: [Told; 3]) -> Vec<Computed> {
    let names = [("T3.up_to_date", UP_TO_DATE), ("T3.attestation", ATTESTATION), ("T3.follow_up", FOLLOW_UP)];
    let computed = |((indicator, method), told): ((&'static str, Method), Told)| Computed {
        indicator,
        register: Register::Obligations,
        period: asked.period,
        method,
        outcome: told.outcome,
        percent: true,
        counted: told.counted,
        left_out: told.left_out,
        whole: told.whole,
    };
    names.into_iter().zip(told).map(computed).collect()
}

/// The checks of a year that count for whoever asks, and the day they are seen from.
struct Asking<'c> {
    checks: &'c [&'c Check],
    /// Whether it is the comune that asks: then what nobody checked is told too.
    whole: bool,
    /// All those of the comune, whoever asks: what nobody checked may be anybody's.
    comune: &'c [&'c Check],
    campaign: Campaign,
    until: NaiveDate,
}

impl Asking<'_> {
    fn up_to_date(&self) -> Told {
        let standing = Standing::on(self.checks.iter().copied(), self.until);
        let coverage = Coverage::of(self.comune, self.campaign.year, self.until);
        let comune = standing.told_for_the_comune();
        let (detail, counting): (Vec<&Check>, Vec<&Check>) = standing
            .by_item
            .values()
            .partition(|check| check.unit.is_some() && comune.contains(&check.obligation));
        let known: Vec<bool> =
            counting.iter().filter_map(|check| check.is_up_to_date(&self.campaign)).collect();
        let left = [
            left_out(Why::Later, standing.later),
            left_out(Why::Replaced, standing.replaced),
            left_out(Why::ToldForTheComune, how_many(detail.len())),
            left_out(Why::NotApplicable, how_many(counting.len().saturating_sub(known.len()))),
            left_out(Why::NeverChecked, if self.whole { how_many(coverage.missing()) } else { 0 }),
        ];
        let done = known.iter().filter(|done| **done).count();
        let score = Score { points: how_many(done), most: how_many(known.len()) };
        let told = Told::of(score, counting.is_empty(), known.len(), left);
        let few = self.whole && !counting.is_empty() && !coverage.is_enough();
        let outcome = if few { Outcome::NotComputable(NotComputable::TooFew) } else { told.outcome };
        Told { outcome, whole: coverage.missing() == 0, ..told }
    }

    /// Whether no row of the grid is missing, as far as it is known which there are.
    fn grid_is_whole(&self) -> bool {
        let comune = self.comune.iter().copied();
        let grid = Attestation::drawn(comune, self.campaign.year, self.until);
        self.campaign.scope.is_none() || grid.is_none_or(|grid| grid.never_checked.is_empty())
    }

    /// The grid, once its day has come.
    fn grid(&self) -> Option<Attestation<'_>> {
        let come = self.campaign.state_on <= self.until;
        let checks = self.checks.iter().copied();
        come.then(|| Attestation::drawn(checks, self.campaign.year, self.until)).flatten()
    }

    /// Nothing, as long as the day of the grid has not come.
    fn too_early(&self) -> Told {
        Told { left_out: counted([left_out(Why::Later, how_many(self.checks.len()))]), ..Told::nothing() }
    }

    fn attestation(&self) -> Told {
        let Some(grid) = self.grid() else { return self.too_early() };
        let (counting, all) = (grid.counting().count(), grid.rows.len());
        let scored = grid.counting().filter(|row| row.score.is_some()).count();
        let never = if self.whole { grid.never_checked.len() } else { 0 };
        let left = grid.left_out.iter().copied().chain([
            left_out(Why::ToldForTheComune, how_many(all.saturating_sub(counting))),
            left_out(Why::NotApplicable, how_many(counting.saturating_sub(scored))),
            left_out(Why::NeverChecked, how_many(never)),
        ]);
        let told = Told::of(grid.score(), counting == 0, scored, left);
        Told { whole: self.grid_is_whole(), ..told }
    }

    fn follow_up(&self) -> Told {
        let Some(grid) = self.grid() else { return self.too_early() };
        let since = self.checks.iter().copied().filter(|check| check.checked_on > grid.state_on);
        let later = Standing::on(since, self.until);
        let short = |row: &&Row<'_>| row.score.is_some_and(|score| !score.is_full());
        let short: Vec<&Row<'_>> = grid.counting().filter(short).collect();
        let found = |row: &&&Row<'_>| later.by_item.get(&item(row.check)).copied();
        let gone = short.iter().filter(|row| found(row).is_some_and(|check| check.not_applicable.is_some()));
        let healed =
            short.iter().filter(|row| found(row).is_some_and(|check| check.heals(row.check, &self.campaign)));
        let (gone, healed) = (gone.count(), healed.count());
        let left = [
            left_out(Why::Later, later.later),
            left_out(Why::Replaced, later.replaced),
            left_out(Why::NotApplicableSince, how_many(gone)),
        ];
        let of = short.len().saturating_sub(gone);
        let none = !grid.counting().any(|row| row.score.is_some());
        let told = Told::of(Score { points: how_many(healed), most: how_many(of) }, none, of, left);
        Told { whole: self.grid_is_whole(), ..told }
    }
}

impl Told {
    fn nothing() -> Self {
        let outcome = Outcome::NotComputable(NotComputable::NoFacts);
        Self { outcome, counted: 0, left_out: Vec::new(), whole: true }
    }

    fn of(score: Score, none: bool, counted_in: usize, left: impl IntoIterator<Item = LeftOut>) -> Self {
        let ratio = Outcome::ratio(Decimal::from(score.points), Decimal::from(score.most));
        let outcome = if none { Outcome::NotComputable(NotComputable::NoFacts) } else { ratio };
        Self { outcome, counted: how_many(counted_in), left_out: counted(left), whole: true }
    }
}

/// How many of the obligations of a year's edition were checked by a day, for the comune or in any structure of it.
#[derive(Clone, Copy)]
struct Coverage {
    checked: usize,
    all: usize,
}

impl Coverage {
    fn of(checks: &[&Check], year: Year, until: NaiveDate) -> Self {
        let known: BTreeSet<&str> = checks
            .iter()
            .filter(|check| check.checked_on <= until)
            .map(|check| check.obligation.as_str())
            .collect();
        let codes = edition_of(year).into_iter().flat_map(in_edition).map(|(_, one)| one.code.as_str());
        let (checked, missing): (Vec<&str>, Vec<&str>) = codes.partition(|code| known.contains(code));
        Self { checked: checked.len(), all: checked.len().saturating_add(missing.len()) }
    }

    const fn missing(self) -> usize {
        self.all.saturating_sub(self.checked)
    }

    /// Whether they are half of them or more: a share of fewer says nothing of the comune.
    const fn is_enough(self) -> bool {
        self.checked.saturating_mul(2) >= self.all
    }
}
