//! Nothing: the tests are in `api/`.
