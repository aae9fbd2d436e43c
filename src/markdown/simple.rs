//! Simple HTML of a text, for who keeps it as HTML only on the way to somewhere
//! else. It has no ids, no classes and nothing of the page's language.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use crate::xml;

/// Makes simple HTML of a text. Raw HTML in it stays as it is.
pub fn simple_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    // The alternative text of a picture is gathered while one is open.
    let mut picture = None::<(CowStr<'_>, String)>;
    for (event, _) in super::events(text) {
        match (event, &mut picture) {
            (Event::End(TagEnd::Image), own) => {
                if let Some((src, alt)) = own.take() {
                    let (src, alt) = (xml::escaped(&src), xml::escaped(&alt));
                    out.push_str(&format!("<img src=\"{src}\" alt=\"{alt}\">"));
                }
            }
            (Event::Text(words) | Event::Code(words), Some((_, alt))) => {
                alt.push_str(&words);
            }
            (Event::SoftBreak | Event::HardBreak, Some((_, alt))) => alt.push(' '),
            (_, Some(_)) => {}
            (Event::Start(Tag::Image { dest_url, .. }), own) => {
                *own = Some((dest_url, String::new()));
            }
            (event, None) => push(event, &mut out),
        }
    }
    out
}

/// Writes one event that is not a part of a picture.
fn push(event: Event<'_>, out: &mut String) {
    match event {
        Event::Start(Tag::Link { dest_url, .. }) => {
            out.push_str(&format!("<a href=\"{}\">", xml::escaped(&dest_url)));
        }
        Event::Start(Tag::CodeBlock(kind)) => {
            let language = match &kind {
                CodeBlockKind::Fenced(info) => {
                    info.split_whitespace().next().unwrap_or_default()
                }
                CodeBlockKind::Indented => "",
            };
            out.push_str("<pre><code");
            if !language.is_empty() {
                out.push_str(&format!(" class=\"language-{}\"", xml::escaped(language)));
            }
            out.push('>');
        }
        Event::End(TagEnd::CodeBlock) => out.push_str("</code></pre>"),
        Event::Start(tag) => {
            if let Some(name) = element(tag.to_end()) {
                out.push_str(&format!("<{name}>"));
            }
        }
        Event::End(tag) => {
            if let Some(name) = element(tag) {
                out.push_str(&format!("</{name}>"));
            }
        }
        Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
            out.push_str(&xml::escaped(&words));
        }
        Event::Code(words) => {
            out.push_str(&format!("<code>{}</code>", xml::escaped(&words)));
        }
        Event::Html(html) | Event::InlineHtml(html) => out.push_str(&html),
        Event::FootnoteReference(name) => {
            out.push_str(&format!("<sup>{}</sup>", xml::escaped(&name)));
        }
        Event::SoftBreak => out.push('\n'),
        Event::HardBreak => out.push_str("<br>"),
        Event::Rule => out.push_str("<hr>"),
        Event::TaskListMarker(is_done) => {
            out.push_str(if is_done { "[x] " } else { "[ ] " });
        }
    }
}

/// The element of a part of a text, if it has one of its own.
fn element(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => match level as u8 {
            1 => "h1",
            2 => "h2",
            3 => "h3",
            4 => "h4",
            5 => "h5",
            _ => "h6",
        },
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::List(true) => "ol",
        TagEnd::List(false) => "ul",
        TagEnd::Item => "li",
        TagEnd::Emphasis => "em",
        TagEnd::Strong => "strong",
        TagEnd::Strikethrough => "s",
        TagEnd::Link => "a",
        TagEnd::Table => "table",
        TagEnd::TableHead | TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        _ => return None,
    })
}
