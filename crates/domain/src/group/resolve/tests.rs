use super::*;
use crate::comune::{Population, ProvinceCode, RegionCode};
use crate::fault::FaultKind;
use crate::period::Period;
use crate::text::Line;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn code(text: &str) -> ComuneCode {
    ComuneCode::parse(text).unwrap()
}

fn entry(text: &str, (province, region): (&str, &str), residents: i32) -> Entry {
    Entry {
        code: code(text),
        name: Line::parse(&format!("Comune inventato {text}")).unwrap(),
        province: ProvinceCode::parse(province).unwrap(),
        region: RegionCode::parse(region).unwrap(),
        istat: None,
        validity: Period::parse(day("2000-01-01"), None).unwrap(),
        successor: None,
        population: Some(Population { residents, counted_on: day("2023-12-31") }),
        area: None,
        altitude: None,
        invented: true,
    }
}

fn registry() -> Registry {
    let ended = Entry {
        validity: Period::parse(day("2000-01-01"), Some(day("2020-12-31"))).unwrap(),
        successor: Some(code("A002")),
        ..entry("A009", ("MI", "03"), 400)
    };
    Registry::new(
        None,
        vec![
            entry("A001", ("MI", "03"), 4_999),
            entry("A002", ("MI", "03"), 5_000),
            entry("A003", ("BS", "03"), 9_999),
            entry("A004", ("FI", "09"), 6_000),
            ended,
        ],
    )
}

fn version(number: i32, from: &str, members: &[&str]) -> Membership {
    let members = members.iter().map(|text| code(text)).collect();
    Membership { number, valid_from: day(from), members, recorded_at: chrono::DateTime::UNIX_EPOCH }
}

fn members(reference: &str, custom: &[Membership], on: &str) -> Result<String, Unresolved> {
    let reference = GroupRef::parse(reference).unwrap();
    let group = resolve(&reference, &registry(), custom, day(on))?;
    Ok(group.members.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

#[test]
fn the_registry_makes_groups() {
    let now = |reference| members(reference, &[], "2024-01-01").unwrap();
    assert_eq!(now("all"), "A001 A002 A003 A004");
    assert_eq!(now("region:03"), "A001 A002 A003");
    assert_eq!(now("province:MI"), "A001 A002");
    assert_eq!(now("class:tuel_156:5"), "A001");
    assert_eq!(now("class:tuel_156:6"), "A002 A003 A004");
    assert_eq!(now("class:dm_2020:5:region:03"), "A002 A003");
    assert_eq!(now("near:A002:1"), "A001 A002");
    assert_eq!(members("province:MI", &[], "2020-12-31").unwrap(), "A001 A002 A009");
}

#[test]
fn there_is_no_group_of_nobody() {
    let now = |reference| members(reference, &[], "2024-01-01").unwrap_err();
    assert_eq!(now("region:20"), Unresolved::Nobody);
    assert_eq!(now("class:tuel_156:12"), Unresolved::Nobody);
    assert_eq!(now("near:A009:5"), Unresolved::NoComune);
    assert_eq!(now("custom:valle"), Unresolved::NoVersion);
    assert_eq!(Violation::from(Unresolved::Nobody), Violation::NotFound);
}

#[test]
fn a_named_group_is_who_belonged_on_the_day() {
    let versions = [version(1, "2020-01-01", &["A001", "A009"]), version(2, "2022-01-01", &["A003"])];
    let on = |day| members("custom:valle", &versions, day);
    assert_eq!(on("2019-12-31"), Err(Unresolved::NoVersion));
    assert_eq!(on("2020-12-31").unwrap(), "A001 A009");
    assert_eq!(on("2021-01-01").unwrap(), "A001 A002", "what ended counts as what it went on in");
    assert_eq!(on("2022-01-01").unwrap(), "A003");
}

#[test]
fn of_two_versions_from_one_day_the_later_counts() {
    let versions = [version(2, "2022-01-01", &["A003"]), version(1, "2022-01-01", &["A001"])];
    assert_eq!(members("custom:valle", &versions, "2024-01-01").unwrap(), "A003");
}

#[test]
fn a_group_says_what_it_is_made_of() {
    let group = |reference: &str, custom: &[Membership]| {
        let reference = GroupRef::parse(reference).unwrap();
        let group = resolve(&reference, &registry(), custom, day("2024-01-01")).unwrap();
        (group.version, group.title)
    };
    let told = |version: &str, title: &str| (version.to_owned(), title.to_owned());
    assert_eq!(group("region:03", &[]), told("registry-0", "Comuni della regione Lombardia"));
    let title = "Da 5.000 a 9.999 abitanti (art. 156 TUEL), Toscana";
    assert_eq!(group("class:tuel_156:6:region:09", &[]), told("registry-0", title));
    assert_eq!(
        group("near:A001:2", &[]),
        told("registry-0", "Comune inventato A001 e i 2 comuni più simili")
    );
    assert_eq!(
        group("custom:valle", &[version(4, "2020-01-01", &["A001"])]),
        told("custom-4", "Gruppo valle")
    );
}

#[test]
fn the_next_version_goes_forward_and_knows_its_members() {
    let before = [version(1, "2022-01-01", &["A001"])];
    let next = |from, members: &[&str]| {
        let members = members.iter().map(|text| code(text)).collect();
        let known = registry().entries().iter().map(|entry| entry.code).collect();
        membership::next(&before, day(from), members, &known, chrono::DateTime::UNIX_EPOCH)
    };
    assert_eq!(next("2022-01-01", &["A003", "A009"]).unwrap().number, 2);
    let faults = next("2021-12-31", &["B001"]).unwrap_err();
    let told: Vec<(&str, FaultKind)> =
        faults.iter().map(|fault| (fault.pointer.as_str(), fault.kind)).collect();
    assert_eq!(told, [("/valid_from", FaultKind::Inconsistent), ("/members", FaultKind::UnknownReference)]);
    assert!(next("2023-01-01", &[]).is_err());
}
