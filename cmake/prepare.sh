# Sourced by ./run and ./test: what has to be installed, and how a build folder is made. Debian 12 and 13.
# The caller has set `root`, the folder of the checkout.

jobs=$(nproc)

say() { printf '%s\n' "$*"; }
die() {  # die MESSAGE [EXIT CODE]
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit "${2:-1}"
}

codename=$([[ -r /etc/os-release ]] && . /etc/os-release && printf '%s' "${ID-}:${VERSION_CODENAME-}")
case $codename in
    debian:bookworm) boost=libboost1.81-dev ;;  # libboost-dev is 1.74 there
    *) boost=libboost-dev ;;
esac

# packages GROUP...: a line for each package, "name why". What one package brings along is not named again.
packages() {
    local group
    for group; do
        case $group in
            build) cat <<LIST ;;
clang-19 the compiler (Debian 12's own g++ miscompiles coroutines)
lld-19 the linker that goes with it
cmake configures the build
ninja-build runs the build
pkg-config finds RE2, utf8proc, libzip, libical and PLplot
$boost networking (Asio, Beast) and JSON
libssl-dev TLS
libsqlite3-dev the store
libyaml-cpp-dev reads config/*.yaml
libical-dev reads calendars
libre2-dev regular expressions in rules, in linear time
libfmt-dev puts text together
libcli11-dev the command line
libutf8proc-dev compares and cuts text in every script
libhowardhinnant-date-dev time zones
tzdata their data
libzip-dev reads Slack exports
libplplot-dev draws the weekly report
plplot-driver-cairo writes it as PNG, in letters of any script
fonts-dejavu-core those letters
LIST
            test) cat <<LIST ;;
catch2 the test framework
chromium opens the pages in a real browser
LIST
            analysis) cat <<LIST ;;
libclang-rt-19-dev AddressSanitizer, UBSan and ThreadSanitizer
llvm-19 names in their stack traces
clang-tidy-19 static analysis
clang-format-19 formatting
LIST
        esac
    done
}

# missing GROUP...: those lines whose package is not installed.
missing() {
    local lines installed
    lines=$(packages "$@")
    # shellcheck disable=SC2046  # one word a name is wanted
    installed=$(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' $(cut -d' ' -f1 <<<"$lines") 2>/dev/null |
        awk '$1 ~ /^.i/ { print $2 }')
    awk 'NR == FNR { have[$1]; next } !($1 in have)' <(printf '%s\n' "$installed") <(printf '%s\n' "$lines")
}

# install_missing GROUP...: says which packages are missing and why, then installs them.
install_missing() {
    local lines names as_root=() log=$root/build/install.log
    if ! command -v dpkg-query >/dev/null || [[ $codename != debian:* ]]; then
        command -v clang++-19 >/dev/null && command -v cmake >/dev/null && command -v ninja >/dev/null && return
        say "This script can install packages on Debian 12 and 13; here (${codename%%:*}) it does not know their names."
        say "Please install what these Debian packages hold, and run it again:"
        packages "$@" | sed 's/ /: /; s/^/  /'
        die "clang++-19, cmake or ninja is missing"
    fi
    lines=$(missing "$@")
    [[ -n $lines ]] || return 0
    mapfile -t names < <(cut -d' ' -f1 <<<"$lines")

    say "To be installed with apt-get, ${#names[@]} Debian packages and what they depend on:"
    awk '{ name = $1; sub(/^[^ ]+ /, ""); printf "  %-26s %s\n", name, $0 }' <<<"$lines"
    if ((EUID != 0)); then
        command -v sudo >/dev/null ||
            die "installing needs root, and there is no sudo here. As root: apt-get install --no-install-recommends ${names[*]}"
        as_root=(sudo)
    fi
    mkdir -p "$root/build"
    local began=$SECONDS
    say "Installing (what apt says goes to build/install.log) ..."
    {
        "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=120 update &&
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
                install -y --no-install-recommends "${names[@]}"
    } >"$log" 2>&1 </dev/null || {
        tail -n 15 "$log" >&2
        die "apt-get could not install the packages above; the whole log is build/install.log"
    }
    say "Installed in $((SECONDS - began)) s."
}

# configure PRESET [OPTION=VALUE]...: makes build/PRESET unless it is there with these very options.
configure() {
    local preset=$1 dir=$root/build/$1 cache=$root/build/$1/CMakeCache.txt option args=() fresh=()
    shift
    local done_already=true
    [[ -f $dir/build.ninja ]] || done_already=false
    for option; do
        grep -q "^${option%%=*}:[A-Z]*=${option#*=}\$" "$cache" 2>/dev/null || done_already=false
        args+=("-D$option")
    done
    # A checkout that was moved or copied: what CMake remembers of it is wrong.
    if [[ -f $cache ]] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$cache"; then
        done_already=false
        fresh=(--fresh)
    fi
    $done_already && return
    mkdir -p "$root/build"
    (cd "$root" && cmake "${fresh[@]}" --preset "$preset" "${args[@]}") >"$dir.configure.log" 2>&1 || {
        cat "$dir.configure.log" >&2
        return 1
    }
}
