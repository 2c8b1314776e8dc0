//! What is answered where no handler is: 405 with the methods there are, 204 to OPTIONS, 404 elsewhere.

use actix_web::dev::ResourceDef;
use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};

use crate::envelope::RequestId;
use crate::problem::{Kind, Problem};

/// The paths the service has, each with its methods.
#[derive(Debug, Clone)]
pub(crate) struct Map(Vec<(ResourceDef, String)>);

impl Map {
    /// The map of these paths, each with the methods it answers.
    pub(crate) fn new(paths: impl IntoIterator<Item = (String, Vec<String>)>) -> Self {
        let allow = |mut methods: Vec<String>| {
            if methods.iter().any(|method| method == "GET") {
                methods.push("HEAD".to_owned());
            }
            methods.push("OPTIONS".to_owned());
            methods.join(", ")
        };
        Self(paths.into_iter().map(|(path, methods)| (ResourceDef::new(path), allow(methods))).collect())
    }

    fn allowed(&self, path: &str) -> Option<&str> {
        self.0.iter().find(|(template, _)| template.is_match(path)).map(|(_, allow)| allow.as_str())
    }
}

/// Answers what no handler answers.
pub(crate) async fn answer(request: HttpRequest) -> HttpResponse {
    let allowed = request.app_data::<actix_web::web::Data<Map>>().and_then(|map| map.allowed(request.path()));
    let id = RequestId::get(&request);
    match allowed {
        Some(allow) if *request.method() == Method::OPTIONS => {
            HttpResponse::NoContent().insert_header((header::ALLOW, allow)).finish()
        }
        Some(allow) => {
            let mut response = Problem::of(Kind::MethodNotAllowed).to_response(&id);
            if let Ok(value) = allow.parse() {
                response.headers_mut().insert(header::ALLOW, value);
            }
            response
        }
        None => Problem::of(Kind::NotFound).to_response(&id),
    }
}
