//! What the default theme draws and lists of the archive as a whole.

use std::collections::BTreeSet;

use crate::site::{Ran, Site};

/// The texts between two others, each time they occur.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    let parts = text.split(start).skip(1);
    parts.filter_map(|part| part.split(end).next()).collect()
}

/// The rows of the tables in a part of a page that begins with some text: the words
/// of each row's header and the number behind it.
fn rows(page: &str, start: &str) -> Vec<(String, usize)> {
    let (_, part) = page.split_once(start).unwrap();
    let table = part.split("</table>").next().unwrap();
    between(table, "<tr><th scope=\"row\"", "</tr>")
        .into_iter()
        .map(|row| {
            let name = row.split("</th>").next().unwrap();
            let name = name.rsplit_once("</a>").map_or(name, |(name, _)| name);
            let name = name.rsplit('>').next().unwrap().to_owned();
            let number = row.rsplit("<td").next().unwrap();
            let number: String = number.chars().filter(char::is_ascii_digit).collect();
            (name, number.parse().unwrap())
        })
        .collect()
}

/// The numbers of the rows of a table that are not 0.
fn known(page: &str, start: &str) -> Vec<(String, usize)> {
    rows(page, start).into_iter().filter(|(_, n)| *n > 0).collect()
}

/// Pairs as `rows` gives them.
fn pairs(pairs: &[(&str, usize)]) -> Vec<(String, usize)> {
    pairs.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
}

#[test]
fn a_short_archive_is_drawn_by_months_and_a_vague_date_is_in_none() {
    let ran = Site::new()
        .article("a.md", "2019-03-04", "")
        .article("b.md", "\"2019-03\"", "")
        .article("c.md", "\"2019\"", "")
        .article("d.md", "2018-12-31", "")
        .file("content/e.md", "+++\ntitle = \"E\"\n+++\n")
        .build()
        .done();
    let page = ran.text("statistics/index.html");
    let months = [("December 2018", 1), ("March 2019", 2)];
    assert_eq!(known(&page, "Articles per month"), pairs(&months));
    assert_eq!(rows(&page, "Articles per month").len(), 4, "months without articles");
    // The one of which only the year is known, and the one without a date.
    assert!(page.contains("2 articles are left out: their month is not known"));
}

#[test]
fn a_long_archive_is_drawn_by_years_and_a_very_long_one_by_decades() {
    let site =
        Site::new().article("a.md", "2019-03-04", "").article("b.md", "\"2015\"", "");
    let page = site.build().done().text("statistics/index.html");
    let years = [("2015", 1), ("2016", 0), ("2017", 0), ("2018", 0), ("2019", 1)];
    assert_eq!(rows(&page, "Articles per year"), pairs(&years));
    let page =
        site.article("c.md", "\"1795\"", "").build().done().text("statistics/index.html");
    let decades = [("1790–1799", 1), ("2010–2019", 2)];
    assert_eq!(known(&page, "Articles per decade"), pairs(&decades));
}

#[test]
fn a_calendar_leads_to_each_day_with_articles_and_shows_the_others() {
    let ran = Site::new()
        .article("a.md", "2019-03-04", "")
        .article("b.md", "2019-03-04T10:00:00", "")
        .article("c.md", "2019-03-31", "")
        .build()
        .done();
    let year = ran.text("2019/index.html");
    assert_eq!(year.matches("<table class=\"month\">").count(), 12);
    // 365 days, 12 headings, and two links to days.
    let days: Vec<_> = between(&year, "<td>", "</td>")
        .into_iter()
        .filter(|day| !day.is_empty() && !day.contains("href"))
        .collect();
    assert_eq!(days.len(), 363);
    let link = "<a href=\"/2019/03/04/\" aria-label=\"March 4, 2019: 2 articles\">4</a>";
    assert!(year.contains(link), "{year}");
    let month = ran.text("2019/03/index.html");
    assert_eq!(month.matches("<table class=\"month\">").count(), 1);
    // March 2019 began on a Friday, and weeks begin on Sunday where English is spoken.
    let week =
        "<tr><td></td><td></td><td></td><td></td><td></td><td>1</td><td>2</td></tr>";
    assert!(month.contains(week), "{month}");
}

#[test]
fn the_week_begins_as_the_language_has_it() {
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\nlanguage = \"es\"\n";
    let ran = Site::empty()
        .file("config.toml", config)
        .article("a.md", "2019-03-04", "")
        .build()
        .done();
    let month = ran.text("2019/03/index.html");
    let days = between(&month, "<th scope=\"col\" abbr=\"", "\"");
    assert_eq!(days.first(), Some(&"lunes"));
}

#[test]
fn all_years_are_on_one_page_and_long_gaps_are_one_row() {
    let ran = Site::new()
        .article("a.md", "2019-03-04", "")
        .article("b.md", "2017-03-04", "")
        .article("c.md", "1974-05-01", "")
        .build()
        .done();
    let page = ran.text("years/index.html");
    let table = page.split("</table>").next().unwrap();
    let years: Vec<_> = between(table, "<th scope=\"row\">", "</th>")
        .into_iter()
        .map(|cell| cell.trim_end_matches("</a>").rsplit('>').next().unwrap())
        .collect();
    assert_eq!(years, ["2019", "2018", "2017", "1975–2016", "1974"]);
    assert!(page.contains("<a href=\"/2019/03/\" aria-label=\"March 2019: 1\">1</a>"));
    assert!(page.contains("<th scope=\"col\"><span>Mar</span></th>"), "{page}");
    assert!(
        page.contains(
            "<a href=\"/years/1974/\" aria-label=\"All titles of 1974: 1\">1</a>"
        )
    );
    assert!(
        ran.text("years/1974/index.html").contains("<a href=\"/1974/05/01/c/\">c</a>")
    );
}

#[test]
fn related_articles_share_the_rarest_names() {
    let mut site = Site::new();
    for n in 1..=9 {
        site =
            site.article(&format!("common{n}.md"), "2018-01-01", "tags = [\"news\"]\n");
    }
    let ran = site
        .article("a.md", "2019-01-01", "tags = [\"news\"]\norganizations = [\"Rare\"]\n")
        .article("b.md", "2010-01-01", "organizations = [\"Rare\"]\n")
        .article("c.md", "2018-12-31", "tags = [\"other\"]\n")
        .build()
        .done();
    let page = ran.text("2019/01/01/a/index.html");
    let related = page.split("id=\"pm-related\"").nth(1).unwrap();
    let related = related.split("</ul>").next().unwrap();
    let links = between(related, "<a href=\"", "\"");
    // More than half of the archive are news: that says nothing.
    assert_eq!(links, ["/2010/01/01/b/"]);
    assert!(related.contains("<span>Rare</span>"), "{related}");
}

#[test]
fn an_article_leads_on_in_each_of_its_organizations() {
    let ran = Site::new()
        .article("a.md", "2019-01-01", "organizations = [\"One\", \"Two\"]\n")
        .article("b.md", "2019-01-02", "organizations = [\"One\"]\n")
        .article("c.md", "2019-01-03", "")
        .article("d.md", "2019-01-04", "organizations = [\"One\", \"Two\"]\n")
        .build()
        .done();
    let page = ran.text("2019/01/04/d/index.html");
    let beside = page.split("id=\"pm-beside\"").nth(1).unwrap();
    let rows: Vec<_> = between(beside, "<th scope=\"row\">", "</tr>")
        .into_iter()
        .map(|row| between(row, "href=\"", "\""))
        .collect();
    assert_eq!(
        rows,
        [vec!["/2019/01/03/c/"], vec!["/2019/01/02/b/"], vec!["/2019/01/01/a/"]],
        "in the archive, in One, in Two"
    );
}

#[test]
fn a_term_says_who_is_named_with_it_and_since_when() {
    let ran = Site::new()
        .article("a.md", "2017-01-01", "organizations = [\"One\", \"Two\"]\n")
        .article("b.md", "2018-01-02", "organizations = [\"One\", \"Two\", \"Three\"]\n")
        .article("c.md", "2019-01-03", "organizations = [\"One\"]\npeople = [\"Ana\"]\n")
        .build()
        .done();
    let page = ran.text("organizations/one/index.html");
    // Ana has no record and so no page: she is in no ranking.
    let part = page.split("id=\"pm-companions\"").nth(1).unwrap();
    assert_eq!(rows(part, "<table"), pairs(&[("Two", 2), ("Three", 1)]));
    assert!(!part.contains("Ana"));
    assert!(page.contains("First mention</dt><dd><time datetime=\"2017-01-01\">"));
    assert!(page.contains("Last mention</dt><dd><time datetime=\"2019-01-03\">"));
    // The picture of pairs has the same numbers.
    let figures = ran.text("statistics/index.html");
    let table = figures.split("id=\"pm-pairs\"").nth(1).unwrap();
    let arcs = table.matches("<path class=\"weight-").count();
    assert_eq!(arcs, 3, "One with Two, One with Three, Two with Three");
    let row = "<td><a href=\"/organizations/one/\">One</a></td>\
        <td><a href=\"/organizations/two/\">Two</a></td><td>2</td>";
    assert!(table.contains(row), "{table}");
}

#[test]
fn what_a_restricted_article_names_is_in_no_picture() {
    let hidden = "organizations = [\"One\", \"Two\"]\nkind = \"opinion\"\n\
        dateline_place = \"Rome\"\nplaces = [\"Rome\", \"Secret\"]\nstatus = { state = \"restricted\" }\n";
    let place = "+++\nname = \"Rome\"\nlatitude = 41.9\nlongitude = 12.5\n+++\n";
    let ran = Site::new()
        .article("secret.md", "2019-01-01", hidden)
        .article("a.md", "2019-01-02", "organizations = [\"One\"]\n")
        .article("b.md", "2019-01-03", "organizations = [\"Two\"]\n")
        .file("content/places/rome.md", place)
        .build()
        .done();
    assert!(!ran.text("organizations/one/index.html").contains("pm-companions"));
    let figures = ran.text("statistics/index.html");
    for words in ["pm-pairs", "pm-kinds", "pm-map"] {
        assert!(!figures.contains(words), "{words} in {figures}");
    }
    // No list of a name tells that the article names it.
    for page in ["organizations/one/index.html", "places/rome/index.html"] {
        assert!(!ran.text(page).contains("/secret/"), "{page}");
    }
    let ran = ran.lacks("places/secret");
    for page in ["2019/01/02/a/index.html", "2019/01/01/secret/index.html"] {
        assert!(!ran.text(page).contains("pm-related"), "{page}");
    }
}

/// An archive with an article that has so many tags.
fn with_tags(n: usize) -> Ran {
    let tags: Vec<_> =
        (0..n).map(|n| format!("\"{}{n}\"", ["ant", "bee", "7"][n % 3])).collect();
    let more = format!("tags = [{}]\n", tags.join(", "));
    Site::new().article("a.md", "2019-01-01", &more).build().done()
}

#[test]
fn an_index_of_more_than_five_hundred_names_is_divided_by_letters() {
    let whole = with_tags(500);
    let page = whole.text("tags/index.html");
    assert_eq!(page.matches("<svg class=\"trend\"").count(), 500);
    assert!(page.contains("href=\"#pm-letter-1\""));
    drop(whole.lacks("tags/letters"));

    let divided = with_tags(900);
    let front = divided.text("tags/index.html");
    assert_eq!(front.matches("<svg class=\"trend\"").count(), 50, "the most named");
    let mut found = BTreeSet::new();
    let pages = ["0-9", "0-9/2", "a", "a/2", "b", "b/2"];
    for page in pages {
        let text = divided.text(&format!("tags/letters/{page}/index.html"));
        let list = text.split("<ul class=\"terms\">").nth(1).unwrap();
        let list = list.split("</ul>").next().unwrap();
        found.extend(between(list, "<a href=\"", "\"").into_iter().map(str::to_owned));
    }
    assert_eq!(found.len(), 900, "each name stands on one page");
    let second = divided.text("tags/letters/a/2/index.html");
    assert!(second.contains("<title>Tags: A – Page 2 of 2 – "), "{second}");
    assert!(second.contains("rel=\"prev\"") && second.contains("rel=\"next\""));
}

#[test]
fn a_letter_page_and_a_tag_of_that_name_live_side_by_side() {
    let tags: Vec<_> = (0..600).map(|n| format!("\"a{n}\"")).collect();
    let more = format!("tags = [\"letters\", \"a\", {}]\n", tags.join(", "));
    Site::new()
        .article("a.md", "2019-01-01", &more)
        .build()
        .done()
        .writes("tags/letters/index.html", ">letters</h1>")
        .writes("tags/letters/a/index.html", "<h1>Tags: A")
        .writes("tags/a/index.html", ">a</h1>");
}

#[test]
fn the_home_page_remembers_the_day_in_other_years() {
    // The tests build on 31 January 2026.
    let site = Site::new().article("month.md", "2018-01-02", "").article(
        "other.md",
        "2018-06-01",
        "",
    );
    let page = site.build().done().text("index.html");
    assert!(page.contains("In January, in other years"), "{page}");
    let site =
        site.article("day.md", "2017-01-31", "").article("today.md", "2026-01-31", "");
    let page = site.build().done().text("index.html");
    let part = page.split("On January 31, in other years").nth(1).unwrap();
    let part = part.split("</ul>").next().unwrap();
    assert_eq!(between(part, "<a href=\"", "\""), ["/2017/01/31/day/"]);
    let page = Site::new().article("a.md", "2018-06-01", "").build().done();
    assert!(!page.text("index.html").contains("in other years"));
}

#[test]
fn a_name_in_another_language_is_marked_as_such() {
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\n\
        language = \"en\"\nlanguages = [\"en\", \"es\"]\n";
    let record = "+++\nname = \"La Gente de Cobb\"\nname_language = \"es\"\n+++\n";
    let ran = Site::empty()
        .file("config.toml", config)
        .article(
            "a.md",
            "2019-01-01",
            "organizations = [\"La Gente de Cobb\", \"Union\", \"Church\"]\n",
        )
        .file("content/organizations/la-gente.md", record)
        .file("content/organizations/church.md", "+++\nname = \"Church\"\n+++\n")
        .file("content/organizations/church.es.md", "+++\nname = \"Iglesia\"\n+++\n")
        .build()
        .done();
    let english = ran.text("organizations/index.html");
    assert!(english.contains("lang=\"es\">La Gente de Cobb</a>"), "{english}");
    assert!(english.contains("/\">Union</a>") && english.contains("/\">Church</a>"));
    let spanish = ran.text("es/organizations/index.html");
    assert!(spanish.contains("/\">La Gente de Cobb</a>"), "{spanish}");
    assert!(spanish.contains("/\">Iglesia</a>"));
    // It has no record: it is in the language of the article that names it.
    assert!(spanish.contains("lang=\"en\">Union</a>"));
    ran.writes(
        "organizations/la-gente/index.html",
        "<h1 lang=\"es\">La Gente de Cobb</h1>",
    );
}

#[test]
fn what_a_translation_takes_over_keeps_its_language() {
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\n\
        language = \"en\"\nlanguages = [\"en\", \"es\"]\n";
    let corrections = "corrections = [{ date = 2019-02-01, kind = \"correction\", text = \"It was noon.\" }]\n";
    let more = format!("content_notes = [\"police violence\"]\n{corrections}");
    let ran = Site::empty()
        .file("config.toml", config)
        .article("a.md", "2019-01-01", &more)
        .file("content/a.es.md", "+++\ntitle = \"Uno\"\n+++\n\nPalabras.\n")
        .build()
        .done();
    let page = ran.text("es/2019/01/01/a/index.html");
    assert!(page.contains("<ul lang=\"en\">"), "{page}");
    assert!(page.contains("<p lang=\"en\">It was noon.</p>"), "{page}");
    assert!(!ran.text("2019/01/01/a/index.html").contains("lang=\"en\">It"));
}

#[test]
fn a_material_correction_stands_before_the_text_and_an_update_behind_it() {
    let more = "corrections = [\n\
        { date = 2019-02-01, kind = \"correction\", text = \"It was noon.\" },\n\
        { date = 2019-02-02, kind = \"update\", text = \"A vote followed.\" },\n]\n";
    let ran = Site::new().article("a.md", "2019-01-01", more).build().done();
    let page = ran.text("2019/01/01/a/index.html");
    let at = |words: &str| page.find(words).unwrap();
    assert!(at("It was noon.") < at("<p>Words of a.</p>"));
    assert!(at("<p>Words of a.</p>") < at("<p>A vote followed.</p>"));
}

#[test]
fn an_empty_archive_has_all_its_pages() {
    let ran = Site::new().file("content/.keep", "").build().done();
    for page in ["index.html", "browse/index.html", "years/index.html"] {
        assert!(ran.text(page).contains("no articles yet"), "{page}");
    }
    ran.writes("statistics/index.html", "0 articles");
}

#[test]
fn a_page_of_the_sites_own_takes_the_place_of_one_about_the_archive() {
    let page = "+++\ntitle = \"Our figures\"\n+++\n\nThree.\n";
    let site = Site::new()
        .article("a.md", "2019-01-01", "")
        .file("content/pages/statistics.md", page);
    let ran = site.build().done().writes("statistics/index.html", "Our figures");
    let home = ran.text("index.html");
    assert_eq!(home.matches("href=\"/statistics/\">Our figures<").count(), 1);
    assert_eq!(home.matches("href=\"/statistics/\"").count(), 1);
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\n\
        [outputs]\nbrowse = false\nyears = false\n";
    let ran = site.file("config.toml", config).build().done();
    let ran = ran.lacks("browse").lacks("years");
    assert!(!ran.text("index.html").contains("/browse/"));
    assert!(!ran.text("404.html").contains("/years/"));
}

#[test]
fn names_of_many_first_signs_stand_together() {
    // Of a thousand such tags nearly each begins with a sign of its own.
    let signs = (0x4E00_u32..).filter_map(char::from_u32).take(1000);
    let tags: Vec<_> =
        signs.zip(0..).map(|(sign, n)| format!("\"{sign} {n}\"")).collect();
    let more = format!("tags = [{}]\n", tags.join(", "));
    let ran = Site::new().article("a.md", "2019-01-01", &more).build().done();
    let files = ran.files();
    let pages: Vec<_> =
        files.iter().filter(|file| file.starts_with("tags/letters/")).collect();
    assert!((4..=8).contains(&pages.len()), "{pages:?}");
    let names: usize = pages
        .iter()
        .map(|page| ran.text(page).matches("<svg class=\"trend\"").count())
        .sum();
    assert_eq!(names, 1000);
}

#[test]
fn a_directory_says_nothing_about_who_belongs_together() {
    let names: Vec<_> = (0..150).map(|n| format!("\"Org {n}\"")).collect();
    let more = format!("organizations = [{}]\n", names.join(", "));
    let ran = Site::new().article("a.md", "2019-01-01", &more).build().done();
    assert!(!ran.text("statistics/index.html").contains("pm-pairs"));
    assert!(!ran.text("organizations/org-1/index.html").contains("pm-companions"));
}

#[test]
fn doubt_is_kept_and_a_work_without_a_date_is_no_first_mention() {
    let tagged = "tags = [\"march\"]\n";
    let ran = Site::new()
        .article("a.md", "\"1973~\"", tagged)
        .article("b.md", "1980-05-01", tagged)
        .file("content/c.md", "+++\ntitle = \"C\"\ntags = [\"march\"]\n+++\n")
        .build()
        .done();
    assert!(ran.text("index.html").contains("about 1973"), "the span");
    let page = ran.text("tags/march/index.html");
    let first = page.split("First mention</dt>").nth(1).unwrap();
    let first = first.split("</div>").next().unwrap();
    assert!(first.contains("about 1973") && first.contains(">a</a>"), "{first}");
    // In a head there is no way to tell of doubt, but for the Dublin Core.
    let article = ran.text("1973/a/index.html");
    assert!(article.contains("content=\"1973~\""));
    assert!(!article.contains("datePublished") && !article.contains("published_time"));
}

#[test]
fn what_is_not_known_to_the_day_is_told_beside_the_calendar() {
    let ran = Site::new()
        .article("a.md", "2019-03-04", "")
        .article("b.md", "\"2019-03\"", "")
        .article("c.md", "\"2019\"", "")
        .article("d.md", "\"1250\"", "")
        .build()
        .done();
    let year = ran.text("2019/index.html");
    assert!(year.contains("3 articles; of 2 the day is not known"), "{year}");
    let month = ran.text("2019/03/index.html");
    assert!(month.contains("2 articles; of 1 the day is not known"), "{month}");
    let years = ran.text("years/index.html");
    assert!(years.contains("4 articles; of 2 the month is not known"), "{years}");
    // Days had other names then.
    assert!(!ran.text("1250/index.html").contains("<table class=\"month\">"));
}

#[test]
fn an_archive_without_dates_is_not_called_empty() {
    let ran =
        Site::new().file("content/a.md", "+++\ntitle = \"A\"\n+++\n").build().done();
    let page = ran.text("years/index.html");
    assert!(!page.contains("no articles yet") && page.contains(">Undated</a>"), "{page}");
    let ran = Site::new().article("a.md", "\"2019\"", "").build().done();
    assert_eq!(
        known(&ran.text("statistics/index.html"), "Articles per year"),
        pairs(&[("2019", 1)])
    );
    assert!(ran.text("years/index.html").contains("href=\"/2019/\""));
}

#[test]
fn a_page_of_the_sites_own_in_one_language_goes_with_that_of_the_theme() {
    let config = "title = \"T\"\nbase_url = \"https://example.org\"\n\
        language = \"en\"\nlanguages = [\"en\", \"es\"]\n";
    let ran = Site::empty()
        .file("config.toml", config)
        .article("a.md", "2019-01-01", "")
        .file("content/pages/statistics.md", "+++\ntitle = \"Our figures\"\n+++\n")
        .build()
        .done();
    let english = ran.text("statistics/index.html");
    assert!(
        english.contains("hreflang=\"es\" href=\"https://example.org/es/statistics/\"")
    );
    let spanish = ran.text("es/statistics/index.html");
    assert!(spanish.contains("hreflang=\"en\" href=\"https://example.org/statistics/\""));
    assert!(ran.text("es/index.html").contains("/es/statistics/\">El archivo en cifras"));
}

/// A picture of nothing that is so many pixels wide and high: the head of a PNG file.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

#[test]
fn a_picture_has_its_place_before_it_is_loaded() {
    let text = "+++\ntitle = \"A\"\ndate = 2019-01-01\n\
        image = { src = \"lead.png\", alt = \"A march\" }\n+++\n\n\
        ![Two](two.png)\n\n![Not a picture](notes.png)\n";
    let site = Site::new()
        .file("content/a/index.md", text)
        .bytes("content/a/lead.png", &png(1600, 900))
        .bytes("content/a/two.png", &png(30, 40))
        .file("content/a/notes.png", "words");
    let page = site.build().done().text("2019/01/01/a/index.html");
    assert!(page.contains("lead.png\" alt=\"A march\" width=\"1600\" height=\"900\""));
    assert!(
        page.contains("two.png\" alt=\"Two\" width=\"30\" height=\"40\" loading"),
        "{page}"
    );
    assert!(page.contains("notes.png\" alt=\"Not a picture\" loading"), "{page}");
    // Another picture in its place is another page.
    site.write("content/a/two.png", &png(60, 40));
    let page = site.build().done().text("2019/01/01/a/index.html");
    assert!(page.contains("two.png\" alt=\"Two\" width=\"60\" height=\"40\""), "{page}");
}

#[test]
fn a_taxonomy_on_the_address_of_a_page_about_the_archive_is_told_how_to_part() {
    let config =
        "title = \"T\"\nbase_url = \"https://example.org\"\n[taxonomies.years]\n";
    let site = Site::empty().file("config.toml", config).article(
        "a.md",
        "2019-01-01",
        "years = [\"a vintage\"]\n",
    );
    site.build()
        .fails_with("error[address-taken]: the index of a taxonomy and a page about the whole archive claim /years/")
        .says("leave this page out under `[outputs]`");
    let config = format!("{config}[outputs]\nyears = false\n");
    let ran = site.file("config.toml", &config).build().done();
    // The index is not taken for the page that was left out.
    assert!(!ran.text("404.html").contains("All articles by year"));
}
