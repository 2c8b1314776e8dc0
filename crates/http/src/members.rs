//! Members over HTTP.

mod wire;

use actix_web::{HttpRequest, get, post, put};
use traguardo_domain::Violation;
use traguardo_domain::access::Action;
use traguardo_domain::member::{Member, MemberId};
use traguardo_domain::unit::UnitId;
use traguardo_persistence::{TenantTx, members};
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::answer::Answer;
use crate::call::{Call, ComunePath, Key, PathOf, segment};
use crate::keyed::Confidence;
use crate::pages::Asked;
use crate::problem::Problem;
use crate::put::{Put, Ways};
use wire::{MemberList, MemberQuery, MemberResponse, NewMember};

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
    let (order, list) = query.sort.unwrap_or_default().order();
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
