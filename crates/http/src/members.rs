//! Members over HTTP.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, get, post, put};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use traguardo_domain::access::Action;
use traguardo_domain::member::{Member, MemberFacts, MemberId, OutsideIdentity};
use traguardo_domain::text::{ExternalId, Line};
use traguardo_domain::unit::UnitId;
use traguardo_domain::{Faults, Violation};
use traguardo_persistence::{TenantTx, members};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;
use validator::Validate;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::{Asked, listing};
use crate::problem::Problem;
use crate::put::{Put, Ways};
use crate::words::{MemberKindWord, RoleWord, Word};

/// Adds the routes of members.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_members)
        .service(register_member)
        .service(read_member)
        .service(write_member)
        .service(revoke_member);
}

/// What a path below the members of a comune names.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct MemberPath {
    /// Codice catastale del comune; `Z000` per la piattaforma.
    #[param(value_type = String, pattern = "^[A-Z][0-9]{3}$", max_length = 4, example = "L454")]
    #[expect(dead_code, reason = "documents the segment that the call reads itself")]
    comune: (),
    /// Identificativo del membro, oppure `ext:` seguito dalla chiave esterna.
    #[param(value_type = String, pattern = "^(ext:[A-Za-z0-9._:~@+-]+|[0-9a-fA-F-]{36})$", max_length = 104, example = "ext:ERP")]
    pub(crate) member: Key,
}

impl PathOf for MemberPath {
    fn read(request: &HttpRequest) -> Option<Self> {
        Some(Self { comune: (), member: Key::parse(segment(request, "member")?)? })
    }
}

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

/// Which members to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct MemberQuery {
    /// Solo i membri con questo ruolo.
    #[param(nullable = false)]
    role: Option<RoleWord>,
    /// Solo persone, o solo programmi.
    #[param(nullable = false)]
    kind: Option<MemberKindWord>,
    /// Solo i membri di questa struttura.
    #[param(nullable = false)]
    unit: Option<Uuid>,
    /// Solo i revocati, o solo gli altri.
    #[param(nullable = false)]
    revoked: Option<bool>,
    /// Ordinamento.
    #[param(inline, nullable = false)]
    sort: Option<MemberSort>,
    /// Il `next_cursor` della pagina precedente.
    #[param(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
    cursor: Option<String>,
    /// Quanti elementi al massimo.
    #[param(nullable = false, minimum = 1, maximum = 200, default = 50)]
    limit: Option<i32>,
}

impl NewMember {
    fn facts(self, path_key: Option<&ExternalId>) -> Result<MemberFacts, Problem> {
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

/// The member a key names, if there is one.
pub(crate) fn look_up(tx: &mut TenantTx<'_>, key: &Key) -> Result<Option<Member>, Problem> {
    Ok(match key {
        Key::Theirs(external_id) => members::look_up_external(tx, external_id)?,
        Key::Ours(id) => members::look_up(tx, MemberId(*id))?,
    })
}

/// Elenca i membri
///
/// Persone e programmi conosciuti al comune, una pagina alla volta.
#[utoipa::path(tag = "members", params(ComunePath, MemberQuery), responses(
    (status = 200, description = "Una pagina di membri.", body = MemberList),
))]
#[get("")]
pub(crate) async fn list_members(call: Call<ComunePath, MemberQuery>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadMembers)?;
    let query = &permit.query;
    let (order, list) = match query.sort.unwrap_or_default() {
        MemberSort::Label => (members::Order::Label, "members:label"),
        MemberSort::LabelDescending => (members::Order::LabelDescending, "members:-label"),
    };
    let asked = Asked { list, cursor: query.cursor.as_ref(), limit: query.limit };
    let request = asked.page(order)?;
    let filter = members::Filter {
        role: query.role.map(|role| role.0),
        kind: query.kind.map(|kind| kind.0),
        unit: query.unit.map(UnitId),
        revoked: query.revoked,
    };
    let page = permit.tenant(move |tx| Ok(members::list(tx, &filter, &request)?)).await?;
    Answer::ok(&MemberList::from(asked.answer(&permit.app, &permit.request, page, MemberResponse::from)))
}

/// Registra un membro
///
/// Una persona si presenta con il token del proprio emittente; un programma con un segreto, che si chiede a parte.
/// La piattaforma registra in un comune solo amministratori.
#[utoipa::path(tag = "members", params(ComunePath, crate::call::IdempotencyKey), request_body = NewMember, responses(
    (status = 201, description = "Il membro registrato.", body = MemberResponse),
))]
#[post("")]
pub(crate) async fn register_member(call: Call<ComunePath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepMembers)?;
    let id = MemberId(permit.app.new_id());
    let location = permit.link(&format!("/v1/comuni/{}/members/{}", permit.grant.comune(), id.0));
    let app = permit.app.clone();
    let work = move |tx: &mut TenantTx<'_>, new: NewMember| {
        let member = Member::register(id, new.facts(None)?, tx.grant())?;
        members::insert(tx, &member)?;
        Answer::created(location, member.version, &MemberResponse::from(member))
    };
    let answer = permit.keyed(Confidence::Open, work).await?;
    app.gate().forget_standings();
    Ok(answer)
}

/// Legge un membro
///
/// Per identificativo o per chiave esterna.
#[utoipa::path(tag = "members", params(MemberPath, crate::call::IfNoneMatch), responses(
    (status = 200, description = "Il membro.", body = MemberResponse),
    (status = 304, description = "Chi chiede ha già questa versione."),
))]
#[get("/{member}")]
pub(crate) async fn read_member(call: Call<MemberPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::ReadMembers)?;
    let key = permit.path.member.clone();
    let member = permit.tenant(move |tx| look_up(tx, &key)).await?.ok_or(Violation::NotFound)?;
    permit.found(member.version, &MemberResponse::from(member))
}

/// Scrive un membro
///
/// Lo sostituisce, ruoli compresi; per chiave esterna lo crea se non c'è. Per cambiarlo serve `If-Match`. Un ruolo tolto non vale più
/// entro un minuto, anche per i token già emessi; un ruolo dato vale per i token emessi da allora.
#[utoipa::path(tag = "members", params(MemberPath, crate::call::Preconditions), request_body = NewMember, responses(
    (status = 200, description = "Il membro com'è ora.", body = MemberResponse),
    (status = 201, description = "Il membro creato.", body = MemberResponse),
))]
#[put("/{member}")]
pub(crate) async fn write_member(call: Call<MemberPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepMembers)?;
    let condition = permit.condition()?;
    let (key, new_id) = (permit.path.member.clone(), MemberId(permit.app.new_id()));
    let location = permit.link(&format!("/v1/comuni/{}/members/{}", permit.grant.comune(), new_id.0));
    let (permit, new) = permit.read::<NewMember>().await?;
    let facts = new.facts(key.theirs())?;
    let put = Put { condition, named_by: key.named_by(), location };
    let work = move |tx: &mut TenantTx<'_>| {
        let before = look_up(tx, &key)?;
        let ways = Ways {
            create: |tx: &mut TenantTx<'_>, facts| {
                let member = Member::register(new_id, facts, tx.grant())?;
                members::insert(tx, &member)?;
                Ok(member)
            },
            change: |tx: &mut TenantTx<'_>, before: &Member, facts| {
                let after = before.change(facts, tx.grant())?;
                members::update(tx, before, &after)?;
                Ok(after)
            },
        };
        put.carry_out::<Member, MemberResponse, _, _>(tx, before, facts, ways)
    };
    let answer = permit.tenant(work).await?;
    permit.app.gate().forget_standings();
    Ok(answer)
}

/// Revoca un membro
///
/// Entro un minuto nessun token e nessun segreto suo è più accettato. Il membro resta, per chi verifica; revocarlo due volte non
/// cambia nulla. Non serve `If-Match`: una revoca non aspetta.
#[utoipa::path(tag = "members", params(MemberPath), responses(
    (status = 200, description = "Il membro, revocato.", body = MemberResponse),
))]
#[post("/{member}/revocation")]
pub(crate) async fn revoke_member(call: Call<MemberPath>) -> Result<Answer, Problem> {
    let permit = call.authorize(Action::KeepMembers)?;
    let key = permit.path.member.clone();
    let work = move |tx: &mut TenantTx<'_>| {
        let before = look_up(tx, &key)?.ok_or(Violation::NotFound)?;
        let after = before.revoke(tx.occasion().at);
        if after == before {
            tx.leave_unchanged();
        } else {
            members::update(tx, &before, &after)?;
        }
        Answer::found(after.version, &MemberResponse::from(after))
    };
    let answer = permit.tenant(work).await?;
    permit.app.gate().forget_standings();
    Ok(answer)
}
