//! Workbooks of Office Open XML.

use super::*;
use crate::source::{Place, SourceFormat};

const STYLES: &str = r#"<numFmts><numFmt numFmtId="170" formatCode="[$-410]dd\ mmmm\ yyyy;@"/><numFmt numFmtId="171" formatCode="000"/>
    <numFmt numFmtId="172" formatCode="&quot;d&quot;0.0%"/></numFmts>
    <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="172"/>
    <xf numFmtId="20"/></cellXfs>"#;

#[test]
fn words_stand_under_the_numbers_of_their_rows_and_a_gap_is_one_blank_line() {
    let rows_of = r#"<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="inlineStr"><is><r><t>in</t></r><r><t>sieme</t></r></is></c></row>
        <row r="4"><c r="A4" s="1"/></row><row r="9"><c r="A9" t="s"><v>1</v></c></row>"#;
    let strings = "<si><t>Obiettivo &amp; peso</t><rPh><t>x</t></rPh></si><si><r><t>due_x000D_</t></r><r><t xml:space=\"preserve\"> parti</t></r></si>";
    let source = unsaid(&workbook(rows_of, strings, "")).unwrap();
    assert_eq!(source.format, SourceFormat::Xlsx);
    assert_eq!(source.sheets, ["Obiettivi"]);
    let expected = [(3, vec!["", "Obiettivo & peso", "", "insieme"]), (4, vec![]), (9, vec!["due\r parti"])];
    assert_eq!(rows(&source), expected);
    let spot = source.spot(Place { line: 0, cell: 3 });
    assert_eq!((spot.sheet.as_deref(), spot.cell.as_deref()), (Some("Obiettivi"), Some("D3")));
}

#[test]
fn numbers_are_written_as_their_format_gives_and_never_rounded() {
    let cell = |style: u32, value: &str| format!("<c s=\"{style}\"><v>{value}</v></c>");
    let cases = [
        (0, "18", "18"),
        (0, "18.0", "18"),
        (0, "0.30000000000000004", "0,3"),
        (0, "1.5E-3", "0,0015"),
        (0, "1E400", "1E400"),
        (1, "0.1", "10%"),
        (1, "0.125", "12,5%"),
        (5, "0.28999999999999998", "29%"),
        (2, "46022", "31/12/2025"),
        (3, "46022.354166666664", "31/12/2025 08:30"),
        (2, "60", "29/02/1900"),
        (2, "59", "28/02/1900"),
        (2, "-3", "-3"),
        (2, "99999999", "99999999"),
        (6, "0.5", "12:00"),
        (4, "7", "007"),
        (99, "4", "4"),
    ];
    let row: String = cases.iter().map(|(style, value, _)| cell(*style, value)).collect();
    let others = r#"<c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c t="d"><v>2025-06-30T00:00:00</v></c>"#;
    let source = unsaid(&workbook(&format!("<row>{row}{others}</row>"), "", STYLES)).unwrap();
    let expected: Vec<&str> =
        cases.iter().map(|(_, _, words)| *words).chain(["VERO", "#REF!", "30/06/2025"]).collect();
    assert_eq!(rows(&source), [(1, expected)]);
}

#[test]
fn days_may_be_counted_from_1904() {
    let mut parts = workbook_parts(r#"<row><c s="2"><v>44560</v></c></row>"#, "", STYLES);
    parts[0].1 = parts[0].1.replace("<workbook>", "<workbook><workbookPr date1904=\"1\"/>");
    assert_eq!(unsaid(&packed(&parts)).unwrap().lines()[0].cell(0), "31/12/2025");
}

#[test]
fn a_formula_is_its_stored_value_or_an_empty_cell_that_is_told() {
    let rows_of = r#"<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>100</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>""</f><v></v></c></row>
        <row r="2"><c r="A2"><f>NOW()</f></c></row>"#;
    let source = unsaid(&workbook(rows_of, "", "")).unwrap();
    assert_eq!(rows(&source), [(1, vec!["100"])]);
    assert_eq!(told(&source, RemarkKind::FormulasWithoutValue), 2);
    assert_eq!(source.remarks[0].first.as_ref().unwrap().cell.as_deref(), Some("B1"));
}

#[test]
fn a_cell_that_points_to_words_that_are_not_there_is_damage() {
    let refusal =
        unsaid(&workbook(r#"<row><c t="s"><v>4</v></c></row>"#, "<si><t>a</t></si>", "")).unwrap_err();
    assert_eq!(refusal.code(), "damaged");
}

#[test]
fn hidden_sheets_and_rows_are_read_and_told_and_programs_are_left() {
    let mut parts = workbook_parts(r#"<row r="1" hidden="1"><c><v>1</v></c></row>"#, "", "");
    parts[0].1 = r#"<workbook><sheets><sheet name="Uno" r:id="rId1"/><sheet name="Due" state="veryHidden" r:id="rId2"/></sheets></workbook>"#.to_owned();
    parts.push((
        "xl/worksheets/sheet2.xml".to_owned(),
        "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>".to_owned(),
    ));
    parts.push(("xl/vbaProject.bin".to_owned(), "Sub Auto_Open".to_owned()));
    let source = named("piano.xlsm", &packed(&parts)).unwrap();
    assert_eq!(source.sheets, ["Uno", "Due"]);
    assert_eq!(
        source.lines().iter().map(|line| (line.sheet, line.cell(0))).collect::<Vec<_>>(),
        [(0, "1"), (1, "2")]
    );
    let told = |kind| told(&source, kind);
    assert_eq!(
        (told(RemarkKind::HiddenSheets), told(RemarkKind::HiddenRows), told(RemarkKind::Macros)),
        (1, 1, 1)
    );
}

#[test]
fn the_main_part_is_where_the_archive_says() {
    let mut parts = workbook_parts("<row><c><v>5</v></c></row>", "", "");
    parts[0].0 = "xl/workbook2.xml".to_owned();
    parts[1].0 = "xl/_rels/workbook2.xml.rels".to_owned();
    let root = r#"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/xl/workbook2.xml"/></Relationships>"#;
    parts.push(("_rels/.rels".to_owned(), root.to_owned()));
    assert_eq!(rows(&unsaid(&packed(&parts)).unwrap()), [(1, vec!["5"])]);
}
