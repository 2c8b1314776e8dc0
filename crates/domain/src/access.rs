//! Who may do what: the one permission table, the actor who asks, and the grant that opens the database.
//!
//! A [`Grant`] is made here and nowhere else: by [`Actor::authorize`] for whoever calls, by [`Doorkeeper`] and [`Operator`] for the
//! two who act without a token. Persistence opens a transaction for a grant and for nothing else.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::comune::ComuneCode;
use crate::role::Role;
use crate::unit::UnitId;
use crate::violation::Violation;
use crate::vocabulary::Vocabulary as _;

/// What can be asked of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Find out who a caller is; the doorkeeper's, nobody else's.
    Authenticate,
    /// Say whether a document is a published version of a plan; the doorkeeper's, on behalf of anybody.
    CheckSeals,
    /// Read a file that was received; the service's own, on behalf of whoever sent it.
    ConductImports,
    /// Have something read or reviewed that is not stored.
    Interpret,
    /// List the comuni registered here.
    ListComuni,
    /// Read the identity of a comune.
    ReadComune,
    /// Register a comune or change its identity.
    KeepComuni,
    /// Read the structures.
    ReadUnits,
    /// Create, change, move, end structures.
    EditUnits,
    /// Read members, their roles and their secrets' dates.
    ReadMembers,
    /// Register members, give and take roles, issue and revoke secrets.
    KeepMembers,
    /// Read plans.
    ReadPlans,
    /// Create and change plans, their narrative and their order.
    EditPlans,
    /// Write objectives; a head of structure, those of its own.
    EditObjectives,
    /// Move a plan through its cycle.
    MovePlans,
    /// See the files sent to be read, what was read of them, and the comune's own ways of reading.
    ReadImports,
    /// Send files to be read, settle what was read, keep the comune's own ways of reading.
    EditImports,
    /// Put what was read into a plan.
    ApplyImports,
    /// Read the audit trail.
    ReadAudit,
    /// Read the figures of the running service.
    ReadMetrics,
}

/// Whether an action may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The transaction is read only: a write in it is refused by the database itself.
    Read,
    /// The transaction writes, and leaves an audit entry.
    Write,
}

impl Action {
    /// Every action a member can hold, in the order a table prints them.
    pub const ALL: [Self; 17] = [
        Self::Interpret,
        Self::ListComuni,
        Self::ReadComune,
        Self::KeepComuni,
        Self::ReadUnits,
        Self::EditUnits,
        Self::ReadMembers,
        Self::KeepMembers,
        Self::ReadPlans,
        Self::EditPlans,
        Self::EditObjectives,
        Self::MovePlans,
        Self::ReadImports,
        Self::EditImports,
        Self::ApplyImports,
        Self::ReadAudit,
        Self::ReadMetrics,
    ];

    /// The word, as it stands in the audit trail and in the permission table.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Authenticate => "authenticate",
            Self::CheckSeals => "check_seals",
            Self::ConductImports => "conduct_imports",
            Self::Interpret => "interpret",
            Self::ListComuni => "list_comuni",
            Self::ReadComune => "read_comune",
            Self::KeepComuni => "keep_comuni",
            Self::ReadUnits => "read_units",
            Self::EditUnits => "edit_units",
            Self::ReadMembers => "read_members",
            Self::KeepMembers => "keep_members",
            Self::ReadPlans => "read_plans",
            Self::EditPlans => "edit_plans",
            Self::EditObjectives => "edit_objectives",
            Self::MovePlans => "move_plans",
            Self::ReadImports => "read_imports",
            Self::EditImports => "edit_imports",
            Self::ApplyImports => "apply_imports",
            Self::ReadAudit => "read_audit",
            Self::ReadMetrics => "read_metrics",
        }
    }

    /// Whether the action may write.
    #[must_use]
    pub const fn mode(self) -> Mode {
        match self {
            Self::Authenticate
            | Self::CheckSeals
            | Self::Interpret
            | Self::ListComuni
            | Self::ReadComune
            | Self::ReadUnits
            | Self::ReadMembers
            | Self::ReadPlans
            | Self::ReadImports
            | Self::ReadAudit
            | Self::ReadMetrics => Mode::Read,
            Self::ConductImports
            | Self::KeepComuni
            | Self::EditUnits
            | Self::KeepMembers
            | Self::EditPlans
            | Self::EditObjectives
            | Self::MovePlans
            | Self::EditImports
            | Self::ApplyImports => Mode::Write,
        }
    }

    /// The permission table: the roles that may do this.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        use Role::{
            Amministratore, Dipendente, Giunta, Integratore, Lettore, Nucleo, PlatformAdmin, Ragioneria,
            Responsabile, Revisore, Rpct, Segretario,
        };
        const EVERYONE_IN_A_COMUNE: &[Role] = &[
            Amministratore,
            Segretario,
            Responsabile,
            Nucleo,
            Giunta,
            Rpct,
            Revisore,
            Ragioneria,
            Dipendente,
            Lettore,
            Integratore,
        ];
        match self {
            Self::Authenticate | Self::CheckSeals | Self::ConductImports => &[],
            Self::ReadUnits | Self::ReadPlans => EVERYONE_IN_A_COMUNE,
            Self::ReadComune | Self::ListComuni | Self::Interpret => Role::all(),
            Self::KeepComuni | Self::ReadMetrics => &[PlatformAdmin],
            Self::EditUnits | Self::ReadImports | Self::EditImports => {
                &[Amministratore, Segretario, Integratore]
            }
            Self::ReadMembers => &[Amministratore, Segretario, PlatformAdmin],
            Self::KeepMembers => &[Amministratore, PlatformAdmin],
            // An import may found structures as well as change a plan: whoever writes plans may do both.
            Self::EditPlans | Self::ApplyImports => &[Segretario, Integratore],
            Self::EditObjectives => &[Segretario, Responsabile, Integratore],
            Self::MovePlans => &[Segretario, Nucleo, Giunta],
            Self::ReadAudit => &[Amministratore, Segretario, Nucleo, Revisore, PlatformAdmin],
        }
    }

    /// Whether a platform role that may do this may do it inside any comune; otherwise only in the platform's own tenant.
    #[must_use]
    pub const fn reaches_every_comune(self) -> bool {
        match self {
            // Registering a comune and its first administrators is what the platform is for.
            Self::ListComuni
            | Self::ReadComune
            | Self::KeepComuni
            | Self::ReadMembers
            | Self::KeepMembers => true,
            Self::Authenticate
            | Self::CheckSeals
            | Self::Interpret
            | Self::ReadUnits
            | Self::EditUnits
            | Self::ReadPlans
            | Self::EditPlans
            | Self::EditObjectives
            | Self::MovePlans
            | Self::ConductImports
            | Self::ReadImports
            | Self::EditImports
            | Self::ApplyImports
            | Self::ReadAudit
            | Self::ReadMetrics => false,
        }
    }

    /// Whether `role` may do this.
    #[must_use]
    pub fn permits(self, role: Role) -> bool {
        self.roles().contains(&role)
    }
}

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
            let reach = self.reach(action);
            Ok(Grant { comune, action, by: By::Member(self.member), from_platform, unit: self.unit, reach })
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

    /// Decides whether the actor may read published facts across comuni.
    ///
    /// # Errors
    /// [`Violation::Forbidden`] when it belongs to one comune or has no role that allows it.
    pub fn authorize_across(&self, action: Action) -> Result<CrossGrant, Violation> {
        let allowed = self.comune.is_platform() && self.roles.iter().any(|role| action.permits(*role));
        if allowed { Ok(CrossGrant { action }) } else { Err(Violation::Forbidden { action }) }
    }
}

/// The doorkeeper: the service itself, before it knows who is calling. It may find out, and nothing else.
#[derive(Debug, Clone, Copy)]
pub struct Doorkeeper;

impl Doorkeeper {
    /// The grant to look a caller up among the members of `comune`.
    #[must_use]
    pub const fn look_up(self, comune: ComuneCode) -> Grant {
        Grant {
            comune,
            action: Action::Authenticate,
            by: By::Service,
            from_platform: false,
            unit: None,
            reach: Reach::Everywhere,
        }
    }
}

impl Doorkeeper {
    /// The grant to compare a document with the published versions of `comune`, for anybody who holds one.
    #[must_use]
    pub const fn check_seals(self, comune: ComuneCode) -> Grant {
        let (action, reach) = (Action::CheckSeals, Reach::Everywhere);
        Grant { comune, action, by: By::Service, from_platform: false, unit: None, reach }
    }
}

/// The clerk: the service itself, carrying out a reading it was asked for when the answer to whoever asked is already given.
#[derive(Debug, Clone, Copy)]
pub struct Clerk;

impl Clerk {
    /// The grant to read the files received in `comune`, and nothing else.
    #[must_use]
    pub const fn conduct_imports(self, comune: ComuneCode) -> Grant {
        let (action, reach) = (Action::ConductImports, Reach::Everywhere);
        Grant { comune, action, by: By::Service, from_platform: false, unit: None, reach }
    }
}

/// The operator: whoever runs the program on the machine itself, and so holds the database and the keys anyway.
#[derive(Debug, Clone, Copy)]
pub struct Operator;

impl Operator {
    /// The grant to do `action` in `comune`, audited as the operator's.
    #[must_use]
    pub const fn act(self, action: Action, comune: ComuneCode) -> Grant {
        Grant { comune, action, by: By::Operator, from_platform: false, unit: None, reach: Reach::Everywhere }
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
}

impl CrossGrant {
    /// What it was given for.
    #[must_use]
    pub const fn action(&self) -> Action {
        self.action
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn the_platform_never_reaches_plan_content() {
        for role in Role::all().iter().copied().filter(|role| role.is_of_platform()) {
            for action in [Action::ReadPlans, Action::EditPlans, Action::ReadUnits, Action::EditUnits] {
                let refused = actor("Z000", role).authorize(action, comune("L454")).unwrap_err();
                assert_eq!(refused, Violation::NotFound, "{role:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_comune_never_reads_across() {
        for role in Role::all().iter().copied().filter(|role| !role.is_of_platform()) {
            assert!(actor("L454", role).authorize_across(Action::ListComuni).is_err());
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
