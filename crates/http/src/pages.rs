//! Lists as they travel: `items`, the cursor of the next page, and links in the body, as the Italian rules ask.

use actix_web::HttpRequest;
use serde::Serialize;
use traguardo_domain::FaultKind;
use traguardo_persistence::{Page, PageRequest};
use utoipa::ToSchema;

use crate::app::App;
use crate::cursor;
use crate::problem::Problem;
use crate::query::refused;

const USUAL_LIMIT: u16 = 50;
const MOST_AT_ONCE: u16 = 200;

/// Where this page and the next one are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PageLinks {
    /// Questa pagina.
    #[serde(rename = "self")]
    #[schema(
        max_length = 4000,
        format = "uri",
        example = "https://api.traguardo.example/v1/comuni/L454/units"
    )]
    this: String,
    /// La pagina seguente, se c'è.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, max_length = 4000, format = "uri")]
    next: Option<String>,
}

/// Declares the page of a list as a type of its own: generators of clients name it well, and generics they do not.
macro_rules! listing {
    ($(#[$about:meta])* $page:ident of $item:ty) => {
        $(#[$about])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub(crate) struct $page {
            /// Gli elementi della pagina, nell'ordine chiesto.
            #[schema(min_items = 0, max_items = 200)]
            items: Vec<$item>,
            /// Quanti elementi al massimo ha la pagina.
            #[schema(minimum = 1, maximum = 200, example = 50)]
            limit: i32,
            /// Da passare in `cursor` per la pagina seguente; assente nell'ultima.
            #[serde(skip_serializing_if = "Option::is_none")]
            #[schema(nullable = false, max_length = 2000, pattern = "^[A-Za-z0-9_-]+$")]
            next_cursor: Option<String>,
            /// Gli indirizzi di questa pagina e della seguente.
            #[serde(rename = "_links")]
            links: $crate::pages::PageLinks,
        }

        impl From<$crate::pages::WirePage<$item>> for $page {
            fn from(page: $crate::pages::WirePage<$item>) -> Self {
                Self { items: page.items, limit: page.limit, next_cursor: page.next_cursor, links: page.links }
            }
        }
    };
}
pub(crate) use listing;

/// A page ready to travel.
pub(crate) struct WirePage<T> {
    pub(crate) items: Vec<T>,
    pub(crate) limit: i32,
    pub(crate) next_cursor: Option<String>,
    pub(crate) links: PageLinks,
}

/// What the caller asks of a list: which one, in which order, from where, how many.
pub(crate) struct Asked<'q> {
    /// The list and its order, as the cursor remembers them.
    pub(crate) list: &'static str,
    pub(crate) cursor: Option<&'q String>,
    pub(crate) limit: Option<i32>,
}

impl Asked<'_> {
    /// The page to read, in this order.
    ///
    /// # Errors
    /// 400 when the limit is out of bounds or the cursor is not this list's.
    pub(crate) fn page<O>(&self, order: O) -> Result<PageRequest<O>, Problem> {
        let limit = match self.limit {
            None => USUAL_LIMIT,
            Some(number) => {
                let fits = u16::try_from(number).ok().filter(|limit| (1..=MOST_AT_ONCE).contains(limit));
                let detail = format!("Da 1 a {MOST_AT_ONCE}.");
                fits.ok_or_else(|| refused(FaultKind::OutOfBounds, "limit", &detail))?
            }
        };
        let after = self.cursor.map(|word| cursor::decode(self.list, word)).transpose()?;
        Ok(PageRequest { order, after, limit })
    }

    /// The page read, as it travels.
    pub(crate) fn answer<S, T>(
        &self,
        app: &App,
        request: &HttpRequest,
        page: Page<S>,
        wire: impl Fn(S) -> T,
    ) -> WirePage<T> {
        let next_cursor = page.next.as_ref().and_then(|place| cursor::encode(self.list, place));
        let address = |query: &str| {
            let path = request.path();
            let joint = if query.is_empty() { "" } else { "?" };
            format!("{}{path}{joint}{query}", app.settings().public_url)
        };
        let next = next_cursor.as_ref().map(|cursor| address(&with_cursor(request.query_string(), cursor)));
        WirePage {
            items: page.items.into_iter().map(wire).collect(),
            limit: self.limit.unwrap_or(i32::from(USUAL_LIMIT)),
            next_cursor,
            links: PageLinks { this: address(request.query_string()), next },
        }
    }
}

/// The same query from another place.
fn with_cursor(query: &str, cursor: &str) -> String {
    let mut parts: Vec<&str> =
        query.split('&').filter(|part| !part.is_empty() && !part.starts_with("cursor=")).collect();
    let last = format!("cursor={cursor}");
    parts.push(&last);
    parts.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_asks_the_same_from_another_place() {
        assert_eq!(with_cursor("kind=area&cursor=a&limit=2", "b"), "kind=area&limit=2&cursor=b");
        assert_eq!(with_cursor("", "b"), "cursor=b");
    }
}
