//! Every operation as every role: those the permission table names get through, all the others do not.

use traguardo_domain::access::Action;
use traguardo_domain::role::Role;

use crate::operations::{Case, Gate, Names, Tokens, cases, of_a_comune, plant};
use crate::world::{Reply, World};

/// A call that a permitted caller may make any number of times: it reads, or is refused for what it sends, or repeats itself.
fn harmless(case: &Case, world: &World, names: &Names, token: &str) -> (Reply, u16) {
    let request = case.bare(world, names, token);
    let (request, expected) = match (case.info.method.as_str(), case.info.has_body) {
        ("GET", _) => (request, 200),
        ("POST", true) if ["keep_evidence", "load_invoices"].contains(&case.row.operation) => {
            (request.bytes("text/csv", ""), 422)
        }
        ("POST" | "PUT" | "PATCH", true) => (request.bytes("application/json", "{\"inesistente\": 1}"), 422),
        ("POST", false) => (request, 200),
        ("DELETE", _) => (request, 428),
        (method, _) => panic!("{method}: say how a permitted caller is known"),
    };
    (request.send(), expected)
}

fn action(case: &Case) -> Action {
    match case.row.gate {
        Gate::Acts(action) => action,
        Gate::Public | Gate::Known => panic!("{} is of a comune and needs an action", case.row.operation),
    }
}

#[test]
fn at_home_the_roles_named_get_through_and_all_others_are_told_they_may_not() {
    let world = World::new();
    let names = plant(&world, "L454");
    let tokens = Tokens::of(&world, &["L454"]);
    for case in of_a_comune() {
        for (role, token) in tokens.roles_of("L454") {
            let (reply, expected) = harmless(&case, &world, &names, token);
            let call = format!("{} as {role:?}: {reply}", case.row.operation);
            if case.row.operation == "read_sheet" && [Role::Giunta, Role::Dipendente].contains(&role) {
                // They may read sheets, and this one is neither theirs nor written by them.
                assert_eq!(reply.refused(404), "not-found", "{call}");
            } else if action(&case).permits(role) {
                assert_eq!(reply.status, expected, "{call}");
            } else {
                assert_eq!(reply.refused(403), "forbidden", "{call}");
            }
        }
    }
}

#[test]
fn the_platform_gets_into_a_comune_where_the_table_says_so_and_sees_nothing_elsewhere() {
    let world = World::new();
    let names = plant(&world, "L454");
    let tokens = Tokens::of(&world, &["Z000"]);
    for case in of_a_comune() {
        for (role, token) in tokens.roles_of("Z000") {
            let (reply, expected) = harmless(&case, &world, &names, token);
            let call = format!("{} as {role:?}: {reply}", case.row.operation);
            if action(&case).permits(role) && action(&case).reaches_every_comune() {
                assert_eq!(reply.status, expected, "{call}");
            } else {
                assert_eq!(reply.refused(404), "not-found", "{call}");
            }
        }
    }
}

#[test]
fn in_the_platforms_own_tenant_its_roles_are_told_they_may_not() {
    let world = World::new();
    let tokens = Tokens::of(&world, &["Z000"]);
    let names = Names::of_nothing("Z000");
    for case in of_a_comune() {
        for (role, token) in tokens.roles_of("Z000") {
            let (reply, _) = harmless(&case, &world, &names, token);
            let call = format!("{} as {role:?}: {reply}", case.row.operation);
            if action(&case).permits(role) {
                // The platform is no comune and has nothing of these names: whatever is answered, it is not "you may not".
                assert!([200, 404, 422].contains(&reply.status), "{call}");
            } else {
                assert_eq!(reply.refused(403), "forbidden", "{call}");
            }
        }
    }
}

#[test]
fn what_is_of_no_comune_answers_every_member() {
    let world = World::new();
    let tokens = Tokens::of(&world, &["L454", "Z000"]);
    let names = Names::of_nothing("L454");
    for case in cases().into_iter().filter(|case| !case.info.path.contains('{')) {
        if case.row.gate == Gate::Public {
            continue;
        }
        for (role, token) in tokens.roles_of("L454").chain(tokens.roles_of("Z000")) {
            let reply = case.call(&world, &names, token).send();
            let expected = match case.row.gate {
                Gate::Acts(action) if !action.permits(role) => 403,
                Gate::Acts(_) | Gate::Known | Gate::Public => case.row.success,
            };
            assert_eq!(reply.status, expected, "{} as {role:?}: {reply}", case.row.operation);
        }
    }
}

#[test]
fn the_figures_are_the_platform_administrators() {
    let world = World::new();
    let tokens = Tokens::of(&world, &["L454", "Z000"]);
    for (role, token) in tokens.roles_of("L454").chain(tokens.roles_of("Z000")) {
        let reply = world.anonymous("GET", "/metrics").token(token).send();
        let expected = match (Action::ReadMetrics.permits(role), role.is_of_platform()) {
            (true, _) => 200,
            (false, true) => 403,
            (false, false) => 404,
        };
        assert_eq!(reply.status, expected, "{role:?}: {reply}");
    }
}
