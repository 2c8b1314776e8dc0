//! Sheets, tried: what they come to, and how they live.

#![expect(clippy::arithmetic_side_effects, reason = "figures of tests are small")]

mod groups;
mod life;

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::*;
use crate::score::Percent;

/// A manager's sheet that closes, as JSON, with every point given.
fn whole() -> Value {
    json!({
        "category": "manager",
        "scheme": {
            "name": "Dirigenti ed EQ", "objection_days": 15,
            "scale": {"least": "1", "most": "5", "reading": "from_least"},
            "bands": [
                {"code": "0", "label": "Nessuna", "from": "0", "effect": {"type": "fixed", "percent": "0"}},
                {"code": "60", "label": "Minima", "from": "60", "effect": {"type": "fixed", "percent": "60"}},
                {"code": "70", "label": "Media", "from": "70", "effect": {"type": "fixed", "percent": "75"}},
                {"code": "80", "label": "Alta", "from": "80", "effect": {"type": "fixed", "percent": "90"}},
                {"code": "90", "label": "Piena", "from": "90", "effect": {"type": "fixed", "percent": "100"}},
            ],
        },
        "components": [
            {"code": "ENTE", "kind": "entity", "title": "L'ente", "weight": "15", "points": "90"},
            {"code": "STR", "kind": "unit", "title": "La struttura", "weight": "45",
             "source": {"node": "0193a5c0-0000-7000-8000-000000000001", "percent": "95.714285714286"}},
            {"code": "IND", "kind": "individual_objectives", "title": "Obiettivi", "weight": "10", "points": "67"},
            {"code": "COMP", "kind": "behaviours", "title": "Comportamenti", "weight": "25"},
            {"code": "DIFF", "kind": "differentiation", "title": "Differenziazione", "weight": "5", "points": "50"},
        ],
        "behaviours": [
            {"code": "B1", "title": "Collabora", "weight": "60", "points": "4"},
            {"code": "B2", "title": "Risolve", "weight": "40", "points": "5"},
        ],
    })
}

fn content(value: Value) -> Content {
    serde_json::from_value(value).unwrap()
}

fn changed(pointer: &str, value: Value) -> Content {
    let mut sheet = whole();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    sheet.pointer_mut(parent).unwrap()[name] = value;
    content(sheet)
}

fn figure(text: &str) -> crate::figure::Figure {
    crate::figure::Figure::parse(text).unwrap()
}

fn total(content: &Content) -> String {
    content.reckon().unwrap().total.to_string()
}

fn places(content: &Content) -> Vec<String> {
    content.check().unwrap_err().into_iter().map(|fault| fault.pointer).collect()
}

#[test]
fn a_sheet_comes_to_what_one_reckons_by_hand() {
    let reckoning = content(whole()).reckon().unwrap();
    // Behaviours: (60 * 3 + 40 * 4) / (100 * 4) = 85%. Then 13.5 + 43.0714285714287 + 6.7 + 21.25 + 2.5.
    assert_eq!(reckoning.score.to_string(), "87.021428571429");
    assert_eq!(reckoning.total, reckoning.score);
    assert_eq!(reckoning.band.map(|band| band.code.as_str().to_owned()), Some("80".to_owned()));
    assert!(!reckoning.top);
    assert_eq!(content(whole()).check(), Ok(()));
    assert_eq!(content(whole()).remarks(), []);
}

#[test]
fn behaviours_are_read_from_the_least_or_of_the_most() {
    let of_most = changed("/scheme/scale/reading", json!("of_most"));
    // (60 * 4 + 40 * 5) / (100 * 5) = 88%.
    assert_eq!(total(&of_most), "87.771428571429");
}

#[test]
fn days_that_the_law_protects_lower_nothing() {
    let days = |served: i16, protected: i16| {
        total(&changed("/attendance", json!({"expected": 220, "served": served, "protected": protected})))
    };
    assert_eq!(days(220, 0), days(70, 150));
    assert_eq!(days(220, 0), "87.021428571429");
    // 200 of 220 days: 90.909090909091%.
    assert_eq!(days(200, 0), "79.11038961039");
    assert_eq!(days(50, 150), days(200, 0));
}

#[test]
fn reductions_add_up_and_never_take_more_than_all() {
    let malus = |percents: &[&str]| {
        let one = |percent: &&str| json!({"kind": "disciplinary", "percent": percent, "reason": "Sanzione"});
        changed("/malus", percents.iter().map(one).collect())
    };
    assert_eq!(total(&malus(&["10", "5"])), "73.968214285715");
    let reckoning = malus(&["70", "60"]).reckon().unwrap();
    assert_eq!((reckoning.total, reckoning.band.unwrap().code.as_str()), (Percent::ZERO, "0"));
}

#[test]
fn bands_hold_on_their_edges() {
    for (points, band, top) in
        [("59.999999", "0", false), ("60", "60", false), ("89.999999", "80", false), ("90", "90", true)]
    {
        let mut sheet = whole();
        sheet["components"] =
            json!([{"code": "A", "kind": "other", "title": "Tutto", "weight": "100", "points": points}]);
        sheet.as_object_mut().unwrap().remove("behaviours");
        let reckoning = content(sheet).reckon().unwrap();
        assert_eq!((reckoning.band.unwrap().code.as_str(), reckoning.top), (band, top), "{points}");
    }
}

#[test]
fn everything_that_does_not_hold_together_is_told_at_once() {
    let mut sheet = whole();
    sheet["components"][0]["weight"] = json!("16");
    sheet["components"][2]["points"] = json!("101");
    sheet["components"][3]["points"] = json!("80");
    sheet["behaviours"][0]["points"] = json!("6");
    sheet["behaviours"][1]["code"] = json!("ENTE");
    sheet["scheme"]["objection_days"] = json!(0);
    sheet["attendance"] = json!({"expected": 200, "served": 200, "protected": 1});
    sheet["malus"] = json!([{"kind": "missed_duty", "percent": "-1", "reason": "Ritardo"}]);
    assert_eq!(
        places(&content(sheet)),
        [
            "/behaviours/1/code",
            "/components/2/points",
            "/components/3/points",
            "/components",
            "/behaviours/0/points",
            "/scheme/objection_days",
            "/attendance",
            "/malus/0/percent",
        ]
    );
    assert_eq!(places(&changed("/scheme/scale", Value::Null)), ["/scheme/scale"]);
    assert_eq!(places(&changed("/components/3/kind", json!("other"))), ["/components"]);
    assert_eq!(places(&changed("/scheme/scale/most", json!("1"))).last().unwrap(), "/scheme/scale");
}

#[test]
fn a_manager_whose_structure_does_not_prevail_is_told_so() {
    let mut sheet = whole();
    sheet["components"][1]["weight"] = json!("25");
    sheet["components"][0]["weight"] = json!("35");
    assert_eq!(content(sheet.clone()).remarks(), [SheetRemark::UnitNotPrevailing]);
    sheet["category"] = json!("staff");
    assert_eq!(content(sheet.clone()).remarks(), []);
    sheet["components"][1]["points"] = json!("80");
    assert_eq!(content(sheet).remarks(), [SheetRemark::NotAsScored]);
}

#[test]
fn points_still_to_be_given_are_named() {
    let mut sheet = whole();
    sheet["components"][0].as_object_mut().unwrap().remove("points");
    sheet["behaviours"][1].as_object_mut().unwrap().remove("points");
    let missing: Vec<String> = content(sheet).reckon().unwrap_err().into_iter().map(String::from).collect();
    assert_eq!(missing, ["ENTE", "B2"]);
}

prop_compose! {
    /// Any sheet that closes.
    fn any_content()(
        weights in prop::collection::vec(1_u32..100, 1..8),
        points in prop::collection::vec(0_u32..=100_000_000, 8),
        judged in prop::collection::vec((1_u32..100, 0_u32..=4_000), 0..5),
        (served, protected) in (0_i16..=150, 0_i16..=70),
        malus in prop::collection::vec(0_u32..60, 0..3),
        of_most in any::<bool>(),
    ) -> Content {
        let sum: u32 = weights.iter().sum();
        let hundredths = |weight: u32| Decimal::from(weight * 100).checked_div(Decimal::from(sum)).unwrap().trunc_with_scale(6);
        let mut left = Decimal::ONE_HUNDRED;
        let mut components = Vec::new();
        for (number, weight) in weights.iter().enumerate() {
            let weight = if number + 1 == weights.len() { left } else { hundredths(*weight) };
            left -= weight;
            let listed = number == 0 && !judged.is_empty();
            let mut one = json!({"code": format!("C{number}"), "kind": if listed { "behaviours" } else { "other" },
                "title": "X", "weight": weight.normalize().to_string()});
            if !listed {
                one["points"] = json!(Decimal::new(i64::from(points[number]), 6).normalize().to_string());
            }
            components.push(one);
        }
        let behaviours: Vec<Value> = judged.iter().enumerate().map(|(number, (weight, points))| json!({
            "code": format!("B{number}"), "title": "X", "weight": weight.to_string(),
            "points": Decimal::new(i64::from(*points) + 1_000, 3).normalize().to_string(),
        })).collect();
        let malus: Vec<Value> = malus.iter().map(|percent| json!({"kind": "missed_duty", "percent": percent.to_string(), "reason": "X"})).collect();
        let mut sheet = whole();
        sheet["scheme"]["scale"]["reading"] = json!(if of_most { "of_most" } else { "from_least" });
        sheet["components"] = json!(components);
        sheet["behaviours"] = json!(behaviours);
        sheet["malus"] = json!(malus);
        sheet["attendance"] = json!({"expected": 220, "served": served, "protected": protected});
        content(sheet)
    }
}

proptest! {
    #[test]
    fn a_total_lies_in_its_range_and_is_the_sum_of_its_lines(content in any_content()) {
        prop_assert_eq!(content.check(), Ok(()));
        let reckoning = content.reckon().unwrap();
        prop_assert!((Percent::ZERO..=Percent::FULL).contains(&reckoning.total));
        prop_assert!(reckoning.total <= reckoning.score);
        let added: Decimal = reckoning.lines.iter().filter_map(|line| match line {
            Entry::Component { adds, .. } => Some(adds.number()),
            Entry::Attendance { .. } | Entry::Malus { .. } => None,
        }).sum();
        prop_assert_eq!(Percent::of(added), reckoning.score);
    }

    #[test]
    fn more_points_never_lower_a_total_and_order_does_not_matter(content in any_content(), more in 0_u32..=100) {
        let before = content.reckon().unwrap().total;
        let mut better = content.clone();
        for one in &mut better.components {
            one.points = one.points.map(|points| points.max(figure(&more.to_string())));
        }
        prop_assert!(better.reckon().unwrap().total >= before);
        let mut turned = content;
        turned.components.reverse();
        turned.behaviours.reverse();
        turned.malus.reverse();
        prop_assert_eq!(turned.reckon().unwrap().total, before);
    }

    #[test]
    fn a_day_served_that_becomes_a_protected_one_changes_nothing(content in any_content(), days in 0_i16..150) {
        let mut protected = content.clone();
        if let Some(attendance) = &mut protected.attendance {
            let days = days.min(attendance.served);
            attendance.served -= days;
            attendance.protected += days;
        }
        prop_assert_eq!(protected.reckon().unwrap().total, content.reckon().unwrap().total);
        let mut more = content.clone();
        if let Some(attendance) = &mut more.attendance {
            attendance.protected = attendance.expected - attendance.served;
        }
        prop_assert!(more.reckon().unwrap().total >= content.reckon().unwrap().total);
    }
}
