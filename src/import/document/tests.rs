//! Documents that are made here, and the blocks that are read of them.

use std::io::{Cursor, Write as _};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::dom::text_of;

/// An archive of some parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A `.docx` with this body.
fn docx(body: &str) -> Vec<u8> {
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let rels = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let document = format!(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    archive(&[
        ("[Content_Types].xml", types),
        ("_rels/.rels", rels),
        ("word/document.xml", &document),
    ])
}

/// An `.odt` with this text.
fn odt(text: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:fo=\"f\" xmlns:xlink=\"x\" xmlns:table=\"b\" xmlns:draw=\"d\" xmlns:svg=\"v\">\
         <office:automatic-styles><style:style style:name=\"T1\"><style:text-properties fo:font-weight=\"bold\"/></style:style>\
         <style:style style:name=\"T2\"><style:text-properties fo:font-style=\"italic\"/></style:style></office:automatic-styles>\
         <office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", &content),
    ])
}

/// A document's blocks as HTML of a kind, one a line.
fn blocks(bytes: &[u8]) -> Vec<String> {
    let format = format(bytes).expect("it is a document");
    let document = read(bytes, format).unwrap();
    for block in &document.blocks {
        let words =
            |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        assert_eq!(
            words(&block.text),
            words(&text_of(std::slice::from_ref(&block.node)))
        );
    }
    document.blocks.iter().map(|block| show(&block.node)).collect()
}

/// A node as HTML of a kind.
fn show(node: &Node) -> String {
    match node {
        Node::Text(text) => text.clone(),
        Node::Comment(_) => String::new(),
        Node::Element(own) => {
            let inner: String = own.children.iter().map(show).collect();
            let href =
                own.attribute("href").map_or(String::new(), |href| format!(" {href}"));
            format!("<{}{href}>{inner}</>", own.name)
        }
    }
}

#[test]
fn a_docx_has_paragraphs_headings_and_emphasis() {
    let body = "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr><w:r><w:t>Tenants March</w:t></w:r></w:p>\
        <w:p><w:r><w:t xml:space=\"preserve\">They </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>won</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>\
        <w:p/><w:p><w:r><w:t>One</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>two</w:t></w:r></w:p>";
    let blocks = blocks(&docx(body));
    assert_eq!(blocks.len(), 3, "{blocks:?}");
    assert!(blocks[0].contains("Tenants March"));
    assert_eq!(blocks[1], "<p>They <strong>won</>.</>");
    assert_eq!(blocks[2], "<p>One<br></>two</>");
}

#[test]
fn a_docx_keeps_its_tables() {
    let body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:r><w:t>end</w:t></w:r></w:p>";
    let blocks = blocks(&docx(body));
    assert!(
        blocks[0].starts_with("<table><tr>") && blocks[0].contains(">a</>"),
        "{blocks:?}"
    );
    assert_eq!(blocks[1], "<p>end</>");
}

#[test]
fn an_odt_has_paragraphs_headings_emphasis_and_links() {
    let text = "<text:h text:outline-level=\"2\">A &amp; B</text:h>\
        <text:p>They <text:span text:style-name=\"T1\">won</text:span>,<text:s text:c=\"2\"/>see \
        <text:a xlink:href=\"https://example.org/\">it</text:a><text:line-break/><text:span text:style-name=\"T2\">soon</text:span></text:p>\
        <text:p/>";
    assert_eq!(
        blocks(&odt(text)),
        [
            "<h2>A & B</>",
            "<p>They <strong>won</>,  see <a https://example.org/>it</><br></><em>soon</></>"
        ]
    );
}

#[test]
fn an_odt_has_lists_tables_and_notes() {
    let text = "<text:list><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner</text:p></text:list-item></text:list></text:list-item>\
        <text:list-item><text:p>two</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell></table:table-row></table:table>\
        <text:p>Text<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>the note</text:p></text:note-body></text:note>.</text:p>";
    assert_eq!(
        blocks(&odt(text)),
        [
            "<ul><li>one<ul><li>inner</></></><li>two</></>",
            "<table><tr><td>a<br></>b</></></>",
            "<p>Text<sup>1</>.</>",
            "<p><sup>1</> the note</>",
        ]
    );
}

#[test]
fn what_is_no_part_of_an_odt_is_kept_aside() {
    let text = "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
        <text:p>kept<office:annotation><text:p>a remark</text:p></office:annotation>\
        <draw:frame><draw:image/><svg:title>a march</svg:title></draw:frame></text:p>";
    let document = read(&odt(text), Format::Odt).unwrap();
    assert_eq!(document.blocks[0].text, "kept");
    assert_eq!(document.pictures, 1);
    assert_eq!(
        document.dropped,
        [
            ("deleted text", "gone".to_owned()),
            ("comments on the text", "a remark".to_owned()),
            ("words for a picture", "a march".to_owned()),
        ]
    );
}

#[test]
fn what_is_broken_is_an_error() {
    assert_eq!(format(b"PK\x03\x04"), None);
    assert_eq!(format(b"text"), None);
    let broken = archive(&[("content.xml", "<office:text><text:p>x")]);
    assert!(read(&broken, Format::Odt).unwrap_err().contains("cannot be read as .odt"));
    let other = archive(&[("content.xml", "<a/>")]);
    assert_eq!(read(&other, Format::Odt).unwrap_err(), "has no text inside");
    let broken =
        archive(&[("word/document.xml", "<w:document"), ("[Content_Types].xml", "")]);
    assert!(read(&broken, Format::Docx).is_err());
}

#[test]
fn an_odt_that_is_too_deep_becomes_flat() {
    let n = 5_000;
    let text = format!(
        "{}<text:p>deep</text:p>{}",
        "<text:section>".repeat(n),
        "</text:section>".repeat(n)
    );
    assert!(read(&odt(&text), Format::Odt).is_ok());
}
