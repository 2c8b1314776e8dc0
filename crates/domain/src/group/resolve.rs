//! From the name of a group to who belongs to it on a day, and by which version of what it is made of.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use thiserror::Error;

use crate::comune::ComuneCode;
use crate::registry::{self, ClassScheme, Entry, Registry};
use crate::violation::Violation;

use super::{GroupRef, Membership, membership};

/// A group as it is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What names it.
    pub reference: String,
    /// What it is called, in Italian.
    pub title: String,
    /// The version of what it is made of: an edition of the registry (`registry-3`), or a version of who belongs (`custom-2`).
    pub version: String,
    /// Who belongs.
    pub members: BTreeSet<ComuneCode>,
}

impl Group {
    /// The same group by the name its owner gave it.
    #[must_use]
    pub fn titled(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }
}

/// Why a name leads to no group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Unresolved {
    /// The comune it is about is not in the registry on that day.
    #[error("the registry has no such comune on that day")]
    NoComune,
    /// No version of it is in force on that day.
    #[error("no version of the group is in force on that day")]
    NoVersion,
    /// Nobody belongs to it.
    #[error("nobody belongs to the group on that day")]
    Nobody,
}

impl From<Unresolved> for Violation {
    fn from(_: Unresolved) -> Self {
        Self::NotFound
    }
}

/// The group a reference names on a day. For a group somebody names, `custom` is its versions; for any other it is not looked at.
/// Members of those that ended are counted as the comuni they went on in.
///
/// # Errors
/// When it leads to no group: there is never one of nobody.
pub fn resolve(
    reference: &GroupRef,
    registry: &Registry,
    custom: &[Membership],
    on: NaiveDate,
) -> Result<Group, Unresolved> {
    let those = |admits: &dyn Fn(&Entry) -> bool| {
        registry.on(on).filter(|entry| admits(entry)).map(|entry| entry.code).collect::<BTreeSet<_>>()
    };
    let edition = format!("registry-{}", registry.number());
    let (members, version) = match reference {
        GroupRef::All => (those(&|_| true), edition),
        GroupRef::Region(region) => (those(&|entry| entry.region == *region), edition),
        GroupRef::Province(province) => (those(&|entry| entry.province == *province), edition),
        GroupRef::Class(scheme, class, region) => {
            let inside = |entry: &Entry| region.as_ref().is_none_or(|region| entry.region == *region);
            (those(&|entry| inside(entry) && is_of(entry, *scheme, *class)), edition)
        }
        GroupRef::Near(code, count) => {
            let alike = registry.most_like(*code, *count, on).ok_or(Unresolved::NoComune)?;
            (alike.into_iter().map(|like| like.code).chain([*code]).collect(), edition)
        }
        GroupRef::Custom(_) => {
            let version = membership::in_force(custom, on).ok_or(Unresolved::NoVersion)?;
            let current = version.members.iter().filter_map(|code| registry.current(*code, on));
            (current.map(|entry| entry.code).collect(), format!("custom-{}", version.number))
        }
    };
    if members.is_empty() {
        return Err(Unresolved::Nobody);
    }
    Ok(Group { reference: reference.to_string(), title: title(reference, registry, on), version, members })
}

fn is_of(entry: &Entry, scheme: ClassScheme, class: u8) -> bool {
    entry.population.is_some_and(|population| registry::class_of(scheme, population.residents) == class)
}

fn title(reference: &GroupRef, registry: &Registry, on: NaiveDate) -> String {
    match reference {
        GroupRef::All => "Tutti i comuni del registro".to_owned(),
        GroupRef::Region(region) => format!("Comuni della regione {}", registry::region_name(region)),
        GroupRef::Province(province) => format!("Comuni della provincia {}", province.as_str()),
        GroupRef::Class(scheme, number, region) => {
            let class = registry::class(*scheme, *number).map_or("Classe", |class| class.title);
            let place = region.as_ref().map(registry::region_name);
            let place = place.map(|name| format!(", {name}")).unwrap_or_default();
            format!("{class} ({}){place}", scheme.title())
        }
        GroupRef::Near(code, count) => {
            let name =
                registry.find_on(*code, on).map_or_else(|| code.to_string(), |entry| entry.name.to_string());
            format!("{name} e i {count} comuni più simili")
        }
        GroupRef::Custom(code) => format!("Gruppo {}", code.as_str()),
    }
}

#[cfg(test)]
mod tests;
