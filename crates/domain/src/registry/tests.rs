use super::*;
use crate::vocabulary::Vocabulary as _;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> ComuneCode {
    ComuneCode::parse(text).unwrap()
}

fn entry(text: &str, residents: i32) -> Entry {
    Entry {
        code: code(text),
        name: Line::parse(&format!("Comune inventato {text}")).unwrap(),
        province: ProvinceCode::parse("MI").unwrap(),
        region: RegionCode::parse("03").unwrap(),
        istat: None,
        validity: Period::parse(day("2000-01-01"), None).unwrap(),
        successor: None,
        population: Some(Population { residents, counted_on: day("2023-12-31") }),
        area: Some(Figure::whole(10)),
        altitude: Some(AltitudeZone::Plain),
        invented: true,
    }
}

fn during(from: &str, to: Option<&str>, entry: Entry) -> Entry {
    Entry { validity: Period::parse(day(from), to.map(day)).unwrap(), ..entry }
}

fn merged(text: &str, to: &str, successor: &str) -> Entry {
    Entry { successor: Some(code(successor)), ..during("2000-01-01", Some(to), entry(text, 900)) }
}

#[test]
fn a_comune_that_merged_twice_is_found_where_it_is_now() {
    let founded = |text, from| during(from, None, entry(text, 3_000));
    let second = Entry {
        successor: Some(code("A003")),
        ..during("2015-01-01", Some("2019-12-31"), entry("A002", 1_500))
    };
    let registry = Registry::new(
        None,
        vec![founded("A003", "2020-01-01"), second, merged("A001", "2014-12-31", "A002")],
    );
    let current = |on| registry.current(code("A001"), day(on)).map(|entry| entry.code.to_string());
    assert_eq!(current("2014-12-31").as_deref(), Some("A001"));
    assert_eq!(current("2015-01-01").as_deref(), Some("A002"));
    assert_eq!(current("2024-01-01").as_deref(), Some("A003"));
    assert_eq!(current("1999-12-31"), None);
    assert_eq!(registry.on(day("2015-06-01")).count(), 1);
}

#[test]
fn successors_in_a_circle_lead_nowhere() {
    let registry =
        Registry::new(None, vec![merged("A001", "2014-12-31", "A002"), merged("A002", "2014-12-31", "A001")]);
    assert_eq!(registry.current(code("A001"), day("2020-01-01")), None);
}

#[test]
fn a_comune_that_changed_province_is_one_comune_with_two_entries() {
    let old = during("2000-01-01", Some("2024-06-30"), entry("A001", 900));
    let new = Entry {
        province: ProvinceCode::parse("MB").unwrap(),
        ..during("2024-07-01", None, entry("A001", 910))
    };
    assert!(contradictions(&[new.clone(), old.clone()]).is_empty());
    let registry = Registry::new(None, vec![new, old]);
    let province = |on| registry.find_on(code("A001"), day(on)).unwrap().province.as_str().to_owned();
    assert_eq!((province("2024-06-30"), province("2024-07-01")), ("MI".to_owned(), "MB".to_owned()));
    assert_eq!(registry.find(code("A001")).unwrap().province.as_str(), "MB");
}

#[test]
fn what_contradicts_itself_is_told_with_its_place() {
    let lost = merged("A001", "2014-12-31", "A009");
    let itself = merged("A002", "2014-12-31", "A002");
    let endless = Entry { successor: Some(code("A001")), ..entry("A003", 10) };
    let twice = entry("A003", 12);
    let platform = entry("Z000", 1);
    let places: Vec<usize> = contradictions(&[lost, itself, endless, twice, platform])
        .into_iter()
        .map(|(place, _)| place)
        .collect();
    assert_eq!(places, [0, 1, 2, 3, 4]);
}

#[test]
fn classes_begin_and_end_where_the_law_says() {
    let tuel =
        [0, 499, 500, 999, 1_000, 4_999, 5_000, 9_999, 10_000, 59_999, 60_000, 499_999, 500_000, i32::MAX];
    let classes_of = tuel.map(|residents| class_of(ClassScheme::Tuel156, residents));
    assert_eq!(classes_of, [1, 1, 2, 2, 3, 5, 6, 6, 7, 8, 9, 11, 12, 12]);
    let staffing = [-1, 999, 1_000, 9_999, 10_000, 59_999, 60_000, 1_499_999, 1_500_000];
    assert_eq!(
        staffing.map(|residents| class_of(ClassScheme::Dm2020, residents)),
        [1, 1, 2, 5, 6, 6, 7, 8, 9]
    );
}

#[test]
fn the_classes_of_a_scheme_leave_no_gap() {
    for scheme in ClassScheme::all() {
        let all: Vec<Class> = classes(*scheme).collect();
        assert_eq!(all[0].residents.at_least, 0);
        assert_eq!(all[all.len() - 1].residents.at_most, None);
        for pair in all.windows(2) {
            assert_eq!(pair[0].residents.at_most.unwrap() + 1, pair[1].residents.at_least);
            assert_eq!(pair[0].number + 1, pair[1].number);
        }
    }
}

#[test]
fn the_most_alike_come_first_and_the_unknown_last() {
    let unknown = Entry { population: None, area: None, altitude: None, ..entry("A005", 1) };
    let coast = Entry { altitude: Some(AltitudeZone::CoastalHill), ..entry("A003", 1_000) };
    let elsewhere = Entry { region: RegionCode::parse("09").unwrap(), ..entry("A004", 1_000) };
    let registry = Registry::new(
        None,
        vec![unknown, coast, elsewhere, entry("A002", 990), entry("A006", 1_000), entry("A001", 1_000)],
    );
    let alike = registry.most_like(code("A001"), 10, day("2024-01-01")).unwrap();
    let told: Vec<(String, u32)> = alike.iter().map(|like| (like.code.to_string(), like.distance)).collect();
    let expected = [("A006", 0), ("A002", 7), ("A004", 100), ("A003", 200), ("A005", 900)];
    assert_eq!(told, expected.map(|(code, distance)| (code.to_owned(), distance)));
    assert_eq!(alike[1].why[0], Trait { feature: Feature::Residents, distance: 10 });
    assert_eq!(registry.most_like(code("A001"), 2, day("2024-01-01")).unwrap().len(), 2);
    assert_eq!(registry.most_like(code("B001"), 2, day("2024-01-01")), None);
}

#[test]
fn every_region_has_a_name_of_its_own() {
    let names: BTreeSet<&str> =
        (1..=20).map(|number| region_name(&RegionCode::parse(&format!("{number:02}")).unwrap())).collect();
    assert_eq!(names.len(), 20);
}
