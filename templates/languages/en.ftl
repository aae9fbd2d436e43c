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

## Lists of articles

articles = Articles
all-articles = All articles
latest = Latest
no-articles-yet = There are no articles yet.
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
months = Months
days = Days
undated = Undated
undated-note = The day on which these articles were published is not known.
# How a date is shown that is not certain (EDTF `?`), not exact (`~`) or both.
date-uncertain = possibly { $date }
date-approximate = about { $date }
date-uncertain-approximate = possibly about { $date }
# A day with the time of day.
date-time = { $date }, { $time }

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

## Kinds of articles

kind = Kind
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
restricted-text = The text of this article is not public.
reason = Reason

## The site

feed = Feed
feed-of = Feed: { $name }
rights-of-site = Rights to this site
