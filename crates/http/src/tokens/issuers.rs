//! The issuers whose tokens are accepted beside ours, as a file says.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use chrono::TimeDelta;
use jsonwebtoken::Algorithm;
use serde::Deserialize;
use traguardo_domain::ComuneCode;

use super::Error;

/// One issuer: exactly its name, one algorithm, and where its keys are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuerSettings {
    /// Its `iss`, to the letter.
    pub issuer: String,
    /// The `aud` its tokens for us name.
    pub audience: String,
    /// The one algorithm it signs with.
    pub algorithm: String,
    /// The `typ` its access tokens have.
    #[serde(default = "access_token")]
    pub types: Vec<String>,
    /// Where its keys are.
    pub jwks: JwksPlace,
    /// The comune all its tokens are for.
    pub comune: Option<String>,
    /// Or the comune each `producerId` stands for, for the national data platform.
    #[serde(default)]
    pub producers: BTreeMap<String, String>,
    /// How long its tokens may live.
    #[serde(default = "an_hour")]
    pub max_lifetime_seconds: i64,
}

/// Where an issuer's keys are.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum JwksPlace {
    /// In a file.
    File(PathBuf),
    /// At an address: https, or http on this machine.
    Url(String),
}

fn access_token() -> Vec<String> {
    vec!["at+jwt".to_owned()]
}

const fn an_hour() -> i64 {
    3600
}

const LONGEST_LIFE: i64 = 86_400;

impl IssuerSettings {
    /// Reads a file of issuers.
    ///
    /// # Errors
    /// When it cannot be read, or an issuer is not as it must be.
    pub fn read(file: &Path) -> Result<Vec<Self>, Error> {
        let text = std::fs::read_to_string(file).map_err(Error::file(file))?;
        Self::parse(&text).map_err(|words| Error::Unfit(format!("{}: {words}", file.display())))
    }

    /// Reads issuers.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn parse(text: &str) -> Result<Vec<Self>, String> {
        let issuers: Vec<Self> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut names = HashSet::new();
        for issuer in &issuers {
            issuer.check().map_err(|words| format!("issuer '{}': {words}", issuer.issuer))?;
            if !names.insert(&issuer.issuer) {
                return Err(format!("issuer '{}' stands there twice", issuer.issuer));
            }
        }
        Ok(issuers)
    }

    fn check(&self) -> Result<(), String> {
        if self.issuer.is_empty() || self.audience.is_empty() || self.types.is_empty() {
            return Err("issuer, audience and types cannot be empty".to_owned());
        }
        self.algorithm()?;
        if !(1..=LONGEST_LIFE).contains(&self.max_lifetime_seconds) {
            return Err(format!("max_lifetime_seconds goes from 1 to {LONGEST_LIFE}"));
        }
        let comuni = self.comune.iter().chain(self.producers.values());
        for comune in comuni {
            ComuneCode::parse(comune).map_err(|error| error.detail)?;
        }
        if self.comune.is_some() != self.producers.is_empty() {
            return Err("either comune or producers says which comune its tokens are for".to_owned());
        }
        match &self.jwks {
            JwksPlace::Url(url) if !is_safe(url) => {
                Err("jwks.url must be https (http only on this machine)".to_owned())
            }
            JwksPlace::Url(_) | JwksPlace::File(_) => Ok(()),
        }
    }

    /// The one algorithm: of those with a public key only.
    pub(super) fn algorithm(&self) -> Result<Algorithm, String> {
        let symmetric = [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512];
        let known = Algorithm::from_str(&self.algorithm).ok().filter(|known| !symmetric.contains(known));
        known.ok_or_else(|| format!("algorithm '{}' is not one with a public key", self.algorithm))
    }

    pub(super) fn max_lifetime(&self) -> TimeDelta {
        TimeDelta::seconds(self.max_lifetime_seconds)
    }
}

fn is_safe(url: &str) -> bool {
    let local =
        ["http://127.0.0.1:", "http://127.0.0.1/", "http://[::1]:", "http://[::1]/", "http://localhost:"];
    url.starts_with("https://") || local.iter().any(|start| url.starts_with(start))
}
