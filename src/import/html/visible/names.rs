//! Names of people, and what only looks like one: organizations, roles,
//! places and phrases.

/// What a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// People.
    People(Vec<String>),
    /// An organization, a desk or nobody in particular.
    Organization(String),
    /// Something else.
    Other,
}

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "la", "las", "los", "del", "van", "von", "der", "den", "da", "das", "do",
    "dos", "di", "du", "le", "el", "al", "bin", "ibn", "ter", "san", "y",
];

/// Words that only organizations have in their names.
const ORGANIZATIONS: &[&str] = &[
    "staff",
    "press",
    "news",
    "newsroom",
    "times",
    "editors",
    "editor",
    "desk",
    "team",
    "coalition",
    "association",
    "asociación",
    "committee",
    "comité",
    "coordinación",
    "coordinadora",
    "union",
    "unión",
    "council",
    "consejo",
    "center",
    "centre",
    "centro",
    "inc",
    "inc.",
    "network",
    "red",
    "foundation",
    "fundación",
    "project",
    "proyecto",
    "editorial",
    "board",
    "agency",
    "agencia",
    "agencies",
    "reuters",
    "redacción",
    "redaccion",
    "admin",
    "administrator",
    "webmaster",
    "collective",
    "colectivo",
    "campaign",
    "campaña",
    "organization",
    "organización",
    "institute",
    "instituto",
    "university",
    "universidad",
    "department",
    "departamento",
    "society",
    "sociedad",
    "federation",
    "federación",
    "group",
    "grupo",
    "media",
    "magazine",
    "gazette",
    "herald",
    "tribune",
    "chronicle",
    "courier",
    "journal",
    "post",
    "daily",
    "diario",
    "periódico",
    "radio",
    "tv",
    "wire",
    "service",
    "services",
    "bureau",
    "office",
    "oficina",
    "alliance",
    "alianza",
    "movement",
    "movimiento",
    "workers",
    "trabajadores",
    "party",
    "partido",
    "commission",
    "comisión",
    "contributors",
    "contributor",
    "guest",
    "ap",
    "afp",
    "efe",
    "upi",
    "llc",
    "communications",
    "league",
    "observer",
    "sentinel",
    "bulletin",
    "weekly",
    "reporters",
    "correspondents",
];

/// Words of roles that may follow a name.
const ROLES: &[&str] = &[
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "editor",
    "editors",
    "correspondent",
    "columnist",
    "photographer",
    "contributor",
    "contributing",
    "special",
    "correspondents",
    "freelance",
    "guest",
    "senior",
    "managing",
    "news",
    "city",
    "political",
    "education",
    "business",
    "sports",
    "redactor",
    "redactora",
    "reportero",
    "reportera",
    "corresponsal",
    "editora",
    "director",
    "president",
    "presidente",
    "columnista",
    "fotógrafo",
    "intern",
    "assistant",
    "associate",
    "chief",
    "opinion",
    "bureau",
    "jefe",
    "jefa",
    "enviado",
    "enviada",
    "especial",
    "colaborador",
    "colaboradora",
];

/// Words with which no name begins.
const NO_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "any",
    "popular",
    "land",
    "sea",
    "law",
    "force",
    "design",
    "all",
    "numbers",
    "this",
    "that",
    "these",
    "those",
    "what",
    "when",
    "where",
    "how",
    "why",
    "our",
    "your",
    "my",
    "his",
    "her",
    "their",
    "its",
    "one",
    "two",
    "three",
    "most",
    "some",
    "no",
    "every",
    "each",
    "definition",
    "next",
    "last",
    "ahora",
    "fin",
    "eso",
    "qué",
    "ejemplo",
    "favor",
    "un",
    "una",
    "el",
    "los",
    "las",
    "su",
    "nuestra",
    "nuestro",
    "and",
    "or",
    "in",
    "on",
    "at",
    "to",
    "for",
    "with",
    "from",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "home",
    "about",
    "contact",
    "subscribe",
    "read",
    "more",
    "share",
    "photo",
    "video",
    "page",
    "related",
    "popular",
];

/// First names that end as the form of a verb does.
const NAMES_IN_ING: &[&str] = &[
    "sterling", "irving", "fleming", "harding", "manning", "ming", "king", "ling", "ping",
];

/// Reads the names of a byline without its label.
pub fn read(text: &str) -> Read {
    let text = text
        .trim()
        .trim_matches(|c| matches!(c, ',' | ';' | ':' | '(' | ')' | '—' | '–'));
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 120 {
        return Read::Other;
    }
    let text = without_role(text);
    let mut people = Vec::new();
    for part in parts(text) {
        let part = without_label(part);
        let part = without_role(part);
        if is_role(part) && !people.is_empty() {
            continue;
        }
        if is_organization(part) {
            // `Name, Outlet` is a person who writes for somebody.
            if !people.is_empty() {
                continue;
            }
            return if is_title(text) {
                Read::Organization(text.to_owned())
            } else {
                Read::Other
            };
        }
        if !is_person(part) {
            return Read::Other;
        }
        people.push(part.to_owned());
    }
    if people.is_empty() { Read::Other } else { Read::People(people) }
}

/// The names of a list.
fn parts(text: &str) -> Vec<&str> {
    text.split(',')
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" AND "))
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(" with "))
        .flat_map(|part| part.split(" con "))
        .flat_map(split_y)
        .map(|part| {
            part.trim().trim_start_matches("and ").trim_start_matches("y ").trim()
        })
        .filter(|part| {
            !part.is_empty() && !matches!(*part, "Jr." | "Jr" | "Sr." | "III" | "II")
        })
        .collect()
}

/// Two names with `y` between them, unless it joins the two surnames of one.
fn split_y(text: &str) -> Vec<&str> {
    for mark in [" y ", " Y ", " e "] {
        if let Some((left, right)) = text.split_once(mark) {
            let words = |side: &str| side.split_whitespace().count();
            if words(left) >= 2 && words(right) >= 2 {
                return vec![left, right];
            }
        }
    }
    vec![text]
}

/// A name without a second label.
fn without_label(text: &str) -> &str {
    ["By ", "by ", "BY ", "Por ", "por "]
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .unwrap_or(text)
        .trim()
}

/// Names without a role that follows them without a comma: `JANE DOE Staff
/// Writer`, `Jane Doe, Special to the Voice`.
fn without_role(text: &str) -> &str {
    if let Some((names, role)) = text.split_once(',')
        && (is_role(role.trim()) || role.trim().to_lowercase().starts_with("special to"))
    {
        return names.trim();
    }
    let mut starts = text.match_indices(' ').map(|(at, _)| at);
    let cut = starts.find(|&at| {
        let (before, after) = (text.get(..at), text.get(at..).map(str::trim));
        let words = before.map_or(0, |before| before.split_whitespace().count());
        words >= 2 && after.is_some_and(is_role)
    });
    cut.and_then(|at| text.get(..at)).unwrap_or(text).trim_end_matches([',', ' '])
}

/// Whether a text names a role: `Staff Writer`, `Special to the Voice`.
pub fn is_role(text: &str) -> bool {
    let lower = text.trim().trim_matches(['(', ')', '.']).to_lowercase();
    if lower.starts_with("special to ")
        || lower.starts_with("for the ")
        || lower.starts_with("of the ")
    {
        return lower.split_whitespace().count() <= 7;
    }
    let mut words = lower.split_whitespace().peekable();
    if words.peek().is_none() {
        return false;
    }
    let (mut n, mut known) = (0, 0);
    for word in words {
        n += 1;
        known += usize::from(ROLES.contains(&word.trim_matches(['-', '.', ','])));
    }
    known > 0 && n <= 4 && known * 2 >= n
}

/// Whether a text is the name of an organization, or of nobody.
pub fn is_organization(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let mut words =
        lower.split_whitespace().map(|word| word.trim_matches(['.', ',', '(', ')']));
    let first = words.clone().next().unwrap_or_default();
    if words.clone().any(|word| ORGANIZATIONS.contains(&word)) {
        return true;
    }
    let is_site =
        words.clone().count() == 1 && lower.contains('.') && !lower.ends_with('.');
    is_site
        || (matches!(first, "the" | "la" | "el" | "los" | "las")
            && words.nth(1).is_some())
}

/// Whether a text is written as names are: short, and with capitals.
fn is_title(text: &str) -> bool {
    let is_small = |word: &str| {
        PARTICLES.contains(&word)
            || matches!(word, "the" | "of" | "for" | "and" | "in" | "para")
    };
    let words: Vec<_> = text.split_whitespace().collect();
    let is_short = (1..=8).contains(&words.len()) && !text.ends_with(['?', '!', ':']);
    let is_name = |word: &&str| {
        is_small(&word.to_lowercase()) || !word.starts_with(char::is_lowercase)
    };
    let is_alone = words.len() == 1;
    is_short && (is_alone || words.iter().all(is_name))
}

/// Whether a text is the name of a person: two to six words that begin with
/// capitals, or particles between them.
pub fn is_person(text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().collect();
    if !(2..=6).contains(&words.len()) || text.chars().count() > 50 {
        return false;
    }
    let lower: Vec<_> = words.iter().map(|word| word.to_lowercase()).collect();
    let first = lower.first().map_or("", String::as_str);
    if NO_NAMES.contains(&first) || is_gerund(first) || is_organization(text) {
        return false;
    }
    if lower.iter().any(|word| is_weekday(word)) {
        return false;
    }
    let last = words.len() - 1;
    let mut capitals = 0;
    for (at, (word, small)) in words.iter().zip(&lower).enumerate() {
        if is_name_word(word) {
            capitals += 1;
        } else if at == last || !PARTICLES.contains(&small.as_str()) {
            return false;
        }
    }
    capitals >= 2
        && !lower.iter().skip(1).any(|word| matches!(word.as_str(), "the" | "of" | "for"))
}

/// Whether a word looks like the form of a verb: `Falsifying`.
fn is_gerund(word: &str) -> bool {
    word.len() > 5 && word.ends_with("ing") && !NAMES_IN_ING.contains(&word)
}

/// Whether a word can be part of a name.
fn is_name_word(word: &str) -> bool {
    let bare = word.trim_matches(['"', '“', '”', '(', ')', '\'', '’', ',']);
    let mut chars = bare.chars();
    let Some(first) = chars.next() else { return false };
    first.is_uppercase()
        && chars.all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’' | '‑'))
}

/// Whether a text can be the name of a place.
pub fn is_place(text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().collect();
    let is_fit = |word: &&str| {
        let small = word.to_lowercase();
        is_name_word(word) || PARTICLES.contains(&small.as_str()) || small == "of"
    };
    (1..=5).contains(&words.len())
        && words.iter().all(is_fit)
        && words.first().is_some_and(|word| is_name_word(word) || word.starts_with("el"))
}

/// Whether a word is a day of the week or a month.
pub fn is_weekday(text: &str) -> bool {
    matches!(
        text.to_lowercase().as_str(),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "lunes"
            | "martes"
            | "miércoles"
            | "jueves"
            | "viernes"
            | "sábado"
            | "domingo"
    )
}

/// Abbreviations of the states as newspapers print them, and names of states
/// and countries that stand in datelines.
const REGIONS: &[&str] = &[
    "ala",
    "alaska",
    "ariz",
    "ark",
    "calif",
    "colo",
    "conn",
    "del",
    "fla",
    "ga",
    "hawaii",
    "idaho",
    "ill",
    "ind",
    "iowa",
    "kan",
    "ky",
    "la",
    "maine",
    "md",
    "mass",
    "mich",
    "minn",
    "miss",
    "mo",
    "mont",
    "neb",
    "nev",
    "n.h",
    "n.j",
    "n.m",
    "n.y",
    "n.c",
    "n.d",
    "ohio",
    "okla",
    "ore",
    "pa",
    "r.i",
    "s.c",
    "s.d",
    "tenn",
    "texas",
    "utah",
    "vt",
    "va",
    "wash",
    "w.va",
    "wis",
    "wyo",
    "d.c",
    "georgia",
    "california",
    "new york",
    "new jersey",
    "florida",
    "illinois",
    "pennsylvania",
    "massachusetts",
    "north carolina",
    "south carolina",
    "virginia",
    "washington",
    "oregon",
    "michigan",
    "minnesota",
    "puerto rico",
    "p.r",
    "mexico",
    "méxico",
    "cuba",
    "honduras",
    "guatemala",
    "nicaragua",
    "el salvador",
    "colombia",
    "chile",
    "peru",
    "perú",
    "argentina",
    "bolivia",
    "ecuador",
    "venezuela",
    "brazil",
    "brasil",
    "spain",
    "españa",
    "france",
    "germany",
    "england",
    "ireland",
    "canada",
    "ontario",
    "quebec",
    "india",
    "china",
    "japan",
    "haiti",
    "oaxaca",
    "chiapas",
    "guerrero",
    "veracruz",
    "puebla",
    "jalisco",
    "michoacán",
    "morelos",
    "tabasco",
    "hidalgo",
    "sonora",
    "chihuahua",
    "tennessee",
    "kentucky",
    "alabama",
    "louisiana",
    "arizona",
    "colorado",
    "nevada",
    "wisconsin",
    "indiana",
    "missouri",
    "maryland",
    "connecticut",
    "vermont",
    "delaware",
    "oklahoma",
    "kansas",
];

/// Whether a text is a state or a country of a dateline.
pub fn is_region(text: &str) -> bool {
    let lower = text.trim().trim_end_matches('.').to_lowercase();
    let is_postal = text.len() == 2 && text.chars().all(|c| c.is_ascii_uppercase());
    is_postal || REGIONS.contains(&lower.as_str())
}
