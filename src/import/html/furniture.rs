//! What of a page is not the article, by the names that sites give to the
//! parts of their pages, and by lines that say the same on every site.
//!
//! Nothing here looks for the article. A part that holds much of the running
//! text of its page is never furniture, whatever it is called.

use crate::import::html::page::{Fate, Line, Page, Part};

/// The names of parts and the reasons for which they are dropped.
const MARKS: &[(&str, &[&str])] = &[
    (
        "comments",
        &[
            "comments",
            "commentlist",
            "comment-list",
            "disqus_thread",
            "disqus",
            "respond",
            "fb-comments",
            "comentarios",
            "comment-form",
            "commentform",
        ],
    ),
    (
        "share buttons",
        &[
            "share",
            "sharing",
            "social",
            "sharedaddy",
            "addthis",
            "addtoany",
            "a2a_kit",
            "compartir",
            "article-tools",
            "story-tools",
            "print-link",
            "tools",
            "toolbar",
        ],
    ),
    (
        "related links",
        &[
            "related",
            "relatedposts",
            "jp-relatedposts",
            "recommended",
            "more-stories",
            "read-next",
            "read-more",
            "yarpp",
            "trending",
            "most-read",
            "popular",
            "outbrain",
            "taboola",
            "relacionadas",
            "relacionados",
            "latest",
            "recirc",
            "also-read",
            "suggested",
        ],
    ),
    (
        "newsletter form",
        &[
            "newsletter",
            "subscribe",
            "signup",
            "sign-up",
            "mc_embed_signup",
            "boletin",
            "suscribete",
            "suscripcion",
            "mailing-list",
        ],
    ),
    (
        "cookie notice",
        &["cookie", "cookies", "consent", "gdpr", "onetrust", "cookie-banner"],
    ),
    (
        "paywall notice",
        &["paywall", "regwall", "subscription-wall", "subscriber-only", "piano"],
    ),
    (
        "advertisement",
        &[
            "ad",
            "ads",
            "advert",
            "advertisement",
            "adsbygoogle",
            "sponsor",
            "sponsored",
            "promo",
            "publicidad",
            "banner-ad",
            "donate",
            "donation",
        ],
    ),
    (
        "navigation",
        &[
            "nav",
            "menu",
            "navbar",
            "navigation",
            "topnav",
            "pagination",
            "pager",
            "breadcrumb",
            "breadcrumbs",
            "migas",
            "skip-link",
            "post-navigation",
            "nav-links",
        ],
    ),
    ("sidebar", &["sidebar", "widget", "rail", "blogroll", "complementary", "secondary"]),
    (
        "about the author",
        &["author-bio", "about-author", "author-box", "author-info", "bio-box"],
    ),
    (
        "footer of the site",
        &["site-footer", "colophon", "page-footer", "contentinfo", "copyright", "footer"],
    ),
    (
        "header of the site",
        &[
            "masthead",
            "site-header",
            "branding",
            "page-header-site",
            "banner",
            "topbar",
            "site-title",
        ],
    ),
    ("dialog", &["modal", "popup", "dialog", "overlay", "lightbox"]),
];

/// Lines that are furniture wherever they stand.
const LINES: &[&str] = &[
    "advertisement",
    "advertisements",
    "publicidad",
    "anuncio",
    "share this:",
    "share this",
    "share",
    "tweet",
    "print",
    "email",
    "pin it",
    "facebook",
    "twitter",
    "whatsapp",
    "print this page",
    "print this article",
    "print this story",
    "email this page",
    "email this article",
    "e-mail this story",
    "printer-friendly version",
    "printer friendly version",
    "printer friendly",
    "send to a friend",
    "email to a friend",
    "like this:",
    "like loading...",
    "loading...",
    "loading…",
    "skip to content",
    "skip to main content",
    "saltar al contenido",
    "back to top",
    "back to the top",
    "top of page",
    "volver arriba",
    "compartir",
    "imprimir",
    "enviar por correo",
    "versión para imprimir",
    "compartir en:",
    "story continues below advertisement",
    "article continues below advertisement",
    "advertisement - story continues below",
    "close",
    "cerrar",
    "subscribe",
    "suscríbete",
    "home",
    "inicio",
    "[close window]",
    "close this window",
    "close window",
    "print | email",
    "email | print",
    "share on facebook",
    "share on twitter",
    "skip advertisement",
    "pdf",
];

/// Lines with which the text after an article begins, and what follows them.
const ENDS: &[(&str, &[&str])] = &[
    (
        "comments",
        &[
            "comments",
            "leave a reply",
            "leave a comment",
            "post a comment",
            "comentarios",
            "deja un comentario",
            "deja una respuesta",
            "add a comment",
            "join the conversation",
            "reader comments",
            "discussion",
            "comments are closed",
            "comment on this story",
            "publicar un comentario",
            "no comments",
            "responses",
        ],
    ),
    (
        "related links",
        &[
            "related",
            "related stories",
            "related articles",
            "related posts",
            "related coverage",
            "related links",
            "more stories",
            "more news",
            "you may also like",
            "you might also like",
            "also of interest",
            "recommended for you",
            "most popular",
            "most read",
            "más leídas",
            "te puede interesar",
            "también te puede interesar",
            "notas relacionadas",
            "artículos relacionados",
            "noticias relacionadas",
            "lea también",
            "read next",
            "recent stories",
            "latest stories",
            "latest news",
            "more headlines",
            "other stories in this section",
            "also in this issue",
            "keep reading",
        ],
    ),
];

/// How many pull quotes of a page are compared with its text at most.
const MOST_QUOTES: usize = 40;

/// The running text of a page, by its lines.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// How many characters of running text stand before each line.
    before: Vec<usize>,
}

impl Prose {
    /// Counts the lines of a page of which nothing was decided.
    pub fn of(page: &Page) -> Self {
        let mut before = vec![0];
        let mut sum = 0;
        for (at, line) in page.lines.iter().enumerate() {
            if page.is_open(at) {
                sum += weight(line);
            }
            before.push(sum);
        }
        Self { before }
    }

    /// The characters of running text in some lines.
    pub fn within(&self, lines: std::ops::Range<usize>) -> usize {
        let at = |line: usize| self.before.get(line).or(self.before.last()).copied();
        at(lines.end).unwrap_or_default()
            - at(lines.start.min(lines.end)).unwrap_or_default()
    }

    /// The characters of running text in all lines.
    pub fn all(&self) -> usize {
        self.before.last().copied().unwrap_or_default()
    }
}

/// The characters of a line if it is running text, and nothing else.
pub fn weight(line: &Line) -> usize {
    let chars = line.text.chars().count();
    let is_unlinked = line.linked * 2 < chars;
    let is_sentence = line.text.ends_with(['.', '!', '?', '”', '"', '»', ':', '…', ')']);
    if is_unlinked && (chars >= 60 || chars >= 25 && is_sentence) { chars } else { 0 }
}

/// Drops what the page hides.
pub fn drop_hidden(page: &mut Page) {
    for at in 0..page.parts.len() {
        let Some(part) = page.parts.get(at) else { break };
        let style = part.attribute("style").unwrap_or_default().to_lowercase();
        let style: String = style.split_whitespace().collect();
        let is_hidden = part.attribute("hidden").is_some()
            || style.contains("display:none")
            || style.contains("visibility:hidden")
            || part.is_marked("screen-reader-text")
            || part.is_marked("visually-hidden")
            || part.is_marked("sr-only");
        if is_hidden && !matches!(part.name.as_str(), "body" | "html") {
            page.remove(at, Fate::Dropped("hidden on the page"));
        }
    }
}

/// Drops parts that are called furniture.
pub fn drop_parts(page: &mut Page) {
    let prose = Prose::of(page);
    let whole = page.text_of(0).to_lowercase();
    let mut quotes = 0;
    for at in 0..page.parts.len() {
        if page.gone.get(at) == Some(&true) {
            continue;
        }
        let Some(reason) = reason(page, at) else { continue };
        let lines = page.lines_of(at);
        let own = prose.within(lines.clone());
        let before = prose.within(0..lines.start);
        let is_much = own * 10 > prose.all() * 4 && own > 200;
        let is_tail = reason == "comments" && before > 150;
        if is_much && !is_tail {
            continue;
        }
        if reason == "pull quote" {
            quotes += 1;
            if quotes > MOST_QUOTES || !is_repeated(page, at, &whole) {
                continue;
            }
        }
        page.remove(at, Fate::Dropped(reason));
    }
}

/// Whether the text of an element stands twice in its page.
fn is_repeated(page: &Page, element: usize, whole: &str) -> bool {
    let text = page.text_of(element).to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    !text.is_empty() && whole.matches(text).nth(1).is_some()
}

/// The reason to drop an element, by its name and by what its site calls it.
fn reason(page: &Page, at: usize) -> Option<&'static str> {
    let part = page.parts.get(at)?;
    let is_in_article = || {
        page.around(at).skip(1).any(|outer| {
            page.parts.get(outer).is_some_and(|outer| {
                matches!(outer.name.as_str(), "article" | "main")
                    || outer.is_marked("hentry")
            })
        })
    };
    match part.name.as_str() {
        "html" | "body" | "main" | "article" | "h1" | "p" | "a" | "img" | "figure" => {
            return None;
        }
        "nav" | "menu" => return Some("navigation"),
        "form" | "button" | "select" | "textarea" | "fieldset" | "datalist" => {
            return Some(marked(part).unwrap_or("form"));
        }
        "dialog" => return Some("dialog"),
        "footer" | "header" if is_in_article() => return None,
        "footer" => return Some("footer of the site"),
        "header" if !has_headline(page, at) => return Some("header of the site"),
        "aside" => return aside(page, at),
        _ => {}
    }
    if part.is_marked("hentry") || part.is_marked("articlebody") {
        return None;
    }
    let is_quote = part.marks.contains("pullquote") || part.marks.contains("pull-quote");
    if is_quote {
        return Some("pull quote");
    }
    let reason = marked(part)?;
    let is_outer = matches!(reason, "header of the site" | "footer of the site");
    (!is_outer || !(is_in_article() || has_headline(page, at))).then_some(reason)
}

/// The reason to drop an `aside`; one with running text of its own is a box
/// that belongs to the article.
fn aside(page: &Page, at: usize) -> Option<&'static str> {
    let part = page.parts.get(at)?;
    if part.marks.contains("pull") {
        return Some("pull quote");
    }
    if let Some(reason) = marked(part) {
        return Some(reason);
    }
    let lines = page.lines.get(page.lines_of(at)).unwrap_or_default();
    let prose: usize = lines.iter().map(weight).sum();
    let is_inside = page
        .around(at)
        .skip(1)
        .any(|outer| page.parts.get(outer).is_some_and(|outer| outer.name == "article"));
    (!is_inside || prose < 200).then_some("aside")
}

/// Whether an element holds a first heading.
fn has_headline(page: &Page, at: usize) -> bool {
    let Some(part) = page.parts.get(at) else { return false };
    let inner = page.parts.get(at..part.end).unwrap_or_default();
    inner.iter().any(|part| part.name == "h1" || part.is_marked("entry-title"))
}

/// The reason for which one of the names of an element speaks.
fn marked(part: &Part) -> Option<&'static str> {
    for word in part.marks.split(' ').filter(|word| !word.is_empty()) {
        // These say what a piece is about, or how a page is laid out.
        let is_subject = [
            "category-",
            "tag-",
            "type-",
            "status-",
            "format-",
            "has-",
            "no-",
            "with-",
            "post-",
            "page-template",
            "wp-",
        ]
        .iter()
        .any(|start| word.starts_with(start));
        if is_subject && word != "post-navigation" {
            continue;
        }
        for (reason, marks) in MARKS {
            if marks.iter().any(|mark| is_called(word, mark)) {
                return Some(reason);
            }
        }
    }
    None
}

/// Whether a word is a mark or a mark with other words before or behind it.
fn is_called(word: &str, mark: &str) -> bool {
    let Some(at) = word.find(mark) else { return false };
    let is_edge =
        |c: Option<char>| c.is_none_or(|c| matches!(c, '-' | '_' | ':' | '0'..='9'));
    let before = word.get(..at).and_then(|before| before.chars().next_back());
    let after = word.get(at + mark.len()..).and_then(|after| after.chars().next());
    is_edge(before) && is_edge(after)
}

/// Drops lines that are furniture wherever they stand.
pub fn drop_lines(page: &mut Page) {
    for at in 0..page.lines.len() {
        let Some(line) = page.lines.get(at) else { break };
        let text = line.text.to_lowercase();
        if LINES.contains(&text.trim_matches(|c: char| c == '|' || c == ' ' || c == '»'))
        {
            page.remove_line(at, Fate::Dropped("site furniture"));
        }
    }
}

/// Drops links that stand before the headline of an article.
pub fn drop_first(page: &mut Page, lines: std::ops::Range<usize>) {
    for at in lines {
        let is_links = page.lines.get(at).is_some_and(|line| {
            let letters = line.text.chars().filter(|c| c.is_alphanumeric()).count();
            line.linked > 0 && line.linked >= letters
        });
        if is_links && page.is_open(at) {
            page.remove_line(at, Fate::Dropped("navigation"));
        }
    }
}

/// Words of the lines at the very end of a page.
const LAST_WORDS: &[&str] = &[
    "copyright",
    "©",
    "(c) ",
    "all rights reserved",
    "best viewed",
    "you are visitor",
    "webmaster",
    "todos los derechos reservados",
    "no part of this page",
    "find this article at",
    "reprinted with permission",
    "this page was last",
    "hosted by",
    "site design",
    "powered by",
];

/// Drops the last lines of an article that speak of its page.
pub fn drop_last(page: &mut Page, lines: std::ops::Range<usize>) {
    let mut kept = 0;
    for at in lines.rev() {
        let Some(line) = page.lines.get(at).filter(|_| page.is_open(at)) else {
            continue;
        };
        let lower = line.text.to_lowercase();
        let is_last = line.text.chars().count() < 250
            && LAST_WORDS.iter().any(|word| lower.contains(word));
        if is_last {
            page.remove_line(at, Fate::Dropped("footer of the page"));
        } else {
            kept += 1;
        }
        if kept == 2 {
            return;
        }
    }
}

/// Drops from the line on with which the text after an article begins.
pub fn drop_end(page: &mut Page, lines: std::ops::Range<usize>) {
    let prose = Prose::of(page);
    let all = prose.within(lines.clone());
    for at in lines.clone() {
        let Some(line) = page.lines.get(at) else { break };
        let Some(reason) = end_reason(&line.text).filter(|_| page.is_open(at)) else {
            continue;
        };
        let is_late = prose.within(lines.start..at) * 2 >= all && at > lines.start;
        if is_late {
            for line in at..lines.end {
                page.remove_line(line, Fate::Dropped(reason));
            }
            let texts = page.lines.get(at).map_or(0, |line| line.texts.start)
                ..page.lines.get(lines.end - 1).map_or(0, |line| line.texts.end);
            drop_pictures(page, texts);
            return;
        }
    }
}

/// Takes out the elements that stand as a whole in some texts that are dropped.
fn drop_pictures(page: &mut Page, texts: std::ops::Range<usize>) {
    for at in 0..page.parts.len() {
        let is_inside = page.parts.get(at).is_some_and(|part| {
            part.texts.start > texts.start && part.texts.end <= texts.end
        });
        if let (true, Some(gone)) = (is_inside, page.gone.get_mut(at)) {
            *gone = true;
        }
    }
}

/// What begins with a line, if it begins the text after an article.
fn end_reason(line: &str) -> Option<&'static str> {
    if line.chars().count() > 50 {
        return None;
    }
    let lower = line.to_lowercase();
    let lower = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = lower.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let lower = lower.split(" on “").next().unwrap_or(lower);
    let found = ENDS.iter().find(|(_, words)| words.contains(&lower))?;
    Some(found.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dom::parse_document;

    /// The lines that are left of a page.
    fn left(html: &str) -> Vec<String> {
        let mut page = Page::new(parse_document(html));
        drop_hidden(&mut page);
        drop_parts(&mut page);
        drop_lines(&mut page);
        let all = 0..page.lines.len();
        drop_end(&mut page, all);
        let open = (0..page.lines.len()).filter(|&at| page.is_open(at));
        open.map(|at| page.lines[at].text.clone()).collect()
    }

    /// Running text.
    const TEXT: &str = "The board voted on Monday to keep the library open on Sundays, and the \
        mayor said that she would sign it.";

    #[test]
    fn parts_with_the_names_of_furniture_are_dropped() {
        for part in [
            "<nav>Menu</nav>",
            "<div class='social-share'>Tweet us</div>",
            "<form>Name</form>",
            "<div id=comments><p>Nice one.</p></div>",
            "<div class=cookie-banner>We use</div>",
            "<p hidden>secret</p>",
            "<div style='display: none'>x</div>",
            "<p>Advertisement</p>",
            "<aside><a href=/>More</a></aside>",
            "<div class=ad>Buy</div>",
        ] {
            let html = format!("<p>{TEXT}</p><p>{TEXT}</p>{part}");
            assert_eq!(left(&html), [TEXT, TEXT], "{part}");
        }
    }

    #[test]
    fn what_holds_the_running_text_is_kept_whatever_its_name() {
        for name in ["sidebar-layout", "promo", "related", "ad"] {
            let html = format!("<div class='{name}'><p>{TEXT}</p><p>{TEXT}</p></div>");
            assert_eq!(left(&html), [TEXT, TEXT], "{name}");
        }
        let html =
            format!("<div class='post category-newsletter tag-share'><p>{TEXT}</div>");
        assert_eq!(left(&html), [TEXT]);
    }

    #[test]
    fn comments_are_dropped_however_long_they_are() {
        let html = format!(
            "<p>{TEXT}</p><p>{TEXT}</p><div id=comments>{}</div>",
            format!("<p>{TEXT}</p>").repeat(9)
        );
        assert_eq!(left(&html), [TEXT, TEXT]);
    }

    #[test]
    fn what_follows_the_heading_of_comments_is_dropped() {
        let html = format!("<p>{TEXT}</p><h3>3 Comments</h3><p>Nice one.</p>");
        assert_eq!(left(&html), [TEXT]);
        let html = format!("<h3>Discussion</h3><p>{TEXT}</p>");
        assert_eq!(left(&html), ["Discussion", TEXT]);
    }
}
