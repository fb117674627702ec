//! Links out of the course: requests each address once, and reports faults at every place that links to it. The only room
//! that uses the network, and only for `check --external`.
//!
//! Hosts are asked in parallel, the addresses of one host in sequence, so that no server is overloaded. A host that cannot
//! be reached is not asked again.

mod ask;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use url::Url;

use crate::diag::{Code, Diagnostic};
use crate::markdown::ExternalLink;
use crate::shell::error;
use crate::source::Span;
use ask::{Answer, Asker};

/// How long to wait for answers.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For one answer.
    pub answer: Duration,
    /// How often to try a server that is slow, busy or failing.
    pub tries: u32,
    /// The pause before the second try; it doubles before each further one.
    pub pause: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { answer: Duration::from_secs(10), tries: 3, pause: Duration::from_millis(500) }
    }
}

/// The number of hosts that are asked in parallel.
const HOSTS: usize = 16;

/// Addresses to request, by host.
type Hosts = BTreeMap<String, Vec<Url>>;

/// The answer for each address.
type Answers = BTreeMap<Url, Answer>;

/// The faults of some links, unsorted.
///
/// # Errors
/// If `SSL_CERT_FILE` names a file without certificates.
pub fn check(links: &[ExternalLink], patience: Patience) -> error::Result<Vec<Diagnostic>> {
    let asker = Asker::new(patience, ask::trusted()?);
    let mut hosts = Hosts::new();
    for url in links.iter().filter_map(|link| address(&link.url).ok()) {
        let urls = hosts.entry(host(&url)).or_default();
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    let answers = ask(hosts, &asker);
    let found = links.iter().filter_map(|ExternalLink { url: link, span }| match address(link) {
        Ok(url) => diagnostic(&url, &answers[&url], *span),
        Err(error) => {
            let says = format!("`{link}` is not an address: {error}");
            let hint = "copy it again from the browser's address bar";
            Some(Diagnostic::lint(Code::DeadLink, *span, says).hint(hint))
        }
    });
    Ok(found.collect())
}

/// The number of addresses in some links, and of their hosts.
pub fn extent(links: &[ExternalLink]) -> (usize, usize) {
    let urls = links.iter().filter_map(|link| address(&link.url).ok());
    let urls: std::collections::BTreeSet<Url> = urls.collect();
    let hosts: std::collections::BTreeSet<String> = urls.iter().map(host).collect();
    (urls.len(), hosts.len())
}

/// The address to request, without a fragment, which only the browser uses.
fn address(link: &str) -> Result<Url, url::ParseError> {
    let mut url = Url::parse(link)?;
    url.set_fragment(None);
    Ok(url)
}

fn host(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

/// Asks all hosts, several in parallel.
fn ask(hosts: Hosts, asker: &Asker) -> Answers {
    let workers = hosts.len().min(HOSTS);
    let (hosts, answers) = (Mutex::new(hosts), Mutex::new(Answers::new()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = hosts.lock().expect("no thread panics with it").pop_first();
                    let Some((_, urls)) = next else { break };
                    let found = ask_one(asker, urls);
                    answers.lock().expect("no thread panics with it").extend(found);
                }
            });
        }
    });
    answers.into_inner().expect("no thread panics with it")
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

/// The diagnostic for an answer, if it is a fault.
fn diagnostic(url: &Url, answer: &Answer, span: Span) -> Option<Diagnostic> {
    let host = url.host_str().unwrap_or_default();
    let (message, hint) = match answer {
        Answer::Fine => return None,
        Answer::Moved(to) => {
            (format!("this page has moved to {to}"), "write the new address, as the old one may stop working")
        }
        Answer::Refused(status) => (
            format!("{host} does not show this page to a program (status {status})"),
            "open it in a browser to be sure that it is there",
        ),
        Answer::Missing(status) => (
            format!("{host} has no such page (status {status})"),
            "find out where it is now, or remove the link",
        ),
        Answer::Broken(status) => (
            format!("{host} is failing, after several tries (status {status})"),
            "try again later; if it still fails, remove the link",
        ),
        Answer::Circle(why) => (
            format!("{host} redirects this link in a circle, or to a wrong place: {why}"),
            "open it in a browser and copy the address that it ends at",
        ),
        Answer::Away(why) => (
            format!("{host} cannot be reached: {why}"),
            "check the name for a typo; if there is none, try again later",
        ),
    };
    let code = if matches!(answer, Answer::Moved(_)) { Code::MovedLink } else { Code::DeadLink };
    let finding = Diagnostic::lint(code, span, message).hint(hint);
    let refused = matches!(answer, Answer::Refused(_));
    Some(if refused { finding.note() } else { finding })
}
