//! The lead image: the first picture of an article before its text, or the one
//! that the page names for shares. It is taken out of the text, so that it
//! does not stand on a page twice.

use crate::import::html::extract::tidy;
use crate::import::html::extract::title::Title;
use crate::import::html::extract::{Links, whole_image};
use crate::import::html::furniture::weight;
use crate::import::html::metadata::Metadata;
use crate::import::html::page::{Fate, Page, plain};
use crate::import::piece::Image;

/// Finds the lead image and takes it out of the page.
pub(super) fn lead(
    page: &mut Page,
    metadata: &Metadata,
    root: usize,
    title: &Title,
    links: &Links<'_>,
) -> Option<Image> {
    if let Some((figure, img)) = printed(page, root, title) {
        let image = read(page, figure, img);
        page.remove(figure, Fate::Moved("caption of the lead image"));
        return Some(whole_image(image, links));
    }
    let src = metadata.image.as_deref().filter(|src| !src.is_empty())?;
    let whole = tidy::whole(src, links).unwrap_or_else(|| src.to_owned());
    let is_in_text = page.parts.get(root).is_some_and(|part| {
        let inner = page.parts.get(root..part.end).unwrap_or_default();
        let mut sources = inner.iter().filter(|own| own.name == "img").filter_map(source);
        sources.any(|own| file(&own) == file(&whole))
    });
    if is_in_text || links.batch.images.contains(src) {
        return None;
    }
    let alt = metadata.image_alt.clone().unwrap_or_default();
    Some(Image { src: whole, alt, caption: None, credit: None })
}

/// The name of the file of an address, without the size that is in it.
fn file(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_size = |size: &str| {
        size.split_once('x').is_some_and(|(width, height)| {
            let is_number =
                |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
            is_number(width) && is_number(height)
        })
    };
    match stem.rsplit_once('-') {
        Some((stem, size)) if is_size(size) => stem.to_owned(),
        _ => stem.to_owned(),
    }
}

/// The address of a picture, also of one that is loaded late.
pub(super) fn source(part: &crate::import::html::page::Part) -> Option<String> {
    let late = ["data-src", "data-lazy-src", "data-original", "data-orig-file"];
    let own =
        part.attribute("src").filter(|src| !src.is_empty() && !src.starts_with("data:"));
    let late = late.iter().find_map(|name| part.attribute(name));
    late.or(own).map(|src| src.trim().to_owned())
}

/// The picture before the text: its figure and itself.
fn printed(page: &Page, root: usize, title: &Title) -> Option<(usize, usize)> {
    let lines = page.lines_of(root);
    let is_text = |at: &usize| {
        page.is_open(*at)
            && page
                .lines
                .get(*at)
                .is_some_and(|line| weight(line) >= 60 && !is_caption(page, line.element))
    };
    let text = lines.clone().find(is_text);
    let text = text.and_then(|at| page.lines.get(at)).map(|line| line.texts.start)?;
    let start = match title.line.and_then(|line| page.lines.get(line)) {
        Some(line) if line.texts.start < text => line.texts.start,
        _ => page.parts.get(root)?.texts.start,
    };
    let is_there = |at: &usize| {
        page.parts.get(*at).is_some_and(|part| {
            matches!(part.name.as_str(), "img" | "amp-img")
                && (start..=text).contains(&part.texts.start)
                && page.gone.get(*at) != Some(&true)
                && is_picture(part)
        })
    };
    let img = (0..page.parts.len()).find(is_there)?;
    // A picture right before the text may float in its first paragraph.
    let is_in_paragraph = page.around(img).any(|own| {
        page.parts.get(own).is_some_and(|part| {
            matches!(part.name.as_str(), "p" | "td")
                && part.texts.contains(&text)
                && part.name == "p"
        })
    });
    if is_in_paragraph {
        return None;
    }
    Some((figure(page, img, text), img))
}

/// Whether an element is a picture that shows something.
fn is_picture(part: &crate::import::html::page::Part) -> bool {
    let Some(source) = source(part) else { return false };
    let lower = source.to_lowercase();
    let is_small = |name: &str| {
        let size = part
            .attribute(name)
            .and_then(|size| size.trim_end_matches("px").parse().ok());
        size.is_some_and(|size: u32| size < 100)
    };
    let is_tool = [
        "spacer",
        "pixel",
        "logo",
        "icon",
        "blank.gif",
        "clear.gif",
        "avatar",
        "gravatar",
        "button",
        "banner",
        "/ads/",
        "print.gif",
        "email.gif",
        "header",
        "masthead",
    ]
    .iter()
    .any(|word| lower.contains(word));
    !is_small("width") && !is_small("height") && !is_tool
}

/// Whether an element is a caption or stands in one.
fn is_caption(page: &Page, element: usize) -> bool {
    page.around(element).take(4).any(|at| {
        page.parts.get(at).is_some_and(|part| {
            part.name == "figcaption"
                || part.name == "figure"
                || part.marks.contains("caption")
        })
    })
}

/// The element around a picture that holds its caption and no running text.
fn figure(page: &Page, img: usize, text: usize) -> usize {
    let mut best = img;
    for at in page.around(img).take(5) {
        let Some(part) = page.parts.get(at) else { break };
        if part.texts.contains(&text) {
            break;
        }
        let is_figure = part.name == "figure"
            || [
                "caption", "image", "photo", "figure", "picture", "media", "featured",
                "foto",
            ]
            .iter()
            .any(|word| part.marks.contains(word));
        if is_figure && page.lines_of(at).len() <= 4 {
            best = at;
        }
    }
    best
}

/// Reads a figure.
fn read(page: &Page, figure: usize, img: usize) -> Image {
    let part = page.parts.get(img);
    let src = part.and_then(source).unwrap_or_default();
    let alt = part.and_then(|part| part.attribute("alt")).map(plain).unwrap_or_default();
    let mut caption: Vec<String> = Vec::new();
    let mut credit = None;
    for at in page.lines_of(figure) {
        let Some(line) = page.lines.get(at).filter(|_| page.is_open(at)) else {
            continue;
        };
        match credit_of(page, line.element, &line.text) {
            Some(own) => {
                credit.get_or_insert(own);
            }
            None => caption.push(line.text.clone()),
        }
    }
    let caption = caption.join(" ");
    let (caption, inner) = split_credit(&caption);
    let caption = Some(caption).filter(|caption| !caption.is_empty());
    Image { src, alt, caption, credit: credit.or(inner) }
}

/// The credit that a line is as a whole.
fn credit_of(page: &Page, element: usize, text: &str) -> Option<String> {
    let is_marked = page.around(element).take(2).any(|at| {
        page.parts.get(at).is_some_and(|part| {
            part.marks.contains("credit") || part.marks.contains("photographer")
        })
    });
    let label = LABELS.iter().find_map(|label| {
        let head = text.get(..label.len())?;
        (head.to_lowercase() == *label).then(|| text.get(label.len()..)).flatten()
    });
    match label {
        Some(rest) => Some(rest.trim().to_owned()),
        None => is_marked.then(|| text.to_owned()),
    }
}

/// Words before the name of a photographer.
const LABELS: &[&str] = &[
    "photo: ",
    "photo by ",
    "photograph by ",
    "photo credit: ",
    "credit: ",
    "foto: ",
    "foto de ",
    "photos by ",
];

/// A caption and the credit at its end in parentheses: `(Photo: Ana Ruiz)`.
fn split_credit(caption: &str) -> (String, Option<String>) {
    let whole = (caption.to_owned(), None);
    let Some(inner) = caption.strip_suffix(')').or(caption.strip_suffix(").")) else {
        return whole;
    };
    let Some((before, inner)) = inner.rsplit_once('(') else { return whole };
    let lower = inner.to_lowercase();
    let Some(label) = LABELS.iter().find(|label| lower.starts_with(*label)) else {
        return whole;
    };
    let credit = inner.get(label.len()..).map(|own| own.trim().to_owned());
    (before.trim().to_owned(), credit)
}
