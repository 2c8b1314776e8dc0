//! stub
pub mod postgres;
