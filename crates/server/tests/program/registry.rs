//! `traguardo registry`: a file is loaded whole as the next edition, or not at all.

use rustix::process::Signal;

use crate::place::Place;
use crate::running::{Running, run_on};

const HEADER: &str = "code;name;province;region;valid_from;valid_to;successor;residents;residents_on";

#[test]
fn a_registry_is_loaded_whole_as_the_next_edition_or_not_at_all() {
    let place = Place::new();
    let service = Running::demo(&place);
    let edition = || {
        place
            .ask("select max(number) || ' ' || (select count(*) from registry_comuni) from registry_editions")
    };
    let before = edition();
    assert!(before.starts_with("1 "), "the demo has a registry: {before}");

    let good = format!(
        "{HEADER}\nA001;Comune inventato Uno;MI;03;1861-03-17;2019-12-31;A002;;\n\
         A002;Comune inventato Due;MI;03;2020-01-01;;;5000;2023-12-31\n"
    );
    let good = place.file("good.csv", &good);
    let wrong =
        format!("{HEADER}\nA001;;MI;21;1861-03-17;;;;\nA002;Comune inventato Due;MI;03;2020-01-01;;;;\n");
    let wrong = place.file("wrong.csv", &wrong);
    let load = |file: &std::path::Path, more: &[&str]| {
        let file = file.to_string_lossy().into_owned();
        let words = ["registry", &file, "--source", "Elenco di prova", "--state-on", "2026-01-01"];
        run_on(&place, &[&words[..], more].concat())
    };
    service.stopped_by(Signal::TERM).well();

    let refused = load(&wrong, &[]).refusal();
    assert!(
        refused.contains("2 faults") && refused.contains("2, name") && refused.contains("2, region"),
        "{refused}"
    );
    let tried = load(&good, &["--dry-run"]).well().out;
    assert!(tried.contains("2 lines, nothing wrong"), "{tried}");
    let loaded = load(&good, &[]).well().out;
    assert_eq!(loaded.trim(), "Edition 2 of the registry: 2 lines");
    let again = Running::demo(&place);
    assert_eq!(edition(), "2 2", "and a demo that starts again leaves it as it is");
    again.stopped_by(Signal::TERM).well();
    run_on(&place, &["check", "audit", "--comune", "Z000"]).well();
}
