//! The keys of another issuer, remembered: read from a file or an address, again when a token names one not known,
//! at most once a minute, and again every hour, so that a key its issuer withdrew is not used for long. While the source is
//! away the keys known go on being used.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet, PublicKeyUse};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use super::Error;
use super::issuers::JwksPlace;

const AT_MOST_EVERY: TimeDelta = TimeDelta::seconds(60);
const AT_LEAST_EVERY: TimeDelta = TimeDelta::hours(1);
const SHORTEST_RSA_BYTES: usize = 256;
const LARGEST: u64 = 65_536;
const MOST_KEYS: usize = 50;

/// The keys of one issuer.
pub struct KeySource {
    place: JwksPlace,
    keys: RwLock<HashMap<String, DecodingKey>>,
    tried_at: Mutex<Option<DateTime<Utc>>>,
}

impl KeySource {
    /// A source nothing was read from yet.
    pub(super) fn new(place: JwksPlace) -> Self {
        Self { place, keys: RwLock::default(), tried_at: Mutex::new(None) }
    }

    /// The key with this id, if it is known.
    pub(super) fn lookup(&self, id: &str) -> Option<DecodingKey> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// Whether the keys were not read for so long that they should be, whoever asks.
    #[must_use]
    pub fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.last_try().is_none_or(|tried| now.signed_duration_since(tried) >= AT_LEAST_EVERY)
    }

    /// Reads the keys again, unless that was tried within the last minute or is being done: nobody waits for somebody else's
    /// reading. It may wait for the network, three seconds at most. Says whether the keys were read.
    pub fn refresh(&self, now: DateTime<Utc>) -> bool {
        {
            let mut tried_at = self.tried_at.lock().unwrap_or_else(PoisonError::into_inner);
            if tried_at.is_some_and(|tried| now.signed_duration_since(tried) < AT_MOST_EVERY) {
                return false;
            }
            *tried_at = Some(now);
        }
        match self.read() {
            Ok(found) => {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = found;
                true
            }
            Err(error) => {
                log::warn!("the keys of an issuer cannot be read, those known stay: {error}");
                false
            }
        }
    }

    fn last_try(&self) -> Option<DateTime<Utc>> {
        *self.tried_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) -> Result<HashMap<String, DecodingKey>, Error> {
        let text = match &self.place {
            JwksPlace::File(file) => read_file(file)?,
            JwksPlace::Url(url) => fetch(url)?,
        };
        let set: JwkSet =
            serde_json::from_str(&text).map_err(|error| Error::Unfit(format!("not a JWKS: {error}")))?;
        let mut keys = HashMap::new();
        for key in set.keys.iter().filter(|key| is_fit(key)).take(MOST_KEYS) {
            if let (Some(id), Ok(verifies)) = (&key.common.key_id, DecodingKey::from_jwk(key)) {
                keys.insert(id.clone(), verifies);
            }
        }
        if keys.is_empty() {
            return Err(Error::Unfit("a JWKS without a usable key".to_owned()));
        }
        Ok(keys)
    }
}

/// A public key that is for signatures and, when RSA, at least 2048 bits long.
fn is_fit(key: &Jwk) -> bool {
    let signs = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
    let fit = if let AlgorithmParameters::RSA(rsa) = &key.algorithm {
        let modulus = URL_SAFE_NO_PAD.decode(&rsa.n).unwrap_or_default();
        modulus.iter().skip_while(|byte| **byte == 0).count() >= SHORTEST_RSA_BYTES
    } else {
        matches!(key.algorithm, AlgorithmParameters::EllipticCurve(_) | AlgorithmParameters::OctetKeyPair(_))
    };
    signs && fit
}

fn read_file(file: &Path) -> Result<String, Error> {
    let mut text = String::new();
    let opened = std::fs::File::open(file).map_err(Error::file(file))?;
    opened.take(LARGEST).read_to_string(&mut text).map_err(Error::file(file))?;
    Ok(text)
}

fn fetch(url: &str) -> Result<String, Error> {
    let away = |error: ureq::Error| Error::Unfit(error.to_string());
    let tls = TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    let agent = ureq::Agent::config_builder()
        .tls_config(tls)
        .timeout_global(Some(Duration::from_secs(3)))
        .max_redirects(0)
        .build()
        .new_agent();
    let mut response = agent.get(url).call().map_err(away)?;
    response.body_mut().with_config().limit(LARGEST).read_to_string().map_err(away)
}
