//! Open document workbooks.

use super::*;
use crate::source::SourceFormat;

#[test]
fn cells_are_read_with_their_values_and_what_is_empty_is_not_laid_out() {
    let tables = r#"<table:table table:name="Piano">
        <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Titolo<text:s text:c="2"/>del<text:line-break/>piano</text:p><text:p>seconda</text:p></table:table-cell>
            <table:covered-table-cell/><table:table-cell office:value-type="percentage" office:value="0.125"><text:p>13%</text:p></table:table-cell>
            <table:table-cell office:value-type="date" office:date-value="2025-12-31"><text:p>31 dic</text:p></table:table-cell>
            <table:table-cell office:value-type="float" office:value="4"><text:p>04</text:p></table:table-cell>
            <table:table-cell office:value-type="float" office:value="3.5"><text:p>3,50</text:p></table:table-cell>
            <table:table-cell table:number-columns-repeated="16378"/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="2"><office:annotation><text:p>nota</text:p></office:annotation><text:p>x</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        </table:table>"#;
    let source = unsaid(&open_workbook(tables)).unwrap();
    assert_eq!(source.format, SourceFormat::Ods);
    assert_eq!(source.sheets, ["Piano"]);
    let expected = [
        (3, vec!["Titolo  del\npiano\nseconda", "", "12,5%", "31/12/2025", "04", "3,5"]),
        (4, vec!["x", "x"]),
        (5, vec!["7"]),
        (6, vec!["7"]),
    ];
    assert_eq!(rows(&source), expected);
    assert_eq!(told(&source, RemarkKind::Comments), 1);
}

#[test]
fn a_row_repeated_to_the_end_of_the_sheet_is_refused_when_something_is_in_it() {
    let row = |repeated: &str| {
        let cell = r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#;
        let tables = format!(
            "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"{repeated}\">{cell}</table:table-row></table:table>"
        );
        unsaid(&open_workbook(&tables))
    };
    assert_eq!(row("1048576").unwrap_err(), SourceRefusal::TooManyLines);
    assert_eq!(row("4294967295").unwrap_err(), SourceRefusal::TooManyLines);
    assert_eq!(row("3").unwrap().lines().len(), 3);
}

#[test]
fn a_cell_repeated_without_end_is_refused_when_something_is_in_it() {
    let tables = r#"<table:table table:name="a"><table:table-row><table:table-cell table:number-columns-repeated="18446744073709551615"><text:p>x</text:p></table:table-cell></table:table-row></table:table>"#;
    assert_eq!(unsaid(&open_workbook(tables)).unwrap_err(), SourceRefusal::TooWide { line: 1 });
}

#[test]
fn formulas_without_a_value_and_hidden_sheets_are_told() {
    let tables = r#"<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
        <table:table table:name="a" table:style-name="ta2"><table:table-row table:visibility="collapse">
        <table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell table:formula="of:=1+1"/></table:table-row></table:table>"#;
    let source = unsaid(&open_workbook(tables)).unwrap();
    assert_eq!(rows(&source), [(1, vec!["x"])]);
    let told = |kind| told(&source, kind);
    let all = (
        told(RemarkKind::FormulasWithoutValue),
        told(RemarkKind::HiddenSheets),
        told(RemarkKind::HiddenRows),
    );
    assert_eq!(all, (1, 1, 1));
}
