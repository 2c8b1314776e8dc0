//! The rules of members, tried.

use super::*;
use crate::access::{Action, Actor};

fn grant(home: &str, role: Role, comune: &str) -> Grant {
    let home = ComuneCode::parse(home).unwrap();
    let actor = Actor { member: Uuid::nil(), comune: home, roles: BTreeSet::from([role]), unit: None };
    actor.authorize(Action::KeepMembers, ComuneCode::parse(comune).unwrap()).unwrap()
}

fn facts(kind: MemberKind, role: Role) -> MemberFacts {
    MemberFacts {
        external_id: None,
        kind,
        label: Line::parse("Gestionale").unwrap(),
        identity: None,
        roles: BTreeSet::from([role]),
        unit: None,
    }
}

fn register(kind: MemberKind, role: Role, grant: &Grant) -> Result<Member, Violation> {
    Member::register(MemberId(Uuid::nil()), facts(kind, role), grant)
}

fn at(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap()
}

fn draft(now: DateTime<Utc>) -> SecretDraft {
    SecretDraft { id: Uuid::nil(), verifier: "v".to_owned(), now }
}

#[test]
fn the_platform_appoints_administrators_and_nobody_else() {
    let guest = grant("Z000", Role::PlatformAdmin, "L454");
    assert!(register(MemberKind::Person, Role::Amministratore, &guest).is_ok());
    let refused = register(MemberKind::Person, Role::Segretario, &guest);
    assert_eq!(refused, Err(Violation::RoleNotYoursToGive));
}

#[test]
fn the_platform_does_not_take_roles_over_content_away() {
    let own = grant("L454", Role::Amministratore, "L454");
    let segretario = register(MemberKind::Person, Role::Segretario, &own).unwrap();
    let guest = grant("Z000", Role::PlatformAdmin, "L454");
    let refused = segretario.change(facts(MemberKind::Person, Role::Amministratore), &guest);
    assert_eq!(refused, Err(Violation::RoleNotYoursToGive));
}

#[test]
fn platform_roles_do_not_hold_in_a_comune_nor_the_reverse() {
    let own = grant("L454", Role::Amministratore, "L454");
    assert!(matches!(register(MemberKind::Client, Role::PlatformAdmin, &own), Err(Violation::Invalid(_))));
    let platform = grant("Z000", Role::PlatformAdmin, "Z000");
    assert!(matches!(register(MemberKind::Client, Role::Segretario, &platform), Err(Violation::Invalid(_))));
    assert!(register(MemberKind::Client, Role::BenchmarkReader, &platform).is_ok());
}

#[test]
fn a_head_of_structure_has_a_structure_and_a_person_is_no_program() {
    let own = grant("L454", Role::Amministratore, "L454");
    assert!(matches!(register(MemberKind::Person, Role::Responsabile, &own), Err(Violation::Invalid(_))));
    assert!(matches!(register(MemberKind::Person, Role::Integratore, &own), Err(Violation::Invalid(_))));
}

#[test]
fn a_third_valid_secret_is_refused_until_one_is_revoked_or_expires() {
    let own = grant("L454", Role::Amministratore, "L454");
    let client = register(MemberKind::Client, Role::Integratore, &own).unwrap();
    let now = at("2026-01-01T00:00:00Z");
    let one = client.new_secret(draft(now), &[], &own).unwrap();
    let two = [one.clone(), one.clone()];
    assert_eq!(client.new_secret(draft(now), &two, &own), Err(Violation::TooManySecrets));
    assert!(client.new_secret(draft(now), &[one.clone(), one.revoke(now)], &own).is_ok());
    assert!(client.new_secret(draft(at("2027-01-01T00:00:01Z")), &two, &own).is_ok());
}

#[test]
fn a_revoked_member_changes_no_more_and_revoking_again_changes_nothing() {
    let own = grant("L454", Role::Amministratore, "L454");
    let client = register(MemberKind::Client, Role::Integratore, &own).unwrap();
    let revoked = client.revoke(at("2026-01-01T00:00:00Z"));
    assert_eq!(revoked.revoke(at("2026-02-01T00:00:00Z")), revoked);
    assert_eq!(revoked.change(facts(MemberKind::Client, Role::Lettore), &own), Err(Violation::MemberRevoked));
    assert_eq!(
        revoked.new_secret(draft(at("2026-01-02T00:00:00Z")), &[], &own),
        Err(Violation::MemberRevoked)
    );
}

#[test]
fn a_digest_of_a_member_holds_no_name() {
    let own = grant("L454", Role::Amministratore, "L454");
    let member = register(MemberKind::Client, Role::Integratore, &own).unwrap();
    assert!(!serde_json::to_string(&member).unwrap().contains("Gestionale"));
}

#[test]
fn the_platform_gives_no_secret_that_would_let_it_read_plans() {
    let own = grant("L454", Role::Amministratore, "L454");
    let client = register(MemberKind::Client, Role::Integratore, &own).unwrap();
    let guest = grant("Z000", Role::PlatformAdmin, "L454");
    let refused = client.new_secret(draft(at("2026-01-01T00:00:00Z")), &[], &guest);
    assert_eq!(refused, Err(Violation::RoleNotYoursToGive));
}
