//! Sealed documents: the canonical bytes of a plan, their seal, and how they are packed to be kept and sent.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use thiserror::Error;
use traguardo_domain::digest::Digest;
use traguardo_domain::plan::canonical::canonical;
use traguardo_domain::plan::document::PlanDocument;

/// Why a document could not be packed or unpacked.
#[derive(Debug, Error)]
pub enum Error {
    /// It cannot be written as JSON, or what was kept is no plan.
    #[error("the document is not a plan's: {0}")]
    Json(#[from] serde_json::Error),
    /// What was kept is not what was packed.
    #[error("the document cannot be unpacked: {0}")]
    Packing(#[from] std::io::Error),
}

/// A document ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The digest of its canonical bytes.
    pub digest: Digest,
    /// How many bytes those are.
    pub size: usize,
    /// Those bytes, compressed (gzip), as they are sent.
    pub bytes: Vec<u8>,
}

/// Packs a document.
///
/// # Errors
/// When it cannot be written, which for a document that was read does not happen.
pub fn pack(document: &PlanDocument) -> Result<Packed, Error> {
    let whole = canonical(document)?;
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&whole)?;
    Ok(Packed { digest: Digest::of(&whole), size: whole.len(), bytes: packer.finish()? })
}

/// The canonical bytes of a packed document.
///
/// # Errors
/// When they were not packed here.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut whole = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut whole)?;
    Ok(whole)
}

/// The document that was packed.
///
/// # Errors
/// When what was kept is no plan.
pub fn open(bytes: &[u8]) -> Result<PlanDocument, Error> {
    Ok(serde_json::from_slice(&unpack(bytes)?)?)
}
