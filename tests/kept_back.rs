//! What is withdrawn, restricted, private or not ready is nowhere in the output.

use crate::site::{Ran, Site, tree};

/// Settings of two languages with everything that a site can write.
const CONFIG: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n\
    language = \"en\"\nlanguages = [\"en\", \"es\"]\n";

/// A site in two languages.
fn site() -> Site {
    Site::empty().file("config.toml", CONFIG)
}

/// Demands that no file of the output holds a word, nor its path.
#[track_caller]
fn nowhere(ran: &Ran, word: &str) {
    for (path, bytes) in tree(&ran.public) {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(word), "`{word}` is in {path}");
        assert!(!path.contains(word), "`{word}` is in the path {path}");
    }
}

/// An article in English and its translation, each with more keys.
fn pair(english: &str, spanish: &str) -> Site {
    let text = |title: &str, more: &str, body: &str| {
        format!("+++\ntitle = \"{title}\"\n{more}+++\n\n{body}\n")
    };
    let english = format!("date = 2019-03-04\ntags = [\"march\"]\n{english}");
    site()
        .file("content/walk.md", &text("English headline", &english, "English words."))
        .file(
            "content/walk.es.md",
            &text("Titular español", spanish, "Vocablos españoles."),
        )
}

#[test]
fn a_withdrawn_translation_leaves_the_original_on_every_list() {
    let status = "status = { state = \"withdrawn\" }\ntags = [\"secreto\"]\n";
    let ran = pair("", status).build().done();
    nowhere(&ran, "Titular");
    nowhere(&ran, "Vocablos");
    nowhere(&ran, "secreto");
    let ran = ran.writes("es/index.html", "English headline");
    assert!(!ran.text("sitemap.xml").contains("/es/2019/03/04/walk/"));
    assert!(ran.text("es/2019/03/04/walk/index.html").contains("noindex"));
}

#[test]
fn a_translation_cannot_show_what_the_original_holds_back() {
    let own = "status = { state = \"noindex\" }\n";
    for original in ["withdrawn", "restricted"] {
        let english = format!("status = {{ state = \"{original}\" }}\n");
        nowhere(&pair(&english, own).build().done(), "Vocablos");
    }
    let ran = pair("draft = true\n", "").build().done().says("2 drafts");
    nowhere(&ran, "Titular");
}

#[test]
fn a_translation_of_a_draft_page_is_a_draft() {
    let page = |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n");
    let ran = site()
        .file("content/pages/about.md", &page("Secret", "draft = true\n"))
        .file("content/pages/about.es.md", &page("Secreto", ""))
        .build()
        .done();
    nowhere(&ran, "Secret");
    assert!(!ran.public.join("es/about").exists());
}

#[test]
fn a_restricted_article_shows_title_and_summary_only() {
    let concealed = "kicker = \"concealed kicker\"\ndeck = \"concealed deck\"\n\
        byline = [\"Concealed Author\"]\ncredit = \"concealed credit\"\n\
        content_notes = [\"concealed note\"]\noriginal_url = \"https://example.com/concealed\"\n\
        archived = [\"https://example.com/concealed\"]\ndateline = \"CONCEALED PLACE\"\n\
        corrections = [{ date = 2020-01-01, kind = \"update\", text = \"concealed text\" }]\n\
        provenance = { method = \"concealed method\" }\nextra = { key = \"concealed extra\" }\n\
        status = { state = \"restricted\" }\n";
    let text = |more: &str| {
        format!(
            "+++\ntitle = \"Shown\"\ndate = 2019-03-04\n{concealed}{more}+++\n\n## Concealed\n\nThe concealed words.\n"
        )
    };
    let ran = site()
        .file("content/a.md", &text("summary = \"A summary.\"\n"))
        .build()
        .done()
        .writes("2019/03/04/a/index.html", "A summary.")
        .writes("index.html", "Shown");
    for word in ["concealed ", "CONCEALED", "com/concealed"] {
        nowhere(&ran, word);
    }
    let ran = site().file("content/a.md", &text("")).build().done();
    nowhere(&ran, "concealed words");
    site()
        .file("content/a.md", &text(""))
        .article("b.md", "2019-03-05", "")
        .file("content/c.md", "+++\ntitle = \"C\"\n+++\n\n[x](a.md#concealed)\n")
        .build()
        .fails_with("error[broken-anchor]");
}

#[test]
fn a_private_person_is_called_as_the_article_calls_them() {
    let record = "+++\nname = \"Legal Name\"\naliases = [\"Pen Name\"]\nvisibility = \"private\"\n+++\n\nKnown facts.\n";
    let names = "people = [\"Pen Name\"]\nbyline = [\"Pen Name\"]\n";
    let ran = site()
        .file("content/people/legal-name.md", record)
        .article("a.md", "2019-03-04", names)
        .build()
        .done()
        .writes("2019/03/04/a/index.html", "Pen Name");
    nowhere(&ran, "Legal Name");
    nowhere(&ran, "legal-name");
    nowhere(&ran, "Known facts");
    let record = record.replace("visibility", "redirects = [\"/old/\"]\nvisibility");
    site()
        .file("content/people/legal-name.md", &record)
        .build()
        .fails_with("error[bad-value]")
        .says("lead nowhere");
}

#[test]
fn a_register_that_cannot_be_read_is_an_error() {
    let site = site().article("a.md", "2019-03-04", "redirects = [\"/old/\"]\n");
    std::os::unix::fs::symlink("nowhere", site.path("register.txt")).unwrap();
    site.build().fails_with("error[unreadable]").says("register.txt");
    site.remove("register.txt");
    site.write("register.txt", b"/old/\n");
    site.build().done();
    let config = format!("{CONFIG}[outputs]\nredirects = false\n");
    site.write("config.toml", config.as_bytes());
    site.build().fails_with("error[register-lost]");
}

#[test]
fn records_of_two_taxonomies_are_never_one() {
    site()
        .file("content/tags/t.md", "+++\nname = \"Tag\"\n+++\n")
        .file(
            "content/people/p.md",
            "+++\nname = \"P\"\nlanguage = \"es\"\ntranslation_of = \"../tags/t.md\"\n+++\n",
        )
        .build()
        .fails_with("error[broken-link]");
}

#[test]
fn what_is_not_translated_says_its_language() {
    let ran = site()
        .file("content/tags/march.md", "+++\nname = \"March\"\n+++\n\nIt's \"March\". ![](https://example.com/a.png)\n")
        .file("content/pages/index.md", "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n")
        .build()
        .done()
        .says("1 warning,")
        .writes("es/tags/march/index.html", "<div class=\"text\" lang=\"en\">\n<p>It’s “March”.")
        .writes("es/index.html", "<div class=\"text\" lang=\"en\">\n<p>Welcome.");
    assert!(
        ran.text("tags/march/index.html")
            .contains("<div class=\"text\">\n<p>It’s “March”.")
    );
}

#[test]
fn a_record_has_its_names_in_every_language() {
    let record = "+++\nname = \"Alliance\"\naliases = [\"GLAHR\", \"Alianza\"]\nformer_names = [{ name = \"Old Name\" }]\n+++\n";
    site()
        .file("content/organizations/glahr.md", record)
        .file("content/organizations/glahr.es.md", "+++\nname = \"Alianza\"\n+++\n")
        .article("a.md", "2019-03-04", "byline = [\"GLAHR\"]\n")
        .build()
        .done()
        .writes("es/organizations/glahr/index.html", "<dd>GLAHR</dd>")
        .writes("es/organizations/glahr/index.html", "Old Name")
        .writes("es/bylines/glahr/index.html", "<h1>Alianza</h1>")
        .writes("bylines/glahr/index.html", "<h1>Alliance</h1>")
        .writes("organizations/glahr/index.html", "<dd>GLAHR, Alianza</dd>");
}

#[test]
fn no_heading_takes_an_id_of_the_theme() {
    let words = "## Content\n\n## Contents\n\n## pm-content\n\n## Content notes\n\n## About this article\n";
    let text = format!("+++\ntitle = \"A\"\ncontent_notes = [\"x\"]\n+++\n\n{words}");
    let page =
        site().file("content/a.md", &text).build().done().text("undated/a/index.html");
    let mut ids: Vec<_> = page
        .split(" id=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let n = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n, "{ids:?}");
}

#[test]
fn what_is_switched_off_is_not_linked() {
    let config = format!("{CONFIG}[outputs]\ntheme_files = false\ncorrections = false\n");
    let corrected = "corrections = [{ date = 2020-01-01, kind = \"update\", text = \"Mended.\" }]\nredirects = [\"/old/\"]\n";
    let ran = Site::empty()
        .file("config.toml", &config)
        .article("a.md", "2019-03-04", corrected)
        .file("content/pages/corrections.md", "+++\ntitle = \"C\"\n+++\n")
        .build()
        .done();
    nowhere(&ran, "style.css");
    assert!(!ran.text("corrections/index.html").contains("Mended"));
    assert!(ran.text("2019/03/04/a/index.html").contains("Mended"));
}

#[test]
fn a_page_needs_a_name_for_its_address() {
    for path in ["content/pages/!!!.md", "content/pages/!!/sub.md"] {
        site()
            .file(path, "+++\ntitle = \"A\"\n+++\n")
            .build()
            .fails_with("error[slug-empty]");
    }
}

#[test]
fn the_notice_of_a_withdrawn_article_tells_machines_nothing() {
    let gone = "status = { state = \"withdrawn\" }\n";
    let config = format!("{CONFIG}permalink = \"/{{slug}}/\"\n");
    let site = Site::empty()
        .file("config.toml", &config)
        .article("gone.md", "2019-03-04", gone)
        .article("other.md", "2019-03-05", "");
    let ran = site.build().done();
    let notice = ran.text("gone/index.html");
    for words in ["2019", "March", "newspaperArticle"] {
        assert!(!notice.contains(words), "{words} in {notice}");
    }
    // Nor does it change with what else is published on its day.
    let site = site.article("more.md", "2019-03-04", "");
    assert_eq!(site.build().done().text("gone/index.html"), notice);
    assert_eq!(site.build_with(&["--clean"]).done().text("gone/index.html"), notice);
}

#[test]
fn what_is_kept_back_has_no_trace_in_the_search_index() {
    let article = |title: &str, more: &str| {
        format!(
            "+++\ntitle = \"{title}title\"\ndate = 2019-03-04\nbyline = [\"{title}author\"]\n\
             tags = [\"{title}tag\"]\ndeck = \"{title}deck\"\n{more}+++\n\nThe {title}body.\n"
        )
    };
    let person = "+++\nname = \"Legalname\"\naliases = [\"Penname\", \"Othername\"]\nvisibility = \"private\"\n+++\n";
    let status = |state: &str| format!("status = {{ state = \"{state}\" }}\n");
    let ran = site()
        .file("content/people/legal-name.md", person)
        .file("content/open.md", &article("open", "people = [\"Penname\"]\n"))
        .file("content/draft.md", &article("draft", "draft = true\n"))
        .file("content/later.md", &article("later", "embargo = 2999-01-01\n"))
        .file("content/gone.md", &article("gone", &status("withdrawn")))
        .file("content/quiet.md", &article("quiet", &status("noindex")))
        .file("content/partly.md", &article("partly", &status("restricted")))
        .build()
        .done();
    let files =
        tree(&ran.public).into_iter().filter(|(path, _)| path.starts_with("search/"));
    let index: Vec<_> = files.filter(|(path, _)| path.ends_with(".js")).collect();
    assert!(index.len() > 8, "{} files", index.len());
    let has = |word: &str| {
        let is_in =
            |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains(word);
        index.iter().any(|(path, bytes)| path.contains(word) || is_in(bytes))
    };
    for word in
        ["opentitle", "openauthor", "opentag", "opendeck", "openbody", "partlytitle"]
    {
        assert!(has(word), "{word}");
    }
    for word in ["draft", "later", "gone", "quiet", "legalname", "othername", "penname"] {
        assert!(!has(word), "{word}");
    }
    for word in ["partlyauthor", "partlytag", "partlydeck", "partlybody"] {
        assert!(!has(word), "{word}");
    }
}
