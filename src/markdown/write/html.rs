//! Writes blocks as HTML, where Markdown has no words for them.
//!
//! There is never an empty line in it, because an empty line ends a block of
//! HTML in Markdown.

use crate::markdown::write::model::{
    Block, Definition, Image, Item, List, Mark, Span, Table, is_captioned, line,
};

/// Writes a block.
pub(super) fn push_block(out: &mut String, block: &Block) {
    let name = block.element();
    match block {
        Block::Paragraph(spans) => {
            if let ([Span::Image(image)], true) = (spans.as_slice(), is_captioned(spans))
            {
                out.push_str("<figure>");
                push_image(out, image);
                out.push_str("<figcaption>");
                push_text(out, &image.caption);
                out.push_str("</figcaption></figure>");
            } else {
                push_element(out, name, "", spans);
            }
        }
        Block::Heading { id, spans, .. } => {
            let mut attributes = String::new();
            if !id.is_empty() {
                attributes.push_str(" id=\"");
                push_value(&mut attributes, id);
                attributes.push('"');
            }
            push_element(out, name, &attributes, spans);
        }
        Block::Quote(blocks) => push_holder(out, "<blockquote>", blocks, "</blockquote>"),
        Block::List(list) => push_list(out, name, list),
        Block::Code { language, text } => push_code(out, language, text),
        Block::Preformatted(spans) => push_element(out, name, "", spans),
        Block::Rule => out.push_str("<hr>"),
        Block::Table(table) => push_table(out, table),
        Block::Definitions(parts) => push_definitions(out, parts),
        Block::Figure { blocks, caption } => {
            out.push_str("<figure>\n");
            for block in blocks {
                match block {
                    // Pictures need no paragraph there.
                    Block::Paragraph(spans) if holds_no_text(spans) => {
                        push_spans(out, spans);
                    }
                    block => push_block(out, block),
                }
                break_line(out);
            }
            push_element(out, "figcaption", "", caption);
            out.push_str("\n</figure>");
        }
        Block::Wrapped { open, blocks, close } => push_holder(out, open, blocks, close),
    }
}

/// Writes what a summary holds; what stands by itself is written as it is.
pub(super) fn push_summary(out: &mut String, block: &Block) {
    push_inner(out, std::slice::from_ref(block));
}

/// Writes an element with a run.
fn push_element(out: &mut String, name: &str, attributes: &str, spans: &[Span]) {
    out.push('<');
    out.push_str(name);
    out.push_str(attributes);
    out.push('>');
    if name == "pre" {
        push_exactly(out, spans);
    } else {
        push_spans(out, spans);
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Whether a run holds pictures and no words.
fn holds_no_text(spans: &[Span]) -> bool {
    let is_text = |span: &Span| matches!(span, Span::Text(_) | Span::Code(_));
    !is_captioned(spans) && !spans.iter().any(is_text)
}

/// Writes blocks between two tags.
fn push_holder(out: &mut String, open: &str, blocks: &[Block], close: &str) {
    out.push_str(open);
    for block in blocks {
        break_line(out);
        push_block(out, block);
    }
    break_line(out);
    out.push_str(close);
}

/// Writes what an item or a cell holds; a line stands without a paragraph.
fn push_inner(out: &mut String, blocks: &[Block]) {
    if let Some(spans) = line(blocks) {
        push_spans(out, spans);
        return;
    }
    for (at, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph(spans)
                if at == 0
                    && !is_captioned(spans)
                    && matches!(blocks.get(1), Some(Block::List(_))) =>
            {
                push_spans(out, spans);
            }
            _ => {
                if at > 0 {
                    break_line(out);
                }
                push_block(out, block);
            }
        }
    }
}

/// Writes a list.
fn push_list(out: &mut String, name: &str, list: &List) {
    out.push('<');
    out.push_str(name);
    if let Some(start) = list.start.filter(|start| *start != 1) {
        out.push_str(&format!(" start=\"{start}\""));
    }
    out.push_str(&list.attributes);
    out.push_str(">\n");
    for item in &list.items {
        push_item(out, "li", item);
        out.push('\n');
    }
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Writes an item or a cell.
fn push_item(out: &mut String, name: &str, item: &Item) {
    out.push('<');
    out.push_str(name);
    out.push_str(&item.attributes);
    out.push('>');
    push_inner(out, &item.blocks);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

/// Writes a table.
fn push_table(out: &mut String, table: &Table) {
    out.push_str("<table>\n");
    if !table.caption.is_empty() {
        out.push_str("<caption>");
        push_inner(out, &table.caption);
        out.push_str("</caption>\n");
    }
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            push_item(out, if cell.is_head { "th" } else { "td" }, cell);
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>");
}

/// Writes terms and what they mean.
fn push_definitions(out: &mut String, parts: &[Definition]) {
    out.push_str("<dl>\n");
    for part in parts {
        let (open, close) =
            if part.is_term { ("<dt>", "</dt>\n") } else { ("<dd>", "</dd>\n") };
        out.push_str(open);
        push_inner(out, &part.blocks);
        out.push_str(close);
    }
    out.push_str("</dl>");
}

/// Writes code.
fn push_code(out: &mut String, language: &str, text: &str) {
    out.push_str("<pre><code");
    if !language.is_empty() {
        out.push_str(" class=\"language-");
        push_value(out, language);
        out.push('"');
    }
    out.push('>');
    push_lines(out, text);
    out.push_str("</code></pre>");
}

/// Writes a run.
fn push_spans(out: &mut String, spans: &[Span]) {
    for span in spans {
        match span {
            Span::Text(text) => push_text(out, text),
            _ => push_span(out, span),
        }
    }
}

/// Writes a run whose white space counts.
fn push_exactly(out: &mut String, spans: &[Span]) {
    for (at, span) in spans.iter().enumerate() {
        match span {
            Span::Text(text) => {
                // The first line end after the start tag does not count.
                if at == 0 && text.starts_with('\n') {
                    out.push_str("&#10;");
                    push_lines(out, text.get(1..).unwrap_or_default());
                } else {
                    push_lines(out, text);
                }
            }
            _ => push_span(out, span),
        }
    }
}

/// Writes a part of a run that is no text.
fn push_span(out: &mut String, span: &Span) {
    match span {
        Span::Text(text) => push_text(out, text),
        Span::Break => out.push_str("<br>"),
        Span::Code(code) => {
            out.push_str("<code>");
            push_text(out, code);
            out.push_str("</code>");
        }
        Span::Image(image) => push_image(out, image),
        Span::Raw(html) => out.push_str(html),
        Span::Open(mark) => push_open(out, mark),
        Span::Close(mark) => push_close(out, mark),
    }
}

/// Writes that a mark begins.
pub(super) fn push_open(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Emphasis => out.push_str("<em>"),
        Mark::Strong => out.push_str("<strong>"),
        Mark::Strike => out.push_str("<del>"),
        Mark::Link { address, title } => {
            out.push_str("<a href=\"");
            push_value(out, address);
            if !title.is_empty() {
                out.push_str("\" title=\"");
                push_value(out, title);
            }
            out.push_str("\">");
        }
        Mark::Html { tag, .. } => out.push_str(tag),
    }
}

/// Writes that a mark ends.
pub(super) fn push_close(out: &mut String, mark: &Mark) {
    match mark {
        Mark::Emphasis => out.push_str("</em>"),
        Mark::Strong => out.push_str("</strong>"),
        Mark::Strike => out.push_str("</del>"),
        Mark::Link { .. } => out.push_str("</a>"),
        Mark::Html { name, .. } => {
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
    }
}

/// Writes a picture.
fn push_image(out: &mut String, image: &Image) {
    out.push_str("<img src=\"");
    push_value(out, &image.address);
    out.push_str("\" alt=\"");
    push_value(out, &image.alt);
    out.push_str("\">");
}

/// Begins a new line.
fn break_line(out: &mut String) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Writes text of several lines; an end of a line that would begin an empty
/// line or one with spaces at its start is written as a reference.
fn push_lines(out: &mut String, text: &str) {
    let mut lines = text.split('\n');
    push_text(out, lines.next().unwrap_or_default());
    for line in lines {
        let is_plain = line.chars().next().is_some_and(|c| !c.is_whitespace());
        out.push_str(if is_plain { "\n" } else { "&#10;" });
        push_text(out, line);
    }
}

/// Writes text.
pub(super) fn push_text(out: &mut String, text: &str) {
    push_escaped(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Writes a value in double quotes; a bar would end the cell of a table.
pub(super) fn push_value(out: &mut String, value: &str) {
    push_escaped(out, value, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'|' => Some("&#124;"),
        b'\n' | b'\r' | b'\t' => Some(" "),
        byte if byte.is_ascii_control() => Some(""),
        _ => None,
    });
}

/// Writes a text with something else in place of some of its bytes, which are
/// ASCII.
fn push_escaped(
    out: &mut String,
    text: &str,
    instead: impl Fn(u8) -> Option<&'static str>,
) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(other) = instead(byte) {
            out.push_str(text.get(from..at).unwrap_or_default());
            out.push_str(other);
            from = at + 1;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
}
