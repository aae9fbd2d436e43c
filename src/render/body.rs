//! Makes HTML of the bodies of files.

use std::sync::Arc;

use crate::cache::Links;
use crate::config::{HtmlPolicy, LanguageId, Output};
use crate::content::article::Image;
use crate::content::{BodyText, Text};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::links::{Linker, Wanted};
use crate::locale::{self, Arg, Locale};
use crate::markdown::{Body, LinkUse, Options, RawHtml, Target, Words, render};
use crate::render::Site;
use crate::slug;
use crate::view::{BodyHtml, Picture};

/// Makes HTML of bodies.
#[derive(Clone, Copy)]
pub(super) struct Bodies<'a> {
    /// What pages are rendered from.
    pub(super) site: &'a Site<'a>,
    /// The words that a body needs, in each language.
    pub(super) words: &'a [Words],
}

/// A body as HTML, and what was found out.
pub(super) struct Made {
    /// The HTML.
    pub(super) body: BodyHtml,
    /// The faults.
    pub(super) faults: Diagnostics,
    /// Headings that its links want.
    pub(super) wanted: Vec<Wanted>,
    /// Its links that depend on other pages; none if there are none.
    pub(super) links: Option<Links>,
    /// Whether it is made of the text that the archive knows, not of a later one.
    pub(super) is_current: bool,
}

impl Bodies<'_> {
    /// Reads a file again and makes HTML of its body.
    pub(super) fn html(
        &self,
        file: &Arc<str>,
        text: Text,
        linker: Linker<'_>,
        language: LanguageId,
    ) -> Result<Made, Diagnostic> {
        let site = self.site;
        let BodyText { offset, text, is_current } = site.read_body(file, text)?;
        let body = Body { file, offset, text: &text };
        let tag = &site.config.language_of(language).tag;
        let html = match site.config.html {
            HtmlPolicy::Sanitized => RawHtml::Sanitized,
            HtmlPolicy::Trusted => RawHtml::Trusted,
        };
        let options = Options {
            quotes: locale::quotes(tag),
            words: &self.words[usize::from(language.0)],
            heading_id: slug::heading_id,
            html,
            highlight: site.config.writes(Output::Highlight),
        };
        let mut links = site.resolver(linker, file);
        let made = render(&body, &options, &mut |link| links.resolve(link));
        let mut faults = made.faults;
        faults.append(links.faults);
        let wanted = links.wanted;
        let body = BodyHtml {
            html: made.html,
            headings: made.headings,
            has_code: made.has_code,
        };
        let uses = links.uses;
        let links = (!uses.is_empty()).then(|| Links { file: (**file).into(), uses });
        Ok(Made { body, faults, wanted, links, is_current })
    }

    /// Where a lead image stands, and what is wrong with its link.
    pub(super) fn image(
        &self,
        image: &Image,
        linker: Linker<'_>,
    ) -> (Option<Picture>, Diagnostics) {
        let site = self.site;
        let mut links = site.resolver(linker, &image.file);
        let link = LinkUse {
            destination: &image.src.value,
            is_image: true,
            span: image.src.span,
        };
        let src = match links.resolve(&link) {
            Target::Address(src) => Some(Picture { src, size: None }),
            Target::Picture(src, pixels) => Some(Picture { src, size: Some(pixels) }),
            Target::AsIs => Some(Picture { src: image.src.value.clone(), size: None }),
            Target::Refused => None,
        };
        (src, links.faults)
    }
}

/// The words that a body needs in a language.
pub(super) fn words(locale: &Locale) -> Words {
    let text = |key: &str| locale.text(key, &[]).unwrap_or_else(|| key.to_owned());
    let back = [("n", Arg::Text("{n}".to_owned()))];
    Words {
        footnotes: text("footnotes"),
        back: locale.text("footnote-back", &back).unwrap_or_default(),
        table_region: text("table-region"),
        code_block: text("code-block"),
        tasks: [text("task-open"), text("task-done")],
        alerts: ["note", "tip", "important", "warning", "caution"]
            .map(|kind| text(&format!("alert-{kind}"))),
    }
}
