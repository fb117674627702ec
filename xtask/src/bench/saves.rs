//! The cost of a save under `serve`: from the save until its page, requested over HTTP, is up to date; then of the other pages
//! that name what was saved; then of the work in the background. Linux only: the server's CPU time comes from /proc.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Context, Table};
use crate::shell::{Done, list, read, write};

/// The columns after the first one.
const COLUMNS: [&str; 7] = [
    "wall ms until its page is right",
    "CPU ms until then",
    "× a whole build, CPU",
    "budget",
    "other pages that name it",
    "CPU ms until those are right",
    "CPU ms in the background after that",
];

/// The pause between two requests for a page that is not up to date yet.
const POLL: Duration = Duration::from_millis(10);
/// How long a server must use no CPU time to count as idle.
const IDLE: Duration = Duration::from_millis(500);
/// How long to wait for a page, or for a server to be idle.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Saves a lesson and a scenario of the course in `site` with other titles. `built` contains the built site, which took
/// `build` seconds of CPU time. Each figure is a mean, because the system counts CPU time in steps of 10 ms.
///
/// # Errors
/// Also if a page that named the old title does not name the new one at the next request.
pub(super) fn measure(bench: &Context, site: &Path, built: &Path, build: f64) -> Done<Table> {
    let mut pages = Vec::new();
    read_pages(built, "", &mut pages)?;
    let server = Server::start(&bench.amends, site)?;
    server.wait_until_idle()?;
    let mut rows = Vec::new();
    for (name, folder) in [("a lesson", "content/lessons/050-copy-050"), ("a scenario", "content/scenarios")]
    {
        let file = list(&site.join(folder))?.swap_remove(0);
        let text = read(&file)?;
        let title = text.split_once("title: ").and_then(|(_, rest)| rest.lines().next()).unwrap_or_default();
        let slug = file.file_stem().unwrap_or_default().to_string_lossy();
        let slug = slug.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        let (own, others): (Vec<_>, Vec<_>) = pages
            .iter()
            .filter(|(_, page)| page.contains(title))
            .map(|(path, _)| path.as_str())
            .partition(|path| path.ends_with(&format!("/{slug}/index.html")));
        let [own] = own[..] else { return Err(format!("{} has no page of its own", file.display())) };
        let mut sums = [0.0; 4];
        for run in 0..bench.args.runs {
            let edited = format!("{title}, edited {run}");
            let (before, start) = (server.cpu()?, Instant::now());
            write(&file, text.replacen(title, &edited, 1))?;
            while !server.get(own)?.contains(&edited) {
                if start.elapsed() > TIMEOUT {
                    return Err(format!("{own} never shows `{edited}`"));
                }
                sleep(POLL);
            }
            let (page, wall) = (server.cpu()?, start.elapsed().as_secs_f64());
            for other in &others {
                if !server.get(other)?.contains(&edited) {
                    return Err(format!("{other} does not show `{edited}` when {own} does"));
                }
            }
            let rest = server.cpu()?;
            server.wait_until_idle()?;
            let costs = [wall, page - before, rest - page, server.cpu()? - rest];
            sums.iter_mut().zip(costs).for_each(|(sum, cost)| *sum += cost);
        }
        let [wall, page, rest, background] = sums.map(|sum| sum / bench.args.runs as f64);
        let ms = |seconds: f64| format!("{:.0}", seconds * 1e3);
        let (share, pages) = (format!("1/{:.0}", build / page), others.len().to_string());
        let [wall, page, rest, background] = [wall, page, rest, background].map(ms);
        rows.push(vec![name.into(), wall, page, share, "≤ 1/15".into(), pages, rest, background]);
    }
    Ok(Table { columns: COLUMNS.to_vec(), rows })
}

/// The paths and texts of all pages of a built site.
fn read_pages(folder: &Path, path: &str, pages: &mut Vec<(String, String)>) -> Done {
    for entry in list(folder)? {
        let path = format!("{path}/{}", entry.file_name().unwrap_or_default().to_string_lossy());
        if entry.is_dir() {
            read_pages(&entry, &path, pages)?;
        } else if path.ends_with(".html") {
            pages.push((path, read(&entry)?));
        }
    }
    Ok(())
}

/// A running `amends serve`; ends when it is dropped.
struct Server {
    child: Child,
    /// Host and port.
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(amends: &Path, site: &Path) -> Done<Self> {
        let mut command = Command::new(amends);
        command.args(["serve", "--port", "0", "--site"]).arg(site);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("cannot run {command:?}: {error}"))?;
        let stderr = child.stderr.take().ok_or("the server has no stderr")?;
        let mut server = Self { child, address: String::new() };
        let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
        let address =
            lines.find_map(|line| Some(line.split_once("http://")?.1.trim_end_matches('/').to_owned()));
        server.address = address.ok_or("the server printed no address")?;
        // A full pipe would stop the server.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }

    /// The server's answer, including headers.
    fn get(&self, path: &str) -> Done<String> {
        let request = || {
            let mut stream = TcpStream::connect(&self.address)?;
            write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.address)?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        };
        request().map_err(|error: std::io::Error| format!("cannot get {path}: {error}"))
    }

    /// The server's CPU time so far in seconds, of all threads, in user and system mode.
    fn cpu(&self) -> Done<f64> {
        let stat = read(Path::new(&format!("/proc/{}/stat", self.child.id())))?;
        // Fields 14 and 15, in hundredths; the second field, the program's name in parentheses, may contain spaces.
        let fields = stat.rsplit_once(')').map(|(_, rest)| rest.split_whitespace().skip(11).take(2));
        let ticks = fields.into_iter().flatten().filter_map(|field| field.parse::<f64>().ok());
        Ok(ticks.sum::<f64>() / 100.0)
    }

    fn wait_until_idle(&self) -> Done {
        let (start, mut before) = (Instant::now(), self.cpu()?);
        while start.elapsed() < TIMEOUT {
            sleep(IDLE);
            let now = self.cpu()?;
            if now <= before {
                return Ok(());
            }
            before = now;
        }
        Err("the server does not become idle".into())
    }
}
