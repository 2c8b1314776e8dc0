//! Every operation, called from the wrong comune in every way, answers as if there were nothing there.

use traguardo_domain::Vocabulary as _;
use traguardo_domain::role::Role;

use super::state;
use crate::operations::{Case, Names, Tokens, difference, of_a_comune, plant};
use crate::world::{Reply, Request, Wishes, World};

type Manner = fn(&Case, &Names, Request) -> Request;

/// Ways to call that must not change the answer from the wrong comune.
const MANNERS: [(&str, Manner); 14] = [
    ("as documented", |case, names, request| case.with_body(names, request)),
    ("with If-Match: *", |case, names, request| case.with_body(names, request).if_match("*")),
    ("with the true ETag", |case, names, request| case.with_body(names, request).if_match("\"1\"")),
    ("with an old ETag", |case, names, request| case.with_body(names, request).if_match("\"9\"")),
    ("with a malformed If-Match", |case, names, request| case.with_body(names, request).if_match("1")),
    ("with If-None-Match: *", |case, names, request| {
        case.with_body(names, request).header("If-None-Match", "*")
    }),
    ("holding the true ETag", |case, names, request| {
        case.with_body(names, request).header("If-None-Match", "\"1\"")
    }),
    ("without a body", |_, _, request| request),
    ("with a body of another type", |_, _, request| request.bytes("text/plain", "x")),
    ("with a body that is not JSON", |_, _, request| request.bytes("application/json", "{")),
    ("with a body that breaks every rule", |_, _, request| request.bytes("application/json", "{\"x\": 1}")),
    ("with a body too large", |_, _, request| request.bytes("application/json", vec![b' '; 3_000])),
    ("naming the comune in headers", |case, names, request| {
        case.with_body(names, request)
            .header("X-Tenant-Id", "F471")
            .header("X-Comune", "F471")
            .header("X-Original-URL", "/v1/comuni/F471")
            .header("X-Forwarded-Host", "F471")
    }),
    ("overriding the method", |case, names, request| {
        case.with_body(names, request).header("X-HTTP-Method-Override", "GET").header("Idempotency-Key", "k")
    }),
];

struct Trial<'w> {
    world: &'w World,
    case: Case,
    token: &'w str,
}

impl Trial<'_> {
    fn send(&self, names: &Names, manner: Manner) -> Reply {
        let request = manner(&self.case, names, self.case.bare(self.world, names, self.token));
        let call = format!("{} {}", self.case.info.method, self.case.path(names));
        request.try_send().unwrap_or_else(|error| panic!("{call}: {error}"))
    }

    /// What is there is answered as what is nowhere: not found.
    fn finds_nothing(&self, there: &Names, nowhere: &Names, manner: (&str, Manner)) {
        let (reply, nothing) = (self.send(there, manner.1), self.send(nowhere, manner.1));
        let call = format!("{} {} {}", self.case.info.method, self.case.path(there), manner.0);
        assert_eq!(reply.status, 404, "{call}: {reply}");
        assert_eq!(reply.refused(404), "not-found", "{call}");
        assert_eq!(difference(&reply, &nothing), None, "{call}");
    }

    /// Within one's own comune the caller may be told what is wrong with the call, but never whether the thing is elsewhere.
    fn tells_nothing(&self, there: &Names, nowhere: &Names, manner: (&str, Manner)) {
        let (reply, nothing) = (self.send(there, manner.1), self.send(nowhere, manner.1));
        let call = format!("{} {} {}", self.case.info.method, self.case.path(there), manner.0);
        assert!((400..500).contains(&reply.status), "{call}: {reply}");
        assert_eq!(difference(&reply, &nothing), None, "{call}");
    }
}

/// A small limit makes a body too large that still fits into the connection: a refusal then always arrives.
fn narrow() -> World {
    World::with(Wishes { body_limit: 2_000, ..Wishes::default() })
}

#[test]
fn no_operation_reaches_another_comune_and_each_call_succeeds_at_home() {
    let world = narrow();
    let (ours, theirs) = (plant(&world, "L454"), plant(&world, "F471"));
    let tokens = Tokens::of(&world, &["L454", "F471", "Z000"]);
    let mut behind = world.stored.administrator();
    let before = ["L454", "F471", "G004"].map(|comune| state::of_comune(&mut behind, comune));
    let nothing = Names::of_nothing("A999");
    for case in of_a_comune() {
        for (_, token) in tokens.roles_of("L454") {
            let trial = Trial { world: &world, case: case.clone(), token };
            trial.finds_nothing(&theirs, &nothing, MANNERS[0]);
        }
        let token = tokens.get("L454", at_home(&case));
        let trial = Trial { world: &world, case: case.clone(), token };
        for manner in MANNERS {
            trial.finds_nothing(&theirs, &nothing, manner);
        }
        // Their comune in the path, our things below it.
        trial.finds_nothing(&ours.sought_in("F471"), &nothing, MANNERS[1]);
    }
    let after = ["L454", "F471", "G004"].map(|comune| state::of_comune(&mut behind, comune));
    assert_eq!(before, after, "what was refused changed something");
    // The same calls by who may make them: without this, a 404 would prove nothing.
    let mut in_turn = of_a_comune();
    in_turn.sort_by_key(Case::turn);
    for case in in_turn {
        let request = case.call(&world, &theirs, tokens.get("F471", case.doer()));
        let request = if case.is_conditional() { request.if_match("*") } else { request };
        let reply = request.send();
        assert_eq!(reply.status, case.row.success, "{}: {reply}", case.row.operation);
    }
}

/// The role of a comune to try with: one that may do it at home, or the one that may most.
fn at_home(case: &Case) -> Role {
    let doer = case.doer();
    if doer.is_of_platform() { Role::Amministratore } else { doer }
}

#[test]
fn the_things_of_another_comune_are_nowhere_in_ones_own() {
    let world = narrow();
    let (ours, theirs) = (plant(&world, "L454"), plant(&world, "F471"));
    let tokens = Tokens::of(&world, &["L454", "F471", "Z000"]);
    let mut behind = world.stored.administrator();
    let before = ["L454", "F471"].map(|comune| state::of_comune(&mut behind, comune));
    // A profile is named by the comune itself, and so are the facts of its registers; a rulebook by its year, a bill by its supplier:
    // putting one under a name that another comune uses too makes one's own.
    const OWN: [&str; 9] = [
        "write_access_request",
        "write_import_profile",
        "write_invoice",
        "write_procedure",
        "write_publication_check",
        "write_rulebook",
        "write_survey",
        "write_training",
        "adopt_rulebook",
    ];
    let named = |case: &Case| case.names_an_object() && !OWN.contains(&case.row.operation);
    for case in of_a_comune().into_iter().filter(named) {
        for (home, mine, other) in [("L454", &ours, &theirs), ("F471", &theirs, &ours)] {
            let trial = Trial { world: &world, case: case.clone(), token: tokens.get(home, at_home(&case)) };
            let (there, nowhere) = (other.sought_in(home), Names::of_nothing(home));
            for manner in &MANNERS[..3] {
                trial.finds_nothing(&there, &nowhere, *manner);
            }
            for manner in &MANNERS[3..] {
                trial.tells_nothing(&there, &nowhere, *manner);
            }
            // One's own things all along the path but for one.
            for segment in case.segments() {
                trial.finds_nothing(&mine.with_anothers(segment, other), &nowhere, MANNERS[0]);
            }
        }
    }
    let after = ["L454", "F471"].map(|comune| state::of_comune(&mut behind, comune));
    assert_eq!(before, after, "what was refused changed something");
}

#[test]
fn a_head_is_answered_as_the_get_it_stands_for() {
    let world = World::new();
    let theirs = plant(&world, "F471");
    let tokens = Tokens::of(&world, &["L454", "F471", "Z000"]);
    for case in of_a_comune().into_iter().filter(|case| case.info.method == "GET") {
        let head = |token: &str| case.bare(&world, &theirs, token).with_method("HEAD").send();
        let (refused, given) = (head(tokens.get("L454", case.doer())), head(tokens.get("F471", case.doer())));
        let name = format!("{} {}", case.row.operation, case.doer().word());
        assert_eq!((refused.status, given.status), (404, 200), "{name}");
        assert!(refused.body.is_empty() && refused.header("ETag").is_none(), "{name}: {refused}");
    }
}
