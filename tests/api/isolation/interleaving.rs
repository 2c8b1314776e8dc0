//! Requests of two comuni at once, over two connections, with malformed and aborted ones among them: nobody gets what is another's.

use std::io::Write as _;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;

use crate::operations::{Names, canary, plant};
use crate::world::{Reply, Wishes, World};

const THREADS: usize = 8;
const REQUESTS: usize = 300;

struct Side {
    names: Names,
    reader: String,
    writer: String,
}

impl Side {
    fn of(world: &World, comune: &str) -> Self {
        let names = plant(world, comune);
        let (reader, writer) = (world.token(comune, "amministratore"), world.token(comune, "segretario"));
        Self { names, reader, writer }
    }

    /// The request of this number: reads, writes, mistakes, and some that break off.
    fn send(&self, world: &World, number: usize) -> Option<Reply> {
        let base = format!("/v1/comuni/{}", self.names.comune);
        let get = |path: &str| world.anonymous("GET", &format!("{base}{path}")).token(&self.reader).send();
        let canary = canary(&self.names.comune);
        let unit = json!({"code": format!("U{number}"), "name": canary, "kind": "office", "valid_from": "2025-01-01"});
        let post = || world.anonymous("POST", &format!("{base}/units")).token(&self.writer);
        match number % 9 {
            0 => Some(get("/units?limit=200")),
            1 => Some(get(&format!("/members/{}", self.names.member))),
            2 => Some(post().json(&unit).key(&format!("chiave-{number}")).send()),
            3 => Some(post().bytes("application/json", "{\"code\": ").send()),
            4 => {
                self.abort(world, &base, number);
                None
            }
            5 => Some(get(&format!("/units/ext:{canary}"))),
            6 => Some(get("/plans")),
            7 => Some(get("/units?limit=x")),
            _ => Some(get("/members?limit=200")),
        }
    }

    /// A request that ends in the middle: of its head, or of its body.
    fn abort(&self, world: &World, base: &str, number: usize) {
        let address = world.url.strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let token = &self.writer;
        let head =
            format!("POST {base}/units HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n");
        let body = "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"code\": \"A\", ";
        // The other side may have closed already: that, too, is a request broken off.
        drop(stream.write_all(head.as_bytes()));
        if number.is_multiple_of(2) {
            drop(stream.write_all(body.as_bytes()));
        }
        drop(stream.shutdown(Shutdown::Both));
    }
}

#[test]
fn interleaved_requests_of_two_comuni_each_see_their_own() {
    let world = World::with(Wishes { connections: 2, ..Wishes::default() });
    let sides = [Side::of(&world, "L454"), Side::of(&world, "F471")];
    let (next, answered) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= REQUESTS {
            return;
        }
        // Neighbours in time are of different comuni, for every kind of request.
        let (mine, other) = (&sides[number % 2], &sides[(number + 1) % 2]);
        let Some(reply) = mine.send(&world, number / 2) else { continue };
        let text = reply.text();
        assert!(!text.contains(&canary(&other.names.comune)), "{number}: {reply}");
        assert!(!other.names.ids().iter().any(|id| text.contains(*id)), "{number}: {reply}");
        match reply.status {
            200 | 201 => {
                assert!(text.contains(&canary(&mine.names.comune)), "{number}: {reply}");
                answered.fetch_add(1, Ordering::Relaxed);
            }
            // Two connections for eight callers: some may be told to come back.
            400 | 503 => {}
            _ => panic!("{number}: {reply}"),
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(work);
        }
    });
    let answered = answered.into_inner();
    assert!(answered >= 100, "only {answered} of {REQUESTS} were answered");
}
