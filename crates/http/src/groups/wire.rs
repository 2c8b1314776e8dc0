//! Groups as they travel.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use traguardo_domain::fault::Refused;
use traguardo_domain::group::{Group, GroupFacts, GroupRef, Membership, PeerGroup};
use traguardo_domain::registry::{Entry, Registry};
use traguardo_domain::text::{Line, Text};
use traguardo_domain::{ComuneCode, Fault, FaultKind, Faults};
use utoipa::ToSchema;
use validator::Validate;

use crate::pages::listing;

/// Ciò che si dice di un gruppo di comuni.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Comuni della valle", "purpose": "Gestiscono insieme i servizi sociali."}))]
pub(crate) struct PeerGroupFacts {
    /// Nome.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 200))]
    name: String,
    /// Che cosa hanno in comune.
    #[schema(nullable = false, min_length = 1, max_length = 2000, pattern = "^[\\s\\S]+$")]
    #[validate(length(min = 1, max = 2000))]
    purpose: Option<String>,
}

impl PeerGroupFacts {
    pub(super) fn read(self) -> Result<GroupFacts, Vec<Fault>> {
        let mut faults = Faults::new();
        let name = faults.take("/name", Line::parse(&self.name));
        let purpose = self.purpose.map(|text| faults.take("/purpose", Text::parse(&text)));
        let facts = name.map(|name| GroupFacts { name, purpose: purpose.flatten() });
        faults.finish(facts)
    }
}

/// Un gruppo di comuni definito da qualcuno.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "code": "valle", "reference": "custom:valle", "owner": "L454", "name": "Comuni della valle",
    "purpose": "Gestiscono insieme i servizi sociali.", "version": 1
}))]
pub(crate) struct PeerGroupResponse {
    /// Codice, unico in tutto il servizio.
    #[schema(max_length = 40, pattern = "^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    code: String,
    /// Come lo si nomina in un confronto.
    #[schema(max_length = 47, pattern = "^custom:[A-Za-z0-9][A-Za-z0-9._-]*$")]
    reference: String,
    /// Il comune che lo ha definito; Z000 è la piattaforma.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    owner: String,
    /// Nome.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    name: String,
    /// Che cosa hanno in comune.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 2000, pattern = "^[\\s\\S]+$")]
    purpose: Option<String>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

impl From<PeerGroup> for PeerGroupResponse {
    fn from(group: PeerGroup) -> Self {
        Self {
            reference: GroupRef::Custom(group.code.clone()).to_string(),
            code: group.code.into(),
            owner: group.owner.to_string(),
            name: group.facts.name.into(),
            purpose: group.facts.purpose.map(String::from),
            version: group.version.number(),
        }
    }
}

listing! {
    /// Una pagina di gruppi.
    PeerGroupList of PeerGroupResponse
}

/// Chi fa parte di un gruppo da un giorno in poi.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"valid_from": "2026-01-01", "members": ["L454", "G004"]}))]
pub(crate) struct NewGroupVersion {
    /// Il primo giorno in cui vale; non prima di quello dell'ultima versione.
    #[serde(deserialize_with = "crate::day::one")]
    pub(super) valid_from: NaiveDate,
    /// I codici catastali di chi ne fa parte, ciascuno una volta e nel registro dei comuni.
    #[schema(min_items = 1, max_items = 8000, min_length = 4, max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    #[validate(length(min = 1, max = 8000))]
    members: Vec<String>,
}

impl NewGroupVersion {
    pub(super) fn members(&self) -> Result<BTreeSet<ComuneCode>, Vec<Fault>> {
        let mut faults = Faults::new();
        let mut members = BTreeSet::new();
        for (index, text) in self.members.iter().enumerate() {
            let place = format!("/members/{index}");
            let Some(code) = faults.take(&place, ComuneCode::parse(text)) else { continue };
            if !members.insert(code) {
                faults.push(Refused::new(FaultKind::Inconsistent, "È già nell'elenco.").at(&place));
            }
        }
        faults.finish(Some(members))
    }
}

/// Una versione di un gruppo: chi ne fa parte da un giorno, finché non comincia la seguente. Non cambia mai.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "number": 1, "valid_from": "2026-01-01", "recorded_at": "2026-01-10T09:00:00Z", "members": ["G004", "L454"]
}))]
pub(crate) struct GroupVersionResponse {
    /// Numero della versione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Il primo giorno in cui vale.
    valid_from: NaiveDate,
    /// Quando è stata registrata.
    recorded_at: DateTime<Utc>,
    /// I codici catastali di chi ne fa parte.
    #[schema(min_items = 1, max_items = 8000, max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    members: Vec<String>,
}

impl From<&Membership> for GroupVersionResponse {
    fn from(version: &Membership) -> Self {
        Self {
            number: version.number,
            valid_from: version.valid_from,
            recorded_at: version.recorded_at,
            members: version.members.iter().map(ToString::to_string).collect(),
        }
    }
}

/// Una versione di un gruppo, senza i suoi comuni.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "number": 1, "valid_from": "2026-01-01", "recorded_at": "2026-01-10T09:00:00Z", "members_count": 12
}))]
pub(crate) struct GroupVersionSummary {
    /// Numero della versione.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    number: i32,
    /// Il primo giorno in cui vale.
    valid_from: NaiveDate,
    /// Quando è stata registrata.
    recorded_at: DateTime<Utc>,
    /// Quanti comuni ne fanno parte.
    #[schema(minimum = 1, maximum = 8000)]
    members_count: i32,
}

impl From<&Membership> for GroupVersionSummary {
    fn from(version: &Membership) -> Self {
        Self {
            number: version.number,
            valid_from: version.valid_from,
            recorded_at: version.recorded_at,
            members_count: i32::try_from(version.members.len()).unwrap_or(i32::MAX),
        }
    }
}

/// Le versioni di un gruppo, dalla prima.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupVersionList {
    /// Le versioni.
    #[schema(min_items = 0, max_items = 500)]
    pub(super) items: Vec<GroupVersionSummary>,
}

/// Un comune di un gruppo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({"code": "L454", "name": "Truccazzano", "province": "MI", "region": "03", "invented": false}))]
pub(crate) struct GroupMember {
    /// Codice catastale.
    #[schema(max_length = 4, pattern = "^[A-Z][0-9]{3}$")]
    code: String,
    /// Nome.
    #[schema(max_length = 100, pattern = "^.*\\S.*$")]
    name: String,
    /// Sigla della provincia o città metropolitana.
    #[schema(max_length = 2, pattern = "^[A-Z]{2}$")]
    province: String,
    /// Codice ISTAT della regione.
    #[schema(max_length = 2, pattern = "^[0-9]{2}$")]
    region: String,
    /// Se è inventato, per dimostrazione.
    invented: bool,
}

impl From<&Entry> for GroupMember {
    fn from(entry: &Entry) -> Self {
        Self {
            code: entry.code.to_string(),
            name: entry.name.as_str().to_owned(),
            province: entry.province.as_str().to_owned(),
            region: entry.region.as_str().to_owned(),
            invented: entry.invented,
        }
    }
}

/// Un gruppo com'è in un giorno: come si chiama, per quale versione di ciò di cui è fatto, chi ne fa parte.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "reference": "class:tuel_156:6:region:03", "title": "Da 5.000 a 9.999 abitanti (art. 156 TUEL), Lombardia",
    "group_version": "registry-3", "on": "2026-03-01", "members_count": 1,
    "items": [{"code": "L454", "name": "Truccazzano", "province": "MI", "region": "03", "invented": false}]
}))]
pub(crate) struct GroupMembers {
    /// Come lo si nomina in un confronto.
    #[schema(max_length = 47, pattern = "^[a-z]+(:[A-Za-z0-9._-]+)*$")]
    reference: String,
    /// Come si chiama.
    #[schema(max_length = 300, pattern = "^.*\\S.*$")]
    title: String,
    /// La versione di ciò di cui è fatto: l'edizione del registro, oppure la versione del gruppo definito.
    #[schema(max_length = 30, pattern = "^(registry|custom)-[0-9]+$")]
    group_version: String,
    /// Il giorno.
    on: NaiveDate,
    /// Quanti comuni ne fanno parte.
    #[schema(minimum = 1, maximum = 20_000)]
    members_count: i32,
    /// I comuni, per codice catastale.
    #[schema(min_items = 1, max_items = 20_000)]
    items: Vec<GroupMember>,
}

impl GroupMembers {
    pub(super) fn of(group: Group, registry: &Registry, on: NaiveDate) -> Self {
        let entries = group.members.iter().filter_map(|code| registry.find_on(*code, on));
        Self {
            on,
            members_count: i32::try_from(group.members.len()).unwrap_or(i32::MAX),
            items: entries.map(GroupMember::from).collect(),
            reference: group.reference,
            title: group.title,
            group_version: group.version,
        }
    }
}
