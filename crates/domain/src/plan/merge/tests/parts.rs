use super::*;

fn phases(titles: &[&str]) -> PlanDocument {
    let phase = |(at, title): (usize, &&str)| {
        let id = Uuid::from_u128(500u128.saturating_add(u128::try_from(at).unwrap()));
        json!({ "id": id, "external_id": at.to_string(), "code": format!("1.{at}"), "title": title })
    };
    let phases: Vec<Value> = titles.iter().enumerate().map(phase).collect();
    with(&rows(301, &[(101, PAYMENTS)]), "/objectives/0/phases", json!(phases))
}

fn ids(document: &PlanDocument) -> Vec<u128> {
    document.objectives[0].facts.phases.iter().map(|phase| phase.id.0.as_u128()).collect()
}

#[test]
fn a_phase_put_in_the_middle_leaves_the_others_who_they_are() {
    let before = phases(&["Ricognizione", "Affidamento dei lavori"]);
    let after =
        merged(&before, &phases(&["Ricognizione", "Progetto esecutivo", "Affidamento lavori"])).document;
    assert_eq!(ids(&after)[0], 500);
    assert_eq!(ids(&after)[2], 501);
    assert_eq!(after.objectives[0].facts.phases.len(), 3);
}

#[test]
fn a_phase_written_anew_at_its_place_is_the_same_phase() {
    let before = phases(&["Ricognizione", "Collaudo"]);
    let after = merged(&before, &phases(&["Ricognizione", "Relazione alla Giunta"])).document;
    assert_eq!(changes(&before, &after), ["changed phase 1.1 Relazione alla Giunta: title"]);
}

#[test]
fn phases_the_file_lacks_stay_unless_asked_and_a_file_without_any_takes_none_away() {
    let before = phases(&["Ricognizione", "Collaudo", "Relazione alla Giunta"]);
    let file = phases(&["Ricognizione", "Relazione alla Giunta"]);
    assert_eq!(ids(&merged(&before, &file).document), [500, 502, 501]);
    let options = MergeOptions { remove_absent: true, ..MergeOptions::default() };
    assert_eq!(ids(&merged_with(&before, &file, &options).document), [500, 502]);
    let none = rows(301, &[(101, PAYMENTS)]);
    assert_eq!(ids(&merged_with(&before, &none, &options).document), [500, 501, 502]);
}

#[test]
fn an_indicator_keeps_its_identity_and_what_was_settled_of_it() {
    let with_indicator = |id: u128, name: &str, target: Value| {
        let indicator = json!([{ "id": Uuid::from_u128(id), "name": name, "target": { "words": "3 su 5", "value": target } }]);
        with(&rows(301, &[(101, PAYMENTS)]), "/objectives/0/indicators", indicator)
    };
    let settled = json!({ "type": "bound", "comparison": "at_least", "figure": "3", "out_of": "5" });
    let before = with_indicator(600, "Giudizio medio degli utneti", settled);
    let read = json!({ "type": "fraction", "comparison": "exactly", "numerator": "3", "denominator": "5" });
    let after = merged(&before, &with_indicator(700, "Giudizio medio degli utenti", read)).document;
    assert_eq!(changes(&before, &after), ["changed indicator Giudizio medio degli utenti: name"]);
}

#[test]
fn an_assignment_somebody_added_stays_and_one_of_the_file_is_added() {
    let before = rows(301, &[(101, PAYMENTS)]);
    let mut shared = before.clone();
    let second = json!({ "id": Uuid::from_u128(990), "unit": Uuid::from_u128(102), "notes": "Collabora" });
    let mut both = serde_json::to_value(&before.objectives[0].facts.assignments).unwrap();
    both.as_array_mut().unwrap().push(second);
    shared = with(&shared, "/objectives/0/assignments", both);
    assert_eq!(changes(&shared, &merged(&shared, &before).document), Vec::<String>::new());
    assert_eq!(changes(&before, &merged(&before, &shared).document), ["added assignment A2 Area tecnica"]);
}

#[test]
fn sections_are_found_by_their_title() {
    let section = |id: u128, title: &str, body: &str| json!({ "id": Uuid::from_u128(id), "kind": "introduction", "title": title, "body": body });
    let base = rows(301, &[(101, PAYMENTS)]);
    let before = with(
        &base,
        "/sections",
        json!([section(201, "Premessa", "Uno"), section(202, "Il territorio", "Due")]),
    );
    let file = with(&base, "/sections", json!([section(251, "PREMESSA", "Uno e mezzo")]));
    let after = merged(&before, &file).document;
    assert_eq!(changes(&before, &after), ["changed section PREMESSA: body, title"]);
}
