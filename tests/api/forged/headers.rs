//! Forged heads and signatures: algorithms, keys, types, and the shape of the token itself.

use serde_json::json;

use super::Forgery;
use super::workshop::{Workshop, authorization, encoded, message};

/// Every forgery of the head or of the signature.
pub(super) fn forgeries(shop: &Workshop) -> Vec<Forgery> {
    [algorithms(shop), keys(shop), strange_members(shop), signatures(shop), shapes(shop)].concat()
}

fn algorithms(shop: &Workshop) -> Vec<Forgery> {
    let claims = shop.claims().to_string();
    let unsigned = |alg: &str| {
        let header = json!({"alg": alg, "typ": "at+jwt", "kid": shop.key_id}).to_string();
        authorization(&format!("{}.", message(&header, &claims)))
    };
    let hs256 = json!({"alg": "HS256", "typ": "at+jwt", "kid": shop.key_id});
    let secret = |bytes: &[u8]| authorization(&shop.sign_with_secret(&hs256, bytes));
    let eddsa_by_secret = shop.sign_with_secret(&shop.header(), shop.public.as_bytes());
    let twice = format!(r#"{{"alg":"none","alg":"EdDSA","typ":"at+jwt","kid":"{}"}}"#, shop.key_id);
    vec![
        ("alg none", unsigned("none")),
        ("alg None", unsigned("None")),
        ("alg NONE", unsigned("NONE")),
        ("alg nOnE", unsigned("nOnE")),
        ("alg empty", unsigned("")),
        ("alg none, signed all the same", shop.with_header("alg", &json!("none"))),
        ("alg missing", shop.without_header("alg")),
        ("alg a number", shop.with_header("alg", &json!(0))),
        ("alg null", shop.with_header("alg", &json!(null))),
        ("alg a list", shop.with_header("alg", &json!(["EdDSA"]))),
        ("alg in lower case", shop.with_header("alg", &json!("eddsa"))),
        ("alg with a space", shop.with_header("alg", &json!("EdDSA "))),
        ("alg ES256", shop.with_header("alg", &json!("ES256"))),
        ("alg RS256", shop.with_header("alg", &json!("RS256"))),
        ("alg twice", authorization(&shop.sign_text(&twice, &claims))),
        ("HS256 with the public key as text", secret(shop.public.as_bytes())),
        ("HS256 with the published set", secret(shop.public_set.as_bytes())),
        ("HS256 with the key's id", secret(shop.key_id.as_bytes())),
        ("HS256 with nothing", secret(b"")),
        ("EdDSA whose signature is a secret's", authorization(&eddsa_by_secret)),
    ]
}

fn keys(shop: &Workshop) -> Vec<Forgery> {
    let kid = |value: serde_json::Value| shop.with_header("kid", &value);
    let strange = json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "estranea"});
    vec![
        ("another's key under our id", authorization(&shop.sign_strangely(&shop.header()))),
        ("another's key under its own id", authorization(&shop.sign_strangely(&strange))),
        ("kid missing", shop.without_header("kid")),
        ("kid unknown", kid(json!("sconosciuta"))),
        ("kid empty", kid(json!(""))),
        ("kid a number", kid(json!(1))),
        ("kid null", kid(json!(null))),
        ("kid a list", kid(json!([shop.key_id]))),
        ("kid a path", kid(json!("../../../../dev/null"))),
        ("kid a statement", kid(json!("' or '1'='1' --"))),
        ("kid an address", kid(json!("http://127.0.0.1/key"))),
        ("kid with a NUL", kid(json!(format!("{}\0", shop.key_id)))),
        ("kid in other letters", kid(json!(shop.key_id.to_uppercase()))),
        ("kid of 5000 letters", kid(json!("k".repeat(5_000)))),
    ]
}

fn strange_members(shop: &Workshop) -> Vec<Forgery> {
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": shop.public});
    vec![
        ("typ missing", shop.without_header("typ")),
        ("typ JWT", shop.with_header("typ", &json!("JWT"))),
        ("typ of an identity", shop.with_header("typ", &json!("id_token+jwt"))),
        ("typ of a logout", shop.with_header("typ", &json!("logout+jwt"))),
        ("typ a number", shop.with_header("typ", &json!(1))),
        ("jku", shop.with_header("jku", &json!("http://127.0.0.1:9/jwks.json"))),
        ("x5u", shop.with_header("x5u", &json!("http://127.0.0.1:9/cert.pem"))),
        ("jwk", shop.with_header("jwk", &jwk)),
        ("x5c", shop.with_header("x5c", &json!(["AAAA"]))),
        ("crit", shop.with_header("crit", &json!(["exp"]))),
        ("crit empty", shop.with_header("crit", &json!([]))),
        ("b64 false", shop.with_header("b64", &json!(false))),
        ("zip", shop.with_header("zip", &json!("DEF"))),
        ("cty", shop.with_header("cty", &json!("JWT"))),
    ]
}

fn signatures(shop: &Workshop) -> Vec<Forgery> {
    let genuine = shop.sign(&shop.header(), &shop.claims());
    let (signed, signature) = genuine.rsplit_once('.').unwrap();
    let with = |signature: &str| authorization(&format!("{signed}.{signature}"));
    let (header, _) = signed.split_once('.').unwrap();
    let mut other = shop.claims();
    other["roles"] = json!(["amministratore"]);
    let altered = format!("{header}.{}.{signature}", encoded(other.to_string().as_bytes()));
    // The last of 86 letters carries four bits that mean nothing: a second spelling of the same signature.
    let (body, last) = signature.split_at(signature.len() - 1);
    let respelt = char::from(last.as_bytes()[0] + 1);
    vec![
        ("no signature", with("")),
        ("a signature cut short", with(&signature[..signature.len() - 4])),
        ("half a signature", with(&signature[..signature.len() / 2])),
        ("a signature too long", with(&format!("{signature}AAAA"))),
        ("a signature of zeros", with(&encoded(&[0_u8; 64]))),
        ("a signature with padding", with(&format!("{signature}=="))),
        ("a signature in another spelling", with(&format!("{body}{respelt}"))),
        ("a signature of other claims", authorization(&altered)),
        ("a signature that is not base64", with("*")),
    ]
}

fn shapes(shop: &Workshop) -> Vec<Forgery> {
    let genuine = shop.sign(&shop.header(), &shop.claims());
    let claims = shop.claims().to_string();
    let header = shop.header().to_string();
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    vec![
        ("one part", authorization("a")),
        ("two parts", authorization(&message(&header, &claims))),
        ("four parts", authorization(&format!("{genuine}.a"))),
        ("five parts", authorization("a.b.c.d.e")),
        ("dots", authorization("..")),
        ("a part too many before it", authorization(&format!("a.{genuine}"))),
        ("a space inside", authorization(&genuine.replacen('.', ". ", 1))),
        ("a header that is not JSON", authorization(&shop.sign_text("EdDSA", &claims))),
        ("a header that is a list", authorization(&shop.sign_text("[]", &claims))),
        ("a header that is empty", authorization(&shop.sign_text("{}", &claims))),
        ("claims that are not JSON", authorization(&shop.sign_text(&header, "{\"iss\": "))),
        ("claims that are a list", authorization(&shop.sign_text(&header, "[]"))),
        ("claims that are empty", authorization(&shop.sign_text(&header, "{}"))),
        ("claims without end", authorization(&shop.sign_text(&header, &deep))),
        ("claims and more", authorization(&shop.sign_text(&header, &format!("{claims} {{}}")))),
        ("two tokens", authorization(&format!("{genuine} {genuine}"))),
    ]
}
