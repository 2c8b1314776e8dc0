//! The way to production: roles made by an administrator, one login to migrate and another to serve.

use rustix::process::Signal;
use serde_json::json;
use traguardo_server::postgres::{Cluster, Durability, Programs};

use crate::place::{Place, psql};
use crate::running::{Ended, Running, program, run, run_on};

const ROLES: &str = include_str!("../../../../deploy/roles.sql");

/// A PostgreSQL that is not the program's own.
fn elsewhere(place: &Place) -> Cluster {
    let cluster =
        Cluster::start(&Programs::find().unwrap(), &place.path().join("server"), Durability::Discardable)
            .unwrap();
    psql(
        &cluster.url("postgres", "postgres"),
        "create database traguardo template template0 encoding 'UTF8'",
    );
    cluster
}

/// Runs the program with the logins that production has.
fn run_there(place: &Place, cluster: &Cluster, arguments: &[&str]) -> Ended {
    let mut command = program();
    command.args(arguments).env("TRAGUARDO_DATA", place.data());
    command.env("DATABASE_URL", cluster.url("traguardo", "traguardo_service"));
    command.env("TRAGUARDO_MIGRATION_URL", cluster.url("traguardo", "traguardo_migrator"));
    run(&mut command)
}

#[test]
fn the_way_to_production_works_as_described() {
    let place = Place::new();
    let cluster = elsewhere(&place);
    let early = run_there(&place, &cluster, &["migrate"]).refusal();
    assert!(!early.is_empty());
    psql(&cluster.url("traguardo", "postgres"), ROLES);
    psql(&cluster.url("traguardo", "postgres"), ROLES);
    run_there(&place, &cluster, &["keys"]).well();
    let unmigrated = run_there(&place, &cluster, &["serve", "--listen", "127.0.0.1:0"]).refusal();
    assert!(unmigrated.contains("`traguardo migrate`"), "{unmigrated}");
    run_there(&place, &cluster, &["migrate"]).well();
    run_there(&place, &cluster, &["seed"]).well();

    let mut serve = program();
    serve.args(["serve", "--listen", "127.0.0.1:0", "--public-url", "https://piani.example"]);
    serve.env("TRAGUARDO_DATA", place.data());
    serve.env("DATABASE_URL", cluster.url("traguardo", "traguardo_service"));
    let mut service = Running::start(&mut serve).serving();
    service.url = service.running.listening_on();
    let first = ["token", "--role", "platform_admin", "--public-url", "https://piani.example"];
    let token = run_there(&place, &cluster, &first).well().out;
    let comune = json!({
        "name": "Truccazzano", "province": "MI", "region": "03",
        "identifiers": [{ "scheme": "istat", "value": "015224", "valid_from": "1861-03-17" }]
    });
    let body = ("application/json", comune.to_string());
    service.send("PUT", "/v1/comuni/L454", token.trim(), Some(body)).expect(201);
    service.get("/v1/comuni", token.trim()).expect(200);
    assert!(!place.data().join("postgres").exists(), "no PostgreSQL of its own is made");
    assert!(!place.data().join("demo.env").exists());
    service.stopped_by(Signal::TERM).well();
    assert!(cluster.is_running(), "somebody else's server is left alone");
    run_there(&place, &cluster, &["check", "audit"]).well();
    cluster.stop().unwrap();
}

#[test]
fn a_login_above_row_security_serves_a_demo_with_a_warning_and_nothing_else() {
    let place = Place::new();
    let cluster = elsewhere(&place);
    let administrator = cluster.url("traguardo", "postgres");
    let service = Running::demo_with(&place, &[("DATABASE_URL", &administrator)]);
    assert!(service.running.err().contains("above row security"), "{}", service.running.err());
    service.stopped_by(Signal::TERM).well();

    let mut serve = program();
    serve.args(["serve", "--listen", "127.0.0.1:0"]).env("TRAGUARDO_DATA", place.data());
    for (login, word) in [("postgres", "above row security"), ("traguardo_migrator", "traguardo_app")] {
        let line = run(serve.env("DATABASE_URL", cluster.url("traguardo", login))).refusal();
        assert!(line.contains("DATABASE_URL") && line.contains(word), "{line}");
    }
    // Where the data folder has keys, the login made for serving is all it takes.
    serve.env("DATABASE_URL", cluster.url("traguardo", "traguardo_service"));
    Running::start(&mut serve).serving().stopped_by(Signal::TERM).well();
    assert!(run_on(&place, &["keys"]).status.success());
    cluster.stop().unwrap();
}
