//! Writes a tree of HTML as Markdown, as pressmark reads it.
//!
//! What is written is read again and compared with what was to be written:
//! block by block, with the texts, marks, line breaks and addresses. A block
//! that does not come back is written with every sign escaped, and if that
//! does not help, as HTML. So nothing of a text is lost, and nothing in it is
//! taken for a mark.
//!
//! Which elements hold no text for readers is decided here; what else of a
//! page is not part of a text is decided by those who hand it over.

use crate::dom::{Node, count};

mod escape;
mod html;
mod markdown;
mod model;
mod names;
mod read;
mod run;
mod spans;
#[cfg(test)]
mod tests;
mod trace;

use markdown::Writer;
use model::Block;
use trace::Trace;

/// How often a text is written anew before all of it becomes HTML.
const ROUNDS: usize = 8;

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The Markdown; it ends with a line end unless it is empty.
    pub text: String,
    /// How many characters a reader of the rendered Markdown sees.
    pub n_seen: u64,
    /// How many of these are no text of the tree: the words of links to what
    /// players of services showed.
    pub n_added: u64,
    /// The element of each block that had to stay HTML, and why, if it is not
    /// that Markdown has no words for it.
    pub raw_blocks: Vec<String>,
}

/// How a block is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// With as few signs as it takes.
    Plain,
    /// With every sign escaped.
    Careful,
    /// As HTML.
    Html,
}

/// Writes a tree as Markdown.
pub fn write(nodes: &[Node]) -> Written {
    let read = read::read(nodes);
    let mut forms = vec![Form::Plain; read.blocks.len()];
    for round in 0..=ROUNDS {
        if round == ROUNDS {
            forms.fill(Form::Html);
        }
        let (text, raw_blocks) = compose(&read.blocks, &forms);
        let wanted = wanted(&read.blocks, &forms);
        let found = trace::of_text(&text);
        if found.told == wanted.told || round == ROUNDS {
            return Written {
                text,
                n_seen: found.n_seen,
                n_added: read.n_added,
                raw_blocks,
            };
        }
        if round == 0 {
            check_each(&read.blocks, &mut forms);
        } else {
            give_way(&mut forms, &wanted, &found);
        }
    }
    // The last round returns.
    Written::default()
}

/// How many visible characters of text a tree holds.
pub fn count_seen(nodes: &[Node]) -> u64 {
    nodes
        .iter()
        .map(|node| match node {
            Node::Text(text) => count(text),
            Node::Element(element)
                if names::is_hidden(&element.name) || element.name == "iframe" =>
            {
                0
            }
            Node::Element(element) => count_seen(&element.children),
            Node::Comment(_) => 0,
        })
        .sum()
}

/// Writes blocks, each in its form.
fn compose(blocks: &[Block], forms: &[Form]) -> (String, Vec<String>) {
    let mut writer = Writer::new(0);
    let mut last = None;
    for (block, form) in blocks.iter().zip(forms) {
        if !writer.out.is_empty() {
            writer.out.push_str("\n\n");
        }
        writer.is_careful = *form == Form::Careful;
        last = if *form == Form::Html {
            let name = block.element();
            writer
                .raw
                .push(format!("{name}: its Markdown would be read as something else"));
            writer.html(block);
            None
        } else {
            writer.block(block, last)
        };
    }
    if !writer.out.is_empty() {
        writer.out.push('\n');
    }
    (writer.out, writer.raw)
}

/// The trace that blocks are to leave.
fn wanted(blocks: &[Block], forms: &[Form]) -> Trace {
    let mut trace = Trace::default();
    for (block, form) in blocks.iter().zip(forms) {
        trace.starts.push(trace.told.len());
        trace.block(block, *form == Form::Html);
    }
    trace
}

/// Finds the form in which each block comes back by itself.
fn check_each(blocks: &[Block], forms: &mut [Form]) {
    for (block, form) in blocks.iter().zip(forms) {
        let block = std::slice::from_ref(block);
        let comes_back = |form: &Form| {
            let form = std::slice::from_ref(form);
            trace::of_text(&compose(block, form).0).told == wanted(block, form).told
        };
        let ways = [Form::Plain, Form::Careful];
        *form = ways.into_iter().find(comes_back).unwrap_or(Form::Html);
    }
}

/// Gives the first block that does not come back, and its neighbours, another
/// form.
fn give_way(forms: &mut [Form], wanted: &Trace, found: &Trace) {
    let same = wanted.told.bytes().zip(found.told.bytes()).take_while(|(a, b)| a == b);
    let at = same.count();
    let block = wanted.starts.partition_point(|start| *start <= at);
    for form in forms.iter_mut().take(block + 1).skip(block.saturating_sub(2)) {
        *form = match form {
            Form::Plain => Form::Careful,
            Form::Careful | Form::Html => Form::Html,
        };
    }
}
