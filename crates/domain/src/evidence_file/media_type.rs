//! The kinds of files that are kept, and how their bytes show which they are.

use serde::{Deserialize, Serialize};

/// A kind of file that is kept as evidence: what an office prints, scans, counts or writes, and nothing that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum MediaType {
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// Separated values.
    Csv,
    /// Plain text.
    Plain,
    /// An Excel workbook.
    Xlsx,
    /// A Word document.
    Docx,
    /// A workbook in the open document format.
    Ods,
    /// A text in the open document format.
    Odt,
}

impl MediaType {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Csv,
        Self::Plain,
        Self::Xlsx,
        Self::Docx,
        Self::Ods,
        Self::Odt,
    ];

    /// How it is declared.
    #[must_use]
    pub const fn essence(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Csv => "text/csv",
            Self::Plain => "text/plain",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odt => "application/vnd.oasis.opendocument.text",
        }
    }

    /// The kind declared so.
    #[must_use]
    pub fn declared(essence: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.essence() == essence)
    }

    /// Whether bytes are a file of this kind, as far as they show it.
    #[must_use]
    pub fn is_spoken_by(self, bytes: &[u8]) -> bool {
        match self {
            Self::Pdf => bytes.starts_with(b"%PDF-"),
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            Self::Csv | Self::Plain => is_text(bytes),
            Self::Xlsx => is_archive(bytes) && holds(bytes, b"xl/workbook.xml"),
            Self::Docx => is_archive(bytes) && holds(bytes, b"word/document.xml"),
            Self::Ods | Self::Odt => is_archive(bytes) && holds(bytes, self.essence().as_bytes()),
        }
    }
}

/// A text in UTF-8 or Windows-1252: without NUL and the other control characters no text has.
fn is_text(bytes: &[u8]) -> bool {
    let is_control = |byte: &u8| matches!(byte, 0x00..=0x08 | 0x0b | 0x0e..=0x1f | 0x7f);
    // The five bytes Windows-1252 has no letter for stand in UTF-8 only as parts of one.
    let unassigned = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    let reads = std::str::from_utf8(bytes).is_ok() || !bytes.iter().any(unassigned);
    reads && !bytes.iter().any(is_control)
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether an archive names a part, or begins with its kind as open documents do; names are not compressed.
fn holds(bytes: &[u8], name: &[u8]) -> bool {
    bytes.windows(name.len()).any(|window| window == name)
}

impl From<MediaType> for &'static str {
    fn from(kind: MediaType) -> Self {
        kind.essence()
    }
}

impl TryFrom<String> for MediaType {
    type Error = &'static str;

    fn try_from(essence: String) -> Result<Self, Self::Error> {
        Self::declared(&essence).ok_or("no kind of file that is kept")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_show_what_they_are() {
        let ods =
            [b"PK\x03\x04....mimetype".as_slice(), MediaType::Ods.essence().as_bytes(), b"..PK"].concat();
        let xlsx = b"PK\x03\x04......xl/workbook.xml....".to_vec();
        for (kind, bytes) in [
            (MediaType::Pdf, b"%PDF-1.7\n...".to_vec()),
            (MediaType::Png, b"\x89PNG\r\n\x1a\n....".to_vec()),
            (MediaType::Jpeg, b"\xff\xd8\xff\xe0....".to_vec()),
            (MediaType::Csv, "anno;quantità\r\n2024;3".as_bytes().to_vec()),
            (MediaType::Plain, b"citt\xe0 e quantit\xe0\n".to_vec()),
            (MediaType::Xlsx, xlsx.clone()),
            (MediaType::Docx, b"PK\x03\x04...word/document.xml".to_vec()),
            (MediaType::Ods, ods.clone()),
        ] {
            assert!(kind.is_spoken_by(&bytes), "{kind:?}");
            let others = MediaType::ALL
                .into_iter()
                .filter(|other| *other != kind && !matches!(other, MediaType::Csv | MediaType::Plain));
            for other in others {
                assert!(!other.is_spoken_by(&bytes), "{kind:?} is no {other:?}");
            }
        }
    }

    #[test]
    fn a_text_has_no_bytes_that_no_text_has() {
        for bytes in [b"a\0b".as_slice(), b"MZ\x90\x00\x03", b"\x7fELF", b"caff\x81", b"\x1b\x01"] {
            assert!(!MediaType::Plain.is_spoken_by(bytes), "{bytes:?}");
        }
    }
}
