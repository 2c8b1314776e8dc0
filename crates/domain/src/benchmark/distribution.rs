//! How values are spread: bins of equal width between round figures, put together until each has enough comuni.

use super::micros::{self, Micros};
use super::{FEWEST, Ranked};
use crate::figure::Figure;

/// A bin: the values from one figure, included, up to another, excluded but in the last bin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bin {
    /// From.
    pub from: Figure,
    /// To.
    pub to: Figure,
    /// How many comuni.
    pub comuni: usize,
}

/// A round million of bins is never asked for: at most so many are counted before some are put together.
const MOST: i128 = 24;

impl Ranked {
    /// The values in bins, each of at least [`FEWEST`].
    #[must_use]
    pub fn bins(&self) -> Vec<Bin> {
        let (Some(least), Some(greatest)) = (self.values().first(), self.values().last()) else {
            return Vec::new();
        };
        let wanted = i128::from(self.values().len().checked_ilog2().unwrap_or(0)).saturating_add(1);
        let width = round_up(greatest.saturating_sub(*least).checked_div(wanted).unwrap_or(0).max(1));
        let start = least.div_euclid(width).saturating_mul(width);
        let mut edges = vec![start];
        let mut edge = start;
        while edge <= *greatest && micros::count(edges.len()) <= MOST {
            edge = edge.saturating_add(width);
            edges.push(edge);
        }
        self.merged(&edges)
    }

    /// The bins between these edges, put together from the left until each has enough; what is left joins the last.
    fn merged(&self, edges: &[Micros]) -> Vec<Bin> {
        let mut bins: Vec<(Micros, Micros, usize)> = Vec::new();
        let mut from = edges.first().copied().unwrap_or(0);
        let mut counted = 0_usize;
        for to in edges.iter().skip(1) {
            let below = self.values().partition_point(|value| value < to);
            let comuni = below.saturating_sub(counted);
            if comuni >= FEWEST {
                bins.push((from, *to, comuni));
                (from, counted) = (*to, below);
            }
        }
        let left = self.values().len().saturating_sub(counted);
        if let (Some((_, to, comuni)), Some(last)) = (bins.last_mut(), edges.last())
            && left > 0
        {
            *to = *last;
            *comuni = comuni.saturating_add(left);
        }
        bins.into_iter()
            .filter_map(|(from, to, comuni)| {
                Some(Bin { from: micros::figure(from)?, to: micros::figure(to)?, comuni })
            })
            .collect()
    }
}

/// The next of 1, 2, 5, 10, 20, 50 ... millionths that is not less.
fn round_up(width: Micros) -> Micros {
    let mut power: Micros = 1;
    loop {
        for times in [1, 2, 5] {
            let round = power.saturating_mul(times);
            if round >= width {
                return round;
            }
        }
        power = power.saturating_mul(10);
    }
}
