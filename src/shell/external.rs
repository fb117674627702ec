//! Links that lead out of the course: each address is asked for once, and what is wrong is told at every place that
//! leads there. The only room that goes out to the network, and only for `check --external`.
//!
//! Hosts are asked side by side, the addresses of one host in turn: nobody's server is pressed. One that cannot be reached at
//! all is not asked again.

mod ask;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use url::Url;

use crate::diag::{Code, Diagnostic, Severity};
use crate::markdown::ExternalLink;
use crate::source::Span;
use ask::{Answer, Asker};

/// How long answers are waited for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For one answer.
    pub answer: Duration,
    /// So often a server is asked that is late, busy or out of order.
    pub tries: u32,
    /// Before it is asked again; twice that before the next time.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { answer: Duration::from_secs(10), tries: 3, pause: Duration::from_millis(500) }
    }
}

/// So many hosts are asked at a time.
const HOSTS: usize = 16;

/// Addresses to ask for, by host.
type Hosts = BTreeMap<String, Vec<Url>>;

/// What came of each address.
type Answers = BTreeMap<Url, Answer>;

/// What is wrong with some links, in no order.
#[must_use]
pub fn check(links: &[ExternalLink], patience: Patience) -> Vec<Diagnostic> {
    let mut hosts = Hosts::new();
    for url in links.iter().filter_map(|link| address(&link.url).ok()) {
        let urls = hosts.entry(host(&url)).or_default();
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    let answers = ask(hosts, patience);
    let told = links.iter().filter_map(|ExternalLink { url: link, span }| match address(link) {
        Ok(url) => tell(&url, &answers[&url], *span),
        Err(error) => {
            let says = format!("`{link}` is no address: {error}");
            Some(
                Diagnostic::lint(Code::DeadLink, *span, says)
                    .hint("copy it again from the browser's address bar"),
            )
        }
    });
    told.collect()
}

/// How many addresses some links have, and on how many hosts.
#[must_use]
pub fn extent(links: &[ExternalLink]) -> (usize, usize) {
    let urls = links.iter().filter_map(|link| address(&link.url).ok());
    let urls: std::collections::BTreeSet<Url> = urls.collect();
    let hosts: std::collections::BTreeSet<String> = urls.iter().map(host).collect();
    (urls.len(), hosts.len())
}

/// What is asked for: places inside of a page are the browser's business.
fn address(link: &str) -> Result<Url, url::ParseError> {
    let mut url = Url::parse(link)?;
    url.set_fragment(None);
    Ok(url)
}

fn host(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// Asks every host, many at a time.
fn ask(hosts: Hosts, patience: Patience) -> Answers {
    let workers = hosts.len().min(HOSTS);
    let (hosts, answers) = (Mutex::new(hosts), Mutex::new(Answers::new()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                let asker = Asker::new(patience);
                loop {
                    let next = hosts.lock().expect("nobody panics with it").pop_first();
                    let Some((_, urls)) = next else { break };
                    let found = ask_one(&asker, urls);
                    answers.lock().expect("nobody panics with it").extend(found);
                }
            });
        }
    });
    answers.into_inner().expect("nobody panics with it")
}

/// Asks one host.
fn ask_one(asker: &Asker, urls: Vec<Url>) -> Vec<(Url, Answer)> {
    let mut away: Option<String> = None;
    let answer = |url: Url| {
        let answer = match &away {
            Some(why) => Answer::Away(why.clone()),
            None => asker.ask(&url),
        };
        if let Answer::Away(why) = &answer {
            away = Some(why.clone());
        }
        (url, answer)
    };
    urls.into_iter().map(answer).collect()
}

/// What an answer means for the author.
fn tell(url: &Url, answer: &Answer, span: Span) -> Option<Diagnostic> {
    let host = url.host_str().unwrap_or_default();
    let (told, hint) = match answer {
        Answer::Fine => return None,
        Answer::Moved(to) => {
            let told = Diagnostic::lint(Code::MovedLink, span, format!("this page has moved to {to}"));
            (told, "write the new address, for the old one may be given up")
        }
        Answer::Refused(status) => {
            let says = format!("{host} does not show this page to a program (status {status})");
            let told =
                Diagnostic { severity: Severity::Info, ..Diagnostic::lint(Code::DeadLink, span, says) };
            (told, "open it in a browser to be sure that it is there")
        }
        Answer::Missing(status) => {
            let told =
                Diagnostic::lint(Code::DeadLink, span, format!("{host} has no such page (status {status})"));
            (told, "look for where it is now, or take the link out")
        }
        Answer::Broken(status) => {
            let says = format!("{host} is out of order, asked several times (status {status})");
            (
                Diagnostic::lint(Code::DeadLink, span, says),
                "try again later; if it stays so, take the link out",
            )
        }
        Answer::Circle(why) => {
            let says = format!("{host} leads this link in a circle, or astray: {why}");
            (
                Diagnostic::lint(Code::DeadLink, span, says),
                "open it in a browser and copy the address that it ends at",
            )
        }
        Answer::Away(why) => {
            let told = Diagnostic::lint(Code::DeadLink, span, format!("{host} cannot be reached: {why}"));
            (told, "look for a typing error in the name; if there is none, try again later")
        }
    };
    Some(told.hint(hint))
}
