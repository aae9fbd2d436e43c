//! What `config.toml` and front matter may say, and what is refused.

use crate::site::{CONFIG, Site};

/// A site with one article and further lines in its settings.
fn site(lines: &str) -> Site {
    Site::new().file("config.toml", &format!("{CONFIG}\n{lines}")).article(
        "a.md",
        "2019-03-04",
        "",
    )
}

#[test]
fn the_publisher_has_an_address_on_the_web_and_one_for_letters() {
    site("[publisher]\nurl = \"HTTPS://example.org\"\nemail = \"desk@example.org\"\n")
        .build()
        .done();
    for url in ["javascript:alert(1)", "//example.org", "example.org", "https://a b"] {
        site(&format!("[publisher]\nurl = \"{url}\"\n"))
            .build()
            .fails_with("error[bad-value]")
            .says("is not an address on the web")
            .says("config.toml:");
    }
    for email in ["desk", "@example.org", "desk@", "the desk@example.org", "<a@b>"] {
        site(&format!("[publisher]\nemail = \"{email}\"\n"))
            .build()
            .fails_with("error[bad-value]")
            .says("is not an e-mail address");
    }
}

#[test]
fn titles_of_a_taxonomy_are_in_languages_of_the_site() {
    let lines = "[taxonomies.topics.titles]\nen = \"Topics\"\n";
    site(lines).build().done();
    site(&format!("{lines}EN = \"Topics\"\n"))
        .build()
        .fails_with("error[unknown-key]: `titles` has no key `EN`")
        .says("write `en`, if that is what you mean");
    site(&format!("{lines}es = \"Temas\"\n"))
        .build()
        .fails_with("error[unknown-key]: `titles` has no key `es`")
        .says("use one of `en`");
}

/// A site whose settings begin with these lines.
fn languages(lines: &str) -> Site {
    Site::new().file("config.toml", &format!("{lines}{CONFIG}")).article(
        "a.md",
        "2019-03-04",
        "",
    )
}

#[test]
fn languages_are_compared_as_tags_and_named_once() {
    languages("language = \"ES\"\nlanguages = [\"es\", \"EN-us\"]\n")
        .build()
        .done()
        .writes("2019/03/04/a/index.html", "lang=\"es\"");
    languages("languages = [\"en\", \"es\", \"ES\"]\n")
        .build()
        .fails_with("error[bad-value]: `languages` names `es` twice")
        .says("config.toml:1:26");
    languages("language = \"es\"\nlanguages = [\"en\"]\n")
        .build()
        .fails_with("does not name the default language `es`");
    let list = |n: u8| {
        let tag = |n: u8| {
            format!("\"a{}{}\"", char::from(b'a' + n / 26), char::from(b'a' + n % 26))
        };
        (0..n).map(tag).collect::<Vec<_>>().join(", ")
    };
    languages(&format!("language = \"aa\"\nlanguages = [{}]\n", list(64))).build().done();
    languages(&format!("language = \"aa\"\nlanguages = [{}]\n", list(66)))
        .build()
        .fails_with("error[bad-value]: `languages` names more than 64")
        .says("1 error;");
}
