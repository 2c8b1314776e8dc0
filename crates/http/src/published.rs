//! What everybody may read: published plans, results, reports, comparisons and data sets, over HTTP.
//!
//! Nobody here is asked for a token, and none is looked at. Of a comune only what is public is found, under a grant that reads
//! nothing else: a comune, a plan or a year that is not there is answered as one of which nothing is public.

use utoipa_actix_web::service_config::ServiceConfig;

mod catalogue;
mod comparisons;
mod dumps;
mod offered;
mod plans;
mod results;
mod table;
mod visitor;

pub(crate) use dumps::Dumps;
pub(crate) use visitor::open_to_pages;

/// Adds the routes.
pub(crate) fn configure(config: &mut ServiceConfig) {
    plans::configure(config);
    results::configure(config);
    dumps::configure(config);
    catalogue::configure(config);
    comparisons::configure(config);
}

/// Whether a path is of what everybody may read: the tokens that come with such a request are not looked at.
pub(crate) fn is_path(path: &str) -> bool {
    path.starts_with("/v1/public/")
}
