//! What files become, form by form.

mod documents;
mod limits;
mod open_workbooks;
mod properties;
mod refusals;
mod separated;
mod texts;
mod workbooks;

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{LineForm, RemarkKind, Source, SourceHint, SourceRefusal, read};

/// A file of which nothing is said.
fn unsaid(bytes: &[u8]) -> Result<Source, SourceRefusal> {
    read(bytes, &SourceHint::default())
}

/// A file of this name.
fn named(name: &str, bytes: &[u8]) -> Result<Source, SourceRefusal> {
    read(bytes, &SourceHint { file_name: Some(name), content_type: None })
}

/// The cells of all lines, with their numbers.
fn rows(source: &Source) -> Vec<(u32, Vec<&str>)> {
    source.lines().iter().map(|line| (line.number, line.cells().collect())).collect()
}

/// The forms of all lines.
fn forms(source: &Source) -> Vec<LineForm> {
    source.lines().iter().map(|line| line.form).collect()
}

/// How often something is told of the reading.
fn told(source: &Source, kind: RemarkKind) -> u32 {
    source.remarks.iter().find(|remark| remark.kind == kind).map_or(0, |remark| remark.count)
}

/// An archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, contents) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(contents.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The relationships of a workbook with one sheet, shared words and styles.
const WORKBOOK_RELATIONS: &str = r#"<Relationships>
    <Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="http://x/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/>
    <Relationship Id="rId3" Type="http://x/relationships/sharedStrings" Target="sharedStrings.xml"/>
    <Relationship Id="rId4" Type="http://x/relationships/styles" Target="styles.xml"/>
</Relationships>"#;

/// The parts of a workbook with these rows, shared words and styles.
fn workbook_parts(rows: &str, strings: &str, styles: &str) -> Vec<(String, String)> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let own = |name: &str, contents: &str| (name.to_owned(), contents.to_owned());
    vec![
        own(
            "xl/workbook.xml",
            r#"<workbook><sheets><sheet name="Obiettivi" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        own("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS),
        own("xl/worksheets/sheet1.xml", &sheet),
        own("xl/sharedStrings.xml", &format!("<sst uniqueCount=\"18446744073709551615\">{strings}</sst>")),
        own("xl/styles.xml", &format!("<styleSheet>{styles}</styleSheet>")),
    ]
}

/// A workbook of these parts.
fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, contents)| (name.as_str(), contents.as_str())).collect();
    archive(&parts)
}

/// A workbook with one sheet of these rows.
fn workbook(rows: &str, strings: &str, styles: &str) -> Vec<u8> {
    packed(&workbook_parts(rows, strings, styles))
}

/// An open workbook with these tables.
fn open_workbook(tables: &str) -> Vec<u8> {
    let contents = format!(
        "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &contents)])
}

/// A document with this body.
fn document(body: &str) -> Vec<u8> {
    let contents = format!("<w:document><w:body>{body}</w:body></w:document>");
    archive(&[("word/document.xml", &contents)])
}
