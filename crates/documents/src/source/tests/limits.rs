//! Files made to cost more than they weigh.

use super::*;
use crate::source::limits;

fn code(bytes: &[u8]) -> &'static str {
    unsaid(bytes).unwrap_err().code()
}

#[test]
fn the_words_of_the_refusals_say_the_limits_that_hold() {
    assert_eq!(limits::FILE_BYTES, 20 << 20);
    assert_eq!((limits::LINES, limits::CELLS, limits::SHEETS), (100_000, 1_000_000, 100));
    assert_eq!((limits::LINE_CELLS, limits::CELL_CHARACTERS), (1_000, 100_000));
}

#[test]
fn a_file_above_the_size_is_refused_whatever_it_is() {
    assert_eq!(code(&vec![b'a'; limits::FILE_BYTES + 1]), "too_large");
}

#[test]
fn texts_of_nothing_but_separators_are_refused_early() {
    assert_eq!(code(&vec![b'\t'; limits::FILE_BYTES]), "empty");
    let with = |byte: u8| [b"a".as_slice(), &vec![byte; 2 << 20], b"a"].concat();
    assert_eq!(code(&with(b'\t')), "too_wide");
    assert_eq!(code(&with(b'\n')), "too_many_lines");
    assert_eq!(code(&with(b'|')), "too_long");
    assert_eq!(named("a.csv", &with(b';')).unwrap_err().code(), "too_wide");
    assert_eq!(code(&("\t".repeat(999) + "a\n").repeat(1001).into_bytes()), "too_many_cells");
}

#[test]
fn a_word_in_the_far_corner_is_refused_without_laying_out_the_sheet() {
    let far =
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    assert_eq!(unsaid(&workbook(far, "", "")).unwrap_err(), SourceRefusal::TooWide { line: 1_048_576 });
    let low = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>"#;
    let source = unsaid(&workbook(low, "", "")).unwrap();
    assert_eq!(rows(&source), [(1, vec!["1"]), (2, vec![]), (1_048_576, vec!["2"])]);
    assert_eq!(code(&workbook(r#"<row r="4294967295"/>"#, "", "")), "damaged");
    assert_eq!(
        code(&workbook(r#"<row><c r="ZZZZZZZZZZZZZZZZZZZZZZZZ1"><v>1</v></c></row>"#, "", "")),
        "too_wide"
    );
}

#[test]
fn words_kept_once_and_said_a_thousand_times_are_counted_each_time() {
    let strings = format!("<si><t>{}</t></si>", "parole ".repeat(10_000));
    let rows_of = "<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000);
    assert_eq!(code(&workbook(&rows_of, &strings, "")), "too_much_text");
}

#[test]
fn more_shared_words_than_cells_are_refused() {
    let strings = "<si><t/></si>".repeat(limits::CELLS + 1);
    assert!(matches!(code(&workbook("", &strings, "")), "bomb" | "too_many_cells"));
}

#[test]
fn an_entry_that_swells_is_refused_whatever_size_it_declares() {
    let honest = document(&" ".repeat(8 << 20));
    assert_eq!(code(&honest), "bomb");
    let mut lying = honest;
    let central = lying.windows(4).rposition(|mark| mark == b"PK\x01\x02").unwrap();
    lying[central + 24..central + 28].copy_from_slice(&7_u32.to_le_bytes());
    lying[22..26].copy_from_slice(&7_u32.to_le_bytes());
    assert_eq!(code(&lying), "bomb");
}

#[test]
fn archives_of_too_many_entries_are_refused_before_they_are_listed() {
    let names: Vec<String> = (0..2_001).map(|n| format!("{n}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(code(&archive(&parts)), "bomb");
}

#[test]
fn endless_nesting_is_refused() {
    let deep = "<w:x>".repeat(300) + &"</w:x>".repeat(300);
    assert_eq!(code(&document(&deep)), "too_deep");
    let tables = "<w:tbl><w:tr><w:tc>".repeat(60) + &"</w:tc></w:tr></w:tbl>".repeat(60);
    assert_eq!(unsaid(&document(&tables)).unwrap().lines().len(), 60);
}

#[test]
fn too_many_sheets_are_refused() {
    let tables = "<table:table table:name=\"a\"></table:table>".repeat(101);
    assert_eq!(code(&open_workbook(&tables)), "too_many_sheets");
}
