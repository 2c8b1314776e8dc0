//! Black-box tests of the whole service: over HTTP, on a real database, with real tokens. One binary, one PostgreSQL,
//! a database of its own for every test.

#[cfg(test)]
mod chain;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod nouns;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod world;
