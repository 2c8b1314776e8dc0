//! Files kept as evidence: small, of a few kinds, each what it says it is, and never altered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::digest::Digest;
use crate::fault::{FaultKind, Refused};
use crate::measurement::EvidenceFileId;
use crate::text::Line;

mod media_type;

pub use media_type::MediaType;

/// What is known of a file kept as evidence, beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EvidenceFile {
    /// Its id.
    pub id: EvidenceFileId,
    /// What it is called.
    pub name: Line<300>,
    /// What it is.
    pub media_type: MediaType,
    /// How many bytes it has.
    pub size: i32,
    /// The digest of its bytes.
    pub digest: Digest,
    /// When it came.
    pub received_at: DateTime<Utc>,
    /// Who sent it; left out of digests of it, as of everything that names a member.
    #[serde(skip)]
    pub member: Option<Uuid>,
}

impl EvidenceFile {
    /// The most bytes a file has.
    pub const MOST_BYTES: usize = 5 * 1_048_576;

    /// A file as it came.
    ///
    /// # Errors
    /// When its bytes are none, too many, or not what it says it is.
    pub fn received(
        id: EvidenceFileId,
        name: Line<300>,
        media_type: MediaType,
        bytes: &[u8],
        (received_at, member): (DateTime<Utc>, Option<Uuid>),
    ) -> Result<Self, Refused> {
        let too_large = || {
            let detail = format!("Al massimo {} byte.", Self::MOST_BYTES);
            Refused::new(FaultKind::OutOfBounds, detail)
        };
        if bytes.is_empty() {
            return Err(Refused::new(FaultKind::Missing, "Il file è vuoto."));
        }
        if bytes.len() > Self::MOST_BYTES {
            return Err(too_large());
        }
        if !media_type.is_spoken_by(bytes) {
            let detail = format!("Il contenuto non è quello di un file {}.", media_type.essence());
            return Err(Refused::new(FaultKind::Inconsistent, detail));
        }
        let size = i32::try_from(bytes.len()).map_err(|_| too_large())?;
        let digest = Digest::of(bytes);
        Ok(Self { id, name, media_type, size, digest, received_at, member })
    }
}
