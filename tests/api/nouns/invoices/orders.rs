//! The order in which bills and payments arrive, and how they are divided among calls, changes nothing.

use super::*;

/// What arrives: bills, credit notes and payments, some of one bill.
fn everything() -> Vec<(bool, Value)> {
    let mut all = Vec::new();
    for number in 1..=6 {
        let number = number.to_string();
        all.push((true, json!({"invoice": bill(&number)})));
        all.push((false, payment(&number, "M1", "300")));
        all.push((false, payment(&number, "M2", "250.25")));
    }
    all.push((true, json!({"invoice": note("N1", "3", "100")})));
    all.push((true, json!({"invoice": note("N2", "never seen", "50")})));
    all.push((false, payment("never seen", "M1", "1")));
    all
}

/// Another order of the same: a number decides which.
fn shuffled(mut all: Vec<(bool, Value)>, mut seed: u64) -> Vec<(bool, Value)> {
    for place in (1..all.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(seed >> 33).unwrap() % (place + 1);
        all.swap(place, other);
    }
    all
}

/// Sends them, so many at a time.
fn send(world: &World, all: &[(bool, Value)], at_once: usize) {
    for part in all.chunks(at_once) {
        let of_kind =
            |bill: bool| part.iter().filter(|one| one.0 == bill).map(|one| one.1.clone()).collect::<Vec<_>>();
        let (sent, paid) = (of_kind(true), of_kind(false));
        if !paid.is_empty() {
            payments(world, &paid).expect(200);
        }
        if !sent.is_empty() {
            bills(world, "", &sent).expect(200);
        }
    }
}

/// Everything that is told, but how often it was written.
fn told(world: &World) -> Vec<Value> {
    let bills = listed(world, "?limit=200");
    bills.iter().map(|bill| with(bill, &json!({"version": null}))).collect()
}

#[test]
fn payments_before_their_bills_and_bills_in_any_order_come_to_the_same() {
    let first = World::new();
    send(&first, &everything(), 1_000);
    let wanted = told(&first);
    let third = wanted.iter().find(|bill| bill["number"] == "3").unwrap();
    assert_eq!(
        (&third["credited"], &third["paid"], &third["open"]),
        (&json!("100.00"), &json!("550.25"), &json!("349.75"))
    );
    for (seed, at_once) in [(1, 1), (2, 3), (3, 7)] {
        let world = World::new();
        let all = shuffled(everything(), seed);
        send(&world, &all, at_once);
        assert_eq!(told(&world), wanted, "order {seed}");
        // Sent once more, in yet another order.
        send(&world, &shuffled(all, seed + 10), at_once);
        assert_eq!(told(&world), wanted, "order {seed} again");
    }
}
