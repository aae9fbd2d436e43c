//! The preview shows what a build makes, and answers as a host would.

#![expect(
    clippy::disallowed_methods,
    reason = "tests make files, and end if nothing happens for too long"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::cache::desk::{Desk, EDITS};
use crate::site::{Site, tree};

/// How long a change may take to be seen before a test fails. It takes
/// milliseconds, on a machine that has nothing else to do.
const PATIENCE: Duration = Duration::from_secs(20);

/// A preview that is running.
struct Preview {
    /// The program.
    child: Child,
    /// What it says.
    said: BufReader<ChildStderr>,
    /// Where it answers: `localhost:8000`.
    host: String,
}

/// An answer of the preview.
struct Answer {
    /// The status.
    status: u16,
    /// The lines before the body.
    head: String,
    /// The body.
    body: Vec<u8>,
}

impl Preview {
    /// Starts a preview of a site, and waits until it can be seen.
    fn of(site: &Site, flags: &[&str]) -> Self {
        let arguments: Vec<_> = [&["serve", "--port", "0"], flags].concat();
        let mut command = site.command(&arguments);
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        let mut preview = Self { child, said, host: String::new() };
        let mut line = String::new();
        while preview.host.is_empty() {
            line.clear();
            assert_ne!(preview.said.read_line(&mut line).unwrap(), 0, "it has ended");
            if let Some(rest) = line.strip_prefix("the site is at http://") {
                rest.split('/').next().unwrap().clone_into(&mut preview.host);
            }
        }
        preview
    }

    /// Sends the lines of a request as they are.
    fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: bytes[end + 4..].to_vec() }
    }

    /// Asks for a path, which is sent as it is.
    fn get(&self, path: &str) -> Answer {
        let host = &self.host;
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// What it tells pages: the first event, as JSON.
    fn state(&self) -> serde_json::Value {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        let request =
            format!("GET /__pressmark/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.host);
        stream.write_all(request.as_bytes()).unwrap();
        for line in BufReader::new(stream).lines() {
            if let Some(data) = line.unwrap().strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
        panic!("the preview told nothing");
    }

    /// Ends it as a person does, and gives what it said since it began.
    fn end(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        let mut rest = String::new();
        self.said.read_to_string(&mut rest).unwrap();
        assert_eq!(self.child.wait().unwrap().code(), Some(0));
        rest
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It has ended already, or the test has failed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Answer {
    /// The body without what a preview adds to pages.
    fn plain(&self) -> Vec<u8> {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        let Some((before, rest)) = text.split_once("<script src=\"/__pressmark/") else {
            return self.body.clone();
        };
        let before = before.split("<pressmark-banner").next().unwrap();
        let (_, after) = rest.split_once("</script>").unwrap();
        format!("{before}{after}").into_bytes()
    }
}

/// Tries until something is as it should be; the error says why it is not.
#[track_caller]
fn until(mut check: impl FnMut() -> Result<(), String>) {
    let begun = Instant::now();
    while let Err(why) = check() {
        assert!(begun.elapsed() < PATIENCE, "{why}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// What a build of the same files for the address of a preview makes and says.
fn built(desk: &Desk, preview: &Preview) -> (Site, crate::site::Ran) {
    let twin = Site::quick();
    for (path, bytes) in desk.sources() {
        twin.write(&path, &bytes);
    }
    let url = format!("http://{}", preview.host);
    let ran = twin.run(&["build", "--base-url", &url]);
    (twin, ran)
}

/// Whether a preview shows what a build makes and says.
fn compare(preview: &Preview, ran: &crate::site::Ran) -> Result<(), String> {
    let state = preview.state();
    let faults = state["faults"].as_str().unwrap();
    let rest = ran.stderr.strip_prefix(faults);
    if !rest.is_some_and(|rest| !rest.contains("error[") && !rest.contains("warning[")) {
        return Err(format!("the preview says:\n{faults}\na build:\n{}", ran.stderr));
    }
    let is_good = ran.code == Some(0);
    if is_good != (state["n_errors"] == 0) {
        return Err(format!("{state}, but a build says:\n{}", ran.stderr));
    }
    if !is_good {
        return Ok(());
    }
    for (path, bytes) in tree(&ran.public) {
        let is_led_on =
            String::from_utf8_lossy(&bytes).contains("http-equiv=\"refresh\"");
        let answer = preview.get(&format!("/{}", path.replace(' ', "%20")));
        let expected = if is_led_on { 301 } else { 200 };
        if answer.status != expected {
            return Err(format!("{path}: {}", answer.head));
        }
        if !is_led_on && answer.plain() != bytes {
            let (found, expected) = (answer.plain(), String::from_utf8_lossy(&bytes));
            let found = String::from_utf8_lossy(&found);
            return Err(format!("{path} is\n{found}\nand should be\n{expected}"));
        }
    }
    Ok(())
}

#[test]
fn what_is_served_is_what_a_build_makes() {
    let mut desk = Desk::new();
    let preview = Preview::of(&desk.site, &[]);
    let mut n_good = 0;
    for (n, (name, edit)) in EDITS.iter().enumerate() {
        let before = desk.snapshot();
        edit(&mut desk, n * 7, n * 3);
        let (_twin, ran) = built(&desk, &preview);
        until(|| compare(&preview, &ran).map_err(|why| format!("after `{name}`: {why}")));
        n_good += usize::from(ran.code == Some(0));
        if ran.code != Some(0) {
            desk.restore(&before);
        }
    }
    assert!(n_good > EDITS.len() / 2, "only {n_good} edits gave a site");
    preview.end();
    assert!(!desk.site.path("public").join("__pressmark").exists());
}

/// A site with an article, a file and an address of old.
fn small() -> Site {
    Site::empty()
        .file("config.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n")
        .article("a.md", "2019-03-04", "redirects = [\"/old/a/\"]\n")
        .file("static/notes.txt", "0123456789")
        .file(
            "content/later.md",
            "+++\ntitle = \"L\"\ndraft = true\ndate = 2020-01-02\n+++\n",
        )
}

#[test]
fn a_preview_answers_as_a_host_would() {
    let site = small();
    let preview = Preview::of(&site, &[]);
    let answer = preview.get("/2019/03/04/a/");
    assert_eq!(answer.status, 200);
    assert!(answer.head.contains("content-type: text/html; charset=utf-8"));
    assert!(answer.head.contains("cache-control: no-store"));
    for (path, to) in [
        ("/old/a/", "/2019/03/04/a/"),
        ("/old/a", "/2019/03/04/a/"),
        ("/2019/03/04/a", "/2019/03/04/a/"),
    ] {
        let answer = preview.get(path);
        assert_eq!(answer.status, 301, "{path}");
        assert!(answer.head.contains(&format!("location: {to}\r\n")), "{}", answer.head);
    }
    let missing = preview.get("/nowhere/");
    assert_eq!(missing.status, 404);
    assert!(String::from_utf8_lossy(&missing.body).contains("<html"));
    let host = &preview.host;
    let range = format!(
        "GET /notes.txt HTTP/1.1\r\nHost: {host}\r\nRange: bytes=2-4\r\nConnection: close\r\n\r\n"
    );
    let part = preview.send(&range);
    assert_eq!((part.status, part.body.as_slice()), (206, &b"234"[..]));
    assert!(part.head.contains("content-range: bytes 2-4/10"));
    let feed = preview.get("/feed.xml");
    assert!(feed.head.contains("content-type: text/xml"), "{}", feed.head);
    let own = preview.get("/__pressmark/");
    let own = String::from_utf8_lossy(&own.body);
    assert!(own.contains("content/later.md</td><td>draft</td><td>2020-01-02"), "{own}");
    assert!(own.contains("Start the preview with <code>--drafts</code>"), "{own}");
    let answer = preview.get("/__pressmark");
    assert_eq!(answer.status, 308);
    assert!(answer.head.contains("location: /__pressmark/\r\n"), "{}", answer.head);
}

#[test]
fn what_leads_out_of_the_site_is_refused() {
    let site = small();
    fs::write(site.path("secret"), "secret").unwrap();
    let preview = Preview::of(&site, &[]);
    for path in [
        "/../secret",
        "/%2e%2e/secret",
        "/a/%2E%2E/%2e%2e/secret",
        "/..%2fsecret",
        "/..%5csecret",
        "/notes.txt%00",
        "/\\..\\secret",
        "/config.toml",
        "/content/later.md",
        "//etc/passwd",
    ] {
        let answer = preview.get(path);
        assert!([400, 404].contains(&answer.status), "{path}: {}", answer.head);
        let body = String::from_utf8_lossy(&answer.body);
        assert!(!body.contains("secret") && !body.contains("draft"), "{path}: {body}");
    }
    for host in ["example.org", "example.org:8000", "localhost.example.org"] {
        let answer = preview.send(&format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(answer.status, 421, "{host}");
    }
    let host = &preview.host;
    let posted = preview.send(&format!(
        "POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    ));
    assert_eq!(posted.status, 405);
    // A link in the place of a file that was there when the site was listed.
    assert_eq!(preview.get("/notes.txt").status, 200);
    fs::remove_file(site.path("static/notes.txt")).unwrap();
    symlink("/etc/hostname", site.path("static/notes.txt")).unwrap();
    let answer = preview.get("/notes.txt");
    assert_ne!(answer.status, 200, "{}", answer.head);
}

#[test]
fn drafts_have_a_banner_if_they_are_asked_for() {
    let site = small();
    let preview = Preview::of(&site, &[]);
    assert_eq!(preview.get("/2020/01/02/later/").status, 404);
    preview.end();
    let preview = Preview::of(&site, &["--drafts"]);
    let answer = preview.get("/2020/01/02/later/");
    assert_eq!(answer.status, 200);
    let body = String::from_utf8_lossy(&answer.body).into_owned();
    assert!(body.contains(">Not published: draft</pressmark-banner>"));
    let own = preview.get("/__pressmark/");
    let own = String::from_utf8_lossy(&own.body);
    assert!(own.contains("content/later.md</a></td><td>draft"), "{own}");
    assert!(!own.contains("--drafts"), "{own}");
    let published = preview.get("/2019/03/04/a/");
    assert!(!String::from_utf8_lossy(&published.body).contains("<pressmark-banner"));
}

#[test]
fn a_fault_is_told_and_the_last_good_page_stays() {
    let site = small();
    let preview = Preview::of(&site, &[]);
    let edition = preview.state()["edition"].clone();
    let text = fs::read_to_string(site.path("content/a.md")).unwrap();
    site.write("content/a.md", text.replace("2019-03-04", "2019-02-30").as_bytes());
    until(|| match preview.state()["n_errors"].as_u64() {
        Some(1) => Ok(()),
        n => Err(format!("{n:?} errors")),
    });
    let state = preview.state();
    assert_eq!(state["edition"], edition);
    assert!(
        state["faults"].as_str().unwrap().starts_with("error[bad-date]: "),
        "{state}"
    );
    assert_eq!(preview.get("/2019/03/04/a/").status, 200);
    // The settings too.
    let settings = fs::read_to_string(site.path("config.toml")).unwrap();
    site.write("config.toml", b"title = ");
    until(|| match preview.state()["faults"].as_str() {
        Some(words) if words.contains("error[toml-syntax]") => Ok(()),
        words => Err(format!("{words:?}")),
    });
    assert_eq!(preview.get("/2019/03/04/a/").status, 200);
    site.write("config.toml", settings.as_bytes());
    site.write("content/a.md", text.as_bytes());
    until(|| match preview.state()["n_errors"].as_u64() {
        Some(0) => Ok(()),
        n => Err(format!("{n:?} errors")),
    });
    assert_ne!(preview.state()["edition"], edition);
}

#[test]
fn a_preview_leaves_nothing_but_its_cache() {
    let site = small();
    let before = tree(&site.path(""));
    let preview = Preview::of(&site, &[]);
    preview.get("/");
    // A page that listens does not keep the program from ending.
    let mut listener = TcpStream::connect(&preview.host).unwrap();
    let request =
        format!("GET /__pressmark/events HTTP/1.1\r\nHost: {}\r\n\r\n", preview.host);
    listener.write_all(request.as_bytes()).unwrap();
    let begun = Instant::now();
    preview.end();
    assert!(begun.elapsed() < PATIENCE);
    let mut after = tree(&site.path(""));
    after.retain(|path, _| !path.starts_with(".pressmark/"));
    assert_eq!(before, after);
    site.build().done();
    for (path, bytes) in tree(&site.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("__pressmark"), "{path}");
    }
}

#[test]
fn a_preview_beyond_this_machine_calls_for_a_warning() {
    let site = small();
    let preview = Preview::of(&site, &["--bind", "127.0.0.2"]);
    assert!(preview.host.starts_with("127.0.0.2:"));
    assert_eq!(preview.get("/").status, 200);
    let arguments = ["serve", "--port", "0", "--bind", "0.0.0.0"];
    let mut child = site.command(&arguments).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
    drop(child.kill());
    child.wait().unwrap();
    assert!(line.starts_with("warning: others on the network can read"), "{line}");
    let ran = site.run(&["serve", "--bind", "localhost"]);
    assert_eq!(ran.code, Some(2));
    ran.says("write it in numbers, such as 127.0.0.1 or ::1");
}

#[test]
fn a_site_that_is_put_in_the_place_of_another_is_shown() {
    let above = Site::empty();
    let settings = "title = \"T\"\nbase_url = \"https://example.org\"\n";
    let fill = |folder: &str, words: &str| {
        above.write(&format!("{folder}/config.toml"), settings.as_bytes());
        let text = format!("+++\ntitle = \"A\"\n+++\n\n{words}\n");
        above.write(&format!("{folder}/content/a.md"), text.as_bytes());
    };
    fill("site", "Of the first.");
    fill("other", "Of the second.");
    let preview = Preview::of(&above, &["--config", "site/config.toml"]);
    let shows = |words: &str| {
        until(|| {
            let page = preview.get("/undated/a/");
            let found = String::from_utf8_lossy(&page.body).into_owned();
            if found.contains(words) { Ok(()) } else { Err(found) }
        });
    };
    shows("Of the first.");
    fs::rename(above.path("site"), above.path("aside")).unwrap();
    fs::rename(above.path("other"), above.path("site")).unwrap();
    shows("Of the second.");
    until(|| match preview.state()["n_errors"].as_u64() {
        Some(0) => Ok(()),
        n => Err(format!("{n:?} errors")),
    });
    let edition = preview.state()["edition"].clone();
    fill("site", "Of the third.");
    shows("Of the third.");
    until(|| {
        let now = preview.state()["edition"].clone();
        if now == edition { Err("no new edition".to_owned()) } else { Ok(()) }
    });
}

#[test]
fn a_text_that_is_not_shown_is_not_quoted_after_a_change() {
    let status = "status = { state = \"restricted\", date = 2020-05-05 }\n";
    let site = small()
        .file("content/r.md", &format!("+++\ntitle = \"R\"\n{status}+++\n\nSecret.\n"))
        .file(
            "config.toml",
            "title = \"T\"\nbase_url = \"https://example.org\"\nlanguages = [\"en\", \"es\"]\n",
        )
        .file("content/r.es.md", "+++\ntitle = \"R\"\n+++\n\nSecreto.\n");
    let preview = Preview::of(&site, &[]);
    let edition = preview.state()["edition"].clone();
    site.write("content/r.es.md", b"+++\ntitle = \"R\"\n+++\n\nSecreto de estado.\n");
    until(|| {
        let now = preview.state()["edition"].clone();
        if now == edition { Err("no new edition".to_owned()) } else { Ok(()) }
    });
    for path in ["/es/", "/es/undated/r/", "/es/feed.xml"] {
        let page = preview.get(path);
        assert!(!String::from_utf8_lossy(&page.body).contains("Secreto"), "{path}");
    }
}

#[test]
fn a_preview_may_begin_before_the_site() {
    let site = Site::empty();
    let preview = Preview::of(&site, &[]);
    assert_eq!(preview.get("/").status, 503);
    let state = preview.state();
    assert!(
        state["faults"].as_str().unwrap().starts_with("error[config-missing]"),
        "{state}"
    );
    // What is not the site's is no reason to look again.
    for n in 0..20 {
        site.write("notes.log", n.to_string().as_bytes());
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(preview.state()["report"], state["report"]);
    site.run(&["init", "."]).done();
    until(|| {
        let page = preview.get("/");
        let found = String::from_utf8_lossy(&page.body).into_owned();
        if page.status == 200 && found.contains("Our archive opens") {
            Ok(())
        } else {
            Err(found)
        }
    });
}
