//! Black-box tests of the whole service: over HTTP, on a real database, with real tokens. One binary, one PostgreSQL,
//! a database of its own for every test.

#[cfg(test)]
mod access;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod forged;
#[cfg(test)]
mod isolation;
#[cfg(test)]
mod nouns;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod world;
