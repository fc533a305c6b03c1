#include <cstdio>
#include <cstdlib>

#include "bot/cli/command_tree.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

std::string output_of(const std::string& command) {
    std::string out;
    FILE* pipe = ::popen(command.c_str(), "r");
    if (!pipe) return out;
    char buffer[4096];
    while (const std::size_t got = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, got);
    ::pclose(pipe);
    return out;
}

/// What bash offers for the last of `words`.
std::string offered(const Workshop& workshop, const std::string& words, int last) {
    const std::string script = "source '" + workshop.path("completion").string() + "'; COMP_WORDS=(" + words +
                               "); COMP_CWORD=" + std::to_string(last) +
                               "; _rapport; echo \"${COMPREPLY[*]}\"";
    workshop.write("try.sh", script);
    return output_of("bash '" + workshop.path("try.sh").string() + "'");
}

}  // namespace

TEST_CASE("bash completes commands, options and files") {
    const Workshop workshop;
    workshop.write("completion", workshop.run({"completion", "bash"}).out);
    workshop.write("chat.jsonl", "");
    CHECK(offered(workshop, "rapport peo", 1) == "people\n");
    CHECK(offered(workshop, "rapport people ''", 2).starts_with("list show export link unlink bot erase"));
    CHECK(offered(workshop, "rapport people list --s", 3) == "--suspected --store\n");
    CHECK(offered(workshop, "rapport people erase --p", 3) == "--person\n");
    CHECK(offered(workshop, "rapport alerts list --a", 3) == "--all\n");
    CHECK_THAT(offered(workshop, "rapport rules check --", 3), ContainsSubstring("--config"));
    CHECK(offered(workshop, "rapport completion z", 2) == "zsh\n");
    const std::string file = workshop.path("chat").string();
    CHECK(offered(workshop, "rapport replay " + file, 2) == file + ".jsonl\n");
    CHECK(offered(workshop, "rapport --rules " + file, 2) == file + ".jsonl\n");
    CHECK(offered(workshop, "rapport people show " + file, 3) == "\n");
    CHECK(offered(workshop, "rapport --zone ''", 2) == "\n");
}

TEST_CASE("zsh and fish get every command with its words") {
    const cli::CommandTree tree{
        "rapport",
        "",
        {{{"--config"}, "Where it's kept", true, true}},
        {{"people", "Who: people", {}, {{"list", "All", {{{"-n", "--limit"}, "Many", true}}}}}},
        false};
    const std::string zsh = completion_script(tree, cli::Shell::zsh);
    CHECK_THAT(zsh, ContainsSubstring("#compdef rapport"));
    CHECK_THAT(zsh, ContainsSubstring("'people:Who: people'"));
    CHECK_THAT(zsh, ContainsSubstring("'--config:Where it'\\''s kept'"));
    CHECK_THAT(zsh, ContainsSubstring("/people | /people/list) at="));
    const std::string fish = completion_script(tree, cli::Shell::fish);
    CHECK_THAT(fish, ContainsSubstring("-n \"__rapport_at '/people'\" -a list -d 'All'"));
    CHECK_THAT(fish, ContainsSubstring("-n \"__rapport_at '/people/list'\" -s n -l limit -x -d 'Many'"));
    CHECK_THAT(fish, ContainsSubstring("-l config -r -F -d 'Where it\\'s kept'"));
}

}  // namespace rapport::test
