use super::*;

#[test]
fn a_mended_typo_changes_a_title_and_nothing_else() {
    let before = rows(301, &[(101, "Rispetto dei tempi di pagmento delle fatture"), (102, ROADS)]);
    let after = merged(&before, &rows(401, &[(101, PAYMENTS), (102, ROADS)]));
    assert_eq!(changes(&before, &after.document), [format!("changed objective 1 {PAYMENTS}: title")]);
    assert_eq!(found(&after), [(Some(301), "external_id"), (Some(302), "external_id")]);
}

#[test]
fn a_row_put_in_the_middle_shifts_numbers_and_no_identity() {
    let before = rows(301, &[(101, PAYMENTS), (101, SCHOOLS), (101, ROADS)]);
    let file = rows(401, &[(101, PAYMENTS), (101, ARCHIVE), (101, SCHOOLS), (101, ROADS)]);
    let after = merged(&before, &file);
    assert_eq!(
        found(&after),
        [(Some(301), "external_id"), (None, "new"), (Some(302), "likeness"), (Some(303), "likeness")]
    );
    let keys: Vec<&str> = after
        .document
        .objectives
        .iter()
        .map(|one| one.facts.external_id.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(keys, ["1", "2", "3", "4"]);
}

#[test]
fn a_row_put_first_among_titles_that_differ_by_a_number_shifts_no_identity() {
    let lot =
        |number: u8| format!("Gara per la manutenzione straordinaria delle strade comunali, lotto {number}");
    let lots: Vec<String> = (1..=5).map(lot).collect();
    let listed = |from: usize| lots.iter().skip(from).map(|title| (101, title.as_str())).collect::<Vec<_>>();
    let before = rows(301, &listed(1));
    let after = merged(&before, &rows(401, &listed(0)));
    let existing: Vec<Option<u128>> = found(&after).into_iter().map(|(existing, _)| existing).collect();
    assert_eq!(existing, [None, Some(301), Some(302), Some(303), Some(304)]);
}

#[test]
fn renumbering_changes_codes_and_nothing_else() {
    let before = without(&rows(301, &[(101, PAYMENTS), (101, ROADS)]), "/objectives/0/external_id");
    let before = without(&before, "/objectives/1/external_id");
    let mut file = before.clone();
    file = with(&file, "/objectives/0/code", json!("1.1"));
    file = with(&file, "/objectives/1/code", json!("1.2"));
    let after = merged(&before, &file);
    let changed =
        [format!("changed objective 1.1 {PAYMENTS}: code"), format!("changed objective 1.2 {ROADS}: code")];
    assert_eq!(changes(&before, &after.document), changed);
}

#[test]
fn an_objective_gone_to_another_structure_is_the_same_objective() {
    let before = rows(301, &[(101, PAYMENTS), (101, ROADS)]);
    let after = merged(&before, &rows(401, &[(101, PAYMENTS), (102, ROADS)]));
    assert_eq!(changes(&before, &after.document), ["changed assignment A2 Area tecnica: unit"]);
    assert!(after.absent.is_empty());
}

#[test]
fn the_same_title_in_every_structure_stays_where_it_is() {
    let before = rows(301, &[(101, PAYMENTS), (102, PAYMENTS)]);
    let after = merged(&before, &rows(401, &[(102, PAYMENTS), (101, PAYMENTS)]));
    let existing: Vec<Option<u128>> = found(&after).into_iter().map(|(existing, _)| existing).collect();
    assert_eq!(existing, [Some(302), Some(301)]);
}

#[test]
fn a_key_decides_alone_where_no_title_is_like_and_so_does_a_code() {
    let before = rows(301, &[(101, PAYMENTS), (101, ROADS)]);
    let file = rows(401, &[(101, SCHOOLS), (101, ARCHIVE)]);
    assert_eq!(found(&merged(&before, &file)), [(Some(301), "external_id"), (Some(302), "external_id")]);
    let unkeyed = without(&without(&file, "/objectives/0/external_id"), "/objectives/1/external_id");
    assert_eq!(found(&merged(&before, &unkeyed)), [(Some(301), "code"), (Some(302), "code")]);
    let bare = without(&without(&unkeyed, "/objectives/0/code"), "/objectives/1/code");
    assert_eq!(found(&merged(&before, &bare)), [(None, "new"), (None, "new")]);
}

#[test]
fn what_the_file_lacks_stays_at_the_end_without_a_key_that_went_to_another_or_goes_when_asked() {
    let before = rows(301, &[(101, PAYMENTS), (101, ARCHIVE), (101, ROADS)]);
    let file = rows(401, &[(101, ROADS), (101, PAYMENTS)]);
    let after = merged(&before, &file);
    let ids: Vec<u128> = after.document.objectives.iter().map(|one| one.id.0.as_u128()).collect();
    assert_eq!(ids, [303, 301, 302]);
    assert_eq!(after.absent, [ObjectiveId(Uuid::from_u128(302))]);
    assert_eq!(after.document.objectives[2].facts.external_id, None);
    let options = MergeOptions { remove_absent: true, ..MergeOptions::default() };
    let after = merged_with(&before, &file, &options);
    assert_eq!(after.document.objectives.len(), 2);
    assert_eq!(after.absent, [ObjectiveId(Uuid::from_u128(302))]);
}

#[test]
fn keys_made_while_reading_never_replace_those_of_an_integrating_program() {
    let before =
        with(&rows(301, &[(101, PAYMENTS), (101, ROADS)]), "/objectives/0/external_id", json!("ERP-77"));
    let options = MergeOptions { keys: Keys::OfThePlan, ..MergeOptions::default() };
    let file = rows(401, &[(101, SCHOOLS), (101, PAYMENTS), (101, ROADS)]);
    let after = merged_with(&before, &file, &options);
    let keys: Vec<Option<&str>> = after
        .document
        .objectives
        .iter()
        .map(|one| one.facts.external_id.as_ref().map(crate::text::ExternalId::as_str))
        .collect();
    assert_eq!(keys, [Some("1"), Some("ERP-77"), Some("2")]);
}

#[test]
fn titles_all_mended_are_found_again() {
    let subjects =
        ["strade", "scuole", "tributi", "anagrafe", "patrimonio", "protocollo", "biblioteca", "cimiteri"];
    let mut numbered = subjects.iter().cycle().zip((0..13u32).cycle()).enumerate();
    let drawn: Vec<(usize, (&&str, u32))> = numbered.by_ref().take(500).collect();
    let title = |number: usize, mended: bool| {
        let (place, (subject, step)) = drawn[number];
        let verb = if mended { "Miglioramento" } else { "Miglioramnto" };
        format!(
            "{verb} del servizio {subject} nel quartiere {} entro la fase {step}",
            place.saturating_mul(7919)
        )
    };
    let list = |first: u128, mended: bool| {
        let titles: Vec<String> = (0..500).map(|number| title(number, mended)).collect();
        rows(first, &titles.iter().map(|title| (101, title.as_str())).collect::<Vec<_>>())
    };
    let (before, file) = (list(10_000, false), list(30_000, true));
    let after = merge(Some(&before), &[], &file, &MergeOptions::default(), &mut fresh(90_000));
    let right = after.matches.iter().filter(|one| {
        one.existing.is_some_and(|id| id.0.as_u128().checked_sub(10_000) == u128::try_from(one.index).ok())
    });
    assert!(right.count() > 475, "too few were found again");
}
