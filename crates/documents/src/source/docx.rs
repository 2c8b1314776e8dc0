//! Word processors' documents of Office Open XML: paragraphs as prose, rows of tables as rows, in their order. Revisions are read as if
//! accepted; what a text box says is read once. Notes, headers and footers follow the body.

mod story;

use std::collections::HashSet;

use super::archive::Archive;
use super::lines::Lines;
use super::{RemarkKind, SourceRefusal};
use story::Story;

/// The body of a document, then its notes, its headers and its footers.
pub(super) fn read(archive: &Archive<'_>, part: &str, into: &mut Lines) -> Result<(), SourceRefusal> {
    let mut seen = HashSet::new();
    let number = Story::body(into).read(archive, part)?;
    let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
    let prefix = |name: &str| format!("{folder}/{name}");
    let mut after: Vec<&str> = Vec::new();
    for kind in ["footnotes.xml", "endnotes.xml", "header", "footer"].map(prefix) {
        after.extend(
            archive.names().filter(|name| name.starts_with(&kind) && name.rsplit('.').next() == Some("xml")),
        );
    }
    let mut number = number;
    for part in after {
        number = Story::after(into, number, &mut seen).read(archive, part)?;
    }
    into.remark(RemarkKind::Macros, archive.count(&prefix("vbaProject")).min(1), None);
    into.remark(RemarkKind::Comments, archive.count(&prefix("comments.xml")), None);
    let drawn =
        ["media/", "charts/chart", "embeddings/", "diagrams/data"].map(|kind| archive.count(&prefix(kind)));
    into.remark(RemarkKind::Pictures, drawn.into_iter().fold(0, u32::saturating_add), None);
    Ok(())
}
