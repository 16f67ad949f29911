#!/usr/bin/env bash
# Makes .venv what requirements.lock says, and the files built from sources; quick when nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=.venv
python=$venv/bin/python

say() { printf '%s\n' "$*" >&2; }

find_python() {
    # Run, not only found: a name on PATH may be a shim for a version that is not there.
    local name
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        if "$name" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    say 'Havre needs Python 3.11 or newer with its venv module: install it (Debian: python3-venv), or name it with PYTHON=…'
    exit 1
}

with_uv() {
    # uv does not read pip's settings: a mirror or certificate named there is handed over.
    local index certificates
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r tools/uv-requirements.lock || return 1
    index=$("$python" -m pip config get global.index-url 2>/dev/null || true)
    certificates=$("$python" -m pip config get global.cert 2>/dev/null || true)
    index=${PIP_INDEX_URL:-$index}
    certificates=${SSL_CERT_FILE:-${PIP_CERT:-$certificates}}
    [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
    [ -z "$certificates" ] || export SSL_CERT_FILE="$certificates"
    VIRTUAL_ENV="$PWD/$venv" "$venv/bin/uv" pip sync --quiet --no-config --require-hashes requirements.lock
}

with_pip() {
    say 'uv cannot be used here; installing with pip, which takes longer.'
    "$python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
}

link_havre() {
    # The checkout itself is what runs: no build, no second copy, and the shell never picks up modules of its own folder.
    "$python" - <<'LINK'
import pathlib, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "havre.pth").write_text(f"{pathlib.Path.cwd()}\n")
LINK
    cat >"$venv/bin/havre" <<'WRAPPER'
#!/bin/sh
bin=$(dirname "$(readlink -f "$0")")
exec "$bin/python" -P -c 'import sys; sys.argv[0] = "havre"; from havre.site.cli import main; main()' "$@"
WRAPPER
    chmod +x "$venv/bin/havre"
}

# Two targets started at once on a fresh clone take turns.
if command -v flock >/dev/null; then
    exec 9<"$PWD/tools/setup.sh"
    flock 9
fi

usable() {
    # Its programs name it by its full path, so an environment that was moved or copied is of no use.
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && grep -qF "$PWD/$venv/bin" "$venv/bin/pip"
}

stamp=$venv/.installed
wanted=$(cat requirements.lock tools/setup.sh)
if ! { usable && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; }; then
    say "Installing what Havre stands on into $venv (a minute or two the first time)"
    if ! usable; then
        chosen=$(find_python)
        "$chosen" -m venv --clear "$venv"
    fi
    with_uv || with_pip
    link_havre
    printf '%s\n' "$wanted" >"$stamp"
fi

"$python" -m havre.platform.i18n.compile
"$python" -m havre.platform.ui.assets
