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
    languages(&format!("language = \"aaa\"\nlanguages = [{}]\n", list(64)))
        .build()
        .done();
    languages(&format!("language = \"aaa\"\nlanguages = [{}]\n", list(66)))
        .build()
        .fails_with("error[bad-value]: `languages` names more than 64")
        .says("1 error;");
}

#[test]
fn extra_is_a_table_wherever_it_stands() {
    let text = |key: &str| format!("+++\n{key} = \"About\"\nextra = 5\n+++\n");
    let fails = |site: Site| {
        site.build().fails_with("error[wrong-type]: `extra` wants a table, not a number");
    };
    fails(site("").file("content/a.md", &text("title")));
    fails(site("").file("content/pages/about.md", &text("title")));
    fails(site("").file("content/places/about.md", &text("name")));
    fails(languages("extra = 5\n"));
}

#[test]
fn an_embargo_is_known_to_the_day() {
    let with = |date: &str| {
        Site::new().article("a.md", "2019-03-04", &format!("embargo = {date}\n"))
    };
    for date in ["2027-01-02", "\"2027-01-02\"", "2027-01-02T09:00:00Z"] {
        with(date).build().done().says("1 embargoed piece");
    }
    for (date, words) in [
        ("\"2027?\"", "`2027?` is only a year"),
        ("\"2027\"", "`2027` is only a year"),
        ("\"2027-03\"", "`2027-03` is only a month"),
        ("\"2027-03-04~\"", "`2027-03-04~` has a mark of doubt"),
    ] {
        with(date)
            .build()
            .fails_with(&format!("error[bad-date]: {words}"))
            .says("content/a.md:4:11")
            .says("hint: write `embargo = 2026-01-31`");
    }
}

#[test]
fn the_words_of_the_home_page_need_no_title() {
    let site = languages("languages = [\"en\", \"es\"]\n")
        .file("content/pages/index.md", "+++\n+++\n\nWelcome.\n")
        .file("content/pages/index.es.md", "+++\n+++\n\nBienvenidos.\n");
    site.build()
        .done()
        .writes("index.html", "Welcome.")
        .writes("index.html", "<title>Test Archive</title>")
        .writes("es/index.html", "Bienvenidos.");
    site.remove("content/pages/index.md");
    site.build().done().writes("es/index.html", "Bienvenidos.");
    site.file("content/pages/us/index.md", "+++\n+++\n")
        .build()
        .fails_with("error[missing-key]")
        .says("content/pages/us/index.md");
}
