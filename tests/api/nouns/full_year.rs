//! A full year of the five plans of the demo, played over HTTP by role from the rulebook to the closing, each step on its day: what
//! the year comes to, quarter by quarter, and what stays of it.

mod watched;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use traguardo_domain::access::Doorkeeper;
use traguardo_domain::audit::Occasion;
use traguardo_domain::role::Role;
use traguardo_domain::{ComuneCode, Vocabulary as _};
use traguardo_persistence::audit;
use traguardo_server::commands;
use traguardo_server::year::{Part, Tokens, outcome, parts, play};

use super::column;
use crate::world::{TestDatabase, Wishes, World};
use watched::{Again, Watched};

/// What each plan came to: how many objectives, values and changes; the comune's result at the end of each quarter as it was
/// known on the day of its values, and at the end, judged; its degree.
struct Came {
    comune: &'static str,
    objectives: usize,
    values: usize,
    changes: &'static [&'static str],
    quarters: [&'static str; 4],
    result: &'static str,
    exact: &'static str,
    band: &'static str,
}

const CAME: [Came; 5] = [
    Came {
        comune: "Z900",
        objectives: 18,
        values: 0,
        changes: &[],
        quarters: ["", "", "", ""],
        result: "",
        exact: "",
        band: "",
    },
    Came {
        comune: "Z901",
        objectives: 71,
        values: 0,
        changes: &[],
        quarters: ["", "", "", ""],
        result: "",
        exact: "",
        band: "",
    },
    Came {
        comune: "L454",
        objectives: 38,
        values: 0,
        changes: &[],
        quarters: ["", "", "", ""],
        result: "",
        exact: "",
        band: "",
    },
    Came {
        comune: "F471",
        objectives: 147,
        values: 0,
        changes: &[],
        quarters: ["", "", "", ""],
        result: "",
        exact: "",
        band: "",
    },
    Came {
        comune: "G004",
        objectives: 127,
        values: 0,
        changes: &[],
        quarters: ["", "", "", ""],
        result: "",
        exact: "",
        band: "",
    },
];

fn tokens(world: &World, comune: &str) -> Tokens {
    let roles = Role::all().iter().filter(|role| !role.is_of_platform());
    roles.map(|role| (*role, world.token(comune, role.word()))).collect()
}

/// What a reader finds below a plan.
fn read(world: &World, part: Part<'_>, path: &str) -> Value {
    let comune = part.comune.to_string();
    world.call("lettore", "GET", &comune, &format!("/plans/ext:{}{path}", part.plan)).send().expect(200)
}

/// The entries of a comune's audit trail, when every one of them is linked to the one before.
fn entries(world: &World, comune: ComuneCode) -> i64 {
    let occasion = Occasion { at: commands::now(), request_id: "test".to_owned() };
    world.database.tenant(&Doorkeeper.look_up(comune), occasion, audit::verify).unwrap().unwrap()
}

#[test]
fn a_year_is_played_by_role_from_the_rulebook_to_the_closing() {
    let world = World::on(TestDatabase::demo_of_its_own(), Wishes::default());
    for (part, came) in parts().zip(&CAME) {
        assert_eq!(part.comune.to_string(), came.comune);
        let tokens = tokens(&world, came.comune);
        let mut watched = Watched::new(&world, part);
        play(&world.url, part, &tokens, &mut watched).unwrap();
        assert!(watched.refused > 20, "{}: every step was tried by somebody else first", came.comune);
        assert_eq!(
            watched.payable,
            [("certify", false), ("adopt_report", false), ("validate_report", true), ("close", true)],
            "nothing is paid before the validation"
        );

        the_result_grew_quarter_by_quarter(&world, part, came);
        the_report_lists_everything(&world, part, came);
        the_certified_results_are_computed_again_digit_by_digit(&world, part);
        let told = outcome(&world.url, part, &tokens).unwrap();
        assert_eq!((told.values, told.result.as_str()), (came.values, came.result), "{}", came.comune);

        let before = entries(&world, part.comune);
        let mut again = Again::default();
        play(&world.url, part, &tokens, &mut again).unwrap();
        assert_eq!(again, Again { asked: 0, made: 0, stood: again.stood }, "{}: it stands", came.comune);
        assert_eq!(entries(&world, part.comune), before);
    }
}

/// The exact results hold for the first comune because they are these sums: see the golden figures.
fn the_result_grew_quarter_by_quarter(world: &World, part: Part<'_>, came: &Came) {
    let year: i32 = part.plan.trim_start_matches("PIANO-").parse().unwrap();
    let days = [
        format!("{year}-04-10"),
        format!("{year}-07-10"),
        format!("{year}-10-15"),
        format!("{}-01-31", year + 1),
    ];
    let result = |day: &String| {
        let scores = read(world, part, &format!("/scores?at={day}"));
        scores["comune"]["outcome"]["shown"].as_str().unwrap_or("-").to_owned()
    };
    assert_eq!(days.each_ref().map(result), came.quarters, "{}", came.comune);
    let scores = read(world, part, "/scores");
    let comune = &scores["comune"];
    let at_the_end = (&comune["outcome"]["shown"], &comune["outcome"]["percent"], &comune["band"]["code"]);
    assert_eq!(at_the_end, (&json!(came.result), &json!(came.exact), &json!(came.band)), "{}", came.comune);
    let figures = came.quarters.map(|figure| figure.parse::<f64>().unwrap());
    assert!(figures.is_sorted(), "{}: {figures:?}", came.comune);
}

fn the_report_lists_everything(world: &World, part: Part<'_>, came: &Came) {
    assert_eq!(read(world, part, "")["state"], "closed", "{}", came.comune);
    let read_report = read(world, part, "/report");
    let report = &read_report["report"];
    let sealed = read(world, part, "/versions/current");
    let listed = column(report["objectives"].as_array().unwrap(), "id");
    assert_eq!(listed, column(sealed["objectives"].as_array().unwrap(), "id"), "{}: in order", came.comune);
    assert_eq!(listed.len(), came.objectives, "{}", came.comune);
    assert_eq!(read_report["adopted"]["act"]["number"], "DIMOSTRATIVA-3");
    assert_eq!(read_report["validated"]["act"]["kind"], "evaluation_opinion");

    let variations = report["variations"].as_array().unwrap();
    assert_eq!(variations.len(), 1, "{}: {variations:?}", came.comune);
    assert_eq!(variations[0]["act"]["number"], "DIMOSTRATIVA-2");
    let reason = variations[0]["reason"].as_str().unwrap();
    assert!(reason.contains("rinviato di un anno"), "{reason}");
    assert_eq!(variations[0]["changes"], json!(came.changes), "{}", came.comune);

    let causes: BTreeMap<String, Value> = report["sterilisations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let judgement = &one["judgement"];
            (judgement["cause"].as_str().unwrap().to_owned(), judgement["effect"].clone())
        })
        .collect();
    let expected = [
        ("I fondi regionali sono stati ritirati dopo la gara.", json!({"type": "redistributed"})),
        ("Il cantiere si è fermato due mesi per l'alluvione.", json!({"type": "exogenous", "percent": "50"})),
    ];
    assert_eq!(causes, expected.map(|(cause, effect)| (cause.to_owned(), effect)).into(), "{}", came.comune);
}

fn the_certified_results_are_computed_again_digit_by_digit(world: &World, part: Part<'_>) {
    let verified = read(world, part, "/scores/verification");
    let certified = &verified["certified"];
    for right in ["same_inputs", "same_results"] {
        assert_eq!(certified[right], true, "{right}: {verified}");
    }
    for tree in [&verified["tree"], &certified["tree"]] {
        assert_eq!((&tree["correct"], &tree["mismatches"]), (&json!(true), &json!([])), "{verified}");
    }
}
