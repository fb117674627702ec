//! `check --external`: a server of this machine answers in every way that servers do, and what is told of each link stands
//! at its place.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use amends::diag::{Diagnostic, render};
use amends::load::{Loaded, load};
use amends::shell::external::{self, Patience};
use tempfile::TempDir;

/// Long for a busy machine, and short between tries.
const PATIENCE: Patience =
    Patience { answer: Duration::from_secs(20), tries: 3, pause: Duration::from_millis(1) };

/// A server that tells what it was asked.
struct Host {
    port: u16,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Host {
    fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(BTreeMap::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || answer(stream, &log));
            }
        });
        Self { port, asked }
    }

    fn count(&self, request: &str) -> usize {
        self.asked.lock().unwrap().get(request).copied().unwrap_or_default()
    }
}

/// What a TLS client begins with.
const TLS: [u8; 1] = [0x16];

fn answer(mut stream: TcpStream, log: &Mutex<BTreeMap<String, usize>>) {
    let mut byte = [0];
    if stream.peek(&mut byte).is_ok() && byte == TLS {
        let _ = stream.write_all(b"HTTP/1.1 400 So\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
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
            // Until whoever asks has given up.
            let _ = stream.peek(&mut [0]);
            return;
        }
        (_, "/hangs-up") if times <= 2 => return,
        _ => (200, ""),
    };
    let _ = write!(stream, "HTTP/1.1 {status} So\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n");
}

/// A course of a lesson with links to these addresses, one a line from line 5 on.
fn course(links: &[String]) -> (TempDir, Loaded) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/lessons")).unwrap();
    fs::write(folder.path().join("site.yaml"), "title: A\n").unwrap();
    let lines: Vec<String> = links.iter().map(|link| format!("[a]({link})\n")).collect();
    let lesson = format!("---\ntitle: A\n---\n\n{}", lines.concat());
    fs::write(folder.path().join("content/lessons/01-a.md"), lesson).unwrap();
    let loaded = load(folder.path()).unwrap();
    assert!(loaded.course.is_some());
    (folder, loaded)
}

/// What is told, a line a link, without the port.
fn told(loaded: &Loaded, patience: Patience, port: u16) -> String {
    let mut told = external::check(&loaded.external, patience);
    told.sort_by_key(|each| each.span);
    let hints: Vec<&str> = told.iter().filter_map(|each| each.hint.as_deref()).collect();
    assert_eq!(hints.len(), told.len(), "each has a remedy");
    render::short(&told, &loaded.sources).replace(&port.to_string(), "PORT")
}

/// A port at which nobody listens.
fn closed() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// Every code that only another server can call for.
pub(crate) fn all() -> Vec<Diagnostic> {
    let host = Host::start();
    let link = |path: &str| format!("http://127.0.0.1:{}{path}", host.port);
    let (_folder, loaded) = course(&[link("/missing"), link("/for-good")]);
    external::check(&loaded.external, PATIENCE)
}

#[test]
fn each_way_to_answer_is_told_at_its_place() {
    let host = Host::start();
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
    let links: Vec<String> =
        paths.iter().map(|path| format!("http://127.0.0.1:{}{path}", host.port)).collect();
    let (_folder, loaded) = course(&links);
    let expected = "\
content/lessons/01-a.md:6:5: info[moved-link]: this page has moved to http://127.0.0.1:PORT/fine
content/lessons/01-a.md:8:5: warning[dead-link]: 127.0.0.1 has no such page (status 404)
content/lessons/01-a.md:9:5: warning[dead-link]: 127.0.0.1 leads this link in a circle, or astray: too many redirects
content/lessons/01-a.md:10:5: warning[dead-link]: 127.0.0.1 has no such page (status 404)
content/lessons/01-a.md:11:5: warning[dead-link]: 127.0.0.1 has no such page (status 410)
content/lessons/01-a.md:12:5: info[dead-link]: 127.0.0.1 does not show this page to a program (status 403)
content/lessons/01-a.md:13:5: warning[dead-link]: 127.0.0.1 is out of order, asked several times (status 500)
content/lessons/01-a.md:15:5: info[dead-link]: 127.0.0.1 does not show this page to a program (status 429)
";
    assert_eq!(told(&loaded, PATIENCE, host.port), expected);
    assert_eq!((host.count("HEAD /no-head"), host.count("GET /no-head")), (1, 1));
    assert_eq!((host.count("HEAD /broken"), host.count("GET /broken")), (3, 3));
    assert_eq!(host.count("GET /fine"), 0, "no text is asked for where the head will do");
    assert_eq!(host.count("HEAD /b%C3%BCcher"), 1);
}

#[test]
fn an_address_is_asked_for_once_and_told_wherever_it_stands() {
    let host = Host::start();
    let link = |path: &str| format!("http://127.0.0.1:{}{path}", host.port);
    let links = [link("/once"), link("/once#part"), link("/missing"), link("/missing#part"), link("/once")];
    let (_folder, loaded) = course(&links);
    let told = told(&loaded, PATIENCE, host.port);
    assert_eq!(told.lines().count(), 2, "{told}");
    assert_eq!((host.count("* /once"), host.count("* /missing")), (1, 2));
    assert_eq!(external::extent(&loaded.external), (2, 1));
}

#[test]
fn who_does_not_answer_is_not_asked_again() {
    let host = Host::start();
    let link = |path: &str| format!("http://127.0.0.1:{}{path}", host.port);
    let (_folder, loaded) = course(&[link("/late"), link("/fine")]);
    let hasty = Patience { answer: Duration::from_millis(300), tries: 1, ..PATIENCE };
    let expected = "\
content/lessons/01-a.md:5:5: warning[dead-link]: 127.0.0.1 cannot be reached: it did not answer in time
content/lessons/01-a.md:6:5: warning[dead-link]: 127.0.0.1 cannot be reached: it did not answer in time
";
    assert_eq!(told(&loaded, hasty, host.port), expected);
    assert_eq!(host.count("* /fine"), 0);
}

#[test]
fn who_is_not_there_or_speaks_no_tls_is_told() {
    let (host, closed) = (Host::start(), closed());
    let links = [
        format!("http://127.0.0.1:{closed}/"),
        format!("https://127.0.0.1:{}/", host.port),
        "http://nowhere.invalid/".to_owned(),
        "http://[::1/".to_owned(),
    ];
    let (_folder, loaded) = course(&links);
    let told = told(&loaded, PATIENCE, host.port);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 4, "{told}");
    for (line, says) in lines.iter().zip([
        "127.0.0.1 cannot be reached: Connection refused",
        "127.0.0.1 cannot be reached: received corrupt message",
        "nowhere.invalid cannot be reached: ",
        "`http://[::1/` is no address: invalid IPv6 address",
    ]) {
        assert!(line.contains("warning[dead-link]") && line.contains(says), "{line}");
    }
}

#[test]
fn links_of_conversations_are_asked_for_too_and_only_when_that_is_wanted() {
    let host = Host::start();
    let link = format!("http://127.0.0.1:{}/missing", host.port);
    let folder = tempfile::tempdir().unwrap();
    let amends = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
        let output = command.args(arguments).current_dir(folder.path()).output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    amends(&["new", "."]);
    let path = folder.path().join("content/scenarios/cold-dinner.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let (before, after) = text.split_once("why: |\n").unwrap();
    let indent = after.len() - after.trim_start().len();
    let spaces = " ".repeat(indent);
    let line = before.lines().count() + 1;
    fs::write(&path, format!("{before}why: |\n{spaces}See [the law]({link}).\n{after}")).unwrap();

    assert_eq!(amends(&["check", "--strict"]).0, Some(0));
    assert_eq!(host.count("* /missing"), 0, "nobody asked for it");
    let (code, out, told) = amends(&["check", "--external", "--format", "short"]);
    assert_eq!(code, Some(0), "a warning stops nobody: {out}{told}");
    let place = format!(
        "content/scenarios/cold-dinner.yaml:{line}:{}: warning[dead-link]",
        indent + "See [the law](".len() + 1
    );
    assert!(out.contains(&place), "{place}\n{out}");
    assert!(told.contains("asking 1 host for 1 address"), "{told}");
    assert_eq!(amends(&["check", "--external", "--strict"]).0, Some(1));
    let (_, json, _) = amends(&["check", "--external", "--format", "sarif"]);
    assert!(json.contains("dead-link"), "{json}");
}
