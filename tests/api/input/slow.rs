//! Bodies that dribble: there is a deadline, and others are answered meanwhile.

use std::time::Duration;

use crate::world::{Socket, Wishes, World};

#[test]
fn a_body_that_does_not_arrive_in_time_is_refused_and_its_connection_closed() {
    let world = World::with(Wishes { body_deadline: Duration::from_secs(1), ..Wishes::default() });
    let token = world.token("L454", "segretario");
    let length = |of: &str| {
        format!(
            "POST /v1/comuni/L454/units HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n{of}\r\n\r\n"
        )
    };
    let mut slow: Vec<Socket> = (0..20).map(|_| Socket::open(&world)).collect();
    for (number, socket) in slow.iter_mut().enumerate() {
        let head = if number % 2 == 0 {
            length("Content-Length: 100")
        } else {
            length("Transfer-Encoding: chunked")
        };
        assert!(socket.send(head));
        assert!(socket.send(if number % 2 == 0 { "{" } else { "1\r\n{\r\n" }));
    }
    let mut form = Socket::open(&world);
    form.send("POST /v1/oauth/token HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 9\r\n\r\na");
    world.anonymous("GET", "/v1/status").send().expect(200);
    for (number, socket) in slow.iter_mut().chain([&mut form]).enumerate() {
        // The framework goes on draining a chunked body it was told to give up: the proxy in front cuts it.
        let chunked = number < 20 && number % 2 == 1;
        let end = if chunked { "\"instance\"" } else { "" };
        let heard = socket.hear(end, Duration::from_secs(6));
        assert_eq!(heard.status(), 408, "{number}: {heard:?}");
        assert!(heard.text.contains("/problems/body-timeout"), "{number}: {heard:?}");
        assert!(heard.text.contains("connection: close"), "{number}: {heard:?}");
        assert!(heard.closed || chunked, "{number}: {heard:?}");
    }
    world.call("lettore", "GET", "L454", "/units").send().expect(200);
}
