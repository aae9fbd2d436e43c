# The words of the site in English. A file of the same name in the site's own
# folder `languages` replaces single keys of this one.

## The language

# The name of the language in the language itself.
language-name = English
# The name of the list of languages, for screen readers.
language-switch = Languages
translation-of = Translation of
translated-by = Translated by
machine-translated = Machine translation

## Getting around

skip-to-content = Skip to content
site-navigation = Site navigation
breadcrumbs = You are here
home = Home
# The end of a shortened list.
see-all = See all { $count }

# The page with all ways into the archive, and the links to it.
overview-browse = Browse
browse-all = Browse the whole archive by date and by name
browse-text =
    { $count ->
        [0] There are no articles yet.
        [one] { $count } article, by date and by name.
       *[other] { $count } articles, by date and by name.
    }
overview-years = All articles by year
overview-statistics = The archive in figures
overview-search = Search
titles-of = All titles of { $period }
unknown-month = Month unknown
year-page = The year, day by day
about-archive = About this archive
# The links between the pages of a long list, for screen readers.
pages = Pages
# The links to the letters of an index, for screen readers.
letters = By letter

## Search

search-label = Words, names, places
search-button = Search
search-sort = Order
search-relevance = Best first
search-newest = Newest first
search-oldest = Oldest first
# The two ends of a stretch of time; both belong to it.
search-from = From
search-until = until
# Leads back to an empty search.
search-clear = Start again
search-help = How to search
search-help-phrase = these words, one behind the other
search-help-not = without this word
search-help-or = one of the two
search-help-beginning = words that begin like this
search-help-field = only in the title; or among the bylines, organizations, people, places, tags
search-help-time = from these years; from this month on; before this year
search-filters = Narrow down
search-language = Language
# Above a field that finds one of many names.
search-find-value = Find in this list
search-results = Results
# Before a number.
search-results-number = Results:
search-partial = No article has all of this. Articles with a part of it:
search-failed = A part of the index could not be loaded.
# Before the number that the highest bar of a picture stands for.
search-most = at most
# Above links to similar words.
search-did-you-mean = Did you mean
search-names = Names and subjects
search-previous = Previous results
search-next = More results
search-indexes =
    { $count ->
        [0] There are no articles yet.
        [one] All of the archive is in these indexes: { $count } article.
       *[other] All of the archive is in these indexes: { $count } articles.
    }
# The pages with all titles of a year.
search-titles = All titles, year by year
search-all-names = All names and subjects
search-more-ways = More ways in

## Lists of articles

articles = Articles
all-articles = All articles
latest = Latest
# Opens the rest of the newest articles.
more-articles =
    { $count ->
        [one] { $count } more article
       *[other] { $count } more articles
    }
no-articles-yet = There are no articles yet.
# A stretch of time without articles.
no-articles = no articles
# Beside one article: the one before and the one after it in time.
older = Older
newer = Newer
# Between the pages of a list.
older-pages = Older articles
newer-pages = Newer articles
page-of = Page { $page } of { $pages }
n-articles =
    { $count ->
        [one] { $count } article
       *[other] { $count } articles
    }
n-terms =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }

## Time

by-date = By date
years = Years
undated = Undated
undated-note = The day on which these articles were published is not known.
# How a date is shown that is not certain (EDTF `?`), not exact (`~`) or both.
date-uncertain = possibly { $date }
date-approximate = about { $date }
date-uncertain-approximate = possibly about { $date }
# A day with the time of day.
date-time = { $date }, { $time }

on-this-day = On { $date }, in other years
on-this-month = In { $date }, in other years
one-century = Century
one-decade = Decade
one-year = Year
one-month = Month
total = Total
# Behind a number of articles.
vague-day =
    { $count ->
        [one] of { $count } the day is not known
       *[other] of { $count } the day is not known
    }
vague-month =
    { $count ->
        [one] of { $count } the month is not known
       *[other] of { $count } the month is not known
    }
# A picture of how many articles there are over time, and the table beside it.
coverage = Coverage over time
coverage-century = Articles per century
coverage-decade = Articles per decade
coverage-year = Articles per year
coverage-month = Articles per month
coverage-most = at most { $count }
# Articles that such a picture does not show.
coverage-left-out-year =
    { $count ->
        [one] { $count } article is left out: its year is not known.
       *[other] { $count } articles are left out: their year is not known.
    }
coverage-left-out-month =
    { $count ->
        [one] { $count } article is left out: its month is not known.
       *[other] { $count } articles are left out: their month is not known.
    }
as-table = as a table

## Names and subjects

tags-title = Tags
organizations-title = Organizations
people-title = People
places-title = Places
bylines-title = Bylines
also-known-as = Also known as
former-names = Former names
former-name = { $name } (until { $date })
part-of = Part of
parts = Parts
founded = Founded
dissolved = Dissolved
website = Website
# Links to the same subject in other catalogs.
same-as = Elsewhere
coordinates = Coordinates
# Of somebody who writes: their articles, and the page about them.
first-article = First article
last-article = Last article
about-author = More about
first-mention = First mention
last-mention = Last mention
# The facts beside the articles of a name, for screen readers.
about-name = About { $name }
# What is named in the same articles as a name.
companions = Named together with
# The names that most articles have.
most-named = Most named
# A map of places, and the table beside it.
map = Places on the map
map-text = A full circle: articles were filed from there. A ring: articles name the place. The larger, the more articles name it or were filed from there.
filed-from = Filed from there
named-in = Named in
# Organizations that are named in the same articles.
pairs = Organizations named together
pairs-text = An arc joins two organizations that are named in the same articles. The thicker it is, the more articles name both.
# Where not all are drawn.
pairs-shown = Shown are the { $shown } of { $count } pairs that most articles name.

## About an article

about-this-article = About this article
published = Published
updated = Updated
updated-on = Updated { $date }
by = By
# The day a story was handed in.
filed = Filed
publication = Publication
edition = Edition
section = Section
page = Page
original = Original
archived-copy = Archived copy
# Where the archive has the text from.
provenance = Source
rights = Rights
credit = Credit
image-credit = Image: { $credit }
content-notes = Content notes
first-published-in = First published in
page-n = page { $page }
also-in = Also in
in-this-article = In this article
related = Related articles
# The forms of a citation.
cite = Cite this article
cite-chicago = Chicago
cite-apa = APA
cite-mla = MLA
cite-wikipedia = Wikipedia
cite-bibtex = BibTeX
cite-ris = RIS
cite-csl-json = CSL-JSON
# A letter to the publisher.
report-error = Report an error in this article
# The table of the articles before and after one.
beside = Before and after
in-archive = In the archive

## Kinds of articles

kind = Kind
kinds = Kinds of articles
by-language = Articles by language
kind-news = News
kind-press-release = Press release
kind-advisory = Media advisory
kind-statement = Statement
kind-opinion = Opinion
kind-interview = Interview
kind-feature = Feature
kind-photo-essay = Photo essay
kind-letter = Letter

## Corrections

corrections = Corrections
correction-correction = Correction
correction-clarification = Clarification
correction-update = Update
correction-editors-note = Editor’s note
correction-retraction = Retraction

## Inside a text

contents = Contents
footnotes = Footnotes
# The link from a footnote to its place in the text, for screen readers.
footnote-back = Back to reference { $n }
# What a wide table and a block of code are, for screen readers.
table-region = Table
code-block = Code
task-open = To do
task-done = Done
alert-note = Note
alert-tip = Tip
alert-important = Important
alert-warning = Warning
alert-caution = Caution

## Pages that are not what was asked for

not-found-title = Page not found
not-found-text = There is no page at this address.
not-found-help = The address may be misspelled, or the page may have moved. You can start from the home page or look through the articles by date.
redirect-title = This page has moved
redirect-text = The page is now at this address:
withdrawn-title = This article was withdrawn
withdrawn-text = The article that stood here is no longer published.
withdrawn-since = Withdrawn { $date }
restricted-since = Not public since { $date }
restricted-text = The text of this article is not public.
reason = Reason

## The site

feed = Feed
feed-of = Feed: { $name }
rights-of-site = Rights to this site

## The archive in figures

completeness = What is known of the articles
known-day = The day of publication
known-byline = Who wrote it
known-dateline = Where it was filed
known-publication = Where it first appeared
known-original = Its address on the web
known-archived = A copy in a web archive
known-provenance = How the text came here
