//! A comparison of all comuni counts each of them once.

use super::*;

#[test]
fn all_comuni_are_compared_and_each_is_in_one_bin() {
    let mode = |at: usize| if at.is_multiple_of(3) { Mode::Anonymous } else { Mode::Named };
    let of = |at: usize| {
        let value = format!("{}.{}", at * 7919 % 100_003, at % 1000);
        let region = RegionCode::parse(&format!("{:02}", at % 20 + 1)).unwrap();
        Contribution { region, ..contribution(at, &value, mode(at)) }
    };
    let all: Vec<_> = (0..7900).map(of).collect();
    let members = everyone(&all);
    let pool = Pool::new(all);
    let selection = pool.select(&query(&members), Outside::default());
    let ranked = selection.ranked().unwrap();
    let told = ranked.statistics(Pooling::Mean).unwrap();
    let bins = ranked.bins();
    assert_eq!((told.n, bins.iter().map(|bin| bin.comuni).sum::<usize>()), (7900, 7900));
}
