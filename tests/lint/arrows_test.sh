#!/usr/bin/env bash
# arrows_test.sh COMPILER INCLUDE_DIRS MAY MAY_NOT: asks the compiler itself whether a file compiled with these include
# folders (joined by ':') finds the headers of MAY, and none of MAY_NOT (lists joined by ';').
set -u
compiler=$1
IFS=: read -ra folders <<<"$2"
IFS=';' read -ra may <<<"$3"
IFS=';' read -ra may_not <<<"${4-}"

flags=()
for folder in "${folders[@]}"; do
    [[ -n $folder ]] && flags+=("-I$folder")
done
finds() {  # an #if rather than an #include: the files need not be headers
    printf '#if !__has_include("%s")\n#error not found\n#endif\n' "$1" |
        "$compiler" -std=c++20 -fsyntax-only -x c++ "${flags[@]}" - 2>/dev/null
}

wrong=0
for header in ${may[@]+"${may[@]}"}; do
    finds "$header" || { echo "must compile, and does not: #include \"$header\""; wrong=1; }
done
for header in ${may_not[@]+"${may_not[@]}"}; do
    finds "$header" && { echo "must not compile, and does: #include \"$header\""; wrong=1; }
done
exit $wrong
