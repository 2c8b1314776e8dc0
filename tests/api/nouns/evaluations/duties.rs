//! Who may do what: the body's moves are the body's, answers are of whoever answers, and who entered a value never certifies it.

use traguardo_domain::access::{Action, Operator};
use traguardo_domain::audit::Occasion;
use traguardo_domain::comune::ComuneCode;
use traguardo_domain::measurement::Measurement;
use traguardo_domain::plan::PlanId;
use traguardo_persistence::measurements;
use traguardo_server::commands;
use uuid::Uuid;

use super::*;

/// A value that stands as entered by a member who by its role enters none: as when somebody was given another role since.
fn entered_by(draft: &Draft, member: Uuid, assignment: Option<&str>, supersedes: Option<&str>) -> String {
    let plan = PlanId(draft.get("").expect(200)["id"].as_str().unwrap().parse().unwrap());
    let objective = draft.get("/objectives/ext:OB1").expect(200);
    let named = |name: &str| {
        let all = objective["assignments"].as_array().unwrap();
        all.iter().find(|one| one["external_id"] == name).unwrap()["id"].clone()
    };
    let id = commands::new_id();
    let measurement: Measurement = serde_json::from_value(json!({
        "id": id, "subject": {"type": "indicator", "id": objective["indicators"][0]["id"]},
        "objective": objective["id"], "assignment": assignment.map(named),
        "period": {"from": "2025-01-01", "to": "2025-12-15"}, "value": {"type": "number", "figure": "80"},
        "standing": "final", "origin": "entered", "recorded_at": "2025-12-16T09:00:00Z", "recorded_by": member,
        "supersedes": supersedes,
    }))
    .unwrap();
    let occasion = Occasion { at: "2025-12-16T09:00:00Z".parse().unwrap(), request_id: "test".to_owned() };
    let grant = Operator.act(Action::RecordMeasurements, ComuneCode::parse("L454").unwrap());
    let add = |tx: &mut traguardo_persistence::TenantTx<'_>| measurements::add(tx, plan, &[measurement]);
    draft.world.database.tenant(&grant, occasion, add).unwrap();
    id.to_string()
}

#[test]
fn who_entered_a_value_does_not_certify_it_not_even_once_it_was_corrected() {
    let draft = in_its_year();
    let nucleo = draft.world.member("L454", "nucleo").id.0;
    let own = entered_by(&draft, nucleo, Some("A1"), None);
    let correction = entered_by(&draft, commands::new_id(), Some("A1"), Some(&own));
    open(&draft, "A1");
    let values = read(&draft, "A1")["values"].clone();
    assert_eq!(super::super::column(values.as_array().unwrap(), "id"), [own.as_str(), &correction]);
    assert_eq!((&values[0]["superseded_by"], &values[0]["stands"]), (&json!(correction), &json!(false)));
    let refused = decide(&draft, "A1", &json!({"type": "certified"}));
    assert_eq!(refused.refused(409), "evaluation-refused");
    assert!(refused.text().contains("Chi ha inserito un valore non lo certifica"), "{refused}");
    // The other structure has no value of theirs.
    open(&draft, "A2");
    decide(&draft, "A2", &json!({"type": "certified"})).expect(201);
}

#[test]
fn a_value_for_all_structures_is_of_each() {
    let draft = in_its_year();
    entered_by(&draft, draft.world.member("L454", "nucleo").id.0, None, None);
    for assignment in ["A1", "A2"] {
        open(&draft, assignment);
        let refused = decide(&draft, assignment, &json!({"type": "certified"}));
        assert_eq!(refused.refused(409), "evaluation-refused");
    }
    open(&draft, "A3");
    decide(&draft, "A3", &json!({"type": "certified"})).expect(201);
}

#[test]
fn a_head_answers_for_its_own_structures_only() {
    let draft = in_its_year();
    for assignment in ["A1", "A2", "A3"] {
        open(&draft, assignment);
    }
    let said = json!({"words": "Eccolo"});
    for assignment in ["A1", "A3"] {
        answer(&draft, "responsabile", assignment, &said).expect(201);
    }
    assert_eq!(answer(&draft, "responsabile", "A2", &said).refused(403), "outside-your-unit");
    answer(&draft, "segretario", "A2", &said).expect(201);
}

#[test]
fn the_bodys_moves_and_the_answers_are_each_their_own() {
    let draft = in_its_year();
    for role in ["segretario", "responsabile", "giunta", "amministratore", "lettore"] {
        assert_eq!(step(&draft, role, "A1", &json!({"type": "open"})).refused(403), "forbidden", "{role}");
        let all = json!({"all_open": true});
        let reply = draft.call(role, "POST", "/certifications").json(&all).send();
        assert_eq!(reply.refused(403), "forbidden", "{role}");
    }
    open(&draft, "A1");
    for role in ["nucleo", "giunta", "amministratore", "integratore", "lettore"] {
        let refused = answer(&draft, role, "A1", &json!({"words": "Eccolo"}));
        assert_eq!(refused.refused(403), "forbidden", "{role}");
    }
    assert_eq!(read(&draft, "A1")["steps"].as_array().unwrap().len(), 1);
    // Whoever is not asked may still speak up, but not before it is open.
    assert_eq!(
        answer(&draft, "segretario", "A2", &json!({"words": "Ecco"})).refused(409),
        "evaluation-refused"
    );
}
