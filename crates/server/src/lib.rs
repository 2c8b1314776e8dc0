//! The program around the API: its command line, its configuration, the PostgreSQL it can bring with it, the demo.

mod catalogue;
pub mod check;
pub mod cli;
pub mod commands;
pub mod demo;
pub mod failure;
pub mod import;
pub mod logs;
pub mod postgres;
pub mod registry;
pub mod retention;
pub mod review;
pub mod serve;
mod service;
pub mod store;
pub mod year;
