//! What a file is, from its first bytes and from what is in it.

use serde::Deserialize;
use traguardo_domain::plan::document::Format;
use traguardo_domain::vocabulary::Vocabulary;

use super::SourceRefusal;
use super::archive::Archive;
use super::xml::relations;

/// What the first bytes say.
pub(super) enum Kind {
    /// An archive, with an office document in it.
    Archive,
    /// Something written, in some encoding.
    Text,
}

/// What an archive is.
pub(super) enum OfficeKind {
    /// A workbook, with its main part.
    Workbook(String),
    /// A word processor's document, with its main part.
    Document(String),
    /// An open document workbook.
    OpenWorkbook,
}

/// How the pictures begin that people send in the place of a document.
const IMAGES: [&[u8]; 7] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF"];

/// What the first bytes say; a refusal where they say that it is not read.
pub(super) fn kind(bytes: &[u8]) -> Result<Kind, SourceRefusal> {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    let head = bytes.get(..1024).unwrap_or(bytes);
    if bytes.is_empty() {
        Err(SourceRefusal::Empty)
    } else if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        Ok(Kind::Archive)
    } else if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        Err(compound(bytes))
    } else if head.windows(5).any(|five| five == b"%PDF-") {
        Err(SourceRefusal::Pdf)
    } else if starts(b"{\\rtf") {
        Err(SourceRefusal::Rtf)
    } else if IMAGES.into_iter().any(starts) && bytes.contains(&0) {
        Err(SourceRefusal::Image)
    } else {
        Ok(Kind::Text)
    }
}

/// What a compound file is, from the names of its streams, which are written in UTF-16.
fn compound(bytes: &[u8]) -> SourceRefusal {
    let names = |name: &str| {
        let written: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(written.len()).any(|here| here == written)
    };
    if names("EncryptedPackage") {
        SourceRefusal::Encrypted
    } else if names("WordDocument") {
        SourceRefusal::OldWord
    } else if names("Workbook") || names("Book") {
        SourceRefusal::OldExcel
    } else {
        SourceRefusal::NotADocument
    }
}

/// What an archive is: what it says its main part is, or else the parts it has.
pub(super) fn office_kind(archive: &Archive<'_>) -> Result<OfficeKind, SourceRefusal> {
    let declared = relations(archive, "")?.into_iter().find(|relation| relation.kind == "officeDocument");
    let declared = declared.map(|relation| relation.target).filter(|part| archive.has(part));
    let usual = ["xl/workbook.xml", "word/document.xml", "xl/workbook.bin", "ppt/presentation.xml"];
    let usual = usual.into_iter().find(|part| archive.has(part)).map(str::to_owned);
    if let Some(part) = declared.or(usual) {
        return office_part(part);
    }
    if archive.head("META-INF/manifest.xml", 64 * 1024)?.contains("encryption-data") {
        return Err(SourceRefusal::Encrypted);
    }
    let written = archive.head("mimetype", 100)?;
    let written = written.trim().strip_prefix("application/vnd.oasis.opendocument.").unwrap_or_default();
    match written {
        "spreadsheet" | "spreadsheet-template" => Ok(OfficeKind::OpenWorkbook),
        "text" | "text-template" => Err(SourceRefusal::OpenText),
        "presentation" => Err(SourceRefusal::Presentation),
        _ => Err(SourceRefusal::NotADocument),
    }
}

fn office_part(part: String) -> Result<OfficeKind, SourceRefusal> {
    let small = part.to_ascii_lowercase();
    if small.rsplit('.').next() == Some("bin") {
        Err(SourceRefusal::BinaryWorkbook)
    } else if small.starts_with("xl/") || small.contains("workbook") {
        Ok(OfficeKind::Workbook(part))
    } else if small.starts_with("word/") || small.contains("document") {
        Ok(OfficeKind::Document(part))
    } else if small.starts_with("ppt/") {
        Err(SourceRefusal::Presentation)
    } else {
        Err(SourceRefusal::NotADocument)
    }
}

/// A text that begins as a page of the Web or another file of markup is none of ours: its lines are not those of the document.
pub(super) fn refuse_markup(text: &str) -> Result<(), SourceRefusal> {
    let begins = text.trim_start();
    let begins_with =
        |mark: &str| begins.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let markup = ["<!doctype", "<html", "<?xml"].into_iter().any(begins_with);
    if markup { Err(SourceRefusal::WebPage) } else { Ok(()) }
}

/// The member that says what a document of the service is.
#[derive(Deserialize)]
struct Head {
    format: String,
}

/// Whether a text is the plan's own document; one that is broken but says so is, too: it is for its reader to say where.
pub(super) fn is_plan(text: &str) -> bool {
    let word = Format::V1.word();
    text.trim_start().starts_with('{')
        && match serde_json::from_str::<Head>(text) {
            Ok(head) => head.format == word,
            Err(fault) => !fault.is_data() && text.contains(&format!("\"{word}\"")),
        }
}
