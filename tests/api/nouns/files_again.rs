//! The same file sent again, and a corrected one: what people wrote into the plan in between is theirs.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{World, until};

const TABLE: &str = "STRUTTURA: AREA TECNICA\n\n\
    N°\tDescrizione Obiettivi Gestionali\tPeso %\tIndicatori di Misurazione\tValori Attesi\tData Fine Attesa\n\
    1\tRifare le strisce davanti alle scuole\t60%\tn. attraversamenti rifatti\t12\t31.06.2027\n\
    2\tPotare i viali alberati\t40%\tn. alberi potati\t80\t31.10.2027\n";

/// The id of an import of this file, read.
fn ready(world: &World, text: &str) -> String {
    let path = "/imports?year=2027&kind=standalone";
    let sent = world.call("segretario", "POST", "L454", path).bytes("text/plain", text.to_owned()).send();
    let id = sent.expect(202)["id"].as_str().unwrap().to_owned();
    let state = || get(world, &format!("/imports/{id}"))["state"].as_str().unwrap().to_owned();
    assert!(until(Duration::from_secs(20), || !["received", "reading"].contains(&state().as_str())));
    assert_eq!(state(), "ready");
    id
}

fn get(world: &World, path: &str) -> Value {
    world.call("segretario", "GET", "L454", path).send().expect(200)
}

fn applied(world: &World, id: &str) -> Value {
    let path = format!("/imports/{id}/application");
    world.call("segretario", "POST", "L454", &path).json(&json!({})).send().expect(200)
}

#[test]
fn a_file_sent_again_undoes_nobody_s_work_and_a_corrected_one_changes_what_was_corrected() {
    let world = World::new();
    let first = ready(&world, TABLE);
    let settle = world.call("segretario", "PATCH", "L454", &format!("/imports/{first}"));
    settle.header("If-Match", "*").json(&json!({"settlements": [{"type": "apply_safe"}]})).send().expect(200);
    let plan = applied(&world, &first)["plan"]["id"].as_str().unwrap().to_owned();
    let document = || get(&world, &format!("/plans/{plan}/document"));
    assert_eq!(document()["objectives"][0]["deadline"]["words"], "30/06/2027");
    let pruning = document()["objectives"][1].clone();
    let address = format!("/plans/{plan}/objectives/{}", pruning["id"].as_str().unwrap());
    let mut renamed = pruning.clone();
    renamed["title"] = json!("Potare i viali e i parchi");
    world
        .call("segretario", "PUT", "L454", &address)
        .header("If-Match", "*")
        .json(&renamed)
        .send()
        .expect(200);
    let edited = document();
    let again = applied(&world, &ready(&world, TABLE));
    assert_eq!((&again["unchanged"], document()), (&json!(true), edited.clone()));
    let corrected = TABLE.replace("\t80\t", "\t95\t");
    let changed = applied(&world, &ready(&world, &corrected));
    assert_eq!((&changed["unchanged"], &changed["changed"]), (&json!(false), &json!(1)), "{changed}");
    let mut expected = edited;
    expected["objectives"][1]["indicators"][0]["target"] =
        document()["objectives"][1]["indicators"][0]["target"].clone();
    assert_eq!(document(), expected);
    assert_eq!(document()["objectives"][1]["indicators"][0]["target"]["words"], "95");
}
