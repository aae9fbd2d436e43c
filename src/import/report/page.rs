//! The report as a page: one file that needs nothing else, for an editor to
//! read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{MOST_SHOWN, Outcome, Report};
use crate::import::account::Account;
use crate::import::piece::About;
use crate::xml::escaped;

/// How the page looks.
const STYLE: &str = ":root{color-scheme:light dark;background:Canvas;color:CanvasText}\
    body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
    table{border-collapse:collapse;margin:1rem 0}caption{text-align:start;font-weight:600}\
    td,th{padding:.2rem 1rem .2rem 0;text-align:start;vertical-align:top;font-weight:400}h1{overflow-wrap:anywhere;font-size:clamp(1.4rem,6vw,2rem);line-height:1.2}thead th{font-weight:600;border-block-end:1px solid}\
    td.n{text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums}\
    li,code{overflow-wrap:anywhere}li{margin:.3rem 0}\
    .verdict{border-inline-start:4px solid #2a7;padding-inline-start:1rem}\
    .verdict.bad{border-color:#b00}.scroll{overflow-x:auto}";

/// What each sort of note is called on the page, with what to do.
const SORTS: &[(About, &str, &str)] = &[
    (About::Loss, "Losses", "These parts of the source are not in the archive."),
    (About::Question, "Questions", "Only a person can answer these."),
    (About::Date, "Dates in doubt", "Look at the source, and write what is right."),
    (
        About::Shortcode,
        "Unknown shortcodes",
        "They stay in the text as they are. Decide with <code>--shortcode name=drop</code>, <code>text</code> or <code>keep</code>.",
    ),
    (
        About::Block,
        "Blocks",
        "They were made anew by their own system, or are not known.",
    ),
    (
        About::Media,
        "Pictures and files that are not at hand",
        "Give their folder with <code>--media</code>.",
    ),
    (About::Link, "Links", "They lead to what is not in the archive."),
    (About::Encoding, "Characters", "They were wrong or could not be seen."),
    (About::Decision, "Decisions", "What a rule decided, and how sure it is."),
];

impl Report {
    /// The page.
    pub(in crate::import) fn page(&self) -> String {
        let mut out = format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width\">\
             <title>Import of {0}</title><style>{STYLE}</style></head><body><main>\
             <h1>Import of {0}</h1>",
            escaped(&self.name)
        );
        self.verdict(&mut out);
        self.items(&mut out);
        self.characters(&mut out);
        self.skipped(&mut out);
        let n_lost = self.n_of(Outcome::Lost) + self.n_of(Outcome::Kept);
        list(&mut out, "Lost, or left as a person made it", "", &self.lost, n_lost);
        for (about, title, way_out) in SORTS {
            if let Some(shown) = self.shown.get(about) {
                let n = self.n_notes.get(about).copied().unwrap_or_default();
                list(&mut out, title, way_out, shown, n);
            }
        }
        self.names(&mut out);
        self.built(&mut out);
        let n_others = self.n_of(Outcome::Skipped) + self.n_of(Outcome::Lost);
        list(&mut out, "Pieces", "", &self.pieces, self.n_items - n_others);
        out.push_str("</main></body></html>\n");
        out
    }

    /// Whether all is well, in a sentence.
    fn verdict(&self, out: &mut String) {
        let is_good = self.balances() && self.n_losses() == 0;
        let class = if is_good { "verdict" } else { "verdict bad" };
        let words = match (self.balances(), self.n_losses()) {
            (true, 0) => "The account balances: every item and every character of text is in the archive, was moved, or was left out for a reason that stands below.".to_owned(),
            (true, 1) => "All is accounted for, but one thing of the source is not in the archive; it is listed below.".to_owned(),
            (true, n) => format!("All is accounted for, but {n} things of the source are not in the archive; they are listed below."),
            (false, _) => format!("The account does not balance. Pieces whose text is not all accounted for: {}. Pieces that were announced and never came: {}.", self.n_unbalanced, self.n_untold),
        };
        let _ = write!(out, "<p class=\"{class}\">{words}</p>");
        for remark in &self.remarks {
            let _ = write!(out, "<p>{}</p>", escaped(remark));
        }
    }

    /// What became of the items.
    fn items(&self, out: &mut String) {
        let _ = write!(
            out,
            "<h2>Items: {}</h2><div class=\"scroll\"><table><caption>What became of them</caption>\
             <thead><tr><th scope=\"col\">Sort</th><th scope=\"col\">Status</th>\
             <th scope=\"col\">Outcome</th><th scope=\"col\">Items</th></tr></thead><tbody>",
            self.n_items
        );
        for ((kind, status, outcome), n) in &self.fates {
            let _ = write!(
                out,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{n}</td></tr>",
                escaped(kind),
                escaped(status),
                outcome.as_str()
            );
        }
        out.push_str("</tbody></table></div>");
        if self.n_held > 0 {
            let _ = write!(
                out,
                "<p>Held back, in <code>held/</code> beside <code>content/</code>: {}. No build reads \
                 them. Move a file to the same place under <code>content/</code> and take out \
                 <code>draft = true</code> to publish it.</p>",
                self.n_held
            );
        }
        let kept = self.n_of(Outcome::Kept);
        if kept > 0 {
            let _ = write!(
                out,
                "<p>Changed, moved or taken away by a person since the last import, and left so: {kept}.</p>"
            );
        }
    }

    /// The account of the text.
    fn characters(&self, out: &mut String) {
        let Account { read, body, added, moved, dropped } = &self.account;
        let _ = write!(
            out,
            "<h2>Characters of text</h2><div class=\"scroll\"><table>\
             <caption>White space is not counted</caption><tbody>\
             <tr><th scope=\"row\">came in</th><td></td><td class=\"n\">{read}</td></tr>"
        );
        for (side, entries) in [("added", added), ("moved", moved), ("left out", dropped)]
        {
            for (what, n) in entries {
                let _ = write!(
                    out,
                    "<tr><th scope=\"row\">{side}</th><td>{}</td><td class=\"n\">{n}</td></tr>",
                    escaped(what)
                );
            }
        }
        let _ = write!(
            out,
            "<tr><th scope=\"row\">in the texts</th><td></td><td class=\"n\">{body}</td></tr>\
             <tr><th scope=\"row\">not accounted for</th><td></td><td class=\"n\">{}</td></tr>\
             </tbody></table></div>",
            self.account.missing()
        );
    }

    /// Why items were skipped.
    fn skipped(&self, out: &mut String) {
        if self.reasons.is_empty() {
            return;
        }
        out.push_str("<h2>Why items were left out</h2><table><tbody>");
        for (reason, n) in &self.reasons {
            let _ = write!(
                out,
                "<tr><th scope=\"row\">{}</th><td class=\"n\">{n}</td></tr>",
                escaped(reason)
            );
        }
        out.push_str("</tbody></table>");
    }

    /// The names that are proposed.
    fn names(&self, out: &mut String) {
        if self.proposals.is_empty() {
            return;
        }
        out.push_str(
            "<h2>Names in the texts</h2><p>None was added. Add those with a record to all pieces with \
             <code>--add-names</code>, or by hand.</p><div class=\"scroll\"><table><thead><tr>\
             <th scope=\"col\">Name</th><th scope=\"col\">Taxonomy</th><th scope=\"col\">Record</th>\
             <th scope=\"col\">Pieces</th></tr></thead><tbody>",
        );
        for (proposal, n) in self.proposals.iter().take(MOST_SHOWN) {
            let _ = write!(
                out,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td class=\"n\">{n}</td></tr>",
                escaped(&proposal.name),
                proposal.taxonomy,
                if proposal.has_record { "yes" } else { "no" }
            );
        }
        out.push_str("</tbody></table></div>");
    }

    /// What a build says.
    fn built(&self, out: &mut String) {
        let Some((words, n_errors, n_warnings)) = &self.build else { return };
        let _ = write!(
            out,
            "<h2>What a build says</h2><p>Errors: {n_errors}, warnings: {n_warnings}.</p><ul>"
        );
        // What is said of many files is said once.
        let mut said: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
        for line in words {
            let (place, message) = line.split_once(": ").unwrap_or(("", line));
            said.entry(message).or_insert((0, place)).0 += 1;
        }
        for (message, (n, place)) in said.iter().take(MOST_SHOWN) {
            let more =
                if *n > 1 { format!(" and {} more", n - 1) } else { String::new() };
            let (message, place) = (escaped(message), escaped(place));
            let _ = write!(out, "<li>{message}: <code>{place}</code>{more}</li>");
        }
        out.push_str("</ul>");
        rest(out, said.len() as u64);
    }
}

/// A list of things with their places.
fn list(
    out: &mut String,
    title: &str,
    way_out: &str,
    shown: &[(String, String)],
    n: u64,
) {
    if shown.is_empty() {
        return;
    }
    let _ = write!(out, "<h2>{title}: {n}</h2>");
    if !way_out.is_empty() {
        let _ = write!(out, "<p>{way_out}</p>");
    }
    out.push_str("<ul>");
    for (place, words) in shown {
        let _ =
            write!(out, "<li><code>{}</code>: {}</li>", escaped(place), escaped(words));
    }
    out.push_str("</ul>");
    rest(out, n);
}

/// Says how many more there are than a list shows.
fn rest(out: &mut String, n: u64) {
    if n > MOST_SHOWN as u64 {
        let more = n - MOST_SHOWN as u64;
        let _ = write!(out, "<p>{more} more stand in <code>report.json</code>.</p>");
    }
}
