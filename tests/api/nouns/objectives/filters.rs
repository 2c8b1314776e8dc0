//! Finding objectives by what they say: each filter alone, and all of them together.

use serde_json::{Value, json};

use super::super::drafts::{Draft, on, percent};
use super::super::{NOBODY, column};

fn keys(draft: &Draft, query: &str) -> Vec<String> {
    let list = draft.get(&format!("/objectives?{query}")).expect(200);
    let mut keys = column(list["items"].as_array().unwrap(), "external_id");
    keys.sort();
    keys
}

fn unit(draft: &Draft, key: &str) -> String {
    let unit =
        draft.world.call("lettore", "GET", "L454", &format!("/units/ext:demo:{key}")).send().expect(200);
    unit["id"].as_str().unwrap().to_owned()
}

fn assigned(unit: &str, responsible: &str) -> Value {
    json!([{"unit_code": unit, "responsible": responsible, "weight": percent("100")}])
}

fn filled() -> Draft {
    let draft = Draft::new();
    draft.add(&json!({
        "external_id": "A", "title": "Sportello", "kinds": ["operational", "transversal"], "template": "T1",
        "programmes": [{"code": "01.02"}, {"code": "12.05"}], "deadline": on("2025-06-30"),
        "assignments": assigned("AREA-1", "Responsabile amministrativo")
    }));
    draft.add(&json!({
        "external_id": "B", "title": "Strade", "kinds": ["strategic"], "programmes": [{"code": "01.01", "label": "Organi"}],
        "phases": [{"title": "Gara", "deadline": on("2025-03-31")}, {"title": "Lavori", "deadline": on("2025-11-30")}],
        "assignments": assigned("AREA-2", "Responsabile tecnico")
    }));
    draft.add(&json!({
        "external_id": "C", "title": "Archivio", "kinds": ["operational"], "template": "T10",
        "indicators": [{"name": "Faldoni", "deadline": {"value": {"type": "month", "month": 9}}}],
        "assignments": assigned("AREA-1.2", "Responsabile tecnico")
    }));
    draft.add(&json!({"external_id": "D", "title": "Di nessuno"}));
    draft
}

#[test]
fn objectives_are_found_by_the_subtree_of_a_unit() {
    let draft = filled();
    let found = |key: &str| keys(&draft, &format!("unit={}", unit(&draft, key)));
    assert_eq!(found("area-1"), ["A", "C"], "its own and those below it");
    assert_eq!(found("area-1.2"), ["C"]);
    assert_eq!(found("area-1.1"), [""; 0]);
    assert_eq!(found("area-2"), ["B"]);
    assert_eq!(keys(&draft, &format!("unit={NOBODY}")), [""; 0]);
}

#[test]
fn objectives_are_found_by_kind_programme_template_and_responsible() {
    let draft = filled();
    for (query, expected) in [
        ("", &["A", "B", "C", "D"][..]),
        ("kind=operational", &["A", "C"]),
        ("kind=transversal", &["A"]),
        ("kind=common", &[]),
        ("programme=01.02", &["A"]),
        ("programme=12.05", &["A"]),
        ("programme=01.", &["A", "B"]),
        ("programme=12.", &["A"]),
        ("programme=02.", &[]),
        ("template=T1", &["A"]),
        ("template=T10", &["C"]),
        ("responsible=Responsabile%20tecnico", &["B", "C"]),
        ("responsible=Responsabile", &[]),
        ("kind=operational&programme=01.&template=T1", &["A"]),
        ("kind=operational&responsible=Responsabile%20tecnico", &["C"]),
    ] {
        assert_eq!(keys(&draft, query), expected, "{query}");
    }
}

#[test]
fn objectives_are_found_by_when_something_in_them_is_due() {
    let draft = filled();
    for (query, expected) in [
        ("due_from=2025-06-30", &["A", "B", "C"][..]),
        ("due_from=2025-07-01", &["B", "C"]),
        ("due_from=2025-12-01", &[]),
        ("due_to=2025-03-31", &["B"]),
        ("due_to=2025-03-30", &[]),
        ("due_to=2025-06-30", &["A", "B"]),
        ("due_from=2025-09-30&due_to=2025-10-31", &["C"]),
        ("due_from=2025-03-01&due_to=2025-03-31", &["B"]),
    ] {
        assert_eq!(keys(&draft, query), expected, "{query}");
    }
}

#[test]
fn objectives_are_found_by_what_the_review_says_of_them() {
    let draft = filled();
    let impossible =
        json!({"type": "impossible", "written_day": 31, "written_month": 6, "written_year": 2025});
    draft.add(&json!({"external_id": "E", "title": "Impossibile", "deadline": {"words": "31.06.2025", "value": impossible}}));
    assert_eq!(keys(&draft, "finding=E01"), ["E"]);
    let findings = draft.get("/findings?code=E01").expect(200);
    assert_eq!((&findings["errors"], findings["items"].as_array().unwrap().len()), (&json!(1), 1));
    let finding = &findings["items"][0];
    assert_eq!(finding["place"]["pointer"], "/objectives/4/deadline", "{finding}");
    assert_eq!(finding["words"], "31.06.2025");
    assert_eq!(keys(&draft, "finding=E21"), [""; 0]);
}

#[test]
fn what_changes_is_found_as_it_is_now() {
    let draft = filled();
    let other = json!({"title": "Ferrovia", "template": "T2", "phases": [], "assignments": [{"unit_code": "AREA-1.1"}]});
    draft.put_at("/objectives/ext:B", "*", &other).expect(200);
    assert_eq!(keys(&draft, &format!("unit={}", unit(&draft, "area-2"))), [""; 0]);
    assert_eq!(keys(&draft, &format!("unit={}", unit(&draft, "area-1.1"))), ["B"]);
    assert_eq!(keys(&draft, "programme=01."), ["A"]);
    assert_eq!(keys(&draft, "due_from=2025-11-01"), [""; 0]);
    assert_eq!(keys(&draft, "template=T2"), ["B"]);
    assert_eq!(keys(&draft, "words=strade"), [""; 0]);
    draft.delete("/objectives/ext:B").expect(204);
    assert_eq!(keys(&draft, "template=T2"), [""; 0]);
}

#[test]
fn a_filter_nobody_can_mean_is_refused_by_its_name() {
    let draft = filled();
    for (query, parameter) in [
        ("unit=x", "unit"),
        ("kind=importante", "kind"),
        ("programme=1.2", "programme"),
        ("programme=0102", "programme"),
        ("programme=01.2", "programme"),
        ("due_from=31/12/2025", "due_from"),
        ("due_to=2025-02-30", "due_to"),
        ("template=due%20parole", "template"),
        ("finding=E99", "finding"),
        ("finding=e01", "finding"),
        ("words=%20", "words"),
        ("responsible=%09", "responsible"),
        ("peso=10", "peso"),
    ] {
        let refused = draft.get(&format!("/objectives?{query}"));
        let expected = ("invalid-parameter".to_owned(), vec![parameter.to_owned()]);
        assert_eq!((refused.refused(400), refused.pointers()), expected, "{query}");
    }
}
