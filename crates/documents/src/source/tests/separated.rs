//! Separated values.

use super::*;
use crate::source::SourceFormat;

#[test]
fn quoted_cells_may_hold_separators_quotes_and_lines() {
    let text =
        "N.;Obiettivo;Peso\r\n1;\"Sportello; \"\"unico\"\"\r\nsu due righe\";20%\r\n\r\n2;Verde;30%\r\n";
    let source = named("piano.csv", text.as_bytes()).unwrap();
    let expected = [
        (1, vec!["N.", "Obiettivo", "Peso"]),
        (2, vec!["1", "Sportello; \"unico\"\r\nsu due righe", "20%"]),
        (4, vec![""]),
        (5, vec!["2", "Verde", "30%"]),
    ];
    assert_eq!(rows(&source), expected);
    assert_eq!(source.format, SourceFormat::Csv);
}

#[test]
fn the_separator_is_the_one_that_cuts_evenly() {
    for separator in [';', ',', '\t', '|'] {
        let text = format!(
            "a{separator}b{separator}c\n1{separator}uno e due{separator}3,5\n2{separator}x{separator}y\n"
        );
        let source = named("piano.csv", text.as_bytes()).unwrap();
        assert!(
            source.lines().iter().all(|line| line.cells().len() >= 3),
            "{separator}: {:?}",
            rows(&source)
        );
    }
}

#[test]
fn an_announced_separator_is_believed_and_its_line_is_kept() {
    let source = unsaid(b"sep=,\na;b,c\n").unwrap();
    assert_eq!(rows(&source), [(1, vec!["sep=,"]), (2, vec!["a;b", "c"])]);
}

#[test]
fn without_a_word_only_what_is_cut_alike_throughout_is_separated() {
    let alike = unsaid(b"N;Titolo;Peso\n1;Uno;10\n2;Due;20\n").unwrap();
    assert_eq!(alike.format, SourceFormat::Csv);
    let prose = unsaid(b"Uno, due, tre.\nQuattro, cinque.\nSei.\n").unwrap();
    assert_eq!(prose.format, SourceFormat::Text);
    let said = named("piano.txt", b"N;Titolo;Peso\n1;Uno;10\n2;Due;20\n").unwrap();
    assert_eq!(said.format, SourceFormat::Text);
    let typed = SourceHint { file_name: None, content_type: Some("text/csv; charset=utf-8") };
    assert_eq!(read(b"a;b\n", &typed).unwrap().format, SourceFormat::Csv);
}

#[test]
fn a_quotation_that_nothing_closes_loses_no_line() {
    let source = named("piano.csv", b"a;b\n1;\"aperta\n2;c\n3;\"d\"e\n").unwrap();
    let first = rows(&source);
    assert_eq!(first[0], (1, vec!["a", "b"]));
    assert_eq!(told(&source, RemarkKind::OpenQuotation), 0);
    assert_eq!(first[1], (2, vec!["1", "aperta\n2;c\n3;d\"e"]));
    let source = named("piano.csv", b"a;b\n1;\"aperta\n2;c\n3;d\n").unwrap();
    assert_eq!(rows(&source).len(), 4);
    assert_eq!(rows(&source)[1], (2, vec!["1", "\"aperta"]));
    assert_eq!(told(&source, RemarkKind::OpenQuotation), 1);
}
