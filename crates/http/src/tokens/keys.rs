//! Our own keys: those that sign tokens, and the one that seals stored answers.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyAlgorithm, PublicKeyUse, ThumbprintHash};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};

use super::Error;
use super::claims::Claims;

const SEAL: &str = "answers.key";
const NONCE: usize = 12;

struct SigningKey {
    id: String,
    signs: EncodingKey,
    verifies: DecodingKey,
    public: Jwk,
}

/// The keys of a folder: each `*.pem` verifies, the one whose name sorts last signs, `answers.key` seals.
pub struct KeyRing {
    keys: Vec<SigningKey>,
    active: String,
    seal: RandomizedNonceKey,
}

impl KeyRing {
    /// Reads the keys of a folder.
    ///
    /// # Errors
    /// When there are none, one cannot be read, is of another kind, or may be read by others than its owner.
    pub fn load(folder: &Path) -> Result<Self, Error> {
        let mut names = pem_files(folder)?;
        names.sort();
        let keys = names.iter().map(|name| read_key(name)).collect::<Result<Vec<_>, _>>()?;
        let active = keys.last().map(|key| key.id.clone()).ok_or_else(|| {
            let words = "no signing keys; make one with `traguardo keys`, or an Ed25519 key in PKCS#8 PEM of your own";
            Error::Unfit(format!("{}: {words}", folder.display()))
        })?;
        let sealing = read_private(&folder.join(SEAL))?;
        let sealing = STANDARD.decode(sealing.trim()).map_err(Error::crypto)?;
        let seal = RandomizedNonceKey::new(&AES_256_GCM, &sealing)
            .map_err(|_| Error::Unfit(format!("{}: not 32 bytes in base64", folder.join(SEAL).display())))?;
        Ok(Self { keys, active, seal })
    }

    /// Makes a new signing key in a folder, and the sealing key when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn generate_into(folder: &Path) -> Result<(), Error> {
        if let Some(above) = folder.parent() {
            fs::create_dir_all(above).map_err(Error::file(above))?;
        }
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Error::file(folder))?;
        let pair = Ed25519KeyPair::generate().map_err(Error::crypto)?;
        let document = pair.to_pkcs8v1().map_err(Error::crypto)?;
        write_private(&folder.join(next_name(folder)?), &pem(document.as_ref()))?;
        let seal = folder.join(SEAL);
        if seal.exists() {
            return Ok(());
        }
        let mut secret = [0_u8; 32];
        aws_lc_rs::rand::fill(&mut secret).map_err(Error::crypto)?;
        write_private(&seal, &STANDARD.encode(secret))
    }

    /// Signs a token.
    ///
    /// # Errors
    /// When the cryptography refuses.
    pub fn sign(&self, claims: &Claims) -> Result<String, Error> {
        let key = self.find(&self.active).ok_or_else(|| Error::Crypto("no active key".to_owned()))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(key.id.clone());
        jsonwebtoken::encode(&header, claims, &key.signs).map_err(Error::crypto)
    }

    /// The public keys, for whoever verifies our tokens.
    #[must_use]
    pub fn jwks(&self) -> JwkSet {
        JwkSet { keys: self.keys.iter().map(|key| key.public.clone()).collect() }
    }

    /// Seals bytes so that only this key opens them, and only beside the same `associated` bytes.
    ///
    /// # Errors
    /// When the cryptography refuses.
    pub fn seal(&self, plain: &[u8], associated: &[u8]) -> Result<Vec<u8>, Error> {
        let mut sealed = plain.to_vec();
        let nonce =
            self.seal.seal_in_place_append_tag(Aad::from(associated), &mut sealed).map_err(Error::crypto)?;
        let mut whole = nonce.as_ref().to_vec();
        whole.append(&mut sealed);
        Ok(whole)
    }

    /// Opens sealed bytes.
    ///
    /// # Errors
    /// When they were sealed by another key, beside other bytes, or were altered.
    pub fn open(&self, sealed: &[u8], associated: &[u8]) -> Result<Vec<u8>, Error> {
        let unfit = || Error::Crypto("what was sealed cannot be opened".to_owned());
        let (nonce, body) = sealed.split_at_checked(NONCE).ok_or_else(unfit)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(Error::crypto)?;
        let mut body = body.to_vec();
        let plain = self.seal.open_in_place(nonce, Aad::from(associated), &mut body).map_err(|_| unfit())?;
        Ok(plain.to_vec())
    }

    /// The key that verifies what a key of ours signed.
    pub(super) fn verifying(&self, id: &str) -> Option<DecodingKey> {
        self.find(id).map(|key| key.verifies.clone())
    }

    fn find(&self, id: &str) -> Option<&SigningKey> {
        self.keys.iter().find(|key| key.id == id)
    }
}

fn pem_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "pem") {
            names.push(path);
        }
    }
    Ok(names)
}

/// A name that sorts after those there are, whichever of them were taken away.
fn next_name(folder: &Path) -> Result<String, Error> {
    let number = |path: &PathBuf| path.file_stem()?.to_str()?.parse::<u32>().ok();
    let last = pem_files(folder)?.iter().filter_map(number).max().unwrap_or(0);
    Ok(format!("{:04}.pem", last.saturating_add(1)))
}

fn read_key(path: &Path) -> Result<SigningKey, Error> {
    let unfit = |_| Error::Unfit(format!("{}: not an Ed25519 private key in PKCS#8 PEM", path.display()));
    let text = read_private(path)?;
    let signs = EncodingKey::from_ed_pem(text.as_bytes()).map_err(unfit)?;
    let pair = Ed25519KeyPair::from_pkcs8(signs.as_bytes())
        .map_err(|_| Error::Unfit(format!("{}: not an Ed25519 private key in PKCS#8 PEM", path.display())))?;
    let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
    let mut public: Jwk =
        serde_json::from_value(serde_json::json!({ "kty": "OKP", "crv": "Ed25519", "x": x }))
            .map_err(Error::crypto)?;
    let id = public.thumbprint(ThumbprintHash::SHA256).map_err(Error::crypto)?;
    public.common.key_id = Some(id.clone());
    public.common.key_algorithm = Some(KeyAlgorithm::EdDSA);
    public.common.public_key_use = Some(PublicKeyUse::Signature);
    let verifies = DecodingKey::from_jwk(&public).map_err(Error::crypto)?;
    Ok(SigningKey { id, signs, verifies, public })
}

fn read_private(path: &Path) -> Result<String, Error> {
    let mode = fs::metadata(path).map_err(Error::file(path))?.permissions().mode();
    if mode & 0o077 != 0 {
        let words = "others than its owner may read it: chmod 600";
        return Err(Error::Unfit(format!("{}: {words}", path.display())));
    }
    fs::read_to_string(path).map_err(Error::file(path))
}

fn write_private(path: &Path, text: &str) -> Result<(), Error> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut file = options.open(path).map_err(Error::file(path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(Error::file(path))
}

fn pem(document: &[u8]) -> String {
    let encoded = STANDARD.encode(document);
    format!("-----BEGIN PRIVATE KEY-----\n{encoded}\n-----END PRIVATE KEY-----\n")
}
