//! Forged claims, each signed with our own key: so it is the claim that is refused.

use serde_json::json;

use super::Forgery;
use super::workshop::{Workshop, authorization};

/// Every forgery of a claim.
pub(super) fn forgeries(shop: &Workshop) -> Vec<Forgery> {
    [parties(shop), times(shop), persons(shop), doubles(shop)].concat()
}

fn parties(shop: &Workshop) -> Vec<Forgery> {
    let iss = |value| shop.with_claim("iss", &value);
    let aud = |value| shop.with_claim("aud", &value);
    vec![
        ("iss missing", shop.without_claim("iss")),
        ("iss of another", iss(json!("https://altrove.example"))),
        ("iss with a slash", iss(json!(format!("{}/", shop.issuer)))),
        ("iss in capitals", iss(json!(shop.issuer.to_uppercase()))),
        ("iss a list", iss(json!([shop.issuer]))),
        ("iss null", iss(json!(null))),
        ("aud missing", shop.without_claim("aud")),
        ("aud of another", aud(json!("https://altrove.example"))),
        ("aud the issuer", aud(json!(shop.issuer))),
        ("aud longer than ours", aud(json!(format!("{}/x", shop.audience)))),
        ("aud joined by a comma", aud(json!(format!("{},https://altrove.example", shop.audience)))),
        ("aud an empty list", aud(json!([]))),
        ("aud a list of others", aud(json!(["https://altrove.example"]))),
        ("aud a list of numbers", aud(json!([1]))),
        ("aud a number", aud(json!(1))),
        ("aud null", aud(json!(null))),
        ("aud an object", aud(json!({"aud": shop.audience}))),
    ]
}

fn times(shop: &Workshop) -> Vec<Forgery> {
    let exp = |value| shop.with_claim("exp", &value);
    let nbf = |value| shop.with_claim("nbf", &value);
    let iat = |value| shop.with_claim("iat", &value);
    vec![
        ("exp missing", shop.without_claim("exp")),
        ("exp past", exp(json!(shop.now - 31))),
        ("exp long past", exp(json!(1))),
        ("exp negative", exp(json!(-1))),
        ("exp a text", exp(json!((shop.now + 600).to_string()))),
        ("exp null", exp(json!(null))),
        ("exp an object", exp(json!({}))),
        ("exp a fraction", exp(json!(9_999_999_999.5))),
        ("exp in the year 2500", exp(json!(16_725_225_600_i64))),
        ("exp beyond every calendar", exp(json!(1_000_000_000_000_000_000_i64))),
        ("exp beyond every number", exp(json!(u64::MAX))),
        ("a life longer than any", exp(json!(shop.now + 12 * 3600 + 1))),
        ("nbf missing", shop.without_claim("nbf")),
        ("nbf to come", nbf(json!(shop.now + 300))),
        ("nbf a text", nbf(json!(shop.now.to_string()))),
        ("nbf beyond every calendar", nbf(json!(i64::MIN))),
        ("iat missing", shop.without_claim("iat")),
        ("iat to come", iat(json!(shop.now + 300))),
        ("iat a text", iat(json!("ora"))),
        ("iat long ago", iat(json!(shop.now - 13 * 3600))),
    ]
}

fn persons(shop: &Workshop) -> Vec<Forgery> {
    let sub = |value| shop.with_claim("sub", &value);
    let comune = |value| shop.with_claim("comune", &value);
    vec![
        ("sub missing", shop.without_claim("sub")),
        ("sub empty", sub(json!(""))),
        ("sub a number", sub(json!(7))),
        ("sub a list", sub(json!(["7"]))),
        ("sub of nobody", sub(json!("0193a5c0-0000-7000-8000-00000000ffff"))),
        ("sub that is no id", sub(json!("demo:amministratore"))),
        ("sub of 300 letters", sub(json!("s".repeat(300)))),
        ("sub a statement", sub(json!("' or 1=1 --"))),
        ("comune missing", shop.without_claim("comune")),
        ("comune null", comune(json!(null))),
        ("comune another", comune(json!("F471"))),
        ("comune the platform", comune(json!("Z000"))),
        ("comune nowhere", comune(json!("A999"))),
        ("comune in lower case", comune(json!("l454"))),
        ("comune a statement", comune(json!("L454'; drop table units; --"))),
        ("comune a list", comune(json!(["L454", "F471"]))),
        ("roles a text", shop.with_claim("roles", &json!("lettore"))),
        ("roles null", shop.with_claim("roles", &json!(null))),
        ("roles numbers", shop.with_claim("roles", &json!([1]))),
    ]
}

/// A claim said twice: whichever of the two a reader takes, another may take the other.
fn doubles(shop: &Workshop) -> Vec<Forgery> {
    let twice = |name: &str| {
        let claims = shop.claims();
        let again = format!("{{\"{name}\":{},{}", claims[name], &claims.to_string()[1..]);
        authorization(&shop.sign_text(&shop.header().to_string(), &again))
    };
    vec![
        ("iss twice", twice("iss")),
        ("sub twice", twice("sub")),
        ("aud twice", twice("aud")),
        ("exp twice", twice("exp")),
        ("nbf twice", twice("nbf")),
        ("comune twice", twice("comune")),
        ("roles twice", twice("roles")),
    ]
}
