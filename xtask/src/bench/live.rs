//! While one writes: from the moment at which a file is saved to the message that makes the open page load again, with
//! all that waits in between, such as for an editor's save to be over; of other programs, to the page as a new file.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use super::clock;
use super::corpus::{self, Course};
use super::peers::Peer;
use crate::shell::{self, Done};

/// What a saved file took, in milliseconds: the median.
pub(super) struct Saved {
    pub(super) program: String,
    pub(super) what: &'static str,
    pub(super) ms: f64,
}

/// How long the whole site may take to be made after a save, before the next.
const REST: Duration = Duration::from_secs(6);

/// How long a page is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

const TEXT: &str = "a lesson's text";
/// What is edited: a heading gets another paragraph.
const HEADING: &str = "## What you say\n";
const EDITED: &str = "## What you say\n\nEdited.\n";

/// A server that ends with its owner.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Edits a lesson's text, a lesson's title and a scenario of the course in `place`, each so many times.
pub(super) fn measure(amends: &Path, place: &Path, lessons: usize, runs: usize) -> Done<Vec<Saved>> {
    Course { lessons, scenarios: true, search: true }.write(place)?;
    let failed = |error: std::io::Error| format!("cannot serve {}: {error}", place.display());
    let mut command = Command::new(amends);
    command.args(["serve", "--port", "0", "--site"]).arg(place);
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(failed)?;
    let says = child.stderr.take().ok_or("the server says nothing")?;
    let _serving = Serving(child);
    let mut says = BufReader::new(says).lines();
    let address = says.by_ref().find_map(|line| {
        let line = line.ok()?;
        let (_, address) = line.split_once("http://")?;
        Some(address.trim_end_matches('/').to_owned())
    });
    let address = address.ok_or("the server names no address")?;
    // Nobody may wait for a reader of what it says.
    std::thread::spawn(move || says.for_each(drop));
    let mut stream = TcpStream::connect(&address).map_err(failed)?;
    let page =
        |at: usize| format!("lessons/section-{}/lesson-{}/index.html", at / corpus::SECTION + 1, at + 1);
    // Somebody looks at the next lesson, which names the one that is edited.
    let (edited, neighbor) = (lessons / 2, page(lessons / 2 + 1));
    write!(stream, "GET /static/reload?{neighbor} HTTP/1.1\r\nHost: {address}\r\n\r\n").map_err(failed)?;
    let (hears, messages) = mpsc::channel();
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    std::thread::spawn(move || lines.try_for_each(|line| hears.send(line)));
    wait(&messages, "event: state")?;
    let (section, lesson) = corpus::place(edited);
    let lesson = place.join("content/lessons").join(section).join(lesson).with_extension("md");
    let scenario = place.join("content/scenarios/cold-dinner-1.yaml");
    let story = "scenarios/cold-dinner-1/index.html".to_owned();
    let edits: [(&'static str, &Path, (&str, &str), String); 3] = [
        (TEXT, &lesson, (HEADING, EDITED), page(edited)),
        ("a lesson's title, on the next page", &lesson, ("title: \"", "title: \"Edited "), neighbor),
        ("a scenario's text", &scenario, ("It came cold", "It came cold, edited"), story),
    ];
    let mut all = Vec::new();
    for (what, path, (from, to), follows) in edits {
        let mut times = Vec::new();
        for _ in 0..runs {
            let text = shell::read(path)?;
            std::thread::sleep(REST);
            // What followed the save before: the lists that have another title.
            messages.try_iter().for_each(drop);
            let start = Instant::now();
            std::fs::write(path, text.replacen(from, to, 1)).map_err(failed)?;
            wait(&messages, &format!("data: [\"{follows}\"]"))?;
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        all.push(Saved { program: "amends serve".into(), what, ms: clock::middle(times) });
    }
    Ok(all)
}

fn wait(messages: &Receiver<String>, wanted: &str) -> Done {
    let until = Instant::now() + PATIENCE;
    while let Ok(line) = messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
        if line.trim() == wanted {
            return Ok(());
        }
    }
    Err(format!("the server never sent `{wanted}`"))
}

/// Edits a lesson's text under another program that watches; nothing where it writes no pages then.
pub(super) fn peer(peer: &Peer, place: &Path, lessons: usize, runs: usize) -> Done<Option<Saved>> {
    peer.write(place, lessons, "")?;
    let Some(mut command) = peer.watch(place) else { return Ok(None) };
    let failed =
        |error: std::io::Error| format!("cannot follow {} with {}: {error}", place.display(), peer.name);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let _watching = Serving(command.spawn().map_err(failed)?);
    let (lesson, page) = peer.lesson(place, lessons / 2);
    let mut times = Vec::new();
    for edits in 0..=runs {
        let start = Instant::now();
        if edits > 0 {
            let text = shell::read(&lesson)?.replacen(HEADING, EDITED, 1);
            std::fs::write(&lesson, text).map_err(failed)?;
        }
        while std::fs::read_to_string(&page).map_or(true, |page| page.matches("Edited.").count() < edits) {
            if start.elapsed() > PATIENCE {
                return Err(format!("{} never wrote {}", peer.name, page.display()));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        if edits > 0 {
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        std::thread::sleep(REST);
    }
    Ok(Some(Saved { program: peer.name.clone(), what: TEXT, ms: clock::middle(times) }))
}
