//! Whose token it is, over HTTP.

use serde_json::json;

use crate::world::{Wishes, World};

#[test]
fn a_token_is_told_whose_it_is() {
    let world = World::with(Wishes { requests_a_minute: 1_234, ..Wishes::default() });
    let area =
        world.call("lettore", "GET", "L454", "/units/ext:demo:area-1").send().expect(200)["id"].clone();
    for (comune, role) in [("L454", "segretario"), ("F471", "integratore"), ("Z000", "benchmark_reader")] {
        let member = world.member(comune, role);
        let token = world.token_for(comune, &member);
        let said = world.anonymous("GET", "/v1/identity").token(&token).send().expect(200);
        let expected = json!({"member": member.id.0.to_string(), "comune": comune, "roles": [role], "requests_a_minute": 1_234});
        assert_eq!(said, expected);
    }
    let head = world.token("L454", "responsabile");
    let said = world.anonymous("GET", "/v1/identity").token(&head).send().expect(200);
    assert_eq!(said["unit"], area);
}

#[test]
fn nobody_is_told_nothing_and_a_parameter_is_refused() {
    let world = World::new();
    let refused = world.anonymous("GET", "/v1/identity").send();
    assert_eq!(refused.refused(401), "unauthorized");
    assert!(refused.header("WWW-Authenticate").unwrap().starts_with("Bearer"));
    let token = world.token("L454", "lettore");
    let refused = world.anonymous("GET", "/v1/identity?verbose=1").token(&token).send();
    assert_eq!(
        (refused.refused(400).as_str(), refused.pointers()),
        ("invalid-parameter", vec!["verbose".to_owned()])
    );
}
