//! Finds the pictures, recordings and addresses that shortcodes name.
//!
//! It decides which files of the library belong to a gallery, and which
//! address a shortcode of another site leads to. Where they stand in the text
//! is decided by who asks.

use std::collections::BTreeSet;

use crate::import::piece::About;
use crate::import::wordpress::content::markup::{self, Part, Parts, Tag};
use crate::import::wordpress::content::registry::Kind;
use crate::import::wordpress::content::shortcodes::Attributes;
use crate::import::wordpress::content::work::Work;
use crate::import::wordpress::library::Attachment;

/// Endings of pictures.
const PICTURES: [&str; 13] = [
    "avif", "bmp", "gif", "heic", "heif", "ico", "jpe", "jpeg", "jpg", "png", "svg",
    "tif", "webp",
];

/// Endings of sound recordings that browsers play.
const SOUNDS: [&str; 8] = ["aac", "flac", "m4a", "mp3", "oga", "ogg", "opus", "wav"];

/// Endings of films that browsers play.
const FILMS: [&str; 6] = ["m4v", "mov", "mp4", "ogv", "webm", "mpeg"];

/// The pictures of a gallery.
pub(super) fn gallery(
    name: &str,
    attributes: &Attributes,
    work: &mut Work<'_>,
) -> String {
    let ids = ["ids", "images", "gallery_ids", "include", "image_ids"];
    let (found, missing) = match attributes.first(&ids) {
        Some(ids) => by_number(&ids, work),
        None => (children(name, attributes, work), Vec::new()),
    };
    let pictures = found.into_iter().filter(|own| has_ending(&own.url, &PICTURES));
    let mut pictures: Vec<Attachment> = pictures.collect();
    order(&mut pictures, attributes);
    if !missing.is_empty() {
        let missing = missing.join(", ");
        let text = format!(
            "the gallery [{name}] shows attachments that are not in the export: {missing}"
        );
        work.note_each(About::Media, text);
    } else if pictures.is_empty() {
        let text = format!("the gallery [{name}] shows no picture that is in the export");
        work.note_each(About::Media, text);
    }
    pictures.iter().map(|own| picture(own, work)).collect()
}

/// The attachments of some numbers, and the numbers of which there is none.
fn by_number(ids: &str, work: &Work<'_>) -> (Vec<Attachment>, Vec<String>) {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    let ids = ids.split(|c: char| c == ',' || c.is_whitespace());
    for id in ids.map(str::trim).filter(|id| !id.is_empty()) {
        let own = id.parse().ok().and_then(|id| work.context.library.attachment(id));
        match own {
            Some(own) => found.push(own),
            None => missing.push(id.to_owned()),
        }
    }
    (found, missing)
}

/// The attachments of the post, or of the one that is named.
fn children(name: &str, attributes: &Attributes, work: &Work<'_>) -> Vec<Attachment> {
    // The numbers of other programs' galleries are their own.
    if name.starts_with("ngg")
        || name.starts_with("meta")
        || name.starts_with("slideshow_")
    {
        return Vec::new();
    }
    let own = attributes.first(&["id"]).and_then(|id| id.parse().ok());
    let excluded = attributes.first(&["exclude"]).unwrap_or_default();
    let excluded: BTreeSet<u64> = excluded
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|id| id.parse().ok())
        .collect();
    let mut found = work.context.library.attachments_of(own.unwrap_or(work.context.post));
    found.retain(|own| !excluded.contains(&own.id));
    found
}

/// Puts pictures into the order that a gallery asks for.
fn order(pictures: &mut [Attachment], attributes: &Attributes) {
    let by = attributes.first(&["orderby"]).unwrap_or_default().to_ascii_lowercase();
    match by.split_whitespace().next().unwrap_or_default() {
        "title" | "post_title" => pictures.sort_by(|a, b| a.title.cmp(&b.title)),
        "id" | "post_date" | "date" => pictures.sort_by_key(|own| own.id),
        "menu_order" if attributes.first(&["ids", "include"]).is_none() => {
            pictures.sort_by_key(|own| (own.menu_order, own.id));
        }
        _ => {}
    }
    let direction = attributes.first(&["order"]).unwrap_or_default();
    if direction.eq_ignore_ascii_case("desc") || by.ends_with(" desc") {
        pictures.reverse();
    }
}

/// A picture of the library with its caption.
fn picture(own: &Attachment, work: &mut Work<'_>) -> String {
    let caption = work.added_html("caption of the attachment", &own.caption);
    let (src, alt) = (markup::escape(&own.url), markup::escape(&own.alt));
    let id = own.id;
    let caption = match caption.trim() {
        "" => String::new(),
        caption => format!("<figcaption>{caption}</figcaption>"),
    };
    format!(
        "\n<figure><img src=\"{src}\" alt=\"{alt}\" data-attachment=\"{id}\">{caption}</figure>\n"
    )
}

/// The pictures that a part of a page builder shows.
pub(super) fn builder_pictures(attributes: &Attributes, work: &mut Work<'_>) -> String {
    let mut out = String::new();
    let Some(value) = attributes.first(&["src", "image", "image_url", "img_link"]) else {
        return out;
    };
    if let Some(own) =
        value.parse().ok().and_then(|id| work.context.library.attachment(id))
    {
        out.push_str(&picture(&own, work));
    } else if is_web_address(&value) && has_ending(&value, &PICTURES) {
        let alt = attributes.first(&["alt", "title_text"]).unwrap_or_default();
        let (src, alt) = (markup::escape(&value), markup::escape(&alt));
        out.push_str(&format!("\n<figure><img src=\"{src}\" alt=\"{alt}\"></figure>\n"));
    }
    out
}

/// The recordings of a playlist, each with its title.
pub(super) fn playlist(attributes: &Attributes, work: &mut Work<'_>) -> String {
    let films = attributes.first(&["type"]).is_some_and(|sort| sort == "video");
    let (found, missing) = match attributes.first(&["ids", "include"]) {
        Some(ids) => by_number(&ids, work),
        None => (children("playlist", attributes, work), Vec::new()),
    };
    let endings = if films { &FILMS[..] } else { &SOUNDS[..] };
    let found = found.iter().filter(|own| has_ending(&own.url, endings));
    let mut out = String::new();
    for own in found {
        let title = work.added_text("title of the attachment", &own.title);
        let player = player(&own.url, films);
        out.push_str(&format!(
            "\n<figure>{player}<figcaption>{title}</figcaption></figure>\n"
        ));
    }
    if !missing.is_empty() {
        let text = format!(
            "the playlist names attachments that are not in the export: {}",
            missing.join(", ")
        );
        work.note_each(About::Media, text);
    } else if out.is_empty() {
        work.note_each(
            About::Media,
            "the playlist names no recording that is in the export".into(),
        );
    }
    out
}

/// The element that plays a recording.
fn player(address: &str, film: bool) -> String {
    let name = if film { "video" } else { "audio" };
    format!("<{name} controls=\"\" src=\"{}\"></{name}>", markup::escape(address))
}

/// What plays the recording that a shortcode names, or a link to it.
pub(super) fn recording(
    kind: Kind,
    attributes: &Attributes,
    content: Option<&str>,
    work: &mut Work<'_>,
) -> Option<String> {
    const NAMES: [&str; 20] = [
        "src", "mp3", "m4a", "ogg", "oga", "wav", "wma", "flac", "mp4", "m4v", "webm",
        "ogv", "wmv", "flv", "mov", "file", "url", "href", "link", "movie",
    ];
    let named = NAMES.iter().find_map(|name| attributes.first(&[name]));
    let content = content.map(markup::plain);
    let flags = attributes.flags.iter().map(|flag| markup::plain(flag));
    let named = named
        .or_else(|| flags.into_iter().find(|flag| flag.contains(['/', '.'])))
        .or_else(|| content.filter(|content| is_web_address(content.trim())));
    let films = kind == Kind::Video;
    let endings = if films { &FILMS[..] } else { &SOUNDS[..] };
    let Some(named) = named else {
        let library = work.context.library;
        let id = attributes.first(&["id"]).and_then(|id| id.parse().ok());
        let own = id.and_then(|id| library.attachment(id)).or_else(|| {
            let mut own = library.attachments_of(work.context.post).into_iter();
            own.find(|own| has_ending(&own.url, endings))
        })?;
        return Some(format!("\n<p>{}</p>\n", player(&own.url, films)));
    };
    let named = named.split(['|', ',']).next().unwrap_or_default().trim().to_owned();
    if has_ending(&named, endings) {
        return Some(format!("\n<p>{}</p>\n", player(&named, films)));
    }
    Some(work.link_paragraph(&whole(&named)))
}

/// Whether an address of a file has one of these endings.
fn has_ending(address: &str, endings: &[&str]) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| {
        endings.contains(&ending.as_str()) || ending == "tiff" && endings.contains(&"tif")
    })
}

/// Whether a text is a whole address.
pub(super) fn is_web_address(text: &str) -> bool {
    let rest = text.strip_prefix("https:").or_else(|| text.strip_prefix("http:"));
    let host = rest.unwrap_or(text).strip_prefix("//");
    host.is_some_and(|host| host.len() > 3) && !text.contains(char::is_whitespace)
}

/// Whether HTML is nothing but an address.
pub(super) fn is_address(html: &str) -> bool {
    is_web_address(markup::plain(html).trim())
}

/// Whether a text is an address, or the number of something.
pub(super) fn names_something(text: &str) -> bool {
    is_web_address(text) || is_number(text)
}

/// Whether a text may be the number of something of another site.
fn is_number(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_/:.=&?%@".contains(c);
    !text.is_empty() && text.len() < 200 && text.chars().all(fits)
}

/// An address with its scheme.
pub(super) fn whole(address: &str) -> String {
    if address.starts_with("//") {
        format!("https:{address}")
    } else {
        address.to_owned()
    }
}

/// The address of what a shortcode of another site shows.
pub(super) fn site_address(
    prefix: &str,
    attributes: &Attributes,
    content: &str,
) -> Option<String> {
    const NAMES: [&str; 22] = [
        "url", "src", "href", "file", "link", "movie", "mp4", "video", "id", "poll",
        "survey", "doc", "document", "docid", "photo", "tweet", "user", "username",
        "uri", "target", "address", "ids",
    ];
    if let (Some(user), Some(doc)) =
        (attributes.first(&["username"]), attributes.first(&["docname"]))
    {
        return Some(format!("https://issuu.com/{user}/docs/{doc}"));
    }
    if let Some(track) =
        attributes.first(&["track"]).filter(|_| prefix.contains("bandcamp"))
    {
        return Some(format!("https://bandcamp.com/EmbeddedPlayer/track={track}"));
    }
    let named = NAMES.iter().filter_map(|name| attributes.first(&[name]));
    let album = attributes.first(&["album"]).filter(|_| prefix.contains("bandcamp"));
    let flags = attributes.flags.iter().map(|flag| markup::plain(flag));
    let all: Vec<String> =
        album.into_iter().chain(named).chain(flags).chain([content.to_owned()]).collect();
    let all: Vec<&str> = all.iter().map(|one| one.trim()).collect();
    if let Some(address) = all.iter().find(|one| is_web_address(one)) {
        return Some(whole_address(prefix, address));
    }
    let number = all.iter().find(|one| !prefix.is_empty() && is_number(one))?;
    let number = number.split('&').next().unwrap_or_default();
    let number = match number.strip_prefix("spotify:") {
        Some(number) => number.replace(':', "/"),
        None => number.trim_start_matches(['@', '/']).to_owned(),
    };
    (!number.is_empty()).then(|| format!("{prefix}{number}"))
}

/// The address of something, without what a shortcode says of its size.
fn whole_address(prefix: &str, address: &str) -> String {
    let address = address.split('|').next().unwrap_or_default();
    if prefix.contains("youtube")
        && let Some(number) = youtube_number(address)
    {
        return format!("{prefix}{number}");
    }
    if address.contains('?') {
        whole(address)
    } else {
        whole(address.split('&').next().unwrap_or_default())
    }
}

/// The number of a film in an address of YouTube.
fn youtube_number(address: &str) -> Option<&str> {
    let after = |mark: &str| address.split_once(mark).map(|(_, rest)| rest);
    let rest = after("youtu.be/")
        .or_else(|| after("?v="))
        .or_else(|| after("&v="))
        .or_else(|| after("/v/"))
        .or_else(|| after("/embed/"))
        .or_else(|| after("/shorts/"))?;
    let ends = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let number = rest.split(ends).next()?;
    (number.len() > 5).then_some(number)
}

/// Parts what a caption holds into the picture, with the link around it, and
/// the text.
pub(super) fn part_caption(html: &str) -> (String, String) {
    let mut parts = Parts::new(html);
    let (mut begin, mut link, mut end) = (0, None, None);
    // The element that ends the picture, if it is not the picture itself.
    let mut until: Option<&str> = None;
    let mut at = 0;
    while let Some(part) = parts.next() {
        match &part {
            Part::Open(tag) if end.is_none() && tag.name == "a" => link = Some(at),
            Part::Open(tag) if end.is_none() && is_picture(tag) => {
                begin = link.unwrap_or(at);
                end = Some(parts.position());
                until = match tag.name.as_str() {
                    "img" | "embed" if link.is_some() => Some("a"),
                    "img" | "embed" => None,
                    name => ["iframe", "object", "video", "audio"]
                        .into_iter()
                        .find(|own| *own == name),
                };
            }
            Part::Close(name) if end.is_none() && name.eq_ignore_ascii_case("a") => {
                link = None;
            }
            Part::Close(name)
                if until.is_some_and(|own| name.eq_ignore_ascii_case(own)) =>
            {
                end = Some(parts.position());
                until = None;
            }
            _ => {}
        }
        at = parts.position();
    }
    let end = end.unwrap_or(begin);
    let picture = html.get(begin..end).unwrap_or_default().to_owned();
    let before = html.get(..begin).unwrap_or_default();
    let after = html.get(end..).unwrap_or_default();
    (picture, without_paragraph(&format!("{before}{after}")))
}

/// Whether a tag begins what a caption belongs to.
fn is_picture(tag: &Tag) -> bool {
    ["img", "iframe", "object", "embed", "video", "audio"].contains(&tag.name.as_str())
}

/// HTML without the paragraph around it, and without line breaks at its ends.
fn without_paragraph(html: &str) -> String {
    let mut text = html.trim();
    loop {
        let before = text;
        for mark in ["<p>", "</p>", "<br />", "<br>"] {
            text = text.strip_prefix(mark).unwrap_or(text).trim_start();
            text = text.strip_suffix(mark).unwrap_or(text).trim_end();
        }
        if text == before {
            return text.to_owned();
        }
    }
}
