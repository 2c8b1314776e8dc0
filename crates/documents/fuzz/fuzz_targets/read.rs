//! Any bytes, read with every profile: `cargo +nightly fuzz run read` in `crates/documents`. Begin with the plans of ours:
//! `cargo +nightly fuzz run read fuzz/corpus/read fixtures`.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

#[path = "../../examples/fuzz/check.rs"]
mod check;

static READERS: LazyLock<check::Readers> = LazyLock::new(|| check::Readers::shipped().unwrap());

fuzz_target!(|bytes: &[u8]| {
    if let Err(what) = READERS.check(bytes) {
        panic!("{what}");
    }
});
