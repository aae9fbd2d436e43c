//! The command `export`: the archive in one file, for work with other programs.
//!
//! What is exported is what the search index is made of: nothing that the site
//! does not show. This is the door to `rusqlite`.

use std::path::Path;

use rusqlite::{Connection, Transaction, params};

use crate::archive::Drafts;
use crate::build::{self, Before, Opened};
use crate::content::NoMemory;
use crate::date::Moment;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::hash::FixedMap;
use crate::json;
use crate::publish;
use crate::render::{self, Site};
use crate::search::{Documents, Field};

/// The tables of the file. `deck` holds kicker, deck and a summary of its own. `rank` of a search orders by BM25; the weights are for
/// title, deck, byline, names and text, as in the search of the site.
const TABLES: &str = "
create table articles (
    id integer primary key,
    url text not null,
    title text not null,
    date text,
    byline text,
    kind text,
    language text not null,
    summary text,
    deck text,
    names text,
    text text,
    file text
);
create table names (
    id integer primary key,
    taxonomy text not null,
    name text not null,
    url text not null
);
create table article_names (
    article integer not null references articles (id),
    name integer not null references names (id),
    primary key (article, name)
) without rowid;
create index articles_date on articles (date);
create index article_names_name on article_names (name);
create virtual table articles_fts using fts5 (
    title, deck, byline, names, text,
    content = articles, content_rowid = id,
    tokenize = 'unicode61 remove_diacritics 2'
);
";

/// The number in a file of SQLite that says what program wrote it: `pres` in ASCII.
const MARK: u32 = 0x7072_6573;

/// What was exported.
#[derive(Clone, Copy, Debug)]
pub struct Exported {
    /// How many articles; each language counts.
    pub n_articles: u32,
    /// How many names.
    pub n_names: u32,
}

/// Writes the archive to a file for SQLite, in the place of one that an earlier export
/// wrote.
pub fn sqlite(
    opened: Opened,
    now: Moment,
    file: &Path,
    faults: &mut Diagnostics,
) -> Option<Exported> {
    let (folder, config) = (opened.folder, opened.config?);
    let before =
        Before { now, drafts: Drafts::LeftOut, memory: &NoMemory, begins: &|_| () };
    let sources = folder.scan(faults);
    let prepared = build::prepare(&folder, &config, sources, &before, faults)?;
    let site = Site {
        folder: &folder,
        archive: &prepared.archive,
        plan: &prepared.plan,
        config: &config,
        locales: &prepared.locales,
        templates: &prepared.templates,
        today: now.day_in(&config.zone),
        is_preview: false,
    };
    let written = publish::replace(file, is_export, &|path| fill(path, &site));
    written.map_err(|fault| faults.push(*fault)).ok()
}

/// Whether a file begins as one that an export wrote.
fn is_export(beginning: &[u8]) -> bool {
    // The header of SQLite, and in it the number that the program sets.
    let number = beginning.get(68..72);
    beginning.starts_with(b"SQLite format 3\0") && number == Some(&MARK.to_be_bytes())
}

/// Fills a file.
fn fill(path: &Path, site: &Site<'_>) -> Result<Exported, Box<Diagnostic>> {
    let documents = render::documents(site);
    let mut database =
        Connection::open(path).map_err(|error| Box::new(failed(&error)))?;
    let exported = insert(&mut database, &documents, site)?;
    database.close().map_err(|(_, error)| Box::new(failed(&error)))?;
    Ok(exported)
}

/// What SQLite says, as a fault.
fn failed(error: &rusqlite::Error) -> Diagnostic {
    let fault = Diagnostic::error(Code::OutputFailed, "cannot write the database");
    fault.note(format!("SQLite says: {error}"))
}

/// Fills all tables.
fn insert(
    database: &mut Connection,
    documents: &dyn Documents,
    site: &Site<'_>,
) -> Result<Exported, Box<Diagnostic>> {
    let sql = |error: rusqlite::Error| Box::new(failed(&error));
    let mark = format!("pragma application_id = {MARK}; pragma journal_mode = off;");
    database.execute_batch(&mark).map_err(sql)?;
    let work = database.transaction().map_err(sql)?;
    work.execute_batch(TABLES).map_err(sql)?;
    let n_taxonomies = site.config.taxonomies.len();
    let mut names = vec![FixedMap::default(); n_taxonomies];
    let mut n_names = 0_u32;
    for document in 0..documents.count() {
        insert_article(&work, documents, site, document)?;
        for (facet, known) in names.iter_mut().enumerate() {
            for value in documents.values(document, facet) {
                let before = n_names;
                let id = *known.entry(value).or_insert_with(|| {
                    n_names += 1;
                    n_names
                });
                if n_names > before {
                    insert_name(&work, documents, site, (facet, value, id))
                        .map_err(sql)?;
                }
                work.prepare_cached("insert into article_names values (?, ?)")
                    .and_then(|mut row| row.execute(params![document + 1, id]))
                    .map_err(sql)?;
            }
        }
    }
    let index = "insert into articles_fts (articles_fts) values ('rebuild')";
    work.execute_batch(index).map_err(sql)?;
    let rank = "insert into articles_fts (articles_fts, rank) \
        values ('rank', 'bm25(6.0, 2.0, 2.0, 6.0, 1.0)')";
    work.execute_batch(rank).map_err(sql)?;
    work.commit().map_err(sql)?;
    Ok(Exported { n_articles: documents.count(), n_names })
}

/// Adds an article.
fn insert_article(
    work: &Transaction<'_>,
    documents: &dyn Documents,
    site: &Site<'_>,
    document: u32,
) -> Result<(), Box<Diagnostic>> {
    let card = documents.card(document);
    let texts = documents.texts(document).map_err(Box::new)?;
    let field = |field: Field| {
        let texts = texts.0.iter().filter(|(of, _)| *of == field);
        let texts: Vec<&str> = texts.map(|(_, text)| text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    };
    let filled = |text: String| (!text.is_empty()).then_some(text);
    let row = params![
        document + 1,
        format!("{}/{}", site.config.base_url.full, card.path),
        card.title,
        filled(card.date),
        filled(card.byline),
        filled(card.kind),
        site.config.languages[card.language].tag.to_string(),
        filled(card.summary),
        field(Field::Deck),
        field(Field::Name),
        field(Field::Text),
        filled(card.file).map(|file| format!("content/{file}")),
    ];
    work.prepare_cached(
        "insert into articles values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .and_then(|mut statement| statement.execute(row))
    .map(drop)
    .map_err(|error| Box::new(failed(&error)))
}

/// Adds a name.
fn insert_name(
    work: &Transaction<'_>,
    documents: &dyn Documents,
    site: &Site<'_>,
    (facet, value, id): (usize, u32, u32),
) -> rusqlite::Result<()> {
    let taxonomy = &site.config.taxonomies[facet].name;
    let value = documents.value(facet, value);
    let name = match &value.name {
        json::Value::Object(names) => names.values().next().cloned().unwrap_or_default(),
        name => name.clone(),
    };
    let url = format!("{}/{taxonomy}/{}", site.config.base_url.full, value.path);
    let row = params![id, taxonomy.to_string(), name.as_str().unwrap_or_default(), url];
    work.prepare_cached("insert into names values (?, ?, ?, ?)")?.execute(row).map(drop)
}
