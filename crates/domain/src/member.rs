//! Members: the people and programs known to a comune (or to the platform), what they are there, and how they prove it.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::access::Grant;
use crate::comune::ComuneCode;
use crate::fault::{FaultKind, Faults, Refused};
use crate::role::Role;
use crate::text::{ExternalId, Line};
use crate::unit::UnitId;
use crate::version::{Version, Versioned};
use crate::violation::Violation;
use crate::vocabulary::vocabulary;

/// The id of a member; what a token names as its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct MemberId(pub Uuid);

vocabulary! {
    /// A person, or a program acting for the body.
    MemberKind, "Persona, oppure programma che agisce per l'ente." {
        /// A person, known through an identity provider.
        Person = "person",
        /// A program, with secrets of its own here.
        Client = "client",
    }
}

/// Who a member is at an identity provider outside.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct OutsideIdentity {
    /// The provider's `iss`.
    pub issuer: Line<200>,
    /// The member's `sub` there.
    pub subject: Line<255>,
}

/// What a caller says of a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberFacts {
    /// The key an integrating program has for it.
    pub external_id: Option<ExternalId>,
    /// Person or program.
    pub kind: MemberKind,
    /// How the comune calls it. Left out of digests: it may be a person's name, and a name must be erasable.
    #[serde(skip)]
    pub label: Line<200>,
    /// Who it is outside, when it comes with a token of another issuer. Left out of digests likewise.
    #[serde(skip)]
    pub identity: Option<OutsideIdentity>,
    /// What it is here.
    pub roles: BTreeSet<Role>,
    /// The structure it answers for or works in.
    pub unit: Option<UnitId>,
}

impl MemberFacts {
    /// Whether these facts can hold in `comune`, and whether whoever holds `grant` may state them.
    fn check(&self, grant: &Grant) -> Result<(), Violation> {
        let mut faults = Faults::new();
        let comune = grant.comune();
        faults.take("/roles", self.check_roles(comune));
        faults.take("/unit", self.check_unit(comune));
        faults.finish(Some(())).map_err(Violation::Invalid)?;
        self.check_giver(grant)
    }

    fn check_roles(&self, comune: ComuneCode) -> Result<(), Refused> {
        let inconsistent = |detail| Err(Refused::new(FaultKind::Inconsistent, detail));
        if self.roles.is_empty() {
            return Err(Refused::new(FaultKind::Missing, "Serve almeno un ruolo."));
        }
        if self.roles.iter().any(|role| role.is_of_platform() != comune.is_platform()) {
            return inconsistent("I ruoli di piattaforma e quelli di un comune non si mescolano.");
        }
        if self.kind == MemberKind::Person && self.roles.contains(&Role::Integratore) {
            return inconsistent("Il ruolo integratore è dei programmi, non delle persone.");
        }
        Ok(())
    }

    fn check_unit(&self, comune: ComuneCode) -> Result<(), Refused> {
        match self.unit {
            None if self.roles.contains(&Role::Responsabile) => {
                Err(Refused::new(FaultKind::Missing, "Un responsabile risponde di una struttura."))
            }
            Some(_) if comune.is_platform() => {
                Err(Refused::new(FaultKind::Inconsistent, "La piattaforma non ha strutture."))
            }
            None | Some(_) => Ok(()),
        }
    }

    /// The platform appoints the administrators of a comune and nobody else: it must not lend itself a role over plan content.
    fn check_giver(&self, grant: &Grant) -> Result<(), Violation> {
        let only_administrators = self.roles.iter().all(|role| *role == Role::Amministratore);
        let from_platform = grant.is_from_platform() && !grant.comune().is_platform();
        if from_platform && !only_administrators { Err(Violation::RoleNotYoursToGive) } else { Ok(()) }
    }
}

/// A member of a comune, or of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// What is said of it.
    pub facts: MemberFacts,
    /// Since when nothing it presents is accepted any more.
    pub revoked_at: Option<DateTime<Utc>>,
    /// Grows at every change.
    pub version: Version,
}

impl Versioned for Member {
    type Facts = MemberFacts;

    fn facts(&self) -> &MemberFacts {
        &self.facts
    }

    fn version(&self) -> Version {
        self.version
    }
}

impl Member {
    /// A new member.
    ///
    /// # Errors
    /// When its roles cannot hold in the comune of the grant or are not its holder's to give.
    pub fn register(id: MemberId, facts: MemberFacts, grant: &Grant) -> Result<Self, Violation> {
        facts.check(grant)?;
        Ok(Self { id, facts, revoked_at: None, version: Version::FIRST })
    }

    /// The same member with other facts.
    ///
    /// # Errors
    /// As for a new one, and when it is revoked or would turn from a person into a program or back.
    pub fn change(&self, facts: MemberFacts, grant: &Grant) -> Result<Self, Violation> {
        self.check_not_revoked()?;
        // What it was must have been the caller's to give too: the platform does not take roles over content away either.
        self.facts.check_giver(grant)?;
        facts.check(grant)?;
        if facts.kind != self.facts.kind {
            let detail = "Una persona non diventa un programma, né viceversa.";
            return Err(Violation::Invalid(vec![Refused::new(FaultKind::Inconsistent, detail).at("/kind")]));
        }
        Ok(Self { id: self.id, facts, revoked_at: None, version: self.version.next() })
    }

    /// The same member, revoked: nothing it presents is accepted from `now` on. Revoking twice changes nothing.
    #[must_use]
    pub fn revoke(&self, now: DateTime<Utc>) -> Self {
        if self.revoked_at.is_some() {
            return self.clone();
        }
        Self { revoked_at: Some(now), version: self.version.next(), ..self.clone() }
    }

    /// A new secret for the member, beside those it has.
    ///
    /// # Errors
    /// When its roles are not the giver's to give, it is a person, is revoked, or has two valid secrets: enough to change one without a pause.
    pub fn new_secret(
        &self,
        draft: SecretDraft,
        existing: &[Secret],
        grant: &Grant,
    ) -> Result<Secret, Violation> {
        // Whoever gives a secret can act as the member: so it must be one whose roles are the giver's to give.
        self.facts.check_giver(grant)?;
        self.check_not_revoked()?;
        if self.facts.kind != MemberKind::Client {
            return Err(Violation::NotAClient);
        }
        if existing.iter().filter(|secret| secret.is_valid(draft.now)).count() >= Secret::MOST_AT_ONCE {
            return Err(Violation::TooManySecrets);
        }
        let expires_at = draft.now.checked_add_signed(Secret::LIFE).unwrap_or(draft.now);
        let SecretDraft { id, verifier, now } = draft;
        Ok(Secret { id, member: self.id, verifier, created_at: now, expires_at, revoked_at: None })
    }

    fn check_not_revoked(&self) -> Result<(), Violation> {
        if self.revoked_at.is_some() { Err(Violation::MemberRevoked) } else { Ok(()) }
    }
}

/// A secret about to be given to a client.
#[derive(Debug)]
pub struct SecretDraft {
    /// Its id.
    pub id: Uuid,
    /// What later attempts are checked against; never the secret itself.
    pub verifier: String,
    /// When it is given.
    pub now: DateTime<Utc>,
}

/// A secret given to a client, as it is kept: what it can be checked against, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Secret {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub member: MemberId,
    /// The argon2id string an attempt is checked against.
    #[serde(skip)]
    pub verifier: String,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it was ended before its time.
    pub revoked_at: Option<DateTime<Utc>>,
}

impl Secret {
    /// How many of a client's secrets may be valid together.
    pub const MOST_AT_ONCE: usize = 2;
    /// How long a secret lives.
    pub const LIFE: TimeDelta = TimeDelta::days(365);

    /// Whether it opens anything at `now`.
    #[must_use]
    pub fn is_valid(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// The same secret, ended.
    #[must_use]
    pub fn revoke(&self, now: DateTime<Utc>) -> Self {
        Self { revoked_at: self.revoked_at.or(Some(now)), ..self.clone() }
    }
}

#[cfg(test)]
mod tests;
