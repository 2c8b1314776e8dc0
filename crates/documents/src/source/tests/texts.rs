//! Plain texts.

use super::*;
use crate::source::SourceFormat;

#[test]
fn every_physical_line_is_a_line_whatever_ends_it() {
    let source = unsaid(b"uno\r\ndue\rtre\n\nquattro\n").unwrap();
    let expected =
        [(1, vec!["uno"]), (2, vec!["due"]), (3, vec!["tre"]), (4, vec![""]), (5, vec!["quattro"])];
    assert_eq!(rows(&source), expected);
    assert_eq!((source.format, source.encoding), (SourceFormat::Text, "UTF-8"));
}

#[test]
fn tabs_and_bars_make_cells_and_keep_their_markup() {
    let text = "N.\tPeso\n-----\t--\n1\t<b>20%</b>\n| a | b \\| c |\n|---|:--|\nprosa | con barra\n";
    let source = unsaid(text.as_bytes()).unwrap();
    let cells: Vec<Vec<&str>> = source.lines().iter().map(|line| line.cells().collect()).collect();
    let expected: [&[&str]; 6] = [
        &["N.", "Peso"],
        &["-----", "--"],
        &["1", "<b>20%</b>"],
        &["a", "b | c"],
        &["---", ":--"],
        &["prosa | con barra"],
    ];
    assert_eq!(cells, expected);
    assert_eq!(forms(&source)[..5], [LineForm::Row; 5]);
    assert_eq!(forms(&source)[5], LineForm::Prose);
}

#[test]
fn the_encoding_is_found_and_its_mark_is_no_text() {
    let utf_16 = |little: bool, mark: bool| {
        let units = mark.then_some(0xFEFF).into_iter().chain("Attività: 100 €\n".encode_utf16());
        units
            .flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect::<Vec<u8>>()
    };
    let cases = [
        (b"\xEF\xBB\xBFAttivit\xC3\xA0: 100 \xE2\x82\xAC".to_vec(), "UTF-8"),
        (b"Attivit\xE0: 100 \x80".to_vec(), "windows-1252"),
        (utf_16(true, true), "UTF-16LE"),
        (utf_16(false, true), "UTF-16BE"),
        (utf_16(true, false), "UTF-16LE"),
        (utf_16(false, false), "UTF-16BE"),
    ];
    for (bytes, encoding) in cases {
        let source = unsaid(&bytes).unwrap();
        assert_eq!(source.encoding, encoding);
        assert_eq!(source.lines()[0].cell(0), "Attività: 100 €", "{encoding}");
    }
}

#[test]
fn a_few_broken_bytes_in_utf_8_are_refused_with_their_line() {
    let refusal = unsaid("città\nperché\nqualit\u{e0}".as_bytes()).map(|_| ());
    assert_eq!(refusal, Ok(()));
    let refusal = unsaid(b"citt\xC3\xA0\nqualit\xE0").unwrap_err();
    assert_eq!(refusal, SourceRefusal::BadEncoding { line: Some(2) });
    assert!(refusal.detail().contains("riga 2"));
    assert_eq!(unsaid(b"\xFF\xFEa\0b").unwrap_err().code(), "bad_encoding");
    assert_eq!(unsaid(b"\xFF\xFE\x00\xD8a\0").unwrap_err().code(), "bad_encoding");
}

#[test]
fn what_cannot_be_seen_is_put_away_and_told() {
    let source = unsaid("a\u{1}b\tc\u{200B}d\u{2060}e\u{FEFF}\nfine\u{C}".as_bytes()).unwrap();
    assert_eq!(rows(&source), [(1, vec!["a b", "c de"]), (2, vec!["fine\u{C}"])]);
    assert_eq!(told(&source, RemarkKind::ControlCharacters), 1);
    assert_eq!(told(&source, RemarkKind::InvisibleCharacters), 3);
    let first = source.remarks[1].first.as_ref().unwrap();
    assert_eq!((first.line, first.column), (1, 2));
}

#[test]
fn the_plans_own_document_is_known_by_what_it_says_and_kept_as_it_stands() {
    let text = "{\n\t\"format\": \"traguardo.plan.v1\", \"comune\": \"L454\u{200B}\"\n}\n";
    let source = named("piano.csv", text.as_bytes()).unwrap();
    assert_eq!(source.format, SourceFormat::Plan);
    assert_eq!(source.lines().iter().map(|line| line.cell(0)).collect::<Vec<_>>().join("\n") + "\n", text);
    let broken = unsaid(b"{\"format\": \"traguardo.plan.v1\", ").unwrap();
    assert_eq!(broken.format, SourceFormat::Plan);
    let other = unsaid(b"{\"format\": \"altro\", \"testo\": \"traguardo.plan.v1\"}").unwrap();
    assert_eq!(other.format, SourceFormat::Text);
}
