# shellcheck shell=bash
# What the checker needs from Debian beside Python, and how it is found or installed.
# Sourced by install.sh, which sets `venv`, and `with_tests` where the tests are to run; defines find_python and install_missing_packages
# (which exits 1 with a message when it cannot).

: "${venv:?set by install.sh}"

has() { command -v "$1" >/dev/null 2>&1; }

has_browser() {
    has chromium-headless-shell || has chromium || has chromium-browser || has google-chrome
}

# Playwright's driver is linked with it; slim Debian installations lack it.
has_libatomic() {
    compgen -G "/usr/lib/*/libatomic.so.1" >/dev/null || compgen -G "/usr/lib*/libatomic.so.1" >/dev/null
}

has_thai_ocr() {
    compgen -G "/usr/share/tesseract-ocr/*/tessdata/tha.traineddata" >/dev/null ||
        compgen -G "${TESSDATA_PREFIX:-/usr/share/tessdata}/tha.traineddata" >/dev/null
}

has_postgres() { compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; }

has_thai_fonts() {
    compgen -G "/usr/share/fonts/truetype/tlwg/*" >/dev/null ||
        compgen -G "/usr/share/fonts/opentype/tlwg/*" >/dev/null ||
        { has fc-list && [ -n "$(fc-list :lang=th file | head -n 1)" ]; }
}

# Prints a Python 3.11+ that can make a virtual environment (Debian splits ensurepip off), or
# the one of an environment that already works; fails when there is none.
find_python() {
    local candidate
    for candidate in "$venv/bin/python" ${PYTHON:+"$PYTHON"} python3.11 python3; do
        if has "$candidate" && "$candidate" -c \
            'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}

# Prints one line per missing package: its name, a tab, why it is needed.
missing_packages() {
    has make || printf 'make\tสั่ง make sweep, make test / runs the two commands\n'
    find_python >/dev/null ||
        printf 'python3-venv\tสร้างสภาพแวดล้อมของ Python / makes the virtual environment\n'
    has_browser ||
        printf 'chromium-headless-shell\tเปิดหน้าเว็บที่ต้องใช้ JavaScript / pages that need JavaScript\n'
    has_libatomic || printf 'libatomic1\tตัวควบคุมเบราว์เซอร์ต้องใช้ / needed by the browser driver\n'
    has pdftotext || printf 'poppler-utils\tอ่านข้อความใน PDF / reads the text of PDF files\n'
    has tesseract || printf 'tesseract-ocr\tอ่านเอกสารสแกน / reads scanned pages\n'
    has_thai_ocr || printf 'tesseract-ocr-tha\tอ่านเอกสารสแกนภาษาไทย / reads scanned Thai\n'
    has_thai_fonts || printf 'fonts-thai-tlwg\tแสดงและพิมพ์ภาษาไทย / shows and prints Thai\n'
    [ -z "${with_tests:-}" ] || has_postgres ||
        printf 'postgresql\tทดสอบกับเซิร์ฟเวอร์จริงของการทดสอบเอง / the tests run a server of their own\n'
}

explain_by_hand() {
    cat >&2 <<EOF
ติดตั้งเองไม่ได้: $1
ให้ผู้ดูแลเครื่องสั่งคำสั่งต่อไปนี้หนึ่งครั้ง แล้วสั่งใหม่อีกครั้ง
Cannot install these packages: $1
Ask the machine's administrator to run this once, then try again:

    apt-get update && apt-get install --no-install-recommends ${2//$'\n'/ }

EOF
    exit 1
}

# Sets the array `as_root`: the words to put before a command that needs root.
find_root() {
    if [ "$(id -u)" -eq 0 ]; then
        as_root=()
    elif has sudo; then
        as_root=(sudo)
    else
        explain_by_hand "ไม่ได้เป็น root และไม่มี sudo / neither root nor sudo" "$1"
    fi
}

apt_get() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Use-Pty=0 "$@" >&2; }

install_missing_packages() {
    local missing names as_root
    missing="$(missing_packages)"
    [ -n "$missing" ] || return 0
    names="$(cut -f 1 <<<"$missing")"
    has apt-get || explain_by_hand "ไม่พบ apt-get / no apt-get on this system" "$names"
    find_root "$names"
    printf '%s\n' "จะติดตั้งแพ็กเกจของระบบที่ยังขาด / Installing the system packages that are missing:" >&2
    while IFS=$'\t' read -r name why; do printf '  - %s: %s\n' "$name" "$why" >&2; done <<<"$missing"
    apt_get -qq update || explain_by_hand "apt-get update ไม่สำเร็จ / apt-get update failed" "$names"
    if grep -qx chromium-headless-shell <<<"$names" &&
        ! apt-cache show chromium-headless-shell >/dev/null 2>&1; then
        printf '%s\n' "ไม่มี chromium-headless-shell จึงใช้ chromium แทน / Using chromium instead." >&2
        names="${names/chromium-headless-shell/chromium}"
    fi
    # shellcheck disable=SC2086  # one word a package
    apt_get install -qq -y --no-install-recommends $names ||
        explain_by_hand "apt-get install ไม่สำเร็จ / apt-get install failed" "$names"
}
