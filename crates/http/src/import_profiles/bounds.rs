//! How large a profile may be: reading tries its patterns on every line, so that each has a price.

use traguardo_documents::profile::Profile;
use traguardo_domain::{Fault, FaultKind};

use crate::problem::Problem;

/// The most of anything a profile lists.
const MOST: usize = 100;
/// The most characters of a name or a title.
const MOST_CHARACTERS: usize = 300;

/// Refuses a profile that is too large, every fault at once.
pub(super) fn check(profile: &Profile) -> Result<(), Problem> {
    let mut faults = Vec::new();
    let mut listed = |pointer: String, many: usize| {
        if many > MOST {
            faults.push(Fault {
                pointer,
                kind: FaultKind::OutOfBounds,
                detail: format!("Al massimo {MOST}."),
            });
        }
    };
    listed("/headings".to_owned(), profile.headings.len());
    listed("/tables".to_owned(), profile.tables.len());
    listed("/bullets".to_owned(), profile.bullets.len());
    listed("/keys".to_owned(), profile.keys.len());
    listed("/nothing".to_owned(), profile.nothing.len());
    listed("/decorations".to_owned(), profile.decorations.len());
    listed("/kinds".to_owned(), profile.kinds.len());
    listed("/scale".to_owned(), profile.scale.len());
    for (index, table) in profile.tables.iter().enumerate() {
        listed(format!("/tables/{index}/columns"), table.columns.len());
        for (place, column) in table.columns.iter().enumerate() {
            let at = format!("/tables/{index}/columns/{place}");
            listed(format!("{at}/headers"), column.headers.len());
            listed(format!("{at}/shape"), column.shape.len());
            listed(format!("{at}/drops"), column.drops.len());
            listed(format!("{at}/everyone"), column.everyone.len());
        }
    }
    for (place, column) in profile.keys.iter().enumerate() {
        listed(format!("/keys/{place}/headers"), column.headers.len());
    }
    for (index, heading) in profile.headings.iter().enumerate() {
        listed(format!("/headings/{index}/continues"), heading.continues.len());
    }
    if !(1..=MOST_CHARACTERS).contains(&profile.title.trim().chars().count()) {
        let detail = format!("Da 1 a {MOST_CHARACTERS} caratteri.");
        faults.push(Fault { pointer: "/title".to_owned(), kind: FaultKind::OutOfBounds, detail });
    }
    if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults)) }
}
