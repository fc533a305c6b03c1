#!/usr/bin/env bash
# Plants one breach of each rule in a small house of its own and checks that lint.sh names just that rule; and that
# a house without a breach, whose comments talk about forbidden things, passes.
set -u
lint=$(dirname "$(readlink -f "$0")")/lint.sh
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT
failures=0

clean_house() {
    rm -rf "${house:?}"/*
    mkdir -p "$house"/{rules,adapters/net,adapters/web,bot/people,bot/store,bot/pipeline,tests/unit/people}
    printf '#pragma once\n#include <string>\n' >"$house/rules/rule.hpp"
    printf '// Beast is fine here; "bot/app.hpp" in a comment as well.\n#include <boost/beast/http.hpp>\n' \
        >"$house/adapters/net/http.cpp"
    printf '#pragma once\n#include "adapters/net/deeper.hpp"\n' >"$house/adapters/net/deep.hpp"
    printf '#pragma once\n#include <boost/beast/core/role.hpp>\n' >"$house/adapters/net/deeper.hpp"
    printf '#pragma once\n#include <string>\n' >"$house/adapters/net/client.hpp"
    printf '#include "adapters/net/client.hpp"\n' >"$house/adapters/web/login.cpp"
    printf '#include "adapters/event.hpp"\n#include "rules/rule.hpp"\n' >"$house/bot/people/people.cpp"
    printf '// system_clock::now() is not called here\nint time_of(int time);\nint rest = last_time(0);\n' \
        >"$house/bot/people/ties.cpp"
    printf '#include "support/catch.hpp"\n' >"$house/tests/unit/people/people_test.cpp"
}

passes() {  # passes WHAT
    local said
    said=$(bash "$lint" "$house") || { echo "should pass: $1"; echo "$said"; failures=$((failures + 1)); }
}
breach() {  # breach WORDS FILE TEXT: with TEXT appended to FILE, lint fails once and says WORDS and the file's name
    local said code
    clean_house
    printf '%b\n' "$3" >>"$house/$2"
    said=$(bash "$lint" "$house")
    code=$?
    if ((code != 1)) || [[ $(grep -c -- '<-' <<<"$said") != 1 || $said != *"$2"*"$1"* ]]; then
        echo "not found, or not alone: '$1' for '$3' in $2 (exit code $code)"
        echo "$said"
        failures=$((failures + 1))
    fi
}

clean_house
passes "a house without a breach"
rm -rf "${house:?}"/*
breach "rules/ knows neither" rules/parse.cpp '#include "bot/app.hpp"'
breach "rules/ knows neither" rules/parse.cpp '#include <adapters/event.hpp>'
breach "adapters/ knows neither" adapters/web/page.cpp '#include "rules/rule.hpp"'
breach "adapters/ knows neither" adapters/net/http.cpp '  #  include "bot/app.hpp"'
breach "from the root" bot/people/people.cpp '#include "../app.hpp"'
breach "Beast is seen" adapters/web/page.cpp '#include <boost/beast/core.hpp>'
breach "Beast is seen" adapters/web/page.cpp '#include "adapters/net/deep.hpp"'
breach "no Asio in rules" rules/parse.cpp '#include <boost/asio/awaitable.hpp>'
breach "no Asio in rules" bot/store/store.hpp '#pragma once\n#include <boost/asio/post.hpp>'
breach "no Asio where" bot/people/people.cpp '#include <boost/asio/steady_timer.hpp>'
breach "JSON stays" bot/people/people.cpp '#include <boost/json.hpp>'
breach "SQLite stays" bot/pipeline/intake.cpp '#include <sqlite3.h>'
breach "keeps nothing itself" bot/pipeline/intake.cpp '#include "bot/store/sqlite/sqlite_store.hpp"'
breach "PLplot stays" bot/pipeline/intake.cpp '#include <plplot.h>'
breach "in the name of a test" tests/unit/people/people_test.cpp 'TEST_CASE("one; two") {}'
breach "in the name of a test" tests/unit/people/people_test.cpp 'TEST_CASE(\n    "one "\n    "two; three") {}'
breach "merge that was not finished" CONTRIBUTING.md '<<<<<<< HEAD'
breach "merge that was not finished" bot/people/people.cpp '>>>>>>> letters'
breach "keeps nothing itself" bot/pipeline/intake.cpp '#include <fstream>'
breach "knows Catch2 2 and 3" tests/unit/people/people_test.cpp '#include <catch2/catch.hpp>'
breach "fine Asio headers" adapters/web/page.cpp '#include <boost/asio.hpp>'
breach "no clock" bot/people/ties.cpp 'auto now = std::chrono::system_clock::now();'
breach "no clock" rules/parse.cpp 'auto now = std::time(nullptr);'
breach "no clock" bot/pipeline/intake.cpp 'auto now = time(nullptr);'
breach "no clock" bot/pipeline/intake.cpp 'std::random_device device;'
breach "no clock" bot/pipeline/intake.cpp 'std::this_thread::sleep_for(1s);'
breach "no clock" bot/people/people.cpp 'const char* home = std::getenv("HOME");'
breach "400 lines" bot/people/people.cpp "$(printf 'int x;\\n%.0s' {1..400})"
breach "pragma once" bot/people/people.hpp 'int people();'
breach "in an issue" bot/people/people.cpp '// TO''DO: later'
breach "in an issue" tests/unit/people/people_test.cpp '// FIX''ME'
rm -rf "${house:?}"/*
bash "$lint" "$house" >/dev/null && { echo "an empty folder should not pass"; failures=$((failures + 1)); }

((failures == 0)) || { echo "$failures checks of lint.sh failed"; exit 1; }
