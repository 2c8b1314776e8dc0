//! `traguardo retention`: what is past its time is erased, in every comune, and nothing else.

use rustix::process::Signal;

use crate::place::Place;
use crate::running::{Running, run_on};

/// A final sheet of every member of two comuni but the segretario, finished long ago.
const SHEETS: &str = r#"
    insert into persons.sheets (comune, id, salt, plan, year, person, evaluator, category, state, content, steps, total, top, finished_at)
    select m.comune, gen_random_uuid(), gen_random_uuid(), p.id, 2019, m.id, e.id, 'staff', 'final',
        '{"category": "staff", "scheme": {"name": "X", "objection_days": 15},
          "components": [{"code": "A", "kind": "unit", "title": "X", "weight": "100", "points": "80"}]}',
        json_build_array(json_build_object('move', json_build_object('type', 'finish'), 'at', '2020-05-31T21:59:59Z', 'by', e.id)),
        '80', false, '2020-05-31T21:59:59Z'
    from members m join plans p using (comune) join members e on e.comune = m.comune and e.external_id = 'demo:segretario'
    where m.id <> e.id and m.comune in ('L454', 'F471')"#;

#[test]
fn sheets_past_their_time_are_erased_and_the_trail_goes_on_verifying() {
    let place = Place::new();
    let service = Running::demo(&place);
    place.ask(SHEETS);
    let count = place.ask("select count(*) from persons.sheets where comune = 'L454'");
    service.stopped_by(Signal::TERM).well();
    let line = |out: &str, comune: &str| {
        out.lines().find(|line| line.starts_with(comune)).unwrap_or_default().to_owned()
    };

    // The demo's hours of training are of later years.
    let none = "0 entries of training erased";
    let future = run_on(&place, &["retention", "--before", "2100-01-01"]).refusal();
    assert!(future.contains("--before"), "{future}");
    // The last second of May in Italy: not before the 31st, and before the 1st of June.
    let kept = run_on(&place, &["retention", "--before", "2020-05-31"]).well().out;
    assert_eq!(line(&kept, "L454"), format!("L454: 0 sheets erased, 0 figures kept without a name; {none}"));
    let tried = run_on(&place, &["retention", "--before", "2020-06-01", "--dry-run"]).well().out;
    assert_eq!(
        line(&tried, "L454"),
        format!("L454: {count} sheets and 0 entries of training would be erased")
    );
    let erased = run_on(&place, &["retention", "--before", "2020-06-01"]).well().out;
    assert_eq!(
        line(&erased, "L454"),
        format!("L454: {count} sheets erased, {count} figures kept without a name; {none}")
    );
    assert!(line(&erased, "F471").starts_with(&format!("F471: {count} sheets erased")), "{erased}");
    assert_eq!(
        line(&erased, "G004"),
        format!("G004: 0 sheets erased, 0 figures kept without a name; {none}")
    );
    assert_eq!(line(&erased, "Z000"), "", "the platform has none");
    run_on(&place, &["check", "audit"]).well();
}

#[test]
fn training_past_its_time_is_erased_in_every_comune() {
    let place = Place::new();
    Running::demo(&place).stopped_by(Signal::TERM).well();
    let erased = |before: &str| {
        let out = run_on(&place, &["retention", "--before", before]).well().out;
        let line = out.lines().find(|line| line.starts_with("L454")).unwrap().to_owned();
        let (_, entries) = line.rsplit_once("; ").unwrap();
        entries.split_once(' ').unwrap().0.parse::<u32>().unwrap()
    };
    assert_eq!(erased("2025-12-31"), 0, "the year is not over before its last day");
    assert!(erased("2026-01-01") > 0);
    assert_eq!(erased("2026-01-01"), 0);
    run_on(&place, &["check", "audit"]).well();
}
