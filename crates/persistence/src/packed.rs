//! What is kept compressed: the canonical bytes of sealed plans, sent as they are; files that were received, and their drafts.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use traguardo_domain::digest::Digest;
use traguardo_domain::plan::canonical::canonical;
use traguardo_domain::plan::document::PlanDocument;

use crate::error::Error;

/// A document ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Packed {
    /// The digest of its canonical bytes.
    pub(crate) digest: Digest,
    /// How many bytes those are.
    pub(crate) size: i32,
    /// Those bytes, compressed (gzip).
    pub(crate) bytes: Vec<u8>,
}

impl Packed {
    /// Packs a document.
    pub(crate) fn of(document: &PlanDocument) -> Result<Self, Error> {
        let unpackable = |error: &dyn std::fmt::Display| Error::inconsistent("plan document", error);
        let whole = canonical(document).map_err(|error| unpackable(&error))?;
        let mut packer = GzEncoder::new(Vec::new(), Compression::best());
        packer.write_all(&whole).map_err(|error| unpackable(&error))?;
        let bytes = packer.finish().map_err(|error| unpackable(&error))?;
        let size = i32::try_from(whole.len()).unwrap_or(i32::MAX);
        Ok(Self { digest: Digest::of(&whole), size, bytes })
    }
}

/// Bytes, compressed as they are kept.
///
/// # Errors
/// When they cannot be compressed, which in memory does not happen.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let unpackable = |error| Error::inconsistent("bytes to be kept", error);
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(bytes).map_err(unpackable)?;
    packer.finish().map_err(unpackable)
}

/// The canonical bytes of a packed document.
///
/// # Errors
/// When they were not packed here.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut whole = Vec::new();
    let read = GzDecoder::new(bytes).read_to_end(&mut whole);
    read.map_err(|error| Error::inconsistent("sealed version", error))?;
    Ok(whole)
}

/// The document that was packed.
///
/// # Errors
/// When what was kept is no plan.
pub fn open(bytes: &[u8]) -> Result<PlanDocument, Error> {
    serde_json::from_slice(&unpack(bytes)?).map_err(|error| Error::inconsistent("sealed version", error))
}
