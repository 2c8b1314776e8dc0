//! An issuer outside: a key of its own, tokens of its own, and a page that shows its public keys.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use traguardo_http::tokens::KeyRing;
use traguardo_server::commands;

use super::super::with;
use super::keys::KeyFolder;

/// Whom its tokens are for.
pub(super) const AUDIENCE: &str = "https://traguardo.example/v1";

/// An issuer with one key.
pub(super) struct Outside {
    pub(super) name: String,
    folder: KeyFolder,
    signs: EncodingKey,
    kid: String,
}

impl Outside {
    pub(super) fn new(name: &str) -> Self {
        let folder = KeyFolder::new(name);
        let pem = std::fs::read(folder.0.join("0001.pem")).unwrap();
        let signs = EncodingKey::from_ed_pem(&pem).unwrap();
        let ring = serde_json::to_value(KeyRing::load(&folder.0).unwrap().jwks()).unwrap();
        let kid = ring["keys"][0]["kid"].as_str().unwrap().to_owned();
        Self { name: format!("https://{name}.example"), folder, signs, kid }
    }

    /// Its public keys.
    pub(super) fn jwks(&self) -> Value {
        serde_json::to_value(KeyRing::load(&self.folder.0).unwrap().jwks()).unwrap()
    }

    /// Its public keys, in a file.
    pub(super) fn jwks_file(&self) -> PathBuf {
        let file = self.folder.0.join("jwks.json");
        std::fs::write(&file, self.jwks().to_string()).unwrap();
        file
    }

    /// A token for a subject, with these claims beside the usual ones or in their place.
    pub(super) fn token(&self, subject: &str, claims: &Value) -> String {
        let now = commands::now().timestamp();
        let usual = json!({"iss": self.name, "sub": subject, "aud": AUDIENCE, "iat": now, "nbf": now, "exp": now.saturating_add(300)});
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".to_owned());
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, &with(&usual, claims), &self.signs).unwrap()
    }
}

/// A page on this machine that shows keys, and counts who looks.
pub(super) struct Page {
    pub(super) url: String,
    shown: Arc<Mutex<String>>,
    looks: Arc<AtomicUsize>,
    closing: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Page {
    pub(super) fn showing(text: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
        let shown = Arc::new(Mutex::new(text.to_owned()));
        let (looks, closing) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (text, count, closed) = (Arc::clone(&shown), Arc::clone(&looks), Arc::clone(&closing));
        let answer = move || {
            for connection in listener.incoming() {
                if closed.load(Ordering::SeqCst) {
                    return;
                }
                count.fetch_add(1, Ordering::SeqCst);
                show(&connection.unwrap(), &text.lock().unwrap());
            }
        };
        Self { url, shown, looks, closing, thread: Some(std::thread::spawn(answer)) }
    }

    pub(super) fn show(&self, text: &str) {
        text.clone_into(&mut self.shown.lock().unwrap());
    }

    pub(super) fn looks(&self) -> usize {
        self.looks.load(Ordering::SeqCst)
    }
}

/// Answers one request with the text.
fn show(connection: &TcpStream, text: &str) {
    let asked = BufReader::new(connection).lines().map_while(Result::ok);
    asked.take_while(|line| !line.is_empty()).for_each(drop);
    let mut out = connection;
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", text.len());
    drop(out.write_all(head.as_bytes()).and_then(|()| out.write_all(text.as_bytes())));
}

impl Drop for Page {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        let address = self.url.trim_start_matches("http://").trim_end_matches("/jwks.json");
        drop(TcpStream::connect(address));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}
