//! Members as they travel.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use traguardo_domain::Faults;
use traguardo_domain::member::{Member, MemberFacts, OutsideIdentity};
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::unit::UnitId;
use traguardo_persistence::members;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::call::Key;
use crate::pages::listing;
use crate::problem::Problem;
use crate::words::{MemberKindWord, RoleWord, Word};

/// Chi è un membro presso un emittente esterno.
#[derive(Debug, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"issuer": "https://accesso.comune.example", "subject": "a1b2c3"}))]
pub(crate) struct MemberIdentity {
    /// L'emittente (`iss`), fra quelli configurati.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 200))]
    issuer: String,
    /// Il soggetto (`sub`) presso l'emittente.
    #[schema(min_length = 1, max_length = 255, pattern = "^.*\\S.*$")]
    #[validate(length(min = 1, max = 255))]
    subject: String,
}

/// Un membro, come lo dice chi lo registra.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "client", "label": "Gestionale del comune", "roles": ["integratore"]}))]
pub(crate) struct NewMember {
    /// Chiave dell'oggetto nel programma che lo invia, unica nel comune per i membri.
    #[schema(
        nullable = false,
        min_length = 1,
        max_length = 100,
        pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$"
    )]
    #[validate(length(min = 1, max = 100))]
    external_id: Option<String>,
    /// Persona o programma.
    kind: MemberKindWord,
    /// Come lo chiama il comune.
    #[schema(min_length = 1, max_length = 200, pattern = "^.*\\S.*$", example = "Gestionale del comune")]
    #[validate(length(min = 1, max = 200))]
    label: String,
    /// Chi è presso un emittente esterno, se si presenta con i token di quello.
    #[schema(nullable = false)]
    #[serde(default, deserialize_with = "crate::object::optional")]
    #[validate(nested)]
    identity: Option<MemberIdentity>,
    /// I suoi ruoli.
    #[schema(min_items = 1, max_items = 14)]
    #[validate(length(min = 1, max = 14))]
    roles: Vec<RoleWord>,
    /// La struttura di cui risponde o in cui lavora.
    #[schema(nullable = false)]
    unit: Option<Uuid>,
}

/// Un membro del comune o della piattaforma.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "id": "0193a5c0-0000-7000-8000-000000000003", "kind": "client", "label": "Gestionale del comune",
    "roles": ["integratore"], "version": 1
}))]
pub(crate) struct MemberResponse {
    /// Identificativo; per un programma è anche il `client_id`, preceduto dal codice del comune e da un punto.
    id: Uuid,
    /// Chiave dell'oggetto nel programma che lo ha inviato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 100, pattern = "^[A-Za-z0-9][A-Za-z0-9._:~@+-]*$")]
    external_id: Option<String>,
    /// Persona o programma.
    kind: MemberKindWord,
    /// Come lo chiama il comune.
    #[schema(max_length = 200, pattern = "^.*\\S.*$")]
    label: String,
    /// Chi è presso un emittente esterno.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    identity: Option<MemberIdentity>,
    /// I suoi ruoli.
    #[schema(min_items = 1, max_items = 14)]
    roles: Vec<RoleWord>,
    /// La struttura di cui risponde o in cui lavora.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    unit: Option<Uuid>,
    /// Da quando è revocato.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    revoked_at: Option<DateTime<Utc>>,
    /// Versione, la stessa dell'ETag.
    #[schema(minimum = 1, maximum = 2_147_483_647)]
    version: i32,
}

listing! {
    /// Una pagina di membri.
    MemberList of MemberResponse
}

/// In which order to list members.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub(crate) enum MemberSort {
    /// Per nome.
    #[default]
    #[serde(rename = "label")]
    Label,
    /// Per nome, al contrario.
    #[serde(rename = "-label")]
    LabelDescending,
}

impl MemberSort {
    pub(super) const fn order(self) -> (members::Order, &'static str) {
        match self {
            Self::Label => (members::Order::Label, "members:label"),
            Self::LabelDescending => (members::Order::LabelDescending, "members:-label"),
        }
    }
}

/// Which members to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MemberQuery {
    /// Solo i membri con questo ruolo.
    #[param(nullable = false)]
    pub(super) role: Option<RoleWord>,
    /// Solo persone, o solo programmi.
    #[param(nullable = false)]
    pub(super) kind: Option<MemberKindWord>,
    /// Solo i membri di questa struttura.
    #[param(nullable = false)]
    pub(super) unit: Option<Uuid>,
    /// Solo i revocati, o solo gli altri.
    #[param(nullable = false)]
    pub(super) revoked: Option<bool>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    pub(super) sort: Option<MemberSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    pub(super) cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    pub(super) limit: Option<i32>,
}

impl NewMember {
    pub(super) fn facts(self, path_key: Option<&ExternalId>) -> Result<MemberFacts, Problem> {
        let mut faults = Faults::new();
        let external_id = faults.take("/external_id", Key::agree(path_key, self.external_id.as_deref()));
        let label = faults.take("/label", Line::parse(&self.label));
        let identity = match self.identity {
            None => Some(None),
            Some(wire) => {
                let issuer = faults.take("/identity/issuer", Line::parse(&wire.issuer));
                let subject = faults.take("/identity/subject", Line::parse(&wire.subject));
                (|| Some(Some(OutsideIdentity { issuer: issuer?, subject: subject? })))()
            }
        };
        let roles: BTreeSet<_> = self.roles.into_iter().map(|Word(role)| role).collect();
        let (Word(kind), unit) = (self.kind, self.unit.map(UnitId));
        let facts = (|| {
            Some(MemberFacts {
                external_id: external_id?,
                kind,
                label: label?,
                identity: identity?,
                roles,
                unit,
            })
        })();
        faults.finish(facts).map_err(Problem::invalid)
    }
}

impl From<Member> for MemberResponse {
    fn from(member: Member) -> Self {
        let facts = member.facts;
        let identity = |identity: OutsideIdentity| MemberIdentity {
            issuer: identity.issuer.as_str().to_owned(),
            subject: identity.subject.as_str().to_owned(),
        };
        Self {
            id: member.id.0,
            external_id: facts.external_id.map(|id| id.as_str().to_owned()),
            kind: Word(facts.kind),
            label: facts.label.as_str().to_owned(),
            identity: facts.identity.map(identity),
            roles: facts.roles.into_iter().map(Word).collect(),
            unit: facts.unit.map(|unit| unit.0),
            revoked_at: member.revoked_at,
            version: member.version.number(),
        }
    }
}
