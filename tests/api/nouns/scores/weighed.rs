//! Weights: sums that do not close, classes, bands on their edges, days.

use serde_json::{Value, json};

use super::{Scored, number, one, shown};
use crate::nouns::drafts::Draft;
use crate::world::World;

const SIX: [(&str, Option<&str>); 6] = [
    ("10", Some("100")),
    ("10", Some("80")),
    ("10", Some("90")),
    ("10", Some("100")),
    ("30", Some("0")),
    ("30", Some("100")),
];

fn area(scores: &Value) -> Value {
    let units = scores["units"].as_array().unwrap();
    units.iter().find(|unit| unit["code"] == "AREA-2").unwrap().clone()
}

#[test]
fn six_weighted_objectives_make_sixty_seven_and_without_the_fifth_ninety_five_and_seventy_one() {
    let scored = Scored::with(&SIX);
    let before = scored.scores("");
    assert_eq!(shown(&before["comune"]["outcome"]), "67.00");
    assert_eq!(area(&before)["sums"]["raw"], json!({"percent": "67", "shown": "67.00"}));
    scored.judge(
        "OB5",
        &json!({"type": "sterilised", "effect": {"type": "redistributed"}, "cause": "Fondi ritirati"}),
    );
    let after = scored.scores("");
    let unit = area(&after);
    assert_eq!(shown(&unit["outcome"]), "95.71");
    assert_eq!(unit["outcome"]["percent"], "95.714285714286");
    assert_eq!(
        unit["sums"],
        json!({
            "weight": "100", "counted": "70", "sum": "6700", "raw": {"percent": "67", "shown": "67.00"},
            "normalised": {"percent": "95.714285714286", "shown": "95.71"}
        })
    );
    assert_eq!((&unit["band"]["code"], &unit["warning"]), (&json!("raggiunto"), &Value::Null));
    let fifth = one(&after, "OB5");
    assert_eq!(
        (shown(&fifth["outcome"]), shown(&fifth["computed"])),
        ("sterilised".to_owned(), "0.00".to_owned())
    );
    assert_eq!((&fifth["weight"], &fifth["counts"]), (&json!("30"), &Value::Null));
    assert_eq!(shown(&after["comune"]["outcome"]), "95.71");
}

#[test]
fn weights_that_do_not_make_a_hundred_are_divided_by_what_they_make_and_told() {
    let scored = Scored::with(&[("50", Some("100")), ("10", Some("40"))]);
    let unit = area(&scored.scores(""));
    assert_eq!(
        (&unit["sums"]["raw"]["shown"], &unit["sums"]["normalised"]["shown"]),
        (&json!("54.00"), &json!("90.00"))
    );
    let told =
        "I pesi degli obiettivi sommano a 60 e non a 100: il risultato è diviso per il peso che conta.";
    assert_eq!(unit["warning"], told);
}

#[test]
fn what_is_asked_is_told_and_how_it_is_rounded() {
    let scored = Scored::with(&[("60", Some("90")), ("40", None)]);
    let scores = scored.scores("");
    assert_eq!(scores["at"], "2026-01-15");
    assert_eq!(scores["plan_version"], 1);
    assert_eq!(scores["rulebook"]["shipped"], "three_levels");
    assert_eq!(
        scores["rounding"],
        json!({"computed_places": 12, "shown_places": 2, "mode": "half_up", "bands_on": "computed"})
    );
    assert_eq!(shown(&one(&scores, "OB2")["outcome"]), "missing");
    assert_eq!(one(&scores, "OB2")["counts"], json!({"percent": "0", "shown": "0.00"}));
    assert_eq!(shown(&scores["comune"]["outcome"]), "54.00");
    let unit = area(&scores);
    let of_unit = scored.scores(&format!("?unit={}", unit["id"].as_str().unwrap()));
    assert_eq!((&of_unit["units"], &of_unit["assignments"]), (&json!([unit]), &scores["assignments"]));
    for query in ["?unit=00000000-0000-7000-8000-000000000000", "?at=2025-1-1", "?boh=1"] {
        assert_eq!(scored.draft.get(&format!("/scores{query}")).refused(400), "invalid-parameter");
    }
}

#[test]
fn the_edge_of_a_band_belongs_to_the_band_above() {
    let scored = Scored::with(&[("100", Some("1"))]);
    for (value, band) in [
        ("0", "non-raggiunto"),
        ("59.999999", "non-raggiunto"),
        ("60", "parziale"),
        ("89.999999", "parziale"),
        ("90", "raggiunto"),
        ("100", "raggiunto"),
    ] {
        scored.measure("OB1", &number(value));
        assert_eq!(scored.assignment("OB1")["band"]["code"], band, "{value}");
    }
}

#[test]
fn a_day_is_scored_by_what_was_known_then() {
    let scored = Scored::with(&[("100", Some("40"))]);
    scored.draft.world.move_to("2026-02-01");
    scored.measure("OB1", &number("80"));
    let at = |day: &str| shown(&scored.scores(&format!("?at={day}"))["comune"]["outcome"]);
    assert_eq!([at("2026-01-14"), at("2026-01-15"), at("2026-01-31")], ["missing", "40.00", "40.00"]);
    assert_eq!([at("2026-02-01"), at("2026-12-31")], ["80.00", "80.00"]);
    assert_eq!(at("2025-12-31"), "not_due");
}

/// A plan of classes: thirty-four operative objectives and nineteen strategic ones in one department.
fn classes() -> Draft {
    let objective = |place: usize| {
        let class = if place < 34 { "1" } else { "2" };
        json!({
            "external_id": format!("C{place}"), "title": format!("Obiettivo {place}"),
            "assignments": [{"external_id": "A", "unit_code": "AREA-2", "weight": {"value": {"type": "class", "class": class}}}],
            "indicators": [{"external_id": "I", "name": "Quanto", "target": super::at_least("100")}],
        })
    };
    let draft = Draft::of(World::new(), "L454", "/plans/ext:CLASSI");
    let document = json!({
        "format": "traguardo.plan.v1", "comune": "L454",
        "plan": {"external_id": "CLASSI", "year": 2024, "kind": "peg_pdo", "title": "Piano di classi", "scale": [
            {"code": "1", "label": "rilevante operativo", "coefficient": "1"},
            {"code": "2", "label": "rilevante strategico", "coefficient": "2"}]},
        "objectives": (0..53).map(objective).collect::<Vec<_>>(),
    });
    draft.put("/document", &document).expect(201);
    draft
}

#[test]
fn an_operative_objective_of_seventy_two_weighs_one_and_a_strategic_one_two() {
    let draft = classes();
    draft.world.move_to("2026-01-15");
    let alone = |key: &str| {
        let full = json!({"subject": format!("ext:{key}/indicators/ext:I"), "value": number("100")});
        let told = draft.post("/simulations", &json!({"values": [full]})).expect(200);
        told["deltas"][0]["after"]["percent"].as_str().unwrap().to_owned()
    };
    assert_eq!([alone("C0"), alone("C52")], ["1.388888888889", "2.777777777778"]);
    let unit = area(&draft.get("/scores").expect(200));
    assert_eq!((&unit["sums"]["weight"], &unit["warning"]), (&json!("72"), &Value::Null));
    assert_eq!(shown(&unit["outcome"]), "missing");
}
