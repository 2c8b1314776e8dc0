//! Corrections: what was wrong is superseded, once, by what is right, and both stay.

use std::thread;

use serde_json::{Value, json};

use super::{Draft, delay, faults, in_its_year, record, with};

fn correcting(figure: &str, of: &str) -> Value {
    with(&delay(figure), &json!({"supersedes": of}))
}

fn stands(draft: &Draft) -> Vec<bool> {
    let items = draft.get("/measurements").expect(200)["items"].clone();
    items.as_array().unwrap().iter().map(|item| item["stands"].as_bool().unwrap()).collect()
}

#[test]
fn a_correction_takes_the_place_of_what_it_corrects() {
    let draft = in_its_year();
    let wrong = record(&draft, &with(&delay("9"), &json!({"external_id": "M1"}))).expect(201);
    let right = record(&draft, &correcting("1", "ext:M1")).expect(201);
    assert_eq!((&right["supersedes"], &right["stands"]), (&wrong["id"], &json!(true)));
    let superseded = draft.get("/measurements/ext:M1").expect(200);
    let shown = json!({"superseded_by": right["id"], "stands": false});
    assert_eq!(superseded, with(&wrong, &shown));
    let last = record(&draft, &correcting("2", right["id"].as_str().unwrap())).expect(201);
    assert_eq!(last["supersedes"], right["id"]);
    assert_eq!(stands(&draft), [false, false, true]);
    assert_eq!(record(&draft, &correcting("3", "ext:M1")).refused(409), "superseded-already");
    // Sent again as it was, a correction is what is there.
    let keyed = with(&correcting("4", last["id"].as_str().unwrap()), &json!({"external_id": "M4"}));
    let made = record(&draft, &keyed).expect(201);
    assert_eq!(record(&draft, &keyed).expect(200), made);
}

#[test]
fn a_correction_is_of_the_same_thing_in_the_same_assignment() {
    let draft = in_its_year();
    record(&draft, &with(&delay("9"), &json!({"external_id": "M1"}))).expect(201);
    for members in [
        json!({"assignment": "ext:A2"}),
        json!({"assignment": null}),
        json!({"subject": "ext:OB1/phases/ext:F1/indicators/ext:I0"}),
        json!({"subject": "ext:OB2/indicators/ext:I1"}),
        json!({"supersedes": "ext:NESSUNA"}),
        json!({"supersedes": super::NOBODY}),
    ] {
        let refused = record(&draft, &with(&correcting("1", "ext:M1"), &members));
        assert_eq!(faults(&refused), ["/supersedes"], "{members}");
    }
    let period = json!({"period": {"from": "2025-01-01", "to": "2025-03-31"}});
    record(&draft, &with(&correcting("1", "ext:M1"), &period)).expect(201);
    assert_eq!(stands(&draft), [false, true], "even the period may have been wrong");
}

#[test]
fn of_those_that_correct_one_at_the_same_time_one_does() {
    let draft = in_its_year();
    for round in 0..3 {
        let key = format!("M{round}");
        record(&draft, &with(&delay("9"), &json!({"external_id": key}))).expect(201);
        let statuses: Vec<u16> = thread::scope(|scope| {
            let call = |figure: usize| {
                let body = correcting(&figure.to_string(), &format!("ext:M{round}"));
                let request = draft.call("segretario", "POST", "/measurements").json(&body);
                scope.spawn(move || request.send().status)
            };
            let threads: Vec<_> = (0..4).map(call).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let of = |status: u16| statuses.iter().filter(|one| **one == status).count();
        assert_eq!((of(201), of(409)), (1, 3), "{statuses:?}");
    }
}

#[test]
fn the_value_that_stands_is_the_last_of_the_latest_period() {
    let draft = in_its_year();
    let until = |to: &str, standing: &str| {
        with(&delay("1"), &json!({"period": {"from": "2025-01-01", "to": to}, "standing": standing}))
    };
    record(&draft, &until("2025-03-31", "final")).expect(201);
    record(&draft, &until("2025-06-30", "final")).expect(201);
    record(&draft, &until("2025-06-30", "provisional")).expect(201);
    record(&draft, &with(&until("2025-01-31", "provisional"), &json!({"assignment": "ext:A2"}))).expect(201);
    assert_eq!(stands(&draft), [false, true, false, true]);
}
