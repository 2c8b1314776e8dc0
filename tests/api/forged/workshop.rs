//! Where tokens are forged: with the service's own key, with others', and by hand.

use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};
use traguardo_http::tokens::KeyRing;
use traguardo_server::commands;

use crate::world::{World, key_folder};

/// A key of nobody's, drawn for this run.
fn strange_key() -> EncodingKey {
    static KEY: OnceLock<Vec<u8>> = OnceLock::new();
    let draw = || {
        let folder = key_folder().with_extension("strange");
        KeyRing::generate_into(&folder).unwrap();
        let pem = std::fs::read(folder.join("0001.pem")).unwrap();
        std::fs::remove_dir_all(folder).unwrap();
        pem
    };
    EncodingKey::from_ed_pem(KEY.get_or_init(draw)).unwrap()
}

/// The value of an `Authorization` header.
pub(super) fn authorization(token: &str) -> String {
    format!("Bearer {token}")
}

/// Base64url of some bytes.
pub(super) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What a forger has at hand: our key even, to show that each check stands by itself.
pub(super) struct Workshop {
    ours: EncodingKey,
    strange: EncodingKey,
    pub(super) key_id: String,
    /// The public key as the published set spells it.
    pub(super) public: String,
    pub(super) public_set: String,
    pub(super) issuer: String,
    pub(super) audience: String,
    subject: String,
    pub(super) now: i64,
}

impl Workshop {
    pub(super) fn open(world: &World) -> Self {
        let set = serde_json::to_value(world.keys.jwks()).unwrap();
        let text = |name: &str| set["keys"][0][name].as_str().unwrap().to_owned();
        let pem = std::fs::read(key_folder().join("0001.pem")).unwrap();
        Self {
            ours: EncodingKey::from_ed_pem(&pem).unwrap(),
            strange: strange_key(),
            key_id: text("kid"),
            public: text("x"),
            public_set: set.to_string(),
            issuer: world.url.clone(),
            audience: commands::audience(&world.url),
            subject: world.member("L454", "lettore").id.0.to_string(),
            now: commands::now().timestamp(),
        }
    }

    /// The header of a genuine token.
    pub(super) fn header(&self) -> Value {
        json!({"alg": "EdDSA", "typ": "at+jwt", "kid": self.key_id})
    }

    /// The claims of a genuine token.
    pub(super) fn claims(&self) -> Value {
        json!({
            "iss": self.issuer, "sub": self.subject, "aud": self.audience, "iat": self.now, "nbf": self.now,
            "exp": self.now + 600, "jti": "prova", "comune": "L454", "roles": ["lettore"],
        })
    }

    /// A token of these two parts, signed with our own key.
    pub(super) fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    /// The same, of parts that need not be JSON.
    pub(super) fn sign_text(&self, header: &str, claims: &str) -> String {
        let message = message(header, claims);
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &self.ours, Algorithm::EdDSA).unwrap();
        format!("{message}.{signature}")
    }

    /// A token signed with another's key.
    pub(super) fn sign_strangely(&self, header: &Value) -> String {
        let message = message(&header.to_string(), &self.claims().to_string());
        let signature =
            jsonwebtoken::crypto::sign(message.as_bytes(), &self.strange, Algorithm::EdDSA).unwrap();
        format!("{message}.{signature}")
    }

    /// A token signed with a shared secret.
    pub(super) fn sign_with_secret(&self, header: &Value, secret: &[u8]) -> String {
        let message = message(&header.to_string(), &self.claims().to_string());
        let secret = EncodingKey::from_secret(secret);
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &secret, Algorithm::HS256).unwrap();
        format!("{message}.{signature}")
    }

    /// A genuine token but for one member of its header.
    pub(super) fn with_header(&self, name: &str, value: &Value) -> String {
        authorization(&self.sign(&with(self.header(), name, value), &self.claims()))
    }

    /// A genuine token but for one claim.
    pub(super) fn with_claim(&self, name: &str, value: &Value) -> String {
        authorization(&self.sign(&self.header(), &with(self.claims(), name, value)))
    }

    /// A genuine token without one claim.
    pub(super) fn without_claim(&self, name: &str) -> String {
        authorization(&self.sign(&self.header(), &without(self.claims(), name)))
    }

    /// A genuine token without one member of its header.
    pub(super) fn without_header(&self, name: &str) -> String {
        authorization(&self.sign(&without(self.header(), name), &self.claims()))
    }
}

/// What a signature signs.
pub(super) fn message(header: &str, claims: &str) -> String {
    format!("{}.{}", encoded(header.as_bytes()), encoded(claims.as_bytes()))
}

fn with(mut object: Value, name: &str, value: &Value) -> Value {
    object[name] = value.clone();
    object
}

fn without(mut object: Value, name: &str) -> Value {
    assert!(object.as_object_mut().unwrap().remove(name).is_some(), "no {name}");
    object
}
