//! What hours of training come to.

use super::*;

fn figures(world: &World, role: &str, query: &str) -> Value {
    world.call(role, "GET", "L454", &format!("/training-figures?year=2025{query}")).send().expect(200)
}

/// Value, numerator and denominator.
fn ratio(figure: &Value) -> [&str; 3] {
    ["value", "numerator", "denominator"].map(|member| figure[member].as_str().unwrap())
}

/// Six persons: 40, 40.5, 39.5, 52 and 12 hours, and none.
fn six(world: &World) {
    let mut items = staff(&["40", "40.5", "39.5", "52", "12", "1"]);
    items[5]["courses"] = json!([]);
    items[0]["courses"][0]["syllabus"] = true.into();
    send(world, "", &items).expect(200);
    world.move_to("2026-01-20");
}

#[test]
fn both_readings_stand_side_by_side_with_what_they_are_made_of() {
    let world = World::new();
    six(&world);
    let told = figures(&world, "responsabile", "");
    assert_eq!((&told["period"]["to"], &told["on"]), (&json!("2025-12-31"), &json!("2026-01-20")));
    let threshold = json!({
        "role": "general", "hours": "40", "reference": "Direttiva Ministro PA 14/1/2025", "certainty": "confirmed",
        "note": "Se la soglia valga per ciascuno o come media pro capite è dubbio"
    });
    assert_eq!(told["thresholds"][0], threshold);
    // Over 40: 40, 40.5 and 52. Hours: 184 of six.
    let [each, mean] = [&told["readings"][0], &told["readings"][1]];
    assert_eq!(ratio(&each["figure"]), ["50", "3", "6"]);
    assert_eq!(ratio(&mean["figure"]), ["30.67", "184", "6"]);
    assert_eq!((&each["reached"], &mean["reached"]), (&Value::Null, &json!(false)));
    assert_eq!(ratio(&told["beside"][0]), ["83.33", "5", "6"]);
    assert_eq!(ratio(&told["syllabus"]), ["16.67", "1", "6"]);
    let words = each["figure"]["explanation"].as_str().unwrap();
    assert!(words.contains("revisione 1") && words.contains("training_threshold"), "{words}");
}

#[test]
fn every_figure_of_every_register_tells_the_same_of_training() {
    let world = World::new();
    six(&world);
    let told = figures(&world, "responsabile", "");
    let all = world.call("responsabile", "GET", "L454", "/figures?year=2025").send().expect(200);
    let found = |indicator: &str| {
        let figures = all["figures"].as_array().unwrap();
        figures
            .iter()
            .find(|one| one["indicator"] == indicator)
            .unwrap_or_else(|| panic!("{indicator}"))
            .clone()
    };
    assert_eq!(found("T7.over_threshold"), told["readings"][0]["figure"]);
    assert_eq!(found("T7.hours"), told["readings"][1]["figure"]);
    assert_eq!(found("T7.trained"), told["beside"][0]);
}

#[test]
fn what_a_comune_settled_of_whoever_came_late_changes_who_is_over() {
    let world = World::new();
    six(&world);
    // From 15 June: seven months begun, 23.33 hours.
    let late = json!({"person": "D-5", "service_from": "2025-06-15",
        "courses": [{"hours": "23.34", "certified": true, "concluded": "2025-09-30"}]});
    let call = world.call("segretario", "PUT", "L454", "/training/2025-5");
    call.json(&with(&entry(), &late)).if_match("\"1\"").send().expect(200);
    let numerator = || figures(&world, "responsabile", "")["readings"][0]["figure"]["numerator"].clone();
    assert_eq!(numerator(), "4");
    let settings = json!({"fund_rounding": "nearest", "contested_debt_counts": false, "no_requests": "not_evaluable",
        "proration": "none", "fewest_respondents": 30});
    let put =
        world.call("segretario", "PUT", "L454", "/feeder-settings").json(&settings).if_match("*").send();
    put.expect(200);
    assert_eq!(numerator(), "3");
}

#[test]
fn of_four_persons_nothing_is_told_nor_of_five_who_leave_four_beside() {
    let world = World::new();
    world.move_to("2026-01-20");
    send(&world, "", &staff(&["40", "40", "40", "40"])).expect(200);
    let silent = |told: &Value| {
        let mut figures = told["readings"].as_array().unwrap().iter().map(|one| &one["figure"]);
        let silent = |one: &Value| {
            one["why"] == "too_few"
                && one["value"].is_null()
                && one["counted"] == 0
                && one["left_out"] == json!([])
        };
        figures.all(silent) && silent(&told["beside"][0]) && told["syllabus"]["value"].is_null()
    };
    assert!(silent(&figures(&world, "responsabile", "")));
    // Five in a structure, and four elsewhere: the figure of all less that of the five would be of the four.
    let mut items = staff(&["10"; 10]);
    for (number, item) in items.iter_mut().enumerate() {
        item["key"] = format!("B-{number}").into();
        item["person"] = format!("B-{number}").into();
        item["unit"] = "ext:demo:area-1.1".into();
    }
    send(&world, "", &items[..5]).expect(200);
    let unit =
        world.call("segretario", "GET", "L454", "/units/ext:demo:area-1").send().expect(200)["id"].clone();
    let of_unit = format!("&unit={}", unit.as_str().unwrap());
    assert!(silent(&figures(&world, "responsabile", &of_unit)));
    assert_eq!(ratio(&figures(&world, "responsabile", "")["readings"][1]["figure"]), ["23.33", "210", "9"]);
    let fifth = with(&staff(&["40"])[0], &json!({"key": "C-1", "person": "C-1"}));
    send(&world, "", &[fifth]).expect(200);
    assert_eq!(ratio(&figures(&world, "responsabile", &of_unit)["readings"][1]["figure"]), ["10", "50", "5"]);
}

#[test]
fn an_empty_register_has_no_figures_and_no_zeros() {
    let world = World::new();
    let told = figures(&world, "segretario", "");
    assert_eq!(
        (&told["readings"][0]["figure"]["why"], &told["readings"][1]["reached"]),
        (&json!("no_facts"), &Value::Null)
    );
    let before = world.call("segretario", "GET", "L454", "/training-figures?year=2020").send().expect(200);
    assert_eq!(before["thresholds"], json!([]));
    let wrong = world.call("segretario", "GET", "L454", "/training-figures?year=2008").send();
    assert_eq!(
        (wrong.refused(400).as_str(), wrong.pointers()),
        ("invalid-parameter", vec!["year".to_owned()])
    );
}
