//! Where the API meets the reader of documents: each thing asked of it is one function here, which knows nothing of requests.

use serde::Deserialize;
use traguardo_documents::draft::{Draft, Settlement};
use traguardo_documents::profile::{Profile, shipped};
use traguardo_documents::word::FormatWord;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::digest::Digest;
use traguardo_domain::fault::{Fault, FaultKind};
use traguardo_domain::import::{ProfileName, StoredProfile, Unreadable};
use traguardo_persistence::imports::{Drafted, Job};
use traguardo_persistence::{Written, packed};
use uuid::Uuid;

use super::draft::open;
use super::wire::Summary;
use crate::problem::{Kind, Problem};

mod front;

/// How many ids were given.
type Fresh<'f> = &'f mut dyn FnMut() -> Uuid;

/// Whether a profile of this name comes with the program.
pub(super) fn is_shipped(name: &ProfileName) -> bool {
    shipped().is_ok_and(|all| all.iter().any(|profile| profile.name == name.as_str()))
}

/// The profiles to read with: the comune's own before those of the program, which they may stand in for.
fn profiles(own: &[StoredProfile]) -> Vec<Profile> {
    let mut all: Vec<Profile> = Vec::new();
    let own = own.iter().filter_map(|stored| serde_json::from_value(stored.content.clone()).ok());
    for profile in own.chain(shipped().unwrap_or_default()) {
        if all.iter().all(|known: &Profile| known.name != profile.name) {
            all.push(profile);
        }
    }
    all
}

/// What a plan in its own form says first.
#[derive(Deserialize)]
struct Form {
    #[expect(dead_code, reason = "only whether it is there matters")]
    format: FormatWord,
}

/// Looks at a file just long enough to refuse at once what can never be read.
///
/// # Errors
/// 415 when it is of a form that is not read, 422 when it is declared as a plan's own document and is none.
pub(super) fn look(media_type: &str, bytes: &[u8]) -> Result<(), Problem> {
    front::glance(bytes)
        .map_err(|refused| Problem::of(Kind::UnsupportedMediaType).because(refused.detail))?;
    if media_type == "application/json" && serde_json::from_slice::<Form>(bytes).is_err() {
        let detail = "Non è il documento di un piano: quello comincia da format.".to_owned();
        let pointer = "/format".to_owned();
        return Err(Problem::invalid(vec![Fault { pointer, kind: FaultKind::Missing, detail }]));
    }
    Ok(())
}

/// Reads a file: what was asked of it and the comune's own profiles in, a draft ready to be kept out.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(
    comune: ComuneCode,
    job: &Job,
    own: &[StoredProfile],
    fresh: Fresh<'_>,
    said: &dyn Fn(u8),
) -> Result<Drafted, Unreadable> {
    let bytes = packed::unpack(&job.packed).map_err(|error| broken(&error))?;
    let profiles = profiles(own);
    let asked = front::Asked { comune, facts: &job.import.facts, profiles: &profiles };
    let draft = front::draft_of(&bytes, &asked, fresh, said)?;
    drafted(&draft).map_err(|error| broken(&error))
}

/// Settles a draft as it was kept, with what was shown of it.
///
/// # Errors
/// 422 with the faults of the decisions.
pub(super) fn settle(kept: &[u8], settlements: &[Settlement], fresh: Fresh<'_>) -> Result<Drafted, Problem> {
    let settled = front::settle(open(kept)?, settlements, fresh).map_err(Problem::invalid)?;
    drafted(&settled).map_err(|error| {
        log::error!("a draft cannot be written: {error}");
        Problem::of(Kind::Internal)
    })
}

fn drafted(draft: &Draft) -> Result<Drafted, traguardo_persistence::Error> {
    let unwritable = |error: serde_json::Error| traguardo_persistence::Error::Inconsistent(error.to_string());
    let whole = serde_json::to_vec(draft).map_err(unwritable)?;
    let summary = Summary::of(&draft.certificate).map_err(unwritable)?;
    Ok(Drafted {
        summary: Written::of(&summary).map_err(unwritable)?,
        digest: Digest::of(&whole),
        packed: packed::pack(&whole)?,
    })
}

fn broken(error: &dyn std::fmt::Display) -> Unreadable {
    log::error!("a file that was received cannot be read back or kept: {error}");
    let detail = "Un errore del servizio, che è stato registrato.";
    Unreadable { code: "internal".to_owned(), detail: detail.to_owned() }
}
