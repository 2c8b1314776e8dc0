//! `serve --demo`: what a newcomer sees, and that all of it works when pasted.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use rustix::process::Signal;
use serde_json::json;

use crate::place::Place;
use crate::running::{Running, bare, demo_env, program, request, run};

const ROLES: [&str; 11] = [
    "AMMINISTRATORE",
    "SEGRETARIO",
    "RESPONSABILE",
    "NUCLEO",
    "GIUNTA",
    "RPCT",
    "REVISORE",
    "RAGIONERIA",
    "DIPENDENTE",
    "LETTORE",
    "INTEGRATORE",
];

#[test]
fn the_demo_prints_where_it_is_and_writes_a_token_for_every_role_that_is_accepted() {
    let place = Place::new();
    let service = Running::demo(&place);
    let out = service.running.out();
    assert!(out.contains(&format!("{}/docs/", service.url)), "{out}");
    assert_eq!(service.get("/docs/", "").status, 200);
    assert_eq!(service.get("/v1/status", "").status, 200);

    let file = place.data().join("demo.env");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let mut env = demo_env(&place.data());
    assert_eq!(env.remove("TRAGUARDO_URL"), Some(service.url.clone()));
    for comune in ["L454", "F471", "G004", "Z900", "Z901"] {
        for role in ROLES {
            let name = format!("TOKEN_{comune}_{role}");
            let token = env.remove(&name).unwrap_or_else(|| panic!("{name} is missing"));
            let reply = service.get(&format!("/v1/comuni/{comune}"), &token);
            assert_eq!(reply.status, 200, "{name}: {}", reply.body);
        }
    }
    for name in ["TOKEN_PLATFORM_ADMIN", "TOKEN_TEMPLATE_AUTHOR", "TOKEN_BENCHMARK_READER"] {
        let token = env.remove(name).unwrap_or_else(|| panic!("{name} is missing"));
        let reply = service.get("/v1/comuni", &token);
        assert_eq!(reply.status, 200, "{name}: {}", reply.body);
    }
    assert!(env.is_empty(), "nobody asked for {:?}", env.keys());
    service.stopped_by(Signal::TERM).well();
}

#[test]
fn the_commands_it_prints_can_be_pasted_into_a_shell() {
    let place = Place::new();
    // The other terminal stands in another folder, and this one has a name that a shell would take apart.
    let mut command = program();
    command.args(["serve", "--demo"]).env("TRAGUARDO_LISTEN", "127.0.0.1:0").current_dir(place.path());
    let service = Running::start(command.env("TRAGUARDO_DATA", "the data's")).serving();
    let out = service.running.out();
    let lines = out.lines().filter(|line| line.starts_with("  ")).map(str::trim).collect::<Vec<_>>();
    assert!(lines.iter().any(|line| line.starts_with("curl ")), "{out}");
    // Pasted as they are: a function of the same name only adds that the status is told, or stands in where curl is missing.
    let wrapper = if run(bare(&mut Command::new("sh")).args(["-c", "command -v curl"])).status.success() {
        "curl() { command curl -o /dev/null -w '%{http_code}\\n' \"$@\"; }"
    } else {
        "curl() { printf '%s\\t' \"$@\"; echo; }"
    };
    let script = format!("{wrapper}\n{}\n", lines.join("\n"));
    let said = run(bare(&mut Command::new("sh")).args(["-euc", &script])).well().out;
    let statuses =
        said.lines().map(|line| if line.contains('\t') { asked_for(line) } else { line.to_owned() });
    let statuses = statuses.collect::<Vec<_>>();
    assert!(statuses.len() >= 3 && statuses.iter().all(|status| status == "200"), "{said}");
}

/// Does what a command line of curl's says, where there is no curl.
fn asked_for(arguments: &str) -> String {
    let of_prefix = |prefix: &str| arguments.split('\t').find(|argument| argument.starts_with(prefix));
    let bearer =
        of_prefix("Authorization: ").unwrap_or_default().trim_start_matches("Authorization: Bearer ");
    request("GET", of_prefix("http").unwrap(), bearer, None).status.to_string()
}

#[test]
fn a_second_start_keeps_the_data_and_the_old_tokens() {
    let place = Place::new();
    let service = Running::demo(&place);
    // Tokens name the address: the second start must be at the first one's.
    let address = service.address().to_owned();
    let token = demo_env(&place.data())["TOKEN_L454_AMMINISTRATORE"].clone();
    let unit = json!({
        "external_id": "kept", "code": "KEPT", "name": "Ufficio che resta", "kind": "office", "valid_from": "2025-01-01"
    });
    service.post("/v1/comuni/L454/units", &token, &unit).expect(201);
    service.stopped_by(Signal::TERM).well();
    place.assert_no_postgres();

    let service = Running::demo_with(&place, &[("TRAGUARDO_LISTEN", &address)]);
    let kept = service.get("/v1/comuni/L454/units/ext:kept", &token).expect(200);
    assert_eq!(kept.json()["name"], "Ufficio che resta");
    let plans = service.get("/v1/comuni/L454/plans", &token).expect(200).json();
    assert_eq!(plans["items"].as_array().map(Vec::len), Some(2), "seeded once: {plans}");
    service.stopped_by(Signal::INT).well();
}

/// An indicator of each shared objective that is fed from registers.
const COMPARABLE: [&str; 7] =
    ["T1.itp", "T1.irp", "T3.attestation", "T5.in_term", "T6.in_term", "T7.hours", "T8.mean"];

#[test]
fn what_the_registers_give_is_comparable_right_after_the_start() {
    let place = Place::new();
    let service = Running::demo(&place);
    let tokens = demo_env(&place.data());
    for indicator in COMPARABLE {
        let mut values = Vec::new();
        for comune in ["L454", "F471", "G004", "Z900", "Z901"] {
            let path = format!("/v1/benchmarks/{indicator}?group=all&year=2025");
            let answer =
                service.get(&path, &tokens[&format!("TOKEN_{comune}_SEGRETARIO")]).expect(200).json();
            assert_eq!(answer["place"]["comune"], comune, "{indicator}: {answer}");
            values.push(answer["place"]["value"].as_str().unwrap().to_owned());
        }
        values.sort();
        values.dedup();
        assert!(values.len() > 1, "{indicator} is the same everywhere: {values:?}");
    }
    service.stopped_by(Signal::TERM).well();
}

#[test]
fn the_year_of_the_demo_is_played_once_and_stands() {
    let place = Place::new();
    let service = Running::demo(&place);
    let env = place.data().join("demo.env");
    let play = || run(program().args(["demo", "year", "--tokens"]).arg(&env)).well().out;
    let played = play();
    let table: Vec<&str> = played.lines().skip_while(|line| !line.starts_with("comune ")).collect();
    for (row, comune) in ["Z900", "Z901", "L454", "F471", "G004"].iter().enumerate() {
        assert!(table[row + 1].starts_with(comune), "{played}");
    }
    // What it tells to look at is there to be looked at.
    let tokens = demo_env(&place.data());
    let curls: Vec<&&str> = table.iter().filter(|line| line.trim_start().starts_with("curl ")).collect();
    assert_eq!(curls.len(), 3, "{played}");
    for curl in curls {
        let path = curl.split("$TRAGUARDO_URL").nth(1).unwrap().trim_end_matches('"');
        service.get(path, &tokens["TOKEN_Z900_NUCLEO"]).expect(200);
    }
    let again = play();
    let (steps, table_again) = again.split_at(again.find("\ncomune ").unwrap());
    assert!(steps.lines().filter(|line| !line.is_empty()).all(|line| line.ends_with("già fatto")), "{again}");
    assert_eq!(table_again.trim(), table.join("\n").trim());
    service.stopped_by(Signal::TERM).well();
}
