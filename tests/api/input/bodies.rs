//! Bodies that are too large, swell, or never say how large they are: refused quickly and in little memory.

use std::time::Duration;

use super::Complaints;
use super::operations::with_json;
use crate::world::{Socket, World};

const TEN_MEGABYTES: usize = 10 * 1_048_576;

/// The most memory this process has held, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1_024
}

#[test]
fn ten_megabytes_are_too_large_for_every_operation() {
    let world = World::new();
    let mut complaints = Complaints::default();
    for operation in with_json(&world) {
        let body = format!("{}{}", " ".repeat(TEN_MEGABYTES), operation.body);
        complaints.refuse(&operation.name, &operation.with(&world, body), &[413], None);
    }
    complaints.none();
}

#[test]
fn a_body_of_just_the_limit_is_read_and_one_byte_more_is_not() {
    let world = World::new();
    let mut complaints = Complaints::default();
    for operation in with_json(&world).iter().filter(|operation| operation.name.starts_with("add")) {
        // Under no key of its own, or two operations would add the same thing.
        let mut body = operation.body.clone();
        body.as_object_mut().unwrap().remove("external_id");
        let text = body.to_string();
        let padded = |length: usize| format!("{}{text}", " ".repeat(length - text.len()));
        complaints.refuse("more", &operation.with(&world, padded(1_048_577)), &[413], None);
        let exact = operation.with(&world, padded(1_048_576)).send();
        // What is said of the example by the rules of a noun is not the matter here: it was read.
        assert!(matches!(exact.status, 201 | 409 | 422), "{exact}");
    }
    complaints.none();
}

#[test]
fn a_body_that_does_not_say_how_large_it_is_is_cut_at_the_limit() {
    let world = World::new();
    let head = format!(
        "POST /v1/comuni/L454/units HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n",
        world.token("L454", "segretario")
    );
    let mut socket = Socket::open(&world);
    assert!(socket.send(head));
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(65_536));
    // The service may stop taking what it refused already.
    let sent = (0..160).take_while(|_| socket.send(&chunk)).count();
    let heard = socket.hear("\r\n\r\n", Duration::from_secs(5));
    assert_eq!(heard.status(), 413, "after {sent} chunks: {heard:?}");
    assert!(heard.text.contains("application/problem+json"), "{heard:?}");
}

#[test]
fn a_declared_length_beyond_the_limit_is_refused_before_the_body_comes() {
    let world = World::new();
    for length in ["10485760", "9223372036854775807"] {
        let mut socket = Socket::open(&world);
        socket.send(format!(
            "POST /v1/comuni/L454/units HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{{",
            world.token("L454", "segretario")
        ));
        let heard = socket.hear("too-large", Duration::from_secs(5));
        assert_eq!(heard.status(), 413, "{length}: {heard:?}");
        assert!(heard.took < Duration::from_secs(2), "{heard:?}");
    }
}

#[test]
fn a_compressed_bomb_is_not_opened() {
    let world = World::new();
    let mut complaints = Complaints::default();
    // The head of a zstd frame whose blocks each repeat one byte 128 KiB: a few bytes that swell without end.
    let mut zstd = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    for _ in 0..60_000 {
        zstd.extend([0x02, 0x00, 0x10, b' ']);
    }
    let gzip = [&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3][..], &[0xed; 200_000]].concat();
    let before = peak();
    for operation in with_json(&world) {
        for (encoding, bomb) in [("zstd", &zstd), ("gzip", &gzip), ("br", &gzip), ("deflate", &gzip)] {
            let request = operation.with(&world, bomb.as_slice()).header("Content-Encoding", encoding);
            complaints.refuse(&format!("{} {encoding}", operation.name), &request, &[415], None);
        }
    }
    complaints.none();
    let grown = peak().saturating_sub(before);
    assert!(grown < 512 * 1_048_576, "grew by {grown} bytes");
}
