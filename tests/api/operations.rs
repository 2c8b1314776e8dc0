//! How each operation of the document is called: who may, with which names, with which body. One row an operation; the guards of
//! isolation and of access are driven by it, so that an operation nobody thought of fails them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use traguardo_domain::Vocabulary as _;
use traguardo_domain::access::Action;
use traguardo_domain::role::Role;
use traguardo_http::document::{self, OperationInfo};
use uuid::Uuid;

use crate::world::{Reply, Request, World};

/// Who an operation answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Whoever calls.
    Public,
    /// Whoever has a token.
    Known,
    /// Whoever may do this.
    Acts(Action),
}

/// How an operation is called.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) operation: &'static str,
    pub(crate) gate: Gate,
    /// What it answers when it is called as it should be.
    pub(crate) success: u16,
    body: Option<&'static str>,
}

/// An operation of the document and its row.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) info: OperationInfo,
    pub(crate) row: &'static Row,
}

const fn reads(operation: &'static str, action: Action) -> Row {
    Row { operation, gate: Gate::Acts(action), success: 200, body: None }
}

const fn acts(operation: &'static str, action: Action, success: u16) -> Row {
    Row { operation, gate: Gate::Acts(action), success, body: None }
}

const fn sends(operation: &'static str, action: Action, success: u16, body: &'static str) -> Row {
    Row { operation, gate: Gate::Acts(action), success, body: Some(body) }
}

const COMUNE: &str = r#"{"name": "Altro nome", "province": "BS", "region": "03",
    "identifiers": [{"scheme": "istat", "value": "017113", "valid_from": "1861-03-17"}]}"#;
const UNIT: &str =
    r#"{"code": "NUOVA", "name": "Ufficio nuovo", "kind": "office", "valid_from": "2025-01-01"}"#;
const OTHER_UNIT: &str =
    r#"{"code": "ALTRA", "name": "Ufficio altro", "kind": "office", "valid_from": "2025-01-01"}"#;
const MEMBER: &str = r#"{"kind": "person", "label": "Membro nuovo", "roles": ["lettore"]}"#;
const PLAN: &str = r#"{"year": 2028, "kind": "standalone", "title": "Piano nuovo"}"#;
const OTHER_PLAN: &str = r#"{"year": 2029, "kind": "standalone", "title": "Piano altro"}"#;

const DOCUMENT: &str = r#"{"format": "traguardo.plan.v1", "comune": "{comune}",
    "plan": {"year": 2031, "kind": "standalone", "title": "Piano scritto"}}"#;
const ORDER: &str = r#"{"objectives": []}"#;
const SECTION: &str = r#"{"kind": "mandate", "title": "Mandato", "body": "Le linee del mandato."}"#;
const OBJECTIVE: &str = r#"{"title": "Obiettivo nuovo"}"#;
const BULK: &str =
    r#"{"items": [{"operation": "put", "path": "ext:MOLTI", "value": {"title": "Obiettivo fra molti"}}]}"#;
const ASSIGNMENT: &str = r#"{"unit_code": "AREA-2"}"#;
const PHASE: &str = r#"{"title": "Fase nuova"}"#;
const INDICATOR: &str = r#"{"name": "Indicatore nuovo"}"#;

/// The table.
pub(crate) const ROWS: &[Row] = &[
    Row { operation: "read_status", gate: Gate::Public, success: 200, body: None },
    Row { operation: "list_code_lists", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_code_list", gate: Gate::Public, success: 200, body: None },
    Row { operation: "list_legal_parameters", gate: Gate::Public, success: 200, body: None },
    Row { operation: "issue_token", gate: Gate::Public, success: 200, body: None },
    Row { operation: "read_identity", gate: Gate::Known, success: 200, body: None },
    reads("list_comuni", Action::ListComuni),
    reads("read_comune", Action::ReadComune),
    sends("write_comune", Action::KeepComuni, 200, COMUNE),
    reads("list_units", Action::ReadUnits),
    sends("add_unit", Action::EditUnits, 201, UNIT),
    reads("read_unit", Action::ReadUnits),
    sends("write_unit", Action::EditUnits, 200, OTHER_UNIT),
    acts("remove_unit", Action::EditUnits, 204),
    reads("list_members", Action::ReadMembers),
    sends("register_member", Action::KeepMembers, 201, MEMBER),
    reads("read_member", Action::ReadMembers),
    sends("write_member", Action::KeepMembers, 200, MEMBER),
    acts("revoke_member", Action::KeepMembers, 200),
    reads("list_secrets", Action::ReadMembers),
    sends("issue_secret", Action::KeepMembers, 201, "{}"),
    acts("revoke_secret", Action::KeepMembers, 200),
    reads("list_plans", Action::ReadPlans),
    sends("draft_plan", Action::EditPlans, 201, PLAN),
    reads("read_plan", Action::ReadPlans),
    sends("write_plan", Action::EditPlans, 200, OTHER_PLAN),
    acts("remove_plan", Action::EditPlans, 204),
    reads("read_document", Action::ReadPlans),
    sends("write_document", Action::EditPlans, 200, DOCUMENT),
    sends("order_plan", Action::EditPlans, 204, ORDER),
    sends("copy_plan", Action::EditPlans, 201, r#"{"year": 2035}"#),
    reads("list_findings", Action::ReadPlans),
    sends("review_document", Action::Interpret, 200, DOCUMENT),
    sends("parse_targets", Action::Interpret, 200, r#"{"texts": ["almeno il 70%"]}"#),
    sends("parse_deadlines", Action::Interpret, 200, r#"{"texts": ["Novembre"]}"#),
    reads("list_transitions", Action::ReadPlans),
    sends("make_transition", Action::MovePlans, 200, r#"{"transition": "propose"}"#),
    reads("list_versions", Action::ReadPlans),
    reads("read_version", Action::ReadPlans),
    reads("read_seal", Action::ReadPlans),
    reads("compare_versions", Action::ReadPlans),
    Row { operation: "check_seal", gate: Gate::Public, success: 200, body: Some(DOCUMENT) },
    reads("list_sections", Action::ReadPlans),
    sends("add_section", Action::EditPlans, 201, SECTION),
    reads("read_section", Action::ReadPlans),
    sends("write_section", Action::EditPlans, 200, SECTION),
    acts("remove_section", Action::EditPlans, 204),
    reads("search_objectives", Action::ReadPlans),
    reads("list_objectives", Action::ReadPlans),
    sends("add_objective", Action::EditObjectives, 201, OBJECTIVE),
    reads("read_objective", Action::ReadPlans),
    sends("write_objective", Action::EditObjectives, 200, OBJECTIVE),
    acts("remove_objective", Action::EditObjectives, 204),
    sends("change_objectives", Action::EditObjectives, 200, BULK),
    sends("add_assignment", Action::EditObjectives, 201, ASSIGNMENT),
    reads("read_assignment", Action::ReadPlans),
    sends("write_assignment", Action::EditObjectives, 200, ASSIGNMENT),
    acts("remove_assignment", Action::EditObjectives, 204),
    sends("add_phase", Action::EditObjectives, 201, PHASE),
    reads("read_phase", Action::ReadPlans),
    sends("write_phase", Action::EditObjectives, 200, PHASE),
    acts("remove_phase", Action::EditObjectives, 204),
    sends("add_indicator", Action::EditObjectives, 201, INDICATOR),
    reads("read_indicator", Action::ReadPlans),
    sends("write_indicator", Action::EditObjectives, 200, INDICATOR),
    acts("remove_indicator", Action::EditObjectives, 204),
    sends("add_phase_indicator", Action::EditObjectives, 201, INDICATOR),
    reads("read_phase_indicator", Action::ReadPlans),
    sends("write_phase_indicator", Action::EditObjectives, 200, INDICATOR),
    acts("remove_phase_indicator", Action::EditObjectives, 204),
    reads("list_audit_entries", Action::ReadAudit),
];

/// Every operation of the document, in its order.
pub(crate) fn documented() -> Vec<OperationInfo> {
    document::operations(&document::build(traguardo_http::routes::configure).unwrap())
}

/// Every operation that has a row.
pub(crate) fn cases() -> Vec<Case> {
    let row = |name: &str| ROWS.iter().find(|row| row.operation == name);
    documented().into_iter().filter_map(|info| Some(Case { row: row(&info.operation_id)?, info })).collect()
}

/// Every operation on the data of one comune.
pub(crate) fn of_a_comune() -> Vec<Case> {
    cases().into_iter().filter(|case| case.info.path.contains("{comune}")).collect()
}

impl Case {
    /// The path, with the names of things in it.
    pub(crate) fn path(&self, names: &Names) -> String {
        let member = if self.info.path.contains("/secrets") { &names.client } else { &names.member };
        let path = self.info.path.replace("{comune}", &names.comune).replace("{unit}", &names.unit);
        let path = path.replace("{member}", member).replace("{credential}", &names.credential);
        let path = path.replace("{plan}", &names.plan).replace("{list}", "missions_and_programmes");
        assert!(!path.contains('{'), "{path}: a parameter without a name");
        format!("/v1{path}")
    }

    /// Whether the path names something below the comune.
    pub(crate) fn names_an_object(&self) -> bool {
        self.info.path.matches('{').count() > 1
    }

    /// The call, without its body.
    pub(crate) fn bare(&self, world: &World, names: &Names, token: &str) -> Request {
        world.anonymous(&self.info.method, &self.path(names)).token(token)
    }

    /// The call, with its body.
    pub(crate) fn call(&self, world: &World, names: &Names, token: &str) -> Request {
        self.with_body(self.bare(world, names, token))
    }

    /// A request of this operation, with its body.
    pub(crate) fn with_body(&self, request: Request) -> Request {
        match self.row.body {
            Some(body) => request.json(&serde_json::from_str(body).unwrap()),
            None => request,
        }
    }

    /// Whether it changes something that has a version.
    pub(crate) fn is_conditional(&self) -> bool {
        ["PUT", "DELETE"].contains(&self.info.method.as_str())
    }

    /// The first role of a comune, or else of the platform, that may call it.
    pub(crate) fn doer(&self) -> Role {
        let Gate::Acts(action) = self.row.gate else { return Role::Lettore };
        let of_comune = action.roles().iter().find(|role| !role.is_of_platform());
        *of_comune.unwrap_or_else(|| action.roles().first().unwrap())
    }
}

/// The names a path is filled with.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) comune: String,
    pub(crate) unit: String,
    pub(crate) member: String,
    pub(crate) client: String,
    pub(crate) credential: String,
    pub(crate) plan: String,
}

impl Names {
    /// Names of nothing.
    pub(crate) fn of_nothing(comune: &str) -> Self {
        let id = || Uuid::from_u128(0x0193_a5c0_0000_7000_8000_0000_0000_ffff).to_string();
        Self {
            comune: comune.to_owned(),
            unit: id(),
            member: id(),
            client: id(),
            credential: id(),
            plan: id(),
        }
    }

    /// The same things, looked for in another comune.
    pub(crate) fn sought_in(&self, comune: &str) -> Self {
        Self { comune: comune.to_owned(), ..self.clone() }
    }

    /// Every id.
    pub(crate) fn ids(&self) -> [&str; 5] {
        [&self.unit, &self.member, &self.client, &self.credential, &self.plan]
    }
}

/// A text that only one comune's data hold.
pub(crate) fn canary(comune: &str) -> String {
    format!("canarino-{comune}")
}

/// Puts into a comune one of everything, each with the comune's canary in it.
pub(crate) fn plant(world: &World, comune: &str) -> Names {
    let canary = canary(comune);
    let add = |role: &str, path: &str, body: &Value| {
        let reply = world.call(role, "POST", comune, path).json(body).send();
        reply.expect(201)["id"].as_str().unwrap().to_owned()
    };
    let unit = json!({"external_id": canary, "code": canary, "name": canary, "kind": "office", "valid_from": "2025-01-01"});
    let member = json!({"external_id": canary, "kind": "person", "label": canary, "roles": ["lettore"]});
    let client = json!({"kind": "client", "label": canary, "roles": ["integratore"]});
    let plan = json!({"external_id": canary, "year": 2030, "kind": "peg_pdo", "title": canary});
    let client = add("amministratore", "/members", &client);
    Names {
        comune: comune.to_owned(),
        unit: add("segretario", "/units", &unit),
        member: add("amministratore", "/members", &member),
        credential: add("amministratore", &format!("/members/{client}/secrets"), &json!({})),
        client,
        plan: add("segretario", "/plans", &plan),
    }
}

/// A token for every role, of every comune and of the platform.
pub(crate) struct Tokens(BTreeMap<(String, Role), String>);

impl Tokens {
    /// Signs them all.
    pub(crate) fn of(world: &World, comuni: &[&str]) -> Self {
        let sign = |comune: &str, role: Role| ((comune.to_owned(), role), world.token(comune, role.word()));
        let of_comune = |comune: &&str| {
            let at_home = |role: &&Role| role.is_of_platform() == (*comune == "Z000");
            Role::all().iter().filter(at_home).map(|role| sign(comune, *role)).collect::<Vec<_>>()
        };
        Self(comuni.iter().flat_map(of_comune).collect())
    }

    /// The token of a role.
    pub(crate) fn get(&self, comune: &str, role: Role) -> &str {
        let home = if role.is_of_platform() { "Z000" } else { comune };
        &self.0[&(home.to_owned(), role)]
    }

    /// Every role of a comune, with its token.
    pub(crate) fn roles_of<'t>(&'t self, comune: &'t str) -> impl Iterator<Item = (Role, &'t str)> {
        self.0
            .iter()
            .filter(move |((home, _), _)| home == comune)
            .map(|((_, role), token)| (*role, token.as_str()))
    }
}

/// What tells two answers apart, apart from what is every answer's own: its id, its date, what is left of its allowance, and
/// whether the connection goes on, which depends on how much of a body nobody read had arrived.
pub(crate) fn difference(one: &Reply, other: &Reply) -> Option<String> {
    let seen = |reply: &Reply| {
        const OWN: [&str; 5] =
            ["date", "x-correlation-id", "x-ratelimit-remaining", "x-ratelimit-reset", "connection"];
        let mut headers: Vec<_> =
            reply.headers.iter().filter(|(name, _)| !OWN.contains(&name.as_str())).cloned().collect();
        headers.sort();
        let mut body = serde_json::from_slice::<Value>(&reply.body).unwrap_or_else(|_| json!(reply.text()));
        if let Some(instance) = body.get_mut("instance") {
            *instance = "urn:traguardo:request:-".into();
        }
        (reply.status, headers, body)
    };
    let (one, other) = (seen(one), seen(other));
    (one != other).then(|| format!("{one:?}\nis not\n{other:?}"))
}
