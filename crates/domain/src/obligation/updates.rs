//! How often the published register of requests was brought up to date: `T5.register`.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Check;
use super::standing::{Why, counted, left_out};
use crate::feeder::{Asked, Computed, Method, NotComputable, Outcome, Within, how_many};
use crate::register::Register;

/// The register of requests among the obligations, in every edition of the catalogue.
const ACCESS_REGISTER: &str = "21.06";

const UPDATES: Method = Method {
    code: "access_register_updates",
    version: 1,
    words: "Giorni del periodo in cui il registro degli accessi pubblicato è stato aggiornato, come li dicono le verifiche dell'obbligo 21.06; un giorno detto da più verifiche conta una volta. Se nessuna verifica dice quando è stato aggiornato non si calcola; finché nessuna dice lo stato dell'ultimo giorno del periodo, o di uno successivo, il valore è provvisorio.",
};

/// How many days of the period, as far as is known on the day asked.
pub(super) fn updates(checks: &[Check], within: Within<'_>, asked: Asked) -> Computed {
    let of_register =
        |check: &&Check| check.obligation.as_str() == ACCESS_REGISTER && within.holds(check.unit);
    let (known, later): (Vec<&Check>, Vec<&Check>) =
        checks.iter().filter(of_register).partition(|check| check.checked_on <= asked.on);
    let told = known.iter().filter_map(|check| Some((check.checked_on, check.updated_on.as_deref()?)));
    let (seen, days): (Vec<NaiveDate>, Vec<&[NaiveDate]>) = told.unzip();
    let period = asked.period;
    let within_period = |day: &NaiveDate| period.from <= *day && *day <= period.to;
    let days: BTreeSet<NaiveDate> = days.into_iter().flatten().copied().filter(within_period).collect();
    let outcome = if seen.is_empty() {
        Outcome::NotComputable(NotComputable::NoFacts)
    } else {
        Outcome::Number(Decimal::from(how_many(days.len())))
    };
    let silent = known.len().saturating_sub(seen.len());
    Computed {
        indicator: "T5.register",
        register: Register::Obligations,
        period,
        method: UPDATES,
        outcome,
        percent: false,
        counted: how_many(days.len()),
        left_out: counted([
            left_out(Why::Later, how_many(later.len())),
            left_out(Why::UpdatesNotTold, how_many(silent)),
        ]),
        whole: seen.into_iter().any(|day| day >= period.to),
    }
}
