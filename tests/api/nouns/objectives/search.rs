//! Words, looked for as Italian has them, inside one comune and never beyond.

use serde_json::{Value, json};

use super::super::drafts::Draft;
use super::super::{column, walk};
use crate::world::World;

fn found(world: &World, comune: &str, words: &str) -> Vec<String> {
    let token = world.token(comune, "lettore");
    let words: String = words.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let (items, _) = walk(world, &token, &format!("/v1/comuni/{comune}/objectives?words={words}&limit=2"));
    column(&items, "external_id")
}

fn filled() -> Draft {
    let draft = Draft::new();
    for (key, members) in [
        ("A", json!({"title": "Pagamento dei fornitori"})),
        ("B", json!({"title": "Apertura della biblioteca", "purpose": "Più lettori nelle scuole"})),
        ("C", json!({"title": "Cimiteri", "phases": [{"title": "Bando per le concessioni"}]})),
        (
            "D",
            json!({"title": "Tributi", "indicators": [{"name": "Avvisi di accertamento emessi"}], "laws": ["L. 190/2012"]}),
        ),
        (
            "E",
            json!({"title": "Verde", "steps": [{"how": "Potatura degli alberi"}], "notes": "Perché la città è più bella"}),
        ),
    ] {
        draft.put(&format!("/objectives/ext:{key}"), &members).expect(201);
    }
    draft
}

#[test]
fn words_are_found_in_any_form_and_in_every_part_of_an_objective() {
    let draft = filled();
    for (words, expected) in [
        ("pagamenti", &["A"][..]),
        ("PAGAMENTI fornitore", &["A"]),
        ("biblioteche", &["B"]),
        ("scuola", &["B"]),
        ("cimitero", &["C"]),
        ("concessione", &["C"]),
        ("avviso", &["D"]),
        ("accertamenti", &["D"]),
        ("potature", &["E"]),
        ("albero", &["E"]),
        ("città", &["E"]),
        ("fornitori biblioteca", &[]),
        ("fornitori or biblioteca", &["B", "A"]),
        ("\"pagamento dei fornitori\"", &["A"]),
        ("pagamento -fornitori", &[]),
        ("ferrovia", &[]),
        ("' or 1=1 --", &[]),
        ("& | ! ( ) : * <->", &[]),
    ] {
        assert_eq!(found(&draft.world, "L454", words), expected, "{words}");
    }
}

#[test]
fn every_plan_of_the_comune_is_searched_and_one_plan_alone_when_asked() {
    let draft = filled();
    let plan = json!({"external_id": "P26", "year": 2026, "kind": "standalone", "title": "Piano"});
    draft.world.call("segretario", "POST", "L454", "/plans").json(&plan).send().expect(201);
    let next = draft.world.call("segretario", "PUT", "L454", "/plans/ext:P26/objectives/ext:A26");
    next.json(&json!({"title": "Ancora pagamenti"})).send().expect(201);
    assert_eq!(found(&draft.world, "L454", "pagamento"), ["A26", "A"]);
    let here = draft.get("/objectives?words=pagamento").expect(200);
    assert_eq!(column(here["items"].as_array().unwrap(), "external_id"), ["A"]);
}

#[test]
fn the_words_of_another_comune_are_never_found() {
    let draft = filled();
    let secret = json!({"external_id": "SEGRETO", "title": "Ferrovia sopraelevata", "notes": "Pagamenti"});
    draft
        .world
        .call("segretario", "POST", "F471", "/plans/ext:demo:plan-2024/objectives")
        .json(&secret)
        .send()
        .expect(201);
    assert_eq!(found(&draft.world, "F471", "ferrovie"), ["SEGRETO"]);
    assert_eq!(found(&draft.world, "F471", "fornitori"), [""; 0]);
    assert_eq!(found(&draft.world, "L454", "ferrovia"), [""; 0]);
    assert_eq!(found(&draft.world, "L454", "pagamenti"), ["A"]);
    let stranger = draft.world.token("L454", "segretario");
    let elsewhere =
        draft.world.anonymous("GET", "/v1/comuni/F471/objectives?words=ferrovia").token(&stranger).send();
    assert_eq!(elsewhere.refused(404), "not-found");
    for role in ["platform_admin", "template_author", "benchmark_reader"] {
        let refused = draft.world.platform(role, "GET", "/v1/comuni/F471/objectives?words=ferrovia").send();
        assert_eq!(refused.refused(404), "not-found", "{role}");
    }
}

#[test]
fn a_search_wants_words() {
    let draft = filled();
    let search =
        |query: &str| draft.world.call("lettore", "GET", "L454", &format!("/objectives{query}")).send();
    for query in ["", "?words=", "?words=%20", &format!("?words={}", "x".repeat(201)), "?words=a&unit=b"] {
        assert_eq!(search(query).refused(400), "invalid-parameter", "{query}");
    }
    let only_small_words = search("?words=di+per+con").expect(200);
    assert_eq!(only_small_words["items"], Value::Array(Vec::new()));
}
