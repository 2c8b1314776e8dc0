//! A full year of the five plans of the demo, played over HTTP by role from the rulebook to the closing, each step on its day: what
//! the year comes to, quarter by quarter, and what stays of it.

mod watched;

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

/// What each year came to: the objectives of the report and the values recorded; the comune's result as it was known when the values
/// of each quarter were in, and at the end, judged: as shown, exactly, and its degree.
///
/// The first one by hand, from the weights of its plan and the results of its objectives:
/// - AC: (15 x 85 + 5 x 60 + 10 x 100 + 10 x 100 + 30 x 100 + 30 x 100) / 100 = 95.75
/// - AT: (10 x 100 + 10 x 97.5 + 10 x 67.5 + 10 x 100 + 30 x 100) / 70 = 95, without the 30 that are so many of none
/// - SEG: (10 x 75 + 10 x 85 + 10 x 100 + 30 x 97.619047619048) / 60 = 92.142857142857, without the 20 that are sterilised and the 20
///   that cannot be judged; 75 is 50 with half of what is missing forgiven, 85 was decided, 97.619047619048 is the mean of
///   100 and of 100 / 1.05, for a figure that came out a twentieth too high
/// - the comune: (95.75 + 95 + 92.142857142857) / 3 = 94.297619047619
const CAME: [&str; 5] = [
    "Z900: 18 objectives, 177 values; 32.11 56.49 73.12 82.01; judged 94.30 (94.297619047619), raggiunto",
    "Z901: 71 objectives, 245 values; 20.62 45.56 69.18 80.95; judged 85.20 (85.201916429004), parziale",
    "L454: 38 objectives, 161 values; 21.17 49.17 70.42 78.49; judged 83.92 (83.922619047619), parziale",
    "F471: 147 objectives, 597 values; 23.22 51.31 72.07 82.31; judged 82.72 (82.721833581073), parziale",
    "G004: 127 objectives, 481 values; 0.00 39.98 64.79 77.79; judged 78.90 (78.898103707887), quasi-pieno",
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
    let mut came = Vec::new();
    for part in parts() {
        let comune = part.comune.to_string();
        let tokens = tokens(&world, &comune);
        let mut watched = Watched::new(&world, part);
        play(&world.url, part, &tokens, &mut watched).unwrap();
        assert!(watched.refused > 20, "{comune}: every step was tried by somebody else first");
        assert_eq!(
            watched.payable,
            [("certify", false), ("adopt_report", false), ("validate_report", true), ("close", true)],
            "{comune}: nothing is paid before the validation"
        );
        assert_eq!(read(&world, part, "")["state"], "closed", "{comune}");
        the_report_lists_every_objective_and_what_varied(&world, part);
        the_report_tells_what_was_sterilised_and_why(&world, part);
        the_certified_results_are_computed_again_digit_by_digit(&world, part);

        let before = entries(&world, part.comune);
        let mut again = Again::default();
        play(&world.url, part, &tokens, &mut again).unwrap();
        assert_eq!((again.asked, again.made), (0, 0), "{comune}: it stands");
        assert_eq!(entries(&world, part.comune), before, "{comune}");

        let told = outcome(&world.url, part, &tokens).unwrap();
        let (objectives, values) = (told.objectives, told.values);
        let grew = quarter_by_quarter(&world, part);
        came.push(format!(
            "{comune}: {objectives} objectives, {values} values; {grew}; {}",
            judged(&world, part)
        ));
    }
    assert_eq!(came, CAME);
    why_an_objective_was_sterilised_can_be_read_aloud(&world);
}

/// The result of the comune as it was known when the values of each quarter were in.
fn quarter_by_quarter(world: &World, part: Part<'_>) -> String {
    let year: i32 = part.plan.trim_start_matches("PIANO-").parse().unwrap();
    let days = [
        format!("{year}-04-10"),
        format!("{year}-07-10"),
        format!("{year}-10-15"),
        format!("{}-01-31", year + 1),
    ];
    let shown = days.map(|day| {
        let scores = read(world, part, &format!("/scores?at={day}"));
        scores["comune"]["outcome"]["shown"].as_str().unwrap_or("nothing").to_owned()
    });
    let grew = shown[..3].iter().is_sorted_by_key(|shown| shown.parse::<f64>().unwrap_or_default());
    assert!(grew, "{}: {shown:?}", part.comune);
    shown.join(" ")
}

/// The result of the comune in the end, judged.
fn judged(world: &World, part: Part<'_>) -> String {
    let comune = &read(world, part, "/scores")["comune"];
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (shown, exact) = (text(&comune["outcome"]["shown"]), text(&comune["outcome"]["percent"]));
    let report = read(world, part, "/report");
    assert_eq!(report["report"]["result"]["shown"], shown, "the report says the same");
    format!("judged {shown} ({exact}), {}", text(&comune["band"]["code"]))
}

fn the_report_lists_every_objective_and_what_varied(world: &World, part: Part<'_>) {
    let comune = part.comune;
    let read_report = read(world, part, "/report");
    let report = &read_report["report"];
    let sealed = read(world, part, "/versions/current");
    let listed = column(report["objectives"].as_array().unwrap(), "id");
    assert_eq!(listed, column(sealed["objectives"].as_array().unwrap(), "id"), "{comune}: in order");
    assert_eq!(report["plan_version"], 2, "{comune}: as varied");
    assert_eq!(read_report["adopted"]["act"]["number"], "DIMOSTRATIVA-3");
    assert_eq!(read_report["validated"]["act"]["kind"], "evaluation_opinion");
    let variations = report["variations"].as_array().unwrap();
    assert_eq!(variations.len(), 1, "{comune}: {variations:?}");
    assert_eq!(variations[0]["act"]["number"], "DIMOSTRATIVA-2");
    let reason = variations[0]["reason"].as_str().unwrap();
    assert!(reason.contains("rinviato di un anno"), "{reason}");
    let changes = variations[0]["changes"].as_array().unwrap();
    let varied = |change: &Value| change.as_str().unwrap().starts_with("Modificato: ");
    assert!(!changes.is_empty() && changes.iter().all(varied), "{comune}: {changes:?}");
    if comune.to_string() == "L454" {
        let told = ["Monitoraggio tempi dei procedimenti", "Trasparenza"]
            .map(|title| format!("Modificato: {title}; SF Settore finanziario (weight)"));
        let binds = |change: &&Value| {
            let told = change.as_str().unwrap();
            told.ends_with("(template_version)") || told.ends_with("(template_indicator)")
        };
        let (bound, other): (Vec<_>, Vec<_>) = changes.iter().partition(binds);
        assert_eq!(
            other,
            told.map(Value::from).iter().collect::<Vec<_>>(),
            "an assignment is told by its objective"
        );
        assert!(bound.len() > 40, "objectives are bound as suggested: {bound:?}");
    }
}

fn the_report_tells_what_was_sterilised_and_why(world: &World, part: Part<'_>) {
    let report = read(world, part, "/report");
    let one = |one: &Value| {
        let judgement = &one["judgement"];
        (judgement["cause"].as_str().unwrap().to_owned(), judgement["effect"].clone())
    };
    let sterilised: Vec<_> = report["report"]["sterilisations"].as_array().unwrap().iter().map(one).collect();
    let expected = [
        ("La norma che lo chiedeva è stata abrogata a settembre.", json!({"type": "redistributed"})),
        ("La piattaforma nazionale è rimasta ferma due mesi.", json!({"type": "exogenous", "percent": "50"})),
    ];
    let expected = expected.map(|(cause, effect)| (cause.to_owned(), effect));
    assert_eq!(sterilised, expected, "{}", part.comune);
}

fn why_an_objective_was_sterilised_can_be_read_aloud(world: &World) {
    let part = parts().next().unwrap();
    let report = read(world, part, "/report");
    let sterilised = report["report"]["sterilisations"][1]["assignment"].as_str().unwrap().to_owned();
    let explained = read(world, part, &format!("/scores/{sterilised}/explanation"));
    let sentences: Vec<_> =
        explained["sentences"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    for aloud in [
        "Il risultato è la media di 2 fasi, tutte con lo stesso peso.",
        "I pesi sommano a 100: 5000 diviso 100 fa 50,00.",
        "L'organo di valutazione ha riconosciuto una causa esterna (inerzia di un altro ente), «La piattaforma nazionale è rimasta ferma due mesi.»: di quanto manca a 100 è riconosciuta la parte di 50 su 100, e il risultato sale a 75,00; il risultato calcolato è 50,00 su 100.",
    ] {
        assert!(sentences.contains(&aloud), "{aloud}: {sentences:#?}");
    }
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
