//! Certifying many assignments at once.

use super::*;

fn certify(draft: &Draft, body: &Value) -> Reply {
    draft.call("nucleo", "POST", "/certifications").json(body).send()
}

fn statuses(reply: &Value) -> Vec<i64> {
    reply["items"].as_array().unwrap().iter().map(|one| one["status"].as_i64().unwrap()).collect()
}

#[test]
fn all_that_nothing_was_asked_of_is_certified_with_one_call() {
    let draft = in_its_year();
    measure(&draft, "segretario", None, "80");
    open(&draft, "A1");
    open(&draft, "A2");
    answer(&draft, "segretario", "A2", &json!({"words": "Manca un dato"})).expect(201);
    let done = certify(&draft, &json!({"all_open": true})).expect(200);
    assert_eq!(
        (&done["certified"], &done["refused"], statuses(&done)),
        (&json!(2), &json!(0), vec![201, 201])
    );
    assert_eq!(states(&draft, ""), ["decided", "answered", "decided"], "what was answered wants to be read");
    let first = read(&draft, "A1");
    assert_eq!((shown(&first["outcome"]), &first["decision"]), ("80.00", &json!({"type": "certified"})));
    assert_eq!(
        super::super::column(read(&draft, "A3")["steps"].as_array().unwrap(), "type"),
        ["open", "decide"]
    );
    let again = certify(&draft, &json!({"all_open": true})).expect(200);
    assert_eq!((&again["certified"], &again["items"]), (&json!(0), &json!([])));
}

#[test]
fn what_is_named_is_certified_and_each_has_its_outcome() {
    let draft = in_its_year();
    open(&draft, "A2");
    answer(&draft, "segretario", "A2", &json!({"words": "Manca un dato"})).expect(201);
    let id = read(&draft, "A3")["assignment"].as_str().unwrap().to_owned();
    let named = json!(["ext:A2", id, "ext:A2", "ext:A9", "qualcosa", super::super::NOBODY]);
    let done = certify(&draft, &json!({"assignments": named})).expect(200);
    assert_eq!(statuses(&done), [201, 201, 409, 404, 404, 404]);
    assert_eq!((&done["certified"], &done["refused"]), (&json!(2), &json!(4)));
    assert_eq!(done["items"][2]["problem"]["type"], "/problems/evaluation-refused");
    assert_eq!(states(&draft, ""), ["unopened", "decided", "decided"]);
}

#[test]
fn what_to_certify_is_said_in_one_way() {
    let draft = in_its_year();
    for body in [json!({}), json!({"all_open": false}), json!({"all_open": true, "assignments": ["ext:A1"]})]
    {
        let refused = certify(&draft, &body);
        assert_eq!((refused.refused(422).as_str(), refused.pointers()), ("invalid", vec![String::new()]));
    }
    assert_eq!(certify(&draft, &json!({"assignments": []})).pointers(), ["/assignments"]);
    assert_eq!(states(&draft, ""), ["unopened"; 3]);
}

#[test]
fn certifying_again_with_the_same_key_answers_the_same() {
    let draft = in_its_year();
    let certify = || {
        let call = draft.call("nucleo", "POST", "/certifications").key("certifica-1");
        call.json(&json!({"all_open": true})).send().expect(200)
    };
    assert_eq!(certify(), certify());
    assert_eq!(read(&draft, "A1")["steps"].as_array().unwrap().len(), 2);
}
