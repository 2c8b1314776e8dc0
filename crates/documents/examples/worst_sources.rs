//! Files made to cost as much as they can, to be measured: `cargo run --release --example worst_sources FOLDER`.

use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use traguardo_documents::source::limits;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

type Done = Result<(), Box<dyn Error>>;

/// Words that do not pack to nothing, from a number.
fn words(number: usize) -> String {
    let mixed = number.wrapping_mul(2_654_435_761);
    format!("obiettivo {mixed:x} della struttura {number}")
}

fn main() -> Done {
    let folder = std::env::args().nth(1).ok_or("a folder is needed")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    texts(folder)?;
    workbooks(folder)?;
    others(folder)
}

/// As many bytes as a file may have, over and over.
fn filled(piece: &[u8]) -> Vec<u8> {
    piece.iter().copied().cycle().take(limits::FILE_BYTES).collect()
}

fn texts(folder: &Path) -> Done {
    let wide = "x\t".repeat(9) + "y" + &" parola".repeat(26) + "\n";
    let prose = "à".repeat(104) + "\n";
    let euros = "€".repeat(104) + "\n";
    let quoted = "\"a\"\"b\";\"c\nd\";e;f;g;h;i;j;k;".to_owned() + &"parole e ".repeat(20) + "\n";
    let files: [(&str, Vec<u8>); 9] = [
        ("table.txt", filled(wide.as_bytes())),
        ("prose.txt", filled(prose.as_bytes())),
        ("windows.txt", filled(&[[0xE0; 210].as_slice(), b"\n"].concat())),
        ("euros.txt", filled(&[[0x80; 210].as_slice(), b"\n"].concat())),
        ("utf16.txt", filled(&euros.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())),
        ("tabs.txt", filled(b"\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tx\t")),
        ("newlines.txt", filled(b"\n\n\n\n\n\n\n\nx\n")),
        ("quotes.csv", filled(quoted.as_bytes())),
        ("open.csv", filled(b";\"a;b;c\n")),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

/// An archive of these parts.
fn archive(path: &Path, parts: &[(&str, &str)]) -> Done {
    let mut writer = ZipWriter::new(File::create(path)?);
    for (name, contents) in parts {
        writer.start_file(*name, SimpleFileOptions::default())?;
        writer.write_all(contents.as_bytes())?;
    }
    writer.finish()?;
    Ok(())
}

/// A workbook with these shared words and these rows.
fn workbook(path: &Path, strings: &str, rows: &str) -> Done {
    let relations = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="rId2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
    archive(
        path,
        &[
            ("xl/workbook.xml", r#"<workbook><sheets><sheet name="Piano" r:id="rId1"/></sheets></workbook>"#),
            ("xl/_rels/workbook.xml.rels", relations),
            ("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>")),
            ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
        ],
    )
}

fn workbooks(folder: &Path) -> Done {
    let (mut strings, mut rows) = (String::new(), String::new());
    for row in 0_usize..95_000 {
        rows.push_str("<row>");
        for column in 0_usize..10 {
            let index = row.saturating_mul(10).saturating_add(column);
            write!(strings, "<si><t>{}</t></si>", words(index).get(..30).unwrap_or_default())?;
            write!(rows, "<c t=\"s\"><v>{index}</v></c>")?;
        }
        rows.push_str("</row>");
    }
    workbook(&folder.join("strings.xlsx"), &strings, &rows)?;
    workbook(&folder.join("empty-strings.xlsx"), &"<si/><si><t>a</t></si>".repeat(4_500_000), "<row/>")?;
    workbook(
        &folder.join("empty-cells.xlsx"),
        "",
        &("<row>".to_owned() + &"<c/>".repeat(990) + "</row>").repeat(25_000),
    )?;
    workbook(
        &folder.join("one-string.xlsx"),
        "",
        &format!("<row><c><v>{}</v></c></row>", words(1).repeat(2_500_000)),
    )
}

fn others(folder: &Path) -> Done {
    let (mut tables, mut body) =
        (String::from("<table:table table:name=\"a\">"), String::from("<w:document>"));
    for row in 0_usize..99_000 {
        tables.push_str("<table:table-row>");
        body.push_str("<w:tr>");
        for column in 0_usize..10 {
            let words = words(row.saturating_mul(10).saturating_add(column));
            write!(tables, "<table:table-cell><text:p>{words}</text:p></table:table-cell>")?;
            write!(body, "<w:tc><w:p><w:t>{}</w:t></w:p></w:tc>", words.get(..30).unwrap_or_default())?;
        }
        tables.push_str("</table:table-row>");
        body.push_str("</w:tr>");
    }
    let spreadsheet = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    archive(
        &folder.join("table.ods"),
        &[spreadsheet, ("content.xml", &format!("<x>{tables}</table:table></x>"))],
    )?;
    archive(&folder.join("table.docx"), &[("word/document.xml", &format!("{body}</w:document>"))])?;
    let cells = "<w:tr>".to_owned() + &"<w:tc/>".repeat(999) + "</w:tr>";
    let nested = format!("<w:document><w:tr><w:tc>{}</w:tc></w:tr></w:document>", cells.repeat(10_000));
    archive(&folder.join("nested.docx"), &[("word/document.xml", &nested)])?;
    archive(&folder.join("spaces.docx"), &[("word/document.xml", &" ".repeat(limits::INFLATED_BYTES))])
}
