//! Asks a server for a page: without its text at first, as a browser would if that is refused, and again if it is late.

use std::error::Error as _;
use std::time::Duration;

use ureq::config::Config;
use ureq::http::{Response, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Error, ResponseExt};
use url::Url;

use super::Patience;

/// What came of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is there.
    Fine,
    /// It is there, and for good at another address.
    Moved(String),
    /// Whether it is there is not said to a program.
    Refused(u16),
    /// It is not there.
    Missing(u16),
    /// The server failed, each time that it was asked.
    Broken(u16),
    /// It leads on, and not to a page.
    Circle(String),
    /// There was no answer at all.
    Away(String),
}

/// Asks servers, with one connection pool.
pub(super) struct Asker {
    agent: Agent,
    patience: Patience,
}

/// The longest rest that a server can ask for before it is asked again.
const REST: Duration = Duration::from_secs(10);

impl Asker {
    pub(super) fn new(patience: Patience) -> Self {
        // What the system trusts, for a house may have certificates of its own.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Config::builder()
            .tls_config(tls)
            .timeout_global(Some(patience.answer))
            .http_status_as_error(false)
            .user_agent(concat!("amends/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build();
        Self { agent: config.into(), patience }
    }

    /// Asks until there is an answer that asking again would not change.
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

    /// Asks without the text, and if that is no success, with it: many servers treat the two differently. Beside the answer,
    /// how long the server wants to be left alone.
    fn once(&self, url: &Url) -> (Answer, Option<Duration>) {
        let response = match self.send(true, url, true) {
            Ok(response) if response.status().is_success() => Ok(response),
            // Asking for the text would change nothing.
            Err(error @ (Error::Timeout(_) | Error::HostNotFound)) => Err(error),
            _ => self.send(false, url, true),
        };
        match response {
            Ok(response) => (self.judge(url, &response), rest(&response)),
            Err(error @ (Error::TooManyRedirects | Error::RedirectFailed)) => {
                (Answer::Circle(error.to_string()), None)
            }
            Err(error) => (Answer::Away(reason(&error)), None),
        }
    }

    /// Without the text if `head`.
    fn send(&self, head: bool, url: &Url, follow: bool) -> Result<Response<Body>, Error> {
        let request = if head { self.agent.head(url.as_str()) } else { self.agent.get(url.as_str()) };
        let config = request.config().max_redirects(if follow { 10 } else { 0 });
        config.max_redirects_will_error(follow).build().call()
    }

    fn judge(&self, url: &Url, response: &Response<Body>) -> Answer {
        match response.status().as_u16() {
            200..=299 if *response.get_uri() == *url.as_str() => Answer::Fine,
            200..=299 if self.is_for_good(url) => Answer::Moved(response.get_uri().to_string()),
            200..=299 => Answer::Fine,
            // 999 is what LinkedIn has for programs.
            status @ (401 | 403 | 405 | 406 | 429 | 451 | 999) => Answer::Refused(status),
            status @ 500.. => Answer::Broken(status),
            status => Answer::Missing(status),
        }
    }

    /// Whether the first step that leads on says that it always will.
    fn is_for_good(&self, url: &Url) -> bool {
        let first = self.send(true, url, false).or_else(|_| self.send(false, url, false));
        let lasting = [StatusCode::MOVED_PERMANENTLY, StatusCode::PERMANENT_REDIRECT];
        first.is_ok_and(|response| lasting.contains(&response.status()))
    }
}

/// How long a server wants to be left alone, if it says so in seconds.
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
