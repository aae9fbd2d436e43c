//! The page that helps, at `/__pressmark/`: what the last build did, what is
//! wrong, what is kept back, and what articles lack.

use std::fmt::Write as _;
use std::time::Duration;

use crate::archive::Version;
use crate::content::Item;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::names::Interner;
use crate::serve::board::{Board, Report};
use crate::serve::edition::{DRAFT, Edition, why};
use crate::xml::escaped;

/// How many things a list shows; a list of thousands helps nobody.
const MOST_SHOWN: usize = 200;

/// How the page looks.
const STYLE: &str = ":root{color-scheme:light dark;background:Canvas;color:CanvasText}\
    body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
    table{border-collapse:collapse}caption{text-align:left;white-space:nowrap}\
    td,th{padding:.2rem 1rem .2rem 0;text-align:left;vertical-align:top}\
    td.number{text-align:right;font-variant-numeric:tabular-nums}\
    pre{white-space:pre-wrap;overflow-wrap:anywhere;border-left:4px solid #b00;padding-left:1rem}\
    pre.warning{border-color:#a70}li,td:first-child,code{overflow-wrap:anywhere}";

/// The page.
pub(super) fn page(board: &Board) -> String {
    let last = board.last();
    let (report, faults) = &*last;
    let edition = board.edition();
    let edition = edition.as_deref();
    let mut out = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <title>Preview</title><style>{STYLE}</style></head><body><main><h1>Preview</h1>"
    );
    if let Some(edition) = edition {
        write_summary(&mut out, edition);
    }
    write_report(&mut out, report);
    let sorted = faults.sorted();
    let errors = sorted.iter().filter(|fault| fault.severity == Severity::Error);
    let warnings = sorted.iter().filter(|fault| fault.severity != Severity::Error);
    write_faults(
        &mut out,
        "Errors",
        &errors.copied().collect::<Vec<_>>(),
        (board, edition),
    );
    let warnings: Vec<_> = warnings.copied().collect();
    write_faults(&mut out, "Warnings", &warnings, (board, edition));
    if let Some(edition) = edition {
        write_withheld(&mut out, edition);
        write_lacks(&mut out, edition, &sorted);
    }
    out.push_str("</main></body></html>");
    out
}

/// What the site holds.
fn write_summary(out: &mut String, edition: &Edition) {
    let _ = write!(
        out,
        "<p><a href=\"{}\">{}</a>: articles: {}, pages: {}, addresses: {}</p>",
        escaped(&edition.href(&crate::address::Address::root())),
        escaped(&edition.config.languages[0].title),
        edition.archive.works.len(),
        edition.archive.pages.len(),
        edition.plan.entries.len()
    );
}

/// What the last build did.
fn write_report(out: &mut String, report: &Report) {
    out.push_str("<h2>The last build</h2>");
    let changed = match report.files.as_slice() {
        [] => "It read the site anew.".to_owned(),
        [file] => format!("<code>{}</code> had changed.", escaped(file)),
        [file, rest @ ..] => {
            format!("<code>{}</code> and {} more had changed.", escaped(file), rest.len())
        }
    };
    let _ = write!(out, "<p>{changed} It took {}.</p>", millis(report.took()));
    if report.stages.is_empty() {
        return;
    }
    out.push_str("<table><caption>How long each stage took</caption>");
    for (stage, took) in &report.stages {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{stage}</th><td class=\"number\">{}</td></tr>",
            millis(*took)
        );
    }
    out.push_str("</table>");
}

/// A time in milliseconds.
fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// What is wrong, with links to the pages that it concerns.
fn write_faults(
    out: &mut String,
    title: &str,
    faults: &[&Diagnostic],
    (board, edition): (&Board, Option<&Edition>),
) {
    let _ = write!(out, "<h2>{title}: {}</h2>", faults.len());
    for fault in faults.iter().take(MOST_SHOWN) {
        let class = fault.severity.as_str();
        let words = board.words_of((*fault).clone());
        let _ = write!(out, "<pre class=\"{class}\">{}</pre>", escaped(words.trim_end()));
        let pages = fault
            .places
            .iter()
            .filter_map(|place| Some((&place.file, edition?.page_of(&place.file)?)));
        for (file, page) in pages {
            let (page, file) = (escaped(&page), escaped(file));
            let _ = write!(out, "<p><a href=\"{page}\">the page of {file}</a></p>");
        }
    }
    write_rest(out, faults.len());
}

/// The name of a file, with a link to its page if it has one.
fn linked(file: &str, edition: &Edition) -> String {
    let shown = escaped(file);
    match edition.page_of(file) {
        Some(page) => format!("<a href=\"{}\">{shown}</a>", escaped(&page)),
        None => shown.into_owned(),
    }
}

/// How many of a list were not shown.
fn write_rest(out: &mut String, n: usize) {
    if n > MOST_SHOWN {
        let _ = write!(out, "<p>and {} more</p>", n - MOST_SHOWN);
    }
}

/// What is kept back, with its dates.
fn write_withheld(out: &mut String, edition: &Edition) {
    let mut rows = Vec::new();
    let versions = edition.archive.works.iter().flat_map(|work| &work.versions);
    for version in versions {
        if let Some(why) = edition.why_held(version) {
            let date = version.facts.date().map(|date| date.to_string());
            rows.push((
                version.file.path.to_string(),
                why,
                date,
                version.title().to_owned(),
            ));
        }
    }
    let pages = edition.archive.pages.iter().flat_map(|group| &group.versions);
    for page in pages.filter(|page| page.draft == Some(true)) {
        let title = page.title.as_deref().unwrap_or_default().to_owned();
        rows.push((page.file.path.to_string(), DRAFT.to_owned(), None, title));
    }
    let names = Interner::default();
    for (file, held) in edition.archive.withheld_files() {
        let mut row = (file.to_string(), why(held).to_owned(), None, String::new());
        if let Some(Item::Article(article)) = edition.kept.item(&file, &names) {
            row.2 = article.facts.date().map(|date| date.to_string());
            article.facts.title.as_deref().unwrap_or_default().clone_into(&mut row.3);
            if let Some(until) = article.facts.embargo() {
                row.1 = format!("{} until {until}", row.1);
            }
        }
        rows.push(row);
    }
    rows.sort();
    let _ = write!(out, "<h2>Not published yet: {}</h2>", rows.len());
    if rows.is_empty() {
        return;
    }
    out.push_str(
        "<table><tr><th scope=\"col\">file</th><th scope=\"col\">why</th>\
         <th scope=\"col\">date</th><th scope=\"col\">title</th></tr>",
    );
    for (file, why, date, title) in rows.iter().take(MOST_SHOWN) {
        let file = linked(file, edition);
        let date = date.as_deref().unwrap_or("no date");
        let (why, title) = (escaped(why), escaped(title));
        let _ = write!(
            out,
            "<tr><td>{file}</td><td>{why}</td><td>{date}</td><td>{title}</td></tr>"
        );
    }
    out.push_str("</table>");
    write_rest(out, rows.len());
    if !edition.archive.withheld.is_empty() {
        out.push_str("<p>Start the preview with <code>--drafts</code> to see them.</p>");
    }
}

/// What articles lack.
fn write_lacks(out: &mut String, edition: &Edition, faults: &[&Diagnostic]) {
    let versions = || edition.archive.works.iter().flat_map(|work| &work.versions);
    let files = |lacks: fn(&Version) -> bool| -> Vec<&str> {
        let mut files: Vec<_> = versions()
            .filter(|version| lacks(version))
            .map(|version| &*version.file.path)
            .collect();
        files.sort_unstable();
        files
    };
    let undescribed = faults.iter().filter(|fault| fault.code == Code::MissingAlt);
    let undescribed = undescribed.flat_map(|fault| &fault.places);
    let mut undescribed: Vec<_> = undescribed.map(|place| &*place.file).collect();
    undescribed.dedup();
    let lists = [
        ("Pictures without a description", undescribed),
        ("Articles without a byline", files(|version| version.byline.is_empty())),
        ("Articles without a source", files(lacks_source)),
    ];
    for (title, files) in &lists {
        let _ = write!(out, "<h2>{title}: {}</h2><ul>", files.len());
        for file in files.iter().take(MOST_SHOWN) {
            let _ = write!(out, "<li>{}</li>", linked(file, edition));
        }
        out.push_str("</ul>");
        write_rest(out, files.len());
    }
}

/// Whether nothing tells where an article first appeared or how it came here.
fn lacks_source(version: &Version) -> bool {
    let facts = &version.facts;
    facts.publication().is_none()
        && facts.original_url().is_none()
        && facts.archived().is_none()
        && facts.provenance().is_none()
}
