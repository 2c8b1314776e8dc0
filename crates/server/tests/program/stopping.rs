//! Stopping: asked to, killed, or left without a parent; nothing outlives it and nothing it was doing is lost.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::place::{Place, until};
use crate::running::{Running, bare, demo_env};

#[test]
fn a_request_in_flight_is_finished_before_the_program_stops() {
    let place = Place::new();
    let service = Running::demo(&place);
    let token = &demo_env(&place.data())["TOKEN_L454_AMMINISTRATORE"];
    let body = r#"{"code": "LATE", "name": "Ufficio in volo", "kind": "office", "valid_from": "2025-01-01"}"#;
    let (begun, rest) = body.split_at(20);
    let mut connection = TcpStream::connect(service.address()).unwrap();
    connection.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(
        connection,
        "POST /v1/comuni/L454/units HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    )
    .unwrap();
    // The service has taken the request up when it says that it wants the body.
    let mut interim = [0; 25];
    connection.read_exact(&mut interim).unwrap();
    assert!(interim.starts_with(b"HTTP/1.1 100"), "{}", String::from_utf8_lossy(&interim));
    connection.write_all(begun.as_bytes()).unwrap();

    service.running.signal(Signal::TERM);
    until("it says that it is stopping", || service.running.err().contains("stopping"));
    connection.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    service.running.ended().well();
    place.assert_no_postgres();
}

#[test]
fn both_signals_stop_it_soon_even_while_somebody_keeps_a_connection() {
    for signal in [Signal::INT, Signal::TERM] {
        let place = Place::new();
        let service = Running::demo(&place);
        let mut kept = TcpStream::connect(service.address()).unwrap();
        kept.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        kept.write_all(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut start = [0; 12];
        kept.read_exact(&mut start).unwrap();
        let asked = Instant::now();
        service.stopped_by(signal).well();
        assert!(asked.elapsed() < Duration::from_secs(20), "{:?}", asked.elapsed());
        place.assert_no_postgres();
        drop(kept);
    }
}

#[test]
fn a_signal_the_moment_it_announces_itself_stops_it_in_order() {
    let place = Place::new();
    let mut command = crate::running::program();
    command.args(["serve", "--demo"]).env("TRAGUARDO_LISTEN", "127.0.0.1:0");
    let running = Running::start(command.env("TRAGUARDO_DATA", place.data()));
    while !running.out().contains("Traguardo is at") {
        std::thread::yield_now();
    }
    running.signal(Signal::TERM);
    running.ended().well();
    place.assert_no_postgres();
}

#[test]
fn a_signal_while_it_starts_leaves_nothing_and_the_next_start_works() {
    let place = Place::new();
    let mut command = crate::running::program();
    command.args(["serve", "--demo"]).env("TRAGUARDO_LISTEN", "127.0.0.1:0");
    let running = Running::start(command.env("TRAGUARDO_DATA", place.data()));
    until("PostgreSQL is being made", || !place.postgres().is_empty());
    running.signal(Signal::TERM);
    drop(running.ended());
    until("nothing is left", || place.postgres().is_empty());
    Running::demo(&place).stopped_by(Signal::TERM).well();
}

#[test]
fn a_killed_program_takes_its_postgres_along_and_the_next_start_works() {
    let place = Place::new();
    let service = Running::demo(&place);
    assert!(!place.postgres().is_empty());
    service.stopped_by(Signal::KILL);
    until("PostgreSQL has gone by itself", || place.postgres().is_empty());
    let service = Running::demo(&place);
    assert_eq!(service.get("/v1/status", "").status, 200);
    service.stopped_by(Signal::TERM).well();
}

#[test]
fn a_killed_program_can_be_started_again_at_once() {
    let place = Place::new();
    Running::demo(&place).stopped_by(Signal::KILL);
    let service = Running::demo(&place);
    assert_eq!(service.get("/v1/status", "").status, 200);
    service.stopped_by(Signal::TERM).well();
    place.assert_no_postgres();
}

#[test]
fn it_stops_when_the_shell_that_started_it_is_killed() {
    let place = Place::new();
    let mut shell = Command::new("sh");
    let script = "\"$0\" serve --demo --stop-with-parent & echo program $!; wait";
    bare(&mut shell).args(["-c", script, env!("CARGO_BIN_EXE_traguardo")]);
    shell.env("TRAGUARDO_LISTEN", "127.0.0.1:0").env("TRAGUARDO_DATA", place.data());
    let service = Running::start(&mut shell).serving();
    let out = service.running.out();
    let number = out.lines().find_map(|line| line.strip_prefix("program ")).unwrap().parse().unwrap();
    let program = Guard(Pid::from_raw(number).unwrap());
    assert!(program.lives());
    service.running.signal(Signal::KILL);
    until("the program follows its shell", || !program.lives());
    until("and so does its PostgreSQL", || place.postgres().is_empty());
}

/// A program that is not a child of the test's.
struct Guard(Pid);

impl Guard {
    /// Whether it still runs; one that ended may stay listed until whoever inherited it looks.
    fn lives(&self) -> bool {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0)).unwrap_or_default();
        test_kill_process(self.0).is_ok() && !stat.contains(") Z ")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if self.lives() {
            let _ = kill_process(self.0, Signal::KILL);
        }
    }
}
