//! Workbooks of Office Open XML, cell by cell: nothing is laid out that is not written, so a word in the last corner of a sheet
//! costs no more than one in the first. Formulas are never evaluated: their stored value is read. Programs are never touched.

mod cells;
mod strings;
mod styles;

use super::archive::Archive;
use super::lines::{At, Lines};
use super::xml::{Token, Xml, relations};
use super::{RemarkKind, SourceRefusal};
use cells::Reading;
use strings::Strings;

/// A sheet, as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

/// All the sheets of a workbook, in their order, hidden ones too.
pub(super) fn read(archive: &Archive<'_>, part: &str, into: &mut Lines) -> Result<(), SourceRefusal> {
    let (sheets, since_1904) = list(archive, part)?;
    let relations = relations(archive, part)?;
    let target = |kind: &str| {
        relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.as_str())
    };
    let strings = match target("sharedStrings") {
        Some(part) => strings::read(archive, part)?,
        None => Strings::default(),
    };
    let styles = match target("styles") {
        Some(part) => styles::read(archive, part)?,
        None => Vec::new(),
    };
    let reading = Reading { archive, strings: &strings, styles: &styles, since_1904 };
    for listed in sheets {
        let called = relations.iter().find(|relation| relation.id == listed.relation);
        // Charts have sheets of their own, with no cells in them.
        let Some(called) = called.filter(|relation| relation.kind == "worksheet") else { continue };
        let sheet = into.sheet(listed.name)?;
        if listed.hidden {
            let spot = into.spot(At { number: 1, sheet }, 0);
            into.remark(RemarkKind::HiddenSheets, 1, Some(spot));
        }
        reading.sheet(&called.target, sheet, into)?;
    }
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let count = |name: &str| archive.count(&format!("{folder}/{name}"));
    into.remark(RemarkKind::Macros, count("vbaProject").min(1), None);
    into.remark(RemarkKind::Comments, count("comments").saturating_add(count("threadedComments")), None);
    let drawn = count("drawings/drawing").saturating_add(count("embeddings/"));
    into.remark(RemarkKind::Pictures, drawn, None);
    Ok(())
}

/// The sheets the workbook lists, and whether its days are counted from 1904.
fn list(archive: &Archive<'_>, part: &str) -> Result<(Vec<Listed>, bool), SourceRefusal> {
    let mut xml = Xml::required(archive, part)?;
    let (mut sheets, mut since_1904) = (Vec::new(), false);
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == "sheet" => {
                if sheets.len() >= super::limits::SHEETS {
                    return Err(SourceRefusal::TooManySheets);
                }
                sheets.push(Listed {
                    name: tag.value("name").unwrap_or_default(),
                    relation: tag.value("id").unwrap_or_default(),
                    hidden: matches!(tag.value("state").as_deref(), Some("hidden" | "veryHidden")),
                });
            }
            Token::Open(tag) if tag.name() == "workbookPr" => since_1904 = tag.is_set("date1904"),
            Token::Over => return Ok((sheets, since_1904)),
            Token::Open(_) | Token::Close(_) | Token::Words(_) | Token::Aside => {}
        }
    }
}
