use proptest::prelude::*;
use traguardo_domain::invoice::{Cents, Dispute, Exclusion, InvoiceKind};
use uuid::Uuid;

use super::cells::{Signed, amount, day as a_day};
use super::*;

const HEADER: &str = "Codice fiscale fornitore;Numero fattura;Tipo documento;Data emissione;Data ricezione;Data scadenza;\
    Importo totale;IVA split payment;Struttura;Data inizio sospensione;Data fine sospensione;Numero mandato;Data pagamento;Importo pagato;Note";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn unit_of(code: &str, on: NaiveDate) -> Option<UnitId> {
    (code == "AREA-2" && on >= day("2020-01-01")).then_some(UnitId(Uuid::from_u128(2)))
}

fn read_with(lines: &[&str], renamed: &BTreeMap<String, Line<100>>) -> Result<Extract, ExtractRefusal> {
    read(lines.join("\r\n").as_bytes(), &Mapping { renamed, unit: &unit_of })
}

fn extract(lines: &[&str]) -> Extract {
    read_with(&[&[HEADER], lines].concat(), &BTreeMap::new()).unwrap()
}

fn faults(extract: &Extract) -> Vec<(u32, Option<&'static str>, FaultKind)> {
    extract.faults.iter().map(|fault| (fault.line, fault.column, fault.refused.kind)).collect()
}

#[test]
fn a_line_is_a_bill_and_what_was_paid_of_it() {
    let extract = extract(&[
        "IT01234567890;F4;TD01;05/01/2025;05/02/2025;;3.050,00;550,00;AREA-2;10/03/2025;30/03/2025;118;25/03/2025;2.500,00;x",
    ]);
    assert!(extract.faults.is_empty(), "{:?}", extract.faults);
    let bill = &extract.bills[0];
    assert_eq!(bill.facts.reference.supplier.as_str(), "01234567890");
    assert_eq!((bill.facts.total, bill.facts.split_vat), (Cents::new(305_000), Cents::new(55_000)));
    assert_eq!((bill.facts.received, bill.facts.due), (day("2025-02-05"), day("2025-03-07")));
    assert_eq!(bill.facts.disputes, [Dispute { from: day("2025-03-10"), until: Some(day("2025-03-30")) }]);
    assert_eq!(bill.facts.unit, Some(UnitId(Uuid::from_u128(2))));
    assert_eq!(bill.payments.len(), 1);
    assert_eq!((bill.payments[0].day, bill.payments[0].amount), (day("2025-03-25"), Cents::new(250_000)));
    assert_eq!(extract.ignored, ["Note"]);
    assert!(extract.columns.contains(&("paid", "Importo pagato".to_owned())));
}

#[test]
fn a_bill_paid_in_parts_stands_in_several_lines() {
    let one = "01234567890;1;;2025-01-08;2025-01-10;;100,00;0;;;;7;2025-02-01;40,00;";
    let other = "01234567890;1;;2025-01-08;2025-01-10;;100,00;0;;2025-01-12;;8;2025-02-03;60,00;";
    let extract = extract(&[one, other, one]);
    assert_eq!((extract.bills.len(), extract.lines, extract.refused), (1, 3, 0));
    assert_eq!(extract.bills[0].payments.len(), 2);
    assert_eq!(extract.bills[0].facts.disputes, [Dispute { from: day("2025-01-12"), until: None }]);
}

#[test]
fn what_two_lines_say_differently_of_one_bill_is_told() {
    let extract = extract(&[
        "01234567890;1;;2025-01-08;2025-01-10;;100,00;0;;;;7;2025-02-01;40,00;",
        "01234567890;1;;2025-01-08;2025-01-10;;101,00;0;;;;8;2025-02-01;40,00;",
        "01234567890;1;;2025-01-08;2025-01-10;;100,00;0;;;;7;2025-02-02;40,00;",
    ]);
    let inconsistent = FaultKind::Inconsistent;
    assert_eq!(faults(&extract), [(3, None, inconsistent), (4, None, inconsistent)]);
    assert_eq!((extract.bills.len(), extract.refused), (1, 2));
}

#[test]
fn good_lines_are_taken_and_each_bad_one_is_told_with_its_number() {
    let extract = extract(&[
        "01234567890;1;;08/01/2025;10/01/2025;;100;0;;;;;;0,00;",
        ";;boh;31/02/2025;;x;-5;1.234;AREA-9;;01/01/2025;;01/02/2025;3;",
        "",
        "01234567890;2;fattura;08/01/2025;10/01/2025;;-5;0;;;;;;;",
        "01234567890;3;fattura;08/01/2025;07/01/2025;;5;6;;;;;;;;;;;;;",
    ]);
    assert_eq!((extract.bills.len(), extract.lines, extract.refused), (1, 4, 3));
    assert!(extract.bills[0].payments.is_empty());
    let columns = |line| faults(&extract).into_iter().filter(move |fault| fault.0 == line);
    let of_third: Vec<_> = columns(3).filter_map(|(_, column, _)| column).collect();
    assert_eq!(
        of_third,
        ["supplier", "number", "issued", "kind", "received", "total", "split_vat", "due", "contested_from"]
    );
    assert_eq!(columns(5).map(|fault| fault.1).collect::<Vec<_>>(), [Some("total")]);
    assert_eq!(
        columns(6).map(|fault| fault.1).collect::<Vec<_>>(),
        [None, Some("received"), Some("split_vat")]
    );
}

#[test]
fn a_credit_note_may_have_a_minus_and_names_its_bill() {
    let header =
        "supplier,number,issued,received,total,split_vat,kind,credited_number,credited_issued,excluded";
    let lines = [
        header,
        "01234567890,NC1,2025-01-20,2025-01-21,\"-1,220.00\",-220.0,TD04,12,2025-01-08,non commerciale",
        "01234567890,NC2,2025-01-20,2025-01-21,10,0,Nota di credito,12,,",
    ];
    let extract = read_with(&lines, &BTreeMap::new()).unwrap();
    let note = &extract.bills[0].facts;
    assert_eq!((note.kind, note.total), (InvoiceKind::CreditNote, Cents::new(122_000)));
    assert_eq!(note.credits.as_ref().unwrap().number.as_str(), "12");
    assert_eq!(note.excluded, Some(Exclusion::NonCommercial));
    assert_eq!(faults(&extract), [(3, Some("credited_number"), FaultKind::Inconsistent)]);
}

#[test]
fn a_comune_calls_columns_as_its_extract_does() {
    let lines = [
        "Fornitore;N.;Del;Arrivo;Lordo;IVA split payment;Numero fattura",
        "01234567890;1;2025-01-08;2025-01-10;5;0;x",
    ];
    let name = |text: &str| Line::parse(text).unwrap();
    let mut renamed: BTreeMap<String, Line<100>> =
        [("supplier", "fornitore"), ("number", "N"), ("issued", "del"), ("received", "Arrivo")]
            .map(|(column, heading)| (column.to_owned(), name(heading)))
            .into();
    let missing = |renamed: &_| match read_with(&lines, renamed) {
        Err(ExtractRefusal::Headings(faults)) => faults.into_iter().map(|fault| fault.column).collect(),
        other => panic!("{other:?}"),
    };
    let none: Vec<Option<&str>> = missing(&renamed);
    assert_eq!(none, [Some("total")]);
    renamed.insert("total".to_owned(), name("LORDO"));
    let extract = read_with(&lines, &renamed).unwrap();
    assert_eq!(extract.bills[0].facts.reference.number.as_str(), "1");
    assert_eq!(extract.ignored, ["Numero fattura"]);
    renamed.insert("colour".to_owned(), name("x"));
    assert_eq!(missing(&renamed), [None]);
}

#[test]
fn what_is_no_file_of_bills_is_refused() {
    let unreadable = |bytes: &[u8]| read(bytes, &Mapping { renamed: &BTreeMap::new(), unit: &unit_of });
    assert!(matches!(unreadable(b""), Err(ExtractRefusal::Unreadable(_))));
    assert!(matches!(unreadable(b"%PDF-1.7 and so on"), Err(ExtractRefusal::Unreadable(_))));
    assert!(matches!(unreadable(b"a;b\n1;2\n"), Err(ExtractRefusal::Headings(faults)) if faults.len() == 6));
    let twice = format!("{HEADER};Data emissione");
    assert!(
        matches!(unreadable(twice.as_bytes()), Err(ExtractRefusal::Headings(faults)) if faults.len() == 1)
    );
}

#[test]
fn no_more_faults_are_told_than_anybody_reads() {
    let many = vec![";;;;;;;;;;;;;;"; 0];
    assert!(extract(&many).bills.is_empty());
    let wrong = vec!["x;1;;2025-01-08;2025-01-10;;nothing;0;;;;;;;"; MOST_TOLD + 5];
    let extract = extract(&wrong);
    assert_eq!((usize::try_from(extract.refused).unwrap(), extract.faults.len()), (MOST_TOLD + 5, MOST_TOLD));
}

#[test]
fn days_are_read_as_italians_or_programs_write_them() {
    for words in [
        "10/01/2025",
        "10.1.2025",
        "10-01-2025",
        "2025-01-10",
        "10/01/2025 13:45:00",
        "2025-01-10T00:00:00.000",
    ] {
        assert_eq!(a_day(words), Ok(day("2025-01-10")), "{words}");
    }
    for words in
        ["10/01/25", "2025/1/10", "31/02/2025", "2025-01-10T00:00:00Z", "oggi", "1/1", "10/01/9999", ""]
    {
        assert!(a_day(words).is_err(), "{words}");
    }
}

#[test]
fn amounts_are_never_read_as_another_amount() {
    let cents = |words: &str| amount(words).map(|read| read.amount.number()).ok();
    for words in ["1234,56", "1.234,56", "1234.56", "1,234.56", "€ 1.234,56", "1 234,56 EUR", "-1234,56"] {
        assert_eq!(cents(words), Some(123_456), "{words}");
    }
    assert_eq!(
        (cents("1.234.567"), cents("1.234.567,8"), cents("12")),
        (Some(123_456_700), Some(123_456_780), Some(1_200))
    );
    assert!(amount("-3").unwrap().negative);
    for words in [
        "1.234",
        "1,234",
        "12.34.56",
        "1.23,45",
        "1,2,3",
        "",
        "-",
        "1e3",
        ",50",
        "0.001",
        "1.234,567",
        "99999999999",
    ] {
        assert_eq!(cents(words), None, "{words}");
    }
}

proptest! {
    #[test]
    fn an_amount_written_in_either_way_is_the_same(number in 0_i64..=99_999_999_999) {
        let written = Cents::new(number).to_string();
        let (whole, hundredths) = written.split_once('.').unwrap();
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && whole.len().abs_diff(place).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        let read = Signed { negative: false, amount: Cents::new(number) };
        prop_assert_eq!(amount(&written), Ok(read));
        prop_assert_eq!(amount(&format!("{grouped},{hundredths}")), Ok(read));
    }

    #[test]
    fn no_cell_makes_it_panic(words in any::<String>()) {
        let _ = (amount(&words), a_day(&words), super::cells::kind(&words), super::cells::exclusion(&words));
    }

    #[test]
    fn no_file_makes_it_panic(rest in "[ -~\n\"]{0,200}") {
        let _ = read_with(&[HEADER, &rest], &BTreeMap::new());
    }
}
