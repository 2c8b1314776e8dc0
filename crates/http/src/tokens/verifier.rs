//! The verifier: from the text of a token to what it proves, or to the reason why it proves nothing.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::de::DeserializeOwned;

use super::Error;
use super::claims::{Header, Named, Read};
use super::issuers::IssuerSettings;
use super::key_source::KeySource;
use super::keys::KeyRing;

/// Nothing longer is looked at.
const LONGEST: usize = 8 * 1024;
const LONGEST_KEY_ID: usize = 128;
const LONGEST_SUBJECT: usize = 255;
/// How far two clocks may be apart.
const LEEWAY: TimeDelta = TimeDelta::seconds(30);
const OUR_ALGORITHM: Algorithm = Algorithm::EdDSA;

/// Who issued a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issuer {
    /// This service.
    Own,
    /// Another one, configured.
    External {
        /// Its name.
        issuer: String,
    },
}

/// What a token proves.
#[derive(Debug, Clone)]
pub struct Verified {
    /// Who issued it.
    pub issuer: Issuer,
    /// Whom it speaks of: a member of ours, or somebody the other issuer knows.
    pub sub: String,
    /// The comune it is for.
    pub comune: String,
    /// The roles it carries, when it is ours.
    pub roles: Vec<String>,
    /// Until when it holds, the leeway included.
    pub expires_at: DateTime<Utc>,
}

/// Why a token proves nothing: for the log and the figures. The caller is told nothing but that it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is longer than any token is.
    TooLarge,
    /// It is not three parts of canonical base64url, or a part is not the JSON it must be.
    Malformed,
    /// Nobody configured its issuer.
    UnknownIssuer,
    /// Its header does not name the algorithm of its issuer.
    WrongAlgorithm,
    /// It is not an access token.
    WrongType,
    /// Its issuer has no such key, as far as is known.
    UnknownKey {
        /// The issuer.
        issuer: String,
    },
    /// Its signature does not hold.
    WrongSignature,
    /// It is for somebody else.
    WrongAudience,
    /// It has ended.
    Expired,
    /// It does not hold yet, or was issued in the future.
    NotYetValid,
    /// It lives longer than its issuer's tokens may.
    TooLongLived,
    /// It is bound to a proof, and none is verified here.
    ProofRequired,
    /// It does not say whom it speaks of, or for which comune.
    NoSubject,
}

impl Refusal {
    /// The word for the log and the figures.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
            Self::UnknownIssuer => "unknown_issuer",
            Self::WrongAlgorithm => "wrong_algorithm",
            Self::WrongType => "wrong_type",
            Self::UnknownKey { .. } => "unknown_key",
            Self::WrongSignature => "wrong_signature",
            Self::WrongAudience => "wrong_audience",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::TooLongLived => "too_long_lived",
            Self::ProofRequired => "proof_required",
            Self::NoSubject => "no_subject",
        }
    }
}

struct External {
    settings: IssuerSettings,
    algorithm: Algorithm,
    keys: Arc<KeySource>,
}

/// Verifies tokens: ours and those of the issuers configured, each with its one algorithm, its keys and its type.
pub struct Verifier {
    issuer: String,
    audience: String,
    keys: Arc<KeyRing>,
    longest_life: TimeDelta,
    externals: HashMap<String, External>,
}

/// What is demanded of a token of one issuer.
struct Demands<'v> {
    algorithm: Algorithm,
    types: &'v [String],
    audience: &'v str,
    commas: bool,
    longest_life: TimeDelta,
}

impl Verifier {
    /// A verifier of our tokens and of those of `issuers`.
    ///
    /// # Errors
    /// When an issuer calls itself by our name.
    pub fn new(
        issuer: &str,
        audience: &str,
        keys: Arc<KeyRing>,
        issuers: Vec<IssuerSettings>,
        longest_life: TimeDelta,
    ) -> Result<Self, Error> {
        let mut externals = HashMap::new();
        for settings in issuers {
            if settings.issuer == issuer {
                return Err(Error::Unfit(format!("issuer '{issuer}' is this service itself")));
            }
            let algorithm = settings.algorithm().map_err(Error::Unfit)?;
            let keys = Arc::new(KeySource::new(settings.jwks.clone()));
            externals.insert(settings.issuer.clone(), External { settings, algorithm, keys });
        }
        Ok(Self { issuer: issuer.to_owned(), audience: audience.to_owned(), keys, longest_life, externals })
    }

    /// Where the keys of an issuer come from, to read them again.
    #[must_use]
    pub fn key_source(&self, issuer: &str) -> Option<Arc<KeySource>> {
        self.externals.get(issuer).map(|external| Arc::clone(&external.keys))
    }

    /// The key sources not read for an hour.
    #[must_use]
    pub fn due(&self, now: DateTime<Utc>) -> Vec<Arc<KeySource>> {
        let sources = self.externals.values().map(|external| &external.keys);
        sources.filter(|source| source.is_due(now)).map(Arc::clone).collect()
    }

    /// What a token proves at `now`.
    ///
    /// # Errors
    /// Why it proves nothing.
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Verified, Refusal> {
        if token.len() > LONGEST {
            return Err(Refusal::TooLarge);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
        let (header, payload) = message.split_once('.').ok_or(Refusal::Malformed)?;
        let header: Header = part(header)?;
        let named: Named = part(payload)?;
        let ours = vec!["at+jwt".to_owned()];
        let (demands, key, external) = if named.iss == self.issuer {
            let demands = Demands {
                algorithm: OUR_ALGORITHM,
                types: &ours,
                audience: &self.audience,
                commas: false,
                longest_life: self.longest_life,
            };
            (demands, self.keys.verifying(&header.kid), None)
        } else {
            let external = self.externals.get(&named.iss).ok_or(Refusal::UnknownIssuer)?;
            (external.demands(), external.keys.lookup(&header.kid), Some(external))
        };
        check_header(&header, &demands)?;
        let key = key.ok_or(Refusal::UnknownKey { issuer: named.iss })?;
        check_signature(message, signature, &key, demands.algorithm)?;
        let read: Read = part(payload)?;
        let expires_at = check_times(&read, &demands, external.is_none(), now)?;
        if !read.aud.names(demands.audience, demands.commas) {
            return Err(Refusal::WrongAudience);
        }
        if read.cnf.is_some() || read.digest.is_some() {
            return Err(Refusal::ProofRequired);
        }
        if read.sub.is_empty() || read.sub.len() > LONGEST_SUBJECT {
            return Err(Refusal::NoSubject);
        }
        let (issuer, comune, roles) = match external {
            None => (Issuer::Own, read.comune, read.roles),
            Some(external) => {
                let issuer = Issuer::External { issuer: external.settings.issuer.clone() };
                (issuer, external.comune(read.producer.as_deref()), Vec::new())
            }
        };
        Ok(Verified { issuer, sub: read.sub, comune: comune.ok_or(Refusal::NoSubject)?, roles, expires_at })
    }
}

impl External {
    fn demands(&self) -> Demands<'_> {
        Demands {
            algorithm: self.algorithm,
            types: &self.settings.types,
            audience: &self.settings.audience,
            commas: !self.settings.producers.is_empty(),
            longest_life: self.settings.max_lifetime(),
        }
    }

    /// The comune is never the token's to choose: the configuration says it, alone or for each producer.
    fn comune(&self, producer: Option<&str>) -> Option<String> {
        let by_producer = producer.and_then(|producer| self.settings.producers.get(producer));
        self.settings.comune.as_ref().or(by_producer).cloned()
    }
}

fn part<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Refusal::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::Malformed)
}

fn check_header(header: &Header, demands: &Demands<'_>) -> Result<(), Refusal> {
    // The word is compared with the one configured, and never chooses anything.
    let wanted = format!("{:?}", demands.algorithm);
    if header.alg != wanted {
        return Err(Refusal::WrongAlgorithm);
    }
    if !demands.types.iter().any(|typ| typ.eq_ignore_ascii_case(&header.typ)) {
        return Err(Refusal::WrongType);
    }
    if header.kid.is_empty() || header.kid.len() > LONGEST_KEY_ID { Err(Refusal::Malformed) } else { Ok(()) }
}

fn check_signature(
    message: &str,
    signature: &str,
    key: &DecodingKey,
    algorithm: Algorithm,
) -> Result<(), Refusal> {
    // Decoded once here, strictly: one signature has one spelling.
    URL_SAFE_NO_PAD.decode(signature).map_err(|_| Refusal::Malformed)?;
    match jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, algorithm) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Refusal::WrongSignature),
    }
}

fn check_times(
    read: &Read,
    demands: &Demands<'_>,
    ours: bool,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, Refusal> {
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(Refusal::Malformed);
    let (issued, ends) = (instant(read.iat)?, instant(read.exp)?);
    let latest_start = now.checked_add_signed(LEEWAY).ok_or(Refusal::Malformed)?;
    let end = ends.checked_add_signed(LEEWAY).ok_or(Refusal::Malformed)?;
    if end <= now {
        return Err(Refusal::Expired);
    }
    let from = match read.nbf {
        Some(from) => instant(from)?,
        None if ours => return Err(Refusal::Malformed),
        None => issued,
    };
    if issued > latest_start || from > latest_start {
        return Err(Refusal::NotYetValid);
    }
    if ends.signed_duration_since(issued) > demands.longest_life {
        return Err(Refusal::TooLongLived);
    }
    Ok(end)
}
