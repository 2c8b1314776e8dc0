//! The explanation of a score: the tree it is, and sentences to be read aloud.

use serde_json::{Value, json};

use super::{Scored, one, shown};
use crate::nouns::NOBODY;

fn explanation(scored: &Scored, node: &str) -> Value {
    scored.draft.get(&format!("/scores/{node}/explanation")).expect(200)
}

#[test]
fn every_node_is_told_as_a_tree_and_in_sentences() {
    let scored = Scored::with(&[("70", Some("90")), ("30", Some("0"))]);
    let cause = json!({"type": "sterilised", "effect": {"type": "redistributed"}, "cause": "Fondi ritirati"});
    scored.judge("OB2", &cause);
    let scores = scored.scores("");
    let comune = explanation(&scored, "comune");
    assert_eq!(comune["tree"]["outcome"], scores["comune"]["outcome"]);
    assert_eq!(comune["sentences"][0], "Il comune raggiunge 90,00 su 100 ed è nella fascia «Raggiunto».");
    let parts = |tree: &Value| tree["how"]["parts"].as_array().unwrap().clone();
    let unit = parts(&comune["tree"])[0]["scored"].clone();
    assert_eq!(explanation(&scored, unit["node"]["id"].as_str().unwrap())["tree"], unit);
    let first = parts(&unit)[0].clone();
    assert_eq!(first["scored"]["outcome"], one(&scores, "OB1")["outcome"]);
    assert_eq!((&first["weight"], &first["counts"]["shown"]), (&json!("70"), &json!("90.00")));
    let told = explanation(&scored, first["scored"]["node"]["id"].as_str().unwrap());
    assert_eq!(
        told["sentences"],
        json!([
            "L'obiettivo «Obiettivo OB1» raggiunge 90,00 su 100 ed è nella fascia «Raggiunto».",
            "Il risultato viene da un solo indicatore.",
            "L'indicatore «Indicatore di OB1» raggiunge 90,00 su 100.",
            "La formula è: più è meglio, il valore diviso per quello atteso.",
            "Il valore misurato è 90.",
            "Il piano si attende: «almeno 100 per cento».",
        ])
    );
    let leaf = parts(&first["scored"])[0]["scored"].clone();
    assert_eq!(leaf["how"]["value"], json!({"type": "number", "figure": "90"}));
    assert_eq!((&leaf["how"]["formula"], shown(&leaf["outcome"]).as_str()), (&json!("higher"), "90.00"));
    assert_eq!(explanation(&scored, leaf["node"]["id"].as_str().unwrap())["tree"], leaf);
    let judged = parts(&unit)[1]["scored"]["judged"].clone();
    assert_eq!(
        (&judged["type"], &judged["reason"], shown(&judged["computed"]).as_str()),
        (&json!("sterilised_redistributed"), &json!("Fondi ritirati"), "0.00")
    );
    let unit = explanation(&scored, unit["node"]["id"].as_str().unwrap());
    assert_eq!(
        unit["sentences"],
        json!([
            "La struttura «Area tecnica» raggiunge 90,00 su 100 ed è nella fascia «Raggiunto».",
            "Il risultato è la media di 2 obiettivi, ciascuno secondo il suo peso.",
            "L'obiettivo «Obiettivo OB1» pesa 70 e raggiunge 90,00 su 100.",
            "I pesi sommano a 100, quelli che contano a 70: 6300 diviso 70 fa 90,00.",
            "L'obiettivo «Obiettivo OB2» pesa 30 e non conta: è stata riconosciuta una causa esterna e il peso passa agli altri.",
        ])
    );
}

#[test]
fn an_assignment_tells_what_would_bring_it_into_the_next_band() {
    let scored = Scored::with(&[("100", Some("60"))]);
    let id = scored.assignment("OB1")["id"].as_str().unwrap().to_owned();
    let next = explanation(&scored, &id)["next_band"].clone();
    assert_eq!(
        (&next["band"]["code"], &next["needs"]["shown"], &next["missing"]),
        (&json!("raggiunto"), &json!("90.00"), &json!("30"))
    );
    let way = &next["ways"][0];
    assert_eq!(
        (&way["reachable"], &way["now"]["figure"], &way["value"]["figure"]),
        (&json!(true), &json!("60"), &json!("90"))
    );
    scored.measure("OB1", &super::number("90"));
    assert_eq!(explanation(&scored, &id)["next_band"], Value::Null);
}

#[test]
fn what_is_not_in_the_plan_has_no_explanation() {
    let scored = Scored::with(&[("100", None)]);
    for node in [NOBODY, "struttura"] {
        let reply = scored.draft.get(&format!("/scores/{node}/explanation"));
        assert_eq!(reply.refused(404), "not-found", "{node}");
    }
    assert_eq!(
        scored.draft.world.call("lettore", "GET", "L454", "/plans/ext:NESSUNO/scores").send().refused(404),
        "not-found"
    );
}
