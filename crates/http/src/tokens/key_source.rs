//! The keys of another issuer, remembered: read from a file or an address, again when a token names one not known,
//! at most once a minute. While the source is away the keys known go on being used.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::DecodingKey;
use jsonwebtoken::jwk::{AlgorithmParameters, JwkSet};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use super::Error;
use super::issuers::JwksPlace;

const AT_MOST_EVERY: TimeDelta = TimeDelta::seconds(60);
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

    /// Reads the keys again, unless that was tried within the last minute. It may wait for the network, three seconds at most.
    pub fn refresh(&self, now: DateTime<Utc>) {
        // Held while reading: whoever else wants the same keys waits for them instead of asking for them too.
        let mut tried_at = self.tried_at.lock().unwrap_or_else(PoisonError::into_inner);
        if tried_at.is_some_and(|tried| now.signed_duration_since(tried) < AT_MOST_EVERY) {
            return;
        }
        *tried_at = Some(now);
        match self.read() {
            Ok(found) => *self.keys.write().unwrap_or_else(PoisonError::into_inner) = found,
            Err(error) => log::warn!("the keys of an issuer cannot be read, those known stay: {error}"),
        }
    }

    fn read(&self) -> Result<HashMap<String, DecodingKey>, Error> {
        let text = match &self.place {
            JwksPlace::File(file) => read_file(file)?,
            JwksPlace::Url(url) => fetch(url)?,
        };
        let set: JwkSet =
            serde_json::from_str(&text).map_err(|error| Error::Unfit(format!("not a JWKS: {error}")))?;
        let usable = set.keys.iter().filter(|key| !matches!(key.algorithm, AlgorithmParameters::OctetKey(_)));
        let mut keys = HashMap::new();
        for key in usable.take(MOST_KEYS) {
            if let (Some(id), Ok(verifies)) = (&key.common.key_id, DecodingKey::from_jwk(key)) {
                keys.insert(id.clone(), verifies);
            }
        }
        Ok(keys)
    }
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
