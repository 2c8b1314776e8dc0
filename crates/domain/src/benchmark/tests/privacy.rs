//! No sequence of questions tells the value of a comune that does not consent, nor anything of fewer than five, nor can two
//! questions, or any number of them put together, be subtracted from each other down to fewer than six anonymous ones.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::benchmark::correlation::{Correlation, Pair, correlation, pairs};
use crate::benchmark::place::Place;
use crate::benchmark::statistics::Statistics;
use crate::vocabulary::Vocabulary as _;

/// What a question is made from: the group it starts from, who is taken in or out of it, and what else is asked.
type Drawn = (Index, Vec<Index>, Audience, bool, Grade, Option<i32>);

/// A question: a group, made of another by taking a few in or out, and what else is asked.
#[derive(Debug, Clone)]
struct Asked {
    members: BTreeSet<ComuneCode>,
    audience: Audience,
    day: NaiveDate,
    least: Grade,
    definition: Option<i32>,
}

/// Everything an answer tells.
#[derive(Debug, PartialEq)]
struct Told {
    entered: usize,
    anonymous: usize,
    coverage: Option<Figure>,
    kept_back: Vec<KeptBack>,
    grades: Vec<usize>,
    statistics: Vec<Result<Statistics, Suppression>>,
    bins: Vec<Bin>,
    named: Vec<(ComuneCode, Figure)>,
    places: Vec<Option<Place>>,
    pairs: Vec<Pair>,
    correlation: Result<Correlation, Suppression>,
}

fn shown() -> impl Strategy<Value = Shown> {
    let mode = prop_oneof![3 => Just(Mode::Named), 5 => Just(Mode::Anonymous), 1 => Just(Mode::Withheld)];
    let from =
        prop_oneof![5 => Just(None), 1 => Just(Some(day("2026-05-01"))), 1 => Just(Some(day("2026-06-01")))];
    (mode, from).prop_map(|(mode, from)| Shown { mode, from })
}

fn grade() -> impl Strategy<Value = Grade> {
    prop_oneof![6 => Just(Grade::A), 1 => Just(Grade::B), 1 => Just(Grade::D)]
}

/// A comune's value; how it is shown is drawn for each audience, also in ways no ledger would give.
fn value() -> impl Strategy<Value = Contribution> {
    let exposure = prop_oneof![
        4 => Just(to_all(Mode::Anonymous)),
        2 => Just(to_all(Mode::Named)),
        1 => Just(to_all(Mode::Withheld)),
        3 => (shown(), shown(), shown()).prop_map(|(group, region, public)| Exposure { group, region, public }),
    ];
    let definition = prop_oneof![8 => Just(1), 1 => Just(2)];
    (1..4_i32, 0..40_i32, -50..1000_i32, grade(), definition, exposure).prop_map(
        |(region, hundreds, value, grade, definition, exposure)| Contribution {
            region: RegionCode::parse(&format!("0{region}")).unwrap(),
            residents: hundreds.checked_mul(100).filter(|residents| *residents > 300),
            value: Figure::whole(value),
            grade,
            definition,
            exposure,
            ..contribution(0, "0", Mode::Named)
        },
    )
}

fn universe() -> impl Strategy<Value = Vec<Contribution>> {
    prop::collection::vec(value(), 5..70).prop_map(|mut all| {
        all.iter_mut().enumerate().for_each(|(at, one)| one.comune = code(at));
        all
    })
}

/// Questions that follow each other as those of somebody who pries: each group is one before it with a few taken in or out.
fn questions() -> impl Strategy<Value = Vec<Drawn>> {
    let audience = prop_oneof![Just(Audience::Group), Just(Audience::Region), Just(Audience::Public)];
    let definition = prop_oneof![5 => Just(None), 1 => Just(Some(1)), 1 => Just(Some(2))];
    let turned = prop::collection::vec(any::<Index>(), 0..4);
    prop::collection::vec((any::<Index>(), turned, audience, any::<bool>(), grade(), definition), 1..14)
}

fn asked(all: &[Contribution], questions: &[Drawn]) -> Vec<Asked> {
    let everybody = everyone(all);
    let of_region = |region: &str| {
        let code = RegionCode::parse(region).unwrap();
        all.iter().filter(|one| one.region == code).map(|one| one.comune).collect()
    };
    let mut groups = vec![everybody, of_region("01"), of_region("02")];
    let mut asked = Vec::new();
    for (from, turned, audience, later, least, definition) in questions {
        let mut members: BTreeSet<_> = from.get(&groups).clone();
        for one in turned {
            let comune = one.get(all).comune;
            if !members.remove(&comune) {
                members.insert(comune);
            }
        }
        groups.push(members.clone());
        let day = if *later { day("2026-05-15") } else { day("2026-04-15") };
        asked.push(Asked { members, audience: *audience, day, least: *least, definition: *definition });
    }
    asked
}

fn query(asked: &Asked) -> Query<'_> {
    let Asked { members, audience, day, least, definition } = asked;
    Query { members, audience: *audience, day: *day, least: *least, definition: *definition }
}

fn told(pool: &Pool, other: &Pool, asked: &Asked) -> Told {
    let selection = pool.select(&query(asked), Outside::default());
    let second = other.select(&query(asked), Outside::default());
    let ranked = selection.ranked();
    let poolings = [Pooling::Same, Pooling::Summed];
    let place = |one: &&Contribution| ranked.as_ref().ok()?.place(one.value, true, Direction::Higher);
    let pairs = pairs(&selection, &second);
    Told {
        entered: selection.entered(),
        anonymous: selection.anonymous(),
        coverage: selection.coverage(),
        kept_back: selection.kept_back().to_vec(),
        grades: Grade::all().iter().map(|grade| selection.of_grade(*grade)).collect(),
        statistics: poolings.map(|pooling| selection.statistics(pooling)).to_vec(),
        bins: ranked.as_ref().map(Ranked::bins).unwrap_or_default(),
        named: selection.named().iter().map(|one| (one.comune, one.value)).collect(),
        places: selection.named().iter().map(place).collect(),
        correlation: correlation(&pairs),
        pairs,
    }
}

/// Whether the ledger lets an answer depend on the comune's value at all.
fn consents(one: &Contribution, asked: &Asked) -> bool {
    let narrower = match asked.audience {
        Audience::Group => vec![one.exposure.group],
        Audience::Region => vec![one.exposure.group, one.exposure.region],
        Audience::Public => vec![one.exposure.group, one.exposure.region, one.exposure.public],
    };
    narrower
        .iter()
        .all(|shown| shown.mode != Mode::Withheld && shown.from.is_none_or(|from| from <= asked.day))
}

/// Whether it lets the comune be told by its name.
fn is_named(one: &Contribution, asked: &Asked) -> bool {
    let narrowest = one.exposure.group.mode == Mode::Named;
    let region = asked.audience == Audience::Group || one.exposure.region.mode == Mode::Named;
    let public = asked.audience != Audience::Public || one.exposure.public.mode == Mode::Named;
    consents(one, asked) && narrowest && region && public
}

fn with_value(all: &[Contribution], at: usize, value: i32) -> Vec<Contribution> {
    let mut changed = all.to_vec();
    changed[at].value = Figure::whole(value);
    changed
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn no_answer_depends_on_the_value_of_who_does_not_consent(
        all in universe(), other in universe(), questions in questions(), at in any::<Index>(), value in -100_000..100_000_i32,
    ) {
        let asked = asked(&all, &questions);
        let at = at.index(all.len());
        let (pool, second) = (Pool::new(all.clone()), Pool::new(other));
        let changed = Pool::new(with_value(&all, at, value));
        for asked in asked.iter().filter(|asked| !consents(&all[at], asked)) {
            prop_assert_eq!(told(&pool, &second, asked), told(&changed, &second, asked));
            prop_assert_eq!(told(&second, &pool, asked), told(&second, &changed, asked));
        }
    }

    #[test]
    fn who_is_not_named_is_told_by_no_name_and_the_extremes_are_of_who_is(all in universe(), questions in questions()) {
        let pool = Pool::new(all.clone());
        for asked in asked(&all, &questions) {
            let told = told(&pool, &pool, &asked);
            let by_name: BTreeMap<_, _> = told.named.iter().copied().collect();
            for one in &all {
                prop_assert!(is_named(one, &asked) || !by_name.contains_key(&one.comune));
                prop_assert!(is_named(one, &asked) || told.pairs.iter().all(|pair| pair.comune != one.comune));
            }
            if let [Ok(statistics), _] = &told.statistics[..] {
                for extreme in [statistics.min, statistics.max].into_iter().flatten() {
                    prop_assert!(by_name.values().any(|value| *value == extreme));
                }
            }
        }
    }

    #[test]
    fn nothing_is_told_of_fewer_than_five_and_bins_have_five_each(all in universe(), questions in questions()) {
        let pool = Pool::new(all.clone());
        for asked in asked(&all, &questions) {
            let told = told(&pool, &pool, &asked);
            let contributors = pool.select(&query(&asked), Outside::default()).contributing().count();
            prop_assert_eq!(told.entered, contributors);
            for statistics in &told.statistics {
                prop_assert_eq!(statistics.is_ok(), contributors >= FEWEST);
                prop_assert!(statistics.as_ref().map_or(true, |told| told.n >= FEWEST && told.n == contributors));
            }
            prop_assert!(told.bins.iter().all(|bin| bin.comuni >= FEWEST));
            let binned: usize = told.bins.iter().map(|bin| bin.comuni).sum();
            prop_assert_eq!(binned, if contributors >= FEWEST { contributors } else { 0 });
            prop_assert!(told.correlation.map_or(true, |told| told.n >= FEWEST));
        }
    }

    /// The atoms of the algebra that the anonymous contributors of all answers make: whatever unions, intersections and
    /// differences of answers are taken, what is left is a union of atoms, so that none may be small.
    #[test]
    fn no_answers_put_together_leave_fewer_than_six_anonymous_ones(all in universe(), questions in questions()) {
        let pool = Pool::new(all.clone());
        let answers: Vec<BTreeSet<ComuneCode>> = asked(&all, &questions)
            .iter()
            .map(|asked| pool.select(&query(asked), Outside::default()).anonymous_codes())
            .collect();
        let mut atoms: BTreeMap<Vec<bool>, BTreeSet<ComuneCode>> = BTreeMap::new();
        for one in &all {
            let within: Vec<bool> = answers.iter().map(|answer| answer.contains(&one.comune)).collect();
            if within.contains(&true) {
                atoms.entry(within).or_default().insert(one.comune);
            }
        }
        prop_assert!(atoms.values().all(|comuni| comuni.len() >= FEWEST_ANONYMOUS), "{:?}", atoms.values());
        for one in &answers {
            for other in &answers {
                let apart = one.symmetric_difference(other).count();
                prop_assert!(apart == 0 || apart >= FEWEST_ANONYMOUS);
            }
        }
    }

    /// How blocks are cut follows nothing that is measured or asked.
    #[test]
    fn who_is_anonymous_together_does_not_follow_values(all in universe(), at in any::<Index>(), value in any::<i32>()) {
        let at = at.index(all.len());
        let blocks = crate::benchmark::blocks::cut(&all);
        prop_assert_eq!(&crate::benchmark::blocks::cut(&with_value(&all, at, value)), &blocks);
        prop_assert!(blocks.iter().all(|block| (FEWEST_ANONYMOUS..2 * FEWEST_ANONYMOUS).contains(&block.len())));
    }
}
