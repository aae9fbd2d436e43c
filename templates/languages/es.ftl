# The words of the site in Spanish. A file of the same name in the site's own
# folder `languages` replaces single keys of this one.

## The language

# The name of the language in the language itself.
language-name = Español
# The name of the list of languages, for screen readers.
language-switch = Idiomas
translation-of = Traducción de
translated-by = Traducido por
machine-translated = Traducción automática

## Getting around

skip-to-content = Saltar al contenido
site-navigation = Navegación del sitio
breadcrumbs = Usted está aquí
home = Inicio
# The end of a shortened list.
see-all = Ver todo ({ $count })

# The page with all ways into the archive, and the links to it.
overview-browse = Explorar
browse-all = Explorar todo el archivo por fecha y por nombre
browse-text =
    { $count ->
        [0] Todavía no hay artículos.
        [one] { $count } artículo, por fecha y por nombre.
       *[other] { $count } artículos, por fecha y por nombre.
    }
overview-years = Todos los artículos por año
overview-statistics = El archivo en cifras
overview-search = Buscar
titles-of = Todos los títulos de { $period }
unknown-month = Mes desconocido
year-page = El año, día a día
about-archive = Sobre este archivo
# The links between the pages of a long list, for screen readers.
pages = Páginas
# The links to the letters of an index, for screen readers.
letters = Por letra

## Search

search-label = Palabras, nombres, lugares
search-button = Buscar
search-sort = Orden
search-relevance = Los mejores primero
search-newest = Los más recientes primero
search-oldest = Los más antiguos primero
# The two ends of a stretch of time; both belong to it.
search-from = Desde
search-until = hasta
# Leads back to an empty search.
search-clear = Empezar de nuevo
search-help = Cómo buscar
search-help-phrase = estas palabras, una detrás de otra
search-help-not = sin esta palabra
search-help-or = una de las dos
search-help-beginning = palabras que empiezan así
search-help-field = solo en el título; o entre las firmas, organizaciones, personas, lugares, etiquetas
search-help-time = de estos años; desde este mes; antes de este año
search-filters = Acotar la búsqueda
search-language = Idioma
# Above a field that finds one of many names.
search-find-value = Buscar en esta lista
search-results = Resultados
# Before a number.
search-results-number = Resultados:
search-partial = Ningún artículo lo tiene todo. Artículos con una parte:
search-failed = No se pudo cargar una parte del índice.
# Before the number that the highest bar of a picture stands for.
search-most = como máximo
# Above links to similar words.
search-did-you-mean = Quizás quiso decir
search-names = Nombres y temas
search-previous = Resultados anteriores
search-next = Más resultados
search-indexes =
    { $count ->
        [0] Todavía no hay artículos.
        [one] Todo el archivo está en estos índices: { $count } artículo.
       *[other] Todo el archivo está en estos índices: { $count } artículos.
    }
# The pages with all titles of a year.
search-titles = Todos los títulos, año por año
search-all-names = Todos los nombres y temas
search-more-ways = Otras formas de explorar

## Lists of articles

articles = Artículos
all-articles = Todos los artículos
latest = Lo más reciente
# Opens the rest of the newest articles.
more-articles =
    { $count ->
        [one] { $count } artículo más
       *[other] { $count } artículos más
    }
no-articles-yet = Todavía no hay artículos.
# A stretch of time without articles.
no-articles = sin artículos
# Beside one article: the one before and the one after it in time.
older = Anterior
newer = Siguiente
# Between the pages of a list.
older-pages = Artículos anteriores
newer-pages = Artículos más recientes
page-of = Página { $page } de { $pages }
n-articles =
    { $count ->
        [one] { $count } artículo
       *[other] { $count } artículos
    }
n-terms =
    { $count ->
        [one] { $count } entrada
       *[other] { $count } entradas
    }

## Time

by-date = Por fecha
years = Años
undated = Sin fecha
undated-note = No se conoce el día en que se publicaron estos artículos.
# How a date is shown that is not certain (EDTF `?`), not exact (`~`) or both.
# $precision is `day`, `month` or `year`.
date-uncertain =
    { $precision ->
        [day] posiblemente el { $date }
       *[other] posiblemente { $date }
    }
date-approximate =
    { $precision ->
        [day] hacia el { $date }
       *[other] hacia { $date }
    }
date-uncertain-approximate =
    { $precision ->
        [day] posiblemente hacia el { $date }
       *[other] posiblemente hacia { $date }
    }
# A day with the time of day.
date-time = { $date }, { $time }

on-this-day = Un { $date }, en otros años
on-this-month = En { $date }, en otros años
one-century = Siglo
one-decade = Década
one-year = Año
one-month = Mes
total = Total
# Behind a number of articles.
vague-day =
    { $count ->
        [one] de { $count } no se conoce el día
       *[other] de { $count } no se conoce el día
    }
vague-month =
    { $count ->
        [one] de { $count } no se conoce el mes
       *[other] de { $count } no se conoce el mes
    }
# A picture of how many articles there are over time, and the table beside it.
coverage = Cobertura en el tiempo
coverage-century = Artículos por siglo
coverage-decade = Artículos por década
coverage-year = Artículos por año
coverage-month = Artículos por mes
coverage-most = como máximo { $count }
# Articles that such a picture does not show.
coverage-left-out-year =
    { $count ->
        [one] Falta { $count } artículo: no se conoce su año.
       *[other] Faltan { $count } artículos: no se conoce su año.
    }
coverage-left-out-month =
    { $count ->
        [one] Falta { $count } artículo: no se conoce su mes.
       *[other] Faltan { $count } artículos: no se conoce su mes.
    }
as-table = en una tabla

## Names and subjects

tags-title = Etiquetas
organizations-title = Organizaciones
people-title = Personas
places-title = Lugares
bylines-title = Firmas
also-known-as = Otros nombres
former-names = Nombres anteriores
former-name = { $name } (hasta { $date })
part-of = Forma parte de
parts = Partes
founded = Fundación
dissolved = Disolución
website = Sitio web
# Links to the same subject in other catalogs.
same-as = En otros catálogos
coordinates = Coordenadas
# Of somebody who writes: their articles, and the page about them.
first-article = Primer artículo
last-article = Último artículo
about-author = Más sobre
first-mention = Primera mención
last-mention = Última mención
# The facts beside the articles of a name, for screen readers.
about-name = Sobre { $name }
# What is named in the same articles as a name.
companions = Se nombra junto con
# The names that most articles have.
most-named = Los más nombrados
# A map of places, and the table beside it.
map = Lugares en el mapa
map-text = Un círculo lleno: hay artículos escritos allí. Un anillo: hay artículos que nombran el lugar. Cuanto más grande, más artículos lo nombran o se escribieron allí.
filed-from = Escritos allí
named-in = Nombrado en
# Organizations that are named in the same articles.
pairs = Organizaciones nombradas juntas
pairs-text = Un arco une dos organizaciones nombradas en los mismos artículos. Cuanto más grueso, más artículos nombran a ambas.
# Where not all are drawn.
pairs-shown = Se muestran las { $shown } parejas, de { $count }, que más artículos nombran.

## About an article

about-this-article = Sobre este artículo
published = Publicado
updated = Actualizado
updated-on = Actualizado: { $date }
by = Por
# The day a story was handed in.
filed = Fechado en
publication = Publicación
edition = Edición
section = Sección
page = Página
original = Original
archived-copy = Copia archivada
# Where the archive has the text from.
provenance = Procedencia
rights = Derechos
credit = Crédito
image-credit = Imagen: { $credit }
first-published-in = Publicado por primera vez en
page-n = página { $page }
also-in = También en
in-this-article = En este artículo
related = Artículos relacionados
# The forms of a citation.
cite = Cómo citar este artículo
cite-chicago = Chicago
cite-apa = APA
cite-mla = MLA
cite-wikipedia = Wikipedia
cite-bibtex = BibTeX
cite-ris = RIS
cite-csl-json = CSL-JSON
# A letter to the publisher.
report-error = Señalar un error en este artículo
# The table of the articles before and after one.
beside = Antes y después
in-archive = En el archivo
content-notes = Advertencias sobre el contenido

## Kinds of articles

kind = Género
kinds = Clases de artículos
by-language = Artículos por idioma
kind-news = Noticia
kind-press-release = Comunicado de prensa
kind-advisory = Convocatoria de prensa
kind-statement = Declaración
kind-opinion = Opinión
kind-interview = Entrevista
kind-feature = Reportaje
kind-photo-essay = Ensayo fotográfico
kind-letter = Carta

## Corrections

corrections = Correcciones
correction-correction = Corrección
correction-clarification = Aclaración
correction-update = Actualización
correction-editors-note = Nota de la redacción
correction-retraction = Retractación

## Inside a text

contents = Contenido
footnotes = Notas
# The link from a footnote to its place in the text, for screen readers.
footnote-back = Volver a la referencia { $n }
# What a wide table and a block of code are, for screen readers.
table-region = Tabla
code-block = Código
task-open = Pendiente
task-done = Hecho
alert-note = Nota
alert-tip = Consejo
alert-important = Importante
alert-warning = Advertencia
alert-caution = Precaución

## Pages that are not what was asked for

not-found-title = Página no encontrada
not-found-text = No hay ninguna página en esta dirección.
not-found-help = Puede que la dirección esté mal escrita o que la página haya cambiado de lugar. Se puede empezar por la página de inicio o buscar entre los artículos por fecha.
redirect-title = Esta página ha cambiado de dirección
redirect-text = Ahora la página está en esta dirección:
withdrawn-title = Este artículo fue retirado
withdrawn-text = El artículo que estaba aquí ya no se publica.
withdrawn-since = Retirado: { $date }
restricted-since = No es público desde el { $date }
restricted-text = El texto de este artículo no es público.
reason = Motivo

## The site

feed = Suscripción (Atom)
feed-of = Suscripción (Atom): { $name }
rights-of-site = Derechos de este sitio

## The archive in figures

completeness = Qué se sabe de los artículos
known-day = El día de publicación
known-byline = Quién lo escribió
known-dateline = Dónde se escribió
known-publication = Dónde apareció primero
known-original = Su dirección en la web
known-archived = Una copia en un archivo web
known-provenance = Cómo llegó el texto aquí
