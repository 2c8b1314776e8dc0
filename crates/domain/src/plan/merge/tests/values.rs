use super::*;

fn due(words: &str, value: &Value) -> Value {
    json!({ "words": words, "value": value })
}

#[test]
fn a_value_somebody_settled_over_the_same_words_survives() {
    let impossible =
        json!({ "type": "impossible", "written_day": 31, "written_month": 6, "written_year": 2025 });
    let settled = json!({ "type": "date", "day": "2025-06-30" });
    let at = "/objectives/0/deadline";
    let base = rows(301, &[(101, PAYMENTS)]);
    let before = with(&base, at, due("31.06.2025", &settled));
    let file = with(&base, at, due("31.06.2025 ", &impossible));
    assert_eq!(changes(&before, &merged(&before, &file).document), Vec::<String>::new());
    let other = with(&base, at, due("30.09.2025", &json!({ "type": "date", "day": "2025-09-30" })));
    let changed = [format!("changed objective 1 {PAYMENTS}: deadline")];
    assert_eq!(changes(&before, &merged(&before, &other).document), changed);
    let unread = with(&base, at, due("31.06.2025", &impossible));
    let now_read = with(&base, at, due("31.06.2025", &settled));
    assert_eq!(changes(&unread, &merged(&unread, &now_read).document), changed);
}

#[test]
fn what_the_file_does_not_say_stays() {
    let file = rows(301, &[(101, PAYMENTS)]);
    let mut before = file.clone();
    for (member, value) in [
        ("template", json!("T1")),
        ("areas", json!(["b"])),
        ("continues", json!(Uuid::from_u128(7))),
        ("notes", json!("Da rivedere")),
        ("cup", json!(["C11B22000000001"])),
        ("deadline", json!({ "value": { "type": "continuous" } })),
        ("indicators", json!([{ "id": Uuid::from_u128(600), "name": "Giorni medi" }])),
    ] {
        before = with(&before, &format!("/objectives/0/{member}"), value);
    }
    before = with(&before, "/objectives/0/assignments/0/responsible", json!("Responsabile dell'Area"));
    assert_eq!(changes(&before, &merged(&before, &file).document), Vec::<String>::new());
}

#[test]
fn times_of_steps_and_codes_of_programmes_that_somebody_found_stay() {
    let at = |document: &PlanDocument, when: &Value, programme: &Value| {
        let steps = json!([{ "how": "Corso", "when": due("autunno", when) }, { "how": "Prova" }]);
        let document = with(document, "/objectives/0/steps", steps);
        with(&document, "/objectives/0/programmes", json!([programme]))
    };
    let base = rows(301, &[(101, PAYMENTS)]);
    let label = "Gestione economica";
    let before =
        at(&base, &json!({ "type": "month", "month": 10 }), &json!({ "code": "01.03", "label": label }));
    let file = at(&base, &json!({ "type": "text" }), &json!({ "label": label }));
    assert_eq!(changes(&before, &merged(&before, &file).document), Vec::<String>::new());
}

#[test]
fn the_header_keeps_whose_it_is_and_takes_the_title() {
    let before = rows(301, &[(101, PAYMENTS)]);
    let file =
        with(&with(&before, "/plan/title", json!("Piano corretto")), "/plan/id", json!(Uuid::from_u128(2)));
    let after = merged(&before, &file).document;
    assert_eq!(changes(&before, &after), ["changed plan Piano corretto: title"]);
}
