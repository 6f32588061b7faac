#!/bin/sh
# install-packages.sh [GROUP...] - installs the Debian packages that are missing.
#
# Groups: build (the default) is what compiling khabar needs; test, eval, bench, fuzz, coverage and tidy
# each add the tools of the make target of that name. browser (of test/browser) and server (nginx, of which wget makes
# an archive in test/cli/archives.sh) are for tests that make test runs where these are and skips where they are not:
# Debian's nginx begins to serve when it is installed, which is not for everyone's machine. Works as root or through sudo, says what it
# does, and is silent when nothing is missing. On a system without apt it looks for the programs
# and libraries themselves and prints the names of those it does not find.
#
#   --list       print the packages of the groups and stop
#   --missing    print the packages that would be installed and stop
#
# Exit status: 0 all present or installed, 69 something is missing and could not be installed.

set -u
export LC_ALL=C

list_of() {
    case $1 in
    build)
        echo gcc libc6-dev make cmake pkg-config
        echo libxml2-dev libsqlite3-dev libjansson-dev zlib1g-dev libzstd-dev
        echo libxxhash-dev libuchardet-dev libmd-dev libcurl4-openssl-dev libmicrohttpd-dev
        ;;
    test)     echo g++ clang libcmocka-dev sqlite3 python3 ;;
    server)   echo wget nginx ;;
    eval)     echo python3 ;;
    bench)    echo python3 python3-readability wrk curl sqlite3 ;;
    fuzz)     echo clang llvm libclang-rt-14-dev ;;
    coverage) echo gcovr libcmocka-dev sqlite3 ;;
    tidy)     echo clang-tidy clang-format libcmocka-dev ;;
    browser)
        echo fonts-noto-core
        command -v chromium >/dev/null 2>&1 || echo chromium
        command -v node >/dev/null 2>&1 || echo nodejs # node of elsewhere brings its own npm, with which Debian's conflicts
        command -v npm >/dev/null 2>&1 || echo npm
        ;;
    *)
        echo "install-packages.sh: no group '$1' (build test browser server eval bench fuzz coverage tidy)" >&2
        exit 64
        ;;
    esac
}

# What each library is called where there is no apt: its pkg-config module.
modules="libxml-2.0 sqlite3 jansson zlib libzstd libxxhash uchardet libmd libcurl libmicrohttpd"

say() { echo "khabar: $*"; }

# Prints the packages among "$@" that dpkg does not know as installed.
missing_of() {
    present=" $(dpkg-query -W -f '${binary:Package}=${db:Status-Status}\n' "$@" 2>/dev/null |
        sed -n 's/\(:[a-z0-9-]*\)\{0,1\}=installed$//p' | tr '\n' ' ')"
    for package in "$@"; do
        case $present in
        *" $package "*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# Runs a command with root's rights: directly, or through sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 "$@"
}

# True when apt's lists name every package asked for.
apt_knows() {
    for package in "$@"; do
        apt-cache show --no-all-versions "$package" >/dev/null 2>&1 || return 1
    done
}

install_with_apt() {
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null 2>&1; then
        say "these packages are missing: $*"
        say "neither root nor sudo here; as root run: apt-get install -y $*"
        return 69
    fi
    say "installing missing packages with apt-get: $*"
    log=$(mktemp) || return 69
    apt_knows "$@" || apt update >"$log" 2>&1
    if ! apt install --no-install-recommends "$@" >"$log" 2>&1; then
        say "the first try failed; refreshing apt's package lists and trying again"
        if ! { apt update && apt install --no-install-recommends "$@"; } >"$log" 2>&1; then
            tail -n 20 "$log" >&2
            rm -f "$log"
            say "apt-get could not install: $*"
            return 69
        fi
    fi
    rm -f "$log"
    say "installed"
}

# Without apt: look for the things themselves, and name those that are not there.
report_without_apt() {
    lacking=
    for program in cc make cmake pkg-config; do
        command -v $program >/dev/null 2>&1 || lacking="$lacking $program"
    done
    for module in $modules; do
        pkg-config --exists "$module" 2>/dev/null || lacking="$lacking $module"
    done
    case " $* " in
    *" libcmocka-dev "*) pkg-config --exists cmocka 2>/dev/null || lacking="$lacking cmocka" ;;
    esac
    [ -z "$lacking" ] && return 0
    say "this system has no apt; please install, under whatever names it uses:"
    say " $lacking"
    say "on Debian the packages are: $*"
    return 69
}

action=install
groups=
for argument in "$@"; do
    case $argument in
    --list | --missing) action=${argument#--} ;;
    --*)
        echo "install-packages.sh: no option '$argument' (--list --missing)" >&2
        exit 64
        ;;
    *) groups="$groups $argument" ;;
    esac
done

packages=
for group in ${groups:-build}; do
    names=$(list_of "$group") || exit 64
    packages="$packages $names"
done
# shellcheck disable=SC2086 # the names are words on purpose
set -- $packages

if [ "$action" = list ]; then
    printf '%s\n' "$@" | sort -u
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1 || ! command -v dpkg-query >/dev/null 2>&1; then
    report_without_apt "$@"
    exit
fi
missing=$(missing_of "$@")
if [ "$action" = missing ]; then
    echo "$missing"
    exit 0
fi
[ -z "$missing" ] && exit 0
# shellcheck disable=SC2086
install_with_apt $missing
