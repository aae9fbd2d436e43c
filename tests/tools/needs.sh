# shellcheck shell=bash disable=SC2154
# Knows which tools the tests need and how to install them. This file is
# sourced, with `tools` set to the folder that it stands in.

# Each command with the Debian package that brings it.
needed_commands=(
    cargo:-
    cc:gcc
    python3:python3
    java:default-jre-headless
    chromium:chromium
    firefox-esr:firefox-esr
    jing:jing
    xmllint:libxml2-utils
    setpriv:util-linux
    unshare:util-linux
)

# Prints the commands that are missing, each with its package.
missing_commands() {
    local need
    for need in "${needed_commands[@]}"; do
        command -v "${need%%:*}" >/dev/null || echo "$need"
    done
    if command -v python3 >/dev/null && ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        echo venv:python3-venv
    fi
}

# Prints a hash of what the tools of npm and PyPI are installed from.
locked_hash() {
    (cd "$tools" && cat package.json package-lock.json requirements.txt | sha256sum)
}

# Tells whether the tools of npm and PyPI are there, in the locked versions.
locked_tools_are_there() {
    [[ -x $tools/.venv/bin/node && -d $tools/node_modules ]] &&
        [[ -f $tools/.installed && $(<"$tools/.installed") == "$(locked_hash)" ]]
}

# Fails with a list of what is missing, and touches nothing.
check_tools() {
    local missing=() need
    while read -r need; do
        missing+=("${need%%:*}")
    done < <(missing_commands)
    locked_tools_are_there || missing+=("the tools of tests/tools/package-lock.json and requirements.txt")
    ((${#missing[@]} == 0)) && return
    {
        echo 'These tools are needed and missing:'
        printf '  %s\n' "${missing[@]}"
        echo 'This command installs them, as root on a Debian system:'
        echo '  tests/run --install'
    } >&2
    return 1
}

# Installs the Debian packages of missing commands.
install_packages() {
    local packages=() need
    while read -r need; do
        if [[ $need == cargo:* ]]; then
            echo 'cargo is missing: install the Rust toolchain first' >&2
            return 1
        fi
        packages+=("${need##*:}")
    done < <(missing_commands)
    ((${#packages[@]} == 0)) && return
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
}

# Installs the locked versions of the tools of PyPI and npm beside this file.
# No package may run a script of its own while it is installed.
install_locked_tools() {
    locked_tools_are_there && return
    rm -rf "$tools/.venv" "$tools/node_modules" "$tools/.installed"
    python3 -m venv "$tools/.venv"
    "$tools/.venv/bin/pip" install --quiet --disable-pip-version-check -r "$tools/requirements.txt"
    (cd "$tools" && PATH=$tools/.venv/bin:$PATH npm ci --ignore-scripts --no-progress)
    locked_hash >"$tools/.installed"
}

# Installs whatever is missing.
install_tools() {
    install_packages
    install_locked_tools
}
