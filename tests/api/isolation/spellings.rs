//! Another spelling of a path, or another word for a method, is no way round.

use super::state;
use crate::operations::{Names, Tokens, canary, difference, of_a_comune, plant};
use crate::world::{Reply, World};

/// Other spellings of a path into another comune.
fn spelt(path: &str) -> Vec<String> {
    let below = path.strip_prefix("/v1/comuni/F471").unwrap();
    let upper =
        below.rsplit_once('/').map_or_else(String::new, |(head, id)| format!("{head}/{}", id.to_uppercase()));
    vec![
        format!("{path}/"),
        format!("{path}//"),
        format!("/{path}"),
        format!("/v1//comuni/F471{below}"),
        format!("/v1/comuni//F471{below}"),
        format!("/v1/comuni/./F471{below}"),
        format!("/v1/comuni/L454/../F471{below}"),
        format!("/v1/comuni/L454/%2e%2e/F471{below}"),
        format!("/v1/comuni/L454%2F..%2FF471{below}"),
        format!("/v1/comuni/L454/units/../../F471{below}"),
        format!("/v1/comuni/F47%31{below}"),
        format!("/v1/comuni/%46471{below}"),
        format!("/v1/comuni/%2546471{below}"),
        format!("/v1/comuni/f471{below}"),
        format!("/v1/comuni/F471%00{below}"),
        format!("/v1/comuni/F471%20{below}"),
        format!("/v1/comuni/F471;a=1{below}"),
        format!("/v1/comuni/L454,F471{below}"),
        format!("/v1/comuni/F471{upper}"),
        format!("/V1/COMUNI/F471{below}"),
        format!("{path}?comune=L454"),
        format!("{path}?comune=F471"),
        format!("/v1/comuni/L454{below}?comune=F471"),
        format!("/v1/comuni/L454{below}?comune=L454&comune=F471"),
    ]
}

fn shows_theirs(reply: &Reply, theirs: &Names) -> bool {
    let text = reply.text();
    text.contains(&canary("F471")) || theirs.ids().iter().any(|id| text.contains(*id))
}

#[test]
fn no_spelling_of_a_path_leads_into_another_comune() {
    let world = World::new();
    let theirs = plant(&world, "F471");
    let tokens = Tokens::of(&world, &["L454", "Z000"]);
    let mut behind = world.stored.administrator();
    let before = ["L454", "F471"].map(|comune| state::of_comune(&mut behind, comune));
    for case in of_a_comune().into_iter().filter(|case| !case.doer().is_of_platform()) {
        let token = tokens.get("L454", case.doer());
        for path in spelt(&case.path(&theirs)) {
            let request = world.anonymous(&case.info.method, &path).token(token).if_match("*");
            let reply = case.with_body(&theirs, request).send();
            let call = format!("{} {path}", case.info.method);
            assert!((400..500).contains(&reply.status), "{call}: {reply}");
            assert!(!shows_theirs(&reply, &theirs), "{call}: {reply}");
        }
    }
    let after = ["L454", "F471"].map(|comune| state::of_comune(&mut behind, comune));
    assert_eq!(before, after, "what was refused changed something");
}

#[test]
fn a_method_that_is_not_there_says_the_same_of_every_comune() {
    let world = World::new();
    let theirs = plant(&world, "F471");
    let token = world.token("L454", "segretario");
    let nothing = Names::of_nothing("A999");
    for case in of_a_comune() {
        let patched =
            of_a_comune().iter().any(|one| one.info.method == "PATCH" && one.info.path == case.info.path);
        for method in ["PATCH", "TRACE", "OPTIONS", "PROPFIND"] {
            if patched && method == "PATCH" {
                continue;
            }
            let call = |names: &Names| world.anonymous(method, &case.path(names)).token(&token).send();
            let (there, nowhere) = (call(&theirs), call(&nothing));
            assert!([204, 405].contains(&there.status), "{method} {}: {there}", case.info.path);
            assert_eq!(difference(&there, &nowhere), None, "{method} {}", case.info.path);
        }
    }
}
