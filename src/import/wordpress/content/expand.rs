//! Puts HTML in the places of shortcodes.
//!
//! What comes of each kind is decided here; what belongs to pictures and
//! recordings is decided in `media`. Text inside shortcodes stays; the
//! characters of the shortcodes themselves are counted as dropped.

use std::collections::BTreeMap;

use crate::import::piece::About;
use crate::import::wordpress::content::Choice;
use crate::import::wordpress::content::markup;
use crate::import::wordpress::content::media;
use crate::import::wordpress::content::prepare::{OWN, SEAM};
use crate::import::wordpress::content::registry::{self, Kind};
use crate::import::wordpress::content::shortcodes::{self, Attributes, Token, Way};
use crate::import::wordpress::content::work::Work;

/// How deep shortcodes are expanded in the captions of others.
const DEPTH: usize = 4;

/// An expansion of one text.
struct Expansion<'h, 'w, 'a> {
    /// The text.
    html: &'h str,
    /// What looks like a shortcode in it.
    tokens: Vec<Token<'h>>,
    /// For each token that begins something, the number of the one that ends
    /// it; and the other way round.
    pairs: BTreeMap<usize, usize>,
    /// What to write for tokens that end something.
    ends: BTreeMap<usize, &'static str>,
    /// How much of the text was taken.
    taken: usize,
    /// How many texts this one stands in.
    depth: usize,
    /// What was written.
    out: String,
    /// The conversion.
    work: &'w mut Work<'a>,
}

/// Expands the shortcodes in a text.
pub(super) fn expand(html: &str, work: &mut Work<'_>) -> String {
    expand_inside(html, work, 0)
}

/// Expands the shortcodes in a text that stands in others.
fn expand_inside(html: &str, work: &mut Work<'_>, depth: usize) -> String {
    if depth > DEPTH || !html.contains('[') {
        return html.to_owned();
    }
    let tokens = shortcodes::tokens(html);
    let pairs = pairs(&tokens);
    let mut expansion = Expansion {
        html,
        tokens,
        pairs,
        ends: BTreeMap::new(),
        taken: 0,
        depth,
        out: String::with_capacity(html.len()),
        work,
    };
    let mut number = 0;
    while number < expansion.tokens.len() {
        number = expansion.step(number);
    }
    let rest = html.get(expansion.taken..).unwrap_or_default();
    expansion.out.push_str(rest);
    expansion.out
}

/// Finds which tokens belong together: an end belongs to the last beginning of
/// its name that has none.
fn pairs(tokens: &[Token<'_>]) -> BTreeMap<usize, usize> {
    let mut open: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut pairs = BTreeMap::new();
    for (number, token) in tokens.iter().enumerate() {
        match token.way {
            Way::Opens => open.entry(token.name).or_default().push(number),
            Way::Closes => {
                if let Some(begin) = open.get_mut(token.name).and_then(Vec::pop) {
                    pairs.insert(begin, number);
                    pairs.insert(number, begin);
                }
            }
            Way::Whole => {}
        }
    }
    pairs
}

impl<'h> Expansion<'h, '_, '_> {
    /// Does one token; gives the number of the next one to do.
    fn step(&mut self, number: usize) -> usize {
        let Some(token) = self.tokens.get(number).copied() else { return number + 1 };
        let pair = self.pairs.get(&number).copied();
        if token.start < self.taken {
            return number + 1;
        }
        if let Some(choice) = self.work.context.choices.shortcodes.get(token.name) {
            return self.choose(*choice, number, pair);
        }
        let Some((kind, is_word)) = registry::kind(token.name) else {
            self.note_unknown(token, pair.is_some());
            return number + 1;
        };
        if let Some(next) = self.unescape(number, pair) {
            return next;
        }
        let attributes = shortcodes::attributes(token.inside);
        let bare = attributes.is_empty() && pair.is_none() && token.way == Way::Opens;
        let lone_word = is_word && bare && !(is_media(kind) && self.is_alone(token));
        if lone_word
            || (pair.is_none() && is_phrase((kind, is_word), token, &attributes))
            || (token.has_tags && attributes.named.is_empty())
        {
            return number + 1;
        }
        if token.way == Way::Closes {
            let end = self.ends.remove(&number).unwrap_or_default();
            self.drop_token(token);
            self.work
                .account
                .add("marks of a footnote", if end == ")" { end } else { "" });
            self.out.push_str(end);
            return number + 1;
        }
        self.put(kind, &attributes, number, pair)
    }

    /// The text between two tokens.
    fn between(&self, begin: usize, end: usize) -> &'h str {
        let begin = self.tokens.get(begin).map_or(0, |token| token.end);
        let end = self.tokens.get(end).map_or(0, |token| token.start);
        self.html.get(begin..end).unwrap_or_default()
    }

    /// Writes the text up to a place.
    fn write_up_to(&mut self, place: usize) {
        self.out.push_str(self.html.get(self.taken..place).unwrap_or_default());
        self.taken = place.max(self.taken);
    }

    /// Leaves a token out and counts it.
    fn drop_token(&mut self, token: Token<'_>) {
        self.write_up_to(token.start);
        let text = self.html.get(token.start..token.end).unwrap_or_default();
        self.work.drop_html(&reason(token.name), text);
        self.taken = token.end;
        self.out.push_str(SEAM);
    }

    /// Leaves out all from one token to another, and counts it.
    fn drop_range(&mut self, token: Token<'_>, last: usize) {
        self.write_up_to(token.start);
        let end = self.tokens.get(last).map_or(token.end, |last| last.end);
        let text = self.html.get(token.start..end).unwrap_or_default();
        self.work.drop_html(&reason(token.name), text);
        self.taken = end;
        self.out.push_str(SEAM);
    }

    /// Does what an editor chose for a name.
    fn choose(&mut self, choice: Choice, number: usize, pair: Option<usize>) -> usize {
        let Some(token) = self.tokens.get(number).copied() else { return number + 1 };
        match (choice, pair) {
            (Choice::Keep, _) => {}
            (Choice::Drop, Some(end)) if end > number => {
                self.drop_range(token, end);
                return end + 1;
            }
            (Choice::Drop | Choice::Text, _) => self.drop_token(token),
        }
        number + 1
    }

    /// Takes away the second pair of brackets around a shortcode that is to be
    /// read as text.
    fn unescape(&mut self, number: usize, pair: Option<usize>) -> Option<usize> {
        let token = *self.tokens.get(number)?;
        let last = match pair.filter(|end| *end > number) {
            Some(end) if self.html.get(token.end..)?.starts_with(']') => {
                // `[[name]` with an end further on, which is another's.
                self.tokens.get(end).map(|_| number)?
            }
            Some(end) => end,
            None => number,
        };
        let end = self.tokens.get(last)?.end;
        let before = self.html.get(self.taken..token.start)?;
        if !before.ends_with('[') || !self.html.get(end..)?.starts_with(']') {
            return None;
        }
        self.write_up_to(token.start - 1);
        let inside = self.html.get(token.start..end)?;
        self.out.push_str(inside);
        self.work.account.drop("escape of a shortcode", "[]");
        self.taken = end + 1;
        Some(last + 1)
    }

    /// Notes a name that is not known, if it looks like a shortcode.
    fn note_unknown(&mut self, token: Token<'_>, is_paired: bool) {
        let attributes = shortcodes::attributes(token.inside);
        let named = !attributes.named.is_empty() && token.way != Way::Closes;
        if named || is_paired {
            let text =
                format!("the shortcode [{}] is unknown and stays as text", token.name);
            self.work.note(About::Shortcode, text);
        }
    }

    /// Whether a token has its line to itself.
    fn is_alone(&self, token: Token<'_>) -> bool {
        let before = self.html.get(..token.start).unwrap_or_default().trim_end();
        let after = self.html.get(token.end..).unwrap_or_default().trim_start();
        (before.is_empty() || before.ends_with('>'))
            && (after.is_empty() || after.starts_with('<'))
    }

    /// Puts something in the place of a shortcode; gives the next token to do.
    fn put(
        &mut self,
        kind: Kind,
        attributes: &Attributes,
        number: usize,
        pair: Option<usize>,
    ) -> usize {
        let Some(token) = self.tokens.get(number).copied() else { return number + 1 };
        let last = pair.filter(|end| *end > number);
        let content = last.map(|last| self.between(number, last));
        match kind {
            Kind::Caption => return self.put_caption(attributes, number, last),
            Kind::Site(prefix) => return self.put_site(prefix, attributes, number, last),
            Kind::Gallery | Kind::Playlist => {
                self.drop_token(token);
                let html = match kind {
                    Kind::Gallery => media::gallery(token.name, attributes, self.work),
                    _ => media::playlist(attributes, self.work),
                };
                self.out.push_str(&html);
            }
            Kind::Audio | Kind::Video => {
                let html = media::recording(kind, attributes, content, self.work);
                let is_used = content
                    .is_some_and(|content| html.is_some() && media::is_address(content));
                match last.filter(|_| is_used) {
                    Some(last) => self.drop_range(token, last),
                    None => self.drop_token(token),
                }
                match html {
                    Some(html) => self.out.push_str(&html),
                    None => self.note_lost(token),
                }
                return if is_used { last.unwrap_or(number) + 1 } else { number + 1 };
            }
            Kind::Form | Kind::Elsewhere | Kind::Members => {
                match last {
                    Some(last) => self.drop_range(token, last),
                    None => self.drop_token(token),
                }
                self.note_left_out(kind, token);
                return last.unwrap_or(number) + 1;
            }
            _ => self.put_frame(kind, attributes, token, last),
        }
        number + 1
    }

    /// Notes that the source of something is not known.
    fn note_lost(&mut self, token: Token<'_>) {
        let text =
            format!("the shortcode [{}] names nothing that can be shown", token.name);
        self.work.note(About::Loss, text);
    }

    /// Notes what is left out.
    fn note_left_out(&mut self, kind: Kind, token: Token<'_>) {
        let (about, why) = match kind {
            Kind::Form => (About::Shortcode, "is a form and is left out"),
            Kind::Members => {
                (About::Loss, "holds what only members could read and is left out")
            }
            _ => (About::Loss, "shows what is not in the post and is left out"),
        };
        self.work.note(about, format!("the shortcode [{}] {why}", token.name));
    }

    /// Puts in a picture with its caption.
    fn put_caption(
        &mut self,
        attributes: &Attributes,
        number: usize,
        last: Option<usize>,
    ) -> usize {
        let Some(token) = self.tokens.get(number).copied() else { return number + 1 };
        let Some(last) = last else {
            self.drop_token(token);
            self.put_caption_text(attributes, token);
            return number + 1;
        };
        let content = self.between(number, last);
        self.drop_token(token);
        let inside = expand_inside(content, self.work, self.depth + 1);
        let (picture, text) = media::part_caption(&inside);
        self.out.push_str("<figure>");
        self.out.push_str(&picture);
        self.out.push_str("<figcaption>");
        self.out.push_str(&text);
        if markup::plain(&text).trim().is_empty() {
            self.put_caption_text(attributes, token);
        } else if let Some(caption) = attributes.named("caption")
            && markup::plain(caption).trim() != markup::plain(&text).trim()
        {
            self.out.push(' ');
            self.put_caption_text(attributes, token);
        }
        self.out.push_str("</figcaption></figure>");
        self.taken = self.tokens.get(last).map_or(self.taken, |last| last.start);
        if let Some(last) = self.tokens.get(last).copied() {
            self.drop_token(last);
        }
        last + 1
    }

    /// Puts in the caption that stands in an attribute.
    fn put_caption_text(&mut self, attributes: &Attributes, token: Token<'_>) {
        if let Some(caption) = attributes.named("caption") {
            let what = format!("attribute of {}", reason(token.name));
            let plain = markup::plain(caption);
            self.work.account.add(&what, &plain);
            let html = if caption.contains(OWN) {
                markup::escape(&plain)
            } else {
                caption.to_owned()
            };
            self.out.push_str(&html.replace('[', "&#91;").replace(']', "&#93;"));
        }
    }

    /// Puts in a link to something of another site.
    fn put_site(
        &mut self,
        prefix: &str,
        attributes: &Attributes,
        number: usize,
        last: Option<usize>,
    ) -> usize {
        let Some(token) = self.tokens.get(number).copied() else { return number + 1 };
        let content = last.map(|last| self.between(number, last));
        let inside = content.map(markup::plain).unwrap_or_default();
        let own = media::site_address(prefix, attributes, inside.trim());
        let is_used = media::names_something(inside.trim());
        let next = if let Some(last) = last.filter(|_| is_used && own.is_some()) {
            self.drop_range(token, last);
            last + 1
        } else {
            self.drop_token(token);
            number + 1
        };
        match own {
            Some(address) => {
                let link = self.work.link_paragraph(&address);
                self.out.push_str(&link);
            }
            None => self.note_lost(token),
        }
        next
    }

    /// Puts in what stands around text.
    fn put_frame(
        &mut self,
        kind: Kind,
        attributes: &Attributes,
        token: Token<'_>,
        last: Option<usize>,
    ) {
        self.drop_token(token);
        let texts: &[(&str, &[&str])] = match kind {
            Kind::Rule => {
                self.out.push_str("<hr>");
                return;
            }
            Kind::Nothing => return,
            Kind::Button => return self.put_button(attributes, last),
            Kind::Quote => {
                if let Some(last) = last {
                    self.out.push_str("<blockquote>");
                    self.ends.insert(last, "</blockquote>");
                }
                &[("cite", &["author", "cite", "name", "source"])]
            }
            Kind::Panel => {
                &[("h3", &["title", "heading", "header", "question", "tab_title"])]
            }
            Kind::Footnote => {
                if let Some(last) = last {
                    self.out.push_str(" (");
                    self.ends.insert(last, ")");
                    self.work.account.add("marks of a footnote", "(");
                }
                &[]
            }
            Kind::Builder => {
                let pictures = media::builder_pictures(attributes, self.work);
                self.out.push_str(&pictures);
                &[
                    ("h3", &["title", "heading", "text"]),
                    ("p", &["subtitle", "subheading", "sub_heading"]),
                    ("p", &["content", "description", "h4", "caption"]),
                    ("p", &["author", "name", "job_title"]),
                    ("p", &["button_text", "btn_text"]),
                ]
            }
            _ => &[("h3", &["title"])],
        };
        for (element, names) in texts {
            if let Some(text) = attributes.first(names).filter(|text| is_text(text)) {
                let what = format!("attribute of {}", reason(token.name));
                let text = self.work.added_text(&what, &text);
                self.out.push_str(&format!("\n<{element}>{text}</{element}>\n"));
            }
        }
    }

    /// Puts in a link that looked like a button.
    fn put_button(&mut self, attributes: &Attributes, last: Option<usize>) {
        let address =
            attributes.first(&["url", "link", "href", "to"]).unwrap_or_default();
        let label = attributes.first(&["text", "title", "label"]);
        self.out.push_str(&format!("<a href=\"{}\">", markup::escape(&address)));
        match (last, label) {
            (Some(last), _) => {
                self.ends.insert(last, "</a>");
                return;
            }
            (None, Some(label)) => {
                let label = self.work.added_text("label of a button", &label);
                self.out.push_str(&label);
            }
            (None, None) => {}
        }
        self.out.push_str("</a>");
    }
}

/// Whether a token is a phrase of an editor that begins with the name of a
/// shortcode: `[video no longer available]`.
fn is_phrase(
    (kind, is_word): (Kind, bool),
    token: Token<'_>,
    attributes: &Attributes,
) -> bool {
    let Some(first) = attributes.flags.first() else { return false };
    if !attributes.named.is_empty() || token.way != Way::Opens {
        return false;
    }
    let is_one = attributes.flags.len() == 1;
    let names_something = media::is_web_address(&markup::plain(first))
        || match kind {
            Kind::Site(_) if !is_word => is_one,
            Kind::Site(_) | Kind::Audio | Kind::Video => {
                let marks = |c: char| c.is_ascii_digit() || "/:.".contains(c);
                is_one && first.contains(marks)
            }
            _ => false,
        };
    !names_something && (is_word || !token.name.contains(['_', '-']))
}

/// Whether a kind is found in the library if it names nothing.
fn is_media(kind: Kind) -> bool {
    matches!(kind, Kind::Audio | Kind::Video | Kind::Playlist)
}

/// Whether an attribute is text, and not a setting.
fn is_text(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters > 1
        && !(words == 1 && (text.contains("://") || text.contains(['|', '%', '='])))
}

/// Why the characters of a shortcode are dropped.
fn reason(name: &str) -> String {
    format!("shortcode [{name}]")
}
