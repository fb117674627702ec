//! Answers requests: files of the site by path, the additions of `serve`, and the stream of messages.

use std::convert::Infallible;
use std::future::ready;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::Channel;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{
    ALLOW, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderName, HeaderValue, LOCATION, X_CONTENT_TYPE_OPTIONS,
};
use hyper::http::uri::Authority;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use tokio::time;

use super::live::{Live, Message};
use super::{bench, made};
use crate::address::Purpose;
use crate::address::decode;
use crate::load::Loaded;
use crate::render::{self, Site};

/// The script that receives the messages; every page under `serve` loads it.
const SCRIPT: &[u8] = include_bytes!("reload.js");
/// The style of the list of faults.
const STYLE: &[u8] = include_bytes!("reload.css");

/// The time limit for the head of a request.
const HEAD: Duration = Duration::from_secs(5);
/// The pause before accepting connections again after a failure.
const PAUSE: Duration = Duration::from_millis(200);
/// The longest silence in the stream of messages.
const SILENCE: Duration = Duration::from_secs(15);

type Body = BoxBody<Bytes, Infallible>;
type Answer = Response<Body>;

/// Answers requests until the program ends.
pub(super) fn run(listener: TcpListener, live: Arc<Live>) {
    let is_here = listener.local_addr().is_ok_and(|address| address.ip().is_loopback());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = runtime.and_then(|runtime| {
        runtime.block_on(async {
            listener.set_nonblocking(true)?;
            accept(tokio::net::TcpListener::from_std(listener)?, is_here, &live).await
        })
    });
    served.expect("a listening socket on this machine can be served");
}

/// Accepts connections. Closes one that does not send a complete head in time.
async fn accept(listener: tokio::net::TcpListener, is_here: bool, live: &Arc<Live>) -> std::io::Result<()> {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Usually no file descriptor is free, and soon one will be.
            time::sleep(PAUSE).await;
            continue;
        };
        let live = Arc::clone(live);
        let answers = service_fn(move |request| ready(Ok::<_, Infallible>(answer(&live, is_here, &request))));
        tokio::spawn(async move {
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new()).header_read_timeout(HEAD);
            // It is not a fault of ours if a client hangs up.
            let _ = connection.serve_connection(TokioIo::new(stream), answers).await;
        });
    }
}

/// Answers a request; one to a server for this machine alone only by a name of this machine.
fn answer(live: &Arc<Live>, is_here: bool, request: &Request<Incoming>) -> Answer {
    let mut answer = if is_here && !is_for_this_machine(request) {
        refusal(
            "This course is shown only to this machine. Open it as http://localhost, or share it on your network with `amends serve --host 0.0.0.0`.\n",
        )
    } else if is_of_another_site(request) {
        refusal("Only pages of this course are answered here.\n")
    } else if ![Method::GET, Method::HEAD].contains(request.method()) {
        respond(StatusCode::METHOD_NOT_ALLOWED, [(ALLOW, "GET, HEAD")], whole(""))
    } else if request.uri().path() == "/static/reload" {
        stream(live, request.uri().query().unwrap_or_default())
    } else {
        page(live, request.uri())
    };
    // No page of another site may embed an answer.
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    answer.headers_mut().insert(policy, HeaderValue::from_static("same-origin"));
    answer
}

/// Whether a page of another site asks, other than by a link: otherwise any page on the web could read the words of a draft by
/// loading a script of the course.
fn is_of_another_site(request: &Request<Incoming>) -> bool {
    has_header(request, "sec-fetch-site", "cross-site") && !has_header(request, "sec-fetch-mode", "navigate")
}

/// Whether the host name is one of this machine. Otherwise any page on the web could give itself a name that leads here, and
/// read what is written here, drafts included (DNS rebinding). Serving to a network is a deliberate choice.
fn is_for_this_machine(request: &Request<Incoming>) -> bool {
    let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().cloned().or_else(|| header?.parse::<Authority>().ok());
    let name = authority.as_ref().map_or("", |authority| authority.host()).to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok()
}

fn has_header(request: &Request<Incoming>, header: &str, word: &str) -> bool {
    request.headers().get(header).is_some_and(|value| value == word)
}

/// A file of the site.
fn page(live: &Live, uri: &Uri) -> Answer {
    let path = decode(uri.path());
    let path = path.strip_prefix('/').unwrap_or(&path);
    match path {
        "static/reload.js" => return file(StatusCode::OK, path, SCRIPT),
        "static/reload.css" => return file(StatusCode::OK, path, STYLE),
        "static/bench.js" => return file(StatusCode::OK, path, bench::SCRIPT),
        "static/bench.css" => return file(StatusCode::OK, path, bench::STYLE),
        _ => {}
    }
    let (shown, version, faults) = live.site();
    let mut answer = answer_from(live, shown, &faults.unwrap_or_default(), path, uri);
    // From it the page knows whether a newer version came before it could listen.
    let version =
        HeaderValue::try_from(format!("amends;desc=\"{version}\"")).expect("a number fits in a header");
    answer.headers_mut().insert(HeaderName::from_static("server-timing"), version);
    answer
}

/// A file of the site that is shown.
fn answer_from(live: &Live, shown: Option<Arc<Loaded>>, faults: &str, path: &str, uri: &Uri) -> Answer {
    let Some(loaded) = shown else {
        let wanted = page_path(path);
        live.answered(&wanted, None);
        let page = made::waiting("This course cannot be shown yet", faults);
        return file(StatusCode::SERVICE_UNAVAILABLE, "faults.html", page);
    };
    if let Some(slug) = path.strip_prefix("bench/")
        && let Some(page) = bench::page(&loaded, slug.trim_end_matches('/'))
    {
        return file(StatusCode::OK, "bench.html", page);
    }
    // A theme can fail on a single page, which has something that it does not expect.
    let answered = made(live, &loaded, path, uri);
    let last_good = |error| live.good().and_then(|good| made(live, &good, path, uri).ok()).ok_or(error);
    answered.or_else(last_good).unwrap_or_else(|error| {
        let page = made::waiting("This page cannot be shown yet", &error.to_string());
        file(StatusCode::INTERNAL_SERVER_ERROR, "faults.html", page)
    })
}

/// A file of the site, as a build makes it.
fn made(live: &Live, loaded: &Loaded, path: &str, uri: &Uri) -> Result<Answer, render::Error> {
    let site = Site::new(loaded, Purpose::Serve)?;
    let wanted = page_path(path);
    let found = made::file(loaded, &site, &wanted)?;
    live.answered(&wanted, found.as_deref());
    if let Some(bytes) = found {
        return Ok(file(StatusCode::OK, &wanted, bytes));
    }
    if site.has_page(&format!("{wanted}/index.html")) {
        let to = [(LOCATION, format!("{}/", uri.path()))];
        return Ok(respond(StatusCode::PERMANENT_REDIRECT, to, whole("")));
    }
    let bytes = site.file("404.html")?.unwrap_or_default();
    Ok(file(StatusCode::NOT_FOUND, "404.html", bytes))
}

/// The file that a path means.
fn page_path(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn file(status: StatusCode, path: &str, bytes: impl Into<Bytes>) -> Answer {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let text = kind.type_() == "text" || kind.subtype() == "javascript";
    let kind = if text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let headers =
        [(CONTENT_TYPE, kind.as_str()), (CACHE_CONTROL, "no-store"), (X_CONTENT_TYPE_OPTIONS, "nosniff")];
    respond(status, headers, whole(bytes))
}

fn refusal(says: &'static str) -> Answer {
    respond(StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/plain; charset=utf-8")], whole(says))
}

fn respond<V: AsRef<[u8]>>(
    status: StatusCode,
    headers: impl IntoIterator<Item = (HeaderName, V)>,
    body: Body,
) -> Answer {
    let begun = Response::builder().status(status);
    let headed = headers.into_iter().fold(begun, |begun, (name, value)| begun.header(name, value.as_ref()));
    headed.body(body).expect("no header has a line break")
}

fn whole(bytes: impl Into<Bytes>) -> Body {
    Full::new(bytes.into()).boxed()
}

/// The stream of messages from now on, after a first one with the current state. The query is the path of the page that
/// asks.
fn stream(live: &Arc<Live>, page: &str) -> Answer {
    let viewer = live.view(decode(page).into_owned());
    let (standing, mut messages) = live.listen();
    let (mut sender, body) = Channel::new(1);
    tokio::spawn(async move {
        let mut next = event("state", &json!(standing));
        // Once the page is closed, nothing can be sent.
        while sender.send_data(next).await.is_ok() {
            next = match time::timeout(SILENCE, messages.recv()).await {
                Ok(Ok(Message::Shown(version))) => event("shown", &json!(version)),
                Ok(Ok(Message::Changed(paths))) => event("changed", &json!(paths)),
                Ok(Ok(Message::Faults(faults))) => event("faults", &json!(faults)),
                Ok(Ok(Message::Mended)) => event("mended", &json!({})),
                // The page missed messages, so only reloading makes sure that it is right.
                Ok(Err(_)) => event("changed", &json!(["static/"])),
                Err(_) => Bytes::from(":\n\n"),
            };
        }
    });
    let body = body.map_frame(move |frame| {
        // Dropped when the page is closed.
        let _ = &viewer;
        frame
    });
    respond(StatusCode::OK, [(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-cache")], body.boxed())
}

/// A message as an event of a stream; JSON has no line breaks.
fn event(name: &str, data: &Value) -> Bytes {
    format!("event: {name}\ndata: {data}\n\n").into()
}
