//! What every comparison begins with: who asks, of which group, on which day; and what there is to compare.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use traguardo_domain::access::{Action, CrossGrant, Grant};
use traguardo_domain::benchmark::{Outside, Pool, Query, Viewer};
use traguardo_domain::consent::Audience;
use traguardo_domain::fact::Grade;
use traguardo_domain::figure::Figure;
use traguardo_domain::group::{Group, GroupRef};
use traguardo_domain::period::Year;
use traguardo_domain::registry::Registry;
use traguardo_domain::text::Code;
use traguardo_domain::{ComuneCode, FaultKind, Violation};
use traguardo_persistence::CrossTenantTx;
use traguardo_persistence::benchmarks::{self, Found, Indicator};

use crate::app::App;
use crate::call::{Call, PathOf};
use crate::problem::{Kind, Problem};
use crate::query::refused;

/// Who compares, and with which keys.
#[derive(Clone)]
pub(crate) struct Asking {
    pub(crate) app: App,
    /// The key to what is published across comuni.
    pub(crate) grant: CrossGrant,
    /// The key to the caller's own facts, when it is of a comune.
    home: Option<Grant>,
    /// The id of the request.
    id: String,
}

impl Asking {
    /// A caller with a token.
    ///
    /// # Errors
    /// 403 when its roles do not allow it.
    pub(crate) fn of<P: PathOf, Q: serde::de::DeserializeOwned>(call: &Call<P, Q>) -> Result<Self, Problem> {
        let actor = call.actor();
        let grant = actor.authorize_across(Action::Compare)?;
        let home = match grant.viewer() {
            Viewer::Comune(comune) => Some(actor.authorize(Action::Compare, comune)?),
            Viewer::Region | Viewer::Public => None,
        };
        let id = crate::envelope::RequestId::get(call.request());
        Ok(Self { app: call.app().clone(), grant, home, id })
    }

    /// A caller whose roles are known, in the request with this id.
    ///
    /// # Errors
    /// As for [`Asking::of`].
    pub(crate) fn by(
        app: &App,
        actor: &traguardo_domain::access::Actor,
        id: String,
    ) -> Result<Self, Problem> {
        let grant = actor.authorize_across(Action::Compare)?;
        let home = grant.viewer().comune().map(|comune| actor.authorize(Action::Compare, comune));
        Ok(Self { app: app.clone(), grant, home: home.transpose()?, id })
    }

    /// Anybody.
    pub(crate) fn publicly(app: &App, id: String) -> Self {
        let grant = traguardo_domain::access::Doorkeeper.compare_publicly();
        Self { app: app.clone(), grant, home: None, id }
    }

    /// Who looks.
    pub(crate) const fn viewer(&self) -> Viewer {
        self.grant.viewer()
    }

    /// What the caller's own comune has of these indicators, withheld from everybody else or not.
    ///
    /// # Errors
    /// 503 when the database is away or busy.
    pub(crate) async fn own(&self, indicators: Vec<String>) -> Result<Vec<Found>, Problem> {
        let Some(home) = &self.home else { return Ok(Vec::new()) };
        let work = move |tx: &mut traguardo_persistence::TenantTx<'_>| {
            let codes: Vec<&str> = indicators.iter().map(String::as_str).collect();
            Ok(benchmarks::own(tx, &codes)?)
        };
        self.app.tenant(home.clone(), self.id.clone(), work).await
    }
}

/// The years a comparison is of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Span {
    /// The last there are facts of.
    Last,
    /// One.
    One(Year),
    /// Several.
    Between(Year, Year),
    /// All there are facts of.
    All,
}

/// The most years a trend is of.
const MOST_YEARS: i16 = 20;

impl Span {
    /// What a query says of years: one, or several, or nothing.
    ///
    /// # Errors
    /// 400 when a year is none, or both are said, or there are too many.
    pub(crate) fn read(year: Option<i32>, from: Option<i32>, to: Option<i32>) -> Result<Self, Problem> {
        let read = |name: &str, number: i32| {
            Year::parse(number).map_err(|error| refused(error.kind, name, &error.detail))
        };
        match (year, from, to) {
            (None, None, None) => Ok(Self::Last),
            (Some(year), None, None) => read("year", year).map(Self::One),
            (None, Some(from), Some(to)) => {
                let (from, to) = (read("from", from)?, read("to", to)?);
                let several = to.number().saturating_sub(from.number());
                if (0..MOST_YEARS).contains(&several) {
                    return Ok(Self::Between(from, to));
                }
                let detail = format!("Il periodo va dal primo all'ultimo anno, {MOST_YEARS} al massimo.");
                Err(refused(FaultKind::OutOfBounds, "to", &detail))
            }
            (_, None, _) => Err(refused(FaultKind::Inconsistent, "from", "Va insieme a `to`, senza `year`.")),
            (_, Some(_), _) => {
                Err(refused(FaultKind::Inconsistent, "to", "Va insieme a `from`, senza `year`."))
            }
        }
    }

    /// The years, for whoever knows those there are facts of, the latest first.
    fn years(self, known: &[Year]) -> Vec<Year> {
        match self {
            Self::Last => known.first().copied().into_iter().collect(),
            Self::One(year) => vec![year],
            Self::All => known.to_vec(),
            Self::Between(from, to) => {
                known.iter().rev().copied().filter(|year| (from..=to).contains(year)).collect()
            }
        }
    }
}

/// A group as whoever asks sees it on the day of the cycle.
pub(crate) struct Frame {
    pub(crate) group: Group,
    pub(crate) registry: Arc<Registry>,
    pub(crate) viewer: Viewer,
    pub(crate) audience: Audience,
    pub(crate) day: NaiveDate,
}

impl Frame {
    /// Finds the group.
    ///
    /// # Errors
    /// 404 when its name leads to none.
    pub(crate) fn find(
        tx: &mut CrossTenantTx<'_>,
        asking: &Asking,
        reference: &GroupRef,
    ) -> Result<Self, Problem> {
        let day = asking.app.today();
        let registry = asking.app.registry().at(tx)?;
        let group = crate::groups::resolved(tx, &registry, reference, day)?;
        let viewer = asking.viewer();
        let audience = viewer.audience(&group.members);
        Ok(Self { group, registry, viewer, audience, day })
    }

    /// What is asked of the facts of one year.
    pub(crate) const fn query(&self, least: Grade) -> Query<'_> {
        let (audience, day) = (self.audience, self.day);
        Query { members: &self.group.members, audience, day, least, definition: None }
    }

    /// What a comune is called.
    pub(crate) fn name(&self, comune: ComuneCode) -> String {
        self.registry.find(comune).map_or_else(|| comune.to_string(), |entry| entry.name.to_string())
    }
}

/// Everything one indicator is compared by.
pub(crate) struct Compared {
    pub(crate) frame: Frame,
    pub(crate) indicator: Indicator,
    pub(crate) pools: BTreeMap<Year, Pool>,
    pub(crate) outside: BTreeMap<Year, Outside>,
    /// The last year of the span, be there facts of it or not.
    pub(crate) year: Year,
}

impl Compared {
    /// Loads it, in a handful of statements.
    ///
    /// # Errors
    /// 404 when there is no such indicator or group.
    pub(crate) fn load(
        tx: &mut CrossTenantTx<'_>,
        asking: &Asking,
        code: &Code,
        reference: &GroupRef,
        span: Span,
    ) -> Result<Self, Problem> {
        let indicator = benchmarks::indicator(tx, code)?.ok_or(Violation::NotFound)?;
        let frame = Frame::find(tx, asking, reference)?;
        let known = match span {
            Span::One(_) => Vec::new(),
            Span::Last | Span::All | Span::Between(..) => benchmarks::years(tx, code.as_str())?,
        };
        let years = span.years(&known);
        let found = benchmarks::contributions(tx, &[code.as_str()], &years)?;
        let withheld = benchmarks::withheld(tx, &[code.as_str()], &years)?;
        let mut gathered: BTreeMap<Year, Vec<_>> = years.iter().map(|year| (*year, Vec::new())).collect();
        for one in found {
            gathered.entry(one.year).or_default().push(one.contribution);
        }
        let pools = gathered.into_iter().map(|(year, all)| (year, Pool::new(all))).collect();
        let mut outside: BTreeMap<Year, Outside> = BTreeMap::new();
        for one in withheld {
            if frame.group.members.contains(&one.comune()?)
                && let Ok(year) = Year::parse(i32::from(one.year))
            {
                let kept = outside.entry(year).or_default();
                kept.no_consent = kept.no_consent.saturating_add(1);
            }
        }
        let last = match span {
            Span::Between(_, to) => Some(to),
            Span::Last | Span::One(_) => years.last().copied(),
            Span::All => years.first().copied(),
        };
        let year = match last {
            Some(year) => year,
            None => {
                Year::parse(chrono::Datelike::year(&frame.day)).map_err(|_| Problem::of(Kind::Internal))?
            }
        };
        Ok(Self { frame, indicator, pools, outside, year })
    }

    /// Whether the caller's own comune may have facts that were not found, because it lets nobody see them.
    pub(crate) fn lacks_own(&self) -> bool {
        let lacks = |comune| self.pools.values().any(|pool| pool.own(comune).is_none());
        self.frame.viewer.comune().is_some_and(lacks)
    }

    /// What one comune has in a year, when whoever asks may know: its own, or that of one that is named.
    pub(crate) fn value_of(
        &self,
        year: Year,
        comune: ComuneCode,
        own: &[Found],
    ) -> Option<(i32, Figure, Grade)> {
        let told = |one: &traguardo_domain::benchmark::Contribution| (one.definition, one.value, one.grade);
        if self.frame.viewer.comune() == Some(comune) {
            let kept = own.iter().find(|one| one.year == year).map(|one| &one.contribution);
            return kept.or_else(|| self.pools.get(&year)?.own(comune)).map(told);
        }
        let one = self.pools.get(&year)?.own(comune)?;
        self.frame.query(Grade::D).names(one).ok()?;
        Some(told(one))
    }
}
