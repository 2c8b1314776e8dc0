//! How far the reading has come, for whoever watches a terminal; programs see nothing of it.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};
use traguardo_documents::import::{Progress, Stage};

/// A bar on standard error, or nothing.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar, when somebody is there to see it and it is `wanted`.
    pub(super) fn shown(wanted: bool) -> Self {
        if !wanted || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(100);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3}% {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// A stage begins.
    pub(super) fn at(&self, progress: Progress) {
        self.0.set_message(match progress.stage {
            Stage::Reading => "apro il file",
            Stage::Detecting => "cerco il profilo",
            Stage::Gathering => "raccolgo le righe",
            Stage::Understanding => "leggo valori, scadenze e pesi",
            Stage::Reviewing => "controllo il piano",
            Stage::Done => "fatto",
        });
        self.0.set_position(u64::from(progress.per_cent));
    }

    /// How far something else is.
    pub(super) fn says(&self, per_cent: u64, what: &'static str) {
        self.0.set_message(what);
        self.0.set_position(per_cent);
    }

    /// Nothing is left of it.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
