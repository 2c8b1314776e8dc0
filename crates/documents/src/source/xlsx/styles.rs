//! How the numbers of a workbook are shown.

use std::collections::HashMap;

use crate::source::SourceRefusal;
use crate::source::archive::Archive;
use crate::source::numbers::Shown;
use crate::source::xml::{Token, Xml};

/// Styles of a workbook: no program keeps more.
const STYLES: usize = 65_536;

/// How each style of cells shows a number, by the number of the style.
pub(super) fn read(archive: &Archive<'_>, part: &str) -> Result<Vec<Shown>, SourceRefusal> {
    let (mut codes, mut styles, mut within) = (HashMap::<u32, Shown>::new(), Vec::new(), false);
    let Some(mut xml) = Xml::open(archive, part)? else { return Ok(styles) };
    loop {
        match xml.next()? {
            Token::Open(tag) if tag.name() == "numFmt" && codes.len() < STYLES => {
                let id = tag.number("numFmtId").unwrap_or_default();
                codes.insert(id, Shown::of(id, tag.value("formatCode").as_deref()));
            }
            Token::Open(tag) if tag.name() == "cellXfs" => within = true,
            Token::Close(tag) if tag.name() == "cellXfs" => within = false,
            Token::Open(tag) if tag.name() == "xf" && within && styles.len() < STYLES => {
                let id = tag.number("numFmtId").unwrap_or_default();
                styles.push(codes.get(&id).copied().unwrap_or_else(|| Shown::of(id, None)));
            }
            Token::Over => return Ok(styles),
            Token::Open(_) | Token::Close(_) | Token::Words(_) | Token::Aside => {}
        }
    }
}
