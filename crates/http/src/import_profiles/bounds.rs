//! How large a profile may be: reading tries its patterns on every line, so that each has a price.

use traguardo_documents::profile::Profile;
use traguardo_domain::fault::Refused;
use traguardo_domain::import::ProfileName;
use traguardo_domain::text::Line;
use traguardo_domain::{Fault, FaultKind};

use crate::problem::Problem;

/// The most of anything a profile lists.
const MOST: usize = 100;

/// Refuses a profile that is too large, every fault at once.
pub(super) fn check(profile: &Profile, name: &ProfileName) -> Result<(), Problem> {
    let mut faults = named(profile, name);
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
    if faults.is_empty() { Ok(()) } else { Err(Problem::invalid(faults)) }
}

/// A profile has one name, in its address and in itself, and none that means something else; and a title people can read.
fn named(profile: &Profile, name: &ProfileName) -> Vec<Fault> {
    let mut faults = Vec::new();
    if name.is_detect() {
        let detail = "detect chiede il profilo che somiglia di più: non può essere il nome di uno.";
        faults.push(Refused::new(FaultKind::Inconsistent, detail).at("/name"));
    } else if profile.name != name.as_str() {
        faults.push(Refused::new(FaultKind::Inconsistent, "Il nome non è quello del percorso.").at("/name"));
    }
    if let Err(refused) = Line::<300>::parse(&profile.title) {
        faults.push(refused.at("/title"));
    }
    faults
}
