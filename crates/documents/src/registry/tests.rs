use super::*;

const HEADER: &str = "code;name;province;region;istat;valid_from;valid_to;successor;residents;residents_on;area_km2;altitude_zone;invented";

fn file(lines: &[&str]) -> Vec<u8> {
    [&[HEADER], lines].concat().join("\n").into_bytes()
}

fn faults(bytes: &[u8]) -> Vec<(u32, Option<&'static str>)> {
    match read(bytes) {
        Err(RegistryRefusal::Faulty(faults)) => {
            faults.into_iter().map(|fault| (fault.line, fault.column)).collect()
        }
        other => panic!("{other:?}"),
    }
}

const WHOLE: &str = "A001;Comune inventato 1;MI;03;015001;2000-01-01;;;4999;2023-12-31;12,5;plain;true";

#[test]
fn a_line_is_read_whole() {
    let entries = read(&file(&[WHOLE])).unwrap();
    let entry = &entries[0];
    assert_eq!(entry.code.to_string(), "A001");
    assert_eq!(entry.area, Figure::parse("12.5").ok());
    assert_eq!(entry.altitude, Some(AltitudeZone::Plain));
    assert_eq!(entry.population.unwrap().residents, 4_999);
    assert!(entry.invented && entry.validity.to().is_none() && entry.successor.is_none());
}

#[test]
fn commas_another_order_missing_columns_and_the_letters_of_windows_are_read() {
    let bytes =
        b"valid_from,region,province,name,code\r\n2000-01-01,02,AO,Citt\xe0 inventata,A002\r\n".to_vec();
    let entries = read(&bytes).unwrap();
    assert_eq!(entries[0].name.as_str(), "Città inventata");
    assert_eq!((entries[0].population, entries[0].invented), (None, false));
    let marked = [b"\xef\xbb\xbf", HEADER.as_bytes(), b"\n", WHOLE.as_bytes()].concat();
    assert_eq!(read(&marked).unwrap().len(), 1);
}

#[test]
fn every_fault_is_told_with_its_line() {
    let wrong = [
        WHOLE,
        "a002;;MIL;21;15001;2000-13-01;;;many;2023-12-31;-1;hill;yes",
        "A003;Comune inventato 3;MI;03;;2001-01-01;2000-12-31;;10;;;;",
        "A004;Comune inventato 4;MI;03;;2001-01-01;;;;;;;;;surplus",
    ];
    let found = faults(&file(&wrong));
    let second: Vec<&str> =
        found.iter().filter(|(line, _)| *line == 3).filter_map(|(_, column)| *column).collect();
    assert_eq!(
        second,
        [
            "code",
            "name",
            "province",
            "region",
            "valid_from",
            "istat",
            "residents",
            "area_km2",
            "altitude_zone",
            "invented"
        ]
    );
    assert_eq!(found.iter().filter(|(line, _)| *line == 4).count(), 2);
    assert!(found.contains(&(5, None)));
    assert!(found.iter().all(|(line, _)| *line > 2));
}

#[test]
fn what_contradicts_itself_is_told_with_its_line() {
    let lines = [
        "A001;Comune inventato 1;MI;03;;2000-01-01;2019-12-31;A009;;;;;true",
        "",
        "A002;Comune inventato 2;MI;03;;2000-01-01;;;;;;;true",
        "A002;Comune inventato 2;MB;03;;2010-01-01;;;;;;;true",
    ];
    assert_eq!(faults(&file(&lines)), [(2, None), (5, None)]);
}

#[test]
fn what_is_no_registry_is_refused() {
    assert_eq!(
        faults(b"code;name\nA001;x\n"),
        [(1, Some("province")), (1, Some("region")), (1, Some("valid_from"))]
    );
    assert_eq!(faults(&file(&[])), [(1, None)]);
    let mut twice = file(&[WHOLE]);
    twice.splice(0..0, *b"code;");
    assert_eq!(faults(&twice), [(1, Some("code"))]);
    assert!(matches!(read(b""), Err(RegistryRefusal::Unreadable(_))));
    assert!(matches!(read(b"%PDF-1.7 and so on"), Err(RegistryRefusal::Unreadable(_))));
}

#[test]
fn no_more_lines_than_a_registry_has_are_read() {
    let line = |number: usize| {
        let letter = char::from(b'A' + u8::try_from(number / 1_000).unwrap());
        format!("{letter}{:03};C;MI;03;;2000-01-01;;;;;;;", number % 1_000)
    };
    let mut lines: Vec<String> = (0..20_000).map(line).collect();
    let whole = lines.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(read(&file(&whole)).unwrap().len(), 20_000);
    lines.push(line(20_000));
    let beyond = lines.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(faults(&file(&beyond)), [(20_002, None)]);
}
