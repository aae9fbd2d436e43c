//! Makes a clean tree of the tree of a post: what is text stays, what programs
//! left behind goes.
//!
//! It decides which elements and attributes stay, what counts as empty, what
//! becomes of pictures, frames and program texts, and where paragraphs are
//! missing. How the tree is written is decided elsewhere.

use crate::dom::{self, Element, Node};
use crate::import::piece::About;
use crate::import::wordpress::content::canonical::{FRAME, NO_SCRIPT};
use crate::import::wordpress::content::media;
use crate::import::wordpress::content::prepare::{self, OWN};
use crate::import::wordpress::content::work::Work;

/// Elements that stand in no line of text.
const BLOCKS: [&str; 28] = [
    "address",
    "blockquote",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "summary",
    "table",
    "tr",
    "ul",
    "tbody",
];

/// Elements that say nothing if they hold nothing.
const HOLLOW: [&str; 34] = [
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "cite",
    "code",
    "del",
    "dfn",
    "div",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "i",
    "ins",
    "mark",
    "ol",
    "p",
    "picture",
    "q",
    "s",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "u",
];

/// Makes a clean tree.
pub(super) fn clean(nodes: Vec<Node>, work: &mut Work<'_>) -> Vec<Node> {
    let mut cleaner = Cleaner { work, language: None, links: 0 };
    let nodes = cleaner.nodes(nodes);
    flow(nodes)
}

/// Cleans a tree.
struct Cleaner<'w, 'a> {
    /// The conversion.
    work: &'w mut Work<'a>,
    /// The language of the program text that comes next, if its block names it.
    language: Option<String>,
    /// How many links stand around.
    links: usize,
}

impl Cleaner<'_, '_> {
    /// Cleans nodes that stand beside each other.
    fn nodes(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut out = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Text(text) => {
                    let text =
                        prepare::without_hidden(&text, &mut self.work.found.hidden);
                    push(Node::Text(text), &mut out);
                }
                Node::Element(element) => {
                    for node in self.element(element) {
                        push(node, &mut out);
                    }
                }
                Node::Comment(_) => {}
            }
        }
        if self.links == 0 {
            link_addresses(&mut out);
        }
        out
    }

    /// Cleans an element; it may become several nodes, or none.
    fn element(&mut self, mut element: Element) -> Vec<Node> {
        if let Some(mark) = element.attribute(OWN) {
            let mark = mark.to_owned();
            return self.mark(&mark, element);
        }
        match element.name.as_str() {
            FRAME => return self.frame(&element),
            NO_SCRIPT => {
                self.drop_nodes("noscript", &element.children);
                return Vec::new();
            }
            "img" => return self.picture(&element),
            "pre" => return self.preformatted(element),
            _ => {}
        }
        if is_repeated_link(&element) {
            self.drop_nodes("button of a file", &element.children);
            return Vec::new();
        }
        let before = cover(&element);
        let link = usize::from(element.name == "a");
        self.links += link;
        element.children = self.nodes(std::mem::take(&mut element.children));
        self.links -= link;
        self.add_permalink(&mut element);
        let mut out = before;
        out.extend(shape(element));
        out
    }

    /// What one of our own marks stands for.
    fn mark(&mut self, mark: &str, element: Element) -> Vec<Node> {
        if mark == "language" {
            self.language = element.attribute("title").map(str::to_owned);
            return self.nodes(element.children);
        }
        let mut out = match mark.parse::<usize>() {
            Ok(number) => self.code(number, &element.name).into_iter().collect(),
            Err(_) => vec![Node::Element(Element::new(
                &element.name,
                &[(OWN, mark)],
                Vec::new(),
            ))],
        };
        // The parser may have put into it what stood behind it.
        out.extend(self.nodes(element.children));
        out
    }

    /// A program text, in the element whose mark stood in its place.
    fn code(&mut self, number: usize, element: &str) -> Option<Node> {
        let code = self.work.found.codes.get(number)?.clone();
        if !self.work.placed.insert(number) {
            return None;
        }
        let node = code_node(&code.language, vec![Node::Text(code.text)]);
        Some(if element == "pre" { Node::element("pre", vec![node]) } else { node })
    }

    /// Counts the text of nodes as dropped.
    fn drop_nodes(&mut self, reason: &str, nodes: &[Node]) {
        self.work.account.drop(reason, &dom::text_of(nodes));
        for node in nodes {
            if let Node::Element(element) = node {
                self.drop_codes(reason, element);
            }
        }
    }

    /// Counts the program texts of an element as dropped.
    fn drop_codes(&mut self, reason: &str, element: &Element) {
        if let Some(number) =
            element.attribute(OWN).and_then(|number| number.parse().ok())
            && let Some(code) = self.work.found.codes.get(number)
            && self.work.placed.insert(number)
        {
            self.work.account.drop(reason, &code.text);
        }
        for child in &element.children {
            if let Node::Element(child) = child {
                self.drop_codes(reason, child);
            }
        }
    }

    /// A link to what a frame showed.
    fn frame(&mut self, element: &Element) -> Vec<Node> {
        let address = media::whole(element.attribute("src").unwrap_or_default());
        let mut out = Vec::new();
        if !address.is_empty() {
            self.work.account.add("address of an embed", &address);
            let text = vec![Node::Text(address.clone())];
            out.push(Node::Element(Element::new("a", &[("href", &address)], text)));
        }
        out.extend(self.nodes(element.children.clone()));
        out
    }

    /// A picture, if it shows something.
    fn picture(&mut self, element: &Element) -> Vec<Node> {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default().trim();
        let lazy = ["data-src", "data-lazy-src", "data-original", "data-orig-src"];
        let mut src = attribute("src").to_owned();
        if src.is_empty() || src.starts_with("data:") {
            let held =
                lazy.iter().map(|name| attribute(name)).find(|held| !held.is_empty());
            src = held.unwrap_or(&src).to_owned();
        }
        let alt = attribute("alt").to_owned();
        let is_emoji = element.has_class("emoji") || element.has_class("wp-smiley");
        if is_emoji && !alt.is_empty() {
            self.work.account.add("emoji", &alt);
            return vec![Node::Text(alt)];
        }
        if src.is_empty() || is_pixel(element, &src) {
            return Vec::new();
        }
        let number = attachment_number(element);
        let known =
            number.and_then(|number| self.work.context.library.attachment(number));
        let alt = match known {
            Some(known) if alt.is_empty() => known.alt,
            _ => alt,
        };
        let mut own = Element::new("img", &[("src", &src), ("alt", &alt)], Vec::new());
        for name in ["title", "id", "lang"] {
            if let Some(value) = element.attribute(name).filter(|value| !value.is_empty())
            {
                own.set_attribute(name, value);
            }
        }
        if let Some(number) = number {
            own.set_attribute("data-attachment", number.to_string());
        }
        vec![Node::Element(own)]
    }

    /// Preformatted text: a program, a poem, or neither.
    fn preformatted(&mut self, mut element: Element) -> Vec<Node> {
        let language = self.language.take().or_else(|| language_of(&element));
        let is_verse = element.has_class("wp-block-verse");
        element.children = self.nodes(std::mem::take(&mut element.children));
        if is_verse {
            let mut lines = Vec::new();
            break_lines(element.children, &mut lines);
            return vec![Node::element("p", lines)];
        }
        let has_code =
            matches!(&element.children[..], [Node::Element(one)] if one.name == "code");
        if let Some(language) = language {
            let children = std::mem::take(&mut element.children);
            let children = match <[Node; 1]>::try_from(children) {
                Ok([Node::Element(code)]) if has_code => code.children,
                Ok([node]) => vec![node],
                Err(nodes) => nodes,
            };
            element.children = vec![code_node(&language, children)];
        }
        keep_attributes(&mut element);
        if is_empty(&element.children) {
            element.children
        } else {
            vec![Node::Element(element)]
        }
    }

    /// Links what a site asked to be quoted in its own way, if no link is in it.
    fn add_permalink(&mut self, element: &mut Element) {
        let names = ["data-instgrm-permalink", "data-href", "cite"];
        let known =
            ["instagram-media", "fb-post", "fb-video", "tiktok-embed", "tumblr-post"];
        if !known.iter().any(|class| element.has_class(class)) {
            return;
        }
        let address =
            names.iter().find_map(|name| element.attribute(name)).unwrap_or_default();
        let address = media::whole(address);
        if media::is_web_address(&address) && !has_element(&element.children, "a") {
            self.work.account.add("address of an embed", &address);
            let link = Element::new(
                "a",
                &[("href", &address)],
                vec![Node::Text(address.clone())],
            );
            element.children.push(Node::element("p", vec![Node::Element(link)]));
        }
    }
}

/// Appends the program texts that did not come to their place.
pub(super) fn append_codes(nodes: &mut Vec<Node>, work: &mut Work<'_>) {
    for (number, code) in work.found.codes.iter().enumerate() {
        if work.placed.insert(number) {
            let code = code_node(&code.language, vec![Node::Text(code.text.clone())]);
            nodes.push(Node::element("pre", vec![code]));
        }
    }
    if work.found.hidden > 0 {
        let text = format!("{} hidden characters were taken out", work.found.hidden);
        work.note(About::Encoding, text);
    }
}

/// Whether an element is the second link to a file that stands before it.
fn is_repeated_link(element: &Element) -> bool {
    element.name == "a" && element.has_class("wp-block-file__button")
}

/// The picture behind a text, if only its style names it.
fn cover(element: &Element) -> Vec<Node> {
    let style = element.attribute("style").unwrap_or_default();
    let is_cover = element.name == "div" && element.has_class("wp-block-cover");
    let Some((_, rest)) = style.split_once("background-image:url(").filter(|_| is_cover)
    else {
        return Vec::new();
    };
    let address = rest.split(')').next().unwrap_or_default().trim_matches(['"', '\'']);
    let picture = Element::new("img", &[("src", address), ("alt", "")], Vec::new());
    vec![Node::Element(picture)]
}

/// Puts a node behind others; texts that meet become one.
fn push(node: Node, out: &mut Vec<Node>) {
    match (node, out.last_mut()) {
        (Node::Text(text), Some(Node::Text(before))) => before.push_str(&text),
        (Node::Text(text), _) if text.is_empty() => {}
        (node, _) => out.push(node),
    }
}

/// A `code` element of a language.
fn code_node(language: &str, children: Vec<Node>) -> Node {
    let mut code = Element::new("code", &[], children);
    if !language.is_empty() {
        code.set_attribute("class", format!("language-{language}"));
    }
    Node::Element(code)
}

/// Whether nodes show nothing.
fn is_empty(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) => text.chars().all(|c| c.is_whitespace() || c == '\u{ad}'),
        Node::Comment(_) => true,
        Node::Element(element) => element.name == "br",
    })
}

/// Whether an element stands somewhere in nodes.
fn has_element(nodes: &[Node], name: &str) -> bool {
    nodes
        .iter()
        .filter_map(Node::as_element)
        .any(|element| element.name == name || has_element(&element.children, name))
}

/// What becomes of an element whose children are clean.
fn shape(mut element: Element) -> Vec<Node> {
    match element.name.as_str() {
        "figure" => return figure(element),
        "ul" if element.has_class("blocks-gallery-grid")
            || element.has_class("wp-block-gallery") =>
        {
            return unwrap_items(element.children);
        }
        "dl" if element.has_class("gallery-item") => {
            return vec![gallery_item(element.children)];
        }
        "div" if element.has_class("wp-caption") => {
            return vec![gallery_item(element.children)];
        }
        "span" | "font" | "b" | "i" => return styled(element),
        "div" => {
            keep_attributes(&mut element);
            element.children = flow(element.children);
            if element.attributes.is_empty() {
                return element.children;
            }
        }
        "blockquote" | "details" => element.children = flow(element.children),
        "a" => anchor(&mut element),
        "code" => {
            if let Some(language) = language_of(&element) {
                element.set_attribute("class", format!("language-{language}"));
            }
        }
        _ => {}
    }
    keep_attributes(&mut element);
    let hollow = HOLLOW.contains(&element.name.as_str()) && is_empty(&element.children);
    let says_nothing = element.name == "a" && element.attributes.is_empty();
    let has_anchor = element.attribute("id").is_some();
    if says_nothing || (hollow && !has_anchor) {
        let is_block = BLOCKS.contains(&element.name.as_str());
        return if is_block { Vec::new() } else { element.children };
    }
    vec![Node::Element(element)]
}

/// The address and the name of a link.
fn anchor(element: &mut Element) {
    if element.attribute("id").is_none()
        && let Some(name) = element.attribute("name").filter(|name| !name.is_empty())
    {
        let name = name.to_owned();
        element.set_attribute("id", name);
    }
    let address = element.attribute("href").unwrap_or_default().trim();
    if address.is_empty() || address.to_ascii_lowercase().starts_with("javascript:") {
        element.attributes.retain(|(name, _)| name != "href");
    }
}

/// An element whose style says how its text looks: what that means, or only
/// the text.
fn styled(mut element: Element) -> Vec<Node> {
    let style = element.attribute("style").unwrap_or_default().to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    // `mso-bidi-font-weight` is about other scripts.
    let says = |what: &str| style.split(';').any(|part| part.starts_with(what));
    let bold =
        ["font-weight:bold", "font-weight:700", "font-weight:600", "font-weight:800"];
    let is_bold = bold.iter().any(|weight| says(weight));
    let is_plain = says("font-weight:normal") || says("font-weight:400");
    let is_slanted = says("font-style:italic") || says("font-style:oblique");
    keep_attributes(&mut element);
    let name = element.name.clone();
    let remains = match name.as_str() {
        "b" => !is_plain,
        "i" => !says("font-style:normal"),
        _ => !element.attributes.is_empty(),
    };
    let is_empty = is_empty(&element.children) && element.attribute("id").is_none();
    let mut children = std::mem::take(&mut element.children);
    if is_empty {
        return children;
    }
    let wraps = [
        (is_slanted && name != "i", "em"),
        (is_bold && name != "b", "strong"),
        (says("text-decoration:line-through"), "s"),
    ];
    for (_, wrap) in wraps.into_iter().filter(|(wanted, _)| *wanted) {
        children = vec![Node::element(wrap, children)];
    }
    if remains {
        element.children = children;
        children = vec![Node::Element(element)];
    }
    children
}

/// The attributes that stay.
fn keep_attributes(element: &mut Element) {
    let name = element.name.clone();
    element.attributes.retain(|(own, value)| {
        let kept: &[&str] = match name.as_str() {
            "a" => &["href", "title", "hreflang"],
            "img" => &["src", "alt", "title", "data-attachment"],
            "abbr" | "dfn" => &["title"],
            "audio" | "video" => &["src", "poster", "controls"],
            "blockquote" | "q" => &["cite"],
            "del" | "ins" => &["cite", "datetime"],
            "code" => &["class"],
            "col" | "colgroup" => &["span"],
            "data" | "li" => &["value"],
            "ol" => &["start", "reversed", "type"],
            "source" => &["src", "type"],
            "td" | "th" => &["colspan", "rowspan", "scope"],
            "time" => &["datetime"],
            "track" => &["src", "kind", "srclang", "label"],
            _ => &[],
        };
        // A word processor names the language of each run of words: `EN-US`.
        let is_made_by_word = own == "lang"
            && name == "span"
            && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        let everywhere = matches!(own.as_str(), "id" | "lang" | "dir")
            && !value.is_empty()
            && !is_made_by_word;
        let is_made = own == "id" && is_made_name(value);
        let is_language = own != "class" || value.starts_with("language-");
        (everywhere && !is_made) || (kept.contains(&own.as_str()) && is_language)
    });
}

/// Whether a name was made by a program for its own ends.
fn is_made_name(name: &str) -> bool {
    let made = [
        "attachment_",
        "caption-attachment",
        "gallery-",
        "more-",
        "yui_",
        "yiv",
        "docs-internal",
    ];
    made.iter().any(|begin| name.starts_with(begin))
}

/// The language that the classes of an element name.
fn language_of(element: &Element) -> Option<String> {
    let class = element.attribute("class")?;
    let mut words = class.split(|c: char| c.is_whitespace() || c == ';').peekable();
    while let Some(word) = words.next() {
        let named = word
            .strip_prefix("language-")
            .or_else(|| word.strip_prefix("lang-"))
            .or_else(|| word.strip_prefix("lang:"))
            .or_else(|| word.strip_prefix("brush:"));
        let named = match named {
            Some("") => words.peek().copied(),
            named => named,
        };
        let fits = |named: &&str| {
            !named.is_empty()
                && named.chars().all(|c| c.is_ascii_alphanumeric() || "+-#_".contains(c))
        };
        if let Some(named) = named.filter(fits) {
            return Some(named.to_ascii_lowercase());
        }
    }
    None
}

/// Whether a picture is there only to count readers.
fn is_pixel(element: &Element, src: &str) -> bool {
    let side = |name: &str| {
        let value =
            element.attribute(name).map(|value| value.trim().trim_end_matches("px"));
        value.is_some_and(|value| value == "1" || value == "0")
    };
    let hosts = [
        "stats.wordpress.com/",
        "pixel.wp.com/",
        "feeds.wordpress.com/1.0/",
        "/~ff/",
        "/~r/",
        "pixel.quantserve.com/",
        "ad.doubleclick.net/",
        "scorecardresearch.com/",
        "/b.gif?host=",
        "google-analytics.com/",
        "www.facebook.com/tr?",
    ];
    (side("width") && side("height")) || hosts.iter().any(|host| src.contains(host))
}

/// The number of the attachment that a picture shows.
fn attachment_number(element: &Element) -> Option<u64> {
    let class = element.attribute("class").unwrap_or_default();
    let mut words = class.split_ascii_whitespace();
    let named = words.find_map(|word| word.strip_prefix("wp-image-")?.parse().ok());
    let data = ["data-attachment", "data-attachment-id", "data-id"];
    named.or_else(|| data.iter().find_map(|name| element.attribute(name)?.parse().ok()))
}

/// Puts the ends of lines of a poem as line breaks.
fn break_lines(nodes: Vec<Node>, out: &mut Vec<Node>) {
    for node in nodes {
        match node {
            Node::Text(text) => {
                for (number, line) in text.split('\n').enumerate() {
                    if number > 0 {
                        out.push(Node::element("br", Vec::new()));
                    }
                    let inside = line.trim_start_matches(' ');
                    let indent = line.len() - inside.len();
                    push(Node::Text("\u{a0}".repeat(indent.min(40)) + inside), out);
                }
            }
            Node::Element(mut element) => {
                let mut children = Vec::new();
                break_lines(element.children, &mut children);
                element.children = children;
                out.push(Node::Element(element));
            }
            Node::Comment(_) => {}
        }
    }
}

/// A figure: a picture or recording with its caption, or what else was put
/// into one.
fn figure(mut element: Element) -> Vec<Node> {
    let inside = |name: &str| has_element(&element.children, name);
    let is_gallery = inside("figure");
    let shows = ["img", "audio", "video"].iter().any(|name| inside(name));
    let holds_more = ["table", "blockquote", "pre"].iter().any(|name| inside(name));
    if shows && !is_gallery && !holds_more {
        keep_attributes(&mut element);
        return vec![Node::Element(element)];
    }
    let children = element.children.into_iter().map(|child| match child {
        Node::Element(mut caption) if caption.name == "figcaption" => {
            "p".clone_into(&mut caption.name);
            Node::Element(caption)
        }
        child => child,
    });
    flow(children.collect())
}

/// The items of a list that is none.
fn unwrap_items(children: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    for child in children {
        match child {
            Node::Element(item) if item.name == "li" => out.extend(item.children),
            child => out.push(child),
        }
    }
    out
}

/// A picture with its caption that was written in another way.
fn gallery_item(children: Vec<Node>) -> Node {
    let (mut shown, mut caption) = (Vec::new(), Vec::new());
    for child in children {
        match child {
            Node::Element(part) if part.name == "dt" => shown.extend(part.children),
            Node::Element(part) if part.name == "dd" || part.name == "p" => {
                let is_picture = has_element(&part.children, "img");
                let place = if is_picture { &mut shown } else { &mut caption };
                if !place.is_empty() && !is_picture {
                    place.push(Node::element("br", Vec::new()));
                }
                place.extend(part.children);
            }
            child => shown.push(child),
        }
    }
    if !caption.is_empty() {
        shown.push(Node::element("figcaption", caption));
    }
    Node::element("figure", shown)
}

/// Whether a node stands in no line of text.
fn is_block(node: &Node) -> bool {
    node.as_element().is_some_and(|element| {
        BLOCKS.contains(&element.name.as_str())
            || (element.name != "ruby" && element.children.iter().any(is_block))
            || (element.attribute(OWN).is_some())
    })
}

/// Nodes that stand below each other: lines of text become paragraphs, and
/// empty ones go.
fn flow(nodes: Vec<Node>) -> Vec<Node> {
    let mut out = Vec::new();
    let mut line: Vec<Node> = Vec::new();
    for node in nodes {
        if is_block(&node) {
            end_line(&mut line, &mut out);
            out.push(node);
        } else {
            line.push(node);
        }
    }
    end_line(&mut line, &mut out);
    out
}

/// Makes a paragraph of a line of text.
fn end_line(line: &mut Vec<Node>, out: &mut Vec<Node>) {
    let mut nodes = std::mem::take(line);
    if is_empty(&nodes) {
        return;
    }
    if let Some(Node::Text(first)) = nodes.first_mut() {
        *first = first.trim_ascii_start().to_owned();
    }
    if let Some(Node::Text(last)) = nodes.last_mut() {
        *last = last.trim_ascii_end().to_owned();
    }
    nodes.retain(|node| !matches!(node, Node::Text(text) if text.is_empty()));
    out.push(Node::element("p", nodes));
}

/// Makes links of addresses that have a line to themselves.
fn link_addresses(nodes: &mut [Node]) {
    let ends: Vec<bool> = nodes.iter().map(ends_line).collect();
    for (number, node) in nodes.iter_mut().enumerate() {
        let Node::Text(text) = node else { continue };
        let before =
            number.checked_sub(1).is_none_or(|before| ends.get(before) == Some(&true));
        let after = ends.get(number + 1).is_none_or(|ends| *ends);
        let address = text.trim();
        let is_address = address.starts_with("http") && media::is_web_address(address);
        if before && after && is_address && !address.contains(['<', '>', '"']) {
            let text = Node::Text(address.to_owned());
            *node = Node::Element(Element::new("a", &[("href", address)], vec![text]));
        }
    }
}

/// Whether a line ends at a node.
fn ends_line(node: &Node) -> bool {
    match node {
        Node::Element(element) => element.name == "br" || is_block(node),
        Node::Text(text) => text.trim().is_empty(),
        Node::Comment(_) => true,
    }
}
