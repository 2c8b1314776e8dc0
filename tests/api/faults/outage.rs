//! PostgreSQL stopped and started again under load.

use std::time::{Duration, Instant};

use super::load::{Load, nothing_lost_or_doubled, only_success_or_unavailable};
use crate::world::{Server, Wishes, World, until};

/// How long the database is away; `TRAGUARDO_TEST_OUTAGE` names other seconds.
fn outage() -> Duration {
    let seconds = std::env::var("TRAGUARDO_TEST_OUTAGE").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(10))
}

fn while_away(world: &World, load: &Load<'_>) {
    let started = Instant::now();
    let live = world.anonymous("GET", "/health/live").send();
    assert_eq!(live.status, 200, "{live}");
    for path in ["/health/ready", "/v1/status"] {
        let reply = world.anonymous("GET", path).send();
        assert_eq!(reply.refused(503), "unavailable", "{path}");
        assert!(reply.header("retry-after").is_some(), "{reply}");
    }
    assert!(!until(outage(), || {
        let asked = Instant::now();
        let reply = load.read().send();
        assert_eq!(reply.refused(503), "unavailable");
        assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
        let asked = Instant::now();
        assert_eq!(world.anonymous("GET", "/health/live").send().status, 200);
        assert!(asked.elapsed() < Duration::from_millis(500), "liveness took {:?}", asked.elapsed());
        started.elapsed() >= outage() + Duration::from_secs(30)
    }));
}

#[test]
fn the_database_stopped_and_started_again_loses_and_doubles_nothing() {
    let server = Server::own();
    let world = World::with(Wishes { server: Some(server.clone()), ..Wishes::default() });
    let load = Load::new(&world);
    load.read().send().expect(200);
    let mut back = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| load.run());
        }
        assert!(until(Duration::from_secs(10), || load.count() > 20));
        server.stop();
        while_away(&world, &load);
        server.start();
        let started = Instant::now();
        assert!(until(Duration::from_secs(5), || load.read().send().status == 200), "it does not recover");
        back = Instant::now();
        assert!(back - started < Duration::from_secs(5), "{:?}", back - started);
        let before = load.count();
        assert!(until(Duration::from_secs(10), || load.count() > before + 40));
        load.end();
    });
    let met = load.met();
    only_success_or_unavailable(&met, Duration::from_secs(2));
    assert!(met.iter().any(|one| one.reply.status == 503), "the outage was not met");
    for one in met.iter().filter(|one| one.began > back) {
        assert_ne!(one.reply.status, 503, "after it came back: {}", one.reply);
    }
    world.anonymous("GET", "/health/ready").send().expect(200);
    nothing_lost_or_doubled(&world, &met);
}

#[test]
fn connections_broken_under_load_are_made_again() {
    use diesel::connection::SimpleConnection as _;
    let world = World::new();
    let load = Load::new(&world);
    let mut administrator = world.stored.administrator();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| load.run());
        }
        for round in 1..=12 {
            let broken = administrator.batch_execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
            );
            broken.unwrap();
            assert!(until(Duration::from_secs(5), || load.count() > round * 10));
        }
        load.end();
    });
    let met = load.met();
    only_success_or_unavailable(&met, Duration::from_secs(2));
    let served = met.iter().filter(|one| one.reply.status != 503).count();
    assert!(served * 2 > met.len(), "{served} of {} served", met.len());
    nothing_lost_or_doubled(&world, &met);
    let state = world.database.pool_state();
    assert!((1..=6).contains(&state.open) && state.idle == state.open, "{state:?}");
}
