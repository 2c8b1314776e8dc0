//! Bytes into a source: what the file is is seen from what is in it, whatever it is called.

use super::archive::Archive;
use super::detect::{Kind, OfficeKind, kind, office_kind};
use super::lines::Lines;
use super::{Source, SourceFormat, SourceRefusal, docx, encoding, limits, ods, separated, text, xlsx};

/// What is said of a file by who sends it. It decides only what the contents leave open: whether a text is separated values.
#[derive(Debug, Clone, Copy, Default)]
pub struct SourceHint<'a> {
    /// The name of the file.
    pub file_name: Option<&'a str>,
    /// The type it was sent with.
    pub content_type: Option<&'a str>,
}

impl SourceHint<'_> {
    /// Whether it says that a text is separated values; nothing where it says neither.
    fn separated(&self) -> Option<bool> {
        let name = self.file_name.unwrap_or_default().to_ascii_lowercase();
        let typed = self.content_type.unwrap_or_default().to_ascii_lowercase();
        let typed = typed.split(';').next().unwrap_or_default().trim().to_owned();
        let named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if named(&[".csv", ".tsv"]) || matches!(typed.as_str(), "text/csv" | "text/tab-separated-values") {
            return Some(true);
        }
        let plain = named(&[".txt", ".md", ".text", ".markdown"])
            || matches!(typed.as_str(), "text/plain" | "text/markdown");
        plain.then_some(false)
    }
}

/// Whether a file is, by its size and its first bytes, of a form that is read: to refuse at once what never will be.
///
/// # Errors
/// When it is not.
pub fn glance(bytes: &[u8]) -> Result<(), SourceRefusal> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(SourceRefusal::TooLarge);
    }
    kind(bytes).map(|_| ())
}

/// The source a file is.
///
/// # Errors
/// When it is no document, one of a form that is not read, damaged, or larger in any way than what is read.
pub fn read(bytes: &[u8], hint: &SourceHint<'_>) -> Result<Source, SourceRefusal> {
    if bytes.len() > limits::FILE_BYTES {
        return Err(SourceRefusal::TooLarge);
    }
    match kind(bytes)? {
        Kind::Archive => read_archive(bytes),
        Kind::Text => read_text(bytes, hint),
    }
}

fn read_archive(bytes: &[u8]) -> Result<Source, SourceRefusal> {
    let archive = Archive::open(bytes)?;
    let mut lines = Lines::default();
    let format = match office_kind(&archive)? {
        OfficeKind::Workbook(part) => {
            xlsx::read(&archive, &part, &mut lines)?;
            SourceFormat::Xlsx
        }
        OfficeKind::Document(part) => {
            docx::read(&archive, &part, &mut lines)?;
            SourceFormat::Docx
        }
        OfficeKind::OpenWorkbook => {
            ods::read(&archive, &mut lines)?;
            SourceFormat::Ods
        }
    };
    Ok(lines.finish(format, "UTF-8", bytes))
}

fn read_text(bytes: &[u8], hint: &SourceHint<'_>) -> Result<Source, SourceRefusal> {
    let encoding::Decoded { text, encoding } = encoding::decode(bytes)?;
    if text.trim().is_empty() {
        return Err(SourceRefusal::Empty);
    }
    super::detect::refuse_markup(&text)?;
    let mut lines = Lines::default();
    let format = if super::detect::is_plan(&text) {
        text::read_verbatim(&text, &mut lines)?;
        SourceFormat::Plan
    } else if hint.separated().unwrap_or_else(|| separated::is_likely(&text)) {
        separated::read(&text, &mut lines)?;
        SourceFormat::Csv
    } else {
        text::read(&text, &mut lines)?;
        SourceFormat::Text
    };
    drop(text);
    Ok(lines.finish(format, encoding, bytes))
}
