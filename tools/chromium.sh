#!/usr/bin/env bash
# Prints the Chromium the browser tests use; installs Debian's when there is none and we may.
set -euo pipefail

find_chromium() {
    # Run, not only found: on some systems the name is a shell that asks to install another package.
    local name
    for name in ${HAVRE_CHROMIUM:-} chromium chromium-browser google-chrome; do
        if "$name" --version >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

if find_chromium; then
    exit
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    printf 'Installing Chromium for the browser tests\n' >&2
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core; } >&2 || true
    if find_chromium; then
        exit
    fi
fi
printf 'The browser tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-core), or name it with HAVRE_CHROMIUM=…\n' >&2
exit 1
