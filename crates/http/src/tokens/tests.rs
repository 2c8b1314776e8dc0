//! Tokens, tried at the edges that a test over HTTP cannot reach: exact instants, exact issuers, exact key files.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://traguardo.example";
const AUDIENCE: &str = "https://traguardo.example/v1";
const OUTSIDE: &str = "https://accesso.example";

/// A folder of a test's own, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("traguardo-keys-{}-{name}", std::process::id()));
        drop(fs::remove_dir_all(&path));
        KeyRing::generate_into(&path).unwrap();
        Self(path)
    }

    fn ring(&self) -> Arc<KeyRing> {
        Arc::new(KeyRing::load(&self.0).unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn now() -> DateTime<Utc> {
    "2026-01-01T12:00:00Z".parse().unwrap()
}

fn claims(from: i64, to: i64) -> Claims {
    let now = now().timestamp();
    Claims {
        iss: ISSUER.to_owned(),
        sub: "0193a5c0-0000-7000-8000-000000000003".to_owned(),
        aud: AUDIENCE.to_owned(),
        iat: now.saturating_add(from),
        nbf: now.saturating_add(from),
        exp: now.saturating_add(to),
        jti: "1".to_owned(),
        client_id: None,
        comune: "L454".to_owned(),
        roles: vec!["segretario".to_owned()],
        unit: None,
    }
}

fn verifier(ring: &Arc<KeyRing>, issuers: Vec<IssuerSettings>) -> Verifier {
    Verifier::new(ISSUER, AUDIENCE, Arc::clone(ring), issuers, TimeDelta::hours(1)).unwrap()
}

#[test]
fn clocks_may_be_thirty_seconds_apart_and_no_more() {
    let folder = Folder::new("clocks");
    let ring = folder.ring();
    let verifier = verifier(&ring, Vec::new());
    let outcome = |from, to| verifier.verify(&ring.sign(&claims(from, to)).unwrap(), now()).err();
    assert_eq!(outcome(-600, 600), None);
    assert_eq!((outcome(-600, -29), outcome(-600, -30)), (None, Some(Refusal::Expired)));
    assert_eq!((outcome(30, 600), outcome(31, 600)), (None, Some(Refusal::NotYetValid)));
    assert_eq!((outcome(0, 3600), outcome(0, 3601)), (None, Some(Refusal::TooLongLived)));
    assert_eq!(outcome(i64::MIN / 2, 600), Some(Refusal::Malformed));
}

#[test]
fn an_older_key_goes_on_verifying_until_it_is_taken_away() {
    let folder = Folder::new("rotation");
    let old = folder.ring().sign(&claims(0, 600)).unwrap();
    KeyRing::generate_into(&folder.0).unwrap();
    let both = folder.ring();
    assert_eq!(both.jwks().keys.len(), 2);
    assert!(verifier(&both, Vec::new()).verify(&old, now()).is_ok());
    let new = both.sign(&claims(0, 600)).unwrap();
    fs::remove_file(folder.0.join("0001.pem")).unwrap();
    let one = folder.ring();
    assert!(verifier(&one, Vec::new()).verify(&new, now()).is_ok());
    let refused = verifier(&one, Vec::new()).verify(&old, now()).unwrap_err();
    assert_eq!(refused, Refusal::UnknownKey { issuer: ISSUER.to_owned() });
    KeyRing::generate_into(&folder.0).unwrap();
    assert!(folder.0.join("0003.pem").exists(), "a new key sorts after those there are");
}

#[test]
fn the_public_keys_hold_nothing_private() {
    let folder = Folder::new("public");
    let text = serde_json::to_string(&folder.ring().jwks()).unwrap();
    assert!(text.contains("\"x\"") && !text.contains("\"d\""));
}

#[test]
fn keys_that_others_may_read_or_that_are_not_keys_are_refused() {
    let folder = Folder::new("refused");
    let file = folder.0.join("0001.pem");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(KeyRing::load(&folder.0).err().unwrap().to_string().contains("0001.pem"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    fs::write(&file, "not a key").unwrap();
    assert!(matches!(KeyRing::load(&folder.0), Err(Error::Unfit(_))));
    fs::remove_file(&file).unwrap();
    assert!(KeyRing::load(&folder.0).err().unwrap().to_string().contains("traguardo keys"));
}

#[test]
fn what_is_sealed_opens_only_whole_and_in_its_place() {
    let folder = Folder::new("sealed");
    let ring = folder.ring();
    let mut sealed = ring.seal(b"secret", b"here").unwrap();
    assert_eq!(ring.open(&sealed, b"here").unwrap(), b"secret");
    assert!(ring.open(&sealed, b"there").is_err());
    *sealed.last_mut().unwrap() ^= 1;
    assert!(ring.open(&sealed, b"here").is_err());
    assert!(ring.open(b"short", b"here").is_err());
    assert!(!sealed.windows(6).any(|window| window == b"secret"));
}

/// Another issuer, its keys in a file of `outside`, and a token of it.
fn outside(folder: &Folder, tenants: &Value) -> Vec<IssuerSettings> {
    let jwks = folder.0.join("jwks.json");
    fs::write(&jwks, serde_json::to_vec(&folder.ring().jwks()).unwrap()).unwrap();
    let mut issuer = json!({
        "issuer": OUTSIDE, "audience": AUDIENCE, "algorithm": "EdDSA", "types": ["at+jwt"], "jwks": {"file": jwks}
    });
    issuer.as_object_mut().unwrap().extend(tenants.as_object().unwrap().clone());
    IssuerSettings::parse(&json!([issuer]).to_string()).unwrap()
}

fn outside_token(folder: &Folder, changes: &Value) -> String {
    let mut claims = serde_json::to_value(claims(0, 600)).unwrap();
    claims["iss"] = OUTSIDE.into();
    claims["sub"] = "somebody".into();
    claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some("at+jwt".to_owned());
    header.kid = folder.ring().jwks().keys.last().unwrap().common.key_id.clone();
    let pem = fs::read(folder.0.join(format!("{:04}.pem", folder.ring().jwks().keys.len()))).unwrap();
    jsonwebtoken::encode(&header, &claims, &EncodingKey::from_ed_pem(&pem).unwrap()).unwrap()
}

#[test]
fn a_key_not_known_is_looked_for_again_at_most_once_a_minute() {
    let (ours, theirs) = (Folder::new("ours"), Folder::new("theirs"));
    let verifier = verifier(&ours.ring(), outside(&theirs, &json!({"comune": "F471"})));
    let unknown = Err(Refusal::UnknownKey { issuer: OUTSIDE.to_owned() });
    let outcome = |token: &str| verifier.verify(token, now()).map(|verified| verified.comune);
    let first = outside_token(&theirs, &json!({}));
    assert_eq!(outcome(&first), unknown);
    let source = verifier.key_source(OUTSIDE).unwrap();
    source.refresh(now());
    assert_eq!(outcome(&first).as_deref(), Ok("F471"), "the comune is the configuration's, not the token's");
    KeyRing::generate_into(&theirs.0).unwrap();
    drop(outside(&theirs, &json!({"comune": "F471"})));
    let second = outside_token(&theirs, &json!({}));
    source.refresh(now() + TimeDelta::seconds(59));
    assert_eq!(outcome(&second), unknown);
    source.refresh(now() + TimeDelta::seconds(60));
    assert_eq!(outcome(&second).as_deref(), Ok("F471"));
    fs::remove_file(theirs.0.join("jwks.json")).unwrap();
    source.refresh(now() + TimeDelta::seconds(180));
    assert_eq!(outcome(&second).as_deref(), Ok("F471"), "known keys stay while the source is away");
}

#[test]
fn the_national_platform_joins_audiences_and_names_the_producer() {
    let (ours, theirs) = (Folder::new("pdnd-ours"), Folder::new("pdnd-theirs"));
    let verifier = verifier(&ours.ring(), outside(&theirs, &json!({"producers": {"p-1": "G004"}})));
    verifier.key_source(OUTSIDE).unwrap().refresh(now());
    let joined = format!("https://other.example,{AUDIENCE}");
    let outcome = |changes: Value| {
        verifier.verify(&outside_token(&theirs, &changes), now()).map(|verified| verified.comune)
    };
    assert_eq!(outcome(json!({"aud": joined, "producerId": "p-1"})).as_deref(), Ok("G004"));
    assert_eq!(outcome(json!({"aud": joined, "producerId": "p-2"})), Err(Refusal::NoSubject));
    assert_eq!(
        outcome(json!({"aud": "https://other.example", "producerId": "p-1"})),
        Err(Refusal::WrongAudience)
    );
}

#[test]
fn a_token_bound_to_a_proof_is_refused_as_long_as_none_is_verified() {
    let (ours, theirs) = (Folder::new("proof-ours"), Folder::new("proof-theirs"));
    let verifier = verifier(&ours.ring(), outside(&theirs, &json!({"comune": "F471"})));
    verifier.key_source(OUTSIDE).unwrap().refresh(now());
    for bound in [json!({"cnf": {"jkt": "x"}}), json!({"digest": {"alg": "SHA256", "value": "x"}})] {
        let outcome = verifier.verify(&outside_token(&theirs, &bound), now());
        assert_eq!(outcome.err(), Some(Refusal::ProofRequired));
    }
}

#[test]
fn keys_are_due_at_first_and_then_every_hour() {
    let (ours, theirs) = (Folder::new("due-ours"), Folder::new("due-theirs"));
    let verifier = verifier(&ours.ring(), outside(&theirs, &json!({"comune": "F471"})));
    assert_eq!(verifier.due(now()).len(), 1);
    verifier.due(now())[0].refresh(now());
    assert_eq!(verifier.due(now() + TimeDelta::minutes(59)).len(), 0);
    assert_eq!(verifier.due(now() + TimeDelta::minutes(60)).len(), 1);
}

#[test]
fn keys_that_are_short_secret_or_for_encryption_are_passed_over() {
    let (ours, theirs) = (Folder::new("unfit-ours"), Folder::new("unfit-theirs"));
    let issuers = outside(&theirs, &json!({"comune": "F471"}));
    let mut jwks: Value = serde_json::to_value(theirs.ring().jwks()).unwrap();
    let token = outside_token(&theirs, &json!({}));
    let verifier = verifier(&ours.ring(), issuers);
    jwks["keys"][0]["use"] = "enc".into();
    jwks["keys"].as_array_mut().unwrap().extend([
        json!({"kty": "oct", "k": "c2VjcmV0", "kid": "secret"}),
        json!({"kty": "RSA", "n": "AQAB", "e": "AQAB", "kid": "short"}),
    ]);
    fs::write(theirs.0.join("jwks.json"), jwks.to_string()).unwrap();
    verifier.key_source(OUTSIDE).unwrap().refresh(now());
    let refused = verifier.verify(&token, now()).err();
    assert_eq!(refused, Some(Refusal::UnknownKey { issuer: OUTSIDE.to_owned() }));
}

#[test]
fn issuers_that_could_be_abused_are_refused_by_name() {
    let good = json!({
        "issuer": OUTSIDE, "audience": "a", "algorithm": "ES256", "jwks": {"url": "https://accesso.example/jwks"}, "comune": "L454"
    });
    let parse = |issuers: &Value| IssuerSettings::parse(&issuers.to_string());
    assert!(parse(&json!([good])).is_ok());
    assert!(parse(&json!([good, good])).unwrap_err().contains("twice"));
    for (member, value) in [
        ("algorithm", json!("HS256")),
        ("algorithm", json!("none")),
        ("jwks", json!({"url": "http://accesso.example/jwks"})),
        ("comune", json!("l454")),
        ("comune", Value::Null),
        ("types", json!([])),
        ("max_lifetime_seconds", json!(86_401)),
        ("surprise", json!(1)),
    ] {
        let mut bad = good.clone();
        bad[member] = value;
        assert!(parse(&json!([bad])).is_err(), "{member}");
    }
    let ours = Folder::new("own-name");
    let mut own = good;
    own["issuer"] = ISSUER.into();
    let issuers = parse(&json!([own])).unwrap();
    assert!(Verifier::new(ISSUER, AUDIENCE, ours.ring(), issuers, TimeDelta::hours(1)).is_err());
}
