//! Tokens: the keys that sign ours, the issuers whose tokens are accepted beside ours, and the one verifier of both.
//!
//! Nothing here knows of members or roles, reads a clock, or waits for the network while a token is verified.

mod claims;
mod issuers;
mod key_source;
mod keys;
mod verifier;

#[cfg(test)]
mod tests;

pub use claims::Claims;
pub use issuers::IssuerSettings;
pub use key_source::KeySource;
pub use keys::KeyRing;
pub use verifier::{Issuer, Refusal, Verified, Verifier};

/// Why keys or issuers cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file cannot be read or written.
    #[error("{path}: {cause}")]
    File {
        /// Which file.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
    /// The keys or the issuers are not as they must be; the words say what to do.
    #[error("{0}")]
    Unfit(String),
    /// The cryptography refused.
    #[error("cryptography: {0}")]
    Crypto(String),
}

impl Error {
    fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.display().to_string();
        move |cause| Self::File { path, cause }
    }

    fn crypto(cause: impl std::fmt::Display) -> Self {
        Self::Crypto(cause.to_string())
    }
}
