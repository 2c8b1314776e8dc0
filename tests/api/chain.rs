//! The audit chain under attack: whoever holds the database can change entries, and cannot do so unseen.

mod auditor;

use diesel::connection::SimpleConnection as _;
use traguardo_domain::ComuneCode;
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::audit::{Broken, Occasion};
use traguardo_persistence::audit;
use traguardo_server::commands;

use crate::world::World;

/// What the service itself says of a comune's chain.
fn verified(world: &World, comune: &str) -> Result<i64, Broken> {
    let code = ComuneCode::parse(comune).unwrap();
    let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
    world.database.tenant(&Doorkeeper.look_up(code), occasion, audit::verify).unwrap()
}

/// The entries of the demo's L454.
const LAST: i64 = 17;

const COPY: &str =
    "create table saved_entries as table audit_entries; create table saved_tenants as table tenants";
const PUT_BACK: &str = "truncate audit_entries; insert into audit_entries select * from saved_entries; \
    update tenants t set audit_seq = s.audit_seq, audit_digest = s.audit_digest from saved_tenants s where s.comune = t.comune";

/// One column of the third entry changed, everything else left: what is to be said of it.
const ALTERED: [(&str, Broken); 15] = [
    ("at = at + interval '1 microsecond'", Broken::Altered { seq: 3 }),
    ("member = '00000000-0000-7000-8000-000000000000'", Broken::Altered { seq: 3 }),
    ("actor = 'service'", Broken::Altered { seq: 3 }),
    ("action = 'edit_units'", Broken::Altered { seq: 3 }),
    ("object = 'plan'", Broken::Altered { seq: 3 }),
    ("object_id = object_id || '0'", Broken::Altered { seq: 3 }),
    ("before = sha256('x')", Broken::Altered { seq: 3 }),
    ("after = sha256('x')", Broken::Altered { seq: 3 }),
    ("after = null", Broken::Altered { seq: 3 }),
    ("request_id = ''", Broken::Altered { seq: 3 }),
    ("object = object || object_id, object_id = ''", Broken::Altered { seq: 3 }),
    ("previous = sha256('x')", Broken::Unlinked { seq: 3 }),
    ("digest = sha256('x')", Broken::Altered { seq: 3 }),
    ("seq = 1000", Broken::Missing { seq: 3 }),
    ("comune = 'F471', seq = 1000", Broken::Missing { seq: 3 }),
];

/// Entries removed, added, moved, and the head moved.
const REARRANGED: [(&str, Broken); 10] = [
    ("delete from audit_entries where comune = 'L454' and seq = 1", Broken::Missing { seq: 1 }),
    ("delete from audit_entries where comune = 'L454' and seq = 9", Broken::Missing { seq: 9 }),
    (
        "delete from audit_entries where comune = 'L454' and seq = 17",
        Broken::WrongEnd { found: 16, expected: LAST },
    ),
    ("delete from audit_entries where comune = 'L454'", Broken::WrongEnd { found: 0, expected: LAST }),
    (
        "delete from audit_entries where comune = 'L454' and seq = 9; \
         update audit_entries set seq = -seq where comune = 'L454' and seq > 9; \
         update audit_entries set seq = -seq - 1 where comune = 'L454' and seq < 0",
        Broken::Unlinked { seq: 9 },
    ),
    (
        "update audit_entries set seq = -seq where comune = 'L454' and seq > 3; \
         update audit_entries set seq = 1 - seq where comune = 'L454' and seq < 0; \
         insert into audit_entries select comune, 4, at, member, actor, action, object, object_id, before, after, request_id, digest, \
         sha256('forged') from audit_entries where comune = 'L454' and seq = 3",
        Broken::Altered { seq: 4 },
    ),
    (
        "update audit_entries set seq = 1000 where comune = 'L454' and seq = 3; \
         update audit_entries set seq = 3 where comune = 'L454' and seq = 4; \
         update audit_entries set seq = 4 where comune = 'L454' and seq = 1000",
        Broken::Unlinked { seq: 3 },
    ),
    (
        "update tenants set audit_seq = 16 where comune = 'L454'",
        Broken::WrongEnd { found: LAST, expected: 16 },
    ),
    (
        "update tenants set audit_seq = 18 where comune = 'L454'",
        Broken::WrongEnd { found: LAST, expected: 18 },
    ),
    ("update tenants set audit_digest = sha256('x') where comune = 'L454'", Broken::Altered { seq: LAST }),
];

#[test]
fn whatever_is_done_to_the_trail_the_first_broken_link_is_named() {
    let world = World::new();
    let mut connection = world.stored.administrator();
    connection.batch_execute(COPY).unwrap();
    assert_eq!(verified(&world, "L454"), Ok(LAST));
    let altered = ALTERED.map(|(set, broken)| {
        (format!("update audit_entries set {set} where comune = 'L454' and seq = 3"), broken)
    });
    let rearranged = REARRANGED.map(|(sql, broken)| (sql.to_owned(), broken));
    for (tampering, broken) in altered.into_iter().chain(rearranged) {
        connection.batch_execute(&tampering).unwrap();
        assert_eq!(verified(&world, "L454"), Err(broken), "{tampering}");
        assert_eq!(verified(&world, "G004"), Ok(LAST), "{tampering}: the chain of another comune is its own");
        connection.batch_execute(PUT_BACK).unwrap();
        assert_eq!(verified(&world, "L454"), Ok(LAST), "{tampering}: put back");
    }
}

#[test]
fn a_forger_who_knows_how_digests_are_made_is_betrayed_by_the_head() {
    let world = World::new();
    let mut connection = world.stored.administrator();
    connection.batch_execute(COPY).unwrap();
    let mut last = auditor::trail(&world, "L454").pop().unwrap();
    last["object_id"] = "forged".into();
    let rewritten = auditor::digest(&mut connection, "L454", &last);
    let set = format!(
        "update audit_entries set object_id = 'forged', digest = decode('{rewritten}', 'hex') where comune = 'L454' and seq = {LAST}"
    );
    connection.batch_execute(&set).unwrap();
    assert_eq!(verified(&world, "L454"), Err(Broken::Altered { seq: LAST }));
    connection.batch_execute(PUT_BACK).unwrap();
    let mut added = auditor::trail(&world, "L454").pop().unwrap();
    added["previous"] = added["digest"].take();
    added["seq"] = (LAST + 1).into();
    let forged = auditor::digest(&mut connection, "L454", &added);
    let insert = format!(
        "insert into audit_entries select comune, seq + 1, at, member, actor, action, object, object_id, before, after, request_id, \
         digest, decode('{forged}', 'hex') from audit_entries where comune = 'L454' and seq = {LAST}"
    );
    connection.batch_execute(&insert).unwrap();
    assert_eq!(verified(&world, "L454"), Err(Broken::WrongEnd { found: LAST + 1, expected: LAST }));
}

#[test]
fn the_service_itself_cannot_touch_what_it_wrote() {
    let world = World::new();
    let mut connection = world.stored.administrator();
    let attempts = [
        "update audit_entries set actor = 'service'",
        "delete from audit_entries",
        "truncate audit_entries",
        "update tenants set comune = 'A001'",
    ];
    for attempt in attempts {
        let act = format!("begin; set local role traguardo_app; set local app.comune = 'L454'; {attempt}");
        let refused = connection.batch_execute(&act).unwrap_err();
        assert!(refused.to_string().contains("permission denied"), "{attempt}: {refused}");
        connection.batch_execute("rollback").unwrap();
    }
    assert_eq!(verified(&world, "L454"), Ok(LAST));
}

#[test]
fn an_auditor_verifies_the_trail_from_what_is_read_over_http_alone() {
    let world = World::new();
    let unit =
        serde_json::json!({"code": "S.01", "name": "Settore", "kind": "sector", "valid_from": "2025-01-01"});
    world.call("segretario", "PUT", "L454", "/units/ext:S").json(&unit).send().expect(201);
    world.call("segretario", "DELETE", "L454", "/units/ext:S").if_match("*").send().expect(204);
    let mut connection = world.stored.administrator();
    for (comune, count) in [("L454", 19), ("F471", 17)] {
        let trail = auditor::trail(&world, comune);
        assert_eq!(trail.len(), count);
        let mut previous = "0".repeat(64);
        for (entry, seq) in trail.iter().zip(1_i64..) {
            assert_eq!(
                (entry["seq"].as_i64(), entry["previous"].as_str()),
                (Some(seq), Some(previous.as_str()))
            );
            assert_eq!(entry["digest"], auditor::digest(&mut connection, comune, entry), "{entry}");
            entry["digest"].as_str().unwrap().clone_into(&mut previous);
        }
    }
    // A digest belongs to its comune: the same words in another one's trail are another entry.
    let entry = auditor::trail(&world, "L454").pop().unwrap();
    assert_ne!(entry["digest"], auditor::digest(&mut connection, "F471", &entry));
}
