//! Every connection held: the others are told so in time, and the service goes on living.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;

use crate::world::{Wishes, World};

const CONNECTIONS: u32 = 4;
const CALLERS: usize = 30;

#[test]
fn when_every_connection_is_held_the_others_are_told_in_time() {
    let world = World::with(Wishes { connections: CONNECTIONS, ..Wishes::default() });
    let read = world.call("lettore", "GET", "L454", "/units");
    read.send().expect(200);
    let mut holder = world.stored.administrator();
    holder.batch_execute("begin; lock table units in access exclusive mode").unwrap();
    let (sender, replies) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..CALLERS {
            let (sender, read) = (sender.clone(), read.clone());
            scope.spawn(move || {
                let began = Instant::now();
                let reply = read.send();
                sender.send((began.elapsed(), reply)).unwrap();
            });
        }
        for _ in 0..5 {
            let began = Instant::now();
            let live = world.anonymous("GET", "/health/live").send();
            assert_eq!(live.status, 200, "{live}");
            assert!(began.elapsed() < Duration::from_millis(500), "liveness took {:?}", began.elapsed());
        }
        for _ in 0..CALLERS - usize::try_from(CONNECTIONS).unwrap() {
            let (took, reply) = replies.recv_timeout(Duration::from_secs(4)).unwrap();
            assert_eq!(reply.refused(503), "unavailable");
            assert!(reply.header("retry-after").is_some(), "{reply}");
            assert!(took < Duration::from_millis(2_500), "{took:?}");
        }
        holder.batch_execute("rollback").unwrap();
        for _ in 0..CONNECTIONS {
            let (_, reply) = replies.recv_timeout(Duration::from_secs(4)).unwrap();
            assert_eq!(reply.status, 200, "whoever held a connection is answered: {reply}");
        }
    });
    read.send().expect(200);
}

#[test]
fn a_comune_whose_writers_are_held_up_keeps_nobody_elses_turns() {
    let world = World::with(Wishes { connections: 2, ..Wishes::default() });
    let unit = serde_json::json!({"code": "Z", "name": "Z", "kind": "area", "valid_from": "2025-01-01"});
    let write = world.call("segretario", "POST", "L454", "/units").json(&unit);
    let elsewhere = world.call("lettore", "GET", "F471", "/units");
    elsewhere.send().expect(200);
    let mut holder = world.stored.administrator();
    holder.batch_execute("begin; select from tenants where comune = 'L454' for update").unwrap();
    let began = Instant::now();
    assert_eq!(write.send().refused(503), "unavailable");
    assert!(began.elapsed() < Duration::from_millis(2_500), "{:?}", began.elapsed());
    elsewhere.send().expect(200);
    holder.batch_execute("rollback").unwrap();
    write.send().expect(201);
}

#[test]
fn a_statement_that_waits_too_long_is_given_up() {
    let world = World::with(Wishes { connections: 1, ..Wishes::default() });
    let read = world.call("lettore", "GET", "L454", "/units");
    read.send().expect(200);
    let mut holder = world.stored.administrator();
    holder.batch_execute("begin; lock table units in access exclusive mode").unwrap();
    let began = Instant::now();
    let reply = read.send();
    assert_eq!(reply.refused(503), "unavailable");
    assert!(began.elapsed() < Duration::from_secs(7), "{:?}", began.elapsed());
    holder.batch_execute("rollback").unwrap();
    read.send().expect(200);
}
