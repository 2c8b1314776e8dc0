//! Black-box tests of the whole service: over HTTP, on a real database, with real tokens. One binary, one PostgreSQL,
//! a database of its own for every test.

#[cfg(test)]
mod contract;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod input;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod methods;
#[cfg(test)]
mod nouns;
#[cfg(test)]
mod retries;
#[cfg(test)]
mod world;
