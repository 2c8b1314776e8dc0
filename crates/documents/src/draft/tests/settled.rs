use serde_json::json;
use traguardo_domain::Fault;

use super::*;

fn settlements(written: &Value) -> Vec<Settlement> {
    serde_json::from_value(written.clone()).unwrap()
}

fn settled(draft: &Draft, written: &Value) -> Result<Draft, Vec<String>> {
    let mut ids = (1_000_000u128..).map(Uuid::from_u128);
    let words = |faults: Vec<Fault>| faults.into_iter().map(|fault| fault.pointer).collect();
    settle(draft.clone(), &settlements(written), &mut || ids.next().unwrap()).map_err(words)
}

fn draft() -> Draft {
    let mut bench = Bench::new();
    bench.unit(UnitKind::Sector, None, &[(Field::Sector, "Settore tecnico"), (Field::Code, "ST")]);
    bench.unit(UnitKind::Sector, None, &[(Field::Sector, "Settore affari"), (Field::Code, "SA")]);
    bench.objective(
        &[0],
        &[
            (Field::Code, "1/ST"),
            (Field::Title, "Presidiare i Теmpi di pagamento"),
            (Field::Deadline, "31.06.2025"),
            (Field::Cup, "111B21000240001"),
            (Field::Weight, "100%"),
        ],
    );
    bench.indicator(&[
        (Field::Indicator, "Quanti: 1) atti 2) visite"),
        (Field::Target, "1) 22 2) 43"),
        (Field::Deadline, "1) 31/06/2025 2) 31/12/2025"),
    ]);
    bench.indicator(&[(Field::Indicator, "Ritardo medio"), (Field::Target, "<= 0 giorni")]);
    bench.strange("e nei termini | di legge");
    bench.strange("pagina 3");
    bench.draft()
}

fn open(draft: &Draft, code: FindingCode) -> &DraftFinding {
    found(draft, code).into_iter().find(|finding| finding.state == FindingState::Open).unwrap()
}

fn pointer_of(draft: &Draft, pointer: &str) -> Value {
    serde_json::to_value(&draft.document).unwrap().pointer(pointer).cloned().unwrap_or_default()
}

#[test]
fn everything_safe_is_applied_at_once_and_told_as_settled() {
    let before = draft();
    let after = settled(&before, &json!([{"type": "apply_safe"}])).unwrap();
    assert_eq!(
        pointer_of(&after, "/objectives/0/deadline/value"),
        json!({"type": "date", "day": "2025-06-30"})
    );
    assert_eq!(pointer_of(&after, "/objectives/0/title"), "Presidiare i Tempi di pagamento");
    let times = pointer_of(&after, "/objectives/0/indicators/0/deadline");
    assert_eq!(times["words"], "1) 30/06/2025 2) 31/12/2025");
    assert_eq!(times["value"]["parts"][0]["value"]["day"], "2025-06-30");
    for code in [FindingCode::ImpossibleDate, FindingCode::LookAlikeLetters] {
        assert!(found(&after, code).iter().all(|finding| finding.state == FindingState::Settled));
        assert!(!found(&after, code).is_empty());
        assert!(!after.certificate.findings_by_code.contains_key(&code));
    }
    assert_eq!(settled(&after, &json!([{"type": "apply_safe"}])).unwrap(), after);
    assert_eq!(put(&after.document).unwrap(), after.document);
}

#[test]
fn words_to_write_are_applied_one_by_one_and_advice_is_not() {
    let before = draft();
    let cup = open(&before, FindingCode::ProjectCodeWrong);
    assert!(cup.replacement && !cup.safe);
    let after = settled(&before, &json!([{"type": "apply", "finding": cup.id}])).unwrap();
    assert_eq!(pointer_of(&after, "/objectives/0/cup/0"), "I11B21000240001");
    let advice = before
        .certificate
        .findings
        .iter()
        .find(|finding| finding.suggestion.is_some() && !finding.replacement);
    let refused = settled(
        &before,
        &json!([{"type": "apply", "finding": advice.unwrap().id}, {"type": "apply", "finding": "E01-0"}]),
    );
    assert_eq!(refused.unwrap_err(), ["/settlements/0/finding", "/settlements/1/finding"]);
}

#[test]
fn what_is_dismissed_stays_so_while_it_is_about_the_same_words() {
    let before = draft();
    let date = found(&before, FindingCode::ImpossibleDate)[0].clone();
    let dismissed =
        settled(&before, &json!([{"type": "dismiss", "finding": date.id, "reason": "Refuso noto"}])).unwrap();
    let again =
        settled(&dismissed, &json!([{"type": "write", "pointer": "/objectives/0/notes", "words": "Visto"}]))
            .unwrap();
    let same = again.certificate.findings.iter().find(|finding| finding.id == date.id).unwrap();
    assert_eq!((same.state, same.reason.as_deref()), (FindingState::Dismissed, Some("Refuso noto")));
    let other =
        settled(&again, &json!([{"type": "write", "pointer": date.pointer, "words": "31.09.2025"}])).unwrap();
    assert_eq!(open(&other, FindingCode::ImpossibleDate).words.as_deref(), Some("31.09.2025"));
}

#[test]
fn words_are_written_and_understood_or_refused_where_they_are_said() {
    let before = draft();
    let after = settled(
        &before,
        &json!([
            {"type": "write", "pointer": "/objectives/0/assignments/0/weight", "words": "60%"},
            {"type": "write", "pointer": "/objectives/0/programmes/0", "words": "01-11 Altri servizi generali"},
            {"type": "write", "pointer": "/objectives/0/kinds", "words": "strategico, di mantenimento"},
            {"type": "write", "pointer": "/objectives/0/indicators/1/profile", "words": "Tempestività"},
            {"type": "write", "pointer": "/objectives/0/cup/0"},
            {"type": "write", "pointer": "/objectives/0/indicators/1/target"}
        ]),
    )
    .unwrap();
    assert_eq!(pointer_of(&after, "/objectives/0/assignments/0/weight/value/percent"), "60");
    assert_eq!(pointer_of(&after, "/objectives/0/programmes/0/code"), "01.11");
    assert_eq!(pointer_of(&after, "/objectives/0/kinds"), json!(["strategic", "maintenance"]));
    assert_eq!(pointer_of(&after, "/objectives/0/indicators/1/profile"), "timeliness");
    assert_eq!(pointer_of(&after, "/objectives/0/cup"), Value::Null);
    assert_eq!(pointer_of(&after, "/objectives/0/indicators/1/target"), Value::Null);
    let refused = settled(
        &before,
        &json!([
            {"type": "write", "pointer": "/objectives/0/title"},
            {"type": "write", "pointer": "/units/0/id", "words": "x"},
            {"type": "write", "pointer": "/objectives/9/title", "words": "x"},
            {"type": "write", "pointer": "/objectives/0/title", "words": "una\nriga"},
            {"type": "write", "pointer": "/objectives/0/kinds", "words": "boh"}
        ]),
    );
    assert_eq!(
        refused.unwrap_err(),
        [
            "/settlements/0/pointer",
            "/settlements/1/pointer",
            "/settlements/2/words",
            "/settlements/4/words",
            "/settlements/3/words"
        ]
    );
}

#[test]
fn structures_are_mapped_and_objectives_bound() {
    let before = draft();
    let after = settled(
        &before,
        &json!([
            {"type": "map_unit", "unit": "ST", "to": "TEC"},
            {"type": "map_unit", "unit": "ST", "to": "TEC"},
            {"type": "bind", "pointer": "/objectives/0", "template": "T1"}
        ]),
    )
    .unwrap();
    assert_eq!(pointer_of(&after, "/units/0/code"), "TEC");
    assert_eq!(pointer_of(&after, "/objectives/0/template"), "T1");
    let free = settled(&after, &json!([{"type": "bind", "pointer": "/objectives/0"}])).unwrap();
    assert_eq!(pointer_of(&free, "/objectives/0/template"), Value::Null);
    let refused = settled(
        &before,
        &json!([{"type": "map_unit", "unit": "ST", "to": "SA"}, {"type": "map_unit", "unit": "X", "to": "Y"},
                {"type": "map_unit", "unit": "ST", "to": "a b"}, {"type": "bind", "pointer": "/units/0", "template": "T1"}]),
    );
    assert_eq!(
        refused.unwrap_err(),
        ["/settlements/0/to", "/settlements/1/unit", "/settlements/2/to", "/settlements/3/pointer"]
    );
}

#[test]
fn an_indicator_of_several_parts_becomes_as_many() {
    let before = draft();
    let after = settled(
        &before,
        &json!([{"type": "split", "pointer": "/objectives/0/indicators/0"},
                {"type": "write", "pointer": "/objectives/0/indicators/2/notes", "words": "il terzo"}]),
    )
    .unwrap();
    let indicators = &after.document.objectives[0].facts.indicators;
    let names: Vec<&str> = indicators.iter().map(|one| one.facts.name.as_str()).collect();
    assert_eq!(names, ["Quanti: atti", "Quanti: visite", "Ritardo medio"]);
    let keys: Vec<&str> =
        indicators.iter().map(|one| one.facts.external_id.as_ref().unwrap().as_str()).collect();
    assert_eq!(keys, ["I1", "I1-2", "I2"]);
    assert_eq!(pointer_of(&after, "/objectives/0/indicators/1/target/value/figure"), "43");
    assert_eq!(pointer_of(&after, "/objectives/0/indicators/1/deadline/value/day"), "2025-12-31");
    assert_eq!(pointer_of(&after, "/objectives/0/indicators/2/notes"), "il terzo");
    assert!(after.traces.iter().any(|trace| trace.pointer == "/objectives/0/indicators/2/name" && trace.words == "Ritardo medio"));
    let refused = settled(&after, &json!([{"type": "split", "pointer": "/objectives/0/indicators/0"}]));
    assert_eq!(refused.unwrap_err(), ["/settlements/0/pointer"]);
}

#[test]
fn lines_nobody_understood_find_their_place() {
    let before = draft();
    let numbers: Vec<u32> = before
        .lines
        .iter()
        .filter(|line| line.became == Use::NotUnderstood)
        .map(|line| line.spot.line)
        .collect();
    let [first, second] = numbers.as_slice() else { panic!("{numbers:?}") };
    let said = json!([{"type": "line", "line": first, "pointer": "/objectives/0/deadline"}, {"type": "line", "line": second}]);
    let after = settled(&before, &said).unwrap();
    assert_eq!(pointer_of(&after, "/objectives/0/deadline/words"), "31.06.2025 e nei termini di legge");
    assert_eq!(
        (before.certificate.coverage.as_str(), after.certificate.coverage.as_str()),
        ("0.7142", "1.0000")
    );
    assert_eq!(settled(&after, &said).unwrap(), after);
    let refused = settled(&before, &json!([{"type": "line", "line": 99}, {"type": "line", "line": 1}]));
    assert_eq!(refused.unwrap_err(), ["/settlements/0/line", "/settlements/1/line"]);
}

fn any_settlement() -> impl Strategy<Value = Value> {
    let pointer = prop_oneof![
        proptest::sample::select(vec![
            "/objectives/0",
            "/objectives/0/title",
            "/objectives/0/deadline",
            "/objectives/0/deadline/value/parts/1",
            "/objectives/0/indicators/0",
            "/objectives/0/indicators/1",
            "/objectives/0/indicators/0/target",
            "/objectives/0/indicators/0/deadline/value/parts/0",
            "/objectives/0/cup/0",
            "/objectives/0/cup/1",
            "/objectives/0/kinds",
            "/objectives/0/programmes/0",
            "/units/0/name",
            "/units/0/code",
            "/plan/title",
            "",
            "/",
            "/objectives/-1/title",
            "/objectives/0/phases/0/weight",
            "/objectives/0/assignments/0/weight/words",
        ])
        .prop_map(str::to_owned),
        "(/[a-z0-9]{1,6}){0,4}",
    ];
    let words = prop_oneof![
        Just(Value::Null),
        "[ -~]{1,20}".prop_map(Value::from),
        Just(json!("1) 3 2) 4")),
        any::<String>().prop_map(Value::from)
    ];
    (pointer, words, 0u32..9, 0usize..9).prop_map(|(pointer, words, number, kind)| match kind {
        0 => json!({"type": "apply_safe"}),
        1 => json!({"type": "bind", "pointer": pointer, "template": words}),
        2 => json!({"type": "split", "pointer": pointer}),
        3 => json!({"type": "line", "line": number, "pointer": pointer}),
        4 => json!({"type": "map_unit", "unit": "ST", "to": words.as_str().unwrap_or("SA")}),
        5 => json!({"type": "apply", "finding": format!("#{number}")}),
        6 => json!({"type": "dismiss", "finding": format!("#{number}"), "reason": words}),
        _ => json!({"type": "write", "pointer": pointer, "words": words}),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_is_settled_leaves_a_plan_that_can_be_put(mut said in proptest::collection::vec(any_settlement(), 0..4)) {
        let before = draft();
        for one in &mut said {
            let id = one.get("finding").and_then(Value::as_str).and_then(|id| id.strip_prefix('#')?.parse::<usize>().ok());
            if let Some(finding) = id.and_then(|at| before.certificate.findings.get(at)) {
                one["finding"] = json!(finding.id);
            }
        }
        if let Ok(after) = settled(&before, &Value::Array(said)) {
            prop_assert_eq!(put(&after.document), Ok(after.document.clone()));
            let written = serde_json::to_value(&after.document).unwrap();
            for trace in &after.traces {
                prop_assert!(written.pointer(&trace.pointer).is_some(), "{} is nowhere", trace.pointer);
            }
            prop_assert_eq!(after.certificate.lines.values().sum::<usize>(), before.certificate.lines_in);
        }
    }
}
