//! The theme and a site's own templates, and what the documentation says of
//! them.

#![expect(clippy::disallowed_methods, reason = "the tests read the documentation")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::site::{CONFIG, Site};

/// The documentation of templates.
fn documentation() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/templates.md"))
        .unwrap()
}

/// A site with a page for every template.
fn rich_site() -> Site {
    let config = CONFIG.replace("not_found = false\n", "");
    let site = Site::empty().file(
        "config.toml",
        &format!("rights = \"https://creativecommons.org/licenses/by/4.0/\"\n{config}\n[pagination]\nper_page = 1\n"),
    );
    let facts = "tags = [\"march\"]\nplaces = [\"Atlanta\"]\nredirects = [\"/old/\"]\nbyline = [\"Ana Reyes\"]\n";
    site.article("a.md", "2019-03-04", facts)
        .article("b.md", "2019-03-05", "tags = [\"march\"]\n")
        .article(
            "c.md",
            "2019-03-06",
            "status = { state = \"withdrawn\", reason = \"By request.\" }\n",
        )
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nWords.\n")
        .file(
            "content/places/atlanta.md",
            "+++\nname = \"Atlanta\"\nlatitude = 33.7\nlongitude = -84.4\npart_of = \"Georgia\"\n+++\n",
        )
        .file("content/places/georgia.md", "+++\nname = \"Georgia\"\n+++\n")
        .file("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n")
}

/// The examples of the documentation: the template, whether it is a whole one,
/// and the text.
fn examples() -> Vec<(String, bool, String)> {
    let text = documentation();
    text.split("\n```jinja ")
        .skip(1)
        .map(|block| {
            let (head, rest) = block.split_once('\n').unwrap();
            let body = rest.split("\n```").next().unwrap().to_owned();
            let (name, kind) = head.split_once(' ').unwrap_or((head, ""));
            (name.to_owned(), kind == "whole", body)
        })
        .collect()
}

#[test]
fn every_example_of_the_documentation_can_be_rendered() {
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let examples = examples();
    assert!(examples.len() > 12, "{} examples", examples.len());
    for (n, (template, is_whole, text)) in examples.iter().enumerate() {
        if *is_whole || template.starts_with("parts/") {
            let ran = rich_site().file(&format!("templates/{template}"), text).build();
            assert_eq!(ran.code, Some(0), "{text}\n{}", ran.stderr);
            continue;
        }
        let marked = format!("[[{n}:{text}:{n}]]\n");
        parts.entry(template.clone()).or_default().push_str(&marked);
    }
    let mut site = rich_site();
    for (template, text) in &parts {
        let text = format!(
            "{{% extends \"base.html\" %}}{{% block main %}}<h1>x</h1>{text}{{% endblock main %}}"
        );
        site = site.file(&format!("templates/{template}"), &text);
    }
    let ran = site.build().done();
    let pages: Vec<_> = ran.files().iter().map(|file| ran.text(file)).collect();
    for (n, (template, is_whole, text)) in examples.iter().enumerate() {
        if *is_whole || template.starts_with("parts/") {
            continue;
        }
        let between = |page: &String| {
            let rest = page.split(&format!("[[{n}:")).nth(1)?;
            Some(rest.split(&format!(":{n}]]")).next()?.trim().to_owned())
        };
        let made: Vec<_> = pages.iter().filter_map(between).collect();
        assert!(
            made.iter().any(|made| !made.is_empty()),
            "{template} makes nothing of {text}"
        );
    }
}

#[test]
fn every_filter_and_test_does_what_the_documentation_says() {
    let text = documentation();
    let rows: Vec<_> = text
        .lines()
        .filter(|line| line.contains("{{") || line.contains("{%"))
        .filter_map(|line| line.strip_prefix("| `"))
        .filter_map(|line| {
            let line = line.replace("\\|", "|");
            let (name, rest) = line.split_once("` | `")?;
            let (example, result) = rest.rsplit_once("` | `")?;
            let result = result.strip_suffix("` |")?;
            Some((name.to_owned(), example.replace("\\n", "\n"), result.to_owned()))
        })
        .collect();
    assert!(rows.len() > 50, "{} rows", rows.len());
    let body: String = rows
        .iter()
        .enumerate()
        .map(|(n, (_, example, _))| format!("[[{n}:{example}:{n}]]\n"))
        .collect();
    let template = format!(
        "{{% extends \"base.html\" %}}{{% block main %}}{body}{{% endblock main %}}"
    );
    let ran = rich_site().file("templates/not-found.html", &template).build().done();
    let page = ran.text("404.html");
    for (n, (name, example, result)) in rows.iter().enumerate() {
        let rest = page.split(&format!("[[{n}:")).nth(1).unwrap();
        let made = rest.split(&format!(":{n}]]")).next().unwrap();
        assert_eq!(made, result, "{name}: {example}");
    }
}

/// A table of fields of the documentation: the name or the anchor of its
/// heading, and its rows as field and type.
fn field_tables() -> BTreeMap<String, Vec<(String, String)>> {
    let text = documentation();
    let part = text.split("## Variables").nth(1).unwrap();
    let part = part.split("## Examples").next().unwrap();
    part.split("\n### ")
        .skip(1)
        .map(|table| {
            let heading = table.lines().next().unwrap();
            let name = heading.trim_matches('`').to_lowercase().replace(' ', "-");
            let rows = table.lines().filter_map(|line| line.strip_prefix("| `"));
            let rows = rows.filter_map(|row| {
                let (field, rest) = row.split_once("` | ")?;
                Some((field.to_owned(), rest.split(" | ").next()?.to_owned()))
            });
            (name, rows.collect())
        })
        .collect()
}

/// A template that names every field below an expression, down to the fields of
/// what it holds, and marks each that is there.
fn probe(
    tables: &BTreeMap<String, Vec<(String, String)>>,
    (expression, table): (&str, &str),
    depth: usize,
    out: &mut String,
) {
    for (field, kind) in &tables[table] {
        let path = format!("{expression}.{field}");
        *out +=
            &format!("{{% if {path} is defined %}}<i>{table}.{field}</i>{{% endif %}}");
        let inner = kind.split("](#").nth(1).and_then(|rest| rest.split(')').next());
        let Some(inner) = inner.filter(|_| depth < 3) else { continue };
        if kind.starts_with("list of") {
            let item = format!("item{depth}");
            *out += &format!("{{% for {item} in {path} %}}");
            probe(tables, (&item, inner), depth + 1, out);
            *out += "{% endfor %}";
        } else {
            *out += &format!("{{% if {path} %}}");
            probe(tables, (&path, inner), depth + 1, out);
            *out += "{% endif %}";
        }
    }
}

#[test]
fn every_field_that_is_documented_is_there() {
    let tables = field_tables();
    assert!(tables.len() > 25, "{} tables", tables.len());
    let mut site = full_site();
    for (variable, template) in [
        ("site", "parts/footer.html"),
        ("page", "parts/header.html"),
        ("head", "not-found.html"),
        ("article", "article.html"),
        ("notice", "withdrawn.html"),
        ("standalone", "page.html"),
        ("list", "list.html"),
        ("home", "home.html"),
        ("browse", "browse.html"),
        ("years", "years.html"),
        ("search", "search.html"),
        ("statistics", "statistics.html"),
        ("titles", "titles.html"),
        ("period", "period.html"),
        ("term", "term.html"),
        ("taxonomy", "taxonomy.html"),
        ("redirect", "redirect.html"),
    ] {
        let mut body = String::new();
        probe(&tables, (variable, variable), 0, &mut body);
        let text = if template.starts_with("parts/") || variable == "redirect" {
            body
        } else {
            format!(
                "{{% extends \"base.html\" %}}{{% block main %}}{body}{{% endblock main %}}"
            )
        };
        site = site.file(&format!("templates/{template}"), &text);
    }
    let ran = site.build().done();
    let pages: String = ran.files().iter().map(|file| ran.text(file)).collect();
    for (table, rows) in &tables {
        for (field, _) in rows {
            let mark = format!("<i>{table}.{field}</i>");
            assert!(pages.contains(&mark), "no page has `{field}` of `{table}`");
        }
    }
}

/// A site that has something to say in every field of a view.
fn full_site() -> Site {
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\n\
        language = \"en\"\nlanguages = [\"en\", \"es\"]\n\
        rights = \"https://creativecommons.org/licenses/by/4.0/\"\n\
        [pagination]\nper_page = 1\n[theme]\ntable_of_contents = 1\n";
    let article = "+++\ntitle = \"A\"\ndate = 2019-03-04\nupdated = 2019-03-05\n\
        byline = [\"Ana\"]\ndateline_place = \"Atlanta\"\ndateline_date = 2019-03-04\n\
        tags = [\"march\"]\nplaces = [\"Atlanta\"]\nredirects = [\"/old/\"]\n\
        corrections = [{ date = 2019-04-01, kind = \"update\", text = \"T.\" }]\n\
        image = { src = \"photo.png\", alt = \"A photo\" }\n\
        status = { state = \"noindex\", date = 2019-05-01 }\n\
        [provenance]\nmethod = \"typed\"\n+++\n\n## A heading\n\nWords.\n";
    let listed = article.replace("state = \"noindex\"", "state = \"restricted\"");
    // So many names that the index is divided by letters.
    let many: Vec<_> =
        (0..501).map(|n| format!("\"{}{n}\"", ["a", "b"][n % 2])).collect();
    Site::empty()
        .file("config.toml", config)
        .file("content/2019/shown/index.md", &listed.replace("/old/", "/older/"))
        .file("content/2019/shown/index.es.md", "+++\ntitle = \"A en español\"\n+++\n")
        .file("content/2019/shown/photo.png", "x")
        .file("content/2019/hidden/index.md", article)
        .file("content/2019/hidden/photo.png", "x")
        .file(
            "content/2019/plain/index.md",
            &article.replace("/old/", "/oldest/").replace("status =", "extra ="),
        )
        .file("content/2019/plain/photo.png", "x")
        .article("before.md", "2018-03-04", "tags = [\"march\"]\n")
        .article("january.md", "2018-01-31", "organizations = [\"One\", \"Two\"]\n")
        .article("later.md", "2018-02-01", "organizations = [\"One\", \"Two\"]\n")
        .article("many.md", "2018-02-02", &format!("tags = [{}]\n", many.join(", ")))
        .article("gone.md", "2019-03-06", "status = { state = \"withdrawn\", date = 2020-01-01 }\n")
        .file(
            "content/pages/corrections.md",
            "+++\ntitle = \"C\"\nupdated = 2019-01-01\n+++\n\n## A heading\n",
        )
        .file(
            "content/places/atlanta.md",
            "+++\nname = \"Atlanta\"\nlatitude = 33.7\nlongitude = -84.4\npart_of = \"Georgia\"\nfounded = \"1837\"\n\
             dissolved = \"2999\"\nformer_names = [{ name = \"Terminus\", until = \"1843\" }]\n+++\n",
        )
        .file("content/places/georgia.md", "+++\nname = \"Georgia\"\n+++\n")
}

#[test]
fn every_template_and_every_field_is_documented() {
    let text = documentation();
    for name in pressmark::theme::template_names() {
        assert!(text.contains(&format!("| `{name}` |")), "{name} is not documented");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut n_fields = 0;
    for file in [
        "view.rs",
        "view/article.rs",
        "view/calendar.rs",
        "view/chart.rs",
        "view/head.rs",
        "view/list.rs",
        "view/map.rs",
        "view/overview.rs",
        "view/overview/search.rs",
        "view/overview/statistics.rs",
        "view/related.rs",
        "view/site.rs",
        "view/standalone.rs",
        "view/term.rs",
    ] {
        let source = fs::read_to_string(folder.join(file)).unwrap();
        for part in source.split("Serialize)]\npub struct ").skip(1) {
            let part = part.split("\n}").next().unwrap();
            for field in part.lines().filter_map(|line| line.trim().strip_prefix("pub "))
            {
                let name = field.split(':').next().unwrap();
                assert!(text.contains(&format!("\n| `{name}` |")), "{file}: {name}");
                n_fields += 1;
            }
        }
    }
    assert!(n_fields > 100, "{n_fields} fields");
}

#[test]
fn a_fault_in_a_template_is_shown_with_its_line() {
    rich_site()
        .file(
            "templates/article.html",
            "<p>one</p>\n<p>{{ article.title | nosuch }}</p>\n",
        )
        .build()
        .fails_with("error[template-fault]")
        .says("templates/article.html:2:");
    rich_site()
        .file("templates/article.html", "<p>\n{% if %}\n")
        .build()
        .fails_with("error[template-fault]")
        .says("templates/article.html:2:");
    rich_site()
        .file("templates/page.html", "<p>\n\n{{ standalone.titel }}\n")
        .build()
        .fails_with("error[template-fault]")
        .says("templates/page.html:3:")
        .says("titel");
}

#[test]
fn an_asset_that_the_site_does_not_have_is_a_fault() {
    let footer = "<footer>{{ asset(path=\"/nope.css\") }}</footer>";
    rich_site()
        .file("templates/parts/footer.html", footer)
        .build()
        .fails_with("error[template-fault]")
        .says("`/nope.css`");
}

#[test]
fn a_site_overrides_single_files() {
    let site = rich_site()
        .file(
            "templates/parts/footer.html",
            "<footer>{{ t(key=\"motto\") }} {{ t(key=\"latest\") }}</footer>",
        )
        .file(
            "templates/languages/en.ftl",
            "motto = Kept for good\nlatest = Newest first\n",
        );
    site.build()
        .done()
        .writes("about/index.html", "<footer>Kept for good Newest first</footer>")
        .writes("about/index.html", "<h1>About</h1>");
}

#[test]
fn a_fault_in_a_file_of_words_is_shown_with_its_line() {
    rich_site()
        .file("templates/languages/en.ftl", "motto = Kept\nlatest =\n")
        .build()
        .fails_with("templates/languages/en.ftl:2:");
}

#[test]
fn what_a_name_holds_is_never_taken_for_html() {
    let name = "<script>alert(1)</script> & \\\"Co\\\"";
    let site = Site::new().article(
        "a.md",
        "2019-03-04",
        &format!("tags = [\"{name}\"]\nbyline = [\"{name}\"]\nkicker = \"{name}\"\n"),
    );
    let ran = site.build().done();
    for file in ran.files() {
        // What the theme tells machines is no script, and cannot end early.
        let data = "<script type=\"application/ld+json\">{";
        let text = ran.text(&file).replace(data, "").replace("}</script>", "");
        assert!(!text.contains("<script") && !text.contains("</script"), "{file}");
    }
}

#[test]
fn a_file_that_nothing_uses_is_named() {
    let site = Site::new()
        .article("a.md", "2019-03-04", "")
        .file("templates/parts/footer.html", "{% include 'parts/mine.html' %}")
        .file("templates/parts/mine.html", "<footer>Mine</footer>")
        .file("templates/languages/en.ftl", "home = Start\n");
    site.build()
        .done()
        .says("no warnings")
        .writes("2019/03/04/a/index.html", "<footer>Mine</footer>");
    for (file, text, hint) in [
        (
            "artcle.html",
            "x",
            "rename it `templates/article.html`, if that is what you mean",
        ),
        ("mine.html", "{# mine.html #}", "name it after a template of the theme"),
        ("self.html", "{# \"self.html\" #}", "name it after a template of the theme"),
        ("article.htm", "{{", "rename it `templates/article.html`"),
        ("notes.txt", "{{", "end its name in `.html`"),
        ("languages/es.ftl", "home = Inicio\n", "add its language to `languages`"),
        ("languages/EN.ftl", "home = Start\n", "rename it `templates/languages/en.ftl`"),
        ("languages/notes.txt", "x", "add its language to `languages`"),
    ] {
        let path = format!("templates/{file}");
        site.write(&path, text.as_bytes());
        site.build()
            .done()
            .says("warning[unused-template]: nothing uses this file")
            .says(&format!("--> {path}"))
            .says(hint)
            .says("1 warning,");
        site.remove(&path);
    }
}
