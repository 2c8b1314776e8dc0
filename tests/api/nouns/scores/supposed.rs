//! What-if: the same function on changed inputs, and nothing stored.

use serde_json::{Value, json};

use super::{Scored, number, rulebook, shown};
use crate::world::Reply;

fn simulate(scored: &Scored, body: &Value) -> Reply {
    scored.draft.call("lettore", "POST", "/simulations").json(body).send()
}

/// What becomes of the comune and of the objectives that change.
#[track_caller]
fn deltas(scored: &Scored, body: &Value) -> Vec<(String, String, String)> {
    let told = simulate(scored, body).expect(200);
    let told = told["deltas"].as_array().unwrap();
    let kinds: Vec<&Value> = told.iter().map(|delta| &delta["node"]["kind"]).collect();
    assert_eq!(kinds[..2], [&json!("comune"), &json!("unit")]);
    let told = told.iter().filter(|delta| delta["node"]["kind"] != "unit");
    let text = |delta: &Value| {
        let label = delta["node"]["label"].as_str().unwrap().to_owned();
        (label, shown(&delta["after"]), delta["difference"].as_str().unwrap_or("-").to_owned())
    };
    told.map(text).collect()
}

fn is(label: &str, after: &str, difference: &str) -> (String, String, String) {
    (label.to_owned(), after.to_owned(), difference.to_owned())
}

#[test]
fn weights_targets_values_and_rulebooks_are_supposed_and_nothing_is_stored() {
    let scored = Scored::with(&[("50", Some("80")), ("50", Some("60"))]);
    let before = scored.scores("");
    let title = scored.draft.get("").expect(200)["title"].as_str().unwrap().to_owned();
    let weight =
        json!({"weights": [{"assignment": "ext:OB1/assignments/ext:A", "weight": {"words": "150%"}}]});
    assert_eq!(deltas(&scored, &weight), [is(&title, "75.00", "5")]);
    let target =
        json!({"targets": [{"indicator": "ext:OB1/indicators/ext:I", "target": {"words": "almeno l'80%"}}]});
    assert_eq!(deltas(&scored, &target), [is(&title, "80.00", "10"), is("Obiettivo OB1", "100.00", "20")]);
    let value = json!({"values": [
        {"subject": "ext:OB2/indicators/ext:I", "assignment": "ext:A", "value": number("100")}
    ]});
    assert_eq!(deltas(&scored, &value), [is(&title, "90.00", "20"), is("Obiettivo OB2", "100.00", "40")]);
    let binary = json!({"shipped": "binary"});
    assert_eq!(
        deltas(&scored, &binary),
        [is(&title, "0.00", "-70"), is("Obiettivo OB1", "80.00", "0"), is("Obiettivo OB2", "60.00", "0")]
    );
    let own = rulebook(&scored.draft.world, "/absences/missing", json!("excluded"));
    assert_eq!(deltas(&scored, &json!({"rulebook": own})), [is(&title, "70.00", "0")]);
    assert_eq!(scored.scores(""), before);
}

#[test]
fn what_reaches_the_next_band_is_told_of_what_is_supposed() {
    let scored = Scored::with(&[("50", Some("80")), ("50", Some("95"))]);
    let id = scored.assignment("OB1")["id"].clone();
    let asked = json!({
        "next_bands": [id, "ext:OB2/assignments/ext:A"],
        "values": [{"subject": "ext:OB1/indicators/ext:I", "value": number("30")}],
    });
    let told = simulate(&scored, &asked).expect(200)["next_bands"].clone();
    assert_eq!(told.as_array().unwrap().len(), 1, "the second is in the highest band");
    assert_eq!((&told[0]["assignment"], &told[0]["band"]["code"]), (&id, &json!("parziale")));
    assert_eq!(told[0]["ways"][0]["value"], number("60"));
}

#[test]
fn what_names_nothing_in_the_plan_is_refused_at_its_place() {
    let scored = Scored::with(&[("50", Some("80")), ("50", Some("60"))]);
    let reply = simulate(
        &scored,
        &json!({
            "weights": [{"assignment": "ext:OB9/assignments/ext:A", "weight": {"words": "10%"}}],
            "targets": [{"indicator": "ext:OB1", "target": {"words": "almeno 10"}}],
            "values": [
                {"subject": "ext:OB1/indicators/ext:I", "value": number("1")},
                {"subject": "ext:OB1/indicators/ext:I9", "value": number("1")},
                {"subject": "ext:OB1/indicators/ext:I", "assignment": "ext:A9", "value": {"type": "number"}}
            ],
            "next_bands": ["ext:OB1"], "shipped": "binary", "rulebook": rulebook(&scored.draft.world, "/formulas/cap", json!("110"))
        }),
    );
    assert_eq!(reply.refused(422), "invalid");
    assert_eq!(
        reply.pointers(),
        [
            "/weights/0/assignment",
            "/targets/0/indicator",
            "/values/1/subject",
            "/values/2/value/figure",
            "/values/2/assignment",
            "/next_bands/0",
            "/shipped"
        ]
    );
}
