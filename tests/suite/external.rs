//! `check --external`: a server on this machine answers in all the ways that servers do, and each report names the place of its
//! link.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use amends::diag::{Diagnostic, render};
use amends::shell::external::{self, Patience};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::harness::{Checked, Site, command, repository, run};

/// Long enough for a busy machine, with short pauses between tries.
const PATIENCE: Patience =
    Patience { answer: Duration::from_secs(20), tries: 3, pause: Duration::from_millis(1) };

/// A server that counts its requests.
struct Server {
    port: u16,
    requests: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let requests = Arc::new(Mutex::new(BTreeMap::new()));
        let log = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || answer(stream, &log));
            }
        });
        Self { port, requests }
    }

    fn link(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn count(&self, request: &str) -> usize {
        self.requests.lock().unwrap().get(request).copied().unwrap_or_default()
    }
}

/// The first byte of a TLS handshake.
const TLS: [u8; 1] = [0x16];

fn answer(mut stream: TcpStream, log: &Mutex<BTreeMap<String, usize>>) {
    let mut byte = [0];
    if stream.peek(&mut byte).is_ok() && byte == TLS {
        let _ = stream.write_all(b"HTTP/1.1 400 Status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
    }
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let request = first.trim_end_matches(" HTTP/1.1").to_owned();
    for line in lines {
        if line.is_empty() {
            break;
        }
    }
    let (method, path) = request.split_once(' ').unwrap_or_default();
    let times = {
        let mut log = log.lock().unwrap();
        *log.entry(format!("* {path}")).or_default() += 1;
        *log.entry(request.clone()).or_default() += 1;
        log[&format!("* {path}")]
    };
    let (status, more) = match (method, path) {
        ("HEAD", "/no-head") => (405, ""),
        (_, "/for-good" | "/good/for-good") => (301, "Location: /fine\r\n"),
        (_, "/for-now") => (302, "Location: /fine\r\n"),
        (_, "/to-nothing") => (308, "Location: /missing\r\n"),
        (_, "/circle") => (302, "Location: /circle\r\n"),
        (_, "/missing") => (404, ""),
        (_, "/gone") => (410, ""),
        (_, "/private") => (403, ""),
        (_, "/broken") => (500, ""),
        (_, "/busy") if times <= 2 => (503, "Retry-After: 0\r\n"),
        (_, "/busy-always") => (429, "Retry-After: 0\r\n"),
        (_, "/late") => {
            // Until the client gives up.
            let _ = stream.peek(&mut [0]);
            return;
        }
        (_, "/hangs-up") if times <= 2 => return,
        (_, path) if path.starts_with("/to?") => {
            let to = amends::address::decode(&path["/to?".len()..]).into_owned();
            let _ = write!(
                stream,
                "HTTP/1.1 302 Status\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            );
            return;
        }
        _ => (200, ""),
    };
    let _ =
        write!(stream, "HTTP/1.1 {status} Status\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
}

/// A course with a lesson that links to these addresses, one per line from line 5 on.
fn course(links: &[String]) -> Checked {
    let lines: String = links.iter().map(|link| format!("[a]({link})\n")).collect();
    let checked = Site::new().lesson("01-a", &lines).check();
    assert!(checked.is_sound());
    checked
}

/// The report, one line per link, without the port.
fn report(checked: &Checked, patience: Patience, port: u16) -> String {
    let mut found = external::check(checked.external(), patience).unwrap();
    found.sort_by_key(|each| each.span);
    assert!(found.iter().all(|each| each.hint.is_some()), "a diagnostic has no remedy");
    render::short(&found, checked.sources()).replace(&port.to_string(), "PORT")
}

/// A port on which nothing listens.
fn closed_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// A diagnostic with each code that depends on the answer of another server.
pub(crate) fn diagnostics() -> Vec<Diagnostic> {
    let server = Server::start();
    external::check(course(&[server.link("/missing"), server.link("/for-good")]).external(), PATIENCE)
        .unwrap()
}

#[test]
fn each_kind_of_answer_is_reported_at_its_link() {
    let server = Server::start();
    let paths = [
        "/fine",
        "/for-good",
        "/for-now",
        "/to-nothing",
        "/circle",
        "/missing",
        "/gone",
        "/private",
        "/broken",
        "/busy",
        "/busy-always",
        "/no-head",
        "/hangs-up",
        "/b%C3%BCcher?a=b&c=d",
        "/bücher",
    ];
    let checked = course(&paths.map(|path| server.link(path)));
    let expected = "\
content/lessons/01-a.md:6:5: info[moved-link]: this page has moved to http://127.0.0.1:PORT/fine
content/lessons/01-a.md:8:5: warning[dead-link]: 127.0.0.1 has no such page (status 404)
content/lessons/01-a.md:9:5: warning[dead-link]: 127.0.0.1 redirects this link in a circle, or to a wrong place: too many redirects
content/lessons/01-a.md:10:5: warning[dead-link]: 127.0.0.1 has no such page (status 404)
content/lessons/01-a.md:11:5: warning[dead-link]: 127.0.0.1 has no such page (status 410)
content/lessons/01-a.md:12:5: info[dead-link]: 127.0.0.1 does not show this page to a program (status 403)
content/lessons/01-a.md:13:5: warning[dead-link]: 127.0.0.1 is failing, after several tries (status 500)
content/lessons/01-a.md:15:5: info[dead-link]: 127.0.0.1 does not show this page to a program (status 429)
";
    assert_eq!(report(&checked, PATIENCE, server.port), expected);
    assert_eq!((server.count("HEAD /no-head"), server.count("GET /no-head")), (1, 1));
    assert_eq!((server.count("HEAD /broken"), server.count("GET /broken")), (3, 3));
    assert_eq!(server.count("GET /fine"), 0, "no body is requested if the headers suffice");
    assert_eq!(server.count("HEAD /b%C3%BCcher"), 1);
}

#[test]
fn an_address_is_requested_once_and_reported_at_every_link() {
    let server = Server::start();
    let paths = ["/once", "/once#part", "/missing", "/missing#part", "/once"];
    let checked = course(&paths.map(|path| server.link(path)));
    let found = report(&checked, PATIENCE, server.port);
    assert_eq!(found.lines().count(), 2, "{found}");
    assert_eq!((server.count("* /once"), server.count("* /missing")), (1, 2));
    assert_eq!(external::extent(checked.external()), (2, 1));
}

#[test]
fn a_host_that_does_not_answer_gets_no_further_requests() {
    let server = Server::start();
    let checked = course(&[server.link("/late"), server.link("/fine")]);
    let impatient = Patience { answer: Duration::from_millis(300), tries: 1, ..PATIENCE };
    let expected = "\
content/lessons/01-a.md:5:5: warning[dead-link]: 127.0.0.1 cannot be reached: it did not answer in time
content/lessons/01-a.md:6:5: warning[dead-link]: 127.0.0.1 cannot be reached: it did not answer in time
";
    assert_eq!(report(&checked, impatient, server.port), expected);
    assert_eq!(server.count("* /fine"), 0);
}

#[test]
fn a_host_that_is_missing_or_lacks_tls_is_reported() {
    let (server, closed) = (Server::start(), closed_port());
    let links = [
        format!("http://127.0.0.1:{closed}/"),
        format!("https://127.0.0.1:{}/", server.port),
        "http://nowhere.invalid/".to_owned(),
        "http://[::1/".to_owned(),
    ];
    let found = report(&course(&links), PATIENCE, server.port);
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 4, "{found}");
    for (line, says) in lines.iter().zip([
        "127.0.0.1 cannot be reached: Connection refused",
        "127.0.0.1 cannot be reached: received corrupt message",
        "nowhere.invalid cannot be reached: ",
        "`http://[::1/` is not an address: invalid IPv6 address",
    ]) {
        assert!(line.contains("warning[dead-link]") && line.contains(says), "{line}");
    }
}

#[test]
fn links_in_scenarios_are_checked_too_but_only_on_request() {
    let server = Server::start();
    let (site, path) = (Site::scaffold(), "content/scenarios/cold-dinner.yaml");
    let text = site.read(path);
    let (before, after) = text.split_once("why: |\n").unwrap();
    let indent = after.len() - after.trim_start().len();
    let spaces = " ".repeat(indent);
    let line = before.lines().count() + 1;
    let link = server.link("/missing");
    site.put(path, format!("{before}why: |\n{spaces}See [the law]({link}).\n{after}"));

    site.amends(&["check", "--strict"]).exits(0);
    assert_eq!(server.count("* /missing"), 0, "external links are not checked by default");
    let check = |more: &[&str]| site.amends(&[&["check", "--external"], more].concat());
    // A warning does not make the check fail.
    let run = check(&["--format", "short"]).exits(0).err_has("asking 1 host for 1 address");
    let place = format!("{path}:{line}:{}: warning[dead-link]", indent + "See [the law](".len() + 1);
    assert!(run.out.contains(&place), "{place}\n{}", run.out);
    check(&["--strict"]).exits(1);
    let json = check(&["--format", "sarif"]).out;
    assert!(json.contains("dead-link"), "{json}");
}

/// Neither the author of a link nor the server behind it can make this program request what only this machine can reach.
#[test]
fn no_server_can_redirect_to_this_machine_or_its_files() {
    let (server, private) = (Server::start(), Server::start());
    let port = private.port;
    let targets = [
        format!("http://127.0.0.1:{port}/secret"),
        format!("http://localhost:{port}/secret"),
        format!("http://[::ffff:127.0.0.1]:{port}/secret"),
        format!("http://0.0.0.0:{port}/secret"),
        format!("http://2130706433:{port}/secret"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "ftp://example.org/".to_owned(),
    ];
    let links: Vec<String> = targets
        .iter()
        .map(|to| server.link(&format!("/to?{}", to.replace('[', "%5B").replace(']', "%5D"))))
        .collect();
    let found = external::check(course(&links).external(), PATIENCE).unwrap();
    assert_eq!(found.len(), targets.len(), "{found:#?}");
    for each in &found {
        assert!(each.message.contains("to a wrong place"), "{}", each.message);
    }
    assert_eq!(private.count("* /secret"), 0, "no redirect is followed");
    assert!(
        found[6].message.contains("`file:///etc/passwd`, which is not a web page"),
        "{}",
        found[6].message
    );
}

/// Answers a few requests over TLS, with the certificate in `tests/tls`.
fn serve_tls(listener: &TcpListener) {
    let (certificate, key) = (include_bytes!("../tls/certificate.pem"), include_bytes!("../tls/key.pem"));
    let chain = vec![CertificateDer::from_pem_slice(certificate).unwrap()];
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = config.unwrap().with_no_client_auth();
    let config =
        Arc::new(config.with_single_cert(chain, PrivateKeyDer::from_pem_slice(key).unwrap()).unwrap());
    for stream in listener.incoming().flatten() {
        let connection = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = rustls::StreamOwned::new(connection, stream);
        // A client that does not trust the certificate hangs up.
        if stream.read(&mut [0; 1024]).is_ok() {
            let _ =
                stream.write_all(b"HTTP/1.1 200 Status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }
    }
}

#[test]
fn a_certificate_to_trust_can_be_set() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let link = format!("https://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    std::thread::spawn(move || serve_tls(&listener));
    let site = Site::new().lesson("01-a", &format!("[a]({link})"));
    let tls = repository().join("tests/tls");
    let check = |file: &str| {
        let mut command = command(&["check", "--strict", "--external"], site.path());
        run(command.env("SSL_CERT_FILE", if file.is_empty() { file.into() } else { tls.join(file) }), "")
    };
    check("certificate.pem").exits(0);
    assert!(check("").exits(1).out.contains("dead-link"), "the system does not trust the certificate");
    check("key.pem").exits(2).err_has("key.pem: it contains no certificate; name a PEM file");
    check("none.pem").exits(2).err_has("cannot read SSL_CERT_FILE, ");
}
