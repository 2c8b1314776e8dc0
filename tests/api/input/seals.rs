//! Whatever is compared with seals, by whoever: JSON that is no seal's is said to be none, and what is no JSON is refused.

use serde_json::Value;

use super::Complaints;
use super::bytes::unfit;
use super::operations::with_json;
use crate::world::{Request, World};

fn check(world: &World, body: impl Into<Vec<u8>>) -> Request {
    world.anonymous("POST", "/v1/public/seal-checks").bytes("application/json", body)
}

/// It is no seal's, or it is refused as any body is.
fn is_none(case: &str, request: &Request, complaints: &mut Complaints) {
    let reply = request.send();
    if reply.status == 200 {
        let answer = reply.json();
        assert_eq!(
            (&answer["matches"], &answer["seal"]),
            (&Value::from(false), &Value::Null),
            "{case}: {reply}"
        );
        assert_eq!(answer["digest"].as_str().map(str::len), Some(64), "{case}: {reply}");
    } else {
        complaints.refuse(case, request, &[400, 422], None);
    }
}

#[test]
fn any_json_that_is_no_seals_is_said_to_be_none() {
    let world = World::new();
    let mut complaints = Complaints::default();
    for (case, bytes) in unfit() {
        is_none(case, &check(&world, bytes), &mut complaints);
    }
    let all = with_json(&world);
    let operation = all.iter().find(|operation| !operation.reads_members()).unwrap();
    for (name, _) in operation.properties().chain([(&"unknown".to_owned(), &Value::Null)]) {
        for raw in ["null", "1", "-1", "\"x\"", "\"a\\u0000b\"", "[]", "[[[1]]]", "{}", "true"] {
            let case = format!("{name} = {raw}");
            is_none(&case, &check(&world, operation.altered(name, raw)), &mut complaints);
        }
        // A document that is sealed holds no number beyond what every reader reads alike.
        for raw in ["1e400", "2025.5", "1e18", "12345678901234567890123456789", "\"\\ud800\""] {
            let request = check(&world, operation.altered(name, raw));
            complaints.refuse(&format!("{name} = {raw}"), &request, &[400], None);
        }
    }
    let twice = operation.body.to_string().replacen('{', "{\"comune\": \"L454\",", 1);
    complaints.refuse("a member twice", &check(&world, twice), &[400], None);
    complaints.none();
}
