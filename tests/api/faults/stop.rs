//! The service asked to stop: what is in flight ends well, and nothing new begins.

use std::net::TcpStream;
use std::time::Duration;

use crate::world::{Socket, World, until};

#[test]
fn a_request_in_flight_is_finished_when_the_service_stops() {
    let world = World::new();
    let body = r#"{"code": "S.1", "name": "Ufficio", "kind": "office", "valid_from": "2025-01-01"}"#;
    let mut socket = Socket::open(&world);
    socket.send(format!(
        "POST /v1/comuni/L454/units HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Expect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        world.token("L454", "segretario"),
        body.len()
    ));
    // The service has begun with it.
    let begun = socket.hear("100 Continue\r\n\r\n", Duration::from_secs(5));
    assert!(begun.text.contains("100 Continue"), "{begun:?}");
    world.stop_gracefully();
    let address = world.url.trim_start_matches("http://");
    assert!(
        until(Duration::from_secs(5), || TcpStream::connect(address).is_err()),
        "it still takes connections"
    );
    let (first, rest) = body.split_at(10);
    assert!(socket.send(first) && socket.send(rest));
    let heard = socket.hear("", Duration::from_secs(5));
    assert_eq!(heard.status(), 201, "{heard:?}");
    assert!(heard.text.contains("S.1") && heard.closed, "{heard:?}");
}
