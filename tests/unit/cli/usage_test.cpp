#include "bot/cli/command_tree.hpp"
#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

TEST_CASE("a wrong word gets a suggestion and exit code 2") {
    const Workshop workshop;
    const auto wrong = [&](std::vector<std::string> arguments) {
        const Ran ran = workshop.run(std::move(arguments));
        CHECK(ran.code == 2);
        CHECK(ran.out.empty());
        return ran.err;
    };
    CHECK_THAT(wrong({"alrts"}), ContainsSubstring("no command \"alrts\". Did you mean \"alerts\"?"));
    CHECK_THAT(wrong({"people", "shwo", "x"}), ContainsSubstring("Did you mean \"show\"?"));
    CHECK_THAT(wrong({"people", "list", "--jsn"}), ContainsSubstring("Did you mean \"--json\"?"));
    CHECK_THAT(wrong({"check", "--confg=x"}), ContainsSubstring("Did you mean \"--config\"?"));
    CHECK_THAT(wrong({"zzzzzzzz"}), !ContainsSubstring("Did you mean"));
    CHECK_THAT(wrong({"people"}), ContainsSubstring("`rapport people --help`"));
    CHECK_THAT(wrong({}), ContainsSubstring("`rapport --help`"));
    CHECK_THAT(wrong({"alerts", "show"}), ContainsSubstring("ALERT"));
    CHECK_THAT(wrong({"alerts", "show", "twelve"}), ContainsSubstring("ALERT"));
    CHECK_THAT(wrong({"check", "--zone", "Mars/Base"}), ContainsSubstring("Mars/Base"));
}

TEST_CASE("escape sequences in a wrong word do not reach the terminal") {
    const Ran ran = Workshop{}.run({"al\x1b[2Jrts"});
    CHECK(ran.code == 2);
    CHECK(ran.err.find('\x1b') == std::string::npos);
}

TEST_CASE("every command explains itself with an example") {
    const Workshop workshop;
    const std::vector<std::vector<std::string>> all{
        {},
        {"serve"},
        {"replay"},
        {"backtest"},
        {"report"},
        {"check"},
        {"why"},
        {"version"},
        {"rules", "check"},
        {"rules", "test"},
        {"rules", "vocabulary"},
        {"rules", "explain"},
        {"people", "list"},
        {"people", "show"},
        {"people", "link"},
        {"people", "unlink"},
        {"people", "export"},
        {"people", "erase"},
        {"alerts", "list"},
        {"alerts", "show"},
        {"completion", "bash"},
    };
    for (std::vector<std::string> arguments : all) {
        arguments.push_back("--help");
        const Ran ran = workshop.run(arguments);
        CAPTURE(arguments);
        CHECK(ran.code == 0);
        CHECK_THAT(ran.out, ContainsSubstring("Examples:\n  "));
        CHECK(ran.err.empty());
    }
}

TEST_CASE("options of the program may stand after the command") {
    const Workshop workshop;
    const Ran ran = workshop.run({"rules", "check", "--rules", workshop.path("none.yaml").string()});
    CHECK(ran.code == 1);
    CHECK_THAT(ran.err, ContainsSubstring("none.yaml"));
}

TEST_CASE("version says which, for people and for programs") {
    const Workshop workshop;
    CHECK_THAT(workshop.run({"version"}).out, ContainsSubstring("Rapport 0."));
    CHECK_THAT(workshop.run({"version", "--json"}).out, ContainsSubstring("{\"rapport\":\"0."));
}

TEST_CASE("a value that looks like a command is not taken for one") {
    const cli::CommandTree tree{
        "rapport", "", {{{"--store"}, "", true, true}}, {{"alerts", "", {}, {}, false}}, false};
    const std::vector<std::string> fine{"--store", "alrts", "alerts"};
    CHECK(cli::what_was_meant(tree, fine).empty());
    const std::vector<std::string> joined{"--store=x", "alrts"};
    CHECK_THAT(cli::what_was_meant(tree, joined), ContainsSubstring("Did you mean \"alerts\"?"));
}

}  // namespace rapport::test
