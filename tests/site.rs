//! Builds small sites for tests: text in, text out.
//!
//! A [`Site`] is a folder that goes away with it. Its builds run the program
//! itself, as of 31 January 2026, and hand back what it said and wrote.

#![expect(clippy::disallowed_methods, reason = "tests make the files that they need")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// The settings that a site begins with: nothing is written but pages.
pub(crate) const CONFIG: &str = r#"title = "Test Archive"
base_url = "https://example.org"

[outputs]
sitemap = false
robots = false
not_found = false
highlight = false
theme_files = false

[feeds]
site = false
terms = false
"#;

/// The day of the builds.
pub(crate) const TODAY: &str = "2026-01-31";

/// A site in a folder of its own.
pub(crate) struct Site {
    /// The folder.
    folder: Rc<TempDir>,
}

/// What a run of the program said and wrote.
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: Option<i32>,
    /// The standard output.
    pub(crate) stdout: String,
    /// The standard error, without the time that the run took.
    pub(crate) stderr: String,
    /// The output folder.
    pub(crate) public: PathBuf,
    /// The folder of the site, which must not go away before the run.
    _folder: Rc<TempDir>,
}

impl Site {
    /// A site with settings and nothing else.
    pub(crate) fn new() -> Self {
        Self::empty().file("config.toml", CONFIG)
    }

    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: Rc::new(tempfile::tempdir().expect("a folder for the test")) }
    }

    /// An empty folder in memory, where the system has such a place: for tests
    /// that build often.
    pub(crate) fn quick() -> Self {
        let memory = Path::new("/dev/shm");
        match tempfile::tempdir_in(memory) {
            Ok(folder) => Self { folder: Rc::new(folder) },
            Err(_) => Self::empty(),
        }
    }

    /// Writes a file.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    /// Writes a file of bytes.
    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        self.write(path, bytes);
        self
    }

    /// Writes a file of a site that was built before.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .expect("make a folder");
        fs::write(path, bytes).expect("write a file");
    }

    /// Writes an article with a title and a date, whose body is one line.
    pub(crate) fn article(self, path: &str, date: &str, more: &str) -> Self {
        let title = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
        let text = format!(
            "+++\ntitle = \"{title}\"\ndate = {date}\n{more}+++\n\nWords of {title}.\n"
        );
        self.file(&format!("content/{path}"), &text)
    }

    /// Removes a file or a folder.
    pub(crate) fn remove(&self, path: &str) {
        let path = self.path(path);
        let removed =
            if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        removed.expect("remove what is there");
    }

    /// A path in the site's folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Builds the site.
    pub(crate) fn build(&self) -> Ran {
        self.build_with(&[])
    }

    /// Builds the site with further arguments.
    pub(crate) fn build_with(&self, arguments: &[&str]) -> Ran {
        let mut all = vec!["build", "--date", TODAY];
        all.extend(arguments);
        self.run(&all)
    }

    /// Runs the program in the site's folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.ran(&finish(self.command(arguments)))
    }

    /// The program, to be run in the site's folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pressmark"));
        command.args(arguments).current_dir(self.folder.path()).env("NO_COLOR", "1");
        command
    }

    /// What a run said and wrote.
    pub(crate) fn ran(&self, output: &Output) -> Ran {
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: without_time(&String::from_utf8_lossy(&output.stderr)),
            public: self.path("public"),
            _folder: Rc::clone(&self.folder),
        }
    }
}

impl Ran {
    /// Demands that the run was good.
    #[track_caller]
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "the program said:\n{}", self.stderr);
        self
    }

    /// Demands that the run ended in errors, with these words among them.
    #[track_caller]
    pub(crate) fn fails_with(self, words: &str) -> Self {
        assert_eq!(self.code, Some(1), "the program said:\n{}", self.stderr);
        self.says(words)
    }

    /// Demands words on the standard error.
    #[track_caller]
    pub(crate) fn says(self, words: &str) -> Self {
        assert!(self.stderr.contains(words), "no `{words}` in:\n{}", self.stderr);
        self
    }

    /// The text of a file of the output.
    #[track_caller]
    pub(crate) fn text(&self, path: &str) -> String {
        let found = fs::read_to_string(self.public.join(path));
        found.unwrap_or_else(|error| {
            panic!("{path}: {error}; there are {:?}", self.files())
        })
    }

    /// Demands words in a file of the output.
    #[track_caller]
    pub(crate) fn writes(self, path: &str, words: &str) -> Self {
        let text = self.text(path);
        assert!(text.contains(words), "no `{words}` in {path}:\n{text}");
        self
    }

    /// Demands that there is no such file in the output.
    #[track_caller]
    pub(crate) fn lacks(self, path: &str) -> Self {
        assert!(!self.public.join(path).exists(), "{path} is there");
        self
    }

    /// The files of the output, sorted.
    pub(crate) fn files(&self) -> Vec<String> {
        tree(&self.public).into_keys().collect()
    }
}

/// Runs a program to its end, which must come within two minutes.
pub(crate) fn finish(mut command: Command) -> Output {
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let id = child.id().to_string();
    let (done, watch) = mpsc::channel::<()>();
    let watcher = thread::spawn(move || {
        if watch.recv_timeout(Duration::from_mins(2)) == Err(RecvTimeoutError::Timeout) {
            drop(Command::new("kill").args(["-9", &id]).status());
        }
    });
    let output = child.wait_with_output().expect("the program ends");
    drop(done);
    watcher.join().expect("the watch ends");
    output
}

/// Every file of a folder with its bytes; empty if there is no folder.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).expect("it is in the folder");
            let bytes = fs::read(entry.path()).expect("read a file");
            files.insert(path.to_string_lossy().replace('\\', "/"), bytes);
        }
    }
    files
}

/// A message without the time that the run took: `0.02 s` becomes `… s`.
fn without_time(text: &str) -> String {
    let mut lines = String::new();
    for line in text.split_inclusive('\n') {
        match line.strip_suffix(" s\n").and_then(|rest| rest.rsplit_once(", ")) {
            Some((rest, time)) if time.parse::<f64>().is_ok() => {
                lines += &format!("{rest}, … s\n");
            }
            _ => lines += line,
        }
    }
    lines
}
