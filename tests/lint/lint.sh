#!/usr/bin/env bash
# lint.sh ROOT: the rules of the house that no compiler checks. Prints each breach as "file:line: rule: text" and
# exits with 1 if there is one. lint_test.sh shows for every rule that a breach is found.
set -u
cd "${1:?usage: lint.sh ROOT}" || exit 2
breaches=0

report() {  # report RULE: a breach for each line of standard input
    local line
    while IFS= read -r line; do
        printf '%s   <- %s\n' "$line" "$1"
        breaches=$((breaches + 1))
    done
}

sources() {  # sources FOLDER...: our C++ files in those of the folders that are there
    local folder
    for folder; do
        [[ -d $folder ]] && find "$folder" -name '*.[ch]pp' -type f
    done | sort
}

# forbid RULE PATTERN FOLDER...: no line of code (comments do not count) matches the extended regular expression.
forbid() {
    local rule=$1 pattern=$2 files
    shift 2
    mapfile -t files < <(sources "$@")
    ((${#files[@]})) || return 0
    report "$rule" < <(grep -nHE -- "$pattern" "${files[@]}" | grep -vE '^[^:]+:[0-9]+:[[:space:]]*//')
}
includes() { printf '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]%s' "$1"; }

# ---- arrows: bot -> adapters, bot -> rules, and no other
forbid "rules/ knows neither bot/ nor adapters/" "$(includes '(bot|adapters)/')" rules
forbid "adapters/ knows neither bot/ nor rules/" "$(includes '(bot|rules)/')" adapters
forbid "includes are written from the root, without ." "$(includes '\.')" rules adapters bot tests

# ---- libraries stay where they belong
# Beast stays behind adapters/net: its .cpp files see it, and headers that only they include.
mapfile -t behind < <(sources adapters/net | grep '\.hpp$' | xargs -r grep -lE "$(includes 'boost/beast')")
known=-1
while ((${#behind[@]} > known && ${#behind[@]} > 0)); do  # and the headers that include such headers
    known=${#behind[@]}
    names=$(IFS='|'; echo "${behind[*]}")
    mapfile -t behind < <({ printf '%s\n' "${behind[@]}"
        sources adapters/net | grep '\.hpp$' | xargs -r grep -lE "$(includes "(${names//./\\.})")"; } | sort -u)
done
mapfile -t others < <(sources rules adapters bot | grep -v '^adapters/net/')
if ((${#others[@]})); then
    names=$(IFS='|'; echo "${behind[*]-}")
    report "Beast is seen by adapters/net alone, and not through its public headers" < <(
        grep -nHE "$(includes "(boost/beast${names:+|${names//./\\.}})")" "${others[@]}")
fi
forbid "no Asio in rules/ and bot/store" "$(includes 'boost/asio')" rules bot/store
forbid "no Asio where decisions are made" "$(includes 'boost/asio')" \
    bot/people bot/conversations bot/reading bot/alerts bot/config
forbid "JSON stays in the parsers of adapters/, in bot/store, bot/json and the command line" \
    "$(includes '(boost/json|nlohmann)')" rules bot/people bot/conversations bot/reading bot/config bot/alerts bot/pipeline
forbid "SQLite stays in bot/store/sqlite" "$(includes 'sqlite3')" \
    rules adapters bot/people bot/conversations bot/reading bot/alerts bot/config bot/pipeline bot/cli
forbid "PLplot stays in bot/reports/canvas.cpp: its state is the whole process" "$(includes 'plplot')" \
    rules adapters bot/people bot/conversations bot/reading bot/alerts bot/config bot/pipeline bot/office bot/cli
forbid "bot/pipeline keeps nothing itself: whoever calls it gives it a store" \
    "$(includes '(filesystem>|fstream>|cstdio>|bot/store/sqlite/)')" bot/pipeline
forbid "tests include support/catch.hpp, which knows Catch2 2 and 3" "$(includes 'catch2')" tests/unit \
    tests/contract tests/scenarios tests/simulation tests/browser
forbid "fine Asio headers, not all of it: it costs seconds a file" "$(includes 'boost/asio\.hpp')" bot adapters tests

# ---- a pure core: time, randomness and the environment are passed in
forbid "no clock, randomness, sleep or environment in the core" \
    '(system|steady|high_resolution|utc)_clock::now|[^_a-z]std::time\(|[^_a-z:.>]time\((0|NULL|nullptr|&)|gettimeofday|clock_gettime|random_device|[^_a-z]s?rand\(|getenv|sleep_(for|until)|[^_a-z]usleep\(' \
    rules bot/people bot/conversations bot/reading bot/alerts bot/pipeline bot/reports bot/letters bot/learning \
    bot/network bot/identities bot/links bot/heads bot/models bot/topics

# ---- files that can be read
mapfile -t all < <(sources rules adapters bot tests)
for file in ${all[@]+"${all[@]}"}; do
    lines=$(wc -l <"$file")
    ((lines <= 400)) || report "at most 400 lines: is it one thing?" <<<"$file: $lines lines"
    [[ $file != *.hpp ]] || grep -q '^#pragma once' "$file" || report "headers begin with #pragma once" <<<"$file"
done
if ((${#all[@]})); then
    report "say it in an issue, not in the code" < <(grep -nHE '\b(TODO|FIXME|XXX|HACK)\b' "${all[@]}")
fi

# CTest takes a ';' for the end of a name, and then finds no such test.
mapfile -t tests < <(sources tests | grep '\.cpp$')
if ((${#tests[@]})); then
    report "no ';' in the name of a test" < <(perl -0777 -ne '
        while (/TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/g) {
            my ($name, $line) = ($1, 1 + (substr($_, 0, $-[0]) =~ tr/\n//));
            print "$ARGV:$line: ", $name =~ tr/\n/ /r, "\n" if $name =~ /;/;
        }' "${tests[@]}")
fi

report "a merge that was not finished" < <(
    find . -maxdepth 1 -type f -print0 | xargs -0 grep -nHE '^(<{7} |>{7} )' -- 2>/dev/null
    for folder in rules adapters bot tests docs config cmake .ci; do
        [[ -d $folder ]] && grep -rnHIE '^(<{7} |>{7} )' "$folder"
    done)

if ((${#all[@]} == 0)); then
    report "no C++ file found: is this the root of the house?" <<<"$PWD"
fi
if ((breaches)); then
    echo "$breaches breaches of the house's rules"
    exit 1
fi
