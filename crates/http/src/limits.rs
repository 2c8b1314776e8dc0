//! How much a caller may ask for in a minute, and how often it may fail to prove who it is.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use traguardo_domain::ComuneCode;
use uuid::Uuid;

/// Whose requests are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Caller {
    /// A member, wherever it calls from.
    Member(ComuneCode, Uuid),
    /// Whoever calls from an address without proving who it is.
    Address(IpAddr),
}

/// What a caller has left of the current minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Requests a minute.
    pub(crate) limit: u32,
    /// How many are left.
    pub(crate) remaining: u32,
    /// Seconds to the next minute.
    pub(crate) reset: u32,
    /// Whether the limit is passed.
    pub(crate) exceeded: bool,
}

/// Counts of a minute. They begin anew with each minute, so that nothing has to be cleared away.
#[derive(Debug)]
struct Minute<K> {
    number: i64,
    counts: HashMap<K, u32>,
}

/// Beyond this many callers a minute newcomers are not told apart from a full one: the table stays small under a flood.
const MOST_CALLERS: usize = 100_000;

impl<K: Hash + Eq> Minute<K> {
    fn new() -> Self {
        Self { number: i64::MIN, counts: HashMap::new() }
    }

    fn at(&mut self, now: DateTime<Utc>) -> &mut HashMap<K, u32> {
        let number = now.timestamp().div_euclid(60);
        if number != self.number {
            self.number = number;
            self.counts.clear();
        }
        &mut self.counts
    }
}

fn seconds_to_next_minute(now: DateTime<Utc>) -> u32 {
    let gone = u32::try_from(now.timestamp().rem_euclid(60)).unwrap_or(0);
    60_u32.saturating_sub(gone)
}

/// What every caller may ask for.
#[derive(Debug)]
pub(crate) struct Allowances {
    limit: u32,
    minute: Mutex<Minute<Caller>>,
}

impl Allowances {
    pub(crate) fn new(limit: u32) -> Self {
        Self { limit, minute: Mutex::new(Minute::new()) }
    }

    /// Counts one more request of the caller.
    pub(crate) fn take(&self, caller: Caller, now: DateTime<Utc>) -> Allowance {
        let mut minute = self.minute.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = minute.at(now);
        let full = counts.len() >= MOST_CALLERS && !counts.contains_key(&caller);
        let used = if full {
            self.limit.saturating_add(1)
        } else {
            let used = counts.entry(caller).or_insert(0);
            *used = used.saturating_add(1);
            *used
        };
        Allowance {
            limit: self.limit,
            remaining: self.limit.saturating_sub(used),
            reset: seconds_to_next_minute(now),
            exceeded: used > self.limit,
        }
    }
}

/// How often somebody may fail to prove who it is: so that secrets cannot be guessed, and a client cannot be locked out for good.
#[derive(Debug)]
pub(crate) struct Failures {
    clients: Mutex<Minute<String>>,
    addresses: Mutex<Minute<IpAddr>>,
}

impl Default for Failures {
    fn default() -> Self {
        Self { clients: Mutex::new(Minute::new()), addresses: Mutex::new(Minute::new()) }
    }
}

impl Failures {
    const OF_A_CLIENT: u32 = 10;
    const OF_AN_ADDRESS: u32 = 100;

    /// The seconds to wait when this client or address has failed too often in this minute.
    pub(crate) fn must_wait(&self, client: &str, address: Option<IpAddr>, now: DateTime<Utc>) -> Option<u32> {
        let failed = |count: Option<&u32>, most: u32| count.is_some_and(|count| *count >= most);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let client_failed = !client.is_empty() && failed(clients.at(now).get(client), Self::OF_A_CLIENT);
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let address_failed =
            address.is_some_and(|address| failed(addresses.at(now).get(&address), Self::OF_AN_ADDRESS));
        (client_failed || address_failed).then(|| seconds_to_next_minute(now))
    }

    /// Counts one more failure, of a client (nobody's when empty) and from an address.
    pub(crate) fn note(&self, client: &str, address: Option<IpAddr>, now: DateTime<Utc>) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = clients.at(now);
        if !client.is_empty() && counts.len() < MOST_CALLERS {
            let failures = counts.entry(client.to_owned()).or_insert(0);
            *failures = failures.saturating_add(1);
        }
        if let Some(address) = address {
            let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
            let counts = addresses.at(now);
            if counts.len() < MOST_CALLERS {
                let failures = counts.entry(address).or_insert(0);
                *failures = failures.saturating_add(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn somebody() -> Caller {
        Caller::Address([127, 0, 0, 1].into())
    }

    #[test]
    fn an_allowance_runs_out_and_begins_anew_with_the_minute() {
        let allowances = Allowances::new(2);
        assert_eq!(allowances.take(somebody(), at(0)).remaining, 1);
        assert!(!allowances.take(somebody(), at(10)).exceeded);
        let third = allowances.take(somebody(), at(59));
        assert!(third.exceeded && third.remaining == 0 && third.reset == 1);
        assert_eq!(allowances.take(somebody(), at(60)).remaining, 1);
    }

    #[test]
    fn ten_failures_of_a_client_make_it_wait_and_nobody_else() {
        let failures = Failures::default();
        for _ in 0..10 {
            assert_eq!(failures.must_wait("a", None, at(30)), None);
            failures.note("a", None, at(30));
        }
        assert_eq!(failures.must_wait("a", None, at(30)), Some(30));
        assert_eq!(failures.must_wait("b", None, at(30)), None);
        assert_eq!(failures.must_wait("a", None, at(60)), None);
    }

    #[test]
    fn a_hundred_failures_from_an_address_make_it_wait_for_any_client() {
        let failures = Failures::default();
        let address = Some(IpAddr::from([127, 0, 0, 1]));
        for number in 0..100 {
            failures.note(&number.to_string(), address, at(0));
        }
        assert!(failures.must_wait("another", address, at(0)).is_some());
        assert!(failures.must_wait("another", Some([127, 0, 0, 2].into()), at(0)).is_none());
    }
}
