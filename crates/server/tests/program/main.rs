//! The program as whoever runs it meets it: started, asked, stopped and killed from outside, nothing of it called.

#[cfg(test)]
mod commands;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod import;
#[cfg(test)]
mod place;
#[cfg(test)]
mod production;
#[cfg(test)]
mod refusals;
mod registry;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod review;
#[cfg(test)]
mod running;
#[cfg(test)]
mod seen;
#[cfg(test)]
mod stopping;
