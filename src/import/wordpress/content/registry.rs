//! The shortcodes that are known, and what each is.
//!
//! Only names that stand here are shortcodes. Editors write in brackets, too:
//! `[sic]`, `[here]`, `[done]`. A name that may be a word of an editor counts
//! only with attributes or with an end of its own. What a shortcode becomes is
//! decided elsewhere.

/// What a shortcode is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A picture with its caption.
    Caption,
    /// Pictures of the library.
    Gallery,
    /// Recordings of the library.
    Playlist,
    /// A sound recording.
    Audio,
    /// A film.
    Video,
    /// Something of another site; its number is put behind this address.
    Site(&'static str),
    /// A form for readers.
    Form,
    /// Something that stands only in other tables of the site.
    Elsewhere,
    /// What only members of the site could read.
    Members,
    /// Something that says nothing.
    Nothing,
    /// A line between parts.
    Rule,
    /// A frame around what it holds.
    Wrapper,
    /// A part of a page builder, which may hold text in attributes.
    Builder,
    /// A quotation.
    Quote,
    /// A link that looks like a button.
    Button,
    /// A part with a title: a tab, a section that folds.
    Panel,
    /// A note at the foot.
    Footnote,
}

/// What a name is, and whether it may be a word of an editor, too.
pub(super) fn kind(name: &str) -> Option<(Kind, bool)> {
    site(name)
        .map(|(prefix, is_word)| (Kind::Site(prefix), is_word))
        .or_else(|| media(name))
        .or_else(|| in_tables(name))
        .or_else(|| is_builder(name).then_some((Kind::Builder, false)))
}

/// Shortcodes that show something of another site, and where its numbers lead.
fn site(name: &str) -> Option<(&'static str, bool)> {
    let found = match name {
        "archiveorg" | "archives-org" => "https://archive.org/details/",
        "bandcamp" => "https://bandcamp.com/EmbeddedPlayer/album=",
        "dailymotion" => "https://www.dailymotion.com/video/",
        "facebook" | "fb" => "https://www.facebook.com/",
        "flickr" | "flickrvideo" => "https://www.flickr.com/photo.gne?id=",
        "gist" => "https://gist.github.com/",
        "hulu" => "https://www.hulu.com/watch/",
        "instagram" => "https://www.instagram.com/p/",
        "issuu" => "https://issuu.com/",
        "polldaddy" | "crowdsignal" => "https://poll.fm/",
        "scribd" => "https://www.scribd.com/doc/",
        "slideshare" => "https://www.slideshare.net/slideshow/embed_code/",
        "soundcloud" => "https://soundcloud.com/",
        "spotify" => "https://open.spotify.com/",
        "ted" | "ted-talks" => "https://www.ted.com/talks/",
        "tweet" | "twitter" => "https://twitter.com/i/status/",
        "twitter-follow" | "twitter-timeline" => "https://twitter.com/",
        "ustream" | "ustreamsocial" => "https://video.ibm.com/recorded/",
        "viddler" => "https://www.viddler.com/v/",
        "vimeo" | "fusion_vimeo" | "su_vimeo" => "https://vimeo.com/",
        "wpvideo" | "videopress" => "https://videopress.com/v/",
        "youtube" | "youtu" | "fusion_youtube" | "su_youtube" | "su_youtube_advanced" => {
            "https://www.youtube.com/watch?v="
        }
        "blip.tv" | "blip" | "embed" | "embeddoc" | "embedyt" | "flash" | "gdoc"
        | "goodreads" | "google-drive-embed" | "googleapps" | "googlemap"
        | "googlemaps" | "googlevideo" | "gview" | "gvideo" | "iframe"
        | "kickstarter" | "kml_flashembed" | "livestream" | "mixcloud" | "pdf"
        | "pdf-embedder" | "pdfjs-viewer" | "pinterest" | "reddit" | "rutube"
        | "sexybookmarks-link" | "storify" | "swf" | "swfobj" | "tiktok" | "tumblr"
        | "viewerjs" | "vine" | "wpcom-embed" | "fusion_map" | "su_document" => "",
        _ => return None,
    };
    let words = [
        "ted",
        "embed",
        "flash",
        "pdf",
        "vine",
        "fb",
        "iframe",
        "twitter",
        "tweet",
        "vimeo",
        "gist",
        "hulu",
        "flickr",
        "spotify",
        "issuu",
        "swf",
        "soundcloud",
        "mixcloud",
        "storify",
        "blip",
    ];
    let networks =
        ["facebook", "instagram", "youtube", "tiktok", "tumblr", "pinterest", "reddit"];
    Some((found, words.contains(&name) || networks.contains(&name)))
}

/// Shortcodes of pictures and recordings.
fn media(name: &str) -> Option<(Kind, bool)> {
    Some(match name {
        "caption" | "wp_caption" => (Kind::Caption, true),
        "gallery" => (Kind::Gallery, false),
        "vc_gallery" | "et_pb_gallery" | "fusion_gallery" | "av_gallery"
        | "su_gallery" | "nggallery" | "ngg_images" | "slideshow"
        | "slideshow_deploy" | "metaslider" => (Kind::Gallery, name == "slideshow"),
        "playlist" => (Kind::Playlist, true),
        "audio" | "fusion_audio" | "et_pb_audio" | "su_audio" => (Kind::Audio, true),
        "video" | "flv" | "flowplayer" | "jwplayer" | "fvplayer" | "et_pb_video"
        | "vc_video" | "fusion_video" | "su_video" | "evp_embed_video" => {
            (Kind::Video, name == "video")
        }
        _ => return None,
    })
}

/// Names that are nothing but shortcodes, by what they are.
const NAMES: &[(Kind, &[&str])] = &[
    (
        Kind::Form,
        &[
            "contact-form",
            "contact-form-7",
            "contact-field",
            "contact_form",
            "gravityform",
            "gravityforms",
            "ninja_form",
            "ninja_forms",
            "ninja_forms_display_form",
            "mc4wp_form",
            "wpforms",
            "formidable",
            "caldera_form",
            "contactform",
            "fluentform",
            "wufoo",
            "si-contact-form",
            "mailpoet_form",
            "wysija_form",
            "subscribe2",
            "cforms",
            "et_pb_contact_form",
            "et_pb_contact_field",
            "blog_subscription_form",
            "forminator_form",
            "jetpack_subscription_form",
            "signup_form",
            "donation_form",
            "give_form",
            "paypal_donation_button",
        ],
    ),
    (
        Kind::Elsewhere,
        &[
            "tablepress",
            "wpdatatable",
            "google-map",
            "wpgmza",
            "mapsmarker",
            "layerslider",
            "rev_slider",
            "smartslider3",
            "wpv-view",
            "display-posts",
            "catlist",
            "recent-
    posts",
            "recent_posts",
            "related_posts",
            "jetpack-related-posts",
            "wp_sitemap_page",
            "listcategorypages",
            "child_pages",
            "subpages",
            "events_list",
            "tribe_events",
            "add_to_cart",
            "woocommerce_cart",
            "woocommerce_checkout",
            "woocommerce_my_account",
            "adrotate",
            "the_ad",
            "adsense",
            "bsa_pro_ad_space",
            "elementor-template",
            "jetpack_portfolio",
        ],
    ),
    (
        Kind::Nothing,
        &[
            "toc",
            "ez-toc",
            "lwptoc",
            "no_toc",
            "clear",
            "clearfix",
            "clearboth",
            "spacer",
            "br",
            "nbsp",
            "vc_empty_space",
            "fusion_separator",
            "av_hr",
            "su_spacer",
            "noformat",
            "no-sidebar",
            "sharethis",
            "addtoany",
            "social_share",
            "feather_share",
            "feather_follow",
            "print_link",
            "printfriendly",
            "wp-postviews",
            "postview",
            "shareaholic",
            "hupso",
            "tweetmeme",
            "fblike",
            "post_view",
            "wp_social_sharing",
            "sgmb",
            "simple-social-share",
            "dropcap_end",
            "vc_facebook",
            "vc_tweetmeme",
        ],
    ),
    (Kind::Rule, &["hr", "vc_separator", "su_divider", "et_pb_divider"]),
];

/// Names that may be words of an editor, too.
const WORDS: &[(Kind, &[&str])] = &[
    (Kind::Form, &["subscribe", "paypal"]),
    (
        Kind::Elsewhere,
        &[
            "table",
            "archives",
            "sitemap",
            "product",
            "products",
            "poll",
            "polls",
            "quiz",
            "cta",
            "ad",
            "ads",
            "template",
            "portfolio",
            "blog",
        ],
    ),
    (
        Kind::Members,
        &[
            "private",
            "member",
            "members",
            "members_only",
            "memberonly",
            "members_access",
            "restrict",
            "restricted",
            "um_loggedin",
            "wlm_private",
            "membership",
            "pmpro",
            "ihc-hide-content",
            "s2if",
            "loggedin",
            "logged_in",
            "visitor",
            "paywall",
        ],
    ),
    (
        Kind::Nothing,
        &["gap", "raw", "share", "follow", "views", "ratings", "digg", "like"],
    ),
    (Kind::Rule, &["divider", "separator"]),
    (
        Kind::Quote,
        &[
            "quote",
            "pullquote",
            "pull_quote",
            "blockquote",
            "pullquote_left",
            "testimonial",
            "pullquote_right",
            "su_quote",
            "su_pullquote",
            "callout",
        ],
    ),
    (
        Kind::Button,
        &["button", "btn", "link", "su_button", "fusion_button", "big_button"],
    ),
    (
        Kind::Panel,
        &[
            "tab",
            "toggle",
            "spoiler",
            "accordion_item",
            "accordion-item",
            "expand",
            "collapse",
            "pane",
            "panel",
            "faq",
            "su_tab",
            "su_spoiler",
            "vc_tta_section",
            "vc_tab",
            "vc_accordion_tab",
            "vc_toggle",
            "et_pb_tab",
            "et_pb_toggle",
            "et_pb_accordion_item",
            "fusion_tab",
            "fusion_toggle",
            "av_toggle",
            "av_tab",
            "tab_item",
            "toggle_item",
            "read_more",
            "readmore",
        ],
    ),
    (
        Kind::Footnote,
        &["footnote", "footnotes", "efn_note", "ref", "fn", "mfn", "sidenote"],
    ),
    (
        Kind::Wrapper,
        &[
            "dropcap",
            "drop_cap",
            "dropcap1",
            "dropcap2",
            "tooltip",
            "popup",
            "span",
            "center",
            "lead",
            "intro",
            "highlight",
            "highlight1",
            "highlight2",
            "hl",
            "box",
            "alert",
            "infobox",
            "info_box",
            "notice",
            "note",
            "info",
            "message",
            "warning",
            "success",
            "error",
            "tabs",
            "tabgroup",
            "tabgroups",
            "accordion",
            "accordions",
            "toggles",
            "slider",
            "slide",
            "columns",
            "column",
            "col",
            "row",
            "container",
            "section",
            "content_box",
            "wrapper",
            "div",
            "p",
            "list",
            "checklist",
            "icon_list",
            "lang",
            "ul",
            "li",
            "left",
            "right",
            "small",
            "big",
            "bold",
            "italic",
            "strong",
            "color",
            "size",
            "font",
            "textbox",
            "sidebar",
            "aside",
            "frame",
            "framed_box",
            "image_frame",
            "styled_box",
            "heading",
            "header",
            "title",
            "one",
            "half",
            "first",
            "last",
            "fullwidth",
            "text",
            "quotebox",
        ],
    ),
];

/// What a name of one of the tables is.
fn in_tables(name: &str) -> Option<(Kind, bool)> {
    let find = |table: &[(Kind, &[&str])]| {
        table.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind)
    };
    find(NAMES)
        .map(|kind| (kind, false))
        .or_else(|| find(WORDS).map(|kind| (kind, true)))
        .or_else(|| is_column(name).then_some((Kind::Wrapper, false)))
}

/// Whether a name is that of a column: `one_half`, `two_third_last`.
fn is_column(name: &str) -> bool {
    let name = name.replace('-', "_");
    let name = name.trim_end_matches("_last").trim_end_matches("_first");
    let (counts, parts) = (
        ["one", "two", "three", "four", "five"],
        [
            "half", "third", "thirds", "fourth", "fourths", "fifth", "fifths", "sixth",
            "quarter",
        ],
    );
    name.split_once('_')
        .is_some_and(|(count, part)| counts.contains(&count) && parts.contains(&part))
}

/// Whether a name is that of a part of a page builder.
fn is_builder(name: &str) -> bool {
    let builders = [
        "vc_",
        "et_pb_",
        "fusion_",
        "av_",
        "su_",
        "cs_",
        "mk_",
        "us_",
        "nectar_",
        "ultimate_",
        "dt_",
        "thb_",
        "themify_",
        "x_",
        "wpb_",
        "bsf_",
        "porto_",
        "kc_",
        "tm_",
        "stm_",
        "td_",
        "qode_",
        "edgtf_",
        "mkdf_",
        "rt_",
        "gdlr_",
        "siteorigin_",
        "panel_",
        "fl_",
        "cmsms_",
    ];
    builders.iter().any(|builder| name.starts_with(builder))
}
