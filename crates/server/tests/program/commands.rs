//! The commands that do one thing and end.

use clap::CommandFactory as _;
use rustix::process::Signal;
use serde_json::{Value, json};
use traguardo_server::cli::Cli;

use crate::place::Place;
use crate::running::{Running, demo_env, program, run, run_on};

const SETTINGS: [&str; 15] = [
    "TRAGUARDO_LISTEN",
    "TRAGUARDO_DATA",
    "DATABASE_URL",
    "TRAGUARDO_MIGRATION_URL",
    "TRAGUARDO_CONNECTIONS",
    "TRAGUARDO_KEYS",
    "TRAGUARDO_PUBLIC_URL",
    "TRAGUARDO_ISSUERS",
    "TRAGUARDO_RATE_LIMIT",
    "TRAGUARDO_CORS_ORIGINS",
    "TRAGUARDO_METRICS_LISTEN",
    "TRAGUARDO_WORKERS",
    "TRAGUARDO_DRAIN_SECONDS",
    "TRAGUARDO_BEHIND_PROXY",
    "TRAGUARDO_LOG",
];

#[test]
fn help_names_every_command_and_every_setting_of_each() {
    let whole = run(program().arg("--help")).well().out;
    let serve = run(program().args(["serve", "--help"])).well().out;
    for name in SETTINGS {
        assert!(serve.contains(&format!("[env: {name}")), "{name}: {serve}");
    }
    let mut cli = Cli::command();
    cli.build();
    for command in cli.get_subcommands().filter(|command| command.get_name() != "help") {
        assert!(whole.contains(command.get_name()), "{whole}");
        help_is_whole(command, &[]);
    }
}

fn help_is_whole(command: &clap::Command, above: &[&str]) {
    let path = [above, &[command.get_name()]].concat();
    let help = run(program().args(&path).arg("--help")).well().out;
    for argument in command.get_arguments() {
        let name = argument.get_env().map(|name| name.to_string_lossy().into_owned());
        assert!(name.is_none_or(|name| help.contains(&format!("[env: {name}"))), "{path:?}: {help}");
        assert!(argument.get_help().is_some() || argument.is_hide_set(), "{path:?} {argument} says nothing");
    }
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        help_is_whole(below, &path);
    }
}

#[test]
fn help_shows_no_password_of_the_environment() {
    let mut command = program();
    command
        .args(["serve", "--help"])
        .env("DATABASE_URL", "postgres://traguardo_service:geheim@host/traguardo");
    assert!(!run(&mut command).well().out.contains("geheim"));
}

#[test]
fn the_document_is_printed_in_both_forms_and_is_the_committed_one() {
    let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi/v1.yaml"));
    let current = run(program().arg("openapi")).well().out;
    assert!(current.starts_with("openapi: '3.1.0'\n"), "{}", &current[..40]);
    // A test binary may be run where there is no source.
    assert!(committed.is_err() || committed.unwrap() == current, "run `make openapi`");
    let downgraded = run(program().args(["openapi", "--downgraded"])).well().out;
    assert!(downgraded.starts_with("openapi: '3.0.3'\n"), "{}", &downgraded[..40]);
}

#[test]
fn nothing_a_reader_stops_reading_makes_it_panic() {
    let mut shell = std::process::Command::new("sh");
    crate::running::bare(&mut shell).args([
        "-c",
        "\"$0\" openapi | head -1",
        env!("CARGO_BIN_EXE_traguardo"),
    ]);
    let ended = run(&mut shell).well();
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
}

#[test]
fn keys_are_added_and_the_older_ones_go_on_verifying() {
    let place = Place::new();
    let service = Running::demo(&place);
    let address = service.address().to_owned();
    let token = demo_env(&place.data())["TOKEN_L454_SEGRETARIO"].clone();
    service.stopped_by(Signal::TERM).well();
    run_on(&place, &["keys"]).well();
    let service = Running::demo_with(&place, &[("TRAGUARDO_LISTEN", &address)]);
    let keys = service.get("/.well-known/jwks.json", "").expect(200).json();
    assert_eq!(keys["keys"].as_array().map(Vec::len), Some(2), "{keys}");
    service.get("/v1/comuni/L454", &token).expect(200);
    let newer = demo_env(&place.data())["TOKEN_L454_SEGRETARIO"].clone();
    assert_ne!(newer.split('.').next(), token.split('.').next(), "another key signs");
    service.get("/v1/comuni/L454", &newer).expect(200);
    service.stopped_by(Signal::TERM).well();
}

#[test]
fn a_new_installation_is_set_up_step_by_step() {
    let place = Place::new();
    run_on(&place, &["keys"]).well();
    assert!(run_on(&place, &["migrate"]).well().out.contains("Applied: "));
    assert!(run_on(&place, &["migrate"]).well().out.contains("Nothing to migrate"));
    let early = run_on(&place, &["token", "--role", "platform_admin"]).refusal();
    assert!(early.contains("platform_admin"), "{early}");
    run_on(&place, &["seed"]).well();
    run_on(&place, &["seed"]).well();
    let mut serve = program();
    serve.args(["serve", "--public-url", "http://127.0.0.1:8080", "--listen", "127.0.0.1:0"]);
    serve.env("TRAGUARDO_DATA", place.data());
    let token = run_on(&place, &["token", "--role", "platform_admin", "--minutes", "5"]).well().out;
    let mut service = Running::start(&mut serve).serving();
    assert_eq!(service.url, "http://127.0.0.1:8080");
    // What callers use may lead here by another way than the address listened on.
    service.url = service.running.listening_on();
    let comuni = service.get("/v1/comuni", token.trim()).expect(200).json();
    assert_eq!(comuni["items"], json!([]), "a new installation has no comune");
    service.stopped_by(Signal::TERM).well();

    let none = run_on(&place, &["token", "--role", "segretario", "--comune", "L454"]).refusal();
    assert!(none.contains("segretario"), "{none}");
    run_on(&place, &["seed", "--demo"]).well();
    run_on(&place, &["token", "--role", "segretario", "--comune", "L454"]).well();
    for wrong in [["--role", "sindaco"], ["--comune", "Roma"], ["--minutes", "61"]] {
        let mut arguments = vec!["token", "--role", "segretario"];
        arguments.retain(|_| wrong[0] != "--role");
        let ended = run_on(
            &place,
            &[if arguments.is_empty() { &["token"] } else { &arguments[..] }, &wrong].concat(),
        );
        assert!(ended.refusal().contains(wrong[0]), "{}", ended.err);
    }
}

#[test]
fn a_broken_audit_chain_is_found_and_its_first_broken_link_named() {
    let place = Place::new();
    let service = Running::demo(&place);
    service.stopped_by(Signal::TERM).well();
    let whole = run_on(&place, &["check", "audit"]).well().out;
    for comune in ["Z000", "L454", "F471", "G004"] {
        let holds = whole.lines().any(|line| line.starts_with(comune) && line.ends_with("the chain holds"));
        assert!(holds, "{comune}: {whole}");
    }

    let service = Running::demo(&place);
    place.ask(
        "update audit_entries set actor = 'nobody' where comune = 'L454' and seq in (2, 3);
         delete from audit_entries where comune = 'F471' and seq = 3;
         delete from audit_entries where comune = 'G004' and seq = (select max(seq) from audit_entries where comune = 'G004')",
    );
    service.stopped_by(Signal::TERM).well();
    let ended = run_on(&place, &["check", "audit"]);
    assert_eq!(ended.status.code(), Some(1));
    let line = |comune: &str| ended.out.lines().find(|line| line.starts_with(comune)).unwrap_or_default();
    assert_eq!(line("L454"), "L454: BROKEN, entry 2 was altered");
    assert_eq!(line("F471"), "F471: BROKEN, entry 3 is missing");
    assert!(line("G004").starts_with("G004: BROKEN, the chain ends at"), "{}", ended.out);
    assert!(line("Z000").ends_with("the chain holds"), "{}", ended.out);
    assert!(ended.refusal().contains('3'), "it counts the broken chains: {}", ended.err);
    run_on(&place, &["check", "audit", "--comune", "Z000"]).well();
    assert_eq!(run_on(&place, &["check", "audit", "--comune", "L454"]).status.code(), Some(1));
}

/// A log line as JSON, where that was asked for.
pub(crate) fn log_lines(text: &str) -> Vec<Value> {
    let read = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
    text.lines().map(read).collect()
}
