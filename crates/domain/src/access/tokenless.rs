//! Who acts without a token, and the grants each of them may make: the service on its own account, and whoever runs the program.

use super::{Action, By, CrossGrant, Grant, Reach, Sight};
use crate::benchmark::Viewer;
use crate::comune::ComuneCode;

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
            sight: Sight::Nobodys,
        }
    }

    /// The grant to compare a document with the published versions of `comune`, for anybody who holds one.
    #[must_use]
    pub const fn check_seals(self, comune: ComuneCode) -> Grant {
        let (action, reach) = (Action::CheckSeals, Reach::Everywhere);
        let sight = Sight::Nobodys;
        Grant { comune, action, by: By::Service, from_platform: false, unit: None, reach, sight }
    }

    /// The grant to read what `comune` has published, for anybody.
    #[must_use]
    pub const fn read_published(self, comune: ComuneCode) -> Grant {
        let (action, reach) = (Action::ReadPublished, Reach::Everywhere);
        let sight = Sight::Nobodys;
        Grant { comune, action, by: By::Service, from_platform: false, unit: None, reach, sight }
    }

    /// The grant to compare what everybody may see, for anybody.
    #[must_use]
    pub const fn compare_publicly(self) -> CrossGrant {
        CrossGrant { action: Action::ComparePublicly, viewer: Viewer::Public }
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
        let sight = Sight::Nobodys;
        Grant { comune, action, by: By::Service, from_platform: false, unit: None, reach, sight }
    }
}

/// The operator: whoever runs the program on the machine itself, and so holds the database and the keys anyway.
#[derive(Debug, Clone, Copy)]
pub struct Operator;

impl Operator {
    /// The grant to do `action` in `comune`, audited as the operator's.
    #[must_use]
    pub const fn act(self, action: Action, comune: ComuneCode) -> Grant {
        let (by, reach) = (By::Operator, Reach::Everywhere);
        // The operator erases sheets that are past their term, and reaches them for nothing else.
        let erases = matches!(action, Action::EraseSheets);
        let sight = match action.is_on_training() {
            true => Sight::Training,
            false if erases => Sight::Everybodys(None),
            false => Sight::Nobodys,
        };
        Grant { comune, action, by, from_platform: false, unit: None, reach, sight }
    }
}
