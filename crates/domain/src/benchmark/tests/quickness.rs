//! A comparison of all comuni is a matter of a few thousandths of a second.

use std::time::{Duration, Instant};

use super::*;

/// Generous for a build without optimisation on a busy machine; a release build takes a fiftieth of it.
const BOUND: Duration = Duration::from_millis(500);

#[test]
fn all_comuni_are_compared_quickly() {
    let mode = |at: usize| if at.is_multiple_of(3) { Mode::Anonymous } else { Mode::Named };
    let of = |at: usize| {
        let value = format!("{}.{}", at * 7919 % 100_003, at % 1000);
        let region = RegionCode::parse(&format!("{:02}", at % 20 + 1)).unwrap();
        Contribution { region, ..contribution(at, &value, mode(at)) }
    };
    let all: Vec<_> = (0..7900).map(of).collect();
    let members = everyone(&all);
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let all = all.clone();
        let start = Instant::now();
        let pool = Pool::new(all);
        let selection = pool.select(&query(&members), Outside::default());
        let ranked = selection.ranked().unwrap();
        let told = ranked.statistics(Pooling::Mean).unwrap();
        let bins = ranked.bins();
        best = best.min(start.elapsed());
        assert_eq!((told.n, bins.iter().map(|bin| bin.comuni).sum::<usize>()), (7900, 7900));
    }
    println!("7,900 comuni selected, ordered and summarised in {best:?}");
    assert!(best < BOUND, "{best:?}");
}
