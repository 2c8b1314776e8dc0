//! What the program refuses to start on: one line that names the setting and says what to do, and nothing left behind.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::place::Place;
use crate::running::{Running, demo_env, program, run, run_on};

/// `serve` in a folder, with settings of the environment, refused: the one line it says.
#[track_caller]
fn refused(place: &Place, arguments: &[&str], settings: &[(&str, &str)]) -> String {
    let mut command = program();
    command.arg("serve").args(arguments).env("TRAGUARDO_LISTEN", "127.0.0.1:0");
    command.env("TRAGUARDO_DATA", place.data()).envs(settings.iter().copied());
    let began = Instant::now();
    let line = run(&mut command).refusal();
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}: {line}", began.elapsed());
    place.assert_no_postgres();
    line
}

#[test]
fn a_setting_that_cannot_be_read_is_refused_by_its_name() {
    let place = Place::new();
    for (name, value) in [
        ("TRAGUARDO_LISTEN", "nowhere"),
        ("TRAGUARDO_LISTEN", "127.0.0.1:99999"),
        ("TRAGUARDO_LISTEN", ""),
        ("DATABASE_URL", "mysql://user:geheim@host/traguardo"),
        ("TRAGUARDO_MIGRATION_URL", "mysql://user:geheim@host/traguardo"),
        ("TRAGUARDO_CONNECTIONS", "0"),
        ("TRAGUARDO_PUBLIC_URL", "ftp://piani.example"),
        ("TRAGUARDO_RATE_LIMIT", "0"),
        ("TRAGUARDO_RATE_LIMIT", "many"),
        ("TRAGUARDO_CORS_ORIGINS", "piani.example"),
        ("TRAGUARDO_METRICS_LISTEN", "9090"),
        ("TRAGUARDO_WORKERS", "0"),
        ("TRAGUARDO_DRAIN_SECONDS", "301"),
        ("TRAGUARDO_LOG", "inof"),
        ("TRAGUARDO_LOG_FORMAT", "xml"),
    ] {
        let line = refused(&place, &["--demo"], &[(name, value)]);
        assert!(line.contains(name), "{name}={value}: {line}");
        assert!(!line.contains("geheim"), "{name}: {line}");
        assert!(!place.data().exists(), "{name} is looked at before anything is made");
    }
}

#[test]
fn a_wrong_argument_is_refused_by_its_name() {
    let ended = run(program().args(["serve", "--listen", "nowhere"]));
    assert!(ended.refusal().contains("--listen"), "{}", ended.err);
    let ended = run(program().args(["serve", "--nonsense"]));
    assert_eq!(ended.status.code(), Some(2));
    assert!(ended.err.contains("--nonsense") && ended.err.contains("--help"), "{}", ended.err);
}

#[test]
fn issuers_that_cannot_be_used_are_refused_before_anything_is_started() {
    let place = Place::new();
    let issuer = |algorithm: &str| {
        format!(
            r#"{{"issuer": "https://id.example", "audience": "traguardo", "algorithm": "{algorithm}",
                "jwks": {{"file": "keys.json"}}, "comune": "L454"}}"#
        )
    };
    let missing = place.path().join("missing.json");
    let files = [
        missing.clone(),
        place.file("words.json", "issuers"),
        place.file("symmetric.json", &format!("[{}]", issuer("HS256"))),
        place.file("twice.json", &format!("[{0}, {0}]", issuer("RS256"))),
    ];
    for file in files {
        let name = file.to_str().unwrap();
        let line = refused(&place, &["--demo"], &[("TRAGUARDO_ISSUERS", name)]);
        assert!(line.contains("TRAGUARDO_ISSUERS") && line.contains(name), "{line}");
        assert!(!place.data().join("postgres").exists(), "{line}");
    }
}

#[test]
fn a_data_folder_that_is_a_file_is_refused() {
    let place = Place::new();
    place.file("data", "a file");
    for arguments in [&["--demo"][..], &[]] {
        let line = refused(&place, arguments, &[]);
        assert!(line.contains("TRAGUARDO_DATA"), "{line}");
    }
    let line = run_on(&place, &["migrate"]).refusal();
    assert!(line.contains("TRAGUARDO_DATA"), "{line}");
}

#[test]
fn a_database_that_cannot_be_reached_is_refused_soon() {
    let place = Place::new();
    run_on(&place, &["keys"]).well();
    let nobody_listens = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("postgres://traguardo_service:geheim@{}/traguardo", listener.local_addr().unwrap())
    };
    for arguments in [&["--demo"][..], &[]] {
        let line = refused(&place, arguments, &[("DATABASE_URL", &nobody_listens)]);
        assert!(line.contains("DATABASE_URL") && !line.contains("geheim"), "{line}");
    }
    let ended = run(program().arg("migrate").env("DATABASE_URL", &nobody_listens));
    assert!(ended.refusal().contains("DATABASE_URL"), "{}", ended.err);
}

#[test]
fn outside_the_demo_no_key_is_made_up() {
    let place = Place::new();
    for named in [None, Some(place.path().join("nowhere"))] {
        let settings = named.iter().map(|folder| ("TRAGUARDO_KEYS", folder.to_str().unwrap()));
        let line = refused(&place, &[], &settings.collect::<Vec<_>>());
        assert!(line.contains("TRAGUARDO_KEYS") && line.contains("`traguardo keys`"), "{line}");
        assert!(!place.data().join("postgres").exists(), "{line}");
    }
}

#[test]
fn a_key_that_others_may_read_is_refused() {
    let place = Place::new();
    run_on(&place, &["keys"]).well();
    let key = place.data().join("keys/0001.pem");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&key, Permissions::from_mode(0o640)).unwrap();
    let line = refused(&place, &[], &[]);
    assert!(line.contains("TRAGUARDO_KEYS") && line.contains("0001.pem") && line.contains("chmod"), "{line}");
}

#[test]
fn a_database_that_was_never_migrated_is_refused() {
    let place = Place::new();
    run_on(&place, &["keys"]).well();
    let line = refused(&place, &[], &[]);
    assert!(line.contains("`traguardo migrate`"), "{line}");
}

#[test]
fn a_second_program_on_the_same_folder_is_refused_and_the_first_goes_on() {
    let place = Place::new();
    let service = Running::demo(&place);
    let before = demo_env(&place.data());
    for arguments in [&["serve", "--demo", "--listen", "127.0.0.1:0"][..], &["migrate"], &["check", "audit"]]
    {
        let line = run_on(&place, arguments).refusal();
        assert!(line.contains(&service.running.pid().to_string()), "it names who has the folder: {line}");
    }
    assert_eq!(service.get("/v1/status", "").status, 200);
    assert_eq!(demo_env(&place.data()), before);
    service.stopped_by(Signal::TERM).well();
}

#[test]
fn an_address_somebody_has_is_refused_before_anything_is_made() {
    let place = Place::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for name in ["TRAGUARDO_LISTEN", "TRAGUARDO_METRICS_LISTEN"] {
        let line = refused(&place, &["--demo"], &[(name, &address)]);
        assert!(line.contains(name) && line.contains(&address), "{line}");
        assert!(!place.data().exists(), "{line}");
    }
}

#[test]
fn nothing_is_started_where_there_is_no_postgres() {
    let place = Place::new();
    let mut command: Command = program();
    command.args(["migrate"]).env("TRAGUARDO_DATA", place.data()).env("PATH", place.path());
    // The distribution's own folder is looked into as well: where PostgreSQL is installed the command works.
    let ended = Running::start(&mut command).ended();
    assert!(ended.status.success() || ended.refusal().contains("postgresql"), "{}", ended.err);
}
