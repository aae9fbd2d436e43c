//! Which generator a folder is for.

use super::*;
use crate::import::folders::Generator;

#[test]
fn a_folder_tells_its_generator() {
    for (files, expected) in [
        (vec![("hugo.toml", "")], Generator::Hugo),
        (
            vec![
                ("config.toml", "baseURL = 'https://example.org'"),
                ("content/a.md", ""),
            ],
            Generator::Hugo,
        ),
        (vec![("config/_default/hugo.yaml", "")], Generator::Hugo),
        (
            vec![
                ("config.toml", "base_url = 'https://example.org'"),
                ("content/a.md", ""),
            ],
            Generator::Zola,
        ),
        (vec![("zola.toml", "")], Generator::Zola),
        (vec![("_config.yml", ""), ("_posts/2019-10-11-a.md", "")], Generator::Jekyll),
        (vec![("_posts/2019-10-11-a.md", "")], Generator::Jekyll),
        (vec![("_config.yml", ""), ("index.md", "")], Generator::Jekyll),
        (vec![("_config.yml", ""), ("source/_posts/a.md", "")], Generator::Hexo),
        (vec![(".eleventy.js", "")], Generator::Eleventy),
        (vec![("eleventy.config.mjs", "")], Generator::Eleventy),
        (
            vec![("package.json", "{\"devDependencies\": {\"@11ty/eleventy\": \"3\"}}")],
            Generator::Eleventy,
        ),
        (vec![("pelicanconf.py", "")], Generator::Pelican),
        (vec![("conf.py", "BLOG_TITLE = 'X'")], Generator::Nikola),
    ] {
        assert_eq!(open(&files).generator(), expected, "{files:?}");
    }
}

#[test]
fn a_folder_that_does_not_tell_is_refused_with_a_hint() {
    for (files, message) in [
        (vec![("a.md", "x")], "nothing says which generator the folder is for"),
        (
            vec![("conf.py", "project = 'Sphinx'")],
            "nothing says which generator the folder is for",
        ),
        (vec![], "nothing says which generator the folder is for"),
        (
            vec![("pelicanconf.py", ""), (".eleventy.js", "")],
            "the folder may be for Eleventy (.eleventy.js is there) or Pelican (pelicanconf.py is there)",
        ),
    ] {
        let refused =
            FolderSource::new("site", Box::new(memory(&files)), options()).err().unwrap();
        assert_eq!(refused.message, message);
        assert!(refused.hint.contains("--from"));
    }
}

#[test]
fn a_caller_may_say_the_generator_and_the_address() {
    let files = memory(&[
        ("content/posts/a.md", "---\ntitle: A\n---\n[b](b.md)"),
        ("content/posts/b.md", "---\ntitle: B\n---\n"),
    ]);
    for (address, whole) in [
        (Some("https://example.org/x"), "https://example.org/x/posts/b/"),
        (None, "source:///content/posts/b.md"),
    ] {
        let options = Options {
            from: Generator::named("hugo"),
            address: address.map(str::to_owned),
            ..options()
        };
        let mut source =
            FolderSource::new("site", Box::new(files.clone()), options).unwrap();
        let Some(Item::Piece(piece)) = items(&mut source).into_iter().next() else {
            panic!()
        };
        assert_eq!(text(&piece), format!("[b]({whole})"));
        let mut outlines = Vec::new();
        source.survey(&mut |outline| outlines.push(outline)).unwrap();
        assert!(
            outlines[1].addresses.contains(&whole.to_owned()),
            "{:?}",
            outlines[1].addresses
        );
    }
}

#[test]
fn every_generator_has_a_name_that_is_read_back() {
    for own in super::super::generator::ALL {
        assert_eq!(Generator::named(&own.name().to_uppercase()), Some(own));
    }
    assert_eq!(Generator::named("Gatsby"), None);
}

#[test]
fn the_folder_has_notes_on_what_was_found() {
    let source = open(&[
        (
            "_config.yml",
            "url: https://example.org\nbaseurl: /b\ntimezone: Europe/Berlin\n",
        ),
        ("_posts/2019-10-11-a.md", ""),
    ]);
    let told: Vec<_> = source.notes().iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        told,
        [
            "read as a folder of Jekyll: _posts/ is there",
            "dates without an offset are of the zone Europe/Berlin",
            "the site stood at https://example.org/b/",
        ]
    );
}
