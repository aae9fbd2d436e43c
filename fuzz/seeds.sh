#!/usr/bin/env bash
# Fills the corpora with the files of tests/import: exports, texts, and pages,
# these also as web archives; and with the seeds that stand beside this script.
#
#   fuzz/seeds.sh
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
tests=../tests/import
for target in wxr content text html warc folders markdown_write; do
    mkdir -p "corpus/$target"
done

# Takes the texts of the posts out of an export, each into a file of its own.
posts() {
    awk -v to="$2" '
        { line = $0 "\n" }
        !inside && (at = index(line, "<content:encoded><![CDATA[")) {
            line = substr(line, at + 26); inside = 1; text = ""
        }
        inside && (at = index(line, "]]></content:encoded>")) {
            text = text substr(line, 1, at - 1); inside = 0
            if (text != "") { file = to "-" ++n; printf "%s", text > file; close(file) }
        }
        inside { text = text line }
    ' "$1"
}

# Writes a page as a web archive of one record.
archive() {
    local head='HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n' size
    size=$(($(wc -c <"$1") + $(printf "$head" | wc -c)))
    printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/%s\r\n' "$2"
    printf 'Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n' "$size"
    printf "$head"
    cat "$1"
    printf '\r\n\r\n'
}

for file in "$tests"/wordpress/*.xml; do
    name=$(basename "$file" .xml)
    cp "$file" "corpus/wxr/$name"
    LC_ALL=C posts "$file" "corpus/content/$name"
done
for file in corpus/content/*-[0-9]*; do
    (printf '#'; cat "$file"; printf '\n') >"corpus/wxr/post-$(basename "$file")"
done
cp "$tests"/texts/*.txt corpus/text/
for file in "$tests"/pages/*.html; do
    name=$(basename "$file" .html)
    cp "$file" "corpus/html/$name"
    cp "$file" "corpus/markdown_write/$name"
    archive "$file" "$name.html" >"corpus/warc/$name"
done
cp seeds/folders/* corpus/folders/
