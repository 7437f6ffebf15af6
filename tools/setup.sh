#!/bin/sh
# Checks and prepares the machine for the Makefile. If something is missing, says what in one sentence.
#
#   tools/setup.sh node               check for Node 20 or newer, with npm
#   tools/setup.sh python PYTHON      check that PYTHON is 3.11 or newer
#   tools/setup.sh venv PYTHON        create .venv and install requirements/dev.txt in it
#   tools/setup.sh lock PYTHON        regenerate requirements/*.txt from requirements/*.in
#   tools/setup.sh browsers           install what the browser tests need, where that is allowed
set -eu

say() {
    printf '%s\n' "$*" >&2
    exit 1
}

has() {
    for name; do
        if command -v "$name" >/dev/null 2>&1; then return 0; fi
    done
    return 1
}

check_node() {
    wanted='Node 20 or newer, with npm, is needed: install it from your system or from nodejs.org'
    has node || say "$wanted (there is no node)."
    has npm || say "$wanted (there is no npm)."
    version=$(node --version)
    major=${version#v}
    [ "${major%%.*}" -ge 20 ] || say "$wanted (node is $version)."
}

check_python() {
    wanted='Python 3.11 or newer is needed: install it, or name one as in `make PYTHON=python3.12`'
    has "$1" || say "$wanted (there is no $1)."
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        say "$wanted ($1 is $("$1" --version 2>&1))."
}

make_venv() {
    check_python "$1"
    "$1" -c 'import ensurepip, venv' 2>/dev/null ||
        say "$1 comes without venv: on Debian or Ubuntu, run \`sudo apt-get install python3-venv\`."
    "$1" -m venv .venv
    .venv/bin/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt ||
        say 'pip could not install requirements/dev.txt: read what it says above, and run make again.'
}

write_locks() {
    check_python "$1"
    "$1" -m pip install --quiet --upgrade --require-hashes --requirement requirements/lock.txt \
        --target _cache/uv || say 'pip could not install requirements/lock.txt: read what it says above.'
    for list in dev fuzz lock; do
        # Ignore this machine's configuration: no index address or version of its own may get into the file.
        UV_CUSTOM_COMPILE_COMMAND='make lock' _cache/uv/bin/uv pip compile --no-config --quiet \
            --universal --python-version 3.11 --generate-hashes \
            "requirements/$list.in" --output-file "requirements/$list.txt"
    done
}

install_browsers() {
    missing=
    has chromium chromium-browser google-chrome || missing="$missing chromium"
    has chromedriver || missing="$missing chromium-driver"
    has firefox-esr firefox || missing="$missing firefox-esr"
    has WebKitWebDriver || missing="$missing webkit2gtk-driver"
    has Xvfb || missing="$missing xvfb"
    has xauth || missing="$missing xauth"
    [ -n "$missing" ] || return 0

    command="apt-get install --yes --no-install-recommends$missing"
    advice="The browser tests need$missing: run \`sudo $command\` (Debian's names) and try again."
    has apt-get || say "$advice"
    if [ "$(id -u)" = 0 ]; then
        as_root=
    elif has sudo && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        say "$advice"
    fi
    # shellcheck disable=SC2086  # both are lists of words
    { $as_root apt-get update --quiet=2 && $as_root $command --quiet=2; } || say "$advice"
}

case "${1-}" in
    node) check_node ;;
    python) check_python "$2" ;;
    venv) make_venv "$2" ;;
    lock) write_locks "$2" ;;
    browsers) install_browsers ;;
    *) say 'usage: tools/setup.sh node|python PYTHON|venv PYTHON|lock PYTHON|browsers' ;;
esac
