//! Requests a page from a server: without its text at first, as a browser would if that is refused, and again if the server
//! is slow.

use std::error::Error as _;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Response, StatusCode};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Error};
use url::Url;

use super::Patience;
use crate::shell::error;

/// The answer for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// The page exists.
    Fine,
    /// The page has moved permanently.
    Moved(String),
    /// The server does not answer programs, so nobody knows whether the page exists.
    Refused(u16),
    /// The page does not exist.
    Missing(u16),
    /// The server failed every time.
    Broken(u16),
    /// It redirects, but never to a page.
    Circle(String),
    /// No answer at all.
    Away(String),
}

/// Sends requests, with one connection pool.
pub(super) struct Asker {
    agent: Agent,
    patience: Patience,
}

/// Where an address led.
struct Reached {
    response: Response<Body>,
    /// The final address after redirects, and whether the first one is permanent.
    moved: Option<(Url, bool)>,
}

/// Why an address led nowhere.
enum Lost {
    Astray(String),
    Failed(Error),
}

/// The most redirects to follow.
const STEPS: usize = 10;

/// The longest pause that a server can ask for.
const REST: Duration = Duration::from_secs(10);

/// The trusted certificates: the system's, since an organization may have its own (Mozilla's, in a program that cannot ask
/// its system); or, as in other programs, those in the file named by `SSL_CERT_FILE`.
pub(super) fn trusted() -> error::Result<RootCerts> {
    let Some(path) = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty()).map(PathBuf::from)
    else {
        return Ok(if cfg!(feature = "system") { RootCerts::PlatformVerifier } else { RootCerts::WebPki });
    };
    let fail = |source| error::Error::new("read SSL_CERT_FILE,", &path, source);
    let text = std::fs::read(&path).map_err(fail)?;
    let certificates: Vec<_> = parse_pem(&text)
        .filter_map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Some(certificate),
            _ => None,
        })
        .collect();
    if certificates.is_empty() {
        let says = "it contains no certificate; name a PEM file, with `-----BEGIN CERTIFICATE-----`";
        return Err(fail(io::Error::other(says)));
    }
    Ok(RootCerts::Specific(Arc::new(certificates)))
}

impl Asker {
    pub(super) fn new(patience: Patience, roots: RootCerts) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder().root_certs(roots).unversioned_rustls_crypto_provider(provider).build();
        let config = Config::builder()
            .tls_config(tls)
            .timeout_global(Some(patience.answer))
            .http_status_as_error(false)
            .user_agent(concat!("amends/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build();
        Self { agent: config.into(), patience }
    }

    /// Asks until the answer would not change by asking again.
    pub(super) fn ask(&self, url: &Url) -> Answer {
        let mut pause = self.patience.pause;
        for _ in 1..self.patience.tries {
            let (answer, rest) = self.once(url);
            match answer {
                Answer::Broken(_) | Answer::Away(_) | Answer::Refused(429) => {
                    std::thread::sleep(rest.unwrap_or(pause).min(REST));
                    pause *= 2;
                }
                answer => return answer,
            }
        }
        self.once(url).0
    }

    /// Asks without the text and, if that fails, with it: many servers treat the two differently. Also returns the pause
    /// that the server asks for.
    fn once(&self, url: &Url) -> (Answer, Option<Duration>) {
        let reached = match self.follow(true, url) {
            Ok(reached) if reached.response.status().is_success() => Ok(reached),
            // Asking for the text would not help.
            Err(lost @ (Lost::Astray(_) | Lost::Failed(Error::Timeout(_) | Error::HostNotFound))) => {
                Err(lost)
            }
            _ => self.follow(false, url),
        };
        match reached {
            Ok(reached) => (judge(&reached), rest(&reached.response)),
            Err(Lost::Astray(why)) => (Answer::Circle(why), None),
            Err(Lost::Failed(error)) => (Answer::Away(reason(&error)), None),
        }
    }

    /// Sends a request, without the text if `head`, and follows redirects.
    fn follow(&self, head: bool, url: &Url) -> Result<Reached, Lost> {
        let (mut at, mut led) = (url.clone(), None);
        for _ in 0..=STEPS {
            let request = if head { self.agent.head(at.as_str()) } else { self.agent.get(at.as_str()) };
            let config = request.config().max_redirects(0).max_redirects_will_error(false);
            let response = config.build().call().map_err(Lost::Failed)?;
            let onward = response.headers().get("location").filter(|_| response.status().is_redirection());
            let Some(onward) = onward else {
                let moved = led.map(|for_good| (at, for_good));
                return Ok(Reached { response, moved });
            };
            let onward = String::from_utf8_lossy(onward.as_bytes());
            let next = at.join(&onward).map_err(|_| Lost::Astray(format!("`{onward}` is not an address")))?;
            may_lead(&at, &next)?;
            let lasting = [StatusCode::MOVED_PERMANENTLY, StatusCode::PERMANENT_REDIRECT];
            led.get_or_insert(lasting.contains(&response.status()));
            at = next;
        }
        Err(Lost::Astray("too many redirects".to_owned()))
    }
}

/// Refuses redirects that a server must not send a program to: files, and addresses that only this machine can reach. A
/// server of this machine that a course links to may redirect within itself.
fn may_lead(from: &Url, to: &Url) -> Result<(), Lost> {
    if !matches!(to.scheme(), "http" | "https") {
        return Err(Lost::Astray(format!("it redirects to `{to}`, which is not a web page")));
    }
    let is_own = |address: SocketAddr| match address.ip().to_canonical() {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_unspecified() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unspecified() || ip.is_unicast_link_local(),
    };
    // An unknown name is reported when it is requested.
    let mut addresses = to.socket_addrs(|| None).unwrap_or_default().into_iter();
    if to.origin() != from.origin() && addresses.any(is_own) {
        return Err(Lost::Astray(format!("it redirects to `{to}`, which is the machine that asks")));
    }
    Ok(())
}

fn judge(reached: &Reached) -> Answer {
    match (reached.response.status().as_u16(), &reached.moved) {
        (200..=299, Some((to, true))) => Answer::Moved(to.to_string()),
        (200..=299, _) => Answer::Fine,
        // LinkedIn answers programs with 999.
        (status @ (401 | 403 | 405 | 406 | 429 | 451 | 999), _) => Answer::Refused(status),
        (status @ 500.., _) => Answer::Broken(status),
        (status, _) => Answer::Missing(status),
    }
}

/// The pause that a server asks for, if given in seconds.
fn rest(response: &Response<Body>) -> Option<Duration> {
    let seconds = response.headers().get("retry-after")?.to_str().ok()?;
    seconds.trim().parse().ok().map(Duration::from_secs)
}

/// Why there was no answer, in words for people.
fn reason(error: &Error) -> String {
    match error {
        Error::HostNotFound => "there is no such host".to_owned(),
        Error::Timeout(_) => "it did not answer in time".to_owned(),
        Error::Io(error) => match error.source() {
            Some(source) => source.to_string(),
            None => error.to_string(),
        },
        error => error.to_string(),
    }
}
