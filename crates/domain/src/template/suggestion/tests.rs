use chrono::DateTime;

use super::*;
use crate::template::catalogue;

/// The catalogue, as if it were published.
fn shipped() -> Vec<Template> {
    let published = |(code, facts)| Template {
        code,
        author: Code::parse("traguardo").unwrap(),
        number: 1,
        published_at: DateTime::UNIX_EPOCH,
        facts,
        definitions: Vec::new(),
    };
    catalogue().unwrap().into_iter().map(published).collect()
}

fn titled(title: &str) -> ObjectiveFacts {
    serde_json::from_value(serde_json::json!({ "title": title })).unwrap()
}

#[test]
fn a_title_in_other_words_is_recognised_and_the_words_are_told() {
    let found = suggest(&titled("Pagare i fornitori: tempestività dei pagamenti"), &shipped());
    let first = found.first().unwrap();
    assert_eq!(first.template.as_str(), "T1");
    assert!(first.clear && first.reasons.iter().any(|reason| reason.contains("«pagamenti»")), "{first:?}");
}

#[test]
fn words_every_plan_is_full_of_suggest_nothing() {
    for title in ["Gestione e monitoraggio delle attività dell'ufficio", "Migliorare il servizio", "2024"] {
        assert_eq!(suggest(&titled(title), &shipped()), [], "{title}");
    }
}

#[test]
fn what_speaks_of_two_subjects_alike_is_not_clear() {
    let facts = titled("Prevenzione della corruzione e formazione del personale");
    let found = suggest(&facts, &shipped());
    assert!(found.len() > 1 && found.iter().all(|one| !one.clear), "{found:?}");
}

#[test]
fn an_indicator_in_days_is_a_reason() {
    let facts: ObjectiveFacts = serde_json::from_value(serde_json::json!({
        "title": "Rispetto dei tempi di pagamento",
        "indicators": [{"id": "0193a5c0-0000-7000-8000-000000000001", "name": "Ritardo medio", "measure": "days", "direction": "lower"}],
    }))
    .unwrap();
    let found = suggest(&facts, &shipped());
    assert!(
        found
            .first()
            .unwrap()
            .reasons
            .iter()
            .any(|reason| reason == "un indicatore in giorni, meno è meglio")
    );
}
