//! Scales of judgement, and what their points are worth on the one from 1 to 5.

use serde::{Deserialize, Serialize};

/// A scale of whole points, the worst first: 1 to 5, 1 to 10, 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerScale {
    /// The worst judgement.
    pub from: i16,
    /// The best.
    pub to: i16,
}

impl AnswerScale {
    /// The lowest a scale begins with, and the highest.
    pub const BEGINS: [i16; 2] = [0, 1];
    /// The most steps from the worst to the best: beyond ten nobody tells points apart.
    pub const MOST_STEPS: i16 = 10;
    /// A number every count of steps divides.
    const WHOLE: i64 = 2_520;

    /// How many steps there are from the worst to the best, when it is a scale.
    #[must_use]
    pub fn steps(self) -> Option<i16> {
        let steps = self.to.checked_sub(self.from)?;
        (Self::BEGINS.contains(&self.from) && (1..=Self::MOST_STEPS).contains(&steps)).then_some(steps)
    }

    /// Whether a point is on it.
    #[must_use]
    pub const fn holds(self, point: i16) -> bool {
        self.from <= point && point <= self.to
    }

    /// What a point is worth from 1 to 5, in parts of [`Self::parts`]: the worst is 1, the best 5, the others between them evenly.
    #[must_use]
    pub fn worth(self, point: i16) -> Option<i64> {
        let (steps, above) = self.place(point)?;
        let four = Self::WHOLE.checked_mul(4)?.checked_mul(above)?;
        four.checked_div(steps)?.checked_add(Self::WHOLE)
    }

    /// How many parts a point of the scale from 1 to 5 has: as many as make every worth whole.
    #[must_use]
    pub const fn parts() -> i64 {
        Self::WHOLE
    }

    /// Whether a point is worth 4 or more from 1 to 5.
    #[must_use]
    pub fn is_positive(self, point: i16) -> bool {
        let four = Self::WHOLE.saturating_mul(4);
        self.worth(point).is_some_and(|worth| worth >= four)
    }

    fn place(self, point: i16) -> Option<(i64, i64)> {
        let steps = self.steps().filter(|_| self.holds(point))?;
        Some((i64::from(steps), i64::from(point.checked_sub(self.from)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(from: i16, to: i16) -> AnswerScale {
        AnswerScale { from, to }
    }

    #[test]
    fn the_worst_is_worth_1_the_best_5_and_every_worth_is_whole() {
        for from in AnswerScale::BEGINS {
            for to in from + 1..=from + AnswerScale::MOST_STEPS {
                let scale = scale(from, to);
                assert_eq!(scale.worth(from), Some(AnswerScale::parts()));
                assert_eq!(scale.worth(to), Some(5 * AnswerScale::parts()));
                let steps = i64::from(to - from);
                assert_eq!(4 * AnswerScale::parts() % steps, 0, "{from}-{to}");
            }
        }
    }

    #[test]
    fn positive_begins_where_4_of_5_would_be() {
        // (point - worst) * 4 / steps >= 3: 1-10 from 7.75, 0-10 from 7.5, 1-4 from 3.25, 1-3 from 2.5, 1-7 from 5.5.
        for (from, to, first) in
            [(1, 5, 4), (1, 10, 8), (0, 10, 8), (1, 4, 4), (1, 3, 3), (1, 7, 6), (0, 1, 1), (0, 4, 3)]
        {
            let positive: Vec<i16> =
                (from..=to).filter(|point| scale(from, to).is_positive(*point)).collect();
            assert_eq!(positive, (first..=to).collect::<Vec<_>>(), "{from}-{to}");
        }
    }

    #[test]
    fn what_is_no_scale_is_worth_nothing() {
        for (from, to) in [(5, 1), (1, 1), (2, 5), (0, 11), (-1, 4), (i16::MIN, i16::MAX)] {
            assert_eq!((scale(from, to).steps(), scale(from, to).worth(from)), (None, None), "{from}-{to}");
        }
        assert_eq!(scale(1, 5).worth(6), None);
        assert!(!scale(1, 5).is_positive(6));
    }
}
