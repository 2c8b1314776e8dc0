use super::*;

/// What the worked example says of the fund of 2026, with so much received.
fn fund(received: &str) -> Value {
    json!({
        "year": 2026, "debt_before": "100000", "debt": "92000", "received": received, "appropriations": "1200000",
        "earmarked": "200000", "communicated": true
    })
}

fn condition_and_amount(reading: &Value) -> (&str, &str) {
    (reading["condition"].as_str().unwrap(), reading["amount"].as_str().unwrap())
}

#[test]
fn the_delay_of_the_bills_leads_to_one_hundredth_where_the_debt_is_let_pass() {
    let world = with_the_example();
    let told = post(&world, "/fund-forecasts", &fund("2000000")).expect(200);
    assert_eq!(told["delay_days"], json!({"figure": "8.809524", "from": "bills"}));
    assert_eq!((&told["base"], &told["reduction_percent"]), (&json!("1000000"), &json!("8")));
    assert_eq!((&told["is_reduced"], &told["is_let_pass"]), (&json!(false), &json!(true)));
    assert_eq!(condition_and_amount(&told["fund"]), ("delay", "10000"));
    let ways = told["avoided_by"].as_array().unwrap();
    assert_eq!((ways.len(), &ways[0]["delay_at_most"]), (1, &json!("0")));
    assert_eq!(
        (&told["resolved_by"], &told["communicated_by"]),
        (&json!("2026-02-28"), &json!("2026-01-31"))
    );
}

#[test]
fn a_debt_that_is_not_let_pass_leads_to_five_hundredths() {
    let world = with_the_example();
    let told = post(&world, "/fund-forecasts", &fund("1500000")).expect(200);
    assert_eq!(condition_and_amount(&told["fund"]), ("debt_not_reduced", "50000"));
    let ways = told["avoided_by"].as_array().unwrap();
    assert_eq!((&ways[0]["debt_at_most"], &ways[0]["to_pay"]), (&json!("90000"), &json!("2000")));
    assert_eq!(condition_and_amount(&ways[0]["then"][0]), ("delay", "10000"));
}

#[test]
fn both_ways_of_reading_a_delay_are_told_and_the_comune_settles_which() {
    let world = with_the_example();
    let body = with(&fund("2000000"), &json!({"delay_days": "0.28"}));
    let told = post(&world, "/fund-forecasts", &body).expect(200);
    assert_eq!(condition_and_amount(&told["fund"]), ("nothing", "0"));
    let readings = told["readings"].as_array().unwrap();
    assert_eq!(condition_and_amount(&readings[0]), ("nothing", "0"));
    assert_eq!(condition_and_amount(&readings[1]), ("delay", "10000"));
    assert_eq!(readings[1]["rounding"], "any_delay");
}

#[test]
fn whoever_does_not_communicate_the_debt_is_told_what_it_costs_and_by_when() {
    let world = with_the_example();
    let body = with(&fund("2000000"), &json!({"communicated": false}));
    let told = post(&world, "/fund-forecasts", &body).expect(200);
    assert_eq!(condition_and_amount(&told["fund"]), ("not_communicated", "50000"));
    assert_eq!(told["avoided_by"][0]["communicate_by"], "2026-01-31");
}

#[test]
fn what_the_register_knows_need_not_be_said_and_what_it_does_not_must() {
    let world = with_the_example();
    let little = json!({"year": 2026, "appropriations": "1200000", "communicated": true});
    let refused = post(&world, "/fund-forecasts", &little);
    assert_eq!(
        (refused.refused(422).as_str(), refused.pointers()),
        ("invalid", vec!["/debt_before".to_owned()])
    );
    send(&world, &[json!({"invoice": invoice("V1", "3000", "2024-10-02", "2024-11-01")})]);
    let told = post(&world, "/fund-forecasts", &little).expect(200);
    assert_eq!(told["debt_before"], json!({"figure": "3000", "from": "bills"}));
    assert_eq!(told["debt"], json!({"figure": "6000", "from": "bills"}));
    assert_eq!(told["received"], json!({"figure": "21000", "from": "bills"}));
    assert_eq!(condition_and_amount(&told["fund"]), ("debt_not_reduced", "60000"));
}

#[test]
fn what_contradicts_itself_is_refused_and_so_is_a_year_without_the_law() {
    let world = World::new();
    let whole = with(&fund("1"), &json!({"delay_days": "1"}));
    let refused = |members: &Value| post(&world, "/fund-forecasts", &with(&whole, members)).pointers();
    assert_eq!(refused(&json!({"earmarked": "1200000.01"})), ["/earmarked"]);
    assert_eq!(refused(&json!({"year": 2018})), ["/year"]);
    assert_eq!(refused(&json!({"debt": "-1", "received": "molto"})), ["/debt", "/received"]);
}
