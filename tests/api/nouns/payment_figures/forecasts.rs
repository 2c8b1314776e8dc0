use super::*;

fn supposed(number: &str, issued: &str, day: &str) -> Value {
    json!({"supplier": "IT 01234567890", "number": number, "issued": issued, "day": day})
}

#[test]
fn paying_the_last_bill_sooner_is_tried_and_nothing_is_stored() {
    let world = with_the_example();
    let before = ask(&world, "year=2025").expect(200);
    let body = json!({"year": 2025, "payments": [supposed("F5", "2025-10-02", "2025-11-06")]});
    let told = post(&world, "/payment-forecasts", &body).expect(200);
    let irp =
        told["deltas"].as_array().unwrap().iter().find(|one| one["indicator"] == "T1.irp").unwrap().clone();
    assert_eq!(irp, json!({"indicator": "T1.irp", "before": "8.81", "after": "0.95", "difference": "-7.86"}));
    assert_eq!(told["before"], before["situation"]);
    assert_eq!(told["after"]["debt"]["overdue"]["amount"], "0.00");
    assert_eq!(figure(&told["after"], "T1.irp")["numerator"], "20000");
    assert_eq!(ask(&world, "year=2025").expect(200), before);
}

#[test]
fn what_cannot_be_supposed_is_refused_where_it_stands() {
    let world = with_the_example();
    let payments = json!([
        supposed("F9", "2025-10-02", "2025-11-06"),
        supposed("F1", "2025-01-10", "2025-11-06"),
        with(&supposed("F5", "2025-10-02", "2025-11-06"), &json!({"amount": "3000.01"})),
    ]);
    let refused = post(&world, "/payment-forecasts", &json!({"year": 2025, "payments": payments}));
    assert_eq!(refused.refused(422), "invalid");
    assert_eq!(refused.pointers(), ["/payments/0", "/payments/1", "/payments/2/amount"]);
    let early =
        json!({"year": 2025, "on": "2025-11-05", "payments": [supposed("F5", "2025-10-02", "2025-11-06")]});
    assert_eq!(post(&world, "/payment-forecasts", &early).pointers(), ["/on"]);
    let none = post(&world, "/payment-forecasts", &json!({"year": 2025, "payments": []}));
    assert_eq!(none.pointers(), ["/payments"]);
}

/// A head of the worked example.
fn head(label: &str, pay: &str) -> Value {
    json!({"label": label, "pay": pay, "share": "30", "score": "92"})
}

#[test]
fn the_quota_is_lost_by_the_forecast_and_kept_by_the_certified_delay() {
    let draft = Draft::new();
    draft.add(&json!({"title": "Pagare in tempo"}));
    draft.walk(&TO_ITS_YEAR);
    draft.world.move_to("2026-04-10");
    send(&draft.world, &example());
    let body =
        json!({"year": 2025, "responsibles": [head("Area tecnica", "3000"), head("Area contabile", "1500")]});
    let told = post(&draft.world, "/quota-forecasts", &body).expect(200);
    let late = json!({"delay_days": "8.809524", "in_time": false, "lost": "900", "due": "1932"});
    let first = &told["responsibles"][0];
    assert_eq!((&first["on_payments"], &first["on_the_rest"]), (&json!("900"), &json!("2100")));
    assert_eq!((&first["forecast"], &first["certified"]), (&late, &Value::Null));
    assert_eq!(
        (&told["total_forecast"]["lost"], &told["total_forecast"]["due"]),
        (&json!("1350"), &json!("2898"))
    );
    let certified =
        json!({"delay_days": "0", "source": "Piattaforma", "day": "2026-02-10", "act": "Verbale n. 4"});
    draft.call("revisore", "PUT", "/payment-time/certified").json(&certified).send().expect(201);
    let told = post(&draft.world, "/quota-forecasts", &body).expect(200);
    let in_time = json!({"delay_days": "0", "in_time": true, "lost": "0", "due": "2832"});
    let first = &told["responsibles"][0];
    assert_eq!((&first["certified"], &first["forecast"]), (&in_time, &late));
    assert_eq!(told["total_certified"]["due"], "4248");
}

#[test]
fn a_share_below_thirty_hundredths_is_refused_where_it_stands() {
    let world = World::new();
    let low = with(&head("Area tecnica", "3000"), &json!({"share": "29.99"}));
    let body = json!({"year": 2025, "responsibles": [head("Area contabile", "1"), low]});
    let refused = post(&world, "/quota-forecasts", &body);
    assert_eq!(
        (refused.refused(422).as_str(), refused.pointers()),
        ("invalid", vec!["/responsibles/1/share".to_owned()])
    );
}
