//! What the head of a page tells reference managers and search engines, and how an
//! article is cited.

use crate::site::{Ran, Site};

/// An article that says everything which a reference manager can take.
const ARTICLE: &str = "+++\ntitle = \"La marcha & the <vote>\"\ndate = 2019-05-01T18:30:00\n\
    updated = 2019-05-03\nbyline = [\"Gabriel José García Márquez\", \"Georgia Alliance\", \"La Sombra\", \"Ana\"]\n\
    publication = \"El Sol\"\nedition = \"Final\"\nprint_section = \"Immigration\"\nprint_page = \"A3\"\n\
    kind = \"press-release\"\ndeck = \"A deck.\"\ndateline = \"ATLANTA, Ga.\"\n\
    original_url = \"https://example.com/a\"\narchived = [\"https://web.example.com/a\"]\n\
    rights = \"https://creativecommons.org/licenses/by/4.0/\"\ncredit = \"Ana\"\n\
    tags = [\"march\"]\norganizations = [\"Georgia Alliance\"]\npeople = [\"Hidden Person\"]\n\
    places = [\"Atlanta\"]\n\
    corrections = [{ date = 2019-05-02, kind = \"correction\", text = \"It was noon.\" }]\n+++\n\nWords.\n";

/// A site with that article and the records of those who wrote it.
fn site() -> Site {
    let person = |name: &str, more: &str| format!("+++\nname = \"{name}\"\n{more}+++\n");
    Site::new()
        .file("content/a.md", ARTICLE)
        .file(
            "content/people/garcia.md",
            &person(
                "Gabriel José García Márquez",
                "family = \"García Márquez\"\ngiven = \"Gabriel José\"\n\
                 same_as = [\"https://www.wikidata.org/wiki/Q5878\"]\n",
            ),
        )
        .file(
            "content/people/guillen.md",
            &person(
                "Rafael Guillén",
                "aliases = [\"La Sombra\"]\nfamily = \"Guillén\"\ngiven = \"Rafael\"\n",
            ),
        )
        .file("content/organizations/alliance.md", &person("Georgia Alliance", ""))
}

/// The page of the article.
fn page(ran: &Ran) -> String {
    ran.text("2019/05/01/a/index.html")
}

/// The `meta` elements of a page with one of these keys, as `key: content`.
fn metas(page: &str, keys: &[&str]) -> Vec<String> {
    let elements = page.split("<meta ").skip(1);
    let pairs = elements.filter_map(|element| {
        let key = element.split('"').nth(1)?;
        let content = element.split('"').nth(3)?;
        keys.contains(&key).then(|| format!("{key}: {content}"))
    });
    pairs.collect()
}

#[test]
fn an_article_is_a_newspaper_article_to_reference_managers() {
    let page = page(&site().build().done());
    let keys = [
        "DC.type",
        "og:type",
        "og:site_name",
        "article:section",
        "citation_title",
        "citation_author",
        "citation_publication_date",
        "citation_language",
        "citation_firstpage",
        "citation_journal_title",
        "prism.edition",
        "DC.rights",
        "DCTERMS.spatial",
        "DCTERMS.issued",
    ];
    let expected = [
        // Of all types the first two together make a newspaper article.
        "DC.type: newspaperArticle",
        "og:type: article",
        "og:site_name: El Sol",
        "article:section: Immigration",
        "citation_title: La marcha &amp; the &lt;vote&gt;",
        // The sign at the end keeps a name whole.
        "citation_author: García Márquez, Gabriel José;",
        "citation_author: Georgia Alliance,",
        "citation_author: La Sombra,",
        "citation_author: Ana,",
        "citation_publication_date: 2019/05/01",
        "citation_language: en",
        "citation_firstpage: A3",
        "prism.edition: Final",
        "DC.rights: https://creativecommons.org/licenses/by/4.0/",
        "DCTERMS.issued: 2019-05-01T18:30:00",
        "DCTERMS.spatial: Atlanta",
    ];
    assert_eq!(metas(&page, &keys), expected);
    // Where another paper is published is not known.
    assert!(metas(&page, &["eprints.place_of_pub"]).is_empty());
    assert!(
        page.contains(
            "<link rel=\"schema.DC\" href=\"http://purl.org/dc/elements/1.1/\">"
        )
    );
}

#[test]
fn search_engines_get_a_news_article_that_stays_inside_its_element() {
    let page = page(&site().build().done());
    let data = page.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let data = data.split("</script>").next().unwrap();
    assert!(!data.contains('<'), "{data}");
    let says = |words: &str| assert!(data.contains(words), "no {words} in {data}");
    says("\"@type\":\"NewsArticle\"");
    says("\"headline\":\"La marcha \\u0026 the \\u003cvote\\u003e\"");
    says("\"datePublished\":\"2019-05-01T18:30:00Z\"");
    says("\"dateModified\":\"2019-05-03\"");
    says("\"sameAs\":\"https://www.wikidata.org/wiki/Q5878\"");
    says("\"printPage\":\"A3\"");
    says("\"text\":\"It was noon.\"");
    says("\"isBasedOn\":\"https://example.com/a\"");
    says("\"genre\":\"Press release\"");
    let trail = page.split("<script type=\"application/ld+json\">").nth(2).unwrap();
    assert!(trail.contains("\"BreadcrumbList\""), "{trail}");
}

#[test]
fn who_writes_under_another_name_is_not_given_away() {
    let page = page(&site().build().done());
    assert!(!page.contains("Guillén"), "{page}");
    // A person without a page is told to nobody but the readers of the article.
    let head = page.split("</head>").next().unwrap();
    assert!(!head.contains("Hidden Person"), "{head}");
}

#[test]
fn an_article_is_cited_in_seven_forms() {
    let page = page(&site().build().done());
    let cite = page.split("id=\"pm-cite\"").nth(1).unwrap();
    let cite = cite.split("</section>").next().unwrap();
    assert_eq!(cite.matches("<details").count(), 7);
    for words in [
        "<i>El Sol</i>",
        "García Márquez, Gabriel José",
        "|last=García Márquez |first=Gabriel José",
        "TY  - NEWS",
        "entrysubtype = {newspaper}",
        "&quot;literal&quot;: &quot;Georgia Alliance&quot;",
    ] {
        assert!(cite.contains(words), "no {words} in {cite}");
    }
    assert!(!cite.contains("<vote>"), "{cite}");
}

#[test]
fn a_restricted_article_tells_machines_its_title_and_day_only() {
    let text = ARTICLE.replace("tags =", "status = { state = \"restricted\" }\ntags =");
    let ran = site().file("content/a.md", &text).build().done();
    let page = page(&ran);
    let head = page.split("</head>").next().unwrap();
    let cite = page.split("id=\"pm-cite\"").nth(1).unwrap();
    let cite = cite.split("</section>").next().unwrap();
    for words in ["García", "Alliance", "El Sol", "Immigration", "noon", "Press release"]
    {
        assert!(!head.contains(words), "{words} in {head}");
        assert!(!cite.contains(words), "{words} in {cite}");
    }
    assert!(head.contains("citation_title"));
    assert!(head.contains("\"isAccessibleForFree\":false"));
}

#[test]
fn a_template_of_the_sites_own_shows_a_citation() {
    let site = site()
        .file(
            "templates/article.html",
            "{% extends \"base.html\" %}{% block main %}{% include \"parts/mine.html\" %}{% endblock main %}",
        )
        .file(
            "templates/parts/mine.html",
            "{% for one in article.citations %}[{{ one.format }}]{% endfor %}",
        );
    let found = page(&site.build().done());
    assert!(
        found.contains("[chicago][apa][mla][wikipedia][bibtex][ris][csl-json]"),
        "{found}"
    );
    let site = site.file("templates/parts/mine.html", "{{ article.title }}");
    let found = page(&site.build().done());
    assert!(found.contains("La marcha &amp; the &lt;vote&gt;"), "{found}");
}
