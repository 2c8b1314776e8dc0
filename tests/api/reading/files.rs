//! The same plan in other forms: separated values of an office of years ago, a workbook, a document.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The cells of the lines of a text.
fn cells(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().map(|line| line.split('\t').collect())
}

/// A text as values separated by semicolons, in the encoding of Western Windows.
pub(super) fn separated(text: &str) -> Vec<u8> {
    let quoted = |cell: &str| {
        if cell.contains([';', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
    };
    let line = |cells: Vec<&str>| cells.into_iter().map(quoted).collect::<Vec<_>>().join(";") + "\r\n";
    let byte = |letter: char| match letter {
        '–' => 0x96,
        '•' => 0x95,
        '’' => 0x92,
        letter => u8::try_from(u32::from(letter)).unwrap(),
    };
    cells(text).map(line).collect::<String>().chars().map(byte).collect()
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text as the one sheet of a workbook.
pub(super) fn workbook(text: &str) -> Vec<u8> {
    let cell = |words: &str| match words {
        "" => "<c/>".to_owned(),
        words => format!("<c t=\"inlineStr\"><is><t>{}</t></is></c>", escaped(words)),
    };
    let row = |cells: Vec<&str>| format!("<row>{}</row>", cells.into_iter().map(cell).collect::<String>());
    let rows: String = cells(text).map(row).collect();
    archive(&[
        (
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="Piano" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

/// A text as a document: a paragraph for each line, a row of a table for each that has cells.
pub(super) fn document(text: &str) -> Vec<u8> {
    let paragraph = |words: &str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escaped(words));
    let (mut body, mut in_table) = (String::new(), false);
    for cells in cells(text) {
        if in_table != (cells.len() > 1) {
            body.push_str(if in_table { "</w:tbl>" } else { "<w:tbl>" });
            in_table = !in_table;
        }
        if in_table {
            let cells = cells.into_iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell)));
            body.push_str(&format!("<w:tr>{}</w:tr>", cells.collect::<String>()));
        } else {
            body.push_str(&paragraph(cells[0]));
        }
    }
    if in_table {
        body.push_str("</w:tbl>");
    }
    archive(&[("word/document.xml", &format!("<w:document><w:body>{body}</w:body></w:document>"))])
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, contents) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(contents.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
