//! What no client library sends: garbage, no end, half a connection. Others are answered meanwhile.

use std::time::Duration;

use crate::world::{Socket, World};

const PATIENCE: Duration = Duration::from_secs(8);

fn others_are_served(world: &World) {
    let started = std::time::Instant::now();
    world.anonymous("GET", "/v1/status").send().expect(200);
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}

#[test]
fn garbage_instead_of_a_request_is_refused_and_the_connection_closed() {
    let world = World::new();
    let garbage: [&[u8]; 10] = [
        b"\r\n\r\n\0\0\0\0\r\n\r\n",
        b"HELLO\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"G\xe8T / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\0y\r\n\r\n",
        b"POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    ];
    for bytes in garbage {
        let mut socket = Socket::open(&world);
        socket.send(bytes);
        let heard = socket.hear("", PATIENCE);
        let words = String::from_utf8_lossy(bytes);
        assert!(heard.closed, "{words:?}: {heard:?}");
        assert!(heard.text.is_empty() || (400..500).contains(&heard.status()), "{words:?}: {heard:?}");
    }
    others_are_served(&world);
}

#[test]
fn two_lengths_of_one_body_are_never_two_requests() {
    let world = World::new();
    for head in [
        "Content-Length: 6\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity, chunked\r\nContent-Length: 3",
        "Content-Length: 0x5",
        "Content-Length: +5",
    ] {
        let mut socket = Socket::open(&world);
        socket.send(format!("POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\n{head}\r\n\r\n0\r\n\r\nGET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n"));
        let heard = socket.hear("HTTP/1.1 ", PATIENCE);
        assert!((400..500).contains(&heard.status()), "{head}: {heard:?}");
        let rest = socket.hear("\"status\":\"ok\"", Duration::from_secs(1));
        assert!(
            ![&heard, &rest].iter().any(|one| one.text.contains("HTTP/1.1 200")),
            "{head}: {heard:?} {rest:?}"
        );
    }
}

#[test]
fn a_request_without_a_host_or_with_a_strange_one_does_no_harm() {
    let world = World::new();
    for host in ["", "Host:\r\n", "Host: a b\r\n", "Host: evil.example\r\nHost: x\r\n"] {
        let mut socket = Socket::open(&world);
        let token = world.token("L454", "lettore");
        socket.send(format!("GET /v1/comuni/L454/units?limit=1 HTTP/1.1\r\n{host}Authorization: Bearer {token}\r\nConnection: close\r\n\r\n"));
        let heard = socket.hear("", PATIENCE);
        assert!(matches!(heard.status(), 200 | 400), "{host}: {heard:?}");
        assert!(!heard.text.contains("evil.example"), "{heard:?}");
    }
}

#[test]
fn a_bomb_of_headers_is_cut() {
    let world = World::new();
    let many: String = (0..10_000).map(|number| format!("X-{number}: {number}\r\n")).collect();
    let long = format!("X-Long: {}\r\n", "x".repeat(1_000_000));
    let line = format!("GET /{} HTTP/1.1\r\n", "x".repeat(1_000_000));
    for bomb in [
        format!("GET /v1/status HTTP/1.1\r\nHost: x\r\n{many}\r\n"),
        format!("GET /v1/status HTTP/1.1\r\nHost: x\r\n{long}\r\n"),
        line,
    ] {
        let mut socket = Socket::open(&world);
        socket.send(&bomb);
        let heard = socket.hear("", PATIENCE);
        assert!(heard.closed, "{heard:?}");
        assert!(heard.text.is_empty() || (400..500).contains(&heard.status()), "{heard:?}");
    }
    others_are_served(&world);
}

#[test]
fn half_a_request_and_half_a_connection_hold_nobody_up() {
    let world = World::new();
    let mut idle: Vec<Socket> = (0..100).map(|_| Socket::open(&world)).collect();
    for socket in &mut idle {
        socket.send("GET /v1/status HTTP/1.1\r\nHo");
    }
    others_are_served(&world);
    let mut half = Socket::open(&world);
    half.send("POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\nabc");
    half.half_close();
    let heard = half.hear("", PATIENCE);
    assert!(heard.closed && (heard.text.is_empty() || (400..500).contains(&heard.status())), "{heard:?}");
    let mut gone = Socket::open(&world);
    gone.send("GET /v1/status HTTP/1.1\r\nHost: x\r\n\r\n");
    drop(gone);
    others_are_served(&world);
    let heard = idle[0].hear("", PATIENCE);
    assert!(heard.closed, "a head that never ends is let go: {heard:?}");
}
