//! Retries and writers at once: an effect happens once, and no change is lost.

mod keys;
mod puts;
mod races;

use std::thread;

use crate::world::{Reply, Request};

/// Sends the same requests at the same moment.
fn together(requests: &[Request]) -> Vec<Reply> {
    let ready = std::sync::Barrier::new(requests.len());
    thread::scope(|scope| {
        let started: Vec<_> = requests
            .iter()
            .map(|request| {
                let ready = &ready;
                scope.spawn(move || {
                    ready.wait();
                    request.send()
                })
            })
            .collect();
        started.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}
