//! A site under `serve`, the requests of a browser, and the messages to an open page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use amends::shell::serve::{News, Server};

use super::Site;

/// The time limit for anything on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A site, which a test may change, and its server.
pub(crate) struct Served {
    pub(crate) site: Site,
    pub(crate) address: SocketAddr,
    /// A word for each event.
    news: Receiver<&'static str>,
}

impl Served {
    pub(super) fn start(site: Site) -> Self {
        let (sender, news) = channel();
        let server = Server::start(site.path(), here(0), move |news| {
            let word = match news {
                // What was found is reported afterward.
                News::Shown { .. } => return,
                News::Checked { report, .. } if report.has_errors() => "faulty",
                News::Checked { .. } => "made",
                News::Failed { .. } => "failed",
            };
            let _ = sender.send(word);
        });
        Self { address: server.unwrap().address(), site, news }
    }

    /// The address of another server of the same site that asks for the same port.
    pub(crate) fn start_another(&self) -> SocketAddr {
        Server::start(self.site.path(), here(self.address.port()), |_| {}).unwrap().address()
    }

    /// Waits for the next event, which must be this one: `made`, `faulty` or `failed`.
    #[track_caller]
    pub(crate) fn expect(&self, word: &str) {
        assert_eq!(self.next(), word);
    }

    /// Waits for the next event.
    pub(crate) fn next(&self) -> &'static str {
        self.news.recv_timeout(PATIENCE).expect("something happens")
    }

    /// Sends a request without normalizing its path.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(path, "localhost")
    }

    /// The same, with this host name.
    pub(crate) fn ask(&self, path: &str, host: &str) -> Answer {
        self.ask_with(path, host, "")
    }

    /// The same, with more header lines, each with its line end.
    pub(crate) fn ask_with(&self, path: &str, host: &str, head: &str) -> Answer {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{head}Connection: close\r\n\r\n").unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        Answer { head: head.to_lowercase(), body: body.to_owned() }
    }

    /// The stream of messages to the page at this path, after its first one.
    pub(crate) fn listen_on(&self, page: &str) -> Stream {
        let mut stream = self.connect();
        write!(stream, "GET /static/reload?{page} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut stream = Stream(BufReader::new(stream));
        stream.until("event: state");
        stream
    }

    /// The same, for no particular page.
    pub(crate) fn listen(&self) -> Stream {
        self.listen_on("")
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }
}

/// A port of this machine.
fn here(port: u16) -> SocketAddr {
    (Ipv4Addr::LOCALHOST, port).into()
}

/// What a server answers.
pub(crate) struct Answer {
    /// In lowercase.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// Such as `200`.
    pub(crate) fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap()
    }
}

/// Messages to an open page.
pub(crate) struct Stream(BufReader<TcpStream>);

impl Stream {
    /// Reads up to a line with this start, and returns the line after it.
    pub(crate) fn until(&mut self, start: &str) -> String {
        let mut line = String::new();
        while line.trim_end() != start {
            line.clear();
            let read = self.0.read_line(&mut line).expect("the message comes in time");
            assert!(read > 0, "the stream ended before {start}");
        }
        line.clear();
        self.0.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}
