//! A light load of reads and keyed writes, with everything it met.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use serde_json::{Value, json};
use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_persistence::audit;
use traguardo_server::commands;

use crate::world::{Reply, Request, World};

/// One request and what came of it.
pub(super) struct Met {
    pub(super) began: Instant,
    pub(super) took: Duration,
    /// The number of the write; none for a read.
    pub(super) write: Option<u32>,
    pub(super) reply: Reply,
}

/// A load that runs until it is told to end.
pub(super) struct Load<'w> {
    world: &'w World,
    reader: String,
    writer: String,
    ended: AtomicBool,
    next: AtomicU32,
    met: Mutex<Vec<Met>>,
}

impl<'w> Load<'w> {
    pub(super) fn new(world: &'w World) -> Self {
        let (reader, writer) = (world.token("L454", "lettore"), world.token("L454", "segretario"));
        let (ended, next, met) = (AtomicBool::new(false), AtomicU32::new(0), Mutex::default());
        Self { world, reader, writer, ended, next, met }
    }

    pub(super) fn read(&self) -> Request {
        self.world.anonymous("GET", "/v1/comuni/L454/units?limit=5").token(&self.reader)
    }

    /// The write with this number: always the same content under the same key.
    pub(super) fn write(&self, number: u32) -> Request {
        let body: Value = json!({"code": format!("LOAD.{number}"), "name": "Ufficio", "kind": "office", "valid_from": "2025-01-01"});
        let post = self.world.anonymous("POST", "/v1/comuni/L454/units").token(&self.writer);
        post.json(&body).key(&format!("load-{number}"))
    }

    /// Calls until the load ends, thirty seconds at most.
    pub(super) fn run(&self) {
        let started = Instant::now();
        while !self.ended.load(Ordering::Relaxed) && started.elapsed() < Duration::from_secs(30) {
            let write = self.next.fetch_add(1, Ordering::Relaxed);
            self.call(self.write(write), Some(write));
            self.call(self.read(), None);
            // Light: a load that fills the machine shows its own slowness.
            std::thread::park_timeout(Duration::from_millis(10));
        }
    }

    fn call(&self, request: Request, write: Option<u32>) {
        let began = Instant::now();
        let reply = request.send();
        self.met.lock().unwrap().push(Met { began, took: began.elapsed(), write, reply });
    }

    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::Relaxed);
    }

    pub(super) fn met(self) -> Vec<Met> {
        self.met.into_inner().unwrap()
    }

    pub(super) fn count(&self) -> usize {
        self.met.lock().unwrap().len()
    }
}

/// Every answer is a success or a whole 503, and none took longer than this.
pub(super) fn only_success_or_unavailable(met: &[Met], longest: Duration) {
    for one in met {
        assert!(one.took < longest, "{:?}: {}", one.took, one.reply);
        match one.reply.status {
            200 | 201 => {}
            _ => {
                assert_eq!(one.reply.refused(503), "unavailable");
                assert!(one.reply.header("retry-after").is_some(), "{}", one.reply);
            }
        }
    }
}

/// Every write, made again, is there once; those acknowledged are as they were acknowledged; the audit trail holds.
pub(super) fn nothing_lost_or_doubled(world: &World, met: &[Met]) {
    let load = Load::new(world);
    let (mut writes, mut acknowledged) = (0_i64, 0);
    for one in met {
        let Some(number) = one.write else { continue };
        let again = load.write(number).send();
        let object = again.expect(201);
        if one.reply.status == 201 {
            assert_eq!(one.reply.json(), object, "an acknowledged write changed");
            assert_eq!(again.header("idempotency-replayed"), Some("true"), "an acknowledged write was lost");
            acknowledged += 1;
        }
        writes += 1;
    }
    assert!(acknowledged > 0 && writes > 0);
    assert_eq!(count(world, "units where comune = 'L454' and code like 'LOAD.%'"), writes);
    let entries = "audit_entries e join units u on u.comune = e.comune and u.id::text = e.object_id where u.code like 'LOAD.%'";
    assert_eq!(count(world, entries), writes);
    let comune = ComuneCode::parse("L454").unwrap();
    let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
    let verified = world.database.tenant(&Operator.act(Action::ReadAudit, comune), occasion, audit::verify);
    assert!(verified.unwrap().is_ok(), "the audit chain is broken");
}

fn count(world: &World, what: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let question = format!("select count(*) as n from {what}");
    diesel::sql_query(question).get_result::<Count>(&mut world.stored.administrator()).unwrap().n
}
