//! Files nobody wrote, read with every profile: `make fuzz`, or `cargo run --profile fuzz --example fuzz [SEED]`. Runs for
//! `FUZZ_SECONDS` (30), and ends with 1 and the seed of the file when one makes a reader panic, lose a line or take too long, or
//! gives a plan that cannot be put. With a seed only its file is read; `FUZZ_FROM` is the seed to begin with.
//!
//! The same check runs under libFuzzer, coverage guided, where a nightly toolchain is: `cargo +nightly fuzz run read` in
//! `crates/documents`.

use std::error::Error;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

mod change;
mod check;

use check::{Came, Readers};

/// No file is so large that reading it, seven times, takes so long.
const LONGEST: Duration = Duration::from_secs(10);

/// What was done.
#[derive(Default)]
struct Done {
    files: u64,
    lines: usize,
    drafts: usize,
    refused: usize,
    slowest: (Duration, u64),
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let readers = Readers::shipped()?;
    if let Some(seed) = std::env::args().nth(1) {
        let came = tried(&readers, seed.parse()?)?;
        writeln!(std::io::stdout(), "{came:?}")?;
        return Ok(ExitCode::SUCCESS);
    }
    let seconds = std::env::var("FUZZ_SECONDS").ok().map_or(Ok(30), |text| text.parse())?;
    let first: u64 = std::env::var("FUZZ_FROM").ok().map_or(Ok(0), |text| text.parse())?;
    let (begun, mut done) = (Instant::now(), Done::default());
    for seed in first.. {
        let before = Instant::now();
        let came = match tried(&readers, seed) {
            Ok(came) => came,
            Err(what) => {
                writeln!(
                    std::io::stderr(),
                    "seed {seed}: {what}\nagain with: cargo run --profile fuzz -p traguardo-documents --example fuzz {seed}"
                )?;
                return Ok(ExitCode::FAILURE);
            }
        };
        done.add(came, before.elapsed(), seed);
        if begun.elapsed() >= Duration::from_secs(seconds) {
            break;
        }
    }
    done.tell(begun.elapsed())?;
    Ok(ExitCode::SUCCESS)
}

/// What the file of a seed came to, or what does not hold of it.
fn tried(readers: &Readers, seed: u64) -> Result<Came, String> {
    let bytes = change::file(seed);
    let begun = Instant::now();
    let came = catch_unwind(AssertUnwindSafe(|| readers.check(&bytes)))
        .map_err(|_| "a reader panicked".to_owned())
        .flatten()?;
    let took = begun.elapsed();
    if took > LONGEST { Err(format!("took {} s", took.as_secs())) } else { Ok(came) }
}

impl Done {
    fn add(&mut self, came: Came, took: Duration, seed: u64) {
        self.files = self.files.saturating_add(1);
        self.lines = self.lines.saturating_add(came.lines);
        self.drafts = self.drafts.saturating_add(came.drafts);
        self.refused = self.refused.saturating_add(came.refused);
        self.slowest = self.slowest.max((took, seed));
    }

    fn tell(&self, took: Duration) -> std::io::Result<()> {
        let Self { files, lines, drafts, refused, slowest: (slowest, seed) } = self;
        let seconds = usize::try_from(took.as_secs()).unwrap_or(usize::MAX).max(1);
        let a_second = lines.saturating_mul(7).div_euclid(seconds);
        writeln!(
            std::io::stdout(),
            "{files} files of {lines} lines in all, each read 7 ways in {seconds} s: {drafts} drafts, {refused} refusals, \
             {a_second} lines/s; the slowest file took {} ms (seed {seed}); nothing panicked, no line was lost",
            slowest.as_millis()
        )
    }
}
