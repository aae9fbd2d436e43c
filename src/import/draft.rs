//! Makes the text of a piece's file: its links are followed, its tree becomes
//! Markdown, its account is closed, its keys are written.

use std::collections::BTreeSet;

use crate::import::account::Account;
use crate::import::front_matter::{self, Decided};
use crate::import::links::{self, Followed, Guide, World};
use crate::import::media::Found;
use crate::import::names::{Names, Proposal};
use crate::import::piece::{About, Body, Note, Origin, Piece, Sort, Visibility};
use crate::import::places::Place;
use crate::import::terms::Filed;
use crate::json::Value;
use crate::markdown;
use crate::slug::heading_id;

/// How long the title of a piece is that has none, in characters.
const MADE_TITLE: usize = 60;

/// A piece for which everything is known that depends on others.
pub(super) struct Ready {
    /// The piece.
    pub(super) piece: Piece,
    /// Where it goes.
    pub(super) place: Place,
    /// What its names become.
    pub(super) filed: Filed,
    /// What was decided of it.
    pub(super) decided: Decided,
}

/// A piece as it is to be written.
pub(super) struct Drafted {
    /// Where it comes from.
    pub(super) origin: Origin,
    /// Its title.
    pub(super) title: String,
    /// Why it is held back.
    pub(super) held: Option<String>,
    /// Its file.
    pub(super) file: String,
    /// The text of its file.
    pub(super) text: String,
    /// Its source, with the ending of its file's name.
    pub(super) kept: Option<(&'static str, Vec<u8>)>,
    /// The account of its text.
    pub(super) account: Account,
    /// What an editor should know.
    pub(super) notes: Vec<Note>,
    /// What became of its links.
    pub(super) followed: Vec<Followed>,
    /// The files that are to be copied for it.
    pub(super) wanted: BTreeSet<Found>,
    /// The names that its text holds.
    pub(super) proposals: Vec<Proposal>,
}

/// Makes the text of a piece's file.
pub(super) fn draft(
    ready: Ready,
    world: &World<'_>,
    (names, adds_names): (&Names, bool),
    system: &str,
) -> Drafted {
    let Ready { mut piece, place, filed, mut decided } = ready;
    let address = piece.facts.original_url.clone();
    let mut guide = Guide::new(world, &place.file, address.as_deref());
    guide.rewrite(&mut piece.body);
    guide.rewrite_image(&mut piece.facts.image);
    let (followed, wanted) = (guide.followed, guide.wanted);
    piece.notes.extend(links::notes(&followed));
    let body = body(&mut piece);
    let body = mend_anchors(body, &mut piece.notes);
    let held = match &piece.visibility {
        Visibility::Public => None,
        Visibility::Held(why) => Some(why.clone()),
    };
    decided.is_held = held.is_some();
    note_left_out(&filed, &mut piece.notes);
    name_it(&mut piece, &body);
    describe_image(&mut piece);
    if let Some(kind) = filed.kind {
        piece.facts.kind = Some(kind);
    }
    let (proposals, names) = propose(&piece, &body, filed, (names, adds_names));
    decided.names = names;
    state_origin(&mut piece, system, held.as_deref());
    let front = front_matter::write(piece.sort, &piece.facts, &decided);
    let text = if body.is_empty() { front } else { format!("{front}\n{body}") };
    Drafted {
        file: place.written(),
        origin: piece.origin,
        title: piece.facts.title,
        held,
        text,
        kept: piece.kept,
        account: piece.account,
        notes: piece.notes,
        followed,
        // What only a held piece shows is not public.
        wanted: if place.is_held { BTreeSet::new() } else { wanted },
        proposals,
    }
}

/// The text of a piece as Markdown; the account of the piece is closed.
fn body(piece: &mut Piece) -> String {
    let text = match std::mem::take(&mut piece.body) {
        Body::Markdown(text) => text,
        Body::Html(nodes) => {
            let written = markdown::write(&nodes);
            piece.account.body = written.n_seen;
            if written.n_added > 0 {
                let labels = "labels of players and frames".to_owned();
                *piece.account.added.entry(labels).or_default() += written.n_added;
            }
            written.text
        }
    };
    let missing = piece.account.missing();
    if missing != 0 {
        let text = match missing {
            more if more > 0 => {
                format!("{more} characters of the text are not accounted for")
            }
            less => format!("{} characters of the text are there twice", -less),
        };
        piece.notes.push(Note { about: About::Loss, text, line: 0, rule: None });
    }
    let text = text.trim_end();
    if text.trim().is_empty() { String::new() } else { format!("{text}\n") }
}

/// Takes links off their words that lead to a place in the text that is not
/// there.
fn mend_anchors(body: String, notes: &mut Vec<Note>) -> String {
    if !body.contains('#') {
        return body;
    }
    let mut wrong = Vec::new();
    let mentions = markdown::mentions(&body);
    if mentions.iter().any(|link| link.destination.starts_with('#')) {
        let anchors: BTreeSet<_> =
            markdown::anchors(&body, heading_id).into_iter().collect();
        wrong.extend(mentions.into_iter().filter(|link| {
            link.destination.strip_prefix('#').is_some_and(|anchor| {
                !matches!(anchor, "" | "top") && !anchors.contains(anchor)
            })
        }));
    }
    let mut out = String::with_capacity(body.len());
    let mut at = 0;
    for link in wrong {
        let text = format!(
            "`{}` leads to a place that the text does not have",
            link.destination
        );
        notes.push(Note { about: About::Link, text, line: 0, rule: None });
        out.push_str(body.get(at..link.range.start).unwrap_or_default());
        out.push('#');
        at = link.range.end;
    }
    out.push_str(body.get(at..).unwrap_or_default());
    out
}

/// Gives a title to a piece that has none: its first words.
fn name_it(piece: &mut Piece, body: &str) {
    piece.facts.title =
        piece.facts.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if !piece.facts.title.is_empty() {
        return;
    }
    let words = markdown::summary(body, MADE_TITLE);
    piece.facts.title = if words.is_empty() { "Untitled".to_owned() } else { words };
    piece.notes.push(Note {
        about: About::Question,
        text: format!("it has no title; `{}` stands for one", piece.facts.title),
        line: 0,
        rule: None,
    });
}

/// Says which names of the source the table leaves out.
fn note_left_out(filed: &Filed, notes: &mut Vec<Note>) {
    if !filed.left_out.is_empty() {
        let text =
            format!("left out by the table of names: {}", filed.left_out.join(", "));
        notes.push(Note { about: About::Decision, text, line: 0, rule: None });
    }
}

/// Gives words to a lead image that nobody described: its caption, else the
/// title of the piece.
fn describe_image(piece: &mut Piece) {
    let Some(image) = &mut piece.facts.image else { return };
    if !image.alt.trim().is_empty() {
        return;
    }
    let caption = image.caption.as_ref().filter(|caption| !caption.trim().is_empty());
    image.alt = caption.unwrap_or(&piece.facts.title).clone();
    piece.notes.push(Note {
        about: About::Question,
        text: format!(
            "nobody said what its lead image shows; `{}` stands for it",
            image.alt
        ),
        line: 0,
        rule: None,
    });
}

/// The names that a text holds, and the names of the piece's keys.
fn propose(
    piece: &Piece,
    body: &str,
    filed: Filed,
    (known, adds_names): (&Names, bool),
) -> (Vec<Proposal>, Vec<(String, Vec<String>)>) {
    let mut names = filed.names;
    if piece.sort == Sort::Page {
        return (Vec::new(), names);
    }
    let mut proposals = known.find(body);
    let is_set = |proposal: &Proposal, names: &[(String, Vec<String>)]| {
        names.iter().any(|(taxonomy, list)| {
            taxonomy == proposal.taxonomy && list.contains(&proposal.name)
        })
    };
    proposals.retain(|proposal| !is_set(proposal, &names));
    if adds_names {
        let (added, rest): (Vec<_>, Vec<_>) =
            proposals.into_iter().partition(|proposal| proposal.has_record);
        proposals = rest;
        for proposal in added {
            match names.iter_mut().find(|(taxonomy, _)| taxonomy == proposal.taxonomy) {
                Some((_, list)) => list.push(proposal.name),
                None => names.push((proposal.taxonomy.to_owned(), vec![proposal.name])),
            }
        }
    }
    (proposals, names)
}

/// Writes where a piece comes from into its provenance.
fn state_origin(piece: &mut Piece, system: &str, held: Option<&str>) {
    let mut provenance = crate::json::Map::new();
    provenance.insert("system".to_owned(), Value::from(system));
    if !["guid", "url", "id", "file"]
        .iter()
        .any(|key| piece.facts.provenance.contains_key(*key))
    {
        let file = piece.origin.file.rsplit(['/', '\\']).next().unwrap_or_default();
        provenance.insert("file".to_owned(), Value::from(file));
    }
    provenance.append(&mut piece.facts.provenance);
    if let Some(why) = held {
        provenance.insert("status".to_owned(), Value::from(why));
    }
    piece.facts.provenance = provenance;
}
