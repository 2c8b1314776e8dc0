//! What tokens say.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// What a token of ours says (RFC 9068).
#[derive(Debug, Clone, Serialize)]
pub struct Claims {
    /// This service.
    pub iss: String,
    /// The member.
    pub sub: String,
    /// This API.
    pub aud: String,
    /// When it was issued, in seconds.
    pub iat: i64,
    /// From when it holds.
    pub nbf: i64,
    /// Until when it holds.
    pub exp: i64,
    /// Its own id.
    pub jti: String,
    /// The program it was issued to, when it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The comune it is for.
    pub comune: String,
    /// The roles it carries.
    pub roles: Vec<String>,
    /// The unit its member answers for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// The header of a token: these members and no others. `jku`, `x5u`, `jwk`, `x5c` would let the caller choose the key,
/// `crit` asks for what we do not do; all are refused by not being here.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Header {
    pub(super) alg: String,
    pub(super) typ: String,
    pub(super) kid: String,
    #[serde(rename = "use")]
    pub(super) _use: Option<String>,
}

/// Enough of a token to know whose keys to look for.
#[derive(Debug, Deserialize)]
pub(super) struct Named {
    pub(super) iss: String,
}

/// What is read of a token, ours or another issuer's. A plain struct: a claim given twice is refused by it.
#[derive(Debug, Deserialize)]
pub(super) struct Read {
    pub(super) sub: String,
    pub(super) aud: Audience,
    pub(super) exp: i64,
    pub(super) iat: i64,
    pub(super) nbf: Option<i64>,
    pub(super) comune: Option<String>,
    #[serde(default)]
    pub(super) roles: Vec<String>,
    #[serde(rename = "producerId")]
    pub(super) producer: Option<String>,
    /// A token bound to a key, or to a tracking evidence, asks for a proof that is not verified here.
    pub(super) cnf: Option<IgnoredAny>,
    pub(super) digest: Option<IgnoredAny>,
}

/// Whom a token is for.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    /// Whether `ours` is among them; the national data platform joins several with commas in one string.
    pub(super) fn names(&self, ours: &str, joined_by_commas: bool) -> bool {
        match self {
            Self::One(one) if joined_by_commas => one.split(',').any(|part| part.trim() == ours),
            Self::One(one) => one == ours,
            Self::Several(several) => several.iter().any(|one| one == ours),
        }
    }
}
