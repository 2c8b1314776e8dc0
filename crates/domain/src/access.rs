//! Who may do what: the one permission table, the actor who asks, and the grant that opens the database.
//!
//! A [`Grant`] is made here and nowhere else: by [`Actor::authorize`] for whoever calls, by [`Doorkeeper`], [`Clerk`] and
//! [`Operator`] for those who act without a token. Persistence opens a transaction for a grant and for nothing else.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::benchmark::Viewer;
use crate::comune::ComuneCode;
use crate::role::Role;
use crate::unit::UnitId;
use crate::violation::Violation;

mod action;
mod tokenless;

pub use action::{Action, Mode};
pub use tokenless::{Clerk, Doorkeeper, Operator};

/// Who asks: a member of one tenant with its roles, as proved by a token and by the register of members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The member's id.
    pub member: Uuid,
    /// The tenant the member belongs to: a comune, or the platform.
    pub comune: ComuneCode,
    /// What the member is there.
    pub roles: BTreeSet<Role>,
    /// The structure a head of structure answers for.
    pub unit: Option<UnitId>,
}

impl Actor {
    /// Decides whether the actor may do `action` in `comune`.
    ///
    /// # Errors
    /// [`Violation::NotFound`] when the comune is not the actor's to know of, [`Violation::Forbidden`] when it is and no role of the actor allows it.
    pub fn authorize(&self, action: Action, comune: ComuneCode) -> Result<Grant, Violation> {
        let at_home = self.comune == comune;
        let allowed = self.roles.iter().any(|role| action.permits(*role));
        let reaches = at_home || (self.comune.is_platform() && action.reaches_every_comune());
        if reaches && allowed {
            let from_platform = self.comune.is_platform();
            let (reach, sight) = (self.reach(action), self.sight(action));
            let by = By::Member(self.member);
            Ok(Grant { comune, action, by, from_platform, unit: self.unit, reach, sight })
        } else if at_home {
            Err(Violation::Forbidden { action })
        } else {
            Err(Violation::NotFound)
        }
    }

    /// How far an action it may do goes inside its comune.
    fn reach(&self, action: Action) -> Reach {
        let unbound = |role: &&Role| action.permits(**role) && **role != Role::Responsabile;
        let bound = action.mode() == Mode::Write && self.roles.iter().find(unbound).is_none();
        if bound { Reach::Within(self.unit) } else { Reach::Everywhere }
    }

    /// Whose individual evaluations an action it may do reaches: none, but for the actions on those.
    fn sight(&self, action: Action) -> Sight {
        match (action.is_on_sheets(), self.roles.contains(&Role::Nucleo)) {
            (false, _) if action.is_on_training() => Sight::Training,
            (false, _) => Sight::Nobodys,
            (true, false) => Sight::Own(self.member),
            (true, true) => Sight::Everybodys(Some(self.member)),
        }
    }

    /// Decides whether the actor may read published facts across comuni.
    ///
    /// # Errors
    /// [`Violation::Forbidden`] when it has no role that allows it, or belongs to one comune and this is not for comuni.
    pub fn authorize_across(&self, action: Action) -> Result<CrossGrant, Violation> {
        let from_platform = self.comune.is_platform();
        let allowed = self.roles.iter().any(|role| action.permits(*role));
        let viewer = if from_platform { Viewer::Region } else { Viewer::Comune(self.comune) };
        if allowed && (from_platform || action.crosses_from_a_comune()) {
            Ok(CrossGrant { action, viewer })
        } else {
            Err(Violation::Forbidden { action })
        }
    }
}

/// Who an audit entry says acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A member.
    Member(Uuid),
    /// Whoever ran a command of the program on its machine.
    Operator,
    /// The service on its own account.
    Service,
}

/// The key to one tenant's data, for one action.
#[derive(Debug, Clone)]
pub struct Grant {
    comune: ComuneCode,
    action: Action,
    by: By,
    from_platform: bool,
    unit: Option<UnitId>,
    reach: Reach,
    sight: Sight,
}

/// Whose individual evaluations, or hours of training, a grant opens: what the database itself lets its transaction find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Nobody's: its transaction finds no sheet, whatever it asks.
    Nobodys,
    /// Those a member is the person or the evaluator of.
    Own(Uuid),
    /// Everybody's: a member of the evaluation body, or the operator who erases them.
    Everybodys(Option<Uuid>),
    /// No evaluation, and everybody's hours of training.
    Training,
}

/// How far a grant goes inside its comune.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// To all of it.
    Everywhere,
    /// To one structure and those below it; to nothing for a head of structure without a structure.
    Within(Option<UnitId>),
}

impl Grant {
    /// The tenant it opens.
    #[must_use]
    pub const fn comune(&self) -> ComuneCode {
        self.comune
    }

    /// What it was given for.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// Who it was given to.
    #[must_use]
    pub const fn by(&self) -> By {
        self.by
    }

    /// Whether its holder is a member of the platform, and a guest in any comune.
    #[must_use]
    pub const fn is_from_platform(&self) -> bool {
        self.from_platform
    }

    /// How far it goes inside the comune.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        self.reach
    }

    /// Whose individual evaluations it opens.
    #[must_use]
    pub const fn sight(&self) -> Sight {
        self.sight
    }

    /// The structure its holder answers for, when it is a head of structure.
    #[must_use]
    pub const fn unit(&self) -> Option<UnitId> {
        self.unit
    }
}

/// The key to published facts across comuni.
#[derive(Debug, Clone)]
pub struct CrossGrant {
    action: Action,
    viewer: Viewer,
}

impl CrossGrant {
    /// What it was given for.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }

    /// Who looks.
    #[must_use]
    pub const fn viewer(&self) -> Viewer {
        self.viewer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Vocabulary as _;

    fn actor(comune: &str, role: Role) -> Actor {
        let comune = ComuneCode::parse(comune).unwrap();
        Actor { member: Uuid::nil(), comune, roles: BTreeSet::from([role]), unit: None }
    }

    fn comune(code: &str) -> ComuneCode {
        ComuneCode::parse(code).unwrap()
    }

    #[test]
    fn another_comune_does_not_exist_for_any_role() {
        for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
            for action in Action::ALL {
                let refused = actor("L454", role).authorize(action, comune("F471")).unwrap_err();
                assert_eq!(refused, Violation::NotFound, "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn at_home_a_missing_role_is_said() {
        let refused = actor("L454", Role::Lettore).authorize(Action::EditPlans, comune("L454")).unwrap_err();
        assert_eq!(refused, Violation::Forbidden { action: Action::EditPlans });
    }

    #[test]
    fn sheets_and_training_are_opened_by_the_actions_on_them_alone_and_sheets_wholly_by_the_body_alone() {
        let home = comune("L454");
        for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
            for action in Action::ALL {
                let Ok(grant) = actor("L454", role).authorize(action, home) else { continue };
                let expected = match (action, role) {
                    (Action::ReadSheets | Action::WriteSheets, Role::Nucleo) => {
                        Sight::Everybodys(Some(Uuid::nil()))
                    }
                    (Action::ReadSheets | Action::WriteSheets, _) => Sight::Own(Uuid::nil()),
                    (Action::ReadTraining | Action::KeepTraining, _) => Sight::Training,
                    _ => Sight::Nobodys,
                };
                assert_eq!(grant.sight(), expected, "{role:?} {action:?}");
            }
        }
        for action in Action::ALL {
            let training = matches!(action, Action::ReadTraining | Action::KeepTraining);
            let expected = if training { Sight::Training } else { Sight::Nobodys };
            assert_eq!(Operator.act(action, home).sight(), expected, "{action:?}");
        }
        assert_eq!(Operator.act(Action::EraseTraining, home).sight(), Sight::Training);
        assert_eq!(Operator.act(Action::EraseSheets, home).sight(), Sight::Everybodys(None));
    }

    #[test]
    fn the_platform_never_reaches_plan_content() {
        for role in Role::all().iter().copied().filter(|role| role.is_of_platform()) {
            for action in [Action::ReadPlans, Action::EditPlans, Action::ReadUnits, Action::EditUnits] {
                let refused = actor("Z000", role).authorize(action, comune("L454")).unwrap_err();
                assert_eq!(refused, Violation::NotFound, "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_comune_reads_across_what_is_published_to_be_compared_and_nothing_else() {
        for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
            for action in Action::ALL {
                let reads = matches!(action, Action::Compare | Action::ReadTemplates);
                let granted = actor("L454", role).authorize_across(action).map(|grant| grant.viewer());
                assert_eq!(
                    granted.ok(),
                    reads.then(|| Viewer::Comune(comune("L454"))),
                    "{role:?} {action:?}"
                );
            }
        }
        assert!(actor("Z000", Role::BenchmarkReader).authorize_across(Action::ListComuni).is_ok());
    }

    #[test]
    fn nobody_but_the_doorkeeper_authenticates() {
        for role in Role::all().iter().copied() {
            let home = if role.is_of_platform() { "Z000" } else { "L454" };
            assert!(actor(home, role).authorize(Action::Authenticate, comune(home)).is_err());
        }
    }
}
