//! Who calls: a token for every role.

use std::collections::BTreeMap;

use traguardo_domain::Vocabulary as _;
use traguardo_domain::role::Role;

use crate::world::World;

/// A token for every role, of every comune and of the platform.
pub(crate) struct Tokens(BTreeMap<(String, Role), String>);

impl Tokens {
    /// Signs them all.
    pub(crate) fn of(world: &World, comuni: &[&str]) -> Self {
        let sign = |comune: &str, role: Role| ((comune.to_owned(), role), world.token(comune, role.word()));
        let of_comune = |comune: &&str| {
            let at_home = |role: &&Role| role.is_of_platform() == (*comune == "Z000");
            Role::all().iter().filter(at_home).map(|role| sign(comune, *role)).collect::<Vec<_>>()
        };
        Self(comuni.iter().flat_map(of_comune).collect())
    }

    /// The token of a role.
    pub(crate) fn get(&self, comune: &str, role: Role) -> &str {
        let home = if role.is_of_platform() { "Z000" } else { comune };
        &self.0[&(home.to_owned(), role)]
    }

    /// Every role of a comune, with its token.
    pub(crate) fn roles_of<'t>(&'t self, comune: &'t str) -> impl Iterator<Item = (Role, &'t str)> {
        self.0
            .iter()
            .filter(move |((home, _), _)| home == comune)
            .map(|((_, role), token)| (*role, token.as_str()))
    }
}
