//! What an operator sees: logs and figures, with nothing of a person and no secret in them.

use std::collections::BTreeSet;
use std::net::TcpListener;

use rustix::process::Signal;
use serde_json::json;

use crate::commands::log_lines;
use crate::place::Place;
use crate::running::{Running, Service, demo_env, request};

/// Words that a log or a figure would have to be told by a request.
const CANARIES: [&str; 6] = [
    "Canarino Primo",
    "canarino.secondo@example.org",
    "canarino-terzo",
    "canarinoquarto",
    "canarino-quinto",
    "canarino.sesto",
];

/// Plants every canary through the API, and gives back what else must not be seen: secrets and tokens.
fn plant(service: &Service, place: &Place) -> Vec<String> {
    let env = demo_env(&place.data());
    let token = &env["TOKEN_L454_AMMINISTRATORE"];
    let member = json!({
        "external_id": CANARIES[2], "kind": "client", "label": CANARIES[0],
        "identity": { "issuer": "https://id.example", "subject": CANARIES[1] }, "roles": ["integratore"]
    });
    let mut made = service.post("/v1/comuni/L454/members", token, &member);
    if made.status != 201 {
        let unnamed = json!({
            "external_id": CANARIES[2], "kind": "client", "label": CANARIES[0], "roles": ["integratore"]
        });
        made = service.post("/v1/comuni/L454/members", token, &unnamed).expect(201);
        let person = json!({
            "kind": "person", "label": CANARIES[0], "roles": ["lettore"],
            "identity": { "issuer": "https://id.example", "subject": CANARIES[1] }
        });
        service.post("/v1/comuni/L454/members", token, &person).expect(201);
    }
    let id = made.json()["id"].as_str().unwrap().to_owned();
    let issued =
        service.post(&format!("/v1/comuni/L454/members/{id}/secrets"), token, &json!({})).expect(201);
    let issued = issued.json();
    let secret = issued["client_secret"].as_str().unwrap().to_owned();
    let form = |secret: &str| {
        let client = issued["client_id"].as_str().unwrap();
        format!("grant_type=client_credentials&client_id={client}&client_secret={secret}")
    };
    let post = |secret: &str| {
        let body = ("application/x-www-form-urlencoded", form(secret));
        service.send("POST", "/v1/oauth/token", "", Some(body))
    };
    let granted = post(&secret).expect(200).json()["access_token"].as_str().unwrap().to_owned();
    post(CANARIES[3]).expect(401);
    service.get("/v1/comuni/L454", &granted).expect(200);
    service.get("/v1/comuni/L454", &format!("{granted}x{}", CANARIES[3])).expect(401);
    service.get(&format!("/v1/comuni/L454/units?name={}", CANARIES[4]), token);
    service.get(&format!("/v1/comuni/L454/members/ext:{}", CANARIES[2]), token).expect(200);
    service.get(&format!("/v1/comuni/L454/members/ext:{}", CANARIES[5]), token).expect(404);
    service.get(&format!("/{}", CANARIES[5]), "").expect(404);
    let wrong = format!("{{\"code\": \"{}\", \"label\": 1}}", CANARIES[4]);
    service.send("POST", "/v1/comuni/L454/units", token, Some(("application/json", wrong)));
    service.post("/v1/comuni/L454/members", token, &member);
    vec![secret, granted, token.clone()]
}

#[test]
fn neither_logs_nor_figures_hold_a_person_or_a_secret() {
    let place = Place::new();
    let service = Running::demo_with(&place, &[("TRAGUARDO_LOG_FORMAT", "json"), ("TRAGUARDO_LOG", "debug")]);
    let mut hidden = plant(&service, &place);
    hidden.extend(CANARIES.map(ToOwned::to_owned));
    let admin = demo_env(&place.data())["TOKEN_PLATFORM_ADMIN"].clone();
    let figures = service.get("/metrics", &admin).expect(200).body;
    let ended = service.stopped_by(Signal::TERM).well();
    for canary in &hidden {
        for (place, text) in [("logs", &ended.err), ("output", &ended.out), ("figures", &figures)] {
            let found = text.lines().find(|line| line.contains(canary.as_str()));
            assert!(found.is_none(), "'{canary}' is in the {place}: {found:?}");
        }
    }
    let lines = log_lines(&ended.err);
    let requests = lines.iter().filter(|line| line["part"] == "traguardo::access").collect::<Vec<_>>();
    assert!(requests.len() >= 10, "{}", ended.err);
    for line in requests {
        for name in ["at", "level", "message", "request_id", "method", "route", "status", "micros"] {
            assert!(!line[name].is_null(), "{name} is missing: {line}");
        }
        assert!(line["at"].as_str().unwrap().ends_with('Z'), "{line}");
    }
}

fn labels(figures: &str) -> BTreeSet<String> {
    let sample = |line: &str| line.rsplit_once(' ').map(|(name, _)| name.to_owned());
    figures.lines().filter(|line| !line.starts_with('#')).filter_map(sample).collect()
}

#[test]
fn figures_want_a_platform_token_and_do_not_grow_with_what_callers_invent() {
    let place = Place::new();
    let service = Running::demo(&place);
    let env = demo_env(&place.data());
    service.get("/metrics", "").expect(401);
    service.get("/metrics", &env["TOKEN_L454_AMMINISTRATORE"]).expect(404);
    service.get("/metrics", &env["TOKEN_BENCHMARK_READER"]).expect(403);
    let admin = &env["TOKEN_PLATFORM_ADMIN"];
    let invent = |number: u32| {
        let known = service.get(&format!("/v1/comuni/L454/units/ext:invented-{number}"), admin).status;
        let unknown = service.get(&format!("/invented-{number}/{number}"), "").status;
        let method = format!("M{number}");
        let odd = service.send(&method, &format!("/v1/status/{number}"), "", None).status;
        assert!(known >= 400 && unknown == 404 && odd >= 400, "{known} {unknown} {odd}");
    };
    (0..3).for_each(invent);
    service.get("/metrics", admin).expect(200);
    let before = labels(&service.get("/metrics", admin).expect(200).body);
    (3..200).for_each(invent);
    let figures = service.get("/metrics", admin).expect(200).body;
    assert!(figures.ends_with("# EOF\n"), "{figures}");
    assert_eq!(labels(&figures), before, "no label is new");
    service.stopped_by(Signal::TERM).well();
}

#[test]
fn figures_on_an_address_of_their_own_are_nowhere_else() {
    let place = Place::new();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let service = Running::demo_with(&place, &[("TRAGUARDO_METRICS_LISTEN", &free)]);
    let admin = demo_env(&place.data())["TOKEN_PLATFORM_ADMIN"].clone();
    let figures = request("GET", &format!("http://{free}/metrics"), "", None).expect(200).body;
    assert!(figures.contains("traguardo_connections_open"), "{figures}");
    request("GET", &format!("http://{free}/v1/status"), "", None).expect(404);
    service.get("/metrics", &admin).expect(404);
    service.stopped_by(Signal::TERM).well();
}
