#include <sys/wait.h>

#include <cstdlib>

#include "support/catch.hpp"
#include "workshop.hpp"

namespace rapport::test {

namespace {

int exit_code(const Workshop& workshop, const std::string& arguments) {
    std::string command = "'" RAPPORT_BINARY "'";
    for (const std::string& one : workshop.places()) command += " '" + one + "'";
    command += " " + arguments + " >'" + workshop.path("out").string() + "' 2>&1 </dev/null";
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

TEST_CASE("the program's exit codes") {
    if (!std::filesystem::exists(RAPPORT_BINARY)) RAPPORT_SKIP("the program itself is not built");
    Workshop workshop;
    workshop.fill();
    CHECK(exit_code(workshop, "version") == 0);
    CHECK(exit_code(workshop, "--help") == 0);
    CHECK(exit_code(workshop, "alerts list") == 0);
    CHECK(exit_code(workshop, "rules check /nowhere/rules.yaml") == 1);
    CHECK(exit_code(workshop, "alrts") == 2);
    CHECK(exit_code(workshop, "people erase lena") == 2);
    CHECK(exit_code(workshop, "people show nobody") == 3);
    CHECK(std::system("'" RAPPORT_BINARY "' version >/dev/full 2>/dev/null") != 0);
}

TEST_CASE("a replay that can make no throw-away store says so, and leaves nothing where it was called") {
    if (!std::filesystem::exists(RAPPORT_BINARY)) RAPPORT_SKIP("the program itself is not built");
    Workshop workshop;
    const std::string words = workshop.path("words").string();
    const std::string here = workshop.path("").string();
    const std::string command = "cd '" + here +
                                "' && TMPDIR=/proc '" RAPPORT_BINARY "' --config '" RAPPORT_SOURCE_DIR
                                "/config' replay x.jsonl 2>'" +
                                words + "' >/dev/null";
    const int status = std::system(command.c_str());
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 1));
    CHECK(std::system(("grep -q 'throw-away store' '" + words + "'").c_str()) == 0);
    CHECK_FALSE(std::filesystem::exists(workshop.path("replay.db")));
}

}  // namespace rapport::test
