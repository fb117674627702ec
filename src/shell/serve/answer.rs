//! Answers requests: files of the site by path, the additions of `serve`, and the stream of messages.

use std::convert::Infallible;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{RawQuery, Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::uri::Authority;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::json;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

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

/// Answers requests until the program ends.
pub(super) fn run(listener: TcpListener, live: Arc<Live>) {
    let app = Router::new()
        .route("/static/reload", get(stream))
        .route("/", get(page))
        .route("/{*path}", get(page))
        .with_state(live);
    let app = app.layer(middleware::from_fn(asked_by_own_pages));
    let here = listener.local_addr().is_ok_and(|address| address.ip().is_loopback());
    let app = if here { app.layer(middleware::from_fn(called_here)) } else { app };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let served = runtime.and_then(|runtime| {
        runtime.block_on(async {
            listener.set_nonblocking(true)?;
            accept(tokio::net::TcpListener::from_std(listener)?, app).await
        })
    });
    served.expect("a listening socket on this machine can be served");
}

/// Accepts connections. Closes one that does not send a complete head in time.
async fn accept(listener: tokio::net::TcpListener, app: Router) -> std::io::Result<()> {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Usually no file descriptor is free, and soon one will be.
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let app = TowerToHyperService::new(app.clone());
        tokio::spawn(async move {
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new()).header_read_timeout(HEAD);
            // It is not a fault of ours if a client hangs up.
            let _ = connection.serve_connection(TokioIo::new(stream), app).await;
        });
    }
}

/// Refuses requests from pages of other sites, except for links, and lets no other page embed an answer: otherwise any page
/// on the web could read the words of a draft by loading a script of the course.
async fn asked_by_own_pages(request: Request, next: Next) -> Response {
    let refused =
        says(&request, "sec-fetch-site", "cross-site") && !says(&request, "sec-fetch-mode", "navigate");
    let mut response = match refused {
        true => (StatusCode::FORBIDDEN, "Only pages of this course are answered here.\n").into_response(),
        false => next.run(request).await,
    };
    let policy = HeaderName::from_static("cross-origin-resource-policy");
    response.headers_mut().insert(policy, HeaderValue::from_static("same-origin"));
    response
}

/// Accepts only host names of this machine. Otherwise any page on the web could give itself a name that leads here, and
/// read what is written here, drafts included (DNS rebinding). Serving to a network is a deliberate choice.
async fn called_here(request: Request, next: Next) -> Response {
    let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let authority = request.uri().authority().cloned().or_else(|| header?.parse::<Authority>().ok());
    let name = authority.as_ref().map_or("", |authority| authority.host()).to_ascii_lowercase();
    let is_local = name == "localhost"
        || name.ends_with(".localhost")
        || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    if is_local {
        return next.run(request).await;
    }
    let says = "This course is shown to this machine alone. Open it as http://localhost, or start `amends serve --host`.\n";
    (StatusCode::FORBIDDEN, says).into_response()
}

fn says(request: &Request, header: &str, word: &str) -> bool {
    request.headers().get(header).is_some_and(|value| value == word)
}

/// A file of the site.
async fn page(State(live): State<Arc<Live>>, uri: Uri) -> Response {
    let path = decode(uri.path());
    let path = path.strip_prefix('/').unwrap_or(&path);
    match path {
        "static/reload.js" => return file(StatusCode::OK, path, SCRIPT.to_vec()),
        "static/reload.css" => return file(StatusCode::OK, path, STYLE.to_vec()),
        "static/bench.js" => return file(StatusCode::OK, path, bench::SCRIPT.to_vec()),
        "static/bench.css" => return file(StatusCode::OK, path, bench::STYLE.to_vec()),
        _ => {}
    }
    let (shown, faults) = live.site();
    let Some(loaded) = shown else {
        let wanted = page_path(path);
        live.answered(&wanted, None);
        let faults = faults.unwrap_or_default();
        let page = made::waiting("This course cannot be shown yet", &faults);
        return file(StatusCode::SERVICE_UNAVAILABLE, "faults.html", page.into_bytes());
    };
    if let Some(slug) = path.strip_prefix("bench/")
        && let Some(page) = bench::page(&loaded, slug.trim_end_matches('/'))
    {
        return file(StatusCode::OK, "bench.html", page.into_bytes());
    }
    // A theme can fail on a single page, which has something that it does not expect.
    let answered = answer(&live, &loaded, path, &uri);
    let last_good = |error| live.good().and_then(|good| answer(&live, &good, path, &uri).ok()).ok_or(error);
    answered.or_else(last_good).unwrap_or_else(|error| {
        let page = made::waiting("This page cannot be shown yet", &error.to_string());
        file(StatusCode::INTERNAL_SERVER_ERROR, "faults.html", page.into_bytes())
    })
}

/// A file of the site, as a build makes it.
fn answer(live: &Live, loaded: &Loaded, path: &str, uri: &Uri) -> Result<Response, render::Error> {
    let site = Site::new(loaded, Purpose::Serve)?;
    let wanted = page_path(path);
    let found = made::file(loaded, &site, &wanted)?;
    live.answered(&wanted, found.as_deref());
    if let Some(bytes) = found {
        return Ok(file(StatusCode::OK, &wanted, bytes));
    }
    if site.has_page(&format!("{wanted}/index.html")) {
        let to = [(LOCATION, format!("{}/", uri.path()))];
        return Ok((StatusCode::PERMANENT_REDIRECT, to).into_response());
    }
    let bytes = site.file("404.html")?.unwrap_or_default();
    Ok(file(StatusCode::NOT_FOUND, "404.html", bytes))
}

/// The file that a path means.
fn page_path(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

fn file(status: StatusCode, path: &str, bytes: Vec<u8>) -> Response {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let text = kind.type_() == "text" || kind.subtype() == "javascript";
    let kind = if text { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "no-store".to_owned()),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (status, headers, bytes).into_response()
}

/// The stream of messages from now on, after a first one with the current state. The query is the path of the page that
/// asks.
async fn stream(
    State(live): State<Arc<Live>>,
    RawQuery(page): RawQuery,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let viewer = live.view(decode(&page.unwrap_or_default()).into_owned());
    let (standing, messages) = live.listen();
    let messages = BroadcastStream::new(messages);
    let first = tokio_stream::once(Ok(Event::default().event("state").data(json!(standing).to_string())));
    let rest = messages.map(move |message| {
        // Dropped when the page is closed.
        let _ = &viewer;
        Ok(match message {
            Ok(Message::Changed(paths)) => Event::default().event("changed").data(json!(paths).to_string()),
            Ok(Message::Faults(faults)) => Event::default().event("faults").data(json!(faults).to_string()),
            Ok(Message::Mended) => Event::default().event("mended").data("{}"),
            // The page missed messages, so only reloading makes sure that it is right.
            Err(_) => Event::default().event("changed").data(r#"["static/"]"#),
        })
    });
    Sse::new(first.chain(rest)).keep_alive(KeepAlive::default())
}
