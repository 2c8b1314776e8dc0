//! Decides nothing: it gathers the black-box tests of the whole service in one binary.

#[cfg(test)]
mod contract;
