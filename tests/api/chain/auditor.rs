//! An auditor: somebody with the JSON of the trail, the rule by which digests are made, and a SHA-256 of another hand.

use diesel::prelude::*;
use serde_json::Value;

use crate::world::{Request, World};

/// The whole trail of a comune as an auditor reads it, the oldest first.
pub(super) fn trail(world: &World, comune: &str) -> Vec<Value> {
    let token = world.token(comune, "revisore");
    let mut request = world.call("revisore", "GET", comune, "/audit?limit=10");
    let mut entries = Vec::new();
    loop {
        let page = request.send().expect(200);
        entries.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(next) = page["_links"]["next"].as_str() else { break };
        request = Request::new("GET", next).token(&token);
    }
    entries.reverse();
    entries
}

/// The digest of an entry: of its fields in order, each after a one and its length in eight bytes, or a zero when absent.
pub(super) fn digest(connection: &mut PgConnection, comune: &str, entry: &Value) -> String {
    let text = |name: &str| entry[name].as_str().map(|text| text.as_bytes().to_vec());
    let hexadecimal = |name: &str| entry[name].as_str().map(unhexed);
    let at: chrono::DateTime<chrono::Utc> = entry["at"].as_str().unwrap().parse().unwrap();
    let member = entry["member"].as_str().map(|id| unhexed(&id.replace('-', "")));
    let fields = [
        Some(comune.as_bytes().to_vec()),
        Some(entry["seq"].as_i64().unwrap().to_be_bytes().to_vec()),
        Some(at.timestamp_micros().to_be_bytes().to_vec()),
        member,
        text("actor"),
        text("action"),
        text("object"),
        text("object_id"),
        hexadecimal("before"),
        hexadecimal("after"),
        text("request_id"),
        hexadecimal("previous"),
    ];
    let mut bytes = Vec::new();
    for field in fields {
        match field {
            None => bytes.push(0),
            Some(field) => {
                bytes.push(1);
                bytes.extend(u64::try_from(field.len()).unwrap().to_be_bytes());
                bytes.extend(field);
            }
        }
    }
    sha256(connection, bytes)
}

fn unhexed(text: &str) -> Vec<u8> {
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    text.as_bytes().chunks(2).map(byte).collect()
}

/// PostgreSQL's SHA-256, so that not even the hash is the service's own.
fn sha256(connection: &mut PgConnection, bytes: Vec<u8>) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Text)]
        digest: String,
    }
    let query = diesel::sql_query("select encode(sha256($1), 'hex') as digest");
    query.bind::<diesel::sql_types::Binary, _>(bytes).get_result::<Row>(connection).unwrap().digest
}
