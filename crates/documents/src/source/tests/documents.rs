//! Word processors' documents.

use super::*;
use crate::source::SourceFormat;

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn cell(properties: &str, contents: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{contents}</w:tc>")
}

#[test]
fn paragraphs_are_prose_and_rows_are_rows() {
    let merged = cell("<w:gridSpan w:val=\"2\"/>", &paragraph("Obiettivo"));
    let two = cell("", &(paragraph("prima") + &paragraph("seconda")));
    let continued = cell("<w:vMerge/>", "<w:p/>");
    let body = format!(
        "{}<w:p/><w:tbl><w:tr>{merged}{}</w:tr><w:tr>{continued}{two}{}</w:tr></w:tbl>",
        paragraph("SETTORE &#8220;A&#8221;"),
        cell("", &paragraph("Peso")),
        cell("", &paragraph("20%")),
    );
    let source = unsaid(&document(&body)).unwrap();
    assert_eq!(source.format, SourceFormat::Docx);
    let expected = [
        (1, vec!["SETTORE “A”"]),
        (2, vec![""]),
        (3, vec!["Obiettivo", "", "Peso"]),
        (4, vec!["", "prima\nseconda", "20%"]),
    ];
    assert_eq!(rows(&source), expected);
    assert_eq!(forms(&source), [LineForm::Prose, LineForm::Prose, LineForm::Row, LineForm::Row]);
}

#[test]
fn a_table_in_a_cell_follows_the_row_it_stands_in() {
    let inner =
        format!("<w:tbl><w:tr>{}{}</w:tr></w:tbl>", cell("", &paragraph("x")), cell("", &paragraph("y")));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>{}",
        cell("", &(paragraph("a") + &inner + "<w:p/>")),
        cell("", &paragraph("b")),
        paragraph("dopo")
    );
    let source = unsaid(&document(&body)).unwrap();
    let cells: Vec<Vec<&str>> = source.lines().iter().map(|line| line.cells().collect()).collect();
    assert_eq!(cells, [vec!["a\n", "b"], vec!["x", "y"], vec!["dopo"]]);
}

#[test]
fn lists_are_seen_as_in_a_text_and_headings_are_not_lists() {
    let listed = |style: &str, id: u32| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{id}\"/></w:numPr><w:tabs><w:tab w:val=\"left\" w:pos=\"720\"/></w:tabs></w:pPr><w:r><w:t>voce</w:t></w:r></w:p>"
        )
    };
    let body =
        listed("ListParagraph", 3) + &listed("Heading1", 3) + &listed("Titolo2", 1) + &listed("Normal", 0);
    let source = unsaid(&document(&body)).unwrap();
    let cells: Vec<&str> = source.lines().iter().map(|line| line.cell(0)).collect();
    assert_eq!(cells, ["- voce", "voce", "voce", "voce"]);
}

#[test]
fn revisions_are_read_as_accepted_and_text_boxes_once() {
    let text_box = |kind: &str| {
        format!("<mc:{kind}><w:txbxContent>{}</w:txbxContent></mc:{kind}>", paragraph("riquadro"))
    };
    let body = format!(
        "<w:p><w:del><w:r><w:delText>vecchio</w:delText></w:r></w:del><w:ins><w:r><w:t>nuovo</w:t></w:r></w:ins><w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:br w:type=\"page\"/></w:r></w:p>\
         <w:p><w:r><mc:AlternateContent>{}{}</mc:AlternateContent><w:t>ospite</w:t></w:r></w:p>",
        text_box("Choice"),
        text_box("Fallback")
    );
    let source = unsaid(&document(&body)).unwrap();
    assert_eq!(
        rows(&source),
        [(1, vec!["nuovo\ta"]), (1, vec!["b"]), (2, vec!["riquadro"]), (3, vec!["ospite"])]
    );
    assert_eq!(told(&source, RemarkKind::DeletedWords), 1);
}

#[test]
fn notes_headers_and_footers_follow_the_body_once_each() {
    let body = format!("<w:document><w:body>{}</w:body></w:document>", paragraph("corpo"));
    let header = format!("<w:hdr>{}<w:p/></w:hdr>", paragraph("Comune di Prova"));
    let notes = format!(
        "<w:footnotes><w:footnote w:type=\"separator\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote>{}</w:footnote></w:footnotes>",
        paragraph("nota")
    );
    let source = unsaid(&archive(&[
        ("word/document.xml", &body),
        ("word/header1.xml", &header),
        ("word/header2.xml", &header),
        ("word/footnotes.xml", &notes),
        ("word/media/image1.png", "x"),
    ]))
    .unwrap();
    assert_eq!(rows(&source), [(1, vec!["corpo"]), (2, vec!["nota"]), (3, vec!["Comune di Prova"])]);
    assert_eq!(told(&source, RemarkKind::Pictures), 1);
}
