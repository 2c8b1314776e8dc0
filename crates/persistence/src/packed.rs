//! What is kept compressed: the canonical bytes of sealed plans, sent as they are; files that were received, and their drafts.

use std::io::{Cursor, Read as _, Write as _};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use traguardo_domain::digest::Digest;
use traguardo_domain::plan::canonical::canonical;
use traguardo_domain::plan::document::PlanDocument;

use crate::error::Error;

/// How many bytes are unpacked at a time.
const PIECE: u64 = 65_536;

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

/// Bytes that are compressed while they are written, so that what is long is never held whole.
pub struct Packing {
    packer: GzEncoder<Vec<u8>>,
    size: u64,
}

impl Default for Packing {
    fn default() -> Self {
        Self { packer: GzEncoder::new(Vec::new(), Compression::fast()), size: 0 }
    }
}

impl Packing {
    /// Adds bytes at the end.
    ///
    /// # Errors
    /// When they cannot be compressed, which in memory does not happen.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.size = self.size.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        self.packer.write_all(bytes).map_err(|error| Error::inconsistent("bytes to be sent", error))
    }

    /// All of them, compressed, and how many they were.
    ///
    /// # Errors
    /// As for [`Packing::write`].
    pub fn finish(self) -> Result<(Vec<u8>, u64), Error> {
        let packed = self.packer.finish().map_err(|error| Error::inconsistent("bytes to be sent", error))?;
        Ok((packed, self.size))
    }
}

/// Compressed bytes as they were, a piece at a time.
pub struct Unpacking<B: AsRef<[u8]>>(GzDecoder<Cursor<B>>);

impl<B: AsRef<[u8]>> Unpacking<B> {
    /// Begins with the first piece.
    #[must_use]
    pub fn of(bytes: B) -> Self {
        Self(GzDecoder::new(Cursor::new(bytes)))
    }
}

impl<B: AsRef<[u8]>> Iterator for Unpacking<B> {
    type Item = std::io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut piece = Vec::new();
        match self.0.by_ref().take(PIECE).read_to_end(&mut piece) {
            Ok(0) => None,
            Ok(_) => Some(Ok(piece)),
            Err(error) => Some(Err(error)),
        }
    }
}

/// The document that was packed.
///
/// # Errors
/// When what was kept is no plan.
pub fn open(bytes: &[u8]) -> Result<PlanDocument, Error> {
    serde_json::from_slice(&unpack(bytes)?).map_err(|error| Error::inconsistent("sealed version", error))
}
