//! Black-box tests of the whole service: over HTTP, on a real database, with real tokens. One binary, one PostgreSQL,
//! a database of its own for every test.

#[cfg(test)]
mod access;
#[cfg(test)]
mod chain;
#[cfg(test)]
mod code_lists;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod forged;
#[cfg(test)]
mod input;
#[cfg(test)]
mod isolation;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod methods;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod nouns;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod reading;
#[cfg(test)]
mod retries;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod world;
