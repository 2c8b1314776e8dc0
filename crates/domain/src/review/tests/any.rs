use proptest::prelude::*;

use super::*;

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Tempi di pagamento delle fatture".to_owned()),
        Just("1) primo 2) secondo".to_owned()),
        Just("\u{422}rimestrale".to_owned()),
        "[a-zA-Z0-9/%() .,àè\u{410}-\u{42f}]{1,40}".prop_filter("not blank", |text| !text.trim().is_empty()),
        "\\PC{1,20}".prop_filter("a line", |text| crate::text::Line::<60>::parse(text).is_ok()),
    ]
}

fn figure() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("999999999999999.999999".to_owned()),
        (-200i32..200).prop_map(|number| number.to_string())
    ]
}

fn day() -> impl Strategy<Value = String> {
    (2020i32..2050, 1u32..13, 1u32..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}"))
}

fn deadline() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        day().prop_map(|day| json!({"type": "date", "day": day})),
        (any::<u8>(), any::<Option<i32>>()).prop_map(|(month, year)| match year {
            Some(year) => json!({"type": "month", "month": month, "year": year}),
            None => json!({"type": "month", "month": month}),
        }),
        (any::<u8>(), any::<u8>(), any::<i32>()).prop_map(
            |(day, month, year)| json!({"type": "impossible", "written_day": day, "written_month": month, "written_year": year})
        ),
        (day(), day()).prop_map(|(from, to)| json!({"type": "span", "from": from, "to": to})),
        Just(json!({"type": "text"})),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(|values| {
            let parts: Vec<Value> = values.iter().map(|value| json!({"value": value})).collect();
            json!({"type": "parts", "parts": parts})
        })
    })
}

fn target() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        figure().prop_map(|figure| json!({"type": "bound", "comparison": "at_least", "figure": figure})),
        figure().prop_map(|figure| json!({"type": "change", "comparison": "at_least", "figure": figure})),
        deadline().prop_map(|deadline| json!({"type": "by", "deadline": deadline})),
        Just(json!({"type": "done"})),
        Just(json!({"type": "text"})),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop::collection::vec(inner, 0..3).prop_map(|values| {
            let parts: Vec<Value> = values.iter().map(|value| json!({"value": value})).collect();
            json!({"type": "parts", "parts": parts})
        })
    })
}

fn weight() -> impl Strategy<Value = Value> {
    prop_oneof![
        figure().prop_map(|figure| json!({"value": {"type": "percent", "percent": figure}})),
        Just(json!({"value": {"type": "class", "class": "2"}})),
        words().prop_map(|words| json!({"words": words, "value": {"type": "unclear"}})),
    ]
}

fn indicator() -> impl Strategy<Value = Value> {
    (words(), prop::option::of((words(), target())), prop::option::of(deadline())).prop_map(
        |(name, target, deadline)| {
            let mut indicator = json!({"name": name});
            if let Some((words, target)) = target {
                indicator["target"] = said(&words, target);
            }
            if let Some(deadline) = deadline {
                indicator["deadline"] = json!({"value": deadline});
            }
            indicator
        },
    )
}

fn objective() -> impl Strategy<Value = Value> {
    let assignments = prop::collection::vec((0u64..4, weight(), prop::option::of(weight())), 0..3);
    let phases = prop::collection::vec((words(), weight(), prop::collection::vec(indicator(), 0..2)), 0..2);
    let indicators = prop::collection::vec(indicator(), 0..2);
    (words(), words(), words(), assignments, phases, indicators).prop_map(
        |(title, code, cup, assignments, phases, indicators)| {
            let assignments: Vec<Value> = assignments
                .into_iter()
                .map(|(unit, weight, card)| match card {
                    Some(card) => json!({"unit": unit, "weight": weight, "card_weight": card}),
                    None => json!({"unit": unit, "weight": weight}),
                })
                .collect();
            let phases: Vec<Value> = phases
                .into_iter()
                .map(|(title, weight, indicators)| json!({"title": title, "weight": weight, "indicators": indicators}))
                .collect();
            json!({"title": title, "code": code, "cup": [cup], "assignments": assignments, "phases": phases, "indicators": indicators})
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_plan_is_reviewed_always_the_same_and_every_place_exists(
        names in prop::collection::vec(words(), 3), objectives in prop::collection::vec(objective(), 0..6))
    {
        let units: Vec<(&str, &str)> =
            ["A1", "A2", "A5"].into_iter().zip(names.iter().map(String::as_str)).collect();
        let document = plan(2025, &units, json!(objectives));
        let context = Context { approved_on: NaiveDate::from_ymd_opt(2025, 6, 1), budget_deadline: Some(NaiveDate::MAX) };
        let found = review(&document, &context);
        prop_assert_eq!(&found, &review(&document, &context));
        let written = serde_json::to_value(&document).unwrap();
        for finding in &found {
            prop_assert!(written.pointer(&finding.place.pointer).is_some(), "{}", finding.place.pointer);
        }
    }
}
