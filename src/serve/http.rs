//! Answers requests as a static host would, and tells pages of new editions.

use std::convert::Infallible;
use std::net::{IpAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use tokio::sync::oneshot;
use tokio::sync::watch::Receiver;
use tower::ServiceExt;
use tower_http::services::ServeFile;

use crate::diagnostic::Code;
use crate::json;
use crate::serve::board::{Board, State};
use crate::serve::edition::Answer;
use crate::serve::status;
use crate::xml::escaped;

/// The folder of what only a preview has, from the root of the host.
pub(super) const OWN: &str = "/__pressmark/";
/// What runs in each page of a preview.
const CLIENT: &str = include_str!("client.js");
/// What listens for all pages of a browser.
const WORKER: &str = include_str!("worker.js");
/// The type of a page.
const HTML: &str = "text/html; charset=utf-8";

/// Serves the site until the program is interrupted, or until `desk` is dropped, which
/// lives as long as editions are made.
pub(super) fn serve(
    listener: TcpListener,
    board: &Arc<Board>,
    desk: oneshot::Receiver<()>,
) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let board = Arc::clone(board);
    let served = runtime.block_on(async move {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let serving = axum::serve(listener, router(board));
        tokio::select! {
            served = serving => served,
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = desk => Err(std::io::Error::other("pages are not made any more")),
        }
    });
    // Pages that still listen are not waited for.
    runtime.shutdown_background();
    served
}

/// What is served where.
fn router(board: Arc<Board>) -> Router {
    Router::new()
        .route("/__pressmark/events", get(events))
        .route("/__pressmark/client.js", get(async || script(CLIENT)))
        .route("/__pressmark/worker.js", get(async || script(WORKER)))
        .route(OWN, get(own_page))
        .route(OWN.trim_end_matches('/'), get(async || Redirect::permanent(OWN)))
        .fallback(site)
        .layer(middleware::from_fn(guard))
        .with_state(board)
}

/// Refuses requests that another website could have made a browser send, and
/// those that change something; says that nothing is to be kept.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = if !is_ours(request.headers()) {
        let words =
            "this preview answers to `localhost` and to addresses in numbers only\n";
        (StatusCode::MISDIRECTED_REQUEST, words).into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let allowed = [(header::ALLOW, "GET, HEAD")];
        (StatusCode::METHOD_NOT_ALLOWED, allowed, "a preview can only be read\n")
            .into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // No other website shows a picture or a page of what is not published yet.
    let own = HeaderValue::from_static("same-origin");
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), own);
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    response
}

/// Whether a request names this host. A name of another could lead here by a
/// change of its address (DNS rebinding), and its scripts would read what is not
/// published yet. A number cannot.
fn is_ours(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let number = name.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let is_local = name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost");
    is_local || number.unwrap_or(name).parse::<IpAddr>().is_ok()
}

/// A script of ours.
fn script(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response()
}

/// The page that helps.
async fn own_page(Shared(board): Shared<Arc<Board>>) -> Response {
    let state = board.state();
    let made = tokio::task::spawn_blocking(move || {
        with_client(status::page(&board).as_bytes(), &state, None)
    });
    match made.await {
        Ok(page) => ([(header::CONTENT_TYPE, HTML)], page).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Tells a page what there is to see, now and whenever that changes.
async fn events(Shared(board): Shared<Arc<Board>>) -> Response {
    let mut states = board.states();
    states.mark_changed();
    let stream = futures_util::stream::unfold(states, next_event);
    Sse::new(stream).keep_alive(KeepAlive::default()).into_response()
}

/// The next thing to tell a page.
async fn next_event(
    mut states: Receiver<State>,
) -> Option<(Result<Event, Infallible>, Receiver<State>)> {
    states.changed().await.ok()?;
    let state = states.borrow_and_update().clone();
    let mut words = Vec::new();
    json::push(&mut words, &state);
    let event = Event::default().data(String::from_utf8_lossy(&words));
    Some((Ok(event), states))
}

/// A page or file of the site.
async fn site(Shared(board): Shared<Arc<Board>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let asked = Arc::clone(&board);
    // Before the page is made: if there is a newer edition by then, it is told so.
    let state = board.state();
    // A page takes milliseconds, a sitemap of a large archive longer.
    let made = tokio::task::spawn_blocking(move || {
        asked.edition().map(|edition| edition.answer(&path))
    });
    match made.await {
        Ok(Some(answer)) => respond(answer, request, &board, &state).await,
        Ok(None) => {
            let page = with_client(NOTHING_YET, &state, None);
            page_of(StatusCode::SERVICE_UNAVAILABLE, page)
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The page while there is no edition, or where a page could never be made.
const NOTHING_YET: &[u8] = b"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <title>Preview</title><p>This page cannot be shown yet.</p></html>";

/// The response with an answer.
async fn respond(
    answer: Answer,
    request: Request,
    board: &Board,
    state: &State,
) -> Response {
    match answer {
        Answer::File(file) => file_of(&file, request).await,
        Answer::Made(path, bytes) if path.ends_with(".html") => {
            board.keep_good(&path, &bytes);
            page_of(StatusCode::OK, with_client(&bytes, state, None))
        }
        Answer::Made(path, bytes) => {
            ([(header::CONTENT_TYPE, kind(&path))], bytes).into_response()
        }
        Answer::Unpublished(path, bytes, why) => {
            board.keep_good(&path, &bytes);
            page_of(StatusCode::OK, with_client(&bytes, state, Some(&banner(&why))))
        }
        Answer::Moved(to) => {
            // The settings may hold letters that are not in percent form.
            match HeaderValue::from_bytes(to.as_bytes()) {
                Ok(to) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)])
                    .into_response(),
                Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            }
        }
        Answer::Missing(Some(bytes)) => {
            page_of(StatusCode::NOT_FOUND, with_client(&bytes, state, None))
        }
        Answer::Missing(None) => {
            (StatusCode::NOT_FOUND, "nothing stands here\n").into_response()
        }
        Answer::Refused(why) => {
            (StatusCode::BAD_REQUEST, format!("{why}\n")).into_response()
        }
        Answer::Faulty(path, fault) => {
            let page = board.last_good(&path).unwrap_or_else(|| NOTHING_YET.into());
            // Where the site has errors, that its files are gone is one of them.
            let of_files = [Code::Unreadable, Code::OutsideLink];
            let is_told = state.n_errors > 0 && of_files.contains(&fault.code);
            if !is_told {
                board.tell_fault(&path, &fault);
            }
            let words = if is_told { String::new() } else { board.words_of(*fault) };
            let note =
                format!("<pressmark-fault hidden>{}</pressmark-fault>", escaped(&words));
            page_of(
                StatusCode::INTERNAL_SERVER_ERROR,
                with_client(&page, state, Some(&note)),
            )
        }
    }
}

/// A page as a response.
fn page_of(status: StatusCode, page: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, HTML)], page).into_response()
}

/// The media type of a file, by its name.
fn kind(path: &str) -> HeaderValue {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = match kind.type_() {
        mime_guess::mime::TEXT => format!("{}; charset=utf-8", kind.essence_str()),
        _ => kind.essence_str().to_owned(),
    };
    HeaderValue::from_str(&kind)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"))
}

/// A file of the site's folder, or the part of it that was asked for.
async fn file_of(file: &Path, request: Request) -> Response {
    match ServeFile::new(file).oneshot(request).await {
        Ok(mut response) => {
            if response.status().is_success() {
                let kind = kind(&file.to_string_lossy());
                response.headers_mut().insert(header::CONTENT_TYPE, kind);
            }
            response.map(Body::new)
        }
        Err(never) => match never {},
    }
}

/// A page with what runs in it during a preview, and with something else before
/// its end.
fn with_client(page: &[u8], state: &State, last: Option<&str>) -> Vec<u8> {
    let script = format!(
        "<script src=\"{OWN}client.js\" data-edition=\"{}\" data-styles=\"{}\" \
         data-report=\"{}\" defer></script>",
        state.edition, state.styles, state.report
    );
    let end = memchr::memmem::rfind(page, b"</body>").unwrap_or(page.len());
    let (before, after) = page.split_at(end);
    [before, last.unwrap_or_default().as_bytes(), script.as_bytes(), after].concat()
}

/// The banner on a page that is not published yet.
fn banner(why: &str) -> String {
    format!(
        "<pressmark-banner role=\"complementary\" aria-label=\"Preview\" lang=\"en\">\
         Not published: {}</pressmark-banner>",
        escaped(why)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_cannot_be_made_to_lead_elsewhere_are_answered() {
        let is_ours_at = |host: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
            is_ours(&headers)
        };
        for host in [
            "localhost",
            "LocalHost:8000",
            "press.localhost:8000",
            "127.0.0.1:8000",
            "[::1]:8000",
            "[::1]",
            "192.168.1.7:80",
        ] {
            assert!(is_ours_at(host), "{host}");
        }
        for host in [
            "example.org",
            "example.org:8000",
            "localhost.example.org",
            "127.0.0.1.example.org:8000",
            "notlocalhost",
            "",
            ":8000",
        ] {
            assert!(!is_ours_at(host), "{host}");
        }
        assert!(!is_ours(&HeaderMap::new()));
    }

    #[test]
    fn files_have_the_types_that_hosts_give_them() {
        for (path, expected) in [
            ("feed.xml", "text/xml; charset=utf-8"),
            ("style.css", "text/css; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("_redirects", "application/octet-stream"),
        ] {
            assert_eq!(kind(path), expected, "{path}");
        }
    }
}
