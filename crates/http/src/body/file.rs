//! Reading a file: the bytes of a body as they are, or of the one part of a form that is called `file`.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::header::{self, HeaderMap};
use actix_web::web::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use traguardo_domain::{Fault, FaultKind};

use super::{Body, too_large, unsupported};
use crate::problem::{Kind, Problem};

/// What a form may take beside its file.
const ROOM_AROUND: usize = 65_536;
/// How many times longer than other bodies a file may take to arrive.
const SLOWER: u32 = 4;
const FORM: &str = "multipart/form-data";

/// A file as it was sent.
pub(crate) struct ReceivedFile {
    /// What it is called, where that is said.
    pub(crate) name: Option<String>,
    /// What it is declared to be.
    pub(crate) media_type: String,
    /// Its bytes.
    pub(crate) bytes: Bytes,
}

impl Body {
    /// The file, when it is declared as one of `types` or is a part of a form, and arrives whole, in time and within the limit.
    ///
    /// # Errors
    /// As for [`Body::bytes`]; 422 when a form has not just one part called `file`, or the file is empty.
    pub(crate) async fn file(self, types: &[&str], limit: usize) -> Result<ReceivedFile, Problem> {
        if self.essence() != FORM {
            if !types.contains(&self.essence()) {
                return Err(unsupported(&[types, &[FORM]].concat()));
            }
            return self.raw(types, limit).await;
        }
        if self.declared.is_some_and(|length| length > limit.saturating_add(ROOM_AROUND)) {
            return Err(too_large(limit));
        }
        let deadline = self.deadline.saturating_mul(SLOWER);
        not_empty(self.part(limit, deadline).await?)
    }

    /// The file, when it is declared as one of `types` and arrives whole, in time and within the limit.
    ///
    /// # Errors
    /// As for [`Body::bytes`]; 422 when the file is empty.
    pub(crate) async fn raw(self, types: &[&str], limit: usize) -> Result<ReceivedFile, Problem> {
        let essence = self.essence().to_owned();
        if !types.contains(&essence.as_str()) {
            return Err(unsupported(types));
        }
        if self.declared.is_some_and(|length| length > limit) {
            return Err(too_large(limit));
        }
        let deadline = self.deadline.saturating_mul(SLOWER);
        not_empty(self.whole(essence, limit, deadline).await?)
    }

    /// What its bytes are declared to be, without what is said of how they are written.
    fn essence(&self) -> &str {
        let declared = self.content_type.as_deref().unwrap_or_default();
        declared.split(';').next().unwrap_or_default().trim()
    }

    async fn whole(
        self,
        media_type: String,
        limit: usize,
        deadline: Duration,
    ) -> Result<ReceivedFile, Problem> {
        let most = self.declared.unwrap_or_default().min(limit);
        let mut payload = self.payload;
        let reading = async move {
            let mut bytes = BytesMut::with_capacity(most);
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|_| broken())?;
                if bytes.len().saturating_add(chunk.len()) > limit {
                    return Err(too_large(limit));
                }
                bytes.extend_from_slice(&chunk);
            }
            Ok(bytes.freeze())
        };
        let bytes = tokio::time::timeout(deadline, reading).await.map_err(|_| late())??;
        Ok(ReceivedFile { name: None, media_type, bytes })
    }

    async fn part(self, limit: usize, deadline: Duration) -> Result<ReceivedFile, Problem> {
        let most = self.declared.unwrap_or_default().min(limit);
        let mut headers = HeaderMap::new();
        if let Some(value) = self.as_sent {
            headers.insert(header::CONTENT_TYPE, value);
        }
        let mut form = Multipart::new(&headers, self.payload);
        let reading = async move {
            let mut found = None;
            while let Some(field) = form.next().await {
                let field = field.map_err(|error| unreadable(&error))?;
                if field.name() != Some("file") || found.is_some() {
                    return Err(refused(
                        FaultKind::UnknownMember,
                        "Il modulo ha una parte sola, che si chiama file.",
                    ));
                }
                found = Some(file_of(field, most, limit).await?);
            }
            found.ok_or_else(|| refused(FaultKind::Missing, "Al modulo manca la parte file."))
        };
        tokio::time::timeout(deadline, reading).await.map_err(|_| late())?
    }
}

fn not_empty(file: ReceivedFile) -> Result<ReceivedFile, Problem> {
    if file.bytes.is_empty() { Err(refused(FaultKind::Missing, "Il file è vuoto.")) } else { Ok(file) }
}

async fn file_of(mut field: Field, most: usize, limit: usize) -> Result<ReceivedFile, Problem> {
    let name = field.content_disposition().and_then(|said| said.get_filename()).map(ToOwned::to_owned);
    let media_type =
        field.content_type().map_or("application/octet-stream", |kind| kind.essence_str()).to_owned();
    let mut bytes = BytesMut::with_capacity(most);
    while let Some(chunk) = field.next().await {
        let chunk = chunk.map_err(|error| unreadable(&error))?;
        if bytes.len().saturating_add(chunk.len()) > limit {
            return Err(too_large(limit));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(ReceivedFile { name, media_type, bytes: bytes.freeze() })
}

fn unreadable(error: &MultipartError) -> Problem {
    log::debug!("a form cannot be read: {error}");
    Problem::of(Kind::MalformedBody).because("Il modulo multipart/form-data non si legge.")
}

fn broken() -> Problem {
    Problem::of(Kind::MalformedBody)
}

const fn late() -> Problem {
    Problem::of(Kind::BodyTimeout)
}

fn refused(kind: FaultKind, detail: &str) -> Problem {
    let fault = Fault { pointer: "/file".to_owned(), kind, detail: detail.to_owned() };
    Problem::invalid(vec![fault])
}
