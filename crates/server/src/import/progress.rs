//! How far the reading has come, for whoever watches a terminal; programs see nothing of it.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error, or nothing.
pub(super) struct Progress(ProgressBar);

/// The steps of a reading.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step {
    /// The bytes become lines.
    Opening,
    /// A profile is found.
    Choosing,
    /// The lines become a plan.
    Reading,
}

impl Progress {
    /// A bar, when somebody is there to see it and `wanted`.
    pub(super) fn shown(wanted: bool) -> Self {
        if !wanted || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(3);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// A step begins.
    pub(super) fn at(&self, step: Step) {
        let (done, words) = match step {
            Step::Opening => (0, "apro il file"),
            Step::Choosing => (1, "cerco il profilo"),
            Step::Reading => (2, "leggo il piano"),
        };
        self.0.set_message(words);
        self.0.set_position(done);
    }

    /// Nothing is left of it.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
