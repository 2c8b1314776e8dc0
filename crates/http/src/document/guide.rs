//! The guide: from the program a comune has to a comparison in ten calls. It is data, so that the page that tells it and the test that
//! makes the calls one by one cannot differ.

use serde::Deserialize;
use serde_json::Value;

const FILE: &str = include_str!("guide.json");

/// A call of the guide. Names in braces, in the path and in what is sent, are of whoever follows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideCall {
    /// What it is about.
    pub title: String,
    /// What it does.
    pub words: String,
    /// The role whose token it is made with.
    pub who: String,
    /// The method.
    pub method: String,
    /// The path, below the version, with its query.
    pub path: String,
    /// What is sent, as JSON.
    #[serde(default)]
    pub json: Option<Value>,
    /// What is sent, as a form.
    #[serde(default)]
    pub form: Option<String>,
    /// The status of the answer.
    pub status: u16,
    /// What is in the answer, among the rest: a list holds something of each of these.
    pub answer: Value,
    /// What happens before the next call.
    #[serde(default)]
    pub then: Option<String>,
}

/// The calls, in their order.
///
/// # Errors
/// Never, as its test shows.
pub fn guide() -> Result<Vec<GuideCall>, serde_json::Error> {
    serde_json::from_str(FILE)
}

/// The guide as the page tells it.
pub(super) fn told() -> String {
    let mut page = "## Dal gestionale al confronto in dieci chiamate\n\n\
        Chi integra un gestionale invia i fatti che ha già; gli indicatori condivisi si calcolano, si misurano e si confrontano. \
        Le chiamate qui sotto si possono fare una dopo l'altra: tra graffe i nomi propri di chi le fa, in fondo a ciascuna una parte \
        della risposta.\n"
        .to_owned();
    for (number, call) in (1..).zip(guide().unwrap_or_default()) {
        page.push_str(&call.told(number));
    }
    page
}

impl GuideCall {
    fn told(&self, number: usize) -> String {
        let Self { title, words, who, method, path, status, answer, .. } = self;
        let form = self.form.as_ref().map(|form| ("application/x-www-form-urlencoded", form.clone()));
        let json = self.json.as_ref().map(|json| ("application/json", lines(json)));
        let bodies = form.into_iter().chain(json);
        let sent = bodies.map(|(kind, body)| format!("Content-Type: {kind}\n\n{body}\n"));
        let sent = sent.collect::<Vec<_>>().concat();
        let then = self.then.as_ref().map(|then| format!("\n{then}\n")).unwrap_or_default();
        format!(
            "\n### {number}. {title}\n\n{words} Ruolo: `{who}`.\n\n```http\n{method} {path}\n{sent}```\n\n\
             ```http\n{status}\n\n{}\n```\n{then}",
            lines(answer)
        )
    }
}

/// JSON with one item of a list on each line.
fn lines(json: &Value) -> String {
    let text = json.to_string();
    if json.is_object() && text.len() > 120 {
        text.replace("},{", "},\n  {").replace("[{", "[\n  {")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_ten_calls_and_all_are_told() {
        let calls = guide().unwrap();
        assert_eq!(calls.len(), 10);
        let page = told();
        for call in &calls {
            assert!(page.contains(&format!("{} {}", call.method, call.path)), "{}", call.title);
            assert!(call.json.is_none() || call.form.is_none(), "{}", call.title);
        }
    }
}
