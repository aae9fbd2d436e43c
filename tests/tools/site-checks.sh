# shellcheck shell=bash disable=SC2154
# The checks of a built site by tools that are not ours. This file is sourced,
# with `tools` set to the folder that it stands in. Each check takes the
# site's folder, and fails also when it finds nothing to check.

# Runs Node.js as it was installed for these tools.
node() {
    "$tools/.venv/bin/node" "$@"
}

# Runs the Nu Html Checker on files or folders.
vnu() {
    java -Xss4m -jar "$tools/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only "$@"
}

# Writes to the step's line how many things were checked; none is a failure.
checked() {
    local number=$1 what=$2
    [[ -n ${step_note:-} ]] && echo "$number $what" >"$step_note"
    ((number > 0)) || {
        echo "there are no $what to check" >&2
        return 1
    }
}

# Prints the files below a folder that a `find` expression selects, in order
# and separated by NUL.
found() {
    local site=$1
    shift
    find "$site" -type f "$@" -print0 | LC_ALL=C sort -z
}

# Every link to the site itself lands, and so does every anchor.
check_links() {
    node "$tools/links.mjs" "$1" "${step_note:-/dev/null}"
}

# Every page is valid HTML.
check_html() {
    local pages
    mapfile -d '' pages < <(found "$1" -name '*.html')
    checked "${#pages[@]}" pages
    vnu --skip-non-html "$1"
}

# Every page keeps the rules of html-validate.
check_markup() {
    local pages
    mapfile -d '' pages < <(found "$1" -name '*.html')
    checked "${#pages[@]}" pages
    printf '%s\0' "${pages[@]}" | xargs -0 -n 500 -P 2 \
        timeout 300 "$tools/.venv/bin/node" "$tools/node_modules/html-validate/bin/html-validate.mjs" \
        --config "$tools/html-validate.json" --max-warnings 0 --formatter text
}

# The pages serve everybody: on a small screen, in the dark, on paper, without
# scripts. With the word `all` no page is left out.
check_accessibility() {
    node "$tools/accessibility.mjs" "$1" "${step_note:-/dev/null}" "${@:2}"
}

# Everything can be reached and seen with the Tab key.
check_keyboard() {
    node "$tools/keyboard.mjs" "$1" "${step_note:-/dev/null}"
}

# Nobody needs to see the drawings.
check_pictures() {
    node "$tools/pictures.mjs" "$1" "${step_note:-/dev/null}"
}

# No page weighs too much.
check_budgets() {
    node "$tools/budgets.mjs" "$1" "${step_note:-/dev/null}"
}

# What readers search for is found, by everybody and everywhere.
check_search() {
    node "$tools/search.mjs" "$1" "${step_note:-/dev/null}"
}

# Random queries find the same on the page and with `pressmark search`.
check_queries() {
    cargo build --quiet --locked --release
    node "$tools/queries.mjs" "$1" "${step_note:-/dev/null}" \
        "${CARGO_TARGET_DIR:-target}/release/pressmark" "$2"
}

# Every page is in one language, and says in which.
check_languages() {
    node "$tools/languages.mjs" "$1" "${step_note:-/dev/null}"
}

# Pages that are written from the right to the left run this way.
check_direction() {
    node "$tools/direction.mjs" "$1" "${step_note:-/dev/null}"
}

# A site with relative links works from a folder, and below any path.
check_moved() {
    node "$tools/moved.mjs" "$1" "${step_note:-/dev/null}"
}

# Lighthouse has nothing to say against some pages.
check_lighthouse() {
    node "$tools/lighthouse.mjs" "$1" "${step_note:-/dev/null}"
}

# Every feed is valid Atom, and a feed reader can read it.
check_feeds() {
    local feeds
    mapfile -d '' feeds < <(found "$1" \( -name '*.xml' -o -name '*.atom' \) |
        xargs -0 -r grep -lZ '<feed[ >]')
    checked "${#feeds[@]}" feeds
    printf '%s\0' "${feeds[@]}" | xargs -0 -n 500 jing -c "$tools/atom.rnc"
    printf '%s\0' "${feeds[@]}" | xargs -0 -n 500 "$tools/.venv/bin/python" "$tools/feeds.py"
}

# Every sitemap, and every index of sitemaps, is what the protocol asks for.
check_sitemaps() {
    local maps indexes
    mapfile -d '' maps < <(found "$1" -name '*.xml' | xargs -0 -r grep -lZ '<urlset[ >]')
    mapfile -d '' indexes < <(found "$1" -name '*.xml' | xargs -0 -r grep -lZ '<sitemapindex[ >]')
    checked "$((${#maps[@]} + ${#indexes[@]}))" sitemaps
    if ((${#maps[@]} > 0)); then
        xmllint --nonet --noout --schema "$tools/sitemap.xsd" "${maps[@]}"
    fi
    if ((${#indexes[@]} > 0)); then
        xmllint --nonet --noout --schema "$tools/sitemap-index.xsd" "${indexes[@]}"
    fi
}

# Every style sheet is valid CSS.
check_css() {
    local sheets
    mapfile -d '' sheets < <(found "$1" -name '*.css')
    checked "${#sheets[@]}" 'style sheets'
    vnu --css "${sheets[@]}"
}
