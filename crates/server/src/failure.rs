//! Why the program stopped, in one line that says what to do.

use thiserror::Error;

/// A failure of a command.
#[derive(Debug, Error)]
pub enum Failure {
    /// The configuration cannot be used as it is.
    #[error("{0}")]
    Configuration(String),
    /// The database cannot be used.
    #[error("{0}")]
    Database(#[from] traguardo_persistence::Error),
    /// The database the program brings with it cannot be used.
    #[error("{0}")]
    Postgres(#[from] crate::postgres::Error),
    /// The keys cannot be used.
    #[error("{0}")]
    Keys(#[from] traguardo_http::tokens::Error),
    /// The document cannot be written.
    #[error("{0}")]
    Document(#[from] traguardo_http::document::Error),
    /// A file, a socket or a signal cannot be used.
    #[error("{what}: {cause}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        cause: std::io::Error,
    },
    /// A check found something.
    #[error("{0}")]
    Found(String),
    /// A rule refused what a command asked.
    #[error("{0}")]
    Refused(String),
}

impl Failure {
    /// A failure of the system while trying `what`.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |cause| Self::Io { what, cause }
    }
}
