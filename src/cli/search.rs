//! The command `search` at the terminal.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::build::OUTPUT;
use crate::cli::{ERRORS, print_bytes, say};
use crate::config::BaseUrl;
use crate::json::{self, json};
use crate::search::{Card, Hits, Order, Reader, Source};
use crate::source;

/// How long a file of an index may take to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// How large a file of an index may be, in bytes.
const LARGEST: u64 = 1 << 28;

/// What `search` can be told.
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// What to look for: words, "phrases", -word, OR, begin*, title: by: org:
    /// person: place: tag: kind: lang: year: before: after:.
    #[arg(required = true)]
    query: Vec<String>,
    /// Search the site in this folder instead of `public` beside the settings.
    #[arg(long, value_name = "DIR", conflicts_with = "url")]
    output: Option<PathBuf>,
    /// Search the site that stands at this address.
    #[arg(long, value_name = "URL", value_parser = BaseUrl::parse)]
    url: Option<BaseUrl>,
    /// The settings' file, beside which the site stands.
    #[arg(long, value_name = "FILE", default_value = "config.toml")]
    config: PathBuf,
    /// How many articles to show at most.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// What to show first.
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    sort: Sort,
    /// How to show what is found; `json` writes one object.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

/// Puts the words of a query behind all that is told of it, so that `-word` is a word:
/// `search march -police --limit 5`.
pub(super) fn apart(arguments: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut arguments = arguments.into_iter();
    let mut told: Vec<_> = arguments.by_ref().take(2).collect();
    if told.get(1).is_none_or(|command| command != "search") {
        told.extend(arguments);
        return told;
    }
    let mut words = Vec::new();
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy().into_owned();
        if text == "--" {
            words.extend(arguments.by_ref());
        } else if text == "-h" || text.starts_with("--") {
            let has_value = text.contains('=') || text == "-h" || text == "--help";
            told.push(argument);
            if !has_value {
                told.extend(arguments.next());
            }
        } else {
            words.push(argument);
        }
    }
    if !words.is_empty() {
        told.push("--".into());
        told.extend(words);
    }
    told
}

/// The order of what is found.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Sort {
    /// What matches best.
    Relevance,
    /// What is newest.
    Newest,
    /// What is oldest.
    Oldest,
}

/// How what is found is shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// In lines.
    Human,
    /// As JSON.
    Json,
}

/// A site in a folder.
struct Folder(PathBuf);

impl Source for Folder {
    fn read(&self, path: &str) -> Result<String, String> {
        source::read_published(&self.0, path).map_err(|error| {
            format!("cannot read `{}`: {error}", self.0.join(path).display())
        })
    }
}

/// A site on the web.
struct Web {
    /// Its address.
    base: String,
    /// What asks for its files.
    agent: ureq::Agent,
}

impl Source for Web {
    fn read(&self, path: &str) -> Result<String, String> {
        let url = format!("{}/{path}", self.base);
        let text = self.agent.get(&url).call().and_then(|mut answer| {
            answer.body_mut().with_config().limit(LARGEST).read_to_string()
        });
        text.map_err(|error| format!("cannot load {url}: {error}"))
    }
}

/// Searches a site and shows what was found.
pub(super) fn run(args: &SearchArgs) -> ExitCode {
    let folder =
        args.output.clone().unwrap_or_else(|| args.config.with_file_name(OUTPUT));
    let source: Box<dyn Source> = match &args.url {
        Some(url) => {
            let settings = ureq::Agent::config_builder().timeout_global(Some(PATIENCE));
            Box::new(Web { base: url.full.clone(), agent: settings.build().into() })
        }
        None => Box::new(Folder(folder)),
    };
    match found(args, source.as_ref()) {
        Ok(text) => print_bytes(text.as_bytes()),
        Err(why) => {
            say(&format!("error: {why}\n{}", hint(args)));
            ExitCode::from(ERRORS)
        }
    }
}

/// What may help where there is no index to be read.
fn hint(args: &SearchArgs) -> &'static str {
    if args.url.is_some() {
        "  help: give the address of the home page of a site that pressmark built with `search = \"native\"`\n"
    } else {
        "  help: build the site first, or name its folder with `--output` or its address with `--url`\n"
    }
}

/// What is printed of what is found; the error is a phrase.
fn found(args: &SearchArgs, source: &dyn Source) -> Result<String, String> {
    let reader = Reader::open(source)?;
    let order = match args.sort {
        Sort::Relevance => Order::Relevance,
        Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
    };
    let query = query(&args.query);
    let hits = reader.search(&query, order)?;
    let shown = hits.documents.iter().take(args.limit);
    let cards = shown.map(|hit| Ok((hit.score(), reader.shown(hit)?)));
    let cards = cards.collect::<Result<Vec<_>, String>>()?;
    let base = args.url.as_ref().map_or("", |url| &url.full);
    Ok(match args.format {
        Format::Human => in_lines(&hits, &cards, base),
        Format::Json => as_json(&query, &reader, &hits, &cards, base),
    })
}

/// The arguments as one query. One that has spaces was quoted in the shell; alone it
/// is the query, among others it is a phrase.
fn query(arguments: &[String]) -> String {
    match arguments {
        [one] => one.clone(),
        several => {
            let part = |word: &String| match word.split_once(':') {
                _ if !word.contains(' ') || word.contains('"') => word.clone(),
                Some((name, words)) if name.chars().all(char::is_alphanumeric) => {
                    format!("{name}:\"{words}\"")
                }
                _ => format!("\"{word}\""),
            };
            several.iter().map(part).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The hits for a person.
fn in_lines(hits: &Hits, cards: &[(f64, Card)], base: &str) -> String {
    let mut text = String::new();
    for (_, card) in cards {
        let date = if card.date.is_empty() { "undated" } else { &card.date };
        let _ = writeln!(text, "{date:10}  {}", card.title);
        if !card.byline.is_empty() {
            let _ = writeln!(text, "{:10}  {}", "", card.byline);
        }
        let _ = writeln!(text, "{:10}  {base}/{}", "", card.path);
        if !card.file.is_empty() {
            let _ = writeln!(text, "{:10}  content/{}", "", card.file);
        }
        text.push('\n');
    }
    let n = hits.documents.len();
    let _ = match (n, hits.are_partial) {
        (0, _) => writeln!(text, "no article matches"),
        (_, true) => writeln!(text, "no article matches all of it; {n} match a part"),
        (1, false) => writeln!(text, "1 article"),
        (_, false) if n > cards.len() => {
            writeln!(text, "{n} articles, of which {} are shown", cards.len())
        }
        _ => writeln!(text, "{n} articles"),
    };
    for (word, meant) in &hits.unknown {
        let _ = match meant.first() {
            Some(meant) => writeln!(text, "no article holds `{word}`; `{meant}` is near"),
            None => writeln!(text, "no article holds `{word}`"),
        };
    }
    // An index on the web may hold anything; a terminal would do as it is told.
    text.retain(|c| c == '\n' || !c.is_control());
    text
}

/// The source of an article; empty if that is not told.
fn file(card: &Card) -> String {
    if card.file.is_empty() { String::new() } else { format!("content/{}", card.file) }
}

/// The hits for a program.
fn as_json(
    query: &str,
    reader: &Reader<'_>,
    hits: &Hits,
    cards: &[(f64, Card)],
    base: &str,
) -> String {
    let hit = |(score, card): &(f64, Card)| {
        json!({
            "address": format!("{base}/{}", card.path),
            "title": card.title,
            "date": card.date,
            "byline": card.byline,
            "kind": card.kind,
            "language": reader.language(card.language),
            "summary": card.summary,
            "file": file(card),
            "score": score,
        })
    };
    let unknown =
        |(word, meant): &(String, Vec<String>)| json!({ "word": word, "near": meant });
    let all: json::Value = json!({
        "query": query,
        "total": hits.documents.len(),
        "partial": hits.are_partial,
        "documents": reader.n_documents(),
        "hits": cards.iter().map(hit).collect::<Vec<_>>(),
        "unknown": hits.unknown.iter().map(unknown).collect::<Vec<_>>(),
    });
    format!("{all}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_with_a_hyphen_is_a_word() {
        let apart = |line: &str| {
            let told = apart(line.split(' ').map(OsString::from));
            let told: Vec<_> = told.iter().map(|one| one.to_string_lossy()).collect();
            told.join(" ")
        };
        assert_eq!(
            apart("pressmark search march -police --limit 5 -x --sort=newest"),
            "pressmark search --limit 5 --sort=newest -- march -police -x"
        );
        assert_eq!(apart("pressmark search --help"), "pressmark search --help");
        assert_eq!(apart("pressmark search -- --limit"), "pressmark search -- --limit");
        assert_eq!(apart("pressmark build -q"), "pressmark build -q");
    }

    #[test]
    fn several_arguments_are_one_query() {
        let query = |words: &[&str]| {
            query(&words.iter().map(|w| (*w).into()).collect::<Vec<_>>())
        };
        assert_eq!(query(&["day of action"]), "day of action");
        assert_eq!(
            query(&["day", "march OR rally", "-no"]),
            "day \"march OR rally\" -no"
        );
        assert_eq!(query(&["x", "\"a b\""]), "x \"a b\"");
        assert_eq!(query(&["x", "title:a b"]), "x title:\"a b\"");
    }
}
