//! Numbers that look drawn and are the same at every start.

use chrono::{Days, NaiveDate};

/// A number that looks drawn, and is the same whenever it is asked for.
pub(super) const fn drawn(from: u64) -> u64 {
    let mixed = from.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A number below another, by what is drawn; 0 where there is none.
pub(super) const fn below(number: u64, from: u64) -> u64 {
    match drawn(from).checked_rem(number) {
        Some(rest) => rest,
        None => 0,
    }
}

/// One throw after the other.
pub(super) struct Dice(u64);

impl Dice {
    /// Dice of a comune, for one kind of thing.
    pub(super) const fn of(comune: u64, kind: u64) -> Self {
        Self(drawn(comune.wrapping_mul(97).wrapping_add(kind)))
    }

    /// A number below another.
    pub(super) const fn below(&mut self, number: u64) -> u64 {
        self.0 = drawn(self.0);
        below(number, self.0)
    }

    /// Whether something happens that does so many times in a hundred.
    pub(super) const fn happens(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// A day after another, fewer than so many later.
    pub(super) fn within(&mut self, day: NaiveDate, days: u64) -> NaiveDate {
        after(day, self.below(days))
    }
}

/// So many days after a day.
pub(super) fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn throws_are_the_same_at_every_start_and_differ() {
        let throws = || {
            let mut dice = Dice::of(3, 1);
            (0..50).map(|_| dice.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(throws(), throws());
        assert!(throws().windows(2).any(|pair| pair[0] != pair[1]));
        assert!(throws().iter().all(|throw| *throw < 1_000));
    }
}
