//! The shared objectives that come with the program, published under the platform's own author: again and again, and once for
//! every change.

use std::collections::BTreeSet;

use traguardo_domain::ComuneCode;
use traguardo_domain::access::{Action, Operator};
use traguardo_domain::fault::Refused;
use traguardo_domain::member::MemberId;
use traguardo_domain::template::{
    Author, AuthorFacts, AuthorKind, PLATFORM_AUTHOR, Template, TemplateFacts, catalogue,
};
use traguardo_domain::text::{Code, Line};
use traguardo_domain::version::Version;
use traguardo_persistence::{Database, Error as PersistenceError, TenantTx, authors, templates};

use crate::demo::Source;
use crate::failure::Failure;

/// Publishes every template of the catalogue whose current version says something else, and registers their author where it is
/// missing, with the member who may go on publishing for it. An author that is there stays as it is.
///
/// # Errors
/// When the database refuses.
pub(crate) fn publish(
    database: &Database,
    source: &Source<'_>,
    publishing: impl Fn(&mut TenantTx<'_>) -> Result<Option<MemberId>, Failure>,
) -> Result<(), Failure> {
    let code = Code::parse(PLATFORM_AUTHOR).map_err(unfit)?;
    let act = |action| Operator.act(action, ComuneCode::PLATFORM);
    database.tenant(&act(Action::KeepAuthors), source.occasion(), |tx| {
        tx.leave_unchanged();
        let member = publishing(tx)?;
        keep_author(tx, &code, member)
    })?;
    let all = catalogue().map_err(|error| Failure::Refused(error.to_string()))?;
    database.tenant(&act(Action::PublishTemplates), source.occasion(), |tx| {
        tx.leave_unchanged();
        all.into_iter().try_for_each(|(template, facts)| publish_one(tx, template, &code, facts))
    })
}

fn keep_author(tx: &mut TenantTx<'_>, code: &Code, member: Option<MemberId>) -> Result<(), Failure> {
    if authors::look_up(tx, code)?.is_some() {
        return Ok(());
    }
    let name = Line::parse("Traguardo").map_err(unfit)?;
    let members: BTreeSet<_> = member.into_iter().map(|member| member.0).collect();
    let facts = AuthorFacts { kind: AuthorKind::Platform, name, members };
    Ok(authors::insert(tx, &Author { code: code.clone(), facts, version: Version::FIRST })?)
}

fn publish_one(
    tx: &mut TenantTx<'_>,
    code: Code,
    author: &Code,
    facts: TemplateFacts,
) -> Result<(), Failure> {
    let before = templates::look_up(tx, &code, None)?;
    let known = before.as_ref().map(|kept| &kept.template);
    let at = tx.occasion().at;
    let next = Template::publish(code, author.clone(), facts, known, at).map_err(PersistenceError::from)?;
    if let Some(next) = next {
        templates::add(tx, before.as_ref(), next)?;
    }
    Ok(())
}

fn unfit(refused: Refused) -> Failure {
    Failure::Refused(refused.detail)
}
