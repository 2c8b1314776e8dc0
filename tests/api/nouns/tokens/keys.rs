//! Our own keys: what is published of them, and how one gives way to the next.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use traguardo_http::tokens::KeyRing;

use super::identity;
use crate::world::{Wishes, World};

/// A folder of keys of a test's own, gone with it.
pub(super) struct KeyFolder(pub(super) PathBuf);

impl KeyFolder {
    pub(super) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("traguardo-tests-{}-keys-{name}", std::process::id()));
        KeyRing::generate_into(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for KeyFolder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn published(world: &World) -> Vec<Value> {
    let keys = world.anonymous("GET", "/.well-known/jwks.json").send().expect(200);
    keys["keys"].as_array().unwrap().clone()
}

#[test]
fn what_is_published_of_a_key_is_its_public_half_alone() {
    let world = World::new();
    let keys = published(&world);
    assert_eq!(keys.len(), 1);
    let mut names: Vec<&String> = keys[0].as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, ["alg", "crv", "kid", "kty", "use", "x"]);
    let said = ["kty", "crv", "alg", "use"].map(|name| keys[0][name].as_str().unwrap());
    assert_eq!(said, ["OKP", "Ed25519", "EdDSA", "sig"]);
    let token = world.token("L454", "lettore");
    let header = jsonwebtoken::decode_header(&token).unwrap();
    assert_eq!(header.kid.as_deref(), keys[0]["kid"].as_str());
}

/// An instance of the same service on the same database, with the keys that are in the folder now.
fn again(world: &World, folder: &Path) -> World {
    let wishes = Wishes {
        keys: Some(folder.to_owned()),
        public_url: Some(world.public_url.clone()),
        ..Wishes::default()
    };
    World::on(Arc::clone(&world.stored), wishes)
}

#[test]
fn a_key_gives_way_to_the_next_without_a_token_refused() {
    let folder = KeyFolder::new("rotation");
    let world = World::with(Wishes { keys: Some(folder.0.clone()), ..Wishes::default() });
    let old = world.token("L454", "lettore");
    KeyRing::generate_into(&folder.0).unwrap();
    let both = again(&world, &folder.0);
    let new = both.token("L454", "lettore");
    let kid = |token: &str| jsonwebtoken::decode_header(token).unwrap().kid.unwrap();
    assert_ne!(kid(&old), kid(&new), "the newest key signs");
    let known: Vec<Value> = published(&both).iter().map(|key| key["kid"].clone()).collect();
    assert_eq!(known, [kid(&old), kid(&new)]);
    for token in [&old, &new] {
        identity(&both, token).expect(200);
    }
    assert_eq!(identity(&world, &new).refused(401), "unauthorized", "a key not yet known here");
    std::fs::remove_file(folder.0.join("0001.pem")).unwrap();
    let after = again(&world, &folder.0);
    assert_eq!(identity(&after, &old).refused(401), "unauthorized", "a key withdrawn");
    identity(&after, &new).expect(200);
}
