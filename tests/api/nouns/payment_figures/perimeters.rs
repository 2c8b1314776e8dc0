use super::*;

/// The four means of a year, of one bill alone.
fn means(item: &Value) -> [Value; 4] {
    let world = World::new();
    world.move_to("2026-04-10");
    send(&world, std::slice::from_ref(item));
    let situation = ask(&world, "year=2025").expect(200)["situation"].clone();
    ["T1.itp", "T1.tmp", "T1.tmr", "T1.irp"].map(|indicator| figure(&situation, indicator)["value"].clone())
}

#[test]
fn a_bill_of_another_year_paid_in_this_one_is_in_one_figure_alone() {
    let item = paid(&invoice("A", "1000", "2024-11-20", "2024-12-20"), "2025-01-09");
    assert_eq!(means(&item), [json!("20"), Value::Null, Value::Null, Value::Null]);
}

#[test]
fn a_bill_not_yet_due_but_paid_in_the_year_is_early_in_all_of_them() {
    let item = paid(&invoice("B", "1000", "2025-12-10", "2026-01-09"), "2025-12-20");
    assert_eq!(means(&item), [json!("-20"), json!("10"), json!("-20"), json!("-20")]);
}

#[test]
fn what_is_paid_after_march_is_not_observed_and_its_delay_ends_with_the_year() {
    let item = paid(&invoice("D", "1000", "2025-11-01", "2025-12-01"), "2026-04-01");
    assert_eq!(means(&item), [Value::Null, Value::Null, Value::Null, json!("30")]);
}

#[test]
fn what_does_not_count_is_out_and_said() {
    let world = with_the_example();
    let aside = |number: &str, why: &str| {
        let invoice = with(&invoice(number, "90000", "2025-01-10", "2025-02-09"), &json!({"excluded": why}));
        paid(&invoice, "2025-12-30")
    };
    send(&world, &[aside("X1", "non_commercial"), aside("X2", "special_law")]);
    let irp = told(&world, "year=2025", "T1.irp");
    assert_eq!(irp["value"], "8.81");
    let left: Vec<_> = irp["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["why"].clone(), one["count"].clone()))
        .collect();
    assert_eq!(left, [(json!("non_commercial"), json!(1)), (json!("special_law"), json!(1))]);
}

#[test]
fn vat_paid_to_the_treasury_and_credit_notes_are_no_debt() {
    let world = World::new();
    world.move_to("2026-04-10");
    let split = json!({"split_vat": "660"});
    let bill = with(&invoice("S1", "3660", "2025-10-02", "2025-11-01"), &split);
    let note = json!({
        "supplier": "01234567890", "number": "S1-NC", "issued": "2025-11-20", "received": "2025-11-20", "kind": "credit_note",
        "total": "1000", "credits": {"number": "S1", "issued": "2025-10-02"}
    });
    send(&world, &[json!({"invoice": bill}), json!({ "invoice": note })]);
    let amount = |on: &str| {
        let told = ask(&world, &format!("year=2025&on={on}")).expect(200);
        told["situation"]["debt"]["overdue"]["amount"].clone()
    };
    assert_eq!((amount("2025-11-19"), amount("2025-11-20")), (json!("3000.00"), json!("2000.00")));
    assert_eq!(told(&world, "year=2025", "T1.irp")["numerator"], "120000");
}

#[test]
fn a_payment_that_waits_for_its_bill_is_said() {
    let world = with_the_example();
    let stranger = json!({"items": [{
        "supplier": "01234567890", "number": "Z9", "issued": "2025-01-02", "reference": "9", "day": "2025-02-03", "amount": "5"
    }]});
    world.call("ragioneria", "POST", "L454", "/payments-bulk").json(&stranger).send().expect(200);
    let itp = told(&world, "year=2025&quarter=1", "T1.itp");
    assert_eq!((&itp["value"], &itp["left_out"][0]["why"]), (&json!("0.28"), &json!("payment_without_bill")));
}

#[test]
fn each_structure_is_told_its_share_found_payable_in_fifteen_days() {
    let world = World::new();
    world.move_to("2026-04-10");
    let units = world.call("segretario", "GET", "L454", "/units").send().expect(200);
    let unit = units["items"][0]["id"].as_str().unwrap().to_owned();
    let found = |number: &str, day: &str| {
        let more = json!({"unit": unit, "liquidated": day});
        json!({"invoice": with(&invoice(number, "100", "2025-03-01", "2025-03-31"), &more)})
    };
    let unknown = json!({"invoice": invoice("L3", "100", "2025-03-01", "2025-03-31")});
    send(&world, &[found("L1", "2025-03-16"), found("L2", "2025-03-17"), unknown]);
    let situation = ask(&world, "year=2025").expect(200)["situation"].clone();
    assert_eq!(figure(&situation, "T1.liquidated_15")["value"], "33.33");
    assert_eq!(
        situation["liquidated_by_unit"],
        json!([{"in_time": 0, "of": 1, "percent": "0"}, {"unit": unit, "in_time": 1, "of": 2, "percent": "50"}])
    );
    assert_eq!(value(&world, &format!("year=2025&unit={unit}"), "T1.liquidated_15"), "50");
}
