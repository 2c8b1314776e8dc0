//! Payment times, over HTTP: the certified figure and the forecast side by side, and the quota that hangs on them.

use diesel::connection::SimpleConnection as _;
use serde_json::{Value, json};

use super::drafts::{Draft, TO_ITS_YEAR};
use super::with;
use crate::world::Reply;

/// What the control body certifies.
fn certified(delay: &str) -> Value {
    json!({"delay_days": delay, "source": "Piattaforma dei crediti commerciali", "day": "2026-02-10", "act": "Verbale n. 4"})
}

/// What the comune foresees.
fn forecast(delay: &str) -> Value {
    json!({"delay_days": delay, "period": {"from": "2025-01-01", "to": "2025-09-30"}, "source": "Contabilità"})
}

fn put(draft: &Draft, role: &str, figure: &str, body: &Value) -> Reply {
    draft.call(role, "PUT", &format!("/payment-time/{figure}")).json(body).send()
}

fn in_its_year() -> Draft {
    let draft = Draft::new();
    draft.add(&json!({"title": "Pagare in tempo"}));
    draft.walk(&TO_ITS_YEAR);
    draft
}

/// The plan put into a state nothing here is about how to reach.
fn put_into(draft: &Draft, state: &str) {
    let sql = format!("update plans set state = '{state}' where comune = 'L454'");
    draft.world.stored.administrator().batch_execute(&sql).unwrap();
}

fn quota(draft: &Draft, body: &Value) -> Reply {
    draft.call("lettore", "POST", "/payment-time/quota").json(body).send()
}

#[test]
fn the_forecast_decides_and_says_so_until_there_is_a_certified_figure() {
    let draft = in_its_year();
    let empty = draft.get("/payment-time").expect(200);
    assert_eq!(
        (&empty["decides"], &empty["in_time"], &empty["is_forecast"]),
        (&Value::Null, &Value::Null, &json!(false))
    );
    assert_eq!(empty["least_share"], "30");
    let created = put(&draft, "ragioneria", "forecast", &forecast("-0.5"));
    let foreseen = created.expect(201);
    assert_eq!((created.etag(), &foreseen["in_time"]), ("\"1\"", &json!(true)));
    let seen = draft.get("/payment-time").expect(200);
    assert_eq!(
        (&seen["decides"], &seen["is_forecast"], &seen["in_time"]),
        (&json!("forecast"), &json!(true), &json!(true))
    );
    assert_eq!(seen["forecast"], foreseen);
    assert_eq!(foreseen["recorded_by"], json!(draft.world.member("L454", "ragioneria").id.0));
    let sworn = put(&draft, "revisore", "certified", &certified("8.81")).expect(201);
    let seen = draft.get("/payment-time").expect(200);
    assert_eq!(
        (&seen["decides"], &seen["is_forecast"], &seen["in_time"]),
        (&json!("certified"), &json!(false), &json!(false))
    );
    assert_eq!((&seen["certified"], &seen["forecast"]), (&sworn, &foreseen), "both stay side by side");
    assert_eq!(
        (&sworn["act"], &sworn["day"], &sworn["delay_days"]),
        (&json!("Verbale n. 4"), &json!("2026-02-10"), &json!("8.81"))
    );
}

#[test]
fn the_quota_of_the_worked_example_is_lost_by_a_hair_or_kept_whole() {
    let draft = in_its_year();
    let asked = json!({"pay": "3000", "share": "30", "score": "92"});
    let nothing = quota(&draft, &asked).expect(200);
    assert_eq!((&nothing["on_payments"], &nothing["on_the_rest"]), (&json!("900"), &json!("2100")));
    assert!(nothing["certified"].is_null() && nothing["forecast"].is_null() && nothing["decides"].is_null());
    put(&draft, "revisore", "certified", &certified("8.81")).expect(201);
    put(&draft, "segretario", "forecast", &forecast("0")).expect(201);
    let twice = quota(&draft, &asked).expect(200);
    let late = json!({"delay_days": "8.81", "in_time": false, "lost": "900", "due": "1932"});
    let in_time = json!({"delay_days": "0", "in_time": true, "lost": "0", "due": "2832"});
    assert_eq!(
        (&twice["certified"], &twice["forecast"], &twice["decides"]),
        (&late, &in_time, &json!("certified"))
    );
    for (members, pointer) in [
        (json!({"share": "29.99"}), "/share"),
        (json!({"share": "101"}), "/share"),
        (json!({"pay": "-1"}), "/pay"),
        (json!({"score": "100.1"}), "/score"),
        (json!({"pay": "tremila"}), "/pay"),
    ] {
        let refused = quota(&draft, &with(&asked, &members));
        assert_eq!(
            (refused.refused(422).as_str(), refused.pointers()),
            ("invalid", vec![pointer.to_owned()])
        );
    }
}

#[test]
fn nothing_is_payable_before_the_report_is_validated_and_it_is_said_why() {
    let draft = in_its_year();
    let payable = || draft.get("/payment-time").expect(200)["payable"].clone();
    let reason = |payable: &Value| payable["reason"].as_str().unwrap_or_default().to_owned();
    put(&draft, "integratore", "forecast", &forecast("-2")).expect(201);
    let early = payable();
    assert_eq!((&early["anything"], &early["quota"]), (&json!(false), &json!(false)));
    assert!(reason(&early).contains("art. 14, comma 6"), "{early}");
    put_into(&draft, "report_adopted");
    assert_eq!(payable(), early);
    put_into(&draft, "report_validated");
    let foreseen = payable();
    assert_eq!((&foreseen["anything"], &foreseen["quota"]), (&json!(true), &json!(false)));
    assert!(reason(&foreseen).contains("previsione"), "{foreseen}");
    put(&draft, "revisore", "certified", &certified("-2")).expect(201);
    assert_eq!(payable(), json!({"anything": true, "quota": true}));
    put_into(&draft, "closed");
    assert_eq!(payable(), json!({"anything": true, "quota": true}));
    for (role, figure, body) in
        [("revisore", "certified", certified("9")), ("ragioneria", "forecast", forecast("9"))]
    {
        let refused =
            draft.call(role, "PUT", &format!("/payment-time/{figure}")).json(&body).if_match("*").send();
        assert_eq!(refused.refused(409), "nothing-collected", "{figure}");
    }
}

#[test]
fn each_figure_is_recorded_by_those_whose_it_is() {
    let draft = in_its_year();
    for role in ["segretario", "ragioneria", "nucleo", "giunta", "integratore", "responsabile", "lettore"] {
        assert_eq!(put(&draft, role, "certified", &certified("0")).refused(403), "forbidden", "{role}");
    }
    for role in ["revisore", "nucleo", "responsabile", "rpct", "lettore"] {
        assert_eq!(put(&draft, role, "forecast", &forecast("0")).refused(403), "forbidden", "{role}");
    }
}

#[test]
fn a_figure_is_changed_by_whoever_knows_its_version_and_left_when_it_is_as_asked() {
    let draft = in_its_year();
    put(&draft, "ragioneria", "forecast", &forecast("3")).expect(201);
    assert_eq!(put(&draft, "ragioneria", "forecast", &forecast("3.0")).expect(200)["version"], 1);
    assert_eq!(put(&draft, "ragioneria", "forecast", &forecast("2")).refused(428), "precondition-required");
    let at = |etag: &str, delay: &str| {
        draft.call("ragioneria", "PUT", "/payment-time/forecast").json(&forecast(delay)).if_match(etag).send()
    };
    assert_eq!(at("\"1\"", "2").expect(200)["version"], 2);
    assert_eq!(at("\"1\"", "1").refused(412), "stale");
    let backwards = with(&forecast("1"), &json!({"period": {"from": "2025-10-01", "to": "2025-09-30"}}));
    let refused =
        draft.call("ragioneria", "PUT", "/payment-time/forecast").json(&backwards).if_match("*").send();
    assert_eq!(
        (refused.refused(422).as_str(), refused.pointers()),
        ("invalid", vec!["/period/to".to_owned()])
    );
}

#[test]
fn who_foresaw_the_figure_does_not_certify_it() {
    let draft = in_its_year();
    let both = json!({"kind": "person", "label": "Due ruoli", "roles": ["revisore", "ragioneria"]});
    let member =
        draft.world.call("amministratore", "POST", "L454", "/members").json(&both).send().expect(201);
    let token = {
        let mut one = draft.world.member("L454", "revisore");
        one.id.0 = member["id"].as_str().unwrap().parse().unwrap();
        one.facts.roles.insert(traguardo_domain::role::Role::Ragioneria);
        draft.world.token_for("L454", &one)
    };
    let put = |figure: &str, body: &Value| {
        let path = format!("/v1/comuni/L454{}/payment-time/{figure}", super::drafts::PLAN);
        draft.world.anonymous("PUT", &path).token(&token).json(body).send()
    };
    put("forecast", &forecast("1")).expect(201);
    assert_eq!(put("certified", &certified("0")).refused(409), "evaluation-refused");
}
