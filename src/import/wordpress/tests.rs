//! Tests of whole exports: small ones, each with one pitfall, and damaged ones.

use std::cell::Cell;

use proptest::prelude::*;

use super::content::Context;
use super::*;
use crate::dom;
use crate::import::input::tests::{Files, file, gzip, zip};
use crate::import::piece::{Body, Piece, Sort};

/// All that an export tells.
#[derive(Debug, Default)]
struct Told {
    /// The outlines.
    outlines: Vec<Outline>,
    /// The pieces.
    pieces: Vec<Piece>,
    /// What is left out.
    skipped: Vec<Skipped>,
    /// What is lost.
    lost: Vec<Skipped>,
    /// What is said of the files.
    remarks: Vec<String>,
    /// The comments.
    counts: Counts,
    /// The archives of terms.
    archives: Vec<String>,
    /// The hosts.
    hosts: Vec<String>,
}

impl Told {
    /// Everything that is written of the pieces, as text.
    fn all(&self) -> String {
        format!("{:?} {:?}", self.outlines, self.pieces)
    }

    /// The only piece.
    fn one(&self) -> &Piece {
        let [piece] = self.pieces.as_slice() else {
            panic!("{} pieces", self.pieces.len())
        };
        piece
    }

    /// What is noted of the pieces.
    fn notes(&self) -> Vec<&str> {
        let notes = self.pieces.iter().flat_map(|piece| &piece.notes);
        notes.map(|note| note.text.as_str()).collect()
    }
}

/// Reads files with some choices.
fn read_with(files: &Files, options: Options<'_>) -> Result<Told, Refused> {
    let names: Vec<&str> = files.0.keys().map(String::as_str).collect();
    let mut source = WordPress::new(Input::of(files, &names)?, options);
    let mut told = Told::default();
    source.survey(&mut |outline| told.outlines.push(outline))?;
    source.read(&mut |item| match item {
        Item::Piece(piece) => told.pieces.push(*piece),
        Item::Skipped(skipped) | Item::File(skipped, _) => told.skipped.push(skipped),
        Item::Lost(lost) => told.lost.push(lost),
    })?;
    told.remarks = source
        .remarks()
        .iter()
        .filter(|remark| !remark.starts_with("Comments: "))
        .map(|remark| {
            let text = remark.split_once(".xml: ").or_else(|| remark.split_once(".gz: "));
            text.map_or_else(|| remark.clone(), |(_, text)| text.to_owned())
        })
        .collect();
    told.counts = source.counts();
    told.archives = source.archives().into_iter().map(|(path, _)| path).collect();
    told.hosts = source.own_hosts();
    let pieces: Vec<_> = told.pieces.iter().map(|piece| &piece.origin.key).collect();
    let outlines: Vec<_> = told.outlines.iter().map(|outline| &outline.key).collect();
    assert_eq!(pieces, outlines, "the outlines are those of the pieces");
    Ok(told)
}

/// Reads a file.
fn read_file(bytes: &[u8]) -> Result<Told, Refused> {
    read_with(&file("a.xml", bytes), Options::default())
}

/// An export with this in its channel.
fn export(channel: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"\n\
         xmlns:wp=\"http://wordpress.org/export/1.2/\">\n<channel>\n<title>Site</title>\n\
         <link>https://news.example/blog</link>\n<pubDate>Fri, 01 May 2020 10:00:00 +0000</pubDate>\n\
         <wp:base_blog_url>https://news.example/blog</wp:base_blog_url>\n{channel}\n</channel>\n</rss>\n"
    )
}

/// Reads an export with this in its channel.
fn read(channel: &str) -> Told {
    read_file(export(channel).as_bytes()).unwrap()
}

/// A public post of a number with more elements.
fn post(id: u64, more: &str) -> String {
    format!(
        "<item><title>Post {id}</title><link>https://news.example/blog/2019/post-{id}/</link>\
         <guid isPermaLink=\"false\">https://news.example/blog/?p={id}</guid>\
         <content:encoded><![CDATA[Text of {id}.]]></content:encoded><wp:post_id>{id}</wp:post_id>\
         <wp:post_date>2019-10-11 09:30:15</wp:post_date><wp:post_date_gmt>2019-10-11 13:30:15</wp:post_date_gmt>\
         <wp:post_name>post-{id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>\n"
    )
}

/// A file of the media library.
fn media(id: u64, parent: u64) -> String {
    format!(
        "<item><title>File {id}</title><link>https://news.example/blog/2019/post-{parent}/file-{id}/</link>\
         <guid>https://news.example/f{id}.jpg</guid><excerpt:encoded>The <b>bridge</b></excerpt:encoded>\
         <wp:post_id>{id}</wp:post_id><wp:status>inherit</wp:status><wp:post_parent>{parent}</wp:post_parent>\
         <wp:post_type>attachment</wp:post_type><wp:attachment_url>https://news.example/f{id}.jpg</wp:attachment_url>{}</item>\n",
        meta("_wp_attachment_image_alt", "A bridge")
    )
}

/// A custom field.
fn meta(key: &str, value: &str) -> String {
    format!(
        "<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )
}

/// The text of a piece.
fn body(piece: &Piece) -> String {
    match &piece.body {
        Body::Html(nodes) => dom::text_of(nodes),
        Body::Markdown(text) => text.clone(),
    }
}

#[test]
fn a_post_becomes_a_piece_with_its_facts() {
    let author = "<wp:author><wp:author_login>ana</wp:author_login><wp:author_email>ana@example.org</wp:author_email>\
                  <wp:author_display_name>Ana Reyes</wp:author_display_name></wp:author>";
    let more = format!(
        "<dc:creator>ana</dc:creator><excerpt:encoded>In &lt;b&gt;short&lt;/b&gt;</excerpt:encoded>\
         <wp:post_modified>2019-11-11 09:30:15</wp:post_modified><wp:post_modified_gmt>2019-11-11 14:30:15</wp:post_modified_gmt>\
         <wp:is_sticky>1</wp:is_sticky><category domain=\"category\" nicename=\"news\">News</category>{}{}{}",
        meta("_subtitle", "A deck"),
        meta("_thumbnail_id", "70"),
        meta("_stcr@_ben@example.org", "1"),
    );
    let told = read(&format!("{author}{}{}", post(7, &more), media(70, 7)));
    let piece = told.one();
    let facts = &piece.facts;
    assert_eq!(facts.title, "Post 7");
    assert_eq!(facts.deck.as_deref(), Some("A deck"));
    assert_eq!(facts.summary.as_deref(), Some("In short"));
    assert_eq!(facts.date.unwrap().to_string(), "2019-10-11T09:30:15-04:00");
    assert_eq!(facts.updated.unwrap().to_string(), "2019-11-11T09:30:15-05:00");
    assert_eq!(facts.byline, ["Ana Reyes"]);
    assert_eq!(
        facts.original_url.as_deref(),
        Some("https://news.example/blog/2019/post-7/")
    );
    assert_eq!(
        facts.redirects,
        ["/blog/2019/post-7/", "/blog/?p=7", "/blog/2019/post-7/file-70/"]
    );
    let image = facts.image.as_ref().unwrap();
    assert_eq!(
        (image.src.as_str(), image.alt.as_str()),
        ("https://news.example/f70.jpg", "A bridge")
    );
    assert_eq!(image.caption.as_deref(), Some("The bridge"));
    assert_eq!(facts.extra.get("sticky"), Some(&true.into()));
    assert_eq!(facts.provenance.get("id"), Some(&7.into()));
    assert_eq!(facts.provenance.get("item_sha256").unwrap().as_str().unwrap().len(), 64);
    assert_eq!(
        facts.provenance.get("export_sha256").unwrap().as_str().unwrap().len(),
        64
    );
    assert_eq!(
        piece.terms,
        [Term { domain: "category".into(), name: "News".into(), slug: "news".into() }]
    );
    assert_eq!(
        (piece.origin.line, piece.origin.key.as_str()),
        (9, "https://news.example/blog/?p=7")
    );
    assert_eq!(body(piece), "Text of 7.");
    assert_eq!(told.notes(), ["1 custom field is left out"]);
    assert_eq!(told.skipped[0].reason, "is a file of the media library");
    assert_eq!(
        told.outlines[0].addresses,
        ["https://news.example/blog/2019/post-7/", "https://news.example/blog/?p=7"]
    );
    assert!(!told.all().contains('@'));
}

#[test]
fn titles_become_plain_text_and_stay_empty() {
    for (title, expected) in [
        ("A &amp;amp; B", "A & B"),
        ("<![CDATA[A &#8217;x&#8217; <em>b</em>]]>", "A \u{2019}x\u{2019} b"),
        ("A <em>b</em>", "A b"),
        ("<![CDATA[ 1 < 2 & 3 ]]>", "1 < 2 & 3"),
        ("\n  <![CDATA[ Spaced\n out ]]>\n", "Spaced out"),
        ("", ""),
        ("<![CDATA[\"Quoted\" \\ back]]>", "\"Quoted\" \\ back"),
    ] {
        let item = post(1, "").replace("Post 1", title);
        assert_eq!(read(&item).one().facts.title, expected, "{title}");
    }
}

#[test]
fn what_is_hidden_at_the_source_is_held() {
    for (status, password, held) in [
        ("publish", "", None),
        ("publish", "hush", Some("password")),
        ("private", "", Some("private")),
        ("draft", "", Some("draft")),
        ("pending", "", Some("pending")),
        ("future", "", Some("future")),
        ("pitch", "", Some("pitch")),
    ] {
        let more = format!("<wp:post_password>{password}</wp:post_password>");
        let item = post(1, &more).replace(">publish<", &format!(">{status}<"));
        let told = read(&item);
        let expected =
            held.map_or(Visibility::Public, |why| Visibility::Held(why.into()));
        assert_eq!(told.one().visibility, expected, "{status}");
        assert_eq!(told.outlines[0].visibility, expected, "{status}");
        assert_eq!(told.one().facts.embargo.is_some(), status == "future");
        assert!(!told.all().contains("hush"));
    }
    for status in ["trash", "auto-draft", "inherit"] {
        let told = read(&post(1, "").replace(">publish<", &format!(">{status}<")));
        assert_eq!((told.pieces.len(), told.skipped.len()), (0, 1), "{status}");
    }
}

#[test]
fn bylines_are_names_and_never_addresses() {
    let author = |login: &str, name: &str| {
        format!(
            "<wp:author><wp:author_login>{login}</wp:author_login><wp:author_display_name>{name}</wp:author_display_name></wp:author>"
        )
    };
    let by =
        |creator: &str, more: &str| format!("<dc:creator>{creator}</dc:creator>{more}");
    let co = |slug: &str, name: &str| {
        format!(
            "<category domain=\"author\" nicename=\"{slug}\"><![CDATA[{name}]]></category>"
        )
    };
    for (authors, more, byline, notes) in [
        (author("ana", "Ana Reyes"), by("ana", ""), vec!["Ana Reyes"], 0),
        (author("ana", "ana"), by("ana", ""), vec!["ana"], 0),
        (author("ana", ""), by("ana", ""), vec![], 1),
        (String::new(), by("ana", ""), vec![], 1),
        (String::new(), by("ana", &co("cap-ana", "ana")), vec![], 1),
        (String::new(), by("ana", &co("cap-ana-2", "Ana")), vec![], 1),
        (author("ana", ""), by("desk", &co("cap-ana", "ana")), vec![], 1),
        (author("ana", "ana"), by("ana", &co("cap-ana", "ana")), vec!["ana"], 0),
        (
            author("desk", "The Desk"),
            by("desk", &(co("cap-gus", "gus") + &co("cap-ben", "Ben Ito"))),
            vec!["Ben Ito"],
            1,
        ),
        (author("desk", "The Desk"), by("desk", &co("cap-gus", "gus")), vec![], 1),
        (String::new(), by("ana@example.org", ""), vec![], 1),
        (author("ana", "ana@example.org"), by("ana", ""), vec![], 1),
        (
            author("ana", "Ana"),
            by("ana", &(co("cap-ben", "Ben Ito") + &co("cap-ana", "ana"))),
            vec!["Ben Ito", "Ana"],
            0,
        ),
        (
            String::new(),
            by("ana", &(co("ben", "Ben Ito") + &co("ben", "Ben Ito"))),
            vec!["Ben Ito"],
            0,
        ),
        (String::new(), String::new(), vec![], 0),
    ] {
        let told = read(&format!("{authors}{}", post(1, &more)));
        assert_eq!(told.one().facts.byline, byline, "{authors} {more}");
        assert_eq!(told.notes().len(), notes, "{authors} {more}");
        assert!(!told.all().contains('@'));
    }
    let guest = "<item><title>Flo Guest</title><wp:post_id>9</wp:post_id><wp:post_name>cap-flo</wp:post_name>\
                 <wp:status>publish</wp:status><wp:post_type>guest-author</wp:post_type></item>";
    let told = read(&format!("{}{guest}", post(1, &by("ana", &co("cap-flo", "flo")))));
    assert_eq!(told.one().facts.byline, ["Flo Guest"]);
}

#[test]
fn a_login_stands_in_nothing_that_is_told() {
    let author = "<wp:author><wp:author_login>zq7login</wp:author_login></wp:author>";
    let label =
        "<category domain=\"author\" nicename=\"cap-zq7login\">zq7login</category>";
    let creator = "<dc:creator>zq7login</dc:creator>";
    for channel in ["", author] {
        for more in [creator.to_owned(), creator.to_owned() + label] {
            let export = export(&format!("{channel}{}", post(1, &more)));
            let options = Options { keep_source: true, ..Options::default() };
            let told = read_with(&file("a.xml", export.as_bytes()), options).unwrap();
            assert_eq!(told.one().facts.byline, [""; 0]);
            assert_eq!(told.one().notes[0].about, About::Question);
            let kept = String::from_utf8(told.one().kept.clone().unwrap().1).unwrap();
            for text in [format!("{told:?}"), kept] {
                assert!(!text.contains("zq7login"), "{text}");
            }
        }
    }
}

#[test]
fn dates_in_doubt_are_noted() {
    for (local, gmt, date, notes) in [
        ("2019-10-11 09:30:15", "0000-00-00 00:00:00", Some("2019-10-11T09:30:15"), 0),
        ("2031-10-11 09:30:15", "2031-10-11 09:30:15", Some("2031-10-11T09:30:15Z"), 1),
        ("0000-00-00 00:00:00", "0000-00-00 00:00:00", None, 1),
        ("junk", "junk", None, 1),
    ] {
        let item = post(1, "")
            .replace("2019-10-11 09:30:15", local)
            .replace("2019-10-11 13:30:15", gmt);
        let told = read(&item);
        let own = told.one().facts.date.map(|date| date.to_string());
        assert_eq!((own.as_deref(), told.notes().len()), (date, notes), "{local}");
    }
}

#[test]
fn types_and_formats_are_told() {
    let kind = |kind: &str| read(&post(1, "").replace(">post<", &format!(">{kind}<")));
    let told = kind("press_release");
    assert_eq!(told.one().facts.kind, Some("press-release"));
    assert_eq!(told.one().facts.extra.get("post_type"), Some(&"press_release".into()));
    assert_eq!(told.one().sort, Sort::Article);
    assert_eq!(kind("page").one().sort, Sort::Page);
    for machinery in ["nav_menu_item", "wp_global_styles", "acf-field", "jp_img_sitemap"]
    {
        assert_eq!(kind(machinery).pieces.len(), 0, "{machinery}");
    }
    let format = |slug: &str| {
        read(&post(
            1,
            &format!("<category domain=\"post_format\" nicename=\"{slug}\">x</category>"),
        ))
    };
    assert_eq!(format("post-format-gallery").one().facts.kind, Some("photo-essay"));
    let video = format("post-format-video");
    assert_eq!(video.one().facts.extra.get("post_format"), Some(&"video".into()));
}

#[test]
fn the_lead_image_may_stand_in_another_part() {
    let first = export(&post(1, &meta("_thumbnail_id", "70")));
    let second = export(&media(70, 1));
    let alone = read_file(first.as_bytes()).unwrap();
    assert_eq!(alone.one().facts.image, None);
    assert_eq!(alone.notes(), ["the lead image, number 70, is not in the export"]);
    let files = Files(
        [("1.xml".into(), first.into_bytes()), ("2.xml".into(), second.into_bytes())]
            .into(),
    );
    let both = read_with(&files, Options::default()).unwrap();
    assert!(both.one().facts.image.is_some());
}

#[test]
fn an_item_in_two_parts_counts_once() {
    let one = export(&(post(1, "") + &post(2, "")));
    let two = export(&(post(2, "") + &post(3, "")));
    let other = export(&post(3, "").replace("Text of 3.", "Other text."));
    let files = Files(
        [("1.xml", one), ("2.xml", two), ("3.xml", other)]
            .map(|(name, text)| (name.to_owned(), text.into_bytes()))
            .into(),
    );
    let told = read_with(&files, Options::default()).unwrap();
    let keys: Vec<_> =
        told.pieces.iter().map(|piece| piece.origin.key.as_str()).collect();
    let base = "https://news.example/blog/?p=";
    assert_eq!(
        keys,
        [1, 2, 3]
            .map(|n| format!("{base}{n}"))
            .into_iter()
            .chain([format!("{base}3#2")])
            .collect::<Vec<_>>()
    );
    assert_eq!(told.skipped[0].reason, "stands in another part too");
    assert_eq!(told.notes(), ["another item has the same GUID and other contents"]);
    let hashes: Vec<_> =
        told.pieces.iter().map(|p| p.facts.provenance.get("export_sha256")).collect();
    assert_ne!(hashes[0], hashes[2]);
}

#[test]
fn packed_files_are_read_like_plain_ones() {
    let text = export(&post(1, ""));
    for bytes in [gzip(text.as_bytes()), zip(&[("site/1.xml", text.as_bytes())])] {
        assert_eq!(read_file(&bytes).unwrap().one().facts.title, "Post 1");
    }
    let packed =
        gzip(export(&(1..200).map(|n| post(n, "")).collect::<String>()).as_bytes());
    let told = read_file(&packed[..packed.len() * 2 / 3]).unwrap();
    assert!(told.pieces.len() > 50 && told.remarks[0].starts_with("the file breaks off"));
}

#[test]
fn a_file_that_breaks_off_loses_only_its_last_item() {
    let text = export(&(post(1, "") + &post(2, "")));
    let end = text.find("Text of 2").unwrap();
    let told = read_file(&text.as_bytes()[..end]).unwrap();
    assert_eq!(told.one().facts.title, "Post 1");
    assert_eq!((told.lost[0].title.as_str(), told.lost[0].origin.line), ("Post 2", 10));
    assert_eq!(told.lost[0].reason, "is cut off by the end of the file");
    assert_eq!(told.remarks, ["the file ends before its last end tag"]);
}

#[test]
fn what_is_damaged_costs_only_itself() {
    let good = post(2, "");
    for (name, bad, bytes) in [
        (
            "an unescaped end of CDATA",
            post(1, "").replace("Text of 1.", "<script>// ]]></script> x"),
            None,
        ),
        ("a control character", post(1, "").replace("Text", "T\u{8}ext"), None),
        ("a zero byte", post(1, "").replace("Text", "T\0ext"), None),
        ("a missing end tag", post(1, "").replace("</item>", ""), None),
        (
            "a section without its end",
            post(1, "").replace("]]></content", "</content"),
            None,
        ),
        ("a mistyped end tag", post(1, "").replace("</wp:post_id>", "</wp:id>"), None),
        (
            "an unescaped ampersand",
            post(1, "").replace("Post 1", "R&D & &unknown; <"),
            None,
        ),
        ("bytes of another encoding", post(1, ""), Some((&b"Text"[..], &b"T\xe9xt"[..]))),
    ] {
        let text = export(&(bad + &good)).into_bytes();
        let text = match bytes {
            Some((from, to)) => {
                let at = text.windows(from.len()).position(|part| part == from).unwrap();
                [&text[..at], to, &text[at + from.len()..]].concat()
            }
            None => text,
        };
        let told = read_file(&text).unwrap();
        assert_eq!((told.pieces.len(), told.lost.len()), (2, 0), "{name}");
        assert!(body(&told.pieces[1]).contains("Text of 2."), "{name}");
        assert!(body(&told.pieces[0]).contains('x'), "{name}: {}", body(&told.pieces[0]));
    }
}

#[test]
fn exports_of_other_writers_are_read() {
    let bare = "<rss><channel><item><title>A</title><wp:post_id>3</wp:post_id><content:encoded>&lt;p&gt;x&lt;/p&gt;</content:encoded></item></channel></rss>";
    assert_eq!(body(read_file(bare.as_bytes()).unwrap().one()), "x");
    let renamed = "<rss xmlns:w=\"http://wordpress.org/export/1.0/\" xmlns:c='http://purl.org/rss/1.0/modules/content/'>\
         <channel><item><w:post_id>4</w:post_id><w:status>draft</w:status><c:encoded>x</c:encoded></item></channel></rss>";
    let told = read_file(renamed.as_bytes()).unwrap();
    assert_eq!(told.one().visibility, Visibility::Held("draft".into()));
    let padded = "<rss><channel><item>\n<title>A</title>\n<wp:post_type>\n<![CDATA[ page ]]>\n</wp:post_type>\n\
         <wp:status>\n<![CDATA[ publish ]]>\n</wp:status>\n<content:encoded>\n<![CDATA[ Text. ]]>\n</content:encoded>\n</item></channel></rss>";
    let told = read_file(padded.as_bytes()).unwrap();
    assert_eq!((told.one().sort, body(told.one()).as_str()), (Sort::Page, "Text."));
    let two = format!("{}<channel>{}</channel></rss>", export(&post(1, "")), post(2, ""));
    assert_eq!(read_file(two.as_bytes()).unwrap().pieces.len(), 2);
    let late = format!("Warning: something\n\n\u{feff}{}", export(&post(1, "")));
    assert_eq!(read_file(late.as_bytes()).unwrap().pieces.len(), 1);
}

#[test]
fn an_export_without_states_is_public_with_a_question() {
    let item = post(1, "").replace("<wp:status>publish</wp:status>", "");
    let told = read(&item);
    assert_eq!(told.one().visibility, Visibility::Public);
    assert_eq!(told.notes(), ["the export does not say whether this was public"]);
    let told = read(&(item + &post(2, "")));
    assert_eq!(told.pieces[0].visibility, Visibility::Held("of no known state".into()));
}

#[test]
fn what_is_no_export_is_refused() {
    for (text, message) in [
        ("", "is empty"),
        (" \n\u{feff}", "is no XML"),
        ("just words", "is no XML"),
        (
            "<!DOCTYPE html><html><head><title>Error</title></head></html>",
            "is a web page",
        ),
        (
            "<rss><channel><item><title>A</title></item></channel></rss>",
            "is a feed (RSS)",
        ),
        ("<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "is a feed (Atom)"),
        ("<opml></opml>", "is no export of WordPress"),
    ] {
        let refused = read_file(text.as_bytes()).unwrap_err();
        assert!(refused.message.starts_with(message), "{text}: {}", refused.message);
        assert!(!refused.hint.is_empty());
    }
    let told = read("");
    assert_eq!(
        (told.pieces.len(), told.remarks),
        (0, vec!["the file holds no items".to_owned()])
    );
}

#[test]
fn comments_are_counted_and_come_in_only_if_wanted() {
    let comment = |state: &str, kind: &str, text: &str| {
        format!(
            "<wp:comment><wp:comment_author>Dora</wp:comment_author><wp:comment_author_email>dora@example.org</wp:comment_author_email>\
             <wp:comment_author_IP>192.0.2.9</wp:comment_author_IP><wp:comment_approved>{state}</wp:comment_approved>\
             <wp:comment_type>{kind}</wp:comment_type><wp:comment_content>{text}</wp:comment_content><wp:comment_user_id>77</wp:comment_user_id></wp:comment>"
        )
    };
    let all = comment("1", "", "Seen.")
        + &comment("0", "", "Waiting.")
        + &comment("1", "note", "Internal.");
    let files = file("a.xml", export(&post(1, &all)).as_bytes());
    let told = read_with(&files, Options::default()).unwrap();
    assert_eq!(body(told.one()), "Text of 1.");
    assert_eq!((told.counts.approved, told.counts.waiting, told.counts.notes), (1, 1, 1));
    assert_eq!(
        told.notes(),
        ["comments are left out: 1 approved, 1 not approved, 1 notes of editors"]
    );
    let words = Words { comments: "Comentarios".to_owned() };
    let options = Options {
        comments: Comments::Approved,
        words,
        keep_source: true,
        ..Options::default()
    };
    let told = read_with(&files, options).unwrap();
    assert_eq!(body(told.one()), "Text of 1.ComentariosDoraSeen.");
    assert_eq!(told.one().account.added.get("comments"), Some(&20));
    let kept = String::from_utf8(told.one().kept.clone().unwrap().1).unwrap();
    let unwanted = Options { keep_source: true, ..Options::default() };
    let (_, bare) = read_with(&files, unwanted).unwrap().one().kept.clone().unwrap();
    assert!(!String::from_utf8_lossy(&bare).contains("Dora"));
    for private in ["Waiting", "Internal", "192.0.2.9", "dora@", ">77<"] {
        assert!(!told.all().contains(private) && !kept.contains(private), "{private}");
    }
    let again = read_file(kept.as_bytes()).unwrap();
    assert_eq!(again.one().facts.title, "Post 1");
}

#[test]
fn a_kept_source_names_its_author_when_it_is_read_again() {
    let author = "<wp:author><wp:author_login>zq7login</wp:author_login>\
                  <wp:author_display_name>Ana &amp;amp; Co</wp:author_display_name></wp:author>";
    let export =
        export(&format!("{author}{}", post(1, "<dc:creator>zq7login</dc:creator>")));
    let options = Options { keep_source: true, ..Options::default() };
    let told = read_with(&file("a.xml", export.as_bytes()), options).unwrap();
    let (_, kept) = told.one().kept.clone().unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("zq7login"));
    assert_eq!(read_file(&kept).unwrap().one().facts.byline, ["Ana & Co"]);
}

#[test]
fn languages_and_translations_are_told() {
    let label = |domain: &str, slug: &str| {
        format!("<category domain=\"{domain}\" nicename=\"{slug}\">x</category>")
    };
    let group = label("post_translations", "pll_1");
    let told = read(
        &(post(1, &(label("language", "en") + &group))
            + &post(2, &(label("language", "es") + &group))),
    );
    let languages: Vec<_> =
        told.outlines.iter().map(|outline| outline.language.as_deref()).collect();
    assert_eq!(languages, [Some("en"), Some("es")]);
    assert_eq!(told.pieces[0].facts.translation_of, None);
    assert_eq!(
        told.pieces[1].facts.translation_of.as_ref(),
        Some(&told.pieces[0].origin.key)
    );
    assert_eq!(
        read(&post(1, &meta("_icl_lang_code", "fr"))).one().facts.language.as_deref(),
        Some("fr")
    );
    let linked = post(1, "").replace("post-1/</link>", "post-1/?lang=pt-br</link>");
    assert_eq!(read(&linked).one().facts.language.as_deref(), Some("pt-BR"));
}

#[test]
fn one_item_in_several_languages_becomes_several_pieces() {
    let item = post(1, "")
        .replace("Post 1", "[:en]March[:es]Marcha[:]")
        .replace("Text of 1.", "[:en]They marched.[:es]Marcharon.[:]");
    let told = read(&item);
    let shown: Vec<_> = told
        .pieces
        .iter()
        .map(|piece| (piece.facts.title.clone(), body(piece)))
        .collect();
    assert_eq!(
        shown,
        [
            ("March".into(), "They marched.".into()),
            ("Marcha".into(), "Marcharon.".into())
        ]
    );
    let keys: Vec<_> =
        told.pieces.iter().map(|piece| piece.origin.key.as_str()).collect();
    assert_eq!(
        keys,
        ["https://news.example/blog/?p=1", "https://news.example/blog/?p=1#es"]
    );
    assert_eq!(told.pieces[1].facts.translation_of.as_deref(), Some(keys[0]));
    assert!(told.pieces[1].facts.redirects.is_empty());
    let told = read(&post(1, "").replace("Post 1", "[:en]March[:es]Marcha[:]"));
    assert_eq!(told.one().facts.title, "March");
    assert_eq!(
        told.notes(),
        ["the title stands in several languages; the first is taken"]
    );
}

#[test]
fn pages_know_what_they_stand_below() {
    let page = |id: u64, parent: u64| {
        post(id, &format!("<wp:post_parent>{parent}</wp:post_parent>"))
            .replace(">post<", ">page<")
    };
    let told = read(&(page(5, 6) + &page(6, 0) + &page(7, 7) + &page(8, 99)));
    let parents: Vec<_> =
        told.outlines.iter().map(|outline| outline.parent.as_deref()).collect();
    assert_eq!(parents, [Some("https://news.example/blog/?p=6"), None, None, None]);
    assert!(
        told.outlines[0]
            .addresses
            .contains(&"https://news.example/blog/?page_id=5".to_owned())
    );
}

#[test]
fn paths_and_hosts_of_the_source_are_offered() {
    let category = "<wp:category><wp:category_nicename>local</wp:category_nicename><wp:category_parent>news</wp:category_parent>\
         <wp:cat_name>Local</wp:cat_name></wp:category>";
    let told = read(&format!(
        "{category}{}",
        post(1, "<category domain=\"post_tag\" nicename=\"may-day\">May Day</category>")
    ));
    assert_eq!(told.archives, ["/blog/category/news/local/", "/blog/tag/may-day/"]);
}

#[test]
fn hosts_are_in_small_letters_without_www_and_without_paths() {
    for (base, hosts) in [
        ("news.example/blog", vec!["news.example"]),
        ("WWW.News.example", vec!["news.example"]),
        ("www.news.example:8080/?x", vec!["news.example"]),
        ("user@news.example", vec!["news.example"]),
        ("[::1]:80/a", vec!["[::1]"]),
        ("[::1]/a", vec!["[::1]"]),
        ("Paper.wordpress.com", vec!["paper.wordpress.com", "paper.files.wordpress.com"]),
        ("", vec![]),
    ] {
        let export = export("").replace("news.example/blog", base);
        assert_eq!(read_file(export.as_bytes()).unwrap().hosts, hosts, "{base}");
    }
    let mut files = file("a.xml", export("").as_bytes());
    files.0.insert(
        "b.xml".to_owned(),
        export("").replace("news.", "www.news.").into_bytes(),
    );
    let told = read_with(&files, Options::default()).unwrap();
    assert_eq!(told.hosts, ["news.example"]);
}

#[test]
fn progress_is_complete_after_three_readings() {
    let files = file("a.xml", export(&post(1, "")).as_bytes());
    let told = Cell::new(0);
    let tell = |bytes: u64| told.set(bytes);
    read_with(&files, Options { progress: Some(&tell), ..Options::default() }).unwrap();
    assert_eq!(told.get(), PASSES * files.0["a.xml"].len() as u64);
}

/// A small export with a bit of everything.
fn small() -> Vec<u8> {
    let items: String = (1..4).map(|n| post(n, &meta("k", "v]]> x"))).collect();
    export(&format!(
        "<!-- a --><wp:tag><wp:tag_slug>t</wp:tag_slug></wp:tag>{items}{}",
        media(9, 1)
    ))
    .into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(told) = read_file(&bytes) {
            prop_assert!(told.pieces.len() <= bytes.len());
        }
    }

    #[test]
    fn what_stands_in_a_text_neither_makes_nor_costs_an_item(
        texts in proptest::collection::vec(
            "(<item>|</item> x|<title>|</script>|\\]\\]>x|<!\\[CDATA\\[|<!--|-->|&|<|>|[a-z \n])*", 1..6),
        is_split in any::<bool>(),
    ) {
        let items = texts.iter().enumerate().map(|(n, text)| {
            let text = if is_split { text.replace("]]>", "]]]]><![CDATA[>") } else { text.clone() };
            post(n as u64 + 1, "").replace(&format!("Text of {}.", n + 1), &format!("{text}|"))
        });
        let told = read(&items.collect::<String>());
        prop_assert_eq!((told.pieces.len(), told.lost.len()), (texts.len(), 0));
        for (piece, text) in told.pieces.iter().zip(&texts) {
            let context = Context {
                post: 1,
                library: &Index::default(),
                footnotes: "",
                choices: &Choices::default(),
            };
            let expected = content::convert(&format!("{text}|"), &context);
            let expected = dom::text_of(&expected.nodes);
            prop_assert_eq!(body(piece).trim().to_owned(), expected.trim().to_owned());
        }
    }

    #[test]
    fn every_item_of_a_damaged_export_is_told(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), 0_u8..4, any::<u8>(), 1_usize..60), 0..6),
    ) {
        let mut bytes = small();
        for (at, change, byte, length) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            let end = (at + length).min(bytes.len());
            match change {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..end)),
                2 => bytes[at] = byte,
                _ => drop(bytes.splice(at..at, b"]]><![CDATA[<item></item>&<"[..length.min(27)].iter().copied())),
            }
        }
        if let Ok(told) = read_file(&bytes) {
            let all = told.pieces.len() + told.skipped.len() + told.lost.len();
            prop_assert_eq!(all as u64, count_items(&mut bytes.as_slice()), "{}", String::from_utf8_lossy(&bytes));
        }
    }
}
